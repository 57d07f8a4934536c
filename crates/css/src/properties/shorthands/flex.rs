//! `flex`, `columns`, `place-content` and `container`.
//! <https://drafts.csswg.org/css-flexbox-1/#flex-property>

use super::{ShorthandInfo, parse_longhand, text_of};
use crate::properties::columns::Longhand as C;
use crate::properties::flex::{Declaration as D, Longhand as F};
use crate::properties::size::{Declaration as S, Longhand as Z};
use crate::properties::{PropertyDeclaration, columns};
use crate::syntax::error::invalid_value;
use crate::syntax::{CssResult, ParseContext, Parser};
use crate::values::align::{AlignContent, ContentPosition, JustifyContent};
use crate::values::length::{NonNegative, SpecifiedLengthPercentage};
use crate::values::number::SpecifiedNumber;
use crate::values::overflow::ContainerType;
use crate::values::size::{FlexBasis, Size};
use crate::values::{AutoOr, Parse};

pub(super) static TABLE: &[ShorthandInfo] = &[
    ShorthandInfo {
        name: "flex",
        longhands: &[F::FlexGrow.id(), F::FlexShrink.id(), F::FlexBasis.id()],
        parse: |_, input, context, added| parse_flex(input, context, added),
        write: |_, declarations, out| {
            let values: Vec<String> = declarations.iter().map(|declaration| text_of(declaration)).collect();
            match values.iter().map(String::as_str).collect::<Vec<_>>().as_slice() {
                ["0", "0", "auto"] => out.push_str("none"),
                ["1", "1", "auto"] => out.push_str("auto"),
                _ => out.push_str(&values.join(" ")),
            }
        },
    },
    ShorthandInfo {
        name: "columns",
        longhands: &[C::ColumnWidth.id(), C::ColumnCount.id()],
        parse: |_, input, context, added| parse_columns(input, context, added),
        write: |_, declarations, out| {
            let values: Vec<String> = declarations
                .iter()
                .map(|declaration| text_of(declaration))
                .filter(|value| value != "auto")
                .collect();
            out.push_str(&if values.is_empty() { "auto".to_owned() } else { values.join(" ") });
        },
    },
    ShorthandInfo {
        name: "place-content",
        longhands: &[F::AlignContent.id(), F::JustifyContent.id()],
        parse: |_, input, context, added| parse_place_content(input, context, added),
        write: super::sides::write_sides,
    },
    ShorthandInfo {
        name: "container",
        longhands: &[Z::ContainerName.id(), Z::ContainerType.id()],
        parse: |_, input, context, added| {
            added.push(parse_longhand(Z::ContainerName.id(), input, context)?);
            added.push(match input.try_parse(|input| input.expect_delim('/')) {
                Ok(()) => parse_longhand(Z::ContainerType.id(), input, context)?,
                Err(_) => PropertyDeclaration::Size(S::ContainerType(ContainerType::empty())),
            });
            Ok(())
        },
        write: |_, declarations, out| {
            let [name, kind] = declarations else { return };
            name.write_value(out);
            let kind = text_of(kind);
            if kind != "normal" {
                out.push_str(" / ");
                out.push_str(&kind);
            }
        },
    },
];

fn number(value: f32) -> NonNegative<SpecifiedNumber> {
    NonNegative(SpecifiedNumber::Literal(value))
}

/// `none | [ <flex-grow> <flex-shrink>? || <flex-basis> ]`
fn parse_flex(
    input: &mut Parser<'_>,
    context: &ParseContext<'_>,
    added: &mut Vec<PropertyDeclaration>,
) -> CssResult<()> {
    let mut finish = |grow, shrink, basis| {
        added.extend(
            [D::FlexGrow(grow), D::FlexShrink(shrink), D::FlexBasis(basis)].map(PropertyDeclaration::Flex),
        );
        Ok(())
    };
    if input.try_parse(|input| input.expect_ident_matching("none")).is_ok() {
        return finish(number(0.0), number(0.0), FlexBasis(Size::Auto));
    }
    let mut factors = None;
    let mut basis = None;
    loop {
        // First the factors: a zero without unit is one of them.
        if factors.is_none()
            && let Ok(grow) = input.try_parse(|input| NonNegative::<SpecifiedNumber>::parse(input, context))
        {
            let shrink =
                input.try_parse(|input| Parse::parse(input, context)).unwrap_or_else(|_| number(1.0));
            factors = Some((grow, shrink));
        } else if basis.is_none()
            && let Ok(found) = input.try_parse(|input| FlexBasis::parse(input, context))
        {
            basis = Some(found);
        } else {
            break;
        }
    }
    if factors.is_none() && basis.is_none() {
        return Err(invalid_value());
    }
    let (grow, shrink) = factors.unwrap_or_else(|| (number(1.0), number(1.0)));
    // Without a basis the factors share all of the space.
    let zero = || FlexBasis(Size::LengthPercentage(SpecifiedLengthPercentage::Percentage(0.0)));
    finish(grow, shrink, basis.unwrap_or_else(zero))
}

/// `<column-width> || <column-count>`, where `auto` may mean either.
fn parse_columns(
    input: &mut Parser<'_>,
    context: &ParseContext<'_>,
    added: &mut Vec<PropertyDeclaration>,
) -> CssResult<()> {
    let (mut width, mut count) = (None, None);
    let mut autos = 0;
    loop {
        if input.try_parse(|input| input.expect_ident_matching("auto")).is_ok() {
            autos += 1;
        } else if count.is_none()
            && let Ok(found) = input.try_parse(|input| parse_longhand(C::ColumnCount.id(), input, context))
        {
            count = Some(found);
        } else if width.is_none()
            && let Ok(found) = input.try_parse(|input| parse_longhand(C::ColumnWidth.id(), input, context))
        {
            width = Some(found);
        } else {
            break;
        }
    }
    let given = autos + usize::from(width.is_some()) + usize::from(count.is_some());
    if given == 0 || given > 2 {
        return Err(invalid_value());
    }
    let auto_width = PropertyDeclaration::Columns(columns::Declaration::ColumnWidth(AutoOr::Auto));
    let auto_count = PropertyDeclaration::Columns(columns::Declaration::ColumnCount(AutoOr::Auto));
    added.push(width.unwrap_or(auto_width));
    added.push(count.unwrap_or(auto_count));
    Ok(())
}

/// `<align-content> <justify-content>?`
fn parse_place_content(
    input: &mut Parser<'_>,
    context: &ParseContext<'_>,
    added: &mut Vec<PropertyDeclaration>,
) -> CssResult<()> {
    let align = AlignContent::parse(input, context)?;
    let justify = match input.try_parse(|input| JustifyContent::parse(input, context)) {
        Ok(justify) => justify,
        // Baselines are of one axis only.
        Err(_) if matches!(align.position, ContentPosition::Baseline | ContentPosition::LastBaseline) => {
            JustifyContent::of(ContentPosition::Start)
        }
        Err(_) => JustifyContent { overflow: align.overflow, position: align.position },
    };
    added.push(PropertyDeclaration::Flex(D::AlignContent(align)));
    added.push(PropertyDeclaration::Flex(D::JustifyContent(justify)));
    Ok(())
}
