//! Which decorations reach the text in a box. <https://drafts.csswg.org/css-text-decor-4/#line-decoration>

use std::sync::Arc;

use fanlight_base::LayoutUnit;
use rustc_hash::FxHashMap;

use crate::box_tree::{BoxId, BoxTree};
use crate::fragment::{AppliedDecoration, StyleKey};
use crate::style;

/// The decorations of boxes asked for before.
#[derive(Default)]
pub(super) struct Memory {
    known: FxHashMap<BoxId, Arc<[AppliedDecoration]>>,
}

impl Memory {
    /// The decorations of a text box: those of the boxes around it, outermost first. They end at floats, at positioned
    /// boxes and at atomic inlines.
    pub fn of(&mut self, boxes: &BoxTree, text: BoxId, is_first_line: bool) -> Arc<[AppliedDecoration]> {
        let Some(parent) = boxes.get(text).parent else { return Arc::default() };
        if let Some(known) = self.known.get(&parent) {
            return known.clone();
        }
        let mut found = Vec::new();
        for id in std::iter::once(parent).chain(boxes.ancestors(parent)) {
            let origin = StyleKey { box_id: id, is_first_line };
            let computed = boxes.style_of(origin);
            if style::has_text_decoration(computed) {
                found.push(AppliedDecoration { origin, baseline_shift: LayoutUnit::ZERO });
            }
            if style::stops_decorations(computed) {
                break;
            }
        }
        found.reverse();
        let decorations: Arc<[AppliedDecoration]> = found.into();
        self.known.insert(parent, decorations.clone());
        decorations
    }
}
