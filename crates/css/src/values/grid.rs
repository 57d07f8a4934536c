//! Grid: track lists, areas and lines.
//! <https://drafts.csswg.org/css-grid-2/>

use std::sync::Arc;

use cssparser::match_ignore_ascii_case;
use fanlight_base::Atom;

use super::Parse;
use super::calc::Range;
use super::identifier::CustomIdent;
use super::length::{LengthPercentage, ParseInRange, SpecifiedLengthPercentage};
use crate::limits;
use crate::syntax::error::{invalid_value, out_of_range};
use crate::syntax::serialize::{write_identifier, write_number, write_string};
use crate::syntax::{CssResult, ParseContext, Parser, ToCss, Token, write_space_separated};

computes_by_parts! {
    /// The breadth of a track.
    pub enum TrackBreadth<LP = LengthPercentage> {
        /// A length or percentage.
        Fixed(breadth: LP),
        /// A share of what is left over: `1fr`.
        Flex(factor: f32),
        /// `auto`
        Auto,
        /// `min-content`
        MinContent,
        /// `max-content`
        MaxContent,
    }
}

computes_by_parts! {
    /// The size of a track.
    pub enum TrackSize<LP = LengthPercentage> {
        /// One breadth.
        Breadth(breadth: TrackBreadth<LP>),
        /// `minmax()`
        MinMax(least: TrackBreadth<LP>, most: TrackBreadth<LP>),
        /// `fit-content()`
        FitContent(limit: LP),
    }
}

/// The names of a line.
pub type LineNames = Arc<[CustomIdent]>;

computes_by_parts! {
    /// An entry of a track list.
    pub enum TrackListItem<LP = LengthPercentage> {
        /// A track.
        Track(size: TrackSize<LP>),
        /// `repeat()`
        Repeat(count: RepeatCount, names: Arc<[LineNames]>, sizes: Arc<[TrackSize<LP>]>),
    }
}

/// How often tracks are repeated.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum RepeatCount {
    /// A number.
    Number(u32),
    /// `auto-fill`
    AutoFill,
    /// `auto-fit`
    AutoFit,
}

computes_by_parts! {
    /// A track list.
    pub struct TrackList<LP = LengthPercentage> {
        /// The names before each entry, and after the last.
        pub names: Arc<[LineNames]>,
        /// The entries.
        pub items: Arc<[TrackListItem<LP>]>,
    }
}

computes_by_parts! {
    /// `grid-template-columns` and `grid-template-rows`
    pub enum GridTemplate<LP = LengthPercentage> {
        /// `none`
        None,
        /// Tracks.
        Tracks(tracks: TrackList<LP>),
        /// `subgrid`, with the names of its lines.
        Subgrid(names: SubgridNames),
    }
}

/// The names of a subgrid's lines.
/// <https://drafts.csswg.org/css-grid-2/#typedef-line-name-list>
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SubgridNames {
    /// The names of each line, repeats with a number written out.
    pub lines: Arc<[LineNames]>,
    /// Which of them `repeat(auto-fill, …)` repeats as often as there are lines left.
    pub auto_fill: Option<std::ops::Range<usize>>,
}

impl SubgridNames {
    /// The names of `count` lines, `auto-fill` resolved; the last lines may have none.
    pub fn resolved(&self, count: usize) -> impl Iterator<Item = &LineNames> {
        let fill = self.auto_fill.clone().unwrap_or(0..0);
        let room = count.saturating_sub(self.lines.len() - fill.len());
        let filled = room.checked_div(fill.len()).unwrap_or_default() * fill.len();
        let repeated = self.lines[fill.clone()].iter().cycle().take(filled);
        self.lines[..fill.start].iter().chain(repeated).chain(&self.lines[fill.end..]).take(count)
    }
}

computes_to_itself!(RepeatCount, SubgridNames);

/// A track size in a declaration.
pub type SpecifiedTrackSize = TrackSize<SpecifiedLengthPercentage>;
/// A template in a declaration.
pub type SpecifiedGridTemplate = GridTemplate<SpecifiedLengthPercentage>;
type SpecifiedBreadth = TrackBreadth<SpecifiedLengthPercentage>;

