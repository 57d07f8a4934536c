//! Clips on a surface.

use std::rc::Rc;

use fanlight_paint::DisplayList;
use fanlight_paint::display_list::{ClipId, ClipNode, ClipShape, FillRule};
use rustc_hash::FxHashMap;

use crate::raster::shapes::{list_path, rect_path, rounded_path};
use crate::raster::{Affine, FlatPath, Mask, PixelRect, Scratch, rasterise};
use crate::scene::Geometry;

/// What a chain of clips leaves of a surface.
#[derive(Clone)]
pub(crate) struct Clip {
    pub rect: PixelRect,
    /// How much of each px of `rect`, when it is not all of them.
    pub mask: Option<Rc<Mask>>,
}

/// The clips that were worked out for one surface.
#[derive(Default)]
pub(crate) struct ClipCache {
    known: FxHashMap<(Option<ClipId>, Option<ClipId>), Clip>,
}

impl ClipCache {
    /// What the clip `id` and its parents, up to but without `stop`, leave of `rect`, which is the surface's.
    pub fn get(
        &mut self,
        list: &DisplayList,
        geometry: &Geometry,
        id: Option<ClipId>,
        stop: Option<ClipId>,
        rect: PixelRect,
        scratch: &mut Scratch,
    ) -> Clip {
        if id.is_none() || id == stop {
            return Clip { rect, mask: None };
        }
        if let Some(clip) = self.known.get(&(id, stop)) {
            return clip.clone();
        }
        let clip = clip(list, geometry, id, stop, rect, scratch);
        self.known.insert((id, stop), clip.clone());
        clip
    }
}

fn clip(
    list: &DisplayList,
    geometry: &Geometry,
    id: Option<ClipId>,
    stop: Option<ClipId>,
    rect: PixelRect,
    scratch: &mut Scratch,
) -> Clip {
    let mut left = rect;
    let mut soft: Vec<FlatPath> = Vec::new();
    let mut rules = Vec::new();
    for (clip, node) in list.clips.chain(id) {
        if Some(clip) == stop {
            break;
        }
        let Some(affine) = geometry.transform(node.spatial) else {
            return Clip { rect: PixelRect::EMPTY, mask: None };
        };
        match hard(node, affine) {
            Some(pixels) => left = left.intersection(&pixels),
            None => {
                let (path, rule) = soft_path(node, affine);
                left = left.intersection(&path.bounds());
                soft.push(path);
                rules.push(rule);
            }
        }
    }
    if left.is_empty() || soft.is_empty() {
        return Clip { rect: left, mask: None };
    }
    let mut mask = Mask::filled(left, 255);
    for (path, rule) in soft.iter().zip(rules) {
        mask.multiply(&rasterise(path, rule, left, scratch));
    }
    let all = mask.coverage().iter().all(|&coverage| coverage == 255);
    Clip { rect: left, mask: (!all).then(|| Rc::new(mask)) }
}

/// The whole px of a clip whose edges are on device px.
fn hard(node: &ClipNode, affine: &Affine) -> Option<PixelRect> {
    match &node.shape {
        ClipShape::Rect(rect) => affine.exact_pixels(rect),
        ClipShape::RoundedRect(rounded) if rounded.is_sharp() => affine.exact_pixels(&rounded.rect),
        _ => None,
    }
}

fn soft_path(node: &ClipNode, affine: &Affine) -> (FlatPath, FillRule) {
    match &node.shape {
        ClipShape::Rect(rect) => (rect_path(affine, rect), FillRule::NonZero),
        ClipShape::RoundedRect(rounded) => (rounded_path(affine, rounded), FillRule::NonZero),
        ClipShape::Path(path, rule) => (list_path(affine, path), *rule),
    }
}
