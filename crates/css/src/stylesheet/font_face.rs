//! `@font-face`.
//! <https://drafts.csswg.org/css-fonts-4/#font-face-rule>

use std::sync::Arc;

use cssparser::{Delimiter, UnicodeRange, match_ignore_ascii_case};
use fanlight_base::Atom;

use super::descriptors::{Descriptors, parse_descriptors, unknown_descriptor};
use super::report::Reporter;
use crate::properties::SourcePosition;
use crate::supports::{FontFormat, FontTechnology};
use crate::syntax::error::{invalid_value, out_of_range};
use crate::syntax::serialize::{write_number, write_string};
use crate::syntax::{CssResult, ParseContext, Parser, ToCss, Token, write_comma_separated};
use crate::values::angle::SpecifiedAngle;
use crate::values::calc::Range;
use crate::values::font::{FeatureSetting, FontFamily, FontStretchKeyword, OpenTypeTag, VariationSetting};
use crate::values::number::{Percentage, parse_number};
use crate::values::url::CssUrl;
use crate::values::{CommaList, NormalOr, Parse};

/// One entry of `src`.
/// <https://drafts.csswg.org/css-fonts-4/#src-desc>
#[derive(Clone, Debug, PartialEq)]
pub enum FontSource {
    /// `local()`: a font of this machine, by its full name or PostScript name.
    Local(Atom),
    /// `url()`
    Url {
        /// The file.
        url: CssUrl,
        /// `format()`; only supported ones are kept.
        format: Option<FontFormat>,
        /// `tech()`; only supported ones are kept.
        technologies: Vec<FontTechnology>,
    },
}

/// Two values that a descriptor spans, or one twice; `None` in a rule is `auto`, what the font says.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct DescriptorRange {
    /// The lesser.
    pub from: f32,
    /// The greater.
    pub to: f32,
}

/// `font-style`
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum FontFaceStyle {
    /// `normal`
    Normal,
    /// `italic`
    Italic,
    /// `oblique`, with the angles in degrees.
    Oblique(DescriptorRange),
}

keywords! {
    /// `font-display`
    /// <https://drafts.csswg.org/css-fonts-4/#font-display-desc>
    pub enum FontDisplay {
        Auto = "auto", Block = "block", Swap = "swap", Fallback = "fallback", Optional = "optional",
    }
}

/// `@font-face`. A descriptor that is not given, or is `auto`, is `None`.
#[derive(Clone, Debug, PartialEq)]
pub struct FontFaceRule {
    /// Where it stands.
    pub position: SourcePosition,
    /// `font-family`
    pub family: Option<Atom>,
    /// `src`: the supported entries, best first.
    pub sources: Vec<FontSource>,
    /// `font-weight`
    pub weight: Option<DescriptorRange>,
    /// `font-stretch`, as fractions: 1 is 100 %.
    pub stretch: Option<DescriptorRange>,
    /// `font-style`
    pub style: Option<FontFaceStyle>,
    /// `unicode-range`: the characters that the font is for, both ends included; none means all.
    pub unicode_ranges: Vec<(u32, u32)>,
    /// `font-display`
    pub display: Option<FontDisplay>,
    /// `font-feature-settings`
    pub feature_settings: Option<NormalOr<CommaList<FeatureSetting>>>,
    /// `font-variation-settings`
    pub variation_settings: Option<NormalOr<CommaList<VariationSetting>>>,
    /// `font-language-override`
    pub language_override: Option<NormalOr<OpenTypeTag>>,
    /// `size-adjust`, as a fraction.
    pub size_adjust: Option<f32>,
    /// `ascent-override`, as a fraction of the font size; `normal` is the font's own.
    pub ascent_override: Option<NormalOr<Percentage>>,
    /// `descent-override`
    pub descent_override: Option<NormalOr<Percentage>>,
    /// `line-gap-override`
    pub line_gap_override: Option<NormalOr<Percentage>>,
}

