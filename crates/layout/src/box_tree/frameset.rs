//! `<frameset>`: the lengths of its rows and columns, and the borders between its frames.
//! <https://html.spec.whatwg.org/multipage/rendering.html#frames-and-framesets>

use fanlight_base::LocalName;
use fanlight_base::atoms::local_name;
use fanlight_dom::{Document, ElementData, NodeId};

use super::construct::Builder;
use super::microsyntaxes::non_negative_integer;
use super::{BoxId, BoxKind};
use crate::limits::MAX_FRAME_TRACKS;

/// How thick the borders between frames are where nothing says so, in CSS px.
const DEFAULT_BORDER: u32 = 6;

/// A frameset: frames and framesets in a grid.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Frameset {
    /// The frames and framesets in it, row by row.
    pub frames: Vec<BoxId>,
    /// How wide the columns are to be; at least one.
    pub columns: Box<[FrameLength]>,
    /// How high the rows are to be; at least one.
    pub rows: Box<[FrameLength]>,
    /// The room between two frames, in CSS px.
    pub border: u32,
    /// Whether its own colour is that of the borders.
    pub has_border_color: bool,
    /// Whether the border before each column is drawn, and that after the last one. What is at the ends counts where a
    /// frameset is in another.
    pub column_borders: Box<[bool]>,
    /// The same for the rows.
    pub row_borders: Box<[bool]>,
}

/// How much of a frameset a row or column takes.
/// <https://html.spec.whatwg.org/multipage/common-microsyntaxes.html#rules-for-parsing-a-list-of-dimensions>
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum FrameLength {
    /// CSS px.
    Absolute(f64),
    /// Hundredths of what there is.
    Percentage(f64),
    /// A share of what is left.
    Relative(f64),
}

impl FrameLength {
    /// One entry of a list. What is not a number counts as zero.
    fn parse(text: &str) -> FrameLength {
        let text = text.trim_ascii();
        let end = text
            .find(|character: char| !character.is_ascii_digit() && character != '.')
            .unwrap_or(text.len());
        let number: f64 = text[..end].parse().unwrap_or(0.0);
        match text[end..].trim_ascii_start().bytes().next() {
            Some(b'%') => FrameLength::Percentage(number),
            Some(b'*') if end == 0 => FrameLength::Relative(1.0),
            Some(b'*') => FrameLength::Relative(number.floor()),
            _ => FrameLength::Absolute(number.floor()),
        }
    }

    /// The list in an attribute, as far as it does not end with a comma; one that takes all where there is none.
    fn parse_list(text: Option<&str>) -> Box<[FrameLength]> {
        let text = text.unwrap_or_default().trim_ascii();
        let text = text.strip_suffix(',').unwrap_or(text);
        if text.is_empty() {
            return Box::new([FrameLength::Relative(1.0)]);
        }
        text.split(',').take(MAX_FRAME_TRACKS).map(FrameLength::parse).collect()
    }
}

pub(super) fn is_frameset(element: &ElementData) -> bool {
    element.is_html(&local_name!("frameset"))
}

/// Whether an element is a frameset or a frame in one.
fn is_frame_or_frameset(builder: &Builder<'_>, id: BoxId) -> bool {
    let layout_box = builder.tree.get(id);
    matches!(layout_box.kind, BoxKind::Frameset(_))
        || builder
            .document
            .element(layout_box.source.node())
            .is_some_and(|element| element.is_html(&local_name!("frame")))
}

/// The box of a frameset, still empty.
pub(super) fn kind(document: &Document, node: NodeId, element: &ElementData) -> BoxKind {
    let has_border = has_border(document, node);
    let border = nearest(document, node, &local_name!("border"))
        .map_or(DEFAULT_BORDER, |border| non_negative_integer(border).unwrap_or(0));
    BoxKind::Frameset(Box::new(Frameset {
        columns: FrameLength::parse_list(element.attribute(&local_name!("cols"))),
        rows: FrameLength::parse_list(element.attribute(&local_name!("rows"))),
        border: if has_border { border } else { 0 },
        has_border_color: nearest(document, node, &LocalName::from("bordercolor")).is_some(),
        ..Frameset::default()
    }))
}

