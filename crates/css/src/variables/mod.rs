//! Custom properties, and the functions that are replaced before a value is parsed: `var()`, `env()`, `attr()`.
//! <https://drafts.csswg.org/css-variables-1/>, <https://drafts.csswg.org/css-values-5/#arbitrary-substitution>
//!
//! - [`token_text`]: a value with such functions is kept as text.
//! - [`substitute`]: puts in place of each what it stands for; the result is parsed as if it had been written so.
//! - [`custom_properties`]: the custom properties of an element, computed in the order of their references.
//! - [`registered`]: what `@property` says of them, and [`property_syntax`] what values it lets them have.

pub mod custom_properties;
pub mod property_syntax;
pub mod registered;
pub mod substitute;
pub mod token_text;

use std::sync::Arc;

use fanlight_base::Atom;
use url::Url;

pub use custom_properties::CustomProperties;
pub(crate) use custom_properties::{Surroundings, compute_custom_properties};
pub use property_syntax::PropertySyntax;
pub use registered::RegisteredProperties;
pub use substitute::{Attributes, NoAttributes, Replacements};
pub use token_text::TokenText;

use crate::properties::{CssWideKeyword, LonghandId, PropertyDeclaration, PropertyId, ShorthandId};
use crate::syntax::{ParseContext, Parser, QuirksMode, ToCss};

/// The functions that are replaced before a value is parsed.
/// <https://drafts.csswg.org/css-values-5/#arbitrary-substitution>
pub const SUBSTITUTION_FUNCTIONS: &[&str] = &["var", "env", "attr"];

/// A value with `var()` in it, of a longhand or of the shorthand that it comes from.
#[derive(Clone, Debug, PartialEq)]
pub struct UnparsedValue {
    /// The text.
    pub text: TokenText,
    /// The shorthand that the text is a value of.
    pub shorthand: Option<ShorthandId>,
    /// What URLs in the value are relative to.
    pub base_url: Option<Arc<Url>>,
    /// The mode of the document.
    pub quirks: QuirksMode,
}

impl ToCss for UnparsedValue {
    /// The text; nothing for a longhand of a shorthand, as CSSOM wants.
    fn to_css(&self, out: &mut String) {
        if self.shorthand.is_none() {
            self.text.to_css(out);
        }
    }
}

/// The declaration of a custom property.
#[derive(Clone, Debug, PartialEq)]
pub struct CustomDeclaration {
    /// The name with its two dashes.
    pub name: Atom,
    /// The value.
    pub value: CustomValue,
}

/// The declared value of a custom property.
#[derive(Clone, Debug, PartialEq)]
pub enum CustomValue {
    /// A CSS-wide keyword.
    CssWide(CssWideKeyword),
    /// Any tokens.
    Tokens(TokenText),
}

impl ToCss for CustomValue {
    fn to_css(&self, out: &mut String) {
        match self {
            CustomValue::CssWide(keyword) => keyword.to_css(out),
            CustomValue::Tokens(text) => text.to_css(out),
        }
    }
}

impl UnparsedValue {
    /// The declaration of one longhand that the value gives where functions are replaced so; `None` where it is invalid at
    /// computed-value time.
    pub fn resolve(
        &self,
        longhand: LonghandId,
        replacements: &Replacements<'_>,
    ) -> Option<PropertyDeclaration> {
        let (css, _) = self.text.substituted_css(replacements)?;
        if let Some(keyword) = CssWideKeyword::from_keyword(css.trim_ascii()) {
            return Some(PropertyDeclaration::CssWide(longhand, keyword));
        }
        let context = ParseContext::new(self.base_url.as_ref(), self.quirks);
        let mut parsed = Vec::new();
        crate::properties::declaration::parse_known_value(
            &self.shorthand.map_or(PropertyId::Longhand(longhand), PropertyId::Shorthand),
            &mut Parser::new(&css),
            &context,
            &mut parsed,
        )
        .ok()?;
        parsed.into_iter().find(|declaration| declaration.longhand() == Some(longhand))
    }
}

#[cfg(test)]
mod tests;
