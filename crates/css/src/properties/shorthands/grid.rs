//! `grid-row`, `grid-column` and `grid-area`.
//! <https://drafts.csswg.org/css-grid-2/#placement-shorthands>

use super::ShorthandInfo;
use crate::properties::grid::{Declaration as D, Longhand as G};
use crate::properties::{LonghandId, PropertyDeclaration};
use crate::syntax::{CssResult, ParseContext, Parser, ToCss};
use crate::values::Parse;
use crate::values::grid::GridLine;

pub(super) static TABLE: &[ShorthandInfo] = &[
    lines("grid-row", &[G::GridRowStart.id(), G::GridRowEnd.id()]),
    lines("grid-column", &[G::GridColumnStart.id(), G::GridColumnEnd.id()]),
    lines(
        "grid-area",
        &[G::GridRowStart.id(), G::GridColumnStart.id(), G::GridRowEnd.id(), G::GridColumnEnd.id()],
    ),
];

const fn lines(name: &'static str, longhands: &'static [LonghandId]) -> ShorthandInfo {
    ShorthandInfo { name, longhands, parse: parse_lines, write: write_lines }
}

/// What an omitted line is: the same name where the opposite line is a name, else `auto`.
fn omitted(opposite: &GridLine) -> GridLine {
    if opposite.is_name_only() { opposite.clone() } else { GridLine::default() }
}

/// Which line an omitted one follows: the start line of the axis, or for the column's start the row's.
const fn opposite(index: usize, count: usize) -> usize {
    if count == 4 && index == 3 { 1 } else { 0 }
}

fn parse_lines(
    info: &ShorthandInfo,
    input: &mut Parser<'_>,
    context: &ParseContext<'_>,
    added: &mut Vec<PropertyDeclaration>,
) -> CssResult<()> {
    let count = info.longhands.len();
    let mut lines = vec![GridLine::parse(input, context)?];
    while lines.len() < count && input.try_parse(|input| input.expect_delim('/')).is_ok() {
        lines.push(GridLine::parse(input, context)?);
    }
    for index in lines.len()..count {
        lines.push(omitted(&lines[opposite(index, count)]));
    }
    for (line, &id) in lines.into_iter().zip(info.longhands) {
        let make = if id == G::GridRowStart.id() {
            D::GridRowStart
        } else if id == G::GridRowEnd.id() {
            D::GridRowEnd
        } else if id == G::GridColumnStart.id() {
            D::GridColumnStart
        } else {
            D::GridColumnEnd
        };
        added.push(PropertyDeclaration::Grid(make(line)));
    }
    Ok(())
}

fn write_lines(_: &ShorthandInfo, declarations: &[&PropertyDeclaration], out: &mut String) {
    let mut lines = Vec::new();
    for declaration in declarations {
        let PropertyDeclaration::Grid(
            D::GridRowStart(line) | D::GridRowEnd(line) | D::GridColumnStart(line) | D::GridColumnEnd(line),
        ) = declaration
        else {
            return;
        };
        lines.push(line);
    }
    let count = lines.len();
    while lines.len() > 1 {
        let index = lines.len() - 1;
        if *lines[index] != omitted(lines[opposite(index, count)]) {
            break;
        }
        lines.pop();
    }
    for (index, line) in lines.into_iter().enumerate() {
        if index > 0 {
            out.push_str(" / ");
        }
        line.to_css(out);
    }
}
