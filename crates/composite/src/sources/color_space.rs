//! Colours between two colours, in the spaces that gradients can name.
//! <https://drafts.csswg.org/css-color-4/#color-conversion-code>

use fanlight_base::Rgba;
use fanlight_paint::display_list::{GradientSpace, HueMethod};

/// The colour at `part` of the way, interpolated in a space, premultiplied.
pub fn mix(from: Rgba, to: Rgba, part: f32, space: GradientSpace) -> Rgba {
    let alpha = from.alpha + (to.alpha - from.alpha) * part;
    let (start, end) = (to_space(from, space), to_space(to, space));
    let hue_index = match space {
        GradientSpace::Oklch(_) => Some(2),
        GradientSpace::Hsl(_) | GradientSpace::Hwb(_) => Some(0),
        _ => None,
    };
    let mut mixed = [0.0; 3];
    for index in 0..3 {
        mixed[index] = if hue_index == Some(index) {
            let (first, second) = hues(start, end, index, space);
            first + (second - first) * part
        } else if alpha > 0.0 {
            let premultiplied = start[index] * from.alpha * (1.0 - part) + end[index] * to.alpha * part;
            premultiplied / alpha
        } else {
            start[index]
        };
    }
    from_space(mixed, alpha, space)
}

/// The two hues in degrees, the way around chosen. A grey takes the other's hue.
fn hues(start: [f32; 3], end: [f32; 3], index: usize, space: GradientSpace) -> (f32, f32) {
    let (method, grey) = match space {
        GradientSpace::Oklch(method) => (method, [start[1] < 1e-4, end[1] < 1e-4]),
        GradientSpace::Hsl(method) => (method, [start[1] < 1e-4, end[1] < 1e-4]),
        GradientSpace::Hwb(method) => (method, [start[1] + start[2] > 0.9999, end[1] + end[2] > 0.9999]),
        _ => return (start[index], end[index]),
    };
    let mut first = if grey[0] { end[index] } else { start[index] };
    let mut second = if grey[1] { first } else { end[index] };
    let difference = second - first;
    match method {
        HueMethod::Shorter if difference > 180.0 => first += 360.0,
        HueMethod::Shorter if difference < -180.0 => second += 360.0,
        HueMethod::Longer if (0.0..180.0).contains(&difference) => first += 360.0,
        HueMethod::Longer if (-180.0..=0.0).contains(&difference) => second += 360.0,
        HueMethod::Increasing if difference < 0.0 => second += 360.0,
        HueMethod::Decreasing if difference > 0.0 => first += 360.0,
        _ => {}
    }
    (first, second)
}

fn to_space(color: Rgba, space: GradientSpace) -> [f32; 3] {
    let srgb = [color.red, color.green, color.blue];
    match space {
        GradientSpace::Srgb => srgb,
        GradientSpace::SrgbLinear => srgb.map(to_linear),
        GradientSpace::Oklab => linear_to_oklab(srgb.map(to_linear)),
        GradientSpace::Oklch(_) => {
            let [lightness, a, b] = linear_to_oklab(srgb.map(to_linear));
            let hue = b.atan2(a).to_degrees();
            [lightness, a.hypot(b), if hue < 0.0 { hue + 360.0 } else { hue }]
        }
        GradientSpace::Hsl(_) => {
            let (hue, most, least) = hue_of(srgb);
            let lightness = (most + least) / 2.0;
            let saturation =
                if most == least { 0.0 } else { (most - lightness) / lightness.min(1.0 - lightness) };
            [hue, saturation, lightness]
        }
        GradientSpace::Hwb(_) => {
            let (hue, most, least) = hue_of(srgb);
            [hue, least, 1.0 - most]
        }
    }
}

fn from_space(components: [f32; 3], alpha: f32, space: GradientSpace) -> Rgba {
    let [red, green, blue] = match space {
        GradientSpace::Srgb => components,
        GradientSpace::SrgbLinear => components.map(from_linear),
        GradientSpace::Oklab => oklab_to_linear(components).map(from_linear),
        GradientSpace::Oklch(_) => {
            let [lightness, chroma, hue] = components;
            let (sine, cosine) = hue.to_radians().sin_cos();
            oklab_to_linear([lightness, chroma * cosine, chroma * sine]).map(from_linear)
        }
        GradientSpace::Hsl(_) => {
            let [hue, saturation, lightness] = components;
            let chroma = saturation * lightness.min(1.0 - lightness);
            [0.0, 8.0, 4.0].map(|offset| {
                let k = (offset + hue / 30.0).rem_euclid(12.0);
                lightness - chroma * (k - 3.0).min(9.0 - k).clamp(-1.0, 1.0)
            })
        }
        GradientSpace::Hwb(_) => {
            let [hue, white, black] = components;
            if white + black >= 1.0 {
                [white / (white + black); 3]
            } else {
                [0.0, 8.0, 4.0].map(|offset| {
                    let k = (offset + hue / 30.0).rem_euclid(12.0);
                    let pure = 0.5 - 0.5 * (k - 3.0).min(9.0 - k).clamp(-1.0, 1.0);
                    pure * (1.0 - white - black) + white
                })
            }
        }
    };
    Rgba { red: red.clamp(0.0, 1.0), green: green.clamp(0.0, 1.0), blue: blue.clamp(0.0, 1.0), alpha }
}

