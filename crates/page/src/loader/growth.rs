//! What is done about a document that grows: its bytes are parsed as they come, and what the new elements refer to is
//! started at once.

use std::sync::Arc;
use std::time::{Duration, Instant};

use fanlight_base::atoms::local_name;
use fanlight_base::{DiagnosticSink, Diagnostics, LocalName, Observer, Stage, run};
use fanlight_dom::{NodeData, NodeId};
use fanlight_html::link_hints;
use fanlight_layout::Relevance;

use super::discover::{SheetContents, SheetOwner};
use super::incoming::Grown;
use super::{State, discover, images, scripts};
use crate::device;
use crate::interact::form_state::set_initial_states_of;
use crate::page::{Interaction, Page};

/// How long a page in a window is parsed without looking for what the user does.
const PARSE_TIME: Duration = Duration::from_millis(10);

impl Page {
    /// Parses what has come of the document, up to a script that has to have its turn first.
    pub(super) fn parse_what_came(&mut self, observer: &dyn Observer) {
        while self.parse_up_to_script(observer) {}
        if matches!(&self.loader.state, State::Incoming(incoming) if incoming.is_paused()) {
            self.loader.scan_ahead(&self.options);
        }
    }

    /// Parses what has come, up to a script. Returns whether that is done with and the parser may go on.
    fn parse_up_to_script(&mut self, observer: &dyn Observer) -> bool {
        let follows_scripts = scripts::are_followed(&self.options);
        let State::Incoming(incoming) = &mut self.loader.state else { return false };
        if !incoming.can_parse() {
            return false;
        }
        let sink: Arc<dyn DiagnosticSink> = Arc::<Diagnostics>::clone(&self.diagnostics);
        if let Some(document) = incoming.begin(self.loader.url.as_str(), follows_scripts, sink) {
            self.document = document;
        }
        let deadline = self.options.progressive.then(|| Instant::now() + PARSE_TIME);
        let (document, input) = (&mut self.document, &mut *incoming);
        let Grown { is_whole, is_new, stopped_at, .. } =
            run(Stage::Dom, observer, move || input.parse(document, deadline));
        let arrivals = incoming.take_arrivals(&self.document);
        let waits = incoming.has_unparsed() && !incoming.is_paused();
        if is_new {
            self.begin_anew();
        }
        self.take_in(&arrivals, observer);
        self.loader.has_body = self.loader.has_body || discover::body(&self.document).is_some();
        if is_whole || !self.loader.sheets.are_sorted() {
            self.loader.sheets.sort(&self.document);
            self.pipeline.sheets_changed = true;
        }
        if is_whole {
            self.loader.parsed();
        }
        let goes_on = stopped_at.is_some_and(|script| self.take_in_script(script));
        if let State::Incoming(incoming) = &mut self.loader.state
            && goes_on
        {
            incoming.go_on();
        }
        if waits {
            if self.options.goal >= Stage::Cssom {
                self.loader.scan_ahead(&self.options);
            }
            // What waits is gone on with when the user has been heard.
            self.signal.raise();
        }
        // New elements may need what nobody has asked for yet.
        self.loader.set_settled(self.options.goal < Stage::Cssom);
        goes_on
    }

    /// The document is another: nothing that was made of the one before holds.
    fn begin_anew(&mut self) {
        self.loader.begin_anew();
        self.frames.clear();
        self.frame_lists.clear();
        let Interaction { arrived, return_to, .. } = self.interaction;
        self.interaction = Interaction { arrived, return_to, ..Interaction::default() };
        self.pipeline.forget();
        self.pipeline.relevance = Relevance::default();
        self.pipeline.set = None;
        self.pipeline.sheets_changed = true;
    }

    /// Does what new elements ask for.
    fn take_in(&mut self, arrivals: &[NodeId], observer: &dyn Observer) {
        for &node in arrivals {
            if asks_for_something(self.document.node(node).data())
                && discover::is_connected(&self.document, node)
            {
                self.take_in_element(node, observer);
            }
        }
    }

    fn take_in_element(&mut self, node: NodeId, observer: &dyn Observer) {
        self.take_in_base(node);
        self.take_in_meta(node);
        set_initial_states_of(&mut self.document, &[node]);
        if self.options.goal < Stage::Cssom {
            return;
        }
        let owner = discover::sheet_owner(&self.document, node, &self.loader.base_url);
        let may_apply = |owner: &SheetOwner| match &owner.contents {
            SheetContents::Inline(text) => self.may_apply(node, text),
            SheetContents::External(_) => true,
        };
        if let Some(owner) = owner.filter(may_apply) {
            let device = device::of(&self.options);
            self.with_sheets(observer, |page, context| {
                page.loader.sheets.add(&page.document, owner, &device, context);
            });
        }
        self.take_in_link(node);
        if self.options.goal < Stage::Layout {
            return;
        }
        if let Some(candidates) = discover::image_candidates(&self.document, node) {
            self.loader.request_element_image(node, &candidates, &self.options);
        }
        let reference = self.document.element(node).and_then(discover::svg_reference);
        if let Some(url) = reference.and_then(|href| self.loader.base_url.join(href).ok()) {
            let initiator = images::initiator(&self.loader.url);
            self.loader.request_plain_image(&url, initiator);
        }
        self.start_frame_of(node, false);
    }

    /// Prepares what a `<link>` names for later.
    fn take_in_link(&mut self, node: NodeId) {
        let Some(element) =
            self.document.element(node).filter(|element| element.is_html(&local_name!("link")))
        else {
            return;
        };
        let line = self.document.source_line(node);
        for hint in link_hints(&|name| element.attribute(&LocalName::from(name))) {
            self.loader.follow_link(hint, line, &self.options);
        }
    }

    /// The first `<base>` with an address says what those after it are relative to.
    fn take_in_base(&mut self, node: NodeId) {
        if self.loader.has_base {
            return;
        }
        let Some(element) = self.document.element(node) else { return };
        let Some(base) = discover::base_url(element, &self.loader.url) else { return };
        self.loader.has_base = true;
        if !self.may_be_base(node, &base) {
            return;
        }
        self.loader.base_url = Arc::new(base);
        if self.pipeline.set.take().is_some() {
            // Addresses in attributes have been resolved without it.
            self.pipeline.sheets_changed = true;
            self.pipeline.resolved = None;
            self.pipeline.layout_changes.boxes = true;
        }
    }
}

/// Whether a new node can be one that something is done about. Most are not.
fn asks_for_something(data: &NodeData) -> bool {
    match data {
        NodeData::Element(element) => matches!(
            element.name.local,
            local_name!("base")
                | local_name!("embed")
                | local_name!("feImage")
                | local_name!("frame")
                | local_name!("iframe")
                | local_name!("image")
                | local_name!("img")
                | local_name!("input")
                | local_name!("link")
                | local_name!("meta")
                | local_name!("object")
                | local_name!("select")
                | local_name!("style")
                | local_name!("use")
                | local_name!("video")
        ),
        NodeData::ProcessingInstruction(_) => true,
        _ => false,
    }
}
