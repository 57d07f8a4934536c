//! The result of shaping: glyphs in visual order, measurable and sliceable by byte offset.

use std::ops::Range;
use std::sync::Arc;

use smallvec::SmallVec;

use super::{ShapeOptions, autospace};
use crate::bidi::Direction;
use crate::font::{Font, GlyphId};

/// One glyph of a run.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Glyph {
    /// Its number in the run's font.
    pub id: GlyphId,
    /// The byte offset in the paragraph's text of the characters that it stands for.
    pub cluster: usize,
    /// How far the pen moves on along the line, in CSS px, spacing included.
    pub advance: f32,
    /// How far right of the pen it is drawn, in CSS px.
    pub x_offset: f32,
    /// How far **below** the pen it is drawn, in CSS px.
    pub y_offset: f32,
    /// Whether breaking the line before its cluster would change the glyphs on either side.
    pub unsafe_to_break: bool,
}

/// A glyph without offsets, which few have.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) struct PackedGlyph {
    pub id: GlyphId,
    pub unsafe_to_break: bool,
    pub cluster: u32,
    pub advance: f32,
}

/// Glyphs of one font.
#[derive(Debug)]
struct RunData {
    font: Font,
    /// Whether glyphs stand upright on a vertical line.
    upright: bool,
    /// The bytes of the text that it shows.
    text: Range<u32>,
    glyphs: Box<[PackedGlyph]>,
    /// As many as glyphs, or none where all are zero.
    offsets: Box<[(f32, f32)]>,
}

impl RunData {
    fn range(&self) -> Range<usize> {
        self.text.start as usize..self.text.end as usize
    }

    /// The places of the glyphs whose clusters begin in `range`.
    fn glyphs_in(&self, range: &Range<usize>, direction: Direction) -> Range<usize> {
        let place = |is_before: &dyn Fn(usize) -> bool| {
            self.glyphs.partition_point(|glyph| is_before(glyph.cluster as usize))
        };
        match direction {
            _ if *range == self.range() => 0..self.glyphs.len(),
            Direction::Ltr => place(&|cluster| cluster < range.start)..place(&|cluster| cluster < range.end),
            Direction::Rtl => {
                place(&|cluster| cluster >= range.end)..place(&|cluster| cluster >= range.start)
            }
        }
    }
}

/// A part of a shaped text that is set in one font.
#[derive(Clone, Debug)]
pub struct ShapedRun<'a> {
    data: &'a RunData,
    glyphs: Range<usize>,
    text: Range<usize>,
    direction: Direction,
}

impl<'a> ShapedRun<'a> {
    /// The part of a run that shows bytes of `range`.
    fn new(data: &'a RunData, range: &Range<usize>, direction: Direction) -> Option<ShapedRun<'a>> {
        let own = data.range();
        let text = own.start.max(range.start)..own.end.min(range.end);
        let is_there = !text.is_empty();
        is_there.then(|| ShapedRun { data, glyphs: data.glyphs_in(&text, direction), text, direction })
    }

    /// The font of every glyph.
    pub fn font(&self) -> &'a Font {
        &self.data.font
    }

    /// The bytes of the paragraph's text that it shows.
    pub fn range(&self) -> Range<usize> {
        self.text.clone()
    }

    /// The direction of its text.
    pub fn direction(&self) -> Direction {
        self.direction
    }

    /// Whether the glyphs stand upright on a vertical line, their advances running down; otherwise advances run along
    /// the line.
    pub fn is_upright(&self) -> bool {
        self.data.upright
    }

