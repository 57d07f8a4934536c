//! What a page's policies let it load, apply, frame and send.
#![allow(clippy::unwrap_used, reason = "a test may panic")]

#[path = "../../fetch/tests/support/server.rs"]
mod support;

use std::io::Write;
use std::sync::Arc;
use std::time::Duration;

use fanlight_base::geometry::CssSize;
use fanlight_base::{DumpFormat, Severity, Silent};
use fanlight_fetch::log::Outcome;
use fanlight_fetch::{HeaderList, MemoryFetcher};
use fanlight_page::{Artefact, Environment, Page, PageOptions, Source};
use fanlight_text::{FontContext, FontSource};
use support::{After, LONG, Server, response};
use url::Url;

/// Sets the width of `p` to 77 px.
const SHEET: &str = "p { width: 77px }";
/// Its hash, made with `openssl dgst -sha256 -binary | base64`.
const SHEET_HASH: &str = "sha256-lyPw4E9qS8eO0oxxOarQr0K5FxB8aeeQusbpjIW9gQE=";

const GIF: &[u8] =
    b"GIF89a\x01\x00\x01\x00\x80\x00\x00\xff\x00\x00\x00\x00\x00!\xf9\x04\x00\x00\x00\x00\x00,\x00\x00\
    \x00\x00\x01\x00\x01\x00\x00\x02\x02D\x01\x00;";

fn fields(pairs: &[(&str, &str)]) -> HeaderList {
    pairs.iter().copied().collect()
}

/// A table with the page `https://a.example/` and header fields of its.
fn page_with(headers: &[(&str, &str)], html: &str) -> MemoryFetcher {
    let mut headers = fields(headers);
    headers.append("Content-Type", "text/html; charset=utf-8");
    let html = format!("<!DOCTYPE html>{html}");
    MemoryFetcher::new().with_response("https://a.example/", 200, headers, html)
}

fn csp(policy: &str, html: &str) -> MemoryFetcher {
    page_with(&[("Content-Security-Policy", policy)], html)
}

struct Loaded {
    page: Page,
    environment: Environment,
}

impl Loaded {
    fn new(fetcher: MemoryFetcher) -> Self {
        let environment =
            Environment::with(Arc::new(fetcher), Arc::new(FontContext::new(FontSource::Pinned)));
        let options = PageOptions {
            viewport: CssSize::new(200.0, 100.0),
            timeout: Duration::from_secs(10),
            ..PageOptions::default()
        };
        let source = Source::Url(Url::parse("https://a.example/").unwrap());
        let page = Page::load(&environment, source, options, &Silent).unwrap();
        Loaded { page, environment }
    }

    /// Whether something got the width of [`SHEET`].
    fn is_styled(&mut self) -> bool {
        self.page.dump(Artefact::Styles(Default::default()), DumpFormat::Text, &Silent).contains("77px")
    }

    /// What is wrong, with what to do about it.
    fn told(&self) -> String {
        let diagnostics = self.page.diagnostics();
        diagnostics.iter().map(|diagnostic| format!("{diagnostic}\n")).collect()
    }

    /// What was asked for beside the page, and whether it came.
    fn requests(&self) -> Vec<(String, bool)> {
        let entries = self.environment.network_log().entries().into_iter().skip(1);
        entries.map(|entry| (entry.url.to_string(), matches!(entry.outcome, Outcome::Done { .. }))).collect()
    }
}

fn came(url: &str) -> (String, bool) {
    (url.to_owned(), true)
}

fn refused(url: &str) -> (String, bool) {
    (url.to_owned(), false)
}

#[test]
fn what_a_policy_forbids_is_not_loaded_and_it_says_where_to_allow_it() {
    let html = "<link rel=stylesheet href=https://b.example/x.css><img src=/own.gif><img src=https://b.example/x.gif>\
        <p style='background: url(https://b.example/y.gif)'>x";
    let fetcher = csp("default-src 'self'; style-src * 'unsafe-inline'", html)
        .with("https://b.example/x.css", "text/css", SHEET)
        .with("https://a.example/own.gif", "image/gif", GIF)
        .with("https://b.example/x.gif", "image/gif", GIF);
    let mut loaded = Loaded::new(fetcher);
    assert!(loaded.is_styled());
    let mut requests = loaded.requests();
    requests.sort();
    let expected = [
        came("https://a.example/own.gif"),
        came("https://b.example/x.css"),
        refused("https://b.example/x.gif"),
        refused("https://b.example/y.gif"),
    ];
    assert_eq!(requests, expected);
    let told = loaded.told();
    assert!(told.contains("'default-src 'self'' forbids loading https://b.example/x.gif"), "{told}");
    assert!(told.contains("https://b.example would have to be in img-src"), "{told}");
}

