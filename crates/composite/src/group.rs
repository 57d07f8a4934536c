//! Items into a surface, group by group.
//!
//! A group is drawn on a transparent surface of its own and then composited: filtered, cut, faded and blended.
//! <https://drafts.fxtf.org/compositing-1/#groups>

use fanlight_paint::display_list::{BlendMode, ClipId, EffectId, EffectNode};

use crate::clip::{Clip, ClipCache};
use crate::draw;
use crate::filter;
use crate::limits::MAX_GROUP_DEPTH;
use crate::raster::blend::{blend, multiply, over, scale};
use crate::raster::{Affine, Canvas, Pixel, PixelRect, Scratch, Surface};
use crate::scene::Scene;

/// Draws items, given by their places in the list and in its order, on a surface that is filled already.
pub(crate) fn draw_items(scene: &Scene<'_>, items: &[u32], base: Surface, scratch: &mut Scratch) -> Surface {
    let mut painter = Painter { scene, base: Level::new(None, base), groups: Vec::new(), scratch };
    let mut wanted: Vec<EffectId> = Vec::new();
    let mut current = None;
    for &index in items {
        let Some(item) = scene.list.items.get(index as usize) else { continue };
        if item.effect != current {
            current = item.effect;
            wanted.clear();
            wanted.extend(scene.list.effects.chain(item.effect).map(|(id, _)| id));
            wanted.reverse();
            wanted.truncate(MAX_GROUP_DEPTH);
            painter.enter(&wanted);
        }
        painter.draw(index as usize);
    }
    painter.enter(&[]);
    painter.base.surface
}

struct Painter<'a> {
    scene: &'a Scene<'a>,
    base: Level,
    /// The groups that are open, the outermost first.
    groups: Vec<Level>,
    scratch: &'a mut Scratch,
}

/// A surface that is being drawn on.
struct Level {
    effect: Option<EffectId>,
    surface: Surface,
    clips: ClipCache,
    /// The clip that is applied when the group is composited, and to nothing inside it.
    clip: Option<ClipId>,
    /// How many masks were composited into it.
    masks: u32,
}

impl Level {
    fn new(effect: Option<EffectId>, surface: Surface) -> Self {
        Level { effect, surface, clips: ClipCache::default(), clip: None, masks: 0 }
    }
}

impl Painter<'_> {
    /// Closes and opens groups until just these are open.
    fn enter(&mut self, wanted: &[EffectId]) {
        let shared =
            self.groups.iter().zip(wanted).take_while(|(open, wanted)| open.effect == Some(**wanted)).count();
        while self.groups.len() > shared {
            self.close();
        }
        for &effect in &wanted[shared..] {
            self.open(effect);
        }
    }

    fn open(&mut self, id: EffectId) {
        let below = self.groups.last().unwrap_or(&self.base);
        let inherited_clip = below.clip;
        let geometry = self.scene.geometry.effects.get(id.0 as usize).copied().unwrap_or_default();
        let rect = below.surface.rect().intersection(&geometry.output);
        let rect = rect.outset(geometry.outset).intersection(&geometry.content.union(&geometry.output));
        let mut level = Level::new(Some(id), Surface::filled(rect, [0; 4]));
        level.clip = self.scene.list.effects.get(id).and_then(|effect| effect.clip).or(inherited_clip);
        self.groups.push(level);
    }

    fn close(&mut self) {
        let Some(mut group) = self.groups.pop() else { return };
        let Some((id, effect)) = group.effect.and_then(|id| Some((id, self.scene.list.effects.get(id)?)))
        else {
            return;
        };
        let geometry = self.scene.geometry.effects.get(id.0 as usize).copied().unwrap_or_default();
        if group.masks < geometry.masks {
            // A mask that has nothing here masks everything.
            group.surface.pixels_mut().fill([0; 4]);
        }
        let affine = self.scene.geometry.transform(effect.spatial).copied().unwrap_or(Affine::IDENTITY);
        filter::apply(&effect.filters, &affine, &mut group.surface);
        let (scene, scratch) = (self.scene, &mut *self.scratch);
        let below = self.groups.last_mut().unwrap_or(&mut self.base);
        let rect = below.surface.rect();
        let stop = below.clip;
        let clip = match effect.clip {
            None => Clip { rect, mask: None },
            clip => below.clips.get(scene.list, scene.geometry, clip, stop, rect, scratch),
        };
        if !effect.backdrop_filters.is_empty() {
            filter_backdrop(effect, &affine, &clip, geometry.output, &mut below.surface);
        }
        if effect.blend_mode == BlendMode::DestinationIn {
            if below.effect.is_none() {
                // A mask needs a group to cut; the page itself is none.
                return;
            }
            below.masks += 1;
            keep_inside(effect, &group.surface, &clip, &mut below.surface);
        } else {
            composite(effect, &group.surface, &clip, &mut below.surface);
        }
    }

    fn draw(&mut self, index: usize) {
        let item = &self.scene.list.items[index];
        let Some(affine) = self.scene.geometry.transform(item.spatial) else { return };
        let (scene, scratch) = (self.scene, &mut *self.scratch);
        let level = self.groups.last_mut().unwrap_or(&mut self.base);
        let rect = level.surface.rect();
        if rect.is_empty() {
            return;
        }
        let clip = level.clips.get(scene.list, scene.geometry, item.clip, level.clip, rect, scratch);
        let region = clip.rect.intersection(&scene.geometry.items[index].ink);
        if region.is_empty() {
            return;
        }
        let mut canvas = Canvas::new(&mut level.surface, region, clip.mask.as_deref(), scratch);
        draw::item(&mut canvas, &item.kind, affine, &scene.prepared[index]);
    }
}

