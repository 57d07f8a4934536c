//! What was recorded is answered again, with the server gone; what browsers' tools have saved is, too.
#![allow(clippy::unwrap_used, reason = "a test fails by panicking")]

mod support;

use std::io::Write;
use std::path::Path;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

use fanlight_fetch::log::CacheVerdict;
use fanlight_fetch::{
    Bytes, Destination, Fetcher, Initiator, InitiatorKind, NetworkFetcher, Recording, RecordingFetcher,
    RedirectMode, ReplayFetcher, Request, Response, Url,
};
use support::{After, LONG, Server, ok, redirect, response};

fn replaying(recording: Recording) -> ReplayFetcher {
    ReplayFetcher::new(recording, Arc::new(NetworkFetcher::new()))
}

/// What a HAR file of `tests/data` has.
fn saved_by(tool: &str) -> ReplayFetcher {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/data").join(tool);
    replaying(Recording::read(&path).unwrap())
}

fn url(text: &str) -> Url {
    Url::parse(text).unwrap()
}

fn get(fetcher: &dyn Fetcher, url: Url) -> Result<Response, String> {
    fetcher.fetch(Request::navigation(url), LONG).map_err(|error| error.to_string())
}

fn post(url: Url, body: &'static str) -> Request {
    let mut request = Request::navigation(url);
    request.method = "POST".to_owned();
    request.body = Some(Bytes::from_static(body.as_bytes()));
    request
}

/// What a page sees of a response.
#[derive(Debug, PartialEq)]
struct SeenByPage {
    status: (u16, String),
    mime_type: String,
    fields: Vec<(String, String)>,
    url_list: Vec<Url>,
    body: Bytes,
}

fn seen_by_page(response: &Response) -> SeenByPage {
    let head = &response.head;
    let fields = head.headers.iter().map(|(name, value)| (name.to_owned(), value.to_owned()));
    SeenByPage {
        status: (head.status, head.status_text.clone()),
        mime_type: head.mime_type.to_string(),
        fields: fields.collect(),
        url_list: head.url_list.clone(),
        body: response.body.clone(),
    }
}

#[test]
fn with_the_server_gone_a_replay_gives_the_same() {
    let asked = AtomicUsize::new(0);
    let server = Server::start(move |seen, stream| {
        let answer = match (seen.method(), seen.path()) {
            ("GET", "/moved") => redirect(301, "/binary"),
            ("GET", "/binary") => response("200 Fine", &[("Content-Type", "image/x")], b"\x00\xff\x1f"),
            ("GET", "/count") => ok(format!("{}", asked.fetch_add(1, Ordering::SeqCst)).as_bytes()),
            ("GET", "/latin") => response("200 OK", &[("Content-Type", "text/html")], b"<p>caf\xe9"),
            ("GET", "/utf") => response(
                "200 OK",
                &[("Content-Type", "text/html; charset=UTF-8")],
                "<p>é\u{1f600}\0".as_bytes(),
            ),
            ("GET", "/checked") if seen.field("if-none-match").is_some() => {
                response("304 Not Modified", &[("ETag", "\"1\"")], b"")
            }
            ("GET", "/checked") => {
                response("200 OK", &[("ETag", "\"1\""), ("Cache-Control", "no-cache")], b"once")
            }
            ("POST", _) => ok(&seen.body),
            ("GET", "/cut") => b"HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\nonly this".to_vec(),
            ("GET", "/gone") => {
                response("410 Gone", &[("Set-Cookie", "a=b"), ("Set-Cookie", "c=d")], b"gone")
            }
            _ => Vec::new(),
        };
        stream.write_all(&answer).unwrap();
        if answer.is_empty() || seen.path() == "/cut" { After::Close } else { After::KeepOpen }
    });
    let requests = || {
        let get = |path: &str| Request::navigation(server.url(path));
        let mut manual = get("/moved");
        manual.redirect = RedirectMode::Manual;
        vec![
            get("/moved#there"),
            manual,
            get("/count"),
            get("/count"),
            get("/checked"),
            get("/checked"),
            get("/latin"),
            get("/utf"),
            post(server.url("/form"), "a=1"),
            post(server.url("/form"), "a=2"),
            get("/gone"),
            get("/cut"),
            get("/silence"),
            Request::navigation(url("data:,x")),
        ]
    };
    let recorder = RecordingFetcher::new(Arc::new(NetworkFetcher::new()));
    let outcomes = |fetcher: &dyn Fetcher| -> Vec<_> {
        let fetched = requests().into_iter().map(|request| fetcher.fetch(request, LONG));
        fetched.map(|outcome| outcome.map(|response| seen_by_page(&response))).collect()
    };
    let recorded = outcomes(&recorder);
    let har = recorder.to_har().to_string();
    let replayer = replaying(Recording::from_har(har.as_bytes()).unwrap());
    let count_before = server.seen().len();
    let replayed = outcomes(&replayer);
    assert_eq!(server.seen().len(), count_before, "nothing is asked of the server");
    for (recorded, replayed) in recorded.iter().zip(&replayed) {
        match (recorded, replayed) {
            (Ok(recorded), Ok(replayed)) => assert_eq!(recorded, replayed),
            (Err(recorded), Err(replayed)) => {
                let text = format!("it failed when it was recorded: {}", recorded.kind);
                assert_eq!(replayed.kind.to_string(), text);
            }
            _ => panic!("{recorded:?} became {replayed:?}"),
        }
    }
    assert_eq!(recorded.iter().filter(|outcome| outcome.is_err()).count(), 2);
    let entries = replayer.log().entries();
    assert_eq!(entries[0].hops.len(), 2, "redirects are seen in the log");
    assert!(entries[0].hops.iter().all(|hop| hop.cache == CacheVerdict::Recording));
}

