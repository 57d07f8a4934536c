//! Initial letters: the box around a `::first-letter` that is several lines high. <https://drafts.csswg.org/css-inline-3/#initial-letter-styling>
//!
//! The letter's font is as large as its capitals must be to reach from the first of these lines to the last, and its box ends
//! where its ink does. Where it stands among the lines is for the block container to say.

use std::sync::Arc;

use fanlight_base::geometry::LayoutVector;
use fanlight_base::{LayoutUnit, Sides};
use fanlight_css::ComputedStyle;
use fanlight_css::values::NormalOr;
use fanlight_css::values::text::InitialLetter;
use fanlight_text::{FontStack, InkBounds, ShapedText};
use thin_vec::ThinVec;

use super::{BoxText, PreparedLines, TextMetrics};
use crate::block;
use crate::box_tree::{BoxId, BoxKind, BoxSource, BoxTree, GeneratedFor};
use crate::flow::{LogicalOffset, LogicalSize};
use crate::formatting::{Child, Constraints, FragmentBuilder, LayoutResult, Layouter, sizing};
use crate::fragment::{ContextKind, Fragment};
use crate::fragmentation::BreakRequest;
use crate::style;

/// A line that all letters with the punctuation around them fit on.
const LINE: LayoutUnit = LayoutUnit::from_px(1 << 20);

/// What `initial-letter` says of a box, which applies to first letters alone.
pub(crate) fn initial_letter(boxes: &BoxTree, id: BoxId) -> Option<InitialLetter> {
    let layout_box = boxes.get(id);
    match (layout_box.source, layout_box.style.text.initial_letter) {
        (BoxSource::Pseudo(_, GeneratedFor::FirstLetter), NormalOr::Value(letter))
            if matches!(layout_box.kind, BoxKind::BlockContainer(_)) =>
        {
            Some(letter)
        }
        _ => None,
    }
}

/// The style of the block container whose lines the letter spans.
pub(crate) fn paragraph(boxes: &BoxTree, letter: BoxId) -> Option<&Arc<ComputedStyle>> {
    let is_block = |id: &BoxId| matches!(boxes.get(*id).kind, BoxKind::BlockContainer(_));
    boxes.ancestors(letter).find(is_block).map(|id| &boxes.get(id).style)
}

/// The font that a letter is drawn with: its capitals span `size` lines of the paragraph.
/// <https://drafts.csswg.org/css-inline-3/#sizing-initial-letters>
pub(super) fn text(layouter: &Layouter<'_>, id: BoxId, letter: InitialLetter) -> BoxText {
    let computed = &layouter.boxes.get(id).style;
    let own = BoxText::new(layouter, computed);
    let Some(paragraph) = paragraph(layouter.boxes, id) else { return own };
    let paragraph = BoxText::new(layouter, paragraph);
    let wanted =
        paragraph.line.height().to_f32() * (letter.size - 1.0) + paragraph.stack.metrics().cap_height;
    let cap_height = own.stack.metrics().cap_height;
    if cap_height <= 0.0 {
        return own;
    }
    let mut description = style::font_description(&computed.font);
    description.size *= wanted / cap_height;
    let stack: Arc<FontStack> = layouter.fonts.stack(&description);
    let ascent = LayoutUnit::from_f32(stack.metrics().ascent);
    // As far as its geometry is asked for, the text is as high as it would be in its own font, as in Chromium.
    let metrics = TextMetrics { ascent, descent: own.metrics.height() - ascent };
    BoxText { stack, metrics, alphabetic_ascent: ascent, ..own }
}

/// The ink of a letter; of its em box where it has none or stands upright on a vertical line.
fn ink(prepared: &PreparedLines) -> InkBounds {
    let text = &prepared.styles[0];
    let shaped: Option<&ShapedText> = prepared.items.iter().find_map(|item| item.shaped.as_ref());
    let of_outlines = shaped.filter(|_| !style::has_central_baseline(&text.computed));
    of_outlines.and_then(ShapedText::ink_bounds).unwrap_or_else(|| {
        let metrics = text.stack.metrics();
        InkBounds {
            left: 0.0,
            top: -metrics.em_ascent.ceil(),
            right: shaped.map_or(0.0, ShapedText::width).ceil(),
            bottom: metrics.em_descent.ceil(),
        }
    })
}

/// How much of the line the letter itself takes.
pub(crate) fn content_inline_size(layouter: &mut Layouter<'_>, id: BoxId) -> LayoutUnit {
    let Some(prepared) = layouter.prepared_lines(id, false) else { return LayoutUnit::ZERO };
    let ink = ink(&prepared);
    indent(&prepared.styles[0].computed) + LayoutUnit::from_f32(ink.right - ink.left)
}

fn indent(computed: &ComputedStyle) -> LayoutUnit {
    let indent = style::text_indent(computed);
    if indent.hanging { LayoutUnit::ZERO } else { sizing::resolve_or_zero(&indent.length, None) }
}

/// Lays out the box of a letter: its content is as large as the ink.
pub(crate) fn layout(layouter: &mut Layouter<'_>, id: BoxId, constraints: &Constraints) -> LayoutResult {
    let computed = layouter.boxes.get(id).style.clone();
    let mode = style::writing_mode(&computed);
    let edges = sizing::edges(&computed, mode, constraints.margin_basis);
    let sums = edges.sum();
    let mut builder = FragmentBuilder::new(id, mode, ContextKind::Lines, edges);
    let mut content = LogicalSize::ZERO;
    let mut on_one_line = *constraints;
    on_one_line.fixed.inline = Some(LINE);
    let as_text = block::layout_root(layouter, id, &on_one_line, BreakRequest::default());
    if let (Some(prepared), Some(Fragment::Line(line))) =
        (layouter.prepared_lines(id, false), as_text.fragment.children.first().map(|link| &link.fragment))
    {
        let ink = ink(&prepared);
        let length = |length: f32| LayoutUnit::from_f32(length);
        // The box is a block container like others, so that its line is indented, too.
        let indent = indent(&computed);
        content = LogicalSize::new(indent + length(ink.right - ink.left), length(ink.bottom - ink.top));
        let size = LogicalSize::from_physical(line.size, mode);
        // The line is where its ink fills the content box.
        let start = if mode.is_rtl { size.inline - length(ink.right) } else { length(ink.left) };
        let ascent = length(-ink.top);
        builder.first_baseline = Some(sums.block_start + ascent);
        builder.last_baseline = builder.first_baseline;
        builder.add_child(Child {
            offset: LogicalOffset::new(
                sums.inline_start + indent - start,
                sums.block_start + ascent - line.baseline,
            ),
            relative: LayoutVector::default(),
            margin: Sides::default(),
            fragment: Fragment::Line(line.clone()),
            out_of_flow: ThinVec::new(),
        });
    }
    let size = LogicalSize::new(content.inline + sums.inline_sum(), content.block + sums.block_sum());
    builder.finish(layouter, size, size.block)
}
