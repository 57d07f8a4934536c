//! Runs ahead of the parser, which waits for scripts, to see what the document will need.
//! <https://html.spec.whatwg.org/multipage/parsing.html#speculative-html-parsing>
//!
//! 1. [`hint`]: what can be needed.
//! 2. [`scanner`]: the tokenizer without a tree.
//! 3. [`elements`]: what a tag needs.
//! 4. [`links`]: what the relations of a link ask for.
//! 5. [`imports`]: what a `<style>` begins with.

mod elements;
mod hint;
mod imports;
mod links;
mod scanner;

pub use hint::{FetchAttributes, ImageSource, PreloadHint, PreloadKind};
pub use links::link_hints;
pub use scanner::PreloadScanner;
