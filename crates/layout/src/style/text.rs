//! Text: white space, alignment, breaking, spacing, decorations.

use std::sync::Arc;

use fanlight_base::LayoutUnit;
use fanlight_css::ComputedStyle;
use fanlight_css::properties::inherited_text::{
    Hyphens, LineBreak, OverflowWrap, TextAlign as CssTextAlign, TextAlignLast, TextAutospace,
    TextCombineUpright, TextJustify, TextOrientation, TextSpacingTrim, TextWrapMode, TextWrapStyle,
    WhiteSpaceCollapse, WordBreak as CssWordBreak,
};
use fanlight_css::properties::text::UnicodeBidi;
use fanlight_css::values::display::{Display, DisplayInside, DisplayOutside};
use fanlight_css::values::font::LineHeight;
use fanlight_css::values::length::NumberOr;
use fanlight_css::values::text::{
    TextEmphasisPosition, TextEmphasisStyle, TextIndent, TextOverflowSide, VerticalAlign as CssVerticalAlign,
    VerticalAlignKeyword,
};
use fanlight_css::values::{AutoOr, NoneOr};
use fanlight_text::{
    FontStack, Hyphenation, HyphenationLimits, LineBreakOptions, LineBreakStrictness, Orientation, WordBreak,
};

use crate::box_tree::{AnonymousKind, BoxId, BoxSource, BoxTree};
use crate::flow::{BlockFlow, WritingMode};
use crate::fragment::Opportunities;
use crate::inline::truncate::ELLIPSIS;

/// What happens to white space. <https://drafts.csswg.org/css-text-4/#white-space-collapsing>
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct WhiteSpace {
    /// Spaces and tabs do not collapse.
    pub preserves_spaces: bool,
    /// Line feeds break lines.
    pub preserves_breaks: bool,
    /// Spaces at the end of a line take room, as with `pre` and `break-spaces`.
    pub blanks_take_room: bool,
}

pub(crate) fn white_space(computed: &ComputedStyle) -> WhiteSpace {
    let collapse = computed.inherited_text.white_space_collapse;
    let preserves_spaces = matches!(
        collapse,
        WhiteSpaceCollapse::Preserve | WhiteSpaceCollapse::PreserveSpaces | WhiteSpaceCollapse::BreakSpaces
    );
    WhiteSpace {
        preserves_spaces,
        preserves_breaks: !matches!(
            collapse,
            WhiteSpaceCollapse::Collapse | WhiteSpaceCollapse::PreserveSpaces
        ),
        blanks_take_room: collapse == WhiteSpaceCollapse::BreakSpaces || preserves_spaces && !wraps(computed),
    }
}

/// Whether lines may break at soft wrap opportunities.
pub(crate) fn wraps(computed: &ComputedStyle) -> bool {
    computed.inherited_text.text_wrap_mode == TextWrapMode::Wrap
}

pub(crate) fn line_break_options(computed: &ComputedStyle) -> LineBreakOptions {
    let text = &computed.inherited_text;
    LineBreakOptions {
        word_break: match text.word_break {
            CssWordBreak::BreakAll => WordBreak::BreakAll,
            CssWordBreak::KeepAll => WordBreak::KeepAll,
            CssWordBreak::Normal | CssWordBreak::BreakWord | CssWordBreak::AutoPhrase => WordBreak::Normal,
        },
        strictness: match text.line_break {
            LineBreak::Auto | LineBreak::AfterWhiteSpace => LineBreakStrictness::Auto,
            LineBreak::Loose => LineBreakStrictness::Loose,
            LineBreak::Normal => LineBreakStrictness::Normal,
            LineBreak::Strict => LineBreakStrictness::Strict,
            LineBreak::Anywhere => LineBreakStrictness::Anywhere,
        },
        after_every_blank: text.white_space_collapse == WhiteSpaceCollapse::BreakSpaces,
        ignores_soft_hyphens: text.hyphens == Hyphens::None,
        hyphenation: hyphenation(computed),
        ..LineBreakOptions::default()
    }
    .with_language(language(computed))
}

/// How words are hyphenated where that is automatic. Limits that are not given are as in Chromium.
/// <https://drafts.csswg.org/css-text-4/#hyphenate-char-limits>
fn hyphenation(computed: &ComputedStyle) -> Option<Hyphenation> {
    if computed.inherited_text.hyphens != Hyphens::Auto {
        return None;
    }
    let initial = HyphenationLimits::default();
    let limits = computed.inherited_text.hyphenate_limit_chars;
    let limits = HyphenationLimits {
        word: limits.word.unwrap_or(initial.word),
        before: limits.before.unwrap_or(initial.before),
        after: limits.after.unwrap_or(initial.after),
    };
    Hyphenation::new(language(computed)?, limits)
}

