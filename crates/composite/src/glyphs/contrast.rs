//! Coverage of text, corrected for what the eye makes of it.
//!
//! Blending in sRGB makes dark text on light ground too heavy in its edges and light text too thin, and thin stems fade. Skia
//! therefore bends the coverage of glyphs by the luminance of the text's colour: it assumes the ground to be the opposite,
//! raises the contrast, and looks for the coverage that gives the blend it wants.

use fanlight_base::Rgba;

/// How far contrast is raised for black text; measured in Chromium, as [`GAMMA`] is.
const CONTRAST: f32 = 0.2;

/// Coverage to corrected coverage, for the colours of one step of luminance.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ContrastTable([u8; 256]);

impl ContrastTable {
    /// For text of a colour.
    pub fn for_color(color: Rgba) -> &'static ContrastTable {
        static TABLES: std::sync::OnceLock<[ContrastTable; 8]> = std::sync::OnceLock::new();
        let tables = TABLES.get_or_init(|| std::array::from_fn(|step| ContrastTable::new(step as u8)));
        &tables[usize::from(luminance_step(color))]
    }

    /// The corrected coverage of each coverage.
    pub fn table(&self) -> &[u8; 256] {
        &self.0
    }

    /// For the step 0 (black) to 7 (white) of luminance.
    fn new(step: u8) -> Self {
        // Three bits, repeated to fill eight.
        let luminance = f32::from((step << 5) | (step << 2) | (step >> 1)) / 255.0;
        let ground = 1.0 - luminance;
        let (linear_text, linear_ground) = (to_linear(luminance), to_linear(ground));
        let contrast = CONTRAST * linear_ground;
        ContrastTable(std::array::from_fn(|coverage| {
            let raw = coverage as f32 / 255.0;
            let raised = raw + (1.0 - raw) * contrast * raw;
            let corrected = if (ground - luminance).abs() < 1.0 / 256.0 {
                raised
            } else {
                let wanted = from_linear(linear_text * raised + linear_ground * (1.0 - raised));
                (wanted - ground) / (luminance - ground)
            };
            (corrected * 255.0 + 0.5) as u8
        }))
    }
}

fn luminance_step(color: Rgba) -> u8 {
    let [red, green, blue, _] = color.to_u8().map(|component| to_linear(f32::from(component) / 255.0));
    let linear = 0.2126 * red + 0.7152 * green + 0.0722 * blue;
    let luminance = (from_linear(linear) * 255.0).round() as u32;
    (luminance >> 5) as u8
}

/// The exponent that stands for the screen.
const GAMMA: f32 = 1.2;

fn to_linear(luma: f32) -> f32 {
    luma.powf(GAMMA)
}

fn from_linear(linear: f32) -> f32 {
    linear.max(0.0).powf(1.0 / GAMMA)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_and_everything_stay_as_they_are() {
        for color in
            [Rgba::BLACK, Rgba::WHITE, Rgba::from_u8(128, 128, 128, 255), Rgba::from_u8(0, 0, 255, 255)]
        {
            let table = ContrastTable::for_color(color).table();
            assert_eq!((table[0], table[255]), (0, 255));
            assert!(table.is_sorted());
        }
    }
}
