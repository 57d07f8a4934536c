//! Whether a response may be stored, and which of its fields.
//! <https://www.rfc-editor.org/rfc/rfc9111#section-3>

use url::{Position, Url};

use super::directives::{Directives, members};
use super::entry::StoredHead;
use super::freshness::{self, Times, is_heuristically_cacheable};
use super::range;
use super::vary::selecting_fields;
use crate::headers::HeaderList;
use crate::headers::content_length;
use crate::response::ResponseHead;

/// The request as far as a cache is concerned.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Asked<'a> {
    pub(crate) key: &'a str,
    pub(crate) method: &'a str,
    /// The fields as sent.
    pub(crate) headers: &'a HeaderList,
}

/// What is stored of a response, or why nothing is, in words.
pub(super) fn storable(
    asked: Asked<'_>,
    response: &ResponseHead,
    times: Times,
    largest: u64,
) -> Result<StoredHead, String> {
    let headers = &response.headers;
    let directives = Directives::of(headers);
    let no = |why: &str| Err(why.to_owned());
    match asked.method {
        "GET" => {}
        "POST" if answers_later_gets(response, &directives) => {}
        method => return Err(format!("answers to {method} are not stored")),
    }
    if Directives::of(asked.headers).has("no-store") {
        return no("the request says no-store");
    }
    if directives.has("must-understand") {
        // Whoever knows what the status asks of caches may ignore the no-store that stands beside.
        if !is_understood(response.status) {
            return Err(format!("must-understand, and the status {} is not known", response.status));
        }
    } else if directives.has("no-store") {
        return no("no-store");
    }
    if response.status < 200 || response.status == 304 {
        return Err(format!("the status {} stands for no response of its own", response.status));
    }
    let is_allowed = directives.has("public")
        || directives.has("private")
        || directives.has("max-age")
        || headers.contains("expires")
        || is_heuristically_cacheable(response.status);
    if !is_allowed {
        return Err(format!("the status {} is stored only where a lifetime is said", response.status));
    }
    let Some(selecting) = selecting_fields(asked.headers, headers) else {
        return no("Vary: * matches no later request");
    };
    if content_length(headers).ok().flatten().is_some_and(|length| length > largest) {
        return Err(format!("it is larger than {largest} bytes"));
    }
    let part = match response.status {
        206 => match range::content_range(headers) {
            Some(part) => Some(part),
            None => return no("partial content that does not say which single part it is"),
        },
        _ => None,
    };
    Ok(StoredHead::new(
        asked.key.to_owned(),
        selecting,
        response.status,
        response.status_text.clone(),
        &stored_fields(headers, times),
        response.protocol,
        times,
        part,
    ))
}

/// Whether an answer to POST says itself that it is what GET would bring, and for how long.
/// <https://www.rfc-editor.org/rfc/rfc9110#section-9.3.3>
fn answers_later_gets(response: &ResponseHead, directives: &Directives) -> bool {
    let is_explicit = directives.has("max-age") || response.headers.contains("expires");
    let location = response.headers.get("content-location").and_then(|text| response.url.join(&text).ok());
    let without_fragment = Position::AfterQuery;
    let is_own = |location: Url| location[..without_fragment] == response.url[..without_fragment];
    response.status == 200 && is_explicit && location.is_some_and(is_own)
}

/// The codes whose demands on caches are met here.
/// <https://www.rfc-editor.org/rfc/rfc9110#section-15>
const fn is_understood(status: u16) -> bool {
    matches!(status, 200..=206 | 300..=305 | 307 | 308 | 400..=417 | 421 | 422 | 426 | 500..=505)
}

/// The fields that are about this connection, not about the response.
/// <https://www.rfc-editor.org/rfc/rfc9111#section-3.1>
fn is_hop_by_hop(name: &str) -> bool {
    const NAMES: [&str; 10] = [
        "connection",
        "keep-alive",
        "proxy-authenticate",
        "proxy-authentication-info",
        "proxy-authorization",
        "proxy-connection",
        "te",
        "trailer",
        "transfer-encoding",
        "upgrade",
    ];
    NAMES.iter().any(|other| name.eq_ignore_ascii_case(other))
}

/// The fields that are stored. A response without a date gets the moment of its coming.
pub(super) fn stored_fields(headers: &HeaderList, times: Times) -> HeaderList {
    let named: Vec<String> = members(&headers.get("connection").unwrap_or_default()).collect();
    let is_named = |name: &str| named.iter().any(|other| other.eq_ignore_ascii_case(name));
    let mut stored: HeaderList =
        headers.iter().filter(|(name, _)| !is_hop_by_hop(name) && !is_named(name)).collect();
    let has_date =
        stored.get_all("date").next().and_then(|text| freshness::date(text, times.received)).is_some();
    if !has_date {
        stored.set("date", httpdate::fmt_http_date(times.received));
    }
    stored
}

#[cfg(test)]
mod tests {
    use std::time::{Duration, SystemTime};

    use super::super::entry::Part;
    use super::*;
    use crate::memory::MemoryFetcher;

    const KEY: &str = "http://a/";

