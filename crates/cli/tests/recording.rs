//! Pages are recorded, replayed with the server gone, and reported.
#![allow(clippy::unwrap_used, reason = "a test may panic")]

mod support;

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use support::{Folder, fanlight, response, serve};

const PAGE: &str = "<!doctype html><title>Recorded</title><link rel=stylesheet href=/a.css><p>Hello\
    <img src=/dot.svg><img src=/missing.png>";

/// A site that can be switched off: then it answers nothing.
fn site() -> (String, Arc<AtomicBool>) {
    let is_on = Arc::new(AtomicBool::new(true));
    let on = Arc::clone(&is_on);
    let address = serve(move |head| {
        if !on.load(Ordering::SeqCst) {
            return Vec::new();
        }
        let path = head.split(' ').nth(1).unwrap_or_default();
        match path {
            "/" => response("200 OK", "text/html", PAGE.as_bytes()),
            "/a.css" => response("200 OK", "text/css", b"@import 'b.css'; p { color: green }"),
            "/b.css" => response("200 OK", "text/css", b"img { width: 40px }"),
            "/dot.svg" => response(
                "200 OK",
                "image/svg+xml",
                b"<svg xmlns='http://www.w3.org/2000/svg' width='9' height='9'><rect width='9' height='9'/></svg>",
            ),
            _ => response("404 Not Found", "text/plain", b"no"),
        }
    });
    (format!("http://{address}/"), is_on)
}

#[test]
fn a_replayed_page_is_the_same_with_the_server_gone() {
    let (url, is_on) = site();
    let folder = Folder::new();
    let path = |name: &str| folder.path(name).display().to_string();
    let recording = path("page.har");
    let page = |stage: &str, option: &str| {
        let run = fanlight(&["dump", stage, &url, option, &recording, "--pinned-fonts"], b"");
        assert_eq!(run.status, 0, "{}", run.stderr);
        run.stdout
    };
    let picture = |option: &str| {
        let png = path("page.png");
        let run = fanlight(&["screenshot", &url, "-o", &png, option, &recording, "--pinned-fonts"], b"");
        assert_eq!(run.status, 0, "{}", run.stderr);
        std::fs::read(png).unwrap()
    };
    let recorded: Vec<String> = ["dom", "layout"].iter().map(|stage| page(stage, "--record")).collect();
    let drawn = picture("--record");
    is_on.store(false, Ordering::SeqCst);
    let replayed: Vec<String> = ["dom", "layout"].iter().map(|stage| page(stage, "--replay")).collect();
    assert_eq!(recorded, replayed);
    assert!(replayed[1].contains("width=40"), "the imported sheet counts: {}", replayed[1]);
    assert!(drawn == picture("--replay"), "the pictures differ");
    let log = page("fetch", "--replay");
    assert!(log.contains("cache=recording") && log.contains("render_blocking=true"), "{log}");
    let missing = format!("{url}c.css");
    let run = fanlight(&["fetch", &missing, "--replay", &recording], b"");
    assert_eq!(run.status, 3);
    assert!(run.stderr.contains("c.css") && run.stderr.contains("a.css"), "{}", run.stderr);
}

#[test]
fn what_failed_is_recorded_and_what_is_no_recording_is_told() {
    let folder = Folder::new();
    let recording = folder.path("failed.har").display().to_string();
    let url = "http://nowhere.invalid/";
    let run = fanlight(&["dump", "dom", url, "--record", &recording], b"");
    assert_eq!(run.status, 3);
    let run = fanlight(&["dump", "dom", url, "--replay", &recording], b"");
    assert!(run.status == 3 && run.stderr.contains("it failed when it was recorded"), "{}", run.stderr);
    let page = folder.file("page.html", PAGE);
    let run = fanlight(&["dump", "dom", url, "--replay", &page], b"");
    assert!(run.status == 2 && run.stderr.contains("not a HAR file"), "{}", run.stderr);
    let run = fanlight(&["dump", "dom", url, "--replay", "/no/such.har"], b"");
    assert!(run.status == 2 && run.stderr.contains("--record"), "{}", run.stderr);
}

#[test]
fn batches_are_recorded_too() {
    let (url, is_on) = site();
    let folder = Folder::new();
    let recording = folder.path("batch.har").display().to_string();
    let job = format!("{{\"id\":1,\"url\":\"{url}\"}}\n");
    let batch = |command: &[&str]| fanlight(command, job.as_bytes()).stdout;
    batch(&["batch", "--pinned-fonts", "--record", &recording]);
    is_on.store(false, Ordering::SeqCst);
    let replayed = batch(&["batch", "--pinned-fonts", "--replay", &recording]);
    assert!(replayed.contains("\"ok\":true"), "{replayed}");
    let fetched = batch(&["fetch", "--batch", "--replay", &recording]);
    assert!(fetched.contains("\"status\":200"), "{fetched}");
}

#[test]
fn the_report_shows_what_the_first_paint_waited_for() {
    let (url, _) = site();
    let folder = Folder::new();
    let report = folder.path("report.html").display().to_string();
    let run = fanlight(&["fetch", &url, "--report", &report], b"");
    assert_eq!(run.status, 0, "{}", run.stderr);
    assert!(run.stdout.contains("-> a.css -> b.css\n"), "{}", run.stdout);
    assert!(run.stdout.contains("5 requests, "), "{}", run.stdout);
    let html = std::fs::read_to_string(&report).unwrap();
    assert!(html.contains("Critical path to the first paint") && html.contains("was answered 404 Not Found"));
    assert!(!html.contains("<script"));
    let image = format!("{url}dot.svg");
    assert_eq!(
        fanlight(&["fetch", &image, "--report", &report], b"").status,
        0,
        "what is no page has a report too"
    );
    assert_eq!(fanlight(&["fetch", "http://nowhere.invalid/", "--report", &report], b"").status, 3);
    assert!(std::fs::read_to_string(report).unwrap().contains("host-not-found"));
}

#[test]
fn fetch_tells_what_proxies_say() {
    let address = serve(|_| {
        b"HTTP/1.1 200 OK\r\nContent-Type: text/plain\r\nContent-Length: 2\r\nConnection: close\r\nAge: 7\r\n\
            Via: 1.1 varnish\r\nCache-Status: edge; hit; ttl=93\r\nX-Cache: HIT\r\nServer-Timing: db;dur=5\r\n\
            Alt-Svc: h3=\":443\"\r\n\r\nhi"
            .to_vec()
    });
    let run = fanlight(&["fetch", &format!("http://{address}/")], b"");
    for line in [
        "Status           200 OK (http/1.1)",
        "Age              7 s",
        "Via              1.1 by varnish",
        "Cache-Status     edge: hit, fresh for 93 s",
        "X-Cache          HIT",
        "Server-Timing    db 5.0 ms",
        "Alt-Svc          h3 at :443 for 86400 s",
    ] {
        assert!(run.stdout.lines().any(|found| found == line), "{line} is not in {}", run.stdout);
    }
}
