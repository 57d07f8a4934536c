//! Form controls. <https://html.spec.whatwg.org/multipage/rendering.html#form-controls>

use std::sync::Arc;

use fanlight_base::atoms::local_name;
use fanlight_css::selectors::PseudoElement;
use fanlight_dom::{ElementData, ElementState, NodeData, NodeId};
use fanlight_image::IntrinsicSize;

use super::construct::Builder;
use super::{AnonymousKind, BoxId, BoxSource, ControlKind, GeneratedFor, Replaced, ReplacedKind, embedded};

/// A form control that is made of boxes, and the size that it has by itself.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Control {
    /// One line of text, so many characters wide.
    TextField(u32),
    /// Lines of text: columns and rows.
    TextArea(u32, u32),
    /// A button, whose content is centred.
    Button,
    /// A drop-down list, as wide as its widest option.
    Select,
}

/// The type of an `<input>`, in lower case.
fn input_type(element: &ElementData) -> String {
    element.attribute(&local_name!("type")).unwrap_or("text").trim().to_ascii_lowercase()
}

fn number(element: &ElementData, name: &fanlight_base::LocalName, default: u32) -> u32 {
    let value = element.attribute(name).and_then(|value| value.trim().parse::<u32>().ok());
    value.filter(|&value| value > 0).unwrap_or(default)
}

/// The form control that an element is, where it is made of boxes.
pub(super) fn control_of(element: &ElementData) -> Option<Control> {
    if !super::construct::is_html(element) {
        return None;
    }
    match element.name.local {
        local_name!("input") => match &*input_type(element) {
            "hidden" | "image" | "checkbox" | "radio" | "range" | "color" => None,
            "submit" | "reset" | "button" | "file" => Some(Control::Button),
            _ => Some(Control::TextField(number(element, &local_name!("size"), 20))),
        },
        local_name!("textarea") => Some(Control::TextArea(
            number(element, &local_name!("cols"), 20),
            number(element, &local_name!("rows"), 2),
        )),
        local_name!("button") => Some(Control::Button),
        local_name!("select") => Some(Control::Select),
        _ => None,
    }
}

/// The form controls that draw themselves.
pub(super) fn replaced(builder: &Builder<'_>, node: NodeId, element: &ElementData) -> Option<Replaced> {
    let float = |name: &fanlight_base::LocalName| {
        element.attribute(name).and_then(|value| value.trim().parse::<f32>().ok())
    };
    let (kind, width, height) = match element.name.local {
        local_name!("input") => match &*input_type(element) {
            "checkbox" => {
                let state = element.state();
                let checked = state.contains(ElementState::CHECKED);
                let indeterminate = state.contains(ElementState::INDETERMINATE);
                (ControlKind::Checkbox { checked, indeterminate }, 13.0, 13.0)
            }
            "radio" => {
                let checked = element.state().contains(ElementState::CHECKED);
                (ControlKind::Radio { checked }, 13.0, 13.0)
            }
            "range" => {
                let (min, max) =
                    (float(&local_name!("min")).unwrap_or(0.0), float(&local_name!("max")).unwrap_or(100.0));
                let value = element.input_value().trim().parse().unwrap_or(min + (max - min) / 2.0);
                let part = if max > min { ((value - min) / (max - min)).clamp(0.0, 1.0) } else { 0.0 };
                (ControlKind::Range(part), 129.0, 16.0)
            }
            "color" => (ControlKind::Color, 44.0, 23.0),
            "image" => return Some(embedded::image(builder, node)),
            _ => return None,
        },
        local_name!("progress") => {
            let max = float(&local_name!("max")).filter(|&max| max > 0.0).unwrap_or(1.0);
            let value = float(&local_name!("value")).map(|value| (value / max).clamp(0.0, 1.0));
            (ControlKind::Progress(value), 160.0, 16.0)
        }
        local_name!("meter") => {
            let min = float(&local_name!("min")).unwrap_or(0.0);
            let max = float(&local_name!("max")).unwrap_or(1.0);
            let value = float(&local_name!("value")).unwrap_or(0.0);
            let part = if max > min { ((value - min) / (max - min)).clamp(0.0, 1.0) } else { 0.0 };
            (ControlKind::Meter(part), 80.0, 16.0)
        }
        _ => return None,
    };
    Some(Replaced { kind: ReplacedKind::Control(kind), natural: IntrinsicSize::of_size(width, height) })
}

