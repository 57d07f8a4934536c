//! The coordinate spaces and clips that the walk makes: transforms, scroll containers, sticky and fixed boxes, overflow.

use fanlight_base::geometry::{
    CssRect, CssSize, CssTransform, CssVector, LayoutPoint, LayoutRect, LayoutVector, inset, to_css_rect,
};
use fanlight_base::{LayoutUnit, Sides};
use fanlight_css::properties::ComputedStyle;
use fanlight_layout::{BoxFragment, BoxId, ContextKind, LayoutTree, sticky_shift, transform_matrix};

use super::Place;
use super::traits::PaintTraits;
use crate::clip;
use crate::display_list::{
    ClipNode, ClipTree, PixelSnapping, ScrollNode, SpatialId, SpatialKind, SpatialTree,
};
use crate::fieldset;
use crate::input::PaintInput;
use crate::limits::{CULL_MARGIN, MAX_CULL_REACH};
use crate::transform;

/// What the walk hands down besides a place. Rectangles are in the coordinates of the current space.
#[derive(Clone, Copy, Debug)]
pub(super) struct Scope {
    /// What will be seen; everything when there is none.
    pub(super) cull: Option<CssRect>,
    /// What the nearest scroll container shows of its contents: sticky boxes stay inside.
    scrollport: Option<LayoutRect>,
    /// The content box of the nearest block container: sticky boxes do not leave it.
    containing_block: LayoutRect,
    /// The box whose children see perspective or share its 3D space.
    depth: Option<Depth>,
}

/// A 3D rendering context, or a perspective. <https://drafts.csswg.org/css-transforms-2/#3d-rendering-contexts>
#[derive(Clone, Copy, Debug)]
struct Depth {
    /// The box that gives it to its children.
    of: BoxId,
    /// `perspective`, as a matrix of the current space.
    perspective: Option<CssTransform>,
    /// With `transform-style: preserve-3d`: the space that the 3D rendering context is flattened into, and the matrix from
    /// the current space to that.
    shared: Option<(SpatialId, CssTransform)>,
}

/// Makes spaces and clips.
pub(super) struct Spaces<'a, 'i> {
    layout: &'a LayoutTree,
    pub(super) input: PaintInput<'i>,
    snapping: PixelSnapping,
    /// How far things may ink outside of their overflow, in CSS px.
    pub(super) reach: f32,
    pub(super) spatial: SpatialTree,
    pub(super) clips: ClipTree,
}

impl<'a, 'i> Spaces<'a, 'i> {
    /// The viewport, and the document scrolled in it.
    pub(super) fn new(layout: &'a LayoutTree, input: &PaintInput<'i>) -> (Self, Scope) {
        let document = ScrollNode {
            node: None,
            offset: input.scroll.viewport,
            scrollport: CssRect::from_size(input.viewport),
            content_size: crate::content_size(layout, input),
        };
        let scrollport = layout_rect(CssRect::new(input.scroll.viewport.to_point(), input.viewport));
        let scope = Scope {
            cull: input.cull,
            scrollport: Some(scrollport),
            containing_block: layout_rect(CssRect::from_size(input.viewport)),
            depth: None,
        };
        let reach = match input.cull {
            Some(_) => super::traits::ink_reach(layout).clamp(CULL_MARGIN, MAX_CULL_REACH),
            None => 0.0,
        };
        let spaces = Spaces {
            layout,
            input: *input,
            snapping: PixelSnapping::new(input.device_scale),
            reach,
            spatial: SpatialTree::new(document),
            clips: ClipTree::default(),
        };
        (spaces, scope)
    }

    /// A place in the document.
    pub(super) fn document_place(&self, offset: LayoutPoint) -> Place {
        Place { offset, spatial: SpatialId::DOCUMENT, clip: None }
    }

    /// The place of a box that is fixed to the viewport.
    pub(super) fn fixed(&self, place: Place) -> (Place, Scope) {
        let viewport = CssRect::from_size(self.input.viewport);
        let scope = Scope {
            // What is fixed is in view wherever the document is scrolled; a picture of the whole document shows it where
            // the first viewport is.
            cull: self.input.cull.map(|_| viewport),
            scrollport: None,
            containing_block: layout_rect(viewport),
            depth: None,
        };
        (Place { spatial: SpatialId::VIEWPORT, ..place }, scope)
    }

