//! Conversions between colour spaces, over XYZ with white D65.
//! <https://drafts.csswg.org/css-color-4/#color-conversion-code>

use super::space::{AbsoluteColor, ColorSpace, Missing};

type Vector = [f64; 3];
type Matrix = [Vector; 3];

fn multiply(matrix: &Matrix, vector: Vector) -> Vector {
    matrix.map(|row| row[0] * vector[0] + row[1] * vector[1] + row[2] * vector[2])
}

const SRGB_TO_XYZ: Matrix = [
    [506752.0 / 1228815.0, 87881.0 / 245763.0, 12673.0 / 70218.0],
    [87098.0 / 409605.0, 175762.0 / 245763.0, 12673.0 / 175545.0],
    [7918.0 / 409605.0, 87881.0 / 737289.0, 1001167.0 / 1053270.0],
];
const XYZ_TO_SRGB: Matrix = [
    [12831.0 / 3959.0, -329.0 / 214.0, -1974.0 / 3959.0],
    [-851781.0 / 878810.0, 1648619.0 / 878810.0, 36519.0 / 878810.0],
    [705.0 / 12673.0, -2585.0 / 12673.0, 705.0 / 667.0],
];
const P3_TO_XYZ: Matrix = [
    [608311.0 / 1250200.0, 189793.0 / 714400.0, 198249.0 / 1000160.0],
    [35783.0 / 156275.0, 247089.0 / 357200.0, 198249.0 / 2500400.0],
    [0.0, 32229.0 / 714400.0, 5220557.0 / 5000800.0],
];
const XYZ_TO_P3: Matrix = [
    [446124.0 / 178915.0, -333277.0 / 357830.0, -72051.0 / 178915.0],
    [-14852.0 / 17905.0, 63121.0 / 35810.0, 423.0 / 17905.0],
    [11844.0 / 330415.0, -50337.0 / 660830.0, 316169.0 / 330415.0],
];
const A98_TO_XYZ: Matrix = [
    [573536.0 / 994567.0, 263643.0 / 1420810.0, 187206.0 / 994567.0],
    [591459.0 / 1989134.0, 6239551.0 / 9945670.0, 374412.0 / 4972835.0],
    [53769.0 / 1989134.0, 351524.0 / 4972835.0, 4929758.0 / 4972835.0],
];
const XYZ_TO_A98: Matrix = [
    [1829569.0 / 896150.0, -506331.0 / 896150.0, -308931.0 / 896150.0],
    [-851781.0 / 878810.0, 1648619.0 / 878810.0, 36519.0 / 878810.0],
    [16779.0 / 1248040.0, -147721.0 / 1248040.0, 1266979.0 / 1248040.0],
];
const PROPHOTO_TO_XYZ_D50: Matrix = [
    [0.797_766_644_900_642_3, 0.135_181_297_400_533_08, 0.031_347_734_128_392_2],
    [0.288_074_828_819_401_3, 0.711_835_234_241_873, 0.000_089_936_938_725_64],
    [0.0, 0.0, 0.825_104_602_510_460_2],
];
const XYZ_D50_TO_PROPHOTO: Matrix = [
    [1.345_786_881_647_158_3, -0.255_572_087_379_794_64, -0.051_101_864_975_545_26],
    [-0.544_630_705_124_901_9, 1.508_247_742_845_146_8, 0.020_527_447_436_421_39],
    [0.0, 0.0, 1.211_967_545_638_945_2],
];
const REC2020_TO_XYZ: Matrix = [
    [63426534.0 / 99577255.0, 20160776.0 / 139408157.0, 47086771.0 / 278816314.0],
    [26158966.0 / 99577255.0, 472592308.0 / 697040785.0, 8267143.0 / 139408157.0],
    [0.0, 19567812.0 / 697040785.0, 295819943.0 / 278816314.0],
];
const XYZ_TO_REC2020: Matrix = [
    [30757411.0 / 17917100.0, -6372589.0 / 17917100.0, -4539589.0 / 17917100.0],
    [-19765991.0 / 29648200.0, 47925759.0 / 29648200.0, 467509.0 / 29648200.0],
    [792561.0 / 44930125.0, -1921689.0 / 44930125.0, 42328811.0 / 44930125.0],
];
const D65_TO_D50: Matrix = [
    [1.047_929_792_544_996_9, 0.022_946_870_601_609_652, -0.050_192_266_289_205_24],
    [0.029_627_808_770_055_99, 0.990_434_426_753_879_9, -0.017_073_799_063_418_826],
    [-0.009_243_040_646_204_504, 0.015_055_191_490_298_152, 0.751_874_281_428_137_1],
];
const D50_TO_D65: Matrix = [
    [0.955_473_421_488_075, -0.023_098_454_948_764_71, 0.063_259_243_200_570_72],
    [-0.028_369_709_333_863_7, 1.009_995_398_081_304_1, 0.021_041_441_191_917_323],
    [0.012_314_014_864_481_998, -0.020_507_649_298_898_964, 1.330_365_926_242_124],
];
const XYZ_TO_LMS: Matrix = [
    [0.819_022_437_996_703, 0.361_906_260_052_890_4, -0.128_873_781_520_987_9],
    [0.032_983_653_932_388_5, 0.929_286_861_586_343_4, 0.036_144_666_350_642_4],
    [0.048_177_189_359_624_2, 0.264_239_531_752_730_8, 0.633_547_828_469_430_9],
];
const LMS_TO_XYZ: Matrix = [
    [1.226_879_875_845_924_3, -0.557_814_994_460_217_1, 0.281_391_045_665_964_7],
    [-0.040_575_745_214_800_8, 1.112_286_803_280_317, -0.071_711_058_065_516_4],
    [-0.076_372_936_674_660_1, -0.421_493_332_402_243_2, 1.586_924_019_836_781_6],
];
const LMS_TO_OKLAB: Matrix = [
    [0.210_454_268_309_314, 0.793_617_774_702_305_4, -0.004_072_043_011_619_3],
    [1.977_998_532_431_168_4, -2.428_592_242_048_58, 0.450_593_709_617_411],
    [0.025_904_042_465_547_8, 0.782_771_712_457_529_6, -0.808_675_754_923_077_4],
];
const OKLAB_TO_LMS: Matrix = [
    [1.0, 0.396_337_777_376_174_9, 0.215_803_757_309_913_6],
    [1.0, -0.105_561_345_815_658_6, -0.063_854_172_825_813_3],
    [1.0, -0.089_484_177_529_811_9, -1.291_485_548_019_409_2],
];
/// The white of D50.
const D50: Vector = [0.3457 / 0.3585, 1.0, (1.0 - 0.3457 - 0.3585) / 0.3585];

