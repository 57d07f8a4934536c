//! HTTP against a server on the loopback address that does everything wrong. Every failure is a typed error whose
//! message says what to do, within seconds.

mod support;

use std::io::{Read, Write};
use std::net::TcpListener;
use std::thread;
use std::time::{Duration, Instant};

use fanlight_fetch::{BodyChunk, FetchErrorKind, Fetcher, Limits, NetworkFetcher, Phase, Request, Url};
use flate2::Compression;
use flate2::write::GzEncoder;
use support::{After, LONG, Server, get, ok, redirect, response};

fn error_of(server: &Server) -> FetchErrorKind {
    error_within(&patient(), server)
}

fn error_within(fetcher: &NetworkFetcher, server: &Server) -> FetchErrorKind {
    get(fetcher, server.url("/")).expect_err("the server does everything wrong").kind
}

/// For servers that answer, be the machine ever so busy.
fn patient() -> NetworkFetcher {
    NetworkFetcher::new()
}

/// For servers that never do.
fn impatient() -> NetworkFetcher {
    let brief = Duration::from_millis(300);
    let limits = Limits {
        connect_timeout: brief,
        response_timeout: brief,
        stall_timeout: brief,
        total_timeout: Duration::from_secs(3),
        ..Limits::default()
    };
    NetworkFetcher::builder().limits(limits).build()
}

#[test]
fn nobody_listens() {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let address = listener.local_addr().unwrap();
    drop(listener);
    let error = get(&patient(), Url::parse(&format!("http://{address}/")).unwrap()).unwrap_err();
    assert_eq!(error.kind, FetchErrorKind::ConnectionRefused { host: address.to_string() });
    assert!(error.to_string().contains("check the port"), "{error}");
}

#[test]
fn the_host_has_no_address() {
    let error = get(&patient(), Url::parse("http://no-such-host.invalid/").unwrap()).unwrap_err();
    assert!(
        matches!(&error.kind, FetchErrorKind::HostNotFound { host, .. } if host == "no-such-host.invalid"),
        "{error}"
    );
    assert!(error.to_string().contains("check the spelling"), "{error}");
}

#[test]
fn the_port_belongs_to_another_protocol() {
    let error = get(&patient(), Url::parse("http://127.0.0.1:25/").unwrap()).unwrap_err();
    assert_eq!(error.kind.name(), "blocked");
}

#[test]
fn https_is_asked_of_a_server_without_tls() {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let address = listener.local_addr().unwrap();
    thread::spawn(move || {
        while let Ok((mut stream, _)) = listener.accept() {
            let _ = stream.read(&mut [0; 1024]);
            let _ = stream.write_all(b"HTTP/1.1 400 Bad Request\r\n\r\n");
        }
    });
    let error = get(&patient(), Url::parse(&format!("https://{address}/")).unwrap()).unwrap_err();
    assert_eq!(error.kind.name(), "tls", "{error}");
    assert!(error.to_string().contains("try http:"), "{error}");
}

#[test]
fn the_server_hangs_up_during_the_handshake() {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let address = listener.local_addr().unwrap();
    thread::spawn(move || {
        while let Ok((mut stream, _)) = listener.accept() {
            let _ = stream.read(&mut [0; 1024]);
        }
    });
    let error = get(&patient(), Url::parse(&format!("https://{address}/")).unwrap()).unwrap_err();
    assert_eq!(error.kind.name(), "tls", "{error}");
}

#[test]
fn the_server_never_answers_the_handshake() {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let address = listener.local_addr().unwrap();
    let error = get(&impatient(), Url::parse(&format!("https://{address}/")).unwrap()).unwrap_err();
    assert!(matches!(error.kind, FetchErrorKind::Timeout { phase: Phase::Connecting, .. }), "{error}");
    drop(listener);
}

#[test]
fn the_server_stalls_before_the_head() {
    let server = Server::start(|_, _| {
        thread::sleep(Duration::from_secs(2));
        After::Close
    });
    let started = Instant::now();
    assert!(matches!(
        error_within(&impatient(), &server),
        FetchErrorKind::Timeout { phase: Phase::Waiting, .. }
    ));
    assert!(started.elapsed() < Duration::from_secs(2));
}

#[test]
fn the_server_stalls_within_the_head() {
    let server = Server::start(|_, stream| {
        stream.write_all(b"HTTP/1.1 200 OK\r\nContent-Ty").unwrap();
        thread::sleep(Duration::from_secs(2));
        After::Close
    });
    assert!(matches!(
        error_within(&impatient(), &server),
        FetchErrorKind::Timeout { phase: Phase::Waiting, .. }
    ));
}

