//! The interned names that selectors are made of. Each is a name of the document, with CSS's way of writing it.

use std::borrow::Borrow;
use std::fmt;

use cssparser::ToCss;
use fanlight_base::Atom;
use precomputed_hash::PrecomputedHash;

/// A name that wraps an interned string.
macro_rules! name {
    ($(#[$documentation:meta])* $name:ident($inner:ty), $write:ident) => {
        $(#[$documentation])*
        #[derive(Clone, Debug, Default, PartialEq, Eq, Hash)]
        pub struct $name(pub $inner);

        impl From<&str> for $name {
            fn from(text: &str) -> Self {
                $name(<$inner>::from(text))
            }
        }

        impl AsRef<str> for $name {
            fn as_ref(&self) -> &str {
                &self.0
            }
        }

        impl Borrow<$inner> for $name {
            fn borrow(&self) -> &$inner {
                &self.0
            }
        }

        impl PrecomputedHash for $name {
            fn precomputed_hash(&self) -> u32 {
                self.0.precomputed_hash()
            }
        }

        impl ToCss for $name {
            fn to_css<W: fmt::Write>(&self, out: &mut W) -> fmt::Result {
                cssparser::$write(&self.0, out)
            }
        }
    };
}

name! {
    /// An id or a class.
    Identifier(Atom), serialize_identifier
}
name! {
    /// The local name of an element or of an attribute.
    LocalName(fanlight_base::LocalName), serialize_identifier
}
name! {
    /// A namespace.
    NamespaceUrl(fanlight_base::Namespace), serialize_string
}
name! {
    /// The prefix that a style sheet gives to a namespace.
    NamespacePrefix(Atom), serialize_identifier
}
name! {
    /// The value that an attribute selector looks for.
    AttributeValue(Atom), serialize_string
}
