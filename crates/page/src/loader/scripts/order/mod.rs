//! When each script of a document may run: the queues of the HTML standard. What happens is told, and what may run comes
//! out; nothing is fetched, parsed or run here.
//! <https://html.spec.whatwg.org/multipage/scripting.html#prepare-the-script-element>

use std::collections::VecDeque;
use std::fmt;

/// Names a script of one document, in the order of preparation.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct ScriptId(pub(super) usize);

/// What a script element holds.
/// <https://html.spec.whatwg.org/multipage/scripting.html#concept-script-type>
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum ScriptKind {
    /// A classic script.
    Classic,
    /// A module script.
    Module,
    /// An import map.
    ImportMap,
    /// Speculation rules.
    SpeculationRules,
}

/// What decides when a script may run.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct NewScript {
    /// What it is.
    pub(crate) kind: ScriptKind,
    /// Whether it is fetched.
    pub(crate) is_external: bool,
    /// Whether it has the attribute `async`, or is forced to be so because another script made it.
    pub(crate) is_async: bool,
    /// Whether it has the attribute `defer`.
    pub(crate) is_defer: bool,
    /// Whether a parser made it.
    pub(crate) is_parser_inserted: bool,
}

/// The queue that a script waits in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Turn {
    /// It waits for nothing.
    Immediately,
    /// The pending parsing-blocking script.
    /// <https://html.spec.whatwg.org/multipage/scripting.html#pending-parsing-blocking-script>
    BeforeParsingGoesOn,
    /// The list of scripts that will execute when the document has finished parsing.
    /// <https://html.spec.whatwg.org/multipage/scripting.html#list-of-scripts-that-will-execute-when-the-document-has-finished-parsing>
    AfterParsing,
    /// The list of scripts that will execute in order as soon as possible.
    /// <https://html.spec.whatwg.org/multipage/scripting.html#list-of-scripts-that-will-execute-in-order-as-soon-as-possible>
    InOrder,
    /// The set of scripts that will execute as soon as possible.
    /// <https://html.spec.whatwg.org/multipage/scripting.html#set-of-scripts-that-will-execute-as-soon-as-possible>
    AsSoonAsPossible,
}

/// What a script has waited for last.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Hold {
    /// For nothing.
    Nothing,
    /// For itself to come.
    Coming,
    /// For style sheets that block scripts.
    /// <https://html.spec.whatwg.org/multipage/semantics.html#has-a-style-sheet-that-is-blocking-scripts>
    Sheets,
    /// For the document to be parsed to its end.
    Parsing,
    /// For another script, which is before it in its queue.
    Earlier(ScriptId),
}

/// A script that may run.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Run {
    /// Which one.
    pub(crate) id: ScriptId,
    /// The queue that it was in.
    pub(crate) turn: Turn,
    /// What it has waited for last.
    pub(crate) held: Hold,
}

#[derive(Clone, Copy, Debug)]
struct Waiting {
    run: Run,
    has_come: bool,
}

/// The scripts of a document that wait for their turn.
#[derive(Debug, Default)]
pub(crate) struct ScriptOrder {
    prepared: usize,
    immediate: VecDeque<Run>,
    parser_blocking: Option<Waiting>,
    after_parsing: VecDeque<Waiting>,
    in_order: VecDeque<Waiting>,
    as_soon_as_possible: Vec<Waiting>,
    sheets_block: bool,
    parsing_has_ended: bool,
}

impl NewScript {
    /// Steps 33 and 34 of preparing a script element.
    /// <https://html.spec.whatwg.org/multipage/scripting.html#prepare-the-script-element>
    fn turn(self, sheets_block: bool) -> Turn {
        let is_module = self.kind == ScriptKind::Module;
        let is_classic = self.kind == ScriptKind::Classic;
        let is_queued = is_module || is_classic && self.is_external;
        if !is_queued {
            // Style sheets hold classic scripts of the document's own alone.
            return match is_classic && self.is_parser_inserted && sheets_block {
                true => Turn::BeforeParsingGoesOn,
                false => Turn::Immediately,
            };
        }
        if self.is_async {
            Turn::AsSoonAsPossible
        } else if !self.is_parser_inserted {
            Turn::InOrder
        } else if self.is_defer || is_module {
            Turn::AfterParsing
        } else {
            Turn::BeforeParsingGoesOn
        }
    }
}

impl ScriptOrder {
    /// An element has been prepared. A script that is in the document itself is there already.
    pub(crate) fn prepared(&mut self, script: NewScript) -> (ScriptId, Turn) {
        let (id, turn) = (ScriptId(self.prepared), script.turn(self.sheets_block));
        self.prepared += 1;
        let run = Run { id, turn, held: Hold::Nothing };
        let waiting = Waiting { run, has_come: !script.is_external };
        match turn {
            Turn::Immediately => self.immediate.push_back(run),
            Turn::BeforeParsingGoesOn => self.parser_blocking = Some(waiting),
            Turn::AfterParsing => self.after_parsing.push_back(waiting),
            Turn::InOrder => self.in_order.push_back(waiting),
            Turn::AsSoonAsPossible => self.as_soon_as_possible.push(waiting),
        }
        (id, turn)
    }

