//! The document on whose behalf a request is made.

use url::Url;

use super::{Origin, SiteForCookies};
use crate::policy::container::PolicyContainer;
use crate::policy::csp::Violation;
use crate::policy::reports::Reports;

/// The document on whose behalf requests are made: what a policy has to know of it.
/// <https://html.spec.whatwg.org/multipage/webappapis.html#environment-settings-object>
///
/// It is made when the head of a document has come, and anew when the document declares more policies. Requests share it.
#[derive(Clone, Debug)]
pub struct Client {
    /// The document's address.
    pub url: Url,
    /// The document's origin: that of its address, unless it is inherited or a sandbox takes it away.
    pub origin: Origin,
    /// The address that `Referer` fields are made from: the document's, for `about:srcdoc` that of the document around it.
    pub referrer: Url,
    /// Whether the document was opened from a file, or is part of one that was, so that it may load files.
    pub loads_files: bool,
    /// The site whose cookies are the document's own.
    pub site_for_cookies: SiteForCookies,
    /// Whether a document around it asks for everything encrypted.
    pub inherits_upgrade: bool,
    /// What the document, and what sent it, has declared.
    pub policies: PolicyContainer,
    /// The documents around it, the nearest first.
    pub ancestors: Vec<Ancestor>,
    /// What has gone against the policies. Clones of a client share it.
    pub reports: Reports,
}

/// A document around another one.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Ancestor {
    /// Its origin.
    pub origin: Origin,
    /// Its address.
    pub url: Url,
}

impl Client {
    /// The client of a document that is in no other and declares nothing.
    pub fn new(url: Url) -> Self {
        Client {
            origin: Origin::of(&url),
            referrer: url.clone(),
            loads_files: url.scheme() == "file",
            site_for_cookies: SiteForCookies::of_document(&url),
            inherits_upgrade: false,
            url,
            policies: PolicyContainer::default(),
            ancestors: Vec::new(),
            reports: Reports::default(),
        }
    }

    /// The client of a document inside this one. An address that says nothing of its own (`about:blank`, `about:srcdoc`)
    /// has origin and policies of the document around it; a `data:` URL its policies alone.
    /// <https://html.spec.whatwg.org/multipage/browsers.html#determining-the-origin>
    /// <https://html.spec.whatwg.org/multipage/browsers.html#determining-navigation-params-policy-container>
    pub fn inside(&self, url: Url) -> Self {
        let mut client = Client::new(url);
        match client.url.scheme() {
            "about" => {
                client.origin = self.origin.clone();
                client.loads_files = self.loads_files;
                client.referrer = self.referrer.clone();
                client.policies = self.policies.clone();
            }
            "data" => client.policies = self.policies.clone(),
            _ => {}
        }
        client.site_for_cookies = self.site_for_cookies.of_document_in_frame(&client.url);
        client.inherits_upgrade = self.upgrades_insecure_requests();
        client.ancestors = self.ancestors_inside();
        client
    }

    /// The ancestors of a document inside this one.
    pub fn ancestors_inside(&self) -> Vec<Ancestor> {
        let own = Ancestor { origin: self.origin.clone(), url: self.url.clone() };
        std::iter::once(own).chain(self.ancestors.iter().cloned()).collect()
    }

    /// Takes the origin away, as a sandbox does.
    /// <https://html.spec.whatwg.org/multipage/browsers.html#sandboxed-origin-browsing-context-flag>
    pub fn make_opaque(&mut self) {
        self.origin = Origin::Page(url::Origin::new_opaque());
    }

    /// The origin of the outermost document.
    /// <https://html.spec.whatwg.org/multipage/webappapis.html#concept-environment-top-level-origin>
    pub fn top_level_origin(&self) -> &Origin {
        self.ancestors.last().map_or(&self.origin, |ancestor| &ancestor.origin)
    }

    /// Whether the document, or one around it, came encrypted, so that nothing in it may come in plain text.
    /// <https://w3c.github.io/webappsec-mixed-content/#categorize-settings-object>
    pub fn prohibits_mixed_content(&self) -> bool {
        self.url.scheme() == "https"
            || is_encrypted(&self.origin)
            || self
                .ancestors
                .iter()
                .any(|ancestor| is_encrypted(&ancestor.origin) || ancestor.url.scheme() == "https")
    }

    /// Whether what is asked for in plain text is asked for encrypted instead.
    /// <https://www.w3.org/TR/upgrade-insecure-requests/#nesting>
    pub fn upgrades_insecure_requests(&self) -> bool {
        self.inherits_upgrade || self.policies.csp.upgrades_insecure_requests()
    }

    /// Notes what goes against the document's policies.
    pub fn report(&self, violations: Vec<Violation>) {
        self.reports.add(violations);
    }
}

fn is_encrypted(origin: &Origin) -> bool {
    matches!(origin, Origin::Page(url::Origin::Tuple(scheme, ..)) if scheme == "https")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn url(text: &str) -> Url {
        Url::parse(text).unwrap()
    }

    #[test]
    fn what_has_no_address_of_its_own_is_of_the_document_around_it() {
        let outer = Client::new(url("https://a/p"));
        let srcdoc = outer.inside(url("about:srcdoc"));
        assert_eq!(srcdoc.origin, outer.origin);
        assert_eq!(srcdoc.referrer, outer.url);
        let data = outer.inside(url("data:text/html,x"));
        assert_ne!(data.origin, outer.origin);
        let other = srcdoc.inside(url("http://b/"));
        assert_eq!(other.origin, Origin::of(&url("http://b/")));
        assert_eq!(other.ancestors.len(), 2);
        assert_eq!(*other.top_level_origin(), outer.origin);
        assert!(other.prohibits_mixed_content(), "the outermost document is encrypted");
    }

    #[test]
    fn a_file_inside_of_a_sandbox_still_loads_files() {
        let mut client = Client::new(url("file:///x.html"));
        client.make_opaque();
        assert!(client.loads_files && client.origin != Origin::LocalFile);
    }
}
