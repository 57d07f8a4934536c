//! Scrollable overflow. <https://drafts.csswg.org/css-overflow-3/#scrollable>

use fanlight_base::geometry::{LayoutRect, LayoutSize, LayoutVector, outset};
use fanlight_base::{LayoutUnit, Sides};

use crate::box_tree::BoxTree;
use crate::flow::{LogicalOffset, LogicalRect, LogicalSides, LogicalSize, WritingMode};
use crate::fragment::{BoxFragment, ContextKind, Fragment, FragmentLink, StyleKey};
use crate::style::{self, Positioning};

/// How far a child reaches, in its parent's coordinates.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Reach {
    /// What it adds to the scrollable overflow around it.
    pub scrollable: LayoutRect,
    /// The child and all that sticks out of it, whatever it clips.
    pub whole: LayoutRect,
    /// Its margin box without negative margins, where it would be without `position: relative`. `None` out of flow.
    pub in_flow: Option<LayoutRect>,
}

impl Reach {
    /// `relative` is how far `position: relative` moved the child.
    pub fn of(boxes: &BoxTree, link: &FragmentLink, relative: LayoutVector) -> Reach {
        let in_flow = is_in_flow(boxes, link).then(|| {
            outset(
                LayoutRect::new(link.offset - relative, link.fragment.size()),
                link.margin.map(LayoutUnit::clamp_negative_to_zero),
            )
        });
        Reach { scrollable: contribution(boxes, link), whole: whole(link), in_flow }
    }

    /// The same, further on.
    #[must_use]
    pub fn moved(self, by: LayoutVector) -> Reach {
        Reach {
            scrollable: self.scrollable.translate(by),
            whole: self.whole.translate(by),
            in_flow: self.in_flow.map(|in_flow| in_flow.translate(by)),
        }
    }
}

/// A child and all that sticks out of it.
fn whole(link: &FragmentLink) -> LayoutRect {
    let own = LayoutRect::from_size(link.fragment.size());
    unite(own, link.fragment.scrollable_overflow()).translate(link.offset.to_vector())
}

/// What a child adds to the scrollable overflow around it, in the parent's coordinates.
fn contribution(boxes: &BoxTree, link: &FragmentLink) -> LayoutRect {
    let overflow = match &link.fragment {
        Fragment::Box(fragment) if fragment.context == ContextKind::Column => fragment.scrollable_overflow,
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

/// The least rectangle around both. What has no area adds nothing.
/// <https://drafts.csswg.org/css-overflow-3/#scrollable>
fn include(known: LayoutRect, other: LayoutRect) -> LayoutRect {
    if other.is_empty() { known } else { unite(known, other) }
}

/// The least rectangle around both.
pub(crate) fn unite(one: LayoutRect, other: LayoutRect) -> LayoutRect {
    let left = one.min_x().min(other.min_x());
    let top = one.min_y().min(other.min_y());
    let right = one.max_x().max(other.max_x());
    let bottom = one.max_y().max(other.max_y());
    LayoutRect::new(
        fanlight_base::geometry::LayoutPoint::new(left, top),
        LayoutSize::new(right - left, bottom - top),
    )
}

/// The scrollable overflow of a box: its border box and what sticks out of it; of a scroll container the padding box, as
/// the border does not scroll. `reaches` has what is known of the first of its children; `content_end` is where what is in
/// flow ends along the block axis with margins that collapse, from the block-start border edge, where that is known.
pub(crate) fn of_box(
    boxes: &BoxTree,
    fragment: &BoxFragment,
    links: &[FragmentLink],
    reaches: &[Reach],
    content_end: Option<LayoutUnit>,
    mode: WritingMode,
) -> LayoutRect {
    let mut in_flow: Option<LayoutRect> = None;
    let is_scroll_container = scrolls(boxes, fragment.style, fragment.context);
    let mut overflow = match fragment.context {
        _ if is_scroll_container => fragment.padding_box(),
        // There is nothing to see of a column besides what is in it.
        ContextKind::Column => LayoutRect::default(),
        _ => LayoutRect::from_size(fragment.size),
    };
    for (index, link) in links.iter().enumerate() {
        // What is fixed to the viewport does not scroll.
        if fragment.context == ContextKind::Viewport && is_fixed(boxes, link) {
            continue;
        }
        let known = reaches.get(index).copied();
        let reach = known.unwrap_or_else(|| Reach::of(boxes, link, LayoutVector::default()));
        overflow = include(overflow, reach.scrollable);
        if let (true, Some(margin_box)) = (is_scroll_container, reach.in_flow) {
            in_flow = Some(in_flow.map_or(margin_box, |known| unite(known, margin_box)));
        }
    }
    if let Some(in_flow) = in_flow {
        let in_flow = match content_end {
            Some(end) => ending_at(in_flow, end, fragment.size, mode),
            None => in_flow,
        };
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

/// Whether a fragment is that of a scroll container.
pub(crate) fn scrolls(boxes: &BoxTree, style: StyleKey, context: ContextKind) -> bool {
    context != ContextKind::Column && style::is_scroll_container(boxes.style_of(style))
}

/// The rectangle with another block-end edge.
fn ending_at(rect: LayoutRect, end: LayoutUnit, container: LayoutSize, mode: WritingMode) -> LayoutRect {
    let extent = LogicalSize::from_physical(rect.size, mode);
    let offset = LogicalOffset::from_physical(rect.origin, mode, container, rect.size);
    let block = (end - offset.block).clamp_negative_to_zero();
    LogicalRect { offset, size: LogicalSize::new(extent.inline, block) }.to_physical(mode, container)
}

/// The [bands](BoxFragment::bands) of a fragment with these children.
pub(crate) fn bands(links: &[FragmentLink], reaches: &[Reach]) -> Box<[LayoutRect]> {
    if links.len() <= BoxFragment::BAND {
        return Box::default();
    }
    let whole_of = |index: usize| match reaches.get(index) {
        Some(reach) => reach.whole,
        None => whole(&links[index]),
    };
    (0..links.len())
        .step_by(BoxFragment::BAND)
        .map(|first| {
            let last = (first + BoxFragment::BAND).min(links.len());
            (first + 1..last).fold(whole_of(first), |known, index| unite(known, whole_of(index)))
        })
        .collect()
}

fn is_in_flow(boxes: &BoxTree, link: &FragmentLink) -> bool {
    match &link.fragment {
        // A column is in flow whatever its container is.
        Fragment::Box(fragment) if fragment.context == ContextKind::Column => true,
        Fragment::Box(fragment) => {
            let computed = boxes.style_of(fragment.style);
            !matches!(style::position(computed), Positioning::Absolute | Positioning::Fixed)
        }
        _ => true,
    }
}

fn is_fixed(boxes: &BoxTree, link: &FragmentLink) -> bool {
    matches!(&link.fragment, Fragment::Box(fragment)
        if style::position(boxes.style_of(fragment.style)) == Positioning::Fixed)
}

/// The scrollable overflow of a line.
pub(crate) fn of_line(boxes: &BoxTree, size: LayoutSize, links: &[FragmentLink]) -> LayoutRect {
    links.iter().fold(LayoutRect::from_size(size), |known, link| include(known, contribution(boxes, link)))
}
