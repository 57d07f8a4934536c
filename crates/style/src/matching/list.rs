//! What applies to an element, sorted: its rules, its presentational hints, its `style` attribute. Equal lists are kept
//! once, so that what follows from them is computed once.

use std::hash::{Hash, Hasher};
use std::sync::Arc;

use fanlight_css::properties::{DeclarationBlock, content};
use rustc_hash::{FxHashMap, FxHasher};

use super::MatchedRule;
use crate::compute;
use crate::rules::{CascadeData, Level, RuleId};

/// Names a list of one [`ListTable`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(crate) struct ListId(u32);

impl ListId {
    pub(crate) fn index(self) -> usize {
        self.0 as usize
    }
}

/// Where declarations of a list come from.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Source {
    /// A rule of a sheet.
    Rule(RuleId),
    /// Attributes that stand for declarations.
    PresentationalHints,
    /// The `style` attribute.
    StyleAttribute,
    /// The state in which an animation is shown.
    Animation,
}

/// Declarations that apply.
#[derive(Clone, Debug)]
pub(crate) struct Applied {
    pub(crate) level: Level,
    /// The place of the cascade layer.
    pub(crate) layer: u32,
    pub(crate) source: Source,
    pub(crate) block: Arc<DeclarationBlock>,
}

impl PartialEq for Applied {
    /// The same block, from the same place in the cascade.
    fn eq(&self, other: &Applied) -> bool {
        self.source == other.source && Arc::ptr_eq(&self.block, &other.block)
    }
}

/// All that applies to an element or pseudo-element, lowest first, importance apart.
#[derive(Clone, Debug, Default, PartialEq)]
pub(crate) struct AppliedList {
    pub(crate) entries: Box<[Applied]>,
    /// Whether a declaration is important.
    pub(crate) has_important: bool,
    /// Whether a declaration takes from the parent what does not inherit by itself.
    pub(crate) inherits_on_request: bool,
    /// Whether a declaration has an `attr()` that is replaced, so that elements apart from attributes alike differ.
    pub(crate) reads_attributes: bool,
    /// Whether `content` is declared, without which there is no `::before` and no `::after`.
    pub(crate) declares_content: bool,
}

impl AppliedList {
    /// A list of entries that are sorted.
    pub(crate) fn new(entries: impl Into<Box<[Applied]>>) -> AppliedList {
        let entries = entries.into();
        let mut list = AppliedList {
            entries,
            has_important: false,
            inherits_on_request: false,
            reads_attributes: false,
            declares_content: false,
        };
        for declaration in list.entries.iter().flat_map(|entry| entry.block.declarations()) {
            list.has_important |= declaration.important;
            list.inherits_on_request |= compute::inherits_on_request(&declaration.property);
            list.reads_attributes |= compute::reads_attributes(&declaration.property);
            list.declares_content |= declaration.property.longhand() == Some(content::Longhand::Content.id());
        }
        list
    }
}

/// All lists.
#[derive(Default)]
pub(crate) struct ListTable {
    lists: Vec<Arc<AppliedList>>,
    by_hash: FxHashMap<u64, Vec<ListId>>,
}

impl ListTable {
    pub(crate) fn get(&self, id: ListId) -> &Arc<AppliedList> {
        &self.lists[id.index()]
    }

    /// The list of these entries.
    pub(crate) fn intern(&mut self, entries: &[Applied]) -> ListId {
        let mut hasher = FxHasher::default();
        for entry in entries {
            Arc::as_ptr(&entry.block).hash(&mut hasher);
        }
        let same_hash = self.by_hash.entry(hasher.finish()).or_default();
        let lists = &mut self.lists;
        if let Some(&present) = same_hash.iter().find(|id| *lists[id.index()].entries == *entries) {
            return present;
        }
        let id = ListId(u32::try_from(lists.len()).expect("there are no more lists than elements"));
        lists.push(Arc::new(AppliedList::new(entries)));
        same_hash.push(id);
        id
    }
}

/// Sorts matched rules as the cascade says: level, layer, specificity, nearness of the scope, order of appearance.
/// <https://drafts.csswg.org/css-cascade-6/#cascade-sort>
pub(crate) fn sort(matched: &mut [MatchedRule], data: &CascadeData) {
    matched.sort_unstable_by_key(|matched| {
        (data.rule(matched.rule).priority, std::cmp::Reverse(matched.distance), matched.rule)
    });
}

/// Writes the entries of sorted rules, with hints and `style` attribute at their places.
pub(crate) fn entries(
    matched: &[MatchedRule],
    hints: Option<&Arc<DeclarationBlock>>,
    style_attribute: Option<&Arc<DeclarationBlock>>,
    data: &CascadeData,
    entries: &mut Vec<Applied>,
) {
    entries.clear();
    let mut hints = hints.map(|block| Applied {
        level: Level::PresentationalHints,
        layer: 0,
        source: Source::PresentationalHints,
        block: block.clone(),
    });
    for matched in matched {
        let rule = data.rule(matched.rule);
        if rule.priority.level > Level::PresentationalHints {
            entries.extend(hints.take());
        }
        entries.push(Applied {
            level: rule.priority.level,
            layer: rule.priority.layer,
            source: Source::Rule(matched.rule),
            block: rule.block.clone(),
        });
    }
    entries.extend(hints);
    entries.extend(style_attribute.map(|block| Applied {
        level: Level::StyleAttribute,
        layer: 0,
        source: Source::StyleAttribute,
        block: block.clone(),
    }));
}
