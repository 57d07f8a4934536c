//! Whether policies allow a request.

use content_security_policy as csp;
use url::Url;

use super::{CspList, Forbidden, Policy, Violation};
use crate::request::{Destination, InitiatorKind, Request};

impl CspList {
    /// What of the policies forbids a request to its URL, to which `redirects` have led.
    /// <https://www.w3.org/TR/CSP3/#should-block-request>
    pub fn check_request(&self, request: &Request, redirects: u32) -> Vec<Violation> {
        // What else there is cannot be loaded anyway.
        let is_loaded =
            matches!(request.url.scheme(), "http" | "https" | "ws" | "wss" | "data" | "blob" | "file");
        if self.is_empty() || !is_loaded {
            return Vec::new();
        }
        let Some(directive) = effective_directive(request) else { return Vec::new() };
        let forbids = |policy: &Policy| {
            let asked = asked(request, &request.url, redirects, &policy.self_origin);
            policy.matched().does_request_violate_policy(&asked) != csp::Violates::DoesNotViolate
        };
        self.violations(directive, forbids, || Forbidden::Url(request.url.clone()))
    }

    /// What of the policies forbids to send a form to `action`.
    /// <https://www.w3.org/TR/CSP3/#form-action-pre-navigate>
    pub fn check_form_action(&self, action: &Url) -> Vec<Violation> {
        let forbids = |policy: &Policy| {
            let request = Request::navigation(action.clone());
            let mut asked = asked(&request, action, 0, &policy.self_origin);
            policy.matched().directive_set.iter().filter(|directive| directive.name == "form-action").any(
                |directive| {
                    directive.pre_navigation_check(
                        &mut asked,
                        csp::NavigationCheckType::FormSubmission,
                        |_| None,
                        policy.matched(),
                    ) == csp::CheckResult::Blocked
                },
            )
        };
        self.violations("form-action", forbids, || Forbidden::Url(action.clone()))
    }
}

/// The request in the crate's terms.
fn asked(request: &Request, url: &Url, redirects: u32, self_origin: &url::Origin) -> csp::Request {
    csp::Request {
        url: url.clone(),
        current_url: url.clone(),
        origin: self_origin.clone(),
        redirect_count: redirects,
        destination: if shows_object(request) {
            csp::Destination::Object
        } else {
            destination(request.destination)
        },
        initiator: if is_prefetch(request) { csp::Initiator::Prefetch } else { csp::Initiator::None },
        nonce: request.nonce.clone(),
        integrity_metadata: request.integrity.clone(),
        parser_metadata: match request.is_parser_inserted {
            true => csp::ParserMetadata::ParserInserted,
            false => csp::ParserMetadata::NotParserInserted,
        },
    }
}

/// The image of an `<object>` or `<embed>`.
fn shows_object(request: &Request) -> bool {
    request.initiator.kind == InitiatorKind::Frame && request.destination == Destination::Image
}

/// `<link rel=prefetch>` is for nothing in particular.
fn is_prefetch(request: &Request) -> bool {
    request.initiator.kind == InitiatorKind::Link && request.destination == Destination::Empty
}

/// <https://www.w3.org/TR/CSP3/#effective-directive-for-a-request>
fn effective_directive(request: &Request) -> Option<&'static str> {
    Some(match request.destination {
        Destination::Empty if is_prefetch(request) => "default-src",
        Destination::Empty | Destination::Json => "connect-src",
        Destination::Manifest => "manifest-src",
        Destination::Object | Destination::Embed => "object-src",
        Destination::Frame | Destination::Iframe => "frame-src",
        Destination::Audio | Destination::Track | Destination::Video => "media-src",
        Destination::Font => "font-src",
        Destination::Image if shows_object(request) => "object-src",
        Destination::Image => "img-src",
        Destination::Style => "style-src-elem",
        Destination::Script => "script-src-elem",
        Destination::Worker => "worker-src",
        // Reports tell of policies and are not subject to them.
        Destination::Report => return None,
        // Where a window goes is not what its document loads.
        Destination::Document => return None,
    })
}

const fn destination(destination: Destination) -> csp::Destination {
    match destination {
        Destination::Empty => csp::Destination::None,
        Destination::Audio => csp::Destination::Audio,
        Destination::Document => csp::Destination::Document,
        Destination::Embed => csp::Destination::Embed,
        Destination::Font => csp::Destination::Font,
        Destination::Frame => csp::Destination::Frame,
        Destination::Iframe => csp::Destination::IFrame,
        Destination::Image => csp::Destination::Image,
        Destination::Json => csp::Destination::Json,
        Destination::Manifest => csp::Destination::Manifest,
        Destination::Object => csp::Destination::Object,
        Destination::Report => csp::Destination::Report,
        Destination::Script => csp::Destination::Script,
        Destination::Style => csp::Destination::Style,
        Destination::Track => csp::Destination::Track,
        Destination::Video => csp::Destination::Video,
        Destination::Worker => csp::Destination::Worker,
    }
}