#[test]
fn the_last_answer_is_repeated_and_methods_and_bodies_are_kept_apart() {
    let har = serde_json::json!({ "log": { "entries": [
        { "request": { "method": "GET", "url": "http://a/" },
          "response": { "status": 200, "content": { "size": 1, "text": "1" } } },
        { "request": { "method": "GET", "url": "http://a/" },
          "response": { "status": 200, "content": { "size": 1, "text": "2" } } },
        { "request": { "method": "POST", "url": "http://a/", "postData": { "text": "x" } },
          "response": { "status": 200, "content": { "size": 1, "text": "3" } } },
    ] } });
    let replayer = replaying(Recording::from_har(har.to_string().as_bytes()).unwrap());
    let body = |request: Request| {
        let outcome = replayer.fetch(request, LONG);
        outcome
            .map_or_else(|error| error.to_string(), |response| String::from_utf8_lossy(&response.body).into())
    };
    let got: Vec<String> = (0..3).map(|_| body(Request::navigation(url("http://a/#x")))).collect();
    assert_eq!(got, ["1", "2", "2"]);
    assert_eq!(body(post(url("http://a/"), "x")), "3");
    assert_eq!(
        body(post(url("http://a/"), "y")),
        "cannot load http://a/: the recording has no answer to POST of it; \
         the nearest that it has is GET of the same URL; record the page anew with --record"
    );
}

#[test]
fn what_was_not_recorded_names_what_is_nearest() {
    let replayer = saved_by("chromium.har");
    for (asked, part) in [
        ("https://example.test/style.css?v=2", "nearest that it has is https://example.test/style.css;"),
        ("https://other.test/dot.png", "nearest that it has is https://example.test/dot.png;"),
        ("https://nowhere.test/", "it has nothing of that host"),
        ("file:///etc/hostname", "no answer to GET of it"),
    ] {
        let error = get(&replayer, url(asked)).unwrap_err();
        assert!(error.contains(asked) && error.contains(part), "{error}");
    }
}

