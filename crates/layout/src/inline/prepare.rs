//! What does not depend on the width of lines: bidi levels, shaped text, break opportunities, font metrics.

use std::ops::Range;
use std::sync::{Arc, OnceLock};

use fanlight_base::LayoutUnit;
use fanlight_css::ComputedStyle;
use fanlight_text::{
    BaseDirection, BreakClass, Direction, FontMetrics, FontStack, LineBreakOptions, LineBreakStrictness,
    LineBreaks, Paragraph, ShapeOptions, ShapedText,
};
use smallvec::{SmallVec, smallvec};

use super::breaker::Place;
use super::{decorations, initial_letter};
use crate::box_tree::{
    BoxId, BoxSource, GeneratedFor, InlineContents, InlineItem, InlineItemKind, OffsetMap,
};
use crate::flow::WritingMode;
use crate::formatting::{Layouter, sizing};
use crate::fragment::{AppliedDecoration, StyleKey};
use crate::style::{self, VerticalAlign};

/// What percentages are taken of where only their being zero matters.
const ANY_BASIS: LayoutUnit = LayoutUnit::from_px(1000);

/// How many of the styles before are looked at for the next one.
const RECENT_STYLES: usize = 8;

/// Heights above and below the baseline.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct TextMetrics {
    pub ascent: LayoutUnit,
    pub descent: LayoutUnit,
}

impl TextMetrics {
    /// Those of a font. Where the central baseline is dominant, half of the height is on each side of it.
    pub fn of_font(font: &FontMetrics, has_central_baseline: bool) -> TextMetrics {
        let (ascent, descent) = (LayoutUnit::from_f32(font.ascent), LayoutUnit::from_f32(font.descent));
        if has_central_baseline {
            TextMetrics::around_center(
                ascent + descent,
                LayoutUnit::from_px(((ascent + descent) / 2).floor()),
            )
        } else {
            TextMetrics { ascent, descent }
        }
    }

    /// The em box in the proportions of a font.
    pub fn of_em_box(font: &FontMetrics, has_central_baseline: bool) -> TextMetrics {
        let (ascent, descent) = (LayoutUnit::from_f32(font.em_ascent), LayoutUnit::from_f32(font.em_descent));
        if has_central_baseline {
            let half = (ascent + descent) / 2;
            TextMetrics { ascent: half, descent: half }
        } else {
            TextMetrics { ascent, descent }
        }
    }

    /// `height` around a baseline that is `below` above the lower edge.
    pub fn around_center(height: LayoutUnit, below: LayoutUnit) -> TextMetrics {
        TextMetrics { ascent: height - below, descent: below }
    }

    pub fn height(&self) -> LayoutUnit {
        self.ascent + self.descent
    }

    pub fn unite(&mut self, other: TextMetrics) {
        self.ascent = self.ascent.max(other.ascent);
        self.descent = self.descent.max(other.descent);
    }

    /// Moved down by `shift`.
    #[must_use]
    pub fn shifted(self, shift: LayoutUnit) -> TextMetrics {
        TextMetrics { ascent: self.ascent - shift, descent: self.descent + shift }
    }

    /// With the room that `line-height` adds above and below; the part above is rounded down to whole px, as Chromium does,
    /// so that baselines stay on whole px. <https://drafts.csswg.org/css2/#leading>
    #[must_use]
    pub fn with_leading(self, line_height: LayoutUnit) -> TextMetrics {
        let half_leading = (line_height - self.height()) / 2;
        let ascent = self.ascent + LayoutUnit::from_px(half_leading.floor());
        TextMetrics { ascent, descent: line_height - ascent }
    }
}

/// What the font and `line-height` of a box say about its lines.
#[derive(Clone)]
pub(crate) struct BoxText {
    pub computed: Arc<ComputedStyle>,
    pub stack: Arc<FontStack>,
    /// The font's ascent and descent, around the dominant baseline.
    /// <https://drafts.csswg.org/css-inline-3/#dominant-baseline>
    pub metrics: TextMetrics,
    /// From the font's ascent to its alphabetic baseline.
    pub alphabetic_ascent: LayoutUnit,
    /// The same with leading: what the box asks of a line.
    pub line: TextMetrics,
}

impl BoxText {
    pub fn new(layouter: &Layouter<'_>, computed: &Arc<ComputedStyle>) -> BoxText {
        let stack = layouter.stacks.get(layouter.fonts, &computed.font);
        let metrics = stack.metrics();
        let own = TextMetrics::of_font(metrics, style::has_central_baseline(computed));
        let alphabetic_ascent = LayoutUnit::from_f32(metrics.ascent);
        let normal = LayoutUnit::from_f32(metrics.line_spacing);
        let line = own.with_leading(style::line_height(computed).unwrap_or(normal));
        BoxText { computed: computed.clone(), line, metrics: own, alphabetic_ascent, stack }
    }
}

