//! HTTP against a server on the loopback address: what goes right.

mod support;

use std::io::Write;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Condvar, Mutex};
use std::thread;
use std::time::{Duration, Instant};

use fanlight_fetch::{
    BodyChunk, Bytes, CacheMode, Destination, Fetcher, Initiator, InitiatorKind, Limits, NetworkFetcher,
    Priority, Protocol, RedirectMode, Request, Url, batch,
};
use flate2::Compression;
use flate2::write::GzEncoder;
use support::{After, Gate, LONG, Server, get, ok, redirect, response};

fn image(server: &Server, path: &str) -> Request {
    let page = server.url("/page.html");
    Request::subresource(
        server.url(path),
        Destination::Image,
        Initiator::new(InitiatorKind::Parser, page).at_line(3),
    )
}

#[test]
fn a_response_has_everything_that_came_over_the_wire() {
    let server = Server::answering(response(
        "404 Nicht Da",
        &[("Content-Type", "text/html"), ("X", "\u{fc}")],
        b"<p>",
    ));
    let response = get(&NetworkFetcher::new(), server.url("/a?b#c")).unwrap();
    let head = &response.head;
    assert_eq!((head.status, head.status_text.as_str()), (404, "Nicht Da"));
    assert_eq!(head.protocol, Protocol::Http11);
    assert_eq!(head.remote_address, Some(server.address));
    assert_eq!(head.url.fragment(), Some("c"));
    assert_eq!(head.headers.get("x").as_deref(), Some("\u{c3}\u{bc}"), "bytes are kept one by one");
    assert_eq!(&response.body[..], b"<p>");
    assert_eq!((response.sizes.encoded, response.sizes.decoded), (3, 3));
    assert!(response.timing.connect.is_some() && response.timing.tls.is_none());
    assert!(response.timing.total >= response.timing.waiting + response.timing.download);
    let seen = server.seen();
    assert_eq!(seen[0].line, "GET /a?b HTTP/1.1");
    assert_eq!(seen[0].field("Host").unwrap(), server.address.to_string());
    assert_eq!(seen[0].field("User-Agent").unwrap(), "Mozilla/5.0 (X11; Linux x86_64) Fanlight/0.1");
    assert_eq!(seen[0].field("Sec-Fetch-Dest"), Some("document"));
}

#[test]
fn a_connection_is_used_again_and_costs_nothing_then() {
    let server = Server::start(|_, stream| {
        stream.write_all(&ok(b"x")).unwrap();
        After::KeepOpen
    });
    let fetcher = NetworkFetcher::new();
    let first = get(&fetcher, server.url("/1")).unwrap();
    let second = get(&fetcher, server.url("/2")).unwrap();
    assert!(first.timing.connect.is_some() && second.timing.connect.is_none());
    assert_eq!(server.connections.load(Ordering::SeqCst), 1);
}

#[test]
fn a_name_is_resolved_and_timed() {
    let server = Server::answering(ok(b"x"));
    let url = Url::parse(&format!("http://sub.localhost:{}/", server.address.port())).unwrap();
    let response = get(&NetworkFetcher::new(), url).unwrap();
    assert!(response.timing.dns.is_some());
}

#[test]
fn an_idle_connection_that_the_server_closed_is_no_error() {
    let server = Server::start(|_, stream| {
        // Closed without saying so.
        stream.write_all(&ok(b"x")).unwrap();
        After::Close
    });
    let fetcher = NetworkFetcher::new();
    for _ in 0..5 {
        assert_eq!(get(&fetcher, server.url("/")).unwrap().body, "x");
    }
}

