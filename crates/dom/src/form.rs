//! Form controls: what kind they are and what value they have. What the user has entered is state of the document, beside the
//! attributes, which stay what the page says. <https://html.spec.whatwg.org/multipage/forms.html>

use std::borrow::Cow;

use fanlight_base::LocalName;
use fanlight_base::atoms::{local_name, ns};

use crate::document::Document;
use crate::element::{ElementData, ElementState};
use crate::mutation::Mutation;
use crate::node::NodeId;

/// What an `<input>` is, by its `type`.
/// <https://html.spec.whatwg.org/multipage/input.html#attr-input-type>
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum InputType {
    /// Never shown.
    Hidden,
    /// One line of text.
    Text,
    /// One line to search for.
    Search,
    /// A telephone number.
    Telephone,
    /// An absolute URL.
    Url,
    /// An e-mail address, or several.
    Email,
    /// One line that is not shown in clear.
    Password,
    /// A day.
    Date,
    /// A month.
    Month,
    /// A week.
    Week,
    /// A time of day.
    Time,
    /// A day and a time of day.
    LocalDateAndTime,
    /// A number.
    Number,
    /// A number on a slider.
    Range,
    /// A colour.
    Color,
    /// On or off.
    Checkbox,
    /// One of a group.
    Radio,
    /// Files.
    File,
    /// A button that submits its form.
    Submit,
    /// A picture that submits its form.
    Image,
    /// A button that resets its form.
    Reset,
    /// A button that does nothing by itself.
    Button,
}

impl InputType {
    /// The type of an `<input>`; unknown ones are text fields.
    pub fn of(element: &ElementData) -> InputType {
        const TYPES: [(&str, InputType); 22] = [
            ("hidden", InputType::Hidden),
            ("text", InputType::Text),
            ("search", InputType::Search),
            ("tel", InputType::Telephone),
            ("url", InputType::Url),
            ("email", InputType::Email),
            ("password", InputType::Password),
            ("date", InputType::Date),
            ("month", InputType::Month),
            ("week", InputType::Week),
            ("time", InputType::Time),
            ("datetime-local", InputType::LocalDateAndTime),
            ("number", InputType::Number),
            ("range", InputType::Range),
            ("color", InputType::Color),
            ("checkbox", InputType::Checkbox),
            ("radio", InputType::Radio),
            ("file", InputType::File),
            ("submit", InputType::Submit),
            ("image", InputType::Image),
            ("reset", InputType::Reset),
            ("button", InputType::Button),
        ];
        let value = element.attribute(&local_name!("type")).unwrap_or("");
        TYPES
            .iter()
            .find(|(name, _)| name.eq_ignore_ascii_case(value))
            .map_or(InputType::Text, |&(_, input_type)| input_type)
    }

    /// Whether `placeholder` applies.
    pub fn has_placeholder(self) -> bool {
        use InputType::{Email, Number, Password, Search, Telephone, Text, Url};
        matches!(self, Text | Search | Url | Telephone | Email | Password | Number)
    }

    /// Whether `readonly` applies, which is what makes a control read-write.
    pub fn can_be_read_only(self) -> bool {
        use InputType::{Date, LocalDateAndTime, Month, Time, Week};
        self.has_placeholder() || matches!(self, Date | Month | Week | Time | LocalDateAndTime)
    }

    /// Whether `required` applies.
    pub fn can_be_required(self) -> bool {
        self.can_be_read_only() || matches!(self, InputType::Checkbox | InputType::Radio | InputType::File)
    }

    /// Whether it is a button that submits its form.
    pub fn submits(self) -> bool {
        matches!(self, InputType::Submit | InputType::Image)
    }

    /// Whether it is edited as one line of text.
    pub fn is_text_field(self) -> bool {
        self.can_be_read_only()
    }
}

