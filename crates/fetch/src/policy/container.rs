//! What a document, and the server that sent it, has declared.
//! <https://html.spec.whatwg.org/multipage/browsers.html#policy-container>

use url::Url;

use super::cross_origin::{EmbedderPolicy, OpenerPolicy};
use super::csp::{CspList, CspSource};
use super::referrer::{self, ReferrerPolicy};
use super::reports::ReportingEndpoints;
use crate::request::Origin;
use crate::response::ResponseHead;

/// What a document, and the server that sent it, has declared. Cheap to clone.
/// <https://html.spec.whatwg.org/multipage/browsers.html#policy-container>
#[derive(Clone, Debug, Default)]
pub struct PolicyContainer {
    /// `Content-Security-Policy`, from header fields and `<meta>`.
    pub csp: CspList,
    /// `Referrer-Policy`, or `<meta name=referrer>`.
    pub referrer_policy: ReferrerPolicy,
    /// `Cross-Origin-Embedder-Policy`.
    pub embedder_policy: EmbedderPolicy,
    /// `Cross-Origin-Opener-Policy`.
    pub opener_policy: OpenerPolicy,
    /// `Reporting-Endpoints`.
    pub reporting_endpoints: ReportingEndpoints,
}

impl PolicyContainer {
    /// What the head of a document's response declares.
    /// <https://html.spec.whatwg.org/multipage/browsers.html#creating-a-policy-container-from-a-fetch-response>
    pub fn from_response(head: &ResponseHead) -> Self {
        PolicyContainer {
            csp: CspList::from_headers(&head.headers, &head.url.origin()),
            referrer_policy: referrer::from_headers(&head.headers).unwrap_or_default(),
            embedder_policy: EmbedderPolicy::from_headers(&head.headers),
            opener_policy: OpenerPolicy::from_headers(&head.headers),
            reporting_endpoints: ReportingEndpoints::from_headers(&head.headers, &head.url),
        }
    }

    /// Adds what `<meta http-equiv=Content-Security-Policy content=…>` declares.
    /// <https://html.spec.whatwg.org/multipage/semantics.html#attr-meta-http-equiv-content-security-policy>
    pub fn add_meta_csp(&mut self, content: &str, document: &Url, origin: &Origin) {
        let origin = match origin {
            Origin::Page(origin) => origin.clone(),
            Origin::User | Origin::LocalFile => document.origin(),
        };
        self.csp.extend(CspList::parse(content, CspSource::Meta, &origin));
    }

    /// Takes in what `<meta name=referrer content=…>` declares.
    /// <https://html.spec.whatwg.org/multipage/semantics.html#meta-referrer>
    pub fn set_meta_referrer(&mut self, content: &str) {
        if let Some(policy) = referrer::from_meta(content) {
            self.referrer_policy = policy;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::headers::HeaderList;
    use crate::memory::MemoryFetcher;

    #[test]
    fn header_and_metas_add_up() {
        let mut head = MemoryFetcher::html_head("https://a/");
        head.headers = HeaderList::from_iter([
            ("Content-Security-Policy", "img-src 'none'"),
            ("Referrer-Policy", "no-referrer, origin"),
        ]);
        let mut container = PolicyContainer::from_response(&head);
        assert_eq!(container.referrer_policy, ReferrerPolicy::Origin);
        container.add_meta_csp("font-src 'none'", &head.url, &Origin::of(&head.url));
        container.set_meta_referrer("never");
        container.set_meta_referrer("nonsense");
        assert_eq!(container.csp.len(), 2);
        assert_eq!(container.referrer_policy, ReferrerPolicy::NoReferrer);
    }
}
