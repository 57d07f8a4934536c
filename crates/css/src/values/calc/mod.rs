//! Mathematical expressions: `calc()`, `min()`, `clamp()`, `round()`, `sin()` and the rest.
//! <https://drafts.csswg.org/css-values-4/#math>
//!
//! 1. [`parse`] makes a tree and checks its type ([`types`]);
//! 2. [`simplify`] folds what is known;
//! 3. computing turns relative lengths into px and folds again;
//! 4. [`Calculation::resolve`] gives the used value once what percentages refer to is known.

mod evaluate;
mod node;
mod parse;
mod serialize;
mod simplify;
mod types;

pub use node::{Calculation, Leaf, MathFunction, Node, RoundingStrategy};
pub use parse::{is_math_function, parse_calculation};
pub use types::{CalcType, Range};
