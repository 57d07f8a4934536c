//! What a document's policies say of what is in it: read from the head of its response, from its `<meta>` elements and from
//! the element that it is framed by; asked for what stands in the document itself. What is loaded is the fetcher's to check.
//! <https://html.spec.whatwg.org/multipage/browsers.html#policy-containers>

use std::sync::Arc;

use fanlight_base::atoms::{local_name, ns};
use fanlight_base::{Diagnostic, DiagnosticSink, LocalName, Severity, SourceLocation, Stage};
use fanlight_dom::{Document, NodeId};
use fanlight_fetch::policy::csp::{InlineKind, Sandbox, Violation};
use fanlight_fetch::{
    Client, Destination, Initiator, InitiatorKind, Mode, PolicyContainer, ReferrerPolicy, Request,
    ResponseHead, Url,
};
use fanlight_html::FetchAttributes;
use fanlight_style::FrameMargins;

use super::{Loader, fetch_attributes};
use crate::page::Page;

/// What shows a document.
/// <https://html.spec.whatwg.org/multipage/document-sequences.html#navigables>
pub(crate) enum Navigable {
    /// In a window.
    Window {
        /// The document that leads there; none where the user goes there.
        from: Option<Opener>,
    },
    /// Inside of another document.
    Frame(Embedding),
}

/// What leads to a document: a link or a form of another one.
pub(crate) struct Opener {
    /// The other document.
    pub(crate) client: Arc<Client>,
    /// How much of its address is told, where the link or form says so.
    pub(crate) referrer_policy: Option<ReferrerPolicy>,
}

impl Opener {
    /// The request for the document.
    pub(super) fn request(&self, url: Url) -> Request {
        let mut request = Request::navigation_from(url, &self.client);
        request.referrer_policy = self.referrer_policy;
        request
    }
}

/// What a document inherits from the element that shows it inside of another one.
#[derive(Clone)]
pub(crate) struct Embedding {
    /// The document around it.
    pub(crate) client: Arc<Client>,
    /// What relative URLs in that refer to.
    pub(crate) base_url: Arc<Url>,
    /// What kind of element it is.
    pub(crate) destination: Destination,
    /// What its `sandbox` attribute takes.
    pub(crate) sandbox: Option<Sandbox>,
    /// What its attributes say about fetching.
    pub(crate) attributes: FetchAttributes,
    /// The margins that its attributes ask for.
    pub(crate) margins: FrameMargins,
    /// The line of the element.
    pub(crate) line: Option<u32>,
}

impl Embedding {
    /// The request for the document.
    pub(super) fn request(&self, url: Url) -> Request {
        let source = Some(self.client.url.clone());
        let initiator = Initiator { kind: InitiatorKind::Frame, source, line: self.line };
        let mut request = Request::subresource(url, self.destination, initiator);
        request.mode = Mode::Navigate;
        request.referrer_policy = fetch_attributes::referrer_policy(&self.attributes);
        request.with_client(&self.client)
    }
}

/// The client of a document at `url`, as far as it is known before its response is there.
pub(super) fn client_before_response(url: &Url, embedding: Option<&Embedding>) -> Client {
    let mut client = match embedding {
        Some(embedding) => embedding.client.inside(url.clone()),
        None => Client::new(url.clone()),
    };
    if embedding.and_then(|embedding| embedding.sandbox).is_some_and(Sandbox::takes_origin) {
        client.make_opaque();
    }
    client
}

/// Tells of a violation as a diagnostic, at the place where it is.
pub(crate) fn tell(violation: &Violation, location: Option<SourceLocation>, sink: &dyn DiagnosticSink) {
    let severity = if violation.is_enforced() { Severity::Error } else { Severity::Warning };
    let mut diagnostic = Diagnostic::new(severity, Stage::Fetch, violation.to_string());
    diagnostic.location = location;
    sink.report(diagnostic.with_hint(violation.hint()));
}

impl Loader {
    /// The document, as policies see it.
    pub(crate) fn client(&self) -> &Arc<Client> {
        &self.client
    }

    /// What a sandbox takes from the document.
    pub(crate) fn sandbox(&self) -> Option<Sandbox> {
        let of_frame = self.embedding.as_ref().and_then(|embedding| embedding.sandbox);
        let own = self.client.policies.csp.sandbox();
        match (of_frame, own) {
            (Some(one), Some(other)) => Some(one.and(other)),
            (one, other) => one.or(other),
        }
    }

    /// Takes in what the head of the document's response declares.
    pub(super) fn take_in_policies(&mut self, head: &ResponseHead) {
        let mut client = client_before_response(&head.url, self.embedding.as_ref());
        // What says nothing of its own has what it inherits.
        if !matches!(head.url.scheme(), "about" | "data") {
            client.policies = PolicyContainer::from_response(head);
        }
        if client.policies.csp.sandbox().is_some_and(Sandbox::takes_origin) {
            client.make_opaque();
        }
        self.client_of_head = Arc::new(client);
        self.client = Arc::clone(&self.client_of_head);
    }

