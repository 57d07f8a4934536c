//! Points, sizes, rectangles and transforms, typed by their unit.

use std::ops::{Add, Sub};

use crate::units::{CssPx, DevicePx, LayoutUnit};

/// A place in layout units.
pub type LayoutPoint = euclid::Point2D<LayoutUnit, CssPx>;
/// A distance in layout units.
pub type LayoutVector = euclid::Vector2D<LayoutUnit, CssPx>;
/// A width and a height in layout units.
pub type LayoutSize = euclid::Size2D<LayoutUnit, CssPx>;
/// A physical rectangle in layout units.
pub type LayoutRect = euclid::Rect<LayoutUnit, CssPx>;

/// A place in CSS px.
pub type CssPoint = euclid::Point2D<f32, CssPx>;
/// A distance in CSS px.
pub type CssVector = euclid::Vector2D<f32, CssPx>;
/// A width and a height in CSS px.
pub type CssSize = euclid::Size2D<f32, CssPx>;
/// A rectangle in CSS px.
pub type CssRect = euclid::Rect<f32, CssPx>;
/// A transform between two coordinate spaces of the page.
pub type CssTransform = euclid::Transform3D<f32, CssPx, CssPx>;

/// A place in whole device px.
pub type DevicePoint = euclid::Point2D<i32, DevicePx>;
/// A width and a height in whole device px.
pub type DeviceSize = euclid::Size2D<i32, DevicePx>;
/// A rectangle of whole device px.
pub type DeviceRect = euclid::Rect<i32, DevicePx>;

/// Device px for each CSS px.
pub type DeviceScale = euclid::Scale<f32, CssPx, DevicePx>;

/// A value for each side of a box, in the order of CSS shorthands.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub struct Sides<T> {
    /// The upper side.
    pub top: T,
    /// The right-hand side.
    pub right: T,
    /// The lower side.
    pub bottom: T,
    /// The left-hand side.
    pub left: T,
}

impl<T> Sides<T> {
    /// From the four values in the order top, right, bottom, left.
    pub const fn new(top: T, right: T, bottom: T, left: T) -> Self {
        Sides { top, right, bottom, left }
    }

    /// Another value for each side.
    pub fn map<U>(self, mut change: impl FnMut(T) -> U) -> Sides<U> {
        Sides {
            top: change(self.top),
            right: change(self.right),
            bottom: change(self.bottom),
            left: change(self.left),
        }
    }

    /// References to the four values.
    pub const fn as_ref(&self) -> Sides<&T> {
        Sides { top: &self.top, right: &self.right, bottom: &self.bottom, left: &self.left }
    }
}

impl<T: Copy> Sides<T> {
    /// The same value on every side.
    pub const fn all(value: T) -> Self {
        Sides { top: value, right: value, bottom: value, left: value }
    }
}

impl<T: Copy + Add<Output = T>> Sides<T> {
    /// Left and right together.
    pub fn horizontal(&self) -> T {
        self.left + self.right
    }

    /// Top and bottom together.
    pub fn vertical(&self) -> T {
        self.top + self.bottom
    }
}

impl<T: Add<Output = T>> Add for Sides<T> {
    type Output = Sides<T>;
    fn add(self, other: Sides<T>) -> Sides<T> {
        Sides {
            top: self.top + other.top,
            right: self.right + other.right,
            bottom: self.bottom + other.bottom,
            left: self.left + other.left,
        }
    }
}

/// The rectangle inside `sides`; never of negative size.
pub fn inset(rect: LayoutRect, sides: Sides<LayoutUnit>) -> LayoutRect {
    let width = (rect.size.width - sides.left - sides.right).clamp_negative_to_zero();
    let height = (rect.size.height - sides.top - sides.bottom).clamp_negative_to_zero();
    LayoutRect::new(
        LayoutPoint::new(rect.origin.x + sides.left, rect.origin.y + sides.top),
        LayoutSize::new(width, height),
    )
}

/// The rectangle with `sides` around it.
pub fn outset(rect: LayoutRect, sides: Sides<LayoutUnit>) -> LayoutRect {
    LayoutRect::new(
        LayoutPoint::new(rect.origin.x - sides.left, rect.origin.y - sides.top),
        LayoutSize::new(
            rect.size.width + sides.left + sides.right,
            rect.size.height + sides.top + sides.bottom,
        ),
    )
}

/// In CSS px.
pub fn to_css_rect(rect: LayoutRect) -> CssRect {
    CssRect::new(
        CssPoint::new(rect.origin.x.to_f32(), rect.origin.y.to_f32()),
        CssSize::new(rect.size.width.to_f32(), rect.size.height.to_f32()),
    )
}

/// Edges on whole px: each edge is rounded by itself, so that neighbours that touch still touch.
pub fn pixel_snapped(rect: LayoutRect) -> euclid::Rect<i32, CssPx> {
    let left = rect.origin.x.round();
    let top = rect.origin.y.round();
    let right = (rect.origin.x + rect.size.width).round();
    let bottom = (rect.origin.y + rect.size.height).round();
    euclid::Rect::new(
        euclid::Point2D::new(left, top),
        euclid::Size2D::new(right.saturating_sub(left), bottom.saturating_sub(top)),
    )
}

impl<T: Sub<Output = T>> Sub for Sides<T> {
    type Output = Sides<T>;
    fn sub(self, other: Sides<T>) -> Sides<T> {
        Sides {
            top: self.top - other.top,
            right: self.right - other.right,
            bottom: self.bottom - other.bottom,
            left: self.left - other.left,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn rect(x: f32, y: f32, width: f32, height: f32) -> LayoutRect {
        let unit = LayoutUnit::from_f32;
        LayoutRect::new(LayoutPoint::new(unit(x), unit(y)), LayoutSize::new(unit(width), unit(height)))
    }

    #[test]
    fn neighbours_still_touch_after_snapping() {
        let first = pixel_snapped(rect(0.0, 0.0, 10.5, 1.0));
        let second = pixel_snapped(rect(10.5, 0.0, 10.5, 1.0));
        assert_eq!(first.max_x(), second.min_x());
    }

    #[test]
    fn an_inset_never_turns_inside_out() {
        let sides = Sides::all(LayoutUnit::from_px(8));
        assert_eq!(inset(rect(0.0, 0.0, 10.0, 10.0), sides), rect(8.0, 8.0, 0.0, 0.0));
        assert_eq!(outset(rect(8.0, 8.0, 1.0, 2.0), sides), rect(0.0, 0.0, 17.0, 18.0));
    }
}
