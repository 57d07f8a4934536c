//! The question that goes before a request that crosses origins with more than a form could send.
//! <https://fetch.spec.whatwg.org/#cors-preflight-fetch>

use std::time::Duration;

use super::check::check;
use super::preflight_cache::Permissions;
use super::safelist::{is_safelisted_method, unsafe_header_names};
use crate::error::FetchErrorKind;
use crate::headers::{HeaderList, is_token};
use crate::limits::MAX_PREFLIGHT_AGE;
use crate::request::{CacheMode, Credentials, Mode, RedirectMode, Request};
use crate::response::{ResponseHead, Tainting};

/// How long an answer holds that does not say so.
const DEFAULT_AGE: Duration = Duration::from_secs(5);

/// What has to be asked for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Question {
    /// The method, unless it needs no permission.
    pub(crate) method: Option<String>,
    /// The header fields that need permission, in lower case and in order.
    pub(crate) header_names: Vec<String>,
}

impl Question {
    /// What a request has to ask for before it is sent; none where every server has to be prepared for it. Header fields
    /// that are added on the way to the network need no permission; `own_fields` are those that were there before.
    /// <https://fetch.spec.whatwg.org/#main-fetch>, step 12, and <https://fetch.spec.whatwg.org/#http-fetch>, step 4
    pub(crate) fn of(request: &Request, tainting: Tainting, own_fields: &HeaderList) -> Option<Self> {
        if tainting != Tainting::Cors || request.mode != Mode::Cors {
            return None;
        }
        let method = (!is_safelisted_method(&request.method)).then(|| request.method.clone());
        let mut header_names = unsafe_header_names(&request.headers);
        header_names.retain(|name| own_fields.contains(name));
        (method.is_some() || !header_names.is_empty()).then_some(Question { method, header_names })
    }

    /// The question as a request.
    pub(crate) fn request(&self, request: &Request) -> Request {
        let mut headers = HeaderList::from_iter([("Accept", "*/*")]);
        headers.append("Access-Control-Request-Method", request.method.as_str());
        if !self.header_names.is_empty() {
            headers.append("Access-Control-Request-Headers", self.header_names.join(","));
        }
        Request {
            method: "OPTIONS".to_owned(),
            headers,
            body: None,
            credentials: Credentials::Omit,
            cache: CacheMode::NoStore,
            redirect: RedirectMode::Manual,
            ..request.clone()
        }
    }

    /// What the answer permits.
    ///
    /// # Errors
    /// It does not permit all that was asked for.
    pub(crate) fn judge(
        &self,
        request: &Request,
        head: &ResponseHead,
    ) -> Result<Permissions, FetchErrorKind> {
        check(request, &head.headers).or_else(|error| blocked(format!("of its preflight, {error}")))?;
        if !head.is_ok() {
            return blocked(format!(
                "CORS: the server answered the preflight (OPTIONS) with the status {}, which would have to be one of \
                 200 to 299",
                head.status
            ));
        }
        let with_credentials = request.credentials == Credentials::Include;
        let methods = tokens(&head.headers, "access-control-allow-methods")?;
        let names = tokens(&head.headers, "access-control-allow-headers")?;
        let has_star = |list: &[String]| !with_credentials && list.iter().any(|item| item == "*");
        if let Some(method) = &self.method
            && !methods.contains(method)
            && !has_star(&methods)
        {
            return blocked(format!(
                "CORS: the method {method} is not allowed; {method} would have to be in the header \
                 Access-Control-Allow-Methods of the preflight's answer{}",
                there_is(&methods)
            ));
        }
        let is_named = |name: &str| names.iter().any(|other| other.eq_ignore_ascii_case(name));
        // A wildcard does not stand for passwords. <https://fetch.spec.whatwg.org/#cors-non-wildcard-request-header-name>
        let is_allowed = |name: &&String| is_named(name) || (has_star(&names) && *name != "authorization");
        if let Some(name) = self.header_names.iter().find(|name| !is_allowed(name)) {
            return blocked(format!(
                "CORS: the header {name} is not allowed; {name} would have to be in the header \
                 Access-Control-Allow-Headers of the preflight's answer{}",
                there_is(&names)
            ));
        }
        Ok(Permissions { methods, header_names: names, max_age: max_age(&head.headers) })
    }
}

fn blocked<T>(reason: String) -> Result<T, FetchErrorKind> {
    Err(FetchErrorKind::Blocked { reason })
}

/// What there is instead.
fn there_is(list: &[String]) -> String {
    match list {
        [] => ", which has no such header".to_owned(),
        list => format!(", where there is {}", list.join(", ")),
    }
}

/// <https://fetch.spec.whatwg.org/#extract-header-list-values>
fn tokens(headers: &HeaderList, name: &str) -> Result<Vec<String>, FetchErrorKind> {
    let Some(values) = headers.get_decode_and_split(name) else { return Ok(Vec::new()) };
    // Lists may have empty members. <https://www.rfc-editor.org/rfc/rfc9110#section-5.6.1>
    let values: Vec<String> = values.into_iter().filter(|value| !value.is_empty()).collect();
    match values.iter().find(|value| !is_token(value)) {
        None => Ok(values),
        Some(wrong) => {
            let reason =
                format!("CORS: the preflight's answer has a malformed header {name}: {wrong:?} is no token");
            blocked(reason)
        }
    }
}

