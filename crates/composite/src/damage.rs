//! What has to be drawn again.
//!
//! Both lists are walked side by side. Items that are equal, and equally placed, cut and composited, keep their pixels; where
//! the page only scrolled by whole px, its pixels are moved first and the items count as equal when they moved along. All
//! other items, of either list, are damage: what they reach is drawn again.

use fanlight_paint::DisplayList;
use fanlight_paint::display_list::{ClipId, DisplayItem, EffectId, SpatialId};
use rustc_hash::FxHashMap;

use crate::composited::Composited;
use crate::options::CompositeOptions;
use crate::raster::{Affine, Pixel, PixelRect, Surface};
use crate::scene::{Geometry, ItemGeometry};
use crate::tiles;

/// What has to be drawn.
pub(crate) enum Damage {
    Everything,
    /// These rectangles; they may overlap.
    Parts(Vec<PixelRect>),
}

/// How far ahead an item is looked for when the lists differ.
const LOOK_AHEAD: usize = 64;

impl Damage {
    /// The rectangles to draw, in rows from above, none overlapping: the tiles that are touched, cut to what is damaged.
    pub fn rects(&self, canvas: PixelRect, tile_size: i32) -> Vec<PixelRect> {
        let tiles = tiles::split(canvas, tile_size);
        match self {
            Damage::Everything => tiles,
            Damage::Parts(parts) => {
                let damaged = |tile: PixelRect| {
                    let in_tile = parts.iter().map(|part| part.intersection(&tile));
                    in_tile.fold(PixelRect::EMPTY, |all, part| all.union(&part))
                };
                let mut rects: Vec<_> =
                    tiles.into_iter().map(damaged).filter(|rect| !rect.is_empty()).collect();
                // Rows of tiles stay in order; inside a row, rectangles are sorted for the search in `tiles`.
                rects.sort_by_key(|rect| (rect.bottom, rect.top, rect.left));
                rects
            }
        }
    }
}

/// Takes over the pixels of the frame before, moved where the page scrolled, and says what of them is wrong.
pub(crate) fn compare(
    previous: Composited,
    list: &DisplayList,
    options: &CompositeOptions,
    geometry: &Geometry,
    background: Pixel,
) -> (Surface, Damage) {
    let canvas = options.canvas();
    let (old, old_geometry, old_options, old_background, mut frame) = previous.into_parts();
    let comparable = old_options.size == options.size
        && old_options.scale == options.scale
        && old_background == background
        && frame.rect() == canvas;
    if !comparable {
        return (Surface::filled(PixelRect::EMPTY, background), Damage::Everything);
    }
    let shift = scroll_shift(&old_geometry, geometry, canvas);
    let mut parts = Vec::new();
    if shift != (0, 0) {
        move_pixels(&mut frame, shift);
        // What scrolled in.
        let moved = canvas.translate(shift.0, shift.1).intersection(&canvas);
        parts.extend([
            PixelRect { bottom: moved.top, ..canvas },
            PixelRect { top: moved.bottom, ..canvas },
            PixelRect { right: moved.left, ..canvas },
            PixelRect { left: moved.right, ..canvas },
        ]);
    }
    let mut comparison = Comparison {
        old: (&old, &old_geometry),
        new: (list, geometry),
        shift,
        clips: FxHashMap::default(),
        effects: FxHashMap::default(),
    };
    comparison.walk(canvas, &mut parts);
    // What is blurred into a backdrop carries on.
    let reach = |part: &PixelRect| geometry.backdrop_reach(part).max(old_geometry.backdrop_reach(part));
    let parts = parts
        .into_iter()
        .filter(|part| !part.is_empty())
        .map(|part| part.outset(reach(&part)).intersection(&canvas));
    (frame, Damage::Parts(parts.collect()))
}

/// By how many px the document moved; nothing unless it moved alone and by whole px.
fn scroll_shift(old: &Geometry, new: &Geometry, canvas: PixelRect) -> (i32, i32) {
    let (Some(before), Some(after)) =
        (old.transform(SpatialId::DOCUMENT), new.transform(SpatialId::DOCUMENT))
    else {
        return (0, 0);
    };
    let (x, y) = (after.e - before.e, after.f - before.f);
    let whole = x == x.round()
        && y == y.round()
        && (x.abs() as usize) < canvas.width()
        && (y.abs() as usize) < canvas.height();
    if whole { (x as i32, y as i32) } else { (0, 0) }
}

fn move_pixels(frame: &mut Surface, shift: (i32, i32)) {
    let rect = frame.rect();
    let moved = rect.translate(shift.0, shift.1).intersection(&rect);
    let width = rect.width();
    let columns = moved.width();
    let to_column = (moved.left - rect.left) as usize;
    let from_column = (moved.left - shift.0 - rect.left) as usize;
    let pixels = frame.pixels_mut();
    let mut move_row = |y: i32| {
        let to = (y - rect.top) as usize * width + to_column;
        let from = (y - shift.1 - rect.top) as usize * width + from_column;
        pixels.copy_within(from..from + columns, to);
    };
    // Rows are read before they are written over.
    if shift.1 <= 0 {
        (moved.top..moved.bottom).for_each(&mut move_row);
    } else {
        (moved.top..moved.bottom).rev().for_each(&mut move_row);
    }
}

struct Comparison<'a> {
    old: (&'a DisplayList, &'a Geometry),
    new: (&'a DisplayList, &'a Geometry),
    shift: (i32, i32),
    /// Whether an old and a new chain of clips leave the same.
    clips: FxHashMap<(Option<ClipId>, Option<ClipId>), bool>,
    /// Whether an old and a new chain of groups do the same.
    effects: FxHashMap<(Option<EffectId>, Option<EffectId>), bool>,
}

