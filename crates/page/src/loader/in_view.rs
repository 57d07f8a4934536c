//! What layout tells of what is in view: images there are needed sooner than others, and what loads lazily is asked for when
//! it comes near.
//! <https://html.spec.whatwg.org/multipage/urls-and-fetching.html#lazy-loading-attributes>

use std::collections::BTreeSet;

use fanlight_base::atoms::local_name;
use fanlight_base::geometry::CssRect;
use fanlight_base::{Observer, Stage};
use fanlight_dom::NodeId;
use fanlight_fetch::Priority;
use fanlight_layout::geometry::ElementBoxes;

use super::discover;
use crate::options::{LazyLoading, PageOptions};
use crate::page::Page;

/// How near the viewport is near for an image and for a frame, in CSS px to the sides and up and down: what Chromium takes
/// for a fast connection.
const NEAR_IMAGE: [f32; 2] = [625.0, 1250.0];
const NEAR_FRAME: [f32; 2] = [1250.0, 2500.0];

/// What waits for layout.
#[derive(Default)]
pub(crate) struct InView {
    /// The elements that load when they come near.
    lazy: BTreeSet<NodeId>,
    /// Whether something may have come near since it was looked.
    is_due: bool,
    /// Whether images that have come into view since may be on their way.
    is_order_due: bool,
}

impl InView {
    /// Whether an element that loads lazily has to wait; it is remembered then.
    /// <https://html.spec.whatwg.org/multipage/urls-and-fetching.html#will-lazy-load-element-steps>
    pub(crate) fn defers(&mut self, node: NodeId, options: &PageOptions) -> bool {
        // Without scripts laziness would tell servers how far a user has scrolled.
        if !options.scripting {
            return false;
        }
        self.lazy.insert(node);
        self.is_due = true;
        true
    }

    /// What was laid out, or what of it the viewport shows, is another.
    pub(crate) fn changed(&mut self) {
        self.is_due = !self.lazy.is_empty();
        self.is_order_due = true;
    }

    /// Whether it is to be looked whether something has come near.
    pub(crate) fn is_due(&self) -> bool {
        self.is_due
    }

    /// The elements that wait until they come near.
    pub(crate) fn lazy(&self) -> impl Iterator<Item = NodeId> {
        self.lazy.iter().copied()
    }

    pub(super) fn forget_nodes(&mut self) {
        self.lazy.clear();
    }
}

impl Page {
    /// Lets the images that are in view come before the others. Chromium does so, too, when layout has told which these are.
    /// <https://web.dev/articles/fetch-priority>
    pub(super) fn raise_what_is_in_view(&mut self, observer: &dyn Observer) {
        if self.options.goal < Stage::Layout || self.loader.downloads.pending() == 0 {
            return;
        }
        if self.options.progressive && self.pipeline.layout.is_none() {
            self.update(Stage::Layout, observer);
        }
        // A page that is not shown while it loads waits for all images: it is not laid out for the sake of their order.
        if !std::mem::take(&mut self.loader.in_view.is_order_due) {
            return;
        }
        let awaited = self.loader.images.awaited();
        let Some(layout) = &self.pipeline.layout else { return };
        let boxes = ElementBoxes::new(layout);
        let viewport = self.viewport_rect([0.0, 0.0]);
        for (node, download) in awaited {
            if boxes.get(node).is_some_and(|found| touches(found.bounds, viewport)) {
                self.loader.raise_download(&download, Priority::High);
            }
        }
    }

    /// Asks for what loads lazily and has come near. Returns whether anything has.
    pub(super) fn load_what_is_near(&mut self, observer: &dyn Observer) -> bool {
        if !self.loader.in_view.is_due || self.options.goal < Stage::Layout {
            return false;
        }
        if !self.options.progressive || self.pipeline.layout.is_none() {
            self.update(Stage::Layout, observer);
        }
        let Some(layout) = &self.pipeline.layout else { return false };
        self.loader.in_view.is_due = false;
        let boxes = ElementBoxes::new(layout);
        let is_near = |node: &NodeId| {
            let is_image =
                self.document.element(*node).is_some_and(|element| element.is_html(&local_name!("img")));
            let area = self.viewport_rect(if is_image { NEAR_IMAGE } else { NEAR_FRAME });
            let found = boxes.get(*node);
            found.is_some_and(|found| match self.options.lazy_loading {
                LazyLoading::NearViewport => touches(found.bounds, area),
                LazyLoading::WholeDocument => true,
            })
        };
        let near: Vec<NodeId> = self.loader.in_view.lazy().filter(is_near).collect();
        for &node in &near {
            self.loader.in_view.lazy.remove(&node);
            match discover::image_candidates(&self.document, node) {
                Some(candidates) => {
                    let candidates = discover::ImageCandidates { is_lazy: false, ..candidates };
                    self.loader.request_element_image(node, &candidates, &self.options);
                }
                None => self.start_frame_of(node, true),
            }
        }
        self.pipeline.layout_changes.boxes |= !near.is_empty();
        !near.is_empty()
    }

    /// What the viewport shows of the document, and some CSS px to the sides and up and down.
    fn viewport_rect(&self, [sides, up_and_down]: [f32; 2]) -> CssRect {
        CssRect::new(self.interaction.scroll.to_point(), self.options.viewport).inflate(sides, up_and_down)
    }
}

/// Whether one rectangle reaches the other; one without area can, too.
/// <https://w3c.github.io/IntersectionObserver/#compute-the-intersection-of-a-target-element-and-the-root>
fn touches(one: CssRect, other: CssRect) -> bool {
    one.min_x() <= other.max_x()
        && other.min_x() <= one.max_x()
        && one.min_y() <= other.max_y()
        && other.min_y() <= one.max_y()
}
