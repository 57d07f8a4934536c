//! Text fields, text areas and file fields.

use std::sync::Arc;

use fanlight_base::atoms::local_name;
use fanlight_css::selectors::PseudoElement;
use fanlight_css::values::display::Display;
use fanlight_dom::ElementData;
use fanlight_dom::form::InputType;

use super::{Control, ControlKind, Host, parts, positive};
use crate::box_tree::construct::Builder;
use crate::box_tree::{BlockContents, BoxId, BoxKind, BoxSource, GeneratedFor};

/// What stands for a character of a password.
const BULLET: &str = "\u{2022}";

/// How many characters wide a field is that does not say.
const DEFAULT_SIZE: u32 = 20;

/// `size`. <https://html.spec.whatwg.org/multipage/input.html#attr-input-size>
pub(super) fn size(element: &ElementData) -> u32 {
    positive(element, &local_name!("size")).unwrap_or(DEFAULT_SIZE)
}

/// A field for numbers is as wide as the longest number that it takes, where it says its limits; `size` is not for it.
pub(super) fn number_field(element: &ElementData) -> ControlKind {
    let default = ControlKind::TextField { characters: DEFAULT_SIZE, has_spin_button: false };
    let attribute = |name| element.attribute(&name).map(str::trim);
    let step = attribute(local_name!("step"));
    if step.is_some_and(|step| step.eq_ignore_ascii_case("any")) {
        return default;
    }
    let digits = |text: Option<&str>| {
        let text = text.filter(|text| text.parse::<f64>().is_ok_and(f64::is_finite))?;
        let (before, after) = text.split_once('.').unwrap_or((text, ""));
        Some((before.chars().count(), after.chars().count()))
    };
    let (Some(min), Some(max)) =
        (digits(attribute(local_name!("min"))), digits(attribute(local_name!("max"))))
    else {
        return default;
    };
    let step = digits(step).unwrap_or((1, 0));
    let before = min.0.max(max.0).max(step.0);
    let after = min.1.max(max.1).max(step.1);
    let characters = before + after + usize::from(after > 0);
    ControlKind::TextField {
        characters: u32::try_from(characters).unwrap_or(u32::MAX),
        has_spin_button: true,
    }
}

/// The value, or the placeholder, in a block of its own.
pub(super) fn text_field(builder: &mut Builder<'_>, host: Host<'_>, children: &mut Vec<BoxId>) {
    let value = host.element.input_value();
    if value.is_empty() && placeholder(builder, host, children) {
        return;
    }
    let value = match InputType::of(host.element) {
        InputType::Password => BULLET.repeat(value.chars().count()),
        // https://html.spec.whatwg.org/multipage/input.html#number-state-(type=number)
        InputType::Number if value.trim().parse::<f64>().is_err() => String::new(),
        _ => value.replace(['\n', '\r'], ""),
    };
    let editor = parts::one_line_editor(builder, host.id);
    parts::block_of_text(builder, host.node, host.id, editor, &value, children);
}

/// The text of a text area, in a block of its own.
pub(super) fn text_area(builder: &mut Builder<'_>, host: Host<'_>, children: &mut Vec<BoxId>) {
    let value = builder.document.control_value(host.node).unwrap_or_default();
    if value.is_empty() && placeholder(builder, host, children) {
        return;
    }
    let editor = parts::style(builder, host.id, Display::BLOCK, |_| ());
    parts::block_of_text(builder, host.node, host.id, editor, &value, children);
}

/// Adds the `::placeholder`; returns whether there is one.
/// <https://html.spec.whatwg.org/multipage/input.html#the-placeholder-attribute>
fn placeholder(builder: &mut Builder<'_>, host: Host<'_>, children: &mut Vec<BoxId>) -> bool {
    let Some(text) = host.element.attribute(&local_name!("placeholder")).filter(|text| !text.is_empty())
    else {
        return false;
    };
    let Some(mut computed) = builder.styles.pseudo(host.node, &PseudoElement::Placeholder).cloned() else {
        return false;
    };
    if computed.boxes.display.is_none() {
        return false;
    }
    if host.element.is_html(&local_name!("input")) {
        parts::raise_line_height(Arc::make_mut(&mut computed));
    }
    let text: Arc<str> = text.into();
    let source = BoxSource::Pseudo(host.node, GeneratedFor::Placeholder);
    let kind = BoxKind::BlockContainer(BlockContents::Blocks(Vec::new()));
    let id = builder.add(source, Some(host.id), computed.clone(), kind);
    let mut inside = Vec::new();
    builder.text(source, id, computed, text, &mut inside);
    builder.fill(id, inside, None);
    children.push(id);
    true
}

/// The button that chooses files, and what is chosen.
/// <https://html.spec.whatwg.org/multipage/rendering.html#the-input-element-as-a-file-upload-control>
pub(super) fn file(builder: &mut Builder<'_>, host: Host<'_>, children: &mut Vec<BoxId>) {
    if let Some(computed) = builder.styles.pseudo(host.node, &PseudoElement::FileSelectorButton).cloned() {
        let source = BoxSource::Pseudo(host.node, GeneratedFor::FileSelectorButton);
        let is_disabled = builder.tree.get(host.id).control.as_ref().is_some_and(|field| field.is_disabled);
        let button = Some(Control { kind: ControlKind::Button, is_disabled });
        let computed = super::used_style(button.as_ref(), host.element, computed);
        let kind = BoxKind::BlockContainer(BlockContents::Blocks(Vec::new()));
        let id = builder.add(source, Some(host.id), computed.clone(), kind);
        builder.tree.get_mut(id).control = button.map(Box::new);
        let label =
            if host.element.has_attribute(&local_name!("multiple")) { "Choose Files" } else { "Choose File" };
        let mut inside = Vec::new();
        builder.text(source, id, computed, label.into(), &mut inside);
        builder.fill(id, inside, None);
        children.push(id);
    }
    parts::line(builder, host.node, host.id, "No file chosen", children);
}