    /// The glyphs from left to right (from top to bottom where upright).
    pub fn glyphs(&self) -> impl ExactSizeIterator<Item = Glyph> + 'a {
        let data = self.data;
        self.glyphs.clone().map(move |index| {
            let glyph = &data.glyphs[index];
            let (x_offset, y_offset) = data.offsets.get(index).copied().unwrap_or((0.0, 0.0));
            Glyph {
                id: glyph.id,
                cluster: glyph.cluster as usize,
                advance: glyph.advance,
                x_offset,
                y_offset,
                unsafe_to_break: glyph.unsafe_to_break,
            }
        })
    }

    /// The sum of the advances, in CSS px.
    pub fn width(&self) -> f32 {
        let glyphs = &self.data.glyphs[self.glyphs.clone()];
        glyphs.iter().map(|glyph| f64::from(glyph.advance)).sum::<f64>() as f32
    }

    /// The same glyphs by themselves.
    fn to_data(&self) -> RunData {
        let offsets = &self.data.offsets;
        RunData {
            font: self.data.font.clone(),
            upright: self.data.upright,
            text: offset32(self.text.start)..offset32(self.text.end),
            glyphs: self.data.glyphs[self.glyphs.clone()].into(),
            offsets: if offsets.is_empty() { Box::default() } else { offsets[self.glyphs.clone()].into() },
        }
    }
}

/// A place between clusters.
#[derive(Clone, Copy, Debug, PartialEq)]
struct Stop {
    offset: u32,
    unsafe_to_break: bool,
    /// The sum of the advances of the clusters before, from the logical start of what was shaped. Double precision,
    /// because a paragraph can be millions of px long.
    position: f64,
}

/// What was shaped at once.
#[derive(Debug)]
struct ShapedData {
    direction: Direction,
    /// From left to right.
    runs: SmallVec<[RunData; 1]>,
    /// The beginnings of clusters in logical order, and the end.
    stops: Box<[Stop]>,
}

/// Shaped text of one direction, or a part of it. Cloning and slicing share the glyphs.
#[derive(Clone, Debug)]
pub struct ShapedText {
    data: Arc<ShapedData>,
    range: Range<u32>,
}

impl ShapedText {
    /// The bytes of the paragraph's text.
    pub fn range(&self) -> Range<usize> {
        self.range.start as usize..self.range.end as usize
    }

    /// Its direction.
    pub fn direction(&self) -> Direction {
        self.data.direction
    }