/// The kinds of elements that have a state of being disabled.
pub fn can_be_disabled(element: &ElementData) -> bool {
    element.name.namespace == ns!(html)
        && matches!(
            element.name.local,
            local_name!("button")
                | local_name!("input")
                | local_name!("select")
                | local_name!("textarea")
                | local_name!("optgroup")
                | local_name!("option")
                | local_name!("fieldset")
        )
}

/// `:disabled`. <https://html.spec.whatwg.org/multipage/semantics-other.html#concept-element-disabled>
pub fn is_disabled(document: &Document, node: NodeId, element: &ElementData) -> bool {
    if !can_be_disabled(element) {
        return false;
    }
    if element.has_attribute(&local_name!("disabled")) {
        return true;
    }
    match element.name.local {
        local_name!("optgroup") => false,
        local_name!("option") => {
            document.parent_element(node).and_then(|parent| document.element(parent)).is_some_and(|parent| {
                parent.is_html(&local_name!("optgroup")) && parent.has_attribute(&local_name!("disabled"))
            })
        }
        _ => in_disabled_fieldset(document, node),
    }
}

/// Whether a `<fieldset disabled>` is above, other than through its first `<legend>`.
fn in_disabled_fieldset(document: &Document, node: NodeId) -> bool {
    let mut below = node;
    for above in document.ancestors(node) {
        if let Some(fieldset) = document.element(above)
            && fieldset.is_html(&local_name!("fieldset"))
            && fieldset.has_attribute(&local_name!("disabled"))
            && first_legend(document, above) != Some(below)
        {
            return true;
        }
        below = above;
    }
    false
}

fn first_legend(document: &Document, fieldset: NodeId) -> Option<NodeId> {
    document
        .element_children(fieldset)
        .find(|&child| document.element(child).is_some_and(|element| element.is_html(&local_name!("legend"))))
}

/// `:checked`: the checkedness of a check box or radio button, the selectedness of an option.
/// <https://html.spec.whatwg.org/multipage/semantics-other.html#selector-checked>
pub fn is_checked(document: &Document, node: NodeId, element: &ElementData) -> bool {
    if element.is_html(&local_name!("input")) {
        return matches!(InputType::of(element), InputType::Checkbox | InputType::Radio)
            && has_checkedness(element, &local_name!("checked"));
    }
    element.is_html(&local_name!("option")) && is_selected(document, node, element)
}

/// Whether a control is on by itself, whatever its group says: the state where a user or script has set it, else the
/// attribute.
pub fn has_checkedness(element: &ElementData, attribute: &LocalName) -> bool {
    element.state().contains(ElementState::CHECKED)
        || !element.state().contains(ElementState::DIRTY_VALUE) && element.has_attribute(attribute)
}

/// The selectedness of an `<option>`, with the rule that a drop-down always has one.
fn is_selected(document: &Document, node: NodeId, element: &ElementData) -> bool {
    let select = document.ancestors(node).take(2).find(|&above| {
        document.element(above).is_some_and(|element| element.is_html(&local_name!("select")))
    });
    match select {
        Some(select) if !is_list_box(document, select) => selected_option(document, select) == Some(node),
        _ => has_checkedness(element, &local_name!("selected")),
    }
}

/// Whether a `<select>` shows its options as a list, and not only the selected one.
/// <https://html.spec.whatwg.org/multipage/rendering.html#the-select-element-2>
pub fn is_list_box(document: &Document, select: NodeId) -> bool {
    document.element(select).is_some_and(|select| {
        select.has_attribute(&local_name!("multiple"))
            || select
                .attribute(&local_name!("size"))
                .is_some_and(|size| !matches!(size.trim(), "" | "0" | "1"))
    })
}

/// The option that a drop-down list shows: the last that is selected, else the first that is not disabled.
/// <https://html.spec.whatwg.org/multipage/form-elements.html#selectedness-setting-algorithm>
pub fn selected_option(document: &Document, select: NodeId) -> Option<NodeId> {
    let options = || {
        document.descendants(select).filter_map(|option| {
            let element = document.element(option)?;
            element.is_html(&local_name!("option")).then_some((option, element))
        })
    };
    options()
        .filter(|(_, option)| has_checkedness(option, &local_name!("selected")))
        .last()
        .or_else(|| options().find(|&(option, element)| !is_disabled(document, option, element)))
        .map(|(option, _)| option)
}

