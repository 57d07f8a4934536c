//! What is said of the network on the command line holds for pages and for single requests.
#![allow(clippy::unwrap_used, reason = "a test may panic")]

mod support;

use std::net::SocketAddr;
use std::sync::{Arc, Mutex};

use support::{Folder, fanlight, response, serve};

/// A server whose page has an image, whose answers set a cookie, and that keeps the heads of what it is asked.
fn server() -> (SocketAddr, Arc<Mutex<Vec<String>>>) {
    let heads: Arc<Mutex<Vec<String>>> = Arc::default();
    let seen = Arc::clone(&heads);
    let address = serve(move |head| {
        seen.lock().unwrap().push(head.to_owned());
        let page = response("200 OK", "text/html", b"<!doctype html><img src=/image>hello");
        let page = String::from_utf8(page).unwrap();
        page.replacen("\r\n", "\r\nSet-Cookie: id=7; Max-Age=1000\r\n", 1).into_bytes()
    });
    (address, heads)
}

fn cookies(heads: &Mutex<Vec<String>>) -> Vec<bool> {
    heads.lock().unwrap().iter().map(|head| head.contains("\r\nCookie: id=7\r\n")).collect()
}

#[test]
fn cookies_are_kept_in_a_profile_and_nowhere_else() {
    let (address, heads) = server();
    let (url, folder) = (format!("http://{address}/"), Folder::new());
    let profile = folder.path("profile").display().to_string();
    for _ in 0..2 {
        let run = fanlight(&["dump", "dom", &url], b"");
        assert_eq!((run.status, run.stderr.as_str()), (0, ""));
    }
    assert_eq!(cookies(&heads), [false, false], "without a profile each run begins with none");
    for _ in 0..2 {
        let run = fanlight(&["fetch", &url, "--profile", &profile], b"");
        assert_eq!((run.status, run.stderr.as_str()), (0, ""));
    }
    assert_eq!(cookies(&heads)[2..], [false, true]);
}

#[test]
fn what_a_page_refers_to_takes_its_cookies_along() {
    let (address, heads) = server();
    let folder = Folder::new();
    let png = folder.path("page.png").display().to_string();
    let run = fanlight(&["screenshot", &format!("http://{address}/"), "-o", &png, "--pinned-fonts"], b"");
    assert_eq!(run.status, 0, "{}", run.stderr);
    assert_eq!(cookies(&heads), [false, true]);
}

#[test]
fn a_broken_profile_is_told() {
    let (address, _) = server();
    let folder = Folder::new();
    folder.file("cookies.json", "{ not json");
    let profile = folder.path("").display().to_string();
    let run = fanlight(&["fetch", &format!("http://{address}/"), "--profile", &profile], b"");
    assert_eq!(run.status, 0);
    assert!(run.stderr.contains("cookies.json is broken: it is not JSON"), "{}", run.stderr);
    assert!(folder.path("cookies.json.broken").exists());
}

#[test]
fn private_addresses_are_refused_on_demand() {
    let (address, heads) = server();
    for command in [["dump", "dom"].as_slice(), &["fetch"]] {
        let url = format!("http://{address}/");
        let run = fanlight(&[command, &[url.as_str(), "--block-private"]].concat(), b"");
        assert_eq!(run.status, 3);
        assert!(run.stderr.contains("loopback address 127.0.0.1 (--block-private)"), "{}", run.stderr);
    }
    let job = format!("{{\"id\":1,\"url\":\"http://{address}/\",\"dumps\":{{}}}}\n");
    let run = fanlight(&["batch", "--block-private"], job.as_bytes());
    assert!(run.stdout.contains("\"ok\":false") && run.stdout.contains("--block-private"), "{}", run.stdout);
    assert_eq!(heads.lock().unwrap().len(), 0);
}

#[test]
fn hosts_that_are_not_allowed_are_not_asked() {
    let (address, heads) = server();
    let url = format!("http://{address}/");
    let run = fanlight(&["fetch", &url, "--allow-host", "example.com"], b"");
    assert!(run.stderr.contains("127.0.0.1 is not among those allowed"), "{}", run.stderr);
    let run = fanlight(&["fetch", &url, "--block-host", "a.test,127.0.0.1"], b"");
    assert!(run.stderr.contains("127.0.0.1 is blocked (--block-host 127.0.0.1)"), "{}", run.stderr);
    assert_eq!(heads.lock().unwrap().len(), 0);
    assert_eq!(fanlight(&["fetch", &url, "--allow-host", "127.0.0.1"], b"").status, 0);
}

#[test]
fn a_proxy_that_is_named_is_asked() {
    let (proxy, heads) = server();
    let run = fanlight(&["fetch", "http://nowhere.test/x", "--proxy", &proxy.to_string()], b"");
    assert_eq!(run.status, 0, "{}", run.stderr);
    assert!(heads.lock().unwrap()[0].starts_with("GET http://nowhere.test/x HTTP/1.1\r\n"));
    let run = fanlight(&["fetch", "http://nowhere.test/x", "--proxy", "gopher://a"], b"");
    assert_eq!(run.status, 2);
    assert!(run.stderr.contains("'gopher://a' is not a proxy's URL"), "{}", run.stderr);
}
