//! Which decorations reach the text in a box. <https://drafts.csswg.org/css-text-decor-4/#line-decoration>

use std::sync::Arc;

use fanlight_base::LayoutUnit;

use crate::box_tree::{BoxId, BoxTree};
use crate::fragment::{AppliedDecoration, StyleKey};
use crate::style;

/// The decorations of the boxes of one inline formatting context.
pub(super) struct Memory {
    container: BoxId,
    is_first_line: bool,
    /// Those of the block container.
    around: Arc<[AppliedDecoration]>,
    /// The box that was asked for last, and its decorations.
    last: (BoxId, Arc<[AppliedDecoration]>),
}

impl Memory {
    /// For the boxes in a block container.
    pub fn new(boxes: &BoxTree, container: BoxId, is_first_line: bool) -> Memory {
        let around = reaching(boxes, container, is_first_line, |_| None);
        Memory { container, is_first_line, last: (container, around.clone()), around }
    }

    /// The decorations of a text box: those of the boxes around it, outermost first. They end at floats, at positioned
    /// boxes and at atomic inlines.
    pub fn of(&mut self, boxes: &BoxTree, text: BoxId) -> Arc<[AppliedDecoration]> {
        let Some(parent) = boxes.get(text).parent else { return Arc::default() };
        if self.last.0 != parent {
            let known = |id| (id == self.container).then_some(&self.around);
            self.last = (parent, reaching(boxes, parent, self.is_first_line, known));
        }
        self.last.1.clone()
    }
}

/// The decorations of a box and those that reach it from the boxes around, outermost first. `known` has some that are known.
fn reaching<'k>(
    boxes: &BoxTree,
    id: BoxId,
    is_first_line: bool,
    known: impl Fn(BoxId) -> Option<&'k Arc<[AppliedDecoration]>>,
) -> Arc<[AppliedDecoration]> {
    let mut found = Vec::new();
    for id in std::iter::once(id).chain(boxes.ancestors(id)) {
        if let Some(known) = known(id) {
            if found.is_empty() {
                return known.clone();
            }
            found.extend(known.iter().rev().cloned());
            break;
        }
        let origin = StyleKey { box_id: id, is_first_line };
        let computed = boxes.style_of(origin);
        if style::has_text_decoration(computed) {
            found.push(AppliedDecoration { origin, baseline_shift: LayoutUnit::ZERO });
        }
        if style::stops_decorations(computed) {
            break;
        }
    }
    if found.is_empty() {
        return Arc::default();
    }
    found.reverse();
    found.into()
}