impl FontFaceRule {
    /// Whether the rule has what it needs to define a font: a family and a source.
    pub fn defines_font(&self) -> bool {
        self.family.is_some() && !self.sources.is_empty()
    }

    /// Whether the font is for a character.
    pub fn covers(&self, character: char) -> bool {
        let code = u32::from(character);
        self.unicode_ranges.is_empty()
            || self.unicode_ranges.iter().any(|&(from, to)| (from..=to).contains(&code))
    }
}

/// Parses the body.
pub(super) fn parse_font_face(
    position: SourcePosition,
    input: &mut Parser<'_>,
    context: &ParseContext<'_>,
    reporter: Reporter<'_>,
) -> Arc<FontFaceRule> {
    let empty = FontFaceRule {
        position,
        family: None,
        sources: Vec::new(),
        weight: None,
        stretch: None,
        style: None,
        unicode_ranges: Vec::new(),
        display: None,
        feature_settings: None,
        variation_settings: None,
        language_override: None,
        size_adjust: None,
        ascent_override: None,
        descent_override: None,
        line_gap_override: None,
    };
    Arc::new(parse_descriptors(empty, input, context, reporter))
}

impl Descriptors for FontFaceRule {
    fn parse_descriptor(
        &mut self,
        name: &str,
        input: &mut Parser<'_>,
        context: &ParseContext<'_>,
        _position: SourcePosition,
    ) -> CssResult<()> {
        match name {
            "font-family" => match FontFamily::parse(input, context)? {
                FontFamily::Named(name) => self.family = Some(name),
                // A page may give a font the name of a generic family; its users must quote it.
                FontFamily::Generic(generic) => self.family = Some(Atom::from(generic.as_str())),
            },
            "src" => self.sources = parse_sources(input, context)?,
            "font-weight" => self.weight = parse_range_or_auto(input, parse_weight)?,
            "font-stretch" | "font-width" => {
                self.stretch = parse_range_or_auto(input, |input| parse_stretch(input, context))?;
            }
            "font-style" => self.style = parse_style(input, context)?,
            "unicode-range" => {
                self.unicode_ranges = input.parse_comma_separated(|input| {
                    let range = UnicodeRange::parse(input)?;
                    CssResult::Ok((range.start, range.end))
                })?;
            }
            "font-display" => self.display = Some(FontDisplay::parse(input, context)?),
            "font-feature-settings" => self.feature_settings = Some(NormalOr::parse(input, context)?),
            "font-variation-settings" => self.variation_settings = Some(NormalOr::parse(input, context)?),
            "font-language-override" => self.language_override = Some(NormalOr::parse(input, context)?),
            "size-adjust" => self.size_adjust = Some(parse_fraction(input)?.0),
            "ascent-override" => self.ascent_override = Some(parse_override(input)?),
            "descent-override" => self.descent_override = Some(parse_override(input)?),
            "line-gap-override" => self.line_gap_override = Some(parse_override(input)?),
            _ => return Err(unknown_descriptor()),
        }
        Ok(())
    }
}

/// Entries that are malformed or not supported are left out, if one is left.
fn parse_sources(input: &mut Parser<'_>, context: &ParseContext<'_>) -> CssResult<Vec<FontSource>> {
    let mut sources = Vec::new();
    loop {
        let source = input.parse_until_before(Delimiter::Comma, |input| parse_source(input, context));
        if let Ok(Some(source)) = source {
            sources.push(source);
        }
        if input.next().is_err() {
            break;
        }
    }
    if sources.is_empty() { Err(invalid_value()) } else { Ok(sources) }
}

