//! One call of harfrust: a piece of text of one font, script and direction.

use std::cell::Cell;
use std::sync::Arc;

use harfrust::font::{BuiltinFontFuncs, FontFuncs};
use harfrust::{
    Feature, GlyphBuffer, Language, Script, ShapeOptions, ShapePlan, ShapePlanKey, UnicodeBuffer,
};

use super::shaped::{PackedGlyph, Piece};
use crate::case::{CaseMapping, map_case};
use crate::font::{AdvanceScale, Font};

/// What a piece is shaped with.
pub(crate) struct Parameters<'a> {
    pub font: &'a Font,
    pub script: [u8; 4],
    pub direction: harfrust::Direction,
    pub language: Option<&'a Language>,
    pub features: &'a [Feature],
    /// Whether capitals are shown in the place of small letters.
    pub capitals: bool,
}

/// Fractional bits of positions, fewer for huge fonts so that an advance fits.
const FRACTION_BITS: u32 = 16;
const COARSE_FRACTION_BITS: u32 = 12;
const COARSE_FROM_SIZE: f32 = 1024.0;

/// Half a px in 1/65536 px.
const HALF_PX: i32 = 1 << (FRACTION_BITS - 1);

/// How many plans a font keeps.
const MAX_PLANS: usize = 32;

/// How many bytes around a piece the shaper is shown, for how letters join.
const CONTEXT_BYTES: usize = 32;

thread_local! {
    static BUFFER: Cell<Option<UnicodeBuffer>> = const { Cell::new(None) };
}

/// Shapes `text[start..end]` within its context, up to `visible_end`: of what lies beyond, only its effect on the
/// glyphs before it is kept.
pub(crate) fn shape_piece(
    parameters: &Parameters<'_>,
    before: &str,
    piece: &str,
    visible: usize,
    after: &str,
) -> Piece {
    let buffer = shape(parameters, before, piece, after);
    let size = parameters.font.size();
    let unit = 1.0 / (1_u32 << fraction_bits(size)) as f32;
    let vertical = parameters.direction == harfrust::Direction::TopToBottom;
    let whole_px = parameters.font.is_at_whole_px() && !vertical;
    let mut result = Piece::default();
    result.glyphs.reserve_exact(buffer.len());
    let mut has_offsets = false;
    let shown = |cluster: u32| (cluster as usize) < visible;
    for (info, position) in buffer.glyph_infos().iter().zip(buffer.glyph_positions()) {
        if !shown(info.cluster) {
            result.unsafe_end |= info.unsafe_to_break();
            continue;
        }
        let advance = if vertical { -position.y_advance } else { position.x_advance } as f32 * unit;
        let id = u16::try_from(info.glyph_id).unwrap_or(0);
        result.glyphs.push(PackedGlyph {
            id,
            unsafe_to_break: info.unsafe_to_break(),
            cluster: info.cluster,
            // Kerning is a whole number of px then, too.
            advance: if whole_px { advance.round() } else { advance },
        });
        has_offsets |= position.x_offset != 0 || position.y_offset != 0;
    }
    if has_offsets {
        result.offsets = buffer
            .glyph_infos()
            .iter()
            .zip(buffer.glyph_positions())
            .filter(|(info, _)| shown(info.cluster))
            .map(|(_, position)| (position.x_offset as f32 * unit, -position.y_offset as f32 * unit))
            .collect();
    }
    BUFFER.set(Some(buffer.clear()));
    hide_controls(&mut result, piece);
    result
}

/// Tabs and line ends have a meaning, not a look: layout gives them their width.
fn hide_controls(piece: &mut Piece, text: &str) {
    for glyph in &mut piece.glyphs {
        if matches!(text.as_bytes().get(glyph.cluster as usize), Some(b'\t' | b'\n' | b'\r' | b'\x0c')) {
            glyph.advance = 0.0;
        }
    }
}

/// Whether a font has glyphs for all of a cluster once the shaper has composed and decomposed it.
pub(crate) fn shapes_without_gaps(font: &Font, cluster: &str) -> bool {
    let mut buffer = BUFFER.take().unwrap_or_default();
    buffer.push_str(cluster);
    buffer.guess_segment_properties();
    let face = font.face();
    let font_ref = face.font_ref();
    let shaper = face.shaper_data().shaper(&font_ref).instance(Some(font.shaper_instance())).build();
    let buffer = shaper.shape(buffer, ShapeOptions::new());
    let complete = buffer.glyph_infos().iter().all(|info| info.glyph_id != 0);
    BUFFER.set(Some(buffer.clear()));
    complete
}

