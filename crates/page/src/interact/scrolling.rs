//! Scrolling of the viewport and of scroll containers. <https://drafts.csswg.org/cssom-view-1/#scrolling>

use fanlight_base::geometry::{CssPoint, CssRect, CssVector};
use fanlight_base::{Observer, Stage};
use fanlight_dom::NodeId;

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
        let before = self.interaction.container_scroll.get(&node).copied().unwrap_or_default();
        let wanted = before + delta;
        let after = CssVector::new(wanted.x.clamp(0.0, farthest.x), wanted.y.clamp(0.0, farthest.y));
        if after == before {
            return false;
        }
        self.interaction.container_scroll.insert(node, after);
        self.scrolled();
        true
    }

    /// Scrolls the document so that an element is seen, no farther than needed.
    /// <https://drafts.csswg.org/cssom-view-1/#dom-element-scrollintoview>
    pub fn scroll_into_view(&mut self, node: NodeId, observer: &dyn Observer) {
        let Some(rect) = self.border_box(node, observer) else { return };
        let viewport = CssRect::new(self.interaction.scroll.to_point(), self.options.viewport);
        let nearest = |low: f32, high: f32, view_low: f32, view_high: f32| {
            if low < view_low || high - low > view_high - view_low {
                low - view_low
            } else {
                (high - view_high).max(0.0)
            }
        };
        let delta = CssVector::new(
            nearest(rect.min_x(), rect.max_x(), viewport.min_x(), viewport.max_x()),
            nearest(rect.min_y(), rect.max_y(), viewport.min_y(), viewport.max_y()),
        );
        self.scroll_to(self.interaction.scroll + delta, observer);
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
                if let Some(rect) = self.border_box(node, observer) {
                    self.scroll_to(CssVector::new(self.interaction.scroll.x, rect.min_y()), observer);
                }
            }
            None if decoded.is_empty() || decoded.eq_ignore_ascii_case("top") => {
                self.scroll_to(CssVector::zero(), observer);
            }
            None => {}
        }
    }
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
