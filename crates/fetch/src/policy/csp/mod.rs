//! Content Security Policy: what a document may load, apply and be framed by, as it says itself.
//! <https://www.w3.org/TR/CSP3/>
//!
//! - [`CspList::from_headers`], [`CspList::parse`]: reading; [`harmless`]: what the crate that matches must not see.
//! - [`CspList::check_request`]: what is loaded; [`CspList::check_inline`]: what stands in the document;
//!   [`CspList::check_base`], [`CspList::check_form_action`], [`CspList::check_ancestors`]: the rest.
//! - [`violation`]: what went against a policy, in words.

mod harmless;
mod request;
mod sandbox;
mod violation;

use std::sync::Arc;

use content_security_policy as csp;
use url::Url;

pub use sandbox::Sandbox;
pub use violation::{Forbidden, Violation};

use crate::headers::HeaderList;
use crate::limits::{MAX_CSP_POLICIES, MAX_REPORTING_ENDPOINTS};

/// Where a policy was declared.
/// <https://www.w3.org/TR/CSP3/#policy-source>
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum CspSource {
    /// In a `Content-Security-Policy` header field.
    Header,
    /// In a `Content-Security-Policy-Report-Only` header field: nothing is blocked.
    ReportOnlyHeader,
    /// In a `<meta>` element.
    Meta,
}

impl CspSource {
    /// Where to look for the policy, in words.
    pub const fn place(self) -> &'static str {
        match self {
            CspSource::Header => "the Content-Security-Policy header",
            CspSource::ReportOnlyHeader => "the Content-Security-Policy-Report-Only header",
            CspSource::Meta => "<meta http-equiv=Content-Security-Policy>",
        }
    }
}

/// What stands in a document itself.
/// <https://www.w3.org/TR/CSP3/#should-block-inline>
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum InlineKind {
    /// A `<style>` element.
    Style,
    /// A `style` attribute.
    StyleAttribute,
    /// A `<script>` element.
    Script,
    /// An attribute that handles events.
    ScriptAttribute,
}

impl InlineKind {
    /// <https://www.w3.org/TR/CSP3/#effective-directive-for-inline-check>
    const fn directive(self) -> &'static str {
        match self {
            InlineKind::Style => "style-src-elem",
            InlineKind::StyleAttribute => "style-src-attr",
            InlineKind::Script => "script-src-elem",
            InlineKind::ScriptAttribute => "script-src-attr",
        }
    }

    const fn check_type(self) -> csp::InlineCheckType {
        match self {
            InlineKind::Style => csp::InlineCheckType::Style,
            InlineKind::StyleAttribute => csp::InlineCheckType::StyleAttribute,
            InlineKind::Script => csp::InlineCheckType::Script,
            InlineKind::ScriptAttribute => csp::InlineCheckType::ScriptAttribute,
        }
    }
}

/// One policy.
#[derive(Clone, Debug)]
pub struct Policy {
    /// As it was written.
    text: String,
    source: CspSource,
    /// What `'self'` stands for: the origin of the document that declared it, not of one that inherits it.
    self_origin: url::Origin,
    /// What is matched: always one policy.
    matched: csp::CspList,
}

impl Policy {
    /// None where the text declares nothing. <https://www.w3.org/TR/CSP3/#parse-serialized-policy>
    fn parse(text: &str, source: CspSource, self_origin: &url::Origin) -> Option<Self> {
        let text = text.trim_matches(|c: char| c.is_ascii_whitespace());
        let (from, disposition) = match source {
            CspSource::Header => (csp::PolicySource::Header, csp::PolicyDisposition::Enforce),
            CspSource::ReportOnlyHeader => (csp::PolicySource::Header, csp::PolicyDisposition::Report),
            CspSource::Meta => (csp::PolicySource::Meta, csp::PolicyDisposition::Enforce),
        };
        let mut policy = csp::Policy::parse(text, from, disposition);
        if source == CspSource::Meta {
            // <https://html.spec.whatwg.org/multipage/semantics.html#attr-meta-http-equiv-content-security-policy>
            policy.directive_set.retain(|directive| {
                !matches!(&*directive.name, "report-uri" | "frame-ancestors" | "sandbox")
            });
        }
        if policy.directive_set.is_empty() {
            return None;
        }
        harmless::make(&mut policy, self_origin);
        Some(Policy {
            text: text.to_owned(),
            source,
            self_origin: self_origin.clone(),
            matched: csp::CspList(vec![policy]),
        })
    }

