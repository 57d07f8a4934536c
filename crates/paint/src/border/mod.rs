//! Borders, border images and outlines.
//! <https://drafts.csswg.org/css-backgrounds-3/#borders>

mod image;

use fanlight_base::geometry::{CssRect, CssSize, LayoutRect};
use fanlight_base::{Rgba, Sides};
use fanlight_css::properties::ComputedStyle;
use fanlight_css::properties::table::BorderCollapse;
use fanlight_css::values::border::{
    BorderImageRepeatKeyword, BorderImageSide, LineStyle, OutlineStyle, SliceOffset,
};
use fanlight_css::values::color::Color;
use fanlight_css::values::display::{Display, DisplayInside};
use fanlight_css::values::length::{Length, NumberOr};
use fanlight_css::values::{AutoOr, NoneOr};
use fanlight_layout::{BoxFragment, ContextKind};

use crate::display_list::{Border, BorderSide, BorderStyle, ItemKind, RoundedRect};
use crate::geometry::{border_box, border_edge, to_css_sides};
use crate::image::PaintImage;
use crate::painter::Painter;
use crate::replaced::{Theme, hides_decorations};
use crate::style::current_color;
use image::{NineSlice, PieceRepeat};

/// Red, green and blue of three-dimensional borders for which no colour is set.
const UNSET_THREE_DIMENSIONAL: u8 = 238;

/// Whether borders are painted as an image instead.
pub(crate) fn has_border_image(painter: &Painter<'_>, style: &ComputedStyle) -> bool {
    match &style.border.border_image_source {
        NoneOr::None => false,
        NoneOr::Value(source) => PaintImage::select(painter, source).is_some(),
    }
}

/// Paints the borders of a box, or its border image.
pub(crate) fn paint(painter: &mut Painter<'_>, style: &ComputedStyle, fragment: &BoxFragment) {
    // In the collapsing model the table paints the borders of all its parts.
    let collapses = style.table.border_collapse == BorderCollapse::Collapse
        && matches!(fragment.context, ContextKind::Table | ContextKind::TableCell);
    let layout_box = painter.layout.boxes.get(fragment.style.box_id);
    if collapses || hides_decorations(layout_box) || paint_image(painter, style, fragment) {
        return;
    }
    let edge = border_edge(style, fragment, painter.place.offset, painter.snapping);
    if let Some(theme) = Theme::of(layout_box) {
        theme.paint_border(painter, edge.rect);
        return;
    }
    let widths = to_css_sides(fragment.border);
    if let Some(border) = border_of(painter, style, fragment, widths) {
        let bounds = border.outer.rect;
        painter.push(bounds, ItemKind::Border(Box::new(border)));
    }
}

fn border_of(
    painter: &Painter<'_>,
    style: &ComputedStyle,
    fragment: &BoxFragment,
    widths: Sides<f32>,
) -> Option<Border> {
    let border = &style.border;
    let side = |line: LineStyle, color: &Color, width: f32| BorderSide {
        style: if width > 0.0 { line_style(line) } else { BorderStyle::None },
        color: side_color(style, line, color),
    };
    let sides = Sides {
        top: side(border.border_top_style, &border.border_top_color, widths.top),
        right: side(border.border_right_style, &border.border_right_color, widths.right),
        bottom: side(border.border_bottom_style, &border.border_bottom_color, widths.bottom),
        left: side(border.border_left_style, &border.border_left_color, widths.left),
    };
    let seen = |side: &BorderSide| side.style != BorderStyle::None && !side.color.is_transparent();
    if ![&sides.top, &sides.right, &sides.bottom, &sides.left].into_iter().any(seen) {
        return None;
    }
    let outer = border_edge(style, fragment, painter.place.offset, painter.snapping);
    Some(Border { outer, widths, sides })
}

/// The colour of one side. Where none is set, lines that look three-dimensional are light gray, as in Chromium, but not those
/// of tables, which have the colour of the text.
fn side_color(style: &ComputedStyle, line: LineStyle, color: &Color) -> Rgba {
    let is_three_dimensional =
        matches!(line, LineStyle::Groove | LineStyle::Ridge | LineStyle::Inset | LineStyle::Outset);
    let is_of_table = matches!(
        style.boxes.display,
        Display::Box { inside: DisplayInside::Table, .. } | Display::Internal(_)
    );
    match color {
        Color::CurrentColor if is_three_dimensional && !is_of_table => {
            Rgba::from_u8(UNSET_THREE_DIMENSIONAL, UNSET_THREE_DIMENSIONAL, UNSET_THREE_DIMENSIONAL, 255)
        }
        color => color.resolve(current_color(style)),
    }
}

