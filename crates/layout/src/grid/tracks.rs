//! The tracks of a grid along one axis: their sizing functions, sizes and places.
//! <https://drafts.csswg.org/css-grid-2/#grid-definition>

use std::ops::Range;

use fanlight_base::LayoutUnit;
use fanlight_css::values::grid::{GridTemplate, RepeatCount, TrackBreadth, TrackListItem, TrackSize};
use fanlight_css::values::length::LengthPercentage;
use taffy::{AlignContent, AlignContentKeyword};

use crate::formatting::sizing;

/// A min track sizing function. <https://drafts.csswg.org/css-grid-2/#min-track-sizing-function>
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) enum MinBreadth {
    Fixed(LayoutUnit),
    MinContent,
    MaxContent,
    Auto,
}

/// A max track sizing function. <https://drafts.csswg.org/css-grid-2/#max-track-sizing-function>
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) enum MaxBreadth {
    Fixed(LayoutUnit),
    MinContent,
    MaxContent,
    Auto,
    /// `fit-content()` with its limit.
    FitContent(LayoutUnit),
    /// The flex factor.
    Flex(f32),
}

/// A track.
#[derive(Clone, Copy, Debug)]
pub(super) struct Track {
    pub min: MinBreadth,
    pub max: MaxBreadth,
    pub base: LayoutUnit,
    /// The growth limit; `None` where it is infinite.
    pub limit: Option<LayoutUnit>,
    pub is_infinitely_growable: bool,
    /// What this step of the sizing algorithm adds, once an item was looked at that asks for something.
    pub planned: Option<LayoutUnit>,
    /// Whether it is an empty track of `auto-fit`, which has no gutters either.
    pub is_collapsed: bool,
}

impl Track {
    /// A track of this size; what is a share of nothing known is automatic.
    pub fn new(size: &TrackSize, basis: Option<LayoutUnit>) -> Track {
        let (min, max) = match size {
            TrackSize::Breadth(breadth) => (least(breadth, basis), most(breadth, basis)),
            TrackSize::MinMax(min, max) => (least(min, basis), most(max, basis)),
            TrackSize::FitContent(limit) => (
                MinBreadth::Auto,
                sizing::resolve(limit, basis).map_or(MaxBreadth::MaxContent, MaxBreadth::FitContent),
            ),
        };
        Track {
            min,
            max,
            base: LayoutUnit::ZERO,
            limit: None,
            is_infinitely_growable: false,
            planned: None,
            is_collapsed: false,
        }
    }

    /// A track of `auto` size.
    pub fn automatic() -> Track {
        Track::new(&TrackSize::Breadth(TrackBreadth::Auto), None)
    }

    /// A track that is as large as this, whatever is in it.
    pub fn fixed(size: LayoutUnit) -> Track {
        Track {
            min: MinBreadth::Fixed(size),
            max: MaxBreadth::Fixed(size),
            base: size,
            limit: Some(size),
            is_infinitely_growable: false,
            planned: None,
            is_collapsed: false,
        }
    }

    /// <https://drafts.csswg.org/css-grid-2/#algo-init>
    pub fn initialize(&mut self) {
        self.base = match self.min {
            MinBreadth::Fixed(size) => size,
            _ => LayoutUnit::ZERO,
        };
        self.limit = match self.max {
            MaxBreadth::Fixed(size) => Some(size.max(self.base)),
            _ => None,
        };
        self.is_infinitely_growable = false;
        self.planned = None;
    }

    /// The flex factor of a flexible track.
    pub fn flex(&self) -> Option<f64> {
        match self.max {
            MaxBreadth::Flex(factor) => Some(f64::from(factor)),
            _ => None,
        }
    }

    /// The limit of `fit-content()`.
    pub fn fit_content_limit(&self) -> Option<LayoutUnit> {
        match self.max {
            MaxBreadth::FitContent(limit) => Some(limit),
            _ => None,
        }
    }

    /// Whether its size depends on what is in it.
    pub fn is_intrinsic(&self) -> bool {
        !matches!((self.min, self.max), (MinBreadth::Fixed(_), MaxBreadth::Fixed(_) | MaxBreadth::Flex(_)))
    }

    /// Whether its size depends on what is in it, or on what is left over.
    pub fn depends_on_items(&self) -> bool {
        self.is_intrinsic() || self.flex().is_some()
    }
}

fn least(breadth: &TrackBreadth, basis: Option<LayoutUnit>) -> MinBreadth {
    match breadth {
        TrackBreadth::Fixed(length) => fixed(length, basis).map_or(MinBreadth::Auto, MinBreadth::Fixed),
        // A flexible track is at least as large as its items ask for.
        TrackBreadth::Flex(_) | TrackBreadth::Auto => MinBreadth::Auto,
        TrackBreadth::MinContent => MinBreadth::MinContent,
        TrackBreadth::MaxContent => MinBreadth::MaxContent,
    }
}

fn most(breadth: &TrackBreadth, basis: Option<LayoutUnit>) -> MaxBreadth {
    match breadth {
        TrackBreadth::Fixed(length) => fixed(length, basis).map_or(MaxBreadth::Auto, MaxBreadth::Fixed),
        TrackBreadth::Flex(factor) => MaxBreadth::Flex(*factor),
        TrackBreadth::Auto => MaxBreadth::Auto,
        TrackBreadth::MinContent => MaxBreadth::MinContent,
        TrackBreadth::MaxContent => MaxBreadth::MaxContent,
    }
}

