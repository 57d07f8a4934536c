//! Counter styles: numbers as text.
//! <https://drafts.csswg.org/css-counter-styles-3/>
//!
//! 1. [`CounterStyles::new`] takes the `@counter-style` rules of a document and adds them to the `predefined` ones; of each
//!    rule it makes a `definition`, with what `extends` refers to put in.
//! 2. [`CounterStyles::representation`] and [`CounterStyles::marker_text`] make text of a number by the style's `algorithm`.

mod algorithm;
mod definition;
mod predefined;

#[cfg(test)]
mod tests;

use std::borrow::Cow;
use std::sync::LazyLock;

use fanlight_base::Atom;
use rustc_hash::FxHashMap;

use self::definition::{Definition, define};
pub(crate) use self::predefined::is_predefined;
use crate::limits;
use crate::stylesheet::CounterStyleRule;
use crate::values::generated::CounterStyle;

/// The counter styles of a document: those that it defines, and the predefined ones.
#[derive(Clone, Debug, Default)]
pub struct CounterStyles {
    own: FxHashMap<Atom, Definition>,
}

/// The styles of a document that defines none.
static PREDEFINED: LazyLock<CounterStyles> = LazyLock::new(CounterStyles::default);

impl CounterStyles {
    /// The styles that `rules` define. Of rules of one name the last counts that has all that its system needs.
    pub fn new<'a>(rules: impl Iterator<Item = &'a CounterStyleRule>) -> Self {
        let by_name: FxHashMap<&Atom, &CounterStyleRule> =
            rules.filter(|rule| rule.defines_style()).map(|rule| (&rule.name, rule)).collect();
        let predefined = |name: &Atom| predefined::definition(name).cloned();
        let own = by_name.values().map(|rule| (rule.name.clone(), define(rule, &by_name, &predefined)));
        CounterStyles { own: own.collect() }
    }

    /// The predefined styles alone.
    pub fn predefined() -> &'static CounterStyles {
        &PREDEFINED
    }

    /// A number in a counter style. What the style cannot represent is left to its fallback, and at last to `decimal`.
    /// <https://drafts.csswg.org/css-counter-styles-3/#generate-a-counter>
    pub fn representation(&self, style: &CounterStyle, value: i32) -> String {
        match style {
            CounterStyle::None => String::new(),
            CounterStyle::String(text) => text.to_string(),
            CounterStyle::Name(_) | CounterStyle::Symbols(..) => {
                self.generate(&self.definition(style), value)
            }
        }
    }

    /// What a list item's marker says, with what stands before and after the number; `None` for `none`.
    /// <https://drafts.csswg.org/css-lists-3/#content-property>
    pub fn marker_text(&self, style: &CounterStyle, value: i32) -> Option<String> {
        match style {
            CounterStyle::None => None,
            CounterStyle::String(text) => Some(text.to_string()),
            CounterStyle::Name(_) | CounterStyle::Symbols(..) => {
                let definition = self.definition(style);
                Some([&*definition.prefix, &self.generate(&definition, value), &definition.suffix].concat())
            }
        }
    }

    /// What a style means; `decimal` where there is none of its name.
    fn definition<'a>(&'a self, style: &CounterStyle) -> Cow<'a, Definition> {
        match style {
            CounterStyle::Symbols(kind, symbols) => Cow::Owned(Definition::of_symbols(*kind, symbols)),
            CounterStyle::Name(name) => Cow::Borrowed(self.named(name).unwrap_or(predefined::decimal())),
            CounterStyle::None | CounterStyle::String(_) => Cow::Borrowed(predefined::decimal()),
        }
    }

    fn named(&self, name: &Atom) -> Option<&Definition> {
        self.own.get(name).or_else(|| predefined::definition(name))
    }

    fn generate(&self, style: &Definition, value: i32) -> String {
        let mut current = style;
        // Fallbacks can go round in circles.
        for _ in 0..limits::COUNTER_STYLE_FALLBACKS {
            if let Some(text) = algorithm::represent(current, value) {
                return text;
            }
            match self.named(&current.fallback) {
                Some(fallback) => current = fallback,
                None => break,
            }
        }
        // `decimal` says whatever number.
        value.to_string()
    }
}
