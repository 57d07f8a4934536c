//! Gaps beside flex factors below 1. Where the factors of a line sum to less than 1, taffy takes the gaps off the free space
//! once more; so they are lent to margins there. <https://drafts.csswg.org/css-flexbox-1/#resolve-flexible-lengths>

use fanlight_base::LayoutUnit;
use fanlight_css::properties::flex::FlexDirection;
use fanlight_css::values::NormalOr;
use taffy::LengthPercentage;

use super::is_column;
use crate::formatting::sizing;
use crate::taffy_tree::{Style, Tree, to_taffy};

/// Gaps that are margins for now.
pub(super) struct Lent {
    gap: LengthPercentage,
    length: f32,
    side: Side,
    /// The items before gaps, with the margins that they have themselves.
    items: Vec<(usize, taffy::LengthPercentageAuto)>,
}

/// The side of items where the next one comes.
#[derive(Clone, Copy)]
enum Side {
    Right,
    Left,
    Bottom,
    Top,
}

impl Side {
    fn of<T>(self, margins: &mut taffy::Rect<T>) -> &mut T {
        match self {
            Side::Right => &mut margins.right,
            Side::Left => &mut margins.left,
            Side::Bottom => &mut margins.bottom,
            Side::Top => &mut margins.top,
        }
    }
}

/// Makes the gaps of a single line margins of the items before them, where one of the factors is a fraction and all these
/// margins are lengths.
pub(super) fn lend_to_margins(tree: &mut Tree<'_, '_>) -> Option<Lent> {
    let basis = tree.content_inline()?;
    let computed = &tree.layouter.boxes.get(tree.id).style;
    let is_column = is_column(computed);
    let is_reversed =
        matches!(computed.flex.flex_direction, FlexDirection::RowReverse | FlexDirection::ColumnReverse);
    let (side, gap) = match (is_column, is_reversed) {
        (false, false) => (Side::Right, &computed.flex.column_gap),
        (false, true) => (Side::Left, &computed.flex.column_gap),
        (true, false) => (Side::Bottom, &computed.flex.row_gap),
        (true, true) => (Side::Top, &computed.flex.row_gap),
    };
    let NormalOr::Value(gap) = gap else { return None };
    let gap = sizing::resolve(gap, (!is_column).then_some(basis))?;
    let is_fraction = |factor: f32| factor > 0.0 && factor < 1.0;
    let has_fraction = |style: &Style| is_fraction(style.flex_grow) || is_fraction(style.flex_shrink);
    if gap == LayoutUnit::ZERO
        || tree.container.flex_wrap != taffy::FlexWrap::NoWrap
        || !tree.items.iter().any(|item| has_fraction(&item.style))
    {
        return None;
    }
    let in_flow = (0..tree.items.len()).filter(|&index| !tree.items[index].style.position.is_out_of_flow());
    let mut before: Vec<usize> = in_flow.collect();
    before.pop();
    let own: Vec<LayoutUnit> = before
        .iter()
        .map(|&index| {
            let style = &tree.layouter.boxes.get(tree.items[index].id).style;
            let margins = sizing::margins(style, tree.mode, basis);
            match side {
                Side::Right => margins.inline_end,
                Side::Left => margins.inline_start,
                Side::Bottom => margins.block_end,
                Side::Top => margins.block_start,
            }
        })
        .collect::<Option<_>>()?;
    let lend = |(index, own): (usize, LayoutUnit)| {
        let margin = side.of(&mut tree.items[index].style.margin);
        let lent = taffy::LengthPercentageAuto::length(to_taffy(own + gap));
        (index, std::mem::replace(margin, lent))
    };
    let items = before.into_iter().zip(own).map(lend).collect();
    let gaps = &mut tree.container.gap;
    let own_gap = if is_column { &mut gaps.height } else { &mut gaps.width };
    let own_gap = std::mem::replace(own_gap, LengthPercentage::length(0.0));
    Some(Lent { gap: own_gap, length: to_taffy(gap), side, items })
}

/// Makes these margins gaps again.
pub(super) fn take_back(tree: &mut Tree<'_, '_>, lent: Option<Lent>) {
    let Some(Lent { gap, length, side, items }) = lent else { return };
    for (index, margin) in items {
        let item = &mut tree.items[index];
        *side.of(&mut item.style.margin) = margin;
        *side.of(&mut item.layout.margin) -= length;
    }
    match side {
        Side::Right | Side::Left => tree.container.gap.width = gap,
        Side::Bottom | Side::Top => tree.container.gap.height = gap,
    }
}
