//! What the pseudo-classes ask of an element, as the HTML standard defines it.
//! <https://html.spec.whatwg.org/multipage/semantics-other.html#pseudo-classes>
//!
//! - [`form`]: enabled, checked, required, read-only and the other states of form controls.
//! - [`validity`]: what constraint validation says of a control's value.
//! - [`language`]: the language of a node, and whether a language range matches it.
//! - [`directionality`]: left-to-right or right-to-left, from `dir` or from the text.

pub(crate) mod directionality;
pub(crate) mod form;
pub(crate) mod language;
pub(crate) mod validity;

use fanlight_base::atoms::{local_name, ns};
use fanlight_dom::ElementData;

/// Whether the element is a hyperlink: `:any-link`.
/// <https://html.spec.whatwg.org/multipage/semantics-other.html#selector-any-link>
pub(crate) fn is_link(element: &ElementData) -> bool {
    let name = &element.name;
    if name.namespace == ns!(html) {
        return matches!(name.local, local_name!("a") | local_name!("area"))
            && element.has_attribute(&local_name!("href"));
    }
    // https://svgwg.org/svg2-draft/linking.html#AElement: `href` in no namespace or in XLink's.
    name.namespace == ns!(svg)
        && name.local == local_name!("a")
        && element.attributes().iter().any(|attribute| {
            attribute.name.local == local_name!("href")
                && (attribute.name.namespace == ns!() || attribute.name.namespace == ns!(xlink))
        })
}

/// `:defined`: all but custom elements that no script has defined.
/// <https://html.spec.whatwg.org/multipage/semantics-other.html#selector-defined>
pub(crate) fn is_defined(element: &ElementData) -> bool {
    element.name.namespace != ns!(html) || !element.name.local.contains('-')
}

/// `:open`. <https://html.spec.whatwg.org/multipage/semantics-other.html#selector-open>
pub(crate) fn is_open(element: &ElementData) -> bool {
    (element.is_html(&local_name!("details")) || element.is_html(&local_name!("dialog")))
        && element.has_attribute(&local_name!("open"))
}

/// Whether the element is `<audio>` or `<video>`.
pub(crate) fn is_media(element: &ElementData) -> bool {
    element.is_html(&local_name!("audio")) || element.is_html(&local_name!("video"))
}