/// As the display list names it.
pub(crate) const fn line_style(style: LineStyle) -> BorderStyle {
    match style {
        LineStyle::None | LineStyle::Hidden => BorderStyle::None,
        LineStyle::Dotted => BorderStyle::Dotted,
        LineStyle::Dashed => BorderStyle::Dashed,
        LineStyle::Solid => BorderStyle::Solid,
        LineStyle::Double => BorderStyle::Double,
        LineStyle::Groove => BorderStyle::Groove,
        LineStyle::Ridge => BorderStyle::Ridge,
        LineStyle::Inset => BorderStyle::Inset,
        LineStyle::Outset => BorderStyle::Outset,
    }
}

/// How far inside the border edge a background may begin without showing, so that its anti-aliased corners do not shine
/// through around an opaque border's: half the border's width, a sixth of a double one, as Chromium does.
pub(crate) fn hidden_background_edge(style: &ComputedStyle, fragment: &BoxFragment) -> Option<Sides<f32>> {
    let current = current_color(style);
    let border = &style.border;
    let part = |line: LineStyle, color: &Color, width: f32| {
        let opaque = width > 0.0 && color.resolve(current).is_opaque();
        match line {
            LineStyle::Solid
            | LineStyle::Groove
            | LineStyle::Ridge
            | LineStyle::Inset
            | LineStyle::Outset
                if opaque =>
            {
                Some(width / 2.0)
            }
            LineStyle::Double if opaque => Some(width / 6.0),
            _ => None,
        }
    };
    let widths = to_css_sides(fragment.border);
    Some(Sides {
        top: part(border.border_top_style, &border.border_top_color, widths.top)?,
        right: part(border.border_right_style, &border.border_right_color, widths.right)?,
        bottom: part(border.border_bottom_style, &border.border_bottom_color, widths.bottom)?,
        left: part(border.border_left_style, &border.border_left_color, widths.left)?,
    })
}

/// Paints the border image. `false` when there is none, and borders are to be painted.
fn paint_image(painter: &mut Painter<'_>, style: &ComputedStyle, fragment: &BoxFragment) -> bool {
    let border = &style.border;
    let NoneOr::Value(source) = &border.border_image_source else { return false };
    let Some(image) = PaintImage::select(painter, source) else { return false };
    let box_rect = border_box(fragment, painter.place.offset);
    let widths = to_css_sides(fragment.border);
    let outset = &border.border_image_outset;
    let length = |side: &NumberOr<Length>, width: f32| match side {
        NumberOr::Number(number) => number * width,
        NumberOr::Value(length) => length.px(),
    };
    let outsets = Sides {
        top: length(&outset.top, widths.top),
        right: length(&outset.right, widths.right),
        bottom: length(&outset.bottom, widths.bottom),
        left: length(&outset.left, widths.left),
    };
    let snapped = painter.snapping.snap(box_rect);
    let area = CssRect::new(
        snapped.origin - euclid::vec2(outsets.left, outsets.top),
        CssSize::new(
            snapped.size.width + outsets.left + outsets.right,
            snapped.size.height + outsets.top + outsets.bottom,
        ),
    );
    let size = image.concrete_size(area.size);
    let slices = &border.border_image_slice;
    let slice = |offset: &SliceOffset, length: f32| match offset {
        SliceOffset::Number(number) => *number,
        SliceOffset::Percentage(fraction) => fraction * length,
    };
    let slice_sides = Sides {
        top: slice(&slices.offsets.top, size.height),
        right: slice(&slices.offsets.right, size.width),
        bottom: slice(&slices.offsets.bottom, size.height),
        left: slice(&slices.offsets.left, size.width),
    };
    let width = |side: &BorderImageSide, border: f32, slice: f32, area: f32| match side {
        // The slice's own size, where the image has one.
        AutoOr::Auto => {
            if image.has_natural_size() {
                slice
            } else {
                border
            }
        }
        AutoOr::Value(NumberOr::Number(number)) => number * border,
        AutoOr::Value(NumberOr::Value(length)) => length.resolve(area),
    };
    let sides = &border.border_image_width;
    let nine = NineSlice {
        image: size,
        slices: slice_sides,
        fill: slices.fill,
        area,
        widths: Sides {
            top: width(&sides.top, widths.top, slice_sides.top, area.size.height),
            right: width(&sides.right, widths.right, slice_sides.right, area.size.width),
            bottom: width(&sides.bottom, widths.bottom, slice_sides.bottom, area.size.height),
            left: width(&sides.left, widths.left, slice_sides.left, area.size.width),
        },
        horizontal: piece_repeat(border.border_image_repeat.first),
        vertical: piece_repeat(border.border_image_repeat.second),
    };
    for piece in nine.pieces() {
        image.paint_part(painter, style, size, piece.source, piece.dest, piece.tiling);
    }
    true
}

