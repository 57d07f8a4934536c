//! Requests through proxies on the loopback address.
#![allow(clippy::unwrap_used, reason = "a test fails by panicking")]

mod support;

use std::net::{IpAddr, Ipv4Addr, TcpListener};

use fanlight_fetch::{Fetcher, NetworkFetcher, NetworkFetcherBuilder, ProxyChoice, Url};
use support::proxies::Proxy;
use support::secure::SecureServer;
use support::{Server, get, ok, response};

fn through(proxy: &str) -> NetworkFetcherBuilder {
    NetworkFetcher::builder().proxy(ProxyChoice::Named(proxy.parse().unwrap()))
}

fn url(text: &str) -> Url {
    Url::parse(text).unwrap()
}

#[test]
fn a_plain_request_is_made_to_the_proxy_and_the_log_names_it() {
    let proxy = Proxy::http(None, false, "");
    let fetcher = through(&format!("http://user:secret@{}", proxy.address)).build();
    let response = get(&fetcher, url("http://nowhere.test/path?q")).unwrap();
    assert_eq!(response.body, "from the proxy");
    assert_eq!(proxy.asked(), ["GET http://nowhere.test/path?q HTTP/1.1"]);
    let hop = fetcher.log().entries()[0].hops[0].clone();
    assert_eq!(hop.proxy, Some(format!("http://{}", proxy.address)), "without the password");
}

#[test]
fn an_encrypted_request_goes_through_a_tunnel() {
    let server = SecureServer::start(&["secure.test"], |_| response("200 OK", &[], b"end to end"));
    let proxy = Proxy::http(Some(server.address), true, "");
    let builder = through(&format!("http://user:secret@{}", proxy.address));
    let fetcher = builder.trust(server.certificate.clone()).build();
    assert_eq!(get(&fetcher, url("https://secure.test/x")).unwrap().body, "end to end");
    assert_eq!(proxy.asked(), ["CONNECT secure.test:443 HTTP/1.1"]);
    assert_eq!(server.seen()[0].path(), "/x");
}

#[test]
fn a_proxy_may_be_encrypted_itself_and_is_checked_like_a_server() {
    let proxy = SecureServer::start(&["localhost"], |_| ok(b"from the proxy"));
    let named = || through(&format!("https://localhost:{}", proxy.port()));
    let fetcher = named().trust(proxy.certificate.clone()).build();
    assert_eq!(get(&fetcher, url("http://nowhere.test/x")).unwrap().body, "from the proxy");
    assert_eq!(proxy.seen()[0].path(), "http://nowhere.test/x");
    let error = get(&named().build(), url("http://nowhere.test/x")).unwrap_err();
    assert_eq!(error.kind.name(), "proxy", "{error}");
    assert!(error.to_string().contains("signed by no authority"), "{error}");
}

#[test]
fn this_machines_servers_go_through_a_proxy_that_is_named() {
    let (server, proxy) = (Server::answering(ok(b"direct")), Proxy::http(None, false, ""));
    let fetcher = through(&format!("http://{}", proxy.address)).build();
    assert_eq!(get(&fetcher, server.url("/")).unwrap().body, "from the proxy");
    let fetcher = NetworkFetcher::builder().proxy(ProxyChoice::Direct).build();
    assert_eq!(get(&fetcher, server.url("/")).unwrap().body, "direct");
}

#[test]
fn a_proxy_that_wants_a_password_is_named_and_its_page_is_not_shown() {
    let proxy = Proxy::http(None, true, "");
    for address in ["http://nowhere.test/", "https://nowhere.test/"] {
        for credentials in ["", "user:wrong@"] {
            let fetcher = through(&format!("http://{credentials}{}", proxy.address)).build();
            let error = get(&fetcher, url(address)).unwrap_err();
            assert_eq!(error.kind.name(), "proxy", "{error}");
            let message = error.to_string();
            let expected =
                format!("the proxy http://{} cannot be used: it asks for a user name", proxy.address);
            assert!(message.contains(&expected) && message.contains("check --proxy"), "{message}");
        }
    }
}

#[test]
fn a_proxy_that_is_not_there_is_named() {
    let free = TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap();
    for scheme in ["http", "socks5", "socks5h"] {
        for address in ["http://10.0.0.1/", "https://10.0.0.1/"] {
            let error = get(&through(&format!("{scheme}://{free}")).build(), url(address)).unwrap_err();
            assert_eq!(error.kind.name(), "proxy", "{scheme} {address}: {error}");
            assert!(error.to_string().contains(&format!("the proxy {scheme}://{free}")), "{error}");
        }
    }
    let error = get(&through("http://nobody.invalid:1").build(), url("http://10.0.0.1/")).unwrap_err();
    assert!(error.to_string().contains("its host name cannot be resolved"), "{error}");
}

#[test]
fn socks5_is_given_addresses_and_socks5h_names() {
    let server = Server::answering(ok(b"behind"));
    let proxy = Proxy::socks(server.address, false);
    let loopback = IpAddr::V4(Ipv4Addr::new(127, 0, 0, 9));
    for (scheme, asked) in [("socks5", "127.0.0.9:80"), ("socks5h", "known.test:80")] {
        let fetcher =
            through(&format!("{scheme}://{}", proxy.address)).host_address("known.test", loopback).build();
        assert_eq!(get(&fetcher, url("http://known.test/")).unwrap().body, "behind", "{scheme}");
        assert_eq!(proxy.asked().last().map(String::as_str), Some(asked));
    }
    let fetcher = through(&format!("socks5://{}", proxy.address)).build();
    let error = get(&fetcher, url("http://nobody.invalid/")).unwrap_err();
    assert_eq!(error.kind.name(), "host-not-found", "it is not the proxy's fault: {error}");
}

#[test]
fn encrypted_requests_go_through_socks_and_passwords_are_told() {
    let server = SecureServer::start(&["secure.test"], |_| response("200 OK", &[], b"end to end"));
    let proxy = Proxy::socks(server.address, true);
    let with = |credentials: &str| {
        let builder = through(&format!("socks5h://{credentials}{}", proxy.address));
        get(&builder.trust(server.certificate.clone()).build(), url("https://secure.test/"))
    };
    assert_eq!(with("user:secret@").unwrap().body, "end to end");
    for wrong in ["", "user:wrong@"] {
        let error = with(wrong).unwrap_err();
        assert_eq!(error.kind.name(), "proxy", "{error}");
    }
}
