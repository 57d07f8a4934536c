//! Which cookies go along with what a page loads, and with the pages that it leads to.
#![allow(clippy::unwrap_used, reason = "a test may panic")]

#[path = "../../fetch/tests/support/server.rs"]
mod support;

use std::io::Write;

use fanlight_base::Silent;
use fanlight_fetch::ReferrerPolicy;
use fanlight_page::{Environment, Page, PageOptions, Source};
use support::{After, LONG, Seen, Server, response};
use url::Url;

/// Under two names it is two sites. Every page sets a cookie of each kind.
fn server() -> Server {
    Server::start(|seen, stream| {
        let port = seen.field("host").unwrap().rsplit(':').next().unwrap().to_owned();
        let html = match seen.path() {
            "/around" => format!("<iframe src=http://localhost:{port}/frame></iframe><img src=/own.gif>"),
            "/frame" => format!("<img src=/inner.gif><img src=http://127.0.0.1:{port}/outer.gif>"),
            _ => String::new(),
        };
        let fields = [
            ("Content-Type", "text/html"),
            ("Set-Cookie", "s=1; SameSite=Strict"),
            ("Set-Cookie", "l=2; SameSite=Lax"),
            ("Set-Cookie", "n=3; SameSite=None; Secure"),
        ];
        stream.write_all(&response("200 OK", &fields, html.as_bytes())).unwrap();
        After::KeepOpen
    })
}

fn url(server: &Server, host: &str, path: &str) -> Source {
    Source::Url(Url::parse(&format!("http://{host}:{}{path}", server.address.port())).unwrap())
}

fn load(environment: &Environment, source: Source) -> Page {
    Page::load(environment, source, PageOptions { timeout: LONG, ..PageOptions::default() }, &Silent).unwrap()
}

fn last<'a>(seen: &'a [Seen], path: &str) -> &'a Seen {
    seen.iter().rev().find(|seen| seen.path() == path).unwrap_or_else(|| panic!("{path} was not asked for"))
}

fn cookies(server: &Server, path: &str) -> String {
    last(&server.seen(), path).field("cookie").unwrap_or_default().to_owned()
}

#[test]
fn a_frame_of_another_site_gets_only_what_is_for_every_site() {
    let (server, environment) = (server(), Environment::new(true));
    load(&environment, url(&server, "localhost", "/"));
    load(&environment, url(&server, "127.0.0.1", "/around"));
    assert_eq!(cookies(&server, "/own.gif"), "s=1; l=2; n=3", "the page's own");
    assert_eq!(cookies(&server, "/frame"), "n=3", "the frame");
    assert_eq!(cookies(&server, "/inner.gif"), "n=3", "what the frame loads from its own site");
    assert_eq!(cookies(&server, "/outer.gif"), "n=3", "what the frame loads from the page's site");
    load(&environment, url(&server, "localhost", "/frame"));
    assert_eq!(cookies(&server, "/inner.gif"), "s=1; l=2; n=3", "in a window of its own");
}

#[test]
fn a_link_from_another_site_takes_no_strict_cookies_along() {
    let (server, environment) = (server(), Environment::new(true));
    load(&environment, url(&server, "localhost", "/"));
    let page = load(&environment, url(&server, "127.0.0.1", "/"));
    let lead = |path: &str, policy| {
        let mut linked = page.start_linked(url(&server, "localhost", path), PageOptions::default(), policy);
        while linked.is_loading() {
            linked.advance(&Silent);
            std::thread::sleep(std::time::Duration::from_millis(1));
        }
    };
    lead("/linked", None);
    lead("/untold", Some(ReferrerPolicy::NoReferrer));
    assert_eq!(cookies(&server, "/linked"), "l=2; n=3");
    let seen = server.seen();
    let referer = last(&seen, "/linked").field("referer");
    assert_eq!(referer, Some(format!("http://{}/", server.address).as_str()));
    assert_eq!(last(&seen, "/untold").field("referer"), None, "a link with rel=noreferrer");
    load(&environment, url(&server, "localhost", "/typed"));
    assert_eq!(cookies(&server, "/typed"), "s=1; l=2; n=3", "the user himself goes there with all");
}
