//! The pseudo-classes that are not about the shape of the tree.
//! <https://drafts.csswg.org/selectors-4/>, <https://html.spec.whatwg.org/multipage/semantics-other.html#pseudo-classes>

use std::fmt;

use cssparser::ToCss;
use fanlight_base::Atom;
use selectors::parser::NonTSPseudoClass;

/// What `:dir()` asks for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Direction {
    /// `ltr`
    LeftToRight,
    /// `rtl`
    RightToLeft,
    /// Any other word, which never matches.
    Other(Atom),
}

macro_rules! pseudo_classes {
    ($($name:literal $variant:ident,)*) => {
        /// A pseudo-class.
        #[derive(Clone, Debug, PartialEq, Eq)]
        pub enum PseudoClass {
            $(#[doc = concat!("`:", $name, "`")] $variant,)*
            /// `:lang()`, with its language ranges.
            Lang(Box<[Atom]>),
            /// `:dir()`
            Dir(Direction),
            /// `:state()`, of custom elements.
            State(Atom),
        }

        impl PseudoClass {
            /// The pseudo-class of a name, ASCII case apart.
            pub fn from_name(name: &str) -> Option<PseudoClass> {
                $(if name.eq_ignore_ascii_case($name) {
                    return Some(PseudoClass::$variant);
                })*
                if name.eq_ignore_ascii_case("-webkit-any-link") {
                    return Some(PseudoClass::AnyLink);
                }
                if name.eq_ignore_ascii_case("-webkit-autofill") {
                    return Some(PseudoClass::Autofill);
                }
                None
            }
        }

        impl ToCss for PseudoClass {
            fn to_css<W: fmt::Write>(&self, out: &mut W) -> fmt::Result {
                match self {
                    $(PseudoClass::$variant => out.write_str(concat!(":", $name)),)*
                    PseudoClass::Lang(ranges) => {
                        out.write_str(":lang(")?;
                        for (index, range) in ranges.iter().enumerate() {
                            if index > 0 {
                                out.write_str(", ")?;
                            }
                            if range.starts_with('*') {
                                cssparser::serialize_string(range, out)?;
                            } else {
                                cssparser::serialize_identifier(range, out)?;
                            }
                        }
                        out.write_char(')')
                    }
                    PseudoClass::Dir(direction) => {
                        out.write_str(":dir(")?;
                        match direction {
                            Direction::LeftToRight => out.write_str("ltr")?,
                            Direction::RightToLeft => out.write_str("rtl")?,
                            Direction::Other(word) => cssparser::serialize_identifier(word, out)?,
                        }
                        out.write_char(')')
                    }
                    PseudoClass::State(name) => {
                        out.write_str(":state(")?;
                        cssparser::serialize_identifier(name, out)?;
                        out.write_char(')')
                    }
                }
            }
        }
    };
}

pseudo_classes! {
    "active" Active,
    "any-link" AnyLink,
    "autofill" Autofill,
    "buffering" Buffering,
    "checked" Checked,
    "default" Default,
    "defined" Defined,
    "disabled" Disabled,
    "enabled" Enabled,
    "focus" Focus,
    "focus-visible" FocusVisible,
    "focus-within" FocusWithin,
    "fullscreen" Fullscreen,
    "hover" Hover,
    "in-range" InRange,
    "indeterminate" Indeterminate,
    "invalid" Invalid,
    "link" Link,
    "modal" Modal,
    "muted" Muted,
    "open" Open,
    "optional" Optional,
    "out-of-range" OutOfRange,
    "paused" Paused,
    "picture-in-picture" PictureInPicture,
    "placeholder-shown" PlaceholderShown,
    "playing" Playing,
    "popover-open" PopoverOpen,
    "read-only" ReadOnly,
    "read-write" ReadWrite,
    "required" Required,
    "seeking" Seeking,
    "stalled" Stalled,
    "target" Target,
    "user-invalid" UserInvalid,
    "user-valid" UserValid,
    "valid" Valid,
    "visited" Visited,
    "volume-locked" VolumeLocked,
}

impl NonTSPseudoClass for PseudoClass {
    fn is_active_or_hover(&self) -> bool {
        matches!(self, PseudoClass::Active | PseudoClass::Hover)
    }

    fn is_user_action_state(&self) -> bool {
        matches!(
            self,
            PseudoClass::Active
                | PseudoClass::Hover
                | PseudoClass::Focus
                | PseudoClass::FocusVisible
                | PseudoClass::FocusWithin
        )
    }
}
