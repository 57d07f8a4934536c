//! Rules by what the element that they style must have: only those that an element's id, classes, attributes or name lead
//! to are looked at.

use fanlight_base::{Atom, LocalName};
use fanlight_css::selectors::{Selector, SelectorImpl as Impl};
use fanlight_dom::ElementData;
use rustc_hash::FxHashMap;
use selectors::parser::{Combinator, Component, SelectorIter};
use smallvec::SmallVec;

use super::RuleId;
use crate::signature::{AttributeRelevance, RelevantFeatures};

/// Rules by the rarest thing that the subject of their selector names.
#[derive(Clone, Debug, Default)]
pub(crate) struct RuleMap {
    ids: FxHashMap<Atom, Vec<RuleId>>,
    classes: FxHashMap<Atom, Vec<RuleId>>,
    attributes: FxHashMap<LocalName, Vec<RuleId>>,
    names: FxHashMap<LocalName, Vec<RuleId>>,
    root: Vec<RuleId>,
    others: Vec<RuleId>,
    filled: bool,
}

/// A bucket of the map, ordered from that with the most to that with the fewest elements.
#[derive(Clone, Debug, PartialEq, Eq)]
enum Bucket {
    Other,
    Name(LocalName, LocalName),
    Attribute(LocalName, LocalName),
    Root,
    Class(Atom),
    Id(Atom),
}

impl Bucket {
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
    pub(crate) fn insert(&mut self, rule: RuleId, selector: &Selector, relevant: &mut RelevantFeatures) {
        self.filled = true;
        for bucket in buckets(subject(selector)) {
            match bucket {
                Bucket::Id(id) => {
                    let id = fold(id, relevant.ignore_case);
                    relevant.ids.insert(id.clone());
                    self.ids.entry(id).or_default().push(rule);
                }
                Bucket::Class(class) => {
                    let class = fold(class, relevant.ignore_case);
                    relevant.classes.insert(class.clone());
                    self.classes.entry(class).or_default().push(rule);
                }
                Bucket::Attribute(name, lower) => {
                    relevant.add_attribute(name.clone(), AttributeRelevance::Presence);
                    if name != lower {
                        relevant.add_attribute(lower.clone(), AttributeRelevance::Presence);
                        self.attributes.entry(lower).or_default().push(rule);
                    }
                    self.attributes.entry(name).or_default().push(rule);
                }
                Bucket::Name(name, lower) => {
                    if name != lower {
                        self.names.entry(lower).or_default().push(rule);
                    }
                    self.names.entry(name).or_default().push(rule);
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
            && let Some(rules) = self.ids.get(&fold(id.clone(), ignore_case))
        {
            candidates.extend_from_slice(rules);
        }
        if !self.classes.is_empty() {
            for class in element.classes() {
                if let Some(rules) = self.classes.get(&fold(class.clone(), ignore_case)) {
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

fn fold(name: Atom, ignore_case: bool) -> Atom {
    if ignore_case && name.bytes().any(|byte| byte.is_ascii_uppercase()) {
        name.to_ascii_lowercase()
    } else {
        name
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
fn buckets<'a>(compound: impl Iterator<Item = &'a Component<Impl>>) -> SmallVec<[Bucket; 1]> {
    let mut best: SmallVec<[Bucket; 1]> = SmallVec::from_iter([Bucket::Other]);
    let rank = |buckets: &[Bucket]| buckets.iter().map(Bucket::rank).min().unwrap_or(0);
    for component in compound {
        let found: SmallVec<[Bucket; 1]> = match component {
            Component::ID(id) => SmallVec::from_iter([Bucket::Id(id.0.clone())]),
            Component::Class(class) => SmallVec::from_iter([Bucket::Class(class.0.clone())]),
            Component::LocalName(name) => {
                SmallVec::from_iter([Bucket::Name(name.name.0.clone(), name.lower_name.0.clone())])
            }
            Component::AttributeInNoNamespaceExists { local_name, local_name_lower } => {
                SmallVec::from_iter([Bucket::Attribute(local_name.0.clone(), local_name_lower.0.clone())])
            }
            Component::AttributeInNoNamespace { local_name, .. } => {
                SmallVec::from_iter([Bucket::Attribute(local_name.0.clone(), local_name.0.clone())])
            }
            Component::AttributeOther(attribute) => SmallVec::from_iter([Bucket::Attribute(
                attribute.local_name.0.clone(),
                attribute.local_name_lower.0.clone(),
            )]),
            Component::Root => SmallVec::from_iter([Bucket::Root]),
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
