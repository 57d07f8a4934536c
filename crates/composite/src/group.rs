//! Items into a surface, group by group.
//!
//! A group is drawn on a transparent surface of its own and then composited: filtered, cut, faded and blended.
//! <https://drafts.fxtf.org/compositing-1/#groups>

use fanlight_paint::display_list::{Backdrop, BlendMode, ClipId, EffectId, EffectNode, ItemKind};

use crate::backdrop::{self, SurfaceShader};
use crate::clip::{Clip, ClipCache};
use crate::draw;
use crate::filter;
use crate::limits::MAX_GROUP_DEPTH;
use crate::raster::blend::{blend, multiply, over, scale};
use crate::raster::{Affine, Canvas, Paint, Scratch, Surface};
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
        if effect.blend_mode.reaches_outside() {
            if below.effect.is_none() {
                // A mask needs a group to cut; the page itself is none.
                return;
            }
            below.masks += 1;
            composite_all(effect, &group.surface, &clip, &mut below.surface);
        } else {
            composite(effect, &group.surface, &clip, &mut below.surface);
        }
    }

    fn draw(&mut self, index: usize) {
        let item = &self.scene.list.items[index];
        if let ItemKind::Backdrop(backdrop) = &item.kind {
            return self.draw_backdrop(index, backdrop);
        }
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

    /// Draws what is below the innermost group into it.
    fn draw_backdrop(&mut self, index: usize, backdrop: &Backdrop) {
        let item = &self.scene.list.items[index];
        let Some(affine) = self.scene.geometry.transform(item.spatial) else { return };
        let (scene, scratch) = (self.scene, &mut *self.scratch);
        let canvas_rect = self.base.surface.rect();
        let Some((group, outer)) = self.groups.split_last_mut() else { return };
        let below = &outer.last().unwrap_or(&self.base).surface;
        let rect = group.surface.rect();
        let clip = group.clips.get(scene.list, scene.geometry, item.clip, group.clip, rect, scratch);
        let region = clip.rect.intersection(&scene.geometry.items[index].ink);
        if region.is_empty() {
            return;
        }
        let filtered = backdrop::filtered(backdrop, affine, below, canvas_rect, region);
        let mut canvas = Canvas::new(&mut group.surface, region, clip.mask.as_deref(), scratch);
        let shader = SurfaceShader(&filtered);
        draw::fill_rounded(&mut canvas, affine, &backdrop.area, Paint::Shader(&shader));
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

/// The same for modes that change what is below where the group is not: they leave nothing there.
fn composite_all(effect: &EffectNode, group: &Surface, clip: &Clip, below: &mut Surface) {
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
            *to = blend(effect.blend_mode, scale(*from, part), *to);
        }
    }
}
