//! Redirects.
//! <https://fetch.spec.whatwg.org/#http-redirect-fetch>

use url::Url;

use crate::error::FetchErrorKind;
use crate::headers::HeaderList;
use crate::log::{CacheVerdict, EntryWriter, HopResponse};
use crate::request::{Mode, Origin, ReferrerPolicy, Request};
use crate::response::{Protocol, ResponseHead, Tainting};

/// Where a redirect leads.
pub(crate) struct NextHop {
    pub(crate) location: Url,
    /// The status that sends there.
    pub(crate) status: u16,
    /// How much of the response the page sees so far.
    pub(crate) tainting: Tainting,
    /// How much of the referrer is told from now on, where the redirect says so.
    pub(crate) referrer_policy: Option<ReferrerPolicy>,
}

/// Where a response sends to; none where it does not redirect.
/// <https://fetch.spec.whatwg.org/#concept-response-location-url>
pub(crate) fn location(head: &ResponseHead, current: &Url) -> Option<Result<Url, FetchErrorKind>> {
    if !matches!(head.status, 301 | 302 | 303 | 307 | 308) {
        return None;
    }
    let value = head.headers.get("location")?;
    // Bytes outside ASCII are UTF-8 where they can be.
    let bytes: Vec<u8> = value.chars().map(|c| u8::try_from(c).unwrap_or(b'?')).collect();
    let text = String::from_utf8(bytes).unwrap_or(value);
    Some(match current.join(&text) {
        Ok(mut location) => {
            if location.fragment().is_none() {
                location.set_fragment(current.fragment());
            }
            Ok(location)
        }
        Err(_) => Err(FetchErrorKind::RedirectBlocked { location: text, reason: "it is not a valid URL" }),
    })
}

/// Makes of a request the one that a redirect asks for.
pub(crate) fn follow(request: &mut Request, next: NextHop) -> Result<(), FetchErrorKind> {
    let NextHop { location, status, tainting, referrer_policy } = next;
    let blocked = |reason| FetchErrorKind::RedirectBlocked { location: location.to_string(), reason };
    if !matches!(location.scheme(), "http" | "https") {
        return Err(blocked("only http: and https: URLs may be redirected to"));
    }
    let same_origin = location.origin() == request.url.origin();
    let has_credentials = !location.username().is_empty() || location.password().is_some();
    if request.mode == Mode::Cors && has_credentials && !request.origin.is_same_as(&location) {
        return Err(blocked("a request across origins may not be sent to a URL with a password"));
    }
    if tainting == Tainting::Cors && has_credentials {
        return Err(blocked("a request that has left its origin may not be sent to a URL with a password"));
    }
    if request.mode == Mode::SameOrigin && !request.origin.is_same_as(&location) {
        return Err(blocked("the request may not leave its origin"));
    }
    let becomes_get = match status {
        301 | 302 => request.method == "POST",
        303 => !matches!(request.method.as_str(), "GET" | "HEAD"),
        _ => false,
    };
    if becomes_get {
        "GET".clone_into(&mut request.method);
        request.body = None;
        // <https://fetch.spec.whatwg.org/#request-body-header-name>
        for name in
            ["Content-Encoding", "Content-Language", "Content-Location", "Content-Type", "Content-Length"]
        {
            request.headers.delete(name);
        }
    }
    if !same_origin {
        request.headers.delete("Authorization");
        // A page whose request is sent on by another origin can vouch for it no longer.
        // <https://fetch.spec.whatwg.org/#concept-request-tainted-origin>
        if request.mode == Mode::Cors
            && matches!(request.origin, Origin::Page(_))
            && !request.origin.is_same_as(&request.url)
        {
            request.origin = Origin::Page(url::Origin::new_opaque());
        }
    }
    // <https://w3c.github.io/webappsec-referrer-policy/#set-requests-referrer-policy-on-redirect>
    request.referrer_policy = referrer_policy.or(request.referrer_policy);
    request.url = location;
    Ok(())
}

