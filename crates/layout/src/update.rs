//! What a layout takes over from the one before.
//!
//! 1. Where only styles changed, the boxes stay and get the new styles ([`restyle`](crate::box_tree::restyle)). Otherwise
//!    boxes are generated again.
//! 2. What is known of boxes in which something changed, and of the boxes around them, is forgotten; all other answers
//!    hold, as they depend on nothing but what is in a box and what it is asked.

use std::sync::Arc;

use fanlight_css::ComputedStyle;
use fanlight_css::properties::Affects;
use fanlight_css::properties::boxes::Overflow;
use fanlight_dom::{NodeId, QuirksMode};

use crate::box_tree::construct;
use crate::box_tree::former::Difference;
use crate::box_tree::restyle::{Regenerate, Restyle, Restyled};
use crate::box_tree::{BoxId, BoxTree};
use crate::formatting::LayoutCache;
use crate::{LayoutInput, LayoutTree, style};

/// A layout, and what changed since it was made.
pub struct PreviousLayout<'a> {
    /// The layout. Where no one else holds it, its boxes are changed in place.
    pub layout: LayoutTree,
    /// What changed.
    pub changes: LayoutChanges<'a>,
}

/// What changed since a layout was made. The viewport is compared.
#[derive(Clone, Copy, Debug, Default)]
pub struct LayoutChanges<'a> {
    /// The elements whose style, or the style of a pseudo-element of theirs, is another, with the most that follows.
    pub styles: &'a [(NodeId, Affects)],
    /// Whether other boxes may be generated: the document, its text, images, or attributes that boxes read are others.
    pub boxes: bool,
    /// Whether text may be shaped in another way: the fonts are others.
    pub fonts: bool,
}

/// What a layout begins with.
pub(crate) struct Start {
    pub boxes: BoxTree,
    pub cache: LayoutCache,
    pub viewport_overflow: [Overflow; 2],
}

/// Brings the boxes of the last layout up to date, and forgets what no longer holds. Without a last layout, all is new.
pub(crate) fn start(input: &LayoutInput<'_>, previous: Option<PreviousLayout<'_>>) -> Start {
    let Some(PreviousLayout { layout, changes }) = previous.filter(|previous| !previous.changes.fonts) else {
        let (boxes, viewport_overflow) = generate(input, BoxTree::default());
        let cache = LayoutCache::new(boxes.len());
        return Start { boxes, cache, viewport_overflow };
    };
    let mut start = Start {
        boxes: Arc::unwrap_or_clone(layout.boxes),
        cache: Arc::unwrap_or_clone(layout.cache),
        viewport_overflow: layout.viewport_overflow,
    };
    start.cache.begin_layout();
    if input.viewport != layout.viewport {
        start.cache.forget_sizes();
    }
    let keeps_boxes = !changes.boxes && !regenerates_boxes(input, &changes);
    if !keeps_boxes || start.restyle(input, &changes).is_err() {
        start.regenerate(input);
    }
    start
}

/// Generates the boxes of a document.
fn generate(input: &LayoutInput<'_>, tree: BoxTree) -> (BoxTree, [Overflow; 2]) {
    let construct::Built { boxes, viewport_overflow } = construct::build(tree, input, input.sink);
    (boxes, viewport_overflow)
}

impl Start {
    /// Gives boxes the styles of now.
    fn restyle(&mut self, input: &LayoutInput<'_>, changes: &LayoutChanges<'_>) -> Result<(), Regenerate> {
        let restyle = Restyle::new(input);
        let mut restyled = Vec::new();
        let mut nodes = changes.styles.iter();
        let done = nodes.try_for_each(|(node, _)| restyle.element(&mut self.boxes, *node, &mut restyled));
        for Restyled { id, old } in &restyled {
            if self.boxes.get(*id).style.affects(old) >= Affects::Layout {
                self.forget(*id, old);
            }
        }
        done
    }

    /// Generates all boxes again. What is known of those that are as they were still holds.
    fn regenerate(&mut self, input: &LayoutInput<'_>) {
        let former = std::mem::take(&mut self.boxes).emptied();
        (self.boxes, self.viewport_overflow) = generate(input, former);
        self.cache.add_boxes(self.boxes.len());
        for (id, difference) in self.boxes.compare_with_former() {
            match difference {
                Difference::Whole => self.cache.forget(&self.boxes, id),
                Difference::Moved => self.forget_all_inside(id),
                Difference::Blocks => self.cache.forget_answers(&self.boxes, id),
                Difference::Changed { old } => self.forget(id, &old),
            }
        }
        if input.document.quirks_mode == QuirksMode::Quirks {
            // <body> has its height from what is around it.
            let body = self.boxes.ids().find(|&id| self.boxes.get(id).is_body);
            body.into_iter().for_each(|body| self.cache.forget(&self.boxes, body));
        }
    }

    /// Forgets what is known of a box that had the style `old`.
    fn forget(&mut self, id: BoxId, old: &ComputedStyle) {
        self.cache.forget(&self.boxes, id);
        let new = &self.boxes.get(id).style;
        let is_same_inside = style::has_text_decoration(old) == style::has_text_decoration(new)
            && style::stops_decorations(old) == style::stops_decorations(new);
        if !is_same_inside {
            self.forget_all_inside(id);
        }
    }

    /// Forgets what is known of a box and of all boxes inside: the lines along text go through them all.
    fn forget_all_inside(&mut self, id: BoxId) {
        let mut pending = vec![id];
        while let Some(id) = pending.pop() {
            self.cache.forget(&self.boxes, id);
            pending.extend(self.boxes.children(id));
        }
    }
}

/// Whether boxes are generated from styles that changed.
fn regenerates_boxes(input: &LayoutInput<'_>, changes: &LayoutChanges<'_>) -> bool {
    // The viewport has `overflow` from the root or from `<body>`, and in quirks mode these have their heights from it.
    let root = input.document.document_element();
    let is_principal =
        |node: NodeId| root.is_some() && (root == Some(node) || input.document.parent_element(node) == root);
    changes
        .styles
        .iter()
        .any(|&(node, affects)| affects == Affects::Boxes || affects >= Affects::Layout && is_principal(node))
}
