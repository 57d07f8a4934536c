//! The types of calculations: how often each base type is a factor.
//! <https://drafts.csswg.org/css-values-4/#determine-the-type-of-a-calculation>

/// The exponents of the base types; all zero for a number.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct CalcType {
    /// Of lengths.
    pub length: i8,
    /// Of angles.
    pub angle: i8,
    /// Of times.
    pub time: i8,
    /// Of resolutions.
    pub resolution: i8,
    /// Of flex fractions.
    pub flex: i8,
    /// Of percentages, where they do not resolve to something else.
    pub percent: i8,
}

impl CalcType {
    /// A number.
    pub const NUMBER: CalcType =
        CalcType { length: 0, angle: 0, time: 0, resolution: 0, flex: 0, percent: 0 };
    /// A length.
    pub const LENGTH: CalcType = CalcType { length: 1, ..CalcType::NUMBER };
    /// An angle.
    pub const ANGLE: CalcType = CalcType { angle: 1, ..CalcType::NUMBER };
    /// A time.
    pub const TIME: CalcType = CalcType { time: 1, ..CalcType::NUMBER };
    /// A resolution.
    pub const RESOLUTION: CalcType = CalcType { resolution: 1, ..CalcType::NUMBER };
    /// A flex fraction.
    pub const FLEX: CalcType = CalcType { flex: 1, ..CalcType::NUMBER };
    /// A percentage.
    pub const PERCENT: CalcType = CalcType { percent: 1, ..CalcType::NUMBER };

    /// The type of a product; `None` beyond all sense.
    pub fn multiplied(self, other: CalcType) -> Option<CalcType> {
        Some(CalcType {
            length: self.length.checked_add(other.length)?,
            angle: self.angle.checked_add(other.angle)?,
            time: self.time.checked_add(other.time)?,
            resolution: self.resolution.checked_add(other.resolution)?,
            flex: self.flex.checked_add(other.flex)?,
            percent: self.percent.checked_add(other.percent)?,
        })
    }

    /// The type of the reciprocal; `None` beyond all sense.
    pub fn inverted(self) -> Option<CalcType> {
        Some(CalcType {
            length: self.length.checked_neg()?,
            angle: self.angle.checked_neg()?,
            time: self.time.checked_neg()?,
            resolution: self.resolution.checked_neg()?,
            flex: self.flex.checked_neg()?,
            percent: self.percent.checked_neg()?,
        })
    }
}

/// The numbers that a property takes; a calculation outside is moved to the nearest one.
/// <https://drafts.csswg.org/css-values-4/#calc-range>
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Range {
    /// Every number.
    #[default]
    All,
    /// Zero and above.
    NonNegative,
    /// One and above.
    AtLeastOne,
    /// From zero to one; literals outside are accepted too.
    Unit,
}

impl Range {
    /// Whether a literal is accepted.
    pub fn accepts(self, value: f32) -> bool {
        match self {
            Range::All | Range::Unit => true,
            Range::NonNegative => value >= 0.0,
            Range::AtLeastOne => value >= 1.0,
        }
    }

    /// The nearest number in the range.
    pub fn clamp(self, value: f64) -> f64 {
        match self {
            Range::All => value,
            Range::NonNegative => value.max(0.0),
            Range::AtLeastOne => value.max(1.0),
            Range::Unit => value.clamp(0.0, 1.0),
        }
    }
}