#[test]
fn what_chromiums_tools_have_saved_is_replayed() {
    let replayer = saved_by("chromium.har");
    let page = get(&replayer, url("http://example.test/")).unwrap();
    assert_eq!(page.head.url_list, [url("https://example.test/")], "an upgrade is no redirect");
    assert_eq!((page.status(), page.head.protocol.name()), (200, "h2"));
    assert!(page.head.headers.iter().all(|(name, _)| !name.starts_with(':')));
    assert!(std::str::from_utf8(&page.body).unwrap().contains("Привет"), "the body is not decoded once more");
    assert_eq!(page.mime_type().charset(), Some("utf-8"), "the text was saved decoded");
    let of_page = |path: &str, destination| {
        let initiator = Initiator::new(InitiatorKind::Parser, page.url().clone());
        let request = Request::subresource(page.url().join(path).unwrap(), destination, initiator);
        replayer.fetch(request, LONG).map_err(|error| error.to_string())
    };
    let sheet = of_page("/style.css", Destination::Style).unwrap();
    assert_eq!(
        (sheet.status(), &sheet.body[..]),
        (200, &b"p{color:green}"[..]),
        "304 is the browser's affair"
    );
    let image = of_page("/dot.png", Destination::Image).unwrap();
    assert_eq!((image.body.len(), image.mime_type().essence()), (68, "image/png"));
    let lost = of_page("/lost.png", Destination::Image).unwrap_err();
    assert!(lost.contains("it failed when it was recorded: net::ERR_CONNECTION_RESET"), "{lost}");
    let body = of_page("/not-saved.json?x=1", Destination::Empty).unwrap_err();
    assert!(body.contains("not-saved.json") && body.contains("but not its body"), "{body}");
}

#[test]
fn what_firefoxs_tools_have_saved_is_replayed() {
    let replayer = saved_by("firefox.har");
    let page = replayer.fetch(post(url("http://example.test/form"), "q=one"), LONG).unwrap();
    assert_eq!(
        page.url(),
        &url("http://example.test/done?n=1"),
        "redirectURL counts where Location is missing"
    );
    assert_eq!(
        (&page.body[..], page.mime_type().essence()),
        (&b"<!doctype html><p>done</p>"[..], "text/html")
    );
    let blocked = get(&replayer, url("http://tracker.test/pixel")).unwrap_err();
    assert!(blocked.contains("no answer came"), "{blocked}");
}

#[test]
fn files_are_answered_from_the_recording_alone() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("page.html");
    std::fs::write(&path, "<p>then").unwrap();
    let file = Url::from_file_path(&path).unwrap();
    let recorder = RecordingFetcher::new(Arc::new(NetworkFetcher::new()));
    let then = get(&recorder, file.clone()).unwrap();
    std::fs::write(&path, "<p>now").unwrap();
    let replayer = replaying(Recording::from_har(recorder.to_har().to_string().as_bytes()).unwrap());
    let again = get(&replayer, file).unwrap();
    assert_eq!(seen_by_page(&then), seen_by_page(&again));
    let other = Url::from_file_path(folder.path().join("other.html")).unwrap();
    assert!(get(&replayer, other).unwrap_err().contains("page.html"));
}

#[test]
fn redirects_of_a_recording_cannot_go_in_circles() {
    let har = serde_json::json!({ "log": { "entries": [
        { "request": { "method": "GET", "url": "http://a/" },
          "response": { "status": 302, "redirectURL": "http://a/" } },
    ] } });
    let replayer = replaying(Recording::from_har(har.to_string().as_bytes()).unwrap());
    assert!(get(&replayer, url("http://a/")).unwrap_err().contains("more than 20 redirects"));
}

#[test]
fn what_was_forgotten_by_the_log_is_recorded_all_the_same() {
    let server = Server::answering(ok(b"<p>"));
    let recorder = RecordingFetcher::new(Arc::new(NetworkFetcher::new()));
    get(&recorder, server.url("/1")).unwrap();
    recorder.log().clear();
    get(&recorder, server.url("/2")).unwrap();
    let recording = Recording::from_har(recorder.to_har().to_string().as_bytes()).unwrap();
    assert_eq!(recording.len(), 2);
}
