//! Fonts, fallback, shaping, bidi, line-break opportunities, glyph outlines.
