//! Bytes to document.
//!
//! 1. [`mime`]: which kind of document a MIME type makes.
//! 2. `encoding`: which encoding the bytes are in; decoding.
//! 3. [`parser`]: the parser of every kind of document, fed as bytes arrive: [`Parser`], [`parse_document`].
//! 4. [`html`]: HTML, with html5ever; fragments: [`parse_fragment`].
//! 5. [`tokens`]: the dump of tokens: [`tokenize`].
//! 6. [`limits`]: how much of hostile input is taken.
//!
//! Nothing here fetches, styles or runs scripts: at a script the parser stops and tells.

mod encoding;
mod errors;
pub mod html;
pub mod limits;
pub mod mime;
pub mod parser;
pub mod tokens;

pub use html::{FragmentOptions, parse_fragment};
pub use mime::DocumentKind;
pub use parser::{Parser, ParserOptions, ParserState, parse_document, tokenize};
pub use tokens::{Token, TokenKind, Tokens};
