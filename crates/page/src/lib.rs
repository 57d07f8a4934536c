//! The stages wired together: loading, updating, the embedding interface.
