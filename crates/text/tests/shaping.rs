//! Shaping with the bundled fonts, against what Chromium measures.

use std::sync::Arc;

use fanlight_text::{
    Direction, FontContext, FontDescription, FontFamily, FontFeature, FontKerning, FontSource, FontStack,
    Fonts, GenericFamily, LineEnds, Orientation, ShapeOptions, ShapedText, Tag,
};

fn pinned() -> Fonts {
    Fonts::without_web_fonts(Arc::new(FontContext::new(FontSource::Pinned)))
}

#[test]
fn with_full_hinting_glyphs_stand_at_whole_px() {
    let context = FontContext::new(FontSource::Pinned).placing_glyphs_at_whole_px(true);
    let fonts = Fonts::without_web_fonts(Arc::new(context));
    let width = |family, size, text| shape(&fonts.stack(&described(family, size)), text).width();
    // As Chromium has it with fontconfig's `hintfull`.
    let cases = [
        ("serif", 16.0, "a", 7.0),
        ("serif", 16.0, "W", 15.0),
        ("serif", 16.0, "AVAVAV", 62.0),
        ("sans-serif", 20.0, "i", 4.0),
        ("sans-serif", 20.0, "AVAVAV", 73.0),
    ];
    for (family, size, text, expected) in cases {
        assert_eq!(width(family, size, text), expected, "{text} of {family}");
    }
    assert_eq!(fonts.stack(&described("serif", 16.0)).metrics().zero_advance, 8.0);
}

fn described(family: &str, size: f32) -> FontDescription {
    let family = match family.parse::<GenericFamily>() {
        Ok(generic) => FontFamily::Generic(generic),
        Err(_) => FontFamily::Named(family.into()),
    };
    FontDescription { families: Arc::from([family]), size, ..FontDescription::default() }
}

fn serif() -> Arc<FontStack> {
    pinned().stack(&described("serif", 16.0))
}

fn shape(stack: &FontStack, text: &str) -> ShapedText {
    stack.shape(text, 0..text.len(), &ShapeOptions::default())
}

/// Layout rounds the width of text up to 1/64 px.
fn layout_width(width: f32) -> f32 {
    (width * 64.0).ceil() / 64.0
}

#[test]
fn widths_and_line_metrics_are_chromiums() {
    let fonts = pinned();
    let mut failures = Vec::new();
    let mut cases = 0;
    for line in include_str!("chromium/widths.txt").lines().filter(|line| !line.starts_with('#')) {
        let fields: Vec<&str> = line.split('\t').collect();
        let stack = fonts.stack(&described(fields[1], fields[2].parse().unwrap()));
        let numbers: Vec<f32> = fields[3..].iter().filter_map(|field| field.parse().ok()).collect();
        cases += 1;
        match fields[0] {
            "W" => {
                let width = shape(&stack, fields[3]).width();
                if layout_width(width) != fields[4].parse::<f32>().unwrap() {
                    failures.push(format!("{line}: {width}"));
                }
            }
            "M" => {
                let metrics = stack.metrics();
                let half_leading = ((metrics.line_spacing - metrics.ascent - metrics.descent) / 2.0).floor();
                let found =
                    [metrics.line_spacing, half_leading + metrics.ascent, metrics.ascent + metrics.descent];
                if found[..] != numbers[..] {
                    failures.push(format!("{line}: {found:?}"));
                }
            }
            other => panic!("unknown measure {other}"),
        }
    }
    assert!(cases > 200, "{cases}");
    assert!(failures.is_empty(), "{} of {cases}:\n{}", failures.len(), failures.join("\n"));
}