    /// Enters a box: sticky position, transform and `clip` apply to the box itself. `None` when nothing of it can be
    /// seen.
    pub(super) fn enter(
        &mut self,
        fragment: &BoxFragment,
        style: &ComputedStyle,
        traits: PaintTraits,
        mut place: Place,
        mut scope: Scope,
    ) -> Option<(Place, Scope)> {
        if traits.contains(PaintTraits::STICKY)
            && let Some(scrollport) = scope.scrollport
            && let own = LayoutRect::new(place.offset, fragment.size)
            && let shift = sticky_shift(style, own, scrollport, scope.containing_block)
            && shift != LayoutVector::default()
        {
            let matrix = CssTransform::translation(shift.x.to_f32(), shift.y.to_f32(), 0.0);
            let kind = SpatialKind::Transform { matrix, backface_hidden: false };
            place.spatial = self.spatial.push(place.spatial, kind);
            scope = scope.translated(-shift);
        }
        // Perspective and 3D spaces are for children only.
        let parent = self.layout.boxes.get(fragment.style.box_id).parent;
        let depth = scope.depth.take_if(|depth| Some(depth.of) == parent);
        if traits.contains(PaintTraits::TRANSFORM)
            || (traits.contains(PaintTraits::BACKFACE_HIDDEN) && depth.is_some())
        {
            (place, scope) = self.enter_transform(fragment, style, traits, place, scope, depth)?;
        }
        if traits.contains(PaintTraits::CLIP)
            && let Some(shape) = clip::clip_property(style, fragment, place.offset, self.snapping)
        {
            let node = ClipNode { parent: place.clip, spatial: place.spatial, shape };
            place.clip = Some(self.clips.push(node));
        }
        Some((place, scope))
    }

    fn enter_transform(
        &mut self,
        fragment: &BoxFragment,
        style: &ComputedStyle,
        traits: PaintTraits,
        place: Place,
        scope: Scope,
        depth: Option<Depth>,
    ) -> Option<(Place, Scope)> {
        let local = transform_matrix(style, fragment.size).unwrap_or_else(CssTransform::identity);
        // The new space begins on a whole px. What is left of the offset moves the box inside it, but only where the
        // transform does not scale or turn that rest, as in Chromium.
        let start =
            CssVector::new(self.snapping.snap_edge(place.offset.x), self.snapping.snap_edge(place.offset.y));
        let rest = if transform::is_translation(&local) {
            LayoutPoint::new(
                place.offset.x - LayoutUnit::from_f32_round(start.x),
                place.offset.y - LayoutUnit::from_f32_round(start.y),
            )
        } else {
            LayoutPoint::zero()
        };
        let placed = local.then(&CssTransform::translation(start.x, start.y, 0.0));
        let with_perspective = match depth.and_then(|depth| depth.perspective) {
            Some(perspective) => placed.then(&perspective),
            None => placed,
        };
        let (parent, matrix) = match depth.and_then(|depth| depth.shared) {
            Some((root, to_root)) => (root, with_perspective.then(&to_root)),
            None => (place.spatial, with_perspective),
        };
        let backface_hidden = traits.contains(PaintTraits::BACKFACE_HIDDEN);
        let is_hidden =
            !transform::leaves_something(&matrix) || (backface_hidden && transform::shows_back(&matrix));
        // What shares the 3D space with a plane may be seen where the plane is not.
        if is_hidden && !traits.contains(PaintTraits::PRESERVE_3D) {
            return None;
        }
        let spatial = self.spatial.push(parent, SpatialKind::Transform { matrix, backface_hidden });
        // A rectangle of what is seen can be carried into the new space where that is plane.
        let flat = with_perspective.is_2d() && depth.is_none_or(|depth| depth.shared.is_none());
        let inverse = flat.then(|| with_perspective.inverse()).flatten();
        let carried =
            |rect: CssRect| inverse.as_ref().and_then(|inverse| inverse.outer_transformed_rect(&rect));
        let shared = traits.contains(PaintTraits::PRESERVE_3D).then_some((parent, matrix));
        let scope = Scope {
            cull: scope.cull.and_then(carried),
            scrollport: scope.scrollport.and_then(|rect| carried(to_css_rect(rect))).map(layout_rect),
            containing_block: scope.containing_block,
            depth: shared.map(|shared| Depth {
                of: fragment.style.box_id,
                perspective: None,
                shared: Some(shared),
            }),
        };
        Some((Place { offset: rest, spatial, clip: place.clip }, scope))
    }