/// Applies a curve to the magnitude and keeps the sign: the curves are defined beyond 0 and 1 so.
fn signed(value: f64, curve: impl Fn(f64) -> f64) -> f64 {
    curve(value.abs()).copysign(value)
}

fn srgb_to_linear(value: f64) -> f64 {
    signed(value, |value| if value <= 0.04045 { value / 12.92 } else { ((value + 0.055) / 1.055).powf(2.4) })
}

fn srgb_from_linear(value: f64) -> f64 {
    signed(
        value,
        |value| if value > 0.003_130_8 { 1.055 * value.powf(1.0 / 2.4) - 0.055 } else { 12.92 * value },
    )
}

fn prophoto_to_linear(value: f64) -> f64 {
    signed(value, |value| if value <= 16.0 / 512.0 { value / 16.0 } else { value.powf(1.8) })
}

fn prophoto_from_linear(value: f64) -> f64 {
    signed(value, |value| if value >= 1.0 / 512.0 { value.powf(1.0 / 1.8) } else { 16.0 * value })
}

const REC2020_ALPHA: f64 = 1.099_296_826_809_44;
const REC2020_BETA: f64 = 0.018_053_968_510_807;

fn rec2020_to_linear(value: f64) -> f64 {
    signed(value, |value| {
        if value < REC2020_BETA * 4.5 {
            value / 4.5
        } else {
            ((value + REC2020_ALPHA - 1.0) / REC2020_ALPHA).powf(1.0 / 0.45)
        }
    })
}

fn rec2020_from_linear(value: f64) -> f64 {
    signed(value, |value| {
        if value > REC2020_BETA {
            REC2020_ALPHA * value.powf(0.45) - (REC2020_ALPHA - 1.0)
        } else {
            4.5 * value
        }
    })
}

