//! `font`, `font-variant` and `font-synthesis`.
//! <https://drafts.csswg.org/css-fonts-4/#font-prop>

use cssparser::match_ignore_ascii_case;

use super::{ShorthandInfo, initial, is_initial, parse_longhand, push_word, text_of};
use crate::properties::font::{Declaration as D, FontSynthesis, Longhand as F};
use crate::properties::{LonghandId, PropertyDeclaration};
use crate::syntax::error::invalid_value;
use crate::syntax::{CssResult, ParseContext, Parser};
use crate::values::Parse;
use crate::values::font::{FontStretchKeyword, SpecifiedFontStretch};

/// What `font` gives, in the order in which it is written.
const SIZE: usize = 4;
const LINE_HEIGHT: usize = 5;
const FAMILY: usize = 6;
/// What comes after is only reset.
const GIVEN: usize = 7;

pub(super) static TABLE: &[ShorthandInfo] = &[
    ShorthandInfo {
        name: "font",
        longhands: &[
            F::FontStyle.id(),
            F::FontVariantCaps.id(),
            F::FontWeight.id(),
            F::FontStretch.id(),
            F::FontSize.id(),
            F::LineHeight.id(),
            F::FontFamily.id(),
            F::FontVariantLigatures.id(),
            F::FontVariantNumeric.id(),
            F::FontVariantEastAsian.id(),
            F::FontVariantAlternates.id(),
            F::FontVariantPosition.id(),
            F::FontVariantEmoji.id(),
            F::FontFeatureSettings.id(),
            F::FontVariationSettings.id(),
            F::FontKerning.id(),
            F::FontOpticalSizing.id(),
            F::FontSizeAdjust.id(),
            F::FontLanguageOverride.id(),
        ],
        parse: parse_font,
        write: write_font,
    },
    ShorthandInfo {
        name: "font-variant",
        longhands: &[
            F::FontVariantLigatures.id(),
            F::FontVariantCaps.id(),
            F::FontVariantAlternates.id(),
            F::FontVariantNumeric.id(),
            F::FontVariantEastAsian.id(),
            F::FontVariantPosition.id(),
            F::FontVariantEmoji.id(),
        ],
        parse: parse_variant,
        write: write_variant,
    },
    ShorthandInfo {
        name: "font-synthesis",
        longhands: &[F::FontSynthesisWeight.id(), F::FontSynthesisStyle.id(), F::FontSynthesisSmallCaps.id()],
        parse: |_, input, _, added| parse_synthesis(input, added),
        write: |_, declarations, out| {
            let start = out.len();
            for (declaration, word) in declarations.iter().zip(["weight", "style", "small-caps"]) {
                if text_of(declaration) == "auto" {
                    push_word(out, start, word);
                }
            }
            if out.len() == start {
                out.push_str("none");
            }
        },
    },
];

/// `[ <style> || <caps> || <weight> || <stretch> ]? <size> [ / <line-height> ]? <family>`
fn parse_font(
    info: &ShorthandInfo,
    input: &mut Parser<'_>,
    context: &ParseContext<'_>,
    added: &mut Vec<PropertyDeclaration>,
) -> CssResult<()> {
    let mut given: [Option<PropertyDeclaration>; GIVEN] = [const { None }; GIVEN];
    if let Ok(css) = input.try_parse(parse_system_font) {
        let mut system = Parser::new(css);
        parse_parts(info.longhands, &mut system, context, &mut given)?;
    } else {
        parse_parts(info.longhands, input, context, &mut given)?;
    }
    let given = given.into_iter().chain(std::iter::repeat_with(|| None));
    added.extend(info.longhands.iter().zip(given).map(|(&id, slot)| slot.unwrap_or_else(|| initial(id))));
    Ok(())
}

/// A font of the system by its keyword, written out as Chromium has it on Linux.
fn parse_system_font(input: &mut Parser<'_>) -> CssResult<&'static str> {
    let keyword = input.expect_ident()?;
    match_ignore_ascii_case! { keyword,
        "caption" | "icon" | "menu" | "message-box" | "small-caption" | "status-bar" => Ok("13.3333px system-ui"),
        _ => Err(invalid_value()),
    }
}

fn parse_parts(
    longhands: &[LonghandId],
    input: &mut Parser<'_>,
    context: &ParseContext<'_>,
    given: &mut [Option<PropertyDeclaration>; GIVEN],
) -> CssResult<()> {
    let mut normals = 0;
    'before_size: loop {
        // `normal` may be any of the four.
        if input.try_parse(|input| input.expect_ident_matching("normal")).is_ok() {
            normals += 1;
            continue;
        }
        for index in 0..SIZE {
            if given[index].is_none()
                && let Ok(declaration) =
                    input.try_parse(|input| parse_before_size(longhands[index], input, context))
            {
                given[index] = Some(declaration);
                continue 'before_size;
            }
        }
        break;
    }
    if normals + given[..SIZE].iter().flatten().count() > SIZE {
        return Err(invalid_value());
    }
    given[SIZE] = Some(parse_longhand(longhands[SIZE], input, &context.for_property(false))?);
    if input.try_parse(|input| input.expect_delim('/')).is_ok() {
        given[LINE_HEIGHT] = Some(parse_longhand(longhands[LINE_HEIGHT], input, context)?);
    }
    given[FAMILY] = Some(parse_longhand(longhands[FAMILY], input, context)?);
    Ok(())
}

