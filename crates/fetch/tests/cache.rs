//! The HTTP cache, over real connections: what the server is asked, and what the page gets. No test sleeps for something
//! to become stale: the clock is the test's own.

#![allow(clippy::unwrap_used, reason = "a test fails by panicking")]

#[path = "support/server.rs"]
mod server;

use std::io::Write;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, AtomicUsize, Ordering};
use std::time::{Duration, Instant, SystemTime};

use fanlight_fetch::log::CacheVerdict;
use fanlight_fetch::{
    BodyChunk, CacheLocation, CacheMode, Clock, FetchError, Fetcher, Limits, NetworkFetcher, Request,
    Response,
};
use server::{After, LONG, Seen, Server, cacheable, response, text};

/// A clock that stands still until it is put forward.
#[derive(Clone)]
struct TestClock {
    start: SystemTime,
    seconds: Arc<AtomicU64>,
}

impl TestClock {
    fn new() -> Self {
        // Dates on the wire are whole seconds.
        let since_epoch = SystemTime::now().duration_since(SystemTime::UNIX_EPOCH).unwrap().as_secs();
        let start = SystemTime::UNIX_EPOCH + Duration::from_secs(since_epoch);
        TestClock { start, seconds: Arc::default() }
    }

    fn advance(&self, seconds: u64) {
        self.seconds.fetch_add(seconds, Ordering::SeqCst);
    }

    fn clock(&self) -> Clock {
        let this = self.clone();
        Clock::new(move || this.start + Duration::from_secs(this.seconds.load(Ordering::SeqCst)))
    }
}

/// A browser with a cache in memory, its clock, and a server that answers as the test says.
struct Scene {
    server: Server,
    fetcher: NetworkFetcher,
    clock: TestClock,
}

impl Scene {
    fn new(answer: impl Fn(&Seen) -> Vec<u8> + Send + Sync + 'static) -> Scene {
        let server = Server::start(move |seen, stream| {
            let answer = answer(seen);
            let _ = stream.write_all(&answer);
            if answer.is_empty() { After::Close } else { After::KeepOpen }
        });
        let clock = TestClock::new();
        let fetcher = NetworkFetcher::builder().clock(clock.clock()).build();
        Scene { server, fetcher, clock }
    }

    /// A server that answers with what was given for each request in turn, and from then on with the last.
    fn answering(answers: Vec<Vec<u8>>) -> Scene {
        let next = AtomicUsize::new(0);
        Scene::new(move |_| {
            let index = next.fetch_add(1, Ordering::SeqCst).min(answers.len() - 1);
            answers[index].clone()
        })
    }

    fn request(&self, path: &str) -> Request {
        Request::navigation(self.server.url(path))
    }

    fn ask(&self, request: Request) -> Result<Response, FetchError> {
        self.fetcher.fetch(request, LONG)
    }

    fn get(&self, path: &str) -> Response {
        self.ask(self.request(path)).unwrap()
    }

    fn get_with(&self, path: &str, fields: &[(&str, &str)]) -> Response {
        let mut request = self.request(path);
        request.headers = fields.iter().copied().collect();
        self.ask(request).unwrap()
    }

    fn in_mode(&self, mode: CacheMode) -> Result<Response, FetchError> {
        self.ask(self.request("/").with_cache(mode))
    }

    fn send(&self, method: &str, path: &str) -> Response {
        let mut request = self.request(path);
        request.method = method.to_owned();
        self.ask(request).unwrap()
    }

    /// How many requests the server has seen.
    fn asked(&self) -> usize {
        self.server.seen().len()
    }

    fn last_field(&self, name: &str) -> Option<String> {
        self.server.seen().last().and_then(|seen| seen.field(name).map(str::to_owned))
    }

    /// What the log says of the request that was made last.
    fn verdict(&self) -> CacheVerdict {
        self.fetcher.log().entries().last().unwrap().cache.clone()
    }
}

