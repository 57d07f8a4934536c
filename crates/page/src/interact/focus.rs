//! Which element has the focus. <https://html.spec.whatwg.org/multipage/interaction.html#focus>

use fanlight_base::atoms::{local_name, ns};
use fanlight_base::{Diagnostic, DiagnosticSink, Observer, Severity, Stage};
use fanlight_dom::{Document, ElementState, NodeId};

use super::activation::{Activation, activation, apply, referrer_policy};
use super::forms::{input_type, is_off};
use super::submission::{Submission, submit};
use super::text_editor::TextEditor;
use super::{Action, set_state_chain};
use crate::page::Page;

impl Page {
    /// Moves the focus to the next element in order, or to the one before, and scrolls to it.
    /// <https://html.spec.whatwg.org/multipage/interaction.html#sequential-focus-navigation>
    pub fn move_focus(&mut self, forward: bool, observer: &dyn Observer) {
        self.update(Stage::Layout, observer);
        let order = focus_order(self.document(), |node| self.is_rendered(node));
        if order.is_empty() {
            return;
        }
        let present = self.interaction.focused.and_then(|node| order.iter().position(|&other| other == node));
        let next = match (present, forward) {
            (None, true) => 0,
            (None, false) => order.len() - 1,
            (Some(index), true) => (index + 1) % order.len(),
            (Some(index), false) => (index + order.len() - 1) % order.len(),
        };
        self.set_focus(Some(order[next]), true);
        if let Some((node, editor)) = &mut self.interaction.editor
            && input_type(&self.document, *node).is_some()
        {
            editor.select_all();
        }
        self.scroll_into_view(order[next], observer);
    }

    /// Pressing gives the focus to the nearest element that can have it, without showing it.
    pub(super) fn focus_by_pointer(&mut self, element: Option<NodeId>) {
        let document = self.document();
        let target = element.and_then(|element| {
            std::iter::once(element)
                .chain(document.ancestors(element))
                .find(|&node| tab_index(document, node).is_some())
        });
        self.set_focus(target, false);
    }

    pub(super) fn set_focus(&mut self, target: Option<NodeId>, visible: bool) {
        if target == self.interaction.focused {
            return;
        }
        self.interaction.editor = target.and_then(|node| {
            let lines = self.edited_lines(node).filter(|_| !is_off(self.document(), node))?;
            let value = self.document().control_value(node)?;
            Some((node, TextEditor::new(&value, lines)))
        });
        self.pipeline.is_relevance_due = true;
        // Who will type must see where.
        let visible = visible || self.interaction.editor.is_some();
        let before = std::mem::replace(&mut self.interaction.focused, target);
        let document = self.document_mut();
        set_state_chain(document, before, target, ElementState::FOCUS_WITHIN);
        let only = ElementState::FOCUS | ElementState::FOCUS_VISIBLE;
        for node in [before, target].into_iter().flatten() {
            if let Some(mut state) = document.element(node).map(|element| element.state()) {
                state.remove(only);
                if Some(node) == target {
                    state.insert(ElementState::FOCUS);
                    state.set(ElementState::FOCUS_VISIBLE, visible);
                }
                document.set_state(node, state);
            }
        }
    }

    /// Does what activating an element does.
    pub(super) fn activate(&mut self, node: NodeId) -> Option<Action> {
        let activation = activation(self.document(), node)?;
        apply(self.document_mut(), &activation);
        match activation {
            Activation::Follow { href, referrer_policy } => self.follow(&href, referrer_policy),
            Activation::Submit { form, button } => self.submit(form, Some(button)),
            Activation::OpenList(select) => {
                self.set_focus(Some(select), false);
                self.option_list(select).map(Action::OpenList)
            }
            Activation::Focus(control)
            | Activation::ToggleCheckbox(control)
            | Activation::ChooseRadio(control) => {
                if tab_index(self.document(), control).is_some() {
                    self.set_focus(Some(control), false);
                }
                None
            }
            Activation::ToggleDetails(_) => None,
            Activation::Reset(_) => {
                // The field that has the focus shows the value that it has now.
                let focused = self.interaction.focused.take();
                self.set_focus(focused, false);
                None
            }
        }
    }

