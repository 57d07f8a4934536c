//! The states of form controls. <https://html.spec.whatwg.org/multipage/forms.html>

use fanlight_base::LocalName;
use fanlight_base::atoms::{local_name, ns};
use fanlight_dom::form::has_checkedness;
pub(crate) use fanlight_dom::form::{InputType, can_be_disabled, is_checked, is_disabled};
use fanlight_dom::{Document, ElementData, ElementState, NodeId};

/// `:enabled`. <https://html.spec.whatwg.org/multipage/semantics-other.html#selector-enabled>
pub(crate) fn is_enabled(document: &Document, node: NodeId, element: &ElementData) -> bool {
    can_be_disabled(element) && !is_disabled(document, node, element)
}

/// `:indeterminate`. <https://html.spec.whatwg.org/multipage/semantics-other.html#selector-indeterminate>
pub(crate) fn is_indeterminate(document: &Document, node: NodeId, element: &ElementData) -> bool {
    if element.is_html(&local_name!("progress")) {
        return !element.has_attribute(&local_name!("value"));
    }
    if !element.is_html(&local_name!("input")) {
        return false;
    }
    match InputType::of(element) {
        InputType::Checkbox => element.state().contains(ElementState::INDETERMINATE),
        InputType::Radio => !radio_group_has_checked(document, node, element),
        _ => false,
    }
}

/// Whether one of the radio buttons of the group is on; a button without a name is a group of its own.
/// <https://html.spec.whatwg.org/multipage/input.html#radio-button-group>
fn radio_group_has_checked(document: &Document, node: NodeId, element: &ElementData) -> bool {
    let checked = local_name!("checked");
    let Some(name) = element.attribute(&local_name!("name")).filter(|name| !name.is_empty()) else {
        return has_checkedness(element, &checked);
    };
    let form = form_owner(document, node);
    let root = form.unwrap_or(NodeId::DOCUMENT);
    document.inclusive_descendants(root).any(|other| {
        document.element(other).is_some_and(|input| {
            input.is_html(&local_name!("input"))
                && InputType::of(input) == InputType::Radio
                && input.attribute(&local_name!("name")) == Some(name)
                && has_checkedness(input, &checked)
                && form_owner(document, other) == form
        })
    })
}

/// The form that a control belongs to, by its place in the tree.
/// <https://html.spec.whatwg.org/multipage/form-control-infrastructure.html#form-owner>
fn form_owner(document: &Document, node: NodeId) -> Option<NodeId> {
    if let Some(id) = document.element(node)?.attribute(&local_name!("form")) {
        return document.element_by_id(id);
    }
    document
        .ancestors(node)
        .find(|&above| document.element(above).is_some_and(|element| element.is_html(&local_name!("form"))))
}

/// `:default`. <https://html.spec.whatwg.org/multipage/semantics-other.html#selector-default>
pub(crate) fn is_default(document: &Document, node: NodeId, element: &ElementData) -> bool {
    if element.is_html(&local_name!("option")) {
        return element.has_attribute(&local_name!("selected"));
    }
    if element.is_html(&local_name!("input"))
        && matches!(InputType::of(element), InputType::Checkbox | InputType::Radio)
    {
        return element.has_attribute(&local_name!("checked"));
    }
    if !is_submit_button(element) {
        return false;
    }
    let Some(form) = form_owner(document, node) else { return false };
    document
        .descendants(form)
        .find(|&below| document.element(below).is_some_and(is_submit_button))
        .is_some_and(|first| first == node)
}

fn is_submit_button(element: &ElementData) -> bool {
    if element.is_html(&local_name!("input")) {
        return InputType::of(element).submits();
    }
    element.is_html(&local_name!("button"))
        && !element
            .attribute(&local_name!("type"))
            .is_some_and(|kind| kind.eq_ignore_ascii_case("reset") || kind.eq_ignore_ascii_case("button"))
}

/// Whether `:required` or `:optional` applies, and which: `Some(true)` is required.
/// <https://html.spec.whatwg.org/multipage/semantics-other.html#selector-required>
pub(crate) fn requirement(element: &ElementData) -> Option<bool> {
    if element.name.namespace != ns!(html) {
        return None;
    }
    let required = element.has_attribute(&local_name!("required"));
    match element.name.local {
        local_name!("select") | local_name!("textarea") => Some(required),
        local_name!("input") => Some(required && InputType::of(element).can_be_required()),
        _ => None,
    }
}

/// `:read-write`; all other elements are `:read-only`.
/// <https://html.spec.whatwg.org/multipage/semantics-other.html#selector-read-write>
pub(crate) fn is_read_write(document: &Document, node: NodeId, element: &ElementData) -> bool {
    if element.name.namespace != ns!(html) {
        return false;
    }
    let mutable =
        || !element.has_attribute(&local_name!("readonly")) && !is_disabled(document, node, element);
    match element.name.local {
        local_name!("input") => InputType::of(element).can_be_read_only() && mutable(),
        local_name!("textarea") => mutable(),
        _ => is_editing_host_or_editable(document, node),
    }
}

/// <https://html.spec.whatwg.org/multipage/interaction.html#attr-contenteditable>
fn is_editing_host_or_editable(document: &Document, node: NodeId) -> bool {
    std::iter::once(node)
        .chain(document.ancestors(node))
        .filter_map(|at| document.element(at)?.attribute(&LocalName::from("contenteditable")))
        .find_map(|value| {
            let is = |keyword: &str| value.eq_ignore_ascii_case(keyword);
            if value.is_empty() || is("true") || is("plaintext-only") {
                Some(true)
            } else if is("false") {
                Some(false)
            } else {
                None
            }
        })
        .unwrap_or(false)
}

/// Whether a placeholder may be drawn in the element at all: it is a control that takes one.
pub(crate) fn takes_placeholder(element: &ElementData) -> bool {
    element.is_html(&local_name!("textarea"))
        || element.is_html(&local_name!("input")) && InputType::of(element).has_placeholder()
}

/// `:placeholder-shown`.
/// <https://html.spec.whatwg.org/multipage/semantics-other.html#selector-placeholder-shown>
pub(crate) fn is_placeholder_shown(document: &Document, node: NodeId, element: &ElementData) -> bool {
    takes_placeholder(element)
        && element.has_attribute(&local_name!("placeholder"))
        && document.control_value(node).is_none_or(|value| value.is_empty())
}
