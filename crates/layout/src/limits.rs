//! The limits that keep hostile pages from taking all memory, all time or all of the stack.

/// How deep boxes nest before the rest is laid out as empty. The HTML parser stops at 512 open elements; scripts and XML
/// can go further.
pub const MAX_BOX_DEPTH: usize = 1024;

/// How many levels more than elements nest layout keeps stack for: its own calls and anonymous boxes.
pub const SPARE_LEVELS: usize = 8;

/// Bytes of stack that one level of nested boxes may take, measured in debug builds and doubled.
pub const STACK_BYTES_PER_LEVEL: usize = 96 * 1024;

/// How many boxes are looked at for the first letter of a block container.
pub const MAX_FIRST_LETTER_SEARCH: usize = 256;

/// How many characters of counters and generated text one box may have.
pub const MAX_GENERATED_TEXT: usize = 1 << 20;

/// How many columns a table has. A cell may say that it spans 1,000, and nothing keeps a row from having many such.
pub const MAX_TABLE_COLUMNS: usize = 16_384;

/// How many tracks `auto-fill` and `auto-fit` make of their template.
pub const MAX_GRID_TRACKS: usize = 10_000;

/// How many columns stand beside each other. The last one takes all that is left.
pub const MAX_COLUMNS: usize = 2_000;

/// How often columns are laid out higher than before to make what is in them fit.
pub const MAX_BALANCING_ATTEMPTS: usize = 100;

/// How deep multi-column containers nest before those inside are no longer broken over the columns of those around: each
/// is laid out several times in a column that is laid out several times.
pub const MAX_MULTICOL_DEPTH: u8 = 4;

/// How deep ruby containers nest, in bases and annotations, before annotations become part of the text around them.
pub const MAX_RUBY_DEPTH: usize = 16;

/// The most lines of a paragraph that are laid out ahead to make its last ones pretty.
pub const MAX_LINES_BEFORE_PRETTY: usize = 10_000;

/// How many columns and how many rows a frameset has.
pub const MAX_FRAME_TRACKS: usize = 1_000;
