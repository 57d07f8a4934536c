//! Bad input gives a page or a clear error with the right exit status; never a panic, a hang or unbounded memory.
#![allow(clippy::unwrap_used, reason = "a test may panic")]

mod support;

use std::io::Write;
use std::net::TcpListener;

use support::{Folder, fanlight, response, screenshot, serve};

/// The page is drawn at the default viewport, whatever is in it.
fn draws(url: &str) {
    let (run, size) = screenshot(url, &[]);
    assert_eq!((run.status, size), (0, Some((1280, 800))), "{}", run.stderr);
}

/// The page cannot be loaded, and the message says each of the words.
fn cannot_be_loaded(url: &str, words: &[&str]) {
    let (run, size) = screenshot(url, &["--timeout", "20"]);
    assert_eq!((run.status, size), (3, None), "{}", run.stderr);
    for word in words {
        assert!(run.stderr.contains(word), "'{word}' is not in: {}", run.stderr);
    }
}

// --- what cannot be loaded ---

#[test]
fn a_missing_file() {
    cannot_be_loaded("/there/is/no/such/page.html", &["/there/is/no/such/page.html", "there is no file"]);
}

#[test]
fn a_folder() {
    let folder = Folder::new();
    cannot_be_loaded(&folder.path("").display().to_string(), &["a directory"]);
}

#[test]
fn an_unresolvable_host() {
    cannot_be_loaded("http://no-such-host.invalid/", &["no-such-host.invalid"]);
}

#[test]
fn a_refused_connection() {
    // The port was free a moment ago, so nobody listens there.
    let port = TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap().port();
    cannot_be_loaded(&format!("http://127.0.0.1:{port}/"), &["refused"]);
}

#[test]
fn a_tls_failure() {
    // Plain text where a handshake should be, sent without waiting for a request.
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let address = listener.local_addr().unwrap();
    std::thread::spawn(move || {
        for stream in listener.incoming().flatten() {
            let mut stream = stream;
            let _ = stream.write_all(&response("200 OK", "text/html", b"plain"));
        }
    });
    cannot_be_loaded(&format!("https://{address}/"), &["TLS"]);
}

#[test]
fn an_endless_redirect() {
    let address = serve(|head| {
        let step: u32 = head.split(['/', ' ']).find_map(|part| part.parse().ok()).unwrap_or(0);
        format!(
            "HTTP/1.1 302 Found\r\nLocation: /{}\r\nContent-Length: 0\r\nConnection: close\r\n\r\n",
            step + 1
        )
        .into_bytes()
    });
    cannot_be_loaded(&format!("http://{address}/0"), &["redirect"]);
}

#[test]
fn a_redirect_to_a_file() {
    let address = serve(|_| {
        b"HTTP/1.1 302 Found\r\nLocation: file:///etc/hostname\r\nContent-Length: 0\r\nConnection: close\r\n\r\n"
            .to_vec()
    });
    cannot_be_loaded(&format!("http://{address}/"), &["file:"]);
}

#[test]
fn a_wrong_content_type() {
    let address = serve(|_| response("200 OK", "application/zip", b"PK\x03\x04"));
    cannot_be_loaded(&format!("http://{address}/"), &["application/zip"]);
}

#[test]
fn an_unknown_scheme() {
    cannot_be_loaded("htp://example.org/", &["htp", "http"]);
}

#[test]
fn a_server_that_never_answers() {
    let address = serve(|_| {
        std::thread::sleep(std::time::Duration::from_secs(600));
        Vec::new()
    });
    let (run, size) = screenshot(&format!("http://{address}/"), &["--timeout", "1"]);
    assert_eq!((run.status, size), (3, None), "{}", run.stderr);
}

// --- what is a page all the same ---

#[test]
fn an_empty_body() {
    let address = serve(|_| response("200 OK", "text/html", b""));
    draws(&format!("http://{address}/"));
    draws(&Folder::new().file("empty.html", ""));
}

#[test]
fn http_errors_show_what_the_server_sent_and_say_so() {
    for status in ["404 Not Found", "500 Internal Server Error"] {
        let address = serve(move |_| response(status, "text/html", b"<h1>Something is wrong</h1>"));
        let (run, size) = screenshot(&format!("http://{address}/"), &[]);
        assert_eq!((run.status, size), (0, Some((1280, 800))), "{}", run.stderr);
        assert!(run.stderr.contains(&status[..3]), "{}", run.stderr);
    }
}

#[test]
fn binary_garbage_as_html() {
    // A fixed sequence that looks random: the same on every machine.
    let mut state = 0x2545_f491_4f6c_dd1du64;
    let garbage: Vec<u8> = (0..200_000)
        .map(|_| {
            state ^= state << 13;
            state ^= state >> 7;
            state ^= state << 17;
            state as u8
        })
        .collect();
    let address = serve(move |_| response("200 OK", "text/html", &garbage));
    draws(&format!("http://{address}/"));
}

#[test]
fn truncated_images_and_fonts() {
    let png = include_bytes!("../../../tests/goldens/images/support/quarters.png");
    let font = include_bytes!("../../../assets/fonts/liberation/LiberationSans-Regular.ttf");
    let folder = Folder::new();
    folder.file("half.png", &png[..png.len() / 2]);
    folder.file("none.png", &png[..20]);
    folder.file("half.ttf", &font[..font.len() / 2]);
    folder.file("none.woff2", b"wOF2\0\x01\0\0");
    draws(&folder.file(
        "page.html",
        "<style>@font-face { font-family: a; src: url(half.ttf) } @font-face { font-family: b; src: url(none.woff2) }\
         p { font-family: a, b; background: url(half.png) }</style><p>text<img src=half.png><img src=none.png>",
    ));
}