    /// The runs from left to right (from top to bottom in vertical lines).
    pub fn runs(&self) -> impl Iterator<Item = ShapedRun<'_>> {
        let (range, direction) = (self.range(), self.data.direction);
        self.data.runs.iter().filter_map(move |run| ShapedRun::new(run, &range, direction))
    }

    /// The sum of all advances, in CSS px.
    pub fn width(&self) -> f32 {
        self.width_of(self.range())
    }

    /// The sum of the advances of the clusters in `range`, in CSS px. An offset within a cluster divides its width
    /// evenly by bytes.
    pub fn width_of(&self, range: Range<usize>) -> f32 {
        let start = range.start.max(self.start());
        let end = range.end.min(self.end());
        if start >= end { 0.0 } else { (self.position(end) - self.position(start)).max(0.0) as f32 }
    }

    /// How far the edge before the character at `offset` is from the logical start (the left edge of left-to-right
    /// text, the right edge of right-to-left text), in CSS px.
    pub fn position_of(&self, offset: usize) -> f32 {
        self.width_of(self.start()..offset)
    }

    /// The offset whose edge is nearest to `position` CSS px from the logical start, on cluster boundaries.
    pub fn offset_at(&self, position: f32) -> usize {
        let wanted = self.position(self.start()) + f64::from(position);
        let after = self.data.stops.partition_point(|stop| stop.position < wanted);
        let before = after.saturating_sub(1);
        let candidate = |index: usize| self.data.stops.get(index).copied();
        let nearest = match (candidate(before), candidate(after)) {
            (Some(before), Some(after)) => {
                if wanted - before.position <= after.position - wanted {
                    before
                } else {
                    after
                }
            }
            (Some(only), None) | (None, Some(only)) => only,
            (None, None) => return self.start(),
        };
        (nearest.offset as usize).clamp(self.start(), self.end())
    }

    /// Whether a line can break before `offset` without shaping again.
    pub fn is_safe_to_break(&self, offset: usize) -> bool {
        if offset <= self.start() || offset >= self.end() {
            return true;
        }
        match self.stop_at(offset) {
            Ok(index) => !self.data.stops[index].unsafe_to_break,
            Err(_) => false,
        }
    }

    /// The first safe place at or after `offset`.
    pub fn next_safe_to_break(&self, offset: usize) -> usize {
        let from = self.stop_at(offset).unwrap_or_else(|index| index);
        self.data.stops[from.min(self.data.stops.len())..]
            .iter()
            .find(|stop| !stop.unsafe_to_break || stop.offset as usize >= self.end())
            .map_or(self.end(), |stop| (stop.offset as usize).clamp(self.start(), self.end()))
    }

    /// The last safe place at or before `offset`.
    pub fn previous_safe_to_break(&self, offset: usize) -> usize {
        let until = self.stop_at(offset).map_or_else(|index| index, |index| index + 1);
        self.data.stops[..until]
            .iter()
            .rev()
            .find(|stop| !stop.unsafe_to_break || stop.offset as usize <= self.start())
            .map_or(self.start(), |stop| (stop.offset as usize).clamp(self.start(), self.end()))
    }

    /// The part of it that `range` covers; the glyphs are shared. Where an end is not safe to break at, the glyphs may
    /// not be those of the part by itself: see [`crate::FontStack::shape_line`].
    pub fn slice(&self, range: Range<usize>) -> ShapedText {
        let start = range.start.clamp(self.start(), self.end());
        let end = range.end.clamp(start, self.end());
        ShapedText { data: self.data.clone(), range: offset32(start)..offset32(end) }
    }

    /// Parts that follow one another in logical order, as one.
    pub(super) fn join(parts: &[ShapedText]) -> ShapedText {
        let direction = parts.first().map_or(Direction::Ltr, |part| part.direction());
        let start = parts.first().map_or(0, |part| part.range.start);
        let end = parts.last().map_or(0, |part| part.range.end);
        let mut stops: Vec<Stop> = Vec::with_capacity((end - start) as usize + 1);
        let mut position = 0.0;
        for part in parts {
            let origin = part.position(part.start());
            let known = &part.data.stops;
            let from = known.partition_point(|stop| stop.offset < part.range.start);
            let to = known.partition_point(|stop| stop.offset < part.range.end);
            stops.extend(
                known[from..to]
                    .iter()
                    .map(|stop| Stop { position: position + (stop.position - origin), ..*stop }),
            );
            position += part.position(part.end()) - origin;
        }
        stops.push(Stop { offset: end, unsafe_to_break: false, position });
        let runs = |part: &ShapedText| part.runs().map(|run| run.to_data()).collect::<Vec<_>>();
        let runs = match direction {
            Direction::Ltr => parts.iter().flat_map(runs).collect(),
            Direction::Rtl => parts.iter().rev().flat_map(runs).collect(),
        };
        ShapedText {
            data: Arc::new(ShapedData { direction, runs, stops: stops.into_boxed_slice() }),
            range: start..end,
        }
    }

    fn start(&self) -> usize {
        self.range.start as usize
    }

    fn end(&self) -> usize {
        self.range.end as usize
    }

    fn stop_at(&self, offset: usize) -> Result<usize, usize> {
        self.data.stops.binary_search_by(|stop| (stop.offset as usize).cmp(&offset))
    }

    fn position(&self, offset: usize) -> f64 {
        let is_end = offset == self.start() || offset == self.end();
        match self.stop_at(offset) {
            Ok(index) => self.data.stops[index].position,
            Err(0) => 0.0,
            // The glyphs of a cluster that is cut are all in the part where it begins.
            Err(index) if is_end && index < self.data.stops.len() => self.data.stops[index].position,
            Err(index) => {
                let before = self.data.stops[index - 1];
                let Some(after) = self.data.stops.get(index) else { return before.position };
                let part = (offset - before.offset as usize) as f64 / f64::from(after.offset - before.offset);
                before.position + (after.position - before.position) * part
            }
        }
    }
}

/// Text longer than 4 GiB is beyond every limit on documents.
fn offset32(offset: usize) -> u32 {
    u32::try_from(offset).unwrap_or(u32::MAX)
}

