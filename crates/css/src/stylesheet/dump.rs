//! The `cssom` dump: sheets with their rules, the rules with specificity and place, and what was dropped.

use fanlight_base::{Diagnostic, Dump, TreeWriter};

use super::rules::Rule;
use super::serialize::write_prelude;
use super::sheets::{SheetList, SheetWithImports};
use crate::selectors::{Selector, SelectorList};
use crate::syntax::ToCss;

/// What the `cssom` dump shows.
pub struct CssomDump<'a> {
    /// The sheets.
    pub sheets: &'a SheetList,
    /// What was dropped.
    pub diagnostics: &'a [Diagnostic],
}

impl Dump for CssomDump<'_> {
    fn dump(&self, tree: &mut TreeWriter) {
        self.sheets.dump(tree);
        for diagnostic in self.diagnostics {
            tree.leaf_line("diagnostic", format_args!("{diagnostic}"), |fields| {
                fields.add("severity", diagnostic.severity.name());
                fields.add("message", diagnostic.message.as_str());
                if let Some(location) = &diagnostic.location {
                    fields.add("source", &*location.source);
                    fields.add("line", location.line);
                    fields.add("column", location.column);
                }
                fields.add_some("hint", diagnostic.hint.as_deref());
            });
        }
    }
}

impl Dump for SheetList {
    fn dump(&self, tree: &mut TreeWriter) {
        for sheet in self.sheets() {
            dump_sheet(sheet, tree);
        }
    }
}

fn dump_sheet(sheet: &SheetWithImports, tree: &mut TreeWriter) {
    let parsed = &sheet.sheet;
    tree.open("stylesheet", |fields| {
        fields.add("origin", parsed.origin.name());
        fields.add("source", &*parsed.url);
        if !parsed.media.is_empty() {
            fields.add("media", parsed.media.to_css_string());
        }
    });
    for (rule, imported) in sheet.rules() {
        open_rule(rule, None, tree);
        if let Some(imported) = imported {
            dump_sheet(imported, tree);
        }
        dump_inner_rules(rule, None, tree);
        tree.close();
    }
    tree.close();
}

/// Writes the rules inside of a rule. The depth of rules is limited when they are parsed.
fn dump_inner_rules(rule: &Rule, parent: Option<&SelectorList>, tree: &mut TreeWriter) {
    let resolved;
    let parent = match rule {
        Rule::Style(style) if !style.rules.is_empty() => {
            resolved = style.resolved_selectors(parent);
            Some(&resolved)
        }
        Rule::Scope(_) => None,
        _ => parent,
    };
    for inner in rule.rules() {
        open_rule(inner, parent, tree);
        dump_inner_rules(inner, parent, tree);
        tree.close();
    }
}

fn open_rule(rule: &Rule, parent: Option<&SelectorList>, tree: &mut TreeWriter) {
    let position = rule.position();
    let mut css = String::new();
    let mut specificities = Vec::new();
    match rule {
        Rule::Style(style) => {
            specificities = style.resolved_selectors(parent).slice().iter().map(specificity).collect();
            write_prelude(rule, &mut css);
            css.push_str(" { ");
            style.block.to_css(&mut css);
            css.push_str(if style.block.is_empty() { "}" } else { " }" });
        }
        Rule::NestedDeclarations(declarations) => {
            let parent = parent.map_or(&[][..], SelectorList::slice);
            // Its own specificity is that of the most specific selector, as `&` has.
            specificities = parent.iter().map(specificity).max().into_iter().collect();
            declarations.block.to_css(&mut css);
        }
        rule if rule.rules().is_empty() => rule.to_css(&mut css),
        rule => write_prelude(rule, &mut css),
    }
    // One line a rule.
    let one_line = css.split('\n').map(str::trim_start).collect::<Vec<_>>().join(" ");
    let shown: String = specificities.iter().map(|(a, b, c)| format!(" ({a},{b},{c})")).collect();
    let line = format_args!("{} {}:{}{shown} {one_line}", rule.kind(), position.line, position.column);
    tree.open_line("rule", line, |fields| {
        fields.add("rule", rule.kind());
        fields.add("line", position.line);
        fields.add("column", position.column);
        if !specificities.is_empty() {
            let all: Vec<Vec<u32>> = specificities.iter().map(|&(a, b, c)| vec![a, b, c]).collect();
            fields.add("specificity", all);
        }
        fields.add("css", css.as_str());
    });
}

/// The specificity of a selector: ids, then classes, attributes and pseudo-classes, then elements and pseudo-elements.
/// <https://drafts.csswg.org/selectors-4/#specificity-rules>
pub fn specificity(selector: &Selector) -> (u32, u32, u32) {
    const PART_BITS: u32 = 10;
    const PART: u32 = (1 << PART_BITS) - 1;
    let packed = selector.specificity();
    ((packed >> (2 * PART_BITS)) & PART, (packed >> PART_BITS) & PART, packed & PART)
}
