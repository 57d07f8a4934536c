//! Servers that speak HTTP/2 and do it badly.

use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Duration;

use fanlight_fetch::{Bytes, FetchErrorKind, Fetcher, Limits, NetworkFetcher, Phase, Request, Response, Url};
use h2::Reason;
use h2::server::SendResponse;
use rcgen::CertificateParams;
use tokio::io::AsyncWriteExt;
use tokio::net::TcpListener;
use tokio_rustls::TlsAcceptor;
use tokio_rustls::server::TlsStream;

use super::support::LONG;
use super::support::secure::server_config;

struct Server {
    port: u16,
    certificate: Vec<u8>,
    _runtime: tokio::runtime::Runtime,
}

/// A server that does what the path of a request says.
fn serve() -> Server {
    serve_or_say(None)
}

/// The same, or one that agrees on HTTP/2 and then says something else.
fn serve_or_say(something_else: Option<&'static [u8]>) -> Server {
    let parameters = CertificateParams::new(["localhost".to_owned()]).unwrap();
    let (config, certificate) = server_config(parameters, &["h2"]);
    let acceptor = TlsAcceptor::from(Arc::new(config));
    let runtime = tokio::runtime::Builder::new_multi_thread().worker_threads(1).enable_all().build().unwrap();
    let listener = runtime.block_on(TcpListener::bind("127.0.0.1:0")).unwrap();
    let port = listener.local_addr().unwrap().port();
    let refused = Arc::new(AtomicUsize::new(0));
    runtime.spawn(async move {
        while let Ok((stream, _)) = listener.accept().await {
            let (acceptor, refused) = (acceptor.clone(), Arc::clone(&refused));
            tokio::spawn(async move {
                let Ok(mut stream) = acceptor.accept(stream).await else { return };
                match something_else {
                    Some(bytes) => {
                        let _ = stream.write_all(bytes).await;
                        let _ = stream.shutdown().await;
                    }
                    None => speak(stream, refused).await,
                }
            });
        }
    });
    Server { port, certificate, _runtime: runtime }
}

async fn speak(stream: TlsStream<tokio::net::TcpStream>, refused: Arc<AtomicUsize>) {
    let Ok(mut connection) = h2::server::handshake(stream).await else { return };
    while let Some(Ok((request, respond))) = connection.accept().await {
        match request.uri().path() {
            "/goodbye" => connection.abrupt_shutdown(Reason::INTERNAL_ERROR),
            path => {
                tokio::spawn(answer(path.to_owned(), respond, Arc::clone(&refused)));
            }
        }
    }
}

async fn answer(path: String, mut respond: SendResponse<Bytes>, refused: Arc<AtomicUsize>) {
    let head = |length: Option<&str>| {
        let head = http::Response::builder().header("content-type", "text/plain");
        let head = length.into_iter().fold(head, |head, length| head.header("content-length", length));
        head.body(()).unwrap()
    };
    match path.as_str() {
        "/stall" => std::future::pending().await,
        "/stall-in-body" => {
            let mut body = respond.send_response(head(None), false).unwrap();
            body.send_data("hel".into(), false).unwrap();
            std::future::pending().await
        }
        "/reset" => respond.send_reset(Reason::INTERNAL_ERROR),
        "/reset-in-body" => {
            let mut body = respond.send_response(head(None), false).unwrap();
            body.send_data("hel".into(), false).unwrap();
            tokio::time::sleep(Duration::from_millis(50)).await;
            body.send_reset(Reason::INTERNAL_ERROR);
        }
        "/refused" if refused.fetch_add(1, Ordering::SeqCst) == 0 => {
            respond.send_reset(Reason::REFUSED_STREAM);
        }
        "/short" => {
            let mut body = respond.send_response(head(Some("10")), false).unwrap();
            body.send_data("hello".into(), true).unwrap();
        }
        "/long" => {
            let mut body = respond.send_response(head(Some("3")), false).unwrap();
            let _ = body.send_data("hello".into(), true);
        }
        _ => {
            let mut body = respond.send_response(head(None), false).unwrap();
            body.send_data("hello".into(), true).unwrap();
        }
    }
}

impl Server {
    fn fetcher(&self, limits: Limits) -> NetworkFetcher {
        NetworkFetcher::builder().trust(self.certificate.clone()).limits(limits).build()
    }

    fn request(&self, path: &str) -> Request {
        Request::navigation(Url::parse(&format!("https://localhost:{}{path}", self.port)).unwrap())
    }

    fn get(&self, fetcher: &NetworkFetcher, path: &str) -> Result<Response, FetchErrorKind> {
        fetcher.fetch(self.request(path), LONG).map_err(|error| error.kind)
    }
}

#[test]
fn a_stream_that_stalls_is_told_and_others_go_on() {
    let short = Duration::from_millis(200);
    let limits = Limits { response_timeout: short, stall_timeout: short, ..Limits::default() };
    let server = serve();
    let fetcher = server.fetcher(limits);
    let (stalled, stalled_in_body) =
        (fetcher.start(server.request("/stall")), fetcher.start(server.request("/stall-in-body")));
    assert_eq!(server.get(&fetcher, "/").unwrap().body, "hello");
    let kind = stalled.wait(LONG).unwrap().unwrap_err().kind;
    assert!(matches!(kind, FetchErrorKind::Timeout { phase: Phase::Waiting, .. }), "{kind}");
    let kind = stalled_in_body.wait(LONG).unwrap().unwrap_err().kind;
    assert!(matches!(kind, FetchErrorKind::Timeout { phase: Phase::Downloading, .. }), "{kind}");
    let connections: Vec<_> = fetcher
        .log()
        .entries()
        .iter()
        .map(|entry| entry.hops[0].connection.map(|connection| connection.id))
        .collect();
    assert_eq!(connections, [Some(1); 3], "they shared one connection");
}

#[test]
fn streams_that_are_reset_and_connections_that_end_are_told() {
    let server = serve();
    let fetcher = server.fetcher(Limits::default());
    for path in ["/reset", "/reset-in-body", "/short", "/long", "/goodbye"] {
        let kind = server.get(&fetcher, path).unwrap_err();
        let is_told = matches!(
            kind,
            FetchErrorKind::Truncated { .. }
                | FetchErrorKind::InvalidResponse { .. }
                | FetchErrorKind::NoResponse { .. }
                | FetchErrorKind::ConnectionFailed { .. }
        );
        assert!(is_told, "{path}: {} ({kind})", kind.name());
        assert_eq!(server.get(&fetcher, "/").unwrap().body, "hello", "after {path}");
    }
}

#[test]
fn a_stream_that_is_refused_is_asked_again() {
    let server = serve();
    assert_eq!(server.get(&server.fetcher(Limits::default()), "/refused").unwrap().body, "hello");
}

#[test]
fn what_is_not_http_2_after_all_is_told() {
    let server = serve_or_say(Some(b"HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\nhello"));
    let kind = server.get(&server.fetcher(Limits::default()), "/").unwrap_err();
    assert!(!matches!(kind, FetchErrorKind::Timeout { .. }), "{kind}");
}
