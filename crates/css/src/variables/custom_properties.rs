//! The computed custom properties of an element.
//! <https://drafts.csswg.org/css-variables-1/#cycles>

use std::sync::Arc;

use fanlight_base::Atom;
use precomputed_hash::PrecomputedHash;
use rustc_hash::{FxHashMap, FxHashSet};

use super::registered::RegisteredProperties;
use super::substitute::{Attributes, Replacements};
use super::token_text::TokenText;
use super::{CustomDeclaration, CustomValue};
use crate::limits;
use crate::properties::CssWideKeyword;
use crate::values::ComputeContext;

/// The computed custom properties of an element. One that is not here has its initial value, which for those that are not
/// registered is guaranteed-invalid.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct CustomProperties {
    /// Sorted by the hash of the name, then by the name.
    entries: Vec<(Atom, TokenText)>,
}

impl CustomProperties {
    fn position(&self, name: &Atom) -> Result<usize, usize> {
        self.entries.binary_search_by(|(entry, _)| {
            entry.precomputed_hash().cmp(&name.precomputed_hash()).then_with(|| entry.cmp(name))
        })
    }

    /// The value of a custom property, by its name with the two dashes.
    pub fn get(&self, name: &Atom) -> Option<&TokenText> {
        self.position(name).ok().map(|index| &self.entries[index].1)
    }

    fn set(&mut self, name: Atom, value: TokenText) {
        match self.position(&name) {
            Ok(index) => self.entries[index].1 = value,
            Err(index) if self.entries.len() < limits::CUSTOM_PROPERTIES => {
                self.entries.insert(index, (name, value))
            }
            Err(_) => {}
        }
    }

    fn remove(&mut self, name: &Atom) {
        if let Ok(index) = self.position(name) {
            self.entries.remove(index);
        }
    }

    /// Whether there is none.
    pub fn is_empty(&self) -> bool {
        self.entries.is_empty()
    }

    /// Names and values, sorted by name.
    pub fn sorted(&self) -> Vec<(&Atom, &str)> {
        let mut all: Vec<(&Atom, &str)> =
            self.entries.iter().map(|(name, text)| (name, &*text.css)).collect();
        all.sort();
        all
    }
}

/// What custom properties are computed in.
pub(crate) struct Surroundings<'a> {
    /// The parent's custom properties.
    pub(crate) parent: &'a Arc<CustomProperties>,
    /// What `@property` says.
    pub(crate) registered: &'a RegisteredProperties,
    /// The element's attributes.
    pub(crate) attributes: &'a dyn Attributes,
    /// What typed values are computed for.
    pub(crate) context: &'a ComputeContext<'a>,
}

impl Surroundings<'_> {
    /// What an element has without declarations of its own: those of its parent that inherit.
    pub(crate) fn inherited(&self) -> Arc<CustomProperties> {
        let inherits = |(name, _): &(Atom, TokenText)| self.registered.inherits(name);
        if !self.registered.any_resets() || self.parent.entries.iter().all(inherits) {
            return self.parent.clone();
        }
        let entries = self.parent.entries.iter().filter(|entry| inherits(entry)).cloned().collect();
        Arc::new(CustomProperties { entries })
    }
}

/// The custom properties of an element, from the declarations that won (a name at most once) and what it inherits.
pub(crate) fn compute_custom_properties<'a>(
    surroundings: &Surroundings<'_>,
    winners: impl Iterator<Item = &'a CustomDeclaration>,
) -> Arc<CustomProperties> {
    let inherited = surroundings.inherited();
    let mut resolver = Resolver {
        surroundings,
        inherited: &inherited,
        computed: None,
        pending: FxHashMap::default(),
        in_progress: Vec::new(),
        cyclic: FxHashSet::default(),
    };
    // Those that refer to others are resolved once all that do not are known.
    let mut order: Vec<Atom> = Vec::new();
    for declaration in winners {
        match &declaration.value {
            CustomValue::CssWide(keyword) => resolver.set_keyword(&declaration.name, *keyword),
            CustomValue::Tokens(text) if text.has_references => {
                order.push(declaration.name.clone());
                resolver.pending.insert(declaration.name.clone(), text.clone());
            }
            CustomValue::Tokens(text) => {
                let Surroundings { registered, context, .. } = surroundings;
                let value = registered.computed(&declaration.name, text, context);
                resolver.set(&declaration.name, value);
            }
        }
    }
    for name in &order {
        resolver.resolve(name, 0);
    }
    resolver.computed.map_or(inherited, Arc::new)
}

