//! Goes through the sheets of a document, decides which rules hold, and makes them ready for matching.

use std::sync::Arc;

use fanlight_css::counter_styles::CounterStyles;
use fanlight_css::media::Device;
use fanlight_css::properties::DeclarationBlock;
use fanlight_css::selectors::SelectorList;
use fanlight_css::stylesheet::{
    CounterStyleRule, ImportLayer, KeyframesRule, LayerName, Origin, PropertyRule, Rule as SheetRule,
    SheetWithImports, Stylesheet,
};
use fanlight_css::syntax::QuirksMode;
use fanlight_css::variables::RegisteredProperties;
use fanlight_dom::NodeId;
use selectors::parser::AncestorHashes;

use super::layers::{LayerId, LayerTree};
use super::{CascadeData, Keyframes, Level, Priority, Rule};
use crate::containers::ContainerScope;
use crate::matching::scope::{Scope, ScopeStart};

/// Makes the rules of all sheets that hold on a device ready for matching, after those that `data` has, which are of lower
/// origins. Sheets of one origin are in the order of the document; the origins come in any order.
pub(crate) fn collect<'a>(
    mut data: CascadeData,
    sheets: impl Iterator<Item = (&'a SheetWithImports, Option<NodeId>)> + Clone,
    device: &Device,
    quirks: QuirksMode,
) -> CascadeData {
    // The sheets that `data` has define none: what browsers know by themselves is predefined elsewhere.
    let mut definitions = Definitions::default();
    data.relevant.ignore_case = quirks == QuirksMode::Quirks;
    for (origin, level) in
        [(Origin::UserAgent, Level::UserAgent), (Origin::User, Level::User), (Origin::Author, Level::Author)]
    {
        let mut collector = Collector {
            device,
            quirks: match quirks {
                QuirksMode::Quirks => selectors::matching::QuirksMode::Quirks,
                QuirksMode::NoQuirks => selectors::matching::QuirksMode::NoQuirks,
            },
            level,
            layers: LayerTree::new(),
            pending: Vec::new(),
            named: Vec::new(),
            definitions: &mut definitions,
            data: &mut data,
            owner_parent: None,
            sheet: 0,
        };
        for (sheet, owner_parent) in sheets.clone().filter(|(sheet, _)| sheet.sheet.origin == origin) {
            collector.owner_parent = owner_parent;
            collector.sheet(sheet, LayerId::NONE);
        }
        collector.finish();
    }
    data.counter_styles = CounterStyles::new(definitions.counter_styles.iter().map(|rule| &**rule));
    data.registered = RegisteredProperties::new(definitions.properties);
    data
}

/// Rules that define names, of all origins, the last of which count.
#[derive(Default)]
struct Definitions {
    counter_styles: Vec<Arc<CounterStyleRule>>,
    properties: Vec<Arc<PropertyRule>>,
}

/// A rule that defines a name; of several the one in the highest layer counts.
/// <https://drafts.csswg.org/css-cascade-5/#layering>
enum NamedRule {
    Keyframes(Arc<KeyframesRule>),
    CounterStyle(Arc<CounterStyleRule>),
    Property(Arc<PropertyRule>),
}

/// A rule whose layer's place is not known yet.
struct Pending {
    rule: Rule,
    layer: LayerId,
}

struct Collector<'a> {
    device: &'a Device,
    quirks: selectors::matching::QuirksMode,
    level: Level,
    layers: LayerTree,
    pending: Vec<Pending>,
    named: Vec<(LayerId, NamedRule)>,
    definitions: &'a mut Definitions,
    data: &'a mut CascadeData,
    owner_parent: Option<NodeId>,
    sheet: u32,
}

/// What is around a rule.
#[derive(Clone, Copy)]
struct Around<'a> {
    /// The selectors of the style rule around.
    parent: Option<&'a SelectorList>,
    scope: Option<&'a Arc<Scope>>,
    container: Option<&'a Arc<ContainerScope>>,
    layer: LayerId,
}

