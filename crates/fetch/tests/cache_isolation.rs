//! What keeps what is stored apart from others, and from what has become of it meanwhile.
#![allow(clippy::unwrap_used, reason = "a test fails by panicking")]

#[path = "support/server.rs"]
mod server;

use std::io::Write;
use std::sync::mpsc::channel;
use std::sync::{Arc, Mutex};

use fanlight_fetch::{
    Client, Destination, Fetcher, Initiator, InitiatorKind, NetworkFetcher, Request, Response, Url,
};
use server::{After, LONG, Server, cacheable, response};

fn asked_by(fetcher: &NetworkFetcher, page: &Arc<Client>, url: Url) -> Response {
    let initiator = Initiator::new(InitiatorKind::Image, page.url.clone());
    let request = Request::subresource(url, Destination::Image, initiator).with_client(page);
    fetcher.fetch(request, LONG).unwrap()
}

#[test]
fn each_site_has_a_cache_of_its_own() {
    let server = Server::answering(cacheable("max-age=60", "body"));
    let fetcher = NetworkFetcher::new();
    let page = |url: &str| Arc::new(Client::new(Url::parse(url).unwrap()));
    let (one, two) = (page("http://www.one.example/"), page("http://two.example/"));
    let comes_from_cache = |page: &Arc<Client>| asked_by(&fetcher, page, server.url("/x")).head.from_cache;
    assert!(!comes_from_cache(&one));
    assert!(comes_from_cache(&page("http://shop.one.example/other")), "the same site");
    assert!(!comes_from_cache(&two), "what one site has loaded is not told to another");
    let inner = Arc::new(two.inside(one.url.clone()));
    assert!(!comes_from_cache(&inner), "nor to the site itself inside of another one");
    assert!(comes_from_cache(&two));
}

#[test]
fn what_is_on_its_way_while_it_is_invalidated_is_not_stored() {
    let (go_on, may_go_on) = channel::<()>();
    let may_go_on = Mutex::new(may_go_on);
    let server = Server::start(move |seen, stream| {
        let whole = cacheable("max-age=60", "0123456789");
        match seen.method() {
            "GET" if seen.path() == "/slow" => {
                let (first, rest) = whole.split_at(whole.len() - 5);
                stream.write_all(first).unwrap();
                may_go_on.lock().unwrap().recv_timeout(LONG).unwrap();
                stream.write_all(rest).unwrap();
            }
            "GET" => stream.write_all(&whole).unwrap(),
            _ => stream.write_all(&response("200 OK", &[], b"")).unwrap(),
        }
        After::KeepOpen
    });
    let fetcher = NetworkFetcher::new();
    let get = |path: &str| Request::navigation(server.url(path));
    for (invalidated, is_stored) in [("/slow", false), ("/other", true)] {
        let fetch = fetcher.start(get("/slow"));
        fetch.wait_head(LONG).unwrap().unwrap();
        let post = Request { method: "POST".to_owned(), ..get(invalidated) };
        fetcher.fetch(post, LONG).unwrap();
        go_on.send(()).unwrap();
        assert_eq!(&fetch.wait(LONG).unwrap().unwrap().body[..], b"0123456789");
        if !is_stored {
            go_on.send(()).unwrap();
        }
        let again = fetcher.fetch(get("/slow"), LONG).unwrap();
        assert_eq!(again.head.from_cache, is_stored, "{invalidated}");
        let post = Request { method: "POST".to_owned(), ..get("/slow") };
        fetcher.fetch(post, LONG).unwrap();
    }
}