#[test]
fn kerning_can_be_switched_off() {
    let fonts = pinned();
    let description = FontDescription { kerning: FontKerning::None, ..described("serif", 16.0) };
    let plain = shape(&fonts.stack(&description), "AVAVA").width();
    let kerned = shape(&fonts.stack(&described("serif", 16.0)), "AVAVA").width();
    assert_eq!(plain, 5.0 * 1479.0 / 128.0);
    assert!(kerned < plain - 4.0, "{kerned} {plain}");
    let feature = FontFeature { tag: Tag::new(b"kern"), value: 0 };
    let description = FontDescription { features: Arc::from([feature]), ..described("serif", 16.0) };
    assert_eq!(shape(&fonts.stack(&description), "AVAVA").width(), plain);
}

#[test]
fn letters_and_words_are_spaced() {
    let stack = serif();
    let text = "two words\u{a0}x";
    let options = ShapeOptions { letter_spacing: 2.0, word_spacing: 5.0, ..ShapeOptions::default() };
    let spaced = stack.shape(text, 0..text.len(), &options);
    assert_eq!(spaced.width(), shape(&stack, text).width() + 11.0 * 2.0 + 2.0 * 5.0);
}

#[test]
fn there_is_room_between_scripts_but_not_where_a_line_ends() {
    let stack = serif();
    let text = "漢a漢";
    let plain = ShapeOptions::default();
    let options = ShapeOptions { autospace: true, ..plain };
    let (own, spaced) =
        (stack.shape(text, 0..text.len(), &plain), stack.shape(text, 0..text.len(), &options));
    assert_eq!(spaced.width(), own.width() + 2.0 * 16.0 / 8.0);
    let ends = LineEnds { starts_line: true, ends_line: true };
    let first = stack.shape_line(&spaced, text, 0..3, ends, &options);
    let rest = stack.shape_line(&spaced, text, 3..4, ends, &options);
    assert_eq!(first.width() + rest.width(), own.width_of(0..4));
}

#[test]
fn spacing_is_on_the_right_of_glyphs_in_either_direction() {
    let stack = serif();
    let text = "אב";
    let options = ShapeOptions { direction: Direction::Rtl, letter_spacing: 3.0, ..ShapeOptions::default() };
    let spaced = stack.shape(text, 0..text.len(), &options);
    let glyphs: Vec<_> = spaced.runs().next().unwrap().glyphs().collect();
    assert_eq!(
        glyphs.iter().map(|glyph| (glyph.cluster, glyph.x_offset)).collect::<Vec<_>>(),
        [(2, 0.0), (0, 0.0)]
    );
    let plain = ShapeOptions { direction: Direction::Rtl, ..ShapeOptions::default() };
    assert_eq!(spaced.width(), stack.shape(text, 0..text.len(), &plain).width() + 6.0);
    // Controls take none.
    let isolated = "\u{2067}אב\u{2069}";
    assert_eq!(stack.shape(isolated, 0..isolated.len(), &options).width(), spaced.width());
}

#[test]
fn right_to_left_glyphs_come_from_left_to_right() {
    let stack = serif();
    let text = "abc אבג";
    let options = ShapeOptions { direction: Direction::Rtl, ..ShapeOptions::default() };
    let shaped = stack.shape(text, 4..text.len(), &options);
    let clusters: Vec<usize> =
        shaped.runs().flat_map(|run| run.glyphs().map(|glyph| glyph.cluster).collect::<Vec<_>>()).collect();
    assert_eq!(clusters, [8, 6, 4]);
    assert_eq!(shaped.position_of(4), 0.0);
    assert_eq!(shaped.position_of(text.len()), shaped.width());
    assert_eq!(shaped.slice(4..6).width(), shaped.position_of(6));
}

#[test]
fn arabic_letters_join_across_the_ends_of_a_range() {
    let stack = serif();
    let options = ShapeOptions { direction: Direction::Rtl, ..ShapeOptions::default() };
    let glyphs = |text: &str, range: std::ops::Range<usize>| -> Vec<u16> {
        let shaped = stack.shape(text, range, &options);
        shaped.runs().flat_map(|run| run.glyphs().map(|glyph| glyph.id).collect::<Vec<_>>()).collect()
    };
    // The middle letter of three has its medial form, though shaped by itself.
    let alone = glyphs("ب", 0..2);
    let medial = glyphs("ببب", 2..4);
    assert_eq!(medial.len(), 1);
    assert_ne!(medial, alone);
    assert_eq!(glyphs("ببب", 0..6)[1], medial[0]);
}

