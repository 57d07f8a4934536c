//! Which font is chosen, web fonts, damaged fonts, outlines.

use std::sync::Arc;

use fanlight_text::{
    AdjustedMetric, DecodeError, Font, FontContext, FontDescription, FontFaceDescriptors, FontFaceSet,
    FontFamily, FontSizeAdjust, FontSource, FontStyle, FontVariation, Fonts, GenericFamily, GlyphImage,
    LoadError, MetricOverrides, PathSink, ShapeOptions, Tag, UnicodeRange, decode_font,
};

const BOXES: &[u8] = include_bytes!("fonts/boxes.ttf");
const BOXES_WOFF: &[u8] = include_bytes!("fonts/boxes.woff");
const BOXES_WOFF2: &[u8] = include_bytes!("fonts/boxes.woff2");
const WEIGHTS: &[u8] = include_bytes!("fonts/weights.ttf");

fn context() -> Arc<FontContext> {
    Arc::new(FontContext::new(FontSource::Pinned))
}

fn named(names: &[&str]) -> FontDescription {
    FontDescription {
        families: names.iter().map(|&name| FontFamily::Named(name.into())).collect(),
        size: 10.0,
        ..FontDescription::default()
    }
}

/// A page with one web font.
fn with_web_font(descriptors: FontFaceDescriptors, bytes: &[u8]) -> Fonts {
    let mut faces = FontFaceSet::new();
    let key = faces.add(descriptors).expect("one rule is not too many");
    faces.load(key, bytes).expect("the fixture is a sound font");
    Fonts::new(context(), Arc::new(faces))
}

fn width(fonts: &Fonts, description: &FontDescription, text: &str) -> f32 {
    fonts.stack(description).shape(text, 0..text.len(), &ShapeOptions::default()).width()
}

#[test]
fn names_and_generics_lead_to_the_bundled_fonts() {
    let fonts = Fonts::without_web_fonts(context());
    let name = |description: &FontDescription| fonts.stack(description).primary().name().to_owned();
    assert_eq!(name(&named(&["Arial"])), "Liberation Sans");
    assert_eq!(name(&named(&["helvetica"])), "Liberation Sans");
    assert_eq!(name(&named(&["Georgia", "Times"])), "Liberation Serif");
    assert_eq!(name(&named(&["Consolas", "Courier New"])), "Liberation Mono");
    assert_eq!(name(&named(&["No Such Font"])), "Liberation Serif");
    assert_eq!(
        name(&FontDescription { weight: 700.0, style: FontStyle::Italic, ..named(&["Arial"]) }),
        "Liberation Sans Bold Italic"
    );
    let generic = |family| FontDescription {
        families: Arc::from([FontFamily::Generic(family)]),
        ..FontDescription::default()
    };
    assert_eq!(name(&generic(GenericFamily::SansSerif)), "Liberation Sans");
    assert_eq!(name(&generic(GenericFamily::Monospace)), "Liberation Mono");
    assert_eq!(name(&generic(GenericFamily::Cursive)), "Liberation Serif");
}

#[test]
fn pinned_fonts_do_not_touch_the_systems() {
    let context = context();
    let fonts = Fonts::without_web_fonts(context.clone());
    for name in ["Arial", "No Such Font"] {
        assert!(width(&fonts, &named(&[name]), "Text, naïve café, 漢字.") > 0.0);
    }
    assert!(!context.has_opened_system_fonts());
}

#[test]
fn the_systems_fonts_are_opened_ahead_unless_fonts_are_pinned() {
    let pinned = Arc::new(FontContext::new(FontSource::Pinned));
    let context = Arc::new(FontContext::new(FontSource::System));
    pinned.open_system_fonts_ahead();
    context.open_system_fonts_ahead();
    let started = std::time::Instant::now();
    while !context.has_opened_system_fonts() {
        assert!(started.elapsed() < std::time::Duration::from_secs(60), "nobody opened the fonts");
        std::thread::sleep(std::time::Duration::from_millis(1));
    }
    assert!(!pinned.has_opened_system_fonts());
}