#[test]
fn a_fresh_response_is_used_without_asking_and_says_its_age() {
    let scene = Scene::answering(vec![cacheable("max-age=60", "one"), cacheable("max-age=60", "two")]);
    let first = scene.get("/");
    assert!(!first.head.from_cache);
    assert_eq!(scene.verdict().name(), "network");
    assert!(scene.verdict().why().contains("stored, fresh for 60 s"), "{}", scene.verdict().why());
    scene.clock.advance(59);
    let second = scene.get("/#fragment");
    assert!(second.head.from_cache);
    assert_eq!((text(&second).as_str(), second.head.headers.get("age").as_deref()), ("one", Some("59")));
    assert_eq!(scene.verdict().name(), "memory");
    assert!(scene.verdict().why().contains("age 59 s of 60 s, by max-age"), "{}", scene.verdict().why());
    scene.clock.advance(1);
    assert_eq!(text(&scene.get("/")), "two");
    assert_eq!(scene.asked(), 2);
}

#[test]
fn a_query_is_part_of_the_key() {
    let scene = Scene::new(|seen| cacheable("max-age=60", seen.path()));
    assert_eq!(text(&scene.get("/?a")), "/?a");
    assert_eq!(text(&scene.get("/?b")), "/?b");
    assert_eq!(text(&scene.get("/?a")), "/?a");
    assert_eq!(scene.asked(), 2);
}

#[test]
fn a_stale_response_is_validated_and_updated_by_304() {
    let modified = "Sun, 06 Nov 1994 08:49:37 GMT";
    let first = [
        ("Cache-Control", "max-age=10"),
        ("ETag", "\"x\""),
        ("Last-Modified", modified),
        ("A", "1"),
        ("B", "1"),
    ];
    let second =
        [("Cache-Control", "max-age=100"), ("ETag", "\"x\""), ("A", "2"), ("Content-Type", "text/css")];
    let scene = Scene::answering(vec![
        response("200 OK", &first, b"body"),
        response("304 Not Modified", &second, b""),
    ]);
    scene.get("/");
    scene.clock.advance(10);
    let validated = scene.get("/");
    assert_eq!(scene.last_field("If-None-Match").as_deref(), Some("\"x\""));
    assert_eq!(scene.last_field("If-Modified-Since").as_deref(), Some(modified));
    assert_eq!((validated.status(), text(&validated).as_str()), (200, "body"));
    assert!(!validated.head.from_cache, "the network had to answer");
    assert_eq!(scene.verdict().name(), "revalidated");
    let headers = &validated.head.headers;
    assert_eq!((headers.get("a").as_deref(), headers.get("b").as_deref()), (Some("2"), Some("1")));
    assert_eq!(headers.get("content-length").as_deref(), Some("4"));
    scene.clock.advance(99);
    assert!(scene.get("/").head.from_cache);
    assert_eq!(scene.asked(), 2);
}

#[test]
fn what_changed_replaces_what_was_stored() {
    let first = [("Cache-Control", "max-age=1"), ("ETag", "\"x\"")];
    let second = [("Cache-Control", "max-age=60"), ("ETag", "\"y\"")];
    let scene =
        Scene::answering(vec![response("200 OK", &first, b"old"), response("200 OK", &second, b"new")]);
    scene.get("/");
    scene.clock.advance(1);
    assert_eq!(text(&scene.get("/")), "new");
    assert_eq!(text(&scene.get("/")), "new");
    assert_eq!(scene.asked(), 2);
}

#[test]
fn a_304_with_another_strong_validator_updates_nothing() {
    let first = [("Cache-Control", "max-age=1"), ("ETag", "\"x\""), ("A", "1")];
    let second = [("Cache-Control", "max-age=60"), ("ETag", "\"y\""), ("A", "2")];
    let scene = Scene::answering(vec![
        response("200 OK", &first, b"body"),
        response("304 Not Modified", &second, b""),
    ]);
    scene.get("/");
    scene.clock.advance(1);
    for asked in [2, 3] {
        let response = scene.get("/");
        assert_eq!(
            (text(&response).as_str(), response.head.headers.get("a").as_deref()),
            ("body", Some("1"))
        );
        assert_eq!(scene.asked(), asked);
    }
}

