//! Box alignment in block containers. <https://drafts.csswg.org/css-align-3/>

use fanlight_base::LayoutUnit;
use fanlight_css::ComputedStyle;
use fanlight_css::properties::inherited_text::{Direction, TextAlign};
use fanlight_css::values::align::{ContentPosition, OverflowPosition, SelfPosition};

use crate::flow::{LogicalSides, WritingMode};
use crate::formatting::StaticEdge;

/// Where `align-content` puts what is in a block container.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct BlockContentAlignment {
    /// Which edges meet.
    pub edge: StaticEdge,
    /// Whether content that is larger than its container begins where that does.
    pub is_safe: bool,
}

/// What `align-content` says to a block container; nothing for `normal`. The content is one alignment subject, so that values
/// that distribute it fall back. <https://drafts.csswg.org/css-align-3/#distribution-block>
pub(crate) fn block_content_alignment(computed: &ComputedStyle) -> Option<BlockContentAlignment> {
    let alignment = computed.flex.align_content;
    // In Chromium content that does not fit begins at the start, unless told otherwise.
    let is_safe = alignment.overflow != Some(OverflowPosition::Unsafe);
    let (edge, is_safe) = match alignment.position {
        ContentPosition::Normal => return None,
        ContentPosition::Stretch
        | ContentPosition::Baseline
        | ContentPosition::LastBaseline
        | ContentPosition::Start
        | ContentPosition::FlexStart
        | ContentPosition::Left
        | ContentPosition::Right
        | ContentPosition::SpaceBetween => (StaticEdge::Start, is_safe),
        ContentPosition::Center => (StaticEdge::Center, is_safe),
        ContentPosition::SpaceAround | ContentPosition::SpaceEvenly => (StaticEdge::Center, true),
        ContentPosition::End | ContentPosition::FlexEnd => (StaticEdge::End, is_safe),
    };
    Some(BlockContentAlignment { edge, is_safe })
}

/// What `align-content` says to a table cell: whether baselines meet, or which edges; nothing where `vertical-align` counts.
/// <https://drafts.csswg.org/css-align-3/#distribution-block>
pub(crate) fn cell_content_alignment(computed: &ComputedStyle) -> Option<(bool, StaticEdge)> {
    match computed.flex.align_content.position {
        ContentPosition::LastBaseline => None,
        position => {
            let is_baseline = position == ContentPosition::Baseline;
            block_content_alignment(computed).map(|alignment| (is_baseline, alignment.edge))
        }
    }
}

/// Where `align` attributes of containers put a block-level child without automatic margins: `text-align: -webkit-center` and
/// the like.
pub(crate) fn align_block_child(
    container: &ComputedStyle,
    used: LogicalSides,
    available: LayoutUnit,
    inline_size: LayoutUnit,
) -> LogicalSides {
    let left = (available - inline_size - used.inline_sum()).clamp_negative_to_zero();
    let is_rtl = container.inherited_text.direction == Direction::Rtl;
    let moved = match (container.inherited_text.text_align, is_rtl) {
        (TextAlign::WebkitCenter, _) => left / 2,
        (TextAlign::WebkitRight, false) | (TextAlign::WebkitLeft, true) => left,
        _ => LayoutUnit::ZERO,
    };
    LogicalSides { inline_start: used.inline_start + moved, ..used }
}

/// How far `justify-self` moves a legend along the `room` that it leaves.
/// <https://html.spec.whatwg.org/multipage/rendering.html#the-fieldset-and-legend-elements>
pub(crate) fn justify_legend(
    computed: &ComputedStyle,
    container: WritingMode,
    room: LayoutUnit,
) -> LayoutUnit {
    let room = room.clamp_negative_to_zero();
    match (computed.flex.justify_self.position, container.is_rtl) {
        (SelfPosition::Center | SelfPosition::AnchorCenter, _) => room / 2,
        (SelfPosition::End | SelfPosition::SelfEnd | SelfPosition::FlexEnd, _)
        | (SelfPosition::Right, false)
        | (SelfPosition::Left, true) => room,
        _ => LayoutUnit::ZERO,
    }
}
