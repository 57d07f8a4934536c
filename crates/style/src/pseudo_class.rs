//! The pseudo-classes: whether they hold for an element, and what of the document they read.

use fanlight_base::LocalName;
use fanlight_base::atoms::local_name;
use fanlight_css::selectors::{Direction, PseudoClass};
use fanlight_dom::ElementState;

use crate::element::ElementRef;
use crate::states::directionality::{Directionality, directionality};
use crate::states::{self, form, language, validity};

/// Whether a pseudo-class holds for an element.
pub(crate) fn matches(element: ElementRef<'_>, pseudo_class: &PseudoClass) -> bool {
    let (document, node, data) = (element.document(), element.node(), element.data());
    let state = |state| data.state().contains(state);
    match pseudo_class {
        PseudoClass::AnyLink => states::is_link(data),
        PseudoClass::Link => states::is_link(data) && !state(ElementState::VISITED),
        PseudoClass::Visited => states::is_link(data) && state(ElementState::VISITED),
        PseudoClass::Hover => state(ElementState::HOVER),
        PseudoClass::Active => state(ElementState::ACTIVE),
        PseudoClass::Focus => state(ElementState::FOCUS),
        PseudoClass::FocusVisible => state(ElementState::FOCUS_VISIBLE),
        PseudoClass::FocusWithin => state(ElementState::FOCUS_WITHIN),
        PseudoClass::Target => state(ElementState::TARGET),
        PseudoClass::Fullscreen => state(ElementState::FULLSCREEN),
        PseudoClass::Enabled => form::is_enabled(document, node, data),
        PseudoClass::Disabled => form::is_disabled(document, node, data),
        PseudoClass::Checked => form::is_checked(document, node, data),
        PseudoClass::Indeterminate => form::is_indeterminate(document, node, data),
        PseudoClass::Default => form::is_default(document, node, data),
        PseudoClass::Required => form::requirement(data) == Some(true),
        PseudoClass::Optional => form::requirement(data) == Some(false),
        PseudoClass::ReadOnly => !form::is_read_write(document, node, data),
        PseudoClass::ReadWrite => form::is_read_write(document, node, data),
        PseudoClass::PlaceholderShown => form::is_placeholder_shown(document, node, data),
        PseudoClass::Valid => validity::validity(document, node, data) == Some(true),
        PseudoClass::Invalid => validity::validity(document, node, data) == Some(false),
        // Nothing is valid or invalid by the user's doing before the user has changed it.
        PseudoClass::UserValid => {
            state(ElementState::DIRTY_VALUE) && validity::validity(document, node, data) == Some(true)
        }
        PseudoClass::UserInvalid => {
            state(ElementState::DIRTY_VALUE) && validity::validity(document, node, data) == Some(false)
        }
        PseudoClass::InRange => validity::in_range(data) == Some(true),
        PseudoClass::OutOfRange => validity::in_range(data) == Some(false),
        PseudoClass::Defined => states::is_defined(data),
        PseudoClass::Open => states::is_open(data),
        PseudoClass::Lang(ranges) => {
            let language = language::language_of(document, node).unwrap_or("");
            ranges.iter().any(|range| language::range_matches(range, language))
        }
        PseudoClass::Dir(direction) => match direction {
            Direction::LeftToRight => directionality(document, node) == Directionality::LeftToRight,
            Direction::RightToLeft => directionality(document, node) == Directionality::RightToLeft,
            Direction::Other(_) => false,
        },
        PseudoClass::Muted => states::is_media(data) && data.has_attribute(&local_name!("muted")),
        PseudoClass::Paused => states::is_media(data),
        // Only scripts and the user bring these about: modal dialogs, popovers, playing media, filled-in fields.
        PseudoClass::Modal
        | PseudoClass::PopoverOpen
        | PseudoClass::PictureInPicture
        | PseudoClass::Autofill
        | PseudoClass::Playing
        | PseudoClass::Seeking
        | PseudoClass::Buffering
        | PseudoClass::Stalled
        | PseudoClass::VolumeLocked
        | PseudoClass::State(_) => false,
    }
}

/// What of the document a pseudo-class reads: which changes can change it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Reads {
    /// The element's name, or nothing at all.
    Nothing,
    /// States of the element.
    State(ElementState),
    /// Whether the element is a link, and states of it.
    Link(ElementState),
    /// Whether an attribute of the element is there.
    Attribute(LocalName),
    /// Attributes and states of form controls, and of what is around them.
    Form,
    /// The language of the element or of what is above it.
    Language,
    /// `dir` of the element and of what is above it, or the text in it.
    Directionality,
}

/// What a pseudo-class reads.
pub(crate) fn reads(pseudo_class: &PseudoClass) -> Reads {
    match pseudo_class {
        PseudoClass::AnyLink => Reads::Link(ElementState::empty()),
        PseudoClass::Link | PseudoClass::Visited => Reads::Link(ElementState::VISITED),
        PseudoClass::Hover => Reads::State(ElementState::HOVER),
        PseudoClass::Active => Reads::State(ElementState::ACTIVE),
        PseudoClass::Focus => Reads::State(ElementState::FOCUS),
        PseudoClass::FocusVisible => Reads::State(ElementState::FOCUS_VISIBLE),
        PseudoClass::FocusWithin => Reads::State(ElementState::FOCUS_WITHIN),
        PseudoClass::Target => Reads::State(ElementState::TARGET),
        PseudoClass::Fullscreen => Reads::State(ElementState::FULLSCREEN),
        PseudoClass::Enabled
        | PseudoClass::Disabled
        | PseudoClass::Checked
        | PseudoClass::Indeterminate
        | PseudoClass::Default
        | PseudoClass::Required
        | PseudoClass::Optional
        | PseudoClass::ReadOnly
        | PseudoClass::ReadWrite
        | PseudoClass::PlaceholderShown
        | PseudoClass::Valid
        | PseudoClass::Invalid
        | PseudoClass::UserValid
        | PseudoClass::UserInvalid
        | PseudoClass::InRange
        | PseudoClass::OutOfRange => Reads::Form,
        PseudoClass::Open => Reads::Attribute(local_name!("open")),
        PseudoClass::Muted => Reads::Attribute(local_name!("muted")),
        PseudoClass::Lang(_) => Reads::Language,
        PseudoClass::Dir(_) => Reads::Directionality,
        PseudoClass::Defined
        | PseudoClass::Paused
        | PseudoClass::Modal
        | PseudoClass::PopoverOpen
        | PseudoClass::PictureInPicture
        | PseudoClass::Autofill
        | PseudoClass::Playing
        | PseudoClass::Seeking
        | PseudoClass::Buffering
        | PseudoClass::Stalled
        | PseudoClass::VolumeLocked
        | PseudoClass::State(_) => Reads::Nothing,
    }
}
