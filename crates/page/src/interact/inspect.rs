//! Why an element looks as it does: its box, its winning declarations, and its line in each dump.

use fanlight_base::geometry::{CssPoint, CssRect};
use fanlight_base::{DumpFormat, LayoutUnit, Observer, Sides, Stage, TreeWriter};
use fanlight_css::properties::boxes::ContentVisibility;
use fanlight_dom::{Document, NodeId};
use fanlight_layout::LayoutTree;
use fanlight_layout::geometry::ElementBoxes;
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
    /// The element.
    pub node: NodeId,
    /// The bounds of its border boxes from the document's origin, in CSS px, after transforms.
    pub border_box: CssRect,
    /// Used margins, in CSS px.
    pub margin: Sides<LayoutUnit>,
    /// Border widths, in CSS px.
    pub border: Sides<LayoutUnit>,
    /// Padding, in CSS px.
    pub padding: Sides<LayoutUnit>,
    /// The declarations that won, in the order of their properties' names.
    pub declarations: Vec<WinningDeclaration>,
    /// Its lines in the dump of each stage that has any.
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

/// How many lines of one dump are shown: an inline element may have thousands of boxes.
const MAX_LINES: usize = 8;

impl Page {
    /// The element at a place of the viewport, in CSS px.
    pub fn element_at(&mut self, point: CssPoint, observer: &dyn Observer) -> Option<NodeId> {
        let node = self.node_at(point, observer)?;
        nearest_element(self.document(), node)
    }

    /// What there is to say about an element; nothing where it has no box.
    pub fn inspect(&mut self, element: NodeId, observer: &dyn Observer) -> Option<Inspection> {
        self.update(Stage::Layout, observer);
        let boxes = ElementBoxes::new(self.pipeline.layout.as_ref()?);
        let found = boxes.get(element)?;
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
            node: element,
            border_box: found.bounds,
            margin: found.margin,
            border: found.border,
            padding: found.padding,
            declarations,
            dump_lines: self.dump_lines(element, observer),
        })
    }

    /// The border box of an element in CSS px of the viewport, as it is scrolled now.
    pub fn border_box_in_viewport(&mut self, element: NodeId, observer: &dyn Observer) -> Option<CssRect> {
        let scrolled = self.scrolled_away(element);
        Some(self.border_box(element, observer)?.translate(-scrolled))
    }

    fn dump_lines(&mut self, element: NodeId, observer: &dyn Observer) -> Vec<(Stage, String)> {
        self.update_with_frames(observer);
        self.update(Stage::Composite, observer);
        // What an element draws may be its text alone.
        let text =
            self.document().children(element).filter(|&child| self.document().node(child).text().is_some());
        let nodes: Vec<String> = std::iter::once(element).chain(text).map(|node| node.to_string()).collect();
        let mut lines = Vec::new();
        for stage in [Stage::Dom, Stage::Style, Stage::Layout, Stage::Paint, Stage::Composite] {
            let mut tree = TreeWriter::new(DumpFormat::Text);
            match stage {
                Stage::Dom => self.document().dump_node(element, &mut tree),
                Stage::Layout => {
                    if let Some(layout) = &self.pipeline.layout {
                        layout.dump_boxes_of(element, &mut tree);
                    }
                }
                // These name the node in every line that is about it.
                _ => {
                    let dump = self.dump(Artefact::Stage(stage), DumpFormat::Text, observer);
                    lines.extend(lines_about(&dump, &nodes).map(|line| (stage, line.to_owned())));
                    continue;
                }
            }
            let dump = tree.finish();
            let own = dump.lines().map(|line| (stage, line.trim_start_matches("| ").trim().to_owned()));
            lines.extend(own.take(MAX_LINES));
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
        let has_box = |layout: &LayoutTree| layout.boxes.box_of(node).is_some();
        self.pipeline.layout.as_ref().is_some_and(has_box) || self.would_be_rendered(node)
    }

    /// Whether an element is skipped, and would have a box if it were not: it can have the focus all the same.
    /// <https://drafts.csswg.org/css-contain-2/#valdef-content-visibility-auto>
    fn would_be_rendered(&self, node: NodeId) -> bool {
        let Some(around) = self.skipped_by(node) else { return false };
        let Some(resolved) = &self.pipeline.resolved else { return false };
        self.document.inclusive_ancestors(node).take_while(|&node| node != around).all(|node| {
            resolved.styles.get(node).is_some_and(|style| {
                !style.boxes.display.is_none() && style.boxes.content_visibility != ContentVisibility::Hidden
            })
        })
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

/// The lines of a dump that name one of some nodes.
fn lines_about<'a>(dump: &'a str, nodes: &[String]) -> impl Iterator<Item = &'a str> {
    let names_one =
        |line: &&str| line.split([' ', '=', ',', '"']).any(|word| nodes.iter().any(|node| node == word));
    dump.lines().filter(names_one).map(str::trim).take(MAX_LINES)
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
