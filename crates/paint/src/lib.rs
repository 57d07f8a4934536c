//! Fragment tree to display list in painting order; hit testing.
