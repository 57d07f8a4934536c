//! Which documents a document may be shown inside of: `X-Frame-Options`, and `frame-ancestors` of its policy.
//! <https://html.spec.whatwg.org/multipage/document-lifecycle.html#the-x-frame-options-header>

use url::Url;

use super::csp::CspList;
use crate::error::FetchErrorKind;
use crate::headers::HeaderList;
use crate::request::client::Ancestor;
use crate::request::{Destination, Origin, Request};
use crate::response::ResponseHead;

/// # Errors
/// The response forbids to be shown inside of the documents around it.
pub(crate) fn check(request: &Request, head: &ResponseHead) -> Result<(), FetchErrorKind> {
    let is_frame = matches!(
        request.destination,
        Destination::Iframe | Destination::Frame | Destination::Object | Destination::Embed
    );
    let Some(client) = request.client.as_ref().filter(|_| is_frame) else { return Ok(()) };
    let ancestors = client.ancestors_inside();
    let csp = CspList::from_headers(&head.headers, &head.url.origin());
    let urls: Vec<Url> = ancestors.iter().map(|ancestor| address(&ancestor.origin)).collect();
    let violations = csp.check_ancestors(&head.url, &urls);
    let enforced = violations.iter().find(|violation| violation.is_enforced());
    let blocked = enforced.map(|violation| format!("{violation}; {}", violation.hint()));
    client.report(violations);
    if let Some(reason) = blocked {
        return Err(FetchErrorKind::Blocked { reason });
    }
    if csp.has_frame_ancestors() {
        return Ok(());
    }
    check_frame_options(&head.headers, &head.url, &ancestors)
}

/// <https://html.spec.whatwg.org/multipage/document-lifecycle.html#check-a-navigation-response's-adherence-to-x-frame-options>
fn check_frame_options(
    headers: &HeaderList,
    url: &Url,
    ancestors: &[Ancestor],
) -> Result<(), FetchErrorKind> {
    let Some(values) = headers.get_decode_and_split("x-frame-options") else { return Ok(()) };
    let mut options: Vec<String> = Vec::new();
    for value in values {
        let value = value.to_ascii_lowercase();
        if !options.contains(&value) {
            options.push(value);
        }
    }
    let blocked = |reason: String| Err(FetchErrorKind::Blocked { reason });
    let is_known = |option: &String| matches!(&**option, "deny" | "allowall" | "sameorigin");
    match &options[..] {
        [_, _, ..] if options.iter().any(is_known) => blocked(format!(
            "it may not be shown inside of another page: its header X-Frame-Options says several things at once: {}",
            options.join(", ")
        )),
        [option] if option == "deny" => blocked(
            "it may not be shown inside of another page: its header says X-Frame-Options: DENY".to_owned(),
        ),
        [option] if option == "sameorigin" => {
            let own = Origin::Page(url.origin());
            match ancestors.iter().find(|ancestor| ancestor.origin != own) {
                Some(ancestor) => blocked(format!(
                    "it may not be shown inside of {}: its header says X-Frame-Options: SAMEORIGIN, and all pages \
                     around it would have to be of {}",
                    ancestor.origin.serialize(),
                    own.serialize()
                )),
                None => Ok(()),
            }
        }
        _ => Ok(()),
    }
}

/// The address of an origin, for source lists; of one that has none, an address that no list has.
fn address(origin: &Origin) -> Url {
    let nowhere = || Url::parse("data:,").expect("a constant that parses");
    match origin {
        Origin::Page(origin @ url::Origin::Tuple(..)) => {
            Url::parse(&origin.ascii_serialization()).unwrap_or_else(|_| nowhere())
        }
        _ => nowhere(),
    }
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use super::*;
    use crate::memory::MemoryFetcher;
    use crate::request::{Client, Initiator};

    /// What becomes of a frame of `https://b/` inside of `inner`, which is inside of `outer`.
    fn framed(outer: &str, inner: &str, fields: &[(&str, &str)]) -> Result<(), String> {
        let url = |text: &str| Url::parse(text).unwrap();
        let client = Arc::new(Client::new(url(outer)).inside(url(inner)));
        let request = Request::subresource(url("https://b/"), Destination::Iframe, Initiator::navigation())
            .with_client(&client);
        let mut head = MemoryFetcher::html_head("https://b/");
        head.headers = fields.iter().copied().collect();
        check(&request, &head).map_err(|kind| kind.to_string())
    }

    #[test]
    fn frame_options_look_at_every_page_around() {
        let options = |value| [("X-Frame-Options", value)];
        assert!(framed("https://b/", "https://b/", &options("SameOrigin")).is_ok());
        assert!(
            framed("https://a/", "https://b/", &options("sameorigin")).unwrap_err().contains("https://a")
        );
        assert!(framed("https://b/", "https://b/", &options("DENY")).is_err());
        assert!(framed("https://a/", "https://a/", &options("allow-from https://a")).is_ok());
        assert!(framed("https://a/", "https://a/", &options("sameorigin, sameorigin")).is_err());
        assert!(framed("https://b/", "https://b/", &options("sameorigin, deny")).is_err());
        assert!(framed("https://a/", "https://a/", &options("x, y")).is_ok());
        assert!(framed("https://a/", "https://a/", &options("")).is_ok());
    }

    #[test]
    fn frame_ancestors_make_frame_options_void() {
        let fields = |csp| [("X-Frame-Options", "DENY"), ("Content-Security-Policy", csp)];
        assert!(framed("https://a/", "https://a/", &fields("frame-ancestors https://a")).is_ok());
        assert!(framed("https://c/", "https://a/", &fields("frame-ancestors https://a")).is_err());
        assert!(framed("https://a/", "https://a/", &fields("frame-ancestors 'none'")).is_err());
        assert!(framed("https://b/", "https://b/", &fields("frame-ancestors 'self'")).is_ok());
        assert!(framed("data:text/html,x", "data:text/html,x", &fields("frame-ancestors *")).is_err());
        let told = [("Content-Security-Policy-Report-Only", "frame-ancestors 'none'")];
        assert!(framed("https://a/", "https://a/", &told).is_ok());
    }
}