#[test]
fn the_server_stalls_within_the_body_and_what_came_is_kept() {
    let server = Server::start(|_, stream| {
        stream
            .write_all(b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nContent-Length: 9\r\n\r\n<html>")
            .unwrap();
        thread::sleep(Duration::from_secs(2));
        After::Close
    });
    let fetcher = impatient();
    let fetch = fetcher.start(Request::navigation(server.url("/")));
    assert_eq!(fetch.wait_head(LONG).unwrap().unwrap().status, 200);
    assert!(matches!(fetch.next_chunk(LONG), BodyChunk::Data(chunk) if chunk == "<html>"));
    let BodyChunk::Failed(error) = fetch.next_chunk(LONG) else { panic!("the body is not complete") };
    assert!(matches!(error.kind, FetchErrorKind::Timeout { phase: Phase::Downloading, .. }), "{error}");
}

#[test]
fn a_body_that_drips_is_stopped_by_the_total_limit() {
    let server = Server::start(|_, stream| {
        let _ = stream.write_all(b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n");
        for _ in 0..100 {
            if stream.write_all(b"x").is_err() {
                break;
            }
            thread::sleep(Duration::from_millis(50));
        }
        After::Close
    });
    let limits = Limits { total_timeout: Duration::from_millis(500), ..Limits::default() };
    let fetcher = NetworkFetcher::builder().limits(limits).build();
    let error = get(&fetcher, server.url("/")).unwrap_err();
    assert!(matches!(error.kind, FetchErrorKind::Timeout { phase: Phase::Whole, .. }), "{error}");
}

#[test]
fn the_connection_closes_without_an_answer() {
    let server = Server::start(|_, _| After::Close);
    assert_eq!(error_of(&server).name(), "no-response");
}

#[test]
fn the_connection_is_reset_without_an_answer() {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let address = listener.local_addr().unwrap();
    thread::spawn(move || {
        while let Ok((mut stream, _)) = listener.accept() {
            // One byte is read; throwing the rest away with the connection makes the kernel send a reset.
            let _ = stream.read(&mut [0; 1]);
            thread::sleep(Duration::from_millis(20));
        }
    });
    let error = get(&patient(), Url::parse(&format!("http://{address}/")).unwrap()).unwrap_err();
    assert_eq!(error.kind.name(), "no-response", "{error}");
}

#[test]
fn the_answer_is_not_http() {
    let server = Server::answering(&b"SSH-2.0-OpenSSH_9.2\r\n\r\n"[..]);
    let error = error_of(&server);
    assert_eq!(error.name(), "invalid-response", "{error}");
}

#[test]
fn the_body_is_shorter_than_announced() {
    let server = Server::answering(&b"HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\nhalf"[..]);
    let error = error_of(&server);
    assert!(matches!(error, FetchErrorKind::Truncated { received: 4, expected: Some(100), .. }), "{error}");
}

#[test]
fn the_body_is_longer_than_announced() {
    let server = Server::answering(&b"HTTP/1.1 200 OK\r\nContent-Length: 4\r\n\r\nhalf and more"[..]);
    let fetcher = patient();
    for _ in 0..3 {
        assert_eq!(
            get(&fetcher, server.url("/")).unwrap().body,
            "half",
            "what is too much is no next answer"
        );
    }
}

#[test]
fn two_lengths_contradict_each_other() {
    let server =
        Server::answering(&b"HTTP/1.1 200 OK\r\nContent-Length: 4\r\nContent-Length: 5\r\n\r\nhalf "[..]);
    let error = error_of(&server);
    assert_eq!(error.name(), "invalid-response", "{error}");
}

#[test]
fn chunks_are_cut_badly() {
    for body in ["zz\r\nhello", "5\r\nhello", "5\r\nhelloX\r\n0\r\n\r\n", "ffffffffffffffffff\r\n"] {
        let text = format!("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n{body}");
        let error = error_of(&Server::answering(text));
        assert_eq!(error.name(), "truncated", "{body:?}: {error}");
    }
}

#[test]
fn redirects_lead_in_circles() {
    let server = Server::start(|_, stream| {
        let _ = stream.write_all(&redirect(302, "/again"));
        After::KeepOpen
    });
    let error = error_of(&server);
    assert!(matches!(error, FetchErrorKind::TooManyRedirects { limit: 20, .. }), "{error}");
    assert_eq!(server.seen().len(), 21);
}

#[test]
fn a_redirect_leads_to_a_file() {
    for location in ["file:///etc/passwd", "data:text/html,x", "about:start", "javascript:x", "http://["] {
        let server = Server::answering(redirect(302, location));
        let error = error_of(&server);
        assert_eq!(error.name(), "redirect-blocked", "{error}");
        assert!(error.to_string().contains(location), "{error}");
    }
}

#[test]
fn a_redirect_leads_to_a_port_of_another_protocol() {
    let server = Server::answering(redirect(302, "http://127.0.0.1:22/"));
    assert_eq!(error_of(&server).name(), "blocked");
}

#[test]
fn a_small_body_becomes_a_huge_one() {
    let mut encoder = GzEncoder::new(Vec::new(), Compression::best());
    for _ in 0..256 {
        encoder.write_all(&[0; 1 << 16]).unwrap();
    }
    let bomb = encoder.finish().unwrap();
    let server = Server::answering(response("200 OK", &[("Content-Encoding", "gzip")], &bomb));
    assert!(matches!(error_of(&server), FetchErrorKind::DecompressionBomb { ratio: 100 }));
    let limits = Limits { decoded_bytes: 1 << 20, ..Limits::default() };
    let error = get(&NetworkFetcher::builder().limits(limits).build(), server.url("/")).unwrap_err();
    assert!(matches!(error.kind, FetchErrorKind::BodyTooLarge { limit: 0x10_0000, .. }), "{error}");
}

#[test]
fn the_body_never_ends() {
    let server = Server::start(|_, stream| {
        let _ = stream.write_all(b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n");
        while stream.write_all(&[b'x'; 1 << 14]).is_ok() {}
        After::Close
    });
    let limits = Limits { encoded_bytes: 1 << 20, ..Limits::default() };
    let error = get(&NetworkFetcher::builder().limits(limits).build(), server.url("/")).unwrap_err();
    assert!(matches!(error.kind, FetchErrorKind::BodyTooLarge { which: "as transferred", .. }), "{error}");
}

#[test]
fn the_body_is_not_compressed_as_said() {
    let server = Server::answering(response("200 OK", &[("Content-Encoding", "gzip")], b"plain text"));
    let error = error_of(&server);
    assert!(matches!(&error, FetchErrorKind::Decoding { coding, .. } if coding == "gzip"), "{error}");
}

#[test]
fn five_hundred_header_lines_are_read_and_ten_thousand_refused() {
    let lines = |count: usize| {
        let fields: String = (0..count).map(|index| format!("X-{index}: {index}\r\n")).collect();
        format!("HTTP/1.1 200 OK\r\nContent-Length: 0\r\n{fields}\r\n")
    };
    let many = get(&patient(), Server::answering(lines(500)).url("/")).unwrap();
    assert_eq!(many.head.headers.len(), 501);
    let error = error_of(&Server::answering(lines(10_000)));
    assert_eq!(error.name(), "invalid-response", "{error}");
}

#[test]
fn header_bytes_outside_ascii_are_kept() {
    let server = Server::answering(&b"HTTP/1.1 200 OK\r\nX: \xff\xfe\r\nContent-Length: 0\r\n\r\n"[..]);
    let response = get(&patient(), server.url("/")).unwrap();
    assert_eq!(response.head.headers.get("x").as_deref(), Some("\u{ff}\u{fe}"));
}

#[test]
fn a_request_that_cannot_be_sent_says_why() {
    let server = Server::answering(ok(b""));
    let fetcher = patient();
    for (name, value) in [("a b", "x"), ("a", "x\r\nb: y"), ("a", "\u{2603}")] {
        let mut request = Request::navigation(server.url("/"));
        request.headers.append(name, value);
        let error = fetcher.fetch(request, LONG).unwrap_err();
        assert_eq!(error.kind.name(), "invalid-request", "{error}");
    }
    assert!(server.seen().is_empty());
}

#[test]
fn errors_are_pages_too() {
    for status in ["404 Not Found", "500 Internal Server Error"] {
        let server = Server::answering(response(status, &[("Content-Type", "text/html")], b""));
        let response = get(&patient(), server.url("/")).unwrap();
        assert!(!response.head.is_ok() && response.mime_type().is_html() && response.body.is_empty());
    }
}

#[test]
fn a_fetcher_that_goes_away_leaves_nobody_waiting() {
    let server = Server::start(|_, _| {
        thread::sleep(Duration::from_secs(2));
        After::Close
    });
    let fetcher = NetworkFetcher::new();
    let fetch = fetcher.start(Request::navigation(server.url("/")));
    thread::sleep(Duration::from_millis(50));
    drop(fetcher);
    let outcome = fetch.wait(Duration::from_secs(1)).expect("it ends when the fetcher does");
    assert_eq!(outcome.unwrap_err().kind, FetchErrorKind::Cancelled);
}
