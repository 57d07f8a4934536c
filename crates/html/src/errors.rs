//! Parse errors as diagnostics.

use std::sync::Arc;

use fanlight_base::{Diagnostic, DiagnosticSink, Severity, SourceLocation, Stage};

use crate::limits::MAX_PARSE_ERRORS;

/// Reports a document's parse errors, up to a limit.
pub(crate) struct ParseErrors {
    sink: Arc<dyn DiagnosticSink>,
    source: Arc<str>,
    reported: usize,
    last_limit: Option<&'static str>,
    /// What the parser is at, for errors that do not say what they are about: `start tag <p>`.
    pub(crate) subject: Option<Subject>,
}

/// A token that an error may be about.
pub(crate) enum Subject {
    StartTag(fanlight_base::LocalName),
    EndTag(fanlight_base::LocalName),
}

impl ParseErrors {
    pub(crate) fn new(sink: Arc<dyn DiagnosticSink>, source: Arc<str>) -> Self {
        ParseErrors { sink, source, reported: 0, last_limit: None, subject: None }
    }

    /// Everything that has been counted is forgotten: the document is parsed again.
    pub(crate) fn restarted(&self) -> Self {
        ParseErrors::new(Arc::clone(&self.sink), Arc::clone(&self.source))
    }

    fn at(&self, line: u32) -> SourceLocation {
        SourceLocation { source: Arc::clone(&self.source), line, column: 1 }
    }

    /// The author's text is not what the grammar asks for. The parser goes on as specified.
    pub(crate) fn report(&mut self, line: u32, message: &str) {
        self.reported += 1;
        if self.reported > MAX_PARSE_ERRORS {
            if self.reported == MAX_PARSE_ERRORS + 1 {
                let message = format!("more than {MAX_PARSE_ERRORS} parse errors; the rest is not reported");
                self.sink.report(Diagnostic::new(Severity::Note, Stage::Dom, message).at(self.at(line)));
            }
            return;
        }
        let mut text = String::with_capacity(message.len() + 24);
        let mut letters = message.chars();
        text.extend(letters.next().map(|first| first.to_ascii_lowercase()));
        text.push_str(letters.as_str());
        match &self.subject {
            Some(Subject::StartTag(name)) => text.push_str(&format!(" at <{name}>")),
            Some(Subject::EndTag(name)) => text.push_str(&format!(" at </{name}>")),
            None => {}
        }
        self.sink.report(Diagnostic::new(Severity::Warning, Stage::Dom, text).at(self.at(line)));
    }

    /// Something is missing from the document because there was too much of it.
    pub(crate) fn limit(&mut self, line: u32, what: &'static str, limit: usize) {
        if self.last_limit == Some(what) {
            return; // Once is enough.
        }
        self.last_limit = Some(what);
        let message = format!("more {what} than the limit of {limit}");
        self.sink.report(Diagnostic::new(Severity::Error, Stage::Dom, message).at(self.at(line)));
    }

    /// The rest of the document is missing.
    pub(crate) fn fatal(&self, line: u32, message: String) {
        let diagnostic = Diagnostic::new(Severity::Error, Stage::Dom, message)
            .at(self.at(line))
            .with_hint("what was read before is shown");
        self.sink.report(diagnostic);
    }

    /// Something worth knowing about the document as a whole.
    pub(crate) fn note(&self, line: u32, message: String) {
        self.sink.report(Diagnostic::new(Severity::Note, Stage::Dom, message).at(self.at(line)));
    }
}