/// Adds what a control shows instead of its children; returns whether it does.
pub(super) fn contents(
    builder: &mut Builder<'_>,
    node: NodeId,
    element: &ElementData,
    parent: BoxId,
    children: &mut Vec<BoxId>,
) -> bool {
    let Some(control) = builder.tree.get(parent).control else { return false };
    let source = BoxSource::Anonymous(node, AnonymousKind::ControlContents);
    let style = builder.tree.get(parent).style.clone();
    let text: String = match (control, &element.name.local) {
        (Control::Button, &local_name!("input")) => {
            let default = match &*input_type(element) {
                "submit" => "Submit",
                "reset" => "Reset",
                "file" => "Choose File",
                _ => "",
            };
            element.attribute(&local_name!("value")).unwrap_or(default).to_owned()
        }
        (Control::Button, _) => return false,
        (Control::TextField(_), _) => {
            let value = element.input_value();
            if value.is_empty() {
                placeholder(builder, node, element, parent, children);
                return true;
            }
            let masked = input_type(element) == "password";
            // Blanks stay as they are and break no line, as in an editor of one line.
            let shown = |character| {
                if masked {
                    '\u{2022}'
                } else if character == ' ' {
                    '\u{a0}'
                } else {
                    character
                }
            };
            value.chars().filter(|character| !matches!(character, '\n' | '\r')).map(shown).collect()
        }
        (Control::TextArea(..), _) => {
            let value = builder.document.control_value(node).unwrap_or_default().into_owned();
            if value.is_empty() {
                placeholder(builder, node, element, parent, children);
                return true;
            }
            value
        }
        (Control::Select, _) => selected_text(builder, node),
    };
    if text.is_empty() {
        return true;
    }
    builder.text(source, parent, style, text.into(), children);
    true
}

fn placeholder(
    builder: &mut Builder<'_>,
    node: NodeId,
    element: &ElementData,
    parent: BoxId,
    children: &mut Vec<BoxId>,
) {
    let Some(text) = element.attribute(&local_name!("placeholder")).filter(|text| !text.is_empty()) else {
        return;
    };
    let text: Arc<str> = text.into();
    let style = match builder.styles.pseudo(node, &PseudoElement::Placeholder) {
        Some(style) => style.clone(),
        None => builder.tree.get(parent).style.clone(),
    };
    let source = BoxSource::Pseudo(node, GeneratedFor::Placeholder);
    builder.text(source, parent, style, text, children);
}

/// What a drop-down list shows: the label of the selected option.
fn selected_text(builder: &Builder<'_>, select: NodeId) -> String {
    let document = builder.document;
    let options = || {
        document.descendants(select).filter(|&node| {
            document.element(node).is_some_and(|element| element.is_html(&local_name!("option")))
        })
    };
    let find = |is_selected: &dyn Fn(&ElementData) -> bool| {
        options().filter(|&node| document.element(node).is_some_and(is_selected)).last()
    };
    // The state speaks where a user or the page's loading has set it, else the attribute.
    let selected = find(&|option| option.state().contains(ElementState::CHECKED))
        .or_else(|| find(&|option| option.has_attribute(&local_name!("selected"))))
        .or_else(|| options().next());
    selected.map(|option| option_label(builder, option)).unwrap_or_default()
}

/// The label of an option. <https://html.spec.whatwg.org/multipage/form-elements.html#concept-option-label>
fn option_label(builder: &Builder<'_>, option: NodeId) -> String {
    let document = builder.document;
    if let NodeData::Element(element) = document.node(option).data()
        && let Some(label) = element.attribute(&local_name!("label")).filter(|label| !label.is_empty())
    {
        return label.to_owned();
    }
    let text = document.text_content(option);
    text.split_ascii_whitespace().collect::<Vec<_>>().join(" ")
}