#[test]
fn style_elements_need_a_nonce_a_hash_or_leave() {
    let styled = |policy: &str, element: &str| {
        let mut loaded = Loaded::new(csp(policy, &format!("{element}{SHEET}</style><p>x")));
        (loaded.is_styled(), loaded.told())
    };
    let (is_styled, told) = styled("style-src 'self'", "<style>");
    assert!(!is_styled);
    assert!(told.contains("forbids a <style> element: p { width: 77px }"), "{told}");
    assert!(told.contains(SHEET_HASH), "{told}");
    assert!(styled(&format!("style-src '{SHEET_HASH}'"), "<style>").0);
    assert!(styled("style-src 'nonce-x'", "<style nonce=x>").0);
    assert!(!styled("style-src 'nonce-x'", "<style nonce=y>").0);
    assert!(styled("style-src 'unsafe-inline'", "<style>").0);
    assert!(styled("img-src 'none'", "<style>").0);
}

#[test]
fn style_attributes_are_not_applied_that_are_forbidden() {
    let html = "<p style='width: 77px'>x";
    let mut forbidden = Loaded::new(csp("style-src 'self'", html));
    assert!(!forbidden.is_styled());
    assert!(forbidden.told().contains("forbids a style attribute: width: 77px"), "{}", forbidden.told());
    assert!(!Loaded::new(csp("style-src-attr 'none'; style-src 'unsafe-inline'", html)).is_styled());
    assert!(Loaded::new(csp("style-src 'unsafe-inline'", html)).is_styled());
    assert!(Loaded::new(csp("style-src-elem 'none'", html)).is_styled());
}

#[test]
fn a_report_only_policy_tells_and_lets_everything_through() {
    let headers = [("Content-Security-Policy-Report-Only", "img-src 'none'; style-src 'none'")];
    let html = format!("<style>{SHEET}</style><p>x<img src=/x.gif>");
    let mut loaded =
        Loaded::new(page_with(&headers, &html).with("https://a.example/x.gif", "image/gif", GIF));
    assert!(loaded.is_styled());
    assert_eq!(loaded.requests(), [came("https://a.example/x.gif")]);
    let told = loaded.told();
    assert!(told.contains("would forbid loading https://a.example/x.gif"), "{told}");
    assert!(told.contains("would forbid a <style> element"), "{told}");
    assert!(
        loaded.page.diagnostics().iter().all(|diagnostic| diagnostic.severity == Severity::Warning),
        "{told}"
    );
    let remarks = &loaded.environment.network_log().entries()[1].remarks;
    assert!(remarks[0].contains("would forbid"), "{remarks:?}");
}

#[test]
fn a_policy_of_the_document_holds_from_where_it_stands() {
    let policy = "<meta http-equiv=Content-Security-Policy content=\"img-src 'none'; style-src 'none'\">";
    let fetcher = |html: &str| {
        page_with(&[], html).with("https://a.example/1.gif", "image/gif", GIF).with(
            "https://a.example/2.gif",
            "image/gif",
            GIF,
        )
    };
    let mut in_head = Loaded::new(fetcher(&format!("{policy}<p style='width: 77px'><img src=1.gif>")));
    assert!(!in_head.is_styled());
    assert_eq!(in_head.requests(), [refused("https://a.example/1.gif")]);
    let in_body = Loaded::new(fetcher(&format!("<body>{policy}<img src=1.gif>")));
    assert_eq!(in_body.requests(), [came("https://a.example/1.gif")], "it counts in the head alone");
}

#[test]
fn a_document_that_begins_anew_declares_its_policies_once() {
    let html = format!(
        "<!DOCTYPE html><meta http-equiv=Content-Security-Policy content=\"style-src 'none'\"><!--{}-->\
         <meta charset=iso-8859-5><p style='width: 77px'>x",
        "-".repeat(2000)
    );
    let mut loaded = Loaded::new(MemoryFetcher::new().with("https://a.example/", "text/html", html));
    assert!(!loaded.is_styled());
    assert_eq!(loaded.told().matches("forbids a style attribute").count(), 1, "{}", loaded.told());
}

