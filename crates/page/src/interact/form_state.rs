//! The checkedness and selectedness that form controls begin with.
//! <https://html.spec.whatwg.org/multipage/form-control-infrastructure.html#concept-fe-checked>

use fanlight_base::atoms::local_name;
use fanlight_dom::form::InputType;
use fanlight_dom::{Document, ElementState, NodeId};

use super::forms::{input_type, options, radio_group};

/// Sets the states of a whole document.
#[cfg(test)]
pub(crate) fn set_initial_states(document: &mut Document) {
    let all: Vec<NodeId> = document.descendants(NodeId::DOCUMENT).collect();
    set_initial_states_of(document, &all);
}

/// Sets the states of those that are controls, their options being there. Of the radio buttons of a group the last that is marked wins.
pub(crate) fn set_initial_states_of(document: &mut Document, controls: &[NodeId]) {
    for &node in controls {
        let Some(element) = document.element(node) else { continue };
        if element.is_html(&local_name!("select")) {
            select_initially(document, node);
        } else if element.has_attribute(&local_name!("checked")) {
            match input_type(document, node) {
                Some(InputType::Checkbox) => set_checked(document, node, true),
                Some(InputType::Radio) => {
                    for button in radio_group(document, node) {
                        set_checked(document, button, button == node);
                    }
                }
                _ => {}
            }
        }
    }
}

/// <https://html.spec.whatwg.org/multipage/form-elements.html#selectedness-setting-algorithm>
fn select_initially(document: &mut Document, select: NodeId) {
    let options = options(document, select);
    let has = |node: NodeId, name| document.element(node).is_some_and(|element| element.has_attribute(&name));
    let marked: Vec<NodeId> =
        options.iter().copied().filter(|&option| has(option, local_name!("selected"))).collect();
    let is_multiple = has(select, local_name!("multiple"));
    let size = document
        .element(select)
        .and_then(|element| element.attribute(&local_name!("size"))?.trim().parse::<u32>().ok())
        .unwrap_or(1);
    let chosen: Vec<NodeId> = if is_multiple {
        marked
    } else if let Some(&last) = marked.last() {
        vec![last]
    } else if size <= 1 {
        options.into_iter().find(|&option| !has(option, local_name!("disabled"))).into_iter().collect()
    } else {
        Vec::new()
    };
    for option in chosen {
        set_checked(document, option, true);
    }
}

fn set_checked(document: &mut Document, node: NodeId, checked: bool) {
    if let Some(mut state) = document.element(node).map(|element| element.state()) {
        state.set(ElementState::CHECKED, checked);
        document.set_state(node, state);
    }
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use fanlight_base::diagnostics::Unheard;
    use fanlight_html::{ParserOptions, parse_document};

    use super::*;

    #[test]
    fn controls_begin_as_their_attributes_say() {
        let html = "<input type=checkbox checked id=a><input type=checkbox id=no><input checked id=no>\
            <input type=radio name=r checked id=no><input type=radio name=r checked id=b>\
            <select><option disabled id=no><option id=c><option id=no></select>\
            <select><option selected id=no><option selected id=d></select>\
            <select multiple><option id=no><option selected id=e><option selected id=f></select>\
            <select size=3><option id=no></select>";
        let mut document =
            parse_document(html.as_bytes(), &ParserOptions::new("http://a/", Arc::new(Unheard)));
        set_initial_states(&mut document);
        let checked: Vec<String> = document
            .descendants(NodeId::DOCUMENT)
            .filter_map(|node| document.element(node))
            .filter(|element| element.state().contains(ElementState::CHECKED))
            .filter_map(|element| element.id().map(ToString::to_string))
            .collect();
        assert_eq!(checked, ["a", "b", "c", "d", "e", "f"]);
    }
}
