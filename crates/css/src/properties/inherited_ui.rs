//! Visibility, the pointer and other user interface that inherits.
//! <https://drafts.csswg.org/css-ui-4/>

use crate::values::AutoOr;
use crate::values::color::{Color, SpecifiedColor};
use crate::values::combinators::Boxed;
use crate::values::cursor::{ColorScheme, Cursor, ImageOrientation, ScrollbarColor};
use crate::values::number::PositiveInteger;

pub use crate::values::cursor::CursorKeyword;

keywords! {
    /// <https://drafts.csswg.org/css-display-4/#visibility>
    pub enum Visibility { Visible = "visible", Hidden = "hidden", Collapse = "collapse" }
}

keywords! {
    /// <https://svgwg.org/svg2-draft/interact.html#PointerEventsProperty>
    pub enum PointerEvents {
        Auto = "auto", None = "none", VisiblePainted = "visiblepainted", VisibleFill = "visiblefill",
        VisibleStroke = "visiblestroke", Visible = "visible", Painted = "painted", Fill = "fill", Stroke = "stroke",
        BoundingBox = "bounding-box", All = "all",
    }
}

keywords! {
    /// <https://drafts.csswg.org/css-images-3/#the-image-rendering>
    pub enum ImageRendering {
        Auto = "auto", Smooth = "smooth", HighQuality = "high-quality", Pixelated = "pixelated",
        CrispEdges = "crisp-edges" | "-webkit-optimize-contrast", OptimizeSpeed = "optimizespeed",
        OptimizeQuality = "optimizequality",
    }
}

keywords! {
    /// <https://drafts.csswg.org/css-color-adjust-1/#print-color-adjust>
    pub enum PrintColorAdjust { Economy = "economy", Exact = "exact" }
}

keywords! {
    /// <https://drafts.csswg.org/css-color-adjust-1/#forced-color-adjust-prop>
    pub enum ForcedColorAdjust { Auto = "auto", None = "none", PreserveParentColor = "preserve-parent-color" }
}

longhands! {
    /// User interface that inherits.
    group InheritedUi: inherited {
        /// <https://drafts.csswg.org/css-display-4/#propdef-visibility>
        "visibility" visibility / Visibility: Visibility = Visibility::Visible, Layout;
        /// <https://drafts.csswg.org/css-ui-4/#propdef-cursor>
        "cursor" cursor / Cursor: Cursor = Cursor::AUTO, Nothing;
        /// <https://svgwg.org/svg2-draft/interact.html#PointerEventsProperty>
        "pointer-events" pointer_events / PointerEvents: PointerEvents = PointerEvents::Auto, Paint;
        /// <https://drafts.csswg.org/css-ui-4/#propdef-caret-color>
        "caret-color" caret_color / CaretColor: AutoOr<SpecifiedColor> = AutoOr::Auto, Paint;
        /// <https://drafts.csswg.org/css-ui-4/#propdef-accent-color>
        "accent-color" accent_color / AccentColor: AutoOr<SpecifiedColor> = AutoOr::<Color>::Auto, Paint;
        /// <https://drafts.csswg.org/css-color-adjust-1/#propdef-color-scheme>
        "color-scheme" color_scheme / ColorScheme: ColorScheme = ColorScheme::normal(), Paint;
        /// <https://drafts.csswg.org/css-color-adjust-1/#propdef-print-color-adjust>
        "print-color-adjust" print_color_adjust / PrintColorAdjust: PrintColorAdjust = PrintColorAdjust::Economy, Nothing;
        /// <https://drafts.csswg.org/css-color-adjust-1/#propdef-forced-color-adjust>
        "forced-color-adjust" forced_color_adjust / ForcedColorAdjust: ForcedColorAdjust = ForcedColorAdjust::Auto, Nothing;
        /// <https://drafts.csswg.org/css-scrollbars-1/#propdef-scrollbar-color>
        "scrollbar-color" scrollbar_color / ScrollbarColor: Boxed<AutoOr<ScrollbarColor<SpecifiedColor>>> = AutoOr::Auto, Paint;
        /// <https://drafts.csswg.org/css-images-3/#propdef-image-rendering>
        "image-rendering" image_rendering / ImageRendering: ImageRendering = ImageRendering::Auto, Paint;
        /// <https://drafts.csswg.org/css-images-3/#propdef-image-orientation>
        "image-orientation" image_orientation / ImageOrientation: ImageOrientation = ImageOrientation::FromImage, Layout;
        /// The colour of a link while it is touched, in WebKit and Chromium.
        "-webkit-tap-highlight-color" tap_highlight_color / TapHighlightColor: SpecifiedColor = Color::from_u8(0, 0, 0, 46), Nothing;
        /// <https://drafts.csswg.org/css-break-4/#propdef-orphans>
        "orphans" orphans / Orphans: PositiveInteger = 2, Layout;
        /// <https://drafts.csswg.org/css-break-4/#propdef-widows>
        "widows" widows / Widows: PositiveInteger = 2, Layout;
    }
}
