//! Goes through the sheets of a document, decides which rules hold, and makes them ready for matching.

use std::sync::Arc;

use fanlight_css::counter_styles::CounterStyles;
use fanlight_css::media::Device;
use fanlight_css::properties::DeclarationBlock;
use fanlight_css::selectors::SelectorList;
use fanlight_css::stylesheet::{
    CounterStyleRule, ImportLayer, KeyframesRule, LayerName, Origin, Rule as SheetRule, SheetWithImports,
    Stylesheet,
};
use fanlight_css::syntax::QuirksMode;
use fanlight_dom::NodeId;
use selectors::parser::AncestorHashes;

use super::layers::{LayerId, LayerTree};
use super::{CascadeData, Keyframes, Level, Priority, Rule};
use crate::matching::scope::{Scope, ScopeStart};

/// Makes the rules of all sheets that hold on a device ready for matching, after those that `data` has, which are of lower
/// origins. Sheets of one origin are in the order of the document; the origins come in any order.
pub(crate) fn collect<'a>(
    mut data: CascadeData,
    sheets: impl Iterator<Item = (&'a SheetWithImports, Option<NodeId>)> + Clone,
    device: &Device,
    quirks: QuirksMode,
) -> CascadeData {
    // The sheets of lower origins define none: what browsers know by themselves is predefined elsewhere.
    let mut counter_styles = Vec::new();
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
            keyframes: Vec::new(),
            counter_styles: Vec::new(),
            data: &mut data,
            owner_parent: None,
            sheet: 0,
        };
        for (sheet, owner_parent) in sheets.clone().filter(|(sheet, _)| sheet.sheet.origin == origin) {
            collector.owner_parent = owner_parent;
            collector.sheet(sheet, LayerId::NONE);
        }
        counter_styles.extend(collector.finish());
    }
    data.counter_styles = CounterStyles::new(counter_styles.iter().map(|rule| &**rule));
    data
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
    keyframes: Vec<(LayerId, Arc<KeyframesRule>)>,
    counter_styles: Vec<(LayerId, Arc<CounterStyleRule>)>,
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
                self.rule(rule, Around { parent: None, scope: None, layer });
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
            SheetRule::CounterStyle(rule) => self.counter_styles.push((around.layer, rule.clone())),
            SheetRule::Keyframes(rule) => self.keyframes.push((around.layer, rule.clone())),
            // FIXME: container queries need the sizes of containers, which layout knows; until it tells them, no size
            // query holds.
            SheetRule::Container(_) => {}
            // FIXME: registered custom properties compute like others.
            SheetRule::Property(_) => {}
            SheetRule::Import(_) | SheetRule::Namespace(_) | SheetRule::Page(_) | SheetRule::FontFace(_) => {}
        }
    }

    fn style(&mut self, selectors: &SelectorList, block: &Arc<DeclarationBlock>, around: Around<'_>) {
        if block.is_empty() {
            return;
        }
        for selector in selectors.slice() {
            let rule = Rule {
                selector: selector.clone(),
                hashes: AncestorHashes::new(selector, self.quirks),
                priority: Priority { level: self.level, layer: 0, specificity: selector.specificity() },
                scope: around.scope.cloned(),
                same_for_signature: false,
                block: block.clone(),
                sheet: self.sheet,
            };
            self.pending.push(Pending { rule, layer: around.layer });
        }
    }

    /// Gives the layers their places, now that all are known. Returns the counter styles in ascending precedence.
    fn finish(mut self) -> impl Iterator<Item = Arc<CounterStyleRule>> {
        let order = self.layers.order();
        for Pending { mut rule, layer } in self.pending {
            rule.priority.layer = order.of(layer);
            self.data.add_rule(rule);
        }
        // Of rules that define one name the last counts, in the order of layers.
        self.keyframes.sort_by_key(|(layer, _)| order.of(*layer));
        for (_, rule) in self.keyframes {
            self.data.keyframes.insert(rule.name.clone(), edges(&rule));
        }
        self.counter_styles.sort_by_key(|(layer, _)| order.of(*layer));
        self.counter_styles.into_iter().map(|(_, rule)| rule)
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
