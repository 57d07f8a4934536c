//! Markers of list items that are shapes: a disc, a circle, a square. Chromium draws them as such, whatever the font has.
//! <https://drafts.csswg.org/css-counter-styles-3/#simple-symbolic>

use fanlight_css::ComputedStyle;
use fanlight_css::properties::list::ListStylePosition;
use fanlight_css::values::generated::{Content, CounterStyle};

/// The shape of a marker.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum MarkerSymbol {
    /// A filled circle.
    Disc,
    /// The line of a circle.
    Circle,
    /// A filled square.
    Square,
}

/// The shape that a marker of this style has in place of the text; nothing where the text shows.
pub fn marker_symbol(computed: &ComputedStyle, text: &str) -> Option<MarkerSymbol> {
    let CounterStyle::Name(name) = &computed.list.list_style_type else { return None };
    let (symbol, character) = match &**name {
        "disc" => (MarkerSymbol::Disc, '\u{2022}'),
        "circle" => (MarkerSymbol::Circle, '\u{25e6}'),
        "square" => (MarkerSymbol::Square, '\u{25aa}'),
        _ => return None,
    };
    // The page's own `content` is no shape.
    (computed.content.content == Content::Normal && text.starts_with(character)).then_some(symbol)
}

/// How wide and high the shape is, in CSS px, where the font's ascent is this large.
pub fn marker_symbol_size(ascent: f32) -> f32 {
    let two_thirds = (ascent.round() * 2.0 / 3.0).floor();
    ((two_thirds + 1.0) / 2.0).floor()
}

/// How much of the line a marker inside its item takes that is a shape, in CSS px: the shape, a px on either side of it, and
/// as much room after it as the font is large, but one px less before. Outside it takes what its text takes.
pub(crate) fn marker_symbol_advance(computed: &ComputedStyle, text: &str, ascent: f32) -> Option<f32> {
    let is_inside = computed.list.list_style_position == ListStylePosition::Inside;
    (is_inside && marker_symbol(computed, text).is_some())
        .then(|| marker_symbol_size(ascent) + 1.0 + super::font_size(computed))
}