#[test]
fn links_and_their_preloads_need_the_same_leave() {
    let html = "<link rel=stylesheet href=x.css nonce=wrong><link rel=stylesheet href=x.css nonce=right><p>x";
    let fetcher = csp("style-src 'nonce-right'", html).with("https://a.example/x.css", "text/css", SHEET);
    let mut loaded = Loaded::new(fetcher);
    assert!(loaded.is_styled(), "{}", loaded.told());
    assert_eq!(loaded.requests(), [refused("https://a.example/x.css"), came("https://a.example/x.css")]);
}

#[test]
fn a_base_that_is_forbidden_is_no_base() {
    let html = "<base href=https://b.example/><img src=x.gif>";
    let fetcher = csp("base-uri 'self'", html).with("https://a.example/x.gif", "image/gif", GIF);
    let loaded = Loaded::new(fetcher);
    assert_eq!(loaded.requests(), [came("https://a.example/x.gif")]);
    assert!(loaded.told().contains("forbids the base address https://b.example/"), "{}", loaded.told());
}

#[test]
fn a_document_without_an_address_has_policies_and_base_of_the_one_around_it() {
    let html = "<base href=/dir/><iframe srcdoc='<img src=1.gif><img src=https://b.example/2.gif>'></iframe>";
    let fetcher = csp("img-src 'self'", html).with("https://a.example/dir/1.gif", "image/gif", GIF);
    let loaded = Loaded::new(fetcher);
    let expected = [came("https://a.example/dir/1.gif"), refused("https://b.example/2.gif")];
    assert_eq!(loaded.requests(), expected);
}

#[test]
fn a_frame_that_may_not_be_shown_shows_why() {
    let frame = |headers: &[(&str, &str)]| {
        let mut headers = fields(headers);
        headers.append("Content-Type", "text/html");
        page_with(&[], "<iframe src=https://b.example/></iframe>").with_response(
            "https://b.example/",
            200,
            headers,
            "<img src=x.gif>",
        )
    };
    let shown = Loaded::new(frame(&[("Content-Security-Policy", "frame-ancestors https://a.example")]));
    assert_eq!(shown.requests()[1].0, "https://b.example/x.gif");
    for (name, value, reason) in [
        ("X-Frame-Options", "DENY", "its header says X-Frame-Options: DENY"),
        ("X-Frame-Options", "SAMEORIGIN", "may not be shown inside of https://a.example"),
        ("Content-Security-Policy", "frame-ancestors 'self'", "'frame-ancestors 'self''"),
    ] {
        let refused_frame = Loaded::new(frame(&[(name, value)]));
        let told = refused_frame.told();
        assert!(told.contains(reason), "{told}");
        // The page in its place is drawn with the built-in sheet.
        assert_eq!(refused_frame.requests(), [refused("https://b.example/"), refused("about:style")]);
    }
}

#[test]
fn what_may_be_framed_is_the_pages_to_say_too() {
    let html =
        "<iframe src=https://b.example/></iframe><object type=text/html data=https://c.example/></object>";
    let fetcher = csp("frame-src https://c.example; object-src 'none'", html)
        .with("https://b.example/", "text/html", "b")
        .with("https://c.example/", "text/html", "c");
    let loaded = Loaded::new(fetcher);
    let requests = loaded.requests();
    assert_eq!(requests[..2], [refused("https://b.example/"), refused("https://c.example/")]);
    assert!(loaded.told().contains("https://c.example would have to be in object-src"), "{}", loaded.told());
}

#[test]
fn only_the_expected_bytes_are_used() {
    let link = |attributes: &str, url: &str| format!("<link rel=stylesheet href={url} {attributes}><p>x");
    let styled =
        |html: &str| {
            let open = fields(&[("Content-Type", "text/css"), ("Access-Control-Allow-Origin", "*")]);
            let fetcher = page_with(&[], html)
                .with("https://a.example/x.css", "text/css", SHEET)
                .with_response("https://b.example/x.css", 200, open, SHEET);
            let mut loaded = Loaded::new(fetcher);
            (loaded.is_styled(), loaded.told())
        };
    let right = format!("integrity={SHEET_HASH}");
    assert!(styled(&link(&right, "x.css")).0);
    let (is_styled, told) = styled(&link("integrity=sha256-AAAA", "x.css"));
    assert!(!is_styled && told.contains(SHEET_HASH), "{told}");
    let (is_styled, told) = styled(&link(&right, "https://b.example/x.css"));
    assert!(!is_styled && told.contains("crossorigin"), "{told}");
    assert!(styled(&link(&format!("{right} crossorigin"), "https://b.example/x.css")).0);
}