fn parse_flex(input: &mut Parser<'_>) -> CssResult<f32> {
    match input.next()? {
        Token::Dimension { value, unit, .. } if unit.eq_ignore_ascii_case("fr") && *value >= 0.0 => {
            Ok(super::number::finite(*value))
        }
        _ => Err(invalid_value()),
    }
}

impl Parse for SpecifiedBreadth {
    fn parse(input: &mut Parser<'_>, context: &ParseContext<'_>) -> CssResult<Self> {
        if let Ok(factor) = input.try_parse(parse_flex) {
            return Ok(TrackBreadth::Flex(factor));
        }
        if let Ok(keyword) = input.try_parse(Parser::expect_ident_cloned) {
            return Ok(match_ignore_ascii_case! { &keyword,
                "auto" => TrackBreadth::Auto,
                "min-content" => TrackBreadth::MinContent,
                "max-content" => TrackBreadth::MaxContent,
                _ => return Err(invalid_value()),
            });
        }
        SpecifiedLengthPercentage::parse_in_range(input, context, Range::NonNegative).map(TrackBreadth::Fixed)
    }
}

impl Parse for SpecifiedTrackSize {
    fn parse(input: &mut Parser<'_>, context: &ParseContext<'_>) -> CssResult<Self> {
        if let Ok(breadth) = input.try_parse(|input| SpecifiedBreadth::parse(input, context)) {
            return Ok(TrackSize::Breadth(breadth));
        }
        let function = input.expect_function()?.clone();
        input.parse_nested_block(|input| {
            match_ignore_ascii_case! { &function,
                "minmax" => {
                    let least = SpecifiedBreadth::parse(input, context)?;
                    if matches!(least, TrackBreadth::Flex(_)) {
                        return Err(invalid_value());
                    }
                    input.expect_comma()?;
                    Ok(TrackSize::MinMax(least, SpecifiedBreadth::parse(input, context)?))
                },
                "fit-content" => {
                    let limit = SpecifiedLengthPercentage::parse_in_range(input, context, Range::NonNegative)?;
                    Ok(TrackSize::FitContent(limit))
                },
                _ => Err(invalid_value()),
            }
        })
    }
}

/// The names of a line, none where no bracket follows.
///
/// # Errors
/// The bracket holds something that is no name.
pub fn parse_line_names(input: &mut Parser<'_>) -> CssResult<LineNames> {
    match input.try_parse(Parser::expect_square_bracket_block) {
        Ok(()) => parse_names_in_block(input),
        Err(_) => Ok(Arc::new([])),
    }
}

fn parse_repeat_count(input: &mut Parser<'_>) -> CssResult<RepeatCount> {
    match input.next()? {
        Token::Number { int_value: Some(count), .. } if *count >= 1 => {
            Ok(RepeatCount::Number((*count as u32).min(limits::GRID_TRACKS)))
        }
        Token::Number { .. } => Err(out_of_range()),
        Token::Ident(keyword) => Ok(match_ignore_ascii_case! { keyword,
            "auto-fill" => RepeatCount::AutoFill,
            "auto-fit" => RepeatCount::AutoFit,
            _ => return Err(invalid_value()),
        }),
        _ => Err(invalid_value()),
    }
}

fn parse_repeat(
    input: &mut Parser<'_>,
    context: &ParseContext<'_>,
) -> CssResult<TrackListItem<SpecifiedLengthPercentage>> {
    input.expect_function_matching("repeat")?;
    input.parse_nested_block(|input| {
        let count = parse_repeat_count(input)?;
        input.expect_comma()?;
        let mut names = vec![parse_line_names(input)?];
        let mut sizes = Vec::new();
        while let Ok(size) = input.try_parse(|input| SpecifiedTrackSize::parse(input, context)) {
            sizes.push(size);
            names.push(parse_line_names(input)?);
        }
        if sizes.is_empty() {
            return Err(invalid_value());
        }
        Ok(TrackListItem::Repeat(count, names.into(), sizes.into()))
    })
}

