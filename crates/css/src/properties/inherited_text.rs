//! Text properties that inherit.
//! <https://drafts.csswg.org/css-text-4/> <https://drafts.csswg.org/css-writing-modes-4/> <https://drafts.csswg.org/css-text-decor-4/>

use crate::values::border::SpecifiedLineWidth;
use crate::values::color::{Color, SpecifiedColor};
use crate::values::identifier::CssString;
use crate::values::length::{
    Length, LengthPercentage, NonNegative, NumberOr, SpecifiedLength, SpecifiedLengthPercentage,
};
use crate::values::number::SpecifiedPercentage;
use crate::values::text::{
    HangingPunctuation, HyphenateLimitChars, Spacing, SpecifiedShadow, SpecifiedSpacing, SpecifiedTextIndent,
    TextEmphasisPosition, TextEmphasisStyle, TextIndent, TextTransform, TextUnderlinePosition,
};
use crate::values::{AutoOr, CommaList, NoneOr};

keywords! {
    /// <https://drafts.csswg.org/css-writing-modes-4/#direction>
    pub enum Direction { Ltr = "ltr", Rtl = "rtl" }
}

keywords! {
    /// <https://drafts.csswg.org/css-writing-modes-4/#block-flow>
    pub enum WritingMode {
        HorizontalTb = "horizontal-tb" | "lr" | "lr-tb" | "rl" | "rl-tb", VerticalRl = "vertical-rl" | "tb" | "tb-rl",
        VerticalLr = "vertical-lr" | "tb-lr", SidewaysRl = "sideways-rl", SidewaysLr = "sideways-lr",
    }
}

impl WritingMode {
    /// Whether lines run down (or up) the page.
    pub const fn is_vertical(self) -> bool {
        !matches!(self, WritingMode::HorizontalTb)
    }
}

keywords! {
    /// <https://drafts.csswg.org/css-writing-modes-4/#text-orientation>
    pub enum TextOrientation { Mixed = "mixed" | "vertical-right", Upright = "upright", Sideways = "sideways" | "sideways-right" }
}

keywords! {
    /// <https://drafts.csswg.org/css-writing-modes-4/#text-combine-upright>
    pub enum TextCombineUpright { None = "none", All = "all" }
}

keywords! {
    /// <https://drafts.csswg.org/css-text-4/#text-align-property>
    pub enum TextAlign {
        Start = "start", End = "end", Left = "left", Right = "right", Center = "center", Justify = "justify",
        MatchParent = "match-parent" | "-webkit-match-parent", WebkitLeft = "-webkit-left", WebkitRight = "-webkit-right",
        WebkitCenter = "-webkit-center", InternalCenter = "-internal-center",
    }
}

keywords! {
    /// <https://drafts.csswg.org/css-text-4/#text-align-last-property>
    pub enum TextAlignLast {
        Auto = "auto", Start = "start", End = "end", Left = "left", Right = "right", Center = "center",
        Justify = "justify", MatchParent = "match-parent",
    }
}

keywords! {
    /// <https://drafts.csswg.org/css-text-4/#text-justify-property>
    pub enum TextJustify {
        Auto = "auto", None = "none", InterWord = "inter-word", InterCharacter = "inter-character" | "distribute",
    }
}

keywords! {
    /// <https://drafts.csswg.org/css-text-4/#white-space-collapsing>
    pub enum WhiteSpaceCollapse {
        Collapse = "collapse", Preserve = "preserve", PreserveBreaks = "preserve-breaks", PreserveSpaces = "preserve-spaces",
        BreakSpaces = "break-spaces",
    }
}

impl WhiteSpaceCollapse {
    /// Whether line breaks in the text are kept.
    pub const fn preserves_breaks(self) -> bool {
        matches!(
            self,
            WhiteSpaceCollapse::Preserve
                | WhiteSpaceCollapse::PreserveBreaks
                | WhiteSpaceCollapse::BreakSpaces
        )
    }

    /// Whether blanks in the text are kept.
    pub const fn preserves_spaces(self) -> bool {
        matches!(
            self,
            WhiteSpaceCollapse::Preserve
                | WhiteSpaceCollapse::PreserveSpaces
                | WhiteSpaceCollapse::BreakSpaces
        )
    }
}

keywords! {
    /// <https://drafts.csswg.org/css-text-4/#text-wrap-mode>
    pub enum TextWrapMode { Wrap = "wrap", Nowrap = "nowrap" }
}