impl Comparison<'_> {
    fn walk(&mut self, canvas: PixelRect, parts: &mut Vec<PixelRect>) {
        let (old_items, new_items) = (&self.old.0.items, &self.new.0.items);
        let (mut old_at, mut new_at) = (0, 0);
        while old_at < old_items.len() && new_at < new_items.len() {
            if self.same(old_at, new_at) {
                self.note_edges(canvas, new_at, parts);
                old_at += 1;
                new_at += 1;
                continue;
            }
            // An item was put in, taken out or changed: whichever brings the lists together again soonest.
            let (old_skip, new_skip) = self.resume(old_at, new_at);
            (old_at..old_at + old_skip).for_each(|index| self.damage_old(index, parts));
            (new_at..new_at + new_skip).for_each(|index| self.damage_new(index, parts));
            old_at += old_skip;
            new_at += new_skip;
        }
        (old_at..old_items.len()).for_each(|index| self.damage_old(index, parts));
        (new_at..new_items.len()).for_each(|index| self.damage_new(index, parts));
    }

    fn resume(&mut self, old_at: usize, new_at: usize) -> (usize, usize) {
        let (old_left, new_left) = (self.old.0.items.len() - old_at, self.new.0.items.len() - new_at);
        for distance in 1..LOOK_AHEAD {
            if distance < old_left && distance < new_left && self.same(old_at + distance, new_at + distance) {
                return (distance, distance);
            }
            if distance < new_left && self.same(old_at, new_at + distance) {
                return (0, distance);
            }
            if distance < old_left && self.same(old_at + distance, new_at) {
                return (distance, 0);
            }
        }
        (old_left.min(LOOK_AHEAD), new_left.min(LOOK_AHEAD))
    }

    /// What an old item left, where its pixels are now.
    fn damage_old(&self, index: usize, parts: &mut Vec<PixelRect>) {
        parts.push(self.old.1.items[index].reach.translate(self.shift.0, self.shift.1));
    }

    fn damage_new(&self, index: usize, parts: &mut Vec<PixelRect>) {
        parts.push(self.new.1.items[index].reach);
    }

    /// An item that moved along was cut off at the old edge of the canvas: what it reaches beyond is new. With filters, also
    /// what the edge carried inwards.
    fn note_edges(&self, canvas: PixelRect, new_at: usize, parts: &mut Vec<PixelRect>) {
        let place = &self.new.1.items[new_at];
        if self.shift != (0, 0) && place.outset > 0 {
            parts.push(place.reach.intersection(&canvas));
        }
    }

    fn same(&mut self, old_at: usize, new_at: usize) -> bool {
        let (old, new) = (&self.old.0.items[old_at], &self.new.0.items[new_at]);
        let (old_place, new_place) = (&self.old.1.items[old_at], &self.new.1.items[new_at]);
        if old_place.ink.is_empty() && new_place.ink.is_empty() {
            return true;
        }
        self.placed_alike(old.spatial, new.spatial)
            && self.kept_whole(old_place, new_place)
            && drawn_alike(old, new)
            && self.cut_alike(old.clip, new.clip)
            && self.composited_alike(old.effect, new.effect)
    }

    /// Whether the bounds agree, apart from what the edges of the canvas cut off.
    fn kept_whole(&self, old: &ItemGeometry, new: &ItemGeometry) -> bool {
        old.outset == new.outset && old.ink.translate(self.shift.0, self.shift.1) == new.ink
    }

    fn placed_alike(&self, old: SpatialId, new: SpatialId) -> bool {
        let moved = |affine: &Affine| Affine {
            e: affine.e + self.shift.0 as f32,
            f: affine.f + self.shift.1 as f32,
            ..*affine
        };
        self.old.1.transform(old).map(moved) == self.new.1.transform(new).copied()
    }

    fn cut_alike(&mut self, old: Option<ClipId>, new: Option<ClipId>) -> bool {
        if let Some(known) = self.clips.get(&(old, new)) {
            return *known;
        }
        let mut old_chain = self.old.0.clips.chain(old);
        let mut new_chain = self.new.0.clips.chain(new);
        let alike = loop {
            match (old_chain.next(), new_chain.next()) {
                (None, None) => break true,
                (Some((_, old)), Some((_, new))) => {
                    if old.shape != new.shape || !self.placed_alike(old.spatial, new.spatial) {
                        break false;
                    }
                }
                _ => break false,
            }
        };
        self.clips.insert((old, new), alike);
        alike
    }

    fn composited_alike(&mut self, old: Option<EffectId>, new: Option<EffectId>) -> bool {
        if let Some(known) = self.effects.get(&(old, new)) {
            return *known;
        }
        let old_chain: Vec<_> = self.old.0.effects.chain(old).collect();
        let new_chain: Vec<_> = self.new.0.effects.chain(new).collect();
        let alike = old_chain.len() == new_chain.len()
            && old_chain.iter().zip(&new_chain).all(|((_, old), (_, new))| {
                old.opacity == new.opacity
                    && old.blend_mode == new.blend_mode
                    && old.filters == new.filters
                    && self.placed_alike(old.spatial, new.spatial)
                    && self.cut_alike(old.clip, new.clip)
            });
        self.effects.insert((old, new), alike);
        alike
    }
}

fn drawn_alike(old: &DisplayItem, new: &DisplayItem) -> bool {
    old.bounds == new.bounds && old.kind == new.kind
}