/// Whether a track's size does not depend on its contents: what auto-repeats need.
fn is_fixed(size: &SpecifiedTrackSize) -> bool {
    match size {
        TrackSize::Breadth(TrackBreadth::Fixed(_)) => true,
        TrackSize::MinMax(least, most) => {
            matches!(least, TrackBreadth::Fixed(_)) || matches!(most, TrackBreadth::Fixed(_))
        }
        _ => false,
    }
}

/// The rules for `auto-fill` and `auto-fit`: at most one, and only fixed tracks beside it.
fn auto_repeat_is_valid(items: &[TrackListItem<SpecifiedLengthPercentage>]) -> bool {
    let is_auto = |item: &&TrackListItem<_>| {
        matches!(item, TrackListItem::Repeat(RepeatCount::AutoFill | RepeatCount::AutoFit, ..))
    };
    match items.iter().filter(is_auto).count() {
        0 => true,
        1 => items.iter().all(|item| match item {
            TrackListItem::Track(size) => is_fixed(size),
            TrackListItem::Repeat(_, _, sizes) => sizes.iter().all(is_fixed),
        }),
        _ => false,
    }
}

impl Parse for SpecifiedGridTemplate {
    fn parse(input: &mut Parser<'_>, context: &ParseContext<'_>) -> CssResult<Self> {
        if input.try_parse(|input| input.expect_ident_matching("none")).is_ok() {
            return Ok(GridTemplate::None);
        }
        if input.try_parse(|input| input.expect_ident_matching("subgrid")).is_ok() {
            return parse_subgrid_names(input).map(GridTemplate::Subgrid);
        }
        let mut names = vec![parse_line_names(input)?];
        let mut items = Vec::new();
        loop {
            if let Ok(size) = input.try_parse(|input| SpecifiedTrackSize::parse(input, context)) {
                items.push(TrackListItem::Track(size));
            } else if let Ok(repeat) = input.try_parse(|input| parse_repeat(input, context)) {
                items.push(repeat);
            } else {
                break;
            }
            names.push(parse_line_names(input)?);
        }
        if items.is_empty() || !auto_repeat_is_valid(&items) {
            return Err(invalid_value());
        }
        Ok(GridTemplate::Tracks(TrackList { names: names.into(), items: items.into() }))
    }
}

/// `<line-name-list>`; repeats with a number are written out.
fn parse_subgrid_names(input: &mut Parser<'_>) -> CssResult<SubgridNames> {
    let mut lines: Vec<LineNames> = Vec::new();
    let mut auto_fill = None;
    loop {
        if input.try_parse(|input| input.expect_function_matching("repeat")).is_ok() {
            input.parse_nested_block(|input| -> CssResult<()> {
                let count = match parse_repeat_count(input)? {
                    RepeatCount::Number(count) => Some(count as usize),
                    RepeatCount::AutoFill if auto_fill.is_none() => None,
                    _ => return Err(invalid_value()),
                };
                input.expect_comma()?;
                let mut repeated = Vec::new();
                while !input.is_exhausted() {
                    input.expect_square_bracket_block()?;
                    repeated.push(parse_names_in_block(input)?);
                }
                if repeated.is_empty() {
                    return Err(invalid_value());
                }
                let room = (limits::GRID_TRACKS as usize).saturating_sub(lines.len());
                let wanted = repeated.len() * count.unwrap_or(1);
                let first = lines.len();
                lines.extend(repeated.iter().cycle().take(wanted.min(room)).cloned());
                if count.is_none() {
                    auto_fill = Some(first..lines.len());
                }
                Ok(())
            })?;
        } else if input.try_parse(Parser::expect_square_bracket_block).is_ok() {
            lines.push(parse_names_in_block(input)?);
        } else {
            return Ok(SubgridNames { lines: lines.into(), auto_fill });
        }
    }
}

