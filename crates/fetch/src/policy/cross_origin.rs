//! What of other origins a document loads, and which of them a resource is for: `Cross-Origin-Resource-Policy`,
//! `Cross-Origin-Embedder-Policy`, `Cross-Origin-Opener-Policy`.
//! <https://fetch.spec.whatwg.org/#cross-origin-resource-policy-header>

use sfv::{BareItem, Item, Parser};

use crate::error::FetchErrorKind;
use crate::headers::HeaderList;
use crate::request::{Destination, Origin, Request};
use crate::response::{ResponseHead, Tainting};
use crate::site::is_same_site as is_same_site_with_scheme;

/// What a document asks of the resources of other origins.
/// <https://html.spec.whatwg.org/multipage/browsers.html#embedder-policy-value>
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum EmbedderPolicy {
    /// Nothing.
    #[default]
    UnsafeNone,
    /// They are asked for without credentials, or say that they are for it.
    Credentialless,
    /// They say that they are for it.
    RequireCorp,
}

impl EmbedderPolicy {
    /// <https://html.spec.whatwg.org/multipage/browsers.html#obtain-an-embedder-policy>
    pub fn from_headers(headers: &HeaderList) -> Self {
        match token(headers, "cross-origin-embedder-policy").as_deref() {
            Some("require-corp") => EmbedderPolicy::RequireCorp,
            Some("credentialless") => EmbedderPolicy::Credentialless,
            _ => EmbedderPolicy::UnsafeNone,
        }
    }

    /// The value in the header field.
    pub const fn name(self) -> &'static str {
        match self {
            EmbedderPolicy::UnsafeNone => "unsafe-none",
            EmbedderPolicy::Credentialless => "credentialless",
            EmbedderPolicy::RequireCorp => "require-corp",
        }
    }
}

/// Which documents share a group of windows with this one. There are no windows that know of each other yet: it is shown
/// and has no effect.
/// <https://html.spec.whatwg.org/multipage/browsers.html#cross-origin-opener-policy-value>
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum OpenerPolicy {
    /// All that ask for nothing else.
    #[default]
    UnsafeNone,
    /// Those of its origin, and those that it opens.
    SameOriginAllowPopups,
    /// Those of its origin.
    SameOrigin,
    /// None.
    NoopenerAllowPopups,
}

impl OpenerPolicy {
    /// <https://html.spec.whatwg.org/multipage/browsers.html#obtain-coop>
    pub fn from_headers(headers: &HeaderList) -> Self {
        match token(headers, "cross-origin-opener-policy").as_deref() {
            Some("same-origin") => OpenerPolicy::SameOrigin,
            Some("same-origin-allow-popups") => OpenerPolicy::SameOriginAllowPopups,
            Some("noopener-allow-popups") => OpenerPolicy::NoopenerAllowPopups,
            _ => OpenerPolicy::UnsafeNone,
        }
    }

    /// The value in the header field.
    pub const fn name(self) -> &'static str {
        match self {
            OpenerPolicy::UnsafeNone => "unsafe-none",
            OpenerPolicy::SameOriginAllowPopups => "same-origin-allow-popups",
            OpenerPolicy::SameOrigin => "same-origin",
            OpenerPolicy::NoopenerAllowPopups => "noopener-allow-popups",
        }
    }
}

/// The token that a structured field is.
fn token(headers: &HeaderList, name: &str) -> Option<String> {
    let item: Item = Parser::new(&headers.get(name)?).parse().ok()?;
    match item.bare_item {
        BareItem::Token(token) => Some(token.as_str().to_owned()),
        _ => None,
    }
}

