//! What the attributes of an element say about how its request is made.
//! <https://html.spec.whatwg.org/multipage/urls-and-fetching.html>

use fanlight_base::LocalName;
use fanlight_dom::ElementData;
use fanlight_fetch::{CrossOrigin, ReferrerPolicy, Request};
use fanlight_html::FetchAttributes;

use super::priorities::FetchPriority;

/// Those of an element.
pub(crate) fn of_element(element: &ElementData) -> FetchAttributes {
    FetchAttributes::read(&|name| element.attribute(&LocalName::from(name)))
}

/// What `crossorigin` says.
pub(crate) fn cross_origin(attributes: &FetchAttributes) -> CrossOrigin {
    CrossOrigin::from_attribute(attributes.cross_origin.as_deref())
}

/// What `fetchpriority` says.
/// <https://html.spec.whatwg.org/multipage/urls-and-fetching.html#fetch-priority-attributes>
pub(crate) fn fetch_priority(attributes: &FetchAttributes) -> FetchPriority {
    match attributes.priority.as_deref() {
        Some(value) if value.eq_ignore_ascii_case("high") => FetchPriority::High,
        Some(value) if value.eq_ignore_ascii_case("low") => FetchPriority::Low,
        _ => FetchPriority::Auto,
    }
}

/// The request as the attributes would have it.
/// <https://html.spec.whatwg.org/multipage/urls-and-fetching.html#create-a-potential-cors-request>
pub(crate) fn apply(attributes: &FetchAttributes, request: Request) -> Request {
    let mut request = request.with_cross_origin(cross_origin(attributes));
    request.referrer_policy = referrer_policy(attributes);
    request.integrity = attributes.integrity.clone().unwrap_or_default();
    request.nonce = attributes.nonce.clone().unwrap_or_default();
    request
}

/// The request for a module script as the attributes would have it: with CORS, and with cookies and passwords within the
/// origin unless they are asked for.
/// <https://html.spec.whatwg.org/multipage/urls-and-fetching.html#cors-settings-attribute-credentials-mode>
pub(crate) fn apply_to_module(attributes: &FetchAttributes, request: Request) -> Request {
    let request = apply(attributes, request);
    match cross_origin(attributes) {
        CrossOrigin::None => request.with_cross_origin(CrossOrigin::Anonymous),
        _ => request,
    }
}

/// What `referrerpolicy` says; nothing where the document's policy holds.
pub(crate) fn referrer_policy(attributes: &FetchAttributes) -> Option<ReferrerPolicy> {
    attributes.referrer_policy.as_deref().and_then(ReferrerPolicy::from_token)
}

#[cfg(test)]
mod tests {
    use fanlight_fetch::{Credentials, Destination, Initiator, Mode, Url};

    use super::*;

    #[test]
    fn attributes_say_in_which_mode_with_which_credentials_and_referrer_to_fetch() {
        let made = |cross_origin: Option<&str>, policy: &str| {
            let attributes = FetchAttributes {
                cross_origin: cross_origin.map(str::to_owned),
                referrer_policy: Some(policy.to_owned()),
                ..FetchAttributes::default()
            };
            let url = Url::parse("http://a/x").unwrap();
            let request = Request::subresource(url, Destination::Image, Initiator::navigation());
            let request = apply(&attributes, request);
            (request.mode, request.credentials, request.referrer_policy)
        };
        let no_referrer = Some(ReferrerPolicy::NoReferrer);
        assert_eq!(made(None, "no-referrer"), (Mode::NoCors, Credentials::Include, no_referrer));
        assert_eq!(made(Some(""), ""), (Mode::Cors, Credentials::SameOrigin, None));
        assert_eq!(made(Some("what"), "what"), (Mode::Cors, Credentials::SameOrigin, None));
        assert_eq!(made(Some("Use-Credentials"), ""), (Mode::Cors, Credentials::Include, None));
    }
}
