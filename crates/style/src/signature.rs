//! Signatures: what of an element, and of the elements above it, the style sheets can tell apart.
//!
//! Two elements of one signature have the same name, the same classes, ids, attributes and states *as far as any
//! selector asks for them*, and so have their parents. Every selector that looks at nothing but an element and its
//! ancestors therefore matches both or neither, and is matched once for a signature instead of once for an element:
//! a table of ten thousand rows costs the matching of one. Selectors that look at siblings, positions, contents or
//! form states are the exception; they are matched for each element.

use std::borrow::Cow;
use std::hash::{Hash, Hasher};

use fanlight_base::{Atom, LocalName, Namespace};
use fanlight_dom::{ElementData, ElementState};
use rustc_hash::{FxHashMap, FxHashSet, FxHasher};
use smallvec::SmallVec;

use crate::states;

/// How closely selectors look at an attribute.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum AttributeRelevance {
    /// Whether it is there.
    Presence,
    /// What it holds.
    Value,
}

/// What the selectors of all sheets ask for: the part of an element that its signature holds.
#[derive(Clone, Debug, Default)]
pub(crate) struct RelevantFeatures {
    pub(crate) ids: FxHashSet<Atom>,
    pub(crate) classes: FxHashSet<Atom>,
    pub(crate) attributes: FxHashMap<LocalName, AttributeRelevance>,
    pub(crate) states: ElementState,
    /// Ids and classes compare without ASCII case: quirks mode.
    pub(crate) ignore_case: bool,
}

/// A class or id as it compares: in quirks mode, in lower case.
pub(crate) fn fold(name: &Atom, ignore_case: bool) -> Cow<'_, Atom> {
    if ignore_case && name.bytes().any(|byte| byte.is_ascii_uppercase()) {
        Cow::Owned(name.to_ascii_lowercase())
    } else {
        Cow::Borrowed(name)
    }
}

/// Adds a name, which is only taken when it is new.
fn insert(names: &mut FxHashSet<Atom>, name: Cow<'_, Atom>) {
    if !names.contains(&*name) {
        names.insert(name.into_owned());
    }
}

impl RelevantFeatures {
    pub(crate) fn add_attribute(&mut self, name: &LocalName, relevance: AttributeRelevance) {
        match self.attributes.get_mut(name) {
            Some(present) => *present = (*present).max(relevance),
            None => {
                self.attributes.insert(name.clone(), relevance);
            }
        }
    }

    pub(crate) fn add_class(&mut self, class: &Atom) {
        insert(&mut self.classes, fold(class, self.ignore_case));
    }

    pub(crate) fn add_id(&mut self, id: &Atom) {
        insert(&mut self.ids, fold(id, self.ignore_case));
    }

    fn class<'a>(&self, class: &'a Atom) -> Option<Cow<'a, Atom>> {
        let class = fold(class, self.ignore_case);
        self.classes.contains(&*class).then_some(class)
    }

    fn id<'a>(&self, id: &'a Atom) -> Option<Cow<'a, Atom>> {
        let id = fold(id, self.ignore_case);
        self.ids.contains(&*id).then_some(id)
    }
}

/// Names a signature of one table.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(crate) struct SignatureId(u32);

impl SignatureId {
    pub(crate) fn index(self) -> usize {
        self.0 as usize
    }
}

/// An attribute that selectors ask for: its name, its namespace, and its value where that matters.
type RelevantAttribute = (LocalName, Namespace, Option<Box<str>>);

/// One signature.
struct Signature {
    parent: Option<SignatureId>,
    name: LocalName,
    namespace: Namespace,
    is_link: bool,
    state: ElementState,
    id: Option<Atom>,
    classes: SmallVec<[Atom; 2]>,
    attributes: SmallVec<[RelevantAttribute; 1]>,
    /// The next signature with the same hash.
    next: Option<SignatureId>,
}

