//! The areas of all elements and text nodes, found in one walk over the fragments.

use fanlight_base::geometry::{
    CssPoint, CssRect, CssSize, CssTransform, LayoutPoint, LayoutRect, LayoutSize, LayoutVector,
};
use fanlight_base::{LayoutUnit, Sides};
use fanlight_dom::NodeId;
use rustc_hash::FxHashMap;

use crate::LayoutTree;
use crate::box_tree::{BoxId, BoxKind, BoxSource};
use crate::fragment::{BoxFragment, ContextKind, Fragment, FragmentLink, TextFragment, TextFragmentKind};
use crate::overflow::{self, unite};
use crate::positioned::sticky_shift;
use crate::style::{self, Positioning, transform_matrix};

/// Where an element is. All lengths are CSS px.
#[derive(Clone, Debug)]
pub struct ElementBox {
    /// The bounds of its border boxes from the document's origin, after transforms.
    /// <https://drafts.csswg.org/cssom-view-1/#dom-element-getboundingclientrect>
    pub bounds: CssRect,
    /// The bounds of its border boxes from the document's origin, transforms left out.
    pub untransformed: LayoutRect,
    /// Border widths.
    pub border: Sides<LayoutUnit>,
    /// Padding.
    pub padding: Sides<LayoutUnit>,
    /// Used margins.
    pub margin: Sides<LayoutUnit>,
    /// The scrollable overflow from the border box's corner; of the first fragment.
    pub scrollable_overflow: LayoutRect,
    /// Whether it is an inline box, for which CSSOM View has no client area.
    pub is_inline: bool,
}

/// A text node's part of a line.
#[derive(Clone, Debug, PartialEq)]
pub struct TextLine {
    /// The UTF-8 bytes of the node's text that are on the line.
    pub range: std::ops::Range<u32>,
    /// The bounds from the document's origin, after transforms, as high as the font's ascent and descent.
    pub bounds: CssRect,
}

/// Where every element and every text node is.
#[derive(Debug, Default)]
pub struct ElementBoxes {
    elements: FxHashMap<NodeId, ElementBox>,
    text: FxHashMap<NodeId, Vec<(usize, TextLine)>>,
}

