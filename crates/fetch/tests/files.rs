//! `file:` URLs.
#![allow(clippy::unwrap_used, reason = "a test fails by panicking")]

use std::io::Write;
use std::path::Path;
use std::time::Duration;

use fanlight_fetch::{
    Destination, FetchError, FetchErrorKind, Fetcher, Initiator, InitiatorKind, Limits, NetworkFetcher,
    Protocol, Request, Response, Url,
};

const LONG: Duration = Duration::from_secs(10);

fn fetch(path: &Path) -> Result<Response, FetchError> {
    NetworkFetcher::new().fetch(Request::navigation(Url::from_file_path(path).unwrap()), LONG)
}

#[test]
fn a_file_is_what_its_name_and_its_bytes_say() {
    let folder = tempfile::tempdir().unwrap();
    for (name, bytes, expected) in [
        ("a.html", &b"x"[..], "text/html"),
        ("a.XHT", b"<html/>", "application/xhtml+xml"),
        ("a.svg", b"<svg/>", "image/svg+xml"),
        ("a.png", b"GIF89a", "image/gif"),
        ("noname", b"<!DOCTYPE HTML>", "text/html"),
        ("empty", b"", "text/plain"),
        ("binary", b"\x00\x01", "application/octet-stream"),
        ("a b#c.css", b"p{}", "text/css"),
    ] {
        let path = folder.path().join(name);
        std::fs::write(&path, bytes).unwrap();
        let response = fetch(&path).unwrap();
        assert_eq!(response.mime_type().essence(), expected, "{name}");
        assert_eq!(
            (&response.body[..], response.status(), response.head.protocol),
            (bytes, 200, Protocol::File)
        );
    }
}

#[test]
fn a_great_file_comes_in_pieces_and_complete() {
    let mut file = tempfile::Builder::new().suffix(".html").tempfile().unwrap();
    let block = [b'x'; 1 << 16];
    for _ in 0..50 {
        file.write_all(&block).unwrap();
    }
    file.write_all(b"end").unwrap();
    let response = fetch(file.path()).unwrap();
    assert_eq!(response.body.len(), 50 * (1 << 16) + 3);
    assert!(response.body.ends_with(b"xend"));
    assert_eq!(response.sizes.decoded, response.body.len() as u64);
}

#[test]
fn what_is_missing_says_which_part() {
    let folder = tempfile::tempdir().unwrap();
    let error = fetch(&folder.path().join("missing.html")).unwrap_err();
    assert!(matches!(error.kind, FetchErrorKind::FileNotFound { .. }));
    assert!(error.to_string().contains("check the spelling"), "{error}");
    let error = fetch(&folder.path().join("nowhere/deep/missing.html")).unwrap_err().to_string();
    assert!(error.contains("nowhere either"), "{error}");
}

#[test]
fn a_folder_is_answered_with_its_index() {
    let folder = tempfile::tempdir().unwrap();
    let error = fetch(folder.path()).unwrap_err().to_string();
    assert!(error.contains("is a directory, not a file; name a file in it"), "{error}");
    std::fs::write(folder.path().join("index.html"), "").unwrap();
    let error = fetch(folder.path()).unwrap_err().to_string();
    assert!(error.contains("did you mean") && error.contains("index.html?"), "{error}");
}

#[cfg(unix)]
#[test]
fn a_device_is_not_read() {
    let error = fetch(Path::new("/dev/zero")).unwrap_err();
    assert!(
        matches!(error.kind, FetchErrorKind::NotAFile { what: "a pipe, socket or device", .. }),
        "{error}"
    );
}

#[test]
fn a_file_beyond_the_limit_is_refused() {
    let mut file = tempfile::NamedTempFile::new().unwrap();
    file.write_all(&[0; 1000]).unwrap();
    let fetcher =
        NetworkFetcher::builder().limits(Limits { decoded_bytes: 999, ..Limits::default() }).build();
    let error =
        fetcher.fetch(Request::navigation(Url::from_file_path(file.path()).unwrap()), LONG).unwrap_err();
    assert!(matches!(error.kind, FetchErrorKind::BodyTooLarge { limit: 999, .. }), "{error}");
}

#[test]
fn the_web_cannot_read_files_and_files_can() {
    let file = tempfile::Builder::new().suffix(".css").tempfile().unwrap();
    let url = Url::from_file_path(file.path()).unwrap();
    let from = |page: &str| {
        let initiator = Initiator::new(InitiatorKind::Parser, Url::parse(page).unwrap());
        NetworkFetcher::new().fetch(Request::subresource(url.clone(), Destination::Style, initiator), LONG)
    };
    assert!(from("file:///page.html").is_ok());
    assert_eq!(from("http://example.com/").unwrap_err().kind.name(), "blocked");
}
