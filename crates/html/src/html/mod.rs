//! The HTML parser: html5ever's tokenizer and tree builder with our document below and our gate between.
//!
//! 1. [`parser`]: feeds text to the tokenizer, stops at scripts, changes the encoding.
//! 2. [`input`], [`flood`]: before the tokenizer: chunk by chunk, without attributes past the limit.
//! 3. [`gate`]: between tokenizer and tree builder: bounds the depth of the tree, records tokens.
//! 4. [`sink`]: below the tree builder: makes the nodes.
//! 5. [`selectedcontent`]: what is done when all has been parsed.
//! 6. [`fragment`]: the same for fragments.
//!
//! <https://html.spec.whatwg.org/multipage/parsing.html>

mod flood;
mod fragment;
mod gate;
mod input;
mod parser;
mod selectedcontent;
mod sink;

pub(crate) use flood::TokenTrace;
pub use fragment::{FragmentOptions, parse_fragment};
pub(crate) use gate::is_void;
pub(crate) use input::NetworkInput;
pub(crate) use parser::{HtmlParser, tokenizer_options};
