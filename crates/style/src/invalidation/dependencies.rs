//! Selectors taken apart into what they depend on.

use bitflags::bitflags;
use fanlight_base::{Atom, LocalName};
use fanlight_css::selectors::SelectorImpl as Impl;
use fanlight_dom::{ElementData, ElementState};
use rustc_hash::{FxHashMap, FxHashSet};
use selectors::parser::{Combinator, Component, RelativeSelector, Selector};

use crate::matching::scope::{Scope, ScopeStart};
use crate::pseudo_class::{self, Reads};
use crate::rules::{Rule, map};

bitflags! {
    /// Where, seen from an element, the elements are that a selector speaks of.
    #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
    pub(crate) struct Direction: u8 {
        /// The element.
        const SELF = 1 << 0;
        /// Elements after it, of the same parent.
        const SIBLINGS = 1 << 1;
        /// Elements below it.
        const DESCENDANTS = 1 << 2;
        /// Elements below those after it.
        const SIBLING_DESCENDANTS = 1 << 3;
        /// Anywhere in the document.
        const DOCUMENT = 1 << 4;
    }
}

impl Direction {
    /// Going in this direction and from there in `next`.
    fn then(self, next: Direction) -> Direction {
        use Direction as D;
        let mut result = Direction::empty();
        for first in self.iter() {
            for second in next.iter() {
                result |= match (first, second) {
                    (D::DOCUMENT, _) | (_, D::DOCUMENT) => D::DOCUMENT,
                    (D::SELF, other) | (other, D::SELF) => other,
                    (D::SIBLINGS, D::SIBLINGS) => D::SIBLINGS,
                    // What is beside or below a descendant is a descendant.
                    (D::DESCENDANTS, _) => D::DESCENDANTS,
                    _ => D::SIBLING_DESCENDANTS,
                };
            }
        }
        result
    }

    fn of_combinator(combinator: Combinator) -> Direction {
        match combinator {
            Combinator::Child | Combinator::Descendant => Direction::DESCENDANTS,
            Combinator::NextSibling | Combinator::LaterSibling => Direction::SIBLINGS,
            Combinator::PseudoElement => Direction::SELF,
            Combinator::SlotAssignment | Combinator::Part => Direction::DOCUMENT,
        }
    }
}

/// From which elements a change is looked at: usually the one that changed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(crate) enum Anchors {
    /// The element that changed.
    Changed,
    /// All elements of its parent: the change is inside `:nth-child(… of …)`.
    AllSiblings,
    /// The elements above it: the change is inside `:has()`.
    Ancestors,
    /// Those, and the elements before it and before them: inside a `:has()` that looks at siblings.
    AncestorsAndPrecedingSiblings,
}

/// What an element must be for a selector to speak of it: the rarest thing that its compound names.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub(crate) enum ElementKey {
    Id(Atom),
    Class(Atom),
    Name(LocalName),
    Any,
}

impl ElementKey {
    /// Whether an element may be meant. Case counts for nothing, so that one answer serves every mode.
    pub(crate) fn may_be(&self, element: &ElementData) -> bool {
        match self {
            ElementKey::Id(id) => element.id().is_some_and(|own| own.eq_ignore_ascii_case(id)),
            ElementKey::Class(class) => element.classes().iter().any(|own| own.eq_ignore_ascii_case(class)),
            ElementKey::Name(name) => element.name.local.eq_ignore_ascii_case(name),
            ElementKey::Any => true,
        }
    }

    fn of_compound<'a>(components: impl Iterator<Item = &'a Component<Impl>>) -> ElementKey {
        let mut key = ElementKey::Any;
        for component in components {
            match component {
                Component::ID(id) => return ElementKey::Id(id.0.clone()),
                Component::Class(class) => key = ElementKey::Class(class.0.clone()),
                Component::LocalName(name) if key == ElementKey::Any => {
                    key = ElementKey::Name(name.name.0.clone());
                }
                _ => {}
            }
        }
        key
    }
}

/// One thing that depends on a feature.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub(crate) struct Dependency {
    /// Where to begin.
    pub(crate) anchors: Anchors,
    /// What an anchor must be.
    pub(crate) anchor: ElementKey,
    /// Where to go from each anchor.
    pub(crate) direction: Direction,
    /// What is affected there.
    pub(crate) subject: ElementKey,
}

/// What can change about an element or about its surroundings.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub(crate) enum Feature {
    Id(Atom),
    Class(Atom),
    Attribute(LocalName),
    State(ElementState),
    /// Whether it is a link.
    Link,
    /// Something that attributes of controls and of what is around them decide: `:disabled`, `:checked`, `:valid` ...
    Form,
    Language,
    Directionality,
    /// Its place among its siblings.
    Position,
    /// Whether it has contents.
    Emptiness,
    /// Which siblings are before those that a sibling combinator speaks of.
    Neighbours,
    /// What is below or beside the anchor of a `:has()`.
    Surroundings,
}

