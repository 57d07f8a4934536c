//! Text properties that do not inherit.
//! <https://drafts.csswg.org/css-text-decor-4/> <https://drafts.csswg.org/css-writing-modes-4/>

use crate::values::color::{Color, SpecifiedColor};
use crate::values::combinators::Boxed;
use crate::values::number::PositiveInteger;
use crate::values::text::{
    InitialLetter, SpecifiedTextDecorationThickness, TextDecorationLine, TextDecorationThickness,
    TextOverflow,
};
use crate::values::{NoneOr, NormalOr};

keywords! {
    /// <https://drafts.csswg.org/css-text-decor-4/#text-decoration-style-property>
    pub enum TextDecorationStyle {
        Solid = "solid", Double = "double", Dotted = "dotted", Dashed = "dashed", Wavy = "wavy",
    }
}

keywords! {
    /// <https://drafts.csswg.org/css-writing-modes-4/#unicode-bidi>
    pub enum UnicodeBidi {
        Normal = "normal", Embed = "embed", Isolate = "isolate" | "-webkit-isolate", BidiOverride = "bidi-override",
        IsolateOverride = "isolate-override", Plaintext = "plaintext" | "-webkit-plaintext",
    }
}

longhands! {
    /// Text that does not inherit.
    group Text: reset {
        /// <https://drafts.csswg.org/css-text-decor-4/#propdef-text-decoration-line>
        "text-decoration-line" text_decoration_line / TextDecorationLine: TextDecorationLine = TextDecorationLine::empty(), Text;
        /// <https://drafts.csswg.org/css-text-decor-4/#propdef-text-decoration-style>
        "text-decoration-style" text_decoration_style / TextDecorationStyle: TextDecorationStyle = TextDecorationStyle::Solid, Paint;
        /// <https://drafts.csswg.org/css-text-decor-4/#propdef-text-decoration-color>
        "text-decoration-color" text_decoration_color / TextDecorationColor: SpecifiedColor = Color::CurrentColor, Paint;
        /// <https://drafts.csswg.org/css-text-decor-4/#propdef-text-decoration-thickness>
        "text-decoration-thickness" text_decoration_thickness / TextDecorationThickness:
            SpecifiedTextDecorationThickness = TextDecorationThickness::Auto, Paint;
        /// <https://drafts.csswg.org/css-overflow-4/#propdef-text-overflow>
        "text-overflow" text_overflow / TextOverflow: Boxed<TextOverflow> = TextOverflow::CLIP, Layout;
        /// <https://drafts.csswg.org/css-writing-modes-4/#propdef-unicode-bidi>
        "unicode-bidi" unicode_bidi / UnicodeBidi: UnicodeBidi = UnicodeBidi::Normal, Boxes;
        /// <https://drafts.csswg.org/css-inline-3/#propdef-initial-letter>
        "initial-letter" initial_letter / InitialLetter: NormalOr<InitialLetter> = NormalOr::Normal, Layout;
        /// <https://drafts.csswg.org/css-overflow-4/#propdef-line-clamp>
        "-webkit-line-clamp" line_clamp / LineClamp: NoneOr<PositiveInteger> = NoneOr::None, Layout;
    }
}
