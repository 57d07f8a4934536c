//! The track sizing algorithm: from what items contribute to the sizes of the tracks along one axis.
//! <https://drafts.csswg.org/css-grid-2/#algo-track-sizing>

use std::ops::Range;

use fanlight_base::LayoutUnit;

use super::distribute::{Taker, beyond_limits, up_to_limits};
use super::tracks::{MaxBreadth, MinBreadth, Track, Tracks};

/// What an item is asked. <https://drafts.csswg.org/css-grid-2/#min-contribution>
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Contribution {
    Minimum,
    MinContent,
    MaxContent,
}

/// An item that is in tracks whose sizes depend on it.
#[derive(Clone, Debug)]
pub(super) struct SpanningItem {
    /// Its number in the container.
    pub index: usize,
    pub span: Range<usize>,
    pub crosses_flexible: bool,
    /// Whether the automatic minimum size is that of its content here.
    /// <https://drafts.csswg.org/css-grid-2/#min-size-auto>
    pub has_automatic_minimum: bool,
    /// The sum of the max track sizing functions, where all are fixed.
    pub fixed_maximum: Option<LayoutUnit>,
    /// The min-content and the max-content contribution, once known.
    pub content: Option<(LayoutUnit, LayoutUnit)>,
    /// The minimum contribution, once known.
    pub minimum: Option<LayoutUnit>,
}

impl SpanningItem {
    /// An item in these tracks, `None` where none of them depends on it.
    pub fn new(index: usize, span: &Range<usize>, tracks: &Tracks) -> Option<SpanningItem> {
        let spanned = tracks.list.get(span.clone())?;
        if !spanned.iter().any(Track::depends_on_items) {
            return None;
        }
        let crosses_flexible = spanned.iter().any(|track| track.flex().is_some());
        let has_auto = spanned.iter().any(|track| track.min == MinBreadth::Auto);
        Some(SpanningItem {
            index,
            span: span.clone(),
            crosses_flexible,
            has_automatic_minimum: has_auto && !(crosses_flexible && span.len() > 1),
            fixed_maximum: tracks.fixed_maximum(span),
            content: None,
            minimum: None,
        })
    }
}

/// What the tracks are sized under.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Constraint {
    MinContent,
    MaxContent,
    /// The content-box size of the container, where it is known.
    Layout(Option<LayoutUnit>),
}

/// The room for the tracks.
#[derive(Clone, Copy, Debug)]
pub(super) struct Space {
    pub constraint: Constraint,
    /// The limits on the container's content box.
    pub min: Option<LayoutUnit>,
    pub max: Option<LayoutUnit>,
    /// Whether content alignment has automatic tracks take what is left.
    pub stretches: bool,
}

/// Answers what an item contributes, its margins included.
pub(super) type Ask<'a> = &'a mut dyn FnMut(&mut SpanningItem, Contribution) -> LayoutUnit;

/// Sizes tracks.
pub(super) fn size_tracks(tracks: &mut Tracks, items: &mut [SpanningItem], space: Space, ask: Ask<'_>) {
    for track in &mut tracks.list {
        track.initialize();
    }
    tracks.places.clear();
    resolve_intrinsic(tracks, items, ask);
    maximize(tracks, space);
    expand_flexible(tracks, items, space, ask);
    stretch_automatic(tracks, space);
}

/// A step of resolving intrinsic track sizes. <https://drafts.csswg.org/css-grid-2/#algo-content>
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Step {
    IntrinsicMinimums,
    ContentBasedMinimums,
    MaxContentMinimums,
    IntrinsicMaximums,
    MaxContentMaximums,
}

impl Step {
    const ALL: [Step; 5] = [
        Step::IntrinsicMinimums,
        Step::ContentBasedMinimums,
        Step::MaxContentMinimums,
        Step::IntrinsicMaximums,
        Step::MaxContentMaximums,
    ];

    fn affects(self, track: &Track) -> bool {
        match self {
            Step::IntrinsicMinimums => !matches!(track.min, MinBreadth::Fixed(_)),
            Step::ContentBasedMinimums => {
                matches!(track.min, MinBreadth::MinContent | MinBreadth::MaxContent)
            }
            Step::MaxContentMinimums => track.min == MinBreadth::MaxContent,
            Step::IntrinsicMaximums => !matches!(track.max, MaxBreadth::Fixed(_) | MaxBreadth::Flex(_)),
            Step::MaxContentMaximums => {
                matches!(track.max, MaxBreadth::MaxContent | MaxBreadth::Auto | MaxBreadth::FitContent(_))
            }
        }
    }

    const fn contribution(self) -> Contribution {
        match self {
            Step::IntrinsicMinimums => Contribution::Minimum,
            Step::ContentBasedMinimums | Step::IntrinsicMaximums => Contribution::MinContent,
            Step::MaxContentMinimums | Step::MaxContentMaximums => Contribution::MaxContent,
        }
    }

