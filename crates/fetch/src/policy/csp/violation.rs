//! What went against a policy, in words.

use std::fmt;
use std::sync::Arc;

use url::Url;

use super::{CspSource, InlineKind, Policy};
use crate::error::shorten;

/// Something that a policy forbids.
#[derive(Clone, Debug)]
pub struct Violation {
    policy: Arc<Policy>,
    /// The directive that decides about such things. <https://www.w3.org/TR/CSP3/#violation-effective-directive>
    pub directive: &'static str,
    /// What is forbidden.
    pub forbidden: Forbidden,
}

/// What is forbidden.
/// <https://www.w3.org/TR/CSP3/#violation-resource>
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Forbidden {
    /// To load this, or to go there.
    Url(Url),
    /// What stands in the document.
    Inline {
        /// What it is.
        kind: InlineKind,
        /// How it begins.
        sample: String,
        /// What would allow this very text, for a source list.
        hash: String,
    },
}

impl Forbidden {
    /// How many characters of a text are told. <https://www.w3.org/TR/CSP3/#violation-sample>
    const SAMPLE: usize = 40;

    pub(super) fn inline(kind: InlineKind, text: &str) -> Self {
        let sample = text.trim().chars().take(Self::SAMPLE).collect();
        let hash = content_security_policy::HashAlgorithm::Sha256.apply(text);
        Forbidden::Inline { kind, sample, hash: format!("'sha256-{hash}'") }
    }
}

impl Violation {
    pub(super) fn new(policy: &Arc<Policy>, directive: &'static str, forbidden: Forbidden) -> Self {
        Violation { policy: Arc::clone(policy), directive, forbidden }
    }

    /// Whether it is blocked, and not only told.
    pub fn is_enforced(&self) -> bool {
        self.policy.is_enforced()
    }

    /// The policy that forbids it.
    pub fn policy(&self) -> &Policy {
        &self.policy
    }

    /// What of the text is told to others: its beginning, where the policy asks for that.
    /// <https://www.w3.org/TR/CSP3/#violation-sample>
    pub fn reported_sample(&self) -> &str {
        let asks = fallbacks(self.directive).iter().find_map(|name| self.policy.directive(name));
        let asks = asks.is_some_and(|value| {
            value.split_ascii_whitespace().any(|source| source.eq_ignore_ascii_case("'report-sample'"))
        });
        match &self.forbidden {
            Forbidden::Inline { sample, .. } if asks => sample,
            _ => "",
        }
    }

    /// The directive that decides, as the policy declares it: for an image `img-src` or else `default-src`.
    pub fn declared(&self) -> String {
        let names = fallbacks(self.directive);
        let declared = names.iter().find_map(|name| Some((*name, self.policy.directive(name)?)));
        match declared {
            Some((name, value)) => format!("{name} {}", shorten(value)).trim_end().to_owned(),
            None => self.directive.to_owned(),
        }
    }

    /// What to change so that it is allowed.
    pub fn hint(&self) -> String {
        let place = self.policy.source.place();
        // Who declares the general one need not repeat it in the special one.
        let directive = match self.directive {
            "style-src-elem" | "style-src-attr" => "style-src",
            "script-src-elem" | "script-src-attr" => "script-src",
            other => other,
        };
        match &self.forbidden {
            Forbidden::Url(_) if self.directive == "frame-ancestors" => {
                format!("the address of the page around it would have to be in frame-ancestors of {place}")
            }
            Forbidden::Url(url) => {
                let source = match url.origin() {
                    url::Origin::Tuple(..) => url.origin().ascii_serialization(),
                    url::Origin::Opaque(_) => format!("{}:", url.scheme()),
                };
                format!("{source} would have to be in {directive} of {place}")
            }
            Forbidden::Inline {
                kind: InlineKind::StyleAttribute | InlineKind::ScriptAttribute,
                hash,
                ..
            } => {
                format!(
                    "'unsafe-hashes' and {hash}, or 'unsafe-inline', would have to be in {directive} of {place}"
                )
            }
            Forbidden::Inline { hash, .. } => {
                format!(
                    "{hash}, the element's nonce, or 'unsafe-inline' would have to be in {directive} of {place}"
                )
            }
        }
    }
}

/// `img-src: the policy "default-src 'self'" forbids https://b/x.png`.
impl fmt::Display for Violation {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let verb = match self.policy.source {
            CspSource::ReportOnlyHeader => "would forbid",
            CspSource::Header | CspSource::Meta => "forbids",
        };
        write!(formatter, "the page's Content-Security-Policy '{}' {verb} ", self.declared())?;
        match &self.forbidden {
            Forbidden::Url(url) if self.directive == "frame-ancestors" => {
                write!(formatter, "that {} is shown inside of this page", shorten(url.as_str()))
            }
            Forbidden::Url(url) if self.directive == "form-action" => {
                write!(formatter, "sending the form to {}", shorten(url.as_str()))
            }
            Forbidden::Url(url) if self.directive == "base-uri" => {
                write!(formatter, "the base address {}", shorten(url.as_str()))
            }
            Forbidden::Url(url) => write!(formatter, "loading {}", shorten(url.as_str())),
            Forbidden::Inline { kind, sample, .. } => {
                let what = match kind {
                    InlineKind::Style => "a <style> element",
                    InlineKind::StyleAttribute => "a style attribute",
                    InlineKind::Script => "a <script> element",
                    InlineKind::ScriptAttribute => "an event handler attribute",
                };
                write!(formatter, "{what}: {sample}")
            }
        }
    }
}

/// The directives that decide about what `directive` is about, the one that counts first.
/// <https://www.w3.org/TR/CSP3/#directive-fallback-list>
fn fallbacks(directive: &'static str) -> &'static [&'static str] {
    match directive {
        "script-src-elem" => &["script-src-elem", "script-src", "default-src"],
        "script-src-attr" => &["script-src-attr", "script-src", "default-src"],
        "style-src-elem" => &["style-src-elem", "style-src", "default-src"],
        "style-src-attr" => &["style-src-attr", "style-src", "default-src"],
        "worker-src" => &["worker-src", "child-src", "script-src", "default-src"],
        "connect-src" => &["connect-src", "default-src"],
        "manifest-src" => &["manifest-src", "default-src"],
        "object-src" => &["object-src", "default-src"],
        "frame-src" => &["frame-src", "child-src", "default-src"],
        "media-src" => &["media-src", "default-src"],
        "font-src" => &["font-src", "default-src"],
        "img-src" => &["img-src", "default-src"],
        "base-uri" => &["base-uri"],
        "form-action" => &["form-action"],
        "frame-ancestors" => &["frame-ancestors"],
        _ => &["default-src"],
    }
}
