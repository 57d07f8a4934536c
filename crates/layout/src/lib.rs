//! Box tree and fragment tree: where every box lands.