keywords! {
    /// <https://drafts.csswg.org/css-text-4/#text-wrap-style>
    pub enum TextWrapStyle { Auto = "auto", Balance = "balance", Stable = "stable", Pretty = "pretty" }
}

keywords! {
    /// <https://drafts.csswg.org/css-text-4/#word-break-property>
    pub enum WordBreak {
        Normal = "normal", BreakAll = "break-all", KeepAll = "keep-all", BreakWord = "break-word",
        AutoPhrase = "auto-phrase",
    }
}

keywords! {
    /// <https://drafts.csswg.org/css-text-4/#overflow-wrap-property>
    pub enum OverflowWrap { Normal = "normal", BreakWord = "break-word", Anywhere = "anywhere" }
}

keywords! {
    /// <https://drafts.csswg.org/css-text-4/#line-break-property>
    pub enum LineBreak {
        Auto = "auto", Loose = "loose", Normal = "normal", Strict = "strict", Anywhere = "anywhere",
        AfterWhiteSpace = "after-white-space",
    }
}

keywords! {
    /// <https://drafts.csswg.org/css-text-4/#hyphens-property>
    pub enum Hyphens { None = "none", Manual = "manual", Auto = "auto" }
}

keywords! {
    /// Whether there is room between ideographs and letters or digits of other scripts.
    /// <https://drafts.csswg.org/css-text-4/#text-autospace-property>
    pub enum TextAutospace { NoAutospace = "no-autospace", Normal = "normal" }
}

keywords! {
    /// How wide full-width punctuation is. <https://drafts.csswg.org/css-text-4/#text-spacing-trim-property>
    pub enum TextSpacingTrim {
        Normal = "normal", SpaceAll = "space-all", SpaceFirst = "space-first", TrimStart = "trim-start",
    }
}

keywords! {
    /// <https://drafts.csswg.org/css-text-decor-4/#text-decoration-skip-ink-property>
    pub enum TextDecorationSkipInk { Auto = "auto", None = "none", All = "all" }
}

keywords! {
    /// <https://drafts.csswg.org/css-ruby-1/#rubyalign>
    pub enum RubyAlign {
        SpaceAround = "space-around", Start = "start", Center = "center", SpaceBetween = "space-between",
    }
}

keywords! {
    /// <https://drafts.csswg.org/css-ruby-1/#rubypos>
    pub enum RubyPosition { Over = "over" | "before", Under = "under" | "after" }
}

keywords! {
    /// <https://drafts.csswg.org/css-ruby-1/#rubyoverhang>
    pub enum RubyOverhang { Auto = "auto", Spaces = "spaces", None = "none" }
}

keywords! {
    /// `-webkit-text-security`
    pub enum TextSecurity { None = "none", Circle = "circle", Disc = "disc", Square = "square" }
}