/// `None` where it is not supported.
fn parse_source(input: &mut Parser<'_>, context: &ParseContext<'_>) -> CssResult<Option<FontSource>> {
    if input.try_parse(|input| input.expect_function_matching("local")).is_ok() {
        return input.parse_nested_block(|input| match FontFamily::parse(input, context)? {
            FontFamily::Named(name) => Ok(Some(FontSource::Local(name))),
            FontFamily::Generic(generic) => Ok(Some(FontSource::Local(Atom::from(generic.as_str())))),
        });
    }
    let url = CssUrl::parse(input, context)?;
    let mut supported = true;
    let mut format = None;
    let mut technologies = Vec::new();
    if input.try_parse(|input| input.expect_function_matching("format")).is_ok() {
        input.parse_nested_block(|input| -> CssResult<()> {
            match input.next()? {
                Token::Ident(word) => {
                    format = Some(FontFormat::from_keyword(word).ok_or_else(invalid_value)?)
                }
                Token::QuotedString(text) => match FontFormat::from_string(text) {
                    Some((known, technology)) => {
                        format = Some(known);
                        technologies.extend(technology);
                    }
                    None => supported = false,
                },
                _ => return Err(invalid_value()),
            }
            Ok(())
        })?;
    }
    if input.try_parse(|input| input.expect_function_matching("tech")).is_ok() {
        let named = input.parse_nested_block(|input| {
            input.parse_comma_separated(|input| FontTechnology::parse(input, context))
        })?;
        technologies.extend(named);
    }
    supported &= format.is_none_or(FontFormat::is_supported);
    supported &= technologies.iter().all(|technology| technology.is_supported());
    Ok(supported.then_some(FontSource::Url { url, format, technologies }))
}

/// `auto`, one value, or two of which the greater may come first.
fn parse_range_or_auto(
    input: &mut Parser<'_>,
    parse: impl Fn(&mut Parser<'_>) -> CssResult<f32>,
) -> CssResult<Option<DescriptorRange>> {
    if input.try_parse(|input| input.expect_ident_matching("auto")).is_ok() {
        return Ok(None);
    }
    let first = parse(input)?;
    let second = input.try_parse(&parse).unwrap_or(first);
    Ok(Some(DescriptorRange { from: first.min(second), to: first.max(second) }))
}

fn parse_weight(input: &mut Parser<'_>) -> CssResult<f32> {
    if let Ok(word) = input.try_parse(Parser::expect_ident_cloned) {
        return Ok(match_ignore_ascii_case! { &word,
            "normal" => 400.0,
            "bold" => 700.0,
            _ => return Err(invalid_value()),
        });
    }
    let weight = parse_number(input, Range::AtLeastOne)?;
    if weight > 1000.0 { Err(out_of_range()) } else { Ok(weight) }
}

fn parse_stretch(input: &mut Parser<'_>, context: &ParseContext<'_>) -> CssResult<f32> {
    match input.try_parse(|input| FontStretchKeyword::parse(input, context)) {
        Ok(keyword) => Ok(keyword.fraction()),
        Err(_) => Ok(parse_fraction(input)?.0),
    }
}

fn parse_style(input: &mut Parser<'_>, context: &ParseContext<'_>) -> CssResult<Option<FontFaceStyle>> {
    Ok(Some(match_ignore_ascii_case! { input.expect_ident()?,
        "auto" => return Ok(None),
        "normal" => FontFaceStyle::Normal,
        "italic" => FontFaceStyle::Italic,
        "oblique" => {
            let angle = |input: &mut Parser<'_>| -> CssResult<f32> {
                let degrees = SpecifiedAngle::parse(input, context)?.degrees();
                if (-90.0..=90.0).contains(&degrees) { Ok(degrees) } else { Err(out_of_range()) }
            };
            let first = input.try_parse(angle).unwrap_or(DEFAULT_OBLIQUE_ANGLE);
            let second = input.try_parse(angle).unwrap_or(first);
            FontFaceStyle::Oblique(DescriptorRange { from: first.min(second), to: first.max(second) })
        },
        _ => return Err(invalid_value()),
    }))
}

