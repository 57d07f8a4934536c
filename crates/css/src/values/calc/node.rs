//! The tree of a calculation.

use super::types::Range;
use crate::values::units::LengthUnit;

/// A calculation whose type has been checked against what the property takes.
#[derive(Clone, Debug, PartialEq)]
pub struct Calculation {
    /// The expression, simplified.
    pub root: Node,
    /// What the result is clamped to.
    pub range: Range,
}

/// A known quantity.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Leaf {
    /// A number.
    Number(f64),
    /// A percentage, as a fraction: 1 is 100 %.
    Percentage(f64),
    /// A length.
    Length(f64, LengthUnit),
    /// An angle in degrees.
    Angle(f64),
    /// A time in seconds.
    Time(f64),
    /// A resolution in dots per CSS px.
    Resolution(f64),
    /// A flex fraction.
    Flex(f64),
    /// A channel of the origin colour in a relative colour.
    Channel(u8),
}

/// What `round()` rounds to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum RoundingStrategy {
    /// The nearest multiple, halves up.
    Nearest,
    /// The multiple above.
    Up,
    /// The multiple below.
    Down,
    /// The multiple nearer to zero.
    ToZero,
}

/// A function of several numbers.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum MathFunction {
    /// `min()`
    Min,
    /// `max()`
    Max,
    /// `clamp()` with all three arguments.
    Clamp,
    /// `round()`
    Round(RoundingStrategy),
    /// `mod()`
    Mod,
    /// `rem()`
    Rem,
    /// `sin()`
    Sin,
    /// `cos()`
    Cos,
    /// `tan()`
    Tan,
    /// `asin()`
    Asin,
    /// `acos()`
    Acos,
    /// `atan()`
    Atan,
    /// `atan2()`
    Atan2,
    /// `pow()`
    Pow,
    /// `sqrt()`
    Sqrt,
    /// `hypot()`
    Hypot,
    /// `log()`
    Log,
    /// `exp()`
    Exp,
    /// `abs()`
    Abs,
    /// `sign()`
    Sign,
}

/// A node of the tree. Its depth is bounded by the parser's limit on nested blocks.
#[derive(Clone, Debug, PartialEq)]
pub enum Node {
    /// A quantity.
    Leaf(Leaf),
    /// A sum of at least two.
    Sum(Vec<Node>),
    /// A product of at least two.
    Product(Vec<Node>),
    /// One negated.
    Negate(Box<Node>),
    /// The reciprocal of one.
    Invert(Box<Node>),
    /// A function.
    Function(MathFunction, Vec<Node>),
}

impl Leaf {
    /// The quantity's number.
    pub fn value(self) -> f64 {
        match self {
            Leaf::Number(value)
            | Leaf::Percentage(value)
            | Leaf::Length(value, _)
            | Leaf::Angle(value)
            | Leaf::Time(value)
            | Leaf::Resolution(value)
            | Leaf::Flex(value) => value,
            Leaf::Channel(_) => f64::NAN,
        }
    }

    /// The same kind of quantity with another number.
    #[must_use]
    pub fn with_value(self, value: f64) -> Leaf {
        match self {
            Leaf::Number(_) => Leaf::Number(value),
            Leaf::Percentage(_) => Leaf::Percentage(value),
            Leaf::Length(_, unit) => Leaf::Length(value, unit),
            Leaf::Angle(_) => Leaf::Angle(value),
            Leaf::Time(_) => Leaf::Time(value),
            Leaf::Resolution(_) => Leaf::Resolution(value),
            Leaf::Flex(_) => Leaf::Flex(value),
            Leaf::Channel(channel) => Leaf::Channel(channel),
        }
    }

    /// Whether two quantities differ in their number only.
    pub fn same_unit(self, other: Leaf) -> bool {
        match (self, other) {
            (Leaf::Length(_, left), Leaf::Length(_, right)) => left == right,
            (Leaf::Channel(_), _) | (_, Leaf::Channel(_)) => false,
            _ => std::mem::discriminant(&self) == std::mem::discriminant(&other),
        }
    }
}

impl Node {
    /// Whether `wanted` holds for a leaf anywhere below.
    pub fn any_leaf(&self, wanted: &impl Fn(Leaf) -> bool) -> bool {
        match self {
            Node::Leaf(leaf) => wanted(*leaf),
            Node::Negate(node) | Node::Invert(node) => node.any_leaf(wanted),
            Node::Sum(nodes) | Node::Product(nodes) | Node::Function(_, nodes) => {
                nodes.iter().any(|node| node.any_leaf(wanted))
            }
        }
    }

    /// The same tree with every leaf replaced.
    #[must_use]
    pub fn map_leaves(&self, replace: &impl Fn(Leaf) -> Leaf) -> Node {
        let all = |nodes: &[Node]| nodes.iter().map(|node| node.map_leaves(replace)).collect();
        match self {
            Node::Leaf(leaf) => Node::Leaf(replace(*leaf)),
            Node::Negate(node) => Node::Negate(Box::new(node.map_leaves(replace))),
            Node::Invert(node) => Node::Invert(Box::new(node.map_leaves(replace))),
            Node::Sum(nodes) => Node::Sum(all(nodes)),
            Node::Product(nodes) => Node::Product(all(nodes)),
            Node::Function(function, nodes) => Node::Function(*function, all(nodes)),
        }
    }
}
