//! The colour that painting works with.

/// A colour in the sRGB space, not premultiplied; each component from 0 to 1.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Rgba {
    /// Red, 0 to 1.
    pub red: f32,
    /// Green, 0 to 1.
    pub green: f32,
    /// Blue, 0 to 1.
    pub blue: f32,
    /// Opacity, 0 (transparent) to 1 (opaque).
    pub alpha: f32,
}

impl Rgba {
    /// `transparent`.
    pub const TRANSPARENT: Rgba = Rgba { red: 0.0, green: 0.0, blue: 0.0, alpha: 0.0 };
    /// `black`.
    pub const BLACK: Rgba = Rgba { red: 0.0, green: 0.0, blue: 0.0, alpha: 1.0 };
    /// `white`.
    pub const WHITE: Rgba = Rgba { red: 1.0, green: 1.0, blue: 1.0, alpha: 1.0 };

    /// From components of 8 bits.
    pub fn from_u8(red: u8, green: u8, blue: u8, alpha: u8) -> Self {
        let unit = |component: u8| f32::from(component) / 255.0;
        Rgba { red: unit(red), green: unit(green), blue: unit(blue), alpha: unit(alpha) }
    }

    /// As components of 8 bits, rounded to nearest, not premultiplied.
    pub fn to_u8(self) -> [u8; 4] {
        // `as` saturates, and turns NaN into 0.
        [self.red, self.green, self.blue, self.alpha].map(|component| (component * 255.0).round() as u8)
    }

    /// The same colour with its alpha multiplied.
    pub fn with_opacity(self, opacity: f32) -> Self {
        Rgba { alpha: self.alpha * opacity, ..self }
    }

    /// Whether nothing shows through.
    pub fn is_opaque(self) -> bool {
        self.alpha >= 1.0
    }

    /// Whether nothing is seen of it.
    pub fn is_transparent(self) -> bool {
        self.alpha <= 0.0
    }
}

impl std::fmt::Display for Rgba {
    /// `#rrggbb`, or `#rrggbbaa` when not opaque.
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let [red, green, blue, alpha] = self.to_u8();
        write!(formatter, "#{red:02x}{green:02x}{blue:02x}")?;
        if alpha == 255 { Ok(()) } else { write!(formatter, "{alpha:02x}") }
    }
}

#[cfg(test)]
mod tests {
    use super::Rgba;

    #[test]
    fn bytes_survive_the_round_trip() {
        for byte in 0..=255u8 {
            assert_eq!(Rgba::from_u8(byte, 0, byte, byte).to_u8(), [byte, 0, byte, byte]);
        }
    }

    #[test]
    fn out_of_range_components_saturate() {
        assert_eq!(Rgba { red: 2.0, green: -1.0, blue: f32::NAN, alpha: 1.0 }.to_u8(), [255, 0, 0, 255]);
    }

    #[test]
    fn alpha_is_written_only_when_it_matters() {
        assert_eq!(Rgba::BLACK.to_string(), "#000000");
        assert_eq!(Rgba::from_u8(1, 2, 3, 4).to_string(), "#01020304");
    }
}
