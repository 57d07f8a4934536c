//! A pixel depends on the display list alone: not on tiles, threads, or what was kept from the frame before.

mod common;

use std::sync::Arc;

use common::*;
use fanlight_base::Rgba;
use fanlight_base::geometry::CssVector;
use fanlight_composite::{CompositeOptions, GlyphCache, composite, composite_in_bands};
use fanlight_paint::DisplayList;
use fanlight_paint::display_list::*;

const SEEDS: std::ops::Range<u64> = 0..8;

/// The first pixel that differs.
fn difference(first: &[[u8; 4]], second: &[[u8; 4]], width: usize) -> Option<String> {
    let index = first.iter().zip(second).position(|(a, b)| a != b)?;
    Some(format!("({}, {}): {:?} {:?}", index % width, index / width, first[index], second[index]))
}

#[test]
fn the_size_of_tiles_does_not_show() {
    for seed in SEEDS {
        let list = random_list(seed, 40);
        let whole = draw(&list, &CompositeOptions { tile_size: 1000, ..options(220, 160) });
        for tile_size in [16, 50, 128] {
            let tiled = draw(&list, &CompositeOptions { tile_size, ..options(220, 160) });
            assert_eq!(
                difference(whole.pixels(), tiled.pixels(), 220),
                None,
                "seed {seed}, tiles of {tile_size} px"
            );
        }
    }
}

#[test]
fn bands_are_the_same_picture() {
    for seed in SEEDS.take(3) {
        let list = random_list(seed, 40);
        // Rows that no band ends with, and a picture that is one band.
        for (height, tile_size, threads) in [(410, 16, 1), (410, 50, 4), (160, 256, 1), (1300, 64, 4)] {
            let options = CompositeOptions { tile_size, threads, ..options(1020, height) };
            let whole = draw(&list, &options);
            let rows: Vec<_> = composite_in_bands(&list, &options, &GlyphCache::new(), |bands| {
                std::iter::from_fn(|| bands.next_band()).collect()
            });
            assert_eq!(rows.len() > 1, height > 256, "seed {seed}, {height} rows");
            let rows = rows.concat();
            assert_eq!(rows.len(), whole.pixels().len());
            assert_eq!(difference(whole.pixels(), &rows, 1020), None, "seed {seed}, {height} rows");
        }
    }
}

#[test]
fn the_number_of_threads_does_not_show() {
    for seed in SEEDS.take(3) {
        let list = random_list(seed, 60);
        let one = draw(&list, &CompositeOptions { threads: 1, ..options(500, 400) });
        let four = draw(&list, &CompositeOptions { threads: 4, tile_size: 64, ..options(500, 400) });
        assert_eq!(difference(one.pixels(), four.pixels(), 500), None, "seed {seed}");
    }
}

/// Draws `new` with the help of a frame of `old`, and by itself, and compares.
fn check(
    old: &DisplayList,
    old_options: &CompositeOptions,
    new: &DisplayList,
    new_options: &CompositeOptions,
    what: &str,
) -> usize {
    let glyphs = GlyphCache::new();
    let before = composite(&Arc::new(old.clone()), old_options, &glyphs, None);
    let after = composite(&Arc::new(new.clone()), new_options, &glyphs, Some(before));
    let full = draw(new, new_options);
    assert_eq!(difference(full.pixels(), after.pixels(), full.size().width as usize), None, "{what}");
    after.drawn_tiles()
}

#[test]
fn a_repaired_frame_is_the_same_as_a_new_one() {
    for seed in SEEDS {
        let mut random = Random(seed ^ 0x5eed);
        let options = CompositeOptions { tile_size: 32, ..options(220, 160) };
        let mut list = random_list(seed, 40);
        for step in 0..6 {
            let old = list.clone();
            let at = random.below(list.items.len() as u32) as usize;
            match random.below(4) {
                0 => {
                    list.items.remove(at);
                }
                1 => list
                    .items
                    .insert(at, DisplayItem { effect: list.items[at].effect, ..random_item(&mut random) }),
                2 => list.items[at].bounds = list.items[at].bounds.inflate(3.0, 3.0),
                _ => {
                    let place = (list.items[at].clip, list.items[at].spatial, list.items[at].effect);
                    let (clip, spatial, effect) = place;
                    list.items[at] = DisplayItem { clip, spatial, effect, ..random_item(&mut random) };
                }
            }
            check(&old, &options, &list, &options, &format!("seed {seed}, step {step}"));
        }
    }
}

#[test]
fn scrolling_moves_what_was_drawn() {
    for seed in SEEDS {
        let list = random_list(seed, 40);
        let at = |x: f32, y: f32| CompositeOptions {
            scroll: vec![(SpatialId::DOCUMENT, CssVector::new(x, y))],
            tile_size: 32,
            ..options(220, 160)
        };
        for (x, y) in [(0.0, 20.0), (0.0, -13.0), (7.0, 3.0), (0.0, 500.0)] {
            check(&list, &at(0.0, 30.0), &list, &at(x, 30.0 + y), &format!("seed {seed}, by {x}, {y}"));
        }
    }
}

#[test]
fn a_small_change_draws_few_tiles() {
    let items = (0..400).map(|index| {
        filled(rect((index % 20) as f32 * 50.0, (index / 20) as f32 * 50.0, 40.0, 40.0), Rgba::BLACK)
    });
    let old = list(items.collect());
    let options = CompositeOptions { tile_size: 100, ..options(1000, 1000) };
    assert_eq!(check(&old, &options, &old, &options, "no change"), 0);
    let mut new = old.clone();
    new.items[210] = filled(rect(510.0, 510.0, 20.0, 20.0), Rgba::WHITE);
    assert_eq!(check(&old, &options, &new, &options, "one item"), 1);
    new.items.remove(3);
    assert_eq!(check(&old, &options, &new, &options, "two items"), 2);
}

#[test]
fn scrolling_a_long_page_draws_only_what_comes_in() {
    let items = (0..100).map(|index| filled(rect(0.0, index as f32 * 50.0, 300.0, 40.0), Rgba::BLACK));
    let list = list(items.collect());
    let at = |y: f32| CompositeOptions {
        scroll: vec![(SpatialId::DOCUMENT, CssVector::new(0.0, y))],
        tile_size: 100,
        ..options(300, 1000)
    };
    assert!(check(&list, &at(1000.0), &list, &at(1040.0), "down") <= 3);
    assert!(check(&list, &at(1000.0), &list, &at(930.0), "up") <= 3);
}