/// The language of the content as a BCP 47 tag, where it is known.
pub(crate) fn language(computed: &ComputedStyle) -> Option<&str> {
    super::font::language(&computed.font).map(|language| &**language)
}

/// What is shown where a line ends within a word. <https://drafts.csswg.org/css-text-4/#hyphenate-character>
pub(crate) fn hyphen(computed: &ComputedStyle, stack: &FontStack) -> Arc<str> {
    const HYPHEN: char = '\u{2010}';
    match &computed.inherited_text.hyphenate_character {
        AutoOr::Value(characters) => characters.0.clone(),
        AutoOr::Auto if stack.primary().glyph(HYPHEN).is_some() => HYPHEN.to_string().into(),
        AutoOr::Auto => "-".into(),
    }
}

/// Whether a word that fits on no line may be broken anywhere.
pub(crate) fn breaks_words(computed: &ComputedStyle) -> bool {
    computed.inherited_text.overflow_wrap != OverflowWrap::Normal
        || computed.inherited_text.word_break == CssWordBreak::BreakWord
}

/// Whether such breaks count for the min-content size.
pub(crate) fn breaks_anywhere_for_min_content(computed: &ComputedStyle) -> bool {
    computed.inherited_text.overflow_wrap == OverflowWrap::Anywhere
        || computed.inherited_text.word_break == CssWordBreak::BreakWord
}

/// Where the content of a line goes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum TextAlign {
    Start,
    End,
    Left,
    Right,
    Center,
    Justify,
}

/// The alignment of a line; the last one, or one before a forced break, is not justified unless `text-align-last` says so.
pub(crate) fn used_text_align(computed: &ComputedStyle, is_last: bool) -> TextAlign {
    let all = match computed.inherited_text.text_align {
        CssTextAlign::Start | CssTextAlign::MatchParent => TextAlign::Start,
        CssTextAlign::End => TextAlign::End,
        CssTextAlign::Left | CssTextAlign::WebkitLeft => TextAlign::Left,
        CssTextAlign::Right | CssTextAlign::WebkitRight => TextAlign::Right,
        CssTextAlign::Center | CssTextAlign::WebkitCenter | CssTextAlign::InternalCenter => TextAlign::Center,
        CssTextAlign::Justify => TextAlign::Justify,
    };
    if !is_last {
        return all;
    }
    match computed.inherited_text.text_align_last {
        TextAlignLast::Auto if all == TextAlign::Justify => TextAlign::Start,
        TextAlignLast::Auto | TextAlignLast::MatchParent => all,
        TextAlignLast::Start => TextAlign::Start,
        TextAlignLast::End => TextAlign::End,
        TextAlignLast::Left => TextAlign::Left,
        TextAlignLast::Right => TextAlign::Right,
        TextAlignLast::Center => TextAlign::Center,
        TextAlignLast::Justify => TextAlign::Justify,
    }
}

/// Where justified lines of a block container are widened; nothing where they are not.
/// <https://drafts.csswg.org/css-text-4/#text-justify-property>
pub(crate) fn justification(computed: &ComputedStyle) -> Option<Opportunities> {
    match computed.inherited_text.text_justify {
        TextJustify::None => None,
        TextJustify::Auto => Some(Opportunities::Automatic),
        TextJustify::InterWord => Some(Opportunities::BetweenWords),
        TextJustify::InterCharacter => Some(Opportunities::BetweenCharacters),
    }
}

pub(crate) fn text_indent(computed: &ComputedStyle) -> &TextIndent {
    &computed.inherited_text.text_indent
}

/// The distance of tab stops in CSS px, for spaces that are `space` wide with their spacing.
pub(crate) fn tab_size(computed: &ComputedStyle, space: f32) -> f32 {
    match &computed.inherited_text.tab_size {
        NumberOr::Number(count) => count * space,
        NumberOr::Value(length) => length.px(),
    }
}

pub(crate) fn letter_spacing(computed: &ComputedStyle) -> f32 {
    computed.inherited_text.letter_spacing.px(font_size(computed))
}

pub(crate) fn word_spacing(computed: &ComputedStyle) -> f32 {
    computed.inherited_text.word_spacing.px(font_size(computed))
}

/// Whether there is room between ideographs and letters of other scripts.
/// <https://drafts.csswg.org/css-text-4/#text-autospace-property>
pub(crate) fn has_autospace(computed: &ComputedStyle) -> bool {
    computed.inherited_text.text_autospace == TextAutospace::Normal
}

/// Whether full-width punctuation is as wide as it is by itself.
/// <https://drafts.csswg.org/css-text-4/#text-spacing-trim-property>
pub(crate) fn keeps_full_width(computed: &ComputedStyle) -> bool {
    computed.inherited_text.text_spacing_trim == TextSpacingTrim::SpaceAll
}