fn fixed(length: &LengthPercentage, basis: Option<LayoutUnit>) -> Option<LayoutUnit> {
    sizing::resolve(length, basis).map(LayoutUnit::clamp_negative_to_zero)
}

/// The sizes of a template in turn, and whether the track is one of `auto-fit`.
pub(super) fn expanded(
    template: &GridTemplate,
    repetitions: usize,
) -> impl Iterator<Item = (&TrackSize, bool)> {
    let items = match template {
        GridTemplate::Tracks(tracks) => &tracks.items[..],
        _ => &[],
    };
    items.iter().flat_map(move |item| {
        let (count, sizes, fits) = match item {
            TrackListItem::Track(size) => (1, std::slice::from_ref(size), false),
            TrackListItem::Repeat(RepeatCount::Number(count), _, sizes) => {
                (*count as usize, &sizes[..], false)
            }
            TrackListItem::Repeat(count, _, sizes) => {
                (repetitions, &sizes[..], *count == RepeatCount::AutoFit)
            }
        };
        (0..count).flat_map(move |_| sizes.iter().map(move |size| (size, fits)))
    })
}

/// The tracks of a grid along an axis.
#[derive(Clone, Debug, Default)]
pub(super) struct Tracks {
    pub list: Vec<Track>,
    pub gap: LayoutUnit,
    /// Where each begins and ends, from the start of the container's border box, once they have their sizes.
    pub places: Vec<(LayoutUnit, LayoutUnit)>,
}

impl Tracks {
    /// The gutters between some of them.
    pub fn gaps(&self, span: &Range<usize>) -> LayoutUnit {
        if self.gap == LayoutUnit::ZERO || span.len() < 2 {
            return LayoutUnit::ZERO;
        }
        let tracks = self.list[span.clone()].iter().filter(|track| !track.is_collapsed).count();
        self.gap * i32::try_from(tracks.saturating_sub(1)).unwrap_or(i32::MAX)
    }

    /// From the start of the first to the end of the last, as their base sizes are now.
    pub fn total(&self) -> LayoutUnit {
        self.list.iter().map(|track| track.base).sum::<LayoutUnit>() + self.gaps(&(0..self.list.len()))
    }

    /// How much room there is in some of them: what they have been given, else what their max track sizing functions say
    /// where all do. <https://drafts.csswg.org/css-grid-2/#algo-grid-sizing>
    pub fn room(&self, span: &Range<usize>) -> Option<LayoutUnit> {
        match self.places.get(span.clone()) {
            Some([first, .., last]) => Some(last.1 - first.0),
            Some([only]) => Some(only.1 - only.0),
            _ => self.fixed_maximum(span),
        }
    }

    /// The sum of the max track sizing functions of some of them, where these are fixed.
    pub fn fixed_maximum(&self, span: &Range<usize>) -> Option<LayoutUnit> {
        let sum = self.list.get(span.clone())?.iter().try_fold(LayoutUnit::ZERO, |sum, track| {
            match (track.max, track.min) {
                (MaxBreadth::Fixed(size), MinBreadth::Fixed(least)) => Some(sum + size.max(least)),
                (MaxBreadth::Fixed(size), _) => Some(sum + size),
                _ => None,
            }
        });
        Some(sum? + self.gaps(span))
    }

    /// Puts them where content distribution says, in a content box from `start`.
    /// <https://drafts.csswg.org/css-align-3/#distribution-values>
    pub fn place(&mut self, start: LayoutUnit, available: LayoutUnit, alignment: AlignContent) {
        let count = self.list.iter().filter(|track| !track.is_collapsed).count();
        let count = i32::try_from(count).unwrap_or(i32::MAX);
        let free = available - self.total();
        let overflows = free < LayoutUnit::ZERO;
        let (before, between) = match alignment.keyword {
            _ if overflows && alignment.safety == taffy::AlignmentSafety::Safe => Default::default(),
            AlignContentKeyword::Center => (free / 2, LayoutUnit::ZERO),
            AlignContentKeyword::End | AlignContentKeyword::FlexEnd => (free, LayoutUnit::ZERO),
            AlignContentKeyword::SpaceBetween if count > 1 && !overflows => {
                (LayoutUnit::ZERO, free / (count - 1))
            }
            AlignContentKeyword::SpaceAround if count > 0 && !overflows => (free / count / 2, free / count),
            AlignContentKeyword::SpaceEvenly if !overflows => (free / (count + 1), free / (count + 1)),
            AlignContentKeyword::SpaceAround if !overflows => (free / 2, LayoutUnit::ZERO),
            _ => Default::default(),
        };
        let mut at = start + before;
        let mut is_first = true;
        self.places.clear();
        self.places.extend(self.list.iter().map(|track| {
            if !track.is_collapsed {
                if !is_first {
                    at += self.gap + between;
                }
                is_first = false;
            }
            let from = at;
            at += track.base;
            (from, at)
        }));
    }
}
