//! Which selectors match all elements of a [signature](crate::signature) or none, and what they look at.

use fanlight_css::selectors::{Selector, SelectorImpl as Impl};
use selectors::parser::{Combinator, Component};

use crate::pseudo_class::{self, Reads};
use crate::signature::{self, AttributeRelevance, RelevantFeatures};

/// Whether a selector looks at nothing but the parts of an element and of its ancestors that a signature can hold. What
/// it looks at is then added to what signatures hold. Of others, ids and classes are: elements of one signature then have
/// the same ancestor filter, as far as the selector is concerned.
pub(crate) fn add_if_same_for_signature(selector: &Selector, relevant: &mut RelevantFeatures) -> bool {
    let same = is_same_for_signature(selector);
    if same {
        add(selector, relevant);
    } else {
        add_names(selector, relevant);
    }
    same
}

fn is_same_for_signature(selector: &Selector) -> bool {
    selector.iter_raw_match_order().all(|component| match component {
        Component::Combinator(combinator) => {
            matches!(combinator, Combinator::Child | Combinator::Descendant | Combinator::PseudoElement)
        }
        Component::LocalName(_)
        | Component::ID(_)
        | Component::Class(_)
        | Component::AttributeInNoNamespaceExists { .. }
        | Component::ExplicitUniversalType
        | Component::ExplicitAnyNamespace
        | Component::ExplicitNoNamespace
        | Component::DefaultNamespace(_)
        | Component::Namespace(..)
        | Component::Root
        | Component::Scope
        | Component::ParentSelector
        | Component::Invalid(_)
        | Component::PseudoElement(_) => true,
        Component::AttributeInNoNamespace { local_name, .. } => !signature::has_many_values(&local_name.0),
        Component::AttributeOther(attribute) => !signature::has_many_values(&attribute.local_name.0),
        Component::NonTSPseudoClass(pseudo_class) => match pseudo_class::reads(pseudo_class) {
            Reads::Nothing | Reads::State(_) | Reads::Link(_) | Reads::Attribute(_) => true,
            Reads::Form | Reads::Language | Reads::Directionality => false,
        },
        Component::Is(list) | Component::Where(list) | Component::Negation(list) => {
            list.slice().iter().all(is_same_for_signature)
        }
        _ => false,
    })
}

fn add(selector: &Selector, relevant: &mut RelevantFeatures) {
    for component in selector.iter_raw_match_order() {
        add_component(component, relevant);
    }
}

fn add_names(selector: &Selector, relevant: &mut RelevantFeatures) {
    for component in selector.iter_raw_match_order() {
        match component {
            Component::ID(_) | Component::Class(_) => add_component(component, relevant),
            Component::Is(list) | Component::Where(list) | Component::Negation(list) => {
                for selector in list.slice() {
                    add_names(selector, relevant);
                }
            }
            _ => {}
        }
    }
}

fn add_component(component: &Component<Impl>, relevant: &mut RelevantFeatures) {
    match component {
        Component::ID(id) => relevant.add_id(&id.0),
        Component::Class(class) => relevant.add_class(&class.0),
        Component::AttributeInNoNamespaceExists { local_name, local_name_lower } => {
            relevant.add_attribute(&local_name.0, AttributeRelevance::Presence);
            relevant.add_attribute(&local_name_lower.0, AttributeRelevance::Presence);
        }
        Component::AttributeInNoNamespace { local_name, .. } => {
            relevant.add_attribute(&local_name.0, AttributeRelevance::Value);
        }
        Component::AttributeOther(attribute) => {
            relevant.add_attribute(&attribute.local_name.0, AttributeRelevance::Value);
            relevant.add_attribute(&attribute.local_name_lower.0, AttributeRelevance::Value);
        }
        Component::NonTSPseudoClass(pseudo_class) => match pseudo_class::reads(pseudo_class) {
            Reads::State(states) | Reads::Link(states) => relevant.states |= states,
            Reads::Attribute(name) => relevant.add_attribute(&name, AttributeRelevance::Presence),
            _ => {}
        },
        Component::Is(list) | Component::Where(list) | Component::Negation(list) => {
            for selector in list.slice() {
                add(selector, relevant);
            }
        }
        _ => {}
    }
}
