//! How far an annotation that is longer than its base reaches over the text beside it.
//! <https://drafts.csswg.org/css-ruby-1/#rubyoverhang>

use fanlight_base::LayoutUnit;
use fanlight_css::properties::inherited_text::{RubyAlign, RubyOverhang, RubyPosition};

use super::align;
use super::is_tag;
use crate::box_tree::InlineItemKind;
use crate::inline::breaker::{Breaker, BrokenLine};
use crate::inline::{PreparedItem, PreparedLines};
use crate::style;

/// How far an annotation may reach out of its column at its two ends, whatever is there.
#[derive(Clone, Copy, Default)]
pub(super) struct Overhang {
    pub start: LayoutUnit,
    pub end: LayoutUnit,
}

/// As far as its base is from the column's ends, and half a character of the annotation at most.
pub(super) fn allowed(
    lines: &PreparedLines,
    open: usize,
    size: LayoutUnit,
    annotation_size: LayoutUnit,
    base: &BrokenLine,
) -> Overhang {
    let InlineItemKind::OpenRubyColumn(number) = lines.items[open].kind else { return Overhang::default() };
    let computed = &lines.style_of(&lines.items[open]).computed;
    let text = &computed.inherited_text;
    let space = size - super::length(base);
    if space <= LayoutUnit::ZERO
        || annotation_size != size
        || text.ruby_align == RubyAlign::SpaceBetween
        || text.ruby_overhang == RubyOverhang::None
    {
        return Overhang::default();
    }
    let annotation = &lines.annotations[number as usize].styles[0].computed;
    let half_character = LayoutUnit::from_f32(style::font_size(annotation) / 2.0);
    if text.ruby_align == RubyAlign::Start {
        return Overhang { start: LayoutUnit::ZERO, end: space.min(half_character) };
    }
    let inset = align::base_inset(lines, computed, base, space).min(half_character);
    Overhang { start: inset, end: inset }
}

/// How far an annotation reaches over what is last on the line, of the `allowed` length.
pub(super) fn over_previous(breaker: &Breaker<'_>, item: &PreparedItem, allowed: LayoutUnit) -> LayoutUnit {
    if allowed <= LayoutUnit::ZERO {
        return LayoutUnit::ZERO;
    }
    let items = &breaker.lines.items;
    let previous = breaker.line.items.iter().rev().find(|taken| !is_tag(&items[taken.item]));
    let Some(taken) = previous else { return LayoutUnit::ZERO };
    let before = &items[taken.item];
    let text = &breaker.lines.contents.text[taken.range.start as usize..taken.range.end as usize];
    if !may_reach_over(breaker.lines, before, item) {
        return LayoutUnit::ZERO;
    }
    if spares_letters(breaker.lines, item) {
        let blank = text.len() - text.trim_end().len();
        let width = taken.shaped.as_ref().map_or(LayoutUnit::ZERO, |shaped| {
            let end = taken.range.end as usize;
            LayoutUnit::from_f32(shaped.width_of(end - blank..end))
        });
        return allowed.min(width);
    }
    allowed.min(taken.advance / 2)
}

/// How far an annotation reaches over the text that follows, of the `allowed` length.
pub(super) fn over_next(
    lines: &PreparedLines,
    open: usize,
    next: &PreparedItem,
    allowed: LayoutUnit,
) -> LayoutUnit {
    let item = &lines.items[open];
    let Some(shaped) = next.shaped.as_ref().filter(|_| may_reach_over(lines, next, item)) else {
        return LayoutUnit::ZERO;
    };
    let (start, end) = (next.range.start as usize, next.range.end as usize);
    if spares_letters(lines, item) {
        let text = &lines.contents.text[start..end];
        let blank = text.len() - text.trim_start().len();
        return allowed.min(LayoutUnit::from_f32(shaped.width_of(start..start + blank)));
    }
    allowed.min(LayoutUnit::from_f32(shaped.width_of(start..end)) / 2)
}

/// Whether an annotation of `column` may reach over a neighbour: over text that is not larger than the base.
fn may_reach_over(lines: &PreparedLines, neighbour: &PreparedItem, column: &PreparedItem) -> bool {
    let size = |item: &PreparedItem| style::font_size(&lines.style_of(item).computed);
    neighbour.kind == InlineItemKind::Text
        && size(neighbour) <= size(column)
        && !has_marks_beside_annotation(lines, neighbour, column)
}

/// Whether a neighbour has emphasis marks where the annotation of a column would reach.
fn has_marks_beside_annotation(
    lines: &PreparedLines,
    neighbour: &PreparedItem,
    column: &PreparedItem,
) -> bool {
    let computed = &lines.style_of(neighbour).computed;
    let is_under = lines.style_of(column).computed.inherited_text.ruby_position == RubyPosition::Under;
    style::emphasis_side(computed, style::writing_mode(computed)) == Some(is_under)
}

/// Whether annotations reach over blanks only.
fn spares_letters(lines: &PreparedLines, column: &PreparedItem) -> bool {
    lines.style_of(column).computed.inherited_text.ruby_overhang == RubyOverhang::Spaces
}
