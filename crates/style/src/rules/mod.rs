//! The style sheets of a document, made ready for matching: once, and then used for every element and every update.
//!
//! - [`collect`]: goes through the sheets, decides conditions, and makes the [`CascadeData`].
//! - [`map`]: rules by what an element must have.
//! - [`layers`]: the order of cascade layers.
//! - [`fonts`]: the rules about fonts, which are wanted before all others.
//! - [`features`]: which selectors can be matched once for a signature, and what they look at.

pub(crate) mod collect;
pub(crate) mod features;
pub(crate) mod fonts;
pub(crate) mod layers;
pub(crate) mod map;

use std::sync::{Arc, OnceLock};

use fanlight_base::Atom;
use fanlight_css::counter_styles::CounterStyles;
use fanlight_css::properties::DeclarationBlock;
use fanlight_css::selectors::{PseudoElement, Selector};
use fanlight_css::variables::RegisteredProperties;
use rustc_hash::FxHashMap;
use selectors::parser::AncestorHashes;

use self::map::RuleMap;
use crate::containers::{ContainerQueries, ContainerScope};
use crate::invalidation::dependencies::Dependencies;
use crate::matching::scope::Scope;
use crate::matching::{FIRST_LETTER, FIRST_LINE};
use crate::signature::RelevantFeatures;

/// Names a rule of one [`CascadeData`]. The order is that of appearance.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(crate) struct RuleId(pub(crate) u32);

/// Where declarations come from, lowest first, importance apart. Presentational hints are author declarations that
/// every other author declaration overrides.
/// <https://drafts.csswg.org/css-cascade-5/#cascade-origin>
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(crate) enum Level {
    UserAgent,
    User,
    PresentationalHints,
    Author,
    StyleAttribute,
    Animation,
}

/// What sorts two rules before their scopes and their order do: level, layer, specificity.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(crate) struct Priority {
    pub(crate) level: Level,
    /// The place of the layer; that of what is in no layer is the last.
    pub(crate) layer: u32,
    pub(crate) specificity: u32,
}

/// One selector of a style rule, with the declarations.
#[derive(Clone, Debug)]
pub(crate) struct Rule {
    pub(crate) selector: Selector,
    pub(crate) hashes: AncestorHashes,
    pub(crate) priority: Priority,
    pub(crate) scope: Option<Arc<Scope>>,
    /// The container queries on which it depends.
    pub(crate) container: Option<Arc<ContainerScope>>,
    /// Whether it matches all or none of the elements of one signature.
    pub(crate) same_for_signature: bool,
    pub(crate) block: Arc<DeclarationBlock>,
    /// Which sheet of the list the rule is in, for saying where a value came from.
    pub(crate) sheet: u32,
}

/// Everything that the sheets say, ready for matching.
#[derive(Clone, Debug, Default)]
pub(crate) struct CascadeData {
    rules: Vec<Rule>,
    /// The rules for elements.
    pub(crate) elements: RuleMap,
    /// The rules for pseudo-elements, by their places.
    pub(crate) pseudos: [RuleMap; PseudoElement::COUNT],
    pub(crate) relevant: RelevantFeatures,
    /// What the selectors depend on; asked for only when something changes.
    dependencies: OnceLock<Dependencies>,
    /// The names of the sheets: what [`Rule::sheet`] refers to.
    pub(crate) sheets: Vec<Arc<str>>,
    /// The predefined counter styles and those of `@counter-style`.
    pub(crate) counter_styles: CounterStyles,
    /// The custom properties that `@property` registers.
    pub(crate) registered: RegisteredProperties,
    /// What container queries there are.
    pub(crate) container_queries: ContainerQueries,
    /// `@keyframes` by name, as far as pictures show them.
    pub(crate) keyframes: FxHashMap<Atom, Keyframes>,
}

/// What the first and the last keyframes of an animation declare.
#[derive(Clone, Debug, Default)]
pub(crate) struct Keyframes {
    pub(crate) from: Vec<Arc<DeclarationBlock>>,
    pub(crate) to: Vec<Arc<DeclarationBlock>>,
}

impl CascadeData {
    pub(crate) fn rule(&self, id: RuleId) -> &Rule {
        &self.rules[id.0 as usize]
    }

    /// The name of a sheet.
    pub(crate) fn sheet_name(&self, sheet: u32) -> &Arc<str> {
        &self.sheets[sheet as usize]
    }

    /// What the selectors depend on, taken apart when first asked for: most pages are styled but once.
    pub(crate) fn dependencies(&self) -> &Dependencies {
        self.dependencies.get_or_init(|| Dependencies::of(&self.rules))
    }

    /// Whether some blocks have a `::first-line` or `::first-letter`, so that what comes first in them matters.
    pub(crate) fn has_first_lines(&self) -> bool {
        !self.pseudos[FIRST_LINE].is_empty() || !self.pseudos[FIRST_LETTER].is_empty()
    }

    /// All rules, in order of appearance.
    #[cfg(test)]
    pub(crate) fn rule_ids(&self) -> impl Iterator<Item = RuleId> {
        (0..).zip(&self.rules).map(|(index, _)| RuleId(index))
    }

    pub(crate) fn add_rule(&mut self, mut rule: Rule) {
        let id = RuleId(u32::try_from(self.rules.len()).expect("no sheet has four thousand million rules"));
        match rule.selector.pseudo_elements().as_slice() {
            [] => self.elements.insert(id, &rule.selector, &mut self.relevant),
            [pseudo] => match pseudo.index() {
                Some(index) => self.pseudos[index].insert(id, &rule.selector, &mut self.relevant),
                None => return, // Nothing has this pseudo-element.
            },
            // FIXME: pseudo-elements of pseudo-elements (`::before::marker`) are not styled yet.
            _ => return,
        }
        // What it looks at has to be known in any case, so that elements of one signature have the same ancestor filter.
        let is_same = features::add_if_same_for_signature(&rule.selector, &mut self.relevant);
        rule.same_for_signature = is_same && rule.scope.is_none() && rule.container.is_none();
        self.rules.push(rule);
    }
}
