//! Mixing pixels. All are premultiplied.

use fanlight_paint::display_list::BlendMode;

use super::Pixel;

/// The product of two parts of 255, rounded to nearest.
pub fn multiply(first: u8, second: u8) -> u8 {
    let product = u32::from(first) * u32::from(second) + 128;
    ((product + (product >> 8)) >> 8) as u8
}

/// A pixel that covers only a part.
pub fn scale(pixel: Pixel, coverage: u8) -> Pixel {
    pixel.map(|component| multiply(component, coverage))
}

/// `source` over `below`. <https://drafts.fxtf.org/compositing-1/#porterduffcompositingoperators_srcover>
pub fn over(source: Pixel, below: Pixel) -> Pixel {
    let rest = 255 - source[3];
    let mut result = [0; 4];
    for channel in 0..4 {
        // Rounding may carry a sum of premultiplied parts one past the top.
        result[channel] = source[channel].saturating_add(multiply(below[channel], rest));
    }
    result
}

/// A row of one colour over what is there.
pub fn fill_row(row: &mut [Pixel], source: Pixel) {
    match source[3] {
        255 => row.fill(source),
        0 => {}
        _ => row.iter_mut().for_each(|below| *below = over(source, *below)),
    }
}

/// A row of one colour, covering each pixel in part, over what is there.
pub fn fill_row_masked(row: &mut [Pixel], source: Pixel, coverage: &[u8]) {
    for (below, &coverage) in row.iter_mut().zip(coverage) {
        match coverage {
            0 => {}
            255 if source[3] == 255 => *below = source,
            255 => *below = over(source, *below),
            _ if source[3] == 255 => {
                // One rounding for both products.
                for channel in 0..4 {
                    let mixed = u32::from(source[channel]) * u32::from(coverage)
                        + u32::from(below[channel]) * u32::from(255 - coverage)
                        + 128;
                    below[channel] = ((mixed + (mixed >> 8)) >> 8) as u8;
                }
            }
            _ => *below = over(scale(source, coverage), *below),
        }
    }
}

/// A row of pixels over what is there, covering each in part when there is coverage.
pub fn draw_row(row: &mut [Pixel], sources: &[Pixel], coverage: Option<&[u8]>) {
    match coverage {
        None => {
            for (below, &source) in row.iter_mut().zip(sources) {
                match source[3] {
                    255 => *below = source,
                    0 => {}
                    _ => *below = over(source, *below),
                }
            }
        }
        Some(coverage) => {
            for ((below, &source), &coverage) in row.iter_mut().zip(sources).zip(coverage) {
                match (coverage, source[3]) {
                    (0, _) | (_, 0) => {}
                    (255, 255) => *below = source,
                    (255, _) => *below = over(source, *below),
                    _ => *below = over(scale(source, coverage), *below),
                }
            }
        }
    }
}

/// A pixel of a group blended with what is below.
/// <https://drafts.fxtf.org/compositing-1/#blending>
pub fn blend(mode: BlendMode, source: Pixel, below: Pixel) -> Pixel {
    match mode {
        BlendMode::Normal => return over(source, below),
        BlendMode::DestinationIn => return scale(below, source[3]),
        BlendMode::SourceOut => return scale(source, 255 - below[3]),
        BlendMode::Xor => {
            let (source, below) = (scale(source, 255 - below[3]), scale(below, 255 - source[3]));
            return std::array::from_fn(|channel| source[channel].saturating_add(below[channel]));
        }
        BlendMode::PlusLighter => {
            return std::array::from_fn(|channel| source[channel].saturating_add(below[channel]));
        }
        _ => {}
    }
    if source[3] == 0 {
        return below;
    }
    let source_alpha = f32::from(source[3]) / 255.0;
    let below_alpha = f32::from(below[3]) / 255.0;
    let straight = |pixel: Pixel, alpha: f32| -> [f32; 3] {
        std::array::from_fn(|channel| match alpha > 0.0 {
            true => (f32::from(pixel[channel]) / 255.0 / alpha).min(1.0),
            false => 0.0,
        })
    };
    let (source_color, below_color) = (straight(source, source_alpha), straight(below, below_alpha));
    let mixed = mix(mode, below_color, source_color);
    let mut result = [0; 4];
    for channel in 0..3 {
        let color = source_alpha * (1.0 - below_alpha) * source_color[channel]
            + source_alpha * below_alpha * mixed[channel]
            + (1.0 - source_alpha) * below_alpha * below_color[channel];
        result[channel] = (color * 255.0 + 0.5) as u8;
    }
    result[3] = ((source_alpha + below_alpha * (1.0 - source_alpha)) * 255.0 + 0.5) as u8;
    result
}

/// The blend function `B(below, source)`; colours are not premultiplied.
fn mix(mode: BlendMode, below: [f32; 3], source: [f32; 3]) -> [f32; 3] {
    match mode {
        BlendMode::Hue => set_luminosity(set_saturation(source, saturation(below)), luminosity(below)),
        BlendMode::Saturation => set_luminosity(set_saturation(below, saturation(source)), luminosity(below)),
        BlendMode::Color => set_luminosity(source, luminosity(below)),
        BlendMode::Luminosity => set_luminosity(below, luminosity(source)),
        _ => std::array::from_fn(|channel| mix_channel(mode, below[channel], source[channel])),
    }
}

