//! The pseudo-elements. <https://drafts.csswg.org/css-pseudo-4/>

use std::fmt;

use cssparser::ToCss;
use fanlight_base::Atom;

/// A pseudo-element.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum PseudoElement {
    /// `::before`
    Before,
    /// `::after`
    After,
    /// `::marker`
    Marker,
    /// `::first-line`
    FirstLine,
    /// `::first-letter`
    FirstLetter,
    /// `::selection`
    Selection,
    /// `::placeholder`
    Placeholder,
    /// `::backdrop`
    Backdrop,
    /// `::file-selector-button`
    FileSelectorButton,
    /// `::details-content`
    DetailsContent,
    /// `::-webkit-slider-runnable-track`
    SliderRunnableTrack,
    /// `::-webkit-slider-thumb`
    SliderThumb,
    /// One whose name is known to be valid, but which nothing here has: `::target-text`, `::-webkit-scrollbar` ...
    /// Its rules are kept and never match.
    Absent(Atom),
}

/// Pseudo-elements of Chromium that nothing here has, besides those that begin with `-webkit-`.
const ABSENT: [&str; 10] = [
    "cue",
    "grammar-error",
    "scroll-marker",
    "scroll-marker-group",
    "search-text",
    "spelling-error",
    "target-text",
    "view-transition",
    "checkmark",
    "picker-icon",
];

impl PseudoElement {
    /// How many kinds there are besides [`PseudoElement::Absent`].
    pub const COUNT: usize = 12;

    /// The place of this kind among all, for tables; `None` for one that nothing has.
    pub fn index(&self) -> Option<usize> {
        Some(match self {
            PseudoElement::Before => 0,
            PseudoElement::After => 1,
            PseudoElement::Marker => 2,
            PseudoElement::FirstLine => 3,
            PseudoElement::FirstLetter => 4,
            PseudoElement::Selection => 5,
            PseudoElement::Placeholder => 6,
            PseudoElement::Backdrop => 7,
            PseudoElement::FileSelectorButton => 8,
            PseudoElement::DetailsContent => 9,
            PseudoElement::SliderRunnableTrack => 10,
            PseudoElement::SliderThumb => 11,
            PseudoElement::Absent(_) => return None,
        })
    }

    /// The pseudo-element of a name, ASCII case apart.
    pub fn from_name(name: &str) -> Option<PseudoElement> {
        let name = name.to_ascii_lowercase();
        Some(match &*name {
            "before" => PseudoElement::Before,
            "after" => PseudoElement::After,
            "marker" => PseudoElement::Marker,
            "first-line" => PseudoElement::FirstLine,
            "first-letter" => PseudoElement::FirstLetter,
            "selection" => PseudoElement::Selection,
            "placeholder" | "-webkit-input-placeholder" => PseudoElement::Placeholder,
            "backdrop" => PseudoElement::Backdrop,
            "file-selector-button" | "-webkit-file-upload-button" => PseudoElement::FileSelectorButton,
            "details-content" => PseudoElement::DetailsContent,
            "-webkit-slider-runnable-track" => PseudoElement::SliderRunnableTrack,
            "-webkit-slider-thumb" => PseudoElement::SliderThumb,
            other if other.starts_with("-webkit-") || ABSENT.contains(&other) => {
                PseudoElement::Absent(Atom::from(other))
            }
            _ => return None,
        })
    }

    /// The name, without colons.
    pub fn name(&self) -> &str {
        match self {
            PseudoElement::Before => "before",
            PseudoElement::After => "after",
            PseudoElement::Marker => "marker",
            PseudoElement::FirstLine => "first-line",
            PseudoElement::FirstLetter => "first-letter",
            PseudoElement::Selection => "selection",
            PseudoElement::Placeholder => "placeholder",
            PseudoElement::Backdrop => "backdrop",
            PseudoElement::FileSelectorButton => "file-selector-button",
            PseudoElement::DetailsContent => "details-content",
            PseudoElement::SliderRunnableTrack => "-webkit-slider-runnable-track",
            PseudoElement::SliderThumb => "-webkit-slider-thumb",
            PseudoElement::Absent(name) => name,
        }
    }
}

impl ToCss for PseudoElement {
    fn to_css<W: fmt::Write>(&self, out: &mut W) -> fmt::Result {
        write!(out, "::{}", self.name())
    }
}

impl selectors::parser::PseudoElement for PseudoElement {
    fn accepts_state_pseudo_classes(&self) -> bool {
        true
    }

    fn valid_after_slotted(&self) -> bool {
        matches!(
            self,
            PseudoElement::Before | PseudoElement::After | PseudoElement::Marker | PseudoElement::Placeholder
        )
    }

    fn valid_after_before_or_after(&self) -> bool {
        matches!(self, PseudoElement::Marker)
    }

    fn is_before_or_after(&self) -> bool {
        matches!(self, PseudoElement::Before | PseudoElement::After)
    }
}
