//! Choosing a face of a family.
//! <https://drafts.csswg.org/css-fonts-4/#font-style-matching>

use std::ops::RangeInclusive;

use crate::description::{FontDescription, FontStyle};
use crate::font::{FaceAttributes, FaceStyle};

/// The angle of `oblique` without one, in degrees.
const DEFAULT_OBLIQUE_ANGLE: f32 = 14.0;
/// From this angle on, obliques are looked for before uprights when matching `oblique`; and it is the one at which
/// `italic` begins to prefer them.
const OBLIQUE_THRESHOLD: f32 = 11.0;

/// How far a face is from what is asked for: less is better, compared in the order of the fields.
#[derive(Clone, Copy, Debug, PartialEq, PartialOrd)]
pub(crate) struct Distance {
    stretch: (u8, f32),
    style: (u8, f32),
    weight: (u8, f32),
}

/// How far `face` is from `wanted`: width first, then slant, then weight.
pub(crate) fn distance(wanted: &FontDescription, face: &FaceAttributes) -> Distance {
    Distance {
        stretch: stretch_distance(wanted.stretch, &face.stretch),
        style: style_distance(wanted.style, &face.style),
        weight: weight_distance(wanted.weight, &face.weight),
    }
}

/// The nearest of several faces, the later of two equals, as with `@font-face` rules.
pub(crate) fn nearest<T>(
    wanted: &FontDescription,
    faces: impl IntoIterator<Item = T>,
    attributes: impl Fn(&T) -> &FaceAttributes,
) -> Option<T> {
    let mut best: Option<(Distance, T)> = None;
    for face in faces {
        let distance = distance(wanted, attributes(&face));
        if best.as_ref().is_none_or(|(least, _)| distance <= *least) {
            best = Some((distance, face));
        }
    }
    best.map(|(_, face)| face)
}

/// "If the desired stretch value is less than or equal to 100%, stretch values below the desired value are checked in
/// descending order followed by stretch values above the desired value in ascending order"; else the other way round.
fn stretch_distance(wanted: f32, range: &RangeInclusive<f32>) -> (u8, f32) {
    if range.contains(&wanted) {
        return (0, 0.0);
    }
    let below = wanted > *range.end();
    let gap = if below { wanted - range.end() } else { range.start() - wanted };
    let narrower_first = wanted <= 1.0;
    (if below == narrower_first { 1 } else { 2 }, gap)
}

fn style_distance(wanted: FontStyle, face: &FaceStyle) -> (u8, f32) {
    match wanted {
        // "If the value of font-style is normal, oblique values greater than or equal to 0deg are checked first in
        // ascending order; then oblique below 0deg, descending; then italic."
        FontStyle::Normal => match face {
            FaceStyle::Normal => (0, 0.0),
            FaceStyle::Oblique(range) if range.contains(&0.0) => (0, 0.0),
            FaceStyle::Oblique(range) if *range.start() >= 0.0 => (1, *range.start()),
            FaceStyle::Oblique(range) => (2, -range.end()),
            FaceStyle::Italic => (3, 0.0),
        },
        // "If the value of font-style is italic, italic values are checked first", then obliques from 11deg upwards,
        // then below 11deg, then negative ones.
        FontStyle::Italic => match face {
            FaceStyle::Italic => (0, 0.0),
            FaceStyle::Oblique(range) => {
                let (class, gap) = oblique_distance(OBLIQUE_THRESHOLD, range);
                (class + 1, gap)
            }
            FaceStyle::Normal => (6, 0.0),
        },
        FontStyle::Oblique(angle) => match face {
            FaceStyle::Oblique(range) => oblique_distance(angle, range),
            FaceStyle::Normal if range_of_upright().contains(&angle) => (0, 0.0),
            FaceStyle::Italic => (5, 0.0),
            FaceStyle::Normal => (6, 0.0),
        },
    }
}

fn range_of_upright() -> RangeInclusive<f32> {
    0.0..=0.0
}

/// Angles of the same sign first: away from zero for steep angles, towards it for slight ones, then the others.
fn oblique_distance(angle: f32, range: &RangeInclusive<f32>) -> (u8, f32) {
    if range.contains(&angle) {
        return (0, 0.0);
    }
    // Mirrored, so that the wanted angle is never negative.
    let (angle, least, greatest) = if angle < 0.0 {
        (-angle, -range.end(), -range.start())
    } else {
        (angle, *range.start(), *range.end())
    };
    if greatest < 0.0 {
        return (3, -greatest);
    }
    let steeper = least > angle;
    let gap = if steeper { least - angle } else { angle - greatest };
    let steeper_first = angle >= OBLIQUE_THRESHOLD;
    (if steeper == steeper_first { 1 } else { 2 }, gap)
}

