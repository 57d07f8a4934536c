//! The list of a drop-down. The embedder shows it, as it can reach out of the page.
//! <https://html.spec.whatwg.org/multipage/rendering.html#the-select-element-2>

use fanlight_base::atoms::local_name;
use fanlight_base::geometry::CssRect;
use fanlight_base::{Observer, Silent};
use fanlight_dom::NodeId;

use super::forms::{choose_option, is, is_off, is_selected, option_label, options};
use crate::page::Page;

/// A drop-down whose list is to be shown.
#[derive(Clone, Debug, PartialEq)]
pub struct OptionList {
    select: NodeId,
    /// The drop-down's border box, in CSS px of the viewport.
    pub anchor: CssRect,
    /// The options in their order.
    pub items: Vec<OptionItem>,
}

/// An option of an [`OptionList`].
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct OptionItem {
    option: NodeId,
    /// What it is called.
    pub label: String,
    /// The label of the group that begins with it.
    pub begins_group: Option<String>,
    /// Whether it is in a group.
    pub is_in_group: bool,
    /// Whether it cannot be chosen.
    pub is_disabled: bool,
    /// Whether it is the chosen one.
    pub is_selected: bool,
}

impl Page {
    /// The list of a drop-down; nothing where it has no box.
    pub(super) fn option_list(&mut self, select: NodeId) -> Option<OptionList> {
        let anchor = self.border_box_in_viewport(select, &Silent)?;
        let document = self.document();
        let mut group_before = None;
        let mut items = Vec::new();
        for option in options(document, select) {
            let group = document
                .parent_element(option)
                .filter(|&parent| is(document, parent, &local_name!("optgroup")));
            let begins = group != group_before;
            group_before = group;
            let label = group.filter(|_| begins).and_then(|group| {
                Some(document.element(group)?.attribute(&local_name!("label")).unwrap_or_default().to_owned())
            });
            items.push(OptionItem {
                option,
                label: option_label(document, option),
                begins_group: label,
                is_in_group: group.is_some(),
                is_disabled: is_off(document, option),
                is_selected: is_selected(document, option),
            });
        }
        Some(OptionList { select, anchor, items })
    }

    /// Chooses an item of a list that this page has asked to show. Disabled ones and those that are not there do nothing.
    pub fn choose(&mut self, list: &OptionList, index: usize, observer: &dyn Observer) {
        if let Some(item) = list.items.get(index).filter(|item| !item.is_disabled) {
            choose_option(self.document_mut(), list.select, item.option);
            self.update(fanlight_base::Stage::Style, observer);
        }
    }
}