/// Of the widths only the keywords, and of the capitals only `small-caps`, as in CSS 2 and 3.
fn parse_before_size(
    id: LonghandId,
    input: &mut Parser<'_>,
    context: &ParseContext<'_>,
) -> CssResult<PropertyDeclaration> {
    if id == F::FontVariantCaps.id() {
        input.expect_ident_matching("small-caps")?;
        return parse_longhand(id, &mut Parser::new("small-caps"), context);
    }
    if id == F::FontStretch.id() {
        let keyword = FontStretchKeyword::parse(input, context)?;
        return Ok(PropertyDeclaration::Font(D::FontStretch(SpecifiedFontStretch::Keyword(keyword))));
    }
    parse_longhand(id, input, context)
}

fn write_font(_: &ShorthandInfo, declarations: &[&PropertyDeclaration], out: &mut String) {
    let (given, reset) = declarations.split_at(GIVEN);
    let caps = text_of(given[1]);
    let stretch = text_of(given[3]);
    let writable = reset.iter().all(|declaration| is_initial(declaration))
        && matches!(caps.as_str(), "normal" | "small-caps")
        && FontStretchKeyword::from_keyword(&stretch).is_some();
    if !writable {
        return;
    }
    let start = out.len();
    for declaration in &given[..SIZE] {
        let text = text_of(declaration);
        if text != "normal" {
            push_word(out, start, &text);
        }
    }
    push_word(out, start, &text_of(given[SIZE]));
    let line_height = text_of(given[LINE_HEIGHT]);
    if line_height != "normal" {
        push_word(out, start, "/");
        push_word(out, start, &line_height);
    }
    push_word(out, start, &text_of(given[FAMILY]));
}

fn parse_variant(
    info: &ShorthandInfo,
    input: &mut Parser<'_>,
    context: &ParseContext<'_>,
    added: &mut Vec<PropertyDeclaration>,
) -> CssResult<()> {
    if input.try_parse(|input| input.expect_ident_matching("normal")).is_ok() {
        added.extend(info.longhands.iter().map(|&id| initial(id)));
        return Ok(());
    }
    if input.try_parse(|input| input.expect_ident_matching("none")).is_ok() {
        added.push(parse_longhand(info.longhands[0], &mut Parser::new("none"), context)?);
        added.extend(info.longhands[1..].iter().map(|&id| initial(id)));
        return Ok(());
    }
    // The words of one longhand may stand apart, so each is collected on its own.
    let mut words: Vec<String> = vec![String::new(); info.longhands.len()];
    while let Ok(word) = input.try_parse(Parser::expect_ident_cloned) {
        let owner = info.longhands.iter().position(|&id| {
            let parsed = Parser::new(&word).parse_entirely(|input| parse_longhand(id, input, context));
            parsed.is_ok_and(|declaration| !is_initial(&declaration))
        });
        let owner = owner.filter(|_| !word.eq_ignore_ascii_case("none")).ok_or_else(invalid_value)?;
        push_word(&mut words[owner], 0, &word);
    }
    if words.iter().all(String::is_empty) {
        return Err(invalid_value());
    }
    for (&id, words) in info.longhands.iter().zip(&words) {
        added.push(if words.is_empty() {
            initial(id)
        } else {
            Parser::new(words).parse_entirely(|input| parse_longhand(id, input, context))?
        });
    }
    Ok(())
}

fn write_variant(_: &ShorthandInfo, declarations: &[&PropertyDeclaration], out: &mut String) {
    let start = out.len();
    let [ligatures, rest @ ..] = declarations else { return };
    if text_of(ligatures) == "none" {
        // It stands alone.
        if rest.iter().all(|declaration| is_initial(declaration)) {
            out.push_str("none");
        }
        return;
    }
    for declaration in declarations.iter().filter(|declaration| !is_initial(declaration)) {
        push_word(out, start, &text_of(declaration));
    }
    if out.len() == start {
        out.push_str("normal");
    }
}

fn parse_synthesis(input: &mut Parser<'_>, added: &mut Vec<PropertyDeclaration>) -> CssResult<()> {
    let mut allowed = [FontSynthesis::None; 3];
    if input.try_parse(|input| input.expect_ident_matching("none")).is_err() {
        let mut any = false;
        while let Ok(word) = input.try_parse(Parser::expect_ident_cloned) {
            let index = match_ignore_ascii_case! { &word,
                "weight" => 0,
                "style" => 1,
                "small-caps" => 2,
                _ => return Err(invalid_value()),
            };
            if std::mem::replace(&mut allowed[index], FontSynthesis::Auto) == FontSynthesis::Auto {
                return Err(invalid_value());
            }
            any = true;
        }
        if !any {
            return Err(invalid_value());
        }
    }
    let [weight, style, small_caps] = allowed;
    added.extend(
        [D::FontSynthesisWeight(weight), D::FontSynthesisStyle(style), D::FontSynthesisSmallCaps(small_caps)]
            .map(PropertyDeclaration::Font),
    );
    Ok(())
}