#[test]
fn no_cache_asks_every_time_and_no_store_keeps_nothing() {
    let tagged = [("Cache-Control", "no-cache"), ("ETag", "\"x\"")];
    let scene = Scene::answering(vec![
        response("200 OK", &tagged, b"body"),
        response("304 Not Modified", &tagged, b""),
    ]);
    scene.get("/");
    assert_eq!(text(&scene.get("/")), "body");
    assert_eq!(scene.last_field("If-None-Match").as_deref(), Some("\"x\""));
    let scene = Scene::answering(vec![cacheable("no-store, max-age=60", "body")]);
    scene.get("/");
    assert!(scene.verdict().why().ends_with("not stored: no-store"), "{}", scene.verdict().why());
    scene.get("/");
    assert_eq!(scene.asked(), 2);
}

#[test]
fn fields_named_by_no_cache_are_not_sent_again_without_asking() {
    let fields = [("Cache-Control", "max-age=60, no-cache=\"a\""), ("A", "1"), ("B", "2")];
    let scene = Scene::answering(vec![response("200 OK", &fields, b"")]);
    assert!(scene.get("/").head.headers.contains("a"));
    let again = scene.get("/").head;
    assert!(again.from_cache && !again.headers.contains("a") && again.headers.contains("b"));
}

#[test]
fn variants_are_kept_apart_by_vary() {
    let scene = Scene::new(|seen| {
        let fields = [("Cache-Control", "max-age=60"), ("Vary", "Foo")];
        response("200 OK", &fields, seen.field("Foo").unwrap_or("none").as_bytes())
    });
    for (value, asked) in [("1", 1), ("2", 2), ("1", 2), ("2", 2), (" 1 ", 2)] {
        assert_eq!(text(&scene.get_with("/", &[("Foo", value)])), value.trim());
        assert_eq!(scene.asked(), asked, "{value}");
    }
    assert_eq!(text(&scene.get("/")), "none");
    assert_eq!(scene.asked(), 3);
}

#[test]
fn the_most_recent_of_several_that_match_is_used() {
    let scene = Scene::new(|seen| match seen.field("Foo") {
        Some("1") => {
            let old = httpdate::fmt_http_date(SystemTime::now() - Duration::from_secs(5));
            response("200 OK", &[("Cache-Control", "max-age=60"), ("Vary", "Foo"), ("Date", &old)], b"by Foo")
        }
        _ => response("200 OK", &[("Cache-Control", "max-age=60"), ("Vary", "Bar")], b"by Bar"),
    });
    scene.get_with("/", &[("Foo", "1"), ("Bar", "1")]);
    scene.get_with("/", &[("Foo", "2"), ("Bar", "1")]);
    assert_eq!(text(&scene.get_with("/", &[("Foo", "1"), ("Bar", "1")])), "by Bar");
    assert_eq!(text(&scene.get_with("/", &[("Foo", "1"), ("Bar", "2")])), "by Foo");
    assert_eq!(scene.asked(), 2);
}

#[test]
fn a_304_chooses_among_other_variants() {
    let scene = Scene::new(|seen| {
        let fields = [("Cache-Control", "max-age=60"), ("Vary", "Foo"), ("ETag", "\"one\"")];
        match seen.field("If-None-Match") {
            Some(_) => response("304 Not Modified", &fields, b""),
            None => response("200 OK", &fields, b"one"),
        }
    });
    scene.get_with("/", &[("Foo", "1")]);
    assert_eq!(text(&scene.get_with("/", &[("Foo", "2")])), "one");
    assert_eq!(scene.last_field("If-None-Match").as_deref(), Some("\"one\""));
    assert_eq!(scene.verdict().name(), "revalidated");
    assert!(scene.get_with("/", &[("Foo", "2")]).head.from_cache);
    assert_eq!(scene.asked(), 2);
}

