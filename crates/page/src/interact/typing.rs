//! Keys that go to what has the focus: typing into text fields, choosing among options, pressing buttons.

use fanlight_base::Observer;
use fanlight_base::atoms::local_name;
use fanlight_dom::NodeId;
use fanlight_dom::form::InputType;

use super::activation::{Activation, activation};
use super::forms::{
    choose_option, controls, default_button, form_owner, input_type, is, is_off, is_selected, option_label,
    options, radio_group,
};
use super::keys::{Key, KeyPress};
use super::text_editor::{Edit, TextEditor};
use super::{Action, KeyAnswer};
use crate::page::Page;

impl Page {
    /// A key was pressed; what has the focus may use it.
    pub fn key_pressed(&mut self, press: &KeyPress, observer: &dyn Observer) -> KeyAnswer {
        let Some(node) = self.interaction.focused else { return KeyAnswer::Unused };
        if self.interaction.editor.is_some() {
            return self.key_in_field(node, press);
        }
        if press.control || press.alt || is_off(self.document(), node) {
            return KeyAnswer::Unused;
        }
        let used = |changed: bool| if changed { KeyAnswer::Used(None) } else { KeyAnswer::Unused };
        let kind = input_type(self.document(), node);
        let is_list = is(self.document(), node, &local_name!("select"));
        match (&press.key, kind) {
            (Key::Enter, Some(InputType::Checkbox | InputType::Radio | InputType::Range)) => {
                KeyAnswer::Used(self.submit_by_enter(node))
            }
            (Key::Enter, _) => match self.activates_by_key(node) {
                true => KeyAnswer::Used(self.activate(node)),
                false => KeyAnswer::Unused,
            },
            // Links are followed by Enter alone.
            (key, _) if key.is_space() => match activation(self.document(), node) {
                None | Some(Activation::Follow { .. }) => KeyAnswer::Unused,
                Some(_) if self.activates_by_key(node) => KeyAnswer::Used(self.activate(node)),
                Some(_) => KeyAnswer::Unused,
            },
            (key, Some(InputType::Radio)) => match step_of(key) {
                Some(step) => used(self.choose_radio_beside(node, step, observer)),
                None => KeyAnswer::Unused,
            },
            (key, Some(InputType::Range)) => match step_of(key) {
                // Down is less, and further along a list.
                Some(step) => {
                    let is_vertical = matches!(key, Key::Up | Key::Down);
                    used(self.step_number(node, if is_vertical { -step } else { step }))
                }
                None => KeyAnswer::Unused,
            },
            (Key::Text(text), None) if is_list => used(self.choose_option_by_name(node, text)),
            (key, None) if is_list => match step_of(key) {
                Some(step) => used(self.choose_option_beside(node, step)),
                None => KeyAnswer::Unused,
            },
            _ => KeyAnswer::Unused,
        }
    }

    /// Whether a key presses what has the focus, as a click does.
    fn activates_by_key(&self, node: NodeId) -> bool {
        let is_toggle = matches!(
            input_type(self.document(), node),
            None | Some(
                InputType::Checkbox
                    | InputType::Radio
                    | InputType::Submit
                    | InputType::Image
                    | InputType::Reset
                    | InputType::Button
            )
        );
        is_toggle && activation(self.document(), node).is_some()
    }

    fn key_in_field(&mut self, node: NodeId, press: &KeyPress) -> KeyAnswer {
        let is_number = input_type(self.document(), node) == Some(InputType::Number);
        match press.key {
            Key::Enter if input_type(self.document(), node).is_some() => {
                return KeyAnswer::Used(self.submit_by_enter(node));
            }
            Key::Up | Key::Down if is_number && !press.alt && !press.control => {
                self.step_number(node, if press.key == Key::Up { 1 } else { -1 });
                return KeyAnswer::Used(None);
            }
            _ => {}
        }
        let Some((_, editor)) = &mut self.interaction.editor else { return KeyAnswer::Unused };
        let mut edited = editor.clone();
        match edited.key(press) {
            Edit::Ignored => KeyAnswer::Unused,
            Edit::Moved => {
                *editor = edited;
                KeyAnswer::Used(None)
            }
            Edit::Changed => {
                if self.may_become(node, edited.text()) {
                    self.document_mut().set_entered_value(node, Some(edited.text()));
                    self.interaction.editor = Some((node, edited));
                }
                KeyAnswer::Used(None)
            }
        }
    }

    /// Whether the user may make a field's value `text`.
    fn may_become(&self, node: NodeId, text: &str) -> bool {
        let Some(element) = self.document().element(node) else { return false };
        if element.has_attribute(&local_name!("readonly")) {
            return false;
        }
        // https://html.spec.whatwg.org/multipage/form-control-infrastructure.html#limiting-user-input-length:-the-maxlength-attribute
        let length = |text: &str| text.encode_utf16().count();
        let most = element.attribute(&local_name!("maxlength")).and_then(|most| most.trim().parse().ok());
        let before = self.document().control_value(node).map_or(0, |value| length(&value));
        most.is_none_or(|most: usize| length(text) <= most.max(before))
    }

