//! Which rules match an element.
//!
//! 1. [`crate::signature`]: elements that no selector tells apart share one matching.
//! 2. [`crate::rules::map`]: only rules that the element's id, classes, attributes or name lead to are looked at.
//! 3. [`ancestor_filter`]: of these, most descendant selectors are rejected by a bloom filter.
//! 4. The `selectors` crate matches the rest; [`scope`] adds `@scope`.
//! 5. [`list`]: what matched, sorted as the cascade says, is kept once for all elements that it is the same for.

pub(crate) mod ancestor_filter;
pub(crate) mod list;
pub(crate) mod scope;

use std::sync::Arc;

use fanlight_css::selectors::{PseudoElement, SelectorImpl as Impl};
use fanlight_dom::{Document, NodeId, QuirksMode};
use selectors::context::{
    MatchingContext, MatchingForInvalidation, MatchingMode, NeedsSelectorFlags, SelectorCaches,
};
use selectors::matching::{matches_selector, selector_may_match};
use smallvec::SmallVec;

use self::ancestor_filter::AncestorFilter;
use crate::containers::ContainerScope;
use crate::element::ElementRef;
use crate::pseudo_elements;
use crate::rules::{CascadeData, Rule, RuleId};
use crate::signature::{SignatureId, SignatureTable};

/// A rule that matches, with how far above the root of its scope is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct MatchedRule {
    pub(crate) rule: RuleId,
    /// Generations up to the scoping root; nearer ones win. [`MatchedRule::UNSCOPED`] outside of any scope.
    pub(crate) distance: u32,
}

impl MatchedRule {
    /// Farther than any scope.
    pub(crate) const UNSCOPED: u32 = u32::MAX;
}

/// What is known of all elements of a signature, for the elements themselves or for one pseudo-element of theirs.
#[derive(Clone, Debug, Default)]
pub(crate) struct Memo {
    /// The rules that match all of them.
    pub(crate) matched: Box<[MatchedRule]>,
    /// The rules that have to be matched for each.
    pub(crate) individually: Box<[RuleId]>,
    /// Whether which of these match is all that tells elements apart: they are few, and no scope's distance matters.
    pub(crate) has_patterns: bool,
    /// The lists that follow from patterns, as far as they are known.
    pub(crate) lists: SmallVec<[(Pattern, list::ListId); 1]>,
}

/// Which of the rules that are matched individually match: a bit for each.
pub(crate) type Pattern = u64;

impl Memo {
    fn new(matched: Vec<MatchedRule>, individually: Vec<RuleId>, data: &CascadeData) -> Memo {
        let has_patterns = individually.len() <= Pattern::BITS as usize
            && individually.iter().all(|&rule| data.rule(rule).scope.is_none());
        Memo {
            matched: matched.into_boxed_slice(),
            individually: individually.into_boxed_slice(),
            has_patterns,
            lists: SmallVec::new(),
        }
    }

    /// The list of elements of which the rules of a pattern match, and no others.
    pub(crate) fn list(&self, pattern: Pattern) -> Option<list::ListId> {
        self.lists.iter().find(|(known, _)| *known == pattern).map(|(_, list)| *list)
    }
}

/// What is known of all elements of a signature.
#[derive(Clone, Debug, Default)]
pub(crate) struct SignatureMemo {
    pub(crate) element: Memo,
    /// The pseudo-elements that rules may match: the place of each in [`PseudoElement`], and its memo.
    pub(crate) pseudos: Box<[(usize, Memo)]>,
}

/// What stays known from one element to the next.
#[derive(Default)]
pub(crate) struct MatchingMemory {
    pub(crate) signatures: SignatureTable,
    /// By signature; `None` until an element of it is matched.
    memos: Vec<Option<SignatureMemo>>,
}

impl MatchingMemory {
    /// The signature of an element below one of signature `parent`.
    pub(crate) fn signature(
        &mut self,
        element: ElementRef<'_>,
        parent: Option<SignatureId>,
        data: &CascadeData,
    ) -> SignatureId {
        let signature = self.signatures.intern(parent, element.data(), &data.relevant);
        if signature.index() == self.memos.len() {
            self.memos.push(None);
        }
        signature
    }

    /// The place of one of the pseudo-elements that the rules of a signature, which is known, may match.
    pub(crate) fn pseudo(&self, signature: SignatureId, at: usize) -> Option<usize> {
        let memo = self.memos[signature.index()].as_ref()?;
        memo.pseudos.get(at).map(|(pseudo, _)| *pseudo)
    }
}

/// Matches the rules of the sheets against the elements of a document.
pub(crate) struct Matcher<'a> {
    document: &'a Document,
    data: &'a CascadeData,
    quirks: selectors::matching::QuirksMode,
    caches: SelectorCaches,
    ancestors: AncestorFilter,
    candidates: Vec<RuleId>,
}

/// The document's mode as the selectors crate has it.
pub(crate) fn quirks_of(document: &Document) -> selectors::matching::QuirksMode {
    match document.quirks_mode {
        QuirksMode::NoQuirks => selectors::matching::QuirksMode::NoQuirks,
        QuirksMode::LimitedQuirks => selectors::matching::QuirksMode::LimitedQuirks,
        QuirksMode::Quirks => selectors::matching::QuirksMode::Quirks,
    }
}

