//! Forms and the controls that belong to them. <https://html.spec.whatwg.org/multipage/forms.html>

use fanlight_base::LocalName;
use fanlight_base::atoms::{local_name, ns};
use fanlight_dom::form::{InputType, is_disabled};
use fanlight_dom::{Document, ElementData, ElementState, NodeId};

use super::form_state::set_initial_states_of;

/// Whether a node is an HTML element of this name.
pub(super) fn is(document: &Document, node: NodeId, name: &LocalName) -> bool {
    document.element(node).is_some_and(|element| element.is_html(name))
}

/// The type of a node that is an `<input>`.
pub(super) fn input_type(document: &Document, node: NodeId) -> Option<InputType> {
    let element = document.element(node)?;
    element.is_html(&local_name!("input")).then(|| InputType::of(element))
}

/// Whether a control does nothing because it is disabled.
pub(super) fn is_off(document: &Document, node: NodeId) -> bool {
    document.element(node).is_some_and(|element| is_disabled(document, node, element))
}

/// What a button does to its form.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum ButtonKind {
    Submit,
    Reset,
    Plain,
}

/// What a button does to its form; nothing where the element is no button.
pub(super) fn button_kind(element: &ElementData) -> Option<ButtonKind> {
    if element.is_html(&local_name!("button")) {
        let kind = element.attribute(&local_name!("type")).unwrap_or_default();
        return Some(match kind {
            _ if kind.eq_ignore_ascii_case("reset") => ButtonKind::Reset,
            _ if kind.eq_ignore_ascii_case("button") => ButtonKind::Plain,
            _ => ButtonKind::Submit,
        });
    }
    if !element.is_html(&local_name!("input")) {
        return None;
    }
    match InputType::of(element) {
        InputType::Submit | InputType::Image => Some(ButtonKind::Submit),
        InputType::Reset => Some(ButtonKind::Reset),
        InputType::Button => Some(ButtonKind::Plain),
        _ => None,
    }
}

/// Whether an element can belong to a form and be sent with it.
fn is_submittable(element: &ElementData) -> bool {
    element.name.namespace == ns!(html)
        && matches!(
            element.name.local,
            local_name!("button") | local_name!("input") | local_name!("select") | local_name!("textarea")
        )
}

/// The form that a control belongs to.
/// <https://html.spec.whatwg.org/multipage/form-control-infrastructure.html#form-owner>
pub(super) fn form_owner(document: &Document, control: NodeId) -> Option<NodeId> {
    let form = local_name!("form");
    match document.element(control)?.attribute(&form) {
        Some(id) => document.element_by_id(id).filter(|&owner| is(document, owner, &form)),
        None => document.ancestors(control).find(|&above| is(document, above, &form)),
    }
}

/// The controls of a form in tree order.
pub(super) fn controls(document: &Document, form: NodeId) -> Vec<NodeId> {
    document
        .descendants(NodeId::DOCUMENT)
        .filter(|&node| document.element(node).is_some_and(is_submittable))
        .filter(|&node| form_owner(document, node) == Some(form))
        .collect()
}

/// The button that Enter in a field stands for.
/// <https://html.spec.whatwg.org/multipage/form-control-infrastructure.html#default-button>
pub(super) fn default_button(document: &Document, form: NodeId) -> Option<NodeId> {
    controls(document, form)
        .into_iter()
        .find(|&node| document.element(node).and_then(button_kind) == Some(ButtonKind::Submit))
}

/// The control that a label names.
/// <https://html.spec.whatwg.org/multipage/forms.html#labeled-control>
pub(super) fn labeled_control(document: &Document, label: NodeId) -> Option<NodeId> {
    let is_labelable = |node: &NodeId| {
        document.element(*node).is_some_and(|element| {
            is_submittable(element)
                && !(element.is_html(&local_name!("input")) && InputType::of(element) == InputType::Hidden)
        })
    };
    match document.element(label)?.attribute(&local_name!("for")) {
        Some(id) => document.element_by_id(id).filter(is_labelable),
        None => document.descendants(label).find(is_labelable),
    }
}

/// The radio buttons of which only one can be chosen, the given one among them.
/// <https://html.spec.whatwg.org/multipage/input.html#radio-button-group>
pub(super) fn radio_group(document: &Document, button: NodeId) -> Vec<NodeId> {
    let group = |node: NodeId| {
        let is_radio = input_type(document, node) == Some(InputType::Radio);
        let name = document.element(node)?.attribute(&local_name!("name")).unwrap_or_default();
        (is_radio && !name.is_empty()).then(|| (name, form_owner(document, node)))
    };
    match group(button) {
        None => vec![button],
        own => document.descendants(NodeId::DOCUMENT).filter(|&node| group(node) == own).collect(),
    }
}

/// The options of a `<select>` in tree order.
pub(super) fn options(document: &Document, select: NodeId) -> Vec<NodeId> {
    document.descendants(select).filter(|&node| is(document, node, &local_name!("option"))).collect()
}

/// Whether an option is selected.
pub(super) fn is_selected(document: &Document, option: NodeId) -> bool {
    document.element(option).is_some_and(|option| option.state().contains(ElementState::CHECKED))
}

/// What an option is called. <https://html.spec.whatwg.org/multipage/form-elements.html#concept-option-label>
pub(super) fn option_label(document: &Document, option: NodeId) -> String {
    match document.element(option).and_then(|option| option.attribute(&local_name!("label"))) {
        Some(label) if !label.is_empty() => label.to_owned(),
        _ => option_text(document, option),
    }
}

/// <https://html.spec.whatwg.org/multipage/form-elements.html#dom-option-text>
pub(super) fn option_text(document: &Document, option: NodeId) -> String {
    document.text_content(option).split_ascii_whitespace().collect::<Vec<_>>().join(" ")
}

/// Selects one option of a `<select>` and none of the others.
pub(super) fn choose_option(document: &mut Document, select: NodeId, chosen: NodeId) {
    for option in options(document, select) {
        set_checked_by_user(document, option, option == chosen);
    }
}

/// Sets the checkedness or selectedness; from now on the attribute says nothing about it.
pub(super) fn set_checked_by_user(document: &mut Document, node: NodeId, checked: bool) {
    if let Some(mut state) = document.element(node).map(|element| element.state()) {
        state.set(ElementState::CHECKED, checked);
        state.insert(ElementState::DIRTY_VALUE);
        state.remove(ElementState::INDETERMINATE);
        document.set_state(node, state);
    }
}

/// Makes every control of a form what the page says again.
/// <https://html.spec.whatwg.org/multipage/form-control-infrastructure.html#resetting-a-form>
pub(super) fn reset(document: &mut Document, form: NodeId) {
    let controls = controls(document, form);
    let options: Vec<NodeId> = controls.iter().flat_map(|&control| options(document, control)).collect();
    for &node in controls.iter().chain(&options) {
        document.set_entered_value(node, None);
        if let Some(mut state) = document.element(node).map(|element| element.state()) {
            state.remove(ElementState::CHECKED | ElementState::DIRTY_VALUE | ElementState::INDETERMINATE);
            document.set_state(node, state);
        }
    }
    set_initial_states_of(document, &controls);
}
