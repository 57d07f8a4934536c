//! Scrolling of the viewport and of scroll containers. <https://drafts.csswg.org/cssom-view-1/#scrolling>

use fanlight_base::geometry::{CssPoint, CssRect, CssVector};
use fanlight_base::{Observer, Stage};
use fanlight_css::properties::boxes::Position;
use fanlight_dom::NodeId;

use crate::limits;
use crate::page::Page;

impl Page {
    /// How far the document is scrolled in the viewport, in CSS px.
    pub fn scroll_offset(&self) -> CssVector {
        self.interaction.scroll
    }

    /// How far the document can be scrolled, in CSS px.
    pub fn farthest_scroll(&self) -> CssVector {
        let (document, viewport) = (self.document_size(), self.options.viewport);
        CssVector::new(
            (document.width - viewport.width).max(0.0),
            (document.height - viewport.height).max(0.0),
        )
    }

    /// Scrolls the document to an offset in CSS px, as far as it goes. Returns whether it moved.
    pub fn scroll_to(&mut self, offset: CssVector, observer: &dyn Observer) -> bool {
        self.update(Stage::Layout, observer);
        self.scroll_within_document(offset)
    }

    /// Scrolls as far as the present layout goes.
    pub(crate) fn scroll_within_document(&mut self, offset: CssVector) -> bool {
        let farthest = self.farthest_scroll();
        let clamped = CssVector::new(offset.x.clamp(0.0, farthest.x), offset.y.clamp(0.0, farthest.y));
        let moved = clamped != self.interaction.scroll;
        if moved {
            self.interaction.scroll = clamped;
            self.scrolled();
        }
        moved
    }

    /// Scrolls by `delta` CSS px what is at a place of the viewport: the innermost scroll container that can go that way,
    /// else the document; without a place, the document. Returns whether anything moved.
    pub fn scroll_at(&mut self, point: Option<CssPoint>, delta: CssVector, observer: &dyn Observer) -> bool {
        self.interaction.arrived = true;
        let node = point.and_then(|point| self.node_at(point, observer));
        if let Some(node) = node {
            let containers: Vec<NodeId> =
                std::iter::once(node).chain(self.document().ancestors(node)).collect();
            if containers.into_iter().any(|container| self.scroll_container(container, delta)) {
                return true;
            }
        }
        self.scroll_to(self.interaction.scroll + delta, observer)
    }

    fn scroll_container(&mut self, node: NodeId, delta: CssVector) -> bool {
        let Some(farthest) = self.farthest_container_scroll(node) else { return false };
        let before = self.container_scroll(node);
        let wanted = before + delta;
        let after = CssVector::new(wanted.x.clamp(0.0, farthest.x), wanted.y.clamp(0.0, farthest.y));
        if after == before {
            return false;
        }
        self.interaction.container_scroll.insert(node, after);
        self.scrolled();
        true
    }

    /// How far the contents of a scroll container are scrolled, in CSS px.
    pub(crate) fn container_scroll(&self, node: NodeId) -> CssVector {
        self.interaction.container_scroll.get(&node).copied().unwrap_or_default()
    }

    /// How far an element is moved by scrolling: of the document, unless the element stands fixed in the viewport, and of
    /// the scroll containers around it.
    pub(super) fn scrolled_away(&self, element: NodeId) -> CssVector {
        let document = self.document();
        let styles = self.pipeline.resolved.as_ref().map(|resolved| &resolved.styles);
        let is_fixed = document.inclusive_ancestors(element).any(|node| {
            styles
                .and_then(|styles| styles.get(node))
                .is_some_and(|style| style.boxes.position == Position::Fixed)
        });
        let document_scroll = if is_fixed { CssVector::zero() } else { self.interaction.scroll };
        let containers = document.ancestors(element).map(|node| self.container_scroll(node));
        containers.fold(document_scroll, |sum, scroll| sum + scroll)
    }

    /// Scrolls the document, and the scroll containers around an element, so that the element is seen, no farther than
    /// needed. <https://drafts.csswg.org/cssom-view-1/#dom-element-scrollintoview>
    pub(super) fn scroll_into_view(&mut self, element: NodeId, observer: &dyn Observer) {
        self.lay_out_around(element, observer);
        let containers: Vec<NodeId> = self.document().ancestors(element).collect();
        for container in containers {
            if self.farthest_container_scroll(container).is_none() {
                continue;
            }
            let Some(port) = self.border_box_in_viewport(container, observer) else { continue };
            let Some(rect) = self.border_box_in_viewport(element, observer) else { return };
            self.scroll_container(container, nearest_scroll(rect, port));
        }
        let Some(rect) = self.border_box_in_viewport(element, observer) else { return };
        let delta = nearest_scroll(rect, CssRect::from_size(self.options.viewport));
        self.scroll_to(self.interaction.scroll + delta, observer);
    }

