//! Where a `<fieldset>` is decorated: its border begins in the middle of the legend and is not drawn behind it.
//! <https://html.spec.whatwg.org/multipage/rendering.html#the-fieldset-and-legend-elements>

use std::sync::Arc;

use fanlight_base::geometry::{LayoutPoint, LayoutRect, to_css_rect};
use fanlight_base::{LayoutUnit, geometry::CssPoint, geometry::CssRect};
use fanlight_css::properties::ComputedStyle;
use fanlight_css::properties::inherited_text::WritingMode;
use fanlight_layout::{BoxFragment, Fragment, LayoutTree};

use crate::display_list::{ClipShape, FillRule, Path, PathSegment, PixelSnapping};

/// How the decorations of a fieldset differ from those of other boxes.
pub(crate) struct Fieldset {
    /// The fragment as large as it is decorated.
    pub(crate) fragment: BoxFragment,
    /// From the border box's upper left corner to that of the decorated part.
    pub(crate) shift: LayoutPoint,
    /// What the border leaves out, from the border box's upper left corner.
    gap: LayoutRect,
}

impl Fieldset {
    /// Of a fragment that has a rendered legend.
    pub(crate) fn of(layout: &LayoutTree, fragment: &BoxFragment) -> Option<Fieldset> {
        let legend = layout.boxes.get(fragment.style.box_id).legend?;
        let mut legends = fragment.children.iter().filter_map(|link| match &link.fragment {
            Fragment::Box(inside) if inside.style.box_id == legend => {
                Some(LayoutRect::new(link.offset, inside.size))
            }
            _ => None,
        });
        let legend = legends.next()?;
        let excess = |legend: LayoutUnit, border: LayoutUnit| (legend - border).clamp_negative_to_zero() / 2;
        let mut decorated = BoxFragment { children: Box::default(), ..fragment.clone() };
        let mut shift = LayoutPoint::default();
        let mut gap = legend;
        match layout.boxes.style_of(fragment.style).inherited_text.writing_mode {
            WritingMode::HorizontalTb => {
                shift.y = excess(legend.size.height, fragment.border.top);
                decorated.size.height -= shift.y;
                gap.origin.y = LayoutUnit::ZERO;
                gap.size.height = legend.size.height.max(fragment.border.top);
            }
            WritingMode::VerticalRl | WritingMode::SidewaysRl => {
                decorated.size.width -= excess(legend.size.width, fragment.border.right);
                gap.size.width = legend.size.width.max(fragment.border.right);
                gap.origin.x = fragment.size.width - gap.size.width;
            }
            WritingMode::VerticalLr | WritingMode::SidewaysLr => {
                shift.x = excess(legend.size.width, fragment.border.left);
                decorated.size.width -= shift.x;
                gap.origin.x = LayoutUnit::ZERO;
                gap.size.width = legend.size.width.max(fragment.border.left);
            }
        }
        Some(Fieldset { fragment: decorated, shift, gap })
    }

    /// All of a fieldset at `offset` but what the legend covers.
    pub(crate) fn beside_legend(&self, fragment: &BoxFragment, offset: LayoutPoint) -> ClipShape {
        let place = |rect: LayoutRect| to_css_rect(rect.translate(offset.to_vector()));
        let mut segments = Vec::new();
        // Whole device px around, so that snapped edges are inside.
        figure(place(LayoutRect::from_size(fragment.size)).inflate(1.0, 1.0), &mut segments);
        figure(place(self.gap), &mut segments);
        ClipShape::Path(Arc::new(Path { segments }), FillRule::EvenOdd)
    }
}

fn figure(rect: CssRect, segments: &mut Vec<PathSegment>) {
    segments.extend([
        PathSegment::MoveTo(rect.origin),
        PathSegment::LineTo(CssPoint::new(rect.max_x(), rect.min_y())),
        PathSegment::LineTo(CssPoint::new(rect.max_x(), rect.max_y())),
        PathSegment::LineTo(CssPoint::new(rect.min_x(), rect.max_y())),
        PathSegment::Close,
    ]);
}

/// What the overflow clip of a fieldset leaves: the legend on its border too.
pub(crate) fn with_legend(
    clip: ClipShape,
    style: &ComputedStyle,
    fragment: &BoxFragment,
    offset: LayoutPoint,
    snapping: PixelSnapping,
) -> ClipShape {
    let ClipShape::Rect(mut rect) = clip else { return clip };
    let border_box = snapping.snap(LayoutRect::new(offset, fragment.size));
    let (start, end) = (rect.origin, rect.max());
    match style.inherited_text.writing_mode {
        WritingMode::HorizontalTb => {
            rect.origin.y = start.y.min(border_box.min_y());
            rect.size.height = end.y - rect.origin.y;
        }
        WritingMode::VerticalRl | WritingMode::SidewaysRl => {
            rect.size.width = end.x.max(border_box.max_x()) - start.x;
        }
        WritingMode::VerticalLr | WritingMode::SidewaysLr => {
            rect.origin.x = start.x.min(border_box.min_x());
            rect.size.width = end.x - rect.origin.x;
        }
    }
    ClipShape::Rect(rect)
}
