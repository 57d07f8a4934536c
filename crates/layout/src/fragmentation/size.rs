//! How high one fragment of a box is.

use fanlight_base::LayoutUnit;

/// What a fragment's contents ask for.
pub(crate) struct FragmentRequest {
    /// The border-box block size of the fragments before.
    pub consumed: LayoutUnit,
    /// The border-box block size of this one, as far as its contents are laid out.
    pub intrinsic: LayoutUnit,
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
}

/// Finds it; `total` is the border-box block size of the whole box whose contents ask for so much.
/// <https://drafts.csswg.org/css-break-4/#varying-size-boxes>
pub(crate) fn fragment_size(
    request: &FragmentRequest,
    mut total: impl FnMut(LayoutUnit) -> LayoutUnit,
) -> FragmentSize {
    let FragmentRequest { consumed, intrinsic, asks_for_more, ends_with_contents, was_at_block_end, .. } =
        *request;
    let room = request.room.map(|room| room.max(request.unbreakable_end));
    if was_at_block_end {
        return FragmentSize { size: LayoutUnit::ZERO, is_at_block_end: true, overflow: None };
    }
    let wanted = (total(consumed + intrinsic) - consumed).clamp_negative_to_zero();
    if let Some(room) = room.filter(|room| wanted > *room && !(ends_with_contents && intrinsic <= *room)) {
        let overflow = Some(wanted - room);
        return FragmentSize { size: room, is_at_block_end: false, overflow };
    }
    if ends_with_contents && wanted > intrinsic {
        return FragmentSize { size: intrinsic, is_at_block_end: false, overflow: None };
    }
    // Where the size does not follow from the contents, the box ends here whatever is to come.
    let mut is_limited =
        || total(consumed + intrinsic + LayoutUnit::from_px(1)) <= total(consumed + intrinsic);
    let is_at_block_end = !asks_for_more || is_limited();
    FragmentSize { size: wanted, is_at_block_end, overflow: None }
}
