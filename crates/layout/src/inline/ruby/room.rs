//! How much further apart lines come because of annotations. <https://drafts.csswg.org/css-ruby-1/#line-height>
//!
//! Annotations do not make their line higher. They use the room that leading leaves over, above the line and, as far as
//! nothing is there, at the end of the line before. What is lacking moves the line down.

use std::ops::Range;

use fanlight_base::LayoutUnit;

use crate::flow::{LogicalSize, WritingMode};
use crate::inline::TextMetrics;
use crate::inline::line::{Leaf, LeafKind, LineBuilder, PlacedAtomic};
use crate::style;

/// What annotations lack above and below a line, or what is left there for those of its neighbours.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct AnnotationRoom {
    /// How far annotations reach out of the line; on the over side, then on the under side.
    pub overflow: [LayoutUnit; 2],
    /// How much of the line is empty on these sides.
    pub space: [LayoutUnit; 2],
}

impl AnnotationRoom {
    /// Of a line with these metrics, whose annotations reach so far from its baseline.
    pub(super) fn of_line(
        line: &LineBuilder<'_>,
        metrics: TextMetrics,
        reach: Option<TextMetrics>,
    ) -> AnnotationRoom {
        // The content, ignoring leading, around the baseline.
        let mut content: Option<TextMetrics> = None;
        let mut add = |own: TextMetrics| match &mut content {
            Some(known) => known.unite(own),
            None => content = Some(own),
        };
        line.leaves.iter().filter_map(|leaf| inked(line, leaf)).for_each(&mut add);
        let mut content =
            content.unwrap_or(TextMetrics { ascent: LayoutUnit::ZERO, descent: LayoutUnit::ZERO });
        let marks = reach_of_marks(line);
        let has_ruby = |is_under: bool| line.columns.iter().any(|column| column.is_under == is_under);
        let over = [marks[0], reach.filter(|_| has_ruby(false)).map(|reach| reach.ascent)];
        let under = [marks[1], reach.filter(|_| has_ruby(true)).map(|reach| reach.descent)];
        for over in over.into_iter().flatten() {
            content.ascent = content.ascent.max(over);
        }
        for under in under.into_iter().flatten() {
            content.descent = content.descent.max(under);
        }
        let has = [over, under].map(|side| side.iter().any(Option::is_some));
        let font_size = LayoutUnit::from_f32(style::font_size(&line.lines.styles[0].computed));
        if content.height() < font_size {
            // There is hardly anything on the line.
            let half_leading = ((metrics.height() - font_size) / 2).clamp_negative_to_zero();
            content = TextMetrics {
                ascent: metrics.ascent - half_leading,
                descent: metrics.descent - half_leading,
            };
        }
        let beyond = [content.ascent - metrics.ascent, content.descent - metrics.descent];
        // Fonts may be higher than their lines.
        let side = |index: usize| {
            if has[index] { beyond[index] } else { beyond[index].min(LayoutUnit::ZERO) }
        };
        let sides = [side(0), side(1)];
        AnnotationRoom {
            overflow: sides.map(LayoutUnit::clamp_negative_to_zero),
            space: sides.map(|side| (-side).clamp_negative_to_zero()),
        }
    }

    /// At the block-start and the block-end side of the line.
    pub fn in_flow(self, mode: WritingMode) -> AnnotationRoom {
        if !mode.has_flipped_lines() {
            return self;
        }
        let turned = |[over, under]: [LayoutUnit; 2]| [under, over];
        AnnotationRoom { overflow: turned(self.overflow), space: turned(self.space) }
    }
}

/// How far emphasis marks reach over the baseline of a line, and under it, beyond the text and its annotations.
fn reach_of_marks(line: &LineBuilder<'_>) -> [Option<LayoutUnit>; 2] {
    let mut reaches = [None; 2];
    for (index, leaf) in line.leaves.iter().enumerate() {
        let LeafKind::Text { item, .. } = leaf.kind else { continue };
        let computed = &line.lines.style_of(&line.lines.items[item]).computed;
        let Some(is_under) = style::emphasis_side(computed, line.mode) else { continue };
        let em = em_box(line, index..index + 1);
        let text = if is_under { em.descent } else { em.ascent };
        let own = text + leaf.emphasis_offset + style::emphasis_height(computed);
        let own = LayoutUnit::from_px(own.ceil());
        let reach = &mut reaches[usize::from(is_under)];
        *reach = Some(reach.map_or(own, |known: LayoutUnit| known.max(own)));
    }
    reaches
}

