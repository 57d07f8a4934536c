//! `content-visibility: auto`: which contents are relevant to the user is known once it is laid out where they are, and asks
//! for another layout then. <https://drafts.csswg.org/css-contain-2/#cv-notes>

use fanlight_base::diagnostics::Unheard;
use fanlight_base::{Observer, Stage, run};
use fanlight_css::properties::boxes::ContentVisibility;
use fanlight_dom::NodeId;
use fanlight_layout::geometry::{Scrolled, proximity};
use fanlight_layout::{LayoutInput, LayoutTree, layout};
use rustc_hash::FxHashSet;

use crate::limits;
use crate::page::Page;

impl Page {
    /// Lays out what changed, and again until the elements that skip their contents are those which are far from the
    /// viewport. At first all do; those that do not take their room, and others come near or go.
    pub(super) fn update_layout(&mut self, observer: &dyn Observer) {
        self.lay_out(observer);
        for _ in 0..limits::RELEVANCE_PASSES {
            if !self.determine_relevance() {
                return;
            }
            self.lay_out(observer);
        }
        // What goes on coming and going stays as it is until something moves.
        self.pipeline.is_relevance_due = false;
    }

    /// Determines which contents are relevant to the user: those near the viewport, and those around what has the focus.
    /// Returns whether others are than were laid out.
    fn determine_relevance(&mut self) -> bool {
        if !std::mem::take(&mut self.pipeline.is_relevance_due) {
            return false;
        }
        let Some(layout) = &self.pipeline.layout else { return false };
        if layout.boxes.skippable_elements().is_empty() {
            return false;
        }
        let container_scroll = |node: NodeId| self.container_scroll(node);
        let scrolled = Scrolled { document: self.interaction.scroll, contents: &container_scroll };
        let elements = proximity(layout, &scrolled);
        let focused = self.interaction.focused;
        let around_focus: FxHashSet<NodeId> =
            focused.into_iter().flat_map(|node| self.document.inclusive_ancestors(node)).collect();
        let is_other = self.pipeline.relevance.determine(&elements, &|node| around_focus.contains(&node));
        self.pipeline.layout_changes.boxes |= is_other;
        is_other
    }

    /// Lays out the contents that a node is in, where they are skipped, so that it is known where it is. They stay until
    /// it is next determined what is relevant to the user.
    pub(crate) fn lay_out_around(&mut self, node: NodeId, observer: &dyn Observer) {
        while let Some(around) = self.skipped_by(node) {
            self.pipeline.relevance.make_relevant(around);
            self.pipeline.layout_changes.boxes = true;
            self.lay_out(observer);
            self.pipeline.is_relevance_due = false;
        }
    }

    /// The element that skips its contents, a node among them. <https://drafts.csswg.org/css-contain-2/#skips-its-contents>
    pub(crate) fn skipped_by(&self, node: NodeId) -> Option<NodeId> {
        let (resolved, layout) = (self.pipeline.resolved.as_ref()?, self.pipeline.layout.as_ref()?);
        let skippable = layout.boxes.skippable_elements();
        if skippable.is_empty() {
            return None;
        }
        let is_auto = |node: NodeId| {
            let style = resolved.styles.get(node);
            style.is_some_and(|style| style.boxes.content_visibility == ContentVisibility::Auto)
        };
        self.document.ancestors(node).find(|&around| {
            is_auto(around) && !self.pipeline.relevance.is_relevant(around) && skippable.contains(&around)
        })
    }

    /// The layout in which skipped contents have their places too, as scripts are told of them.
    pub(crate) fn layout_of_all(&self, observer: &dyn Observer) -> Option<LayoutTree> {
        let (resolved, known) = (self.pipeline.resolved.as_ref()?, self.pipeline.layout.as_ref()?);
        let relevance = self.pipeline.relevance.forced();
        if known.boxes.skippable_elements().iter().all(|&node| relevance.is_relevant(node)) {
            return Some(known.clone());
        }
        let content = self.content();
        let input =
            LayoutInput { relevance: &relevance, ..self.layout_input(&resolved.styles, &content, &Unheard) };
        Some(run(Stage::Layout, observer, || layout(&input, None)))
    }
}