/// All signatures of a document.
#[derive(Default)]
pub(crate) struct SignatureTable {
    signatures: Vec<Signature>,
    by_hash: FxHashMap<u64, SignatureId>,
}

impl SignatureTable {
    #[cfg(test)]
    pub(crate) fn len(&self) -> usize {
        self.signatures.len()
    }

    /// The signature of an element below one of signature `parent`. A new one is numbered next.
    pub(crate) fn intern(
        &mut self,
        parent: Option<SignatureId>,
        element: &ElementData,
        relevant: &RelevantFeatures,
    ) -> SignatureId {
        let is_link = states::is_link(element);
        let state = element.state() & relevant.states;
        let mut hasher = FxHasher::default();
        parent.hash(&mut hasher);
        element.name.local.hash(&mut hasher);
        (is_link, state).hash(&mut hasher);
        let id = element.id().and_then(|id| relevant.id(id));
        id.hash(&mut hasher);
        // Pushed one by one: most elements have one class at most, and collecting is dearer than that.
        let mut classes: SmallVec<[Cow<'_, Atom>; 4]> = SmallVec::new();
        for class in element.classes() {
            if let Some(class) = relevant.class(class) {
                class.hash(&mut hasher);
                classes.push(class);
            }
        }
        let mut attributes: SmallVec<[(&LocalName, &Namespace, Option<&str>); 4]> = SmallVec::new();
        for (name, namespace, value) in relevant_attributes(element, relevant) {
            (name, value).hash(&mut hasher);
            attributes.push((name, namespace, value));
        }
        let hash = hasher.finish();

        let first = self.by_hash.get(&hash).copied();
        let mut at = first;
        while let Some(candidate) = at {
            let signature = &self.signatures[candidate.index()];
            if signature.parent == parent
                && signature.name == element.name.local
                && signature.namespace == element.name.namespace
                && signature.is_link == is_link
                && signature.state == state
                && signature.id.as_ref() == id.as_deref()
                && classes.iter().map(Cow::as_ref).eq(&signature.classes)
                && attributes.iter().copied().eq(signature
                    .attributes
                    .iter()
                    .map(|(name, namespace, value)| (name, namespace, value.as_deref())))
            {
                return candidate;
            }
            at = signature.next;
        }

        let added = SignatureId(u32::try_from(self.signatures.len()).expect("elements have ids of 32 bits"));
        self.signatures.push(Signature {
            parent,
            name: element.name.local.clone(),
            namespace: element.name.namespace.clone(),
            is_link,
            state,
            id: id.map(Cow::into_owned),
            classes: classes.into_iter().map(Cow::into_owned).collect(),
            attributes: attributes
                .into_iter()
                .map(|(name, namespace, value)| (name.clone(), namespace.clone(), value.map(Box::from)))
                .collect(),
            next: first,
        });
        self.by_hash.insert(hash, added);
        added
    }
}

/// The attributes that selectors ask for, with their values where these matter.
fn relevant_attributes<'a>(
    element: &'a ElementData,
    relevant: &'a RelevantFeatures,
) -> impl Iterator<Item = (&'a LocalName, &'a Namespace, Option<&'a str>)> {
    element.attributes().iter().filter_map(|attribute| {
        let relevance = *relevant.attributes.get(&attribute.name.local)?;
        let value = (relevance == AttributeRelevance::Value).then_some(&*attribute.value);
        Some((&attribute.name.local, &attribute.name.namespace, value))
    })
}

/// Whether values of this attribute are mostly different from each other, so that they are no part of a signature;
/// selectors that ask for them are matched for each element instead.
pub(crate) fn has_many_values(attribute: &LocalName) -> bool {
    const MANY: [&str; 16] = [
        "action",
        "alt",
        "content",
        "d",
        "data",
        "for",
        "href",
        "id",
        "name",
        "points",
        "src",
        "srcset",
        "style",
        "title",
        "transform",
        "value",
    ];
    MANY.contains(&&**attribute) || attribute.starts_with("data-") || attribute.starts_with("aria-label")
}
