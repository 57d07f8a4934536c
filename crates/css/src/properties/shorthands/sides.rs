//! Shorthands for the four sides, for the two sides of an axis, and for two axes.

use super::{ShorthandInfo, parse_longhand, push_word, text_of};
use crate::properties::border::Longhand as B;
use crate::properties::boxes::Longhand as X;
use crate::properties::flex::Longhand as F;
use crate::properties::logical::{logical, with_longhand};
use crate::properties::size::Longhand as S;
use crate::properties::ui::Longhand as U;
use crate::properties::{LonghandId, PropertyDeclaration};
use crate::syntax::{CssResult, ParseContext, Parser};

const fn sides(name: &'static str, longhands: &'static [LonghandId]) -> ShorthandInfo {
    ShorthandInfo { name, longhands, parse: parse_sides, write: write_sides }
}

pub(super) static TABLE: &[ShorthandInfo] = &[
    sides("margin", &[S::MarginTop.id(), S::MarginRight.id(), S::MarginBottom.id(), S::MarginLeft.id()]),
    sides("padding", &[S::PaddingTop.id(), S::PaddingRight.id(), S::PaddingBottom.id(), S::PaddingLeft.id()]),
    sides("inset", &[S::Top.id(), S::Right.id(), S::Bottom.id(), S::Left.id()]),
    sides(
        "scroll-margin",
        &[
            S::ScrollMarginTop.id(),
            S::ScrollMarginRight.id(),
            S::ScrollMarginBottom.id(),
            S::ScrollMarginLeft.id(),
        ],
    ),
    sides(
        "scroll-padding",
        &[
            S::ScrollPaddingTop.id(),
            S::ScrollPaddingRight.id(),
            S::ScrollPaddingBottom.id(),
            S::ScrollPaddingLeft.id(),
        ],
    ),
    sides(
        "border-width",
        &[
            B::BorderTopWidth.id(),
            B::BorderRightWidth.id(),
            B::BorderBottomWidth.id(),
            B::BorderLeftWidth.id(),
        ],
    ),
    sides(
        "border-style",
        &[
            B::BorderTopStyle.id(),
            B::BorderRightStyle.id(),
            B::BorderBottomStyle.id(),
            B::BorderLeftStyle.id(),
        ],
    ),
    sides(
        "border-color",
        &[
            B::BorderTopColor.id(),
            B::BorderRightColor.id(),
            B::BorderBottomColor.id(),
            B::BorderLeftColor.id(),
        ],
    ),
    sides("margin-block", &[logical("margin-block-start"), logical("margin-block-end")]),
    sides("margin-inline", &[logical("margin-inline-start"), logical("margin-inline-end")]),
    sides("padding-block", &[logical("padding-block-start"), logical("padding-block-end")]),
    sides("padding-inline", &[logical("padding-inline-start"), logical("padding-inline-end")]),
    sides("inset-block", &[logical("inset-block-start"), logical("inset-block-end")]),
    sides("inset-inline", &[logical("inset-inline-start"), logical("inset-inline-end")]),
    sides("scroll-margin-block", &[logical("scroll-margin-block-start"), logical("scroll-margin-block-end")]),
    sides(
        "scroll-margin-inline",
        &[logical("scroll-margin-inline-start"), logical("scroll-margin-inline-end")],
    ),
    sides(
        "scroll-padding-block",
        &[logical("scroll-padding-block-start"), logical("scroll-padding-block-end")],
    ),
    sides(
        "scroll-padding-inline",
        &[logical("scroll-padding-inline-start"), logical("scroll-padding-inline-end")],
    ),
    sides("border-block-width", &[logical("border-block-start-width"), logical("border-block-end-width")]),
    sides("border-inline-width", &[logical("border-inline-start-width"), logical("border-inline-end-width")]),
    sides("border-block-style", &[logical("border-block-start-style"), logical("border-block-end-style")]),
    sides("border-inline-style", &[logical("border-inline-start-style"), logical("border-inline-end-style")]),
    sides("border-block-color", &[logical("border-block-start-color"), logical("border-block-end-color")]),
    sides("border-inline-color", &[logical("border-inline-start-color"), logical("border-inline-end-color")]),
    sides("overflow", &[X::OverflowX.id(), X::OverflowY.id()]),
    sides("overscroll-behavior", &[U::OverscrollBehaviorX.id(), U::OverscrollBehaviorY.id()]),
    sides("gap", &[F::RowGap.id(), F::ColumnGap.id()]),
    sides("contain-intrinsic-size", &[S::ContainIntrinsicWidth.id(), S::ContainIntrinsicHeight.id()]),
    sides("place-items", &[F::AlignItems.id(), F::JustifyItems.id()]),
    sides("place-self", &[F::AlignSelf.id(), F::JustifySelf.id()]),
];

/// As many values as longhands, or fewer; those not given are taken from the opposite side.
pub(super) fn parse_sides(
    info: &ShorthandInfo,
    input: &mut Parser<'_>,
    context: &ParseContext<'_>,
    added: &mut Vec<PropertyDeclaration>,
) -> CssResult<()> {
    let first = added.len();
    let mut starts = smallvec::SmallVec::<[cssparser::ParserState; 4]>::new();
    for (index, &id) in info.longhands.iter().enumerate() {
        let start = input.state();
        match input.try_parse(|input| parse_longhand(id, input, context)) {
            Ok(declaration) => {
                added.push(declaration);
                starts.push(start);
            }
            Err(error) if index == 0 => return Err(error),
            Err(_) => break,
        }
    }
    let end = input.state();
    for (index, &id) in info.longhands.iter().enumerate().skip(starts.len()) {
        // The opposite side, or the first where that is not given either.
        let from = match index.checked_sub(2) {
            Some(opposite) if opposite < starts.len() => opposite,
            _ => 0,
        };
        // The first side's value can be carried over; the others are read again.
        let carried = if from == 0 { with_longhand(&added[first], id) } else { None };
        let declaration = match carried {
            Some(declaration) => declaration,
            None => {
                input.reset(&starts[from]);
                parse_longhand(id, input, context)?
            }
        };
        added.push(declaration);
    }
    input.reset(&end);
    Ok(())
}

pub(super) fn write_sides(_: &ShorthandInfo, declarations: &[&PropertyDeclaration], out: &mut String) {
    let values: smallvec::SmallVec<[String; 4]> =
        declarations.iter().map(|declaration| text_of(declaration)).collect();
    let count = match values.as_slice() {
        [top, right, bottom, left] if left == right && top == bottom && top == right => 1,
        [top, right, bottom, left] if left == right && top == bottom => 2,
        [_, right, _, left] if left == right => 3,
        [start, end] if start == end => 1,
        all => all.len(),
    };
    let start = out.len();
    for value in &values[..count] {
        push_word(out, start, value);
    }
}