    /// The policy as it was written.
    pub fn text(&self) -> &str {
        &self.text
    }

    /// Where it was declared.
    pub const fn source(&self) -> CspSource {
        self.source
    }

    /// Whether it blocks, and does not only tell.
    pub fn is_enforced(&self) -> bool {
        self.source != CspSource::ReportOnlyHeader
    }

    fn matched(&self) -> &csp::Policy {
        &self.matched.0[0]
    }

    /// The sources of a directive as they were written.
    fn directive(&self, name: &str) -> Option<&str> {
        // The first of a name counts. <https://www.w3.org/TR/CSP3/#parse-serialized-policy>
        self.text.split(';').map(str::trim).find_map(|directive| {
            let (own, value) =
                directive.split_once(|c: char| c.is_ascii_whitespace()).unwrap_or((directive, ""));
            own.eq_ignore_ascii_case(name).then(|| value.trim())
        })
    }

    /// The endpoint that violations are reported to.
    /// <https://www.w3.org/TR/CSP3/#directive-report-to>
    pub fn report_to(&self) -> Option<&str> {
        self.matched().contains_a_directive_whose_name_is("report-to").then(|| {
            self.directive("report-to").and_then(|value| value.split_ascii_whitespace().next()).unwrap_or("")
        })
    }

    /// The addresses that violations are reported to, as they are written; `report-to` goes before them.
    /// <https://www.w3.org/TR/CSP3/#directive-report-uri>
    pub fn report_uris(&self) -> impl Iterator<Item = &str> {
        // A <meta> cannot say any.
        let is_said = self.matched().contains_a_directive_whose_name_is("report-uri");
        let value = self.directive("report-uri").filter(|_| is_said).unwrap_or_default();
        value.split_ascii_whitespace().take(MAX_REPORTING_ENDPOINTS)
    }

    /// Where violations are reported: the name of the endpoint of `report-to`, and the addresses of `report-uri`.
    pub fn report_endpoints(&self) -> Vec<&str> {
        self.report_to().into_iter().chain(self.report_uris()).collect()
    }
}

/// The policies of a document. Cheap to clone.
/// <https://www.w3.org/TR/CSP3/#csp-list>
#[derive(Clone, Debug, Default)]
pub struct CspList {
    policies: Vec<Arc<Policy>>,
}

impl CspList {
    /// The policies that header fields declare. `self_origin` is the origin of the response's URL.
    /// <https://www.w3.org/TR/CSP3/#parse-response-csp>
    pub fn from_headers(headers: &HeaderList, self_origin: &url::Origin) -> Self {
        let mut list = CspList::default();
        for (name, source) in [
            ("content-security-policy", CspSource::Header),
            ("content-security-policy-report-only", CspSource::ReportOnlyHeader),
        ] {
            for value in headers.get_all(name) {
                list.extend(CspList::parse(value, source, self_origin));
            }
        }
        list
    }

    /// The policies of a value, which commas separate.
    /// <https://www.w3.org/TR/CSP3/#parse-serialized-policy>
    pub fn parse(value: &str, source: CspSource, self_origin: &url::Origin) -> Self {
        let policies = value.split(',').filter_map(|text| Policy::parse(text, source, self_origin));
        CspList { policies: policies.take(MAX_CSP_POLICIES).map(Arc::new).collect() }
    }

    /// Adds other policies; all of them hold.
    pub fn extend(&mut self, other: CspList) {
        let room = MAX_CSP_POLICIES.saturating_sub(self.policies.len());
        self.policies.extend(other.policies.into_iter().take(room));
    }

    /// How many policies there are.
    pub fn len(&self) -> usize {
        self.policies.len()
    }

