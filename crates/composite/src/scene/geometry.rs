//! Where everything is on the canvas, in device px.

use fanlight_base::geometry::CssVector;
use fanlight_paint::DisplayList;
use fanlight_paint::display_list::{
    ClipId, ClipShape, EffectId, EffectNode, Filter, ItemKind, SpatialId, SpatialKind,
};

use crate::limits::{MAX_BACKDROP_REACH, MAX_BACKDROPS_COMPARED, MAX_DEVIATION, REFERENCE_REACH};
use crate::raster::blur::reach;
use crate::raster::{Affine, PixelRect};

/// The geometry of a list on a canvas.
#[derive(Clone, Debug, Default)]
pub(crate) struct Geometry {
    /// For each space; `None` where it is squeezed into a line, or shows a hidden back.
    transforms: Vec<Option<Affine>>,
    /// For each item.
    pub items: Vec<ItemGeometry>,
    /// For each group.
    pub effects: Vec<EffectGeometry>,
    /// The backdrops that are filtered: where, and how far a changed px below may carry through them.
    backdrops: Vec<(PixelRect, i32)>,
}

/// Where an item is.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub(crate) struct ItemGeometry {
    /// The px that it inks, as far as its clips leave them.
    pub ink: PixelRect,
    /// The px that depend on it: its ink, carried on by the filters of the groups it is in.
    pub reach: PixelRect,
    /// How far the filters carry it.
    pub outset: i32,
}

/// Where a group is.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub(crate) struct EffectGeometry {
    /// The px that its items ink.
    pub content: PixelRect,
    /// The px of the filtered group.
    pub output: PixelRect,
    /// How far its own filters carry.
    pub outset: i32,
    /// How many groups directly inside it are masks.
    pub masks: u32,
}

impl Geometry {
    /// Multiplies out the transforms for a canvas. `scroll` replaces the list's own scroll offsets, in CSS px.
    pub fn new(list: &DisplayList, scale: f32, scroll: &[(SpatialId, CssVector)], canvas: PixelRect) -> Self {
        let _span = tracing::info_span!("place_items", items = list.items.len()).entered();
        let mut geometry = Geometry { transforms: transforms(list, scale, scroll), ..Geometry::default() };
        let clip_bounds = geometry.clip_bounds(list, canvas);
        let clip_of = |clip: Option<ClipId>| clip.and_then(|clip| clip_bounds.get(clip.0 as usize).copied());
        geometry.effects = list
            .effects
            .iter()
            .map(|(_, effect)| {
                let factor = geometry.transform(effect.spatial).map_or(1.0, Affine::mean_scale);
                EffectGeometry { outset: filters_reach(&effect.filters, factor), ..EffectGeometry::default() }
            })
            .collect();
        let total_outsets: Vec<i32> = list
            .effects
            .iter()
            .map(|(id, _)| {
                list.effects.chain(Some(id)).map(|(id, _)| geometry.effects[id.0 as usize].outset).sum()
            })
            .collect();
        geometry.items = list
            .items
            .iter()
            .map(|item| {
                let Some(affine) = geometry.transform(item.spatial) else { return ItemGeometry::default() };
                let outset =
                    item.effect.and_then(|effect| total_outsets.get(effect.0 as usize)).copied().unwrap_or(0);
                let ink = affine.bounds(&item.bounds);
                // Glyphs are put on px, and may move by half of one.
                let ink = if matches!(item.kind, ItemKind::Text(_)) { ink.outset(1) } else { ink };
                // What is cut after a filter cannot be cut before it.
                let ink = match outset {
                    0 => clip_of(item.clip).map_or(ink, |clip| ink.intersection(&clip)),
                    _ => ink,
                };
                let reach = ink.outset(outset).intersection(&canvas);
                ItemGeometry { ink, reach: if ink.is_empty() { PixelRect::EMPTY } else { reach }, outset }
            })
            .collect();
        geometry.measure_effects(list, canvas);
        geometry.backdrops = geometry.backdrops(list, &total_outsets);
        geometry
    }

    /// How far a changed px of this rectangle may carry through filtered backdrops, and from how far others may carry into
    /// it.
    pub fn backdrop_reach(&self, rect: &PixelRect) -> i32 {
        let near = self.backdrops.iter().filter(|(output, carry)| output.outset(*carry).intersects(rect));
        near.map(|(_, carry)| *carry).max().unwrap_or(0)
    }

    /// Each filtered backdrop carries on what those below it carried, and the filters of the groups around it carry on what
    /// it did.
    fn backdrops(&self, list: &DisplayList, total_outsets: &[i32]) -> Vec<(PixelRect, i32)> {
        let mut carried: Vec<(PixelRect, i32)> = Vec::new();
        for (item, place) in list.items.iter().zip(&self.items) {
            let ItemKind::Backdrop(backdrop) = &item.kind else { continue };
            let factor = self.transform(item.spatial).map_or(1.0, Affine::mean_scale);
            let own = filters_reach(&backdrop.filters, factor);
            let output = place.ink;
            let below = carried.iter().rev().take(MAX_BACKDROPS_COMPARED);
            let below = below.filter(|(rect, carry)| rect.outset(*carry).intersects(&output.outset(own)));
            let below = below.map(|(_, carry)| *carry).max().unwrap_or(0);
            let around =
                item.effect.and_then(|effect| total_outsets.get(effect.0 as usize)).copied().unwrap_or(0);
            let carry = below.saturating_add(own).saturating_add(around).min(MAX_BACKDROP_REACH);
            carried.push((output, carry));
        }
        carried
    }

