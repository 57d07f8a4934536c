//! The parts of the canvas that are drawn, one by one or on several threads.

use rayon::prelude::*;

use crate::group::draw_items;
use crate::limits::PARALLEL_PIXELS;
use crate::options::CompositeOptions;
use crate::raster::{Pixel, PixelRect, Scratch, Surface};
use crate::scene::Scene;

/// The tiles of a part of the canvas, in rows from above; those at its ends may be smaller.
pub(crate) fn split(part: PixelRect, tile_size: i32) -> Vec<PixelRect> {
    let starts = |from: i32, to: i32| (from..to).step_by(tile_size as usize);
    let row = |top: i32| {
        starts(part.left, part.right)
            .map(move |left| PixelRect::new(left, top, left + tile_size, top + tile_size).intersection(&part))
    };
    starts(part.top, part.bottom).flat_map(row).collect()
}

/// Whether several threads are worth waking for this much of the canvas.
pub(crate) fn is_parallel(scene: &Scene<'_>, area: PixelRect, options: &CompositeOptions) -> bool {
    let cost = scene.geometry.items.iter().map(|item| item.reach.intersection(&area).area());
    options.threads > 1 && cost.fold(area.area(), usize::saturating_add) > PARALLEL_PIXELS
}

/// Draws the rectangles, which do not overlap, into the frame: this part of the canvas.
pub(crate) fn draw(
    scene: &Scene<'_>,
    rects: &[PixelRect],
    background: Pixel,
    part: PixelRect,
    options: &CompositeOptions,
    frame: &mut Surface,
) {
    let _span = tracing::info_span!("draw_tiles", tiles = rects.len()).entered();
    let canvas = options.canvas();
    // A blurred backdrop needs what is around the tile; only the tile itself is right then.
    let around: Vec<PixelRect> = rects
        .iter()
        .map(|rect| rect.outset(scene.geometry.backdrop_reach(rect)).intersection(&canvas))
        .collect();
    if rects.len() == 1 || !is_parallel(scene, part, options) {
        if rects == [part] && around == [part] {
            // The tile is the frame.
            let items = items_in(scene, part);
            *frame = draw_items(scene, &items, Surface::filled(part, background), &mut Scratch::default());
            return;
        }
        if frame.rect() != part {
            *frame = Surface::filled(part, background);
        }
        let mut scratch = Scratch::default();
        for ((rect, around), items) in rects.iter().zip(&around).zip(sort_into(scene, &around)) {
            frame.copy_from(&draw_one(scene, &items, *rect, *around, background, &mut scratch));
        }
        return;
    }
    if frame.rect() != part {
        *frame = Surface::filled(part, background);
    }
    let bins = sort_into(scene, &around);
    let work = || -> Vec<Surface> {
        rects
            .par_iter()
            .zip(&around)
            .zip(&bins)
            .map_init(Scratch::default, |scratch, ((rect, around), items)| {
                draw_one(scene, items, *rect, *around, background, scratch)
            })
            .collect()
    };
    // The pool that every stage shares does, unless fewer threads were asked for.
    let pool = match options.threads < rayon::current_num_threads() {
        true => rayon::ThreadPoolBuilder::new().num_threads(options.threads).build().ok(),
        false => None,
    };
    let surfaces = match pool {
        Some(pool) => pool.install(work),
        None => work(),
    };
    for surface in &surfaces {
        frame.copy_from(surface);
    }
}

fn draw_one(
    scene: &Scene<'_>,
    items: &[u32],
    rect: PixelRect,
    around: PixelRect,
    background: Pixel,
    scratch: &mut Scratch,
) -> Surface {
    let _span = tracing::debug_span!("draw_tile", x = rect.left, y = rect.top).entered();
    let drawn = draw_items(scene, items, Surface::filled(around, background), scratch);
    if around == rect {
        return drawn;
    }
    let mut tile = Surface::filled(rect, background);
    tile.copy_from(&drawn);
    tile
}

fn items_in(scene: &Scene<'_>, rect: PixelRect) -> Vec<u32> {
    let touching = |(index, item): (usize, &crate::scene::ItemGeometry)| {
        item.reach.intersects(&rect).then_some(index as u32)
    };
    scene.geometry.items.iter().enumerate().filter_map(touching).collect()
}

/// For each rectangle, the items that touch it, in their order.
fn sort_into(scene: &Scene<'_>, rects: &[PixelRect]) -> Vec<Vec<u32>> {
    let mut bins = vec![Vec::new(); rects.len()];
    // Rectangles come in rows from above, so those before an item, and those after it, are skipped quickly; unless some
    // were made larger.
    let sorted = rects.is_sorted_by_key(|rect| rect.bottom) && rects.is_sorted_by_key(|rect| rect.top);
    for (index, item) in scene.geometry.items.iter().enumerate() {
        let reach = item.reach;
        if reach.is_empty() {
            continue;
        }
        let first = if sorted { rects.partition_point(|rect| rect.bottom <= reach.top) } else { 0 };
        for (rect, bin) in rects.iter().zip(&mut bins).skip(first) {
            if sorted && rect.top >= reach.bottom {
                break;
            }
            if rect.intersects(&reach) {
                bin.push(index as u32);
            }
        }
    }
    bins
}