#[test]
fn generic_families_are_what_the_names_that_they_are_set_to_lead_to() {
    let fonts = Fonts::without_web_fonts(Arc::new(FontContext::new(FontSource::System)));
    for (family, set_to) in [(GenericFamily::Serif, "Times New Roman"), (GenericFamily::SansSerif, "Arial")] {
        let generic = FontDescription { families: Arc::from([FontFamily::Generic(family)]), ..named(&[]) };
        assert_eq!(fonts.stack(&generic).primary().id(), fonts.stack(&named(&[set_to])).primary().id());
    }
}

#[test]
fn the_same_question_gives_the_same_font() {
    let fonts = Fonts::without_web_fonts(context());
    let first = fonts.stack(&named(&["Arial"])).primary().clone();
    assert_eq!(fonts.stack(&named(&["Nothing", "Arial"])).primary().id(), first.id());
    assert_ne!(fonts.stack(&FontDescription { size: 11.0, ..named(&["Arial"]) }).primary().id(), first.id());
}

#[test]
fn all_packings_of_a_font_are_the_same_font() {
    for bytes in [BOXES, BOXES_WOFF, BOXES_WOFF2] {
        let fonts = with_web_font(FontFaceDescriptors::new("Boxes"), bytes);
        let description = named(&["Boxes"]);
        // A and B kern by -1, B and the space by -0.5, f and i make a ligature.
        assert_eq!(width(&fonts, &description, "AB"), 10.0);
        assert_eq!(width(&fonts, &description, "B A"), 13.0);
        assert_eq!(width(&fonts, &description, "fi"), 4.0);
        assert_eq!(fonts.stack(&description).metrics().x_height, 5.0);
    }
}

#[test]
fn letter_spacing_undoes_ligatures() {
    let fonts = with_web_font(FontFaceDescriptors::new("Boxes"), BOXES);
    let options = ShapeOptions { letter_spacing: 1.0, ..ShapeOptions::default() };
    assert_eq!(fonts.stack(&named(&["Boxes"])).shape("fi", 0..2, &options).width(), 3.0 + 2.0 + 2.0);
}

#[test]
fn a_cut_font_is_an_error_at_every_length() {
    for whole in [BOXES, BOXES_WOFF, BOXES_WOFF2] {
        // What lies behind the last table is padding.
        for length in 0..whole.len() - 4 {
            assert!(decode_font(&whole[..length]).is_err(), "{length} of {}", whole.len());
        }
    }
    assert!(matches!(decode_font(&BOXES_WOFF2[..100]), Err(DecodeError::Truncated { found: 100, .. })));
    assert_eq!(decode_font(b"<!DOCTYPE html><html>"), Err(DecodeError::UnknownFormat));
    assert_eq!(decode_font(b""), Err(DecodeError::UnknownFormat));
}

#[test]
fn a_font_that_unpacks_to_too_much_is_refused() {
    let mut bomb = BOXES_WOFF2.to_vec();
    bomb[16..20].copy_from_slice(&u32::MAX.to_be_bytes());
    assert!(matches!(decode_font(&bomb), Err(DecodeError::TooLargeUnpacked { .. })));
    // The first table of a WOFF file says that it alone is 2 GiB long.
    let mut bomb = BOXES_WOFF.to_vec();
    bomb[44 + 12..44 + 16].copy_from_slice(&0x7fff_ffff_u32.to_be_bytes());
    assert!(matches!(decode_font(&bomb), Err(DecodeError::TooLargeUnpacked { .. })));
}

#[test]
fn a_failed_font_says_why_and_the_next_family_is_taken() {
    let mut faces = FontFaceSet::new();
    let key = faces.add(FontFaceDescriptors::new("Broken")).unwrap();
    let error = faces.load(key, &BOXES[..200]).unwrap_err();
    assert!(matches!(error, LoadError::Decode { .. }));
    let message = error.to_string();
    assert!(
        message.starts_with("the font of family 'Broken' cannot be used: the font file is cut short"),
        "{message}"
    );
    let fonts = Fonts::new(context(), Arc::new(faces));
    assert_eq!(fonts.stack(&named(&["Broken", "Arial"])).primary().family(), "Liberation Sans");
}