impl Feature {
    /// Having this id. ASCII case counts for nothing: one table serves quirks mode, too.
    pub(crate) fn id(id: &Atom) -> Feature {
        Feature::Id(lower_case(id))
    }

    /// Having this class, likewise.
    pub(crate) fn class(class: &Atom) -> Feature {
        Feature::Class(lower_case(class))
    }
}

fn lower_case(name: &Atom) -> Atom {
    if name.bytes().any(|byte| byte.is_ascii_uppercase()) { name.to_ascii_lowercase() } else { name.clone() }
}

/// All dependencies of all selectors.
#[derive(Clone, Debug, Default)]
pub(crate) struct Dependencies {
    by_feature: FxHashMap<Feature, Vec<Dependency>>,
}

impl Dependencies {
    /// Takes all rules apart.
    pub(crate) fn of(rules: &[Rule]) -> Dependencies {
        let _span = tracing::info_span!("selector dependencies").entered();
        let mut dependencies = Dependencies::default();
        for rule in rules {
            dependencies.add_selector(&rule.selector);
            let mut scope = rule.scope.as_deref();
            while let Some(current) = scope {
                dependencies.add_scope(current, &rule.selector);
                scope = current.outer.as_deref();
            }
        }
        let mut seen = FxHashSet::default();
        for dependencies in dependencies.by_feature.values_mut() {
            seen.clear();
            dependencies.retain(|dependency| seen.insert(dependency.clone()));
        }
        dependencies
    }

    /// What depends on a feature.
    pub(crate) fn on(&self, feature: &Feature) -> &[Dependency] {
        self.by_feature.get(feature).map_or(&[], Vec::as_slice)
    }

    /// Takes the boundaries of an `@scope` apart: where they match decides on a rule for all that is inside.
    fn add_scope(&mut self, scope: &Scope, selector: &Selector<Impl>) {
        let subject = subject_key(selector);
        let outer =
            Outer { anchors: Anchors::Changed, anchor: None, direction: Direction::SELF, subject: &subject };
        let start = match &scope.start {
            ScopeStart::Selectors(start) => start.slice(),
            ScopeStart::Node(_) => &[],
        };
        for boundary in start.iter().chain(scope.end.iter().flat_map(|end| end.slice())) {
            self.add_complex(boundary, outer.anywhere());
        }
    }

    /// Takes a selector apart.
    fn add_selector(&mut self, selector: &Selector<Impl>) {
        let subject = subject_key(selector);
        let outer =
            Outer { anchors: Anchors::Changed, anchor: None, direction: Direction::SELF, subject: &subject };
        self.add_complex(selector, outer);
    }

    fn add(&mut self, feature: Feature, dependency: Dependency) {
        self.by_feature.entry(feature).or_default().push(dependency);
    }

    /// `outer` says how the subject of this selector relates to the elements to be styled.
    fn add_complex(&mut self, selector: &Selector<Impl>, outer: Outer<'_>) {
        let mut direction = Direction::SELF;
        let mut iter = selector.iter();
        loop {
            let compound = iter.clone();
            let here = Outer { direction: direction.then(outer.direction), ..outer };
            for component in iter.by_ref() {
                self.add_component(component, compound.clone(), here);
            }
            let Some(combinator) = iter.next_sequence() else { return };
            direction = Direction::of_combinator(combinator).then(direction);
            if combinator.is_sibling() {
                let here = Outer { direction: direction.then(outer.direction), ..outer };
                self.add(Feature::Neighbours, here.dependency());
            }
        }
    }

