//! Telling the author what was dropped, where, and what was probably meant.

use std::sync::Arc;

use cssparser::{BasicParseErrorKind, ParseErrorKind};
use fanlight_base::{Diagnostic, DiagnosticSink, Severity, SourceLocation, Stage};

use crate::limits::DIAGNOSTIC_EXCERPT_BYTES;
use crate::properties::{PropertyId, SourcePosition};
use crate::syntax::{CssError, CssErrorKind};

/// Prefixes of other engines: what follows them is for those, and no fault.
const FOREIGN_PREFIXES: [&str; 6] = ["-moz-", "-ms-", "-o-", "-khtml-", "mso-", "-apple-"];

/// At-rules that specifications define and that nothing is done with here.
const UNSUPPORTED_AT_RULES: [&str; 7] = [
    "@color-profile",
    "@font-palette-values",
    "@function",
    "@position-try",
    "@starting-style",
    "@view-transition",
    "@custom-media",
];

/// Tells a sink what was dropped of one source.
#[derive(Clone, Copy)]
pub struct Reporter<'a> {
    /// Where the text comes from.
    pub source: &'a Arc<str>,
    /// Where it begins there.
    pub start: SourcePosition,
    /// Who is told.
    pub sink: &'a dyn DiagnosticSink,
}

impl Reporter<'_> {
    /// A place in the whole source.
    pub fn position(&self, location: cssparser::SourceLocation) -> SourcePosition {
        SourcePosition::within(self.start, location)
    }

    /// Reports that a declaration was dropped; `text` is the declaration.
    pub fn declaration(&self, error: &CssError, text: &str, location: cssparser::SourceLocation) {
        let (name, value) = match text.split_once(':') {
            Some((name, value)) => (name.trim(), value.trim().trim_end_matches([';', '}']).trim_end()),
            None => (text.trim().trim_end_matches(';'), ""),
        };
        match &error.kind {
            ParseErrorKind::Custom(CssErrorKind::UnknownProperty | CssErrorKind::UnknownDescriptor) => {
                let kind = if matches!(error.kind, ParseErrorKind::Custom(CssErrorKind::UnknownDescriptor)) {
                    "descriptor"
                } else {
                    "property"
                };
                let severity = if begins_foreign(name) { Severity::Note } else { Severity::Warning };
                let hint = (kind == "property").then(|| PropertyId::suggestion(name)).flatten();
                let message = format!("unknown {kind} '{}'", excerpt(name));
                self.report(severity, location, message, hint.map(|hint| format!("did you mean '{hint}'?")));
            }
            _ if value.is_empty() && !text.contains(':') => {
                let message = format!("'{}' is not a declaration", excerpt(name));
                self.report(Severity::Warning, location, message, Some("a colon is missing".to_owned()));
            }
            kind => {
                let message = format!("{} in '{}: {}'", describe(kind), excerpt(name), excerpt(value));
                self.report(severity_of_value(value), location, message, None);
            }
        }
    }

    /// Reports that a rule was dropped whose prelude is invalid; `text` is the rule.
    pub fn qualified_rule(&self, error: &CssError, text: &str, location: cssparser::SourceLocation) {
        let prelude = text.split('{').next().unwrap_or_default().trim();
        let message = format!("{} in '{}'; the rule is dropped", describe(&error.kind), excerpt(prelude));
        let is_foreign = prelude.split(':').skip(1).any(begins_foreign);
        let severity = if is_foreign { Severity::Note } else { Severity::Warning };
        self.report(severity, location, message, None);
    }

    /// Reports that an at-rule was dropped; `text` begins with its `@`.
    pub fn at_rule(&self, error: &CssError, text: &str, location: cssparser::SourceLocation) {
        let prelude = text.split(['{', ';']).next().unwrap_or_default().trim();
        let name = prelude.split([' ', '(', '\n', '\t']).next().unwrap_or_default();
        let (message, hint) = match &error.kind {
            ParseErrorKind::Custom(CssErrorKind::UnknownAtRule) => {
                let known = UNSUPPORTED_AT_RULES.iter().any(|known| name.eq_ignore_ascii_case(known));
                let message = if known {
                    format!("at-rule '{name}' is not supported")
                } else {
                    format!("unknown at-rule '{}'", excerpt(name))
                };
                (message, None)
            }
            ParseErrorKind::Custom(CssErrorKind::MisplacedAtRule) => {
                let hint = match &*name.to_ascii_lowercase() {
                    "@import" => Some("move it before all rules but @charset and @layer"),
                    "@namespace" => Some("move it before all rules but @charset, @layer and @import"),
                    _ => None,
                };
                (format!("'{}' is not allowed here", excerpt(name)), hint.map(str::to_owned))
            }
            kind => (format!("{} in '{}'; the rule is dropped", describe(kind), excerpt(prelude)), None),
        };
        self.report(Severity::Warning, location, message, hint);
    }

    /// Reports anything.
    pub fn report(
        &self,
        severity: Severity,
        location: cssparser::SourceLocation,
        message: String,
        hint: Option<String>,
    ) {
        let position = self.position(location);
        let location =
            SourceLocation { source: self.source.clone(), line: position.line, column: position.column };
        let mut diagnostic = Diagnostic::new(severity, Stage::Cssom, message).at(location);
        diagnostic.hint = hint;
        self.sink.report(diagnostic);
    }
}

/// Whether a name is another engine's.
fn begins_foreign(name: &str) -> bool {
    FOREIGN_PREFIXES.iter().any(|prefix| name.starts_with(prefix))
}

/// Values with another engine's words in them are no fault.
fn severity_of_value(value: &str) -> Severity {
    let mut words = value.split([' ', ',', '(']);
    if words.any(|word| begins_foreign(word) || word.starts_with("progid:")) {
        Severity::Note
    } else {
        Severity::Warning
    }
}

fn describe(kind: &ParseErrorKind<CssErrorKind>) -> String {
    match kind {
        ParseErrorKind::Custom(kind) => kind.to_string(),
        ParseErrorKind::Basic(BasicParseErrorKind::EndOfInput) => "something is missing".to_owned(),
        ParseErrorKind::Basic(BasicParseErrorKind::TooManyNestedBlocks) => {
            "blocks nested too deep".to_owned()
        }
        ParseErrorKind::Basic(_) => "invalid value".to_owned(),
    }
}

/// The text on one line, cut where it is too long.
fn excerpt(text: &str) -> String {
    let mut end = DIAGNOSTIC_EXCERPT_BYTES.min(text.len());
    while !text.is_char_boundary(end) {
        end -= 1;
    }
    let mut line: String = text[..end].split_ascii_whitespace().collect::<Vec<_>>().join(" ");
    if end < text.len() {
        line.push('…');
    }
    line
}
