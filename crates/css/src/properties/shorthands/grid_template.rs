//! `grid-template` and `grid`.
//! <https://drafts.csswg.org/css-grid-2/#explicit-grid-shorthand>

use std::sync::Arc;

use super::{ShorthandInfo, is_initial, text_of};
use crate::properties::PropertyDeclaration;
use crate::properties::grid::{Declaration as D, Longhand as G};
use crate::syntax::error::invalid_value;
use crate::syntax::{CssResult, ParseContext, Parser, ToCss};
use crate::values::combinators::Boxed;
use crate::values::grid::{
    GridAreas, GridAutoFlow, GridTemplate, LineNames, SpecifiedGridTemplate, SpecifiedTrackSize,
    TrackBreadth, TrackList, TrackListItem, TrackSize, parse_line_names,
};
use crate::values::{NoneOr, Parse, SpaceList};

pub(super) static TABLE: &[ShorthandInfo] = &[
    ShorthandInfo {
        name: "grid",
        longhands: &[
            G::GridTemplateRows.id(),
            G::GridTemplateColumns.id(),
            G::GridTemplateAreas.id(),
            G::GridAutoRows.id(),
            G::GridAutoColumns.id(),
            G::GridAutoFlow.id(),
        ],
        parse: |_, input, context, added| parse_grid(input, context, added),
        write: write_grid,
    },
    ShorthandInfo {
        name: "grid-template",
        longhands: &[G::GridTemplateRows.id(), G::GridTemplateColumns.id(), G::GridTemplateAreas.id()],
        parse: |_, input, context, added| {
            parse_template(input, context)?.add(added);
            Ok(())
        },
        write: |_, declarations, out| write_template(declarations, out),
    },
];

/// The three values of `grid-template`.
struct Template {
    rows: SpecifiedGridTemplate,
    columns: SpecifiedGridTemplate,
    areas: NoneOr<GridAreas>,
}

impl Template {
    const NONE: Template =
        Template { rows: GridTemplate::None, columns: GridTemplate::None, areas: NoneOr::None };

    fn add(self, added: &mut Vec<PropertyDeclaration>) {
        added.extend(
            [
                D::GridTemplateRows(Boxed::new(self.rows)),
                D::GridTemplateColumns(Boxed::new(self.columns)),
                D::GridTemplateAreas(Boxed::new(self.areas)),
            ]
            .map(PropertyDeclaration::Grid),
        );
    }
}

fn auto_track() -> SpecifiedTrackSize {
    TrackSize::Breadth(TrackBreadth::Auto)
}

/// `none | <rows> / <columns> | [ <names>? <string> <size>? <names>? ]+ [ / <explicit-track-list> ]?`
fn parse_template(input: &mut Parser<'_>, context: &ParseContext<'_>) -> CssResult<Template> {
    if let Ok(template) = input.try_parse(|input| parse_with_areas(input, context)) {
        return Ok(template);
    }
    let rows = SpecifiedGridTemplate::parse(input, context)?;
    if matches!(rows, GridTemplate::None) && input.is_exhausted() {
        return Ok(Template::NONE);
    }
    input.expect_delim('/')?;
    let columns = SpecifiedGridTemplate::parse(input, context)?;
    Ok(Template { rows, columns, areas: NoneOr::None })
}

fn parse_with_areas(input: &mut Parser<'_>, context: &ParseContext<'_>) -> CssResult<Template> {
    let mut names: Vec<LineNames> = Vec::new();
    let mut items = Vec::new();
    let mut strings = Vec::new();
    let mut before = parse_line_names(input)?;
    while let Ok(row) = input.try_parse(Parser::expect_string_cloned) {
        strings.push(row);
        names.push(before);
        let size = input.try_parse(|input| SpecifiedTrackSize::parse(input, context));
        items.push(TrackListItem::Track(size.unwrap_or_else(|_| auto_track())));
        // Names after this row and before the next are of one line.
        let after = parse_line_names(input)?;
        let next = parse_line_names(input)?;
        before = after.iter().chain(next.iter()).cloned().collect();
    }
    if strings.is_empty() {
        return Err(invalid_value());
    }
    names.push(before);
    let strings: Vec<&str> = strings.iter().map(|row| &**row).collect();
    let areas = GridAreas::from_rows(&strings)?;
    let columns = match input.try_parse(|input| input.expect_delim('/')) {
        Ok(()) => match SpecifiedGridTemplate::parse(input, context)? {
            // The columns are written out here.
            GridTemplate::Tracks(tracks)
                if tracks.items.iter().all(|item| matches!(item, TrackListItem::Track(_))) =>
            {
                GridTemplate::Tracks(tracks)
            }
            _ => return Err(invalid_value()),
        },
        Err(_) => GridTemplate::None,
    };
    let rows = GridTemplate::Tracks(TrackList { names: names.into(), items: items.into() });
    Ok(Template { rows, columns, areas: NoneOr::Value(areas) })
}

/// `auto-flow && dense?`
fn parse_auto_flow(input: &mut Parser<'_>) -> CssResult<bool> {
    let dense =
        |input: &mut Parser<'_>| input.try_parse(|input| input.expect_ident_matching("dense")).is_ok();
    let before = dense(input);
    input.expect_ident_matching("auto-flow")?;
    Ok(before || dense(input))
}

