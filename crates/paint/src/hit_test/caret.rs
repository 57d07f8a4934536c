//! Places between characters: from a point to an offset in text.
//! <https://drafts.csswg.org/cssom-view-1/#dom-document-caretpositionfrompoint>

use fanlight_base::geometry::{CssPoint, CssRect, LayoutRect, to_css_rect};
use fanlight_dom::NodeId;
use fanlight_layout::{BoxSource, LayoutTree, TextFragment, TextFragmentKind};

use crate::input::PaintInput;
use crate::order::{self, Operation, Place, Purpose};
use crate::text::Baseline;

/// A place between two characters of a text node.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct CaretPosition {
    /// The text node.
    pub node: NodeId,
    /// How many UTF-8 bytes of its data come before.
    pub offset: usize,
}

/// The place between characters that is nearest to `point`, in CSS px of the viewport: on the line that the point is
/// beside, at the character edge next to it. `None` where no text is in view.
pub fn caret_position(layout: &LayoutTree, input: &PaintInput<'_>, point: CssPoint) -> Option<CaretPosition> {
    let in_view = CssRect::new(input.scroll.viewport.to_point(), input.viewport);
    let input = PaintInput { cull: Some(in_view), ..*input };
    let order = order::paint_order(layout, &input, Purpose::HitTest);
    let mut best: Option<((f32, f32), CaretPosition)> = None;
    for step in &order.steps {
        let Operation::Text(text) = step.operation else { continue };
        let transform = order.spatial.to_viewport(step.place.spatial);
        let Some(local) = super::unproject(&transform, point) else { continue };
        let rect = to_css_rect(LayoutRect::new(step.place.offset, text.size));
        // The line counts before the place on it.
        let outside = |value: f32, low: f32, high: f32| (low - value).max(value - high).max(0.0);
        let distance =
            (outside(local.y, rect.min_y(), rect.max_y()), outside(local.x, rect.min_x(), rect.max_x()));
        if best.as_ref().is_some_and(|(found, _)| *found <= distance) {
            continue;
        }
        let BoxSource::Node(node) = layout.boxes.get(text.style.box_id).source else { continue };
        if let Some(offset) = offset_in_text(layout, text, step.place, local) {
            best = Some((distance, CaretPosition { node, offset }));
        }
    }
    best.map(|(_, position)| position)
}

/// The offset into the text node's data, in UTF-8 bytes, of the character edge nearest to a point.
pub(super) fn offset_in_text(
    layout: &LayoutTree,
    text: &TextFragment,
    place: Place,
    point: CssPoint,
) -> Option<usize> {
    if !matches!(text.kind, TextFragmentKind::Normal | TextFragmentKind::Truncated) {
        return None;
    }
    let style = layout.boxes.style_of(text.style);
    let rect = to_css_rect(LayoutRect::new(place.offset, text.size));
    let baseline = Baseline::of(text, style, rect.origin);
    let length = if baseline.line.is_vertical() { rect.size.height } else { rect.size.width };
    let along = baseline.along(point);
    // From the logical start: the right edge of right-to-left text.
    let along = if text.bidi_level % 2 == 1 { length - along } else { along };
    let range = text.range();
    let string = text.text();
    let mut nearest = (f32::INFINITY, range.start);
    let edges = string.char_indices().map(|(at, _)| range.start + at as u32).chain([range.end]);
    for edge in edges {
        let distance = (text.position_of(edge) - along).abs();
        if distance < nearest.0 {
            nearest = (distance, edge);
        }
    }
    text.map.as_ref()?.to_dom(nearest.1).map(|offset| offset as usize)
}
