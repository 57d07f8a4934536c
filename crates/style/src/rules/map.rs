//! Rules by what the element that they style must have: only those that an element's id, classes, attributes or name lead
//! to are looked at.

use std::hash::Hash;

use fanlight_base::{Atom, LocalName};
use fanlight_css::selectors::{Selector, SelectorImpl as Impl};
use fanlight_dom::ElementData;
use rustc_hash::FxHashMap;
use selectors::parser::{Combinator, Component, SelectorIter};
use smallvec::{SmallVec, smallvec};

use super::RuleId;
use crate::signature::{AttributeRelevance, RelevantFeatures, fold};

/// The rules of a bucket: mostly few.
type Bucketed = SmallVec<[RuleId; 4]>;

/// Rules by the rarest thing that the subject of their selector names.
#[derive(Clone, Debug, Default)]
pub(crate) struct RuleMap {
    ids: FxHashMap<Atom, Bucketed>,
    classes: FxHashMap<Atom, Bucketed>,
    attributes: FxHashMap<LocalName, Bucketed>,
    names: FxHashMap<LocalName, Bucketed>,
    root: Vec<RuleId>,
    others: Vec<RuleId>,
    filled: bool,
}

/// A bucket of the map, ordered from that with the most to that with the fewest elements. Of two names the second is the one in
/// lower case.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Bucket<'a> {
    Other,
    Name(&'a LocalName, &'a LocalName),
    Attribute(&'a LocalName, &'a LocalName),
    Root,
    Class(&'a Atom),
    Id(&'a Atom),
}

impl Bucket<'_> {
    fn rank(&self) -> u8 {
        match self {
            Bucket::Other => 0,
            Bucket::Name(..) => 1,
            Bucket::Attribute(..) => 2,
            Bucket::Class(_) => 3,
            Bucket::Id(_) => 4,
            Bucket::Root => 5,
        }
    }
}

impl RuleMap {
    /// Adds a rule. What leads to it has to be in the signatures of elements, so that all of one signature find it. In
    /// quirks mode ids and classes are entered in lower case.
    /// Whether there are no rules.
    pub(crate) fn is_empty(&self) -> bool {
        !self.filled
    }

    pub(crate) fn insert(&mut self, rule: RuleId, selector: &Selector, relevant: &mut RelevantFeatures) {
        self.filled = true;
        for bucket in buckets(subject(selector)) {
            match bucket {
                Bucket::Id(id) => {
                    relevant.add_id(id);
                    push(&mut self.ids, &fold(id, relevant.ignore_case), rule);
                }
                Bucket::Class(class) => {
                    relevant.add_class(class);
                    push(&mut self.classes, &fold(class, relevant.ignore_case), rule);
                }
                Bucket::Attribute(name, lower) => {
                    relevant.add_attribute(name, AttributeRelevance::Presence);
                    if name != lower {
                        relevant.add_attribute(lower, AttributeRelevance::Presence);
                        push(&mut self.attributes, lower, rule);
                    }
                    push(&mut self.attributes, name, rule);
                }
                Bucket::Name(name, lower) => {
                    if name != lower {
                        push(&mut self.names, lower, rule);
                    }
                    push(&mut self.names, name, rule);
                }
                Bucket::Root => self.root.push(rule),
                Bucket::Other => self.others.push(rule),
            }
        }
    }

    /// Adds the rules whose subject the element may be, each once, in order.
    pub(crate) fn candidates(
        &self,
        element: &ElementData,
        is_root: bool,
        ignore_case: bool,
        candidates: &mut Vec<RuleId>,
    ) {
        if !self.filled {
            return;
        }
        let start = candidates.len();
        if is_root {
            candidates.extend_from_slice(&self.root);
        }
        if let Some(id) = element.id()
            && !self.ids.is_empty()
            && let Some(rules) = self.ids.get(&*fold(id, ignore_case))
        {
            candidates.extend_from_slice(rules);
        }
        if !self.classes.is_empty() {
            for class in element.classes() {
                if let Some(rules) = self.classes.get(&*fold(class, ignore_case)) {
                    candidates.extend_from_slice(rules);
                }
            }
        }
        if !self.attributes.is_empty() {
            for attribute in element.attributes() {
                if let Some(rules) = self.attributes.get(&attribute.name.local) {
                    candidates.extend_from_slice(rules);
                }
            }
        }
        if let Some(rules) = self.names.get(&element.name.local) {
            candidates.extend_from_slice(rules);
        }
        candidates.extend_from_slice(&self.others);
        candidates[start..].sort_unstable();
        // A rule is in several buckets when its subject is `:is(a, .b)`.
        let mut last = None;
        let mut kept = start;
        for at in start..candidates.len() {
            let rule = candidates[at];
            if last != Some(rule) {
                last = Some(rule);
                candidates[kept] = rule;
                kept += 1;
            }
        }
        candidates.truncate(kept);
    }
}

/// Adds a rule to a bucket. The name is only taken when it is new.
fn push<K: Clone + Eq + Hash>(buckets: &mut FxHashMap<K, Bucketed>, name: &K, rule: RuleId) {
    match buckets.get_mut(name) {
        Some(rules) => rules.push(rule),
        None => {
            buckets.insert(name.clone(), smallvec![rule]);
        }
    }
}

/// The compound of the element that a selector styles, or whose pseudo-element it styles.
pub(crate) fn subject(selector: &Selector) -> SelectorIter<'_, Impl> {
    let mut iter = selector.iter();
    if !selector.has_pseudo_element() {
        return iter;
    }
    loop {
        let here = iter.clone();
        iter.by_ref().for_each(drop);
        match iter.next_sequence() {
            Some(Combinator::PseudoElement) => {}
            _ => return here,
        }
    }
}

/// The best buckets of a compound: one, or, when the best it has is a list of alternatives, one for each.
fn buckets<'a>(compound: impl Iterator<Item = &'a Component<Impl>>) -> SmallVec<[Bucket<'a>; 1]> {
    let mut best: SmallVec<[Bucket<'a>; 1]> = smallvec![Bucket::Other];
    let rank = |buckets: &[Bucket<'_>]| buckets.iter().map(Bucket::rank).min().unwrap_or(0);
    for component in compound {
        let found: SmallVec<[Bucket<'a>; 1]> = match component {
            Component::ID(id) => smallvec![Bucket::Id(&id.0)],
            Component::Class(class) => smallvec![Bucket::Class(&class.0)],
            Component::LocalName(name) => smallvec![Bucket::Name(&name.name.0, &name.lower_name.0)],
            Component::AttributeInNoNamespaceExists { local_name, local_name_lower } => {
                smallvec![Bucket::Attribute(&local_name.0, &local_name_lower.0)]
            }
            Component::AttributeInNoNamespace { local_name, .. } => {
                smallvec![Bucket::Attribute(&local_name.0, &local_name.0)]
            }
            Component::AttributeOther(attribute) => {
                smallvec![Bucket::Attribute(&attribute.local_name.0, &attribute.local_name_lower.0)]
            }
            Component::Root => smallvec![Bucket::Root],
            Component::Is(list) | Component::Where(list) => {
                let mut alternatives = SmallVec::new();
                for selector in list.slice() {
                    alternatives.extend(buckets(selector.iter()));
                }
                alternatives
            }
            _ => continue,
        };
        if rank(&found) > rank(&best) {
            best = found;
        }
    }
    best
}