longhands! {
    /// Text that inherits.
    group InheritedText: inherited {
        /// <https://drafts.csswg.org/css-color-4/#propdef-color>
        "color" color / Color: ForegroundColor = Color::BLACK, Paint;
        /// <https://drafts.csswg.org/css-writing-modes-4/#propdef-direction>
        "direction" direction / Direction: Direction = Direction::Ltr, Boxes;
        /// <https://drafts.csswg.org/css-writing-modes-4/#propdef-writing-mode>
        "writing-mode" writing_mode / WritingMode: WritingMode = WritingMode::HorizontalTb, Boxes;
        /// <https://drafts.csswg.org/css-writing-modes-4/#propdef-text-orientation>
        "text-orientation" text_orientation / TextOrientation: TextOrientation = TextOrientation::Mixed, Text;
        /// <https://drafts.csswg.org/css-writing-modes-4/#propdef-text-combine-upright>
        "text-combine-upright" text_combine_upright / TextCombineUpright: TextCombineUpright = TextCombineUpright::None, Text;
        /// <https://drafts.csswg.org/css-text-4/#propdef-text-align>
        "text-align" text_align / TextAlign: TextAlign = TextAlign::Start, Layout;
        /// <https://drafts.csswg.org/css-text-4/#propdef-text-align-last>
        "text-align-last" text_align_last / TextAlignLast: TextAlignLast = TextAlignLast::Auto, Layout;
        /// <https://drafts.csswg.org/css-text-4/#propdef-text-justify>
        "text-justify" text_justify / TextJustify: TextJustify = TextJustify::Auto, Layout;
        /// <https://drafts.csswg.org/css-text-4/#propdef-text-indent>
        "text-indent" text_indent / TextIndent: SpecifiedTextIndent =
            TextIndent { length: LengthPercentage::ZERO, hanging: false, each_line: false }, Layout;
        /// <https://drafts.csswg.org/css-text-4/#propdef-text-transform>
        "text-transform" text_transform / TextTransform: TextTransform = TextTransform::NONE, Boxes;
        /// <https://drafts.csswg.org/css-text-4/#propdef-white-space-collapse>
        "white-space-collapse" white_space_collapse / WhiteSpaceCollapse: WhiteSpaceCollapse = WhiteSpaceCollapse::Collapse, Boxes;
        /// <https://drafts.csswg.org/css-text-4/#propdef-text-wrap-mode>
        "text-wrap-mode" text_wrap_mode / TextWrapMode: TextWrapMode = TextWrapMode::Wrap, Layout;
        /// <https://drafts.csswg.org/css-text-4/#propdef-text-wrap-style>
        "text-wrap-style" text_wrap_style / TextWrapStyle: TextWrapStyle = TextWrapStyle::Auto, Layout;
        /// <https://drafts.csswg.org/css-text-4/#propdef-word-break>
        "word-break" word_break / WordBreak: WordBreak = WordBreak::Normal, Text;
        /// <https://drafts.csswg.org/css-text-4/#propdef-overflow-wrap>
        "overflow-wrap" overflow_wrap / OverflowWrap: OverflowWrap = OverflowWrap::Normal, Layout;
        /// <https://drafts.csswg.org/css-text-4/#propdef-line-break>
        "line-break" line_break / LineBreak: LineBreak = LineBreak::Auto, Text;
        /// <https://drafts.csswg.org/css-text-4/#propdef-hyphens>
        "hyphens" hyphens / Hyphens: Hyphens = Hyphens::Manual, Text;
        /// <https://drafts.csswg.org/css-text-4/#propdef-hyphenate-character>
        "hyphenate-character" hyphenate_character / HyphenateCharacter: AutoOr<CssString> = AutoOr::Auto, Text;
        /// <https://drafts.csswg.org/css-text-4/#propdef-hyphenate-limit-chars>
        "hyphenate-limit-chars" hyphenate_limit_chars / HyphenateLimitChars: HyphenateLimitChars = HyphenateLimitChars::AUTO, Text;
        /// Chromium begins with `no-autospace`. <https://drafts.csswg.org/css-text-4/#propdef-text-autospace>
        "text-autospace" text_autospace / TextAutospace: TextAutospace = TextAutospace::NoAutospace, Text;
        /// <https://drafts.csswg.org/css-text-4/#propdef-text-spacing-trim>
        "text-spacing-trim" text_spacing_trim / TextSpacingTrim: TextSpacingTrim = TextSpacingTrim::Normal, Text;
        /// <https://drafts.csswg.org/css-text-4/#propdef-tab-size>
        "tab-size" tab_size / TabSize: NonNegative<NumberOr<SpecifiedLength>> = NumberOr::Number(8.0), Text;
        /// <https://drafts.csswg.org/css-text-4/#propdef-letter-spacing>
        "letter-spacing" letter_spacing / LetterSpacing: SpecifiedSpacing = Spacing::NORMAL, Text;
        /// <https://drafts.csswg.org/css-text-4/#propdef-word-spacing>
        "word-spacing" word_spacing / WordSpacing: SpecifiedSpacing = Spacing::NORMAL, Text;
        /// <https://drafts.csswg.org/css-text-decor-4/#propdef-text-shadow>
        "text-shadow" text_shadow / TextShadow: NoneOr<CommaList<SpecifiedShadow>> = NoneOr::None, Paint;
        /// <https://drafts.csswg.org/css-text-decor-4/#propdef-text-emphasis-style>
        "text-emphasis-style" text_emphasis_style / TextEmphasisStyle: TextEmphasisStyle = TextEmphasisStyle::None, Layout;
        /// <https://drafts.csswg.org/css-text-decor-4/#propdef-text-emphasis-color>
        "text-emphasis-color" text_emphasis_color / TextEmphasisColor: SpecifiedColor = Color::CurrentColor, Paint;
        /// <https://drafts.csswg.org/css-text-decor-4/#propdef-text-emphasis-position>
        "text-emphasis-position" text_emphasis_position / TextEmphasisPosition: TextEmphasisPosition = TextEmphasisPosition::empty(), Layout;
        /// <https://drafts.csswg.org/css-text-decor-4/#propdef-text-underline-position>
        "text-underline-position" text_underline_position / TextUnderlinePosition: TextUnderlinePosition = TextUnderlinePosition::empty(), Paint;
        /// <https://drafts.csswg.org/css-text-decor-4/#propdef-text-underline-offset>
        "text-underline-offset" text_underline_offset / TextUnderlineOffset: AutoOr<SpecifiedLengthPercentage> = AutoOr::Auto, Paint;
        /// <https://drafts.csswg.org/css-text-decor-4/#propdef-text-decoration-skip-ink>
        "text-decoration-skip-ink" text_decoration_skip_ink / TextDecorationSkipInk: TextDecorationSkipInk = TextDecorationSkipInk::Auto, Paint;
        /// <https://compat.spec.whatwg.org/#the-webkit-text-fill-color>
        "-webkit-text-fill-color" text_fill_color / TextFillColor: SpecifiedColor = Color::CurrentColor, Paint;
        /// <https://compat.spec.whatwg.org/#the-webkit-text-stroke-color>
        "-webkit-text-stroke-color" text_stroke_color / TextStrokeColor: SpecifiedColor = Color::CurrentColor, Paint;
        /// <https://compat.spec.whatwg.org/#the-webkit-text-stroke-width>
        "-webkit-text-stroke-width" text_stroke_width / TextStrokeWidth: SpecifiedLineWidth = Length::ZERO, Paint;
        /// <https://drafts.csswg.org/css-text-4/#propdef-hanging-punctuation>
        "hanging-punctuation" hanging_punctuation / HangingPunctuation: HangingPunctuation = HangingPunctuation::empty(), Layout;
        /// <https://drafts.csswg.org/css-ruby-1/#propdef-ruby-align>
        "ruby-align" ruby_align / RubyAlign: RubyAlign = RubyAlign::SpaceAround, Layout;
        /// <https://drafts.csswg.org/css-ruby-1/#propdef-ruby-overhang>
        "ruby-overhang" ruby_overhang / RubyOverhang: RubyOverhang = RubyOverhang::Auto, Layout;
        /// <https://drafts.csswg.org/css-ruby-1/#propdef-ruby-position>
        "ruby-position" ruby_position / RubyPosition: RubyPosition = RubyPosition::Over, Layout;
        /// <https://drafts.csswg.org/css-size-adjust-1/#adjustment-control>
        "text-size-adjust" text_size_adjust / TextSizeAdjust: SpecifiedTextSizeAdjust = AutoOr::Auto, Nothing;
        /// Dots for passwords, in WebKit and Chromium.
        "-webkit-text-security" text_security / TextSecurity: TextSecurity = TextSecurity::None, Text;
    }
}

