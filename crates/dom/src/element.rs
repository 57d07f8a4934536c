//! Elements: names, attributes, and what selectors ask for most, kept ready.

use bitflags::bitflags;
use fanlight_base::{Atom, LocalName, Namespace, QualName, atoms::local_name, atoms::ns};
use smallvec::SmallVec;

use crate::node::NodeId;

/// <https://dom.spec.whatwg.org/#concept-attribute>
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Attribute {
    /// The qualified name; most attributes are in no namespace.
    pub name: QualName,
    /// The value.
    pub value: String,
}

bitflags! {
    /// What changes about an element without an attribute changing; pseudo-classes ask for it.
    /// <https://html.spec.whatwg.org/multipage/semantics-other.html#pseudo-classes>
    #[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
    pub struct ElementState: u16 {
        /// `:hover`
        const HOVER = 1 << 0;
        /// `:active`
        const ACTIVE = 1 << 1;
        /// `:focus`
        const FOCUS = 1 << 2;
        /// `:focus-visible`
        const FOCUS_VISIBLE = 1 << 3;
        /// `:focus-within`
        const FOCUS_WITHIN = 1 << 4;
        /// `:target`
        const TARGET = 1 << 5;
        /// `:visited`
        const VISITED = 1 << 6;
        /// The checkedness of a checkbox or radio button, or the selectedness of an option.
        const CHECKED = 1 << 7;
        /// `:indeterminate`
        const INDETERMINATE = 1 << 8;
        /// The user has changed the value, so that the attribute no longer speaks for it.
        const DIRTY_VALUE = 1 << 9;
        /// `:fullscreen`
        const FULLSCREEN = 1 << 10;
    }
}

/// <https://dom.spec.whatwg.org/#interface-element>
#[derive(Clone, Debug)]
pub struct ElementData {
    /// The qualified name.
    pub name: QualName,
    pub(crate) attributes: Vec<Attribute>,
    pub(crate) id: Option<Atom>,
    pub(crate) classes: SmallVec<[Atom; 2]>,
    pub(crate) state: ElementState,
    pub(crate) template_contents: Option<NodeId>,
    /// See [`ElementData::entered_value`].
    pub(crate) entered_value: Option<Box<str>>,
}

impl ElementData {
    /// An element with its attributes; of two of the same name the first one counts.
    pub fn new(name: QualName, attributes: impl IntoIterator<Item = Attribute>) -> Self {
        let mut element = ElementData {
            name,
            attributes: Vec::new(),
            id: None,
            classes: SmallVec::new(),
            state: ElementState::empty(),
            template_contents: None,
            entered_value: None,
        };
        let attributes = attributes.into_iter();
        element.attributes.reserve_exact(attributes.size_hint().0);
        for attribute in attributes {
            if !element.attributes.iter().any(|present| same_name(&present.name, &attribute.name)) {
                element.attribute_added(&attribute);
                element.attributes.push(attribute);
            }
        }
        element
    }

    /// The attributes in the order in which they were set.
    pub fn attributes(&self) -> &[Attribute] {
        &self.attributes
    }

    /// The value of an attribute that is in no namespace.
    pub fn attribute(&self, local: &LocalName) -> Option<&str> {
        self.attributes
            .iter()
            .find(|attribute| attribute.name.local == *local && attribute.name.namespace == ns!())
            .map(|attribute| attribute.value.as_str())
    }

    /// The value of an attribute of this namespace and local name.
    pub fn attribute_ns(&self, namespace: &Namespace, local: &LocalName) -> Option<&str> {
        self.attributes
            .iter()
            .find(|attribute| attribute.name.local == *local && attribute.name.namespace == *namespace)
            .map(|attribute| attribute.value.as_str())
    }

    /// Whether there is an attribute of this name in no namespace.
    pub fn has_attribute(&self, local: &LocalName) -> bool {
        self.attribute(local).is_some()
    }

    /// The id, unless empty. <https://dom.spec.whatwg.org/#concept-id>
    pub fn id(&self) -> Option<&Atom> {
        self.id.as_ref()
    }

    /// The classes in the attribute's order. <https://dom.spec.whatwg.org/#concept-class>
    pub fn classes(&self) -> &[Atom] {
        &self.classes
    }

    /// The states that hold.
    pub fn state(&self) -> ElementState {
        self.state
    }

    /// The fragment that holds a `<template>`'s contents.
    pub fn template_contents(&self) -> Option<NodeId> {
        self.template_contents
    }

    /// Whether the element is of HTML and has this local name.
    pub fn is_html(&self, local: &LocalName) -> bool {
        self.name.namespace == ns!(html) && self.name.local == *local
    }

    /// Sets an attribute and returns the value that it had.
    pub(crate) fn set_attribute(&mut self, attribute: Attribute) -> Option<String> {
        self.attribute_added(&attribute);
        match self.attributes.iter_mut().find(|present| same_name(&present.name, &attribute.name)) {
            Some(present) => Some(std::mem::replace(&mut present.value, attribute.value)),
            None => {
                self.attributes.push(attribute);
                None
            }
        }
    }

    /// Removes an attribute and returns the value that it had.
    pub(crate) fn remove_attribute(&mut self, name: &QualName) -> Option<String> {
        let index = self.attributes.iter().position(|present| same_name(&present.name, name))?;
        let removed = self.attributes.remove(index);
        if removed.name.namespace == ns!() {
            match removed.name.local {
                local_name!("id") => self.id = None,
                local_name!("class") => self.classes.clear(),
                _ => {}
            }
        }
        Some(removed.value)
    }

    fn attribute_added(&mut self, attribute: &Attribute) {
        if attribute.name.namespace != ns!() {
            return;
        }
        match attribute.name.local {
            local_name!("id") => {
                self.id = Some(&*attribute.value).filter(|value| !value.is_empty()).map(Atom::from);
            }
            local_name!("class") => {
                self.classes.clear();
                for class in attribute.value.split_ascii_whitespace().map(Atom::from) {
                    if !self.classes.contains(&class) {
                        self.classes.push(class);
                    }
                }
            }
            _ => {}
        }
    }
}

/// Attributes are told apart by namespace and local name; the prefix does not count.
fn same_name(one: &QualName, other: &QualName) -> bool {
    one.local == other.local && one.namespace == other.namespace
}

#[cfg(test)]
mod tests {
    use super::*;

    fn attribute(local: &str, value: &str) -> Attribute {
        Attribute { name: QualName::attribute(local), value: value.to_owned() }
    }

    #[test]
    fn ids_and_classes_follow_their_attributes() {
        let mut element =
            ElementData::new(QualName::html("p"), [attribute("class", " a b\ta "), attribute("id", "x")]);
        assert_eq!(element.classes(), [Atom::from("a"), Atom::from("b")]);
        assert_eq!(element.id(), Some(&Atom::from("x")));
        element.set_attribute(attribute("class", "c"));
        element.set_attribute(attribute("id", ""));
        assert_eq!((element.classes(), element.id()), (&[Atom::from("c")][..], None));
        assert_eq!(element.remove_attribute(&QualName::attribute("class")).as_deref(), Some("c"));
        assert!(element.classes().is_empty());
    }

    #[test]
    fn the_first_of_two_attributes_counts() {
        let element = ElementData::new(QualName::html("p"), [attribute("id", "one"), attribute("id", "two")]);
        assert_eq!(element.attribute(&local_name!("id")), Some("one"));
        assert_eq!(element.id(), Some(&Atom::from("one")));
    }
}
