//! Glyphs and the lines that decorate them.

use std::sync::Arc;

use fanlight_base::Rgba;
use fanlight_base::geometry::CssPoint;
use fanlight_text::Font;

/// Glyphs of one font in one colour.
#[derive(Clone, Debug, PartialEq)]
pub struct TextItem {
    /// The font at its size.
    pub font: Font,
    /// The glyphs, in the order in which they are drawn.
    pub glyphs: Arc<[PositionedGlyph]>,
    /// What they are drawn with; glyphs with colours of their own take only its alpha.
    pub color: Rgba,
    /// The blur radius of a text shadow in CSS px: twice the standard deviation; 0 for text that is not a shadow.
    pub blur: f32,
    /// How each glyph is turned around its place.
    pub turn: GlyphTurn,
    /// The characters, for dumps.
    pub text: Arc<str>,
}

/// How glyphs are turned, as on vertical lines. <https://drafts.csswg.org/css-writing-modes-4/#intro-text-layout>
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum GlyphTurn {
    /// They stand upright.
    #[default]
    None,
    /// By a quarter to the right: the line runs downwards.
    Clockwise,
    /// By a quarter to the left: the line runs upwards.
    Anticlockwise,
}

/// A glyph at a place.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct PositionedGlyph {
    /// Its number in the font.
    pub id: u16,
    /// Where its origin is, on the baseline, in CSS px.
    pub position: CssPoint,
}

/// A line of `text-decoration`. <https://drafts.csswg.org/css-text-decor-4/#line-decoration>
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct DecorationLine {
    /// The upper left corner of the line, in CSS px.
    pub origin: CssPoint,
    /// How long it is, in CSS px.
    pub length: f32,
    /// How thick it is, in CSS px; of a double line, each of the two, with a gap of as much.
    pub thickness: f32,
    /// Whether it runs downwards, as beside vertical text.
    pub vertical: bool,
    /// How it is drawn.
    pub style: DecorationStyle,
    /// In what colour.
    pub color: Rgba,
    /// The blur radius of a text shadow in CSS px, 0 when it is not a shadow.
    pub blur: f32,
}

/// <https://drafts.csswg.org/css-text-decor-4/#text-decoration-style-property>
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum DecorationStyle {
    /// `solid`
    #[default]
    Solid,
    /// `double`
    Double,
    /// `dotted`
    Dotted,
    /// `dashed`
    Dashed,
    /// `wavy`
    Wavy,
}

impl DecorationStyle {
    /// The keyword of CSS.
    pub const fn name(self) -> &'static str {
        match self {
            DecorationStyle::Solid => "solid",
            DecorationStyle::Double => "double",
            DecorationStyle::Dotted => "dotted",
            DecorationStyle::Dashed => "dashed",
            DecorationStyle::Wavy => "wavy",
        }
    }
}
