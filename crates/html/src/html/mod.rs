//! The HTML parser: html5ever's tokenizer and tree builder with our document below and our gate between.
//!
//! 1. [`parser`]: feeds text to the tokenizer, stops at scripts, changes the encoding.
//! 2. [`gate`]: between tokenizer and tree builder: bounds the depth of the tree, records tokens.
//! 3. [`sink`]: below the tree builder: makes the nodes.
//! 4. [`selectedcontent`]: what is done when all has been parsed.
//! 5. [`fragment`]: the same for fragments.
//!
//! <https://html.spec.whatwg.org/multipage/parsing.html>

mod fragment;
mod gate;
mod parser;
mod selectedcontent;
mod sink;

pub use fragment::{FragmentOptions, parse_fragment};
pub(crate) use gate::is_void;
pub(crate) use parser::{HtmlParser, tokenizer_options};