#[test]
fn every_cache_mode_does_what_the_fetch_standard_says() {
    let fields = [("Cache-Control", "max-age=10"), ("ETag", "\"x\"")];
    let scene = Scene::new(move |seen| match seen.field("If-None-Match") {
        Some(_) => response("304 Not Modified", &fields, b""),
        None => response("200 OK", &fields, b"body"),
    });
    assert_eq!(scene.in_mode(CacheMode::OnlyIfCached).unwrap_err().kind.name(), "not-in-cache");
    assert_eq!(scene.asked(), 0);
    scene.in_mode(CacheMode::NoStore).unwrap();
    assert_eq!(scene.last_field("Cache-Control").as_deref(), Some("no-cache"));
    assert_eq!(scene.in_mode(CacheMode::OnlyIfCached).unwrap_err().kind.name(), "not-in-cache");
    scene.in_mode(CacheMode::Reload).unwrap();
    assert_eq!(scene.last_field("Pragma").as_deref(), Some("no-cache"));
    assert_eq!(scene.asked(), 2);
    assert!(scene.in_mode(CacheMode::Default).unwrap().head.from_cache);
    scene.clock.advance(1000);
    assert!(scene.in_mode(CacheMode::ForceCache).unwrap().head.from_cache);
    assert!(scene.in_mode(CacheMode::OnlyIfCached).unwrap().head.from_cache);
    assert_eq!(scene.asked(), 2);
    let revalidated = scene.in_mode(CacheMode::NoCache).unwrap();
    assert_eq!((text(&revalidated).as_str(), revalidated.head.from_cache), ("body", false));
    assert_eq!(scene.last_field("Cache-Control").as_deref(), Some("max-age=0"));
    assert_eq!(scene.last_field("If-None-Match").as_deref(), Some("\"x\""));
    assert_eq!(scene.asked(), 3);
}

#[test]
fn who_asks_a_condition_himself_gets_the_servers_answer() {
    let fields = [("Cache-Control", "max-age=60"), ("ETag", "\"x\"")];
    let scene = Scene::new(move |seen| match seen.field("If-None-Match") {
        Some(_) => response("304 Not Modified", &fields, b""),
        None => response("200 OK", &fields, b"body"),
    });
    scene.get("/");
    assert_eq!(scene.get_with("/", &[("If-None-Match", "\"x\"")]).status(), 304);
    assert_eq!(scene.asked(), 2);
}

#[test]
fn a_request_that_forbids_the_network_is_answered_504() {
    let scene = Scene::answering(vec![cacheable("max-age=60", "body")]);
    assert_eq!(scene.get_with("/", &[("Cache-Control", "only-if-cached")]).status(), 504);
    assert_eq!(scene.asked(), 0);
    scene.get("/");
    assert_eq!(scene.get_with("/", &[("Cache-Control", "only-if-cached")]).status(), 200);
}

#[test]
fn unsafe_methods_invalidate_what_they_may_have_changed() {
    let scene = Scene::new(|seen| match (seen.method(), seen.path()) {
        ("GET", _) => cacheable("max-age=60", "body"),
        (_, "/failing") => response("500 Oh", &[], b""),
        _ => response("200 OK", &[("Location", "/there"), ("Content-Location", "here"), ("X", "1")], b""),
    });
    for method in ["POST", "PUT", "DELETE", "PATCH", "M-SEARCH"] {
        for path in ["/", "/there", "/here", "/other", "/failing"] {
            scene.get(path);
        }
        let before = scene.asked();
        scene.send(method, "/");
        scene.send(method, "/failing");
        assert!(scene.get("/other").head.from_cache && scene.get("/failing").head.from_cache, "{method}");
        assert_eq!(scene.asked(), before + 2, "{method}");
        for path in ["/", "/there", "/here"] {
            assert!(!scene.get(path).head.from_cache, "{method} {path}");
        }
    }
}

#[test]
fn other_origins_cannot_be_invalidated() {
    let victim = Scene::answering(vec![cacheable("max-age=60", "body")]);
    let location = victim.server.url("/").to_string();
    let attacker = Server::start(move |_, stream| {
        stream
            .write_all(&response("200 OK", &[("Location", &location), ("Content-Location", &location)], b""))
            .unwrap();
        After::KeepOpen
    });
    victim.get("/");
    let mut post = Request::navigation(attacker.url("/"));
    post.method = "POST".to_owned();
    victim.ask(post).unwrap();
    assert!(victim.get("/").head.from_cache);
}