fn parse_auto_tracks(input: &mut Parser<'_>, context: &ParseContext<'_>) -> SpaceList<SpecifiedTrackSize> {
    input
        .try_parse(|input| SpaceList::<SpecifiedTrackSize>::parse(input, context))
        .unwrap_or_else(|_| SpaceList(Arc::new([auto_track()])))
}

/// `<grid-template> | <rows> / [ auto-flow && dense? ] <auto-columns>? | [ auto-flow && dense? ] <auto-rows>? / <columns>`
fn parse_grid(
    input: &mut Parser<'_>,
    context: &ParseContext<'_>,
    added: &mut Vec<PropertyDeclaration>,
) -> CssResult<()> {
    let auto = || SpaceList::one(auto_track());
    let (template, auto_rows, auto_columns, flow) = if let Ok(template) =
        input.try_parse(|input| -> CssResult<_> {
            let template = parse_template(input, context)?;
            input.expect_exhausted()?;
            Ok(template)
        }) {
        (template, auto(), auto(), GridAutoFlow::ROW)
    } else if let Ok(dense) = input.try_parse(parse_auto_flow) {
        let auto_rows = parse_auto_tracks(input, context);
        input.expect_delim('/')?;
        let columns = SpecifiedGridTemplate::parse(input, context)?;
        (Template { columns, ..Template::NONE }, auto_rows, auto(), GridAutoFlow { column: false, dense })
    } else {
        let rows = SpecifiedGridTemplate::parse(input, context)?;
        input.expect_delim('/')?;
        let dense = parse_auto_flow(input)?;
        let auto_columns = parse_auto_tracks(input, context);
        (Template { rows, ..Template::NONE }, auto(), auto_columns, GridAutoFlow { column: true, dense })
    };
    template.add(added);
    added.extend(
        [D::GridAutoRows(auto_rows), D::GridAutoColumns(auto_columns), D::GridAutoFlow(flow)]
            .map(PropertyDeclaration::Grid),
    );
    Ok(())
}

fn write_template(declarations: &[&PropertyDeclaration], out: &mut String) {
    let [
        PropertyDeclaration::Grid(D::GridTemplateRows(rows)),
        PropertyDeclaration::Grid(D::GridTemplateColumns(columns)),
        PropertyDeclaration::Grid(D::GridTemplateAreas(areas)),
    ] = declarations
    else {
        return;
    };
    match &**areas {
        NoneOr::None if matches!((&**rows, &**columns), (GridTemplate::None, GridTemplate::None)) => {
            out.push_str("none")
        }
        NoneOr::None => {
            rows.to_css(out);
            out.push_str(" / ");
            columns.to_css(out);
        }
        NoneOr::Value(areas) => write_with_areas(rows, columns, areas, out),
    }
}

fn write_with_areas(
    rows: &SpecifiedGridTemplate,
    columns: &SpecifiedGridTemplate,
    areas: &GridAreas,
    out: &mut String,
) {
    let GridTemplate::Tracks(tracks) = rows else { return };
    let explicit = |template: &SpecifiedGridTemplate| match template {
        GridTemplate::None => true,
        GridTemplate::Tracks(tracks) => {
            tracks.items.iter().all(|item| matches!(item, TrackListItem::Track(_)))
        }
        GridTemplate::Subgrid(_) => false,
    };
    if tracks.items.len() != areas.rows.len() || !explicit(rows) || !explicit(columns) {
        return;
    }
    let mut words: Vec<String> = Vec::new();
    let push_names = |names: Option<&LineNames>, words: &mut Vec<String>| {
        if let Some(names) = names.filter(|names| !names.is_empty()) {
            let names: Vec<String> = names.iter().map(ToCss::to_css_string).collect();
            words.push(format!("[{}]", names.join(" ")));
        }
    };
    for (index, item) in tracks.items.iter().enumerate() {
        push_names(tracks.names.get(index), &mut words);
        let mut row = String::new();
        crate::syntax::serialize::write_string(&areas.rows[index], &mut row);
        words.push(row);
        if *item != TrackListItem::Track(auto_track()) {
            words.push(item.to_css_string());
        }
    }
    push_names(tracks.names.get(tracks.items.len()), &mut words);
    out.push_str(&words.join(" "));
    if !matches!(columns, GridTemplate::None) {
        out.push_str(" / ");
        columns.to_css(out);
    }
}

fn write_grid(_: &ShorthandInfo, declarations: &[&PropertyDeclaration], out: &mut String) {
    let [rows, columns, areas, auto_rows, auto_columns, flow] = declarations else { return };
    let PropertyDeclaration::Grid(D::GridAutoFlow(auto_flow)) = flow else { return };
    if [auto_rows, auto_columns, flow].into_iter().all(|declaration| is_initial(declaration)) {
        return write_template(&declarations[..3], out);
    }
    if !is_initial(areas) {
        return;
    }
    let auto_part = |tracks: &PropertyDeclaration| {
        let mut part = String::from(if auto_flow.dense { "auto-flow dense" } else { "auto-flow" });
        if !is_initial(tracks) {
            part.push(' ');
            part.push_str(&text_of(tracks));
        }
        part
    };
    let (before, after) = if auto_flow.column {
        if !is_initial(columns) || !is_initial(auto_rows) {
            return;
        }
        (text_of(rows), auto_part(auto_columns))
    } else {
        if !is_initial(rows) || !is_initial(auto_columns) {
            return;
        }
        (auto_part(auto_rows), text_of(columns))
    };
    out.push_str(&before);
    out.push_str(" / ");
    out.push_str(&after);
}
