//! The containing block that an inline box is. <https://drafts.csswg.org/css-position-3/#def-cb>

use fanlight_base::geometry::{LayoutPoint, LayoutRect, LayoutSize};

use crate::box_tree::{BoxId, BoxTree};
use crate::flow::{LogicalOffset, LogicalRect, LogicalSides, LogicalSize, WritingMode};
use crate::fragment::{ContextKind, Fragment, FragmentLink};
use crate::overflow::unite;
use crate::style;

/// From the start corner of an inline box on its first line to its end corner on the last, its borders left out. `links` are
/// those of the block container that it is in, whose size and writing mode are given.
pub(super) fn of(
    links: &[FragmentLink],
    size: LayoutSize,
    mode: WritingMode,
    boxes: &BoxTree,
    inline: BoxId,
) -> Option<LayoutRect> {
    let mut on_lines = links.iter().filter_map(|line| on_line(line, inline));
    let first = on_lines.next()?;
    let last = on_lines.next_back().unwrap_or(first);
    let corner = |rect: LayoutRect| LogicalOffset::from_physical(rect.origin, mode, size, rect.size);
    let computed = &boxes.get(inline).style;
    let mut border = LogicalSides::from_physical(&style::border_widths(computed), mode);
    if style::writing_mode(computed).is_rtl != mode.is_rtl {
        // The box does not begin where its lines do.
        (border.inline_start, border.inline_end) = Default::default();
    }
    let start = corner(first) + border.start_offset();
    let extent = LogicalSize::from_physical(last.size, mode);
    let end =
        corner(last) + LogicalOffset::new(extent.inline - border.inline_end, extent.block - border.block_end);
    let extent = end - start;
    let extent =
        LogicalSize::new(extent.inline.clamp_negative_to_zero(), extent.block.clamp_negative_to_zero());
    Some(LogicalRect { offset: start, size: extent }.to_physical(mode, size))
}

/// What the fragments of an inline box on one line cover.
fn on_line(line: &FragmentLink, inline: BoxId) -> Option<LayoutRect> {
    let mut covered: Option<LayoutRect> = None;
    let mut pending = vec![(LayoutPoint::default(), line)];
    while let Some((origin, link)) = pending.pop() {
        let at = origin + link.offset.to_vector();
        match &link.fragment {
            Fragment::Text(_) => {}
            Fragment::Box(fragment) if fragment.style.box_id == inline => {
                let rect = LayoutRect::new(at, fragment.size);
                covered = Some(covered.map_or(rect, |covered| unite(covered, rect)));
            }
            Fragment::Box(fragment) if fragment.context != ContextKind::InlineBox => {}
            other => pending.extend(other.children().iter().map(|child| (at, child))),
        }
    }
    covered
}
