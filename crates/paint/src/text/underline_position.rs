//! `text-underline-position`: which side of the text an underline is on, and what it keeps clear of.

use fanlight_css::properties::ComputedStyle;
use fanlight_css::properties::inherited_text::{TextOrientation, WritingMode};
use fanlight_css::values::AutoOr;
use fanlight_css::values::text::TextUnderlinePosition;

/// Where an underline is. <https://drafts.csswg.org/css-text-decor-4/#text-underline-position-property>
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum UnderlinePosition {
    /// Close to the alphabetic baseline.
    NearBaseline,
    /// Where the font wants it.
    FromFont,
    /// Below the em box.
    Under,
    /// Above the em box. An overline is under it then.
    Over,
}

impl UnderlinePosition {
    /// The position along text of one style that another decorates.
    pub(super) fn of(text: &ComputedStyle, decorating: &ComputedStyle) -> Self {
        let position = decorating.inherited_text.text_underline_position;
        if !has_central_baseline(text) {
            return if position.contains(TextUnderlinePosition::UNDER) {
                UnderlinePosition::Under
            } else if position.contains(TextUnderlinePosition::FROM_FONT) {
                UnderlinePosition::FromFont
            } else {
                UnderlinePosition::NearBaseline
            };
        }
        let is_right = if is_underlined_on_the_right(text) {
            !position.contains(TextUnderlinePosition::LEFT)
        } else {
            position.contains(TextUnderlinePosition::RIGHT)
        };
        if is_right { UnderlinePosition::Over } else { UnderlinePosition::Under }
    }
}

/// Whether lines of text are aligned by their middle.
/// <https://drafts.csswg.org/css-writing-modes-4/#text-baselines>
pub(super) fn has_central_baseline(style: &ComputedStyle) -> bool {
    let text = &style.inherited_text;
    matches!(text.writing_mode, WritingMode::VerticalRl | WritingMode::VerticalLr)
        && text.text_orientation != TextOrientation::Sideways
}

/// Whether the content language has underlines of vertical text on its right side: Japanese and Korean.
fn is_underlined_on_the_right(style: &ComputedStyle) -> bool {
    let AutoOr::Value(language) = &style.font.locale else { return false };
    let primary = language.0.split(['-', '_']).next().unwrap_or_default();
    primary.eq_ignore_ascii_case("ja") || primary.eq_ignore_ascii_case("ko")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn position(mode: WritingMode, language: &str, position: TextUnderlinePosition) -> UnderlinePosition {
        let mut style = ComputedStyle::undeclared().clone();
        let mut text = (*style.inherited_text).clone();
        text.writing_mode = mode;
        text.text_underline_position = position;
        style.inherited_text = text.into();
        let mut font = (*style.font).clone();
        font.locale = AutoOr::Value(fanlight_css::values::identifier::CssString(language.into()));
        style.font = font.into();
        UnderlinePosition::of(&style, &style)
    }

    #[test]
    fn sides_matter_where_lines_are_vertical() {
        use TextUnderlinePosition as P;
        let auto = P::empty();
        let vertical = WritingMode::VerticalRl;
        assert_eq!(position(vertical, "en", auto), UnderlinePosition::Under);
        assert_eq!(position(vertical, "en", P::RIGHT), UnderlinePosition::Over);
        assert_eq!(position(vertical, "ja-JP", auto), UnderlinePosition::Over);
        assert_eq!(position(vertical, "ko", P::UNDER | P::LEFT), UnderlinePosition::Under);
        assert_eq!(position(WritingMode::HorizontalTb, "ja", P::RIGHT), UnderlinePosition::NearBaseline);
        assert_eq!(position(WritingMode::SidewaysRl, "en", P::LEFT), UnderlinePosition::NearBaseline);
        assert_eq!(position(WritingMode::HorizontalTb, "en", P::UNDER), UnderlinePosition::Under);
    }
}