#[test]
fn a_request_that_meets_one_dead_connection_after_the_other_is_answered_all_the_same() {
    // Each connection answers once, when all are open, and is closed when it is used again.
    const CONNECTIONS: usize = 4;
    let used = Arc::new((Mutex::new(Vec::new()), Condvar::new()));
    let server = Server::start(move |_, stream| {
        let (used, changed) = &*used;
        let peer = stream.peer_addr().unwrap();
        let mut used = used.lock().unwrap();
        if used.contains(&peer) {
            return After::Close;
        }
        used.push(peer);
        changed.notify_all();
        let waited = changed.wait_timeout_while(used, LONG, |used| used.len() < CONNECTIONS).unwrap();
        drop(waited);
        stream.write_all(&ok(b"x")).unwrap();
        After::KeepOpen
    });
    let fetcher = NetworkFetcher::new();
    let first: Vec<_> = (0..CONNECTIONS)
        .map(|index| fetcher.start(Request::navigation(server.url(&format!("/{index}")))))
        .collect();
    assert!(first.iter().all(|fetch| fetch.wait(LONG).unwrap().is_ok()));
    assert_eq!(get(&fetcher, server.url("/again")).unwrap().body, "x");
    assert_eq!(server.connections.load(Ordering::SeqCst), CONNECTIONS + 1);
}

#[test]
fn a_body_is_seen_piece_by_piece() {
    let gate = Arc::new(Gate::default());
    let first_was_seen = Arc::clone(&gate);
    let server = Server::start(move |_, stream| {
        let head = b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nTransfer-Encoding: chunked\r\n\r\n";
        stream.write_all(head).unwrap();
        stream.write_all(b"6\r\n<html>\r\n").unwrap();
        first_was_seen.pass();
        stream.write_all(b"3\r\n<p>\r\n0\r\n\r\n").unwrap();
        After::KeepOpen
    });
    let fetcher = NetworkFetcher::new();
    let fetch = fetcher.start(Request::navigation(server.url("/")));
    let wakings = Arc::new(AtomicUsize::new(0));
    let counted = Arc::clone(&wakings);
    fetch.set_waker(Arc::new(move || {
        counted.fetch_add(1, Ordering::SeqCst);
    }));
    assert!(fetch.wait_head(LONG).unwrap().unwrap().mime_type.is_html());
    assert!(matches!(fetch.next_chunk(LONG), BodyChunk::Data(chunk) if chunk == "<html>"));
    assert!(matches!(fetch.next_chunk(Duration::ZERO), BodyChunk::Pending));
    gate.open();
    assert!(matches!(fetch.next_chunk(LONG), BodyChunk::Data(chunk) if chunk == "<p>"));
    assert!(matches!(fetch.next_chunk(LONG), BodyChunk::End));
    // The second piece and the end came after the waker was set; it is called after those who wait are.
    let started = Instant::now();
    while wakings.load(Ordering::SeqCst) < 2 && started.elapsed() < LONG {
        thread::sleep(Duration::from_millis(1));
    }
    assert!(wakings.load(Ordering::SeqCst) >= 2);
}

#[test]
fn compressed_bodies_arrive_decoded_and_both_lengths_are_known() {
    let text = b"<p>hello</p>".repeat(1000);
    let mut encoder = GzEncoder::new(Vec::new(), Compression::default());
    encoder.write_all(&text).unwrap();
    let encoded = encoder.finish().unwrap();
    let encoded_length = encoded.len() as u64;
    let fields = [("Content-Type", "text/html"), ("Content-Encoding", "gzip")];
    let server = Server::answering(response("200 OK", &fields, &encoded));
    let response = get(&NetworkFetcher::new(), server.url("/")).unwrap();
    assert_eq!(&response.body[..], text);
    assert_eq!((response.sizes.encoded, response.sizes.decoded), (encoded_length, text.len() as u64));
    assert_eq!(
        response.head.headers.get("content-encoding").as_deref(),
        Some("gzip"),
        "headers are as received"
    );
}

#[test]
fn redirects_are_followed_and_remembered() {
    let server = Server::start(|seen, stream| {
        let answer = match seen.path() {
            "/1" => redirect(301, "/2"),
            "/2" => redirect(307, "3?x"),
            _ => ok(b"done"),
        };
        stream.write_all(&answer).unwrap();
        After::KeepOpen
    });
    let fetcher = NetworkFetcher::new();
    let response = get(&fetcher, server.url("/1#top")).unwrap();
    assert_eq!(response.head.url, server.url("/3?x#top"));
    let urls: Vec<&str> = response.head.url_list.iter().map(Url::path).collect();
    assert_eq!(urls, ["/1", "/2", "/3"]);
    let entry = &fetcher.log().entries()[0];
    let statuses: Vec<u16> = entry.hops.iter().map(|hop| hop.response.as_ref().unwrap().status).collect();
    assert_eq!(statuses, [301, 307, 200]);
    assert_eq!(server.connections.load(Ordering::SeqCst), 1, "an empty body leaves the connection usable");
}

