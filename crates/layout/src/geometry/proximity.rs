//! Which elements that may skip their contents are near what the viewport shows.
//! <https://drafts.csswg.org/css-contain-2/#proximity-to-the-viewport>

use fanlight_base::geometry::to_css_rect;
use fanlight_base::geometry::{CssPoint, CssRect, CssSize, CssTransform, CssVector, LayoutRect, LayoutSize};
use fanlight_dom::NodeId;
use rustc_hash::{FxHashMap, FxHashSet};

use crate::LayoutTree;
use crate::box_tree::{BoxId, BoxSource};
use crate::fragment::{BoxFragment, ContextKind, Fragment, FragmentLink};
use crate::style::{self, Positioning, transform_matrix};

/// How far around an element the viewport may be, as a part of the viewport's width and height: what Chromium takes.
const MARGIN: f32 = 1.5;

/// As far as a clip goes in an axis in which it does not clip, in CSS px: farther than layout can place anything.
const UNCLIPPED: f32 = 1e8;

/// How far the document and the scroll containers in it are scrolled, in CSS px.
pub struct Scrolled<'a> {
    /// The document.
    pub document: CssVector,
    /// The contents of an element.
    pub contents: &'a dyn Fn(NodeId) -> CssVector,
}

/// An element that may skip its contents.
#[derive(Clone, Debug, PartialEq)]
pub struct Proximity {
    /// The element.
    pub node: NodeId,
    /// Whether it is in the viewport or near it.
    pub is_near: bool,
    /// The size of its content box; of the first fragment.
    pub content_size: LayoutSize,
}

/// Where the elements are that may skip their contents ([`BoxTree::skippable_elements`](crate::BoxTree::skippable_elements)),
/// in tree order. Those without fragments are nowhere.
///
/// As in Chromium it is the border box with a margin around it that the viewport has to show a part of. What clips the
/// element clips that margin, too: of what is in a scroll container far from the viewport nothing is near.
pub fn proximity(tree: &LayoutTree, scrolled: &Scrolled<'_>) -> Vec<Proximity> {
    let boxes = &tree.boxes;
    let elements = boxes.skippable_elements();
    let mut walk = Walk {
        tree,
        scrolled,
        elements: elements.iter().copied().collect(),
        on_the_way: FxHashSet::default(),
        found: FxHashMap::default(),
    };
    for start in elements.iter().filter_map(|&node| boxes.box_of(node)) {
        let upwards = std::iter::once(start).chain(boxes.ancestors(start));
        for id in upwards {
            if !walk.on_the_way.insert(id) {
                break;
            }
        }
    }
    if walk.on_the_way.is_empty() {
        return Vec::new();
    }
    walk.run();
    let mut found = walk.found;
    elements.iter().filter_map(|node| found.remove(node)).collect()
}

struct Walk<'a> {
    tree: &'a LayoutTree,
    scrolled: &'a Scrolled<'a>,
    elements: FxHashSet<NodeId>,
    /// Their boxes, and those around.
    on_the_way: FxHashSet<BoxId>,
    found: FxHashMap<NodeId, Proximity>,
}

/// Where the fragments in another are.
#[derive(Clone, Copy)]
struct Place {
    /// The corner of the fragment that they are in, from that of the nearest transformed box around, else of the viewport.
    origin: CssPoint,
    /// From there to the viewport.
    transform: Option<CssTransform>,
    /// What can be seen of them, from the viewport's corner.
    clip: CssRect,
}

impl Walk<'_> {
    fn run(&mut self) {
        let viewport = CssRect::from_size(self.viewport());
        let mut pending: Vec<(Place, &FragmentLink)> = Vec::new();
        for link in &self.tree.root.children {
            let scroll =
                if is_fixed(self.tree, &link.fragment) { CssVector::zero() } else { self.scrolled.document };
            pending.push((Place { origin: (-scroll).to_point(), transform: None, clip: viewport }, link));
        }
        while let Some((around, link)) = pending.pop() {
            let offset = CssVector::new(link.offset.x.to_f32(), link.offset.y.to_f32());
            let mut place = Place { origin: around.origin + offset, ..around };
            match &link.fragment {
                Fragment::Text(_) => continue,
                Fragment::Line(_) => {}
                Fragment::Box(fragment) if !self.on_the_way.contains(&fragment.style.box_id) => continue,
                Fragment::Box(fragment) if fragment.context == ContextKind::Column => {}
                Fragment::Box(fragment) => {
                    place.transform(self.tree, fragment);
                    self.element(fragment, &place);
                    place.enter(self.tree, fragment);
                    place.origin -= self.scroll_of(fragment);
                }
            }
            pending.extend(link.fragment.children().iter().map(|link| (place, link)));
        }
    }

    fn viewport(&self) -> CssSize {
        CssSize::new(self.tree.viewport.width.to_f32(), self.tree.viewport.height.to_f32())
    }

    fn element(&mut self, fragment: &BoxFragment, place: &Place) {
        let BoxSource::Node(node) = self.tree.boxes.get(fragment.style.box_id).source else { return };
        if !self.elements.contains(&node) {
            return;
        }
        let margin = self.viewport() * MARGIN;
        let area = to_css_rect(LayoutRect::from_size(fragment.size)).inflate(margin.width, margin.height);
        let is_near = place.seen(area).is_some();
        let found = self.found.entry(node).or_insert_with(|| Proximity {
            node,
            is_near: false,
            content_size: fragment.content_box().size,
        });
        found.is_near |= is_near;
    }

    fn scroll_of(&self, fragment: &BoxFragment) -> CssVector {
        match self.tree.boxes.get(fragment.style.box_id).source {
            BoxSource::Node(node) => (self.scrolled.contents)(node),
            _ => CssVector::zero(),
        }
    }
}

fn is_fixed(tree: &LayoutTree, fragment: &Fragment) -> bool {
    let Fragment::Box(fragment) = fragment else { return false };
    style::position(tree.boxes.style_of(fragment.style)) == Positioning::Fixed
}

impl Place {
    /// Goes into the coordinates of a box that has a transform.
    fn transform(&mut self, tree: &LayoutTree, fragment: &BoxFragment) {
        let Some(own) = transform_matrix(tree.boxes.style_of(fragment.style), fragment.size) else { return };
        let placed = own.then(&CssTransform::translation(self.origin.x, self.origin.y, 0.0));
        self.transform = Some(match &self.transform {
            Some(outer) => placed.then(outer),
            None => placed,
        });
        self.origin = CssPoint::zero();
    }

    /// The part of an area that can be seen, which is given from the corner of the fragment.
    fn seen(&self, area: CssRect) -> Option<CssRect> {
        let area = area.translate(self.origin.to_vector());
        let in_viewport = match &self.transform {
            Some(transform) => transform.outer_transformed_rect(&area)?,
            None => area,
        };
        in_viewport.intersection(&self.clip)
    }

    /// Clips as a box clips what is in it.
    fn enter(&mut self, tree: &LayoutTree, fragment: &BoxFragment) {
        if fragment.context == ContextKind::InlineBox {
            return;
        }
        let [x, y] = style::clips_overflow(tree.boxes.style_of(fragment.style));
        if !x && !y {
            return;
        }
        let mut area = to_css_rect(fragment.padding_box());
        if !x {
            area = area.inflate(UNCLIPPED, 0.0);
        }
        if !y {
            area = area.inflate(0.0, UNCLIPPED);
        }
        self.clip = self.seen(area).unwrap_or_default();
    }
}
