//! Writing rules. <https://drafts.csswg.org/cssom/#serialize-a-css-rule>

use super::counter_style;
use super::font_face;
use super::font_feature_values;
use super::keyframes::{KeyframesRule, write_name};
use super::page::PageRule;
use super::property::PropertyRule;
use super::rules::{ImportLayer, ImportRule, Rule, ScopeRule, StyleRule};
use crate::properties::DeclarationBlock;
use crate::selectors::SelectorList;
use crate::syntax::serialize::{write_identifier, write_string};
use crate::syntax::{ToCss, write_comma_separated};

impl ToCss for Rule {
    fn to_css(&self, out: &mut String) {
        write_rule(self, 0, out);
    }
}

/// Writes a list of selectors with `, ` between them.
pub fn write_selectors(selectors: &SelectorList, out: &mut String) {
    for (index, selector) in selectors.slice().iter().enumerate() {
        if index > 0 {
            out.push_str(", ");
        }
        let _ = cssparser::ToCss::to_css(selector, out); // Writing to a String cannot fail.
    }
}

/// Starts a line inside of `depth` blocks.
fn new_line(depth: usize, out: &mut String) {
    out.push('\n');
    out.extend(std::iter::repeat_n("  ", depth));
}

/// Writes a rule that stands inside of `depth` blocks; they indent its lines after the first.
fn write_rule(rule: &Rule, depth: usize, out: &mut String) {
    match rule {
        Rule::Style(rule) => write_style(rule, depth, out),
        Rule::NestedDeclarations(rule) => rule.block.to_css(out),
        Rule::LayerStatement(_) | Rule::Import(_) | Rule::Namespace(_) => {
            write_prelude(rule, out);
            out.push(';');
        }
        Rule::FontFace(face) => {
            write_prelude(rule, out);
            write_descriptors(out, |write| font_face::write_descriptors(face, write));
        }
        Rule::FontFeatureValues(values) => {
            write_prelude(rule, out);
            out.push_str(" {");
            font_feature_values::write_blocks(values, out);
            out.push_str(" }");
        }
        Rule::CounterStyle(style) => {
            write_prelude(rule, out);
            write_descriptors(out, |write| counter_style::write_descriptors(style, write));
        }
        Rule::Property(property) => {
            write_prelude(rule, out);
            write_descriptors(out, |write| write_property(property, write));
        }
        Rule::Keyframes(keyframes) => {
            write_prelude(rule, out);
            write_keyframes(keyframes, depth, out);
        }
        Rule::Page(page) => {
            write_prelude(rule, out);
            write_page(page, out);
        }
        Rule::Media(_) | Rule::Supports(_) | Rule::Container(_) | Rule::Scope(_) | Rule::LayerBlock(_) => {
            write_prelude(rule, out);
            out.push_str(" {");
            for inner in rule.rules() {
                new_line(depth + 1, out);
                write_rule(inner, depth + 1, out);
            }
            new_line(depth, out);
            out.push('}');
        }
    }
}

/// Writes what stands before the block or the semicolon of a rule.
pub fn write_prelude(rule: &Rule, out: &mut String) {
    match rule {
        Rule::Style(rule) => write_selectors(&rule.selectors, out),
        Rule::NestedDeclarations(_) => {}
        Rule::Media(rule) => {
            out.push_str("@media");
            if !rule.queries.is_empty() {
                out.push(' ');
                rule.queries.to_css(out);
            }
        }
        Rule::Supports(rule) => {
            out.push_str("@supports ");
            rule.condition.to_css(out);
        }
        Rule::Container(rule) => {
            out.push_str("@container ");
            write_comma_separated(&rule.conditions, out);
        }
        Rule::Scope(rule) => write_scope(rule, out),
        Rule::LayerBlock(rule) => {
            out.push_str("@layer");
            if let Some(name) = &rule.name {
                out.push(' ');
                name.to_css(out);
            }
        }
        Rule::LayerStatement(rule) => {
            out.push_str("@layer ");
            write_comma_separated(&rule.names, out);
        }
        Rule::Import(rule) => write_import(rule, out),
        Rule::Namespace(rule) => {
            out.push_str("@namespace ");
            if let Some(prefix) = &rule.prefix {
                write_identifier(prefix, out);
                out.push(' ');
            }
            out.push_str("url(");
            write_string(&rule.namespace, out);
            out.push(')');
        }
        Rule::FontFace(_) => out.push_str("@font-face"),
        Rule::FontFeatureValues(rule) => {
            out.push_str("@font-feature-values ");
            font_feature_values::write_families(rule, out);
        }
        Rule::Keyframes(rule) => {
            out.push_str("@keyframes ");
            write_name(&rule.name, out);
        }
        Rule::Page(rule) => {
            out.push_str("@page");
            if !rule.selectors.is_empty() {
                out.push(' ');
                write_comma_separated(&rule.selectors, out);
            }
        }
        Rule::CounterStyle(rule) => {
            out.push_str("@counter-style ");
            write_identifier(&rule.name, out);
        }
        Rule::Property(rule) => {
            out.push_str("@property ");
            write_identifier(&rule.name, out);
        }
    }
}