fn parse_names_in_block(input: &mut Parser<'_>) -> CssResult<LineNames> {
    input.parse_nested_block(|input| {
        let mut names = Vec::new();
        while !input.is_exhausted() {
            names.push(CustomIdent::parse_excluding(input, &["span", "auto"])?);
        }
        Ok(names.into())
    })
}

fn write_line_names(names: &LineNames, out: &mut String) {
    out.push('[');
    write_space_separated(names, out);
    out.push(']');
}

/// Writes entries with their names before, between and after.
fn write_with_names<T: ToCss>(names: &[LineNames], items: &[T], out: &mut String) {
    let start = out.len();
    let blank = |out: &mut String| {
        if out.len() > start {
            out.push(' ');
        }
    };
    for index in 0..=items.len() {
        if let Some(line) = names.get(index)
            && !line.is_empty()
        {
            blank(out);
            write_line_names(line, out);
        }
        if let Some(item) = items.get(index) {
            blank(out);
            item.to_css(out);
        }
    }
}

impl<LP: ToCss> ToCss for TrackBreadth<LP> {
    fn to_css(&self, out: &mut String) {
        match self {
            TrackBreadth::Fixed(breadth) => breadth.to_css(out),
            TrackBreadth::Flex(factor) => {
                write_number(*factor, out);
                out.push_str("fr");
            }
            TrackBreadth::Auto => out.push_str("auto"),
            TrackBreadth::MinContent => out.push_str("min-content"),
            TrackBreadth::MaxContent => out.push_str("max-content"),
        }
    }
}

impl<LP: ToCss> ToCss for TrackSize<LP> {
    fn to_css(&self, out: &mut String) {
        match self {
            TrackSize::Breadth(breadth) => breadth.to_css(out),
            TrackSize::MinMax(least, most) => {
                out.push_str("minmax(");
                least.to_css(out);
                out.push_str(", ");
                most.to_css(out);
                out.push(')');
            }
            TrackSize::FitContent(limit) => {
                out.push_str("fit-content(");
                limit.to_css(out);
                out.push(')');
            }
        }
    }
}

impl<LP: ToCss> ToCss for TrackListItem<LP> {
    fn to_css(&self, out: &mut String) {
        match self {
            TrackListItem::Track(size) => size.to_css(out),
            TrackListItem::Repeat(count, names, sizes) => {
                out.push_str("repeat(");
                match count {
                    RepeatCount::Number(count) => count.to_css(out),
                    RepeatCount::AutoFill => out.push_str("auto-fill"),
                    RepeatCount::AutoFit => out.push_str("auto-fit"),
                }
                out.push_str(", ");
                let mut list = String::new();
                write_with_names(names, sizes, &mut list);
                out.push_str(&list);
                out.push(')');
            }
        }
    }
}

impl<LP: ToCss> ToCss for GridTemplate<LP> {
    fn to_css(&self, out: &mut String) {
        match self {
            GridTemplate::None => out.push_str("none"),
            GridTemplate::Tracks(tracks) => {
                let mut list = String::new();
                write_with_names(&tracks.names, &tracks.items, &mut list);
                out.push_str(&list);
            }
            GridTemplate::Subgrid(SubgridNames { lines, auto_fill }) => {
                out.push_str("subgrid");
                for (index, names) in lines.iter().enumerate() {
                    let opens = auto_fill.as_ref().is_some_and(|fill| fill.start == index);
                    out.push_str(if opens { " repeat(auto-fill, " } else { " " });
                    write_line_names(names, out);
                    if auto_fill.as_ref().is_some_and(|fill| fill.end == index + 1) {
                        out.push(')');
                    }
                }
            }
        }
    }
}

/// `grid-template-areas`
/// <https://drafts.csswg.org/css-grid-2/#grid-template-areas-property>
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct GridAreas {
    /// The rows as strings, blanks collapsed.
    pub rows: Arc<[Arc<str>]>,
    /// The named areas, in the order in which they first appear.
    pub areas: Arc<[GridArea]>,
    /// How many columns there are.
    pub width: u32,
}

