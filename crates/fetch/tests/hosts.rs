//! Hosts that may not be asked: nothing leaves for them.
#![allow(clippy::unwrap_used, reason = "a test fails by panicking")]

mod support;

use std::net::{IpAddr, Ipv4Addr};
use std::sync::atomic::Ordering;

use fanlight_fetch::{Fetcher, HostPolicy, NetworkFetcher, ProxyChoice, Url};
use support::proxies::Proxy;
use support::{Server, get, ok, redirect};

fn refusing_private() -> HostPolicy {
    HostPolicy { block_private: true, ..HostPolicy::default() }
}

/// The error of a request that is refused, which the log has too.
fn refused(fetcher: &NetworkFetcher, url: Url) -> String {
    let error = get(fetcher, url).unwrap_err();
    assert_eq!(error.kind.name(), "blocked", "{error}");
    let logged = fetcher.log().entries().last().unwrap().outcome.clone();
    assert_eq!(logged, fanlight_fetch::log::Outcome::Failed(error.clone()));
    error.to_string()
}

#[test]
fn private_addresses_are_refused_before_anything_is_sent() {
    let server = Server::answering(ok(b""));
    let fetcher = NetworkFetcher::builder().hosts(refusing_private()).build();
    let error = refused(&fetcher, server.url("/"));
    assert!(
        error.contains("the host 127.0.0.1 has the loopback address 127.0.0.1 (--block-private)"),
        "{error}"
    );
    let port = server.address.port();
    for host in ["localhost", "2130706433", "[::ffff:127.0.0.1]"] {
        refused(&fetcher, Url::parse(&format!("http://{host}:{port}/")).unwrap());
    }
    assert_eq!(server.connections.load(Ordering::SeqCst), 0);
}

#[test]
fn a_name_that_leads_to_a_private_address_is_refused_when_it_is_resolved() {
    let server = Server::answering(ok(b""));
    let fetcher = NetworkFetcher::builder()
        .hosts(refusing_private())
        .host_address("rebound.test", IpAddr::V4(Ipv4Addr::LOCALHOST))
        .build();
    let url = Url::parse(&format!("http://rebound.test:{}/", server.address.port())).unwrap();
    let error = refused(&fetcher, url);
    assert!(error.contains("the host rebound.test has the loopback address 127.0.0.1"), "{error}");
    assert_eq!(server.connections.load(Ordering::SeqCst), 0);
}

#[test]
fn redirects_to_hosts_that_may_not_be_asked_are_refused() {
    let target = Server::answering(ok(b""));
    let there = format!("http://localhost:{}/", target.address.port());
    let server = Server::answering(redirect(302, &there));
    for policy in [
        HostPolicy { blocked: vec!["localhost".parse().unwrap()], ..HostPolicy::default() },
        HostPolicy { allowed: vec!["127.0.0.1".parse().unwrap()], ..HostPolicy::default() },
    ] {
        let fetcher = NetworkFetcher::builder().hosts(policy).build();
        let error = refused(&fetcher, server.url("/"));
        assert!(error.contains("the host localhost is "), "{error}");
        assert_eq!(fetcher.log().entries()[0].hops.len(), 1, "the second hop never began");
    }
    assert_eq!(target.connections.load(Ordering::SeqCst), 0);
}

#[test]
fn behind_a_proxy_private_hosts_are_refused_as_well() {
    let proxy = Proxy::http(None, false, "http://169.254.169.254/latest");
    let fetcher = NetworkFetcher::builder()
        .hosts(refusing_private())
        .proxy(ProxyChoice::Named(format!("http://{}", proxy.address).parse().unwrap()))
        .host_address("public.test", IpAddr::from([1, 1, 1, 1]))
        .host_address("internal.test", IpAddr::from([10, 0, 0, 1]))
        .build();
    let url = |text: &str| Url::parse(text).unwrap();
    assert_eq!(get(&fetcher, url("http://public.test/")).unwrap().body, "from the proxy");
    let error = refused(&fetcher, url("http://internal.test/"));
    assert!(error.contains("internal.test has the private address 10.0.0.1"), "{error}");
    let error = refused(&fetcher, url("http://unknown.invalid/"));
    assert!(error.contains("whether the host unknown.invalid is private cannot be told"), "{error}");
    let error = refused(&fetcher, url("http://public.test/away"));
    assert!(error.contains("link-local address 169.254.169.254"), "{error}");
    refused(&fetcher, url("http://127.0.0.1/"));
    assert_eq!(proxy.asked().len(), 2, "{:?}", proxy.asked());
}
