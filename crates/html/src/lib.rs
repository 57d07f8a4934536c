//! Bytes to document.
//!
//! 1. [`mime`]: which kind of document a MIME type makes.
//! 2. `encoding`: which encoding the bytes are in; decoding.
//! 3. [`parser`]: the parser of every kind of document, fed as bytes arrive: [`Parser`], [`parse_document`],
//!    [`parse`]. `arrivals`: what it has made since it was asked last.
//! 4. `html`: HTML, with html5ever; fragments: [`parse_fragment`].
//! 5. `xml`: XML, XHTML and SVG among it, with quick-xml.
//! 6. `image_document`: what is around an image that is opened by itself.
//! 7. [`tokens`]: the dump of tokens: [`tokenize`].
//! 8. `serialize`: documents back to text: [`serialize_outer`], [`serialize_inner`].
//! 9. `preload`: runs ahead of the parser to see what the document will need: [`PreloadScanner`].
//! 10. [`limits`]: how much of hostile input is taken.
//!
//! Nothing here fetches, styles or runs scripts: at a script the parser stops and tells.

mod arrivals;
mod encoding;
mod errors;
mod html;
mod image_document;
pub mod limits;
pub mod mime;
pub mod parser;
mod preload;
mod serialize;
pub mod tokens;
mod xml;

pub use html::{FragmentOptions, parse_fragment};
pub use mime::DocumentKind;
pub use parser::{Parser, ParserOptions, ParserState, parse, parse_document, tokenize};
pub use preload::{FetchAttributes, ImageSource, PreloadHint, PreloadKind, PreloadScanner, link_hints};
pub use serialize::{serialize_inner, serialize_outer, serialize_xml};
pub use tokens::{Token, TokenKind, Tokens};
