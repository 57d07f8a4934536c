//! Scripts, as far as the network sees them. They do not run yet; where [`PageOptions::load_scripts`] asks for it they are
//! fetched as they would be, the parser waits for them as it would, and the network log is told when each may run and why.
//!
//! - [`element`]: what a script element asks for.
//! - [`order`]: when each may run; it knows nothing of the network and will tell the script stage what to run.
//!
//! FIXME: what modules import is not fetched. That takes a parser of ECMAScript, which the script stage will bring.

pub(crate) mod element;
pub(crate) mod order;

use std::collections::BTreeMap;

use fanlight_base::{Observer, Stage};
use fanlight_dom::NodeId;
use fanlight_fetch::log::{NetworkLog, ScriptNote, ScriptVerdict};
use fanlight_fetch::policy::csp::{InlineKind, Sandbox};
use fanlight_fetch::{FetchError, Initiator, InitiatorKind, Url};

use self::element::{Ignored, ScriptElement, ScriptSource, prepare, request};
use self::order::{Hold, Run, ScriptId, ScriptKind, ScriptOrder, Turn};
use super::downloads::{Arrival, Asked, DownloadKey, Downloads};
use super::priorities::{Place, ScriptPlace};
use super::{Loader, State, discover, fetch_attributes};
use crate::options::PageOptions;
use crate::page::Page;

/// The scripts of a document.
#[derive(Default)]
pub(crate) struct Scripts {
    order: ScriptOrder,
    /// By their names in the order.
    known: BTreeMap<ScriptId, Script>,
    /// What has come, or why it has not. Several elements may ask for the same.
    arrived: BTreeMap<DownloadKey, Result<(), String>>,
}

struct Script {
    kind: ScriptKind,
    line: Option<u32>,
    /// None where it is in the document.
    url: Option<Url>,
    key: Option<DownloadKey>,
    /// The encoding that it is read in where it does not say it, if that is not the document's.
    encoding: Option<&'static str>,
    blocks_rendering: bool,
    failure: Option<String>,
}

/// Whether scripts are fetched, and waited for, although they do not run.
pub(crate) fn are_followed(options: &PageOptions) -> bool {
    options.load_scripts && options.scripting && options.goal >= Stage::Cssom
}

/// What of the place of a script tells how soon it is needed.
pub(super) fn place_of(kind: ScriptKind, is_async: bool, is_defer: bool) -> ScriptPlace {
    match kind {
        ScriptKind::Module => ScriptPlace::Module,
        _ if is_async || is_defer => ScriptPlace::Background,
        _ => ScriptPlace::Blocking,
    }
}

impl Scripts {
    /// Forgets the elements: the document begins anew. What has come is kept.
    pub(super) fn forget_elements(&mut self) {
        self.order = ScriptOrder::default();
        self.known.clear();
    }

    /// Whether the parser has to wait for a script.
    pub(super) fn block_parser(&self) -> bool {
        self.order.blocks_parser()
    }

    /// Whether all that was deferred has had its turn.
    pub(super) fn let_document_finish(&self) -> bool {
        self.order.lets_document_finish()
    }

    /// Whether no script holds the first paint.
    /// <https://html.spec.whatwg.org/multipage/dom.html#render-blocking-mechanism>
    pub(super) fn let_rendering_begin(&self) -> bool {
        !self.known.iter().any(|(id, script)| script.blocks_rendering && self.order.waits(*id))
    }

    /// Whether every script has had its turn.
    pub(super) fn are_complete(&self) -> bool {
        self.order.is_done()
    }

    /// The document has been parsed to its end.
    pub(super) fn parsing_ended(&mut self) {
        self.order.parsing_ended();
    }

    /// Takes what has come.
    fn receive(&mut self, downloads: &mut Downloads) {
        for (id, script) in &mut self.known {
            let Some(key) = script.key.as_ref().filter(|_| self.order.waits(*id)) else { continue };
            if !self.arrived.contains_key(key)
                && let Some(arrival) = downloads.take(key)
            {
                self.arrived.insert(key.clone(), check(script.kind, arrival));
            }
            if let Some(outcome) = self.arrived.get(key) {
                script.failure = outcome.as_ref().err().cloned();
                self.order.came(*id);
            }
        }
    }

