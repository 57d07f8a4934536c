//! What all parsing shares: the tokenizer's types, the context of a parse, errors, and writing CSS text.
//!
//! The tokenizer and the error recovery of [CSS Syntax](https://drafts.csswg.org/css-syntax-3/) are `cssparser`'s.

pub mod context;
pub mod error;
pub mod serialize;
pub mod suggest;

pub use context::{ParseContext, QuirksMode};
pub use cssparser::{Parser, Token};
pub use error::{CssError, CssErrorKind, CssResult};
pub use serialize::{ToCss, write_comma_separated, write_space_separated};