#[test]
fn an_answer_to_post_that_says_it_is_what_get_brings_answers_get() {
    let scene = Scene::answering(vec![response(
        "200 OK",
        &[("Cache-Control", "max-age=60"), ("Content-Location", "/form")],
        b"result",
    )]);
    scene.send("POST", "/form");
    assert_eq!(text(&scene.get("/form")), "result");
    assert_eq!(scene.asked(), 1);
    scene.send("POST", "/form");
    assert_eq!(scene.asked(), 2, "a POST itself is never answered from the cache");
}

#[test]
fn head_is_answered_by_what_get_brought_and_updates_it() {
    let scene = Scene::new(|seen| match seen.method() {
        "HEAD" => response("200 OK", &[("Cache-Control", "max-age=1000"), ("A", "2")], b"").to_vec(),
        _ => response("200 OK", &[("Cache-Control", "max-age=10"), ("A", "1")], b""),
    });
    scene.get("/");
    let head = scene.send("HEAD", "/");
    assert!(head.head.from_cache && head.body.is_empty());
    scene.clock.advance(10);
    assert!(!scene.send("HEAD", "/").head.from_cache);
    let updated = scene.get("/").head;
    assert!(updated.from_cache);
    assert_eq!(updated.headers.get("a").as_deref(), Some("2"));
    assert_eq!(scene.asked(), 2);
}

#[test]
fn a_head_that_contradicts_removes_what_is_stored() {
    let scene = Scene::new(|seen| {
        let tag = if seen.method() == "HEAD" { "\"y\"" } else { "\"x\"" };
        response("200 OK", &[("Cache-Control", "max-age=10"), ("ETag", tag)], b"")
    });
    scene.get("/");
    scene.clock.advance(10);
    scene.send("HEAD", "/");
    scene.get("/");
    assert_eq!(scene.last_field("If-None-Match"), None);
}

#[test]
fn ranges_are_cut_from_what_is_whole() {
    let scene = Scene::answering(vec![cacheable("max-age=60", "0123456789")]);
    scene.get("/");
    let part = scene.get_with("/", &[("Range", "bytes=2-4")]);
    assert_eq!((part.status(), text(&part).as_str()), (206, "234"));
    assert_eq!(part.head.headers.get("content-range").as_deref(), Some("bytes 2-4/10"));
    assert!(part.head.from_cache);
    scene.get_with("/", &[("Range", "bytes=2-4,6-7")]);
    assert_eq!(scene.asked(), 2, "several ranges are the server's affair");
}

#[test]
fn parts_are_put_together_and_only_the_rest_is_asked_for() {
    let scene = Scene::new(|seen| {
        let part = |range: &str, body: &[u8]| {
            let fields = [("Cache-Control", "max-age=60"), ("ETag", "\"x\""), ("Content-Range", range)];
            response("206 Partial Content", &fields, body)
        };
        match seen.field("Range") {
            Some("bytes=0-3") => part("bytes 0-3/10", b"0123"),
            Some("bytes=4-5") => part("bytes 4-5/10", b"45"),
            Some("bytes=6-") => part("bytes 6-9/10", b"6789"),
            _ => response("200 OK", &[("ETag", "\"z\"")], b"everything"),
        }
    });
    scene.get_with("/", &[("Range", "bytes=0-3")]);
    scene.get_with("/", &[("Range", "bytes=4-5")]);
    let inner = scene.get_with("/", &[("Range", "bytes=3-4")]);
    assert_eq!((inner.status(), text(&inner).as_str(), scene.asked()), (206, "34", 2));
    let whole = scene.get("/");
    assert_eq!((whole.status(), text(&whole).as_str()), (200, "0123456789"));
    assert_eq!(scene.last_field("If-Range").as_deref(), Some("\"x\""));
    assert_eq!(scene.asked(), 3);
    assert!(scene.get("/").head.from_cache);
}