impl ElementBoxes {
    /// Finds them.
    pub fn new(tree: &LayoutTree) -> ElementBoxes {
        let mut found = ElementBoxes::default();
        let mut lines = 0;
        let mut parts = Vec::new();
        let inside = |links: &'_ [FragmentLink], step: Place| -> Vec<(Place, FragmentLink)> {
            links.iter().rev().map(|link| (step, link.clone())).collect()
        };
        let viewport = LayoutRect::from_size(tree.viewport);
        let document = Place { scrollport: viewport, containing_block: viewport, ..Place::default() };
        let mut walk = inside(&tree.root.children, document);
        while let Some((around, link)) = walk.pop() {
            let mut place = Place {
                at: around.at + link.offset.to_vector(),
                origin: around.origin + link.offset.to_vector(),
                ..around
            };
            match &link.fragment {
                Fragment::Line(_) => {
                    lines += 1;
                    place.line = lines;
                }
                // A column is no box of the element: that is around it.
                Fragment::Box(fragment) if fragment.context == ContextKind::Column => {
                    place.content = content_box(fragment);
                }
                Fragment::Box(fragment) => {
                    let computed = tree.boxes.style_of(fragment.style);
                    if style::position(computed) == Positioning::Sticky {
                        let own = LayoutRect::new(place.at, fragment.size);
                        let shift = sticky_shift(computed, own, place.scrollport, place.containing_block);
                        place.at += shift;
                        place.origin += shift;
                    }
                    place.contain(tree, fragment);
                    if let Some(own) = transform_matrix(tree.boxes.style_of(fragment.style), fragment.size) {
                        // From the box's own corner to the document.
                        let (x, y) = (place.origin.x.to_f32(), place.origin.y.to_f32());
                        let placed = own.then(&CssTransform::translation(x, y, 0.0));
                        place.transform = Some(match &around.transform {
                            Some(outer) => placed.then(outer),
                            None => placed,
                        });
                        place.origin = LayoutPoint::default();
                    }
                    found.element(tree, fragment, &link, &place);
                    found.columns(tree, fragment, &place);
                    enclosing_inlines(tree, fragment, link.offset.to_vector(), &around, &mut parts);
                    if style::is_seen_inline(tree.boxes.style_of(fragment.style)) {
                        enclosing_unseen_inlines(tree, fragment, &place, &mut parts);
                    }
                    place.content = content_box(fragment);
                }
                Fragment::Text(text) => found.text(tree, text, &place),
            }
            walk.extend(inside(link.fragment.children(), place));
        }
        for (node, bounds, untransformed) in parts {
            if let Some(known) = found.elements.get_mut(&node) {
                known.bounds = union(known.bounds, bounds);
                known.untransformed = unite(known.untransformed, untransformed);
            }
        }
        found
    }

    fn element(&mut self, tree: &LayoutTree, fragment: &BoxFragment, link: &FragmentLink, place: &Place) {
        let BoxSource::Node(node) = tree.boxes.get(fragment.style.box_id).source else { return };
        let size = fragment.size;
        let bounds = place.bounds(size);
        let untransformed = LayoutRect::new(place.at, size);
        self.elements
            .entry(node)
            .and_modify(|known| {
                known.bounds = union(known.bounds, bounds);
                known.untransformed = unite(known.untransformed, untransformed);
            })
            .or_insert_with(|| ElementBox {
                bounds,
                untransformed,
                border: fragment.border,
                padding: fragment.padding,
                margin: link.margin,
                scrollable_overflow: fragment.scrollable_overflow,
                is_inline: fragment.context == ContextKind::InlineBox,
            });
    }

    /// The columns and column groups of a table, which have areas and no fragments.
    fn columns(&mut self, tree: &LayoutTree, table: &BoxFragment, place: &Place) {
        for (style, area) in table.table().into_iter().flat_map(|table| &table.columns) {
            let BoxSource::Node(node) = tree.boxes.get(style.box_id).source else { continue };
            let corner = area.origin.to_vector();
            let place = Place { at: place.at + corner, origin: place.origin + corner, ..*place };
            self.elements.entry(node).or_insert_with(|| ElementBox {
                bounds: place.bounds(area.size),
                untransformed: LayoutRect::new(place.at, area.size),
                border: Sides::default(),
                padding: Sides::default(),
                margin: Sides::default(),
                scrollable_overflow: LayoutRect::from_size(area.size),
                is_inline: false,
            });
        }
    }

    fn text(&mut self, tree: &LayoutTree, text: &TextFragment, place: &Place) {
        let BoxSource::Node(node) = tree.boxes.get(text.style.box_id).source else { return };
        let bounds = place.bounds(text.size);
        let is_blank = text.kind == TextFragmentKind::Blank;
        let Some(range) = text.dom_range() else {
            let is_break = matches!(tree.boxes.get(text.style.box_id).kind, BoxKind::LineBreak);
            if is_blank || is_break {
                // `<br>`, which in ruby is a space.
                self.elements.entry(node).or_insert_with(|| ElementBox {
                    bounds,
                    untransformed: LayoutRect::new(place.at, text.size),
                    border: Sides::default(),
                    padding: Sides::default(),
                    margin: Sides::default(),
                    scrollable_overflow: LayoutRect::from_size(text.size),
                    is_inline: true,
                });
            }
            return;
        };
        // Tabs have a place on the line, the ends of lines have none.
        let is_tab = is_blank && !bounds.is_empty();
        if text.kind != TextFragmentKind::Normal && !is_tab {
            return;
        }
        let lines = self.text.entry(node).or_default();
        match lines.iter_mut().find(|(line, _)| *line == place.line) {
            Some((_, known)) => {
                known.range = known.range.start.min(range.start)..known.range.end.max(range.end);
                known.bounds = union(known.bounds, bounds);
            }
            None => lines.push((place.line, TextLine { range, bounds })),
        }
    }

    /// Where an element is; nothing where it generates no box.
    pub fn get(&self, node: NodeId) -> Option<&ElementBox> {
        self.elements.get(&node)
    }

    /// The lines of a text node, in the order of its text.
    pub fn lines(&self, node: NodeId) -> Vec<TextLine> {
        let mut lines: Vec<TextLine> = match self.text.get(&node) {
            Some(lines) => lines.iter().map(|(_, line)| line.clone()).collect(),
            None => Vec::new(),
        };
        lines.sort_by_key(|line| line.range.start);
        lines
    }
}

/// The content box, from the border box's corner.
fn content_box(fragment: &BoxFragment) -> LayoutRect {
    let edges = fragment.border + fragment.padding;
    let size =
        LayoutSize::new(fragment.size.width - edges.horizontal(), fragment.size.height - edges.vertical());
    LayoutRect::new(LayoutPoint::new(edges.left, edges.top), size)
}