pub(crate) fn font_size(computed: &ComputedStyle) -> f32 {
    computed.font.font_size.px()
}

/// The line height; nothing for `normal`. Chromium cuts off what a number gives and rounds a length.
pub(crate) fn line_height(computed: &ComputedStyle) -> Option<LayoutUnit> {
    match computed.font.line_height {
        LineHeight::Normal => None,
        LineHeight::Number(number) => {
            let font_size = LayoutUnit::from_f32_round(font_size(computed));
            Some(LayoutUnit::from_f32(number * font_size.to_f32()))
        }
        LineHeight::Length(length) => Some(LayoutUnit::from_f32_round(length.px())),
    }
}

/// Where a box stands across the line, percentages of the line height apart in CSS px.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) enum VerticalAlign {
    Baseline,
    Sub,
    Super,
    TextTop,
    TextBottom,
    Middle,
    /// Its middle on the baseline.
    BaselineMiddle,
    Top,
    Bottom,
    /// Raised by CSS px.
    Raised(f32),
    /// Raised by a fraction of the line height, which is `normal`.
    RaisedByLineHeight(f32),
}

pub(crate) fn vertical_align(computed: &ComputedStyle) -> VerticalAlign {
    match &computed.boxes.vertical_align {
        CssVerticalAlign::Keyword(keyword) => match keyword {
            VerticalAlignKeyword::Baseline => VerticalAlign::Baseline,
            VerticalAlignKeyword::Sub => VerticalAlign::Sub,
            VerticalAlignKeyword::Super => VerticalAlign::Super,
            VerticalAlignKeyword::Top => VerticalAlign::Top,
            VerticalAlignKeyword::TextTop => VerticalAlign::TextTop,
            VerticalAlignKeyword::Middle => VerticalAlign::Middle,
            VerticalAlignKeyword::BaselineMiddle => VerticalAlign::BaselineMiddle,
            VerticalAlignKeyword::Bottom => VerticalAlign::Bottom,
            VerticalAlignKeyword::TextBottom => VerticalAlign::TextBottom,
        },
        CssVerticalAlign::LengthPercentage(raise) => match (raise.to_length(), line_height(computed)) {
            (Some(px), _) => VerticalAlign::Raised(px),
            (None, Some(line_height)) => VerticalAlign::Raised(raise.resolve(line_height.to_f32())),
            (None, None) => VerticalAlign::RaisedByLineHeight(raise.resolve(1.0)),
        },
    }
}

/// Whether each paragraph takes its direction from its text.
pub(crate) fn is_plaintext(computed: &ComputedStyle) -> bool {
    computed.text.unicode_bidi == UnicodeBidi::Plaintext
}

/// The control characters before and after a box that `unicode-bidi` stands for. A block container isolates anyway.
/// <https://drafts.csswg.org/css-writing-modes-4/#bidi-control-codes-injection-table>
pub(crate) fn bidi_controls(computed: &ComputedStyle, is_inline: bool) -> (&'static str, &'static str) {
    let is_rtl =
        computed.inherited_text.direction == fanlight_css::properties::inherited_text::Direction::Rtl;
    match (computed.text.unicode_bidi, is_rtl) {
        (UnicodeBidi::BidiOverride | UnicodeBidi::IsolateOverride, false) if !is_inline => {
            ("\u{202d}", "\u{202c}")
        }
        (UnicodeBidi::BidiOverride | UnicodeBidi::IsolateOverride, true) if !is_inline => {
            ("\u{202e}", "\u{202c}")
        }
        _ if !is_inline => ("", ""),
        (UnicodeBidi::Normal, _) => ("", ""),
        (UnicodeBidi::Embed, false) => ("\u{202a}", "\u{202c}"),
        (UnicodeBidi::Embed, true) => ("\u{202b}", "\u{202c}"),
        (UnicodeBidi::Isolate, false) => ("\u{2066}", "\u{2069}"),
        (UnicodeBidi::Isolate, true) => ("\u{2067}", "\u{2069}"),
        (UnicodeBidi::BidiOverride, false) => ("\u{202d}", "\u{202c}"),
        (UnicodeBidi::BidiOverride, true) => ("\u{202e}", "\u{202c}"),
        (UnicodeBidi::IsolateOverride, false) => ("\u{2068}\u{202d}", "\u{202c}\u{2069}"),
        (UnicodeBidi::IsolateOverride, true) => ("\u{2068}\u{202e}", "\u{202c}\u{2069}"),
        (UnicodeBidi::Plaintext, _) => ("\u{2068}", "\u{2069}"),
    }
}