    fn times() -> Times {
        let now = SystemTime::UNIX_EPOCH + Duration::from_secs(1_700_000_000);
        Times { requested: now, received: now }
    }

    fn stored(
        method: &str,
        request: &[(&str, &str)],
        status: u16,
        response: &[(&str, &str)],
    ) -> Result<StoredHead, String> {
        let mut head = MemoryFetcher::html_head(KEY);
        head.status = status;
        head.headers = response.iter().copied().collect();
        let headers = request.iter().copied().collect();
        storable(Asked { key: KEY, method, headers: &headers }, &head, times(), 1000)
    }

    fn is_stored(status: u16, response: &[(&str, &str)]) -> bool {
        stored("GET", &[], status, response).is_ok()
    }

    fn cache_control(value: &str) -> Vec<(&str, &str)> {
        vec![("Cache-Control", value)]
    }

    #[test]
    fn no_store_of_either_side_is_obeyed() {
        assert!(!is_stored(200, &cache_control("max-age=60, No-Store")));
        let why =
            stored("GET", &[("Cache-Control", "no-store")], 200, &cache_control("max-age=60")).unwrap_err();
        assert!(why.contains("the request"), "{why}");
    }

    #[test]
    fn must_understand_goes_before_no_store_where_the_status_is_known() {
        let fields = cache_control("max-age=60, no-store, must-understand");
        assert!(is_stored(200, &fields));
        assert!(!is_stored(599, &fields));
        assert!(!is_stored(599, &cache_control("max-age=60, must-understand")));
    }

    #[test]
    fn unknown_statuses_are_stored_where_a_lifetime_is_said() {
        for status in [201, 299, 302, 307, 403, 499, 500, 503, 599] {
            assert!(is_stored(status, &cache_control("max-age=60")), "{status}");
            assert!(is_stored(status, &[("Expires", "0")]), "{status}");
            assert!(is_stored(status, &cache_control("public")), "{status}");
            assert!(!is_stored(status, &[]), "{status}");
        }
        assert!(is_stored(404, &[]));
    }

    #[test]
    fn a_private_cache_stores_what_is_private_and_what_needs_a_password() {
        assert!(is_stored(200, &cache_control("private")));
        let request = [("Authorization", "Basic eDp5")];
        assert!(stored("GET", &request, 200, &cache_control("max-age=60")).is_ok());
    }

    #[test]
    fn only_answers_to_get_are_stored_and_posts_that_say_so() {
        for method in ["HEAD", "PUT", "DELETE", "OPTIONS", "PATCH"] {
            assert!(stored(method, &[], 200, &cache_control("max-age=60")).is_err(), "{method}");
        }
        let same = [("Cache-Control", "max-age=60"), ("Content-Location", "/")];
        let other = [("Cache-Control", "max-age=60"), ("Content-Location", "/x")];
        assert!(stored("POST", &[], 200, &same).is_ok());
        assert!(stored("POST", &[], 200, &other).is_err());
        assert!(stored("POST", &[], 200, &same[1..]).is_err());
    }

    #[test]
    fn what_is_too_large_or_varies_by_everything_is_not_stored() {
        assert!(!is_stored(200, &[("Content-Length", "1001")]));
        assert!(is_stored(200, &[("Content-Length", "1000")]));
        assert!(!is_stored(200, &[("Vary", "*"), ("Cache-Control", "max-age=60")]));
    }

    #[test]
    fn parts_are_stored_where_they_say_which_they_are() {
        let part = [("Content-Range", "bytes 0-4/10"), ("Cache-Control", "max-age=60")];
        let head = stored("GET", &[], 206, &part).unwrap();
        assert_eq!(head.part, Some(Part { first: 0, complete: 10 }));
        for range in ["bytes 0-4/*", "lines 0-4/10", "bytes */10"] {
            assert!(!is_stored(206, &[("Content-Range", range), part[1]]), "{range}");
        }
        assert!(!is_stored(206, &part[1..]));
    }

    #[test]
    fn fields_about_the_connection_are_not_stored() {
        let fields = [
            ("Connection", "a, B"),
            ("A", "1"),
            ("b", "2"),
            ("c", "3"),
            ("TE", "x"),
            ("Proxy-Connection", "x"),
            ("Transfer-Encoding", "chunked"),
            ("Keep-Alive", "1"),
            ("Upgrade", "x"),
            ("Proxy-Authenticate", "x"),
        ];
        let head = stored("GET", &[], 200, &fields).unwrap();
        let headers = head.headers();
        let names: Vec<&str> = headers.iter().map(|(name, _)| name).collect();
        assert_eq!(names, ["c", "date"]);
    }

    #[test]
    fn what_has_no_date_is_dated_when_it_comes() {
        let date =
            |fields: &[(&str, &str)]| stored("GET", &[], 200, fields).unwrap().headers().get("date").unwrap();
        assert_eq!(date(&[]), httpdate::fmt_http_date(times().received));
        assert_eq!(date(&[("Date", "yesterday")]), httpdate::fmt_http_date(times().received));
        assert_eq!(date(&[("Date", "Sun, 06 Nov 1994 08:49:37 GMT")]), "Sun, 06 Nov 1994 08:49:37 GMT");
    }
}
