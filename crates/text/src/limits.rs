//! What hostile fonts and texts are held to.

/// The longest font file that is read, in bytes, compressed or not.
pub const MAX_FONT_BYTES: usize = 64 << 20;

/// The longest font that a WOFF or WOFF2 file may unpack to, in bytes.
pub const MAX_DECODED_FONT_BYTES: usize = 128 << 20;

/// How many times its packed size a WOFF or WOFF2 file may unpack to.
pub const MAX_FONT_COMPRESSION_RATIO: usize = 256;

/// The greatest font size in CSS px; larger ones are set at this size, as in Chromium.
pub const MAX_FONT_SIZE: f32 = 10_000.0;

/// How many web fonts a page may declare.
pub const MAX_FONT_FACES: usize = 4_096;

/// How many shaped words and runs are remembered.
pub const MAX_CACHED_RUNS: usize = 1 << 18;

/// How many bytes of text and glyphs the memory of shaped runs may hold.
pub const MAX_CACHED_RUN_BYTES: usize = 64 << 20;

/// The longest text, in bytes, whose shaping is remembered as one piece.
pub const MAX_CACHED_TEXT_BYTES: usize = 256;

/// How many bytes are given to the shaper at a time; longer runs are cut at a space, or where it must be anywhere.
pub const MAX_SHAPED_PIECE_BYTES: usize = 1 << 16;

/// How many fonts and stacks are kept for reuse.
pub const MAX_CACHED_FONTS: usize = 4_096;

/// How many drawing operations one colour glyph may consist of.
pub const MAX_COLOR_LAYERS: usize = 4_096;

/// How many points one glyph outline may have.
pub const MAX_OUTLINE_POINTS: usize = 1 << 18;

/// For how many sizes in device px a font remembers its hinter.
pub const MAX_HINTED_SIZES: usize = 4;

/// How many rules of a font are looked at to find out whether words can be shaped one by one.
pub const MAX_INSPECTED_RULES: usize = 1 << 16;

/// The longest word, in characters, that is hyphenated, as in Chromium.
pub const MAX_HYPHENATED_WORD_CHARS: usize = 62;