#[test]
fn a_part_answers_for_what_lies_within_it_and_drives_no_whole_out() {
    let scene = Scene::new(|seen| {
        let part = |range: &str, body: &[u8]| {
            let fields = [("Cache-Control", "max-age=60"), ("Content-Range", range)];
            response("206 Partial Content", &fields, body)
        };
        match seen.field("Range") {
            Some("bytes=2-5") => part("bytes 2-5/10", b"2345"),
            Some(_) => part("bytes 0-0/10", b"0"),
            None => cacheable("max-age=10", "0123456789"),
        }
    });
    scene.get_with("/", &[("Range", "bytes=2-5")]);
    assert_eq!(text(&scene.get_with("/", &[("Range", "bytes=3-4")])), "34");
    assert_eq!(scene.asked(), 1);
    assert_eq!(text(&scene.get("/")), "0123456789");
    assert_eq!(scene.last_field("Range"), None, "without a strong validator nothing can be put together");
    scene.clock.advance(10);
    scene.get_with("/", &[("Range", "bytes=0-0")]);
    assert_eq!(text(&scene.in_mode(CacheMode::OnlyIfCached).unwrap()), "0123456789");
}

#[test]
fn stale_if_error_stands_in_for_a_broken_server() {
    for error in [response("503 Oh", &[], b"no"), Vec::new()] {
        let scene = Scene::answering(vec![cacheable("max-age=10, stale-if-error=60", "good"), error]);
        scene.get("/");
        scene.clock.advance(30);
        assert_eq!(text(&scene.get("/")), "good");
        assert!(scene.verdict().why().contains("stale-if-error"), "{}", scene.verdict().why());
        scene.clock.advance(60);
        let late = scene.ask(scene.request("/"));
        assert!(late.is_err() || late.unwrap().status() == 503);
    }
}

#[test]
fn must_revalidate_forbids_what_is_stale_when_the_server_is_gone() {
    let scene = Scene::answering(vec![
        cacheable("max-age=10, must-revalidate, stale-if-error=60", "good"),
        Vec::new(),
    ]);
    scene.get("/");
    scene.clock.advance(10);
    assert!(scene.ask(scene.request("/")).is_err());
    let scene = Scene::answering(vec![cacheable("max-age=10", "good"), Vec::new()]);
    scene.get("/");
    scene.clock.advance(10);
    assert!(scene.ask(scene.request("/")).is_err(), "nobody allowed it");
}

#[test]
fn stale_while_revalidate_answers_at_once_and_renews_in_the_background() {
    let next = AtomicUsize::new(0);
    let scene = Scene::new(move |_| {
        let number = next.fetch_add(1, Ordering::SeqCst);
        cacheable("max-age=10, stale-while-revalidate=60", &number.to_string())
    });
    scene.get("/");
    scene.clock.advance(30);
    let stale = scene.get("/");
    assert_eq!((text(&stale).as_str(), stale.head.from_cache), ("0", true));
    // The background request is done when it is logged as done.
    let begun = Instant::now();
    while scene.asked() < 2 || scene.fetcher.log().entries().iter().any(|entry| entry.response().is_none()) {
        assert!(begun.elapsed() < LONG, "nobody revalidated");
        std::thread::yield_now();
    }
    while text(&scene.get("/")) == "0" {
        assert!(begun.elapsed() < LONG, "what was revalidated is not stored");
    }
    assert_eq!(scene.asked(), 2);
}

#[test]
fn redirects_are_stored_where_that_is_said_or_meant() {
    let scene = Scene::new(|seen| match seen.path() {
        "/for-good" => response("301 Moved", &[("Location", "/end")], b""),
        "/for-now" => response("302 Found", &[("Location", "/end")], b""),
        "/a-while" => response("302 Found", &[("Location", "/end"), ("Cache-Control", "max-age=60")], b""),
        _ => cacheable("max-age=60", "end"),
    });
    for (path, asked) in [
        ("/for-good", 2),
        ("/for-good", 2),
        ("/for-now", 3),
        ("/for-now", 4),
        ("/a-while", 5),
        ("/a-while", 5),
    ] {
        assert_eq!(text(&scene.get(path)), "end");
        assert_eq!(scene.asked(), asked, "{path}");
    }
}

