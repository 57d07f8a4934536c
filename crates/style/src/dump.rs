//! The `style` dump: each element's computed values, and on request where each comes from.

use std::fmt::Write as _;

use fanlight_base::{Dump, SourceLocation, TreeWriter};
use fanlight_css::properties::{ComputedStyle, LonghandId};
use fanlight_dom::NodeId;

use crate::matching::PSEUDO_ELEMENTS;
use crate::style_map::{Label, StyleMap, Styled};
use crate::why::{Explained, Explanation, Origin};

/// What a dump of styles shows.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct StyleDumpOptions {
    /// Every property, and not only those that differ from their initial value.
    pub all: bool,
    /// For each value the declaration that won, what it overrode, or whom it is inherited from.
    pub why: bool,
}

/// A dump of styles with options; [`StyleMap`] itself dumps without.
#[derive(Clone, Copy, Debug)]
pub struct StyleDump<'a> {
    /// The styles.
    pub styles: &'a StyleMap,
    /// What is shown.
    pub options: StyleDumpOptions,
}

impl Dump for StyleMap {
    fn dump(&self, tree: &mut TreeWriter) {
        StyleDump { styles: self, options: StyleDumpOptions::default() }.dump(tree);
    }
}

impl Dump for StyleDump<'_> {
    fn dump(&self, tree: &mut TreeWriter) {
        let initial = ComputedStyle::undeclared();
        let locations: Vec<Option<SourceLocation>> = if self.options.why {
            self.styles.order.iter().map(|label| self.styles.location_of(label)).collect()
        } else {
            vec![None; self.styles.order.len()]
        };
        let mut above: Vec<Ancestor<'_>> = Vec::new();
        for (label, location) in self.styles.order.iter().zip(&locations) {
            while above.len() > label.depth as usize {
                above.pop();
                tree.close();
            }
            let line = element_line(label);
            tree.open_line("element", format_args!("{line}"), |fields| {
                fields.add("node", label.node.index() as u64);
                fields.add("name", &*label.name);
                if let Some(id) = &label.id {
                    fields.add("id", &**id);
                }
            });
            let Some(styled) = self.styles.styled(label.node) else {
                above.push((label, None));
                continue;
            };
            let explained =
                self.options.why.then(|| Explained::new(&self.styles.data, styled, location.as_ref()));
            above.push((label, explained));
            self.properties(tree, styled, initial, &above);
            self.pseudos(tree, label.node, initial, &mut above);
        }
        for _ in above {
            tree.close();
        }
    }
}

fn element_line(label: &Label) -> String {
    let mut line = format!("{} {}", label.name, label.node);
    if let Some(id) = &label.id {
        let _ = write!(line, " id={id}"); // Writing to a String cannot fail.
    }
    line
}

/// An element with what is known of its values' origins.
type Ancestor<'a> = (&'a Label, Option<Explained<'a>>);

impl<'a> StyleDump<'a> {
    fn pseudos<'s>(
        &self,
        tree: &mut TreeWriter,
        node: NodeId,
        initial: &ComputedStyle,
        above: &mut Vec<Ancestor<'s>>,
    ) where
        'a: 's,
    {
        for (index, styled) in self.styles.styled_pseudos(node) {
            // What follows from a first line around is told there.
            let Some(pseudo) = PSEUDO_ELEMENTS.get(*index) else { continue };
            tree.open_line("pseudo-element", format_args!("::{}", pseudo.name()), |fields| {
                fields.add("name", pseudo.name());
            });
            let explained = self.options.why.then(|| Explained::new(&self.styles.data, styled, None));
            let label = above[above.len() - 1].0;
            above.push((label, explained));
            self.properties(tree, styled, initial, above);
            above.pop();
            tree.close();
        }
    }

    /// The properties of the element that `above` ends with.
    fn properties(
        &self,
        tree: &mut TreeWriter,
        styled: &Styled,
        initial: &ComputedStyle,
        above: &[Ancestor<'_>],
    ) {
        let mut value = String::new();
        for id in LonghandId::physical() {
            if !self.options.all && styled.style.is_same(initial, id) {
                continue;
            }
            value.clear();
            styled.style.write_value(id, &mut value);
            let explanation =
                self.options.why.then(|| explain(|explained| explained.get(id), id.is_inherited(), above));
            property(tree, id.name(), &value, explanation.as_ref());
        }
        for (name, value) in styled.style.custom.sorted() {
            let inherits = self.styles.data.registered.inherits(name);
            let explanation =
                self.options.why.then(|| explain(|explained| explained.get_custom(name), inherits, above));
            property(tree, name, value, explanation.as_ref());
        }
    }
}

/// Where a value comes from, and of which element above where it is inherited.
struct Answer<'a> {
    explanation: Option<&'a Explanation<'a>>,
    inherited_from: Option<&'a Label>,
}

/// Looks for the declaration that a value comes from: `get` finds the element's own, and `is_inherited` says whether to look
/// further up without one.
fn explain<'a>(
    get: impl Fn(&'a Explained<'a>) -> Option<&'a Explanation<'a>>,
    is_inherited: bool,
    above: &'a [Ancestor<'a>],
) -> Answer<'a> {
    for (distance, (label, explained)) in above.iter().rev().enumerate() {
        let explanation = explained.as_ref().and_then(&get);
        let inherited_from = (distance > 0).then_some(*label);
        match explanation {
            Some(explanation) if !explanation.inherits => {
                return Answer { explanation: Some(explanation), inherited_from };
            }
            Some(_) => {}
            None if !is_inherited => break,
            None => {}
        }
    }
    Answer { explanation: None, inherited_from: None }
}

fn property(tree: &mut TreeWriter, name: &str, value: &str, answer: Option<&Answer<'_>>) {
    let mut line = format!("{name}: {value}");
    if let Some(answer) = answer {
        // Writing to a String cannot fail.
        let _ = match answer.explanation {
            Some(explanation) => write!(line, "  <- {}", explanation.winner),
            None => write!(line, "  <- initial value"),
        };
        if let Some(label) = answer.inherited_from {
            let _ = write!(line, ", inherited from {}", element_line(label));
        }
    }
    tree.open_line("property", format_args!("{line}"), |fields| {
        fields.add("name", name);
        fields.add("value", value);
        if let Some(answer) = answer {
            if let Some(explanation) = answer.explanation {
                origin_fields(&explanation.winner, fields);
            }
            if let Some(label) = answer.inherited_from {
                fields.add("inherited_from", label.node.index() as u64);
            }
        }
    });
    if let Some(explanation) = answer.and_then(|answer| answer.explanation) {
        for overridden in &explanation.overridden {
            tree.leaf_line("overrode", format_args!("overrode {overridden}"), |fields| {
                origin_fields(overridden, fields);
            });
        }
    }
    tree.close();
}

fn origin_fields(origin: &Origin<'_>, fields: &mut fanlight_base::dump::Fields<'_>) {
    fields.add("declared", &*origin.text());
    fields.add("origin", origin.level_name());
    if let Some(location) = origin.location() {
        fields.add("source", &*location.source);
        fields.add("line", location.line);
        fields.add("column", location.column);
    }
    if let Some(selector) = origin.selector() {
        fields.add("selector", selector);
    }
}
