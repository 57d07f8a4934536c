//! What activating an element does. <https://html.spec.whatwg.org/multipage/interaction.html#activation>

use fanlight_base::atoms::local_name;
use fanlight_base::{LocalName, QualName};
use fanlight_dom::form::InputType;
use fanlight_dom::{Document, ElementData, ElementState, NodeId};
use fanlight_fetch::ReferrerPolicy;

use super::forms::{
    ButtonKind, button_kind, form_owner, is_off, labeled_control, radio_group, reset, set_checked_by_user,
};

/// What activating an element does.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Activation {
    /// Follow a hyperlink.
    Follow {
        /// The address as it is written.
        href: String,
        /// How much of this page's address is told there, where the link says so.
        referrer_policy: Option<ReferrerPolicy>,
    },
    /// Open or close a `<details>`.
    ToggleDetails(NodeId),
    /// Check or uncheck a checkbox.
    ToggleCheckbox(NodeId),
    /// Choose a radio button.
    ChooseRadio(NodeId),
    /// Send a form, on behalf of a button.
    Submit {
        /// The form.
        form: NodeId,
        /// The button.
        button: NodeId,
    },
    /// Make a form's controls what the page says.
    Reset(NodeId),
    /// Open the list of a drop-down.
    OpenList(NodeId),
    /// Nothing but to take the focus.
    Focus(NodeId),
}

/// What activating the nearest element at or above `node` that can be activated does.
pub(crate) fn activation(document: &Document, node: NodeId) -> Option<Activation> {
    document.inclusive_ancestors(node).find_map(|node| of_element(document, node))
}

fn of_element(document: &Document, node: NodeId) -> Option<Activation> {
    let element = document.element(node)?;
    if let Some(kind) = button_kind(element) {
        let form = form_owner(document, node).filter(|_| !is_off(document, node));
        return Some(match (kind, form) {
            (ButtonKind::Submit, Some(form)) => Activation::Submit { form, button: node },
            (ButtonKind::Reset, Some(form)) => Activation::Reset(form),
            _ => Activation::Focus(node),
        });
    }
    match element.name.local {
        local_name!("a") | local_name!("area") => element.attribute(&local_name!("href")).map(|href| {
            Activation::Follow { href: href.trim().to_owned(), referrer_policy: referrer_policy(element) }
        }),
        local_name!("summary") => {
            let details = document.parent_element(node)?;
            let is_first = document.element_children(details).next() == Some(node);
            document
                .element(details)
                .filter(|details| is_first && details.is_html(&local_name!("details")))
                .map(|_| Activation::ToggleDetails(details))
        }
        local_name!("input") => Some(match InputType::of(element) {
            _ if is_off(document, node) => Activation::Focus(node),
            InputType::Checkbox => Activation::ToggleCheckbox(node),
            InputType::Radio => Activation::ChooseRadio(node),
            _ => Activation::Focus(node),
        }),
        local_name!("select") if !is_off(document, node) => {
            let attribute = |name| element.attribute(&name);
            let rows = attribute(local_name!("size")).and_then(|rows| rows.trim().parse::<u32>().ok());
            let is_list =
                element.has_attribute(&local_name!("multiple")) || rows.is_some_and(|rows| rows > 1);
            Some(if is_list { Activation::Focus(node) } else { Activation::OpenList(node) })
        }
        local_name!("textarea") | local_name!("select") => Some(Activation::Focus(node)),
        local_name!("label") => of_element(document, labeled_control(document, node)?),
        _ => None,
    }
}

/// How much of the document's address a link or a form tells where it leads, where it says so.
/// <https://html.spec.whatwg.org/multipage/links.html#link-type-noreferrer>
pub(super) fn referrer_policy(element: &ElementData) -> Option<ReferrerPolicy> {
    let mut types = element.attribute(&local_name!("rel")).unwrap_or_default().split_ascii_whitespace();
    if types.any(|link_type| link_type.eq_ignore_ascii_case("noreferrer")) {
        return Some(ReferrerPolicy::NoReferrer);
    }
    element.attribute(&LocalName::from("referrerpolicy")).and_then(ReferrerPolicy::from_token)
}

