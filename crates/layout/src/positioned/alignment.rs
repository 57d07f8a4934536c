//! `align-self` and `justify-self` of absolutely positioned boxes.
//! <https://drafts.csswg.org/css-align-3/#align-abspos>

use fanlight_css::ComputedStyle;
use fanlight_css::values::align::{OverflowPosition, SelfAlignment, SelfPosition};

use crate::flow::WritingMode;
use crate::formatting::StaticEdge;
use crate::style;

/// What happens to a box that is larger than its room.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Safety {
    /// It is kept in the containing block as far as that goes.
    Default,
    /// It begins where its room does.
    Safe,
    /// It is aligned all the same.
    Unsafe,
}

/// How a box is aligned in its inset-modified containing block along one of its axes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Alignment {
    /// Which of its edges lies at that of the room.
    pub edge: StaticEdge,
    pub safety: Safety,
    /// `normal`: automatic sizes stretch, and nothing is moved.
    pub is_normal: bool,
    /// `stretch`: automatic sizes stretch, those of tables and replaced content too.
    pub is_stretch: bool,
}

impl Alignment {
    pub const NORMAL: Alignment =
        Alignment { edge: StaticEdge::Start, safety: Safety::Default, is_normal: true, is_stretch: false };
}

/// The alignment of a box along the inline and the block axis of its containing block.
pub(crate) fn of(computed: &ComputedStyle, container: WritingMode) -> (Alignment, Alignment) {
    let [along, across] = style::writing_mode(computed).flips_along_axes_of(container);
    (
        alignment(computed.flex.justify_self, along, container.is_rtl),
        alignment(computed.flex.align_self, across, false),
    )
}

/// How `justify-self` aligns a block-level box in flow, `items` being the style of the container whose `justify-items` it takes
/// for `auto`. <https://drafts.csswg.org/css-align-3/#justify-block>
pub(crate) fn justification(
    computed: &ComputedStyle,
    items: Option<&ComputedStyle>,
    container: WritingMode,
) -> Alignment {
    let [along, _] = style::writing_mode(computed).flips_along_axes_of(container);
    let own = match (computed.flex.justify_self.position, items) {
        (SelfPosition::Auto, Some(items)) => alignment(items.flex.justify_items, along, container.is_rtl),
        _ => alignment(computed.flex.justify_self, along, container.is_rtl),
    };
    let is_last_baseline = match (computed.flex.justify_self.position, items) {
        (SelfPosition::Auto, Some(items)) => items.flex.justify_items.position,
        (own, _) => own,
    } == SelfPosition::LastBaseline;
    // Nothing shares a baseline along lines.
    if is_last_baseline { Alignment { edge: StaticEdge::Start, ..own } } else { own }
}

/// `is_flipped`: the box's own axis runs the other way; `left_is_end`: `left` is where the axis ends.
fn alignment<const JUSTIFY: bool, const ITEMS: bool>(
    value: SelfAlignment<JUSTIFY, ITEMS>,
    is_flipped: bool,
    left_is_end: bool,
) -> Alignment {
    let edge = match value.position {
        // https://drafts.csswg.org/css-align-3/#valdef-justify-self-auto: of boxes that are where they are.
        SelfPosition::Auto | SelfPosition::Normal => return Alignment::NORMAL,
        SelfPosition::Stretch | SelfPosition::Baseline | SelfPosition::Start | SelfPosition::FlexStart => {
            StaticEdge::Start
        }
        SelfPosition::LastBaseline | SelfPosition::End | SelfPosition::FlexEnd => StaticEdge::End,
        SelfPosition::Center | SelfPosition::AnchorCenter => StaticEdge::Center,
        SelfPosition::SelfStart => StaticEdge::Start.flipped_if(is_flipped),
        SelfPosition::SelfEnd => StaticEdge::End.flipped_if(is_flipped),
        SelfPosition::Left => StaticEdge::Start.flipped_if(left_is_end),
        SelfPosition::Right => StaticEdge::End.flipped_if(left_is_end),
    };
    let safety = match value.overflow {
        Some(OverflowPosition::Safe) => Safety::Safe,
        Some(OverflowPosition::Unsafe) => Safety::Unsafe,
        None => Safety::Default,
    };
    Alignment { edge, safety, is_normal: false, is_stretch: value.position == SelfPosition::Stretch }
}

#[cfg(test)]
mod tests {
    use fanlight_css::values::align::{AlignSelf, JustifySelf};

    use super::*;

    #[test]
    fn edges_are_those_of_the_containing_block_or_of_the_box_itself() {
        let edge =
            |position, is_flipped, is_rtl| alignment(JustifySelf::of(position), is_flipped, is_rtl).edge;
        assert_eq!(edge(SelfPosition::End, true, false), StaticEdge::End);
        assert_eq!(edge(SelfPosition::SelfEnd, true, false), StaticEdge::Start);
        assert_eq!(edge(SelfPosition::Left, false, true), StaticEdge::End);
        assert_eq!(edge(SelfPosition::Right, false, false), StaticEdge::End);
    }

    #[test]
    fn auto_is_normal_and_stretch_is_not() {
        assert_eq!(alignment(AlignSelf::AUTO, false, false), Alignment::NORMAL);
        let stretch = alignment(AlignSelf::of(SelfPosition::Stretch), false, false);
        assert!(stretch.is_stretch && !stretch.is_normal);
    }
}
