//! The log as HAR 1.2, which the browsers' tools open.
//! <http://www.softwareishard.com/blog/har-12-spec/>
//!
//! - [`entry`]: one exchange with a server; its `_` fields are those that Chromium's DevTools write, where it has them.
//! - [`message`]: what is in requests and responses: header fields, cookies, bodies.
//! - [`date`] writes instants.

mod date;
mod entry;
mod message;

use std::collections::BTreeMap;
use std::sync::Arc;

use bytes::Bytes;
use serde_json::{Value, json};

use super::dump::rounded;
use super::{EntryId, LogEntry, LogSnapshot, NetworkLog, PageEntry, ScriptMoment, ScriptVerdict};
use crate::response::ResponseHead;
use date::date_time;

/// What was kept of the answers, by request, so that a HAR can be replayed.
pub type KeptAnswers = BTreeMap<EntryId, KeptAnswer>;

/// What was kept of an answer.
#[derive(Clone, Debug, Default)]
pub struct KeptAnswer {
    /// The head that the page was given; nothing where none came.
    pub head: Option<Arc<ResponseHead>>,
    /// The body as far as it came, its content codings undone.
    pub body: KeptBody,
}

/// What was kept of a body.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum KeptBody {
    /// These bytes, in their pieces.
    Bytes(Vec<Bytes>),
    /// Nothing, because it is longer than a recording may be.
    TooLarge,
}

impl Default for KeptBody {
    fn default() -> Self {
        KeptBody::Bytes(Vec::new())
    }
}

/// The log as one HAR value. Every exchange with a server is an entry, redirects too; bodies of answers are left out.
pub fn to_har(log: &NetworkLog) -> Value {
    let snapshot = log.snapshot();
    snapshot_to_har(&snapshot, None)
}

/// What a log held at one moment as one HAR value, with the answers that were kept. Where there are some, the last exchange
/// of a request is the answer that the page was given, be it from the network or from a cache.
pub fn snapshot_to_har(snapshot: &LogSnapshot, kept: Option<&KeptAnswers>) -> Value {
    let entries = snapshot.entries.iter().flat_map(|entry| {
        let answer = kept.and_then(|kept| kept.get(&entry.id));
        entry::exchanges(snapshot, entry, answer)
    });
    let pages = snapshot.pages.iter().enumerate().map(|(index, page)| har_page(snapshot, index, page));
    json!({ "log": {
        "version": "1.2",
        "creator": { "name": "Fanlight", "version": env!("CARGO_PKG_VERSION") },
        "pages": pages.collect::<Vec<_>>(),
        "entries": entries.collect::<Vec<_>>(),
    } })
}

fn page_id(index: usize) -> String {
    format!("page_{}", index + 1)
}

/// -1 stands for a moment that did not come, says the format.
fn har_page(snapshot: &LogSnapshot, index: usize, page: &PageEntry) -> Value {
    let moment = |at: Option<f64>| at.map_or(json!(-1), |ms| json!(rounded(ms)));
    let of_page = snapshot.scripts.iter().filter(|script| script.page == Some(index));
    let scripts: Vec<Value> = of_page.map(|script| har_script(snapshot, script)).collect();
    let mut value = json!({
        "startedDateTime": date_time(snapshot.started_at, page.started),
        "id": page_id(index),
        "title": page.title.as_deref().unwrap_or(page.url.as_str()),
        "pageTimings": {
            "onContentLoad": moment(page.moments.dom_content_loaded),
            "onLoad": moment(page.moments.load),
            "_firstPaint": moment(page.moments.first_paint),
        },
    });
    if !scripts.is_empty() {
        value["_scripts"] = scripts.into();
    }
    value
}

/// When a script may run, in ms since its page was asked for, and why.
fn har_script(snapshot: &LogSnapshot, script: &ScriptMoment) -> Value {
    let note = &script.note;
    let (may_run, why) = match &note.verdict {
        ScriptVerdict::MayRun(why) => (Some(rounded(script.at - snapshot.page_start(script))), why),
        ScriptVerdict::Never(why) => (None, why),
    };
    json!({
        "kind": note.kind,
        "url": note.url.as_ref().map(url::Url::as_str),
        "document": note.document.as_str(),
        "line": note.line,
        "mayRun": may_run,
        "why": why,
    })
}

/// The page that a request belongs to.
fn page_of(snapshot: &LogSnapshot, entry: &LogEntry) -> Option<String> {
    entry.page.filter(|&index| index < snapshot.pages.len()).map(page_id)
}
