//! The order of the contexts inside a stacking context.

use std::cmp::Ordering;

use fanlight_layout::{BoxId, LayoutTree};

/// Compares two boxes in order-modified document order.
/// <https://drafts.csswg.org/css-display-4/#order-modified-document-order>
///
/// `orders` says whether any box has an `order`; without, tree order is all.
pub(super) fn compare(layout: &LayoutTree, first: BoxId, second: BoxId, orders: bool) -> Ordering {
    if first == second {
        return Ordering::Equal;
    }
    if orders && let Some(ordering) = compare_orders(layout, first, second) {
        return ordering;
    }
    layout.boxes.tree_order(first).cmp(&layout.boxes.tree_order(second))
}

/// By `order` of the flex or grid items that hold the two, where they are in different items of one container.
fn compare_orders(layout: &LayoutTree, first: BoxId, second: BoxId) -> Option<Ordering> {
    let chain = |id: BoxId| {
        let mut chain: Vec<BoxId> =
            std::iter::successors(Some(id), |&id| layout.boxes.get(id).parent).collect();
        chain.reverse();
        chain
    };
    let (first, second) = (chain(first), chain(second));
    let (one, other) = first.iter().zip(&second).find(|(one, other)| one != other)?;
    let order = |id: BoxId| super::traits::item_order(layout, id);
    match order(*one).cmp(&order(*other)) {
        Ordering::Equal => None,
        unequal => Some(unequal),
    }
}