#[test]
fn a_line_is_shaped_again_only_where_its_ends_are_unsafe() {
    let stack = serif();
    // The space kerns with the A that follows, and the A with the V.
    let text = "To AVA";
    let options = ShapeOptions::default();
    let shaped = shape(&stack, text);
    assert!(!shaped.is_safe_to_break(3));
    assert!(!shaped.is_safe_to_break(4));
    let line = stack.shape_line(&shaped, text, 3..6, LineEnds::BOTH, &options);
    assert_eq!(line.width(), shape(&stack, "AVA").width());
    let first = stack.shape_line(&shaped, text, 0..3, LineEnds::BOTH, &options);
    assert_eq!(first.width(), shape(&stack, "To ").width());
    assert_ne!(first.width() + line.width(), shaped.width());
    assert_eq!(line.range(), 3..6);
    let clusters: Vec<usize> =
        line.runs().flat_map(|run| run.glyphs().map(|glyph| glyph.cluster).collect::<Vec<_>>()).collect();
    assert_eq!(clusters, [3, 4, 5]);
}

#[test]
fn within_a_line_neighbours_go_on_acting_on_each_other() {
    let stack = serif();
    let text = "To AVA";
    let options = ShapeOptions::default();
    let shaped = shape(&stack, text);
    let second = shaped.slice(4..6);
    let inside = LineEnds { starts_line: false, ends_line: true };
    assert_eq!(stack.shape_line(&second, text, 4..6, inside, &options).width(), second.width());
    // The V was drawn towards the A; at the start of a line there is none.
    let begins = stack.shape_line(&second, text, 5..6, LineEnds::BOTH, &options);
    assert_eq!(begins.width(), shape(&stack, "A").width());
    let first = shaped.slice(3..5);
    let whole_line = stack.shape_line(&first, text, 3..5, LineEnds::BOTH, &options);
    assert_eq!(whole_line.width(), shape(&stack, "AV").width());
    assert_ne!(whole_line.width(), first.width());
}

#[test]
fn a_cluster_that_is_cut_is_whole_in_its_first_part() {
    // The combining accent is of the cluster of its letter.
    let (text, stack) = ("ne\u{301}t", serif());
    let shaped = shape(&stack, text);
    let (first, second) = (shaped.slice(0..2), shaped.slice(2..text.len()));
    assert_eq!(first.width(), shape(&stack, "ne").width());
    assert_eq!(second.width(), shape(&stack, "t").width());
    assert_eq!(second.position_of(text.len()), second.width());
}

#[test]
fn every_line_of_a_text_is_as_wide_as_by_itself() {
    let stack = serif();
    let text = "To Avoid Terror Yield: AV Ta VA LT P. A We “A” 1.";
    let shaped = shape(&stack, text);
    for start in 0..text.len() {
        for end in start + 1..=text.len() {
            if !text.is_char_boundary(start) || !text.is_char_boundary(end) {
                continue;
            }
            let line = stack.shape_line(&shaped, text, start..end, LineEnds::BOTH, &ShapeOptions::default());
            let alone = shape(&stack, &text[start..end]);
            assert!((line.width() - alone.width()).abs() < 1e-3, "{:?}", &text[start..end]);
        }
    }
}

#[test]
fn positions_and_offsets_answer_each_other() {
    let stack = serif();
    let text = "Wiggle é x";
    let shaped = shape(&stack, text);
    for (offset, _) in text.char_indices() {
        let position = shaped.position_of(offset);
        assert_eq!(shaped.offset_at(position + 0.1), offset);
    }
    assert_eq!(shaped.offset_at(1e6), text.len());
    assert_eq!(shaped.offset_at(-5.0), 0);
    let slice = shaped.slice(3..7);
    assert_eq!(slice.offset_at(0.1), 3);
    assert_eq!(slice.width(), shaped.position_of(7) - shaped.position_of(3));
}