#[test]
fn a_post_becomes_a_get_where_the_standard_says_so() {
    let server = Server::start(|seen, stream| {
        let answer = match seen.path() {
            "/302" => redirect(302, "/end"),
            "/307" => redirect(307, "/end"),
            _ => ok(b"done"),
        };
        stream.write_all(&answer).unwrap();
        After::KeepOpen
    });
    let fetcher = NetworkFetcher::new();
    for path in ["/302", "/307"] {
        let mut request = Request::navigation(server.url(path));
        request.method = "POST".to_owned();
        request.headers.append("Content-Type", "text/plain");
        request.body = Some(Bytes::from_static(b"x=1"));
        fetcher.fetch(request, LONG).unwrap();
    }
    let seen: Vec<_> = server
        .seen()
        .iter()
        .map(|seen| format!("{} {} {}", seen.method(), seen.path(), String::from_utf8_lossy(&seen.body)))
        .collect();
    assert_eq!(seen, ["POST /302 x=1", "GET /end ", "POST /307 x=1", "POST /end x=1"]);
}

#[test]
fn a_redirect_can_be_the_response_or_an_error() {
    let server = Server::answering(redirect(302, "/x"));
    let fetcher = NetworkFetcher::new();
    let mut request = Request::navigation(server.url("/"));
    request.redirect = RedirectMode::Manual;
    assert_eq!(fetcher.fetch(request.clone(), LONG).unwrap().status(), 302);
    request.redirect = RedirectMode::Error;
    let error = fetcher.fetch(request, LONG).unwrap_err();
    assert_eq!(error.kind.name(), "redirect-blocked");
}

#[test]
fn bodies_that_are_none_end_at_once() {
    let server = Server::start(|seen, stream| {
        let answer: &[u8] = match seen.path() {
            "/head" => b"HTTP/1.1 200 OK\r\nContent-Length: 5\r\nContent-Encoding: gzip\r\n\r\n",
            "/304" => b"HTTP/1.1 304 Not Modified\r\nContent-Length: 5\r\n\r\n",
            _ => b"HTTP/1.1 204 No Content\r\n\r\n",
        };
        stream.write_all(answer).unwrap();
        After::KeepOpen
    });
    let fetcher = NetworkFetcher::new();
    let mut head = Request::navigation(server.url("/head"));
    head.method = "HEAD".to_owned();
    assert!(fetcher.fetch(head, LONG).unwrap().body.is_empty());
    assert_eq!(get(&fetcher, server.url("/304")).unwrap().status(), 304);
    assert_eq!(get(&fetcher, server.url("/204")).unwrap().status(), 204);
}

#[test]
fn no_more_than_six_requests_are_with_one_host_at_a_time() {
    let (active, most) = (Arc::new(AtomicUsize::new(0)), Arc::new(AtomicUsize::new(0)));
    let (counting, greatest) = (Arc::clone(&active), Arc::clone(&most));
    let server = Server::start(move |_, stream| {
        let now = counting.fetch_add(1, Ordering::SeqCst) + 1;
        greatest.fetch_max(now, Ordering::SeqCst);
        thread::sleep(Duration::from_millis(30));
        counting.fetch_sub(1, Ordering::SeqCst);
        stream.write_all(&ok(b"x")).unwrap();
        After::KeepOpen
    });
    let fetcher = NetworkFetcher::new();
    let fetches: Vec<_> = (0..20).map(|index| fetcher.start(image(&server, &format!("/{index}")))).collect();
    for fetch in &fetches {
        fetch.wait(LONG).unwrap().unwrap();
    }
    let most = most.load(Ordering::SeqCst);
    assert!((2..=6).contains(&most), "{most} at a time");
}