    /// A script has come with all that it imports, or has failed: then its turn is that of its event `error`.
    pub(crate) fn came(&mut self, id: ScriptId) {
        let all = self
            .parser_blocking
            .iter_mut()
            .chain(&mut self.after_parsing)
            .chain(&mut self.in_order)
            .chain(&mut self.as_soon_as_possible);
        if let Some(waiting) = all.into_iter().find(|waiting| waiting.run.id == id) {
            waiting.has_come = true;
        }
    }

    /// Style sheets that block scripts are on their way, or all are there.
    pub(crate) fn set_sheets_block(&mut self, block: bool) {
        self.sheets_block = block;
    }

    /// The document has been parsed to its end.
    /// <https://html.spec.whatwg.org/multipage/parsing.html#the-end>
    pub(crate) fn parsing_ended(&mut self) {
        self.parsing_has_ended = true;
    }

    /// The next script that may run now; nothing when all others have to wait for something to happen.
    pub(crate) fn next(&mut self) -> Option<Run> {
        let run = self.take_next();
        if run.is_none() {
            self.note_holds();
        }
        run
    }

    fn take_next(&mut self) -> Option<Run> {
        if let Some(run) = self.immediate.pop_front() {
            return Some(run);
        }
        if let Some(waiting) = self.parser_blocking.take_if(|waiting| waiting.has_come && !self.sheets_block)
        {
            return Some(waiting.run);
        }
        if let Some(index) = self.as_soon_as_possible.iter().position(|waiting| waiting.has_come) {
            return Some(self.as_soon_as_possible.remove(index).run);
        }
        let has_come = |queue: &VecDeque<Waiting>| queue.front().is_some_and(|waiting| waiting.has_come);
        if has_come(&self.in_order) {
            return self.in_order.pop_front().map(|waiting| waiting.run);
        }
        if self.parsing_has_ended && !self.sheets_block && has_come(&self.after_parsing) {
            return self.after_parsing.pop_front().map(|waiting| waiting.run);
        }
        None
    }

    /// Notes what each script waits for now. What holds it longest is noted last.
    fn note_holds(&mut self) {
        let note = |waiting: &mut Waiting, hold: Option<Hold>| {
            let coming = (!waiting.has_come).then_some(Hold::Coming);
            if let Some(hold) = coming.or(hold) {
                waiting.run.held = hold;
            }
        };
        let sheets = self.sheets_block.then_some(Hold::Sheets);
        if let Some(waiting) = &mut self.parser_blocking {
            note(waiting, sheets);
        }
        for waiting in &mut self.as_soon_as_possible {
            note(waiting, None);
        }
        let in_queue = |queue: &mut VecDeque<Waiting>, mut hold: Option<Hold>| {
            for waiting in queue {
                note(waiting, hold);
                if !waiting.has_come {
                    hold = Some(Hold::Earlier(waiting.run.id));
                }
            }
        };
        in_queue(&mut self.in_order, None);
        in_queue(&mut self.after_parsing, if self.parsing_has_ended { sheets } else { Some(Hold::Parsing) });
    }

    /// Whether the parser has to wait for a script.
    pub(crate) fn blocks_parser(&self) -> bool {
        self.parser_blocking.is_some() || !self.immediate.is_empty()
    }

    /// Whether the event `DOMContentLoaded` may come: the document is parsed, and what was deferred has run.
    /// <https://html.spec.whatwg.org/multipage/parsing.html#the-end>
    pub(crate) fn lets_document_finish(&self) -> bool {
        !self.blocks_parser() && self.after_parsing.is_empty()
    }

    /// Whether a script is waiting for its turn.
    pub(crate) fn waits(&self, id: ScriptId) -> bool {
        self.waiting().any(|run| run.id == id)
    }

    /// Those that wait for their turn, in the order of preparation.
    pub(crate) fn give_up(&mut self) -> Vec<Run> {
        let mut left: Vec<Run> = self.waiting().collect();
        left.sort_by_key(|run| run.id);
        *self = ScriptOrder { prepared: self.prepared, ..ScriptOrder::default() };
        left
    }

    fn waiting(&self) -> impl Iterator<Item = Run> {
        let queued = self
            .parser_blocking
            .iter()
            .chain(&self.after_parsing)
            .chain(&self.in_order)
            .chain(&self.as_soon_as_possible);
        self.immediate.iter().copied().chain(queued.map(|waiting| waiting.run))
    }

    /// Whether no script waits.
    pub(crate) fn is_done(&self) -> bool {
        self.waiting().next().is_none()
    }
}

impl fmt::Display for Turn {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(match self {
            Turn::Immediately => "at once, where it stands",
            Turn::BeforeParsingGoesOn => "before the parser goes on",
            Turn::AfterParsing => "when the document has been parsed, in order",
            Turn::InOrder => "as soon as possible, in order",
            Turn::AsSoonAsPossible => "as soon as it has come",
        })
    }
}

#[cfg(test)]
mod tests;