    /// From a space to device px; `None` when nothing in it can be seen.
    pub fn transform(&self, id: SpatialId) -> Option<&Affine> {
        self.transforms.get(id.0 as usize)?.as_ref()
    }

    /// For each clip, a rectangle around what it and its parents leave.
    fn clip_bounds(&self, list: &DisplayList, canvas: PixelRect) -> Vec<PixelRect> {
        // Filters may draw in what is beyond the canvas.
        let everything = canvas.outset(1 << 20);
        let mut bounds: Vec<PixelRect> = Vec::with_capacity(list.clips.iter().len());
        for (_, node) in list.clips.iter() {
            let around =
                node.parent.and_then(|parent| bounds.get(parent.0 as usize).copied()).unwrap_or(everything);
            let own = match self.transform(node.spatial) {
                Some(affine) => match &node.shape {
                    ClipShape::Rect(rect) => affine.exact_pixels(rect).unwrap_or_else(|| affine.bounds(rect)),
                    shape => affine.bounds(&shape.bounds()),
                },
                None => PixelRect::EMPTY,
            };
            bounds.push(around.intersection(&own));
        }
        bounds
    }

    fn measure_effects(&mut self, list: &DisplayList, canvas: PixelRect) {
        for (item, place) in list.items.iter().zip(&self.items) {
            if let Some(EffectId(effect)) = item.effect
                && let Some(effect) = self.effects.get_mut(effect as usize)
            {
                effect.content = effect.content.union(&place.ink);
            }
        }
        // Children come after their parents.
        let parents: Vec<Option<EffectId>> = list.effects.iter().map(|(_, effect)| effect.parent).collect();
        let everything = canvas.outset(1 << 20);
        for index in (0..self.effects.len()).rev() {
            let node = list.effects.get(EffectId(index as u32));
            let affine = node.and_then(|node| self.transform(node.spatial)).copied();
            let effect = &mut self.effects[index];
            effect.output = match effect.content.is_empty() {
                true => PixelRect::EMPTY,
                false => output(effect.content, node, &affine.unwrap_or(Affine::IDENTITY)),
            };
            effect.output = effect.output.intersection(&everything);
            let output = self.effects[index].output;
            let is_mask = node.is_some_and(|node| node.blend_mode.reaches_outside());
            if let Some(parent) = parents[index].and_then(|parent| self.effects.get_mut(parent.0 as usize)) {
                if is_mask {
                    parent.masks += 1;
                } else {
                    parent.content = parent.content.union(&output);
                }
            }
        }
    }
}

/// The px of a group that are left of `content` by its filters.
fn output(content: PixelRect, node: Option<&EffectNode>, affine: &Affine) -> PixelRect {
    let Some(node) = node else { return content };
    node.filters.iter().fold(content, |content, filter| match filter {
        Filter::Reference(filter) => affine.bounds(&filter.region()),
        other => content.outset(filters_reach(std::slice::from_ref(other), affine.mean_scale())),
    })
}

fn transforms(list: &DisplayList, scale: f32, scroll: &[(SpatialId, CssVector)]) -> Vec<Option<Affine>> {
    let mut transforms: Vec<Option<Affine>> = Vec::with_capacity(list.spatial.iter().len());
    for (id, node) in list.spatial.iter() {
        let step = match &node.kind {
            SpatialKind::Transform { matrix, backface_hidden } => {
                if *backface_hidden && matrix.is_backface_visible() {
                    transforms.push(None);
                    continue;
                }
                Affine::from_transform(matrix, 1.0)
            }
            SpatialKind::Scroll(own) => {
                let replaced = scroll.iter().find(|(other, _)| *other == id).map(|(_, offset)| *offset);
                let offset = replaced.unwrap_or(own.offset);
                // Content scrolls by whole device px, so that it looks the same wherever it is.
                let whole = |length: f32| (length * scale).round() / scale;
                Affine::translation(-whole(offset.x), -whole(offset.y))
            }
        };
        let total = match node.parent {
            None => Some(step.then(&Affine { a: scale, d: scale, ..Affine::IDENTITY })),
            Some(parent) => {
                transforms.get(parent.0 as usize).copied().flatten().map(|outer| step.then(&outer))
            }
        };
        let seen = |affine: &Affine| {
            let area = affine.a * affine.d - affine.b * affine.c;
            area.is_finite() && area != 0.0 && affine.e.is_finite() && affine.f.is_finite()
        };
        transforms.push(total.filter(seen));
    }
    transforms
}

/// How far filters carry, in device px. `factor` is device px to a CSS px.
pub(crate) fn filters_reach(filters: &[Filter], factor: f32) -> i32 {
    filters
        .iter()
        .map(|filter| match filter {
            Filter::Blur(deviation) => reach((deviation * factor).min(MAX_DEVIATION)),
            Filter::DropShadow { offset, deviation, .. } => {
                let shift = (offset.x.abs().max(offset.y.abs()) * factor).ceil().min(100_000.0) as i32;
                reach((deviation * factor).min(MAX_DEVIATION)) + shift
            }
            // Anything may depend on everything.
            Filter::Reference(_) => REFERENCE_REACH,
            _ => 0,
        })
        .sum()
}