/// An item, or the part of one that is at one bidi level.
#[derive(Clone, Debug)]
pub(crate) struct PreparedItem {
    pub kind: InlineItemKind,
    pub box_id: BoxId,
    pub range: Range<u32>,
    pub level: u8,
    pub map: Option<Arc<OffsetMap>>,
    /// The glyphs of text.
    pub shaped: Option<ShapedText>,
    pub options: ShapeOptions,
    /// Index into [`PreparedLines::styles`].
    pub style: u32,
    /// Index into [`PreparedLines::breaks`].
    pub breaks: u32,
    /// Whether lines may break in it.
    pub wraps: bool,
    pub decorations: Arc<[AppliedDecoration]>,
}

/// An inline formatting context, ready to be broken into lines.
pub(crate) struct PreparedLines {
    pub contents: Arc<InlineContents>,
    pub paragraph: Paragraph,
    pub items: Box<[PreparedItem]>,
    /// The styles in it; the first is the block container's.
    pub styles: SmallVec<[BoxText; 1]>,
    breaks: SmallVec<[BreakTable; 1]>,
    /// Whether `::first-line` styles are in it.
    pub is_first_line: bool,
    /// Whether some of the text has emphasis marks.
    pub has_emphasis_marks: bool,
    /// Those of [`InlineContents::annotations`].
    pub annotations: Box<[PreparedLines]>,
}

impl PreparedLines {
    pub fn style_of(&self, item: &PreparedItem) -> &BoxText {
        &self.styles[item.style as usize]
    }

    /// How far combined text moves on along the line: by the em of its font.
    pub fn combined_advance(&self, item: &PreparedItem) -> LayoutUnit {
        LayoutUnit::from_f32(style::font_size(&self.style_of(item).computed))
    }

    /// Whether a line may break before the byte at `offset`, of which `item` holds the character before.
    pub fn can_break_at(&self, item: &PreparedItem, offset: u32) -> bool {
        self.breaks_of(item, false).at(offset as usize) == Some(BreakClass::Allowed)
    }

    /// Whether the last thing before a place, ends of boxes aside, is a forced line break.
    pub fn follows_forced_break(&self, place: Place) -> bool {
        let is_within = self.items.get(place.item).is_some_and(|item| place.offset > item.range.start);
        let mut before = self.items[..place.item].iter().rev();
        !is_within
            && before
                .find(|item| item.kind != InlineItemKind::CloseBox)
                .is_some_and(|item| item.kind == InlineItemKind::ForcedBreak)
    }

    /// Where lines may break in an item and at its ends; with `breaks_words`, between any two characters where
    /// `overflow-wrap` allows it.
    pub fn breaks_of(&self, item: &PreparedItem, breaks_words: bool) -> &LineBreaks {
        let table = &self.breaks[item.breaks as usize];
        if breaks_words && self.may_break_words_of(item) {
            table.anywhere(&self.contents.text)
        } else {
            &table.breaks
        }
    }

    /// Whether words of an item may be broken where the line has no other opportunity.
    pub fn may_break_words_of(&self, item: &PreparedItem) -> bool {
        item.wraps && style::breaks_words(&self.style_of(item).computed)
    }

    /// What ends a line within a word of an item. <https://drafts.csswg.org/css-text-4/#hyphenate-character>
    pub fn hyphen(&self, item: &PreparedItem) -> (Arc<str>, ShapedText) {
        let text = self.style_of(item);
        let characters = style::hyphen(&text.computed, &text.stack);
        let shaped = text.stack.shape(&characters, 0..characters.len(), &item.options);
        (characters, shaped)
    }

    /// How far a tab goes from `used` along the line. Tab stops are those of the block container, whose spaces measure them.
    /// <https://drafts.csswg.org/css-text-4/#tab-size-property>
    pub fn tab_advance(&self, item: &PreparedItem, used: LayoutUnit) -> LayoutUnit {
        let container = &self.styles[0];
        let metrics = container.stack.metrics();
        let space = metrics.space_advance
            + style::letter_spacing(&container.computed)
            + style::word_spacing(&container.computed);
        let tab = style::tab_size(&self.style_of(item).computed, space);
        if tab <= 0.0 {
            return LayoutUnit::ZERO;
        }
        let at = used.to_f32();
        let mut stop = ((at / tab).floor() + 1.0) * tab;
        if stop - at < metrics.zero_advance / 2.0 {
            stop += tab;
        }
        LayoutUnit::from_f32(stop) - used
    }
}

/// The opportunities that one set of options gives.
struct BreakTable {
    options: LineBreakOptions,
    breaks: LineBreaks,
    /// Those between any two characters, found when a word is too long.
    anywhere: OnceLock<Box<LineBreaks>>,
}

