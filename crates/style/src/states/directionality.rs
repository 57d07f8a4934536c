//! The directionality of an element. <https://html.spec.whatwg.org/multipage/dom.html#the-directionality>

use fanlight_base::atoms::{local_name, ns};
use fanlight_dom::{Document, ElementData, NodeId};
use unicode_bidi::{BidiClass, bidi_class};

use super::form::InputType;

/// A direction of text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Directionality {
    LeftToRight,
    RightToLeft,
}

/// What the `dir` attribute says.
enum DirAttribute {
    LeftToRight,
    RightToLeft,
    Auto,
}

fn dir_attribute(element: &ElementData) -> Option<DirAttribute> {
    let value = element.attribute(&local_name!("dir"))?;
    let is = |keyword: &str| value.eq_ignore_ascii_case(keyword);
    if is("ltr") {
        Some(DirAttribute::LeftToRight)
    } else if is("rtl") {
        Some(DirAttribute::RightToLeft)
    } else if is("auto") {
        Some(DirAttribute::Auto)
    } else {
        None
    }
}

/// The directionality of an element: from its `dir`, its text, or the elements above.
pub(crate) fn directionality(document: &Document, node: NodeId) -> Directionality {
    let mut at = Some(node);
    while let Some(current) = at {
        if let Some(element) = document.element(current)
            && element.name.namespace == ns!(html)
        {
            match dir_attribute(element) {
                Some(DirAttribute::LeftToRight) => return Directionality::LeftToRight,
                Some(DirAttribute::RightToLeft) => return Directionality::RightToLeft,
                Some(DirAttribute::Auto) => {
                    return auto_directionality(document, current, element)
                        .unwrap_or(Directionality::LeftToRight);
                }
                // A bdi without a valid dir is as if it were auto, with the parent's direction as fallback.
                None if element.is_html(&local_name!("bdi")) => {
                    if let Some(found) = auto_directionality(document, current, element) {
                        return found;
                    }
                }
                None if element.is_html(&local_name!("input"))
                    && InputType::of(element) == InputType::Telephone =>
                {
                    return Directionality::LeftToRight;
                }
                None => {}
            }
        }
        at = document.node(current).parent();
    }
    Directionality::LeftToRight
}

/// <https://html.spec.whatwg.org/multipage/dom.html#auto-directionality>
fn auto_directionality(document: &Document, node: NodeId, element: &ElementData) -> Option<Directionality> {
    if element.is_html(&local_name!("input")) {
        return text_directionality(element.input_value());
    }
    if element.is_html(&local_name!("textarea")) {
        return document.control_value(node).and_then(|value| text_directionality(&value));
    }
    let mut at = document.node(node).first_child();
    while let Some(current) = at {
        let data = document.node(current);
        if let Some(found) = data.text().and_then(text_directionality) {
            return Some(found);
        }
        let skipped = data.element().is_some_and(|element| {
            element.name.namespace == ns!(html)
                && (matches!(
                    element.name.local,
                    local_name!("bdi")
                        | local_name!("script")
                        | local_name!("style")
                        | local_name!("textarea")
                ) || dir_attribute(element).is_some())
        });
        at = if skipped {
            document.next_skipping_children(current, node)
        } else {
            document.next_in_tree_order(current, node)
        };
    }
    None
}

/// The direction of the first strong character.
fn text_directionality(text: &str) -> Option<Directionality> {
    text.chars().find_map(|character| match bidi_class(character) {
        BidiClass::L => Some(Directionality::LeftToRight),
        BidiClass::R | BidiClass::AL => Some(Directionality::RightToLeft),
        _ => None,
    })
}