#[test]
fn text_that_waits_for_its_font_unseen_is_set_in_what_it_falls_back_to_without_ink() {
    let mut faces = FontFaceSet::new();
    let key = faces.add(FontFaceDescriptors::new("Late")).unwrap();
    let description = named(&["Late", "Arial"]);
    let font = |faces: &FontFaceSet| {
        let fonts = Fonts::new(context(), Arc::new(faces.clone()));
        let shaped = fonts.stack(&description).shape("A", 0..1, &ShapeOptions::default());
        (shaped.runs().next().unwrap().font().clone(), shaped.width())
    };
    let (seen, width) = font(&faces);
    assert!(faces.set_hides_text(key, true));
    let (unseen, unseen_width) = font(&faces);
    assert_eq!((unseen.name(), unseen_width), (seen.name(), width));
    let has_ink = |font: &Font| font.outline(font.glyph('A').unwrap(), &mut Path::default());
    assert!(has_ink(&seen) && !has_ink(&unseen));
    faces.load(key, BOXES).unwrap();
    assert!(!faces.set_hides_text(key, true), "a font that has come hides nothing");
    assert_eq!(font(&faces).0.family(), "Late");
}

#[test]
fn damaged_fonts_do_no_harm() {
    let mut state = 1_u32;
    let mut next = || {
        state = state.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
        (state >> 8) as usize
    };
    let mut used = 0;
    for whole in [BOXES, WEIGHTS, BOXES_WOFF, BOXES_WOFF2] {
        for _ in 0..300 {
            let mut bytes = whole.to_vec();
            for _ in 0..1 + next() % 8 {
                let at = next() % bytes.len();
                bytes[at] = next() as u8;
            }
            let mut faces = FontFaceSet::new();
            let key = faces.add(FontFaceDescriptors::new("Damaged")).unwrap();
            if faces.load(key, &bytes).is_err() {
                continue;
            }
            used += 1;
            let fonts = Fonts::new(context(), Arc::new(faces));
            let stack = fonts.stack(&FontDescription { weight: 650.0, ..named(&["Damaged"]) });
            let text = "AB fi c A";
            let shaped = stack.shape(text, 0..text.len(), &ShapeOptions::default());
            for run in shaped.runs() {
                for glyph in run.glyphs() {
                    let mut path = Path::default();
                    run.font().outline(glyph.id, &mut path);
                    run.font().image(glyph.id);
                }
            }
            assert!(stack.metrics().units_per_em > 0);
        }
    }
    assert!(used > 300, "{used}");
}

#[test]
fn unicode_ranges_share_a_family_among_faces() {
    let mut faces = FontFaceSet::new();
    let latin = FontFaceDescriptors {
        unicode_range: UnicodeRange::new([0x20..=0x41]),
        ..FontFaceDescriptors::new("Boxes")
    };
    let key = faces.add(latin).unwrap();
    faces.load(key, BOXES).unwrap();
    let fonts = Fonts::new(context(), Arc::new(faces));
    let stack = fonts.stack(&named(&["Boxes", "Arial"]));
    let shaped = stack.shape("AB", 0..2, &ShapeOptions::default());
    let families: Vec<&str> = shaped.runs().map(|run| run.font().family()).collect();
    assert_eq!(families, ["Boxes", "Liberation Sans"]);
}

#[test]
fn only_fonts_that_text_asks_for_are_wanted() {
    let mut faces = FontFaceSet::new();
    let regular = faces.add(FontFaceDescriptors::new("Boxes")).unwrap();
    let bold = FontFaceDescriptors { weight: Some(700.0..=700.0), ..FontFaceDescriptors::new("Boxes") };
    faces.add(bold).unwrap();
    let greek = FontFaceDescriptors {
        unicode_range: UnicodeRange::new([0x370..=0x3ff]),
        ..FontFaceDescriptors::new("Boxes")
    };
    let greek = faces.add(greek).unwrap();
    faces.add(FontFaceDescriptors::new("Other")).unwrap();
    let fonts = Fonts::new(context(), Arc::new(faces));
    assert!(width(&fonts, &named(&["Boxes", "Arial"]), "text") > 0.0);
    assert_eq!(fonts.faces().wanted(), [regular]);
    assert!(width(&fonts, &named(&["Boxes", "Arial"]), "Ω") > 0.0);
    assert_eq!(fonts.faces().wanted(), [regular, greek]);
}

