//! Why a piece of CSS was dropped.

use std::fmt;

use cssparser::ParseError;
use selectors::parser::SelectorParseErrorKind;

/// The result of parsing a value.
pub type CssResult<T> = Result<T, CssError>;

/// A parse error without place; whoever reports it knows the place.
pub type CssError = ParseError<CssErrorKind>;

/// Why a rule, declaration or value was dropped, beyond an unexpected token.
#[derive(Clone, Debug, PartialEq)]
pub enum CssErrorKind {
    /// A property that is not known.
    UnknownProperty,
    /// A descriptor that the at-rule does not have.
    UnknownDescriptor,
    /// A value that the property does not take.
    InvalidValue,
    /// A number outside the property's range.
    OutOfRange,
    /// A calculation whose parts do not fit together.
    CalcType,
    /// An at-rule that is not known.
    UnknownAtRule,
    /// A known at-rule where it is not allowed.
    MisplacedAtRule,
    /// A selector that is invalid.
    Selector(SelectorParseErrorKind),
    /// A namespace prefix that no `@namespace` declares.
    UndeclaredNamespace,
    /// Rules nested deeper than [`crate::limits::RULE_NESTING`].
    NestingLimit,
    /// `!important` where it is not allowed.
    MisplacedImportant,
}

impl From<SelectorParseErrorKind> for CssErrorKind {
    fn from(kind: SelectorParseErrorKind) -> Self {
        CssErrorKind::Selector(kind)
    }
}

impl fmt::Display for CssErrorKind {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let message = match self {
            CssErrorKind::UnknownProperty => "unknown property",
            CssErrorKind::UnknownDescriptor => "unknown descriptor",
            CssErrorKind::InvalidValue => "invalid value",
            CssErrorKind::OutOfRange => "number out of range",
            CssErrorKind::CalcType => "calculation with types that do not fit",
            CssErrorKind::UnknownAtRule => "unknown at-rule",
            CssErrorKind::MisplacedAtRule => "at-rule not allowed here",
            CssErrorKind::Selector(kind) => return write_selector_error(kind, formatter),
            CssErrorKind::UndeclaredNamespace => "namespace prefix not declared",
            CssErrorKind::NestingLimit => "rules nested too deep",
            CssErrorKind::MisplacedImportant => "!important not allowed here",
        };
        formatter.write_str(message)
    }
}

fn write_selector_error(kind: &SelectorParseErrorKind, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
    let message = match kind {
        SelectorParseErrorKind::EmptySelector => "empty selector",
        SelectorParseErrorKind::DanglingCombinator => "selector ends with a combinator",
        SelectorParseErrorKind::UnsupportedPseudoClassOrElement => "unknown pseudo-class or pseudo-element",
        SelectorParseErrorKind::ExpectedNamespace => "namespace prefix not declared",
        SelectorParseErrorKind::ClassNeedsIdent => "'.' without a class name",
        SelectorParseErrorKind::InvalidState => "selector not allowed after a pseudo-element",
        _ => "invalid selector",
    };
    formatter.write_str(message)
}

/// An error that says that the value is not one of the property's.
pub fn invalid_value() -> CssError {
    CssError::custom(CssErrorKind::InvalidValue)
}

/// An error that says that a number is outside the property's range.
pub fn out_of_range() -> CssError {
    CssError::custom(CssErrorKind::OutOfRange)
}