    fn add_component<'a>(
        &mut self,
        component: &Component<Impl>,
        compound: impl Iterator<Item = &'a Component<Impl>>,
        outer: Outer<'_>,
    ) {
        let feature = match component {
            Component::ID(id) => Feature::id(&id.0),
            Component::Class(class) => Feature::class(&class.0),
            Component::AttributeInNoNamespaceExists { local_name_lower, local_name, .. } => {
                self.add(Feature::Attribute(local_name.0.clone()), outer.dependency());
                Feature::Attribute(local_name_lower.0.clone())
            }
            Component::AttributeInNoNamespace { local_name, .. } => Feature::Attribute(local_name.0.clone()),
            Component::AttributeOther(attribute) => {
                self.add(Feature::Attribute(attribute.local_name.0.clone()), outer.dependency());
                Feature::Attribute(attribute.local_name_lower.0.clone())
            }
            Component::Empty => Feature::Emptiness,
            Component::Nth(_) => Feature::Position,
            Component::NthOf(data) => {
                self.add(Feature::Position, outer.dependency());
                let inner = Outer { anchors: Anchors::AllSiblings, ..outer };
                for selector in data.selectors() {
                    let simple = outer.anchors == Anchors::Changed
                        && !selector.iter_raw_match_order().any(Component::is_combinator);
                    self.add_complex(selector, if simple { inner } else { outer.anywhere() });
                }
                return;
            }
            Component::NonTSPseudoClass(pseudo_class) => {
                match pseudo_class::reads(pseudo_class) {
                    Reads::Nothing => {}
                    Reads::State(states) => {
                        for state in states.iter() {
                            self.add(Feature::State(state), outer.dependency());
                        }
                    }
                    Reads::Link(states) => {
                        for state in states.iter() {
                            self.add(Feature::State(state), outer.dependency());
                        }
                        self.add(Feature::Link, outer.dependency());
                    }
                    Reads::Attribute(name) => self.add(Feature::Attribute(name), outer.dependency()),
                    Reads::Form => self.add(Feature::Form, outer.dependency()),
                    Reads::Language => self.add(Feature::Language, outer.dependency()),
                    Reads::Directionality => self.add(Feature::Directionality, outer.dependency()),
                }
                return;
            }
            Component::Is(list) | Component::Where(list) | Component::Negation(list) => {
                for selector in list.slice() {
                    self.add_complex(selector, outer);
                }
                return;
            }
            Component::Has(relative) => {
                let anchor = ElementKey::of_compound(compound);
                for relative in relative.iter() {
                    self.add_relative(relative, &anchor, outer);
                }
                return;
            }
            Component::Host(_) | Component::Slotted(_) | Component::Part(_) => return,
            _ => return,
        };
        self.add(feature, outer.dependency());
    }

    fn add_relative(&mut self, relative: &RelativeSelector<Impl>, anchor: &ElementKey, outer: Outer<'_>) {
        let inner = if outer.anchors == Anchors::Changed && !has_nested_combinators(&relative.selector) {
            let looks_at_siblings = relative
                .selector
                .iter_raw_match_order()
                .any(|component| component.as_combinator().is_some_and(|combinator| combinator.is_sibling()));
            let anchors =
                if looks_at_siblings { Anchors::AncestorsAndPrecedingSiblings } else { Anchors::Ancestors };
            Outer { anchors, anchor: Some(anchor), ..outer }
        } else {
            outer.anywhere()
        };
        self.add(Feature::Surroundings, inner.dependency());
        // Wherever in the inner selector a feature stands, the way to the anchor is the one that `anchors` says.
        let mut iter = relative.selector.iter();
        loop {
            let compound = iter.clone();
            for component in iter.by_ref() {
                self.add_component(component, compound.clone(), inner);
            }
            if iter.next_sequence().is_none() {
                return;
            }
        }
    }
}

/// How what is being taken apart relates to the elements to be styled.
#[derive(Clone, Copy)]
struct Outer<'a> {
    anchors: Anchors,
    anchor: Option<&'a ElementKey>,
    direction: Direction,
    subject: &'a ElementKey,
}

impl Outer<'_> {
    fn dependency(self) -> Dependency {
        Dependency {
            anchors: self.anchors,
            anchor: self.anchor.cloned().unwrap_or(ElementKey::Any),
            direction: self.direction,
            subject: self.subject.clone(),
        }
    }

    /// Gives up on where: any element of the document may be affected that the subject may be.
    fn anywhere(self) -> Self {
        Outer { anchors: Anchors::Changed, anchor: None, direction: Direction::DOCUMENT, ..self }
    }
}

/// The key of the elements that a selector styles; for a pseudo-element, those that it belongs to.
fn subject_key(selector: &Selector<Impl>) -> ElementKey {
    ElementKey::of_compound(map::subject(selector))
}

/// Whether a selector has combinators inside `:is()`, `:not()` and the like, through which it can look outside the
/// anchor of the `:has()` that it stands in.
fn has_nested_combinators(selector: &Selector<Impl>) -> bool {
    let complex = |selectors: &[Selector<Impl>]| {
        selectors.iter().any(|selector| {
            selector.iter_raw_match_order().any(Component::is_combinator) || has_nested_combinators(selector)
        })
    };
    selector.iter_raw_match_order().any(|component| match component {
        Component::Is(list) | Component::Where(list) | Component::Negation(list) => complex(list.slice()),
        Component::NthOf(_) | Component::Has(_) => true,
        _ => false,
    })
}
