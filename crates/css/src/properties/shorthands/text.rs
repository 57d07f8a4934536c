//! `white-space`, `list-style`, `marker` and the old names of breaks.

use cssparser::match_ignore_ascii_case;

use super::any_order::write_any_order;
use super::{ShorthandInfo, initial, parse_longhand, text_of};
use crate::properties::PropertyDeclaration;
use crate::properties::columns::{BreakBetween, BreakInside, Declaration as C, Longhand as K};
use crate::properties::inherited_text::{Declaration as T, Longhand as I, TextWrapMode, WhiteSpaceCollapse};
use crate::properties::list::{Declaration as D, Longhand as L};
use crate::properties::svg::Longhand as V;
use crate::syntax::error::invalid_value;
use crate::syntax::{CssResult, ParseContext, Parser};
use crate::values::combinators::Boxed;
use crate::values::generated::CounterStyle;
use crate::values::{NoneOr, Parse};

pub(super) static TABLE: &[ShorthandInfo] = &[
    ShorthandInfo {
        name: "white-space",
        longhands: &[I::WhiteSpaceCollapse.id(), I::TextWrapMode.id()],
        parse: |_, input, context, added| parse_white_space(input, context, added),
        write: write_white_space,
    },
    ShorthandInfo {
        name: "list-style",
        longhands: &[L::ListStylePosition.id(), L::ListStyleImage.id(), L::ListStyleType.id()],
        parse: |_, input, context, added| parse_list_style(input, context, added),
        write: write_any_order,
    },
    ShorthandInfo {
        name: "marker",
        longhands: &[V::MarkerStart.id(), V::MarkerMid.id(), V::MarkerEnd.id()],
        parse: |info, input, context, added| {
            let start = input.state();
            for &id in info.longhands {
                input.reset(&start);
                added.push(parse_longhand(id, input, context)?);
            }
            Ok(())
        },
        write: |_, declarations, out| {
            let values: Vec<String> = declarations.iter().map(|declaration| text_of(declaration)).collect();
            if values.iter().all(|value| *value == values[0]) {
                out.push_str(&values[0]);
            }
        },
    },
    ShorthandInfo {
        name: "page-break-before",
        longhands: &[K::BreakBefore.id()],
        parse: |_, input, context, added| {
            added.push(PropertyDeclaration::Columns(C::BreakBefore(parse_page_break(input, context)?)));
            Ok(())
        },
        write: |_, declarations, out| write_page_break(declarations, out),
    },
    ShorthandInfo {
        name: "page-break-after",
        longhands: &[K::BreakAfter.id()],
        parse: |_, input, context, added| {
            added.push(PropertyDeclaration::Columns(C::BreakAfter(parse_page_break(input, context)?)));
            Ok(())
        },
        write: |_, declarations, out| write_page_break(declarations, out),
    },
    ShorthandInfo {
        name: "page-break-inside",
        longhands: &[K::BreakInside.id()],
        parse: |_, input, context, added| {
            let inside = BreakInside::parse(input, context)?;
            if !matches!(inside, BreakInside::Auto | BreakInside::Avoid) {
                return Err(invalid_value());
            }
            added.push(PropertyDeclaration::Columns(C::BreakInside(inside)));
            Ok(())
        },
        write: |_, declarations, out| write_page_break(declarations, out),
    },
    ShorthandInfo {
        name: "-webkit-column-break-before",
        longhands: &[K::BreakBefore.id()],
        parse: |_, input, _, added| {
            added.push(PropertyDeclaration::Columns(C::BreakBefore(parse_column_break(input)?)));
            Ok(())
        },
        write: |_, _, _| {},
    },
    ShorthandInfo {
        name: "-webkit-column-break-after",
        longhands: &[K::BreakAfter.id()],
        parse: |_, input, _, added| {
            added.push(PropertyDeclaration::Columns(C::BreakAfter(parse_column_break(input)?)));
            Ok(())
        },
        write: |_, _, _| {},
    },
    ShorthandInfo {
        name: "-webkit-column-break-inside",
        longhands: &[K::BreakInside.id()],
        parse: |_, input, _, added| {
            let inside = match_ignore_ascii_case! { input.expect_ident()?,
                "auto" => BreakInside::Auto,
                "avoid" => BreakInside::AvoidColumn,
                _ => return Err(invalid_value()),
            };
            added.push(PropertyDeclaration::Columns(C::BreakInside(inside)));
            Ok(())
        },
        write: |_, _, _| {},
    },
];

/// The keywords of `white-space` in CSS 2 and 3.
/// <https://drafts.csswg.org/css-text-4/#white-space-property>
const WHITE_SPACE: &[(&str, WhiteSpaceCollapse, TextWrapMode)] = &[
    ("normal", WhiteSpaceCollapse::Collapse, TextWrapMode::Wrap),
    ("pre", WhiteSpaceCollapse::Preserve, TextWrapMode::Nowrap),
    ("pre-wrap", WhiteSpaceCollapse::Preserve, TextWrapMode::Wrap),
    ("pre-line", WhiteSpaceCollapse::PreserveBreaks, TextWrapMode::Wrap),
    ("-webkit-nowrap", WhiteSpaceCollapse::Collapse, TextWrapMode::Nowrap),
];

