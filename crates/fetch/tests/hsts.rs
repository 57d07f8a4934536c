//! Hosts that are for `https:` alone, over real connections.
#![allow(clippy::unwrap_used, reason = "a test fails by panicking")]

mod support;

use std::net::{IpAddr, Ipv4Addr};
use std::path::Path;
use std::sync::Arc;

use fanlight_fetch::{Fetcher, NetworkFetcher, NetworkFetcherBuilder, Profile, Protocol, ProxyChoice, Url};
use support::secure::SecureServer;
use support::{Server, get, redirect, response};

const LOOPBACK: IpAddr = IpAddr::V4(Ipv4Addr::LOCALHOST);

/// A server for `secure.test` and what is below, whose path says what its answer's field is.
fn server() -> SecureServer {
    SecureServer::start(&["secure.test", "below.secure.test"], |seen| {
        let field = match seen.path() {
            "/set" => "max-age=1000",
            "/below" => "max-age=1000; includeSubDomains",
            "/forget" => "max-age=0",
            _ => return response("200 OK", &[], b"secure"),
        };
        response("200 OK", &[("Strict-Transport-Security", field)], b"secure")
    })
}

fn builder(server: &SecureServer) -> NetworkFetcherBuilder {
    NetworkFetcher::builder()
        .proxy(ProxyChoice::Direct)
        .trust(server.certificate.clone())
        .host_address("secure.test", LOOPBACK)
        .host_address("below.secure.test", LOOPBACK)
}

fn with_profile(server: &SecureServer, folder: &Path) -> NetworkFetcher {
    builder(server).profile(Arc::new(Profile::in_folder(folder))).build()
}

fn url(scheme: &str, host: &str, server: &SecureServer, path: &str) -> Url {
    Url::parse(&format!("{scheme}://{host}:{}{path}", server.port())).unwrap()
}

#[test]
fn a_host_that_said_so_is_asked_by_https_and_the_log_shows_the_hop() {
    let server = server();
    let fetcher = builder(&server).build();
    let plain = url("http", "secure.test", &server, "/");
    assert!(get(&fetcher, plain.clone()).is_err(), "it does not speak http:");
    get(&fetcher, url("https", "secure.test", &server, "/set")).unwrap();
    let response = get(&fetcher, plain.clone()).unwrap();
    assert_eq!(response.head.url, url("https", "secure.test", &server, "/"));
    let hops = &fetcher.log().entries()[2].hops;
    assert_eq!(hops.len(), 2);
    let internal = hops[0].response.as_ref().unwrap();
    assert_eq!((hops[0].url.clone(), internal.status, internal.protocol), (plain, 307, Protocol::Internal));
    assert_eq!(internal.headers.get("non-authoritative-reason").as_deref(), Some("HSTS"));
    assert_eq!(internal.headers.get("location").as_deref(), Some(response.head.url.as_str()));
    let below = url("http", "below.secure.test", &server, "/");
    assert!(get(&fetcher, below.clone()).is_err(), "hosts below were not included");
    get(&fetcher, url("https", "secure.test", &server, "/below")).unwrap();
    get(&fetcher, below).unwrap();
}

#[test]
fn redirects_are_upgraded_too() {
    let server = server();
    let fetcher = builder(&server).build();
    get(&fetcher, url("https", "secure.test", &server, "/set")).unwrap();
    let target = url("http", "secure.test", &server, "/landing");
    let plain = Server::answering(redirect(302, target.as_str()));
    let response = get(&fetcher, plain.url("/")).unwrap();
    assert_eq!(response.head.url, url("https", "secure.test", &server, "/landing"));
    assert_eq!(fetcher.log().entries()[1].hops.len(), 3);
}

#[test]
fn it_is_known_in_the_next_run_until_the_server_takes_it_back() {
    let (server, folder) = (server(), tempfile::tempdir().unwrap());
    get(&with_profile(&server, folder.path()), url("https", "secure.test", &server, "/set")).unwrap();
    get(&with_profile(&server, folder.path()), url("http", "secure.test", &server, "/")).unwrap();
    get(&with_profile(&server, folder.path()), url("https", "secure.test", &server, "/forget")).unwrap();
    let fetcher = with_profile(&server, folder.path());
    assert!(get(&fetcher, url("http", "secure.test", &server, "/")).is_err());
    assert_eq!(fetcher.profile().take_problems(), Vec::<String>::new());
}

#[test]
fn an_insecure_answer_says_nothing() {
    let field = [("Strict-Transport-Security", "max-age=1000")];
    let server = Server::answering(response("200 OK", &field, b"plain"));
    let fetcher =
        NetworkFetcher::builder().proxy(ProxyChoice::Direct).host_address("plain.test", LOOPBACK).build();
    let url = Url::parse(&format!("http://plain.test:{}/", server.address.port())).unwrap();
    for _ in 0..2 {
        assert_eq!(get(&fetcher, url.clone()).unwrap().body, "plain");
    }
}
