//! Names, qualified names and the namespaces in scope.

use fanlight_base::{LocalName, Namespace, Prefix, QualName, atoms::ns};

/// <https://www.w3.org/TR/xml/#NT-NameStartChar>
pub(super) fn is_name_start(c: char) -> bool {
    matches!(c,
        ':' | '_' | 'A'..='Z' | 'a'..='z' | '\u{C0}'..='\u{D6}' | '\u{D8}'..='\u{F6}' | '\u{F8}'..='\u{2FF}'
        | '\u{370}'..='\u{37D}' | '\u{37F}'..='\u{1FFF}' | '\u{200C}'..='\u{200D}' | '\u{2070}'..='\u{218F}'
        | '\u{2C00}'..='\u{2FEF}' | '\u{3001}'..='\u{D7FF}' | '\u{F900}'..='\u{FDCF}' | '\u{FDF0}'..='\u{FFFD}'
        | '\u{10000}'..='\u{EFFFF}')
}

/// <https://www.w3.org/TR/xml/#NT-NameChar>
pub(super) fn is_name_char(c: char) -> bool {
    is_name_start(c)
        || matches!(c, '-' | '.' | '0'..='9' | '\u{B7}' | '\u{300}'..='\u{36F}' | '\u{203F}'..='\u{2040}')
}

/// <https://www.w3.org/TR/xml/#NT-Name>
pub(super) fn is_name(name: &str) -> bool {
    name.starts_with(is_name_start) && name.chars().all(is_name_char)
}

/// Prefix and local part. A name with colons in wrong places is all local part.
/// <https://www.w3.org/TR/xml-names/#NT-QName>
pub(super) fn split(name: &str) -> (Option<&str>, &str) {
    match name.split_once(':') {
        Some((prefix, local)) if !prefix.is_empty() && is_name(local) && !local.contains(':') => {
            (Some(prefix), local)
        }
        _ => (None, name),
    }
}

/// The namespaces in scope. <https://www.w3.org/TR/xml-names/#scoping>
#[derive(Default)]
pub(super) struct Namespaces {
    /// Prefix (empty for the default namespace) and namespace, innermost last.
    bindings: Vec<(Prefix, Namespace)>,
}

/// A prefix without a namespace.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Unbound;

impl Namespaces {
    /// How many bindings there are, to go back to with [`Namespaces::truncate`].
    pub(super) fn len(&self) -> usize {
        self.bindings.len()
    }

    pub(super) fn truncate(&mut self, len: usize) {
        self.bindings.truncate(len);
    }

    /// Takes in an attribute that declares a namespace; others are passed over.
    pub(super) fn declare(&mut self, attribute: &str, value: &str) {
        let prefix = match attribute.strip_prefix("xmlns") {
            Some("") => "",
            Some(rest) => match rest.strip_prefix(':') {
                Some(prefix) => prefix,
                None => return,
            },
            None => return,
        };
        self.bindings.push((Prefix::from(prefix), Namespace::from(value)));
    }

    fn lookup(&self, prefix: &str) -> Option<Namespace> {
        match prefix {
            "xml" => Some(ns!(xml)),
            "xmlns" => Some(ns!(xmlns)),
            _ => self
                .bindings
                .iter()
                .rev()
                .find(|(bound, _)| **bound == *prefix)
                .map(|(_, namespace)| namespace.clone())
                .filter(|namespace| prefix.is_empty() || *namespace != ns!()),
        }
    }

    /// The name of an element. With an unbound prefix it is in no namespace and keeps its colon.
    pub(super) fn element_name(&self, name: &str) -> (QualName, Result<(), Unbound>) {
        let (prefix, local) = split(name);
        match self.lookup(prefix.unwrap_or_default()) {
            Some(namespace) => (qualified(prefix, namespace, local), Ok(())),
            None if prefix.is_none() => (qualified(None, ns!(), local), Ok(())),
            None => (qualified(None, ns!(), name), Err(Unbound)),
        }
    }

    /// The name of an attribute: without a prefix it is in no namespace.
    pub(super) fn attribute_name(&self, name: &str) -> (QualName, Result<(), Unbound>) {
        if name == "xmlns" {
            return (qualified(None, ns!(xmlns), name), Ok(()));
        }
        let (Some(prefix), local) = split(name) else { return (qualified(None, ns!(), name), Ok(())) };
        match self.lookup(prefix) {
            Some(namespace) => (qualified(Some(prefix), namespace, local), Ok(())),
            None => (qualified(None, ns!(), name), Err(Unbound)),
        }
    }
}

fn qualified(prefix: Option<&str>, namespace: Namespace, local: &str) -> QualName {
    QualName { prefix: prefix.map(Prefix::from), namespace, local: LocalName::from(local) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_innermost_binding_counts_and_ends_with_its_element() {
        let mut namespaces = Namespaces::default();
        namespaces.declare("xmlns", "http://www.w3.org/1999/xhtml");
        namespaces.declare("xmlns:s", "http://www.w3.org/2000/svg");
        let outer = namespaces.len();
        namespaces.declare("xmlns", "");
        namespaces.declare("xmlnsx", "not a declaration");
        assert_eq!(namespaces.element_name("p").0.namespace, ns!());
        assert_eq!(namespaces.element_name("s:path").0.namespace, ns!(svg));
        namespaces.truncate(outer);
        assert_eq!(namespaces.element_name("p").0, QualName::html("p"));
    }

    #[test]
    fn attributes_have_a_namespace_only_with_a_prefix() {
        let mut namespaces = Namespaces::default();
        namespaces.declare("xmlns", "http://www.w3.org/1999/xhtml");
        assert_eq!(namespaces.attribute_name("id").0, QualName::attribute("id"));
        assert_eq!(namespaces.attribute_name("xml:lang").0.namespace, ns!(xml));
        assert_eq!(namespaces.attribute_name("xmlns:a").0.namespace, ns!(xmlns));
        assert_eq!(namespaces.attribute_name("b:c"), (QualName::attribute("b:c"), Err(Unbound)));
    }

    #[test]
    fn names_are_xmls() {
        assert!(["a", "_a-b.c1", "ä:ö", ":"].iter().all(|name| is_name(name)));
        assert!(["", "1a", "-a", "a b", "a<"].iter().all(|name| !is_name(name)));
        assert_eq!(split("a:b"), (Some("a"), "b"));
        assert_eq!(split("a:b:c"), (None, "a:b:c"));
        assert_eq!(split(":b"), (None, ":b"));
    }
}