    /// Whether it is about growth limits, not base sizes.
    const fn is_about_limits(self) -> bool {
        matches!(self, Step::IntrinsicMaximums | Step::MaxContentMaximums)
    }

    /// The size of a track that this step increases.
    fn size(self, track: &Track) -> LayoutUnit {
        match track.limit {
            Some(limit) if self.is_about_limits() => limit,
            _ => track.base,
        }
    }

    /// How far it may increase the size of a track.
    fn potential(self, track: &Track) -> Option<LayoutUnit> {
        let fit = track.fit_content_limit();
        let room = |limit: LayoutUnit| (limit - self.size(track)).clamp_negative_to_zero();
        if self.is_about_limits() {
            match track.limit {
                Some(_) if !track.is_infinitely_growable => Some(LayoutUnit::ZERO),
                _ => fit.map(room),
            }
        } else {
            match (track.limit, fit) {
                (Some(limit), Some(fit)) => Some(room(limit.min(fit))),
                (limit, fit) => limit.or(fit).map(room),
            }
        }
    }

    /// Whether a track takes what is left when all are at their limits.
    fn grows_beyond(self, track: &Track) -> bool {
        match self {
            Step::IntrinsicMinimums | Step::ContentBasedMinimums => {
                !matches!(track.max, MaxBreadth::Fixed(_) | MaxBreadth::Flex(_))
            }
            _ => matches!(track.max, MaxBreadth::MaxContent | MaxBreadth::FitContent(_)),
        }
    }
}

/// <https://drafts.csswg.org/css-grid-2/#algo-content>
fn resolve_intrinsic(tracks: &mut Tracks, items: &mut [SpanningItem], ask: Ask<'_>) {
    items.sort_by_key(|item| (item.crosses_flexible, item.span.len()));
    let mut work = Work::default();
    let groups = items.chunk_by_mut(|item, next| {
        item.crosses_flexible == next.crosses_flexible
            && (item.crosses_flexible || item.span.len() == next.span.len())
    });
    for group in groups {
        for step in Step::ALL {
            accommodate(tracks, group, step, &mut work, ask);
        }
    }
    for track in &mut tracks.list {
        track.limit.get_or_insert(track.base);
    }
}

/// Lists that are used again and again.
#[derive(Default)]
struct Work {
    takers: Vec<Taker>,
    touched: Vec<usize>,
}

/// <https://drafts.csswg.org/css-grid-2/#extra-space>
fn accommodate(tracks: &mut Tracks, group: &mut [SpanningItem], step: Step, work: &mut Work, ask: Ask<'_>) {
    work.touched.clear();
    for item in group {
        work.takers.clear();
        work.takers.extend(item.span.clone().filter_map(|number| {
            let track = &tracks.list[number];
            let is_meant = step.affects(track) && (!item.crosses_flexible || track.flex().is_some());
            is_meant.then(|| Taker {
                weight: if item.crosses_flexible { track.flex().unwrap_or_default() } else { 1.0 },
                ..Taker::new(number, step.potential(track))
            })
        }));
        if work.takers.is_empty() {
            continue;
        }
        let known: LayoutUnit = tracks.list[item.span.clone()].iter().map(|track| step.size(track)).sum();
        let known = known + tracks.gaps(&item.span);
        let extra = (ask(item, step.contribution()) - known).clamp_negative_to_zero();
        let left = up_to_limits(&mut work.takers, extra);
        if left > LayoutUnit::ZERO && step.is_about_limits() {
            // All grow beyond their growth limits, but none beyond that of `fit-content()`.
            for taker in &mut work.takers {
                let track = &tracks.list[taker.track];
                let room = |limit| limit - step.size(track) - taker.share;
                taker.potential = track.fit_content_limit().map(room);
            }
            up_to_limits(&mut work.takers, left);
        } else if left > LayoutUnit::ZERO {
            beyond_limits(&mut work.takers, left, |number| step.grows_beyond(&tracks.list[number]));
        }
        for taker in &work.takers {
            let planned = &mut tracks.list[taker.track].planned;
            if planned.is_none() {
                work.touched.push(taker.track);
            }
            *planned = (*planned).max(Some(taker.share));
        }
    }
    for &number in &work.touched {
        let track = &mut tracks.list[number];
        let increase = track.planned.take().unwrap_or_default();
        let size = step.size(track) + increase;
        if step.is_about_limits() {
            track.is_infinitely_growable = step == Step::IntrinsicMaximums && track.limit.is_none();
            track.limit = Some(size);
        } else {
            track.base = size;
            track.limit = track.limit.map(|limit| limit.max(size));
        }
    }
}

