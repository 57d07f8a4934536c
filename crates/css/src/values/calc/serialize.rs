//! Writing calculations.
//! <https://drafts.csswg.org/css-values-4/#serialize-a-math-function>

use super::node::{Calculation, Leaf, MathFunction, Node, RoundingStrategy};
use crate::syntax::ToCss;
use crate::syntax::serialize::write_number;

/// The names of an origin colour's channels, where the calculation is part of a relative colour.
type Channels = [&'static str];

impl ToCss for Calculation {
    fn to_css(&self, out: &mut String) {
        self.write_with_channels(&[], out);
    }
}

impl Calculation {
    /// Writes a calculation of a relative colour, whose channels have these names.
    pub fn write_with_channels(&self, channels: &Channels, out: &mut String) {
        match &self.root {
            Node::Function(function, nodes) => write_function(*function, nodes, channels, out),
            root => {
                out.push_str("calc(");
                write_node(root, channels, out, false);
                out.push(')');
            }
        }
    }
}

fn write_leaf(leaf: Leaf, channels: &Channels, out: &mut String) {
    if let Leaf::Channel(channel) = leaf {
        out.push_str(channels.get(usize::from(channel)).copied().unwrap_or_default());
        return;
    }
    let (scale, unit) = match leaf {
        Leaf::Number(_) | Leaf::Channel(_) => (1.0, ""),
        Leaf::Percentage(_) => (100.0, "%"),
        Leaf::Length(_, unit) => (1.0, unit.as_str()),
        Leaf::Angle(_) => (1.0, "deg"),
        Leaf::Time(_) => (1.0, "s"),
        Leaf::Resolution(_) => (1.0, "dppx"),
        Leaf::Flex(_) => (1.0, "fr"),
    };
    let value = leaf.value() * scale;
    if value.is_finite() {
        write_number(value as f32, out);
        out.push_str(unit);
        return;
    }
    // Infinity and NaN have no literal with a unit.
    out.push_str(if value.is_nan() {
        "NaN"
    } else if value > 0.0 {
        "infinity"
    } else {
        "-infinity"
    });
    if !unit.is_empty() {
        out.push_str(" * 1");
        out.push_str(unit);
    }
}

fn write_function(function: MathFunction, nodes: &[Node], channels: &Channels, out: &mut String) {
    out.push_str(function.name());
    out.push('(');
    let strategy = match function {
        MathFunction::Round(RoundingStrategy::Up) => "up, ",
        MathFunction::Round(RoundingStrategy::Down) => "down, ",
        MathFunction::Round(RoundingStrategy::ToZero) => "to-zero, ",
        _ => "",
    };
    out.push_str(strategy);
    for (index, node) in nodes.iter().enumerate() {
        if index > 0 {
            out.push_str(", ");
        }
        write_node(node, channels, out, false);
    }
    out.push(')');
}

/// Writes a node, in parentheses where it stands `inside` another operation.
fn write_node(node: &Node, channels: &Channels, out: &mut String, inside: bool) {
    match node {
        Node::Leaf(leaf) => write_leaf(*leaf, channels, out),
        Node::Function(function, nodes) => write_function(*function, nodes, channels, out),
        Node::Sum(_) | Node::Product(_) | Node::Negate(_) | Node::Invert(_) => {
            if inside {
                out.push('(');
            }
            match node {
                Node::Sum(terms) => write_sum(terms, channels, out),
                Node::Product(factors) => write_product(factors, channels, out),
                Node::Negate(term) => {
                    out.push_str("-1 * ");
                    write_node(term, channels, out, true);
                }
                Node::Invert(factor) => {
                    out.push_str("1 / ");
                    write_node(factor, channels, out, true);
                }
                Node::Leaf(_) | Node::Function(..) => {} // Written above.
            }
            if inside {
                out.push(')');
            }
        }
    }
}

/// The order in which terms are written: numbers, percentages, dimensions by unit, the rest.
/// <https://drafts.csswg.org/css-values-4/#sort-a-calculations-children>
fn sort_key(node: &Node) -> (u8, &'static str) {
    match node {
        Node::Leaf(Leaf::Number(_)) => (0, ""),
        Node::Leaf(Leaf::Percentage(_)) => (1, ""),
        Node::Leaf(Leaf::Length(_, unit)) => (2, unit.as_str()),
        Node::Leaf(Leaf::Angle(_)) => (2, "deg"),
        Node::Leaf(Leaf::Time(_)) => (2, "s"),
        Node::Leaf(Leaf::Resolution(_)) => (2, "dppx"),
        Node::Leaf(Leaf::Flex(_)) => (2, "fr"),
        _ => (3, ""),
    }
}

fn write_sum(terms: &[Node], channels: &Channels, out: &mut String) {
    let mut sorted: Vec<&Node> = terms.iter().collect();
    sorted.sort_by_key(|term| sort_key(term));
    for (index, term) in sorted.into_iter().enumerate() {
        if index == 0 {
            write_node(term, channels, out, true);
            continue;
        }
        match term {
            Node::Negate(inner) => {
                out.push_str(" - ");
                write_node(inner, channels, out, true);
            }
            Node::Leaf(leaf) if leaf.value() < 0.0 && leaf.value().is_finite() => {
                out.push_str(" - ");
                write_leaf(leaf.with_value(-leaf.value()), channels, out);
            }
            _ => {
                out.push_str(" + ");
                write_node(term, channels, out, true);
            }
        }
    }
}

fn write_product(factors: &[Node], channels: &Channels, out: &mut String) {
    let mut sorted: Vec<&Node> = factors.iter().collect();
    sorted.sort_by_key(|factor| sort_key(factor));
    for (index, factor) in sorted.into_iter().enumerate() {
        match factor {
            Node::Invert(inner) if index > 0 => {
                out.push_str(" / ");
                write_node(inner, channels, out, true);
            }
            _ => {
                if index > 0 {
                    out.push_str(" * ");
                }
                write_node(factor, channels, out, true);
            }
        }
    }
}

impl MathFunction {
    fn name(self) -> &'static str {
        match self {
            MathFunction::Min => "min",
            MathFunction::Max => "max",
            MathFunction::Clamp => "clamp",
            MathFunction::Round(_) => "round",
            MathFunction::Mod => "mod",
            MathFunction::Rem => "rem",
            MathFunction::Sin => "sin",
            MathFunction::Cos => "cos",
            MathFunction::Tan => "tan",
            MathFunction::Asin => "asin",
            MathFunction::Acos => "acos",
            MathFunction::Atan => "atan",
            MathFunction::Atan2 => "atan2",
            MathFunction::Pow => "pow",
            MathFunction::Sqrt => "sqrt",
            MathFunction::Hypot => "hypot",
            MathFunction::Log => "log",
            MathFunction::Exp => "exp",
            MathFunction::Abs => "abs",
            MathFunction::Sign => "sign",
        }
    }
}