    /// Sends the form of a field in which Enter was pressed.
    /// <https://html.spec.whatwg.org/multipage/form-control-infrastructure.html#implicit-submission>
    fn submit_by_enter(&mut self, node: NodeId) -> Option<Action> {
        let document = self.document();
        let form = form_owner(document, node)?;
        if let Some(button) = default_button(document, form) {
            return if is_off(document, button) { None } else { self.activate(button) };
        }
        let is_blocking =
            |&control: &NodeId| input_type(document, control).is_some_and(InputType::is_text_field);
        let blocking = controls(document, form).iter().filter(|control| is_blocking(control)).count();
        if blocking > 1 { None } else { self.submit(form, None) }
    }

    /// Makes the value of a number field or slider greater by some steps, or smaller, within its limits.
    /// <https://html.spec.whatwg.org/multipage/input.html#dom-input-stepup>
    fn step_number(&mut self, node: NodeId, steps: i32) -> bool {
        let Some(element) = self.document().element(node) else { return false };
        let is_slider = input_type(self.document(), node) == Some(InputType::Range);
        let number = |text: &str| text.trim().parse::<f64>().ok().filter(|number| number.is_finite());
        let limit =
            |name, default| element.attribute(&name).and_then(number).or(is_slider.then_some(default));
        let (min, max) = (limit(local_name!("min"), 0.0), limit(local_name!("max"), 100.0));
        let step = element.attribute(&local_name!("step")).and_then(number).filter(|step| *step > 0.0);
        let middle = min.zip(max).filter(|_| is_slider).map_or(0.0, |(min, max)| (min + max) / 2.0);
        let present = number(element.input_value()).unwrap_or(middle);
        let value = present + f64::from(steps) * step.unwrap_or(1.0);
        self.set_number(node, value.min(max.unwrap_or(f64::MAX)).max(min.unwrap_or(f64::MIN)))
    }

    /// Sets a slider by where it was pressed: a part of its length, 0 to 1.
    pub(super) fn set_slider(&mut self, node: NodeId, part: f32) -> bool {
        let Some(element) = self.document().element(node) else { return false };
        let number = |name| element.attribute(&name).and_then(|text| text.trim().parse::<f64>().ok());
        let min = number(local_name!("min")).unwrap_or(0.0);
        let max = number(local_name!("max")).unwrap_or(100.0).max(min);
        let step = number(local_name!("step")).filter(|step| *step > 0.0).unwrap_or(1.0);
        let value = min + f64::from(part.clamp(0.0, 1.0)) * (max - min);
        self.set_number(node, (min + ((value - min) / step).round() * step).min(max))
    }

    fn set_number(&mut self, node: NodeId, value: f64) -> bool {
        // Sums of steps such as 0.1 show no more digits than were put in.
        let text = ((value * 1e9).round() / 1e9).to_string();
        if !self.may_become(node, &text) || self.document().control_value(node).as_deref() == Some(&*text) {
            return false;
        }
        self.document_mut().set_entered_value(node, Some(&text));
        if let Some((_, editor)) = &mut self.interaction.editor {
            *editor = TextEditor::selected(&text);
        }
        true
    }

    fn choose_radio_beside(&mut self, node: NodeId, step: i32, observer: &dyn Observer) -> bool {
        let document = self.document();
        let group: Vec<NodeId> =
            radio_group(document, node).into_iter().filter(|&button| !is_off(document, button)).collect();
        let Some(place) = group.iter().position(|&button| button == node) else { return false };
        let next = group[(place as i32 + step).rem_euclid(group.len() as i32) as usize];
        self.activate(next);
        self.set_focus(Some(next), true);
        self.scroll_into_view(next, observer);
        true
    }

    fn choose_option_beside(&mut self, select: NodeId, step: i32) -> bool {
        let document = self.document();
        let options = options(document, select);
        let chosen = options.iter().rposition(|&option| is_selected(document, option));
        let mut place =
            chosen.map_or(if step > 0 { -1 } else { options.len() as i32 }, |chosen| chosen as i32);
        loop {
            place += step;
            let Some(&option) = usize::try_from(place).ok().and_then(|place| options.get(place)) else {
                return true;
            };
            if !is_off(document, option) {
                choose_option(self.document_mut(), select, option);
                return true;
            }
        }
    }

    /// Chooses the next option whose label begins with what was typed.
    fn choose_option_by_name(&mut self, select: NodeId, typed: &str) -> bool {
        let document = self.document();
        let options = options(document, select);
        let after = options.iter().rposition(|&option| is_selected(document, option)).map_or(0, |at| at + 1);
        let typed = typed.to_lowercase();
        let begins = |option: &NodeId| {
            !is_off(document, *option) && option_label(document, *option).to_lowercase().starts_with(&typed)
        };
        let found = options.iter().cycle().skip(after).take(options.len()).copied().find(begins);
        if let Some(option) = found {
            choose_option(self.document_mut(), select, option);
        }
        found.is_some()
    }
}

/// How an arrow key goes through a list.
fn step_of(key: &Key) -> Option<i32> {
    match key {
        Key::Up | Key::Left => Some(-1),
        Key::Down | Key::Right => Some(1),
        _ => None,
    }
}
