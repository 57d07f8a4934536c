//! The custom properties that `@property` registers.
//! <https://drafts.css-houdini.org/css-properties-values-api/#registered-custom-property>

use std::sync::Arc;

use fanlight_base::Atom;
use fanlight_base::geometry::CssSize;
use rustc_hash::FxHashMap;

use super::property_syntax::PropertySyntax;
use super::token_text::TokenText;
use crate::media::{Device, initial_context};
use crate::stylesheet::PropertyRule;
use crate::syntax::Parser;
use crate::values::ComputeContext;

/// The registered custom properties of a document.
#[derive(Clone, Debug, Default)]
pub struct RegisteredProperties {
    by_name: FxHashMap<Atom, Registered>,
    /// Whether there is one that does not inherit.
    any_resets: bool,
}

/// What is known of one property.
#[derive(Clone, Debug)]
pub(super) struct Registered {
    rule: Arc<PropertyRule>,
    /// The initial value, computed: it is the same for all elements.
    initial: Option<TokenText>,
}

impl RegisteredProperties {
    /// What `rules` register. Of rules of one name the last counts.
    pub fn new(rules: impl IntoIterator<Item = Arc<PropertyRule>>) -> Self {
        // No initial value depends on the device.
        let device = Device::new(CssSize::new(0.0, 0.0), 1.0);
        let context = initial_context(&device);
        let by_name: FxHashMap<Atom, Registered> = rules
            .into_iter()
            .map(|rule| {
                let initial = rule.initial_value.as_ref();
                let initial = initial.and_then(|initial| typed(&rule.syntax, initial, &context));
                (rule.name.clone(), Registered { rule, initial })
            })
            .collect();
        RegisteredProperties { any_resets: by_name.values().any(|property| !property.inherits()), by_name }
    }

    /// Whether nothing is registered.
    pub fn is_empty(&self) -> bool {
        self.by_name.is_empty()
    }

    /// The computed value of a text as a value of a property; `None` where it is none.
    pub(crate) fn computed(
        &self,
        name: &Atom,
        text: &TokenText,
        context: &ComputeContext<'_>,
    ) -> Option<TokenText> {
        match self.get(name) {
            Some(property) => typed(&property.rule.syntax, text, context),
            None => Some(text.clone()),
        }
    }

    /// Whether the values of a property depend on more than their text.
    pub(crate) fn is_typed(&self, name: &Atom) -> bool {
        self.get(name).is_some_and(Registered::is_typed)
    }

    /// Whether a property that is registered does not inherit.
    pub(super) fn any_resets(&self) -> bool {
        self.any_resets
    }

    pub(super) fn get(&self, name: &Atom) -> Option<&Registered> {
        if self.by_name.is_empty() { None } else { self.by_name.get(name) }
    }

    /// The initial value of a registered property; `None` where it is guaranteed-invalid.
    pub(crate) fn initial(&self, name: &Atom) -> Option<&TokenText> {
        self.get(name)?.initial.as_ref()
    }

    /// Whether a property inherits; those that are not registered do.
    pub fn inherits(&self, name: &Atom) -> bool {
        self.get(name).is_none_or(Registered::inherits)
    }
}

impl Registered {
    pub(super) fn inherits(&self) -> bool {
        self.rule.inherits
    }

    /// Whether the value depends on more than its text.
    pub(super) fn is_typed(&self) -> bool {
        self.rule.syntax != PropertySyntax::Universal
    }
}

fn typed(syntax: &PropertySyntax, text: &TokenText, context: &ComputeContext<'_>) -> Option<TokenText> {
    if *syntax == PropertySyntax::Universal {
        return Some(text.clone());
    }
    let css = syntax.compute(&text.css, context)?;
    Some(TokenText::parse(&mut Parser::new(&css)).ok()?.tainted(text.is_attr_tainted))
}
