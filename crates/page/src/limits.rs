//! How far this crate goes for one page before it stops and says so.

/// How often styles and layout are made again for one update until the sizes of query containers settle: as deep as containers
/// may nest in each other.
pub(crate) const CONTAINER_PASSES: usize = 16;

/// How often one update lays out again until it is settled which contents are relevant to the user: more come near with every
/// time where they are shorter than was assumed.
pub(crate) const RELEVANCE_PASSES: usize = 64;

/// How often it is scrolled to a place that moves because what comes near on the way there has another size than was assumed.
pub(crate) const ARRIVAL_PASSES: usize = 16;

/// How many different drawings of a page's SVG are kept.
pub(crate) const MAX_DRAWINGS: usize = 1024;

/// How many elements elsewhere in the page one drawing may refer to.
pub(crate) const MAX_SVG_REFERENCES: usize = 1024;

/// How many patterns may take after each other.
pub(crate) const MAX_PATTERN_LINKS: usize = 16;

/// How far up the viewport of an SVG element is looked for; drawings that nest deeper are refused.
pub(crate) const MAX_SVG_ANCESTORS: usize = 512;

/// How deep, and over how many elements, the bounding box of a group of SVG elements is worked out.
pub(crate) const MAX_SVG_BOUNDS_DEPTH: usize = 32;
pub(crate) const MAX_SVG_BOUNDS_ELEMENTS: usize = 10_000;

/// How many origins the links of a page may have connected to ahead of need.
pub(crate) const MAX_PRECONNECTS: usize = 100;
