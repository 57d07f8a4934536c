//! A document inside a document: its display list becomes a part of this one.

use fanlight_base::Rgba;
use fanlight_base::geometry::{CssRect, CssTransform};

use crate::display_list::{
    ClipId, ClipNode, ClipShape, DisplayItem, DisplayList, EffectId, EffectNode, SpatialId, SpatialKind,
};
use crate::painter::Painter;

/// Paints a list whose viewport is `rect`.
pub(super) fn paint(painter: &mut Painter<'_>, list: &DisplayList, rect: CssRect) {
    let around = painter.place;
    let viewport_clip = painter.clips.push(ClipNode {
        parent: around.clip,
        spatial: around.spatial,
        shape: ClipShape::Rect(rect),
    });
    // Every node of the inner trees gets a node of the outer ones.
    let mut spaces: Vec<SpatialId> = Vec::with_capacity(list.spatial.iter().len());
    for (id, node) in list.spatial.iter() {
        let (parent, kind) = match node.parent {
            None => {
                debug_assert_eq!(id, SpatialId::VIEWPORT);
                let matrix = CssTransform::translation(rect.origin.x, rect.origin.y, 0.0);
                (around.spatial, SpatialKind::Transform { matrix, backface_hidden: false })
            }
            Some(parent) => (spaces[parent.0 as usize], node.kind.clone()),
        };
        spaces.push(painter.spatial.push(parent, kind));
    }
    let mut clips: Vec<ClipId> = Vec::with_capacity(list.clips.iter().len());
    for (_, node) in list.clips.iter() {
        let parent = node.parent.map_or(viewport_clip, |parent| clips[parent.0 as usize]);
        let spatial = spaces[node.spatial.0 as usize];
        clips.push(painter.clips.push(ClipNode { parent: Some(parent), spatial, shape: node.shape.clone() }));
    }
    let clip_of = |clip: Option<ClipId>| Some(clip.map_or(viewport_clip, |clip| clips[clip.0 as usize]));
    let mut effects: Vec<EffectId> = Vec::with_capacity(list.effects.iter().len());
    for (_, node) in list.effects.iter() {
        let node = EffectNode {
            parent: node.parent.map(|parent| effects[parent.0 as usize]).or(painter.effect),
            spatial: spaces[node.spatial.0 as usize],
            clip: clip_of(node.clip),
            ..node.clone()
        };
        effects.push(painter.effects.push(node));
    }
    painter.place.clip = Some(viewport_clip);
    painter.fill_rect(rect, list.canvas_color.unwrap_or(Rgba::TRANSPARENT));
    painter.place = around;
    painter.items.extend(list.items.iter().map(|item| DisplayItem {
        // The inner document has an arena of its own: what it draws is the frame's here.
        node: painter.node,
        bounds: item.bounds,
        clip: clip_of(item.clip),
        spatial: spaces[item.spatial.0 as usize],
        effect: item.effect.map(|effect| effects[effect.0 as usize]).or(painter.effect),
        kind: item.kind.clone(),
    }));
}
