//! Gradients: from the computed value and the size of the gradient box to geometry and stops.
//! <https://drafts.csswg.org/css-images-4/#gradients>

mod line;
mod stops;

use fanlight_base::Rgba;
use fanlight_base::geometry::{CssPoint, CssSize};
use fanlight_css::values::color::AbsoluteColor;
use fanlight_css::values::gradient::{
    AngleOrPercentage, Gradient as CssGradient, GradientItem, GradientKind as CssKind, LineDirection,
    RadialExtent, RadialShape,
};
use fanlight_css::values::length::LengthPercentage;
use fanlight_css::values::position::{HorizontalSide, Position, VerticalSide};

use crate::display_list::{Gradient, GradientKind, GradientSpace};
use line::Extent;
use stops::StopEntry;

/// A radius that stands for none: the gradient is then all its last colour.
const DEGENERATE_RADIUS: f32 = 1e-5;

/// A gradient in a box of `size`. `None` when the box is empty.
pub(crate) fn resolve(gradient: &CssGradient, size: CssSize, current: Rgba) -> Option<Gradient> {
    if !(size.width > 0.0 && size.height > 0.0) {
        return None;
    }
    let current = AbsoluteColor::from_rgba(current);
    let (kind, entries) = match &gradient.kind {
        CssKind::Linear(direction, items) => {
            let (start, end) = linear_ends(direction, size);
            let length = (end - start).length();
            (GradientKind::Linear { start, end }, length_entries(items, length, &current))
        }
        CssKind::Radial(shape, position, items) => {
            let center = resolve_position(position, size);
            let radii = radial_radii(shape, center, size);
            // Positions of stops are along the horizontal ray.
            (GradientKind::Radial { center, radii }, length_entries(items, radii.width, &current))
        }
        CssKind::Conic(from, position, items) => {
            let center = resolve_position(position, size);
            (GradientKind::Conic { center, angle: from.0 }, angle_entries(items, &current))
        }
    };
    let method = gradient.interpolation.unwrap_or_else(|| stops::default_interpolation(&entries));
    let stops = stops::resolve(&entries, method);
    (!stops.is_empty()).then_some(Gradient {
        kind,
        stops,
        repeating: gradient.repeating,
        space: GradientSpace::Srgb,
    })
}

fn linear_ends(direction: &LineDirection, size: CssSize) -> (CssPoint, CssPoint) {
    let degrees = |degrees: f32| line::at_angle(degrees.to_radians(), size);
    match direction {
        LineDirection::Angle(angle) => line::at_angle(angle.radians(), size),
        LineDirection::Between(from, to) => (resolve_position(from, size), resolve_position(to, size)),
        LineDirection::To(Some(horizontal), Some(vertical)) => {
            line::to_corner(*horizontal == HorizontalSide::Right, *vertical == VerticalSide::Bottom, size)
        }
        LineDirection::To(None, Some(VerticalSide::Top)) => degrees(0.0),
        LineDirection::To(Some(HorizontalSide::Right), None) => degrees(90.0),
        LineDirection::To(Some(HorizontalSide::Left), None) => degrees(270.0),
        LineDirection::To(None, _) => degrees(180.0),
    }
}

fn radial_radii(shape: &RadialShape, center: CssPoint, size: CssSize) -> CssSize {
    let circle = |radius: f32| CssSize::new(radius, radius);
    let radii = match shape {
        RadialShape::Circle(extent) => circle(line::circle_radius(extent_of(*extent), center, size)),
        RadialShape::CircleRadius(radius) => circle(radius.resolve(size.width)),
        RadialShape::Ellipse(extent) => line::ellipse_radii(extent_of(*extent), center, size),
        RadialShape::EllipseRadii(horizontal, vertical) => {
            CssSize::new(horizontal.resolve(size.width), vertical.resolve(size.height))
        }
    };
    // <https://drafts.csswg.org/css-images-3/#degenerate-radials>
    CssSize::new(radii.width.max(DEGENERATE_RADIUS), radii.height.max(DEGENERATE_RADIUS))
}

const fn extent_of(extent: RadialExtent) -> Extent {
    match extent {
        RadialExtent::ClosestSide => Extent::ClosestSide,
        RadialExtent::FarthestSide => Extent::FarthestSide,
        RadialExtent::ClosestCorner => Extent::ClosestCorner,
        RadialExtent::FarthestCorner => Extent::FarthestCorner,
    }
}

fn resolve_position(position: &Position, size: CssSize) -> CssPoint {
    CssPoint::new(position.x.resolve(size.width), position.y.resolve(size.height))
}

fn length_entries(items: &[GradientItem], length: f32, current: &AbsoluteColor) -> Vec<StopEntry> {
    let part = |position: &LengthPercentage| {
        let px = position.resolve(length);
        if length > 0.0 { px / length } else { 0.0 }
    };
    items
        .iter()
        .map(|item| match item {
            GradientItem::Stop(color, position) => {
                StopEntry::Color(color.to_absolute(current), position.as_ref().map(part))
            }
            GradientItem::Hint(position) => StopEntry::Hint(Some(part(position))),
        })
        .collect()
}

fn angle_entries(
    items: &[GradientItem<fanlight_css::values::color::Color, AngleOrPercentage>],
    current: &AbsoluteColor,
) -> Vec<StopEntry> {
    items
        .iter()
        .map(|item| match item {
            GradientItem::Stop(color, position) => StopEntry::Color(
                color.to_absolute(current),
                position.as_ref().map(AngleOrPercentage::fraction),
            ),
            GradientItem::Hint(position) => StopEntry::Hint(Some(position.fraction())),
        })
        .collect()
}