/// "If the desired weight is inclusively between 400 and 500, weights greater than or equal to the target weight are
/// checked in ascending order until 500 is hit and checked, followed by weights less than the target weight in
/// descending order, followed by weights greater than 500 [...]. If the desired weight is less than 400, weights less
/// than or equal to the desired weight are checked in descending order followed by weights above [...]; greater than
/// 500, the other way round."
fn weight_distance(wanted: f32, range: &RangeInclusive<f32>) -> (u8, f32) {
    if range.contains(&wanted) {
        return (0, 0.0);
    }
    let lighter = wanted > *range.end();
    let gap = if lighter { wanted - range.end() } else { range.start() - wanted };
    let class = if (400.0..=500.0).contains(&wanted) {
        match (lighter, *range.start() <= 500.0) {
            (false, true) => 1,
            (true, _) => 2,
            (false, false) => 3,
        }
    } else {
        let lighter_first = wanted < 400.0;
        if lighter == lighter_first { 1 } else { 2 }
    };
    (class, gap)
}

/// What has to be imitated when `face` stands in for `wanted`.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) struct Imitation {
    pub bold: bool,
    /// The tangent of the slant; positive leans to the right.
    pub skew: f32,
}

/// Bold is imitated where 600 or more is asked for and the face has less than that; oblique where any slant is
/// asked for and the face is upright. <https://drafts.csswg.org/css-fonts-4/#font-style-matching>
pub(crate) fn imitation(wanted: &FontDescription, face: &FaceAttributes) -> Imitation {
    let bold = wanted.synthesis.weight && wanted.weight >= 600.0 && *face.weight.end() < 600.0;
    let upright = matches!(&face.style, FaceStyle::Normal);
    let skew = match wanted.style {
        _ if !upright || !wanted.synthesis.style => 0.0,
        FontStyle::Normal => 0.0,
        FontStyle::Italic => skew_of(DEFAULT_OBLIQUE_ANGLE),
        FontStyle::Oblique(angle) => skew_of(angle),
    };
    Imitation { bold, skew }
}