#[test]
fn a_stylesheet_that_is_html() {
    let folder = Folder::new();
    folder.file(
        "style.css",
        "<!doctype html><html><body><h1>404</h1><style>p { color: red }</style></body></html>",
    );
    draws(&folder.file("page.html", "<link rel=stylesheet href=style.css><p>text"));
}

#[test]
fn missing_subresources() {
    draws(&Folder::new().file(
        "page.html",
        "<link rel=stylesheet href=gone.css><style>@import 'gone-too.css'; p { background: url(gone.png) }</style>\
         <p>text<img src=gone.jpg><iframe src=gone.html></iframe>",
    ));
}

#[test]
fn a_hundred_thousand_nested_elements() {
    draws(&Folder::new().file("deep.html", "<div>".repeat(100_000) + "bottom"));
}

#[test]
fn deep_xml() {
    let page = format!(
        "<html xmlns='http://www.w3.org/1999/xhtml'><body>{}x{}</body></html>",
        "<div>".repeat(20_000),
        "</div>".repeat(20_000)
    );
    draws(&Folder::new().file("deep.xhtml", page));
}

#[test]
fn a_table_of_fifty_thousand_cells() {
    let row = format!("<tr>{}", "<td>x".repeat(100));
    draws(&Folder::new().file("table.html", format!("<table>{}</table>", row.repeat(500))));
}

#[test]
fn a_box_a_million_px_wide() {
    let page =
        "<body><div style='width: 1000000px; height: 1000000px; background: linear-gradient(red, blue)'>wide";
    let path = Folder::new();
    let page = path.file("wide.html", page);
    draws(&page);
    let (run, size) = screenshot(&page, &["--full-page"]);
    assert_eq!(run.status, 0, "{}", run.stderr);
    let (width, height) = size.unwrap();
    assert!(u64::from(width) * u64::from(height) <= 1 << 28, "{width}x{height}");
}

#[test]
fn a_line_of_ten_megabytes() {
    draws(&Folder::new().file("line.html", "word ".repeat(2_000_000)));
}

#[test]
fn a_word_of_a_megabyte() {
    draws(&Folder::new().file("word.html", "w".repeat(1_000_000)));
}

#[test]
fn styles_that_refer_to_themselves() {
    draws(&Folder::new().file(
        "cycle.html",
        "<style>:root { --a: var(--b) var(--b); --b: var(--a); width: var(--a, calc(1px / 0)) }\
         @import url(cycle.html); p { width: calc((((((1px)))))) }</style><p>text",
    ));
}

#[test]
fn a_page_that_holds_itself() {
    let folder = Folder::new();
    draws(&folder.file("frame.html", "<iframe src=frame.html></iframe><iframe src=frame.html></iframe>"));
}

// --- misuse ---

#[test]
fn misuse_is_told_apart_from_failure() {
    assert_eq!(fanlight(&["screenshot"], b"").status, 2);
    assert_eq!(fanlight(&["dump", "reflow", "a.html"], b"").status, 2);
    assert_eq!(fanlight(&["screenshot", "about:blank", "-o", "/no/such/folder/a.png"], b"").status, 2);
    let run = fanlight(&["screenshot", "about:blank", "-o", "a.png", "--selector", "p:::"], b"");
    assert_eq!(run.status, 2);
    assert!(run.stderr.contains("p:::"), "{}", run.stderr);
}

#[test]
fn a_selector_that_matches_nothing_says_what_to_do() {
    let (run, size) = screenshot("about:start", &["--selector", "#no-such-element"]);
    assert_eq!((run.status, size), (2, None));
    assert!(run.stderr.contains("dump dom"), "{}", run.stderr);
}

#[test]
fn misuse_says_what_to_do() {
    let folder = Folder::new();
    let page = folder.file("page.html", "<p>x");
    let directory = folder.path("").display().to_string();
    let png = folder.path("a.png").display().to_string();
    let screenshot = |more: &[&str]| fanlight(&[&["screenshot", &page], more].concat(), b"");
    for (more, words) in [
        (&["-o", &*png, "--selector", "p["][..], "not a valid selector: it ends too soon"),
        (&["-o", &png, "--selector", "p:nope"], "unknown pseudo-class"),
        (&["-o", &png, "--timeout", "-1"], "number of seconds above 0"),
        (&["-o", &png, "--scale", "-1"], "from 0.1 to 16"),
        (&["-o", &png, "--user-style", "/no/such.css"], "check that it exists"),
        (&["-o", &png, "--user-style", &directory], "name a file in it"),
        (&["-o", &directory], "name a file in it"),
        (&["-o", "/no/such/folder/a.png"], "check that the folder exists"),
    ] {
        let run = screenshot(more);
        assert!(run.status == 2 && run.stderr.contains(words), "{more:?}: {} {}", run.status, run.stderr);
    }
    let run = fanlight(&["test", &page], b"");
    assert!(run.status == 2 && run.stderr.contains("name a folder"), "{}", run.stderr);
    let run = fanlight(&["bench", "reflow", &page], b"");
    assert!(run.status == 2 && run.stderr.contains("fetch, dom, cssom"), "{}", run.stderr);
}
