//! One request for many askers, over real connections.

#![allow(clippy::unwrap_used, reason = "a test fails by panicking")]

#[path = "support/server.rs"]
mod server;

use std::io::Write;
use std::sync::Mutex;
use std::sync::mpsc::{Receiver, Sender, channel};

use fanlight_fetch::{Fetcher, NetworkFetcher, Request};
use server::{After, LONG, Server, cacheable, text};

/// A server that keeps each request waiting until the test lets it go with an answer.
fn waiting_server() -> (Server, Sender<Vec<u8>>, Receiver<()>) {
    let (answers, waiting) = channel::<Vec<u8>>();
    let (arrived, arrivals) = channel();
    let (waiting, arrived) = (Mutex::new(waiting), Mutex::new(arrived));
    let server = Server::start(move |_, stream| {
        let _ = arrived.lock().unwrap().send(());
        let answer = waiting.lock().unwrap().recv_timeout(LONG);
        let _ = stream.write_all(&answer.unwrap_or_default());
        After::KeepOpen
    });
    (server, answers, arrivals)
}

#[test]
fn many_who_ask_at_once_share_one_request() {
    let (server, answers, arrivals) = waiting_server();
    let fetcher = NetworkFetcher::new();
    let fetches: Vec<_> = (0..20).map(|_| fetcher.start(Request::navigation(server.url("/")))).collect();
    arrivals.recv_timeout(LONG).unwrap();
    answers.send(cacheable("max-age=60", "shared")).unwrap();
    for fetch in &fetches {
        assert_eq!(text(&fetch.wait(LONG).unwrap().unwrap()), "shared");
    }
    assert_eq!(server.seen().len(), 1);
    assert_eq!(fetches.iter().filter(|fetch| fetch.head().unwrap().unwrap().from_cache).count(), 19);
}

#[test]
fn who_waits_for_what_cannot_be_stored_goes_on_alone() {
    let (server, answers, arrivals) = waiting_server();
    let fetcher = NetworkFetcher::new();
    let fetches: Vec<_> = (0..3).map(|_| fetcher.start(Request::navigation(server.url("/")))).collect();
    for answer in ["one", "two", "three"] {
        arrivals.recv_timeout(LONG).unwrap();
        answers.send(cacheable("no-store", answer)).unwrap();
    }
    let mut bodies: Vec<String> =
        fetches.iter().map(|fetch| text(&fetch.wait(LONG).unwrap().unwrap())).collect();
    bodies.sort_unstable();
    assert_eq!(bodies, ["one", "three", "two"]);
}

#[test]
fn who_waits_for_one_that_is_given_up_goes_on() {
    let (server, answers, arrivals) = waiting_server();
    let fetcher = NetworkFetcher::new();
    let leader = fetcher.start(Request::navigation(server.url("/")));
    arrivals.recv_timeout(LONG).unwrap();
    let follower = fetcher.start(Request::navigation(server.url("/")));
    drop(leader);
    answers.send(cacheable("max-age=60", "for nobody")).unwrap();
    arrivals.recv_timeout(LONG).unwrap();
    answers.send(cacheable("max-age=60", "for the follower")).unwrap();
    assert_eq!(text(&follower.wait(LONG).unwrap().unwrap()), "for the follower");
}
