//! `@scope`: rules that only hold inside of some elements, and outside of others below these.
//! <https://drafts.csswg.org/css-cascade-6/#scoped-styles>

use std::sync::Arc;

use fanlight_css::selectors::{SelectorImpl as Impl, SelectorList};
use fanlight_dom::NodeId;
use selectors::Element;
use selectors::context::MatchingContext;
use selectors::matching::{matches_selector, matches_selector_list};

use crate::element::ElementRef;
use crate::rules::Rule;

/// Where a scope begins.
#[derive(Clone, Debug)]
pub(crate) enum ScopeStart {
    /// At each element that one of these matches.
    Selectors(SelectorList),
    /// At one element: the parent of the `<style>` that holds the rule, or the document element.
    Node(Option<NodeId>),
}

/// The scope of a rule.
#[derive(Clone, Debug)]
pub(crate) struct Scope {
    /// The scope that the `@scope` rule stands in.
    pub(crate) outer: Option<Arc<Scope>>,
    pub(crate) start: ScopeStart,
    /// What ends the scope: elements that match are no longer inside.
    pub(crate) end: Option<SelectorList>,
}

/// How many generations above an element the nearest scoping root is, for which the element is in scope and the rule's
/// selector matches.
pub(crate) fn distance_of_match<'a>(
    scope: &Scope,
    rule: &Rule,
    element: ElementRef<'a>,
    context: &mut MatchingContext<'_, Impl>,
) -> Option<u32> {
    roots(element).zip(0..).find_map(|(root, distance)| {
        let matches = is_root(scope, root, context)
            && !is_past_end(scope, root, element, context)
            && context.nest_for_scope(Some(root.opaque()), |context| {
                matches_selector(&rule.selector, 0, Some(&rule.hashes), element, context)
            });
        matches.then_some(distance)
    })
}

/// The elements that may be the root of a scope that an element is in: itself and all above.
fn roots<'a>(element: ElementRef<'a>) -> impl Iterator<Item = ElementRef<'a>> {
    std::iter::successors(Some(element), ElementRef::parent_element)
}

/// Whether a scope begins at an element.
fn is_root(scope: &Scope, element: ElementRef<'_>, context: &mut MatchingContext<'_, Impl>) -> bool {
    match (&scope.start, &scope.outer) {
        (ScopeStart::Node(Some(node)), _) => element.node() == *node,
        (ScopeStart::Node(None), _) => element.is_root(),
        (ScopeStart::Selectors(start), None) => {
            context.nest_for_scope_condition(None, |context| matches_selector_list(start, element, context))
        }
        // Inside another scope the selectors are relative to its root, and the element must be in it.
        (ScopeStart::Selectors(start), Some(outer)) => roots(element).any(|root| {
            is_root(outer, root, context)
                && !is_past_end(outer, root, element, context)
                && context.nest_for_scope_condition(Some(root.opaque()), |context| {
                    matches_selector_list(start, element, context)
                })
        }),
    }
}

/// Whether something between the root and the element, these included, ends the scope.
fn is_past_end(
    scope: &Scope,
    root: ElementRef<'_>,
    element: ElementRef<'_>,
    context: &mut MatchingContext<'_, Impl>,
) -> bool {
    let Some(end) = &scope.end else { return false };
    for between in roots(element) {
        let ends = context.nest_for_scope_condition(Some(root.opaque()), |context| {
            matches_selector_list(end, between, context)
        });
        if ends {
            return true;
        }
        if between.node() == root.node() {
            return false;
        }
    }
    false
}
