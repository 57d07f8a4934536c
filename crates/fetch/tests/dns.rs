//! Names and addresses, against a name server on the loopback address.
#![allow(clippy::unwrap_used, reason = "a test fails by panicking")]

mod support;

use std::net::IpAddr;

use fanlight_fetch::log::{DnsSource, Hop, TriedOutcome};
use fanlight_fetch::{FetchErrorKind, Fetcher, HostPolicy, Limits, NetworkFetcher, Phase, Url};
use support::name_server::{Known, NameServer};
use support::{Server, get, ok};

fn address(text: &str) -> IpAddr {
    text.parse().unwrap()
}

fn asking(server: &NameServer) -> NetworkFetcher {
    NetworkFetcher::builder().name_server(server.address).build()
}

fn url(host: &str, server: &Server) -> Url {
    Url::parse(&format!("http://{host}:{}/", server.address.port())).unwrap()
}

fn last_hop(fetcher: &NetworkFetcher) -> Hop {
    fetcher.log().entries().last().unwrap().hops.last().unwrap().clone()
}

#[test]
fn the_log_shows_the_chain_from_the_name_to_its_addresses() {
    let names = NameServer::start(
        &[
            ("www.shop.test", Known::Alias("cdn.test", 300)),
            ("cdn.test", Known::Alias("edge.cdn.test", 60)),
            ("edge.cdn.test", Known::Addresses(vec![address("127.0.0.1")], 30)),
        ],
        10,
    );
    let (fetcher, server) = (asking(&names), Server::answering(ok(b"x")));
    let response = get(&fetcher, url("www.shop.test", &server)).unwrap();
    assert!(response.timing.dns.is_some());
    let dns = last_hop(&fetcher).dns.unwrap();
    assert_eq!((dns.source, dns.is_cached), (DnsSource::Dns, false));
    let chain: Vec<_> = dns
        .records
        .iter()
        .map(|record| (record.name.as_str(), record.kind.as_str(), record.value.as_str(), record.ttl))
        .collect();
    assert_eq!(
        chain,
        [
            ("www.shop.test", "CNAME", "cdn.test", Some(300)),
            ("cdn.test", "CNAME", "edge.cdn.test", Some(60)),
            ("edge.cdn.test", "A", "127.0.0.1", Some(30)),
        ]
    );
}

#[test]
fn a_name_is_asked_for_once_while_its_answer_holds() {
    let names = NameServer::start(
        &[
            ("lasting.test", Known::Addresses(vec![address("127.0.0.1")], 300)),
            ("fleeting.test", Known::Addresses(vec![address("127.0.0.1")], 0)),
        ],
        10,
    );
    // Every answer closes its connection, so that every request makes one.
    let (fetcher, server) = (asking(&names), Server::answering(ok(b"x")));
    for _ in 0..3 {
        get(&fetcher, url("lasting.test", &server)).unwrap();
        get(&fetcher, url("fleeting.test", &server)).unwrap();
    }
    assert_eq!(names.times_asked("lasting.test"), 1);
    assert_eq!(names.times_asked("fleeting.test"), 3);
    get(&fetcher, url("lasting.test", &server)).unwrap();
    assert!(last_hop(&fetcher).dns.unwrap().is_cached);
}

#[test]
fn a_name_that_does_not_exist_is_asked_for_once_too() {
    let (names, server) = (NameServer::start(&[], 300), Server::answering(ok(b"x")));
    let fetcher = asking(&names);
    for _ in 0..3 {
        let error = get(&fetcher, url("nobody.test", &server)).unwrap_err();
        assert!(
            matches!(&error.kind, FetchErrorKind::HostNotFound { host, .. } if host == "nobody.test"),
            "{error}"
        );
        assert!(error.to_string().contains("there is no such name"), "{error}");
    }
    assert_eq!(names.times_asked("nobody.test"), 1);
}

#[test]
fn a_name_without_addresses_exists() {
    let names = NameServer::start(&[("empty.test", Known::Addresses(Vec::new(), 60))], 10);
    let error = get(&asking(&names), Url::parse("http://empty.test/").unwrap()).unwrap_err();
    assert!(error.to_string().contains("the name has no address"), "{error}");
}

#[test]
fn a_name_server_that_never_answers_is_named_as_what_took_too_long() {
    let (address, _socket) = NameServer::silent();
    let limits = Limits { connect_timeout: std::time::Duration::from_millis(300), ..Limits::default() };
    let fetcher = NetworkFetcher::builder().limits(limits).name_server(address).build();
    let error = get(&fetcher, Url::parse("http://silent.test/").unwrap()).unwrap_err();
    assert!(matches!(error.kind, FetchErrorKind::Timeout { phase: Phase::Resolving, .. }), "{error}");
    assert!(error.to_string().contains("resolving the host's name took longer"), "{error}");
}

#[test]
fn a_name_server_that_answers_for_one_family_alone_is_not_waited_for() {
    let known = Known::OnlyIpv4Answers(vec![address("127.0.0.1")], 60);
    let (names, server) = (NameServer::start(&[("half.test", known)], 10), Server::answering(ok(b"x")));
    let response = get(&asking(&names), url("half.test", &server)).unwrap();
    assert!(response.timing.dns.unwrap() < 4000.0, "{:?}", response.timing);
}

#[test]
fn the_next_address_is_tried_where_one_refuses_and_the_log_shows_both() {
    // Nobody listens at the server's port of the second loopback address.
    let known = Known::Addresses(vec![address("127.0.0.2"), address("127.0.0.1")], 60);
    let (names, server) = (NameServer::start(&[("two.test", known)], 10), Server::answering(ok(b"x")));
    let fetcher = asking(&names);
    get(&fetcher, url("two.test", &server)).unwrap();
    let tried = last_hop(&fetcher).tried_addresses;
    assert_eq!(tried.len(), 2, "{tried:?}");
    assert_eq!(tried[0].address.ip(), address("127.0.0.2"));
    assert!(matches!(tried[0].outcome, TriedOutcome::Failed { .. }), "{tried:?}");
    assert_eq!((tried[1].address, &tried[1].outcome), (server.address, &TriedOutcome::Connected));
}

#[test]
fn private_addresses_are_refused_before_anything_connects() {
    let known = Known::Addresses(vec![address("127.0.0.1")], 60);
    let (names, server) = (NameServer::start(&[("inside.test", known)], 10), Server::answering(ok(b"x")));
    let fetcher = NetworkFetcher::builder()
        .name_server(names.address)
        .hosts(HostPolicy { block_private: true, ..HostPolicy::default() })
        .build();
    let error = get(&fetcher, url("inside.test", &server)).unwrap_err();
    assert_eq!(error.kind.name(), "blocked", "{error}");
    assert!(error.to_string().contains("inside.test") && error.to_string().contains("127.0.0.1"), "{error}");
    assert_eq!(server.connections.load(std::sync::atomic::Ordering::SeqCst), 0);
}

#[test]
fn names_are_looked_up_ahead() {
    let known = Known::Addresses(vec![address("127.0.0.1")], 60);
    let (names, server) = (NameServer::start(&[("ahead.test", known)], 10), Server::answering(ok(b"x")));
    let fetcher = asking(&names);
    fetcher.prefetch_dns(&url("ahead.test", &server));
    get(&fetcher, url("ahead.test", &server)).unwrap();
    assert_eq!(names.times_asked("ahead.test"), 1);
}
