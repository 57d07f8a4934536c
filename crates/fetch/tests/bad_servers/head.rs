//! Before there is an answer.

use std::thread;
use std::time::Duration;

use fanlight_fetch::{FetchErrorKind, Fetcher, NetworkFetcher, Phase, Request};

use super::support::script::{Scripted, Step, send};
use super::support::{After, LONG, Server, get, ok, response};
use super::{error, late_error, patient};

fn is_waiting(kind: &FetchErrorKind) -> bool {
    matches!(kind, FetchErrorKind::Timeout { phase: Phase::Waiting, .. })
}

#[test]
fn the_server_stalls_before_and_within_the_head() {
    for start in [
        "",
        "H",
        "HTTP/1.1 2",
        "HTTP/1.1 200 OK\r\n",
        "HTTP/1.1 200 OK\r\nContent-Ty",
        "HTTP/1.1 200 OK\r\nA: b\r\n\r",
    ] {
        let error = late_error(Scripted::start([Step::ReadRequest, send(start), Step::Stall]).url());
        assert!(is_waiting(&error.kind), "{start:?}: {error}");
        assert!(error.to_string().contains("waiting for the server's answer took longer"), "{error}");
    }
}

#[test]
fn the_server_does_not_even_read() {
    assert!(is_waiting(&late_error(Scripted::start([Step::Stall]).url()).kind));
}

#[test]
fn the_head_drips_and_never_ends() {
    let drip = Step::Trickle(b"X-Drip: x\r\n".to_vec());
    let error = late_error(Scripted::start([Step::ReadRequest, send("HTTP/1.1 200 OK\r\n"), drip]).url());
    assert!(is_waiting(&error.kind), "{error}");
}

#[test]
fn the_head_floods_and_never_ends() {
    for line in ["X-Flood: x\r\n".repeat(1000), format!("X-Flood: {}", "x".repeat(10_000))] {
        let flood = Step::Flood(line.into_bytes());
        let error = error(Scripted::start([Step::ReadRequest, send("HTTP/1.1 200 OK\r\n"), flood]).url());
        assert_eq!(error.kind.name(), "invalid-response", "{error}");
    }
}

#[test]
fn the_connection_closes_without_an_answer() {
    for start in ["", "HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n"] {
        let error = error(Scripted::answering(start).url());
        assert_eq!(error.kind.name(), "no-response", "{start:?}: {error}");
    }
}

#[test]
fn the_connection_is_reset_without_an_answer() {
    for steps in [
        vec![Step::Reset],
        vec![Step::ReadRequest, Step::Reset],
        vec![Step::ReadRequest, send("HTTP/1.1 200"), Step::Reset],
    ] {
        let error = error(Scripted::start(steps.clone()).url());
        // Whether a reset at once comes after the connection or belongs to it is a matter of luck.
        let names = ["no-response", "connection-failed"];
        assert!(names.contains(&error.kind.name()), "{steps:?}: {error}");
        assert!(error.to_string().contains("reset"), "{steps:?}: {error}");
    }
}

#[test]
fn an_idle_connection_that_is_reset_is_tried_again_once() {
    let fine = [Step::ReadRequest, send(ok(b"x"))].to_vec();
    let then = |steps: &[Step]| [&fine[..], steps].concat();
    let fetcher = patient();
    let server = Scripted::start_with(vec![then(&[Step::ReadRequest, Step::Reset]), fine.clone()]);
    for _ in 0..2 {
        assert_eq!(get(&fetcher, server.url()).unwrap().body, "x");
    }
    // What changes something is not sent twice.
    let server = Scripted::start_with(vec![then(&[Step::ReadRequest, Step::Reset]), fine]);
    get(&fetcher, server.url()).unwrap();
    let mut post = Request::navigation(server.url());
    post.method = "POST".to_owned();
    assert_eq!(fetcher.fetch(post, LONG).unwrap_err().kind.name(), "no-response");
}

#[test]
fn the_answer_is_not_http() {
    for answer in [
        "SSH-2.0-OpenSSH_9.2\r\n\r\n",
        // HTTP/0.9, which has no head.
        "<html><p>hello</p></html>",
        "HTTP/1.1\r\n\r\n",
        "HTTP/1.1 20 OK\r\n\r\n",
        "HTTP/1.1 2000 OK\r\n\r\n",
        "HTTP/1.1 abc OK\r\n\r\n",
        "HTTP/3.0 200 OK\r\n\r\n",
        "HTTP/1.1 200 OK\0\r\n\r\n",
        "\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\r\n\r\n",
    ] {
        let error = error(Scripted::answering(answer).url());
        assert_eq!(error.kind.name(), "invalid-response", "{answer:?}: {error}");
        assert!(error.to_string().contains("another protocol"), "{error}");
    }
}

