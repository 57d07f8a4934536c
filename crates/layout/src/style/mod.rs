//! What layout asks of computed styles, in layout's own terms. One place reads the properties, so that the algorithms speak
//! of floats and baselines and not of values.

mod alignment;
mod boxes;
mod columns;
mod containment;
mod font;
mod marker;
mod replaced;
mod text;
mod transform;

pub(crate) use alignment::*;
pub(crate) use boxes::*;
pub(crate) use columns::*;
pub(crate) use containment::{
    contained_block_size, contained_inline_size, contains_style, hide_contents, isolates_formatting,
    may_skip_contents, skips_contents,
};
pub use font::{alternate_kind, font_description, font_features, font_variations};
pub(crate) use marker::marker_symbol_advance;
pub use marker::{MarkerSymbol, marker_symbol, marker_symbol_size};
pub(crate) use replaced::*;
pub(crate) use text::*;
pub(crate) use transform::transformed_bounds;
pub use transform::{transform_matrix, transform_matrix_in, transform_origin};
