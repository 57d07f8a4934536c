//! Within the body.

use std::time::Duration;

use fanlight_fetch::{BodyChunk, FetchErrorKind, Fetcher, Limits, NetworkFetcher, Phase, Request};

use super::support::script::{Scripted, Step, send};
use super::support::{LONG, get, ok};
use super::{error, impatient, late_error, patient};

const HEAD: &str = "HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n";

fn answer(rest: &str) -> Step {
    send(format!("{HEAD}{rest}"))
}

#[test]
fn the_server_stalls_within_the_body_and_what_came_is_kept() {
    let server = Scripted::start([Step::ReadRequest, answer("Content-Length: 9\r\n\r\n<html>"), Step::Stall]);
    let fetcher = impatient();
    let fetch = fetcher.start(Request::navigation(server.url()));
    assert_eq!(fetch.wait_head(LONG).unwrap().unwrap().status, 200);
    assert!(matches!(fetch.next_chunk(LONG), BodyChunk::Data(chunk) if chunk == "<html>"));
    let BodyChunk::Failed(error) = fetch.next_chunk(LONG) else { panic!("the body is not complete") };
    assert!(matches!(error.kind, FetchErrorKind::Timeout { phase: Phase::Downloading, .. }), "{error}");
}

#[test]
fn the_server_stalls_before_the_body_and_within_chunks() {
    for rest in [
        "Content-Length: 9\r\n\r\n",
        "\r\n",
        "Transfer-Encoding: chunked\r\n\r\n",
        "Transfer-Encoding: chunked\r\n\r\n5\r\nab",
        "Transfer-Encoding: chunked\r\n\r\n2\r\nab\r\n",
        "Transfer-Encoding: chunked\r\n\r\n0\r\n",
    ] {
        let error = late_error(Scripted::start([Step::ReadRequest, answer(rest), Step::Stall]).url());
        assert!(
            matches!(error.kind, FetchErrorKind::Timeout { phase: Phase::Downloading, .. }),
            "{rest:?}: {error}"
        );
        assert!(error.to_string().contains("waiting for more of the body took longer"), "{error}");
    }
}

#[test]
fn a_body_that_drips_is_stopped_by_the_total_limit() {
    let limits = Limits { total_timeout: Duration::from_millis(500), ..Limits::default() };
    let fetcher = NetworkFetcher::builder().limits(limits).build();
    let server = Scripted::start([Step::ReadRequest, answer("\r\n"), Step::Trickle(b"x".to_vec())]);
    let error = get(&fetcher, server.url()).unwrap_err();
    assert!(matches!(error.kind, FetchErrorKind::Timeout { phase: Phase::Whole, .. }), "{error}");
}

#[test]
fn the_body_is_shorter_than_announced() {
    for end in [vec![], vec![Step::Reset]] {
        let steps = [vec![Step::ReadRequest, answer("Content-Length: 100\r\n\r\nhalf")], end].concat();
        let error = error(Scripted::start(steps).url());
        let FetchErrorKind::Truncated { received, expected: Some(100), .. } = error.kind else {
            panic!("{error}")
        };
        // A reset may overtake what was sent before it.
        assert!(received == 4 || received == 0, "{error}");
    }
}

#[test]
fn a_body_of_unknown_length_ends_with_the_connection() {
    let server = Scripted::start([Step::ReadRequest, answer("\r\nall")]);
    assert_eq!(get(&patient(), server.url()).unwrap().body, "all");
}

#[test]
fn the_body_is_longer_than_announced() {
    let server =
        Scripted::start([Step::ReadRequest, answer("Content-Length: 4\r\n\r\nhalf and more"), Step::Stall]);
    let fetcher = patient();
    for _ in 0..3 {
        assert_eq!(get(&fetcher, server.url()).unwrap().body, "half", "what is too much is no next answer");
    }
}

#[test]
fn a_whole_answer_too_much_is_no_answer_to_the_next_request() {
    let two = [ok(b"first"), ok(b"smuggled")].concat();
    let server = Scripted::start([Step::ReadRequest, send(two), Step::Stall]);
    let fetcher = patient();
    for _ in 0..3 {
        assert_eq!(get(&fetcher, server.url()).unwrap().body, "first");
    }
}

