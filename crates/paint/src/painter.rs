//! What every part of painting shares: the list that grows, and where the current step puts its items.

use std::sync::Arc;

use fanlight_base::Rgba;
use fanlight_base::geometry::CssRect;
use fanlight_css::properties::ComputedStyle;
use fanlight_layout::{LayoutTree, StyleKey};

use crate::display_list::{
    BlendMode, ClipNode, ClipShape, ClipTree, DisplayItem, EffectId, EffectNode, EffectTree, Filter,
    ItemKind, Path, PathItem, PixelSnapping, RoundedRect, SpatialTree, Stroke,
};
use crate::input::PaintInput;
use crate::order::{Canvas, Place};

/// Turns steps into display items.
pub(crate) struct Painter<'a> {
    pub(crate) layout: &'a LayoutTree,
    pub(crate) input: PaintInput<'a>,
    pub(crate) snapping: PixelSnapping,
    pub(crate) canvas: Option<Canvas<'a>>,
    pub(crate) items: Vec<DisplayItem>,
    pub(crate) spatial: SpatialTree,
    pub(crate) clips: ClipTree,
    pub(crate) effects: EffectTree,
    /// Where the current step is.
    pub(crate) place: Place,
    /// The group of the current step.
    pub(crate) effect: Option<EffectId>,
    /// The node of the current step.
    pub(crate) node: Option<u32>,
}

impl<'a> Painter<'a> {
    /// The style of a fragment.
    pub(crate) fn style(&self, key: StyleKey) -> &'a ComputedStyle {
        self.layout.boxes.style_of(key)
    }

    /// Adds an item that inks inside `bounds`.
    pub(crate) fn push(&mut self, bounds: CssRect, kind: ItemKind) {
        if bounds.is_empty() {
            return;
        }
        self.items.push(DisplayItem {
            node: self.node,
            bounds,
            clip: self.place.clip,
            spatial: self.place.spatial,
            effect: self.effect,
            kind,
        });
    }

    /// Fills a rectangle, if the colour can be seen.
    pub(crate) fn fill_rect(&mut self, rect: CssRect, color: Rgba) {
        if !color.is_transparent() {
            self.push(rect, ItemKind::Rect { rect, color });
        }
    }

    /// Fills a rectangle with rounded corners, if the colour can be seen.
    pub(crate) fn fill_rounded(&mut self, rounded: RoundedRect, color: Rgba) {
        if rounded.is_sharp() {
            self.fill_rect(rounded.rect, color);
        } else if !color.is_transparent() {
            self.push(rounded.rect, ItemKind::RoundedRect { rounded, color });
        }
    }

    /// Strokes a path.
    pub(crate) fn stroke_path(&mut self, path: Path, stroke: Stroke) {
        // Corners may be pointed.
        let reach = stroke.width * 2.0;
        let bounds = path.bounds().inflate(reach, reach);
        let item = PathItem { path: Arc::new(path), fill: None, stroke: Some(stroke) };
        self.push(bounds, ItemKind::Path(Box::new(item)));
    }

    /// Paints something inside a clip.
    pub(crate) fn clipped(&mut self, shape: ClipShape, paint: impl FnOnce(&mut Self)) {
        let outer = self.place.clip;
        let node = ClipNode { parent: outer, spatial: self.place.spatial, shape };
        self.place.clip = Some(self.clips.push(node));
        paint(self);
        self.place.clip = outer;
    }

    /// Paints something as a group.
    pub(crate) fn grouped(&mut self, blend_mode: BlendMode, opacity: f32, paint: impl FnOnce(&mut Self)) {
        self.filtered(blend_mode, opacity, Vec::new(), paint);
    }

    /// Paints something as a group that is filtered.
    pub(crate) fn filtered(
        &mut self,
        blend_mode: BlendMode,
        opacity: f32,
        filters: Vec<Filter>,
        paint: impl FnOnce(&mut Self),
    ) {
        let outer = self.effect;
        let group = EffectNode::isolated(outer, self.place.spatial, None);
        self.effect = Some(self.effects.push(EffectNode { blend_mode, opacity, filters, ..group }));
        paint(self);
        self.effect = outer;
    }
}
