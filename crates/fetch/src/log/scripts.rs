//! The scripts of pages: when each may run, and why.

use url::Url;

use super::analysis::duration;
use super::facts::Fact;
use super::{EntryId, LogEntry, LogSnapshot};

/// A script whose turn has come, or will not come.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ScriptNote {
    /// The request that brought it; nothing where it is in the document, or nothing was asked for.
    pub entry: Option<EntryId>,
    /// Its address; nothing where it is in the document.
    pub url: Option<Url>,
    /// The document.
    pub document: Url,
    /// The line of its element, counted from 1.
    pub line: Option<u32>,
    /// What it is, in words: `classic script`.
    pub kind: String,
    /// Whether it may run.
    pub verdict: ScriptVerdict,
}

/// Whether a script may run.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum ScriptVerdict {
    /// From this moment on, for this reason.
    MayRun(String),
    /// Not at all, for this reason.
    Never(String),
}

/// What was noted of a script, and when.
#[derive(Clone, Debug, PartialEq)]
pub struct ScriptMoment {
    /// The page it belongs to, by its index in [`LogSnapshot::pages`].
    pub page: Option<usize>,
    /// When its turn came, or it turned out that it will not, in ms since the log began.
    pub at: f64,
    /// What was noted.
    pub note: ScriptNote,
}

impl ScriptMoment {
    /// Its address, or where it stands.
    pub fn name(&self) -> String {
        match (&self.note.url, self.note.line) {
            (Some(url), _) => url.to_string(),
            (None, Some(line)) => format!("in line {line} of {}", self.note.document),
            (None, None) => format!("in {}", self.note.document),
        }
    }

    /// What is known of it, in words. `since` is when the page was asked for, in ms since the log began.
    pub fn words(&self, since: f64) -> String {
        let at = duration((self.at - since).max(0.0));
        match &self.note.verdict {
            ScriptVerdict::MayRun(why) => format!("{}, may run after {at}, {why}", self.note.kind),
            ScriptVerdict::Never(why) => format!("{}, never runs: {why}", self.note.kind),
        }
    }
}

impl LogSnapshot {
    /// When the page of a script was asked for, in ms since the log began.
    pub fn page_start(&self, script: &ScriptMoment) -> f64 {
        script.page.and_then(|page| self.pages.get(page)).map_or(0.0, |page| page.started)
    }

    /// The scripts that a request brought.
    pub fn scripts_of(&self, entry: &LogEntry) -> impl Iterator<Item = &ScriptMoment> {
        let id = entry.id;
        self.scripts.iter().filter(move |script| script.note.entry == Some(id))
    }

    /// What is known of a request as a whole, its scripts included.
    pub fn facts_of(&self, entry: &LogEntry) -> Vec<Fact> {
        let mut facts = entry.facts();
        facts.extend(self.scripts_of(entry).map(|script| ("Script", script.words(self.page_start(script)))));
        facts
    }
}
