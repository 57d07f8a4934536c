//! Selectors: what the `selectors` crate is told of the names, pseudo-classes and pseudo-elements of this engine.
//! <https://drafts.csswg.org/selectors-4/>
//!
//! - [`names`]: the interned names that selectors are made of.
//! - [`pseudo_class`] and [`pseudo_element`]: all that are known.
//! - [`parser`]: how they are parsed, with namespaces and nesting.

pub mod names;
pub mod parser;
pub mod pseudo_class;
pub mod pseudo_element;
mod pseudo_properties;

use fanlight_base::{LocalName as BaseLocalName, Namespace as BaseNamespace};

pub use names::{AttributeValue, Identifier, LocalName, NamespacePrefix, NamespaceUrl};
pub use parser::{Namespaces, SelectorError, SelectorParser};
pub use pseudo_class::{Direction, PseudoClass};
pub use pseudo_element::PseudoElement;

/// The types that selectors are made of here.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SelectorImpl;

impl selectors::SelectorImpl for SelectorImpl {
    type ExtraMatchingData<'a> = ();
    type AttrValue = AttributeValue;
    type Identifier = Identifier;
    type LocalName = LocalName;
    type NamespaceUrl = NamespaceUrl;
    type NamespacePrefix = NamespacePrefix;
    type BorrowedNamespaceUrl = BaseNamespace;
    type BorrowedLocalName = BaseLocalName;
    type NonTSPseudoClass = PseudoClass;
    type PseudoElement = PseudoElement;
}

/// A complex selector.
pub type Selector = selectors::parser::Selector<SelectorImpl>;

/// A list of complex selectors.
pub type SelectorList = selectors::SelectorList<SelectorImpl>;