#[test]
fn the_most_urgent_request_goes_first() {
    let (came, may_answer) = (Arc::new(Gate::default()), Arc::new(Gate::default()));
    let (first_came, all_are_asked) = (Arc::clone(&came), Arc::clone(&may_answer));
    let server = Server::start(move |seen, stream| {
        if seen.path() == "/first" {
            first_came.open();
            all_are_asked.pass();
        }
        stream.write_all(&ok(b"x")).unwrap();
        After::KeepOpen
    });
    let fetcher =
        NetworkFetcher::builder().limits(Limits { connections_per_host: 1, ..Limits::default() }).build();
    let mut fetches = vec![fetcher.start(image(&server, "/first"))];
    came.pass();
    fetches.push(fetcher.start(image(&server, "/image")));
    fetches.push(fetcher.start(image(&server, "/guess").with_priority(Priority::VeryLow)));
    fetches.push(fetcher.start(image(&server, "/style").with_priority(Priority::VeryHigh)));
    // Nothing tells when the threads of the network have all three in their queue.
    thread::sleep(Duration::from_millis(300));
    may_answer.open();
    for fetch in &fetches {
        fetch.wait(LONG).unwrap().unwrap();
    }
    let order: Vec<_> = server.seen().iter().map(|seen| seen.path().to_owned()).collect();
    assert_eq!(order, ["/first", "/style", "/image", "/guess"]);
}

#[test]
fn a_cancelled_request_frees_its_place() {
    let (came, over) = (Arc::new(Gate::default()), Arc::new(Gate::default()));
    let (slow_came, test_is_over) = (Arc::clone(&came), Arc::clone(&over));
    let server = Server::start(move |seen, stream| {
        if seen.path() == "/slow" {
            slow_came.open();
            test_is_over.pass();
        }
        let _ = stream.write_all(&ok(b"x"));
        After::KeepOpen
    });
    let fetcher =
        NetworkFetcher::builder().limits(Limits { connections_per_host: 1, ..Limits::default() }).build();
    let slow = fetcher.start(image(&server, "/slow"));
    came.pass();
    let next = fetcher.start(image(&server, "/next"));
    drop(slow);
    assert_eq!(outcome_name(&fetcher, 0), "cancelled", "the log knows it at once");
    next.wait(LONG / 2).expect("it does not wait for the cancelled one").unwrap();
    assert_eq!(outcome_name(&fetcher, 0), "cancelled");
    over.open();
}

fn outcome_name(fetcher: &NetworkFetcher, index: usize) -> String {
    match &fetcher.log().entries()[index].outcome {
        fanlight_fetch::log::Outcome::Failed(error) => error.kind.name().to_owned(),
        other => format!("{other:?}"),
    }
}

#[test]
fn what_nobody_named_is_sniffed() {
    let server = Server::start(|seen, stream| {
        let answer = match seen.path() {
            "/page" => response("200 OK", &[], b"  <!DOCTYPE html><p>"),
            "/picture" => response("200 OK", &[("Content-Type", "text/html")], b"\x89PNG\r\n\x1a\n...."),
            "/binary" => response("200 OK", &[("Content-Type", "text/plain")], b"\x00\x01\x02"),
            _ => response("200 OK", &[("X-Content-Type-Options", "nosniff")], b"<html>"),
        };
        stream.write_all(&answer).unwrap();
        After::KeepOpen
    });
    let fetcher = NetworkFetcher::new();
    let essence = |request| fetcher.fetch(request, LONG).unwrap().mime_type().essence().to_owned();
    assert_eq!(essence(Request::navigation(server.url("/page"))), "text/html");
    assert_eq!(essence(image(&server, "/picture")), "image/png");
    assert_eq!(essence(Request::navigation(server.url("/binary"))), "application/octet-stream");
    assert_eq!(essence(Request::navigation(server.url("/nosniff"))), "text/plain");
}

#[test]
fn a_slow_page_without_a_type_is_not_waited_for_without_end() {
    let gate = Arc::new(Gate::default());
    let head_was_seen = Arc::clone(&gate);
    let server = Server::start(move |_, stream| {
        stream.write_all(b"HTTP/1.1 200 OK\r\n\r\n<html>").unwrap();
        head_was_seen.pass();
        After::Close
    });
    let fetcher = NetworkFetcher::new();
    let fetch = fetcher.start(Request::navigation(server.url("/")));
    let head = fetch.wait_head(LONG / 2).expect("the head does not wait for the body").unwrap();
    assert!(head.mime_type.is_html());
    gate.open();
}

