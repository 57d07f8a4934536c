//! What a server of another origin sees of CORS, and what it has to answer; integrity and referrers on the wire.
#![allow(clippy::unwrap_used, reason = "a test fails by panicking")]

mod support;

use std::io::Write;
use std::sync::Arc;

use fanlight_fetch::policy::cors::visible_headers;
use fanlight_fetch::{
    Client, Credentials, CrossOrigin, Destination, Fetcher, Initiator, InitiatorKind, Mode, NetworkFetcher,
    Request, Response, Tainting, Url,
};
use support::{After, LONG, Seen, Server, response};

/// A server whose answers depend on the request alone.
fn server(answer: impl Fn(&Seen) -> Vec<u8> + Send + Sync + 'static) -> Server {
    Server::start(move |seen, stream| {
        stream.write_all(&answer(seen)).unwrap();
        After::KeepOpen
    })
}

/// A request of a script of a page at `https://page.example/`.
fn of_page(url: Url, method: &str, headers: &[(&str, &str)]) -> Request {
    let page = Url::parse("https://page.example/dir/page").unwrap();
    let initiator = Initiator::new(InitiatorKind::Script, page.clone());
    let request = Request::subresource(url, Destination::Empty, initiator);
    let mut request =
        request.with_cross_origin(CrossOrigin::Anonymous).with_client(&Arc::new(Client::new(page)));
    request.method = method.to_owned();
    request.headers = headers.iter().copied().collect();
    request
}

fn fetch(fetcher: &NetworkFetcher, request: Request) -> Result<Response, String> {
    fetcher.fetch(request, LONG).map_err(|error| error.to_string())
}

const ALLOW: (&str, &str) = ("Access-Control-Allow-Origin", "https://page.example");

#[test]
fn a_preflight_goes_before_and_its_answer_is_kept() {
    let server = server(|seen| match seen.method() {
        "OPTIONS" => response(
            "204 No Content",
            &[
                ALLOW,
                ("Access-Control-Allow-Methods", "PUT, DELETE"),
                ("Access-Control-Allow-Headers", "x-one"),
                ("Access-Control-Max-Age", "100"),
            ],
            b"",
        ),
        _ => response("200 OK", &[ALLOW, ("X-Secret", "1"), ("ETag", "x")], b"done"),
    });
    let fetcher = NetworkFetcher::new();
    let put = || of_page(server.url("/x"), "PUT", &[("X-One", "1"), ("Accept-Language", "de")]);
    let answer = fetch(&fetcher, put()).unwrap();
    assert_eq!((&answer.body[..], answer.head.tainting), (&b"done"[..], Tainting::Cors));
    assert!(!visible_headers(&answer.head, Credentials::SameOrigin).contains("x-secret"));
    fetch(&fetcher, put()).unwrap();
    fetch(&fetcher, of_page(server.url("/x"), "DELETE", &[])).unwrap();
    let seen = server.seen();
    let methods: Vec<&str> = seen.iter().map(Seen::method).collect();
    assert_eq!(methods, ["OPTIONS", "PUT", "PUT", "DELETE"], "one preflight is enough");
    let preflight = &seen[0];
    assert_eq!(preflight.field("origin"), Some("https://page.example"));
    assert_eq!(preflight.field("access-control-request-method"), Some("PUT"));
    assert_eq!(preflight.field("access-control-request-headers"), Some("x-one"));
    assert_eq!(preflight.field("x-one"), None);
    assert_eq!(fetcher.log().entries()[0].hops.len(), 2, "the log shows the preflight");
    let other = of_page(server.url("/y"), "PUT", &[]);
    fetch(&fetcher, other).unwrap();
    assert_eq!(server.seen()[4].method(), "OPTIONS", "another address is asked again");
}

