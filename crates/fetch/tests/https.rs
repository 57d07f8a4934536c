//! HTTPS and HTTP/2 against a server on the loopback address with certificates of its own.
#![allow(clippy::unwrap_used, reason = "a test fails by panicking")]

mod support;

use std::net::SocketAddr;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Duration;

use fanlight_fetch::{
    Bytes, Destination, Fetcher, Initiator, InitiatorKind, NetworkFetcher, Protocol, Request, Url,
};
use rcgen::CertificateParams;
use support::secure::server_config;
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpListener;
use tokio_rustls::TlsAcceptor;

const LONG: Duration = Duration::from_secs(10);

struct TlsServer {
    address: SocketAddr,
    certificate: Vec<u8>,
    connections: Arc<AtomicUsize>,
    _runtime: tokio::runtime::Runtime,
}

/// A server that answers everything with `hello`, over the first of `protocols` that the client knows.
fn serve(parameters: CertificateParams, protocols: &[&str]) -> TlsServer {
    let (config, certificate) = server_config(parameters, protocols);
    let acceptor = TlsAcceptor::from(Arc::new(config));
    let runtime = tokio::runtime::Builder::new_multi_thread().worker_threads(1).enable_all().build().unwrap();
    let listener = runtime.block_on(TcpListener::bind("127.0.0.1:0")).unwrap();
    let address = listener.local_addr().unwrap();
    let connections = Arc::new(AtomicUsize::new(0));
    let counted = Arc::clone(&connections);
    runtime.spawn(async move {
        while let Ok((stream, _)) = listener.accept().await {
            let (acceptor, counted) = (acceptor.clone(), Arc::clone(&counted));
            tokio::spawn(async move {
                let Ok(mut stream) = acceptor.accept(stream).await else { return };
                let number = counted.fetch_add(1, Ordering::SeqCst) + 1;
                if stream.get_ref().1.alpn_protocol() == Some(b"h2") {
                    serve_http_2(stream, number).await;
                } else {
                    let _ = stream.read(&mut [0; 4096]).await;
                    let _ = stream.write_all(b"HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\nhello").await;
                    let _ = stream.shutdown().await;
                }
            });
        }
    });
    TlsServer { address, certificate, connections, _runtime: runtime }
}

/// The first connection does not answer for paths below `/apart`.
async fn serve_http_2(stream: tokio_rustls::server::TlsStream<tokio::net::TcpStream>, number: usize) {
    let Ok(mut connection) = h2::server::handshake(stream).await else { return };
    while let Some(Ok((request, mut respond))) = connection.accept().await {
        let is_misdirected = number == 1 && request.uri().path().starts_with("/apart");
        tokio::spawn(async move {
            tokio::time::sleep(Duration::from_millis(200)).await;
            let status = if is_misdirected { 421 } else { 200 };
            let head = http::Response::builder().status(status);
            let head = head.header("content-type", "text/html").body(()).unwrap();
            if let Ok(mut body) = respond.send_response(head, false) {
                let _ = body.send_data(Bytes::from_static(b"hello"), true);
            }
        });
    }
}

fn localhost() -> CertificateParams {
    CertificateParams::new(["localhost".to_owned()]).unwrap()
}

impl TlsServer {
    fn request(&self, path: &str) -> Request {
        let url = Url::parse(&format!("https://localhost:{}{path}", self.address.port())).unwrap();
        let initiator = Initiator::new(InitiatorKind::Parser, url.clone());
        Request::subresource(url, Destination::Document, initiator)
    }

    fn trusting(&self) -> NetworkFetcher {
        NetworkFetcher::builder().trust(self.certificate.clone()).build()
    }

    fn error(&self, fetcher: &NetworkFetcher) -> String {
        let error = fetcher.fetch(self.request("/"), LONG).unwrap_err();
        assert_eq!(error.kind.name(), "tls", "{error}");
        error.to_string()
    }
}

#[test]
fn a_trusted_server_answers_over_http_2_and_the_handshake_is_timed() {
    let server = serve(localhost(), &["h2", "http/1.1"]);
    let response = server.trusting().fetch(server.request("/"), LONG).unwrap();
    assert_eq!((&response.body[..], response.head.protocol), (&b"hello"[..], Protocol::Http2));
    assert_eq!(response.head.status_text, "", "HTTP/2 has none");
    let timing = response.timing;
    assert!(timing.dns.is_some() && timing.connect.is_some());
    assert!(timing.tls.unwrap() > 0.0);
    assert!(timing.waiting >= 200.0, "the handshake is not counted as waiting: {timing:?}");
}