fn shape(parameters: &Parameters<'_>, before: &str, piece: &str, after: &str) -> GlyphBuffer {
    let mut buffer = BUFFER.take().unwrap_or_default();
    buffer.set_pre_context(tail(before));
    push(&mut buffer, parameters, &without_tabs(piece));
    buffer.set_post_context(head(after));
    buffer.set_direction(parameters.direction);
    if let Some(script) = Script::from_iso15924_tag(harfrust::Tag::new(&parameters.script)) {
        buffer.set_script(script);
    }
    if let Some(language) = parameters.language {
        buffer.set_language(language.clone());
    }
    let face = parameters.font.face();
    let font_ref = face.font_ref();
    let shaper =
        face.shaper_data().shaper(&font_ref).instance(Some(parameters.font.shaper_instance())).build();
    let script = buffer.script();
    let plan = plan(parameters, script, || {
        ShapePlan::new(&shaper, parameters.direction, Some(script), parameters.language, parameters.features)
    });
    let bits = fraction_bits(parameters.font.size());
    let scale = (f64::from(parameters.font.size()) * f64::from(1_u32 << bits)).round() as i32;
    let options = ShapeOptions::new().plan(Some(&plan)).features(parameters.features).scale(Some(scale));
    let advances = parameters.font.advance_scale();
    let whole_px = parameters.font.is_at_whole_px();
    if advances.is_exact() && !whole_px {
        return shaper.shape(buffer, options);
    }
    let others = f64::from(scale) / f64::from(shaper.units_per_em().max(1));
    let mut functions = Rounded { advances, whole_px, others, shift: FRACTION_BITS - bits };
    shaper.shape(buffer, options.font_funcs(Some(&mut functions)))
}

/// Advances as FreeType rounds them, everything else scaled as it is.
struct Rounded {
    advances: AdvanceScale,
    /// Whether advances are whole px before they are kerned.
    whole_px: bool,
    /// Positions to a unit of the font's design.
    others: f64,
    /// How much coarser positions are than 1/65536 px.
    shift: u32,
}

impl Rounded {
    fn scale(&self, value: i32) -> i32 {
        (f64::from(value) * self.others + 0.5).floor() as i32
    }
}

impl FontFuncs for Rounded {
    fn advance_width(&mut self, builtin: &BuiltinFontFuncs, glyph: harfrust::GlyphId) -> i32 {
        let advance = self.advances.apply(builtin.advance_width(glyph));
        let advance =
            if self.whole_px { advance.saturating_add(HALF_PX) & !(2 * HALF_PX - 1) } else { advance };
        advance >> self.shift
    }

    fn advance_height(&mut self, builtin: &BuiltinFontFuncs, glyph: harfrust::GlyphId) -> i32 {
        self.advances.apply(builtin.advance_height(glyph)) >> self.shift
    }

    fn vertical_origin(&mut self, builtin: &BuiltinFontFuncs, glyph: harfrust::GlyphId) -> (i32, i32) {
        let (x, y) = builtin.vertical_origin(glyph);
        (self.scale(x), self.scale(y))
    }

    fn extents(
        &mut self,
        builtin: &BuiltinFontFuncs,
        glyph: harfrust::GlyphId,
    ) -> Option<harfrust::GlyphExtents> {
        let extents = builtin.extents(glyph)?;
        Some(harfrust::GlyphExtents {
            x_bearing: self.scale(extents.x_bearing),
            y_bearing: self.scale(extents.y_bearing),
            width: self.scale(extents.width),
            height: self.scale(extents.height),
        })
    }
}

/// Adds a piece, each character by the byte where it begins.
fn push(buffer: &mut UnicodeBuffer, parameters: &Parameters<'_>, piece: &str) {
    if !parameters.capitals {
        return buffer.push_str(piece);
    }
    let language = parameters.language.map(Language::as_str);
    for (at, character) in piece.char_indices() {
        let own = &piece[at..at + character.len_utf8()];
        for capital in map_case(own, CaseMapping::Uppercase, language, false).chars() {
            buffer.add(capital, at as u32);
        }
    }
}

fn fraction_bits(size: f32) -> u32 {
    if size < COARSE_FROM_SIZE { FRACTION_BITS } else { COARSE_FRACTION_BITS }
}

/// The glyph of a space stands for what is no glyph.
fn without_tabs(piece: &str) -> std::borrow::Cow<'_, str> {
    let invisible = |c: char| matches!(c, '\t' | '\n' | '\r' | '\x0c');
    if piece.contains(invisible) { piece.replace(invisible, " ").into() } else { piece.into() }
}

/// The plan for these parameters, remembered with the font.
fn plan(parameters: &Parameters<'_>, script: Script, make: impl FnOnce() -> ShapePlan) -> Arc<ShapePlan> {
    let key = ShapePlanKey::new(Some(script), parameters.direction)
        .language(parameters.language)
        .instance(Some(parameters.font.shaper_instance()))
        .features(parameters.features);
    let mut plans = parameters.font.plans().lock();
    if let Some(plan) = plans.iter().find(|plan| key.matches(plan)) {
        return plan.clone();
    }
    if plans.len() >= MAX_PLANS {
        plans.clear();
    }
    let plan = Arc::new(make());
    plans.push(plan.clone());
    plan
}

fn tail(text: &str) -> &str {
    let mut start = text.len().saturating_sub(CONTEXT_BYTES);
    while !text.is_char_boundary(start) {
        start += 1;
    }
    &text[start..]
}

fn head(text: &str) -> &str {
    let mut end = text.len().min(CONTEXT_BYTES);
    while !text.is_char_boundary(end) {
        end -= 1;
    }
    &text[..end]
}