#[test]
fn what_browsers_forgive_is_forgiven() {
    for answer in [
        "HTTP/1.0 200 OK\r\n\r\nx",
        "HTTP/1.1 200\r\nContent-Length: 1\r\n\r\nx",
        "HTTP/1.1 200 OK\nContent-Length: 1\n\nx",
        "\r\nHTTP/1.1 200 OK\r\nContent-Length: 1\r\n\r\nx",
        "HTTP/1.1 200 OK\r\nContent-Length : 1\r\n\r\nx",
        "HTTP/1.1 200 OK\r\nX: a\r\n b\r\nContent-Length: 1\r\n\r\nx",
        "HTTP/1.1 200 OK\r\nno field\r\n: no name\r\nContent-Length: 1\r\n\r\nx",
        "HTTP/1.1 200 OK\r\nContent-Length: 1, 1\r\nContent-Length: 1\r\n\r\nx",
    ] {
        let response = get(&patient(), Scripted::answering(answer).url());
        assert_eq!(response.unwrap_or_else(|error| panic!("{answer:?}: {error}")).body, "x");
    }
}

#[test]
fn five_hundred_header_lines_are_read_and_ten_thousand_refused() {
    let lines = |count: usize| {
        let fields: String = (0..count).map(|index| format!("X-{index}: {index}\r\n")).collect();
        format!("HTTP/1.1 200 OK\r\nContent-Length: 0\r\n{fields}\r\n")
    };
    let many = get(&patient(), Server::answering(lines(500)).url("/")).unwrap();
    assert_eq!(many.head.headers.len(), 501);
    let error = error(Scripted::answering(lines(10_000)).url());
    assert_eq!(error.kind.name(), "invalid-response", "{error}");
}

#[test]
fn a_long_header_field_is_read_and_a_huge_one_refused() {
    let field =
        |length: usize| format!("HTTP/1.1 200 OK\r\nX: {}\r\nContent-Length: 0\r\n\r\n", "x".repeat(length));
    let long = get(&patient(), Scripted::answering(field(200_000)).url()).unwrap();
    assert_eq!(long.head.headers.get("x").map(|value| value.len()), Some(200_000));
    let error = error(Scripted::answering(field(4_000_000)).url());
    assert_eq!(error.kind.name(), "invalid-response", "{error}");
    assert!(error.to_string().contains("too large"), "{error}");
}

#[test]
fn header_bytes_outside_ascii_are_kept() {
    let server = Scripted::answering(&b"HTTP/1.1 200 OK\r\nX: \xff\xfe\r\nContent-Length: 0\r\n\r\n"[..]);
    let response = get(&patient(), server.url()).unwrap();
    assert_eq!(response.head.headers.get("x").as_deref(), Some("\u{ff}\u{fe}"));
}

/// <https://fetch.spec.whatwg.org/#concept-header-value>
#[test]
fn a_header_field_with_a_nul_spoils_the_answer() {
    for field in ["X: a\0b", "X\0: a"] {
        let answer = format!("HTTP/1.1 200 OK\r\n{field}\r\nContent-Length: 1\r\n\r\nx");
        let error = error(Scripted::answering(answer).url());
        assert_eq!(error.kind.name(), "invalid-response", "{field:?}: {error}");
    }
}

#[test]
fn a_few_informational_responses_come_before_the_answer_and_are_in_the_log() {
    let hints =
        "HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 103 Early Hints\r\nLink: </a.css>; rel=preload\r\n\r\n";
    let server = Scripted::answering([hints.as_bytes(), &ok(b"x")].concat());
    let fetcher = patient();
    let heard = std::sync::Arc::new(std::sync::Mutex::new(Vec::new()));
    let sink = std::sync::Arc::clone(&heard);
    let mut request = Request::navigation(server.url());
    request.early_hints = Some(fanlight_fetch::EarlyHints::new(move |headers| {
        sink.lock().unwrap().push(headers.get("link"));
    }));
    assert_eq!(fetcher.fetch(request, LONG).unwrap().body, "x");
    assert_eq!(*heard.lock().unwrap(), [Some("</a.css>; rel=preload".to_owned())]);
    let hop = &fetcher.log().entries()[0].hops[0];
    let statuses: Vec<_> = hop.informational.iter().map(|informational| informational.status).collect();
    assert_eq!(statuses, [100, 103]);
}

#[test]
fn informational_responses_without_end_are_refused() {
    let flood = Step::Flood(b"HTTP/1.1 102 Processing\r\n\r\n".repeat(100));
    let error = error(Scripted::start([Step::ReadRequest, flood]).url());
    assert_eq!(error.kind.name(), "invalid-response", "{error}");
    assert!(error.to_string().contains("1xx"), "{error}");
}

#[test]
fn a_change_of_protocol_that_nobody_asked_for_is_refused() {
    let error = error(
        Scripted::answering("HTTP/1.1 101 Switching Protocols\r\nUpgrade: x\r\nConnection: upgrade\r\n\r\n")
            .url(),
    );
    assert_eq!(error.kind.name(), "invalid-response", "{error}");
    assert!(error.to_string().contains("101"), "{error}");
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
        let server = Scripted::answering(response(status, &[("Content-Type", "text/html")], b""));
        let response = get(&patient(), server.url()).unwrap();
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