fn a98_to_linear(value: f64) -> f64 {
    signed(value, |value| value.powf(563.0 / 256.0))
}

fn a98_from_linear(value: f64) -> f64 {
    signed(value, |value| value.powf(256.0 / 563.0))
}

const LAB_EPSILON: f64 = 216.0 / 24389.0;
const LAB_KAPPA: f64 = 24389.0 / 27.0;

fn xyz_d50_to_lab(xyz: Vector) -> Vector {
    let f: Vector = std::array::from_fn(|index| {
        let value = xyz[index] / D50[index];
        if value > LAB_EPSILON { value.cbrt() } else { (LAB_KAPPA * value + 16.0) / 116.0 }
    });
    [116.0 * f[1] - 16.0, 500.0 * (f[0] - f[1]), 200.0 * (f[1] - f[2])]
}

fn lab_to_xyz_d50([lightness, a, b]: Vector) -> Vector {
    let f1 = (lightness + 16.0) / 116.0;
    let f0 = a / 500.0 + f1;
    let f2 = f1 - b / 200.0;
    let cubed = |f: f64| if f.powi(3) > LAB_EPSILON { f.powi(3) } else { (116.0 * f - 16.0) / LAB_KAPPA };
    let y = if lightness > LAB_KAPPA * LAB_EPSILON { f1.powi(3) } else { lightness / LAB_KAPPA };
    [cubed(f0) * D50[0], y * D50[1], cubed(f2) * D50[2]]
}

fn xyz_to_oklab(xyz: Vector) -> Vector {
    multiply(&LMS_TO_OKLAB, multiply(&XYZ_TO_LMS, xyz).map(f64::cbrt))
}

fn oklab_to_xyz(oklab: Vector) -> Vector {
    multiply(&LMS_TO_XYZ, multiply(&OKLAB_TO_LMS, oklab).map(|value| value.powi(3)))
}

fn rectangular_to_polar([lightness, a, b]: Vector) -> Vector {
    [lightness, a.hypot(b), b.atan2(a).to_degrees().rem_euclid(360.0)]
}

fn polar_to_rectangular([lightness, chroma, hue]: Vector) -> Vector {
    let hue = hue.to_radians();
    [lightness, chroma * hue.cos(), chroma * hue.sin()]
}

/// <https://drafts.csswg.org/css-color-4/#hsl-to-rgb>
pub(super) fn hsl_to_srgb([hue, saturation, lightness]: Vector) -> Vector {
    let hue = hue.rem_euclid(360.0);
    let component = |n: f64| {
        let k = (n + hue / 30.0) % 12.0;
        let a = saturation * lightness.min(1.0 - lightness);
        lightness - a * (k - 3.0).min(9.0 - k).clamp(-1.0, 1.0)
    };
    [component(0.0), component(8.0), component(4.0)]
}

/// <https://drafts.csswg.org/css-color-4/#rgb-to-hsl>
fn srgb_to_hsl([red, green, blue]: Vector) -> Vector {
    let most = red.max(green).max(blue);
    let least = red.min(green).min(blue);
    let lightness = (least + most) / 2.0;
    let chroma = most - least;
    let (mut hue, mut saturation) = (0.0, 0.0);
    if chroma != 0.0 {
        saturation = if lightness == 0.0 || lightness == 1.0 {
            0.0
        } else {
            (most - lightness) / lightness.min(1.0 - lightness)
        };
        hue = 60.0
            * if most == red {
                (green - blue) / chroma + if green < blue { 6.0 } else { 0.0 }
            } else if most == green {
                (blue - red) / chroma + 2.0
            } else {
                (red - green) / chroma + 4.0
            };
    }
    // Very saturated colours outside the gamut come out negative.
    if saturation < 0.0 {
        hue += 180.0;
        saturation = -saturation;
    }
    [hue.rem_euclid(360.0), saturation, lightness]
}

fn hwb_to_srgb([hue, whiteness, blackness]: Vector) -> Vector {
    if whiteness + blackness >= 1.0 {
        let gray = whiteness / (whiteness + blackness);
        return [gray; 3];
    }
    hsl_to_srgb([hue, 1.0, 0.5]).map(|component| component * (1.0 - whiteness - blackness) + whiteness)
}