    /// Takes in what a `<meta>` declares. Returns whether it was a content security policy.
    fn take_in_meta(&mut self, document: &Document, node: NodeId) -> bool {
        let Some(meta) = document.element(node).filter(|meta| meta.is_html(&local_name!("meta"))) else {
            return false;
        };
        let Some(content) = meta.attribute(&local_name!("content")).filter(|content| !content.is_empty())
        else {
            return false;
        };
        let is = |name: &LocalName, value: &str| {
            meta.attribute(name).is_some_and(|own| own.trim().eq_ignore_ascii_case(value))
        };
        if is(&local_name!("name"), "referrer") {
            Arc::make_mut(&mut self.client).policies.set_meta_referrer(content);
        }
        let head = document.parent_element(node).and_then(|parent| document.element(parent));
        if !is(&local_name!("http-equiv"), "content-security-policy")
            || !head.is_some_and(|head| head.is_html(&local_name!("head")))
        {
            return false;
        }
        let client = Arc::make_mut(&mut self.client);
        client.policies.add_meta_csp(content, &client.url, &client.origin);
        true
    }
}

impl Page {
    /// Does what a `<meta>` asks for.
    pub(super) fn take_in_meta(&mut self, node: NodeId) {
        if self.loader.take_in_meta(&self.document, node) && self.pipeline.set.take().is_some() {
            // Attributes may have been applied that may not be any more.
            self.pipeline.sheets_changed = true;
            self.pipeline.resolved = None;
            self.pipeline.layout_changes.boxes = true;
        }
    }

    /// Whether the policies let the text of a `<style>` element be a style sheet.
    pub(super) fn may_apply(&self, node: NodeId, text: &str) -> bool {
        self.may_use_inline(node, InlineKind::Style, text)
    }

    /// Whether the policies let the text of an element be used as what it is.
    pub(super) fn may_use_inline(&self, node: NodeId, kind: InlineKind, text: &str) -> bool {
        let csp = &self.loader.client.policies.csp;
        if csp.is_empty() {
            return true;
        }
        let nonce = self.document.element(node).and_then(|element| element.attribute(&local_name!("nonce")));
        let violations = csp.check_inline(kind, nonce, text);
        self.tell_of(&violations, self.location(node))
    }

    /// Whether the policies let relative URLs refer to a base.
    pub(super) fn may_be_base(&self, node: NodeId, base: &Url) -> bool {
        let violations = self.loader.client.policies.csp.check_base(base);
        self.tell_of(&violations, self.location(node))
    }

    /// Whether the policies, and the sandbox around the page, let a form be sent to an address.
    pub(crate) fn may_submit(&self, form: NodeId, action: &Url) -> bool {
        if self.loader.sandbox().is_some_and(Sandbox::takes_forms) {
            let message = "the form is not sent: the page is in a sandbox without allow-forms";
            self.diagnostics.report(Diagnostic::new(Severity::Error, Stage::Fetch, message));
            return false;
        }
        let violations = self.loader.client.policies.csp.check_form_action(action);
        self.tell_of(&violations, self.location(form))
    }

    /// What the policies say of `style` attributes; nothing where they say nothing.
    pub(crate) fn style_attribute_filter(&self) -> Option<fanlight_style::AttributeFilter> {
        let csp = self.loader.client.policies.csp.clone();
        let sink = Arc::clone(&self.diagnostics);
        let reported = self.loader.violations.clone();
        let filter = move |text: &str| {
            let violations = csp.check_inline(InlineKind::StyleAttribute, None, text);
            for violation in &violations {
                tell(violation, None, &*sink);
                reported.add(violation, None);
            }
            !violations.iter().any(Violation::is_enforced)
        };
        (!self.loader.client.policies.csp.is_empty()).then(|| Arc::new(filter) as _)
    }

    /// Tells of what went against policies that are not enforced. What was refused fails and is told by who asked for it.
    pub(super) fn tell_of_reports(&self) {
        for violation in self.loader.client.reports.take() {
            self.loader.violations.add(&violation, None);
            if !violation.is_enforced() {
                tell(&violation, None, &*self.diagnostics);
            }
        }
    }

    /// Tells of violations. Returns whether none of them is of a policy that is enforced.
    fn tell_of(&self, violations: &[Violation], location: Option<SourceLocation>) -> bool {
        for violation in violations {
            self.loader.violations.add(violation, location.as_ref().map(|location| location.line));
            tell(violation, location.clone(), &*self.diagnostics);
        }
        !violations.iter().any(Violation::is_enforced)
    }

    fn location(&self, node: NodeId) -> Option<SourceLocation> {
        let line = self.document.source_line(node)?;
        Some(SourceLocation { source: Arc::clone(&self.document.url), line, column: 1 })
    }

    /// What a document that `node` shows inherits from this one.
    pub(crate) fn embedding(&self, node: NodeId) -> Option<Embedding> {
        let element = self.document.element(node).filter(|element| element.name.namespace == ns!(html))?;
        let destination = match element.name.local {
            local_name!("iframe") => Destination::Iframe,
            local_name!("frame") => Destination::Frame,
            local_name!("embed") => Destination::Embed,
            _ => Destination::Object,
        };
        let sandbox = element.attribute(&local_name!("sandbox")).map(Sandbox::parse);
        // A sandbox is never left by going deeper.
        let around = self.loader.sandbox();
        let sandbox = match (sandbox.filter(|_| destination == Destination::Iframe), around) {
            (Some(own), Some(around)) => Some(own.and(around)),
            (own, around) => own.or(around),
        };
        Some(Embedding {
            client: Arc::clone(self.loader.client()),
            base_url: Arc::new(self.loader.base_url().clone()),
            destination,
            sandbox,
            attributes: fetch_attributes::of_element(element),
            margins: FrameMargins::of(element),
            line: self.document.source_line(node),
        })
    }
}
