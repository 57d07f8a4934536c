//! The language of a node. <https://html.spec.whatwg.org/multipage/dom.html#language>

use fanlight_base::atoms::{local_name, ns};
use fanlight_dom::{Document, ElementData, NodeId};

/// The language that an element's own attributes give.
pub(crate) fn own_language(element: &ElementData) -> Option<&str> {
    let by_namespace = |namespace| {
        element.attributes().iter().find_map(|attribute| {
            (attribute.name.local == local_name!("lang") && attribute.name.namespace == namespace)
                .then_some(attribute.value.as_str())
        })
    };
    by_namespace(ns!(xml)).or_else(|| by_namespace(ns!()))
}

/// The language of an element: its own or its nearest ancestor's, else the document's.
pub(crate) fn language_of(document: &Document, node: NodeId) -> Option<&str> {
    std::iter::once(node)
        .chain(document.ancestors(node))
        .find_map(|at| own_language(document.element(at)?))
        .or_else(|| document_language(document))
}

/// The language of what is in no element that names one: what a `<meta>` says, else what came with the transport.
pub(crate) fn document_language(document: &Document) -> Option<&str> {
    pragma_language(document).or(document.transport_language.as_deref())
}

/// <https://html.spec.whatwg.org/multipage/semantics.html#attr-meta-http-equiv-content-language>
fn pragma_language(document: &Document) -> Option<&str> {
    let root = document.document_element()?;
    let head = document.element_children(root).find(|&child| {
        document.element(child).is_some_and(|element| element.is_html(&local_name!("head")))
    })?;
    document.element_children(head).find_map(|child| {
        let meta = document.element(child)?;
        let names_language = meta.is_html(&local_name!("meta"))
            && meta
                .attribute(&local_name!("http-equiv"))
                .is_some_and(|pragma| pragma.eq_ignore_ascii_case("content-language"));
        let content = meta.attribute(&local_name!("content"))?;
        (names_language && !content.contains(',')).then(|| content.split_ascii_whitespace().next())?
    })
}

/// Whether a language range matches a language: extended filtering of RFC 4647.
/// <https://drafts.csswg.org/selectors-4/#lang-pseudo>
pub(crate) fn range_matches(range: &str, language: &str) -> bool {
    if range.is_empty() || language.is_empty() {
        return range.is_empty() && language.is_empty();
    }
    let mut wanted = range.split('-');
    let mut present = language.split('-');
    let (Some(first_wanted), Some(first_present)) = (wanted.next(), present.next()) else { return false };
    if first_wanted != "*" && !first_wanted.eq_ignore_ascii_case(first_present) {
        return false;
    }
    for subtag in wanted.filter(|&subtag| subtag != "*") {
        loop {
            match present.next() {
                None => return false,
                Some(other) if other.eq_ignore_ascii_case(subtag) => break,
                // A singleton begins an extension, which may not be skipped over.
                Some(other) if other.len() == 1 => return false,
                Some(_) => {}
            }
        }
    }
    true
}

#[cfg(test)]
mod tests {
    use super::range_matches;

    #[test]
    fn ranges_match_by_extended_filtering() {
        for (range, language, expected) in [
            ("en", "en", true),
            ("en", "EN-us", true),
            ("en", "eng", false),
            ("de-DE", "de-Latn-DE", true),
            ("de-DE", "de", false),
            ("de-DE", "de-x-DE", false),
            ("*-CH", "fr-CH", true),
            ("*-CH", "fr", false),
            ("", "", true),
            ("", "en", false),
            ("*", "en", true),
        ] {
            assert_eq!(range_matches(range, language), expected, "{range:?} against {language:?}");
        }
    }
}