fn parse_white_space(
    input: &mut Parser<'_>,
    context: &ParseContext<'_>,
    added: &mut Vec<PropertyDeclaration>,
) -> CssResult<()> {
    let known = input.try_parse(|input| -> CssResult<_> {
        let keyword = input.expect_ident()?;
        let found = WHITE_SPACE.iter().find(|(name, ..)| keyword.eq_ignore_ascii_case(name));
        found.ok_or_else(invalid_value)
    });
    let (collapse, wrap) = match known {
        Ok((_, collapse, wrap)) => (*collapse, *wrap),
        Err(_) => {
            let (mut collapse, mut wrap) = (None, None);
            loop {
                if collapse.is_none()
                    && let Ok(found) = input.try_parse(|input| WhiteSpaceCollapse::parse(input, context))
                {
                    collapse = Some(found);
                } else if wrap.is_none()
                    && let Ok(found) = input.try_parse(|input| TextWrapMode::parse(input, context))
                {
                    wrap = Some(found);
                } else {
                    break;
                }
            }
            if collapse.is_none() && wrap.is_none() {
                return Err(invalid_value());
            }
            (collapse.unwrap_or(WhiteSpaceCollapse::Collapse), wrap.unwrap_or(TextWrapMode::Wrap))
        }
    };
    added.push(PropertyDeclaration::InheritedText(T::WhiteSpaceCollapse(collapse)));
    added.push(PropertyDeclaration::InheritedText(T::TextWrapMode(wrap)));
    Ok(())
}

fn write_white_space(info: &ShorthandInfo, declarations: &[&PropertyDeclaration], out: &mut String) {
    let [
        PropertyDeclaration::InheritedText(T::WhiteSpaceCollapse(collapse)),
        PropertyDeclaration::InheritedText(T::TextWrapMode(wrap)),
    ] = declarations
    else {
        return;
    };
    let known = WHITE_SPACE
        .iter()
        .find(|(name, other, mode)| other == collapse && mode == wrap && !name.starts_with('-'));
    match known {
        Some((name, ..)) => out.push_str(name),
        None => write_any_order(info, declarations, out),
    }
}

/// `<position> || <image> || <type>`, where `none` may be the image or the type.
fn parse_list_style(
    input: &mut Parser<'_>,
    context: &ParseContext<'_>,
    added: &mut Vec<PropertyDeclaration>,
) -> CssResult<()> {
    let (mut position, mut image, mut kind) = (None, None, None);
    let mut nones = 0;
    loop {
        if input.try_parse(|input| input.expect_ident_matching("none")).is_ok() {
            nones += 1;
        } else if position.is_none()
            && let Ok(found) =
                input.try_parse(|input| parse_longhand(L::ListStylePosition.id(), input, context))
        {
            position = Some(found);
        } else if image.is_none()
            && let Ok(found) = input.try_parse(|input| parse_longhand(L::ListStyleImage.id(), input, context))
        {
            image = Some(found);
        } else if kind.is_none()
            && let Ok(found) = input.try_parse(|input| parse_longhand(L::ListStyleType.id(), input, context))
        {
            kind = Some(found);
        } else {
            break;
        }
    }
    let free = usize::from(image.is_none()) + usize::from(kind.is_none());
    if nones > free || (nones == 0 && position.is_none() && image.is_none() && kind.is_none()) {
        return Err(invalid_value());
    }
    if nones > 0 {
        kind.get_or_insert(PropertyDeclaration::List(D::ListStyleType(CounterStyle::None)));
        image.get_or_insert(PropertyDeclaration::List(D::ListStyleImage(Boxed::new(NoneOr::None))));
    }
    added.push(position.unwrap_or_else(|| initial(L::ListStylePosition.id())));
    added.push(image.unwrap_or_else(|| initial(L::ListStyleImage.id())));
    added.push(kind.unwrap_or_else(|| initial(L::ListStyleType.id())));
    Ok(())
}

/// <https://drafts.csswg.org/css-break-4/#page-break-properties>
fn parse_page_break(input: &mut Parser<'_>, _: &ParseContext<'_>) -> CssResult<BreakBetween> {
    Ok(match_ignore_ascii_case! { input.expect_ident()?,
        "auto" => BreakBetween::Auto,
        "always" => BreakBetween::Page,
        "avoid" => BreakBetween::Avoid,
        "left" => BreakBetween::Left,
        "right" => BreakBetween::Right,
        _ => return Err(invalid_value()),
    })
}

fn parse_column_break(input: &mut Parser<'_>) -> CssResult<BreakBetween> {
    Ok(match_ignore_ascii_case! { input.expect_ident()?,
        "auto" => BreakBetween::Auto,
        "always" => BreakBetween::Column,
        "avoid" => BreakBetween::AvoidColumn,
        _ => return Err(invalid_value()),
    })
}

fn write_page_break(declarations: &[&PropertyDeclaration], out: &mut String) {
    let Some(declaration) = declarations.first() else { return };
    match text_of(declaration).as_str() {
        "page" => out.push_str("always"),
        word @ ("auto" | "avoid" | "left" | "right") => out.push_str(word),
        _ => {}
    }
}