/// `text-size-adjust` in a declaration.
pub type SpecifiedTextSizeAdjust = AutoOr<NoneOr<NonNegative<SpecifiedPercentage>>>;

/// `color`: `currentcolor` is the inherited colour, so that nothing is left to resolve in the computed value.
#[derive(Clone, Debug, PartialEq)]
pub struct ForegroundColor(pub SpecifiedColor);

impl crate::values::Parse for ForegroundColor {
    fn parse(
        input: &mut crate::syntax::Parser<'_>,
        context: &crate::syntax::ParseContext<'_>,
    ) -> crate::syntax::CssResult<Self> {
        SpecifiedColor::parse(input, context).map(ForegroundColor)
    }
}

impl crate::syntax::ToCss for ForegroundColor {
    fn to_css(&self, out: &mut String) {
        self.0.to_css(out);
    }
}

impl crate::values::Compute for ForegroundColor {
    type Computed = Color;

    fn compute(&self, context: &crate::values::ComputeContext<'_>) -> Color {
        match self.0.compute(context) {
            color @ Color::Absolute(_) => color,
            relative => {
                let inherited =
                    context.parent.map_or(Color::BLACK, |parent| parent.inherited_text.color.clone());
                match inherited {
                    Color::Absolute(inherited) => Color::Absolute(relative.to_absolute(&inherited)),
                    other => other,
                }
            }
        }
    }
}
