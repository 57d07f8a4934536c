//! What a counter style is once `extends` and what the rule leaves out are filled in.

use std::sync::Arc;

use fanlight_base::Atom;
use rustc_hash::FxHashMap;

use super::predefined;
use crate::limits;
use crate::stylesheet::CounterStyleRule;
use crate::stylesheet::counter_style::{CounterSymbol, CounterSystem};
use crate::values::generated::SymbolsType;

/// Symbols in order; at least as many as the system needs.
pub(super) type Symbols = Arc<[Arc<str>]>;

/// How a style makes text of a number.
/// <https://drafts.csswg.org/css-counter-styles-3/#counter-style-system>
#[derive(Clone, Debug)]
pub(super) enum System {
    Cyclic(Symbols),
    Numeric(Symbols),
    Alphabetic(Symbols),
    Symbolic(Symbols),
    /// Weights with symbols, greatest first.
    Additive(Arc<[(u32, Arc<str>)]>),
    /// The number of the first symbol, and the symbols.
    Fixed(i32, Symbols),
    /// <https://drafts.csswg.org/css-counter-styles-3/#limited-chinese>
    Chinese(&'static predefined::ChineseNumerals),
    /// <https://drafts.csswg.org/css-counter-styles-3/#ethiopic-numeric-counter-style>
    EthiopicNumeric,
}

impl System {
    /// The numbers that `range: auto` means.
    /// <https://drafts.csswg.org/css-counter-styles-3/#counter-style-range>
    fn automatic_range(&self) -> (i32, i32) {
        match self {
            System::Cyclic(_) | System::Numeric(_) | System::Fixed(..) | System::Chinese(_) => {
                (i32::MIN, i32::MAX)
            }
            System::Alphabetic(_) | System::Symbolic(_) | System::EthiopicNumeric => (1, i32::MAX),
            System::Additive(_) => (0, i32::MAX),
        }
    }

    /// Whether numbers below zero are written as a sign and the number without it.
    /// <https://drafts.csswg.org/css-counter-styles-3/#use-a-negative-sign>
    pub(super) fn has_negative_sign(&self) -> bool {
        !matches!(self, System::Cyclic(_) | System::Fixed(..))
    }
}

/// A counter style with all descriptors.
#[derive(Clone, Debug)]
pub(super) struct Definition {
    pub(super) system: System,
    /// What stands before and after the digits of a negative number.
    pub(super) negative: (Arc<str>, Arc<str>),
    pub(super) prefix: Arc<str>,
    pub(super) suffix: Arc<str>,
    /// The numbers that it can represent, bounds included.
    pub(super) ranges: Arc<[(i32, i32)]>,
    /// How many graphemes there are at least, and what is put before to make them so many.
    pub(super) pad: (u32, Arc<str>),
    pub(super) fallback: Atom,
}

impl Definition {
    /// A style of which only the system is said.
    pub(super) fn of_system(system: System) -> Self {
        Definition {
            ranges: [system.automatic_range()].into(),
            system,
            negative: ("-".into(), "".into()),
            prefix: "".into(),
            suffix: ". ".into(),
            pad: (0, "".into()),
            fallback: "decimal".into(),
        }
    }

    /// `symbols()`
    /// <https://drafts.csswg.org/css-counter-styles-3/#symbols-function>
    pub(super) fn of_symbols(kind: SymbolsType, symbols: &Symbols) -> Self {
        let symbols = symbols.clone();
        let system = match kind {
            SymbolsType::Cyclic => System::Cyclic(symbols),
            SymbolsType::Numeric => System::Numeric(symbols),
            SymbolsType::Alphabetic => System::Alphabetic(symbols),
            SymbolsType::Symbolic => System::Symbolic(symbols),
            SymbolsType::Fixed => System::Fixed(1, symbols),
        };
        Definition { suffix: " ".into(), ..Definition::of_system(system) }
    }
}

/// What a rule defines. `rules` are the document's by name, `others` knows the styles beside them.
pub(super) fn define(
    rule: &CounterStyleRule,
    rules: &FxHashMap<&Atom, &CounterStyleRule>,
    others: &dyn Fn(&Atom) -> Option<Definition>,
) -> Definition {
    // The rules from this one to that which extends none of the document's, which is the last.
    let mut chain = vec![rule];
    let mut definition = loop {
        let last = chain[chain.len() - 1];
        let Some(CounterSystem::Extends(name)) = &last.system else {
            break Definition::of_system(own_system(last));
        };
        let Some(&next) = rules.get(name).filter(|_| chain.len() < limits::COUNTER_STYLE_FALLBACKS) else {
            break others(name).unwrap_or_else(|| predefined::decimal().clone());
        };
        if let Some(entry) = chain.iter().position(|seen| std::ptr::eq(*seen, next)) {
            // Those of a circle extend `decimal`, and what leads to it extends the first of them.
            chain.truncate(entry + 1);
            break predefined::decimal().clone();
        }
        chain.push(next);
    };
    for rule in chain.into_iter().rev() {
        describe(&mut definition, rule);
    }
    definition
}

/// The system of a rule that extends no other and has the symbols it needs.
fn own_system(rule: &CounterStyleRule) -> System {
    let symbols = || -> Symbols { rule.symbols.iter().flatten().map(text).collect() };
    match rule.system.as_ref().unwrap_or(&CounterSystem::Symbolic) {
        CounterSystem::Cyclic => System::Cyclic(symbols()),
        CounterSystem::Numeric => System::Numeric(symbols()),
        CounterSystem::Alphabetic => System::Alphabetic(symbols()),
        CounterSystem::Symbolic | CounterSystem::Extends(_) => System::Symbolic(symbols()),
        CounterSystem::Fixed(first) => System::Fixed(*first, symbols()),
        CounterSystem::Additive => System::Additive(
            rule.additive_symbols
                .iter()
                .flatten()
                .map(|(weight, symbol)| (weight.unsigned_abs(), text(symbol)))
                .collect(),
        ),
    }
}

/// Puts in what a rule says besides its system.
fn describe(definition: &mut Definition, rule: &CounterStyleRule) {
    if let Some((before, after)) = &rule.negative {
        definition.negative = (text(before), after.as_ref().map_or_else(|| "".into(), text));
    }
    if let Some(prefix) = &rule.prefix {
        definition.prefix = text(prefix);
    }
    if let Some(suffix) = &rule.suffix {
        definition.suffix = text(suffix);
    }
    if let Some(ranges) = &rule.range {
        definition.ranges = if ranges.is_empty() {
            [definition.system.automatic_range()].into()
        } else {
            let bounds = |(lower, upper): &(Option<i32>, Option<i32>)| {
                (lower.unwrap_or(i32::MIN), upper.unwrap_or(i32::MAX))
            };
            ranges.iter().map(bounds).collect()
        };
    }
    if let Some((length, symbol)) = &rule.pad {
        definition.pad = (length.unsigned_abs(), text(symbol));
    }
    if let Some(fallback) = &rule.fallback {
        definition.fallback = fallback.clone();
    }
}

fn text(symbol: &CounterSymbol) -> Arc<str> {
    symbol.as_str().into()
}