#[test]
fn a_page_defines_what_its_name_means() {
    let fonts = with_web_font(FontFaceDescriptors::new("Arial"), BOXES);
    assert_eq!(width(&fonts, &named(&["arial"]), "A"), 6.0);
}

#[test]
fn local_fonts_are_found_by_full_and_postscript_name() {
    let context = context();
    let mut faces = FontFaceSet::new();
    let key = faces.add(FontFaceDescriptors::new("Mine")).unwrap();
    assert_eq!(
        faces.load_local(key, &context, "Wingdings"),
        Err(LoadError::NotInstalled { name: "Wingdings".into() })
    );
    for name in ["Liberation Sans Bold", "LiberationSans-Bold"] {
        faces.load_local(key, &context, name).unwrap();
        let fonts = Fonts::new(context.clone(), Arc::new(faces.clone()));
        assert_eq!(fonts.stack(&named(&["Mine"])).primary().name(), "Liberation Sans Bold");
    }
}

#[test]
fn axes_follow_the_properties() {
    let fonts = with_web_font(FontFaceDescriptors::new("Weights"), WEIGHTS);
    // Advances are rounded to 1/65536 px.
    let at = |description: FontDescription| (width(&fonts, &description, "A") * 1000.0).round() / 1000.0;
    assert_eq!(at(named(&["Weights"])), 4.0);
    assert_eq!(at(FontDescription { weight: 900.0, ..named(&["Weights"]) }), 9.0);
    assert_eq!(at(FontDescription { weight: 1.0, ..named(&["Weights"]) }), 3.0);
    assert_eq!(at(FontDescription { weight: 650.0, ..named(&["Weights"]) }), 6.5);
    let variations = Arc::from([FontVariation { axis: Tag::new(b"wght"), value: 900.0 }]);
    assert_eq!(at(FontDescription { variations, ..named(&["Weights"]) }), 9.0);
    let bold = fonts.stack(&FontDescription { weight: 900.0, ..named(&["Weights"]) });
    assert!(!bold.primary().is_synthetic_bold());
}

#[test]
fn a_rule_limits_the_axis_to_its_range() {
    let descriptors =
        FontFaceDescriptors { weight: Some(100.0..=400.0), ..FontFaceDescriptors::new("Weights") };
    let fonts = with_web_font(descriptors, WEIGHTS);
    assert_eq!(width(&fonts, &FontDescription { weight: 500.0, ..named(&["Weights"]) }, "A"), 4.0);
}

#[test]
fn metrics_can_be_overridden() {
    let overrides =
        MetricOverrides { ascent: Some(1.0), descent: Some(0.5), line_gap: Some(0.25), size_adjust: 2.0 };
    let fonts = with_web_font(FontFaceDescriptors { overrides, ..FontFaceDescriptors::new("Boxes") }, BOXES);
    let stack = fonts.stack(&named(&["Boxes"]));
    let metrics = stack.metrics();
    assert_eq!((metrics.ascent, metrics.descent, metrics.line_gap), (20.0, 10.0, 5.0));
    assert!((width(&fonts, &named(&["Boxes"]), "A") - 12.0).abs() < 1e-3);
}

/// A path as text.
#[derive(Default)]
struct Path {
    text: String,
    left: f32,
    right: f32,
}

impl Path {
    fn point(&mut self, command: char, x: f32, y: f32) {
        self.left = self.left.min(x);
        self.right = self.right.max(x);
        self.text.push_str(&format!("{command}{x},{y} "));
    }
}

impl PathSink for Path {
    fn move_to(&mut self, x: f32, y: f32) {
        self.point('M', x, y);
    }
    fn line_to(&mut self, x: f32, y: f32) {
        self.point('L', x, y);
    }
    fn quad_to(&mut self, _: f32, _: f32, x: f32, y: f32) {
        self.point('Q', x, y);
    }
    fn cubic_to(&mut self, _: f32, _: f32, _: f32, _: f32, x: f32, y: f32) {
        self.point('C', x, y);
    }
    fn close(&mut self) {
        self.text.push('Z');
    }
}

