//! The rules of a sheet.
//! <https://drafts.csswg.org/cssom/#css-rules>

use std::sync::Arc;

use cssparser::Token;
use fanlight_base::{Atom, Namespace};
use smallvec::SmallVec;

use super::{CounterStyleRule, FontFaceRule, FontFeatureValuesRule, KeyframesRule, PageRule, PropertyRule};
use crate::container::ContainerCondition;
use crate::media::{Device, MediaList};
use crate::properties::{DeclarationBlock, SourcePosition};
use crate::selectors::SelectorList;
use crate::supports::SupportsCondition;
use crate::syntax::error::invalid_value;
use crate::syntax::serialize::write_identifier;
use crate::syntax::{CssResult, Parser, ToCss};
use crate::values::identifier::is_reserved;
use crate::values::url::CssUrl;

/// A rule.
#[derive(Clone, Debug)]
pub enum Rule {
    /// A style rule.
    Style(StyleRule),
    /// Declarations that stand after a nested rule, or in a group rule inside of a style rule.
    NestedDeclarations(NestedDeclarationsRule),
    /// `@media`
    Media(MediaRule),
    /// `@supports`
    Supports(SupportsRule),
    /// `@container`
    Container(ContainerRule),
    /// `@scope`
    Scope(ScopeRule),
    /// `@layer` with a block
    LayerBlock(LayerBlockRule),
    /// `@layer` without a block
    LayerStatement(LayerStatementRule),
    /// `@import`
    Import(ImportRule),
    /// `@namespace`
    Namespace(NamespaceRule),
    /// `@font-face`
    FontFace(Arc<FontFaceRule>),
    /// `@font-feature-values`
    FontFeatureValues(Arc<FontFeatureValuesRule>),
    /// `@keyframes`
    Keyframes(Arc<KeyframesRule>),
    /// `@page`
    Page(Arc<PageRule>),
    /// `@counter-style`
    CounterStyle(Arc<CounterStyleRule>),
    /// `@property`
    Property(Arc<PropertyRule>),
}

/// A style rule.
/// <https://drafts.csswg.org/css-nesting-1/>
#[derive(Clone, Debug)]
pub struct StyleRule {
    /// Where it stands.
    pub position: SourcePosition,
    /// The selectors as they were written; those of a nested rule have `&` in them. [`StyleRule::resolved_selectors`] is what
    /// matches.
    pub selectors: SelectorList,
    /// The declarations before the first nested rule.
    pub block: Arc<DeclarationBlock>,
    /// What is nested.
    pub rules: Vec<Rule>,
}

impl StyleRule {
    /// The selectors with `&` replaced by those of the style rule that this one is nested in; `None` where there is none, or
    /// where an `@scope` rule stands between.
    pub fn resolved_selectors(&self, parent: Option<&SelectorList>) -> SelectorList {
        match parent {
            Some(parent) => self.selectors.replace_parent_selector(parent),
            None => self.selectors.clone(),
        }
    }
}

/// Declarations that are ordered among nested rules. They apply to what the style rule around them selects; directly inside
/// of `@scope`, to the scoping root, as `:where(:scope)` would.
/// <https://drafts.csswg.org/css-nesting-1/#nested-declarations-rule>
#[derive(Clone, Debug)]
pub struct NestedDeclarationsRule {
    /// Where the first declaration stands.
    pub position: SourcePosition,
    /// The declarations.
    pub block: Arc<DeclarationBlock>,
}

/// `@media`
/// <https://drafts.csswg.org/css-conditional-3/#at-media>
#[derive(Clone, Debug)]
pub struct MediaRule {
    /// Where it stands.
    pub position: SourcePosition,
    /// The queries.
    pub queries: MediaList,
    /// The rules that hold where the queries do.
    pub rules: Vec<Rule>,
}

/// `@supports`
/// <https://drafts.csswg.org/css-conditional-3/#at-supports>
#[derive(Clone, Debug)]
pub struct SupportsRule {
    /// Where it stands.
    pub position: SourcePosition,
    /// The query.
    pub condition: SupportsCondition,
    /// Its answer.
    pub is_supported: bool,
    /// The rules that hold where the answer is yes.
    pub rules: Vec<Rule>,
}

/// `@container`
/// <https://drafts.csswg.org/css-conditional-5/#container-rule>
#[derive(Clone, Debug)]
pub struct ContainerRule {
    /// Where it stands.
    pub position: SourcePosition,
    /// The queries, of which one must hold.
    pub conditions: Vec<ContainerCondition>,
    /// The rules.
    pub rules: Vec<Rule>,
}

/// `@scope`
/// <https://drafts.csswg.org/css-cascade-6/#scope-atrule>
#[derive(Clone, Debug)]
pub struct ScopeRule {
    /// Where it stands.
    pub position: SourcePosition,
    /// Where scopes begin; `None` is the parent of the element that owns the sheet. `&` in it stands for the style rule around.
    pub start: Option<SelectorList>,
    /// Where they end; relative to where they begin.
    pub end: Option<SelectorList>,
    /// The rules. Their selectors are relative to `:scope`.
    pub rules: Vec<Rule>,
}

/// The name of a cascade layer: its parts between dots.
/// <https://drafts.csswg.org/css-cascade-5/#typedef-layer-name>
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct LayerName(pub SmallVec<[Atom; 1]>);

