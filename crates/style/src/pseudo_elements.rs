//! Which pseudo-elements an element has, and the styles of those that are the same for many elements.

use std::sync::Arc;

use fanlight_base::LocalName;
use fanlight_base::atoms::local_name;
use fanlight_css::properties::ComputedStyle;
use fanlight_css::selectors::PseudoElement;
use fanlight_css::values::generated::Content;
use fanlight_dom::{ElementData, ElementState};
use rustc_hash::FxHashMap;
use smallvec::SmallVec;

use crate::compute::{Parent, ParentId};
use crate::element::ElementRef;
use crate::matching::list::AppliedList;
use crate::states::form::{self, InputType};
use crate::style_map::StyledPseudos;

/// The pseudo-elements that something applies to, by their places, each with what that is.
pub(crate) type AppliedPseudos = SmallVec<[(usize, Arc<AppliedList>); 2]>;

/// Whether what applies to a pseudo-element can make it.
pub(crate) fn can_be_made(pseudo: &PseudoElement, applied: &AppliedList) -> bool {
    let is_generated_content = matches!(pseudo, PseudoElement::Before | PseudoElement::After);
    !applied.entries.is_empty() && (applied.declares_content || !is_generated_content)
}

/// Whether elements of this name can have a pseudo-element at all.
pub(crate) fn can_have(element: &ElementData, pseudo: &PseudoElement) -> bool {
    let is = |name: &LocalName| element.is_html(name);
    match pseudo {
        PseudoElement::Placeholder => is(&local_name!("input")) || is(&local_name!("textarea")),
        PseudoElement::FileSelectorButton
        | PseudoElement::SliderRunnableTrack
        | PseudoElement::SliderThumb => is(&local_name!("input")),
        PseudoElement::DetailsContent => is(&local_name!("details")),
        _ => true,
    }
}

/// Whether an element whose name lets it have a pseudo-element has it as it is.
pub(crate) fn may_have(element: ElementRef<'_>, pseudo: &PseudoElement, style: &ComputedStyle) -> bool {
    let data = element.data();
    match pseudo {
        PseudoElement::Marker => style.boxes.display.is_list_item(),
        PseudoElement::Placeholder => form::takes_placeholder(data),
        PseudoElement::FileSelectorButton => InputType::of(data) == InputType::File,
        PseudoElement::SliderRunnableTrack | PseudoElement::SliderThumb => {
            InputType::of(data) == InputType::Range
        }
        PseudoElement::Backdrop => data.state().contains(ElementState::FULLSCREEN),
        _ => true,
    }
}

/// Whether a style makes the pseudo-element: `::before` and `::after` need `content`.
/// <https://drafts.csswg.org/css-content-3/#content-property>
pub(crate) fn is_generated(pseudo: &PseudoElement, style: &ComputedStyle) -> bool {
    match pseudo {
        PseudoElement::Before | PseudoElement::After => {
            !matches!(style.content.content, Content::Normal | Content::None)
        }
        _ => true,
    }
}

/// What the styles of an element's pseudo-elements follow from: the element's style, what it is to its children, and what
/// applies to each pseudo-element. Styles and lists are named by their addresses.
#[derive(Debug, PartialEq, Eq, Hash)]
struct Key {
    style: usize,
    parent: ParentId,
    applied: SmallVec<[(usize, usize); 2]>,
}

/// The pseudo-elements of all elements for which they are the same, as long as the lists that apply live.
#[derive(Default)]
pub(crate) struct SharedPseudos {
    /// The style is held so that its address is not used again.
    known: FxHashMap<Key, (Arc<ComputedStyle>, Option<Arc<StyledPseudos>>)>,
}

impl SharedPseudos {
    /// The pseudo-elements of an element that is `parent` to them, made by `make` when they are not known.
    pub(crate) fn get_or_make(
        &mut self,
        parent: &Parent,
        applied: &AppliedPseudos,
        make: impl FnOnce() -> Option<Arc<StyledPseudos>>,
    ) -> Option<Arc<StyledPseudos>> {
        let key = Key {
            style: Arc::as_ptr(&parent.style).addr(),
            parent: parent.id,
            applied: applied.iter().map(|(index, list)| (*index, Arc::as_ptr(list).addr())).collect(),
        };
        let make = || (parent.style.clone(), make());
        self.known.entry(key).or_insert_with(make).1.clone()
    }
}
