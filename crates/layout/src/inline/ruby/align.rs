//! Distributes what a base or an annotation lacks of the length of its column.
//! <https://drafts.csswg.org/css-ruby-1/#rubyalign>

use std::ops::Range;

use fanlight_base::LayoutUnit;
use fanlight_css::ComputedStyle;
use fanlight_css::properties::inherited_text::{RubyAlign, TextAlign};
use fanlight_text::{Level, reorder_visually};
use smallvec::SmallVec;

use super::BrokenColumn;
use crate::inline::PreparedLines;
use crate::inline::breaker::BrokenLine;
use crate::inline::line::LineBuilder;
use crate::style;

/// What is aligned in a column.
#[derive(Clone, Copy, PartialEq)]
pub(super) enum Aligned {
    Base,
    Annotation,
}

/// How far a base is from either end of its column, which is `space` longer.
pub(super) fn base_inset(
    lines: &PreparedLines,
    computed: &ComputedStyle,
    base: &BrokenLine,
    space: LayoutUnit,
) -> LayoutUnit {
    let has_content = base.items.iter().any(|taken| taken.advance != LayoutUnit::ZERO);
    match computed.inherited_text.ruby_align {
        _ if !has_content => LayoutUnit::ZERO,
        RubyAlign::SpaceBetween => LayoutUnit::ZERO,
        RubyAlign::Start | RubyAlign::Center => space / 2,
        RubyAlign::SpaceAround => {
            let texts = base.items.iter().filter(|taken| taken.shaped.is_some()).map(|taken| &taken.range);
            space / (lines.opportunities_to_justify(texts) as i32 + 1) / 2
        }
    }
}

impl LineBuilder<'_> {
    /// Makes the leaves of a base or an annotation `space` longer. Returns what could not be given to any.
    pub(super) fn align_in_column(
        &mut self,
        leaves: Range<usize>,
        space: LayoutUnit,
        computed: &ComputedStyle,
        aligned: Aligned,
    ) -> LayoutUnit {
        if space <= LayoutUnit::ZERO {
            return space;
        }
        let text = &computed.inherited_text;
        let is_rtl = style::writing_mode(computed).is_rtl;
        // Bases always are justified.
        let text_align = match aligned {
            Aligned::Base => TextAlign::Justify,
            Aligned::Annotation if text.text_align == TextAlign::Start => TextAlign::Justify,
            Aligned::Annotation => text.text_align,
        };
        // What cannot be halved is lost, as in Chromium.
        let halves = (space / 2, space / 2);
        let (left, right) = match text.ruby_align {
            RubyAlign::Start if is_rtl => (space, LayoutUnit::ZERO),
            RubyAlign::Start => (LayoutUnit::ZERO, space),
            RubyAlign::Center => halves,
            RubyAlign::SpaceBetween => match self.spread_over(leaves.clone(), space, u32::MAX) {
                true => (LayoutUnit::ZERO, LayoutUnit::ZERO),
                false => halves,
            },
            RubyAlign::SpaceAround => match text_align {
                TextAlign::Justify => {
                    let count = self.opportunities_in(leaves.clone(), u32::MAX);
                    let mut around = space / (count as i32 + 1);
                    if aligned == Aligned::Annotation && count > 0 {
                        around = around.min(LayoutUnit::from_f32(2.0 * style::font_size(computed)));
                    }
                    self.spread_over(leaves.clone(), space - around, u32::MAX);
                    (around / 2, around / 2)
                }
                TextAlign::Left | TextAlign::WebkitLeft => (LayoutUnit::ZERO, space),
                TextAlign::Right | TextAlign::WebkitRight => (space, LayoutUnit::ZERO),
                TextAlign::Start | TextAlign::End | TextAlign::MatchParent => {
                    if (text_align == TextAlign::End) != is_rtl {
                        (space, LayoutUnit::ZERO)
                    } else {
                        (LayoutUnit::ZERO, space)
                    }
                }
                TextAlign::Center | TextAlign::WebkitCenter | TextAlign::InternalCenter => halves,
            },
        };
        self.inset(leaves, left, right)
    }

    /// Gives room to the first and to the last of what is in some leaves, from left to right. Returns what is left when
    /// nothing is.
    fn inset(&mut self, leaves: Range<usize>, left: LayoutUnit, right: LayoutUnit) -> LayoutUnit {
        let start = leaves.start;
        let levels: SmallVec<[Level; 8]> =
            self.leaves[leaves].iter().map(|leaf| Level::new(leaf.level)).collect();
        let order = reorder_visually(&levels);
        let mut content =
            order.iter().map(|&index| index + start).filter(|&index| self.leaves[index].kind.is_content());
        let Some(first) = content.next() else { return left + right };
        let last = content.next_back().unwrap_or(first);
        self.leaves[first].insets.0 += left;
        self.leaves[last].insets.1 += right;
        LayoutUnit::ZERO
    }
}

impl BrokenColumn {
    /// How much longer it is than its base.
    pub(super) fn space_of_base(&self) -> LayoutUnit {
        self.size - self.base_size
    }
}
