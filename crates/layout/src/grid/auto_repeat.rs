//! How often `auto-fill` and `auto-fit` repeat their tracks. <https://drafts.csswg.org/css-grid-2/#auto-repeat>

use fanlight_base::LayoutUnit;
use fanlight_css::values::grid::{GridTemplate, RepeatCount, TrackBreadth, TrackListItem, TrackSize};

use crate::formatting::sizing;
use crate::limits::MAX_GRID_TRACKS;

/// What is known of a container's content box along an axis before its tracks have sizes.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Room {
    pub size: Option<LayoutUnit>,
    pub min: Option<LayoutUnit>,
    pub max: Option<LayoutUnit>,
}

/// How often the repeated tracks of a template come, with this gap between tracks.
pub(super) fn repetitions(template: &GridTemplate, gap: LayoutUnit, room: Room) -> usize {
    let GridTemplate::Tracks(tracks) = template else { return 0 };
    let basis = room.size;
    let with_gap = |size: &TrackSize| i64::from((breadth(size, basis) + gap).raw());
    let (mut others, mut repeated, mut count) = (-i64::from(gap.raw()), 0, 0);
    for item in tracks.items.iter() {
        match item {
            TrackListItem::Track(size) => others += with_gap(size),
            TrackListItem::Repeat(RepeatCount::Number(times), _, sizes) => {
                others += i64::from(*times) * sizes.iter().map(with_gap).sum::<i64>();
            }
            TrackListItem::Repeat(_, _, sizes) => {
                repeated = sizes.iter().map(with_gap).sum();
                count = sizes.len();
            }
        }
    }
    let most = MAX_GRID_TRACKS.checked_div(count).unwrap_or_default();
    let left = |room: LayoutUnit| i64::from(room.raw()) - others;
    let most_room = room.max.map(|max| max.max(room.min.unwrap_or_default()));
    let times = match (room.size.or(most_room), room.min) {
        _ if repeated <= 0 => 1,
        // As many as fit.
        (Some(room), _) => left(room) / repeated,
        // As many as it takes to fill the least that there is.
        (None, Some(least)) => (left(least) + repeated - 1) / repeated,
        (None, None) => 1,
    };
    usize::try_from(times).unwrap_or(0).clamp(1, most.max(1))
}

/// The size that a repeated track counts as: at least 1px, so that there are not too many.
fn breadth(size: &TrackSize, basis: Option<LayoutUnit>) -> LayoutUnit {
    let fixed = |breadth: &TrackBreadth| match breadth {
        TrackBreadth::Fixed(length) => sizing::resolve(length, basis),
        _ => None,
    };
    let size = match size {
        TrackSize::Breadth(breadth) => fixed(breadth),
        TrackSize::MinMax(min, max) => match (fixed(min), fixed(max)) {
            (Some(min), Some(max)) => Some(min.max(max)),
            (min, max) => max.or(min),
        },
        TrackSize::FitContent(_) => None,
    };
    size.unwrap_or_default().max(LayoutUnit::from_px(1))
}
