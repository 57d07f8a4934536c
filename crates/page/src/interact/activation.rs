//! What activating an element does. <https://html.spec.whatwg.org/multipage/interaction.html#activation>

use fanlight_base::QualName;
use fanlight_base::atoms::local_name;
use fanlight_dom::{Document, ElementState, NodeId};

/// What activating an element does.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Activation {
    /// Follow a hyperlink to an address as it is written.
    Follow(String),
    /// Open or close a `<details>`.
    ToggleDetails(NodeId),
    /// Check or uncheck a checkbox.
    ToggleCheckbox(NodeId),
    /// Choose a radio button.
    ChooseRadio(NodeId),
}

/// What activating the nearest element at or above `node` that can be activated does.
pub(crate) fn activation(document: &Document, node: NodeId) -> Option<Activation> {
    std::iter::once(node).chain(document.ancestors(node)).find_map(|node| of_element(document, node))
}

fn of_element(document: &Document, node: NodeId) -> Option<Activation> {
    let element = document.element(node)?;
    match element.name.local {
        local_name!("a") | local_name!("area") => {
            element.attribute(&local_name!("href")).map(|href| Activation::Follow(href.trim().to_owned()))
        }
        local_name!("summary") => {
            let details = document.parent_element(node)?;
            let is_first = document.element_children(details).next() == Some(node);
            document
                .element(details)
                .filter(|details| is_first && details.is_html(&local_name!("details")))
                .map(|_| Activation::ToggleDetails(details))
        }
        local_name!("input") if !element.has_attribute(&local_name!("disabled")) => {
            match element.attribute(&local_name!("type"))?.to_ascii_lowercase().as_str() {
                "checkbox" => Some(Activation::ToggleCheckbox(node)),
                "radio" => Some(Activation::ChooseRadio(node)),
                _ => None,
            }
        }
        local_name!("label") => of_element(document, labeled_control(document, node)?),
        _ => None,
    }
}

/// <https://html.spec.whatwg.org/multipage/forms.html#labeled-control>
fn labeled_control(document: &Document, label: NodeId) -> Option<NodeId> {
    match document.element(label)?.attribute(&local_name!("for")) {
        Some(id) => document.element_by_id(id),
        None => document.descendants(label).find(|&node| {
            document.element(node).is_some_and(|element| element.is_html(&local_name!("input")))
        }),
    }
}

/// Does to the document what an activation says; following is the caller's.
pub(crate) fn apply(document: &mut Document, activation: &Activation) {
    match *activation {
        Activation::Follow(_) => {}
        Activation::ToggleDetails(details) => {
            let open = QualName::attribute(local_name!("open"));
            if document.element(details).is_some_and(|element| element.has_attribute(&open.local)) {
                document.remove_attribute(details, &open);
            } else {
                document.set_attribute(details, open, "");
            }
        }
        Activation::ToggleCheckbox(input) => {
            if let Some(state) = document.element(input).map(|element| element.state()) {
                let state = state.symmetric_difference(ElementState::CHECKED);
                document.set_state(input, state.difference(ElementState::INDETERMINATE));
            }
        }
        Activation::ChooseRadio(input) => choose_radio(document, input),
    }
}

/// <https://html.spec.whatwg.org/multipage/input.html#radio-button-group>
pub(super) fn choose_radio(document: &mut Document, chosen: NodeId) {
    let group_name = |document: &Document, node: NodeId| {
        let element = document.element(node).filter(|element| element.is_html(&local_name!("input")))?;
        let is_radio =
            element.attribute(&local_name!("type")).is_some_and(|kind| kind.eq_ignore_ascii_case("radio"));
        is_radio.then(|| element.attribute(&local_name!("name")).unwrap_or_default().to_owned())
    };
    let form = |document: &Document, node: NodeId| {
        document
            .ancestors(node)
            .find(|&node| document.element(node).is_some_and(|element| element.is_html(&local_name!("form"))))
    };
    let name = group_name(document, chosen).filter(|name| !name.is_empty());
    let owner = form(document, chosen);
    let group: Vec<NodeId> = document
        .descendants(NodeId::DOCUMENT)
        .filter(|&node| {
            node == chosen
                || name.is_some() && group_name(document, node) == name && form(document, node) == owner
        })
        .collect();
    for node in group {
        if let Some(mut state) = document.element(node).map(|element| element.state()) {
            state.set(ElementState::CHECKED, node == chosen);
            document.set_state(node, state);
        }
    }
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use fanlight_base::diagnostics::Unheard;
    use fanlight_html::{ParserOptions, parse_document};

    use super::*;

    fn document(html: &str) -> Document {
        parse_document(html.as_bytes(), &ParserOptions::new("http://a/", Arc::new(Unheard)))
    }

    fn activation_of(document: &Document, id: &str) -> Option<Activation> {
        activation(document, document.element_by_id(id).unwrap())
    }

    #[test]
    fn links_are_followed_from_anything_inside_them() {
        let document = document("<a href=' b '><i id=x>i</i></a><a><i id=y></i></a>");
        assert_eq!(activation_of(&document, "x"), Some(Activation::Follow("b".to_owned())));
        assert_eq!(activation_of(&document, "y"), None);
    }

    #[test]
    fn only_the_first_summary_toggles() {
        let mut document =
            document("<details id=d><summary id=x></summary><p>a</p><summary id=y></summary></details>");
        let toggle = activation_of(&document, "x").unwrap();
        assert_eq!(activation_of(&document, "y"), None);
        let open = |document: &Document| {
            document
                .element(document.element_by_id("d").unwrap())
                .unwrap()
                .has_attribute(&local_name!("open"))
        };
        apply(&mut document, &toggle);
        assert!(open(&document));
        apply(&mut document, &toggle);
        assert!(!open(&document));
    }

    #[test]
    fn choosing_a_radio_button_unchooses_the_rest_of_its_group() {
        let mut document = document(
            "<input type=radio name=g id=a><input type=radio name=g id=b><input type=radio name=h id=c>\
             <form><input type=radio name=g id=d></form><label for=b id=l>x</label>",
        );
        let checked = |document: &Document, id: &str| {
            let element = document.element(document.element_by_id(id).unwrap()).unwrap();
            element.state().contains(ElementState::CHECKED)
        };
        for id in ["c", "d", "a", "l"] {
            let choose = activation_of(&document, id).unwrap();
            apply(&mut document, &choose);
        }
        assert_eq!(["a", "b", "c", "d"].map(|id| checked(&document, id)), [false, true, true, true]);
    }
}
