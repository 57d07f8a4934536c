//! CSS px, device px and the fixed-point unit that layout computes with.

use std::fmt;
use std::iter::Sum;
use std::ops::{Add, AddAssign, Div, Mul, Neg, Sub, SubAssign};

/// The unit of lengths in CSS pixels; a tag for `euclid`'s types.
/// <https://drafts.csswg.org/css-values-4/#px>
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum CssPx {}

/// The unit of lengths in physical pixels of the output; a tag for `euclid`'s types.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum DevicePx {}

/// A length in 1/64 of a CSS px, saturating at about ±33.5 million px.
///
/// Fixed point makes layout deterministic, and 1/64 is Chromium's choice, so that boxes and pixel snapping agree
/// with it.
#[derive(Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct LayoutUnit(i32);

impl LayoutUnit {
    /// Units in one CSS px.
    pub const DENOMINATOR: i32 = 64;
    /// No length.
    pub const ZERO: LayoutUnit = LayoutUnit(0);
    /// The greatest length.
    pub const MAX: LayoutUnit = LayoutUnit(i32::MAX);
    /// The least length.
    pub const MIN: LayoutUnit = LayoutUnit(i32::MIN);
    /// 1/64 px.
    pub const EPSILON: LayoutUnit = LayoutUnit(1);

    /// From a number of 1/64 px.
    pub const fn from_raw(raw: i32) -> Self {
        LayoutUnit(raw)
    }

    /// The number of 1/64 px.
    pub const fn raw(self) -> i32 {
        self.0
    }

    /// From whole CSS px, saturating.
    pub const fn from_px(px: i32) -> Self {
        LayoutUnit(px.saturating_mul(Self::DENOMINATOR))
    }

    /// From CSS px, cut off towards zero, as Chromium does with lengths and percentages. NaN gives zero.
    pub fn from_f32(px: f32) -> Self {
        // In f64 the product is exact; `as` saturates, and turns NaN into 0.
        LayoutUnit((f64::from(px) * f64::from(Self::DENOMINATOR)) as i32)
    }

    /// From CSS px, rounded up, as Chromium does with the width of text. NaN gives zero.
    pub fn from_f32_ceil(px: f32) -> Self {
        LayoutUnit((f64::from(px) * f64::from(Self::DENOMINATOR)).ceil() as i32)
    }

    /// From CSS px, rounded down. NaN gives zero.
    pub fn from_f32_floor(px: f32) -> Self {
        LayoutUnit((f64::from(px) * f64::from(Self::DENOMINATOR)).floor() as i32)
    }

    /// From CSS px, rounded to nearest. NaN gives zero.
    pub fn from_f32_round(px: f32) -> Self {
        LayoutUnit((f64::from(px) * f64::from(Self::DENOMINATOR)).round() as i32)
    }

    /// In CSS px.
    pub fn to_f32(self) -> f32 {
        self.0 as f32 / Self::DENOMINATOR as f32
    }

    /// Whole px, rounded down.
    pub const fn floor(self) -> i32 {
        self.0 >> 6
    }

    /// Whole px, rounded up.
    pub const fn ceil(self) -> i32 {
        ((self.0 as i64 + 63) >> 6) as i32
    }

    /// Whole px, rounded to nearest, halves up: how edges snap to pixels.
    pub const fn round(self) -> i32 {
        ((self.0 as i64 + 32) >> 6) as i32
    }

    /// The same length, or zero when it is negative.
    pub fn clamp_negative_to_zero(self) -> Self {
        self.max(Self::ZERO)
    }

    /// `self * numerator / denominator` without losing bits in between; zero when `denominator` is zero.
    pub fn mul_div(self, numerator: LayoutUnit, denominator: LayoutUnit) -> Self {
        if denominator.0 == 0 {
            return Self::ZERO;
        }
        saturate(i64::from(self.0) * i64::from(numerator.0) / i64::from(denominator.0))
    }

    /// The absolute length.
    pub const fn abs(self) -> Self {
        LayoutUnit(self.0.saturating_abs())
    }
}

fn saturate(raw: i64) -> LayoutUnit {
    LayoutUnit(raw.clamp(i64::from(i32::MIN), i64::from(i32::MAX)) as i32)
}

impl Add for LayoutUnit {
    type Output = LayoutUnit;
    fn add(self, other: LayoutUnit) -> LayoutUnit {
        LayoutUnit(self.0.saturating_add(other.0))
    }
}

impl Sub for LayoutUnit {
    type Output = LayoutUnit;
    fn sub(self, other: LayoutUnit) -> LayoutUnit {
        LayoutUnit(self.0.saturating_sub(other.0))
    }
}

impl AddAssign for LayoutUnit {
    fn add_assign(&mut self, other: LayoutUnit) {
        *self = *self + other;
    }
}

impl SubAssign for LayoutUnit {
    fn sub_assign(&mut self, other: LayoutUnit) {
        *self = *self - other;
    }
}