/// Skia slants by a quarter, which is 14 degrees to within a twentieth of one.
fn skew_of(angle: f32) -> f32 {
    if angle == DEFAULT_OBLIQUE_ANGLE {
        0.25
    } else {
        angle.clamp(-90.0, 90.0).to_radians().tan().clamp(-4.0, 4.0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn face(weight: RangeInclusive<f32>, stretch: f32, style: FaceStyle) -> FaceAttributes {
        FaceAttributes { weight, stretch: stretch..=stretch, style }
    }

    fn wanted(weight: f32, stretch: f32, style: FontStyle) -> FontDescription {
        FontDescription { weight, stretch, style, ..FontDescription::default() }
    }

    fn weight_chosen(wanted_weight: f32, weights: &[f32]) -> f32 {
        let faces: Vec<_> =
            weights.iter().map(|&weight| face(weight..=weight, 1.0, FaceStyle::Normal)).collect();
        let wanted = wanted(wanted_weight, 1.0, FontStyle::Normal);
        *nearest(&wanted, &faces, |face| face).unwrap().weight.start()
    }

    #[test]
    fn weights_are_searched_in_the_specifications_order() {
        assert_eq!(weight_chosen(400.0, &[300.0, 500.0, 600.0]), 500.0);
        assert_eq!(weight_chosen(400.0, &[300.0, 600.0]), 300.0);
        assert_eq!(weight_chosen(450.0, &[400.0, 600.0]), 400.0);
        assert_eq!(weight_chosen(500.0, &[600.0, 900.0]), 600.0);
        assert_eq!(weight_chosen(300.0, &[100.0, 400.0]), 100.0);
        assert_eq!(weight_chosen(350.0, &[400.0, 700.0]), 400.0);
        assert_eq!(weight_chosen(600.0, &[500.0, 900.0]), 900.0);
        assert_eq!(weight_chosen(900.0, &[400.0, 700.0]), 700.0);
    }

    #[test]
    fn a_range_that_holds_the_weight_is_exact() {
        let faces = [
            face(400.0..=400.0, 1.0, FaceStyle::Normal),
            face(100.0..=900.0, 1.0, FaceStyle::Normal),
            face(700.0..=700.0, 1.0, FaceStyle::Normal),
        ];
        let chosen = nearest(&wanted(550.0, 1.0, FontStyle::Normal), &faces, |face| face).unwrap();
        assert_eq!(chosen, &faces[1]);
    }

    #[test]
    fn width_comes_before_slant_and_slant_before_weight() {
        let condensed_bold = face(700.0..=700.0, 0.75, FaceStyle::Normal);
        let normal_italic = face(400.0..=400.0, 1.0, FaceStyle::Italic);
        let normal_black = face(900.0..=900.0, 1.0, FaceStyle::Normal);
        let faces = [condensed_bold.clone(), normal_italic.clone(), normal_black.clone()];
        let choose = |wanted: FontDescription| nearest(&wanted, &faces, |face| face).unwrap().clone();
        assert_eq!(choose(wanted(400.0, 0.8, FontStyle::Italic)), condensed_bold);
        assert_eq!(choose(wanted(400.0, 1.0, FontStyle::Normal)), normal_black);
        assert_eq!(choose(wanted(900.0, 1.0, FontStyle::Italic)), normal_italic);
    }

    #[test]
    fn narrower_widths_are_tried_first_up_to_normal_and_wider_ones_above() {
        let faces = [
            face(400.0..=400.0, 0.5, FaceStyle::Normal),
            face(400.0..=400.0, 1.25, FaceStyle::Normal),
            face(400.0..=400.0, 2.0, FaceStyle::Normal),
        ];
        let choose = |stretch: f32| {
            *nearest(&wanted(400.0, stretch, FontStyle::Normal), &faces, |face| face).unwrap().stretch.start()
        };
        assert_eq!(choose(1.0), 0.5);
        assert_eq!(choose(1.3), 2.0);
    }

    #[test]
    fn italic_prefers_oblique_to_upright_and_oblique_prefers_italic_to_upright() {
        let upright = face(400.0..=400.0, 1.0, FaceStyle::Normal);
        let oblique = face(400.0..=400.0, 1.0, FaceStyle::Oblique(14.0..=14.0));
        let italic = face(400.0..=400.0, 1.0, FaceStyle::Italic);
        let choose = |style, faces: &[FaceAttributes]| {
            nearest(&wanted(400.0, 1.0, style), faces, |face| face).unwrap().clone()
        };
        assert_eq!(choose(FontStyle::Italic, &[oblique.clone(), upright.clone()]), oblique);
        assert_eq!(choose(FontStyle::Oblique(14.0), &[italic.clone(), upright.clone()]), italic);
        assert_eq!(choose(FontStyle::Oblique(14.0), &[italic.clone(), oblique.clone()]), oblique);
        assert_eq!(choose(FontStyle::Normal, &[italic, oblique.clone()]), oblique);
    }

    #[test]
    fn among_equals_the_last_wins() {
        let faces = [
            (1, face(400.0..=400.0, 1.0, FaceStyle::Normal)),
            (2, face(400.0..=400.0, 1.0, FaceStyle::Normal)),
        ];
        let chosen = nearest(&wanted(400.0, 1.0, FontStyle::Normal), &faces, |face| &face.1).unwrap();
        assert_eq!(chosen.0, 2);
    }

    #[test]
    fn only_what_is_missing_is_imitated() {
        let regular = face(400.0..=400.0, 1.0, FaceStyle::Normal);
        let italic = face(400.0..=400.0, 1.0, FaceStyle::Italic);
        let bold = face(700.0..=700.0, 1.0, FaceStyle::Normal);
        let asked = wanted(700.0, 1.0, FontStyle::Italic);
        assert_eq!(imitation(&asked, &regular), Imitation { bold: true, skew: 0.25 });
        assert_eq!(imitation(&asked, &italic), Imitation { bold: true, skew: 0.0 });
        assert_eq!(imitation(&asked, &bold), Imitation { bold: false, skew: 0.25 });
        let forbidden = FontDescription {
            synthesis: crate::FontSynthesis { weight: false, style: false, small_caps: false },
            ..asked
        };
        assert_eq!(imitation(&forbidden, &regular), Imitation { bold: false, skew: 0.0 });
    }
}
