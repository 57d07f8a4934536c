//! How far this crate goes for one page before it stops and says so.

/// How often styles and layout are made again for one update until the sizes of query containers settle: as deep as containers
/// may nest in each other.
pub(crate) const CONTAINER_PASSES: usize = 16;