    /// Scrolls so that the element of an id is seen. Nothing happens without such an element.
    pub fn scroll_to_id(&mut self, id: &str, observer: &dyn Observer) {
        if let Some(element) = self.document().element_by_id(id) {
            self.scroll_into_view(element, observer);
        }
    }

    /// Goes to what a fragment names, within the page; the page's address has the fragment from then on.
    /// <https://html.spec.whatwg.org/multipage/browsing-the-web.html#navigate-fragid>
    pub fn go_to_fragment(&mut self, fragment: &str, observer: &dyn Observer) {
        self.loader.set_fragment(fragment);
        self.scroll_to_fragment(fragment, observer);
    }

    /// Goes where the page begins: to `return_to`, as when the user comes back, else to what the address names. It goes
    /// there again when all has loaded, unless the user has scrolled by then.
    pub fn begin_at(&mut self, return_to: Option<CssVector>, observer: &dyn Observer) {
        self.interaction.return_to = return_to;
        self.arrive(observer);
    }

    pub(crate) fn arrive(&mut self, observer: &dyn Observer) {
        if self.options.goal < Stage::Layout {
            return;
        }
        if let Some(offset) = self.interaction.return_to {
            self.scroll_to(offset, observer);
        } else if let Some(fragment) = self.loader.url().fragment().map(str::to_owned) {
            self.scroll_to_fragment(&fragment, observer);
        }
    }

    /// Scrolls to what the URL's fragment names, once the document is there; to the top for the empty one.
    /// <https://html.spec.whatwg.org/multipage/browsing-the-web.html#scroll-to-the-fragment-identifier>
    pub(crate) fn scroll_to_fragment(&mut self, fragment: &str, observer: &dyn Observer) {
        let decoded = percent_decode(fragment);
        let target = self
            .document()
            .element_by_id(fragment)
            .or_else(|| self.document().element_by_id(&decoded))
            .or_else(|| self.named_anchor(&decoded));
        self.set_target(target);
        match target {
            Some(node) => {
                for _ in 0..limits::ARRIVAL_PASSES {
                    let Some(rect) = self.border_box(node, observer) else { return };
                    if !self.scroll_to(CssVector::new(self.interaction.scroll.x, rect.min_y()), observer) {
                        return;
                    }
                }
            }
            None if decoded.is_empty() || decoded.eq_ignore_ascii_case("top") => {
                self.scroll_to(CssVector::zero(), observer);
            }
            None => {}
        }
    }
}

/// The least scrolling that brings a rectangle into a scrollport; its start where it is larger.
fn nearest_scroll(rect: CssRect, port: CssRect) -> CssVector {
    let along = |low: f32, high: f32, port_low: f32, port_high: f32| {
        if low < port_low || high - low > port_high - port_low {
            low - port_low
        } else {
            (high - port_high).max(0.0)
        }
    };
    CssVector::new(
        along(rect.min_x(), rect.max_x(), port.min_x(), port.max_x()),
        along(rect.min_y(), rect.max_y(), port.min_y(), port.max_y()),
    )
}

/// Undoes `%XX`; bytes that are not UTF-8 become replacement characters.
fn percent_decode(text: &str) -> String {
    let mut bytes = Vec::with_capacity(text.len());
    let mut rest = text.as_bytes();
    while let [first, after @ ..] = rest {
        let hex = |byte: u8| char::from(byte).to_digit(16);
        match (first, after) {
            (b'%', [high, low, after @ ..]) if hex(*high).is_some() && hex(*low).is_some() => {
                let (high, low) = (hex(*high).unwrap_or(0), hex(*low).unwrap_or(0));
                bytes.push((high * 16 + low) as u8);
                rest = after;
            }
            _ => {
                bytes.push(*first);
                rest = after;
            }
        }
    }
    String::from_utf8_lossy(&bytes).into_owned()
}

#[cfg(test)]
mod tests {
    use super::percent_decode;

    #[test]
    fn fragments_are_decoded_and_strays_stay() {
        assert_eq!(percent_decode("a%20b%C3%A4%"), "a bä%");
        assert_eq!(percent_decode("%zz%4"), "%zz%4");
    }
}