const fn piece_repeat(keyword: BorderImageRepeatKeyword) -> PieceRepeat {
    match keyword {
        BorderImageRepeatKeyword::Stretch => PieceRepeat::Stretch,
        BorderImageRepeatKeyword::Repeat => PieceRepeat::Repeat,
        BorderImageRepeatKeyword::Round => PieceRepeat::Round,
        BorderImageRepeatKeyword::Space => PieceRepeat::Space,
    }
}

/// Paints the outline of a box. <https://drafts.csswg.org/css-ui-4/#outline-props>
pub(crate) fn paint_outline(painter: &mut Painter<'_>, style: &ComputedStyle, fragment: &BoxFragment) {
    let outline = &style.border;
    let width = outline.outline_width.px();
    let color: Rgba = outline_color(style);
    let line = match outline.outline_style {
        OutlineStyle::None => return,
        // The focus ring: a solid line.
        OutlineStyle::Auto | OutlineStyle::Solid => BorderStyle::Solid,
        OutlineStyle::Dotted => BorderStyle::Dotted,
        OutlineStyle::Dashed => BorderStyle::Dashed,
        OutlineStyle::Double => BorderStyle::Double,
        OutlineStyle::Groove => BorderStyle::Groove,
        OutlineStyle::Ridge => BorderStyle::Ridge,
        OutlineStyle::Inset => BorderStyle::Inset,
        OutlineStyle::Outset => BorderStyle::Outset,
    };
    if width <= 0.0 || color.is_transparent() {
        return;
    }
    let edge = border_edge(style, fragment, painter.place.offset, painter.snapping);
    // A negative offset does not turn the outline inside out, in neither direction; it may fill the box.
    let scale = painter.snapping.scale();
    let distance = |length: f32| {
        let least = -(length / 2.0 * scale).floor() / scale;
        outline.outline_offset.px().max(least) + width
    };
    let (across, along) = (distance(edge.rect.size.width), distance(edge.rect.size.height));
    let outer = if across == along {
        edge.outset(across)
    } else {
        edge.inset(Sides { top: -along, right: -across, bottom: -along, left: -across })
    };
    let side = BorderSide { style: line, color };
    let border = Border { outer, widths: Sides::all(width), sides: Sides::all(side) };
    painter.push(outer.rect, ItemKind::Outline(Box::new(border)));
}

fn outline_color(style: &ComputedStyle) -> Rgba {
    match &style.border.outline_color {
        AutoOr::Value(color) => color.resolve(current_color(style)),
        // The colour of the focus ring.
        AutoOr::Auto => current_color(style),
    }
}

/// Paints one piece of a border of its own: a column rule, an edge of a table with collapsed borders. Its style is drawn
/// along its longer axis.
pub(crate) fn paint_line(
    painter: &mut Painter<'_>,
    rect: LayoutRect,
    line: LineStyle,
    color: Rgba,
    vertical: bool,
) {
    let style = line_style(line);
    let snapped = painter.snapping.snap(rect);
    if style == BorderStyle::None || color.is_transparent() || snapped.is_empty() {
        return;
    }
    if style == BorderStyle::Solid {
        painter.fill_rect(snapped, color);
        return;
    }
    // A border of one side, as thick as the rectangle.
    let none = BorderSide { style: BorderStyle::None, color: Rgba::TRANSPARENT };
    let side = BorderSide { style, color };
    let (widths, sides) = if vertical {
        let widths = Sides { left: snapped.size.width, ..Sides::all(0.0) };
        (widths, Sides { left: side, ..Sides::all(none) })
    } else {
        let widths = Sides { top: snapped.size.height, ..Sides::all(0.0) };
        (widths, Sides { top: side, ..Sides::all(none) })
    };
    let border = Border { outer: RoundedRect::sharp(snapped), widths, sides };
    painter.push(snapped, ItemKind::Border(Box::new(border)));
}