#[test]
fn what_broke_off_is_not_stored() {
    let next = AtomicUsize::new(0);
    let server = Server::start(move |_, stream| {
        let cut = next.fetch_add(1, Ordering::SeqCst) == 0;
        let mut bytes = cacheable("max-age=60", "the whole body");
        if cut {
            bytes.truncate(bytes.len() - 4);
        }
        stream.write_all(&bytes).unwrap();
        if cut { After::Close } else { After::KeepOpen }
    });
    let fetcher = NetworkFetcher::new();
    assert!(fetcher.fetch(Request::navigation(server.url("/")), LONG).is_err());
    let whole = fetcher.fetch(Request::navigation(server.url("/")), LONG).unwrap();
    assert_eq!((text(&whole).as_str(), whole.head.from_cache), ("the whole body", false));
}

#[test]
fn content_codings_are_undone_after_the_cache() {
    use flate2::Compression;
    use flate2::write::GzEncoder;
    let mut encoder = GzEncoder::new(Vec::new(), Compression::default());
    encoder.write_all(b"hello hello hello").unwrap();
    let body = encoder.finish().unwrap();
    let fields = [("Cache-Control", "max-age=60"), ("Content-Encoding", "gzip")];
    let scene = Scene::answering(vec![response("200 OK", &fields, &body)]);
    let (first, second) = (scene.get("/"), scene.get("/"));
    assert_eq!(
        (text(&first), text(&second)),
        ("hello hello hello".to_owned(), "hello hello hello".to_owned())
    );
    assert!(second.head.from_cache);
}

#[test]
fn what_is_too_large_passes_and_is_not_stored() {
    let big = "x".repeat(3000);
    // Without a length it is found out on the way.
    let chunked = format!(
        "HTTP/1.1 200 OK\r\nCache-Control: max-age=60\r\nTransfer-Encoding: chunked\r\n\r\nbb8\r\n{big}\r\n0\r\n\r\n"
    );
    for answer in [cacheable("max-age=60", &big), chunked.into_bytes()] {
        let server = Server::start(move |_, stream| {
            stream.write_all(&answer).unwrap();
            After::KeepOpen
        });
        let limits = Limits { memory_cache_bytes: 16_000, ..Limits::default() };
        let fetcher = NetworkFetcher::builder().limits(limits).build();
        for _ in 0..2 {
            let response = fetcher.fetch(Request::navigation(server.url("/")), LONG).unwrap();
            assert_eq!((response.body.len(), response.head.from_cache), (3000, false));
        }
    }
}

#[test]
fn without_a_cache_everything_is_asked_for() {
    let server = Server::answering(cacheable("max-age=60", "body"));
    let fetcher = NetworkFetcher::builder().cache(CacheLocation::Off).build();
    for _ in 0..2 {
        assert!(!fetcher.fetch(Request::navigation(server.url("/")), LONG).unwrap().head.from_cache);
    }
    let only = Request::navigation(server.url("/")).with_cache(CacheMode::OnlyIfCached);
    assert!(fetcher.fetch(only, LONG).is_err());
    assert_eq!(server.seen().len(), 2);
}

#[test]
fn a_fetch_given_up_in_the_middle_leaves_nothing() {
    let server = Server::start(|_, stream| {
        let _ =
            stream.write_all(b"HTTP/1.1 200 OK\r\nContent-Length: 2000\r\nCache-Control: max-age=60\r\n\r\n");
        let _ = stream.write_all(&[b'x'; 1500]);
        std::thread::sleep(Duration::from_millis(50));
        After::Close
    });
    let fetcher = NetworkFetcher::new();
    let fetch = fetcher.start(Request::navigation(server.url("/")));
    assert!(matches!(fetch.next_chunk(LONG), BodyChunk::Data(_)), "the page need not wait for the end");
    drop(fetch);
    let only = Request::navigation(server.url("/")).with_cache(CacheMode::OnlyIfCached);
    assert!(fetcher.fetch(only, LONG).is_err());
}

#[test]
fn a_future_date_is_remarked_on_in_the_log() {
    let date = httpdate::fmt_http_date(SystemTime::now() + Duration::from_secs(36_000));
    let fields = [("Cache-Control", "max-age=60"), ("Date", date.as_str())];
    let scene = Scene::answering(vec![response("200 OK", &fields, b"")]);
    scene.get("/");
    assert!(scene.verdict().why().contains("its Date is"), "{}", scene.verdict().why());
}