impl BreakTable {
    fn new(text: &str, options: LineBreakOptions) -> BreakTable {
        BreakTable { options, breaks: LineBreaks::new(text, options), anywhere: OnceLock::new() }
    }

    fn anywhere(&self, text: &str) -> &LineBreaks {
        let options = LineBreakOptions { strictness: LineBreakStrictness::Anywhere, ..self.options };
        self.anywhere.get_or_init(|| Box::new(LineBreaks::new(text, options)))
    }
}

/// Prepares the inline formatting context of a block container.
pub(crate) fn prepare(
    layouter: &Layouter<'_>,
    container: BoxId,
    contents: &Arc<InlineContents>,
    is_first_line: bool,
) -> PreparedLines {
    let container_style = layouter.boxes.style_of(StyleKey { box_id: container, is_first_line });
    let mode = style::writing_mode(container_style);
    let base = if style::is_plaintext(container_style) {
        BaseDirection::FromContent
    } else {
        BaseDirection::Explicit(if mode.is_rtl { Direction::Rtl } else { Direction::Ltr })
    };
    let paragraph = Paragraph::new(&contents.text, base);
    let container_text = match initial_letter::initial_letter(layouter.boxes, container) {
        Some(letter) => initial_letter::text(layouter, container, letter),
        None => BoxText::new(layouter, container_style),
    };
    let mut preparation = Preparation {
        layouter,
        contents,
        mode,
        is_first_line,
        styles: smallvec![container_text],
        breaks: SmallVec::new(),
        decorations: decorations::Memory::new(layouter.boxes, container, is_first_line),
    };
    let mut items = Vec::with_capacity(contents.items.len());
    for item in &contents.items {
        preparation.item(item, &paragraph, &mut items);
    }
    preparation.shape(&mut items);
    let has_marks = |text: &BoxText| style::emphasis_side(&text.computed, mode).is_some();
    PreparedLines {
        has_emphasis_marks: preparation.styles.iter().any(has_marks),
        contents: contents.clone(),
        items: items.into_boxed_slice(),
        styles: preparation.styles,
        breaks: preparation.breaks,
        is_first_line,
        paragraph,
        annotations: contents
            .annotations
            .iter()
            .map(|annotation| prepare(layouter, annotation.box_id, &annotation.contents, is_first_line))
            .collect(),
    }
}

struct Preparation<'a, 'l> {
    layouter: &'a Layouter<'l>,
    contents: &'a Arc<InlineContents>,
    mode: WritingMode,
    is_first_line: bool,
    styles: SmallVec<[BoxText; 1]>,
    breaks: SmallVec<[BreakTable; 1]>,
    decorations: decorations::Memory,
}

impl Preparation<'_, '_> {
    fn item(&mut self, item: &InlineItem, paragraph: &Paragraph, items: &mut Vec<PreparedItem>) {
        let boxes = self.layouter.boxes;
        let box_id = match item.kind {
            // A base is in the container of its annotation.
            InlineItemKind::OpenRubyColumn(_) | InlineItemKind::CloseRubyColumn(_) => {
                boxes.get(item.box_id).parent.unwrap_or(item.box_id)
            }
            _ => item.box_id,
        };
        let computed = boxes.style_of(StyleKey { box_id, is_first_line: self.is_first_line });
        let style = self.style(computed);
        let breaks = self.breaks(style::line_break_options(computed));
        let wraps = match item.kind {
            // Whether lines break around an atomic box is its parent's to say.
            InlineItemKind::Atomic => {
                boxes.get(item.box_id).parent.is_none_or(|parent| style::wraps(&boxes.get(parent).style))
            }
            _ => style::wraps(computed),
        };
        let decorations = match item.kind {
            InlineItemKind::Text | InlineItemKind::CombinedText => self.decorations.of(boxes, item.box_id),
            _ => Arc::default(),
        };
        let start = item.range.start as usize;
        let level = match item.kind {
            // https://www.unicode.org/reports/tr9/#L1
            InlineItemKind::Tab | InlineItemKind::ForcedBreak => paragraph.base_level_at(start),
            _ => paragraph.level_at(start),
        };
        let base = PreparedItem {
            kind: item.kind,
            box_id: item.box_id,
            range: item.range.clone(),
            level: level.number(),
            map: item.map.clone(),
            shaped: None,
            options: ShapeOptions::default(),
            style,
            breaks,
            wraps,
            decorations,
        };
        if item.kind == InlineItemKind::CombinedText {
            let range = item.range.start as usize..item.range.end as usize;
            let stack = &self.styles[style as usize].stack;
            let shaped = stack.shape(&self.contents.text, range, &ShapeOptions::default());
            items.push(PreparedItem { shaped: Some(shaped), ..base });
            return;
        }
        if item.kind != InlineItemKind::Text {
            items.push(base);
            return;
        }
        for run in paragraph.runs(item.range.start as usize..item.range.end as usize) {
            let mut options = ShapeOptions {
                direction: run.level.direction(),
                orientation: style::orientation(computed, self.mode),
                letter_spacing: style::letter_spacing(computed),
                word_spacing: style::word_spacing(computed),
                autospace: style::has_autospace(computed),
                keeps_full_width: style::keeps_full_width(computed),
            };
            if matches!(boxes.get(item.box_id).source, BoxSource::Pseudo(_, GeneratedFor::Marker)) {
                self.space_marker(style, &run.range, &mut options);
            }
            items.push(PreparedItem {
                range: run.range.start as u32..run.range.end as u32,
                level: run.level.number(),
                options,
                ..base.clone()
            });
        }
    }

