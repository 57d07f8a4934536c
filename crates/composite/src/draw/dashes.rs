//! How dashes and dots are spread over a line, as Chromium does.

use fanlight_paint::display_list::LineCap;

/// Dashes and the ends that they have.
pub(super) struct Dashes {
    /// Lengths of dashes and gaps in turn, in CSS px; none for an unbroken line.
    pub lengths: Vec<f32>,
    pub cap: LineCap,
}

/// Dashes for a dashed line of a thickness and a length in CSS px.
pub(super) fn dashed(thickness: f32, length: f32, closed: bool) -> Dashes {
    let (dash, gap) = if thickness >= 3.0 { (2.0, 1.0) } else { (3.0, 2.0) };
    flat(thickness * dash, thickness * gap, length, closed)
}

/// Dots for a dotted line: round ones, or squares when they are too thin to be round.
pub(super) fn dotted(thickness: f32, length: f32, closed: bool) -> Dashes {
    if thickness <= 3.0 {
        return flat(thickness, thickness, length, closed);
    }
    // Dots are dashes without length, with round ends; the line begins and ends in the middle of one.
    let lengths = if length < thickness * 2.0 {
        vec![0.0, thickness * 2.0]
    } else {
        let gap = best_gap(length, thickness, thickness, closed);
        // A little less, so that rounding does not lose the last dot.
        vec![0.0, gap + thickness - 0.01]
    };
    Dashes { lengths, cap: LineCap::Round }
}

fn flat(dash: f32, gap: f32, length: f32, closed: bool) -> Dashes {
    let lengths = if length <= dash * 2.0 {
        Vec::new()
    } else if length <= dash * 2.0 + gap {
        let factor = length / (dash * 2.0 + gap);
        vec![dash * factor, gap * factor]
    } else {
        vec![dash, best_gap(length, dash, gap, closed)]
    };
    Dashes { lengths, cap: LineCap::Butt }
}

/// The gap nearest to the wanted one with which a line begins and ends with a dash.
fn best_gap(length: f32, dash: f32, gap: f32, closed: bool) -> f32 {
    let available = if closed { length } else { length + gap };
    let fewest = (available / (dash + gap)).floor();
    let most = fewest + 1.0;
    let gaps = |dashes: f32| if closed { dashes } else { dashes - 1.0 };
    let wide = (length - fewest * dash) / gaps(fewest);
    let narrow = (length - most * dash) / gaps(most);
    if narrow <= 0.0 || (wide - gap).abs() < (narrow - gap).abs() { wide } else { narrow }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn gaps_are_those_of_chromium() {
        // A side of 60 px, measured: dashes of 6 px and gaps of 4.8 px at 2 px; 12 and 4 at 6 px; dots 10.8 px apart.
        assert_eq!(dashed(2.0, 60.0, false).lengths, [6.0, 4.8]);
        assert_eq!(dashed(6.0, 60.0, false).lengths, [12.0, 4.0]);
        let dots = dotted(6.0, 60.0, false).lengths;
        assert!((dots[1] - 10.79).abs() < 1e-4);
    }

    #[test]
    fn a_short_line_is_unbroken() {
        assert!(dashed(4.0, 10.0, false).lengths.is_empty());
    }
}
