//! Folding what is known in a calculation.
//! <https://drafts.csswg.org/css-values-4/#calc-simplification>

use super::node::{Leaf, Node};
use crate::values::units::LengthUnit;

impl Node {
    /// Folds in place. Percentages and relative lengths stay apart from what they are added to.
    pub(super) fn simplify(&mut self) {
        match self {
            Node::Leaf(Leaf::Length(value, unit)) => {
                if let Some(px) = unit.absolute_px() {
                    *self = Node::Leaf(Leaf::Length(*value * f64::from(px), LengthUnit::Px));
                }
            }
            Node::Leaf(_) => {}
            Node::Sum(nodes) => {
                nodes.iter_mut().for_each(Node::simplify);
                let nodes = std::mem::take(nodes);
                *self = simplified_sum(nodes);
            }
            Node::Product(nodes) => {
                nodes.iter_mut().for_each(Node::simplify);
                let nodes = std::mem::take(nodes);
                *self = simplified_product(nodes);
            }
            Node::Negate(node) => {
                node.simplify();
                let node = std::mem::replace(&mut **node, Node::Leaf(Leaf::Number(0.0)));
                *self = match node {
                    Node::Leaf(leaf) if !matches!(leaf, Leaf::Channel(_)) => {
                        Node::Leaf(leaf.with_value(-leaf.value()))
                    }
                    Node::Negate(inner) => *inner,
                    other => Node::Negate(Box::new(other)),
                };
            }
            Node::Invert(node) => {
                node.simplify();
                let node = std::mem::replace(&mut **node, Node::Leaf(Leaf::Number(0.0)));
                *self = match node {
                    Node::Leaf(Leaf::Number(value)) => Node::Leaf(Leaf::Number(1.0 / value)),
                    Node::Invert(inner) => *inner,
                    other => Node::Invert(Box::new(other)),
                };
            }
            Node::Function(function, nodes) => {
                nodes.iter_mut().for_each(Node::simplify);
                if let Some(leaf) = fold_function(*function, nodes) {
                    *self = Node::Leaf(leaf);
                }
            }
        }
    }
}

fn simplified_sum(nodes: Vec<Node>) -> Node {
    let mut flat: Vec<Node> = Vec::with_capacity(nodes.len());
    let mut add = |node: Node| {
        if let Node::Leaf(leaf) = node {
            for earlier in &mut flat {
                if let Node::Leaf(known) = earlier
                    && known.same_unit(leaf)
                {
                    *known = known.with_value(known.value() + leaf.value());
                    return;
                }
            }
        }
        flat.push(node);
    };
    for node in nodes {
        match node {
            Node::Sum(inner) => inner.into_iter().for_each(&mut add),
            other => add(other),
        }
    }
    if flat.len() == 1 { flat.swap_remove(0) } else { Node::Sum(flat) }
}

fn simplified_product(nodes: Vec<Node>) -> Node {
    let mut factor = 1.0;
    let mut flat: Vec<Node> = Vec::with_capacity(nodes.len());
    let mut multiply = |node: Node| match node {
        Node::Leaf(Leaf::Number(value)) => factor *= value,
        other => flat.push(other),
    };
    for node in nodes {
        match node {
            Node::Product(inner) => inner.into_iter().for_each(&mut multiply),
            other => multiply(other),
        }
    }
    cancel(&mut factor, &mut flat);
    match flat.len() {
        0 => return Node::Leaf(Leaf::Number(factor)),
        1 => match flat.swap_remove(0) {
            Node::Leaf(leaf) if !matches!(leaf, Leaf::Channel(_)) => {
                return Node::Leaf(leaf.with_value(leaf.value() * factor));
            }
            Node::Sum(terms)
                if terms
                    .iter()
                    .all(|term| matches!(term, Node::Leaf(leaf) if !matches!(leaf, Leaf::Channel(_)))) =>
            {
                let scaled = terms.into_iter().map(|term| match term {
                    Node::Leaf(leaf) => Node::Leaf(leaf.with_value(leaf.value() * factor)),
                    other => other,
                });
                return Node::Sum(scaled.collect());
            }
            only if factor == 1.0 => return only,
            only => flat.push(only),
        },
        _ => {}
    }
    if factor != 1.0 {
        flat.insert(0, Node::Leaf(Leaf::Number(factor)));
    }
    Node::Product(flat)
}

/// Divides quantities of the same unit by each other: `10px / 2px` is 5.
fn cancel(factor: &mut f64, nodes: &mut Vec<Node>) {
    let mut index = 0;
    while index < nodes.len() {
        let divisor = match &nodes[index] {
            Node::Invert(inner) => match **inner {
                Node::Leaf(leaf) => leaf,
                _ => {
                    index += 1;
                    continue;
                }
            },
            _ => {
                index += 1;
                continue;
            }
        };
        let dividend =
            nodes.iter().position(|node| matches!(node, Node::Leaf(leaf) if leaf.same_unit(divisor)));
        let Some(dividend) = dividend else {
            index += 1;
            continue;
        };
        if let Node::Leaf(leaf) = nodes[dividend] {
            *factor *= leaf.value() / divisor.value();
        }
        nodes.remove(dividend.max(index));
        nodes.remove(dividend.min(index));
        index = 0;
    }
}

/// The result of a function whose arguments are all known and of one unit.
fn fold_function(function: super::MathFunction, nodes: &[Node]) -> Option<Leaf> {
    use super::MathFunction as F;
    let mut leaves = smallvec::SmallVec::<[Leaf; 4]>::new();
    for node in nodes {
        let Node::Leaf(leaf) = node else { return None };
        if matches!(leaf, Leaf::Channel(_)) {
            return None;
        }
        leaves.push(*leaf);
    }
    let first = *leaves.first()?;
    let relative = |leaf: &Leaf| {
        matches!(leaf, Leaf::Percentage(_))
            || matches!(leaf, Leaf::Length(_, unit) if *unit != LengthUnit::Px)
    };
    if !leaves.iter().all(|leaf| leaf.same_unit(first)) {
        return None;
    }
    // What font-relative lengths refer to is not negative but may be zero: only what then is zero too may fold. What
    // percentages refer to may be negative.
    let keeps_zero = matches!(function, F::Min | F::Max | F::Clamp | F::Hypot | F::Abs);
    if leaves.iter().any(relative) && (matches!(first, Leaf::Percentage(_)) || !keeps_zero) {
        return None;
    }
    let values: smallvec::SmallVec<[f64; 4]> = leaves.iter().map(|leaf| leaf.value()).collect();
    let value = function.apply(&values);
    Some(match function {
        F::Sin | F::Cos | F::Tan | F::Pow | F::Sqrt | F::Log | F::Exp | F::Sign => Leaf::Number(value),
        F::Asin | F::Acos | F::Atan | F::Atan2 => Leaf::Angle(value),
        F::Min | F::Max | F::Clamp | F::Round(_) | F::Mod | F::Rem | F::Hypot | F::Abs => {
            first.with_value(value)
        }
    })
}

impl super::Calculation {
    /// A calculation of this tree, simplified.
    pub fn new(mut root: Node, range: super::Range) -> Self {
        root.simplify();
        super::Calculation { root, range }
    }
}