/// Enters into the log that a URL is asked by `https:` instead, as the redirect that the server would have sent.
pub(super) fn log_upgrade(entry: &EntryWriter, request: &Request, upgraded: &Url, why: &str) {
    entry.begin_hop(&request.url, &request.method, &HeaderList::new());
    entry.hop_response(HopResponse {
        status: 307,
        status_text: "Internal Redirect".to_owned(),
        protocol: Protocol::Internal,
        headers: HeaderList::from_iter([("Location", upgraded.as_str()), ("Non-Authoritative-Reason", why)]),
        remote_address: None,
    });
    entry.cache_verdict(CacheVerdict::Local);
}

#[cfg(test)]
mod tests {
    use bytes::Bytes;

    use super::*;
    use crate::headers::HeaderList;
    use crate::memory::MemoryFetcher;

    fn url(text: &str) -> Url {
        Url::parse(text).unwrap()
    }

    fn to(location: &str, status: u16) -> NextHop {
        NextHop { location: url(location), status, tainting: Tainting::Basic, referrer_policy: None }
    }

    fn located(status: u16, value: &str, current: &str) -> Option<String> {
        let mut head = MemoryFetcher::html_head(current);
        head.status = status;
        head.headers = HeaderList::from_iter([("Location", value)]);
        location(&head, &url(current))
            .map(|location| location.map_or_else(|kind| kind.to_string(), Into::into))
    }

    fn post() -> Request {
        let mut request = Request::navigation(url("http://a/form"));
        request.method = "POST".to_owned();
        request.body = Some(Bytes::from_static(b"x=1"));
        request.headers = HeaderList::from_iter([("Content-Type", "text/plain"), ("Authorization", "x")]);
        request
    }

    #[test]
    fn locations_are_relative_and_inherit_the_fragment() {
        assert_eq!(located(302, "../c?d", "http://a/b/x#f").as_deref(), Some("http://a/c?d#f"));
        assert_eq!(located(302, "#g", "http://a/b#f").as_deref(), Some("http://a/b#g"));
        assert_eq!(located(301, "/\u{c3}\u{a9}", "http://a/").as_deref(), Some("http://a/%C3%A9"));
        assert_eq!(located(200, "/x", "http://a/"), None);
        assert_eq!(located(304, "/x", "http://a/"), None);
        assert!(located(302, "http://[", "http://a/").unwrap().contains("not a valid URL"));
    }

    #[test]
    fn a_form_is_sent_once_except_where_the_status_says_again() {
        for (status, method, body) in
            [(301, "GET", None), (303, "GET", None), (307, "POST", Some("x=1")), (308, "POST", Some("x=1"))]
        {
            let mut request = post();
            follow(&mut request, to("http://a/next", status)).unwrap();
            assert_eq!(request.method, method, "{status}");
            assert_eq!(request.body.as_deref(), body.map(str::as_bytes), "{status}");
            assert_eq!(request.headers.contains("content-type"), body.is_some(), "{status}");
            assert!(request.headers.contains("authorization"));
        }
    }

    #[test]
    fn head_stays_head_even_after_303() {
        let mut request = Request::navigation(url("http://a/"));
        request.method = "HEAD".to_owned();
        follow(&mut request, to("http://a/x", 303)).unwrap();
        assert_eq!(request.method, "HEAD");
    }

    #[test]
    fn passwords_do_not_go_to_other_origins() {
        let mut request = post();
        follow(&mut request, to("http://b/", 307)).unwrap();
        assert!(!request.headers.contains("authorization"));
    }

    #[test]
    fn what_has_left_its_origin_is_not_sent_to_a_url_with_a_password() {
        let mut request = post();
        request.mode = Mode::Cors;
        request.origin = Origin::of(&url("http://a/"));
        let next = |tainting| NextHop { tainting, ..to("http://user:secret@a/", 302) };
        assert!(follow(&mut request.clone(), next(Tainting::Basic)).is_ok());
        assert!(follow(&mut request, next(Tainting::Cors)).is_err());
    }

    #[test]
    fn the_network_cannot_send_into_files() {
        for target in ["file:///etc/passwd", "data:,x", "about:blank", "ftp://a/"] {
            let error = follow(&mut post(), to(target, 302)).unwrap_err();
            assert!(error.to_string().contains(target), "{error}");
        }
    }
}
