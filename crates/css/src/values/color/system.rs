//! Colours of the system, as Chromium has them on Linux.
//! <https://drafts.csswg.org/css-color-4/#css-system-colors>

use super::AbsoluteColor;

keywords! {
    /// A system colour.
    pub enum SystemColor {
        AccentColor = "accentcolor", AccentColorText = "accentcolortext",
        ActiveText = "activetext" | "-webkit-activelink",
        ButtonBorder = "buttonborder" | "activeborder" | "inactiveborder" | "threeddarkshadow" | "threedhighlight"
            | "threedlightshadow" | "threedshadow" | "windowframe",
        ButtonFace = "buttonface" | "buttonhighlight" | "buttonshadow" | "threedface",
        ButtonText = "buttontext",
        Canvas = "canvas" | "appworkspace" | "background" | "inactivecaption" | "infobackground" | "menu" | "scrollbar"
            | "window" | "activecaption",
        CanvasText = "canvastext" | "captiontext" | "infotext" | "menutext" | "windowtext" | "-webkit-text",
        Field = "field", FieldText = "fieldtext",
        FocusRing = "-webkit-focus-ring-color",
        GrayText = "graytext" | "inactivecaptiontext",
        Highlight = "highlight", HighlightText = "highlighttext",
        LinkText = "linktext" | "-webkit-link",
        Mark = "mark", MarkText = "marktext",
        SelectedItem = "selecteditem", SelectedItemText = "selecteditemtext",
        VisitedText = "visitedtext",
    }
}

impl SystemColor {
    /// The colour in a light or a dark scheme.
    pub fn color(self, dark: bool) -> AbsoluteColor {
        let (light, dark_scheme) = match self {
            SystemColor::AccentColor => (0x0075_ffff, 0x99c8_ffff),
            SystemColor::AccentColorText => (0xffff_ffff, 0x0000_00ff),
            SystemColor::ActiveText => (0xff00_00ff, 0xff9e_9eff),
            SystemColor::ButtonBorder => (0x0000_00ff, 0x8585_85ff),
            SystemColor::ButtonFace => (0xefef_efff, 0x6b6b_6bff),
            SystemColor::Canvas => (0xffff_ffff, 0x1212_12ff),
            SystemColor::Field => (0xffff_ffff, 0x3b3b_3bff),
            SystemColor::FocusRing => (0x1010_10ff, 0xffff_ffff),
            SystemColor::ButtonText | SystemColor::CanvasText | SystemColor::FieldText => {
                (0x0000_00ff, 0xffff_ffff)
            }
            SystemColor::GrayText => (0x8080_80ff, 0x8080_80ff),
            SystemColor::Highlight | SystemColor::SelectedItem => (0x1a73_e8cc, 0x1a73_e8cc),
            SystemColor::HighlightText | SystemColor::SelectedItemText => (0x0000_00ff, 0xffff_ffff),
            SystemColor::LinkText => (0x0000_eeff, 0x9e9e_ffff),
            SystemColor::Mark => (0xffff_00ff, 0xffff_00ff),
            SystemColor::MarkText => (0x0000_00ff, 0x0000_00ff),
            SystemColor::VisitedText => (0x551a_8bff, 0xd0ad_f0ff),
        };
        let [red, green, blue, alpha] = u32::to_be_bytes(if dark { dark_scheme } else { light });
        AbsoluteColor::from_u8(red, green, blue, f32::from(alpha) / 255.0)
    }
}