/// <https://drafts.fxtf.org/compositing-1/#blendingseparable>
fn mix_channel(mode: BlendMode, below: f32, source: f32) -> f32 {
    match mode {
        BlendMode::Multiply => below * source,
        BlendMode::Screen => below + source - below * source,
        BlendMode::Overlay => mix_channel(BlendMode::HardLight, source, below),
        BlendMode::Darken => below.min(source),
        BlendMode::Lighten => below.max(source),
        BlendMode::ColorDodge => {
            if below == 0.0 {
                0.0
            } else if source >= 1.0 {
                1.0
            } else {
                (below / (1.0 - source)).min(1.0)
            }
        }
        BlendMode::ColorBurn => {
            if below >= 1.0 {
                1.0
            } else if source <= 0.0 {
                0.0
            } else {
                1.0 - ((1.0 - below) / source).min(1.0)
            }
        }
        BlendMode::HardLight => {
            if source <= 0.5 {
                below * 2.0 * source
            } else {
                mix_channel(BlendMode::Screen, below, 2.0 * source - 1.0)
            }
        }
        BlendMode::SoftLight => {
            if source <= 0.5 {
                below - (1.0 - 2.0 * source) * below * (1.0 - below)
            } else {
                let curve =
                    if below <= 0.25 { ((16.0 * below - 12.0) * below + 4.0) * below } else { below.sqrt() };
                below + (2.0 * source - 1.0) * (curve - below)
            }
        }
        BlendMode::Difference => (below - source).abs(),
        BlendMode::Exclusion => below + source - 2.0 * below * source,
        // The others are not separable, or were answered before.
        _ => source,
    }
}

/// <https://drafts.fxtf.org/compositing-1/#blendingnonseparable>
fn luminosity(color: [f32; 3]) -> f32 {
    0.3 * color[0] + 0.59 * color[1] + 0.11 * color[2]
}

fn saturation(color: [f32; 3]) -> f32 {
    let most = color.iter().copied().fold(f32::MIN, f32::max);
    let least = color.iter().copied().fold(f32::MAX, f32::min);
    most - least
}

fn set_luminosity(color: [f32; 3], wanted: f32) -> [f32; 3] {
    let shift = wanted - luminosity(color);
    let shifted = color.map(|component| component + shift);
    let light = luminosity(shifted);
    let most = shifted.iter().copied().fold(f32::MIN, f32::max);
    let least = shifted.iter().copied().fold(f32::MAX, f32::min);
    let mut clipped = shifted;
    if least < 0.0 {
        clipped = clipped.map(|component| light + (component - light) * light / (light - least));
    }
    if most > 1.0 {
        clipped = clipped.map(|component| light + (component - light) * (1.0 - light) / (most - light));
    }
    clipped
}

fn set_saturation(color: [f32; 3], wanted: f32) -> [f32; 3] {
    let most = color.iter().copied().fold(f32::MIN, f32::max);
    let least = color.iter().copied().fold(f32::MAX, f32::min);
    if most <= least {
        return [0.0; 3];
    }
    color.map(|component| (component - least) * wanted / (most - least))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn half_black_over_white_is_as_in_chromium() {
        assert_eq!(over([0, 0, 0, 128], [255; 4]), [127, 127, 127, 255]);
    }

    #[test]
    fn an_opaque_backdrop_stays_opaque_whatever_is_drawn_over_it() {
        for alpha in 0..=255 {
            assert_eq!(over([alpha; 4], [255; 4]), [255; 4]);
            let mut row = [[255; 4]];
            fill_row_masked(&mut row, [0, 0, 0, 255], &[alpha]);
            assert_eq!(row[0][3], 255);
        }
    }

    #[test]
    fn blend_functions_are_the_specifications() {
        let (red, grey) = ([255, 0, 0, 255], [128, 128, 128, 255]);
        assert_eq!(blend(BlendMode::Multiply, red, grey), [128, 0, 0, 255]);
        assert_eq!(blend(BlendMode::Screen, red, grey), [255, 128, 128, 255]);
        assert_eq!(blend(BlendMode::Difference, red, grey), [127, 128, 128, 255]);
        assert_eq!(blend(BlendMode::Luminosity, grey, red)[3], 255);
        assert_eq!(blend(BlendMode::DestinationIn, [0, 0, 0, 51], red), [51, 0, 0, 51]);
        assert_eq!(blend(BlendMode::SourceOut, [0, 0, 0, 255], red), [0; 4]);
        assert_eq!(blend(BlendMode::Xor, [0, 0, 0, 51], red), [204, 0, 0, 204]);
        assert_eq!(blend(BlendMode::Multiply, red, [0; 4]), red, "nothing below: the source as it is");
    }
}