impl LayerName {
    pub(super) fn parse(input: &mut Parser<'_>) -> CssResult<Self> {
        let mut parts = SmallVec::new();
        input.skip_whitespace();
        loop {
            // No blanks around the dots.
            match input.next_including_whitespace()? {
                Token::Ident(part) if !is_reserved_in_layers(part) => parts.push(Atom::from(&**part)),
                _ => return Err(invalid_value()),
            }
            let dot = input.try_parse(|input| match input.next_including_whitespace() {
                Ok(Token::Delim('.')) => Ok(()),
                _ => Err(()),
            });
            if dot.is_err() {
                return Ok(LayerName(parts));
            }
        }
    }
}

/// CSS-wide keywords, but not `default`.
fn is_reserved_in_layers(word: &str) -> bool {
    is_reserved(word) && !word.eq_ignore_ascii_case("default")
}

impl ToCss for LayerName {
    fn to_css(&self, out: &mut String) {
        for (index, part) in self.0.iter().enumerate() {
            if index > 0 {
                out.push('.');
            }
            write_identifier(part, out);
        }
    }
}

/// `@layer` with a block.
/// <https://drafts.csswg.org/css-cascade-5/#at-layer>
#[derive(Clone, Debug)]
pub struct LayerBlockRule {
    /// Where it stands.
    pub position: SourcePosition,
    /// The layer; without a name it is one of its own.
    pub name: Option<LayerName>,
    /// The rules in the layer.
    pub rules: Vec<Rule>,
}

/// `@layer a, b;`
#[derive(Clone, Debug)]
pub struct LayerStatementRule {
    /// Where it stands.
    pub position: SourcePosition,
    /// The layers in their order.
    pub names: Vec<LayerName>,
}

/// The layer that a sheet is imported into.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum ImportLayer {
    /// `layer`: one of its own.
    Anonymous,
    /// `layer(name)`
    Named(LayerName),
}

/// `@import`
/// <https://drafts.csswg.org/css-cascade-5/#at-import>
#[derive(Clone, Debug)]
pub struct ImportRule {
    /// Where it stands.
    pub position: SourcePosition,
    /// The sheet.
    pub url: CssUrl,
    /// The layer that its rules are in.
    pub layer: Option<ImportLayer>,
    /// The feature query, with its answer.
    pub supports: Option<(SupportsCondition, bool)>,
    /// The media queries.
    pub media: MediaList,
}

impl ImportRule {
    /// Whether the sheet is to be fetched at all: it has a URL, and its feature query is answered with yes. Media queries do not
    /// keep a sheet from being fetched: their answers change.
    pub fn is_wanted(&self) -> bool {
        self.url.resolved.is_some() && self.supports.as_ref().is_none_or(|(_, is_supported)| *is_supported)
    }

    /// Whether the imported rules hold on a device.
    pub fn applies(&self, device: &Device) -> bool {
        self.is_wanted() && self.media.matches(device)
    }
}

/// `@namespace`
/// <https://drafts.csswg.org/css-namespaces-3/#declaration>
#[derive(Clone, Debug)]
pub struct NamespaceRule {
    /// Where it stands.
    pub position: SourcePosition,
    /// The prefix; `None` for the default namespace.
    pub prefix: Option<Atom>,
    /// The namespace.
    pub namespace: Namespace,
}

impl Rule {
    /// Where the rule stands.
    pub fn position(&self) -> SourcePosition {
        match self {
            Rule::Style(rule) => rule.position,
            Rule::NestedDeclarations(rule) => rule.position,
            Rule::Media(rule) => rule.position,
            Rule::Supports(rule) => rule.position,
            Rule::Container(rule) => rule.position,
            Rule::Scope(rule) => rule.position,
            Rule::LayerBlock(rule) => rule.position,
            Rule::LayerStatement(rule) => rule.position,
            Rule::Import(rule) => rule.position,
            Rule::Namespace(rule) => rule.position,
            Rule::FontFace(rule) => rule.position,
            Rule::FontFeatureValues(rule) => rule.position,
            Rule::Keyframes(rule) => rule.position,
            Rule::Page(rule) => rule.position,
            Rule::CounterStyle(rule) => rule.position,
            Rule::Property(rule) => rule.position,
        }
    }

    /// The rules inside of this one.
    pub fn rules(&self) -> &[Rule] {
        match self {
            Rule::Style(rule) => &rule.rules,
            Rule::Media(rule) => &rule.rules,
            Rule::Supports(rule) => &rule.rules,
            Rule::Container(rule) => &rule.rules,
            Rule::Scope(rule) => &rule.rules,
            Rule::LayerBlock(rule) => &rule.rules,
            _ => &[],
        }
    }

    /// The kind of rule, for dumps.
    pub const fn kind(&self) -> &'static str {
        match self {
            Rule::Style(_) => "style",
            Rule::NestedDeclarations(_) => "nested-declarations",
            Rule::Media(_) => "media",
            Rule::Supports(_) => "supports",
            Rule::Container(_) => "container",
            Rule::Scope(_) => "scope",
            Rule::LayerBlock(_) => "layer-block",
            Rule::LayerStatement(_) => "layer-statement",
            Rule::Import(_) => "import",
            Rule::Namespace(_) => "namespace",
            Rule::FontFace(_) => "font-face",
            Rule::FontFeatureValues(_) => "font-feature-values",
            Rule::Keyframes(_) => "keyframes",
            Rule::Page(_) => "page",
            Rule::CounterStyle(_) => "counter-style",
            Rule::Property(_) => "property",
        }
    }
}
