//! The edges of boxes as they are drawn: on device px, with rounded corners.

use fanlight_base::geometry::{CssRect, CssSize, LayoutPoint, LayoutRect, to_css_rect};
use fanlight_base::{LayoutUnit, Sides};
use fanlight_css::properties::ComputedStyle;
use fanlight_css::values::AutoOr;
use fanlight_css::values::border::Radius;
use fanlight_css::values::length::LengthPercentage;
use fanlight_layout::{BoxEdges, BoxFragment};

use crate::display_list::{PixelSnapping, RoundedRect};

/// Widths in CSS px.
pub(crate) fn to_css_sides(sides: Sides<LayoutUnit>) -> Sides<f32> {
    sides.map(LayoutUnit::to_f32)
}

/// The border box; of a table, that of its grid.
pub(crate) fn border_box(fragment: &BoxFragment, offset: LayoutPoint) -> LayoutRect {
    let rect = match fragment.table() {
        Some(table) => table.grid_rect,
        None => LayoutRect::from_size(fragment.size),
    };
    rect.translate(offset.to_vector())
}

/// The border edge.
pub(crate) fn border_edge(
    style: &ComputedStyle,
    fragment: &BoxFragment,
    offset: LayoutPoint,
    snapping: PixelSnapping,
) -> RoundedRect {
    let rect = border_box(fragment, offset);
    rounded(style, fragment.edges, rect, snapping.snap(rect))
}

/// A border box with the corners that `border-radius` gives it. Percentages are of the box as layout has it.
/// <https://drafts.csswg.org/css-backgrounds-3/#border-radius>
pub(crate) fn rounded(
    style: &ComputedStyle,
    edges: BoxEdges,
    rect: LayoutRect,
    snapped: CssRect,
) -> RoundedRect {
    let border = &style.border;
    let corners = [
        (&border.border_top_left_radius, BoxEdges::TOP | BoxEdges::LEFT),
        (&border.border_top_right_radius, BoxEdges::TOP | BoxEdges::RIGHT),
        (&border.border_bottom_right_radius, BoxEdges::BOTTOM | BoxEdges::RIGHT),
        (&border.border_bottom_left_radius, BoxEdges::BOTTOM | BoxEdges::LEFT),
    ];
    if corners.iter().all(|(radius, _)| radius.first.is_zero() || radius.second.is_zero()) {
        return RoundedRect::sharp(snapped);
    }
    let size = to_css_rect(rect).size;
    // A corner is rounded where the fragment has both edges of the box that meet in it.
    let radii =
        corners.map(
            |(radius, needed)| {
                if edges.contains(needed) { resolve_radius(radius, size) } else { CssSize::zero() }
            },
        );
    RoundedRect::new(snapped, radii)
}

fn resolve_radius(radius: &Radius, size: CssSize) -> CssSize {
    CssSize::new(radius.first.resolve(size.width).max(0.0), radius.second.resolve(size.height).max(0.0))
}

/// The margins of a box whose containing block is `basis` wide, `auto` counting as none.
pub(crate) fn margins(style: &ComputedStyle, basis: LayoutUnit) -> Sides<LayoutUnit> {
    let size = &style.size;
    let margin = |margin: &AutoOr<LengthPercentage>| match margin {
        AutoOr::Auto => LayoutUnit::ZERO,
        AutoOr::Value(length) => LayoutUnit::from_f32(length.resolve(basis.to_f32())),
    };
    Sides {
        top: margin(&size.margin_top),
        right: margin(&size.margin_right),
        bottom: margin(&size.margin_bottom),
        left: margin(&size.margin_left),
    }
}

/// The part of a rectangle that is inside another; empty when there is none.
pub(crate) fn intersection(one: CssRect, other: CssRect) -> CssRect {
    one.intersection(&other).unwrap_or_else(CssRect::zero)
}