    /// Lets a marker that is a shape take the room of that.
    fn space_marker(&self, style: u32, range: &Range<usize>, options: &mut ShapeOptions) {
        let BoxText { computed, stack, metrics, .. } = &self.styles[style as usize];
        let text = &self.contents.text[range.clone()];
        let Some(advance) = style::marker_symbol_advance(computed, text, metrics.ascent.to_f32()) else {
            return;
        };
        (options.letter_spacing, options.word_spacing) = (0.0, 0.0);
        let own = stack.shape(&self.contents.text, range.clone(), options).width();
        options.letter_spacing = (advance - own) / text.chars().count() as f32;
    }

    /// Shapes text, across the ends of inline boxes that do not keep it apart, where the fonts are the same.
    /// <https://drafts.csswg.org/css-text-4/#boundary-shaping>
    fn shape(&self, items: &mut [PreparedItem]) {
        let mut next = 0;
        while next < items.len() {
            let first = next;
            next += 1;
            if items[first].kind != InlineItemKind::Text {
                continue;
            }
            let mut end = items[first].range.end;
            for (index, item) in items.iter().enumerate().skip(next) {
                match item.kind {
                    InlineItemKind::Text
                        if self.shape_as_one(&items[first], item) && item.range.start == end =>
                    {
                        end = item.range.end;
                        next = index + 1;
                    }
                    InlineItemKind::OpenBox | InlineItemKind::CloseBox if !self.keeps_text_apart(item) => {}
                    _ => break,
                }
            }
            let stack = &self.styles[items[first].style as usize].stack;
            let range = items[first].range.start as usize..end as usize;
            let shaped = stack.shape(&self.contents.text, range, &items[first].options);
            for item in items[first..next].iter_mut().filter(|item| item.kind == InlineItemKind::Text) {
                item.shaped = Some(shaped.slice(item.range.start as usize..item.range.end as usize));
            }
        }
    }

    fn shape_as_one(&self, one: &PreparedItem, other: &PreparedItem) -> bool {
        let stack = |item: &PreparedItem| &self.styles[item.style as usize].stack;
        one.level == other.level && one.options == other.options && Arc::ptr_eq(stack(one), stack(other))
    }

    /// Whether an end of an inline box keeps the text inside apart from that outside: it takes room, or the box stands on
    /// another baseline.
    fn keeps_text_apart(&self, item: &PreparedItem) -> bool {
        let computed = &self.styles[item.style as usize].computed;
        if !matches!(style::vertical_align(computed), VerticalAlign::Baseline) {
            return true;
        }
        let mode = WritingMode { is_rtl: style::writing_mode(computed).is_rtl, ..self.mode };
        let sides = sizing::margins_or_zero(computed, mode, ANY_BASIS)
            + sizing::edges(computed, mode, ANY_BASIS).sum();
        let side = if item.kind == InlineItemKind::OpenBox { sides.inline_start } else { sides.inline_end };
        side != LayoutUnit::ZERO
    }

    /// Neighbours mostly have one of a few styles.
    fn style(&mut self, computed: &Arc<ComputedStyle>) -> u32 {
        let count = self.styles.len();
        let recent = (count.saturating_sub(RECENT_STYLES)..count).rev().chain([0]);
        let found = recent.into_iter().find(|&index| Arc::ptr_eq(&self.styles[index].computed, computed));
        let index = found.unwrap_or_else(|| {
            self.styles.push(BoxText::new(self.layouter, computed));
            count
        });
        index as u32
    }

    fn breaks(&mut self, options: LineBreakOptions) -> u32 {
        let index = self.breaks.iter().position(|known| known.options == options).unwrap_or_else(|| {
            self.breaks.push(BreakTable::new(&self.contents.text, options));
            self.breaks.len() - 1
        });
        index as u32
    }
}
