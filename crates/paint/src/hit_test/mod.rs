//! Hit testing: what is painted topmost at a point.
//!
//! The steps of painting are asked from the last to the first, so that the answer is by construction what is seen there:
//! clips, transforms, rounded corners, visibility and painting order count as they do in painting.

mod caret;
mod shape;

use fanlight_base::geometry::{CssPoint, CssRect, CssSize, CssTransform, LayoutRect, to_css_rect};
use fanlight_dom::NodeId;
use fanlight_layout::{BoxFragment, BoxId, LayoutTree, StyleKey};

use crate::display_list::{ClipId, PixelSnapping, SpatialId};
use crate::geometry::border_edge;
use crate::input::PaintInput;
use crate::order::{self, Operation, PaintOrder, Place, Purpose, Step};

pub use caret::{CaretPosition, caret_position};

/// What a point hit.
#[derive(Clone, Debug, PartialEq)]
pub struct HitTestResult {
    /// The element, text node or, for generated boxes, the element that they were generated for.
    pub node: NodeId,
    /// The box.
    pub box_id: BoxId,
    /// The point, in CSS px from the upper left corner of the border box (of the text) that was hit.
    pub local_point: CssPoint,
    /// In text: the offset into the text node's data, in UTF-8 bytes, of the character edge that is nearest to the point.
    pub text_offset: Option<usize>,
}

/// What is topmost at `point`, in CSS px of the viewport. `None` where nothing is: outside of the root element's box the
/// caller decides, as events there go to the root element.
///
/// Boxes with `pointer-events: none` or that are not visible let the point through.
pub fn hit_test(layout: &LayoutTree, input: &PaintInput<'_>, point: CssPoint) -> Option<HitTestResult> {
    let in_document = point + input.scroll.viewport;
    let cull = CssRect::new(in_document, CssSize::zero()).inflate(1.0, 1.0);
    let input = PaintInput { cull: Some(cull), ..*input };
    let order = order::paint_order(layout, &input, Purpose::HitTest);
    let mut probe = Probe::new(&order, point);
    let snapping = PixelSnapping::new(input.device_scale);
    order.steps.iter().rev().find_map(|step| {
        let local = probe.reach(step)?;
        hit_step(layout, step, local, snapping)
    })
}

/// The point in every space, and whether clips leave it, each found once.
struct Probe<'a> {
    order: &'a PaintOrder<'a>,
    point: CssPoint,
    in_space: Vec<Option<Option<CssPoint>>>,
    in_clip: Vec<Option<bool>>,
}

impl<'a> Probe<'a> {
    fn new(order: &'a PaintOrder<'a>, point: CssPoint) -> Self {
        Probe {
            order,
            point,
            in_space: vec![None; order.spatial.iter().len()],
            in_clip: vec![None; order.clips.iter().len()],
        }
    }

    /// The point in the step's space, if neither its clips nor its groups' clips cut it.
    fn reach(&mut self, step: &Step<'_>) -> Option<CssPoint> {
        let local = self.point_in(step.place.spatial)?;
        let order = self.order;
        let clips = order.effects.chain(step.effect).map(|(_, effect)| effect.clip).chain([step.place.clip]);
        for clip in clips.flatten() {
            if !self.inside(clip) {
                return None;
            }
        }
        Some(local)
    }

    fn point_in(&mut self, space: SpatialId) -> Option<CssPoint> {
        let known = self.in_space.get(space.0 as usize).copied().flatten();
        known.unwrap_or_else(|| {
            let found = unproject(&self.order.spatial.to_viewport(space), self.point);
            if let Some(slot) = self.in_space.get_mut(space.0 as usize) {
                *slot = Some(found);
            }
            found
        })
    }

    fn inside(&mut self, clip: ClipId) -> bool {
        if let Some(known) = self.in_clip.get(clip.0 as usize).copied().flatten() {
            return known;
        }
        let order = self.order;
        let inside = order.clips.chain(Some(clip)).all(|(_, node)| {
            self.point_in(node.spatial).is_some_and(|point| shape::clip_contains(&node.shape, point))
        });
        if let Some(slot) = self.in_clip.get_mut(clip.0 as usize) {
            *slot = Some(inside);
        }
        inside
    }
}

