//! Constraint validation, of the value that a control has.
//! <https://html.spec.whatwg.org/multipage/form-control-infrastructure.html#constraints>
//!
//! FIXME: `pattern` needs the script engine's regular expressions and is not looked at yet.

use fanlight_base::atoms::{local_name, ns};
use fanlight_dom::{Document, ElementData, NodeId};

use super::form::{self, InputType};

/// What `:valid` and `:invalid` say of an element: `None` where neither holds.
/// <https://html.spec.whatwg.org/multipage/semantics-other.html#selector-valid>
pub(crate) fn validity(document: &Document, node: NodeId, element: &ElementData) -> Option<bool> {
    if element.name.namespace != ns!(html) {
        return None;
    }
    match element.name.local {
        local_name!("form") | local_name!("fieldset") => Some(document.descendants(node).all(|below| {
            document
                .element(below)
                .and_then(|element| control_validity(document, below, element))
                .unwrap_or(true)
        })),
        _ => control_validity(document, node, element),
    }
}

/// Whether a control satisfies its constraints; `None` where it is barred from validation.
fn control_validity(document: &Document, node: NodeId, element: &ElementData) -> Option<bool> {
    if element.name.namespace != ns!(html) || !takes_part(document, node, element) {
        return None;
    }
    let required = form::requirement(element) == Some(true);
    match element.name.local {
        local_name!("input") => Some(input_is_valid(document, node, element, required)),
        local_name!("textarea") => {
            Some(!required || document.control_value(node).is_some_and(|value| !value.is_empty()))
        }
        local_name!("select") => Some(!required || select_has_value(document, node)),
        _ => Some(true),
    }
}

/// <https://html.spec.whatwg.org/multipage/form-control-infrastructure.html#barred-from-constraint-validation>
fn takes_part(document: &Document, node: NodeId, element: &ElementData) -> bool {
    let read_only = element.has_attribute(&local_name!("readonly"));
    let candidate = match element.name.local {
        local_name!("input") => {
            let input_type = InputType::of(element);
            !matches!(input_type, InputType::Hidden | InputType::Reset | InputType::Button) && !read_only
        }
        local_name!("textarea") => !read_only,
        local_name!("select") => true,
        local_name!("button") => element
            .attribute(&local_name!("type"))
            .is_none_or(|kind| !kind.eq_ignore_ascii_case("reset") && !kind.eq_ignore_ascii_case("button")),
        _ => false,
    };
    candidate && !form::is_disabled(document, node, element)
}

fn input_is_valid(document: &Document, node: NodeId, element: &ElementData, required: bool) -> bool {
    let input_type = InputType::of(element);
    let value = element.input_value();
    match input_type {
        InputType::Checkbox => !required || form::is_checked(document, node, element),
        InputType::Radio => !required || !form::is_indeterminate(document, node, element),
        InputType::File => !required,
        _ if value.is_empty() => !required,
        InputType::Email => {
            let several = element.has_attribute(&local_name!("multiple"));
            if several { value.split(',').all(|one| is_email(one.trim())) } else { is_email(value.trim()) }
        }
        InputType::Url => is_absolute_url(value.trim()),
        InputType::Number | InputType::Range => {
            in_range(element) != Some(false) && !has_step_mismatch(element, value)
        }
        _ => in_range(element) != Some(false),
    }
}

fn select_has_value(document: &Document, select: NodeId) -> bool {
    document.descendants(select).any(|option| {
        document.element(option).is_some_and(|element| {
            element.is_html(&local_name!("option"))
                && form::is_checked(document, option, element)
                && match element.attribute(&local_name!("value")) {
                    Some(value) => !value.is_empty(),
                    None => !document.text_content(option).trim().is_empty(),
                }
        })
    })
}

/// <https://html.spec.whatwg.org/multipage/input.html#valid-e-mail-address>
fn is_email(address: &str) -> bool {
    let Some((local, domain)) = address.split_once('@') else { return false };
    let local_ok = !local.is_empty()
        && local.bytes().all(|byte| byte.is_ascii_alphanumeric() || b".!#$%&'*+/=?^_`{|}~-".contains(&byte));
    let label_ok = |label: &str| {
        !label.is_empty()
            && label.len() <= 63
            && !label.starts_with('-')
            && !label.ends_with('-')
            && label.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'-')
    };
    local_ok && domain.split('.').all(label_ok)
}

/// Whether the text begins with a scheme, which is what tells a valid absolute URL from a relative one.
fn is_absolute_url(url: &str) -> bool {
    let Some((scheme, rest)) = url.split_once(':') else { return false };
    scheme.starts_with(|first: char| first.is_ascii_alphabetic())
        && scheme.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"+-.".contains(&byte))
        && !rest.is_empty()
}

/// `:in-range` and `:out-of-range`; `None` where there are no limits.
/// <https://html.spec.whatwg.org/multipage/semantics-other.html#selector-in-range>
pub(crate) fn in_range(element: &ElementData) -> Option<bool> {
    if !element.is_html(&local_name!("input")) {
        return None;
    }
    let number = |text: &str| text.trim().parse::<f64>().ok().filter(|number| number.is_finite());
    let (min, max) = (element.attribute(&local_name!("min")), element.attribute(&local_name!("max")));
    let value = element.input_value();
    match InputType::of(element) {
        InputType::Number => {
            let (min, max) = (min.and_then(number), max.and_then(number));
            if min.is_none() && max.is_none() {
                return None;
            }
            let Some(value) = number(value) else { return Some(true) };
            Some(min.is_none_or(|min| value >= min) && max.is_none_or(|max| value <= max))
        }
        // A slider's value is brought into its range.
        InputType::Range => Some(true),
        // Well-formed dates and times order as text does, as long as the years have four digits.
        InputType::Date
        | InputType::Month
        | InputType::Week
        | InputType::Time
        | InputType::LocalDateAndTime => {
            let (min, max) = (min.filter(|min| !min.is_empty()), max.filter(|max| !max.is_empty()));
            if min.is_none() && max.is_none() {
                return None;
            }
            Some(value.is_empty() || min.is_none_or(|min| value >= min) && max.is_none_or(|max| value <= max))
        }
        _ => None,
    }
}

/// <https://html.spec.whatwg.org/multipage/input.html#concept-input-step>
fn has_step_mismatch(element: &ElementData, value: &str) -> bool {
    let attribute = |name| element.attribute(&name).and_then(|text: &str| text.trim().parse::<f64>().ok());
    if element.attribute(&local_name!("step")).is_some_and(|step| step.trim().eq_ignore_ascii_case("any")) {
        return false;
    }
    let step = attribute(local_name!("step")).filter(|step| *step > 0.0).unwrap_or(1.0);
    let base = attribute(local_name!("min")).unwrap_or(0.0);
    let Ok(value) = value.trim().parse::<f64>() else { return false };
    let steps = (value - base) / step;
    (steps - steps.round()).abs() > 1e-7
}
