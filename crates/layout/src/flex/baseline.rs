//! Baselines in rows. taffy aligns first baselines only; here items get as margins what moves their last ones together. In a
//! reversed row it takes the container's own baseline from the wrong end. <https://drafts.csswg.org/css-flexbox-1/#flex-baselines>

use std::ops::Range;

use fanlight_base::LayoutUnit;
use fanlight_css::values::align::SelfPosition;
use taffy::{LayoutInput, LayoutOutput, RequestedAxis, RunMode};

use super::is_column;
use crate::flow::LogicalSize;
use crate::style;
use crate::taffy_tree::{CONTAINER, Node, Tree, from_taffy, to_taffy};

/// Runs taffy's flex layout, with last baselines.
pub(super) fn compute(tree: &mut Tree<'_, '_>, input: LayoutInput) -> LayoutOutput {
    let asks_for_width = input.run_mode == RunMode::ComputeSize && input.axis == RequestedAxis::Horizontal;
    let sharing: Vec<bool> = (0..tree.items.len()).map(|index| shares_last_baseline(tree, index)).collect();
    if asks_for_width || !sharing.contains(&true) {
        return taffy::compute_flexbox_layout(tree, CONTAINER, input);
    }
    let whole = LayoutInput { run_mode: RunMode::PerformLayout, axis: RequestedAxis::Both, ..input };
    taffy::compute_flexbox_layout(tree, CONTAINER, whole);
    let margins: Vec<taffy::Rect<f32>> = tree.items.iter().map(|item| item.layout.margin).collect();
    let styles: Vec<_> = tree.items.iter().map(|item| item.style.margin.bottom).collect();
    for line in lines(tree) {
        let below: Vec<(usize, LayoutUnit)> = line
            .filter(|&index| sharing[index])
            .filter_map(|index| Some((index, extent_below(tree, &tree.items[index])?)))
            .collect();
        let furthest = below.iter().map(|&(_, below)| below).max().unwrap_or_default();
        for (index, below) in below {
            let margin = margins[index].bottom + to_taffy(furthest - below);
            tree.items[index].style.margin.bottom = taffy::LengthPercentageAuto::length(margin);
        }
    }
    let output = taffy::compute_flexbox_layout(tree, CONTAINER, input);
    for (index, item) in tree.items.iter_mut().enumerate().filter(|(index, _)| sharing[*index]) {
        item.style.margin.bottom = styles[index];
        item.layout.margin = margins[index];
    }
    output
}

/// The first baseline of a container in whose rows items follow one another towards the start: that of the item where its first
/// row starts, unless items of that row share one. <https://drafts.csswg.org/css-flexbox-1/#flex-baselines>
pub(super) fn of_reversed_row(tree: &Tree<'_, '_>) -> Option<LayoutUnit> {
    if tree.container.flex_direction != taffy::FlexDirection::RowReverse {
        return None;
    }
    let mut lines = lines(tree);
    let first = match tree.container.flex_wrap == taffy::FlexWrap::WrapReverse {
        true => lines.pop(),
        false => lines.into_iter().next(),
    };
    let in_flow = |item: &&Node| !item.style.position.is_out_of_flow();
    let items = || first.clone().into_iter().flatten().map(|index| &tree.items[index]).filter(in_flow);
    let shares = |item: &Node| {
        let margin = &item.style.margin;
        item.style.align_self == Some(taffy::AlignItems::BASELINE)
            && !margin.top.is_auto()
            && !margin.bottom.is_auto()
    };
    if items().any(shares) {
        return None;
    }
    tree.item_baseline(items().next_back()?, |fragment| fragment.first_baseline)
}

/// Whether an item's last baseline is aligned with those of others.
/// <https://drafts.csswg.org/css-align-3/#baseline-align-self>
fn shares_last_baseline(tree: &Tree<'_, '_>, index: usize) -> bool {
    let item = &tree.items[index];
    let container = &tree.layouter.boxes.get(tree.id).style;
    let position = match tree.layouter.boxes.get(item.id).style.flex.align_self.position {
        SelfPosition::Auto => container.flex.align_items.position,
        own => own,
    };
    let margin = &item.style.margin;
    position == SelfPosition::LastBaseline
        && !is_column(container)
        && !item.style.position.is_out_of_flow()
        && !margin.top.is_auto()
        && !margin.bottom.is_auto()
}

/// From an item's last baseline to the end of its margin box.
fn extent_below(tree: &Tree<'_, '_>, item: &Node) -> Option<LayoutUnit> {
    let fragment = &item.result.as_ref()?.fragment;
    let block = LogicalSize::from_physical(fragment.size, tree.mode).block;
    let own_mode = style::writing_mode(&tree.layouter.boxes.get(item.id).style);
    let own = fragment.last_baseline.filter(|_| own_mode.block_flow == tree.mode.block_flow);
    let baseline = own.unwrap_or_else(|| tree.mode.synthesized_baseline(block, tree.has_central_baseline));
    Some(block - baseline + from_taffy(item.layout.margin.bottom))
}

/// The items of each line; those that are out of flow are in one of them.
fn lines(tree: &Tree<'_, '_>) -> Vec<Range<usize>> {
    let is_reversed = tree.container.flex_direction == taffy::FlexDirection::RowReverse;
    let mut starts = vec![0];
    let mut last: Option<f32> = None;
    for (index, item) in tree.items.iter().enumerate() {
        if item.style.position.is_out_of_flow() {
            continue;
        }
        let at = item.layout.location.x;
        if last.is_some_and(|last| if is_reversed { at > last } else { at < last }) {
            starts.push(index);
        }
        last = Some(at);
    }
    let ends = starts.iter().skip(1).copied().chain([tree.items.len()]);
    starts.iter().copied().zip(ends).map(|(start, end)| start..end).collect()
}
