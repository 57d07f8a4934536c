//! Interned strings: names of elements, attributes and namespaces, ids, classes, custom properties.

pub use web_atoms::{LocalName, Namespace, Prefix, local_name, ns};

/// An interned string of any kind: an id, a class, the name of an animation or of a custom property.
/// Comparing and hashing cost one machine word.
pub type Atom = string_cache::DefaultAtom;

/// The qualified name of an element or attribute.
/// <https://www.w3.org/TR/xml-names11/#ns-qualnames>
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct QualName {
    /// The namespace prefix, kept for serialising only.
    pub prefix: Option<Prefix>,
    /// The namespace; empty where there is none.
    pub namespace: Namespace,
    /// The local name.
    pub local: LocalName,
}

impl QualName {
    /// A name without prefix.
    pub fn new(namespace: Namespace, local: LocalName) -> Self {
        QualName { prefix: None, namespace, local }
    }

    /// An element of HTML.
    pub fn html(local: impl Into<LocalName>) -> Self {
        Self::new(ns!(html), local.into())
    }

    /// A name in no namespace, as attributes have.
    pub fn attribute(local: impl Into<LocalName>) -> Self {
        Self::new(ns!(), local.into())
    }
}