/// A named area; the lines are counted from 1.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct GridArea {
    /// The name.
    pub name: Atom,
    /// The line above.
    pub row_start: u32,
    /// The line below.
    pub row_end: u32,
    /// The line before.
    pub column_start: u32,
    /// The line after.
    pub column_end: u32,
}

impl GridAreas {
    /// The areas that rows of cell names make.
    ///
    /// # Errors
    /// The rows differ in length, or an area is no rectangle.
    pub fn from_rows(rows: &[&str]) -> CssResult<Self> {
        let mut areas: Vec<GridArea> = Vec::new();
        let mut cells_of: Vec<u32> = Vec::new();
        let mut texts: Vec<Arc<str>> = Vec::new();
        let mut width = 0;
        for (row, text) in rows.iter().enumerate() {
            let cells = split_cells(text)?;
            if cells.is_empty() || (row > 0 && cells.len() as u32 != width) {
                return Err(invalid_value());
            }
            width = cells.len() as u32;
            texts.push(cells.iter().map(|cell| cell.unwrap_or(".")).collect::<Vec<_>>().join(" ").into());
            let row = row as u32 + 1;
            for (column, cell) in cells.iter().enumerate() {
                let Some(name) = cell else { continue };
                let column = column as u32 + 1;
                match areas.iter().position(|area| *area.name == **name) {
                    None => {
                        cells_of.push(1);
                        areas.push(GridArea {
                            name: Atom::from(*name),
                            row_start: row,
                            row_end: row + 1,
                            column_start: column,
                            column_end: column + 1,
                        });
                    }
                    Some(index) => {
                        cells_of[index] += 1;
                        let area = &mut areas[index];
                        area.row_end = area.row_end.max(row + 1);
                        area.column_start = area.column_start.min(column);
                        area.column_end = area.column_end.max(column + 1);
                    }
                }
            }
        }
        // An area whose cells do not fill its bounds is no rectangle.
        let filled = areas.iter().zip(&cells_of).all(|(area, &cells)| {
            (area.row_end - area.row_start) * (area.column_end - area.column_start) == cells
        });
        if rows.is_empty() || !filled {
            return Err(invalid_value());
        }
        Ok(GridAreas { rows: texts.into(), areas: areas.into(), width })
    }
}

/// The names of the cells of a row; `None` for dots.
fn split_cells(text: &str) -> CssResult<Vec<Option<&str>>> {
    let mut cells = Vec::new();
    for word in text.split_ascii_whitespace() {
        let mut rest = word;
        while !rest.is_empty() {
            let dots = rest.len() - rest.trim_start_matches('.').len();
            if dots > 0 {
                cells.push(None);
                rest = &rest[dots..];
                continue;
            }
            let end = rest.find('.').unwrap_or(rest.len());
            let (name, after) = rest.split_at(end);
            if !name.chars().all(|c| c.is_alphanumeric() || c == '-' || c == '_' || !c.is_ascii()) {
                return Err(invalid_value());
            }
            cells.push(Some(name));
            rest = after;
        }
    }
    Ok(cells)
}

impl Parse for GridAreas {
    fn parse(input: &mut Parser<'_>, _context: &ParseContext<'_>) -> CssResult<Self> {
        let mut rows = Vec::new();
        while let Ok(row) = input.try_parse(Parser::expect_string_cloned) {
            rows.push(row);
        }
        let rows: Vec<&str> = rows.iter().map(|row| &**row).collect();
        GridAreas::from_rows(&rows)
    }
}

impl ToCss for GridAreas {
    fn to_css(&self, out: &mut String) {
        for (index, row) in self.rows.iter().enumerate() {
            if index > 0 {
                out.push(' ');
            }
            write_string(row, out);
        }
    }
}

/// `grid-auto-flow`
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct GridAutoFlow {
    /// Whether columns are filled rather than rows.
    pub column: bool,
    /// Whether holes are filled.
    pub dense: bool,
}

