//! `border`, `border-block`, `border-inline`, `border-radius` and `border-image`.
//! <https://drafts.csswg.org/css-backgrounds-3/#the-border-shorthands>

use super::any_order::{parse_longhands_any_order, write_any_order};
use super::{ShorthandInfo, initial, is_initial, parse_longhand, push_word, text_of};
use crate::properties::border::{Declaration as D, Longhand as B};
use crate::properties::logical::{logical, with_longhand};
use crate::properties::{LonghandId, PropertyDeclaration};
use crate::syntax::error::invalid_value;
use crate::syntax::{CssResult, ParseContext, Parser};
use crate::values::combinators::Boxed;
use crate::values::shape::{parse_radii, write_radii};

const WIDTHS: [LonghandId; 4] =
    [B::BorderTopWidth.id(), B::BorderRightWidth.id(), B::BorderBottomWidth.id(), B::BorderLeftWidth.id()];
const STYLES: [LonghandId; 4] =
    [B::BorderTopStyle.id(), B::BorderRightStyle.id(), B::BorderBottomStyle.id(), B::BorderLeftStyle.id()];
const COLORS: [LonghandId; 4] =
    [B::BorderTopColor.id(), B::BorderRightColor.id(), B::BorderBottomColor.id(), B::BorderLeftColor.id()];
const IMAGE: [LonghandId; 5] = [
    B::BorderImageSource.id(),
    B::BorderImageSlice.id(),
    B::BorderImageWidth.id(),
    B::BorderImageOutset.id(),
    B::BorderImageRepeat.id(),
];

pub(super) static TABLE: &[ShorthandInfo] = &[
    ShorthandInfo {
        name: "border",
        // Side by side the three of each kind, then what is only reset.
        longhands: &[
            WIDTHS[0], WIDTHS[1], WIDTHS[2], WIDTHS[3], STYLES[0], STYLES[1], STYLES[2], STYLES[3],
            COLORS[0], COLORS[1], COLORS[2], COLORS[3], IMAGE[0], IMAGE[1], IMAGE[2], IMAGE[3], IMAGE[4],
        ],
        parse: parse_border,
        write: write_border,
    },
    ShorthandInfo {
        name: "border-block",
        longhands: &[
            logical("border-block-start-width"),
            logical("border-block-end-width"),
            logical("border-block-start-style"),
            logical("border-block-end-style"),
            logical("border-block-start-color"),
            logical("border-block-end-color"),
        ],
        parse: parse_axis,
        write: write_axis,
    },
    ShorthandInfo {
        name: "border-inline",
        longhands: &[
            logical("border-inline-start-width"),
            logical("border-inline-end-width"),
            logical("border-inline-start-style"),
            logical("border-inline-end-style"),
            logical("border-inline-start-color"),
            logical("border-inline-end-color"),
        ],
        parse: parse_axis,
        write: write_axis,
    },
    ShorthandInfo {
        name: "border-radius",
        longhands: &[
            B::BorderTopLeftRadius.id(),
            B::BorderTopRightRadius.id(),
            B::BorderBottomRightRadius.id(),
            B::BorderBottomLeftRadius.id(),
        ],
        parse: parse_radius,
        write: write_radius,
    },
    ShorthandInfo { name: "border-image", longhands: &IMAGE, parse: parse_image, write: write_image },
];

/// Parses `<width> || <style> || <color>` once for each of several sides.
fn parse_for_sides(
    longhands: &[LonghandId],
    sides: usize,
    input: &mut Parser<'_>,
    context: &ParseContext<'_>,
    added: &mut Vec<PropertyDeclaration>,
) -> CssResult<()> {
    let first = [longhands[0], longhands[sides], longhands[2 * sides]];
    let parsed = parse_longhands_any_order(&first, input, context)?;
    for (kind, declaration) in parsed.iter().enumerate() {
        for &id in &longhands[kind * sides..(kind + 1) * sides] {
            added.push(with_longhand(declaration, id).ok_or_else(invalid_value)?);
        }
    }
    Ok(())
}

fn parse_border(
    info: &ShorthandInfo,
    input: &mut Parser<'_>,
    context: &ParseContext<'_>,
    added: &mut Vec<PropertyDeclaration>,
) -> CssResult<()> {
    parse_for_sides(info.longhands, 4, input, context, added)?;
    added.extend(IMAGE.into_iter().map(initial));
    Ok(())
}

fn parse_axis(
    info: &ShorthandInfo,
    input: &mut Parser<'_>,
    context: &ParseContext<'_>,
    added: &mut Vec<PropertyDeclaration>,
) -> CssResult<()> {
    parse_for_sides(info.longhands, 2, input, context, added)
}