#[test]
fn fonts_and_marked_elements_need_leave_of_their_server() {
    let html = "<style>@font-face { font-family: f; src: url(https://b.example/f.woff) } p { font-family: f }</style>\
        <p>x<img src=https://b.example/x.gif><img crossorigin src=https://b.example/x.gif>";
    let fetcher = page_with(&[], html).with("https://b.example/f.woff", "font/woff", "no font").with(
        "https://b.example/x.gif",
        "image/gif",
        GIF,
    );
    let loaded = Loaded::new(fetcher);
    let mut requests = loaded.requests();
    requests.sort();
    let gif = "https://b.example/x.gif";
    assert_eq!(requests, [refused("https://b.example/f.woff"), refused(gif), came(gif)]);
    assert!(loaded.told().contains("would have to be https://a.example or *"), "{}", loaded.told());
}

#[test]
fn an_encrypted_page_loads_nothing_in_plain_text() {
    let html = "<link rel=stylesheet href=http://a.example/x.css><img src=http://b.example/x.gif>";
    let fetcher = page_with(&[], html).with("http://a.example/x.css", "text/css", SHEET).with(
        "https://b.example/x.gif",
        "image/gif",
        GIF,
    );
    let mut loaded = Loaded::new(fetcher);
    assert!(!loaded.is_styled());
    assert_eq!(loaded.requests(), [refused("http://a.example/x.css"), came("http://b.example/x.gif")]);
    let remarks = &loaded.environment.network_log().entries()[2].remarks;
    assert!(remarks[0].contains("asked for as https://b.example/x.gif"), "{remarks:?}");
    assert!(loaded.told().contains("mixed content"), "{}", loaded.told());
}

#[test]
fn a_sheet_of_another_origin_has_to_say_that_it_is_one_even_in_quirks_mode() {
    let fetcher = |url: &str| {
        let html = format!("<link rel=stylesheet href={url}><p>x");
        let headers = fields(&[("Content-Type", "text/html")]);
        MemoryFetcher::new()
            .with_response("https://a.example/", 200, headers, html)
            .with("https://a.example/x", "text/plain", SHEET)
            .with("https://b.example/x", "text/plain", SHEET)
    };
    assert!(Loaded::new(fetcher("/x")).is_styled());
    assert!(!Loaded::new(fetcher("https://b.example/x")).is_styled());
}

/// The `Referer` fields of what a page asks for, by path.
fn referrers(
    headers: &'static [(&'static str, &'static str)],
    html: &'static str,
) -> Vec<(String, Option<String>)> {
    let server = Server::start(move |seen, stream| {
        let answer = match seen.path() {
            "/page?q" => {
                let mut all = vec![("Content-Type", "text/html; charset=utf-8")];
                all.extend(headers);
                response("200 OK", &all, html.as_bytes())
            }
            _ => response("404 Not Found", &[], b""),
        };
        stream.write_all(&answer).unwrap();
        After::KeepOpen
    });
    let options = PageOptions { timeout: LONG, ..PageOptions::default() };
    Page::load(&Environment::new(true), Source::Url(server.url("/page?q")), options, &Silent).unwrap();
    let origin = format!("http://{}", server.address);
    let told = |value: &str| value.replace(&origin, "");
    let mut seen: Vec<(String, Option<String>)> = server
        .seen()
        .iter()
        .skip(1)
        .map(|seen| (seen.path().to_owned(), seen.field("referer").map(told)))
        .collect();
    seen.sort();
    seen
}

#[test]
fn how_much_of_the_referrer_is_told_is_the_pages_and_the_elements_to_say() {
    let told = |path: &str, referrer: Option<&str>| (path.to_owned(), referrer.map(str::to_owned));
    let html = "<!DOCTYPE html><img src=/1><img src=/2 referrerpolicy=no-referrer><img src=/3 referrerpolicy=origin>";
    let full = Some("/page?q");
    assert_eq!(referrers(&[], html), [told("/1", full), told("/2", None), told("/3", Some("/"))]);
    let by_header = referrers(&[("Referrer-Policy", "no-referrer, origin")], html);
    assert_eq!(by_header, [told("/1", Some("/")), told("/2", None), told("/3", Some("/"))]);
    let by_meta = "<!DOCTYPE html><meta name=referrer content=never><img src=/1><iframe src=/2></iframe>\
        <img src=/3 referrerpolicy=unsafe-url>";
    assert_eq!(referrers(&[], by_meta), [told("/1", None), told("/2", None), told("/3", full)]);
}