/// The angle of `oblique` alone, in degrees.
const DEFAULT_OBLIQUE_ANGLE: f32 = 14.0;

fn parse_fraction(input: &mut Parser<'_>) -> CssResult<Percentage> {
    let fraction = input.expect_percentage()?;
    if fraction < 0.0 { Err(out_of_range()) } else { Ok(Percentage(fraction)) }
}

fn parse_override(input: &mut Parser<'_>) -> CssResult<NormalOr<Percentage>> {
    if input.try_parse(|input| input.expect_ident_matching("normal")).is_ok() {
        return Ok(NormalOr::Normal);
    }
    parse_fraction(input).map(NormalOr::Value)
}

impl ToCss for FontSource {
    fn to_css(&self, out: &mut String) {
        match self {
            FontSource::Local(name) => {
                out.push_str("local(");
                write_string(name, out);
                out.push(')');
            }
            FontSource::Url { url, format, technologies } => {
                url.to_css(out);
                if let Some(format) = format {
                    out.push_str(" format(");
                    write_string(format.as_str(), out);
                    out.push(')');
                }
                if !technologies.is_empty() {
                    out.push_str(" tech(");
                    write_comma_separated(technologies, out);
                    out.push(')');
                }
            }
        }
    }
}

/// Writes each descriptor that is given.
pub(super) fn write_descriptors(rule: &FontFaceRule, mut write: impl FnMut(&str, String)) {
    let range = |range: &DescriptorRange, one: fn(f32, &mut String)| {
        let mut out = String::new();
        one(range.from, &mut out);
        if range.to != range.from {
            out.push(' ');
            one(range.to, &mut out);
        }
        out
    };
    let percentage: fn(f32, &mut String) = |value, out| Percentage(value).to_css(out);
    if let Some(family) = &rule.family {
        let mut out = String::new();
        write_string(family, &mut out);
        write("font-family", out);
    }
    if !rule.sources.is_empty() {
        let mut out = String::new();
        write_comma_separated(&rule.sources, &mut out);
        write("src", out);
    }
    if let Some(style) = &rule.style {
        let text = match style {
            FontFaceStyle::Normal => "normal".to_owned(),
            FontFaceStyle::Italic => "italic".to_owned(),
            FontFaceStyle::Oblique(angles) => {
                let degrees: fn(f32, &mut String) = |value, out| {
                    write_number(value, out);
                    out.push_str("deg");
                };
                ["oblique ", &range(angles, degrees)].concat()
            }
        };
        write("font-style", text);
    }
    if let Some(weight) = &rule.weight {
        write("font-weight", range(weight, write_number));
    }
    if let Some(stretch) = &rule.stretch {
        write("font-stretch", range(stretch, percentage));
    }
    if !rule.unicode_ranges.is_empty() {
        let one = |&(from, to): &(u32, u32)| {
            if from == to { format!("U+{from:X}") } else { format!("U+{from:X}-{to:X}") }
        };
        write("unicode-range", rule.unicode_ranges.iter().map(one).collect::<Vec<_>>().join(", "));
    }
    let mut optional = |name: &str, value: Option<String>| {
        if let Some(value) = value {
            write(name, value);
        }
    };
    optional("font-display", rule.display.as_ref().map(ToCss::to_css_string));
    optional("font-feature-settings", rule.feature_settings.as_ref().map(ToCss::to_css_string));
    optional("font-variation-settings", rule.variation_settings.as_ref().map(ToCss::to_css_string));
    optional("font-language-override", rule.language_override.as_ref().map(ToCss::to_css_string));
    optional("size-adjust", rule.size_adjust.map(|value| Percentage(value).to_css_string()));
    optional("ascent-override", rule.ascent_override.as_ref().map(ToCss::to_css_string));
    optional("descent-override", rule.descent_override.as_ref().map(ToCss::to_css_string));
    optional("line-gap-override", rule.line_gap_override.as_ref().map(ToCss::to_css_string));
}
