//! The colour stop list of a gradient, with every position found and every hint drawn out.
//! <https://drafts.csswg.org/css-images-4/#color-stop-fixup>

use fanlight_css::values::color::{AbsoluteColor, ColorInterpolation, ColorSpace, interpolate};

use crate::display_list::GradientStop;
use crate::limits::MAX_GRADIENT_STOPS;

/// How many straight pieces in sRGB stand for the way between two colours in another space.
const PIECES_IN_OTHER_SPACES: usize = 16;

/// An entry of a colour stop list, its positions already in parts of the gradient line.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) enum StopEntry {
    /// A colour, with its position when it has one.
    Color(AbsoluteColor, Option<f32>),
    /// Where the transition between its neighbours is half done.
    Hint(Option<f32>),
}

#[derive(Clone, Copy, Debug)]
struct Stop {
    offset: f32,
    color: AbsoluteColor,
}

/// Finds every position, keeps them from going backwards, and turns hints, and ways through colour spaces that raster
/// does not know, into stops between which sRGB is straight.
pub(crate) fn resolve(entries: &[StopEntry], method: ColorInterpolation) -> Vec<GradientStop> {
    let entries = &entries[..entries.len().min(MAX_GRADIENT_STOPS)];
    let offsets = positions(entries);
    let mut stops = Vec::with_capacity(entries.len());
    for (index, (entry, &offset)) in entries.iter().zip(&offsets).enumerate() {
        match *entry {
            StopEntry::Color(color, _) => stops.push(Stop { offset, color }),
            StopEntry::Hint(_) => {
                let before = index.checked_sub(1).and_then(|before| entries.get(before));
                let (Some(StopEntry::Color(left, _)), Some(StopEntry::Color(right, _))) =
                    (before, entries.get(index + 1))
                else {
                    continue; // The grammar has a colour on both sides of a hint.
                };
                let left = Stop { offset: offsets[index - 1], color: *left };
                let right = Stop { offset: offsets[index + 1], color: *right };
                draw_out_hint(left, offset, right, method, &mut stops);
            }
        }
    }
    straighten(&stops, method)
}

/// What interpolates when the gradient does not say: sRGB between colours of the old syntax, Oklab otherwise.
/// <https://drafts.csswg.org/css-color-4/#interpolation-space>
pub(crate) fn default_interpolation(entries: &[StopEntry]) -> ColorInterpolation {
    let legacy = entries.iter().all(|entry| match entry {
        StopEntry::Color(color, _) => {
            matches!(color.space, ColorSpace::LegacySrgb | ColorSpace::Hsl | ColorSpace::Hwb)
        }
        StopEntry::Hint(_) => true,
    });
    ColorInterpolation::within(if legacy { ColorSpace::LegacySrgb } else { ColorSpace::Oklab })
}

fn straighten(stops: &[Stop], method: ColorInterpolation) -> Vec<GradientStop> {
    let drawn = |offset, color: AbsoluteColor| GradientStop { offset, color: color.to_rgba() };
    let mut result = Vec::with_capacity(stops.len());
    for (index, stop) in stops.iter().enumerate() {
        result.push(drawn(stop.offset, stop.color));
        let Some(next) = stops.get(index + 1) else { break };
        let straight = matches!(method.space, ColorSpace::LegacySrgb | ColorSpace::Srgb)
            || next.offset <= stop.offset
            || next.color == stop.color && method.space.hue_index().is_none();
        if !straight {
            result.extend((1..PIECES_IN_OTHER_SPACES).map(|piece| {
                let progress = piece as f32 / PIECES_IN_OTHER_SPACES as f32;
                let color = interpolate(method, stop.color, next.color, progress);
                drawn(stop.offset + (next.offset - stop.offset) * progress, color)
            }));
        }
    }
    result
}

fn positions(entries: &[StopEntry]) -> Vec<f32> {
    let given = |entry: &StopEntry| match *entry {
        StopEntry::Color(_, position) | StopEntry::Hint(position) => position.filter(|p| p.is_finite()),
    };
    let mut offsets: Vec<Option<f32>> = entries.iter().map(given).collect();
    // 1. The first and the last stand at the ends unless they say otherwise.
    if let Some(first) = offsets.first_mut() {
        first.get_or_insert(0.0);
    }
    if let Some(last) = offsets.last_mut() {
        last.get_or_insert(1.0);
    }
    // 2. None stands before one that was listed earlier.
    let mut greatest = f32::NEG_INFINITY;
    for offset in offsets.iter_mut().flatten() {
        greatest = greatest.max(*offset);
        *offset = greatest;
    }
    // 3. Those without a position are spread evenly between their neighbours.
    let mut resolved = Vec::with_capacity(offsets.len());
    let mut index = 0;
    while index < offsets.len() {
        if let Some(offset) = offsets[index] {
            resolved.push(offset);
            index += 1;
            continue;
        }
        let end = (index..offsets.len()).find(|&later| offsets[later].is_some()).unwrap_or(offsets.len());
        let from = resolved.last().copied().unwrap_or(0.0);
        let to = offsets.get(end).copied().flatten().unwrap_or(1.0);
        let parts = (end - index + 1) as f32;
        resolved.extend((index..end).map(|at| from + (to - from) * (at - index + 1) as f32 / parts));
        index = end;
    }
    resolved
}

