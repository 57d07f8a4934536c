//! What was wrong in web content. Content never fails a stage: the stage does what the specification says, goes on, and
//! tells a sink.

use std::fmt;
use std::sync::Arc;

use parking_lot::Mutex;

use crate::stage::Stage;

/// A place in a source text.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct SourceLocation {
    /// The URL of the source.
    pub source: Arc<str>,
    /// The line, counted from 1.
    pub line: u32,
    /// The column in UTF-8 bytes, counted from 1.
    pub column: u32,
}

impl fmt::Display for SourceLocation {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "{}:{}:{}", self.source, self.line, self.column)
    }
}

/// How much a diagnostic matters.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Severity {
    /// Worth knowing.
    Note,
    /// The author probably meant something else.
    Warning,
    /// Something that the page asked for is missing: a resource that failed, a limit that was reached.
    Error,
}

impl Severity {
    /// The word in messages.
    pub const fn name(self) -> &'static str {
        match self {
            Severity::Note => "note",
            Severity::Warning => "warning",
            Severity::Error => "error",
        }
    }
}

/// One thing that was wrong.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Diagnostic {
    /// How much it matters.
    pub severity: Severity,
    /// The stage that noticed.
    pub stage: Stage,
    /// What was wrong, as a clause without a full stop.
    pub message: String,
    /// Where.
    pub location: Option<SourceLocation>,
    /// What to do about it.
    pub hint: Option<String>,
}

impl Diagnostic {
    /// A diagnostic without place and hint.
    pub fn new(severity: Severity, stage: Stage, message: impl Into<String>) -> Self {
        Diagnostic { severity, stage, message: message.into(), location: None, hint: None }
    }

    /// The same, with its place.
    #[must_use]
    pub fn at(mut self, location: SourceLocation) -> Self {
        self.location = Some(location);
        self
    }

    /// The same, with what to do about it.
    #[must_use]
    pub fn with_hint(mut self, hint: impl Into<String>) -> Self {
        self.hint = Some(hint.into());
        self
    }
}

/// `place: severity: message (hint)`.
impl fmt::Display for Diagnostic {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        if let Some(location) = &self.location {
            write!(formatter, "{location}: ")?;
        }
        write!(formatter, "{}: {}", self.severity.name(), self.message)?;
        match &self.hint {
            Some(hint) => write!(formatter, " ({hint})"),
            None => Ok(()),
        }
    }
}

/// Takes diagnostics.
pub trait DiagnosticSink: Sync {
    /// Is told of one more.
    fn report(&self, diagnostic: Diagnostic);
}

/// Forgets everything.
pub struct Unheard;

impl DiagnosticSink for Unheard {
    fn report(&self, _diagnostic: Diagnostic) {}
}

/// Keeps diagnostics in order, up to a limit: a page can be wrong a million times.
pub struct Diagnostics {
    limit: usize,
    kept: Mutex<Kept>,
}

#[derive(Default)]
struct Kept {
    diagnostics: Vec<Diagnostic>,
    dropped: usize,
}

impl Diagnostics {
    /// How many are kept unless said otherwise.
    pub const DEFAULT_LIMIT: usize = 10_000;

    /// Keeps at most `limit`.
    pub fn with_limit(limit: usize) -> Self {
        Diagnostics { limit, kept: Mutex::default() }
    }

    /// Everything kept, in the order of reporting.
    pub fn to_vec(&self) -> Vec<Diagnostic> {
        self.kept.lock().diagnostics.clone()
    }

    /// How many came after the limit.
    pub fn dropped(&self) -> usize {
        self.kept.lock().dropped
    }
}

impl Default for Diagnostics {
    fn default() -> Self {
        Self::with_limit(Self::DEFAULT_LIMIT)
    }
}

impl DiagnosticSink for Diagnostics {
    fn report(&self, diagnostic: Diagnostic) {
        let mut kept = self.kept.lock();
        if kept.diagnostics.len() < self.limit {
            kept.diagnostics.push(diagnostic);
        } else {
            kept.dropped += 1;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_diagnostic_reads_as_a_compiler_would_say_it() {
        let diagnostic = Diagnostic::new(Severity::Warning, Stage::Cssom, "unknown property 'colour'")
            .at(SourceLocation { source: "a.css".into(), line: 3, column: 7 })
            .with_hint("did you mean 'color'?");
        assert_eq!(
            diagnostic.to_string(),
            "a.css:3:7: warning: unknown property 'colour' (did you mean 'color'?)"
        );
    }

    #[test]
    fn what_comes_after_the_limit_is_counted() {
        let diagnostics = Diagnostics::with_limit(2);
        for _ in 0..5 {
            diagnostics.report(Diagnostic::new(Severity::Note, Stage::Dom, "again"));
        }
        assert_eq!((diagnostics.to_vec().len(), diagnostics.dropped()), (2, 3));
    }
}