/// The part of a line that something on it fills, around the line's baseline.
fn inked(line: &LineBuilder<'_>, leaf: &Leaf) -> Option<TextMetrics> {
    match &leaf.kind {
        LeafKind::Text { item, shaped, range, .. } | LeafKind::Combined { item, shaped, range }
            if !range.is_empty() =>
        {
            let text = line.lines.style_of(&line.lines.items[*item]);
            let is_central = style::has_central_baseline(&text.computed);
            let mut spared: Option<TextMetrics> = None;
            for run in shaped.runs() {
                let em = TextMetrics::of_em_box(run.font().metrics(), is_central);
                let whole = |room: LayoutUnit| LayoutUnit::from_px(room.clamp_negative_to_zero().floor());
                let own = TextMetrics {
                    ascent: whole(text.metrics.ascent - em.ascent),
                    descent: whole(text.metrics.descent - em.descent),
                };
                spared = Some(spared.map_or(own, |known| TextMetrics {
                    ascent: known.ascent.min(own.ascent),
                    descent: known.descent.min(own.descent),
                }));
            }
            let spared = spared.unwrap_or_default();
            let ink = TextMetrics {
                ascent: text.metrics.ascent - spared.ascent,
                descent: text.metrics.descent - spared.descent,
            };
            Some(ink.shifted(leaf.shift))
        }
        LeafKind::Atomic(placed) => atomic_ink(leaf, placed, line.mode),
        _ => None,
    }
}

/// The em boxes of all fonts in some leaves of a line, around its baseline.
pub(super) fn em_box(line: &LineBuilder<'_>, leaves: Range<usize>) -> TextMetrics {
    let mut all = TextMetrics::default();
    for leaf in &line.leaves[leaves] {
        match &leaf.kind {
            LeafKind::Text { item, shaped, range, .. } | LeafKind::Combined { item, shaped, range }
                if !range.is_empty() =>
            {
                let text = line.lines.style_of(&line.lines.items[*item]);
                let is_central = style::has_central_baseline(&text.computed);
                let mut own = TextMetrics::default();
                for run in shaped.runs() {
                    own.unite(TextMetrics::of_em_box(run.font().metrics(), is_central));
                }
                let whole = |extent: LayoutUnit| LayoutUnit::from_px(extent.ceil());
                let font = if is_central {
                    let half = text.metrics.height() / 2;
                    TextMetrics { ascent: half, descent: half }
                } else {
                    text.metrics
                };
                let own = TextMetrics {
                    ascent: whole(own.ascent).min(font.ascent),
                    descent: whole(own.descent).min(font.descent),
                };
                // A central baseline may lie between whole px, while that of the line does not.
                let off_center = font.ascent - text.metrics.ascent;
                all.unite(own.shifted(leaf.shift + off_center));
            }
            LeafKind::Atomic(placed) => {
                if let Some(own) = atomic_ink(leaf, placed, line.mode) {
                    all.unite(own);
                }
            }
            _ => {}
        }
    }
    all
}

/// The padding box of an atomic box with what sticks out of it.
fn atomic_ink(leaf: &Leaf, placed: &PlacedAtomic, mode: WritingMode) -> Option<TextMetrics> {
    if placed.size.inline == LayoutUnit::ZERO {
        return None;
    }
    let fragment = &placed.result.fragment;
    let mut overflow = fragment.scrollable_overflow;
    if overflow.size == fragment.size {
        // As in Chromium, where borders are not part of it.
        overflow = fragment.padding_box();
    }
    let axis = mode.on_line();
    let extent = LogicalSize::from_physical(overflow.size, axis).block;
    let before = crate::flow::LogicalOffset::from_physical(
        overflow.origin,
        axis,
        placed.result.fragment.size,
        overflow.size,
    );
    let ascent = leaf.metrics?.ascent - placed.margins.block_start - before.block;
    Some(TextMetrics { ascent, descent: extent - ascent }.shifted(leaf.shift))
}