/// The point of the plane z = 0 that a transform puts at `point`.
fn unproject(transform: &CssTransform, point: CssPoint) -> Option<CssPoint> {
    if transform.is_2d() {
        return transform.to_2d().inverse().map(|inverse| inverse.transform_point(point));
    }
    // A point and its image in homogeneous coordinates: two equations in the two unknown coordinates.
    let t = transform;
    let (a, b) = (t.m11 - point.x * t.m14, t.m21 - point.x * t.m24);
    let (c, d) = (t.m12 - point.y * t.m14, t.m22 - point.y * t.m24);
    let (e, f) = (point.x * t.m44 - t.m41, point.y * t.m44 - t.m42);
    let determinant = a * d - b * c;
    if determinant == 0.0 || !determinant.is_finite() {
        return None;
    }
    let found = CssPoint::new((e * d - b * f) / determinant, (a * f - e * c) / determinant);
    // Behind the viewer there is nothing to hit.
    (t.m14 * found.x + t.m24 * found.y + t.m44 > 0.0).then_some(found)
}

fn hit_step(
    layout: &LayoutTree,
    step: &Step<'_>,
    point: CssPoint,
    snapping: PixelSnapping,
) -> Option<HitTestResult> {
    match step.operation {
        Operation::Decorations(fragment) | Operation::Content(fragment) => {
            let inside = hits_box(layout, fragment, step.place, point, snapping);
            (inside && receives_events(layout, fragment.style))
                .then(|| result(layout, fragment.style, step.place, point, None))
        }
        Operation::Text(text) => {
            let rect = to_css_rect(LayoutRect::new(step.place.offset, text.size));
            if !rect.contains(point) || !receives_events(layout, text.style) {
                return None;
            }
            let offset = caret::offset_in_text(layout, text, step.place, point);
            Some(result(layout, text.style, step.place, point, offset))
        }
        Operation::Canvas
        | Operation::Backdrop(_)
        | Operation::TablePart { .. }
        | Operation::CollapsedBorders(_)
        | Operation::ColumnRules(_)
        | Operation::Outline(_)
        | Operation::ScrollBars(_)
        | Operation::FilterRegions
        | Operation::Mask(_)
        | Operation::ClipReference(_) => None,
    }
}

fn hits_box(
    layout: &LayoutTree,
    fragment: &BoxFragment,
    place: Place,
    point: CssPoint,
    snapping: PixelSnapping,
) -> bool {
    let style = layout.boxes.style_of(fragment.style);
    shape::rounded_contains(&border_edge(style, fragment, place.offset, snapping), point)
}

fn receives_events(layout: &LayoutTree, style: StyleKey) -> bool {
    order::receives_pointer_events(layout.boxes.style_of(style))
}

fn result(
    layout: &LayoutTree,
    style: StyleKey,
    place: Place,
    point: CssPoint,
    text_offset: Option<usize>,
) -> HitTestResult {
    let corner = CssPoint::new(place.offset.x.to_f32(), place.offset.y.to_f32());
    let node = layout.boxes.get(style.box_id).source.node();
    HitTestResult { node, box_id: style.box_id, local_point: (point - corner).to_point(), text_offset }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_point_goes_back_through_perspective() {
        let transform = CssTransform::rotation(0.0, 1.0, 0.0, euclid::Angle::degrees(40.0))
            .then(&CssTransform::perspective(500.0));
        let original = CssPoint::new(30.0, 20.0);
        let seen = transform.transform_point2d(original).unwrap();
        let back = unproject(&transform, seen).unwrap();
        assert!((back - original).length() < 1e-3, "{back:?}");
    }

    #[test]
    fn a_flattened_plane_is_hit_nowhere() {
        assert_eq!(unproject(&CssTransform::scale(0.0, 1.0, 1.0), CssPoint::new(0.0, 0.0)), None);
    }
}
