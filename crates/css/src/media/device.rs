//! The output that a page is made for, as far as style sheets can ask.

use fanlight_base::geometry::CssSize;

keywords! {
    /// A kind of output.
    /// <https://drafts.csswg.org/mediaqueries-5/#media-types>
    pub enum DeviceKind { Screen = "screen", Print = "print" }
}
keywords! {
    /// The colour scheme that the user prefers.
    pub enum ColorScheme { Light = "light", Dark = "dark" }
}
keywords! {
    /// How precisely the user can point.
    pub enum PointerAccuracy { None = "none", Coarse = "coarse", Fine = "fine" }
}
keywords! {
    /// The contrast that the user prefers.
    pub enum Contrast { NoPreference = "no-preference", More = "more", Less = "less", Custom = "custom" }
}
keywords! {
    /// Whether scripts run.
    pub enum Scripting { None = "none", InitialOnly = "initial-only", Enabled = "enabled" }
}
keywords! {
    /// The colours that the output can show.
    pub enum ColorGamut { Srgb = "srgb", P3 = "p3", Rec2020 = "rec2020" }
}

/// The output, and what its user prefers.
#[derive(Clone, Debug, PartialEq)]
pub struct Device {
    /// The size of the viewport in CSS px.
    pub viewport: CssSize,
    /// The size of the whole output in CSS px: what `device-width` asks for.
    pub screen: CssSize,
    /// Device px for each CSS px.
    pub scale: f32,
    /// Screen or paper.
    pub kind: DeviceKind,
    /// `prefers-color-scheme`
    pub color_scheme: ColorScheme,
    /// `prefers-reduced-motion`
    pub reduced_motion: bool,
    /// `prefers-reduced-transparency`
    pub reduced_transparency: bool,
    /// `prefers-reduced-data`
    pub reduced_data: bool,
    /// `prefers-contrast`
    pub contrast: Contrast,
    /// `forced-colors`
    pub forced_colors: bool,
    /// `inverted-colors`
    pub inverted_colors: bool,
    /// Whether the user can hover with ease.
    pub hover: bool,
    /// What the user mostly points with.
    pub pointer: PointerAccuracy,
    /// Whether scripts run.
    pub scripting: Scripting,
    /// The colours that can be shown.
    pub color_gamut: ColorGamut,
    /// Bits for each colour component.
    pub color_bits: u8,
}

impl Device {
    /// A screen on a desk, with a mouse, whose user has no preferences. The viewport is in CSS px; the scale is device px
    /// for each CSS px.
    pub fn new(viewport: CssSize, scale: f32) -> Self {
        Device {
            viewport,
            screen: viewport,
            scale,
            kind: DeviceKind::Screen,
            color_scheme: ColorScheme::Light,
            reduced_motion: false,
            reduced_transparency: false,
            reduced_data: false,
            contrast: Contrast::NoPreference,
            forced_colors: false,
            inverted_colors: false,
            hover: true,
            pointer: PointerAccuracy::Fine,
            scripting: Scripting::Enabled,
            color_gamut: ColorGamut::Srgb,
            color_bits: 8,
        }
    }

    /// Whether `prefers-color-scheme` is dark.
    pub fn prefers_dark(&self) -> bool {
        self.color_scheme == ColorScheme::Dark
    }
}