#[test]
fn requests_share_a_connection_over_http_2_and_do_not_queue() {
    let server = serve(localhost(), &["h2"]);
    let fetcher = server.trusting();
    fetcher.fetch(server.request("/first"), LONG).unwrap();
    let fetches: Vec<_> = (0..20).map(|index| fetcher.start(server.request(&format!("/{index}")))).collect();
    let responses: Vec<_> = fetches.iter().map(|fetch| fetch.wait(LONG).unwrap().unwrap()).collect();
    assert_eq!(server.connections.load(Ordering::SeqCst), 1);
    assert!(responses.iter().all(|response| response.timing.connect.is_none()));
    assert!(responses.iter().all(|response| response.timing.queued < 200.0));
}

#[test]
fn http_1_1_is_spoken_where_the_server_knows_no_other() {
    let server = serve(localhost(), &["http/1.1"]);
    let response = server.trusting().fetch(server.request("/"), LONG).unwrap();
    assert_eq!(response.head.protocol, Protocol::Http11);
}

#[test]
fn an_unknown_authority_is_not_trusted() {
    let mut parameters = localhost();
    parameters.distinguished_name.push(rcgen::DnType::CommonName, "somebody else");
    let (server, other) = (serve(localhost(), &["h2"]), serve(parameters, &["h2"]));
    let error = server.error(&other.trusting());
    assert!(error.contains("signed by no authority that this machine trusts"), "{error}");
}

#[test]
fn a_certificate_for_another_host_is_refused() {
    let server = serve(CertificateParams::new(["example.com".to_owned()]).unwrap(), &["h2"]);
    let error = server.error(&server.trusting());
    assert!(error.contains("is for another host"), "{error}");
}

#[test]
fn an_expired_certificate_is_refused() {
    let mut parameters = localhost();
    parameters.not_before = rcgen::date_time_ymd(2000, 1, 1);
    parameters.not_after = rcgen::date_time_ymd(2001, 1, 1);
    let server = serve(parameters, &["h2"]);
    let error = server.error(&server.trusting());
    assert!(error.contains("has expired; check this machine's clock"), "{error}");
}

#[test]
fn a_certificate_that_is_not_valid_yet_is_refused() {
    let mut parameters = localhost();
    parameters.not_before = rcgen::date_time_ymd(4000, 1, 1);
    parameters.not_after = rcgen::date_time_ymd(4001, 1, 1);
    let server = serve(parameters, &["h2"]);
    let error = server.error(&server.trusting());
    assert!(error.contains("is not valid yet; check this machine's clock"), "{error}");
}

#[test]
fn a_certificate_that_vouches_for_itself_is_refused() {
    let server = serve(localhost(), &["h2"]);
    let error = server.error(&NetworkFetcher::new());
    assert!(error.contains("certificate") && error.contains("the TLS handshake with localhost"), "{error}");
}

fn hops(fetcher: &NetworkFetcher) -> Vec<fanlight_fetch::log::Hop> {
    fetcher.log().entries().into_iter().map(|entry| entry.hops[0].clone()).collect()
}

#[test]
fn the_log_tells_of_every_exchange_how_it_is_secured_and_what_the_certificate_says() {
    let server = serve(localhost(), &["h2"]);
    let fetcher = server.trusting();
    for path in ["/1", "/2"] {
        fetcher.fetch(server.request(path), LONG).unwrap();
    }
    let hops = hops(&fetcher);
    for hop in &hops {
        let tls = hop.tls.as_ref().unwrap();
        assert_eq!(
            (tls.version.as_str(), tls.alpn.as_deref(), tls.is_resumed),
            ("TLS 1.3", Some("h2"), false)
        );
        assert!(tls.cipher.starts_with("TLS13_"), "{tls:?}");
        assert!(tls.key_exchange.is_some(), "{tls:?}");
        assert_eq!(tls.certificates[0].names, ["localhost"]);
        assert_eq!(tls.certificates[0].fingerprint.len(), 95);
    }
    let (first, second) = (hops[0].connection.unwrap(), hops[1].connection.unwrap());
    assert_eq!((first.is_reused, second.is_reused, first.id), (false, true, second.id));
    assert!(hops[0].dns.is_some() && hops[1].dns.is_none() && hops[1].tried_addresses.is_empty());
    let har = fanlight_fetch::log::har::to_har(fetcher.log());
    let security = &har["log"]["entries"][1]["_securityDetails"];
    assert_eq!(security["protocol"], "TLS 1.3");
    assert_eq!(security["certificates"][0]["sanList"][0], "localhost");
}

#[test]
fn a_session_is_resumed_where_a_new_connection_is_made() {
    // The server closes every connection over HTTP/1.1 after its answer.
    let server = serve(localhost(), &["http/1.1"]);
    let fetcher = server.trusting();
    for path in ["/1", "/2"] {
        fetcher.fetch(server.request(path), LONG).unwrap();
    }
    let resumed: Vec<_> = hops(&fetcher).iter().map(|hop| hop.tls.as_ref().unwrap().is_resumed).collect();
    assert_eq!(resumed, [false, true]);
    assert_eq!(hops(&fetcher)[1].tls.as_ref().unwrap().certificates[0].names, ["localhost"]);
}