impl ElementData {
    /// What the user has entered; nothing while the value is what the page says.
    pub fn entered_value(&self) -> Option<&str> {
        self.entered_value.as_deref()
    }

    /// The value of an `<input>`: what the user has entered, else the attribute.
    /// <https://html.spec.whatwg.org/multipage/form-control-infrastructure.html#concept-fe-value>
    pub fn input_value(&self) -> &str {
        self.entered_value().or_else(|| self.attribute(&local_name!("value"))).unwrap_or_default()
    }
}

impl Document {
    /// The value of an `<input>` or `<textarea>`: what the user has entered, else what the page says.
    /// <https://html.spec.whatwg.org/multipage/form-control-infrastructure.html#concept-fe-value>
    pub fn control_value(&self, node: NodeId) -> Option<Cow<'_, str>> {
        let element = self.element(node)?;
        if element.is_html(&local_name!("input")) {
            return Some(Cow::Borrowed(element.input_value()));
        }
        if !element.is_html(&local_name!("textarea")) {
            return None;
        }
        if let Some(entered) = element.entered_value() {
            return Some(Cow::Borrowed(entered));
        }
        // The parser drops a newline at the start; what is left is the value, with newlines as they are in values.
        let text: String = self.children(node).filter_map(|child| self.node(child).text()).collect();
        Some(if text.contains('\r') {
            text.replace("\r\n", "\n").replace('\r', "\n").into()
        } else {
            text.into()
        })
    }

    /// Sets what the user has entered into a control; nothing makes the value what the page says again.
    pub fn set_entered_value(&mut self, node: NodeId, value: Option<&str>) {
        let Some(element) = self.element_mut(node) else { return };
        if element.entered_value.as_deref() == value {
            return;
        }
        element.entered_value = value.map(Into::into);
        element.state.set(ElementState::DIRTY_VALUE, value.is_some());
        // Every new value is told as a change of this state, as pseudo-classes and boxes follow the value.
        let old = element.state.symmetric_difference(ElementState::DIRTY_VALUE);
        self.record(|| Mutation::State { element: node, old });
    }
}

#[cfg(test)]
mod tests {
    use fanlight_base::QualName;

    use super::*;

    #[test]
    fn what_the_user_enters_counts_before_the_attribute_and_can_be_taken_back() {
        let mut document = Document::new("about:blank");
        let input = document.create_element(QualName::html("input"), []);
        document.set_attribute(input, QualName::attribute("value"), "page");
        document.record_mutations();
        let value = |document: &Document| document.control_value(input).unwrap().into_owned();
        assert_eq!(value(&document), "page");
        document.set_entered_value(input, Some(""));
        assert_eq!(value(&document), "");
        document.set_entered_value(input, Some("user"));
        document.set_entered_value(input, Some("user"));
        assert_eq!(document.take_mutations().len(), 2, "the same value again is no change");
        document.set_entered_value(input, None);
        assert_eq!(value(&document), "page");
        assert!(!document.element(input).unwrap().state().contains(ElementState::DIRTY_VALUE));
    }

    #[test]
    fn a_fieldset_disables_all_but_its_first_legend() {
        let mut document = Document::new("about:blank");
        let [fieldset, legend, inside, outside] = ["fieldset", "legend", "input", "button"]
            .map(|name| document.create_element(QualName::html(name), []));
        document.append(fieldset, legend);
        document.append(legend, inside);
        document.append(fieldset, outside);
        document.set_attribute(fieldset, QualName::attribute("disabled"), "");
        let disabled = |node| is_disabled(&document, node, document.element(node).unwrap());
        assert!(disabled(outside) && !disabled(inside));
    }
}