/// The hue in degrees, and the greatest and least component.
fn hue_of([red, green, blue]: [f32; 3]) -> (f32, f32, f32) {
    let most = red.max(green).max(blue);
    let least = red.min(green).min(blue);
    let range = most - least;
    let hue = if range == 0.0 {
        0.0
    } else if most == red {
        (green - blue) / range + if green < blue { 6.0 } else { 0.0 }
    } else if most == green {
        (blue - red) / range + 2.0
    } else {
        (red - green) / range + 4.0
    };
    (hue * 60.0, most, least)
}

fn to_linear(component: f32) -> f32 {
    if component <= 0.04045 { component / 12.92 } else { ((component + 0.055) / 1.055).powf(2.4) }
}

fn from_linear(component: f32) -> f32 {
    if component <= 0.003_130_8 { component * 12.92 } else { 1.055 * component.powf(1.0 / 2.4) - 0.055 }
}

fn linear_to_oklab([red, green, blue]: [f32; 3]) -> [f32; 3] {
    let long = (0.412_221_46 * red + 0.536_332_55 * green + 0.051_445_995 * blue).cbrt();
    let medium = (0.211_903_5 * red + 0.680_699_5 * green + 0.107_396_96 * blue).cbrt();
    let short = (0.088_302_46 * red + 0.281_718_85 * green + 0.629_978_7 * blue).cbrt();
    [
        0.210_454_26 * long + 0.793_617_8 * medium - 0.004_072_047 * short,
        1.977_998_5 * long - 2.428_592_2 * medium + 0.450_593_7 * short,
        0.025_904_037 * long + 0.782_771_77 * medium - 0.808_675_77 * short,
    ]
}

fn oklab_to_linear([lightness, a, b]: [f32; 3]) -> [f32; 3] {
    let cube = |value: f32| value * value * value;
    let long = cube(lightness + 0.396_337_78 * a + 0.215_803_76 * b);
    let medium = cube(lightness - 0.105_561_346 * a - 0.063_854_17 * b);
    let short = cube(lightness - 0.089_484_18 * a - 1.291_485_5 * b);
    [
        4.076_741_7 * long - 3.307_711_6 * medium + 0.230_969_94 * short,
        -1.268_438 * long + 2.609_757_4 * medium - 0.341_319_4 * short,
        -0.004_196_086_3 * long - 0.703_418_6 * medium + 1.707_614_7 * short,
    ]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ends_are_the_colours_themselves_in_every_space() {
        let (red, blue) = (Rgba::from_u8(255, 0, 0, 255), Rgba::from_u8(0, 0, 255, 255));
        for space in [
            GradientSpace::Srgb,
            GradientSpace::SrgbLinear,
            GradientSpace::Oklab,
            GradientSpace::Oklch(HueMethod::Shorter),
            GradientSpace::Hsl(HueMethod::Longer),
            GradientSpace::Hwb(HueMethod::Increasing),
        ] {
            assert_eq!(mix(red, blue, 0.0, space).to_u8(), [255, 0, 0, 255], "{space:?}");
            assert_eq!(mix(red, blue, 1.0, space).to_u8(), [0, 0, 255, 255], "{space:?}");
        }
    }

    #[test]
    fn hues_go_the_way_that_was_asked_for() {
        let (red, blue) = (Rgba::from_u8(255, 0, 0, 255), Rgba::from_u8(0, 0, 255, 255));
        assert_eq!(mix(red, blue, 0.5, GradientSpace::Hsl(HueMethod::Shorter)).to_u8(), [255, 0, 255, 255]);
        assert_eq!(mix(red, blue, 0.5, GradientSpace::Hsl(HueMethod::Increasing)).to_u8(), [0, 255, 0, 255]);
    }
}