impl<'a> Matcher<'a> {
    pub(crate) fn new(document: &'a Document, data: &'a CascadeData) -> Matcher<'a> {
        let quirks = quirks_of(document);
        Matcher {
            document,
            data,
            quirks,
            caches: SelectorCaches::default(),
            ancestors: AncestorFilter::new(),
            candidates: Vec::new(),
        }
    }

    /// What is known of all elements that have the signature of `element`. Its ancestors are `ancestor(0)`, outermost, to
    /// `ancestor(ancestor_count - 1)`, the parent.
    pub(crate) fn memo_of<'m>(
        &mut self,
        memory: &'m mut MatchingMemory,
        signature: SignatureId,
        element: ElementRef<'a>,
        ancestor_count: usize,
        ancestor: impl Fn(usize) -> NodeId,
    ) -> &'m mut SignatureMemo {
        memory.memos[signature.index()].get_or_insert_with(|| {
            self.ancestors.hold(self.document, ancestor_count, ancestor);
            self.match_signature(element)
        })
    }

    /// Matches, for all elements of a new signature, what is the same for all of them.
    fn match_signature(&mut self, element: ElementRef<'a>) -> SignatureMemo {
        let data = self.data;
        let own = self.memo(element, &data.elements, MatchingMode::Normal).unwrap_or_default();
        let mut pseudos = Vec::new();
        for (index, map) in data.pseudos.iter().enumerate() {
            // A name is part of the signature.
            if !pseudo_elements::can_have(element.data(), &PSEUDO_ELEMENTS[index]) {
                continue;
            }
            if let Some(memo) = self.memo(element, map, MatchingMode::ForStatelessPseudoElement) {
                pseudos.push((index, memo));
            }
        }
        SignatureMemo { element: own, pseudos: pseudos.into_boxed_slice() }
    }

    fn memo(
        &mut self,
        element: ElementRef<'a>,
        map: &crate::rules::map::RuleMap,
        mode: MatchingMode,
    ) -> Option<Memo> {
        let ignore_case = self.data.relevant.ignore_case;
        let mut candidates = std::mem::take(&mut self.candidates);
        candidates.clear();
        let is_root = self.document.node(element.node()).parent() == Some(NodeId::DOCUMENT);
        map.candidates(element.data(), is_root, ignore_case, &mut candidates);
        let mut matched = Vec::new();
        let mut individually = Vec::new();
        for &rule_id in &candidates {
            let rule = self.data.rule(rule_id);
            if !rule.same_for_signature {
                // The filter says the same for all elements of the signature.
                if selector_may_match(&rule.hashes, self.ancestors.filter()) {
                    individually.push(rule_id);
                }
            } else if let Some(found) = self.match_rule(rule_id, rule, element, mode) {
                matched.push(found);
            }
        }
        self.candidates = candidates;
        (!matched.is_empty() || !individually.is_empty()).then(|| Memo::new(matched, individually, self.data))
    }

    /// Goes to the place below the ancestors `ancestor(0)`, outermost, to `ancestor(ancestor_count - 1)`, where elements are then
    /// [matched individually](Self::match_individually).
    pub(crate) fn go_below(&mut self, ancestor_count: usize, ancestor: impl Fn(usize) -> NodeId) {
        self.ancestors.hold(self.document, ancestor_count, ancestor);
    }

    /// Matches the rules that have to be matched for each element, and adds those that do and whose container queries hold.
    /// Says which of the first ones they are.
    pub(crate) fn match_individually(
        &mut self,
        element: ElementRef<'a>,
        rules: &[RuleId],
        pseudo: Option<usize>,
        container_holds: impl Fn(&Arc<ContainerScope>) -> bool,
        matched: &mut Vec<MatchedRule>,
    ) -> Pattern {
        let mode =
            if pseudo.is_some() { MatchingMode::ForStatelessPseudoElement } else { MatchingMode::Normal };
        let mut pattern = 0;
        for (place, &rule_id) in rules.iter().enumerate() {
            let rule = self.data.rule(rule_id);
            if let Some(found) = self.match_rule(rule_id, rule, element, mode)
                && rule.container.as_ref().is_none_or(&container_holds)
            {
                matched.push(found);
                pattern |=
                    u32::try_from(place).ok().and_then(|place| Pattern::checked_shl(1, place)).unwrap_or(0);
            }
        }
        pattern
    }

    fn match_rule(
        &mut self,
        id: RuleId,
        rule: &Rule,
        element: ElementRef<'a>,
        mode: MatchingMode,
    ) -> Option<MatchedRule> {
        let mut context: MatchingContext<'_, Impl> = MatchingContext::new(
            mode,
            Some(self.ancestors.filter()),
            &mut self.caches,
            self.quirks,
            NeedsSelectorFlags::No,
            MatchingForInvalidation::No,
        );
        let distance = match &rule.scope {
            None => matches_selector(&rule.selector, 0, Some(&rule.hashes), element, &mut context)
                .then_some(MatchedRule::UNSCOPED),
            Some(scope) => scope::distance_of_match(scope, rule, element, &mut context),
        }?;
        Some(MatchedRule { rule: id, distance })
    }
}

/// The places in the table of pseudo-elements, checked by a test against [`PseudoElement::index`].
pub(crate) static PSEUDO_ELEMENTS: [PseudoElement; PseudoElement::COUNT] = [
    PseudoElement::Before,
    PseudoElement::After,
    PseudoElement::Marker,
    PseudoElement::FirstLine,
    PseudoElement::FirstLetter,
    PseudoElement::Selection,
    PseudoElement::Placeholder,
    PseudoElement::Backdrop,
    PseudoElement::FileSelectorButton,
    PseudoElement::DetailsContent,
    PseudoElement::SliderRunnableTrack,
    PseudoElement::SliderThumb,
];

/// The places of those that are looked for by name.
pub(crate) const BEFORE: usize = 0;
pub(crate) const AFTER: usize = 1;
pub(crate) const FIRST_LINE: usize = 3;
pub(crate) const FIRST_LETTER: usize = 4;

#[cfg(test)]
pub(crate) mod tests;
