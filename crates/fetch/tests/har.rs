//! HAR that is written fulfils HAR 1.2. <http://www.softwareishard.com/blog/har-12-spec/>
#![allow(clippy::unwrap_used, reason = "a test fails by panicking")]

mod support;

use std::io::Write;
use std::sync::Arc;

use fanlight_fetch::log::PageMoment;
use fanlight_fetch::log::har::to_har;
use fanlight_fetch::{
    Bytes, Destination, Fetcher, Initiator, InitiatorKind, NetworkFetcher, RecordingFetcher, Request, Url,
};
use serde_json::Value;
use support::{After, LONG, Server, get, ok, redirect, response};

/// What kind of value a field has.
#[derive(Clone, Copy)]
enum Kind {
    Text,
    Number,
    Flag,
    Date,
    List(&'static [Field]),
    Object(&'static [Field]),
}

/// A field: its name, its kind, whether it must be there.
type Field = (&'static str, Kind, bool);

const NAME_VALUE: &[Field] = &[("name", Kind::Text, true), ("value", Kind::Text, true)];
const COOKIE: &[Field] = &[
    ("name", Kind::Text, true),
    ("value", Kind::Text, true),
    ("path", Kind::Text, false),
    ("domain", Kind::Text, false),
    ("expires", Kind::Date, false),
    ("httpOnly", Kind::Flag, false),
    ("secure", Kind::Flag, false),
    ("sameSite", Kind::Text, false),
];
const REQUEST: &[Field] = &[
    ("method", Kind::Text, true),
    ("url", Kind::Text, true),
    ("httpVersion", Kind::Text, true),
    ("cookies", Kind::List(COOKIE), true),
    ("headers", Kind::List(NAME_VALUE), true),
    ("queryString", Kind::List(NAME_VALUE), true),
    ("postData", Kind::Object(POST_DATA), false),
    ("headersSize", Kind::Number, true),
    ("bodySize", Kind::Number, true),
];
const POST_DATA: &[Field] =
    &[("mimeType", Kind::Text, true), ("params", Kind::List(NAME_VALUE), true), ("text", Kind::Text, true)];
const RESPONSE: &[Field] = &[
    ("status", Kind::Number, true),
    ("statusText", Kind::Text, true),
    ("httpVersion", Kind::Text, true),
    ("cookies", Kind::List(COOKIE), true),
    ("headers", Kind::List(NAME_VALUE), true),
    ("content", Kind::Object(CONTENT), true),
    ("redirectURL", Kind::Text, true),
    ("headersSize", Kind::Number, true),
    ("bodySize", Kind::Number, true),
];
const CONTENT: &[Field] = &[
    ("size", Kind::Number, true),
    ("compression", Kind::Number, false),
    ("mimeType", Kind::Text, true),
    ("text", Kind::Text, false),
    ("encoding", Kind::Text, false),
    ("comment", Kind::Text, false),
];
const TIMINGS: &[Field] = &[
    ("blocked", Kind::Number, false),
    ("dns", Kind::Number, false),
    ("connect", Kind::Number, false),
    ("ssl", Kind::Number, false),
    ("send", Kind::Number, true),
    ("wait", Kind::Number, true),
    ("receive", Kind::Number, true),
];
const CACHE: &[Field] = &[
    ("beforeRequest", Kind::Object(CACHE_STATE), false),
    ("afterRequest", Kind::Object(CACHE_STATE), false),
    ("comment", Kind::Text, false),
];
const CACHE_STATE: &[Field] = &[
    ("expires", Kind::Date, false),
    ("lastAccess", Kind::Date, true),
    ("eTag", Kind::Text, true),
    ("hitCount", Kind::Number, true),
];
const ENTRY: &[Field] = &[
    ("pageref", Kind::Text, false),
    ("startedDateTime", Kind::Date, true),
    ("time", Kind::Number, true),
    ("request", Kind::Object(REQUEST), true),
    ("response", Kind::Object(RESPONSE), true),
    ("cache", Kind::Object(CACHE), true),
    ("timings", Kind::Object(TIMINGS), true),
    ("serverIPAddress", Kind::Text, false),
    ("connection", Kind::Text, false),
];
const PAGE: &[Field] = &[
    ("startedDateTime", Kind::Date, true),
    ("id", Kind::Text, true),
    ("title", Kind::Text, true),
    (
        "pageTimings",
        Kind::Object(&[("onContentLoad", Kind::Number, false), ("onLoad", Kind::Number, false)]),
        true,
    ),
];
const CREATOR: &[Field] = &[("name", Kind::Text, true), ("version", Kind::Text, true)];
const LOG: &[Field] = &[
    ("version", Kind::Text, true),
    ("creator", Kind::Object(CREATOR), true),
    ("pages", Kind::List(PAGE), false),
    ("entries", Kind::List(ENTRY), true),
];

/// Checks an object: every field that must be there is, every field is of its kind, and what the format does not know
/// begins with an underscore.
fn check(value: &Value, fields: &[Field], place: &str) {
    let object = value.as_object().unwrap_or_else(|| panic!("{place} is no object: {value}"));
    for &(name, kind, is_required) in fields {
        let place = format!("{place}.{name}");
        match object.get(name) {
            Some(value) => check_kind(value, kind, &place),
            None => assert!(!is_required, "{place} is missing in {value}"),
        }
    }
    for name in object.keys() {
        let is_known = fields.iter().any(|(known, ..)| known == name);
        assert!(is_known || name.starts_with('_'), "{place}.{name} is not of HAR 1.2");
    }
}

fn check_kind(value: &Value, kind: Kind, place: &str) {
    match kind {
        Kind::Text => assert!(value.is_string(), "{place}: {value}"),
        Kind::Number => assert!(value.is_number(), "{place}: {value}"),
        Kind::Flag => assert!(value.is_boolean(), "{place}: {value}"),
        Kind::Date => {
            let text = value.as_str().unwrap();
            let is_date = text.len() == 24 && text.ends_with('Z') && text.as_bytes()[10] == b'T';
            assert!(is_date, "{place}: {value}");
        }
        Kind::List(fields) => {
            for (index, item) in value.as_array().unwrap().iter().enumerate() {
                check(item, fields, &format!("{place}[{index}]"));
            }
        }
        Kind::Object(fields) => check(value, fields, place),
    }
}

fn header<'a>(message: &'a Value, name: &str) -> Option<&'a str> {
    let fields = message["headers"].as_array().unwrap();
    let field = fields.iter().find(|field| field["name"].as_str().unwrap().eq_ignore_ascii_case(name))?;
    field["value"].as_str()
}

/// A page with a redirect, cookies, a form, a failure and what is not HTTP.
fn load(fetcher: &dyn Fetcher, server: &Server) {
    let page = server.url("/?a=1&b=%20#top");
    let id = fetcher.log().begin_page(&page);
    fetcher.fetch(Request::navigation(page.clone()), LONG).unwrap();
    fetcher.log().page_reached(id, PageMoment::FirstPaint);
    fetcher.log().page_reached(id, PageMoment::DomContentLoaded);
    fetcher.log().page_title(id, "A page");
    let initiator = || Initiator::new(InitiatorKind::Parser, page.clone()).at_line(12);
    let mut sheet = Request::subresource(server.url("/style"), Destination::Style, initiator());
    sheet.render_blocking = true;
    sheet.headers.append("Cookie", "id=7; theme=dark");
    fetcher.fetch(sheet, LONG).unwrap();
    let mut form = Request::navigation(server.url("/form"));
    form.method = "POST".to_owned();
    form.headers.append("Content-Type", "application/x-www-form-urlencoded");
    form.body = Some(Bytes::from_static(b"name=x+y"));
    fetcher.fetch(form, LONG).unwrap();
    let image = Request::subresource(server.url("/nothing"), Destination::Image, initiator());
    fetcher.fetch(image, LONG).unwrap_err();
    fetcher.fetch(Request::navigation(Url::parse("data:,x").unwrap()), LONG).unwrap();
    fetcher.fetch(Request::navigation(Url::parse("gopher://x/").unwrap()), LONG).unwrap_err();
    fetcher.log().page_reached(id, PageMoment::Load);
}

fn server() -> Server {
    Server::start(|seen, stream| {
        let answer = match seen.path() {
            "/style" => redirect(302, "/style.css"),
            "/style.css" => response(
                "200 OK",
                &[
                    ("Content-Type", "text/css"),
                    ("Set-Cookie", "id=8; Path=/; HttpOnly; Expires=Wed, 01 Jan 2031 00:00:00 GMT"),
                ],
                b"p{}",
            ),
            "/nothing" => return After::Close,
            _ => ok(b"<p>"),
        };
        stream.write_all(&answer).unwrap();
        After::KeepOpen
    })
}

#[test]
fn har_fulfils_the_format_with_and_without_bodies() {
    let server = server();
    let recorder = RecordingFetcher::new(Arc::new(NetworkFetcher::new()));
    load(&recorder, &server);
    for har in [to_har(recorder.log()), recorder.to_har()] {
        check(&har["log"], LOG, "log");
        assert_eq!(har["log"]["version"], "1.2");
    }
}

#[test]
fn har_says_what_devtools_say() {
    let server = server();
    let fetcher = NetworkFetcher::new();
    load(&fetcher, &server);
    let har = to_har(fetcher.log());
    let page = &har["log"]["pages"][0];
    assert_eq!((&page["title"], &page["id"]), (&"A page".into(), &"page_1".into()));
    let moment = |name: &str| page["pageTimings"][name].as_f64().unwrap();
    assert!(0.0 < moment("_firstPaint") && moment("onContentLoad") <= moment("onLoad"));
    let entries = har["log"]["entries"].as_array().unwrap();
    assert_eq!(entries.len(), 7, "each exchange is an entry");
    let document = &entries[0];
    assert_eq!(document["pageref"], "page_1");
    assert_eq!(document["request"]["url"], server.url("/?a=1&b=%20").as_str());
    assert_eq!(document["request"]["queryString"][1]["value"], " ");
    assert_eq!(
        (&document["_resourceType"], &document["_priority"]),
        (&"document".into(), &"VeryHigh".into())
    );
    let (moved, sheet) = (&entries[1], &entries[2]);
    assert_eq!(
        (&moved["response"]["status"], &moved["response"]["redirectURL"]),
        (&302.into(), &"/style.css".into())
    );
    assert_eq!((&sheet["_resourceType"], &sheet["_renderBlocking"]), (&"stylesheet".into(), &true.into()));
    assert_eq!(sheet["_initiator"]["type"], "parser");
    assert_eq!(sheet["_initiator"]["lineNumber"], 11, "DevTools count from 0");
    assert_eq!(header(&moved["request"], "cookie"), Some("id=7; theme=dark"));
    assert_eq!(moved["request"]["cookies"][1]["value"], "dark");
    let set = &sheet["response"]["cookies"][0];
    assert_eq!((&set["httpOnly"], &set["expires"]), (&true.into(), &"2031-01-01T00:00:00.000Z".into()));
    let form = &entries[3];
    assert_eq!(form["request"]["postData"]["params"][0]["value"], "x y");
    assert_eq!(form["request"]["bodySize"], 8);
    let failed = &entries[4];
    assert_eq!(failed["response"]["status"], 0);
    assert!(failed["response"]["_error"].as_str().unwrap().contains("closed the connection"));
    for entry in entries {
        let timings = entry["timings"].as_object().unwrap();
        let parts = ["blocked", "dns", "connect", "send", "wait", "receive"];
        let sum: f64 = parts.iter().map(|part| timings[*part].as_f64().unwrap().max(0.0)).sum();
        assert!(
            (sum - entry["time"].as_f64().unwrap()).abs() < 0.01,
            "time is the sum of its parts: {entry}"
        );
    }
}

#[test]
fn what_the_cache_answered_is_told_with_what_was_stored() {
    let fields =
        [("Cache-Control", "max-age=60"), ("ETag", "\"v1\""), ("Expires", "Fri, 01 Jan 2038 01:01:01 GMT")];
    let server = Server::answering(response("200 OK", &fields, b"body"));
    let fetcher = NetworkFetcher::new();
    for _ in 0..2 {
        get(&fetcher, server.url("/")).unwrap();
    }
    let har = to_har(fetcher.log());
    check(&har["log"], LOG, "log");
    let caches: Vec<&Value> = (0..2).map(|index| &har["log"]["entries"][index]["cache"]).collect();
    assert!(
        caches[0]["beforeRequest"].is_null()
            && caches[0]["comment"].as_str().unwrap().contains("nothing is stored")
    );
    assert_eq!(caches[1]["beforeRequest"]["eTag"], "\"v1\"");
    assert_eq!(caches[1]["beforeRequest"]["expires"], "2038-01-01T01:01:01.000Z");
}