#[test]
fn what_a_preflight_does_not_allow_is_never_sent() {
    let server = server(|seen| match seen.path() {
        "/no-cors" => response("200 OK", &[], b""),
        "/no-method" => response("200 OK", &[ALLOW], b""),
        _ => response("500 Oops", &[ALLOW, ("Access-Control-Allow-Methods", "PUT")], b""),
    });
    let fetcher = NetworkFetcher::new();
    for (path, part) in [
        (
            "/no-cors",
            "no header Access-Control-Allow-Origin, which would have to be https://page.example or *",
        ),
        ("/no-method", "PUT would have to be in the header Access-Control-Allow-Methods"),
        ("/error", "status 500"),
    ] {
        let error = fetch(&fetcher, of_page(server.url(path), "PUT", &[])).unwrap_err();
        assert!(error.contains(part), "{error}");
    }
    assert!(server.seen().iter().all(|seen| seen.method() == "OPTIONS"));
}

#[test]
fn plain_requests_are_sent_and_their_answers_checked() {
    let server = server(|seen| match seen.path() {
        "/open" => response("200 OK", &[("Access-Control-Allow-Origin", "*")], b"open"),
        _ => response("200 OK", &[], b"secret"),
    });
    let fetcher = NetworkFetcher::new();
    assert_eq!(fetch(&fetcher, of_page(server.url("/open"), "GET", &[])).unwrap().body, "open");
    let error = fetch(&fetcher, of_page(server.url("/closed"), "GET", &[])).unwrap_err();
    assert!(error.contains("so a page of https://page.example may not read it"), "{error}");
    let mut with_credentials = of_page(server.url("/open"), "GET", &[]);
    with_credentials.credentials = Credentials::Include;
    assert!(fetch(&fetcher, with_credentials).unwrap_err().contains("not *"));
    let mut opaque = of_page(server.url("/closed"), "GET", &[]);
    opaque.mode = Mode::NoCors;
    assert_eq!(fetch(&fetcher, opaque).unwrap().head.tainting, Tainting::Opaque);
    let mut own = of_page(server.url("/closed"), "GET", &[]);
    own.mode = Mode::SameOrigin;
    assert!(fetch(&fetcher, own).unwrap_err().contains("may not leave its origin"));
}

#[test]
fn a_users_request_is_subject_to_nothing() {
    let server = server(|_| response("200 OK", &[("Cross-Origin-Resource-Policy", "same-origin")], b"all"));
    let mut request = Request::navigation(server.url("/"));
    (request.mode, request.destination) = (Mode::Cors, Destination::Empty);
    request.method = "DELETE".to_owned();
    request.headers.append("X-One", "1");
    let answer = fetch(&NetworkFetcher::new(), request).unwrap();
    assert_eq!((&answer.body[..], answer.head.tainting), (&b"all"[..], Tainting::Basic));
    assert_eq!(server.seen()[0].method(), "DELETE");
}

#[test]
fn redirects_are_checked_too_and_between_origins_the_origin_is_lost() {
    let last = server(|seen| {
        let origin = seen.field("origin").unwrap_or_default().to_owned();
        response("200 OK", &[("Access-Control-Allow-Origin", &origin)], origin.as_bytes())
    });
    let to = last.url("/").to_string();
    let first = server(move |seen| {
        let location = ("Location", to.as_str());
        match seen.path() {
            "/open" => response("302 Found", &[location, ALLOW], b""),
            _ => response("302 Found", &[location], b""),
        }
    });
    let fetcher = NetworkFetcher::new();
    let answer = fetch(&fetcher, of_page(first.url("/open"), "GET", &[])).unwrap();
    assert_eq!(answer.body, "null");
    let error = fetch(&fetcher, of_page(first.url("/closed"), "GET", &[])).unwrap_err();
    assert!(error.contains("Access-Control-Allow-Origin"), "{error}");
    assert_eq!(last.seen().len(), 1, "the second redirect is not followed");
}