impl Neg for LayoutUnit {
    type Output = LayoutUnit;
    fn neg(self) -> LayoutUnit {
        LayoutUnit(self.0.saturating_neg())
    }
}

impl Mul<i32> for LayoutUnit {
    type Output = LayoutUnit;
    fn mul(self, factor: i32) -> LayoutUnit {
        LayoutUnit(self.0.saturating_mul(factor))
    }
}

impl Mul<f32> for LayoutUnit {
    type Output = LayoutUnit;
    fn mul(self, factor: f32) -> LayoutUnit {
        LayoutUnit((f64::from(self.0) * f64::from(factor)) as i32)
    }
}

/// The product in px of two lengths; `euclid` needs it to ask for areas.
impl Mul for LayoutUnit {
    type Output = LayoutUnit;
    fn mul(self, other: LayoutUnit) -> LayoutUnit {
        saturate((i64::from(self.0) * i64::from(other.0)) >> 6)
    }
}

/// A length divided by zero is zero.
impl Div<i32> for LayoutUnit {
    type Output = LayoutUnit;
    fn div(self, divisor: i32) -> LayoutUnit {
        LayoutUnit(self.0.checked_div(divisor).unwrap_or(0))
    }
}

impl Sum for LayoutUnit {
    fn sum<I: Iterator<Item = LayoutUnit>>(lengths: I) -> LayoutUnit {
        lengths.fold(LayoutUnit::ZERO, |total, length| total + length)
    }
}

impl<'a> Sum<&'a LayoutUnit> for LayoutUnit {
    fn sum<I: Iterator<Item = &'a LayoutUnit>>(lengths: I) -> LayoutUnit {
        lengths.copied().sum()
    }
}

impl num_traits::Zero for LayoutUnit {
    fn zero() -> Self {
        Self::ZERO
    }
    fn is_zero(&self) -> bool {
        self.0 == 0
    }
}

impl num_traits::One for LayoutUnit {
    fn one() -> Self {
        Self::from_px(1)
    }
}

impl From<i32> for LayoutUnit {
    fn from(px: i32) -> Self {
        Self::from_px(px)
    }
}

impl fmt::Debug for LayoutUnit {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "{self}px")
    }
}

/// Px with at most six decimals and no trailing zeros: `12`, `0.5`, `-3.015625`.
impl fmt::Display for LayoutUnit {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        // 1/64 is exact in six decimals, so printing the f64 loses nothing.
        write!(formatter, "{}", f64::from(self.0) / f64::from(Self::DENOMINATOR))
    }
}

#[cfg(test)]
mod tests {
    use super::LayoutUnit;

    #[test]
    fn arithmetic_saturates() {
        assert_eq!(LayoutUnit::MAX + LayoutUnit::EPSILON, LayoutUnit::MAX);
        assert_eq!(LayoutUnit::MIN - LayoutUnit::EPSILON, LayoutUnit::MIN);
        assert_eq!(LayoutUnit::from_px(i32::MAX), LayoutUnit::MAX);
        assert_eq!(LayoutUnit::from_f32(1e30), LayoutUnit::MAX);
        assert_eq!(LayoutUnit::from_f32(f32::NAN), LayoutUnit::ZERO);
        assert_eq!(-LayoutUnit::MIN, LayoutUnit::MAX);
    }

    #[test]
    fn conversions_round_as_they_say() {
        assert_eq!(LayoutUnit::from_f32(0.99 / 64.0), LayoutUnit::ZERO);
        assert_eq!(LayoutUnit::from_f32(-0.99 / 64.0), LayoutUnit::ZERO);
        assert_eq!(LayoutUnit::from_f32_ceil(0.01 / 64.0), LayoutUnit::EPSILON);
        assert_eq!(LayoutUnit::from_f32_floor(-0.01 / 64.0), -LayoutUnit::EPSILON);
        assert_eq!(LayoutUnit::from_f32(2.5).round(), 3);
        assert_eq!(LayoutUnit::from_f32(-2.5).round(), -2);
        assert_eq!(LayoutUnit::from_f32(-2.25).floor(), -3);
        assert_eq!(LayoutUnit::from_f32(2.25).ceil(), 3);
        assert_eq!(LayoutUnit::MAX.ceil(), 33_554_432);
    }

    #[test]
    fn ratios_keep_their_bits() {
        let wide = LayoutUnit::from_px(1_000_000);
        assert_eq!(
            wide.mul_div(LayoutUnit::from_px(3), LayoutUnit::from_px(4)),
            LayoutUnit::from_px(750_000)
        );
        assert_eq!(wide.mul_div(wide, LayoutUnit::ZERO), LayoutUnit::ZERO);
    }

    #[test]
    fn it_prints_px_without_trailing_zeros() {
        assert_eq!(LayoutUnit::from_px(12).to_string(), "12");
        assert_eq!(LayoutUnit::from_raw(-193).to_string(), "-3.015625");
    }
}
