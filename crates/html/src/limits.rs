//! How much of hostile input the parsers take. Reaching a limit is a diagnostic, never a failure.

/// How many levels of elements the HTML parser nests; what is deeper becomes a sibling.
/// Chromium's `kMaximumHTMLParserDOMTreeDepth`.
pub const MAX_TREE_DEPTH: u16 = 512;

/// How many attributes of an element are kept.
pub const MAX_ATTRIBUTES: usize = 4096;

/// How many parse errors of a document are reported.
pub const MAX_PARSE_ERRORS: usize = 200;

/// How many bytes are looked through for an encoding declaration before parsing begins.
/// <https://html.spec.whatwg.org/multipage/parsing.html#determining-the-character-encoding>
pub const PRESCAN_BYTES: usize = 1024;

/// From how many bytes, counted from the first that is not ASCII, an undeclared encoding is guessed.
pub const GUESS_BYTES: usize = 4096;

/// How many bytes are kept in case that a late `<meta charset>` makes it necessary to parse again.
pub const MAX_REPARSE_BYTES: usize = 4 << 20;

/// How many bytes are decoded and tokenized at a time. Also how much of a tag is read before its attributes are counted.
pub const DECODE_CHUNK_BYTES: usize = 16 << 10;

/// How deep entities of XML refer to one another.
pub const MAX_ENTITY_DEPTH: usize = 16;

/// How many bytes entities of XML expand to, in the whole document.
pub const MAX_ENTITY_EXPANSION_BYTES: usize = 8 << 20;

/// How many bytes of a `<style>` are looked through for `@import`s.
pub const MAX_IMPORT_SCAN_BYTES: usize = 16 << 10;
