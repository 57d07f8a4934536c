//! The document: an arena of nodes addressed by [`NodeId`], the only tree of the pipeline that changes.
//!
//! - [`document`]: [`Document`], which owns the nodes and through which every change goes.
//! - [`node`]: what a node is: element, text, comment, doctype, fragment.
//! - [`element`]: names, attributes, ids, classes and states of elements.
//! - [`traverse`]: walks in tree order that never recurse.
//! - [`form`]: the kinds and values of form controls.
//! - [`clone`]: copies of nodes.
//! - [`mutation`]: the record of changes, from which style and layout learn what is out of date.
//! - [`dump`]: the html5lib tree format.
//!
//! Nothing here parses, styles or runs scripts.

pub mod clone;
pub mod document;
pub mod dump;
pub mod element;
pub mod form;
pub mod mutation;
pub mod node;
pub mod traverse;

pub use document::{Document, QuirksMode};
pub use element::{Attribute, ElementData, ElementState};
pub use mutation::Mutation;
pub use node::{Doctype, Node, NodeData, NodeId, ProcessingInstruction};
pub use traverse::Edge;