/// <https://drafts.csswg.org/css-grid-2/#algo-grow-tracks>
fn maximize(tracks: &mut Tracks, space: Space) {
    let total = tracks.total();
    let free = match space.constraint {
        Constraint::MinContent => return,
        Constraint::Layout(Some(available)) => available - total,
        Constraint::MaxContent | Constraint::Layout(None) => {
            // As in Chromium the greatest size of the container does not matter here.
            for track in &mut tracks.list {
                track.base = track.limit.unwrap_or(track.base);
            }
            return;
        }
    };
    if free <= LayoutUnit::ZERO {
        return;
    }
    let mut takers: Vec<Taker> = Vec::new();
    for (number, track) in tracks.list.iter().enumerate() {
        let potential = track.limit.unwrap_or(track.base) - track.base;
        if potential > LayoutUnit::ZERO {
            takers.push(Taker::new(number, Some(potential)));
        }
    }
    up_to_limits(&mut takers, free);
    grow(tracks, &takers);
}

fn grow(tracks: &mut Tracks, takers: &[Taker]) {
    for taker in takers {
        tracks.list[taker.track].base += taker.share;
    }
}

/// <https://drafts.csswg.org/css-grid-2/#algo-flex-tracks>
fn expand_flexible(tracks: &mut Tracks, items: &mut [SpanningItem], space: Space, ask: Ask<'_>) {
    if !tracks.list.iter().any(|track| track.flex().is_some()) {
        return;
    }
    let all = 0..tracks.list.len();
    let fraction = match space.constraint {
        Constraint::MinContent => return,
        Constraint::Layout(Some(available)) => find_fraction(tracks, &all, available),
        Constraint::MaxContent | Constraint::Layout(None) => {
            let of_track = |track: &Track| Some(f64::from(track.base.to_f32()) / track.flex()?.max(1.0));
            let mut fraction = tracks.list.iter().filter_map(of_track).fold(0.0, f64::max);
            for item in items.iter_mut().filter(|item| item.crosses_flexible) {
                let asked = ask(item, Contribution::MaxContent);
                fraction = fraction.max(find_fraction(tracks, &item.span, asked));
            }
            let used = |track: &Track| match track.flex() {
                Some(factor) => track.base.max(LayoutUnit::from_f32((fraction * factor) as f32)),
                None => track.base,
            };
            let total = tracks.list.iter().map(used).sum::<LayoutUnit>() + tracks.gaps(&all);
            match (space.min, space.max) {
                (Some(min), _) if total < min => find_fraction(tracks, &all, min),
                (min, Some(max)) if total > max => {
                    find_fraction(tracks, &all, min.map_or(max, |min| max.max(min)))
                }
                _ => fraction,
            }
        }
    };
    // What is cut off of one track goes to the next.
    let mut carried = 0.0;
    for track in &mut tracks.list {
        let Some(factor) = track.flex() else { continue };
        let share = (fraction * factor + carried) * f64::from(LayoutUnit::DENOMINATOR);
        let slack = 1e-3;
        let whole = (share + slack).floor();
        let size = LayoutUnit::from_raw(whole as i32);
        if size >= track.base && whole < f64::from(i32::MAX) {
            track.base = size;
            carried = ((share - whole) / f64::from(LayoutUnit::DENOMINATOR)).max(0.0);
        }
    }
}

/// <https://drafts.csswg.org/css-grid-2/#algo-find-fr-size>
fn find_fraction(tracks: &Tracks, span: &Range<usize>, fill: LayoutUnit) -> f64 {
    let mut left = f64::from((fill - tracks.gaps(span)).to_f32());
    let mut flexible: Vec<(f64, f64)> = Vec::new();
    for track in &tracks.list[span.clone()] {
        let base = f64::from(track.base.to_f32());
        match track.flex() {
            Some(factor) => flexible.push((base, factor)),
            None => left -= base,
        }
    }
    let ratio = |&(base, factor): &(f64, f64)| if base > 0.0 { base / factor } else { 0.0 };
    flexible.sort_by(|one, other| ratio(other).total_cmp(&ratio(one)));
    let mut factors: f64 = flexible.iter().map(|(_, factor)| factor).sum();
    let mut fraction = left.max(0.0) / factors.max(1.0);
    for (base, factor) in flexible {
        if fraction * factor >= base {
            break;
        }
        // It is not flexible: its base size is larger than its share.
        left -= base;
        factors -= factor;
        fraction = left.max(0.0) / factors.max(1.0);
    }
    fraction
}

/// <https://drafts.csswg.org/css-grid-2/#algo-stretch>
fn stretch_automatic(tracks: &mut Tracks, space: Space) {
    let Constraint::Layout(available) = space.constraint else { return };
    let Some(room) = available.or(space.min).filter(|_| space.stretches) else { return };
    let free = room - tracks.total();
    if free <= LayoutUnit::ZERO {
        return;
    }
    let automatic = tracks.list.iter().enumerate().filter(|(_, track)| track.max == MaxBreadth::Auto);
    let mut takers: Vec<Taker> = automatic.map(|(number, _)| Taker::new(number, None)).collect();
    up_to_limits(&mut takers, free);
    grow(tracks, &takers);
}