    /// Sends a form.
    pub(super) fn submit(&mut self, form: NodeId, button: Option<NodeId>) -> Option<Action> {
        let (base, own) = (self.loader.base_url(), self.loader.url());
        let submission = submit(self.document(), form, button, base, own);
        if let Submission::Get(url) | Submission::Post(url) = &submission
            && !self.may_submit(form, url)
        {
            return None;
        }
        match submission {
            Submission::Get(url) => {
                let referrer_policy = self.document().element(form).and_then(referrer_policy);
                Some(Action::Navigate { url, referrer_policy })
            }
            Submission::Nothing => None,
            Submission::Post(url) => {
                // FIXME: navigation requests have no body yet.
                let message = format!("the form was not sent to {url}: method=post is not supported");
                self.diagnostics.report(Diagnostic::new(Severity::Error, Stage::Fetch, message));
                None
            }
        }
    }
}

/// The elements that Tab goes through: those with a positive `tabindex` first, in its order, then the others.
fn focus_order(document: &Document, is_rendered: impl Fn(NodeId) -> bool) -> Vec<NodeId> {
    let mut order: Vec<(i32, NodeId)> = document
        .descendants(NodeId::DOCUMENT)
        .filter_map(|node| Some((tab_index(document, node).filter(|index| *index >= 0)?, node)))
        .filter(|(_, node)| is_rendered(*node))
        .collect();
    // A stable sort keeps the order of the tree among equals.
    order.sort_by_key(|(index, _)| if *index == 0 { i32::MAX } else { *index });
    order.into_iter().map(|(_, node)| node).collect()
}

/// The place in the order of Tab; negative means not at all, nothing that the element cannot have the focus.
/// <https://html.spec.whatwg.org/multipage/interaction.html#dom-tabindex>
fn tab_index(document: &Document, node: NodeId) -> Option<i32> {
    let element = document.element(node)?;
    if element.name.namespace != ns!(html) || is_off(document, node) {
        return None;
    }
    let written = element.attribute(&local_name!("tabindex")).and_then(|index| index.trim().parse().ok());
    written.or_else(|| {
        let focusable = match element.name.local {
            local_name!("a") | local_name!("area") => element.has_attribute(&local_name!("href")),
            local_name!("button")
            | local_name!("select")
            | local_name!("textarea")
            | local_name!("iframe") => true,
            local_name!("input") => element
                .attribute(&local_name!("type"))
                .is_none_or(|kind| !kind.eq_ignore_ascii_case("hidden")),
            local_name!("summary") => document.parent_element(node).is_some_and(|parent| {
                document.element(parent).is_some_and(|parent| parent.is_html(&local_name!("details")))
                    && document.element_children(parent).next() == Some(node)
            }),
            _ => false,
        };
        focusable.then_some(0)
    })
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use fanlight_base::diagnostics::Unheard;
    use fanlight_html::{ParserOptions, parse_document};

    use super::*;

    #[test]
    fn tab_goes_through_positive_indices_first_and_leaves_out_what_cannot_have_the_focus() {
        let html = "<a href=x id=a></a><a id=no></a><input id=b><input type=hidden id=no><button disabled id=no></button>\
            <div tabindex=2 id=c></div><div tabindex=1 id=d></div><div tabindex=-1 id=no></div>\
            <details><summary id=e></summary></details>";
        let document = parse_document(html.as_bytes(), &ParserOptions::new("http://a/", Arc::new(Unheard)));
        let order: Vec<_> = focus_order(&document, |_| true)
            .into_iter()
            .map(|node| document.element(node).unwrap().id().unwrap().to_string())
            .collect();
        assert_eq!(order, ["d", "c", "a", "b", "e"]);
    }
}