fn outline(fonts: &Fonts, description: &FontDescription) -> Path {
    let stack = fonts.stack(description);
    let glyph = stack.primary().glyph('A').expect("the fixtures have an A");
    let mut path = Path::default();
    assert!(stack.primary().outline(glyph, &mut path));
    path
}

#[test]
fn outlines_are_in_px_with_y_downwards() {
    let fonts = with_web_font(FontFaceDescriptors::new("Boxes"), BOXES);
    assert_eq!(outline(&fonts, &named(&["Boxes"])).text, "M0,-0 L0,-7 L6,-7 L6,-0 Z");
    let stack = fonts.stack(&named(&["Boxes"]));
    let space = stack.primary().glyph(' ').unwrap();
    assert!(!stack.primary().outline(space, &mut Path::default()));
}

#[test]
fn slant_is_imitated_by_a_quarter() {
    let fonts = with_web_font(FontFaceDescriptors::new("Boxes"), BOXES);
    let italic = FontDescription { style: FontStyle::Italic, ..named(&["Boxes"]) };
    assert_eq!(outline(&fonts, &italic).text, "M0,-0 L1.75,-7 L7.75,-7 L6,-0 Z");
    assert_eq!(width(&fonts, &italic, "A"), 6.0);
}

#[test]
fn bold_is_imitated_by_growing_outwards() {
    let fonts = with_web_font(FontFaceDescriptors::new("Boxes"), BOXES);
    let bold = FontDescription { weight: 700.0, size: 36.0, ..named(&["Boxes"]) };
    let regular = FontDescription { size: 36.0, ..named(&["Boxes"]) };
    // 36 px / 32, half of it on either side.
    let (bold_path, regular_path) = (outline(&fonts, &bold), outline(&fonts, &regular));
    assert!((bold_path.left - (regular_path.left - 0.5625)).abs() < 1e-4, "{}", bold_path.left);
    assert!((bold_path.right - (regular_path.right + 0.5625)).abs() < 1e-4, "{}", bold_path.right);
    assert_eq!(width(&fonts, &bold, "A"), width(&fonts, &regular, "A"));
}

#[test]
fn a_slanted_axis_is_used_before_imitation() {
    let fonts = with_web_font(FontFaceDescriptors::new("Weights"), WEIGHTS);
    let italic = FontDescription { style: FontStyle::Oblique(15.0), ..named(&["Weights"]) };
    assert_eq!(fonts.stack(&italic).primary().synthetic_skew(), 0.0);
    assert_eq!(outline(&fonts, &italic).right, 6.0);
}

#[test]
fn colour_glyphs_come_in_layers() {
    let fonts = with_web_font(FontFaceDescriptors::new("Boxes"), BOXES);
    let stack = fonts.stack(&named(&["Boxes"]));
    let font = stack.primary();
    assert!(font.has_color());
    let Some(GlyphImage::Layers(layers)) = font.image(font.glyph('c').unwrap()) else {
        panic!("no layers");
    };
    let colors: Vec<Option<String>> =
        layers.iter().map(|layer| layer.color.map(|color| color.to_string())).collect();
    assert_eq!(colors, [Some("#ff0000".to_owned()), None]);
    assert_eq!(font.image(font.glyph('A').unwrap()), None);
}

#[test]
fn sizes_are_adjusted_to_a_measure_of_the_font() {
    let fonts = Fonts::without_web_fonts(context());
    let stack = |size_adjust| {
        let families = Arc::from([FontFamily::Generic(GenericFamily::Serif)]);
        fonts.stack(&FontDescription { families, size: 20.0, size_adjust, ..FontDescription::default() })
    };
    let plain = stack(None).metrics().x_height;
    let adjust = |value| Some(FontSizeAdjust { metric: AdjustedMetric::XHeight, value });
    assert!((stack(adjust(Some(0.9))).metrics().x_height - 18.0).abs() < 0.01);
    assert_eq!(stack(adjust(None)).metrics().x_height, plain);
    assert_eq!(stack(adjust(Some(0.0))).primary().size(), 0.0);
}
