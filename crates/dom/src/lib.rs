//! The document: an arena of nodes and the record of its mutations.
