//! Stands between tokenizer and tree builder. Bounds the depth of the tree, tells errors what they are about, records
//! tokens for the dump.
//!
//! Depth: Chromium lets its stack of open elements grow without bound, but hangs what is deeper than the limit below the
//! last parent within the limit. The tree builder searches its stack for most tags, so that 100,000 open elements would
//! take a minute. We get the same tree by closing an element past the limit at once and remembering its name, so that its
//! own end tag is passed over when it comes.

use std::cell::RefCell;
use std::collections::HashMap;

use fanlight_base::LocalName;
use fanlight_dom::NodeId;
use html5ever::local_name;
use html5ever::tokenizer::{Tag, TagKind, Token, TokenSink, TokenSinkResult};
use html5ever::tree_builder::TreeBuilder;

use super::flood::TokenTrace;
use super::sink::{DomSink, Handle};
use crate::errors::Subject;
use crate::limits::MAX_TREE_DEPTH;
use crate::tokens::TokenRecorder;

/// The tree builder behind the gate.
pub(crate) struct Gate {
    pub(crate) builder: TreeBuilder<Handle, DomSink>,
    overflow: RefCell<Overflow>,
    /// Where a guard of the input wants to know of tokens.
    trace: Option<TokenTrace>,
    pub(crate) recorder: Option<RefCell<TokenRecorder>>,
    /// Whether a fragment is parsed whose context is a `select` element.
    context_is_select: bool,
}

/// The elements past the limit whose end tags are still to come.
#[derive(Default)]
struct Overflow {
    open: Vec<LocalName>,
    /// How often each name is in `open`: an end tag that is not there must not cost a search.
    counts: HashMap<LocalName, usize>,
    /// The element that all of them hang below.
    parent: Option<NodeId>,
}

impl Overflow {
    fn open(&mut self, name: LocalName, parent: NodeId) {
        *self.counts.entry(name.clone()).or_default() += 1;
        self.open.push(name);
        self.parent = Some(parent);
    }

    /// Closes the innermost element of the name, and what is inside it. Whether there is one.
    fn close(&mut self, name: &LocalName) -> bool {
        if self.counts.get(name).is_none_or(|&count| count == 0) {
            return false;
        }
        while let Some(innermost) = self.open.pop() {
            if let Some(count) = self.counts.get_mut(&innermost) {
                *count -= 1;
            }
            if innermost == *name {
                break;
            }
        }
        true
    }

    fn clear(&mut self) {
        *self = Overflow::default();
    }
}

impl Gate {
    pub(crate) fn new(
        builder: TreeBuilder<Handle, DomSink>,
        recorder: Option<TokenRecorder>,
        trace: Option<TokenTrace>,
    ) -> Self {
        Gate {
            builder,
            overflow: RefCell::default(),
            trace,
            recorder: recorder.map(RefCell::new),
            context_is_select: false,
        }
    }

    /// The gate for a fragment.
    pub(crate) fn for_fragment(builder: TreeBuilder<Handle, DomSink>, context_is_select: bool) -> Self {
        Gate { context_is_select, ..Gate::new(builder, None, None) }
    }

    pub(crate) fn sink(&self) -> &DomSink {
        &self.builder.sink
    }

    fn start_tag(&self, tag: Tag, line: u64) -> TokenSinkResult<Handle> {
        let (name, self_closing) = (tag.name.clone(), tag.self_closing);
        self.sink().errors_mut().subject = Some(Subject::StartTag(name.clone()));
        if self.context_is_select && name == local_name!("input") {
            // html5ever notes the error, but does not ignore the token as it should.
            return TokenSinkResult::Continue;
        }
        self.sink().take_placed();
        let result = self.builder.process_token(Token::TagToken(tag), line);
        let result = match result {
            // html5ever answers so for every element with such an attribute.
            TokenSinkResult::EncodingIndicator(_) if name != local_name!("meta") => TokenSinkResult::Continue,
            result => result,
        };
        let Some(placed) = self.sink().take_placed() else { return result };
        if placed.depth <= MAX_TREE_DEPTH {
            let mut overflow = self.overflow.borrow_mut();
            if overflow.parent.is_some() {
                overflow.clear();
            }
            return result;
        }
        // `<image>` becomes an `img` element.
        let is_closed_already =
            if placed.is_html { is_void(&name) || name == local_name!("image") } else { self_closing };
        if is_closed_already || !matches!(result, TokenSinkResult::Continue) {
            return result;
        }
        self.sink().errors_mut().limit(
            u32::try_from(line).unwrap_or(u32::MAX),
            "levels of elements",
            usize::from(MAX_TREE_DEPTH),
        );
        let end = Tag {
            kind: TagKind::EndTag,
            name: name.clone(),
            self_closing: false,
            attrs: Vec::new(),
            had_duplicate_attributes: false,
        };
        self.overflow.borrow_mut().open(name, placed.parent);
        self.builder.process_token(Token::TagToken(end), line)
    }

    fn end_tag(&self, tag: Tag, line: u64) -> TokenSinkResult<Handle> {
        {
            let mut overflow = self.overflow.borrow_mut();
            if let Some(parent) = overflow.parent {
                if overflow.close(&tag.name) {
                    return TokenSinkResult::Continue;
                }
                // The end of an element that is really open ends those past the limit, too.
                let document = self.sink().document();
                let mut open = std::iter::once(parent).chain(document.ancestors(parent));
                if open.any(|node| document.element(node).is_some_and(|open| open.name.local == tag.name)) {
                    overflow.clear();
                }
            }
        }
        self.sink().errors_mut().subject = Some(Subject::EndTag(tag.name.clone()));
        self.builder.process_token(Token::TagToken(tag), line)
    }
}

impl TokenSink for Gate {
    type Handle = Handle;

    fn process_token(&self, token: Token, line: u64) -> TokenSinkResult<Handle> {
        if let Some(trace) = &self.trace {
            trace.token();
        }
        if let Some(recorder) = &self.recorder {
            recorder.borrow_mut().record(&token, u32::try_from(line).unwrap_or(u32::MAX));
        }
        match token {
            Token::TagToken(tag) => match tag.kind {
                TagKind::StartTag => self.start_tag(tag, line),
                TagKind::EndTag => self.end_tag(tag, line),
            },
            token => {
                self.sink().errors_mut().subject = None;
                self.builder.process_token(token, line)
            }
        }
    }

    fn end(&self) {
        self.builder.end();
        self.sink().end();
    }

    fn adjusted_current_node_present_but_not_in_html_namespace(&self) -> bool {
        self.builder.adjusted_current_node_present_but_not_in_html_namespace()
    }
}

/// Elements without an end tag, those of old included that are parsed and written alike.
/// <https://html.spec.whatwg.org/multipage/syntax.html#void-elements>
pub(crate) fn is_void(name: &LocalName) -> bool {
    matches!(
        *name,
        local_name!("area")
            | local_name!("base")
            | local_name!("basefont")
            | local_name!("bgsound")
            | local_name!("br")
            | local_name!("col")
            | local_name!("embed")
            | local_name!("frame")
            | local_name!("hr")
            | local_name!("img")
            | local_name!("input")
            | local_name!("keygen")
            | local_name!("link")
            | local_name!("meta")
            | local_name!("param")
            | local_name!("source")
            | local_name!("track")
            | local_name!("wbr")
    )
}