/// Glyphs of a piece as they come from the shaper, in visual order, clusters relative to the piece.
#[derive(Debug, Default)]
pub(crate) struct Piece {
    pub glyphs: Vec<PackedGlyph>,
    /// As many as glyphs, or none.
    pub offsets: Vec<(f32, f32)>,
    /// Whether breaking after the piece would change it.
    pub unsafe_end: bool,
}

impl Piece {
    pub fn as_ref(&self) -> PieceRef<'_> {
        PieceRef { glyphs: &self.glyphs, offsets: &self.offsets, unsafe_end: self.unsafe_end }
    }
}

/// A [`Piece`] that is kept somewhere.
#[derive(Clone, Copy, Debug)]
pub(crate) struct PieceRef<'a> {
    pub glyphs: &'a [PackedGlyph],
    pub offsets: &'a [(f32, f32)],
    pub unsafe_end: bool,
}

/// Collects pieces in logical order.
pub(crate) struct Builder<'a> {
    text: &'a str,
    range: Range<usize>,
    options: ShapeOptions,
    /// In logical order; the glyphs of each in visual order.
    runs: SmallVec<[RunData; 1]>,
    stops: Vec<Stop>,
    position: f64,
    unsafe_next: bool,
    /// Whether there is room between scripts before the next piece, and after the one that is being added.
    has_room_before: bool,
    has_room_at_end: bool,
    /// The run that is being collected: its pieces, each a range of glyphs.
    open: Option<OpenRun>,
}

struct OpenRun {
    font: Font,
    upright: bool,
    start: usize,
    glyphs: Vec<PackedGlyph>,
    offsets: Vec<(f32, f32)>,
}

impl<'a> Builder<'a> {
    pub fn new(text: &'a str, range: Range<usize>, options: &ShapeOptions) -> Self {
        // There is room between scripts only where there is more than ASCII.
        let is_ascii = text[range.clone()].is_ascii()
            && text[range.end..].chars().next().is_none_or(|next| next.is_ascii());
        Builder {
            text,
            options: ShapeOptions { autospace: options.autospace && !is_ascii, ..*options },
            runs: SmallVec::new(),
            // Most clusters are a byte long.
            stops: Vec::with_capacity(range.len() + 1),
            range,
            position: 0.0,
            unsafe_next: false,
            has_room_before: false,
            has_room_at_end: false,
            open: None,
        }
    }

    /// Begins a run at a byte of the text, unless the open one has the same font.
    pub fn begin_run(&mut self, font: &Font, upright: bool, start: usize, expected_glyphs: usize) {
        if self.open.as_ref().is_some_and(|open| open.font == *font && open.upright == upright) {
            return;
        }
        self.end_run(start);
        self.unsafe_next = false;
        self.open = Some(OpenRun {
            font: font.clone(),
            upright,
            start,
            glyphs: Vec::with_capacity(expected_glyphs),
            offsets: Vec::new(),
        });
    }

    /// Adds the next piece, whose clusters count from `base`.
    pub fn push(&mut self, piece: PieceRef<'_>, base: usize) {
        let Some(open) = &mut self.open else { return };
        let first = open.glyphs.len();
        let base32 = offset32(base);
        open.glyphs.extend(
            piece.glyphs.iter().map(|glyph| PackedGlyph { cluster: glyph.cluster + base32, ..*glyph }),
        );
        if !piece.offsets.is_empty() {
            open.offsets.resize(first, (0.0, 0.0));
            open.offsets.extend_from_slice(piece.offsets);
        } else if !open.offsets.is_empty() {
            open.offsets.resize(open.glyphs.len(), (0.0, 0.0));
        }
        self.add_spacing(first);
        self.add_stops(first);
        self.unsafe_next = piece.unsafe_end;
        self.has_room_before = std::mem::take(&mut self.has_room_at_end);
        if self.options.direction == Direction::Rtl
            && let Some(open) = &mut self.open
        {
            // Collected backwards, so that a whole run can be turned round at its end.
            open.glyphs[first..].reverse();
            if !open.offsets.is_empty() {
                open.offsets[first..].reverse();
            }
        }
    }

