//! The numbers that calculations give.

use super::node::{Calculation, Leaf, MathFunction, Node, RoundingStrategy};
use crate::values::ComputeContext;
use crate::values::units::LengthUnit;

/// The largest number that a calculation gives: what remains of infinity.
const LARGEST: f64 = 33_554_428.0;

impl Calculation {
    /// The used value: lengths in px (relative ones must be computed before), percentages of `basis`, angles in degrees,
    /// times in seconds. NaN gives 0, infinity the largest length; the result lies in the property's range.
    pub fn resolve(&self, basis: f32) -> f32 {
        self.resolve_with(&|leaf| match leaf {
            Leaf::Percentage(fraction) => fraction * f64::from(basis),
            other => other.value(),
        })
    }

    /// The number of an expression whose leaves `value_of` knows.
    pub fn resolve_with(&self, value_of: &impl Fn(Leaf) -> f64) -> f32 {
        self.censored(self.root.evaluate(value_of))
    }

    /// A result as the property takes it: in its range, finite and a number.
    pub fn censored(&self, result: f64) -> f32 {
        censor(self.range.clamp(result))
    }

    /// The same calculation with relative lengths in px, simplified.
    #[must_use]
    pub fn compute(&self, context: &ComputeContext<'_>) -> Calculation {
        let mut root = self.root.map_leaves(&|leaf| match leaf {
            Leaf::Length(value, unit) => Leaf::Length(value * f64::from(unit.px(context)), LengthUnit::Px),
            other => other,
        });
        root.simplify();
        Calculation { root, range: self.range }
    }
}

/// What CSS makes of a number that is none.
/// <https://drafts.csswg.org/css-values-4/#top-level-calculation>
pub(super) fn censor(value: f64) -> f32 {
    if value.is_nan() {
        0.0
    } else if value.is_infinite() {
        LARGEST.copysign(value) as f32
    } else {
        value.clamp(f64::from(f32::MIN), f64::from(f32::MAX)) as f32
    }
}

impl Node {
    /// The number of the expression.
    pub(super) fn evaluate(&self, value_of: &impl Fn(Leaf) -> f64) -> f64 {
        match self {
            Node::Leaf(leaf) => value_of(*leaf),
            Node::Sum(nodes) => nodes.iter().map(|node| node.evaluate(value_of)).sum(),
            Node::Product(nodes) => nodes.iter().map(|node| node.evaluate(value_of)).product(),
            Node::Negate(node) => -node.evaluate(value_of),
            Node::Invert(node) => 1.0 / node.evaluate(value_of),
            Node::Function(function, nodes) => {
                let arguments: smallvec::SmallVec<[f64; 4]> =
                    nodes.iter().map(|node| node.evaluate(value_of)).collect();
                function.apply(&arguments)
            }
        }
    }
}

impl MathFunction {
    /// The result for numbers; angles are degrees. The parser has checked how many there are.
    pub(super) fn apply(self, arguments: &[f64]) -> f64 {
        let first = arguments.first().copied().unwrap_or(f64::NAN);
        let second = arguments.get(1).copied();
        let nan_or = |fold: fn(f64, f64) -> f64| {
            arguments.iter().copied().reduce(|left, right| {
                if left.is_nan() || right.is_nan() { f64::NAN } else { fold(left, right) }
            })
        };
        match self {
            MathFunction::Min => nan_or(f64::min).unwrap_or(f64::NAN),
            MathFunction::Max => nan_or(f64::max).unwrap_or(f64::NAN),
            MathFunction::Clamp => {
                // max(MIN, min(VALUE, MAX)): MIN wins.
                let (Some(value), Some(&most)) = (second, arguments.get(2)) else { return f64::NAN };
                if first.is_nan() || value.is_nan() || most.is_nan() {
                    f64::NAN
                } else {
                    first.max(value.min(most))
                }
            }
            MathFunction::Round(strategy) => round(strategy, first, second.unwrap_or(1.0)),
            MathFunction::Mod => modulus(first, second.unwrap_or(f64::NAN)),
            MathFunction::Rem => first % second.unwrap_or(f64::NAN),
            MathFunction::Sin => first.to_radians().sin(),
            MathFunction::Cos => first.to_radians().cos(),
            MathFunction::Tan => tangent(first),
            MathFunction::Asin => first.asin().to_degrees(),
            MathFunction::Acos => first.acos().to_degrees(),
            MathFunction::Atan => first.atan().to_degrees(),
            MathFunction::Atan2 => first.atan2(second.unwrap_or(f64::NAN)).to_degrees(),
            MathFunction::Pow => first.powf(second.unwrap_or(f64::NAN)),
            MathFunction::Sqrt => first.sqrt(),
            MathFunction::Hypot => match arguments {
                [one] => one.abs(),
                _ => arguments.iter().copied().fold(0.0, f64::hypot),
            },
            MathFunction::Log => match second {
                None => first.ln(),
                Some(base) => first.ln() / base.ln(),
            },
            MathFunction::Exp => first.exp(),
            MathFunction::Abs => first.abs(),
            MathFunction::Sign => {
                if first.is_nan() || first == 0.0 {
                    first
                } else {
                    first.signum()
                }
            }
        }
    }
}

/// The tangent of degrees, infinite where the angle says so exactly.
fn tangent(degrees: f64) -> f64 {
    let turned = degrees.rem_euclid(360.0);
    if turned == 90.0 {
        f64::INFINITY
    } else if turned == 270.0 {
        f64::NEG_INFINITY
    } else {
        degrees.to_radians().tan()
    }
}

/// <https://drafts.csswg.org/css-values-4/#funcdef-mod>
fn modulus(value: f64, divisor: f64) -> f64 {
    if divisor.is_infinite() && value.is_finite() {
        // Towards a divisor of the other sign there is no finite remainder.
        return if value != 0.0 && (value < 0.0) != (divisor < 0.0) { f64::NAN } else { value };
    }
    let remainder = value % divisor;
    if remainder != 0.0 && (remainder < 0.0) != (divisor < 0.0) { remainder + divisor } else { remainder }
}

/// <https://drafts.csswg.org/css-values-4/#round-func>
fn round(strategy: RoundingStrategy, value: f64, step: f64) -> f64 {
    if value.is_nan() || step.is_nan() || step == 0.0 || (value.is_infinite() && step.is_infinite()) {
        return f64::NAN;
    }
    if value.is_infinite() {
        return value;
    }
    if step.is_infinite() {
        return match strategy {
            RoundingStrategy::Up if value > 0.0 => f64::INFINITY,
            RoundingStrategy::Down if value < 0.0 => f64::NEG_INFINITY,
            _ => 0.0_f64.copysign(value),
        };
    }
    let step = step.abs();
    let lower = (value / step).floor() * step;
    let upper = (value / step).ceil() * step;
    match strategy {
        RoundingStrategy::Nearest => {
            if upper - value <= value - lower {
                upper
            } else {
                lower
            }
        }
        RoundingStrategy::Up => upper,
        RoundingStrategy::Down => lower,
        RoundingStrategy::ToZero => {
            if value < 0.0 {
                upper
            } else {
                lower
            }
        }
    }
}