/// Whether a response is for the page that asked.
/// <https://fetch.spec.whatwg.org/#cross-origin-resource-policy-check>
///
/// # Errors
/// It is not, or the page wants to be told and is not.
pub(crate) fn check_resource_policy(
    request: &Request,
    tainting: Tainting,
    head: &ResponseHead,
) -> Result<(), FetchErrorKind> {
    let embedder = request.client.as_ref().map(|client| client.policies.embedder_policy).unwrap_or_default();
    let is_frame = matches!(
        request.destination,
        Destination::Iframe | Destination::Frame | Destination::Object | Destination::Embed
    );
    // Frames are asked only where the page around them is.
    let concerns = match is_frame {
        true => embedder != EmbedderPolicy::UnsafeNone,
        false => tainting == Tainting::Opaque,
    };
    if !concerns || request.origin == Origin::User || request.origin.is_same_as(&head.url) {
        return Ok(());
    }
    let header = head.headers.get("cross-origin-resource-policy");
    let asked = match header.as_deref() {
        Some(value @ ("same-origin" | "same-site" | "cross-origin")) => Some(value),
        // Whoever sends something else says nothing.
        _ => None,
    };
    let reason = match (asked, embedder) {
        (Some("cross-origin"), _) | (None, EmbedderPolicy::UnsafeNone) => return Ok(()),
        // Without credentials nothing of the user's can be in it.
        (None, EmbedderPolicy::Credentialless)
            if !is_frame && request.credentials == crate::request::Credentials::Omit =>
        {
            return Ok(());
        }
        (Some("same-site"), _) if is_same_site(&request.origin, head) => return Ok(()),
        (Some(value), _) => format!(
            "its header says Cross-Origin-Resource-Policy: {value}, and the page is of {}",
            request.origin.serialize()
        ),
        (None, embedder) => format!(
            "the page's Cross-Origin-Embedder-Policy is {}, and the response has no header \
             Cross-Origin-Resource-Policy: cross-origin",
            embedder.name()
        ),
    };
    Err(FetchErrorKind::Blocked { reason })
}

/// Hosts of one site, and no plain page for an encrypted resource.
/// <https://html.spec.whatwg.org/multipage/browsers.html#schemelessly-same-site>
fn is_same_site(origin: &Origin, head: &ResponseHead) -> bool {
    if is_same_site_with_scheme(origin, &head.url) {
        return true;
    }
    // An encrypted page may have its site's plain resources.
    let mut encrypted = head.url.clone();
    head.url.scheme() == "http"
        && encrypted.set_scheme("https").is_ok()
        && is_same_site_with_scheme(origin, &encrypted)
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use url::Url;

    use super::*;
    use crate::memory::MemoryFetcher;
    use crate::request::{Client, Initiator};

    fn checked(page: &str, url: &str, embedder: EmbedderPolicy, value: Option<&str>) -> Result<(), String> {
        let mut client = Client::new(Url::parse(page).unwrap());
        client.policies.embedder_policy = embedder;
        let request =
            Request::subresource(Url::parse(url).unwrap(), Destination::Image, Initiator::navigation())
                .with_client(&Arc::new(client));
        let mut head = MemoryFetcher::html_head(url);
        if let Some(value) = value {
            head.headers.append("Cross-Origin-Resource-Policy", value);
        }
        check_resource_policy(&request, Tainting::Opaque, &head).map_err(|kind| kind.to_string())
    }

    #[test]
    fn a_resource_says_whom_it_is_for() {
        let none = EmbedderPolicy::UnsafeNone;
        let other = |value| checked("https://a.example/", "https://b.example/x", none, value);
        assert!(other(None).is_ok() && other(Some("cross-origin")).is_ok());
        assert!(other(Some("Same-Origin")).is_ok(), "values have a case");
        assert!(other(Some("same-origin")).unwrap_err().contains("https://a.example"));
        assert!(other(Some("same-site")).is_err());
        assert!(checked("https://a.example/", "https://a.example/x", none, Some("same-origin")).is_ok());
        let port = |page| checked(page, "https://a.example:8443/x", none, Some("same-site"));
        assert!(port("https://a.example/").is_ok());
        assert!(port("http://a.example/").is_err(), "a plain page is not trusted");
    }

    #[test]
    fn an_embedder_that_requires_it_wants_to_be_told() {
        let other =
            |value| checked("https://a.example/", "https://b.example/x", EmbedderPolicy::RequireCorp, value);
        assert!(other(None).unwrap_err().contains("require-corp"));
        assert!(other(Some("cross-origin")).is_ok());
    }

    #[test]
    fn fields_are_structured() {
        let embedder = |value| {
            EmbedderPolicy::from_headers(&HeaderList::from_iter([("Cross-Origin-Embedder-Policy", value)]))
        };
        assert_eq!(embedder("require-corp; report-to=\"x\""), EmbedderPolicy::RequireCorp);
        assert_eq!(embedder("\"require-corp\""), EmbedderPolicy::UnsafeNone);
        assert_eq!(embedder("require-corp, require-corp"), EmbedderPolicy::UnsafeNone);
    }
}