#[test]
fn the_first_requests_to_a_host_share_one_connection_over_http_2() {
    let server = serve(localhost(), &["h2"]);
    let fetcher = server.trusting();
    let fetches: Vec<_> = (0..20).map(|index| fetcher.start(server.request(&format!("/{index}")))).collect();
    for fetch in &fetches {
        fetch.wait(LONG).unwrap().unwrap();
    }
    assert_eq!(server.connections.load(Ordering::SeqCst), 1);
}

#[test]
fn the_first_requests_to_a_host_have_connections_of_their_own_over_http_1() {
    let server = serve(localhost(), &["http/1.1"]);
    let fetcher = server.trusting();
    let fetches: Vec<_> = (0..10).map(|index| fetcher.start(server.request(&format!("/{index}")))).collect();
    for fetch in &fetches {
        assert_eq!(fetch.wait(LONG).unwrap().unwrap().body, "hello");
    }
    assert_eq!(server.connections.load(Ordering::SeqCst), 10, "each ends with its answer");
}

#[test]
fn a_connection_that_was_made_ahead_costs_nothing_later() {
    let server = serve(localhost(), &["h2"]);
    let fetcher = server.trusting();
    let url = server.request("/").url;
    for _ in 0..3 {
        fetcher.preconnect(&url);
    }
    let started = std::time::Instant::now();
    while server.connections.load(Ordering::SeqCst) == 0 && started.elapsed() < LONG {
        std::thread::sleep(Duration::from_millis(1));
    }
    let response = fetcher.fetch(server.request("/"), LONG).unwrap();
    assert_eq!(server.connections.load(Ordering::SeqCst), 1);
    assert!(response.timing.dns.is_none() && response.timing.connect.is_none(), "{:?}", response.timing);
}

#[test]
fn a_failure_to_connect_is_told_to_all_who_waited() {
    let server = serve(CertificateParams::new(["example.com".to_owned()]).unwrap(), &["h2"]);
    let fetcher = server.trusting();
    let fetches: Vec<_> = (0..10).map(|index| fetcher.start(server.request(&format!("/{index}")))).collect();
    for fetch in &fetches {
        let error = fetch.wait(LONG).unwrap().unwrap_err();
        assert_eq!(error.kind.name(), "tls", "{error}");
    }
}

/// Asks a server for a page of `a.test` and then for one of `b.test`, whose address is `address`. Returns the status of the
/// second answer, if one comes, and how many connections there were.
fn two_hosts(names: &[&str], path: &str, address: [u8; 4]) -> (Option<u16>, usize, Vec<String>) {
    let names: Vec<String> = names.iter().map(ToString::to_string).collect();
    let server = serve(CertificateParams::new(names).unwrap(), &["h2"]);
    let fetcher = NetworkFetcher::builder()
        .trust(server.certificate.clone())
        .host_address("a.test", [127, 0, 0, 1].into())
        .host_address("b.test", address.into())
        .build();
    let ask = |host: &str| {
        let url = Url::parse(&format!("https://{host}:{}{path}", server.address.port())).unwrap();
        fetcher.fetch(Request::navigation(url), LONG)
    };
    ask("a.test").unwrap();
    let status = ask("b.test").ok().map(|response| response.head.status);
    (status, server.connections.load(Ordering::SeqCst), fetcher.log().entries()[1].remarks.clone())
}

#[test]
fn a_connection_serves_every_host_of_its_certificate_and_address() {
    let (status, connections, remarks) = two_hosts(&["a.test", "b.test"], "/", [127, 0, 0, 1]);
    assert_eq!((status, connections), (Some(200), 1));
    assert!(remarks[0].starts_with("it shares the connection of https://a.test:"), "{remarks:?}");
}

#[test]
fn a_connection_serves_no_host_of_another_certificate_or_address() {
    assert_eq!(two_hosts(&["a.test"], "/", [127, 0, 0, 1]).0, None, "the certificate is for the first alone");
    // Nobody listens there.
    let (status, connections, _) = two_hosts(&["a.test", "b.test"], "/", [127, 0, 0, 2]);
    assert_eq!((status, connections), (None, 1));
}

#[test]
fn a_host_that_does_not_answer_over_anothers_connection_gets_its_own() {
    let server_says = two_hosts(&["a.test", "b.test"], "/apart", [127, 0, 0, 1]);
    assert_eq!((server_says.0, server_says.1), (Some(200), 2));
    assert!(server_says.2[0].contains("421"), "{:?}", server_says.2);
}