#[test]
fn what_no_font_has_is_a_box_of_the_first_font() {
    let stack = serif();
    let shaped = shape(&stack, "a\u{10fffd}b");
    let ids: Vec<u16> = shaped.runs().next().unwrap().glyphs().map(|glyph| glyph.id).collect();
    assert_eq!(shaped.runs().count(), 1);
    assert_eq!(ids[1], 0);
}

#[test]
fn missing_characters_come_from_the_wide_font() {
    let stack = serif();
    let text = "a ⟨სა⟩ b";
    let shaped = shape(&stack, text);
    let fonts: Vec<(&str, &str)> =
        shaped.runs().map(|run| (&text[run.range()], run.font().family())).collect();
    assert_eq!(fonts, [("a ", "Liberation Serif"), ("⟨სა⟩", "DejaVu Sans"), (" b", "Liberation Serif")]);
}

#[test]
fn upright_glyphs_advance_downwards() {
    let stack = serif();
    let options = ShapeOptions { orientation: Orientation::Upright, ..ShapeOptions::default() };
    let shaped = stack.shape("ab", 0..2, &options);
    assert!(shaped.runs().next().unwrap().is_upright());
    let advances: Vec<f32> = shaped.runs().next().unwrap().glyphs().map(|glyph| glyph.advance).collect();
    assert!(advances.iter().all(|&advance| advance > 14.0 && advance < 20.0), "{advances:?}");
    let mixed = ShapeOptions { orientation: Orientation::Mixed, ..ShapeOptions::default() };
    let text = "a①";
    let upright: Vec<bool> =
        stack.shape(text, 0..text.len(), &mixed).runs().map(|run| run.is_upright()).collect();
    assert_eq!(upright, [false, true]);
}

#[test]
fn line_ends_and_tabs_have_no_width_of_their_own() {
    let stack = serif();
    assert_eq!(shape(&stack, "a\tb\n").width(), shape(&stack, "a").width() + shape(&stack, "b").width());
}

#[test]
fn text_of_any_length_is_shaped() {
    let stack = serif();
    let long = "x".repeat(200_000);
    let shaped = shape(&stack, &long);
    assert_eq!(shaped.width(), 200_000.0 * 8.0);
    assert_eq!(shape(&stack, "").width(), 0.0);
    let spaces = " ".repeat(100_000);
    assert_eq!(shape(&stack, &spaces).width(), 400_000.0);
}

#[test]
fn shaping_on_several_threads_gives_the_same() {
    let fonts = pinned();
    let text = "The quick — brown “fox” ⟨სა⟩ jumps. ".repeat(20);
    let dump = |fonts: &Fonts| {
        let stack = fonts.stack(&described("sans-serif", 13.0));
        let shaped = shape(&stack, &text);
        format!("{:?}", shaped.runs().map(|run| run.glyphs().collect::<Vec<_>>()).collect::<Vec<_>>())
    };
    let expected = dump(&pinned());
    std::thread::scope(|scope| {
        for _ in 0..4 {
            scope.spawn(|| assert_eq!(dump(&fonts), expected));
        }
    });
}

#[test]
fn huge_and_senseless_sizes_do_no_harm() {
    let fonts = pinned();
    for size in [0.0, -5.0, f32::NAN, f32::INFINITY, 1e30, 1e-30, 5000.0] {
        let stack = fonts.stack(&described("serif", size));
        let width = shape(&stack, "WWW").width();
        assert!(width.is_finite() && width >= 0.0, "{size}: {width}");
        assert!(stack.metrics().line_spacing.is_finite());
    }
    let stack = fonts.stack(&described("serif", 5000.0));
    assert!((shape(&stack, "x").width() - 2500.0).abs() < 1.0);
}
