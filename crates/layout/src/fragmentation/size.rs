//! How high one fragment of a box is.

use fanlight_base::LayoutUnit;

use crate::flow::LogicalSides;

/// What a fragment's contents ask for.
pub(crate) struct FragmentRequest {
    /// The border-box block size of the fragments before, without edges that are repeated.
    pub consumed: LayoutUnit,
    /// The edges at the start and at the end of this one that other fragments have too.
    pub cloned_edges: [LayoutUnit; 2],
    /// The border-box block size of this one, as far as its contents are laid out.
    pub intrinsic: LayoutUnit,
    /// The edge at the end of the box.
    pub end_edge: LayoutUnit,
    /// What is left of the fragmentainer, where that is bounded.
    pub room: Option<LayoutUnit>,
    /// Where contents end that cannot be broken and reach past the fragmentainer.
    pub unbreakable_end: LayoutUnit,
    /// Whether contents that wait for the next fragmentainer may ask for more.
    pub asks_for_more: bool,
    /// Whether the fragment is no higher than its contents, whatever the box's size: a box spans all columns there.
    pub ends_with_contents: bool,
    /// Whether an earlier fragment had all of the box's block size.
    pub was_at_block_end: bool,
}

/// The block size of a fragment.
pub(crate) struct FragmentSize {
    /// The border-box block size.
    pub size: LayoutUnit,
    /// Whether the box has all of its block size.
    pub is_at_block_end: bool,
    /// By how much the box reaches past the fragmentainer.
    pub overflow: Option<LayoutUnit>,
    /// What is consumed with this fragment, where others follow.
    pub consumed: LayoutUnit,
}

/// The edges at the start and at the end of a fragment that others have too, with `box-decoration-break: clone`.
/// <https://drafts.csswg.org/css-break-4/#break-decoration>
pub(crate) fn cloned_edges(clones: bool, edges: &LogicalSides, is_resumed: bool) -> [LayoutUnit; 2] {
    let zero = LayoutUnit::ZERO;
    [if clones && is_resumed { edges.block_start } else { zero }, if clones { edges.block_end } else { zero }]
}

/// Finds it; `total` is the border-box block size of the whole box whose contents ask for so much.
/// <https://drafts.csswg.org/css-break-4/#varying-size-boxes>
pub(crate) fn fragment_size(
    request: &FragmentRequest,
    mut total: impl FnMut(LayoutUnit) -> LayoutUnit,
) -> FragmentSize {
    let FragmentRequest { asks_for_more, ends_with_contents, was_at_block_end, .. } = *request;
    let [cloned_start, cloned_end] = request.cloned_edges;
    let consumed = request.consumed - cloned_start;
    let room = request.room.map(|room| room.max(request.unbreakable_end));
    let intrinsic = request.intrinsic;
    let of = |size: LayoutUnit, is_at_block_end: bool, overflow: Option<LayoutUnit>| {
        let consumed = consumed + size - cloned_end;
        FragmentSize { size, is_at_block_end, overflow, consumed }
    };
    if was_at_block_end {
        return of(LayoutUnit::ZERO, true, None);
    }
    let wanted = (total(consumed + intrinsic) - consumed).clamp_negative_to_zero();
    if let Some(room) = room.filter(|room| wanted > *room && !(ends_with_contents && intrinsic <= *room)) {
        // An edge that does not fit whole is in the next fragment.
        let without_edge = wanted - request.end_edge;
        let cuts_edge = !asks_for_more && cloned_end == LayoutUnit::ZERO && without_edge <= room;
        let size = if cuts_edge && without_edge > LayoutUnit::ZERO { without_edge } else { room };
        return of(size, false, Some(wanted - room));
    }
    if ends_with_contents && wanted > intrinsic {
        return of(intrinsic, false, None);
    }
    // Where the size does not follow from the contents, the box ends here whatever is to come.
    let mut is_limited =
        || total(consumed + intrinsic + LayoutUnit::from_px(1)) <= total(consumed + intrinsic);
    let is_at_block_end = !asks_for_more || is_limited();
    of(wanted, is_at_block_end, None)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn px(px: i32) -> LayoutUnit {
        LayoutUnit::from_px(px)
    }

    fn request(intrinsic: i32, room: i32) -> FragmentRequest {
        FragmentRequest {
            consumed: LayoutUnit::ZERO,
            cloned_edges: [LayoutUnit::ZERO; 2],
            end_edge: LayoutUnit::ZERO,
            intrinsic: px(intrinsic),
            room: Some(px(room)),
            unbreakable_end: LayoutUnit::ZERO,
            asks_for_more: false,
            ends_with_contents: false,
            was_at_block_end: false,
        }
    }

    #[test]
    fn a_box_with_a_given_size_goes_on_until_it_is_consumed() {
        let given = |_: LayoutUnit| px(250);
        let first = fragment_size(&request(0, 100), given);
        assert_eq!((first.size, first.is_at_block_end, first.overflow), (px(100), false, Some(px(150))));
        let second = FragmentRequest { consumed: first.consumed + px(100), ..request(0, 100) };
        let last = fragment_size(&second, given);
        assert_eq!((last.size, last.is_at_block_end, last.overflow), (px(50), true, None));
    }

    #[test]
    fn an_edge_that_does_not_fit_is_in_the_next_fragment() {
        let request = FragmentRequest { end_edge: px(30), ..request(115, 100) };
        let first = fragment_size(&request, |intrinsic| intrinsic);
        assert_eq!((first.size, first.is_at_block_end, first.overflow), (px(85), false, Some(px(15))));
    }

    #[test]
    fn contents_that_go_on_overflow_a_box_with_a_given_size_and_fill_another() {
        let waits = FragmentRequest { asks_for_more: true, ..request(100, 100) };
        let given = fragment_size(&waits, |_| px(60));
        assert_eq!((given.size, given.is_at_block_end), (px(60), true));
        let automatic = fragment_size(&waits, |intrinsic| intrinsic);
        assert_eq!((automatic.size, automatic.is_at_block_end), (px(100), false));
    }

    #[test]
    fn what_cannot_be_broken_is_consumed_where_it_overflows() {
        let request = FragmentRequest { unbreakable_end: px(80), ..request(80, 50) };
        let first = fragment_size(&request, |_| px(120));
        assert_eq!((first.size, first.overflow), (px(80), Some(px(40))));
    }

    #[test]
    fn edges_that_every_fragment_has_do_not_count_as_consumed() {
        let edges = [LayoutUnit::ZERO, px(10)];
        let first = fragment_size(
            &FragmentRequest { cloned_edges: edges, asks_for_more: true, ..request(100, 100) },
            |intrinsic| intrinsic,
        );
        assert_eq!((first.size, first.consumed), (px(100), px(90)));
    }
}
