//! Parsing selectors. <https://drafts.csswg.org/selectors-4/#parsing-selectors>

use cssparser::{Parser, match_ignore_ascii_case};
use fanlight_base::{Atom, Namespace};
use selectors::parser::{ParseRelative, SelectorParseErrorKind};

use super::{
    Direction, NamespacePrefix, NamespaceUrl, PseudoClass, PseudoElement, SelectorImpl, SelectorList,
};

/// What was wrong with a selector.
pub type SelectorError = cssparser::ParseError<SelectorParseErrorKind>;

/// The namespaces that a style sheet declares. <https://drafts.csswg.org/css-namespaces-3/>
#[derive(Clone, Debug, Default)]
pub struct Namespaces {
    /// The namespace of names without a prefix.
    pub default: Option<Namespace>,
    /// The namespaces of prefixes, in the order of their declaration; the last of one prefix counts.
    pub prefixes: Vec<(Atom, Namespace)>,
}

/// Parses selectors of one style sheet.
#[derive(Clone, Copy, Debug)]
pub struct SelectorParser<'a> {
    /// The namespaces in force.
    pub namespaces: &'a Namespaces,
    /// Whether invalid selectors in `:is()` and `:where()` are forgiven; not so in `@supports`.
    pub forgiving: bool,
}

impl<'a> SelectorParser<'a> {
    /// A parser for the rules of a style sheet.
    pub fn new(namespaces: &'a Namespaces) -> Self {
        SelectorParser { namespaces, forgiving: true }
    }

    /// Parses a list of complex selectors up to the end of the input.
    ///
    /// # Errors
    /// One of the selectors is invalid, which makes the list invalid.
    pub fn parse_list(
        &self,
        input: &mut Parser<'_>,
        relative: ParseRelative,
    ) -> Result<SelectorList, SelectorError> {
        SelectorList::parse(self, input, relative)
    }
}

fn unsupported() -> SelectorError {
    cssparser::ParseError::custom(SelectorParseErrorKind::UnsupportedPseudoClassOrElement)
}

impl<'i> selectors::parser::Parser<'i> for SelectorParser<'_> {
    type Impl = SelectorImpl;
    type Error = SelectorParseErrorKind;

    fn parse_slotted(&self) -> bool {
        true
    }

    fn parse_part(&self) -> bool {
        true
    }

    fn parse_nth_child_of(&self) -> bool {
        true
    }

    fn parse_is_and_where(&self) -> bool {
        true
    }

    fn parse_has(&self) -> bool {
        true
    }

    fn parse_parent_selector(&self) -> bool {
        true
    }

    fn is_is_alias(&self, name: &str) -> bool {
        name.eq_ignore_ascii_case("-webkit-any")
    }

    fn parse_host(&self) -> bool {
        true
    }

    fn allow_forgiving_selectors(&self) -> bool {
        self.forgiving
    }

    fn parse_non_ts_pseudo_class(&self, name: &str) -> Result<PseudoClass, SelectorError> {
        PseudoClass::from_name(name).ok_or_else(unsupported)
    }

    fn parse_non_ts_functional_pseudo_class(
        &self,
        name: &str,
        input: &mut Parser<'i>,
        after_part: bool,
    ) -> Result<PseudoClass, SelectorError> {
        match_ignore_ascii_case! { name,
            "lang" if !after_part => Ok(PseudoClass::Lang(parse_language_ranges(input)?)),
            "dir" if !after_part => {
                let word = input.expect_ident()?;
                let direction = if word.eq_ignore_ascii_case("ltr") {
                    Direction::LeftToRight
                } else if word.eq_ignore_ascii_case("rtl") {
                    Direction::RightToLeft
                } else {
                    Direction::Other(Atom::from(&**word))
                };
                Ok(PseudoClass::Dir(direction))
            },
            "state" => Ok(PseudoClass::State(Atom::from(&**input.expect_ident()?))),
            _ => Err(unsupported()),
        }
    }

    fn parse_pseudo_element(&self, name: &str) -> Result<PseudoElement, SelectorError> {
        PseudoElement::from_name(name).ok_or_else(unsupported)
    }

    fn parse_functional_pseudo_element(
        &self,
        name: &str,
        arguments: &mut Parser<'i>,
    ) -> Result<PseudoElement, SelectorError> {
        match_ignore_ascii_case! { name,
            "highlight" | "cue" | "picker" | "view-transition-group" | "view-transition-image-pair"
            | "view-transition-old" | "view-transition-new" => {
                while arguments.next().is_ok() {}
                Ok(PseudoElement::Absent(Atom::from(name.to_ascii_lowercase())))
            },
            _ => Err(unsupported()),
        }
    }

    fn default_namespace(&self) -> Option<NamespaceUrl> {
        self.namespaces.default.clone().map(NamespaceUrl)
    }

    fn namespace_for_prefix(&self, prefix: &NamespacePrefix) -> Option<NamespaceUrl> {
        let declared = self.namespaces.prefixes.iter().rev().find(|(declared, _)| *declared == prefix.0);
        declared.map(|(_, namespace)| NamespaceUrl(namespace.clone()))
    }
}

/// `:lang(de, "*-CH")`. <https://drafts.csswg.org/selectors-4/#lang-pseudo>
fn parse_language_ranges(input: &mut Parser<'_>) -> Result<Box<[Atom]>, SelectorError> {
    let ranges = input.parse_comma_separated(|input| {
        let range = input.expect_ident_or_string()?;
        Ok::<Atom, SelectorError>(Atom::from(&**range))
    })?;
    Ok(ranges.into_boxed_slice())
}