struct Resolver<'a> {
    surroundings: &'a Surroundings<'a>,
    inherited: &'a Arc<CustomProperties>,
    /// The properties of the element, once something is not as it is inherited.
    computed: Option<CustomProperties>,
    pending: FxHashMap<Atom, TokenText>,
    in_progress: Vec<Atom>,
    cyclic: FxHashSet<Atom>,
}

impl Resolver<'_> {
    fn current(&self) -> &CustomProperties {
        self.computed.as_ref().unwrap_or(self.inherited)
    }

    fn current_mut(&mut self) -> &mut CustomProperties {
        self.computed.get_or_insert_with(|| (**self.inherited).clone())
    }

    /// Sets a property; what is `None` is invalid at computed-value time.
    /// <https://drafts.csswg.org/css-variables-1/#invalid-at-computed-value-time>
    fn set(&mut self, name: &Atom, value: Option<TokenText>) {
        match value {
            Some(value) if self.current().get(name) == Some(&value) => {}
            Some(value) => self.current_mut().set(name.clone(), value),
            // A typed property is `unset` then; any other is guaranteed-invalid.
            None if self.surroundings.registered.is_typed(name) => {
                self.set_keyword(name, CssWideKeyword::Unset);
            }
            None => self.remove(name),
        }
    }

    fn remove(&mut self, name: &Atom) {
        if self.current().get(name).is_some() {
            self.current_mut().remove(name);
        }
    }

    fn set_keyword(&mut self, name: &Atom, keyword: CssWideKeyword) {
        let registered = self.surroundings.registered;
        let inherits = match keyword {
            CssWideKeyword::Initial => false,
            CssWideKeyword::Inherit => true,
            // `revert` has been resolved by the cascade where it is declared, and can only mean the same here.
            CssWideKeyword::Unset | CssWideKeyword::Revert | CssWideKeyword::RevertLayer => {
                registered.inherits(name)
            }
        };
        let value = if inherits { self.surroundings.parent.get(name) } else { None };
        match value.cloned() {
            Some(value) if self.current().get(name) != Some(&value) => {
                self.current_mut().set(name.clone(), value)
            }
            Some(_) => {}
            None => self.remove(name),
        }
    }

    /// Resolves a property and those that it refers to, depth first; the depth is limited.
    fn resolve(&mut self, name: &Atom, depth: usize) {
        if let Some(start) = self.in_progress.iter().position(|other| other == name) {
            self.cyclic.extend(self.in_progress[start..].iter().cloned());
            return;
        }
        let Some(text) = self.pending.remove(name) else { return };
        self.in_progress.push(name.clone());
        if depth < limits::SUBSTITUTION_DEPTH {
            let mut references = Vec::new();
            text.for_each_variable(self.surroundings.attributes, &mut |name| references.push(name));
            for reference in references {
                self.resolve(&reference, depth + 1);
            }
        }
        self.in_progress.pop();
        let value = if self.cyclic.contains(name) || depth >= limits::SUBSTITUTION_DEPTH {
            None
        } else {
            text.substitute(&Replacements {
                variables: self.current(),
                registered: self.surroundings.registered,
                attributes: self.surroundings.attributes,
            })
        };
        if let Some(keyword) = value.as_ref().and_then(|value| CssWideKeyword::from_keyword(&value.css)) {
            return self.set_keyword(name, keyword);
        }
        let Surroundings { registered, context, .. } = self.surroundings;
        let value = value.and_then(|value| registered.computed(name, &value, context));
        self.set(name, value);
    }
}