    /// Enters what is inside a box: overflow clips it and scrolls it, perspective is seen there.
    pub(super) fn contents(
        &mut self,
        fragment: &BoxFragment,
        style: &ComputedStyle,
        traits: PaintTraits,
        mut place: Place,
        mut scope: Scope,
    ) -> (Place, Scope) {
        if traits.contains(PaintTraits::PERSPECTIVE)
            && let Some(perspective) = transform::perspective(style, fragment, place.offset)
        {
            let shared = scope.depth.and_then(|depth| depth.shared);
            scope.depth = Some(Depth { of: fragment.style.box_id, perspective: Some(perspective), shared });
        } else if !traits.contains(PaintTraits::PRESERVE_3D) && fragment.context != ContextKind::InlineBox {
            scope.depth = None;
        }
        if traits.contains(PaintTraits::CLIPS_OVERFLOW) {
            let mut shape = clip::overflow(style, fragment, place.offset, self.snapping);
            if self.layout.boxes.get(fragment.style.box_id).legend.is_some() {
                shape = fieldset::with_legend(shape, style, fragment, place.offset, self.snapping);
            }
            scope.cull = scope.cull.map(|cull| match cull.intersection(&shape.bounds()) {
                Some(seen) => seen,
                None => CssRect::new(cull.origin, CssSize::zero()),
            });
            let node = ClipNode { parent: place.clip, spatial: place.spatial, shape };
            place.clip = Some(self.clips.push(node));
        }
        if traits.contains(PaintTraits::SCROLLS) {
            (place, scope) = self.enter_scroller(fragment, place, scope);
        }
        if establishes_containing_block(fragment) {
            let content = fragment.content_box();
            let content = if traits.contains(PaintTraits::SCROLLS) {
                // What can be scrolled to, without the padding around it.
                let padding =
                    Sides { top: fragment.padding.top, left: fragment.padding.left, ..Sides::default() };
                content.union(&inset(fragment.scrollable_overflow, padding))
            } else {
                content
            };
            scope.containing_block = content.translate(place.offset.to_vector());
        }
        (place, scope)
    }

    fn enter_scroller(
        &mut self,
        fragment: &BoxFragment,
        mut place: Place,
        mut scope: Scope,
    ) -> (Place, Scope) {
        let box_id = fragment.style.box_id;
        let offset = self.input.scroll.boxes.get(&box_id).copied().unwrap_or_default();
        let padding_box = fragment.padding_box().translate(place.offset.to_vector());
        let scroll = ScrollNode {
            node: crate::node_of(self.layout, box_id),
            offset,
            scrollport: self.snapping.snap(padding_box),
            content_size: to_css_rect(fragment.scrollable_overflow).size,
        };
        place.spatial = self.spatial.push(place.spatial, SpatialKind::Scroll(scroll));
        scope.cull = scope.cull.map(|cull| cull.translate(offset));
        let scrolled = LayoutVector::new(LayoutUnit::from_f32(offset.x), LayoutUnit::from_f32(offset.y));
        scope.scrollport = Some(padding_box.translate(scrolled));
        (place, scope)
    }
}

impl Scope {
    fn translated(self, shift: LayoutVector) -> Scope {
        let css = CssVector::new(shift.x.to_f32(), shift.y.to_f32());
        Scope {
            cull: self.cull.map(|rect| rect.translate(css)),
            scrollport: self.scrollport.map(|rect| rect.translate(shift)),
            containing_block: self.containing_block.translate(shift),
            depth: self.depth,
        }
    }
}

/// Whether the content box contains the box's in-flow children.
fn establishes_containing_block(fragment: &BoxFragment) -> bool {
    !matches!(
        fragment.context,
        ContextKind::InlineBox | ContextKind::Column | ContextKind::TableRow | ContextKind::Viewport
    )
}

fn layout_rect(rect: CssRect) -> LayoutRect {
    let unit = LayoutUnit::from_f32;
    LayoutRect::new(
        LayoutPoint::new(unit(rect.origin.x), unit(rect.origin.y)),
        fanlight_base::geometry::LayoutSize::new(unit(rect.size.width), unit(rect.size.height)),
    )
}