fn srgb_to_hwb(rgb: Vector) -> Vector {
    let [hue, ..] = srgb_to_hsl(rgb);
    let white = rgb[0].min(rgb[1]).min(rgb[2]);
    let black = 1.0 - rgb[0].max(rgb[1]).max(rgb[2]);
    [hue, white, black]
}

fn to_xyz(space: ColorSpace, components: Vector) -> Vector {
    let linear_srgb = |rgb: Vector| multiply(&SRGB_TO_XYZ, rgb);
    match space {
        ColorSpace::LegacySrgb | ColorSpace::Srgb => linear_srgb(components.map(srgb_to_linear)),
        ColorSpace::Hsl => linear_srgb(hsl_to_srgb(components).map(srgb_to_linear)),
        ColorSpace::Hwb => linear_srgb(hwb_to_srgb(components).map(srgb_to_linear)),
        ColorSpace::SrgbLinear => linear_srgb(components),
        ColorSpace::DisplayP3 => multiply(&P3_TO_XYZ, components.map(srgb_to_linear)),
        ColorSpace::DisplayP3Linear => multiply(&P3_TO_XYZ, components),
        ColorSpace::A98Rgb => multiply(&A98_TO_XYZ, components.map(a98_to_linear)),
        ColorSpace::ProphotoRgb => {
            multiply(&D50_TO_D65, multiply(&PROPHOTO_TO_XYZ_D50, components.map(prophoto_to_linear)))
        }
        ColorSpace::Rec2020 => multiply(&REC2020_TO_XYZ, components.map(rec2020_to_linear)),
        ColorSpace::XyzD50 => multiply(&D50_TO_D65, components),
        ColorSpace::XyzD65 => components,
        ColorSpace::Lab => multiply(&D50_TO_D65, lab_to_xyz_d50(components)),
        ColorSpace::Lch => multiply(&D50_TO_D65, lab_to_xyz_d50(polar_to_rectangular(components))),
        ColorSpace::Oklab => oklab_to_xyz(components),
        ColorSpace::Oklch => oklab_to_xyz(polar_to_rectangular(components)),
    }
}

fn from_xyz(space: ColorSpace, xyz: Vector) -> Vector {
    let srgb = || multiply(&XYZ_TO_SRGB, xyz).map(srgb_from_linear);
    match space {
        ColorSpace::LegacySrgb | ColorSpace::Srgb => srgb(),
        ColorSpace::Hsl => srgb_to_hsl(srgb()),
        ColorSpace::Hwb => srgb_to_hwb(srgb()),
        ColorSpace::SrgbLinear => multiply(&XYZ_TO_SRGB, xyz),
        ColorSpace::DisplayP3 => multiply(&XYZ_TO_P3, xyz).map(srgb_from_linear),
        ColorSpace::DisplayP3Linear => multiply(&XYZ_TO_P3, xyz),
        ColorSpace::A98Rgb => multiply(&XYZ_TO_A98, xyz).map(a98_from_linear),
        ColorSpace::ProphotoRgb => {
            multiply(&XYZ_D50_TO_PROPHOTO, multiply(&D65_TO_D50, xyz)).map(prophoto_from_linear)
        }
        ColorSpace::Rec2020 => multiply(&XYZ_TO_REC2020, xyz).map(rec2020_from_linear),
        ColorSpace::XyzD50 => multiply(&D65_TO_D50, xyz),
        ColorSpace::XyzD65 => xyz,
        ColorSpace::Lab => xyz_d50_to_lab(multiply(&D65_TO_D50, xyz)),
        ColorSpace::Lch => rectangular_to_polar(xyz_d50_to_lab(multiply(&D65_TO_D50, xyz))),
        ColorSpace::Oklab => xyz_to_oklab(xyz),
        ColorSpace::Oklch => rectangular_to_polar(xyz_to_oklab(xyz)),
    }
}

/// Between the spaces that are sRGB in other coordinates, so that no rounding comes in.
fn within_srgb(from: ColorSpace, to: ColorSpace, components: Vector) -> Option<Vector> {
    let srgb = match from {
        ColorSpace::LegacySrgb | ColorSpace::Srgb => components,
        ColorSpace::Hsl => hsl_to_srgb(components),
        ColorSpace::Hwb => hwb_to_srgb(components),
        _ => return None,
    };
    Some(match to {
        ColorSpace::LegacySrgb | ColorSpace::Srgb => srgb,
        ColorSpace::Hsl => srgb_to_hsl(srgb),
        ColorSpace::Hwb => srgb_to_hwb(srgb),
        _ => return None,
    })
}

