//! The states of form controls. <https://html.spec.whatwg.org/multipage/forms.html>

use fanlight_base::LocalName;
use fanlight_base::atoms::{local_name, ns};
use fanlight_dom::{Document, ElementData, ElementState, NodeId};

/// What an `<input>` is, as far as states ask.
/// <https://html.spec.whatwg.org/multipage/input.html#attr-input-type>
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum InputType {
    Hidden,
    Text,
    Search,
    Telephone,
    Url,
    Email,
    Password,
    Date,
    Month,
    Week,
    Time,
    LocalDateAndTime,
    Number,
    Range,
    Color,
    Checkbox,
    Radio,
    File,
    Submit,
    Image,
    Reset,
    Button,
}

impl InputType {
    /// The type of an `<input>`; unknown ones are text fields.
    pub(crate) fn of(element: &ElementData) -> InputType {
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
    pub(crate) fn has_placeholder(self) -> bool {
        use InputType::{Email, Number, Password, Search, Telephone, Text, Url};
        matches!(self, Text | Search | Url | Telephone | Email | Password | Number)
    }

    /// Whether `readonly` applies, which is what makes a control read-write.
    fn can_be_read_only(self) -> bool {
        use InputType::{Date, LocalDateAndTime, Month, Time, Week};
        self.has_placeholder() || matches!(self, Date | Month | Week | Time | LocalDateAndTime)
    }

    /// Whether `required` applies.
    pub(crate) fn can_be_required(self) -> bool {
        self.can_be_read_only() || matches!(self, InputType::Checkbox | InputType::Radio | InputType::File)
    }

    /// Whether it is a button that submits its form.
    fn submits(self) -> bool {
        matches!(self, InputType::Submit | InputType::Image)
    }
}

/// The kinds of elements that have a state of being disabled.
fn can_be_disabled(element: &ElementData) -> bool {
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
pub(crate) fn is_disabled(document: &Document, node: NodeId, element: &ElementData) -> bool {
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

/// `:enabled`. <https://html.spec.whatwg.org/multipage/semantics-other.html#selector-enabled>
pub(crate) fn is_enabled(document: &Document, node: NodeId, element: &ElementData) -> bool {
    can_be_disabled(element) && !is_disabled(document, node, element)
}

/// `:checked`. <https://html.spec.whatwg.org/multipage/semantics-other.html#selector-checked>
pub(crate) fn is_checked(document: &Document, node: NodeId, element: &ElementData) -> bool {
    if element.is_html(&local_name!("input")) {
        return matches!(InputType::of(element), InputType::Checkbox | InputType::Radio)
            && has_checkedness(element, &local_name!("checked"));
    }
    element.is_html(&local_name!("option")) && is_selected(document, node, element)
}

/// The state where a user or script has set it, else the attribute.
fn has_checkedness(element: &ElementData, attribute: &LocalName) -> bool {
    element.state().contains(ElementState::CHECKED)
        || !element.state().contains(ElementState::DIRTY_VALUE) && element.has_attribute(attribute)
}

/// The selectedness of an `<option>`, with the rule that a drop-down always has one.
/// <https://html.spec.whatwg.org/multipage/form-elements.html#selectedness-setting-algorithm>
fn is_selected(document: &Document, node: NodeId, element: &ElementData) -> bool {
    let Some(select) = document.ancestors(node).take(2).find(|&above| {
        document.element(above).is_some_and(|element| element.is_html(&local_name!("select")))
    }) else {
        return has_checkedness(element, &local_name!("selected"));
    };
    let single = document.element(select).is_none_or(|select| {
        !select.has_attribute(&local_name!("multiple"))
            && select.attribute(&local_name!("size")).is_none_or(|size| matches!(size.trim(), "" | "0" | "1"))
    });
    if !single {
        return has_checkedness(element, &local_name!("selected"));
    }
    let options = || {
        document.descendants(select).filter_map(|option| {
            let element = document.element(option)?;
            element.is_html(&local_name!("option")).then_some((option, element))
        })
    };
    let last_selected = options()
        .filter(|(_, option)| has_checkedness(option, &local_name!("selected")))
        .last()
        .map(|(option, _)| option);
    let chosen = last_selected.or_else(|| {
        options().find(|&(option, element)| !is_disabled(document, option, element)).map(|(option, _)| option)
    });
    chosen == Some(node)
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
    if !takes_placeholder(element)
        || !element.has_attribute(&local_name!("placeholder"))
        || element.state().contains(ElementState::DIRTY_VALUE)
    {
        return false;
    }
    if element.is_html(&local_name!("textarea")) {
        document.children(node).all(|child| document.node(child).text().is_none_or(str::is_empty))
    } else {
        element.attribute(&local_name!("value")).is_none_or(str::is_empty)
    }
}
