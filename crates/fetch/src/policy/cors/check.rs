//! Whether a response is for the page's origin.

use crate::error::FetchErrorKind;
use crate::headers::HeaderList;
use crate::request::{Credentials, Request};

/// <https://fetch.spec.whatwg.org/#concept-cors-check>
///
/// # Errors
/// The server does not say that the page's origin may read the response; the error says what it would have to say.
pub(crate) fn check(request: &Request, headers: &HeaderList) -> Result<(), FetchErrorKind> {
    let own = request.origin.serialize();
    let with_credentials = request.credentials == Credentials::Include;
    let wanted = if with_credentials { own.clone() } else { format!("{own} or *") };
    let blocked = |problem: String| {
        let reason = format!("CORS: {problem}, so a page of {own} may not read it");
        Err(FetchErrorKind::Blocked { reason })
    };
    match headers.get("access-control-allow-origin") {
        None => blocked(format!(
            "the response has no header Access-Control-Allow-Origin, which would have to be {wanted}"
        )),
        Some(value) if value == "*" && !with_credentials => Ok(()),
        Some(value) if value == "*" => blocked(format!(
            "the request carries credentials, and then the header Access-Control-Allow-Origin would have to be {own}, \
             not *"
        )),
        Some(value) if value != own => blocked(format!(
            "the response's header Access-Control-Allow-Origin is {value:?} and would have to be {wanted}"
        )),
        Some(_) if !with_credentials => Ok(()),
        Some(_) => match headers.get("access-control-allow-credentials") {
            Some(value) if value == "true" => Ok(()),
            other => {
                let is = other.map_or("is missing".to_owned(), |value| format!("is {value:?}"));
                blocked(format!(
                    "the request carries credentials, and the header Access-Control-Allow-Credentials {is} and would \
                     have to be true"
                ))
            }
        },
    }
}

#[cfg(test)]
mod tests {
    use url::Url;

    use super::*;
    use crate::request::{Destination, Initiator, InitiatorKind};

    fn checked(credentials: Credentials, fields: &[(&str, &str)]) -> Result<(), String> {
        let url = |text: &str| Url::parse(text).unwrap();
        let initiator = Initiator::new(InitiatorKind::FontFace, url("https://a/page"));
        let mut request = Request::subresource(url("https://b/"), Destination::Font, initiator);
        request.credentials = credentials;
        check(&request, &fields.iter().copied().collect()).map_err(|kind| kind.to_string())
    }

    const ORIGIN: &str = "Access-Control-Allow-Origin";
    const CREDENTIALS: &str = "Access-Control-Allow-Credentials";

    #[test]
    fn the_origin_is_named_or_all_are() {
        let omit = |value| checked(Credentials::SameOrigin, &[(ORIGIN, value)]);
        assert!(omit("*").is_ok() && omit("https://a").is_ok());
        for wrong in ["https://a/", "HTTPS://a", "https://b", "null", "*, *", "https://a, https://a", ""] {
            let error = omit(wrong).unwrap_err();
            assert!(error.contains("https://a or *"), "{error}");
        }
        let error = checked(Credentials::Omit, &[]).unwrap_err();
        assert!(error.contains("no header Access-Control-Allow-Origin"), "{error}");
    }

    #[test]
    fn credentials_have_to_be_allowed_by_name() {
        let include = |fields: &[(&str, &str)]| checked(Credentials::Include, fields);
        assert!(include(&[(ORIGIN, "https://a"), (CREDENTIALS, "true")]).is_ok());
        assert!(include(&[(ORIGIN, "*"), (CREDENTIALS, "true")]).unwrap_err().contains("not *"));
        assert!(include(&[(ORIGIN, "https://a")]).unwrap_err().contains(CREDENTIALS));
        assert!(include(&[(ORIGIN, "https://a"), (CREDENTIALS, "True")]).is_err());
    }
}