#[test]
fn lengths_contradict_each_other() {
    for lengths in ["Content-Length: 4\r\nContent-Length: 5", "Content-Length: 4, 5"] {
        let error = error(Scripted::answering(format!("{HEAD}{lengths}\r\n\r\nhalf ")).url());
        assert_eq!(error.kind.name(), "invalid-response", "{error}");
    }
}

#[test]
fn lengths_that_no_body_has_are_refused() {
    for length in ["99999999999999999999999", "18446744073709551616"] {
        let error = error(Scripted::answering(format!("{HEAD}Content-Length: {length}\r\n\r\nx")).url());
        assert!(["invalid-response", "truncated"].contains(&error.kind.name()), "{length}: {error}");
    }
}

#[test]
fn chunks_rule_over_a_length() {
    let body = "Content-Length: 3\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nhello\r\n0\r\n\r\n";
    let server = Scripted::start([Step::ReadRequest, answer(body), Step::Stall]);
    assert_eq!(get(&patient(), server.url()).unwrap().body, "hello");
}

#[test]
fn chunks_are_cut_badly() {
    for body in [
        "zz\r\nhello",
        "5\r\nhello",
        "5\r\nhelloX\r\n0\r\n\r\n",
        "ffffffffffffffffff\r\n",
        "-5\r\nhello\r\n",
        "5\r\nhello\r\n",
        "5;\0\r\nhello\r\n0",
        "",
    ] {
        let error =
            error(Scripted::answering(format!("{HEAD}Transfer-Encoding: chunked\r\n\r\n{body}")).url());
        assert_eq!(error.kind.name(), "truncated", "{body:?}: {error}");
    }
}

#[test]
fn extensions_and_trailers_of_chunks_have_an_end() {
    let chunked = |rest: &str| format!("{HEAD}Transfer-Encoding: chunked\r\n\r\n{rest}");
    let fine = "5;a=b\r\nhello\r\n0\r\nTrailer: x\r\n\r\n";
    assert_eq!(get(&patient(), Scripted::answering(chunked(fine)).url()).unwrap().body, "hello");
    for (start, flood) in [("5;", "x"), ("0\r\n", "Trailer: x\r\n")] {
        let steps = [Step::ReadRequest, send(chunked(start)), Step::Flood(flood.repeat(1000).into_bytes())];
        assert_eq!(error(Scripted::start(steps).url()).kind.name(), "truncated", "{start:?}");
    }
}

#[test]
fn the_body_never_ends() {
    let limits = || Limits { encoded_bytes: 1 << 20, ..Limits::default() };
    let chunk = format!("400\r\n{}\r\n", "x".repeat(0x400));
    for (rest, flood) in [("\r\n", "x".repeat(1 << 14)), ("Transfer-Encoding: chunked\r\n\r\n", chunk)] {
        let server = Scripted::start([Step::ReadRequest, answer(rest), Step::Flood(flood.into_bytes())]);
        let error = get(&NetworkFetcher::builder().limits(limits()).build(), server.url()).unwrap_err();
        assert!(
            matches!(error.kind, FetchErrorKind::BodyTooLarge { which: "as transferred", .. }),
            "{error}"
        );
    }
}

#[test]
fn answers_that_have_no_body_have_none_whatever_follows() {
    for status in ["204 No Content", "304 Not Modified"] {
        let head = format!("HTTP/1.1 {status}\r\nContent-Length: 5\r\n\r\n");
        let server = Scripted::start([Step::ReadRequest, send(format!("{head}hello")), Step::Stall]);
        let fetcher = patient();
        for _ in 0..2 {
            let response = get(&fetcher, server.url()).unwrap_or_else(|error| panic!("{status}: {error}"));
            assert!(response.body.is_empty(), "{status}");
        }
    }
}

#[test]
fn an_answer_to_head_has_no_body_whatever_follows() {
    let server = Scripted::start([Step::ReadRequest, send(ok(b"hello")), Step::Stall]);
    let fetcher = patient();
    for _ in 0..2 {
        let mut request = Request::navigation(server.url());
        request.method = "HEAD".to_owned();
        let response = fetcher.fetch(request, LONG).unwrap();
        assert_eq!((response.status(), response.body.len()), (200, 0));
        assert_eq!(response.head.headers.get("content-length").as_deref(), Some("5"));
    }
}
