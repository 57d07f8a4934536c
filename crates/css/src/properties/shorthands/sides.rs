//! Shorthands for the four sides and for the two sides of an axis.

use super::super::size::Longhand as S;
use super::{ShorthandInfo, parse_longhand};
use crate::properties::PropertyDeclaration;
use crate::syntax::{CssResult, ParseContext, Parser};

pub(super) static TABLE: &[ShorthandInfo] = &[
    four("margin", &[S::MarginTop.id(), S::MarginRight.id(), S::MarginBottom.id(), S::MarginLeft.id()]),
    four("padding", &[S::PaddingTop.id(), S::PaddingRight.id(), S::PaddingBottom.id(), S::PaddingLeft.id()]),
    four("inset", &[S::Top.id(), S::Right.id(), S::Bottom.id(), S::Left.id()]),
];

const fn four(name: &'static str, longhands: &'static [super::LonghandId]) -> ShorthandInfo {
    ShorthandInfo { name, longhands, parse: parse_sides, write: write_sides }
}

/// One to four values (or one to two for an axis); those not given are taken from the opposite side.
fn parse_sides(
    info: &ShorthandInfo,
    input: &mut Parser<'_>,
    context: &ParseContext<'_>,
    added: &mut Vec<PropertyDeclaration>,
) -> CssResult<()> {
    let start = input.state();
    let mut ends = smallvec::SmallVec::<[cssparser::ParserState; 4]>::new();
    for (index, &id) in info.longhands.iter().enumerate() {
        let before = input.state();
        match input.try_parse(|input| parse_longhand(id, input, context)) {
            Ok(declaration) => {
                added.push(declaration);
                ends.push(before);
            }
            Err(error) if index == 0 => return Err(error),
            Err(_) => break,
        }
    }
    let end = input.state();
    let given = ends.len();
    for (index, &id) in info.longhands.iter().enumerate().skip(given) {
        // The opposite side, or the first where that is not given either.
        let from = if index >= 2 && given > index - 2 { index - 2 } else { 0 };
        input.reset(ends.get(from).unwrap_or(&start));
        added.push(parse_longhand(id, input, context)?);
    }
    input.reset(&end);
    Ok(())
}

fn write_sides(declarations: &[&PropertyDeclaration], out: &mut String) {
    let values: Vec<String> = declarations
        .iter()
        .map(|declaration| {
            let mut value = String::new();
            declaration.write_value(&mut value);
            value
        })
        .collect();
    let count = match values.as_slice() {
        [top, right, bottom, left] if left == right && top == bottom && top == right => 1,
        [top, right, bottom, left] if left == right && top == bottom => 2,
        [_, right, _, left] if left == right => 3,
        [start, end] if start == end => 1,
        all => all.len(),
    };
    out.push_str(&values[..count].join(" "));
}