    /// Tells the log of those that may run now.
    fn run(&mut self, downloads: &Downloads, document: &Url, log: &NetworkLog) {
        while let Some(run) = self.order.next() {
            let Some(script) = self.known.get(&run.id) else { continue };
            let verdict = match &script.failure {
                Some(failure) => ScriptVerdict::Never(failure.clone()),
                None => ScriptVerdict::MayRun(format!("{}: {}", run.turn, self.why(run))),
            };
            log.note_script(script.note(downloads, document, verdict));
        }
    }

    /// Why a script may run now, in words.
    fn why(&self, run: Run) -> String {
        match run.held {
            Hold::Nothing if run.turn == Turn::Immediately => "nothing holds it".to_owned(),
            Hold::Nothing => "nothing held it".to_owned(),
            Hold::Coming => "it had to come first".to_owned(),
            Hold::Sheets => "the style sheets before it had to come first".to_owned(),
            Hold::Parsing => "the rest of the document had to be parsed first".to_owned(),
            Hold::Earlier(id) => {
                let name = self.known.get(&id).and_then(|script| script.url.as_ref()).map(Url::as_str);
                format!("{} had to come first", name.unwrap_or("a script before it"))
            }
        }
    }

    /// Tells the log of those that have not had their turn, and forgets them.
    pub(super) fn give_up(&mut self, downloads: &Downloads, document: &Url, log: &NetworkLog) {
        for run in self.order.give_up() {
            let verdict =
                ScriptVerdict::Never(format!("loading was stopped before its turn came, {}", run.turn));
            if let Some(script) = self.known.get(&run.id) {
                log.note_script(script.note(downloads, document, verdict));
            }
        }
    }
}

impl Script {
    fn note(&self, downloads: &Downloads, document: &Url, verdict: ScriptVerdict) -> ScriptNote {
        ScriptNote {
            entry: self.key.as_ref().and_then(|key| downloads.entry(key)),
            url: self.url.clone(),
            document: document.clone(),
            line: self.line,
            kind: match self.encoding {
                Some(encoding) => {
                    format!("{}, read as {encoding} unless it says otherwise", self.kind.name())
                }
                None => self.kind.name().to_owned(),
            },
            verdict,
        }
    }
}

/// Whether what has come is a script.
/// <https://html.spec.whatwg.org/multipage/webappapis.html#fetch-a-classic-script>
/// <https://html.spec.whatwg.org/multipage/webappapis.html#fetch-a-single-module-script>
fn check(kind: ScriptKind, arrival: Arrival) -> Result<(), String> {
    let response = arrival.map_err(|error: FetchError| error.to_string())?;
    if response.url().scheme().starts_with("http") && !response.head.is_ok() {
        return Err(format!("the server answered {}", response.status()));
    }
    let mime_type = response.mime_type();
    if kind == ScriptKind::Module && !mime_type.is_javascript() {
        return Err(format!(
            "its type is {mime_type}, which is none of JavaScript's, and modules must have one"
        ));
    }
    Ok(())
}

impl Page {
    /// Does what a script element asks for, whose end the parser has come to. Returns whether the parser may go on.
    pub(super) fn take_in_script(&mut self, node: NodeId) -> bool {
        if self.loader.stopped {
            return true;
        }
        let line = self.document.source_line(node);
        let is_refused = self.loader.sandbox().is_some_and(Sandbox::takes_scripts);
        let outcome = match prepare(&self.document, node, &self.loader.base_url) {
            Ok(_) if is_refused => {
                Err(Ignored::Because("the page is in a sandbox without allow-scripts".to_owned()))
            }
            Ok(element) => match &element.source {
                ScriptSource::Inline(text) if !self.may_run_inline(node, text) => {
                    Err(Ignored::Because("the page's Content-Security-Policy forbids it".to_owned()))
                }
                _ => Ok(element),
            },
            ignored => ignored,
        };
        match outcome {
            Ok(element) => {
                let is_early = !self.document.is_xml && discover::body(&self.document).is_none();
                self.loader.add_script(element, line, is_early);
            }
            Err(Ignored::Because(reason)) => self.loader.note_ignored_script(line, reason),
            Err(Ignored::Nothing) => {}
        }
        self.loader.let_scripts_run();
        !self.loader.scripts.block_parser()
    }

