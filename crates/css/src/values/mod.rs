//! The value types of CSS: each parses its specified form, writes itself, and computes.
//!
//! A type that holds lengths, colours or numbers is generic over them, so that the specified value is
//! `Size<SpecifiedLengthPercentage>` and the computed one, which layout reads, is plain `Size`. The types whose name
//! begins with `Specified` appear in declarations only.

#[macro_use]
mod macros;

pub mod align;
pub mod angle;
pub mod animation;
pub mod border;
pub mod calc;
pub mod color;
pub mod combinators;
pub mod compute;
pub mod cursor;
pub mod display;
pub mod easing;
pub mod font;
pub mod font_alternates;
pub mod font_variant;
pub mod generated;
pub mod gradient;
pub mod grid;
pub mod identifier;
pub mod image;
pub mod length;
pub mod number;
pub mod overflow;
pub mod position;
mod prefixed_gradient;
pub mod scroll;
pub mod shape;
pub mod size;
pub mod svg;
pub mod text;
pub mod text_decoration;
pub mod time;
pub mod transform;
pub mod units;
pub mod url;

pub use combinators::{AutoOr, CommaList, NoneOr, NormalOr, SpaceList};
pub use compute::{ComputeContext, FontMetrics, FontMetricsProvider, MissingMetrics};

use crate::syntax::{CssResult, ParseContext, Parser, ToCss};

/// Parses a specified value.
pub trait Parse: Sized {
    /// Takes a value from the front of `input`.
    ///
    /// # Errors
    /// The input does not begin with such a value.
    fn parse(input: &mut Parser<'_>, context: &ParseContext<'_>) -> CssResult<Self>;
}

/// Makes the computed value of a specified one.
/// <https://drafts.csswg.org/css-cascade-5/#computed>
pub trait Compute {
    /// The computed value's type.
    type Computed;

    /// The computed value for the element that `context` describes.
    fn compute(&self, context: &ComputeContext<'_>) -> Self::Computed;
}

/// A type that a property can have.
pub trait Value: Parse + ToCss + Compute<Computed: ToCss + Clone + PartialEq + std::fmt::Debug> {}

impl<T> Value for T where T: Parse + ToCss + Compute<Computed: ToCss + Clone + PartialEq + std::fmt::Debug> {}
