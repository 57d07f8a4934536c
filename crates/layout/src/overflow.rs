//! Scrollable overflow. <https://drafts.csswg.org/css-overflow-3/#scrollable>

use fanlight_base::geometry::{LayoutRect, LayoutSize, outset};
use fanlight_base::{LayoutUnit, Sides};

use crate::box_tree::BoxTree;
use crate::flow::{LogicalSides, WritingMode};
use crate::fragment::{BoxFragment, Fragment, FragmentLink};
use crate::style::{self, Positioning};

/// What a child adds to the scrollable overflow around it, in the parent's coordinates.
fn contribution(boxes: &BoxTree, link: &FragmentLink) -> LayoutRect {
    let overflow = match &link.fragment {
        Fragment::Box(fragment) => {
            let computed = boxes.style_of(fragment.style);
            let [clips_x, clips_y] = style::clips_overflow(computed);
            let own = LayoutRect::from_size(fragment.size);
            let mut overflow = fragment.scrollable_overflow;
            if clips_x {
                overflow.origin.x = own.origin.x;
                overflow.size.width = own.size.width;
            }
            if clips_y {
                overflow.origin.y = own.origin.y;
                overflow.size.height = own.size.height;
            }
            style::transformed_bounds(computed, fragment.size, overflow)
        }
        other => other.scrollable_overflow(),
    };
    overflow.translate(link.offset.to_vector())
}

fn unite(one: LayoutRect, other: LayoutRect) -> LayoutRect {
    let left = one.min_x().min(other.min_x());
    let top = one.min_y().min(other.min_y());
    let right = one.max_x().max(other.max_x());
    let bottom = one.max_y().max(other.max_y());
    LayoutRect::new(
        fanlight_base::geometry::LayoutPoint::new(left, top),
        LayoutSize::new(right - left, bottom - top),
    )
}

/// The scrollable overflow of a box: its border box and what sticks out of it.
pub(crate) fn of_box(
    boxes: &BoxTree,
    fragment: &BoxFragment,
    links: &[FragmentLink],
    mode: WritingMode,
) -> LayoutRect {
    let mut overflow = LayoutRect::from_size(fragment.size);
    let mut in_flow: Option<LayoutRect> = None;
    let is_scroll_container = style::is_scroll_container(boxes.style_of(fragment.style));
    for link in links {
        overflow = unite(overflow, contribution(boxes, link));
        if is_scroll_container && is_in_flow(boxes, link) {
            let margin_box = outset(
                LayoutRect::new(link.offset, link.fragment.size()),
                link.margin.map(LayoutUnit::clamp_negative_to_zero),
            );
            in_flow = Some(in_flow.map_or(margin_box, |known| unite(known, margin_box)));
        }
    }
    if let Some(in_flow) = in_flow {
        // https://drafts.csswg.org/css-overflow-3/#scrollable: padding after the last content can be scrolled to.
        let padding = LogicalSides::from_physical(&fragment.padding, mode);
        let after: Sides<LayoutUnit> = LogicalSides {
            inline_end: padding.inline_end,
            block_end: padding.block_end,
            ..LogicalSides::ZERO
        }
        .to_physical(mode);
        overflow = unite(overflow, outset(in_flow, after));
    }
    overflow
}

fn is_in_flow(boxes: &BoxTree, link: &FragmentLink) -> bool {
    match &link.fragment {
        Fragment::Box(fragment) => {
            let computed = boxes.style_of(fragment.style);
            !matches!(style::position(computed), Positioning::Absolute | Positioning::Fixed)
        }
        _ => true,
    }
}

/// The scrollable overflow of a line.
pub(crate) fn of_line(boxes: &BoxTree, size: LayoutSize, links: &[FragmentLink]) -> LayoutRect {
    links.iter().fold(LayoutRect::from_size(size), |known, link| unite(known, contribution(boxes, link)))
}