/// Loads a page of a server whose every answer has these fields, `loaded` being told when that is done, and returns what the
/// server was asked then.
fn reported(headers: &'static [(&'static str, &'static str)], html: &'static str) -> Vec<support::Seen> {
    let server = Server::start(move |seen, stream| {
        let answer = match seen.path() {
            "/page" => response("200 OK", headers, html.as_bytes()),
            _ => response("204 No Content", &[], b""),
        };
        let _ = stream.write_all(&answer);
        After::KeepOpen
    });
    let environment = Environment::new(true);
    let options = PageOptions { timeout: LONG, ..PageOptions::default() };
    Page::load(&environment, Source::Url(server.url("/page")), options, &Silent).unwrap();
    environment.fetcher().wait_for_reports(LONG);
    server.seen().into_iter().filter(|seen| seen.method() != "GET").collect()
}

fn body(seen: &support::Seen) -> serde_json::Value {
    serde_json::from_slice(&seen.body).unwrap()
}

#[test]
fn violations_are_reported_when_the_page_has_loaded_and_each_once() {
    let seen = reported(
        &[
            ("Content-Type", "text/html"),
            ("Content-Security-Policy", "img-src 'none'; report-uri /enforced"),
            ("Content-Security-Policy-Report-Only", "style-src 'none'; report-uri /only"),
        ],
        "<!doctype html><img src=/a.gif><img src=/a.gif>\n<style>p{}</style>\n<p style='color:red'><p style='color:red'>",
    );
    let mut told: Vec<(String, String, String)> = seen
        .iter()
        .map(|seen| {
            let report = body(seen)["csp-report"].clone();
            let text = |name: &str| report[name].as_str().unwrap_or_default().to_owned();
            (seen.path().to_owned(), text("effective-directive"), text("disposition"))
        })
        .collect();
    told.sort();
    let expected = [
        ("/enforced", "img-src", "enforce"),
        ("/only", "style-src-attr", "report"),
        ("/only", "style-src-elem", "report"),
    ];
    assert_eq!(
        told,
        expected.map(|(path, directive, disposition)| (path.into(), directive.into(), disposition.into()))
    );
    let sheet =
        seen.iter().map(body).find(|body| body["csp-report"]["effective-directive"] == "style-src-elem");
    assert_eq!(sheet.unwrap()["csp-report"]["line-number"], 2);
    assert!(seen.iter().all(|seen| seen.field("content-type") == Some("application/csp-report")));
    assert!(seen.iter().all(|seen| seen.field("sec-fetch-dest") == Some("report")));
}

#[test]
fn reports_go_to_the_endpoint_that_the_page_names() {
    let seen = reported(
        &[
            ("Content-Type", "text/html"),
            ("Reporting-Endpoints", "main=\"/reports\""),
            ("Content-Security-Policy", "img-src 'none'; report-to main; report-uri /old"),
        ],
        "<!doctype html><img src=/a.gif>",
    );
    let [seen] = &seen[..] else { panic!("{seen:?}") };
    assert_eq!((seen.method(), seen.path()), ("POST", "/reports"));
    assert_eq!(seen.field("content-type"), Some("application/reports+json"));
    assert_eq!(body(seen)[0]["body"]["effectiveDirective"], "img-src");
}

#[test]
fn a_page_does_not_wait_for_an_endpoint_that_never_answers() {
    let server = Server::start(|seen, stream| match seen.path() {
        "/page" => {
            let fields =
                [("Content-Type", "text/html"), ("Content-Security-Policy", "img-src 'none'; report-uri /r")];
            let _ = stream.write_all(&response("200 OK", &fields, b"<img src=/a>"));
            After::KeepOpen
        }
        _ => {
            std::thread::sleep(LONG);
            After::Close
        }
    });
    let environment = Environment::new(true);
    let options = PageOptions { timeout: LONG, ..PageOptions::default() };
    let page = Page::load(&environment, Source::Url(server.url("/page")), options, &Silent).unwrap();
    assert!(!page.is_loading());
    let entries = environment.network_log().entries();
    assert!(entries.iter().any(|entry| entry.method == "POST" && entry.outcome == Outcome::Pending));
}