    /// Whether there is none, so that nothing needs to be checked.
    pub fn is_empty(&self) -> bool {
        self.policies.is_empty()
    }

    /// The policies in the order of declaration.
    pub fn policies(&self) -> impl Iterator<Item = &Policy> {
        self.policies.iter().map(|policy| &**policy)
    }

    /// What of the policies forbids something that stands in the document. `nonce` is the element's, where it may have
    /// one. Nothing is applied or run that an [enforced](Violation::is_enforced) one forbids.
    /// <https://www.w3.org/TR/CSP3/#should-block-inline>
    pub fn check_inline(&self, kind: InlineKind, nonce: Option<&str>, text: &str) -> Vec<Violation> {
        let element = csp::Element { nonce: nonce.filter(|nonce| !nonce.is_empty()).map(Into::into) };
        let forbids = |policy: &Policy| {
            let policy = policy.matched();
            let mut directives = policy.directive_set.iter();
            directives.any(|directive| {
                directive.inline_check(&element, kind.check_type(), policy, text) == csp::CheckResult::Blocked
            })
        };
        self.violations(kind.directive(), forbids, || Forbidden::inline(kind, text))
    }

    /// What of the policies forbids that a document's relative URLs refer to `base`.
    /// <https://www.w3.org/TR/CSP3/#allow-base-for-document>
    pub fn check_base(&self, base: &Url) -> Vec<Violation> {
        let forbids = |policy: &Policy| {
            let (_, violations) = policy.matched.is_base_allowed_for_document(base, &policy.self_origin);
            !violations.is_empty()
        };
        self.violations("base-uri", forbids, || Forbidden::Url(base.clone()))
    }

    /// What of the policies forbids that a response is shown inside of documents with these origins, the nearest first.
    /// An origin that has no URL is given as one that matches nothing.
    /// <https://www.w3.org/TR/CSP3/#frame-ancestors-navigation-response>
    pub fn check_ancestors(&self, response: &Url, ancestors: &[Url]) -> Vec<Violation> {
        let answer = csp::Response { url: response.clone(), redirect_count: 0 };
        let ancestors = ancestors.to_vec();
        let forbids = |policy: &Policy| {
            policy.matched().directive_set.iter().any(|directive| {
                directive.navigation_response_check(
                    &answer,
                    &policy.self_origin,
                    &ancestors,
                    policy.matched(),
                ) == csp::CheckResult::Blocked
            })
        };
        self.violations("frame-ancestors", forbids, || Forbidden::Url(response.clone()))
    }

    /// Whether an enforced policy says who may show the document, which makes `X-Frame-Options` void.
    pub fn has_frame_ancestors(&self) -> bool {
        self.has_enforced("frame-ancestors")
    }

    /// Whether what the document loads in plain text is to be loaded encrypted.
    /// <https://www.w3.org/TR/upgrade-insecure-requests/#delivery>
    pub fn upgrades_insecure_requests(&self) -> bool {
        self.has_enforced("upgrade-insecure-requests")
    }

    /// The sandbox that a policy puts the document into.
    /// <https://html.spec.whatwg.org/multipage/browsers.html#csp-derived-sandboxing-flags>
    pub fn sandbox(&self) -> Option<Sandbox> {
        let mut enforced = self.policies.iter().rev().filter(|policy| policy.is_enforced());
        enforced.find_map(|policy| policy.directive("sandbox")).map(Sandbox::parse)
    }

    fn has_enforced(&self, name: &str) -> bool {
        let mut enforced = self.policies.iter().filter(|policy| policy.is_enforced());
        enforced.any(|policy| policy.matched().contains_a_directive_whose_name_is(name))
    }

    /// A violation for each policy that forbids.
    fn violations(
        &self,
        directive: &'static str,
        forbids: impl Fn(&Policy) -> bool,
        what: impl Fn() -> Forbidden,
    ) -> Vec<Violation> {
        let forbidding = self.policies.iter().filter(|policy| forbids(policy));
        forbidding.map(|policy| Violation::new(policy, directive, what())).collect()
    }
}

#[cfg(test)]
mod tests;
