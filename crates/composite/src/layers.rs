//! Layers: the parts of a page that move by themselves, or are drawn apart.
//!
//! A layer costs memory and a pass over its pixels, so there is one only where it saves drawing (content that scrolls, or
//! stays while the rest scrolls) or where the specification asks for a group. Groups are drawn tile by tile, so their
//! surfaces never take more than the tiles that are being drawn.

use fanlight_base::geometry::{DevicePoint, DeviceRect, DeviceSize};
use fanlight_paint::DisplayList;
use fanlight_paint::display_list::{BlendMode, EffectNode, ItemKind, SpatialId, SpatialKind};
use rustc_hash::FxHashSet;

use crate::raster::PixelRect;
use crate::scene::Geometry;

/// A part of a page that moves by itself, or is drawn apart.
#[derive(Clone, Debug, PartialEq)]
pub struct Layer {
    /// Why it exists.
    pub reason: LayerReason,
    /// The element it belongs to, as its place in the document's arena.
    pub node: Option<u32>,
    /// The px of the picture that it draws on, in device px.
    pub bounds: DeviceRect,
    /// How many items are in it.
    pub items: usize,
    /// Whether it is drawn on a surface of its own before it goes to the picture.
    pub own_surface: bool,
}

/// Why a layer exists.
#[derive(Clone, Debug, PartialEq)]
pub enum LayerReason {
    /// The document, which scrolls in the viewport.
    Document,
    /// Fixed to the viewport while the document scrolls.
    Fixed,
    /// The content of a scroll container.
    ScrollContainer,
    /// A group with what makes it one: opacity, blending, filters, a mask, or isolation.
    Group(Vec<&'static str>),
}

impl LayerReason {
    /// For dumps.
    pub fn text(&self) -> String {
        match self {
            LayerReason::Document => "document".to_owned(),
            LayerReason::Fixed => "fixed".to_owned(),
            LayerReason::ScrollContainer => "scroll-container".to_owned(),
            LayerReason::Group(what) => what.join(" "),
        }
    }
}

/// The layers of a list: the document, what is fixed, scroll containers, groups.
pub(crate) fn find(list: &DisplayList, geometry: &Geometry, canvas: PixelRect) -> Vec<Layer> {
    // For each space, the scroll node it scrolls with; `None` stands for the viewport.
    let mut scrollers: Vec<Option<SpatialId>> = Vec::with_capacity(list.spatial.iter().len());
    for (id, node) in list.spatial.iter() {
        let inherited = node.parent.and_then(|parent| scrollers.get(parent.0 as usize).copied().flatten());
        scrollers.push(match &node.kind {
            SpatialKind::Scroll(_) => Some(id),
            SpatialKind::Transform { .. } => inherited,
        });
    }
    let mut moving: Vec<(usize, PixelRect)> = vec![(0, PixelRect::EMPTY); scrollers.len()];
    let mut grouped: Vec<usize> = vec![0; list.effects.iter().len()];
    let mut backdrops = FxHashSet::default();
    let mut fixed = (0, PixelRect::EMPTY);
    for (item, place) in list.items.iter().zip(&geometry.items) {
        let part = match scrollers.get(item.spatial.0 as usize).copied().flatten() {
            Some(scroller) => &mut moving[scroller.0 as usize],
            None => &mut fixed,
        };
        part.0 += 1;
        part.1 = part.1.union(&place.reach);
        if let Some(group) = item.effect.and_then(|effect| grouped.get_mut(effect.0 as usize)) {
            *group += 1;
        }
        if let (ItemKind::Backdrop(_), Some(effect)) = (&item.kind, item.effect) {
            backdrops.insert(effect);
        }
    }
    let mut layers = Vec::new();
    for (id, node) in list.spatial.iter() {
        let SpatialKind::Scroll(scroll) = &node.kind else { continue };
        let (items, bounds) = moving[id.0 as usize];
        let document = id == SpatialId::DOCUMENT;
        if items > 0 || document {
            layers.push(Layer {
                reason: if document { LayerReason::Document } else { LayerReason::ScrollContainer },
                node: scroll.node,
                bounds: device_rect(if document { canvas } else { bounds }),
                items,
                own_surface: document,
            });
        }
    }
    if fixed.0 > 0 {
        layers.push(Layer {
            reason: LayerReason::Fixed,
            node: None,
            bounds: device_rect(fixed.1),
            items: fixed.0,
            own_surface: false,
        });
    }
    for (id, effect) in list.effects.iter() {
        let place = &geometry.effects[id.0 as usize];
        let node = list.items.iter().find(|item| item.effect == Some(id)).and_then(|item| item.node);
        layers.push(Layer {
            reason: LayerReason::Group(group_reasons(effect, backdrops.contains(&id), place.masks > 0)),
            node,
            bounds: device_rect(place.output.intersection(&canvas)),
            items: grouped[id.0 as usize],
            own_surface: true,
        });
    }
    layers
}

fn group_reasons(effect: &EffectNode, filters_backdrop: bool, masked: bool) -> Vec<&'static str> {
    let mut reasons = Vec::new();
    if effect.opacity < 1.0 {
        reasons.push("opacity");
    }
    match effect.blend_mode {
        BlendMode::Normal => {}
        BlendMode::DestinationIn => reasons.push("mask"),
        _ => reasons.push("blend-mode"),
    }
    if !effect.filters.is_empty() {
        reasons.push("filter");
    }
    if filters_backdrop {
        reasons.push("backdrop-filter");
    }
    if masked {
        reasons.push("masked");
    }
    if reasons.is_empty() {
        reasons.push("isolation");
    }
    reasons
}

fn device_rect(rect: PixelRect) -> DeviceRect {
    DeviceRect::new(
        DevicePoint::new(rect.left, rect.top),
        DeviceSize::new(rect.width() as i32, rect.height() as i32),
    )
}