/// The three values, where the sides agree.
fn write_for_sides(
    info: &ShorthandInfo,
    sides: usize,
    declarations: &[&PropertyDeclaration],
    out: &mut String,
) {
    let agree = declarations.chunks(sides).take(3).all(|kind| {
        let first = text_of(kind[0]);
        kind[1..].iter().all(|other| text_of(other) == first)
    });
    if agree {
        write_any_order(info, &[declarations[0], declarations[sides], declarations[2 * sides]], out);
    }
}

fn write_border(info: &ShorthandInfo, declarations: &[&PropertyDeclaration], out: &mut String) {
    if declarations[12..].iter().all(|declaration| is_initial(declaration)) {
        write_for_sides(info, 4, declarations, out);
    }
}

fn write_axis(info: &ShorthandInfo, declarations: &[&PropertyDeclaration], out: &mut String) {
    write_for_sides(info, 2, declarations, out);
}

fn parse_radius(
    _: &ShorthandInfo,
    input: &mut Parser<'_>,
    context: &ParseContext<'_>,
    added: &mut Vec<PropertyDeclaration>,
) -> CssResult<()> {
    let [top_left, top_right, bottom_right, bottom_left] = parse_radii(input, context)?;
    added.extend(
        [
            D::BorderTopLeftRadius(Boxed::new(top_left)),
            D::BorderTopRightRadius(Boxed::new(top_right)),
            D::BorderBottomRightRadius(Boxed::new(bottom_right)),
            D::BorderBottomLeftRadius(Boxed::new(bottom_left)),
        ]
        .map(PropertyDeclaration::Border),
    );
    Ok(())
}

fn write_radius(_: &ShorthandInfo, declarations: &[&PropertyDeclaration], out: &mut String) {
    if let [
        PropertyDeclaration::Border(D::BorderTopLeftRadius(top_left)),
        PropertyDeclaration::Border(D::BorderTopRightRadius(top_right)),
        PropertyDeclaration::Border(D::BorderBottomRightRadius(bottom_right)),
        PropertyDeclaration::Border(D::BorderBottomLeftRadius(bottom_left)),
    ] = declarations
    {
        let radii = [top_left, top_right, bottom_right, bottom_left].map(|radius| (**radius).clone());
        write_radii(&radii, out);
    }
}

/// `<source> || <slice> [ / <width> | / <width>? / <outset> ]? || <repeat>`
fn parse_image(
    _: &ShorthandInfo,
    input: &mut Parser<'_>,
    context: &ParseContext<'_>,
    added: &mut Vec<PropertyDeclaration>,
) -> CssResult<()> {
    let mut found: [Option<PropertyDeclaration>; 5] = [const { None }; 5];
    let one = |index: usize, input: &mut Parser<'_>| {
        input.try_parse(|input| parse_longhand(IMAGE[index], input, context)).ok()
    };
    let mut any = false;
    loop {
        if found[1].is_none()
            && let Some(slice) = one(1, input)
        {
            found[1] = Some(slice);
            if input.try_parse(|input| input.expect_delim('/')).is_ok() {
                found[2] = one(2, input);
                if input.try_parse(|input| input.expect_delim('/')).is_ok() {
                    found[3] = Some(one(3, input).ok_or_else(invalid_value)?);
                } else if found[2].is_none() {
                    return Err(invalid_value());
                }
            }
        } else if found[0].is_none()
            && let Some(source) = one(0, input)
        {
            found[0] = Some(source);
        } else if found[4].is_none()
            && let Some(repeat) = one(4, input)
        {
            found[4] = Some(repeat);
        } else {
            break;
        }
        any = true;
    }
    if !any {
        return Err(invalid_value());
    }
    added.extend(found.into_iter().zip(IMAGE).map(|(slot, id)| slot.unwrap_or_else(|| initial(id))));
    Ok(())
}

fn write_image(_: &ShorthandInfo, declarations: &[&PropertyDeclaration], out: &mut String) {
    let [source, slice, width, outset, repeat] = declarations else { return };
    let start = out.len();
    if !is_initial(source) {
        push_word(out, start, &text_of(source));
    }
    let needs_slice = ![slice, width, outset].into_iter().all(|declaration| is_initial(declaration));
    if needs_slice {
        push_word(out, start, &text_of(slice));
        if !is_initial(width) || !is_initial(outset) {
            push_word(out, start, "/");
            if !is_initial(width) {
                push_word(out, start, &text_of(width));
            }
            if !is_initial(outset) {
                push_word(out, start, "/");
                push_word(out, start, &text_of(outset));
            }
        }
    }
    if !is_initial(repeat) {
        push_word(out, start, &text_of(repeat));
    }
    if out.len() == start {
        out.push_str("none");
    }
}
