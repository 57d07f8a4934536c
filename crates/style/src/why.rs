//! Why an element has a value: which declaration won, where it stands, and what it overrode.
//!
//! Nothing of this is kept for each element: the rules that matched are, and the winners are found again on request.

use std::fmt;

use cssparser::ToCss as _;
use fanlight_base::SourceLocation;
use fanlight_css::properties::cascade::{Cascaded, find_winners};
use fanlight_css::properties::logical::LogicalLonghand;
use fanlight_css::properties::{CssWideKeyword, Declaration, LonghandId, PropertyDeclaration};
use fanlight_css::variables::CustomValue;
use fanlight_dom::NodeId;
use rustc_hash::FxHashMap;

use crate::compute;
use crate::matching::list::{Applied, Source};
use crate::rules::{CascadeData, Level};
use crate::style_map::{StyleMap, Styled};

/// A declaration that applied to an element.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Origin<'a> {
    data: &'a CascadeData,
    applied: &'a Applied,
    declaration: &'a Declaration,
    /// Where the element begins, whose attributes declare things too.
    element: Option<&'a SourceLocation>,
}

impl Origin<'_> {
    /// The declaration as CSS text.
    pub(crate) fn text(&self) -> String {
        let mut text = self.declaration.property.name().to_owned();
        text.push_str(": ");
        self.declaration.property.write_value(&mut text);
        if self.declaration.important {
            text.push_str(" !important");
        }
        text
    }

    /// Whose declaration it is.
    pub(crate) fn level_name(&self) -> &'static str {
        match self.applied.level {
            Level::UserAgent => "user agent",
            Level::User => "user",
            Level::PresentationalHints => "attribute",
            Level::Author => "author",
            Level::StyleAttribute => "style attribute",
            Level::Animation => "animation",
        }
    }

    /// Where it stands: in a sheet, or with the element that has it as an attribute.
    pub(crate) fn location(&self) -> Option<SourceLocation> {
        let rule = match self.applied.source {
            Source::Rule(rule) => rule,
            Source::StyleAttribute | Source::PresentationalHints => return self.element.cloned(),
            Source::Animation => return None,
        };
        let source = self.data.sheet_name(self.data.rule(rule).sheet);
        let position = self.declaration.position;
        Some(SourceLocation { source: source.clone(), line: position.line, column: position.column })
    }

    /// The selector of the rule.
    pub(crate) fn selector(&self) -> Option<String> {
        let Source::Rule(rule) = self.applied.source else { return None };
        Some(self.data.rule(rule).selector.to_css_string())
    }
}

/// `property: value (whose, place, selector)`.
impl fmt::Display for Origin<'_> {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "{} ({}", self.text(), self.level_name())?;
        if let Some(location) = self.location() {
            write!(formatter, " {location}")?;
        }
        if let Some(selector) = self.selector() {
            write!(formatter, " `{selector}`")?;
        }
        formatter.write_str(")")
    }
}

/// Why a property has its value.
#[derive(Clone, Debug)]
pub(crate) struct Explanation<'a> {
    pub(crate) winner: Origin<'a>,
    /// What it overrode, the strongest first.
    pub(crate) overridden: Vec<Origin<'a>>,
    /// Whether the winner only says to inherit.
    pub(crate) inherits: bool,
}

/// The explanations of all properties that something was declared for.
#[derive(Clone, Debug)]
pub(crate) struct Explained<'a> {
    longhands: FxHashMap<LonghandId, Explanation<'a>>,
    custom: FxHashMap<&'a str, Explanation<'a>>,
}

/// What a CSS-wide keyword that has won makes of a value.
fn is_inheriting(keyword: Option<CssWideKeyword>, is_inherited: bool) -> bool {
    match keyword {
        Some(CssWideKeyword::Inherit) => true,
        Some(CssWideKeyword::Unset | CssWideKeyword::Revert | CssWideKeyword::RevertLayer) => is_inherited,
        Some(CssWideKeyword::Initial) | None => false,
    }
}