/// Replaces what is below by its filtered self, inside the clip.
fn filter_backdrop(
    effect: &EffectNode,
    affine: &Affine,
    clip: &Clip,
    output: PixelRect,
    below: &mut Surface,
) {
    let rect = clip.rect.intersection(&output).intersection(&below.rect());
    if rect.is_empty() {
        return;
    }
    let mut backdrop = below.clone();
    filter::apply(&effect.backdrop_filters, affine, &mut backdrop);
    for y in rect.top..rect.bottom {
        let coverage = clip.mask.as_ref().map(|mask| mask.row(y, rect.left, rect.right));
        let from = backdrop.row(y, rect.left, rect.right);
        for (index, (to, &from)) in below.row_mut(y, rect.left, rect.right).iter_mut().zip(from).enumerate() {
            *to = mix(from, *to, coverage.map_or(255, |coverage| coverage[index]));
        }
    }
}

/// A pixel in place of another, as far as it covers.
fn mix(new: Pixel, old: Pixel, coverage: u8) -> Pixel {
    match coverage {
        255 => new,
        0 => old,
        _ => std::array::from_fn(|channel| {
            multiply(new[channel], coverage).saturating_add(multiply(old[channel], 255 - coverage))
        }),
    }
}

fn opacity(effect: &EffectNode) -> u8 {
    (effect.opacity.clamp(0.0, 1.0) * 255.0).round() as u8
}

fn composite(effect: &EffectNode, group: &Surface, clip: &Clip, below: &mut Surface) {
    let rect = group.rect().intersection(&clip.rect).intersection(&below.rect());
    let opacity = opacity(effect);
    for y in rect.top..rect.bottom {
        let coverage = clip.mask.as_ref().map(|mask| mask.row(y, rect.left, rect.right));
        let from = group.row(y, rect.left, rect.right);
        let row = below.row_mut(y, rect.left, rect.right).iter_mut().zip(from).enumerate();
        for (index, (to, &from)) in row {
            let part = coverage.map_or(opacity, |coverage| multiply(coverage[index], opacity));
            let from = if part == 255 { from } else { scale(from, part) };
            *to = match effect.blend_mode {
                BlendMode::Normal => over(from, *to),
                mode => blend(mode, from, *to),
            };
        }
    }
}

/// Keeps what is below where the group is.
fn keep_inside(effect: &EffectNode, group: &Surface, clip: &Clip, below: &mut Surface) {
    let all = below.rect();
    let rect = group.rect().intersection(&clip.rect).intersection(&all);
    let opacity = opacity(effect);
    for y in all.top..all.bottom {
        if y < rect.top || y >= rect.bottom {
            below.row_mut(y, all.left, all.right).fill([0; 4]);
            continue;
        }
        below.row_mut(y, all.left, rect.left).fill([0; 4]);
        below.row_mut(y, rect.right, all.right).fill([0; 4]);
        let coverage = clip.mask.as_ref().map(|mask| mask.row(y, rect.left, rect.right));
        let from = group.row(y, rect.left, rect.right);
        for (index, (to, from)) in below.row_mut(y, rect.left, rect.right).iter_mut().zip(from).enumerate() {
            let part = coverage.map_or(opacity, |coverage| multiply(coverage[index], opacity));
            *to = scale(*to, multiply(from[3], part));
        }
    }
}