/// How glyphs stand on the lines of a block container.
pub(crate) fn orientation(computed: &ComputedStyle, container: WritingMode) -> Orientation {
    match (container.block_flow, computed.inherited_text.text_orientation) {
        (BlockFlow::HorizontalTb | BlockFlow::SidewaysRl | BlockFlow::SidewaysLr, _)
        | (_, TextOrientation::Sideways) => Orientation::Horizontal,
        (_, TextOrientation::Upright) => Orientation::Upright,
        (_, TextOrientation::Mixed) => Orientation::Mixed,
    }
}

/// Whether text stands as one character on lines that run downwards.
/// <https://drafts.csswg.org/css-writing-modes-4/#text-combine-upright>
pub(crate) fn combines_text(computed: &ComputedStyle) -> bool {
    let flow = super::writing_mode(computed).block_flow;
    computed.inherited_text.text_combine_upright == TextCombineUpright::All
        && matches!(flow, BlockFlow::VerticalRl | BlockFlow::VerticalLr)
}

/// Whether text of vertical and of horizontal scripts is aligned by the middle of its glyphs, as on vertical lines.
/// <https://drafts.csswg.org/css-writing-modes-4/#text-baselines>
pub(crate) fn has_central_baseline(computed: &ComputedStyle) -> bool {
    orientation(computed, super::writing_mode(computed)) != Orientation::Horizontal
}

/// Whether emphasis marks stand under the text rather than over it; nothing where there are none.
/// <https://drafts.csswg.org/css-text-decor-4/#text-emphasis-position-property>
pub(crate) fn emphasis_side(computed: &ComputedStyle, container: WritingMode) -> Option<bool> {
    let text = &computed.inherited_text;
    if text.text_emphasis_style == TextEmphasisStyle::None {
        return None;
    }
    let under = match container.block_flow {
        BlockFlow::HorizontalTb => TextEmphasisPosition::UNDER,
        _ => TextEmphasisPosition::LEFT,
    };
    let is_turned = container.block_flow == BlockFlow::SidewaysLr;
    Some(text.text_emphasis_position.contains(under) != is_turned)
}

/// How high emphasis marks are.
pub(crate) fn emphasis_height(computed: &ComputedStyle) -> LayoutUnit {
    LayoutUnit::from_f32(font_size(computed) / 2.0)
}

/// Whether where lines end is decided for several of them at once.
pub(crate) fn plans_lines(computed: &ComputedStyle) -> bool {
    matches!(computed.inherited_text.text_wrap_style, TextWrapStyle::Balance | TextWrapStyle::Pretty)
}

/// After how many lines a block container ends. <https://drafts.csswg.org/css-overflow-4/#webkit-line-clamp>
pub(crate) fn line_clamp(computed: &ComputedStyle) -> Option<u32> {
    let is_legacy_box =
        matches!(computed.original_display, Display::Box { inside: DisplayInside::WebkitBox, .. });
    match computed.text.line_clamp {
        NoneOr::Value(count) if is_legacy_box => u32::try_from(count).ok(),
        _ => None,
    }
}

/// Whether a box decorates the text in it.
pub(crate) fn has_text_decoration(computed: &ComputedStyle) -> bool {
    !computed.text.text_decoration_line.is_empty()
}

/// Whether decorations of the boxes around do not reach into a box.
/// <https://drafts.csswg.org/css-text-decor-4/#line-decoration>
pub(crate) fn stops_decorations(computed: &ComputedStyle) -> bool {
    // A form control that asks to be an inline box is an atomic inline, but decorations go on in it.
    let is_inline_box = |display| {
        matches!(
            display,
            Display::Box {
                outside: DisplayOutside::Inline,
                inside: DisplayInside::Flow | DisplayInside::Ruby,
                ..
            }
        )
    };
    let is_atomic = computed.boxes.display.is_inline_level()
        && !is_inline_box(computed.boxes.display)
        && !is_inline_box(computed.original_display);
    is_atomic || super::is_floating(computed) || computed.boxes.position.is_absolutely_positioned()
}

/// What is drawn in place of what overflows the lines of a block container; nothing where that is clipped or visible.
/// <https://drafts.csswg.org/css-overflow-4/#text-overflow>
pub(crate) fn ellipsis(boxes: &BoxTree, id: BoxId) -> Option<Arc<str>> {
    let mut layout_box = boxes.get(id);
    if let (BoxSource::Anonymous(_, AnonymousKind::Block), Some(parent)) =
        (layout_box.source, layout_box.parent)
    {
        layout_box = boxes.get(parent);
    }
    let computed = &layout_box.style;
    let clips = super::clips_overflow(computed)[usize::from(!super::writing_mode(computed).is_horizontal())];
    match &computed.text.text_overflow.end {
        TextOverflowSide::Ellipsis if clips => Some(ELLIPSIS.into()),
        TextOverflowSide::String(text) if clips => Some(text.as_ref().into()),
        _ => None,
    }
}