/// Does to the document what an activation says; what leaves the document is the caller's.
pub(crate) fn apply(document: &mut Document, activation: &Activation) {
    match *activation {
        Activation::Follow { .. }
        | Activation::Submit { .. }
        | Activation::OpenList(_)
        | Activation::Focus(_) => {}
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
                set_checked_by_user(document, input, !state.contains(ElementState::CHECKED));
            }
        }
        Activation::ChooseRadio(input) => {
            for button in radio_group(document, input) {
                set_checked_by_user(document, button, button == input);
            }
        }
        Activation::Reset(form) => reset(document, form),
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

    fn follow(href: &str) -> Activation {
        Activation::Follow { href: href.to_owned(), referrer_policy: None }
    }

    #[test]
    fn a_link_says_how_much_is_told_where_it_leads() {
        for (attributes, policy) in [
            ("", None),
            ("referrerpolicy=", None),
            ("referrerpolicy=Origin", Some(ReferrerPolicy::Origin)),
            ("rel='nofollow NoReferrer' referrerpolicy=unsafe-url", Some(ReferrerPolicy::NoReferrer)),
        ] {
            let document = document(&format!("<a href=b id=x {attributes}></a>"));
            let expected = Activation::Follow { href: "b".to_owned(), referrer_policy: policy };
            assert_eq!(activation_of(&document, "x"), Some(expected), "{attributes}");
        }
    }

    #[test]
    fn links_are_followed_from_anything_inside_them() {
        let document = document("<a href=' b '><i id=x>i</i></a><a><i id=y></i></a>");
        assert_eq!(activation_of(&document, "x"), Some(follow("b")));
        assert_eq!(activation_of(&document, "y"), None);
    }

    #[test]
    fn controls_inside_a_label_speak_for_themselves() {
        let document = document(
            "<form id=f><label><input type=checkbox id=c><a href=x id=x></a><button type=button id=b></button>\
             <input id=t></label><button id=s></button><button id=off disabled></button></form>",
        );
        let node = |id: &str| document.element_by_id(id).unwrap();
        assert_eq!(activation_of(&document, "x"), Some(follow("x")));
        assert_eq!(activation_of(&document, "b"), Some(Activation::Focus(node("b"))));
        assert_eq!(activation_of(&document, "t"), Some(Activation::Focus(node("t"))));
        let submit = Activation::Submit { form: node("f"), button: node("s") };
        assert_eq!(activation_of(&document, "s"), Some(submit));
        assert_eq!(activation_of(&document, "off"), Some(Activation::Focus(node("off"))));
    }

    #[test]
    fn resetting_brings_back_what_the_page_says() {
        let mut document = document(
            "<form id=f><input id=t value=page><input type=checkbox checked id=c><select><option id=o><option \
             selected id=p></select><button type=reset id=r></button></form>",
        );
        crate::interact::form_state::set_initial_states(&mut document);
        let node = |id: &str, document: &Document| document.element_by_id(id).unwrap();
        let (text, check) = (node("t", &document), node("c", &document));
        document.set_entered_value(text, Some("user"));
        apply(&mut document, &Activation::ToggleCheckbox(check));
        let (select, option) = (document.node(node("o", &document)).parent().unwrap(), node("o", &document));
        crate::interact::forms::choose_option(&mut document, select, option);
        let reset = activation_of(&document, "r").unwrap();
        apply(&mut document, &reset);
        assert_eq!(document.control_value(text).as_deref(), Some("page"));
        let checked =
            |id: &str| document.element(node(id, &document)).unwrap().state() == ElementState::CHECKED;
        assert_eq!(["c", "o", "p"].map(checked), [true, false, true]);
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