impl GridAutoFlow {
    /// `row`
    pub const ROW: GridAutoFlow = GridAutoFlow { column: false, dense: false };
}

impl Parse for GridAutoFlow {
    fn parse(input: &mut Parser<'_>, _context: &ParseContext<'_>) -> CssResult<Self> {
        let (mut column, mut dense) = (None, false);
        while let Ok(keyword) = input.try_parse(Parser::expect_ident_cloned) {
            let fresh = match_ignore_ascii_case! { &keyword,
                "row" => column.replace(false).is_none(),
                "column" => column.replace(true).is_none(),
                "dense" => !std::mem::replace(&mut dense, true),
                _ => false,
            };
            if !fresh {
                return Err(invalid_value());
            }
        }
        if column.is_none() && !dense {
            return Err(invalid_value());
        }
        Ok(GridAutoFlow { column: column.unwrap_or(false), dense })
    }
}

impl ToCss for GridAutoFlow {
    fn to_css(&self, out: &mut String) {
        out.push_str(match (self.column, self.dense) {
            (false, false) => "row",
            (true, false) => "column",
            (false, true) => "dense",
            (true, true) => "column dense",
        });
    }
}

/// A line that an item is placed at: `grid-row-start` and the like. All empty is `auto`.
/// <https://drafts.csswg.org/css-grid-2/#line-placement>
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct GridLine {
    /// Whether it counts tracks from the other line.
    pub span: bool,
    /// The number, never 0.
    pub number: Option<i32>,
    /// The name.
    pub name: Option<Atom>,
}

impl GridLine {
    /// Whether this is `auto`.
    pub const fn is_auto(&self) -> bool {
        !self.span && self.number.is_none() && self.name.is_none()
    }

    /// Whether this is a name alone, which the end line then repeats in shorthands.
    pub const fn is_name_only(&self) -> bool {
        !self.span && self.number.is_none() && self.name.is_some()
    }
}

impl Parse for GridLine {
    fn parse(input: &mut Parser<'_>, _context: &ParseContext<'_>) -> CssResult<Self> {
        if input.try_parse(|input| input.expect_ident_matching("auto")).is_ok() {
            return Ok(GridLine::default());
        }
        let mut line = GridLine::default();
        loop {
            if !line.span && input.try_parse(|input| input.expect_ident_matching("span")).is_ok() {
                line.span = true;
            } else if line.number.is_none()
                && let Ok(number) = input.try_parse(parse_grid_integer)
            {
                line.number = Some(number);
            } else if line.name.is_none()
                && let Ok(name) =
                    input.try_parse(|input| CustomIdent::parse_excluding(input, &["span", "auto"]))
            {
                line.name = Some(name.0);
            } else {
                break;
            }
        }
        let wrong_number =
            line.number == Some(0) || (line.span && line.number.is_some_and(|number| number < 0));
        if wrong_number || (line.number.is_none() && line.name.is_none()) {
            return Err(invalid_value());
        }
        Ok(line)
    }
}

fn parse_grid_integer(input: &mut Parser<'_>) -> CssResult<i32> {
    use super::number::SpecifiedInteger;
    match SpecifiedInteger::parse(input, &ParseContext::default())? {
        SpecifiedInteger::Literal(number) => Ok(number),
        SpecifiedInteger::Calc(calculation) => Ok((calculation.resolve(0.0) + 0.5).floor() as i32),
    }
}

impl ToCss for GridLine {
    fn to_css(&self, out: &mut String) {
        if self.is_auto() {
            return out.push_str("auto");
        }
        let start = out.len();
        if self.span {
            out.push_str("span");
        }
        if let Some(number) = self.number
            && !(self.span && number == 1 && self.name.is_some())
        {
            if out.len() > start {
                out.push(' ');
            }
            number.to_css(out);
        }
        if let Some(name) = &self.name {
            if out.len() > start {
                out.push(' ');
            }
            write_identifier(name, out);
        }
    }
}

computes_to_itself!(GridAreas, GridAutoFlow, GridLine);