impl<'a> Explained<'a> {
    /// Finds the winners of an element or pseudo-element again. `element` is where the element begins in its document.
    pub(crate) fn new(
        data: &'a CascadeData,
        styled: &'a Styled,
        element: Option<&'a SourceLocation>,
    ) -> Explained<'a> {
        let ordered = compute::ordered(&styled.applied);
        let declarations: Vec<Cascaded<'_>> = ordered.iter().map(|(_, cascaded)| *cascaded).collect();
        let text = &styled.style.inherited_text;
        let origin = |index: usize| {
            let (entry, place) = ordered[index].0;
            let applied = &styled.applied.entries[entry];
            Origin { data, applied, declaration: &applied.block.declarations()[place], element }
        };
        let mut longhands: FxHashMap<LonghandId, Explanation<'a>> = FxHashMap::default();
        for (id, index) in find_winners(&declarations, text.writing_mode, text.direction).iter() {
            let winner = origin(index);
            let keyword = match winner.declaration.property {
                PropertyDeclaration::CssWide(_, keyword) => Some(keyword),
                _ => None,
            };
            let inherits = is_inheriting(keyword, id.is_inherited());
            longhands.insert(id, Explanation { winner, overridden: Vec::new(), inherits });
        }
        let mut custom: FxHashMap<&'a str, Explanation<'a>> = FxHashMap::default();
        for index in (0..declarations.len()).rev() {
            let origin = origin(index);
            let explanation = match &origin.declaration.property {
                PropertyDeclaration::Custom(property) => {
                    let keyword = match property.value {
                        CustomValue::CssWide(keyword) => Some(keyword),
                        CustomValue::Tokens(_) => None,
                    };
                    let is_inherited = data.registered.inherits(&property.name);
                    let inherits = is_inheriting(keyword, is_inherited);
                    Some(custom.entry(&*property.name).or_insert_with(|| Explanation {
                        winner: origin,
                        overridden: Vec::new(),
                        inherits,
                    }))
                }
                property => property.longhand().and_then(|id| {
                    let physical =
                        |logical: LogicalLonghand| logical.to_physical(text.writing_mode, text.direction);
                    longhands.get_mut(&id.logical().map_or(id, physical))
                }),
            };
            if let Some(explanation) = explanation
                && !std::ptr::eq(explanation.winner.declaration, origin.declaration)
            {
                explanation.overridden.push(origin);
            }
        }
        Explained { longhands, custom }
    }

    /// Why a physical longhand has its value; `None` where nothing was declared.
    pub(crate) fn get(&self, id: LonghandId) -> Option<&Explanation<'a>> {
        self.longhands.get(&id)
    }

    /// Why a custom property has its value; `None` where nothing was declared.
    pub(crate) fn get_custom(&self, name: &str) -> Option<&Explanation<'a>> {
        self.custom.get(name)
    }
}

/// The declaration that won for a property of an element.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Winner {
    /// The property's name.
    pub property: &'static str,
    /// The computed value as CSS text.
    pub value: String,
    /// Whose declaration it is, and where it stands: `author page.css:3:5 p.lead`.
    pub origin: String,
}

/// The declarations that won for an element, in the order of the property table. Nothing without a style.
pub fn winners(styles: &StyleMap, node: NodeId) -> Vec<Winner> {
    let Some(styled) = styles.styled(node) else { return Vec::new() };
    let location = styles.location(node);
    let explained = Explained::new(&styles.data, styled, location.as_ref());
    let winner = |id: LonghandId| {
        let winner = &explained.get(id)?.winner;
        let mut value = String::new();
        styled.style.write_value(id, &mut value);
        let place = winner.location().map(|location| format!(" {location}")).unwrap_or_default();
        let selector = winner.selector().map(|selector| format!(" {selector}")).unwrap_or_default();
        Some(Winner {
            property: id.name(),
            value,
            origin: format!("{}{place}{selector}", winner.level_name()),
        })
    };
    LonghandId::all().filter_map(winner).collect()
}