    /// Lets the scripts whose turn has come have it, and parses on where one of them was waited for.
    pub(super) fn advance_scripts(&mut self, observer: &dyn Observer) {
        if !are_followed(&self.options) {
            return;
        }
        loop {
            self.loader.downloads.poll();
            self.loader.let_scripts_run();
            let blocks = self.loader.scripts.block_parser();
            let State::Incoming(incoming) = &mut self.loader.state else { return };
            if blocks || !incoming.go_on() {
                return;
            }
            self.parse_what_came(observer);
            self.receive_sheets(observer);
        }
    }

    fn may_run_inline(&self, node: NodeId, text: &str) -> bool {
        self.may_use_inline(node, InlineKind::Script, text)
    }
}

impl Loader {
    /// Starts what a script element asks for. `is_early` says that the document has no body yet.
    fn add_script(&mut self, element: ScriptElement, line: Option<u32>, is_early: bool) {
        let ScriptElement { script, source, fetch, encoding, is_told_to_block_rendering } = element;
        self.scripts.order.set_sheets_block(!self.sheets.let_scripts_run());
        let (id, turn) = self.scripts.order.prepared(script);
        // What the parser waits for in the head is between the user and the first paint anyway.
        // <https://html.spec.whatwg.org/multipage/urls-and-fetching.html#implicitly-potentially-render-blocking>
        let is_waited_for = script.is_external && turn == Turn::BeforeParsingGoesOn;
        let blocks_rendering = is_early && (is_waited_for || is_told_to_block_rendering);
        let (mut url, mut key) = (None, None);
        if let ScriptSource::External(address) = source {
            let initiator = Initiator { kind: InitiatorKind::Parser, source: Some(self.url.clone()), line };
            let mut request = request(script.kind, address.clone(), &fetch, initiator);
            request.render_blocking = blocks_rendering;
            let own_key = DownloadKey::of(&request);
            if !self.scripts.arrived.contains_key(&own_key) {
                let place = Place {
                    hint: fetch_attributes::fetch_priority(&fetch),
                    script: place_of(script.kind, script.is_async, script.is_defer),
                    ..Place::default()
                };
                self.start_download(Asked { request, place });
            }
            (url, key) = (Some(address), Some(own_key));
        }
        let encoding = encoding.filter(|_| script.kind == ScriptKind::Classic && script.is_external);
        let kind = script.kind;
        let known = Script { kind, line, url, key, encoding, blocks_rendering, failure: None };
        self.scripts.known.insert(id, known);
    }

    fn note_ignored_script(&self, line: Option<u32>, reason: String) {
        let verdict = ScriptVerdict::Never(reason);
        let (document, kind) = (self.url.clone(), "script".to_owned());
        let note = ScriptNote { entry: None, url: None, document, line, kind, verdict };
        self.environment.fetcher().log().note_script(note);
    }

    /// Tells the scripts what has happened, and the log which of them may run.
    fn let_scripts_run(&mut self) {
        self.scripts.order.set_sheets_block(!self.sheets.let_scripts_run());
        self.scripts.receive(&mut self.downloads);
        self.scripts.run(&self.downloads, &self.url, self.environment.fetcher().log());
    }

    /// Gives up the scripts that have not had their turn.
    pub(super) fn give_up_scripts(&mut self) {
        self.scripts.give_up(&self.downloads, &self.url, self.environment.fetcher().log());
    }
}
