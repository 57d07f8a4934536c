//! The parts of the canvas that are drawn, one by one or on several threads.

use rayon::prelude::*;

use crate::group::draw_items;
use crate::limits::PARALLEL_PIXELS;
use crate::options::CompositeOptions;
use crate::raster::{Pixel, PixelRect, Scratch, Surface};
use crate::scene::Scene;

/// Draws the rectangles, which do not overlap, into the frame.
pub(crate) fn draw(
    scene: &Scene<'_>,
    rects: &[PixelRect],
    background: Pixel,
    canvas: PixelRect,
    options: &CompositeOptions,
    frame: &mut Surface,
) {
    let _span = tracing::info_span!("draw_tiles", tiles = rects.len()).entered();
    let cost: usize =
        scene.geometry.items.iter().map(|item| item.reach.area()).fold(0, usize::saturating_add);
    // A blurred backdrop needs what is around the tile; only the tile itself is right then.
    let around: Vec<PixelRect> = rects
        .iter()
        .map(|rect| rect.outset(scene.geometry.backdrop_reach(rect)).intersection(&canvas))
        .collect();
    let parallel = options.threads > 1 && rects.len() > 1 && cost + canvas.area() > PARALLEL_PIXELS;
    if !parallel {
        if let [rect] = rects
            && *rect == canvas
        {
            // The tile is the frame.
            let items = items_in(scene, *rect);
            *frame = draw_items(scene, &items, Surface::filled(canvas, background), &mut Scratch::default());
            return;
        }
        if frame.rect() != canvas {
            *frame = Surface::filled(canvas, background);
        }
        let mut scratch = Scratch::default();
        for ((rect, around), items) in rects.iter().zip(&around).zip(sort_into(scene, &around)) {
            frame.copy_from(&draw_one(scene, &items, *rect, *around, background, &mut scratch));
        }
        return;
    }
    if frame.rect() != canvas {
        *frame = Surface::filled(canvas, background);
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
