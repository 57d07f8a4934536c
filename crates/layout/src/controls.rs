//! The sizes that form controls have by themselves.
//! <https://html.spec.whatwg.org/multipage/rendering.html#form-controls>

use fanlight_base::LayoutUnit;

use crate::box_tree::{BoxId, Control};
use crate::formatting::Layouter;
use crate::inline::BoxText;

/// The content-box inline size of a control, where it does not follow from what it shows.
pub(crate) fn inline_size(layouter: &Layouter<'_>, id: BoxId) -> Option<LayoutUnit> {
    let layout_box = layouter.boxes.get(id);
    let characters = |count: u32, text: &BoxText| {
        // Whole px, as Chromium takes them.
        let average = text.stack.metrics().average_advance.round();
        (average * count as f32, average)
    };
    let size = match layout_box.control? {
        Control::TextField(count) => {
            let text = BoxText::new(layouter, &layout_box.style);
            let (width, average) = characters(count, &text);
            // The widest glyph has room at the end.
            width + (text.stack.metrics().bounds_width.round() - average).max(0.0)
        }
        Control::TextArea(columns, _) => characters(columns, &BoxText::new(layouter, &layout_box.style)).0,
        Control::Button | Control::Select => return None,
    };
    Some(LayoutUnit::from_f32_ceil(size))
}

/// The content-box block size of a control, where it does not follow from what it shows; a line is there in any case.
pub(crate) fn block_size(layouter: &Layouter<'_>, id: BoxId) -> Option<LayoutUnit> {
    let layout_box = layouter.boxes.get(id);
    let rows = match layout_box.control? {
        Control::TextField(_) | Control::Select => 1,
        Control::TextArea(_, rows) => i32::try_from(rows).unwrap_or(i32::MAX),
        Control::Button => return None,
    };
    Some(BoxText::new(layouter, &layout_box.style).line.height() * rows)
}