fn max_age(headers: &HeaderList) -> Duration {
    let value = headers.get("access-control-max-age");
    let digits =
        value.as_deref().filter(|value| !value.is_empty() && value.bytes().all(|byte| byte.is_ascii_digit()));
    match digits {
        // What is too long for a number is longer than the limit too.
        Some(digits) => digits.parse().map_or(MAX_PREFLIGHT_AGE, Duration::from_secs).min(MAX_PREFLIGHT_AGE),
        None => DEFAULT_AGE,
    }
}

#[cfg(test)]
mod tests {
    use url::Url;

    use super::*;
    use crate::memory::MemoryFetcher;
    use crate::request::{Destination, Initiator, InitiatorKind};

    fn put(headers: &[(&str, &str)]) -> Request {
        let url = |text: &str| Url::parse(text).unwrap();
        let initiator = Initiator::new(InitiatorKind::Script, url("https://a/"));
        let mut request = Request::subresource(url("https://b/x"), Destination::Empty, initiator);
        request.mode = Mode::Cors;
        request.credentials = Credentials::SameOrigin;
        request.method = "PUT".to_owned();
        request.headers = headers.iter().copied().collect();
        request
    }

    fn judged(request: &Request, status: u16, fields: &[(&str, &str)]) -> Result<Permissions, String> {
        let mut head = MemoryFetcher::html_head("https://b/x");
        head.status = status;
        head.headers = fields.iter().copied().chain([("Access-Control-Allow-Origin", "*")]).collect();
        Question::of(request, Tainting::Cors, &request.headers)
            .unwrap()
            .judge(request, &head)
            .map_err(|kind| kind.to_string())
    }

    #[test]
    fn the_question_names_method_and_fields() {
        let request = put(&[("X-B", "1"), ("Accept", "*/*"), ("Authorization", "x")]);
        let question = Question::of(&request, Tainting::Cors, &request.headers).unwrap();
        let asked = question.request(&request);
        assert_eq!(asked.method, "OPTIONS");
        assert_eq!(asked.headers.get("access-control-request-method").as_deref(), Some("PUT"));
        assert_eq!(asked.headers.get("access-control-request-headers").as_deref(), Some("authorization,x-b"));
        assert_eq!(asked.credentials, Credentials::Omit);
    }

    #[test]
    fn forms_and_own_origins_are_not_asked_about() {
        let mut request = put(&[("Content-Type", "text/plain")]);
        assert!(Question::of(&request, Tainting::Basic, &request.headers).is_none());
        request.method = "POST".to_owned();
        assert!(Question::of(&request, Tainting::Cors, &request.headers).is_none());
        request.headers.set("content-type", "application/json");
        assert_eq!(
            Question::of(&request, Tainting::Cors, &request.headers).unwrap().header_names,
            ["content-type"]
        );
    }

    #[test]
    fn everything_asked_for_has_to_be_permitted() {
        const METHODS: &str = "Access-Control-Allow-Methods";
        const HEADERS: &str = "Access-Control-Allow-Headers";
        let request = put(&[("X-B", "1")]);
        assert!(judged(&request, 204, &[(METHODS, "PUT"), (HEADERS, "x-a, X-b")]).is_ok());
        assert!(judged(&request, 200, &[(METHODS, "*"), (HEADERS, "*")]).is_ok());
        assert!(judged(&request, 301, &[(METHODS, "*"), (HEADERS, "*")]).unwrap_err().contains("301"));
        let error = judged(&request, 200, &[(METHODS, "put"), (HEADERS, "x-b")]).unwrap_err();
        assert!(error.contains("PUT would have to be in the header Access-Control-Allow-Methods"), "{error}");
        let error = judged(&request, 200, &[(METHODS, "PUT")]).unwrap_err();
        assert!(error.contains("x-b would have to be in the header Access-Control-Allow-Headers"), "{error}");
        assert!(
            judged(&request, 200, &[(METHODS, "PUT, (x"), (HEADERS, "*")]).unwrap_err().contains("malformed")
        );
        let with_password = put(&[("Authorization", "x")]);
        assert!(judged(&with_password, 200, &[(METHODS, "*"), (HEADERS, "*")]).is_err());
        assert!(judged(&with_password, 200, &[(METHODS, "*"), (HEADERS, "*, authorization")]).is_ok());
    }

    #[test]
    fn ages_are_limited() {
        let age =
            |value: &str| max_age(&HeaderList::from_iter([("Access-Control-Max-Age", value)])).as_secs();
        assert_eq!(["60", "0", "-1", "x", "", "99999999999999999999999"].map(age), [60, 0, 5, 5, 5, 7200]);
        assert_eq!(max_age(&HeaderList::new()), DEFAULT_AGE);
    }
}