#[test]
fn a_redirect_asks_the_policies_again() {
    let target = server(|_| response("200 OK", &[], b"x"));
    let to = target.url("/image").to_string();
    let first = server(move |_| response("302 Found", &[("Location", &to)], b""));
    let page = first.url("/page");
    let mut client = Client::new(page.clone());
    client.policies.add_meta_csp("img-src 'self'", &page, &client.origin.clone());
    let image = Request::subresource(first.url("/image"), Destination::Image, Initiator::navigation());
    let error = fetch(&NetworkFetcher::new(), image.with_client(&Arc::new(client))).unwrap_err();
    assert!(error.contains("'img-src 'self'' forbids loading"), "{error}");
    assert!(target.seen().is_empty());
}

#[test]
fn a_resource_that_is_for_its_own_origin_is_kept_from_others() {
    let server = server(|seen| {
        let value = seen.path().trim_start_matches('/');
        response("200 OK", &[("Cross-Origin-Resource-Policy", value)], b"x")
    });
    let fetcher = NetworkFetcher::new();
    let image = |path: &str| Request { mode: Mode::NoCors, ..of_page(server.url(path), "GET", &[]) };
    assert!(fetch(&fetcher, image("/cross-origin")).is_ok());
    assert!(fetch(&fetcher, image("/same-origin")).unwrap_err().contains("Cross-Origin-Resource-Policy"));
}

#[test]
fn bytes_that_are_not_the_expected_ones_fail_at_their_end() {
    let server =
        server(|_| response("200 OK", &[("Access-Control-Allow-Origin", "*")], b"alert('Hello, world.');"));
    let fetcher = NetworkFetcher::new();
    let with = |integrity: &str, mode| {
        let mut request = of_page(server.url("/x.js"), "GET", &[]);
        (request.integrity, request.mode) = (integrity.to_owned(), mode);
        fetch(&fetcher, request)
    };
    let right = "sha384-H8BRh8j48O9oYatfu5AZzq6A9RINhZO5H16dQZngK7T62em8MUt1FLm52t+eX6xO";
    assert!(with(right, Mode::Cors).is_ok());
    assert!(with(right, Mode::NoCors).unwrap_err().contains("crossorigin"));
    assert!(with("sha384-AAAA", Mode::Cors).unwrap_err().contains(right));
    let outcome = fetcher.log().entries().pop().unwrap().outcome;
    assert!(matches!(outcome, fanlight_fetch::log::Outcome::Failed(_)), "the log knows: {outcome:?}");
}

#[test]
fn a_redirect_can_change_how_much_of_the_referrer_is_told() {
    let server = server(|seen| match seen.path() {
        "/first" => response("302 Found", &[("Location", "/second"), ("Referrer-Policy", "origin")], b""),
        _ => response("200 OK", &[], b""),
    });
    let page = server.url("/dir/page");
    let image = Request::subresource(server.url("/first"), Destination::Image, Initiator::navigation());
    fetch(&NetworkFetcher::new(), image.with_client(&Arc::new(Client::new(page.clone())))).unwrap();
    let seen = server.seen();
    assert_eq!(seen[0].field("referer"), Some(page.as_str()));
    assert_eq!(seen[1].field("referer"), Some(server.url("/").as_str()));
}

#[test]
fn what_must_not_be_guessed_is_not_used_as_something_else() {
    let server = server(|_| {
        let fields = [("X-Content-Type-Options", "nosniff"), ("Content-Type", "text/plain")];
        response("200 OK", &fields, b"p {}")
    });
    let fetcher = NetworkFetcher::new();
    let of = |destination| {
        let initiator = Initiator::new(InitiatorKind::Parser, server.url("/page"));
        fetch(&fetcher, Request::subresource(server.url("/x"), destination, initiator))
    };
    assert!(of(Destination::Style).unwrap_err().contains("text/css"));
    assert!(of(Destination::Script).unwrap_err().contains("text/javascript"));
    assert_eq!(of(Destination::Empty).unwrap().mime_type().essence(), "text/plain");
}