#[test]
fn caches_on_the_way_are_told_the_cache_mode() {
    let server = Server::start(|_, stream| {
        stream.write_all(&ok(b"x")).unwrap();
        After::KeepOpen
    });
    let fetcher = NetworkFetcher::new();
    for mode in [CacheMode::Default, CacheMode::Reload, CacheMode::NoCache] {
        fetcher.fetch(Request::navigation(server.url("/")).with_cache(mode), LONG).unwrap();
    }
    let told: Vec<_> =
        server.seen().iter().map(|seen| seen.field("Cache-Control").map(str::to_owned)).collect();
    assert_eq!(told, [None, Some("no-cache".to_owned()), Some("max-age=0".to_owned())]);
    let only = Request::navigation(server.url("/other")).with_cache(CacheMode::OnlyIfCached);
    assert_eq!(fetcher.fetch(only, LONG).unwrap_err().kind.name(), "not-in-cache");
    assert_eq!(server.seen().len(), 3, "the network was not asked");
}

#[test]
fn a_batch_job_goes_over_the_wire_as_it_says() {
    let server = Server::answering(response("201 Created", &[("A", "1"), ("B", "2"), ("A", "3")], b"\xff"));
    let line = format!(
        r#"{{"id":1,"method":"PUT","url":"{}","headers":[["If-None-Match","\"e\""]],"body":"data"}}"#,
        server.url("/")
    );
    let answer = batch::answer(&line, &NetworkFetcher::new(), LONG);
    assert!(answer.contains(r#""status":201"#) && answer.contains(r#""body_base64":"/w==""#), "{answer}");
    let seen = &server.seen()[0];
    assert_eq!((seen.method(), &seen.body[..]), ("PUT", &b"data"[..]));
    assert_eq!(seen.field("Cache-Control"), Some("no-cache"), "a condition makes it act as no-store");
}

#[test]
fn the_log_tells_what_happened_in_text_json_and_har() {
    use fanlight_base::{DumpFormat, dump::to_string};
    let server = Server::start(|seen, stream| {
        let answer = if seen.path() == "/old" { redirect(302, "/new") } else { ok(b"<p>") };
        stream.write_all(&answer).unwrap();
        After::KeepOpen
    });
    let fetcher = NetworkFetcher::new();
    fetcher.fetch(image(&server, "/old"), LONG).unwrap();
    get(&fetcher, Url::parse("http://nowhere.invalid/").unwrap()).unwrap_err();
    let text = to_string(fetcher.log(), DumpFormat::Text);
    let lines: Vec<&str> = text.lines().collect();
    assert!(lines[0].starts_with("request index=0 method=GET url=http://127.0.0.1:"), "{text}");
    assert!(
        lines[0].contains("priority=low initiator=parser") && lines[0].contains("initiator_line=3"),
        "{text}"
    );
    assert!(lines[0].contains("redirects=1") && lines[0].contains("cache=network cache_reason=\""), "{text}");
    assert!(lines[1].starts_with("  hop method=GET") && lines[1].contains("status=302"), "{text}");
    assert!(lines[3].contains("outcome=host-not-found"), "{text}");
    let json: serde_json::Value = serde_json::from_str(&to_string(fetcher.log(), DumpFormat::Json)).unwrap();
    assert_eq!(json[0]["children"][1]["status"], 200);
    assert!(json[0]["children"][1]["request_headers"].as_array().unwrap().len() > 5);
    let har = fanlight_fetch::log::har::to_har(fetcher.log());
    let entries = har["log"]["entries"].as_array().unwrap();
    assert_eq!(entries.len(), 3);
    assert_eq!(entries[0]["response"]["redirectURL"], "/new");
    assert_eq!(entries[1]["response"]["content"]["size"], 3);
    assert_eq!(entries[1]["timings"]["dns"], -1);
    assert!(entries[2]["response"]["_error"].as_str().unwrap().contains("nowhere.invalid"));
    assert!(entries[0]["startedDateTime"].as_str().unwrap().ends_with('Z'));
}