/// An attribute of a frameset, or of the nearest one around that has it.
fn nearest<'d>(document: &'d Document, node: NodeId, name: &LocalName) -> Option<&'d str> {
    framesets(document, node).find_map(|frameset| frameset.attribute(name).filter(|value| !value.is_empty()))
}

/// A frameset and those around it.
fn framesets(document: &Document, node: NodeId) -> impl Iterator<Item = &ElementData> {
    std::iter::successors(Some(node), |&node| document.parent_element(node))
        .map_while(|node| document.element(node).filter(|element| is_frameset(element)))
}

/// Whether there are borders between the frames of a frameset.
fn has_border(document: &Document, node: NodeId) -> bool {
    let said = framesets(document, node).find_map(|frameset| {
        let value = frameset.attribute(&local_name!("frameborder"))?;
        let is = |keyword: &str| value.eq_ignore_ascii_case(keyword);
        if is("no") || is("0") {
            Some(false)
        } else if is("yes") || is("1") {
            Some(true)
        } else {
            None
        }
    });
    said.unwrap_or(true)
}

/// Takes the frames of a frameset, and finds which borders are drawn: those beside a frame that does not forbid it.
pub(super) fn fill(builder: &mut Builder<'_>, id: BoxId, children: Vec<BoxId>) {
    let frames: Vec<BoxId> =
        children.into_iter().filter(|&child| is_frame_or_frameset(builder, child)).collect();
    let BoxKind::Frameset(frameset) = &builder.tree.get(id).kind else { return };
    let (columns, rows) = (frameset.columns.len(), frameset.rows.len());
    let mut column_borders = vec![false; columns + 1];
    let mut row_borders = vec![false; rows + 1];
    for (index, &frame) in frames.iter().take(columns.saturating_mul(rows)).enumerate() {
        let (row, column) = (index / columns, index % columns);
        let [left, right, top, bottom] = borders_of(builder, id, frame);
        column_borders[column] |= left;
        column_borders[column + 1] |= right;
        row_borders[row] |= top;
        row_borders[row + 1] |= bottom;
    }
    if let BoxKind::Frameset(frameset) = &mut builder.tree.get_mut(id).kind {
        frameset.frames = frames;
        frameset.column_borders = column_borders.into_boxed_slice();
        frameset.row_borders = row_borders.into_boxed_slice();
    }
}

/// Whether a frame lets borders be drawn at its left, right, top and bottom.
fn borders_of(builder: &Builder<'_>, frameset: BoxId, frame: BoxId) -> [bool; 4] {
    if let BoxKind::Frameset(inside) = &builder.tree.get(frame).kind {
        let ends = |borders: &[bool]| {
            [borders.first().copied().unwrap_or(false), borders.last().copied().unwrap_or(false)]
        };
        let ([left, right], [top, bottom]) = (ends(&inside.column_borders), ends(&inside.row_borders));
        return [left, right, top, bottom];
    }
    let document = builder.document;
    let own = document
        .element(builder.tree.get(frame).source.node())
        .and_then(|element| element.attribute(&local_name!("frameborder")))
        .filter(|value| !value.is_empty());
    let allows = match own {
        Some(value) => non_negative_integer(value).is_some_and(|value| value != 0),
        None => has_border(document, builder.tree.get(frameset).source.node()),
    };
    [allows; 4]
}

#[cfg(test)]
mod tests {
    use super::FrameLength::{Absolute, Percentage, Relative};
    use super::*;

    #[test]
    fn lists_of_lengths_are_read_leniently() {
        for (text, expected) in [
            ("50, *,2*,25.5%", vec![Absolute(50.0), Relative(1.0), Relative(2.0), Percentage(25.5)]),
            ("100,", vec![Absolute(100.0)]),
            ("", vec![Relative(1.0)]),
            ("abc,-5,10.5px,1.5*", vec![Absolute(0.0), Absolute(0.0), Absolute(10.0), Relative(1.0)]),
        ] {
            assert_eq!(*FrameLength::parse_list(Some(text)), *expected, "{text:?}");
        }
    }
}