/// Chroma (or saturation) below which a converted hue means nothing.
/// <https://drafts.csswg.org/css-color-4/#powerless>
fn is_achromatic(space: ColorSpace, components: &Vector) -> bool {
    match space {
        ColorSpace::Hsl => components[1] <= 0.000_01,
        ColorSpace::Hwb => components[1] + components[2] >= 0.999_99,
        ColorSpace::Lch => components[1] <= 0.0015,
        ColorSpace::Oklch => components[1] <= 0.000_004,
        _ => false,
    }
}

impl AbsoluteColor {
    /// The same colour in another space. Missing components count as 0; a hue that the conversion leaves without meaning is
    /// missing.
    #[must_use]
    pub fn to_space(self, space: ColorSpace) -> AbsoluteColor {
        if self.space == space {
            return self;
        }
        let components = self.components.map(f64::from);
        let converted = within_srgb(self.space, space, components)
            .or_else(|| match (self.space, space) {
                (ColorSpace::Lab, ColorSpace::Lch) | (ColorSpace::Oklab, ColorSpace::Oklch) => {
                    Some(rectangular_to_polar(components))
                }
                (ColorSpace::Lch, ColorSpace::Lab) | (ColorSpace::Oklch, ColorSpace::Oklab) => {
                    Some(polar_to_rectangular(components))
                }
                _ => None,
            })
            .unwrap_or_else(|| from_xyz(space, to_xyz(self.space, components)));
        let mut missing = self.missing & Missing::ALPHA;
        let mut converted_f32 = converted.map(|component| crate::values::number::finite(component as f32));
        if let Some(hue) = space.hue_index()
            && is_achromatic(space, &converted)
        {
            missing |= Missing::component(hue);
            converted_f32[hue] = 0.0;
        }
        AbsoluteColor { space, components: converted_f32, alpha: self.alpha, missing }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const ALL: [ColorSpace; 16] = [
        ColorSpace::LegacySrgb,
        ColorSpace::Srgb,
        ColorSpace::Hsl,
        ColorSpace::Hwb,
        ColorSpace::SrgbLinear,
        ColorSpace::DisplayP3,
        ColorSpace::DisplayP3Linear,
        ColorSpace::A98Rgb,
        ColorSpace::ProphotoRgb,
        ColorSpace::Rec2020,
        ColorSpace::XyzD50,
        ColorSpace::XyzD65,
        ColorSpace::Lab,
        ColorSpace::Lch,
        ColorSpace::Oklab,
        ColorSpace::Oklch,
    ];

    #[test]
    fn every_space_gives_the_colour_back() {
        let original = AbsoluteColor::new(ColorSpace::Srgb, [0.2, 0.5, 0.8], 1.0);
        for space in ALL {
            let back = original.to_space(space).to_space(ColorSpace::Srgb);
            for (left, right) in back.components.iter().zip(original.components) {
                assert!((left - right).abs() < 1e-4, "{space:?}: {left} is not {right}");
            }
        }
    }

    #[test]
    fn known_colours_convert_as_the_specification_says() {
        // Examples of css-color-4: green is lab(46.2775% -47.5621 48.5837).
        let green = AbsoluteColor::from_u8(0, 128, 0, 1.0);
        let lab = green.to_space(ColorSpace::Lab).components;
        assert!((lab[0] - 46.2775).abs() < 0.01 && (lab[1] + 47.5621).abs() < 0.02, "{lab:?}");
        let oklch = AbsoluteColor::from_u8(0, 255, 0, 1.0).to_space(ColorSpace::Oklch).components;
        assert!((oklch[0] - 0.8664).abs() < 0.001 && (oklch[2] - 142.495).abs() < 0.01, "{oklch:?}");
    }

    #[test]
    fn grey_has_no_hue() {
        let grey = AbsoluteColor::from_u8(128, 128, 128, 1.0);
        assert!(grey.to_space(ColorSpace::Oklch).missing.contains(Missing::THIRD));
        assert!(grey.to_space(ColorSpace::Hsl).missing.contains(Missing::FIRST));
    }
}
