//! Why an element looks as it does: its box, its winning declarations, and its line in each dump.

use fanlight_base::dump::to_string;
use fanlight_base::geometry::{CssPoint, CssRect};
use fanlight_base::{DumpFormat, Observer, Stage};
use fanlight_dom::{Document, NodeId};
use fanlight_paint::hit_test;

use fanlight_style::{Winner, winners};

use super::{Cursor, nearest_element};
use crate::dumps::Artefact;
use crate::page::Page;

/// What there is to say about an element.
#[derive(Clone, Debug, PartialEq)]
pub struct Inspection {
    /// The element as a selector: `p#intro.lead`.
    pub label: String,
    /// The bounds of its border boxes from the document's origin, in CSS px.
    pub border_box: CssRect,
    /// The declarations that won, in the order of their properties' names.
    pub declarations: Vec<WinningDeclaration>,
    /// Its line in the dump of each stage that has one.
    pub dump_lines: Vec<(Stage, String)>,
}

/// A declaration that won.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct WinningDeclaration {
    /// The property.
    pub property: String,
    /// The value as it was computed.
    pub value: String,
    /// Where it stands: selector, style sheet, line and column.
    pub origin: String,
}

impl Page {
    /// What there is to say about the element at a place of the viewport, in CSS px.
    pub fn inspect(&mut self, point: CssPoint, observer: &dyn Observer) -> Option<Inspection> {
        let node = self.node_at(point, observer)?;
        let element = nearest_element(self.document(), node)?;
        let border_box = self.border_box(element, observer)?;
        let resolved = self.pipeline.resolved.as_ref()?;
        let declarations = winners(&resolved.styles, element)
            .into_iter()
            .map(|Winner { property, value, origin }| WinningDeclaration {
                property: property.to_owned(),
                value,
                origin,
            })
            .collect();
        Some(Inspection {
            label: label(self.document(), element),
            border_box,
            declarations,
            dump_lines: self.dump_lines(element, observer),
        })
    }

    fn dump_lines(&mut self, node: NodeId, observer: &dyn Observer) -> Vec<(Stage, String)> {
        let name = format!("{node}");
        let mut lines = vec![(Stage::Dom, label(self.document(), node))];
        for stage in [Stage::Layout, Stage::Paint] {
            let dump = match stage {
                Stage::Layout => {
                    self.pipeline.layout.as_ref().map(|layout| to_string(layout, DumpFormat::Text))
                }
                _ => Some(self.dump(Artefact::Stage(stage), DumpFormat::Text, observer)),
            };
            let names_node = |line: &&str| line.split([' ', '=', ',', '"']).any(|word| word == name);
            if let Some(line) = dump.as_deref().unwrap_or_default().lines().find(names_node) {
                lines.push((stage, line.trim().to_owned()));
            }
        }
        lines
    }

    /// The node that is topmost at a place of the viewport, in CSS px; the document element where nothing else is.
    pub(crate) fn node_at(&mut self, point: CssPoint, observer: &dyn Observer) -> Option<NodeId> {
        self.update(Stage::Layout, observer);
        let layout = self.pipeline.layout.as_ref()?;
        let scroll = self.scroll_offsets();
        let content = self.content();
        let input = self.paint_input(&scroll, &content, None);
        let hit = hit_test(layout, &input, point).map(|hit| hit.node);
        hit.or_else(|| self.document().document_element())
    }

    /// The pointer's look that the style of a node asks for; nothing for `auto`.
    pub(super) fn styled_cursor(&self, node: NodeId) -> Option<Cursor> {
        use fanlight_css::properties::inherited_ui::CursorKeyword;
        let element = nearest_element(self.document(), node)?;
        let style = self.pipeline.resolved.as_ref()?.styles.get(element)?;
        match style.inherited_ui.cursor.keyword {
            CursorKeyword::Auto => None,
            CursorKeyword::Pointer => Some(Cursor::Pointer),
            CursorKeyword::Text | CursorKeyword::VerticalText => Some(Cursor::Text),
            _ => Some(Cursor::Default),
        }
    }

    /// Whether an element has a box.
    pub(crate) fn is_rendered(&self, node: NodeId) -> bool {
        self.pipeline.layout.as_ref().is_some_and(|layout| layout.boxes.box_of(node).is_some())
    }

    /// Sets which element the address names.
    pub(crate) fn set_target(&mut self, target: Option<NodeId>) {
        let before = std::mem::replace(&mut self.interaction.target, target);
        for (node, holds) in [(before, false), (target, true)] {
            let Some(node) = node else { continue };
            if let Some(mut state) = self.document.element(node).map(|element| element.state()) {
                state.set(fanlight_dom::ElementState::TARGET, holds);
                self.document.set_state(node, state);
            }
        }
    }

    /// The `<a name>` of a name.
    pub(crate) fn named_anchor(&self, name: &str) -> Option<NodeId> {
        let (a, attribute) =
            (fanlight_base::atoms::local_name!("a"), fanlight_base::atoms::local_name!("name"));
        self.document.descendants(NodeId::DOCUMENT).find(|&node| {
            self.document
                .element(node)
                .is_some_and(|element| element.is_html(&a) && element.attribute(&attribute) == Some(name))
        })
    }
}

/// The element as a selector: name, id, classes.
fn label(document: &Document, node: NodeId) -> String {
    let Some(element) = document.element(node) else { return String::new() };
    let mut label = element.name.local.to_string();
    if let Some(id) = element.id() {
        label.push('#');
        label.push_str(id);
    }
    for class in element.classes() {
        label.push('.');
        label.push_str(class);
    }
    label
}