/// A block-level box in an inline box is a part of the inline box's area: with the anonymous block box around it, which
/// is as long as lines are. <https://drafts.csswg.org/css2/#anonymous-block-level>
fn enclosing_inlines(
    tree: &LayoutTree,
    fragment: &BoxFragment,
    offset: LayoutVector,
    container: &Place,
    parts: &mut Vec<(NodeId, CssRect, LayoutRect)>,
) {
    let computed = tree.boxes.style_of(fragment.style);
    if style::is_inline_level(computed)
        || style::is_floating(computed)
        || computed.boxes.position.is_absolutely_positioned()
    {
        return;
    }
    let around = tree.boxes.ancestors(fragment.style.box_id).map(|id| tree.boxes.get(id));
    for inline in around.take_while(|layout_box| matches!(layout_box.kind, BoxKind::Inline(_))) {
        let BoxSource::Node(node) = inline.source else { continue };
        let mut offset = offset;
        let mut size = fragment.size;
        if style::writing_mode(&inline.style).is_horizontal() {
            offset.x = container.content.origin.x;
            size.width = container.content.size.width;
        } else {
            offset.y = container.content.origin.y;
            size.height = container.content.size.height;
        }
        let anonymous = Place { at: container.at + offset, origin: container.origin + offset, ..*container };
        parts.push((node, anonymous.bounds(size), LayoutRect::new(anonymous.at, size)));
    }
}

/// Where nothing of an inline box is drawn but what it holds, the inline boxes in it that are drawn are a part of its area,
/// as in Chromium. That is so where the boxes directly inside are as high as it, on its baseline, and without margins.
fn enclosing_unseen_inlines(
    tree: &LayoutTree,
    fragment: &BoxFragment,
    place: &Place,
    parts: &mut Vec<(NodeId, CssRect, LayoutRect)>,
) {
    if fragment.context != ContextKind::InlineBox {
        return;
    }
    let around =
        tree.boxes.ancestors(fragment.style.box_id).map(|id| tree.boxes.get(id)).take_while(|layout_box| {
            let BoxKind::Inline(children) = &layout_box.kind else { return false };
            let stands_out = |child: &BoxId| {
                let child = tree.boxes.get(*child);
                matches!(child.kind, BoxKind::Inline(_))
                    && style::stands_out_in(&child.style, &layout_box.style)
            };
            !style::is_seen_inline(&layout_box.style) && !children.iter().any(stands_out)
        });
    for inline in around {
        if let BoxSource::Node(node) = inline.source {
            parts.push((node, place.bounds(fragment.size), LayoutRect::new(place.at, fragment.size)));
        }
    }
}

/// Where a fragment is.
#[derive(Clone, Copy, Default)]
struct Place {
    /// From the document's origin, transforms left out.
    at: LayoutPoint,
    /// From the origin of the nearest transformed box around, else from the document's.
    origin: LayoutPoint,
    /// From there to the document.
    transform: Option<CssTransform>,
    /// What the nearest scroll container shows where nothing is scrolled, from the document's origin.
    scrollport: LayoutRect,
    /// The content box of the nearest box around that is no inline box, from the document's origin.
    containing_block: LayoutRect,
    /// The content box, where it is a box, from the corner of its border box.
    content: LayoutRect,
    line: usize,
}

impl Place {
    /// Takes note of what a box that lies there is for sticky boxes inside.
    fn contain(&mut self, tree: &LayoutTree, fragment: &BoxFragment) {
        let corner = self.at.to_vector();
        if overflow::scrolls(&tree.boxes, fragment.style, fragment.context) {
            self.scrollport = fragment.padding_box().translate(corner);
        }
        if !matches!(fragment.context, ContextKind::InlineBox | ContextKind::TableRow) {
            self.containing_block = content_box(fragment).translate(corner);
        }
    }

    fn bounds(&self, size: LayoutSize) -> CssRect {
        let rect = CssRect::new(
            CssPoint::new(self.origin.x.to_f32(), self.origin.y.to_f32()),
            CssSize::new(size.width.to_f32(), size.height.to_f32()),
        );
        match &self.transform {
            Some(transform) => transform.outer_transformed_rect(&rect).unwrap_or(rect),
            None => rect,
        }
    }
}

/// Bounds of both; what is empty counts only as long as there is nothing else.
fn union(one: CssRect, other: CssRect) -> CssRect {
    if one.is_empty() {
        return other;
    }
    if other.is_empty() {
        return one;
    }
    let left = one.min_x().min(other.min_x());
    let top = one.min_y().min(other.min_y());
    let right = one.max_x().max(other.max_x());
    let bottom = one.max_y().max(other.max_y());
    CssRect::new(CssPoint::new(left, top), CssSize::new(right - left, bottom - top))
}