impl Collector<'_> {
    fn sheet(&mut self, sheet: &SheetWithImports, layer: LayerId) {
        if !sheet.sheet.media.matches(self.device) {
            return;
        }
        let outer_sheet = self.sheet;
        self.sheet = self.name_sheet(&sheet.sheet);
        for (rule, imported) in sheet.rules() {
            if let SheetRule::Import(import) = rule {
                let layer = match &import.layer {
                    None => layer,
                    Some(ImportLayer::Anonymous) => self.layers.anonymous(layer),
                    Some(ImportLayer::Named(name)) => self.layer(layer, name),
                };
                if let Some(imported) = imported
                    && import.applies(self.device)
                {
                    self.sheet(imported, layer);
                }
            } else {
                self.rule(rule, Around { parent: None, scope: None, container: None, layer });
            }
        }
        self.sheet = outer_sheet;
    }

    fn name_sheet(&mut self, sheet: &Stylesheet) -> u32 {
        self.data.sheets.push(sheet.url.clone());
        u32::try_from(self.data.sheets.len() - 1)
            .expect("a document has less than four thousand million sheets")
    }

    fn layer(&mut self, parent: LayerId, name: &LayerName) -> LayerId {
        name.0.iter().fold(parent, |parent, part| self.layers.named(parent, part))
    }

    fn rules(&mut self, rules: &[SheetRule], around: Around<'_>) {
        for rule in rules {
            self.rule(rule, around);
        }
    }

    /// Takes a rule. The parser limits how deep rules nest.
    fn rule(&mut self, rule: &SheetRule, around: Around<'_>) {
        match rule {
            SheetRule::Style(rule) => {
                let selectors = rule.resolved_selectors(around.parent);
                self.style(&selectors, &rule.block, around);
                self.rules(&rule.rules, Around { parent: Some(&selectors), ..around });
            }
            SheetRule::NestedDeclarations(rule) => match around.parent {
                Some(parent) => self.style(parent, &rule.block, around),
                None => self.style(&SelectorList::implicit_scope(), &rule.block, around),
            },
            SheetRule::Media(rule) => {
                if rule.queries.matches(self.device) {
                    self.rules(&rule.rules, around);
                }
            }
            SheetRule::Supports(rule) => {
                if rule.is_supported {
                    self.rules(&rule.rules, around);
                }
            }
            SheetRule::Scope(rule) => {
                let replaced = |selectors: &SelectorList| match around.parent {
                    Some(parent) => selectors.replace_parent_selector(parent),
                    None => selectors.clone(),
                };
                let scope = Arc::new(Scope {
                    outer: around.scope.cloned(),
                    start: match &rule.start {
                        Some(start) => ScopeStart::Selectors(replaced(start)),
                        None => ScopeStart::Node(self.owner_parent),
                    },
                    end: rule.end.clone(),
                });
                self.rules(&rule.rules, Around { parent: None, scope: Some(&scope), ..around });
            }
            SheetRule::LayerBlock(rule) => {
                let layer = match &rule.name {
                    Some(name) => self.layer(around.layer, name),
                    None => self.layers.anonymous(around.layer),
                };
                self.rules(&rule.rules, Around { layer, ..around });
            }
            SheetRule::LayerStatement(rule) => {
                for name in &rule.names {
                    self.layer(around.layer, name);
                }
            }
            SheetRule::CounterStyle(rule) => self.name(around, NamedRule::CounterStyle(rule.clone())),
            SheetRule::Keyframes(rule) => self.name(around, NamedRule::Keyframes(rule.clone())),
            SheetRule::Property(rule) => self.name(around, NamedRule::Property(rule.clone())),
            SheetRule::Container(rule) => {
                self.data.container_queries.add(&rule.conditions);
                let container = Arc::new(ContainerScope {
                    outer: around.container.cloned(),
                    conditions: rule.conditions.clone(),
                });
                self.rules(&rule.rules, Around { container: Some(&container), ..around });
            }
            SheetRule::Import(_)
            | SheetRule::Namespace(_)
            | SheetRule::Page(_)
            | SheetRule::FontFace(_)
            | SheetRule::FontFeatureValues(_) => {}
        }
    }

    fn style(&mut self, selectors: &SelectorList, block: &Arc<DeclarationBlock>, around: Around<'_>) {
        if block.is_empty() {
            return;
        }
        for selector in selectors.slice() {
            let block = match selector.pseudo_element() {
                // The user agent's own sheet knows what it does.
                Some(pseudo) if self.level != Level::UserAgent => {
                    block.filtered(|property| pseudo.accepts(property.name()))
                }
                _ => block.clone(),
            };
            let rule = Rule {
                selector: selector.clone(),
                hashes: AncestorHashes::new(selector, self.quirks),
                priority: Priority { level: self.level, layer: 0, specificity: selector.specificity() },
                scope: around.scope.cloned(),
                container: around.container.cloned(),
                same_for_signature: false,
                block,
                sheet: self.sheet,
            };
            self.pending.push(Pending { rule, layer: around.layer });
        }
    }

    fn name(&mut self, around: Around<'_>, rule: NamedRule) {
        self.named.push((around.layer, rule));
    }

    /// Gives the layers their places, now that all are known.
    fn finish(mut self) {
        let order = self.layers.order();
        for Pending { mut rule, layer } in self.pending {
            rule.priority.layer = order.of(layer);
            self.data.add_rule(rule);
        }
        self.named.sort_by_key(|(layer, _)| order.of(*layer));
        for (_, rule) in self.named {
            match rule {
                NamedRule::Keyframes(rule) => {
                    self.data.keyframes.insert(rule.name.clone(), edges(&rule));
                }
                NamedRule::CounterStyle(rule) => self.definitions.counter_styles.push(rule),
                NamedRule::Property(rule) => self.definitions.properties.push(rule),
            }
        }
    }
}

/// What an animation's first and last keyframes declare.
fn edges(rule: &KeyframesRule) -> Keyframes {
    let at = |offset: f32| {
        rule.keyframes
            .iter()
            .filter(|keyframe| keyframe.offsets.contains(&offset))
            .map(|keyframe| keyframe.block.clone())
            .collect()
    };
    Keyframes { from: at(0.0), to: at(1.0) }
}