fn write_style(rule: &StyleRule, depth: usize, out: &mut String) {
    write_selectors(&rule.selectors, out);
    out.push_str(" {");
    if rule.rules.is_empty() {
        write_block_end(&rule.block, out);
        return;
    }
    if !rule.block.is_empty() {
        new_line(depth + 1, out);
        rule.block.to_css(out);
    }
    for inner in &rule.rules {
        new_line(depth + 1, out);
        write_rule(inner, depth + 1, out);
    }
    new_line(depth, out);
    out.push('}');
}

/// Writes the declarations after `{` and the brace that closes.
fn write_block_end(block: &DeclarationBlock, out: &mut String) {
    if !block.is_empty() {
        out.push(' ');
        block.to_css(out);
    }
    out.push_str(" }");
}

fn write_scope(rule: &ScopeRule, out: &mut String) {
    out.push_str("@scope");
    if let Some(start) = &rule.start {
        out.push_str(" (");
        write_selectors(start, out);
        out.push(')');
    }
    if let Some(end) = &rule.end {
        out.push_str(" to (");
        write_selectors(end, out);
        out.push(')');
    }
}

fn write_import(rule: &ImportRule, out: &mut String) {
    out.push_str("@import url(");
    write_string(&rule.url.specified, out);
    out.push(')');
    match &rule.layer {
        Some(ImportLayer::Anonymous) => out.push_str(" layer"),
        Some(ImportLayer::Named(name)) => {
            out.push_str(" layer(");
            name.to_css(out);
            out.push(')');
        }
        None => {}
    }
    if let Some((condition, _)) = &rule.supports {
        out.push_str(" supports(");
        condition.to_css(out);
        out.push(')');
    }
    if !rule.media.is_empty() {
        out.push(' ');
        rule.media.to_css(out);
    }
}

/// Writes a block of descriptors, each of which `each` hands to the function that it is given.
fn write_descriptors(out: &mut String, each: impl FnOnce(&mut dyn FnMut(&str, String))) {
    out.push_str(" {");
    each(&mut |name, value| {
        out.push_str(&[" ", name, ": ", &value, ";"].concat());
    });
    out.push_str(" }");
}

fn write_property(rule: &PropertyRule, write: &mut dyn FnMut(&str, String)) {
    let mut syntax = String::new();
    write_string(&rule.syntax.to_css_string(), &mut syntax);
    write("syntax", syntax);
    write("inherits", rule.inherits.to_string());
    if let Some(value) = &rule.initial_value {
        write("initial-value", value.to_css_string());
    }
}

fn write_keyframes(rule: &KeyframesRule, depth: usize, out: &mut String) {
    out.push_str(" {");
    for keyframe in &rule.keyframes {
        new_line(depth + 1, out);
        keyframe.write_selector(out);
        out.push_str(" {");
        write_block_end(&keyframe.block, out);
    }
    new_line(depth, out);
    out.push('}');
}

fn write_page(rule: &PageRule, out: &mut String) {
    out.push_str(" {");
    if let Some(size) = &rule.size {
        out.push_str(&[" size: ", &size.to_css_string(), ";"].concat());
    }
    if let Some(orientation) = rule.orientation {
        out.push_str(&[" page-orientation: ", orientation.as_str(), ";"].concat());
    }
    if !rule.block.is_empty() {
        out.push(' ');
        rule.block.to_css(out);
    }
    for margin in &rule.margins {
        out.push_str(&[" @", margin.name, " {"].concat());
        write_block_end(&margin.block, out);
    }
    out.push_str(" }");
}