/// How a hint's curve is drawn with straight pieces: more of them where it bends more. Nine, as in Chromium.
fn draw_out_hint(left: Stop, hint: f32, right: Stop, method: ColorInterpolation, stops: &mut Vec<Stop>) {
    let (before, after) = (hint - left.offset, right.offset - hint);
    let length = before + after;
    if length <= 0.0 || before == after {
        return;
    }
    if before <= 0.0 {
        stops.push(Stop { offset: hint, color: right.color });
        return;
    }
    if after <= 0.0 {
        stops.push(Stop { offset: hint, color: left.color });
        return;
    }
    let mut offsets = [0.0; 9];
    if before > after {
        for (index, offset) in offsets[..7].iter_mut().enumerate() {
            *offset = left.offset + before * (7.0 + index as f32) / 13.0;
        }
        offsets[7] = hint + after / 3.0;
        offsets[8] = hint + after * 2.0 / 3.0;
    } else {
        offsets[0] = left.offset + before / 3.0;
        offsets[1] = left.offset + before * 2.0 / 3.0;
        for (index, offset) in offsets[2..].iter_mut().enumerate() {
            *offset = hint + after * index as f32 / 13.0;
        }
    }
    // The curve of <https://drafts.csswg.org/css-images-4/#color-interpolation-hint>.
    let exponent = 0.5f32.ln() / (before / length).ln();
    stops.extend(offsets.map(|offset| {
        let weight = ((offset - left.offset) / length).powf(exponent);
        Stop { offset, color: interpolate(method, left.color, right.color, weight) }
    }));
}

#[cfg(test)]
mod tests {
    use super::*;

    const SRGB: ColorInterpolation = ColorInterpolation::within(ColorSpace::LegacySrgb);
    const WHITE: AbsoluteColor = AbsoluteColor::new(ColorSpace::LegacySrgb, [1.0; 3], 1.0);

    fn offsets(entries: &[StopEntry]) -> Vec<f32> {
        resolve(entries, SRGB).into_iter().map(|stop| stop.offset).collect()
    }

    fn at(position: Option<f32>) -> StopEntry {
        StopEntry::Color(AbsoluteColor::BLACK, position)
    }

    #[test]
    fn missing_positions_are_spread_evenly() {
        assert_eq!(offsets(&[at(None), at(None), at(None)]), [0.0, 0.5, 1.0]);
        let four = offsets(&[at(Some(0.25)), at(None), at(None), at(Some(1.0))]);
        assert_eq!(four, [0.25, 0.5, 0.75, 1.0]);
    }

    #[test]
    fn a_position_never_goes_back() {
        assert_eq!(offsets(&[at(Some(0.4)), at(Some(0.1)), at(None)]), [0.4, 0.4, 1.0]);
        assert_eq!(offsets(&[at(Some(2.0)), at(None)]), [2.0, 2.0]);
    }

    #[test]
    fn a_hint_in_the_middle_changes_nothing() {
        assert_eq!(offsets(&[at(None), StopEntry::Hint(Some(0.5)), at(None)]), [0.0, 1.0]);
    }

    #[test]
    fn half_the_transition_is_done_at_the_hint() {
        let stops = resolve(&[at(None), StopEntry::Hint(Some(0.25)), StopEntry::Color(WHITE, None)], SRGB);
        assert_eq!(stops.len(), 11);
        let half = stops.iter().find(|stop| (stop.offset - 0.25).abs() < 1e-6).unwrap();
        assert!((half.color.red - 0.5).abs() < 1e-3, "{half:?}");
    }

    #[test]
    fn other_spaces_are_drawn_out_in_srgb() {
        let linear = ColorInterpolation::within(ColorSpace::SrgbLinear);
        let stops = resolve(&[at(None), StopEntry::Color(WHITE, None)], linear);
        assert_eq!(stops.len(), PIECES_IN_OTHER_SPACES + 1);
        let middle = stops[PIECES_IN_OTHER_SPACES / 2];
        assert!((middle.color.red - 0.7354).abs() < 1e-3, "{middle:?}");
    }
}
