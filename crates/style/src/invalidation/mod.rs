//! What a change of the document can restyle.
//!
//! 1. [`dependencies`]: every selector of every sheet is taken apart once into *dependencies*: "if this class changes
//!    on an element, then the elements in this direction from it, of this id, class or name, may match differently".
//! 2. [`marks`]: a batch of mutations is looked up there, and the elements that it can affect are marked.
//!
//! What is marked is styled again by [`crate::resolve`]; nothing else is.

pub(crate) mod dependencies;
pub(crate) mod marks;

#[cfg(test)]
pub(crate) mod tests;
