//! What cuts boxes: `overflow`, `clip`, `clip-path`.

mod shapes;

use fanlight_base::LayoutUnit;
use fanlight_base::geometry::{CssPoint, CssRect, CssSize, LayoutPoint, outset, to_css_rect};
use fanlight_css::properties::ComputedStyle;
use fanlight_css::values::AutoOr;
use fanlight_css::values::overflow::VisualBox;
use fanlight_css::values::shape::{ClipPath, GeometryBox};
use fanlight_layout::BoxFragment;

use crate::display_list::{ClipShape, PixelSnapping, RoundedRect};
use crate::geometry::{border_box, border_edge, margins, rounded, to_css_sides};

/// How far a clip reaches along an axis that it does not clip, in CSS px.
const UNBOUNDED: f32 = 1e7;

/// What `overflow` leaves of the contents of a box.
/// <https://drafts.csswg.org/css-overflow-3/#overflow-properties>
pub(crate) fn overflow(
    style: &ComputedStyle,
    fragment: &BoxFragment,
    offset: LayoutPoint,
    snapping: PixelSnapping,
) -> ClipShape {
    let edge = border_edge(style, fragment, offset, snapping);
    let (clip_x, clip_y) = crate::order::overflow_clips(style);
    if clip_x && clip_y {
        let inner = overflow_clip_edge(style, fragment, &edge);
        return if inner.is_sharp() { ClipShape::Rect(inner.rect) } else { ClipShape::RoundedRect(inner) };
    }
    let mut rect = overflow_clip_edge(style, fragment, &edge).rect;
    if !clip_x {
        rect.origin.x = -UNBOUNDED;
        rect.size.width = 2.0 * UNBOUNDED;
    }
    if !clip_y {
        rect.origin.y = -UNBOUNDED;
        rect.size.height = 2.0 * UNBOUNDED;
    }
    ClipShape::Rect(rect)
}

/// The padding edge; with `overflow: clip`, the edge that `overflow-clip-margin` says.
/// <https://drafts.csswg.org/css-overflow-3/#overflow-clip-edge>
fn overflow_clip_edge(style: &ComputedStyle, fragment: &BoxFragment, edge: &RoundedRect) -> RoundedRect {
    let border = to_css_sides(fragment.border);
    if !crate::order::has_overflow_clip_edge(style) {
        return edge.inset(border);
    }
    let margin = &style.boxes.overflow_clip_margin;
    let base = match margin.visual_box {
        VisualBox::BorderBox => *edge,
        VisualBox::PaddingBox => edge.inset(border),
        VisualBox::ContentBox => edge.inset(to_css_sides(fragment.border + fragment.padding)),
    };
    base.outset(margin.distance.px())
}

/// The padding edge of a box, where its contents are cut.
pub(crate) fn content_edge(
    style: &ComputedStyle,
    fragment: &BoxFragment,
    offset: LayoutPoint,
    snapping: PixelSnapping,
) -> RoundedRect {
    let edge = border_edge(style, fragment, offset, snapping);
    edge.inset(to_css_sides(fragment.border + fragment.padding))
}

/// What `clip` leaves of an absolutely positioned box. <https://drafts.fxtf.org/css-masking-1/#clip-property>
pub(crate) fn clip_property(
    style: &ComputedStyle,
    fragment: &BoxFragment,
    offset: LayoutPoint,
    snapping: PixelSnapping,
) -> Option<ClipShape> {
    let AutoOr::Value(clip) = &style.boxes.clip else { return None };
    let rect = to_css_rect(border_box(fragment, offset));
    let edge = |side: &AutoOr<fanlight_css::values::length::Length>, auto: f32| {
        side.value().map_or(auto, |length| length.px())
    };
    // Offsets are from the upper left corner, on all sides.
    let left = rect.min_x() + edge(&clip.left, 0.0);
    let top = rect.min_y() + edge(&clip.top, 0.0);
    let right = rect.min_x() + edge(&clip.right, rect.size.width);
    let bottom = rect.min_y() + edge(&clip.bottom, rect.size.height);
    let snap = |value: f32| snapping.snap_edge(LayoutUnit::from_f32(value));
    let (left, top) = (snap(left), snap(top));
    let size = CssSize::new((snap(right) - left).max(0.0), (snap(bottom) - top).max(0.0));
    Some(ClipShape::Rect(CssRect::new(CssPoint::new(left, top), size)))
}

/// What `clip-path` leaves of a box. `None` when there is none, or when it refers to an element that is not there.
/// <https://drafts.fxtf.org/css-masking-1/#the-clip-path>
pub(crate) fn clip_path(
    style: &ComputedStyle,
    fragment: &BoxFragment,
    offset: LayoutPoint,
    snapping: PixelSnapping,
) -> Option<ClipShape> {
    match &style.effects.clip_path {
        ClipPath::None | ClipPath::Url(_) => None,
        ClipPath::Shape(shape, reference) => {
            let reference = reference.unwrap_or(GeometryBox::BorderBox);
            let reference = to_css_rect(reference_rect(reference, style, fragment, offset));
            Some(shapes::clip_shape(shape, reference))
        }
        ClipPath::Box(reference) => {
            let rect = reference_rect(*reference, style, fragment, offset);
            let edge = border_edge(style, fragment, offset, snapping);
            Some(ClipShape::RoundedRect(match reference {
                GeometryBox::PaddingBox => edge.inset(to_css_sides(fragment.border)),
                GeometryBox::ContentBox | GeometryBox::FillBox => {
                    edge.inset(to_css_sides(fragment.border + fragment.padding))
                }
                GeometryBox::MarginBox => rounded(style, fragment.edges, rect, snapping.snap(rect)),
                GeometryBox::BorderBox | GeometryBox::StrokeBox | GeometryBox::ViewBox => edge,
            }))
        }
    }
}

fn reference_rect(
    reference: GeometryBox,
    style: &ComputedStyle,
    fragment: &BoxFragment,
    offset: LayoutPoint,
) -> fanlight_base::geometry::LayoutRect {
    let moved = offset.to_vector();
    match reference {
        GeometryBox::BorderBox | GeometryBox::StrokeBox | GeometryBox::ViewBox => {
            border_box(fragment, offset)
        }
        GeometryBox::PaddingBox => fragment.padding_box().translate(moved),
        GeometryBox::ContentBox | GeometryBox::FillBox => fragment.content_box().translate(moved),
        GeometryBox::MarginBox => outset(border_box(fragment, offset), margins(style, fragment.size.width)),
    }
}
