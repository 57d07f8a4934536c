//! Rectangles of whole device px.

/// A rectangle of whole device px, by its edges. Empty when an edge is not before its opposite.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub struct PixelRect {
    pub left: i32,
    pub top: i32,
    pub right: i32,
    pub bottom: i32,
}

impl PixelRect {
    pub const EMPTY: PixelRect = PixelRect { left: 0, top: 0, right: 0, bottom: 0 };

    pub fn new(left: i32, top: i32, right: i32, bottom: i32) -> Self {
        PixelRect { left, top, right, bottom }
    }

    pub fn width(&self) -> usize {
        self.right.saturating_sub(self.left).max(0) as usize
    }

    pub fn height(&self) -> usize {
        self.bottom.saturating_sub(self.top).max(0) as usize
    }

    pub fn area(&self) -> usize {
        self.width() * self.height()
    }

    pub fn is_empty(&self) -> bool {
        self.left >= self.right || self.top >= self.bottom
    }

    pub fn intersection(&self, other: &PixelRect) -> PixelRect {
        let both = PixelRect {
            left: self.left.max(other.left),
            top: self.top.max(other.top),
            right: self.right.min(other.right),
            bottom: self.bottom.min(other.bottom),
        };
        if both.is_empty() { PixelRect::EMPTY } else { both }
    }

    pub fn intersects(&self, other: &PixelRect) -> bool {
        !self.intersection(other).is_empty()
    }

    pub fn union(&self, other: &PixelRect) -> PixelRect {
        if self.is_empty() {
            return *other;
        }
        if other.is_empty() {
            return *self;
        }
        PixelRect {
            left: self.left.min(other.left),
            top: self.top.min(other.top),
            right: self.right.max(other.right),
            bottom: self.bottom.max(other.bottom),
        }
    }

    /// With so many px more on every side.
    pub fn outset(&self, distance: i32) -> PixelRect {
        PixelRect {
            left: self.left.saturating_sub(distance),
            top: self.top.saturating_sub(distance),
            right: self.right.saturating_add(distance),
            bottom: self.bottom.saturating_add(distance),
        }
    }

    pub fn translate(&self, x: i32, y: i32) -> PixelRect {
        PixelRect {
            left: self.left.saturating_add(x),
            top: self.top.saturating_add(y),
            right: self.right.saturating_add(x),
            bottom: self.bottom.saturating_add(y),
        }
    }

    /// The px that a rectangle with these edges touches.
    pub fn around(left: f32, top: f32, right: f32, bottom: f32) -> PixelRect {
        // `as` saturates, and turns NaN into 0; half the range leaves room for arithmetic.
        let whole = |edge: f32| (edge as i32).clamp(i32::MIN / 2, i32::MAX / 2);
        PixelRect {
            left: whole(left.floor()),
            top: whole(top.floor()),
            right: whole(right.ceil()),
            bottom: whole(bottom.ceil()),
        }
    }
}
