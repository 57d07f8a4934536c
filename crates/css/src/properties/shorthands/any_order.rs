//! Shorthands whose values come in any order, each at most once.

use super::{ShorthandInfo, initial, is_initial, parse_longhand, push_word, text_of};
use crate::properties::border::Longhand as B;
use crate::properties::columns::Longhand as C;
use crate::properties::flex::Longhand as F;
use crate::properties::inherited_text::Longhand as I;
use crate::properties::logical::logical;
use crate::properties::text::Longhand as T;
use crate::properties::{LonghandId, PropertyDeclaration};
use crate::syntax::error::invalid_value;
use crate::syntax::{CssResult, ParseContext, Parser};

const fn any_order(name: &'static str, longhands: &'static [LonghandId]) -> ShorthandInfo {
    ShorthandInfo { name, longhands, parse: parse_any_order, write: write_any_order }
}

pub(super) static TABLE: &[ShorthandInfo] = &[
    any_order("border-top", &[B::BorderTopWidth.id(), B::BorderTopStyle.id(), B::BorderTopColor.id()]),
    any_order(
        "border-right",
        &[B::BorderRightWidth.id(), B::BorderRightStyle.id(), B::BorderRightColor.id()],
    ),
    any_order(
        "border-bottom",
        &[B::BorderBottomWidth.id(), B::BorderBottomStyle.id(), B::BorderBottomColor.id()],
    ),
    any_order("border-left", &[B::BorderLeftWidth.id(), B::BorderLeftStyle.id(), B::BorderLeftColor.id()]),
    any_order(
        "border-block-start",
        &[
            logical("border-block-start-width"),
            logical("border-block-start-style"),
            logical("border-block-start-color"),
        ],
    ),
    any_order(
        "border-block-end",
        &[
            logical("border-block-end-width"),
            logical("border-block-end-style"),
            logical("border-block-end-color"),
        ],
    ),
    any_order(
        "border-inline-start",
        &[
            logical("border-inline-start-width"),
            logical("border-inline-start-style"),
            logical("border-inline-start-color"),
        ],
    ),
    any_order(
        "border-inline-end",
        &[
            logical("border-inline-end-width"),
            logical("border-inline-end-style"),
            logical("border-inline-end-color"),
        ],
    ),
    any_order("outline", &[B::OutlineWidth.id(), B::OutlineStyle.id(), B::OutlineColor.id()]),
    any_order("column-rule", &[C::ColumnRuleWidth.id(), C::ColumnRuleStyle.id(), C::ColumnRuleColor.id()]),
    any_order("flex-flow", &[F::FlexDirection.id(), F::FlexWrap.id()]),
    any_order(
        "text-decoration",
        &[
            T::TextDecorationLine.id(),
            T::TextDecorationThickness.id(),
            T::TextDecorationStyle.id(),
            T::TextDecorationColor.id(),
        ],
    ),
    any_order("text-emphasis", &[I::TextEmphasisStyle.id(), I::TextEmphasisColor.id()]),
    any_order("text-wrap", &[I::TextWrapMode.id(), I::TextWrapStyle.id()]),
    any_order("-webkit-text-stroke", &[I::TextStrokeWidth.id(), I::TextStrokeColor.id()]),
];

/// Parses values in any order; what is not given is initial.
pub(super) fn parse_any_order(
    info: &ShorthandInfo,
    input: &mut Parser<'_>,
    context: &ParseContext<'_>,
    added: &mut Vec<PropertyDeclaration>,
) -> CssResult<()> {
    let found = parse_longhands_any_order(info.longhands, input, context)?;
    added.extend(found);
    Ok(())
}

/// The declarations of `longhands` in their order, of which at least one must be given.
///
/// # Errors
/// The input does not begin with a value of any of them.
pub(super) fn parse_longhands_any_order(
    longhands: &[LonghandId],
    input: &mut Parser<'_>,
    context: &ParseContext<'_>,
) -> CssResult<smallvec::SmallVec<[PropertyDeclaration; 4]>> {
    let mut found: smallvec::SmallVec<[Option<PropertyDeclaration>; 4]> =
        longhands.iter().map(|_| None).collect();
    let mut any = false;
    'values: while !input.is_exhausted() {
        for (slot, &id) in found.iter_mut().zip(longhands) {
            if slot.is_none()
                && let Ok(declaration) = input.try_parse(|input| parse_longhand(id, input, context))
            {
                *slot = Some(declaration);
                any = true;
                continue 'values;
            }
        }
        break;
    }
    if !any {
        return Err(invalid_value());
    }
    Ok(found.into_iter().zip(longhands).map(|(slot, &id)| slot.unwrap_or_else(|| initial(id))).collect())
}

/// Writes what is not initial, or the first value where everything is.
pub(super) fn write_any_order(_: &ShorthandInfo, declarations: &[&PropertyDeclaration], out: &mut String) {
    let start = out.len();
    for declaration in declarations.iter().filter(|declaration| !is_initial(declaration)) {
        push_word(out, start, &text_of(declaration));
    }
    if out.len() == start
        && let Some(first) = declarations.first()
    {
        out.push_str(&text_of(first));
    }
}