    /// Letter and word spacing at the right end of every cluster, whatever its direction, as in Chromium.
    fn add_spacing(&mut self, first: usize) {
        let ShapeOptions { letter_spacing, word_spacing, autospace, .. } = self.options;
        if letter_spacing == 0.0 && word_spacing == 0.0 && !autospace {
            return;
        }
        let Some(open) = &mut self.open else { return };
        let count = open.glyphs.len();
        let mut index = first;
        while index < count {
            let cluster = open.glyphs[index].cluster;
            let end =
                index + open.glyphs[index..].iter().take_while(|glyph| glyph.cluster == cluster).count();
            let character = self.text[cluster as usize..].chars().next();
            let separator = character.is_some_and(is_word_separator);
            let letter_spacing = if character.is_some_and(is_invisible) { 0.0 } else { letter_spacing };
            let mut spacing = letter_spacing + if separator { word_spacing } else { 0.0 };
            if autospace && autospace::has_room_after_first(&self.text[cluster as usize..]) {
                spacing += open.font.size() * autospace::ROOM;
                // There is none where a line ends.
                match open.glyphs.get_mut(end) {
                    Some(next) => next.unsafe_to_break = true,
                    None => self.has_room_at_end = true,
                }
            }
            open.glyphs[end - 1].advance += spacing;
            index = end;
        }
    }

    fn add_stops(&mut self, first: usize) {
        let Some(open) = &self.open else { return };
        let glyphs = &open.glyphs[first..];
        let mut add = |glyph: &PackedGlyph| {
            let unsafe_to_break = glyph.unsafe_to_break
                || std::mem::take(&mut self.unsafe_next)
                || std::mem::take(&mut self.has_room_before);
            match self.stops.last_mut() {
                Some(stop) if stop.offset == glyph.cluster => stop.unsafe_to_break |= unsafe_to_break,
                _ => {
                    let position = self.position;
                    self.stops.push(Stop { offset: glyph.cluster, unsafe_to_break, position });
                }
            }
            self.position += f64::from(glyph.advance);
        };
        match self.options.direction {
            Direction::Ltr => glyphs.iter().for_each(&mut add),
            Direction::Rtl => glyphs.iter().rev().for_each(&mut add),
        }
    }

    fn end_run(&mut self, end: usize) {
        let Some(mut open) = self.open.take() else { return };
        if self.options.direction == Direction::Rtl {
            open.glyphs.reverse();
            open.offsets.reverse();
        }
        self.runs.push(RunData {
            font: open.font,
            upright: open.upright,
            text: offset32(open.start)..offset32(end),
            glyphs: open.glyphs.into_boxed_slice(),
            offsets: open.offsets.into_boxed_slice(),
        });
    }

    pub fn finish(mut self) -> ShapedText {
        self.end_run(self.range.end);
        let range = offset32(self.range.start)..offset32(self.range.end);
        self.stops.push(Stop { offset: range.end, unsafe_to_break: false, position: self.position });
        let stops = self.stops.into_boxed_slice();
        let direction = self.options.direction;
        if direction == Direction::Rtl {
            self.runs.reverse();
        }
        ShapedText { data: Arc::new(ShapedData { direction, runs: self.runs, stops }), range }
    }
}

/// Whether a character takes no room and no letter spacing: controls, among them those of bidi.
fn is_invisible(character: char) -> bool {
    matches!(character,
        '\0'..='\u{1f}' | '\u{7f}'..='\u{9f}' | '\u{ad}' | '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}'
        | '\u{2060}' | '\u{2066}'..='\u{2069}' | '\u{feff}')
}

/// <https://drafts.csswg.org/css-text-4/#word-separator>
fn is_word_separator(character: char) -> bool {
    matches!(character, ' ' | '\u{a0}' | '\u{1361}' | '\u{10100}' | '\u{10101}' | '\u{1039f}' | '\u{1091f}')
}
