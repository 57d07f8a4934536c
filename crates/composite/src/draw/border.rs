//! Borders and outlines.
//!
//! Sides that are all alike are drawn together, as a ring. Otherwise each side is drawn by itself, cut along the lines from
//! the outer to the inner corners where it meets a side that looks different.
//! <https://drafts.csswg.org/css-backgrounds-3/#border-style>

use fanlight_base::geometry::{CssPoint, CssRect, CssSize};
use fanlight_base::{Rgba, Sides};
use fanlight_paint::display_list::{
    Border, BorderSide, BorderStyle, FillRule, LineJoin, Path, PathSegment, RoundedRect,
};

use super::border_colors::{lit, shadowed};
use super::dashes::{Dashes, dashed, dotted};
use super::{fill_rect, solid};
use crate::raster::shapes::{add_circle, ring_path};
use crate::raster::stroke::{StrokeStyle, rounded_length, rounded_rect_path, stroke_path};
use crate::raster::{Affine, Canvas, FlatPath, Mask, Paint, PathBuilder, rasterise};

#[derive(Clone, Copy, PartialEq, Eq)]
enum Side {
    Top,
    Right,
    Bottom,
    Left,
}

/// The order in which Chromium draws sides: where two meet, the later one is on top.
const ORDER: [Side; 4] = [Side::Top, Side::Bottom, Side::Left, Side::Right];

fn of<T: Copy>(sides: &Sides<T>, side: Side) -> T {
    match side {
        Side::Top => sides.top,
        Side::Right => sides.right,
        Side::Bottom => sides.bottom,
        Side::Left => sides.left,
    }
}

pub(super) fn draw(canvas: &mut Canvas<'_>, affine: &Affine, border: &Border) {
    let seen = |side: Side| {
        of(&border.widths, side) > 0.0
            && of(&border.sides, side).style != BorderStyle::None
            && !of(&border.sides, side).color.is_transparent()
    };
    let first = border.sides.top;
    let alike = ORDER.into_iter().all(|side| seen(side) && of(&border.sides, side) == first);
    let even = ORDER.into_iter().all(|side| of(&border.widths, side) == border.widths.top);
    if alike {
        match first.style {
            BorderStyle::Solid => {
                return ring(canvas, affine, &border.outer, &border.inner(), solid(first.color));
            }
            BorderStyle::Double => {
                let (outer_gap, inner_gap) = double_edges(border);
                ring(canvas, affine, &border.outer, &outer_gap, solid(first.color));
                return ring(canvas, affine, &inner_gap, &border.inner(), solid(first.color));
            }
            BorderStyle::Dotted | BorderStyle::Dashed if even && !border.outer.is_sharp() => {
                return dashed_ring(canvas, affine, border);
            }
            _ => {}
        }
    }
    for side in ORDER.into_iter().filter(|&side| seen(side)) {
        draw_side(canvas, affine, border, side);
    }
}

/// Fills what is between two edges.
fn ring(
    canvas: &mut Canvas<'_>,
    affine: &Affine,
    outer: &RoundedRect,
    inner: &RoundedRect,
    paint: Paint<'_>,
) {
    if outer.is_sharp() && affine.keeps_axes() {
        // Four rectangles that do not overlap.
        let (outer, inner) = (&outer.rect, &inner.rect);
        let strip = |left: f32, top: f32, right: f32, bottom: f32| {
            CssRect::new(
                CssPoint::new(left, top),
                CssSize::new((right - left).max(0.0), (bottom - top).max(0.0)),
            )
        };
        let inner_bottom = inner.max_y().max(inner.min_y());
        for rect in [
            strip(outer.min_x(), outer.min_y(), outer.max_x(), inner.min_y()),
            strip(outer.min_x(), inner_bottom, outer.max_x(), outer.max_y()),
            strip(outer.min_x(), inner.min_y(), inner.min_x(), inner_bottom),
            strip(inner.max_x(), inner.min_y(), outer.max_x(), inner_bottom),
        ] {
            if rect.size.width > 0.0 && rect.size.height > 0.0 {
                fill_rect(canvas, affine, &rect, paint);
            }
        }
        return;
    }
    canvas.fill_path(&ring_path(affine, outer, inner), FillRule::EvenOdd, paint);
}

/// The edges of the gap in the middle of a double border: a third of the width on each side of it, rounded up.
fn double_edges(border: &Border) -> (RoundedRect, RoundedRect) {
    let third = border.widths.map(|width| {
        if width >= 1.0 { ((width + 1.0) / 3.0).floor().max(width / 3.0 - 1.0) } else { width / 3.0 }
    });
    (border.outer.inset(third), border.outer.inset(border.widths - third))
}

/// A dotted or dashed border whose corners are rounded: one line along the middle.
fn dashed_ring(canvas: &mut Canvas<'_>, affine: &Affine, border: &Border) {
    let width = border.widths.top;
    let middle = border.outer.inset(Sides::all(width / 2.0));
    let dashes = dashes(border.sides.top.style, width, rounded_length(&middle), true);
    let outline = stroke_path(&rounded_rect_path(&middle), &stroke_style(width, dashes), affine);
    canvas.fill_path(&outline, FillRule::NonZero, solid(border.sides.top.color));
}

fn dashes(style: BorderStyle, width: f32, length: f32, closed: bool) -> Dashes {
    match style {
        BorderStyle::Dotted => dotted(width, length, closed),
        _ => dashed(width, length, closed),
    }
}

fn stroke_style(width: f32, dashes: Dashes) -> StrokeStyle {
    StrokeStyle {
        width,
        cap: dashes.cap,
        join: LineJoin::Miter(4.0),
        dashes: dashes.lengths,
        dash_offset: 0.0,
    }
}

fn draw_side(canvas: &mut Canvas<'_>, affine: &Affine, border: &Border, side: Side) {
    let BorderSide { style, color } = of(&border.sides, side);
    let inner = border.inner();
    match style {
        BorderStyle::None => {}
        BorderStyle::Solid => side_ring(canvas, affine, border, side, &border.outer, &inner, color),
        BorderStyle::Double => {
            let (outer_gap, inner_gap) = double_edges(border);
            side_ring(canvas, affine, border, side, &border.outer, &outer_gap, color);
            side_ring(canvas, affine, border, side, &inner_gap, &inner, color);
        }
        BorderStyle::Inset | BorderStyle::Outset => {
            let color = carved(color, side, style == BorderStyle::Inset);
            side_ring(canvas, affine, border, side, &border.outer, &inner, color);
        }
        BorderStyle::Groove | BorderStyle::Ridge => {
            // A groove is an inset border around an outset one.
            let middle = border.outer.inset(border.widths.map(|width| (width / 2.0).ceil().min(width)));
            let outer_color = carved(color, side, style == BorderStyle::Groove);
            let inner_color = carved(color, side, style == BorderStyle::Ridge);
            side_ring(canvas, affine, border, side, &border.outer, &middle, outer_color);
            side_ring(canvas, affine, border, side, &middle, &inner, inner_color);
        }
        BorderStyle::Dotted | BorderStyle::Dashed => dashed_side(canvas, affine, border, side),
    }
}

/// The light comes from the upper left; what is sunk has its upper and left side in shadow.
fn carved(color: Rgba, side: Side, sunk: bool) -> Rgba {
    if matches!(side, Side::Top | Side::Left) == sunk { shadowed(color) } else { lit(color) }
}

/// Fills one side's part of a ring.
fn side_ring(
    canvas: &mut Canvas<'_>,
    affine: &Affine,
    border: &Border,
    side: Side,
    outer: &RoundedRect,
    inner: &RoundedRect,
    color: Rgba,
) {
    if outer.is_sharp() {
        let path = side_quad(affine, border, side, &outer.rect, &inner.rect);
        return canvas.fill_path(&path, FillRule::NonZero, solid(color));
    }
    let ring =
        rasterise(&ring_path(affine, outer, inner), FillRule::EvenOdd, canvas.clip(), canvas.scratch());
    fill_in_wedge(canvas, affine, border, side, ring, color);
}

/// Fills the part of a mask that belongs to one side.
fn fill_in_wedge(
    canvas: &mut Canvas<'_>,
    affine: &Affine,
    border: &Border,
    side: Side,
    mut mask: Mask,
    color: Rgba,
) {
    if mask.rect().is_empty() {
        return;
    }
    let wedge = wedge(affine, border, side);
    let wedge = rasterise(&wedge, FillRule::NonZero, mask.rect(), canvas.scratch());
    mask.multiply(&wedge);
    canvas.fill_mask(&mask, solid(color));
}

/// A side of a ring with sharp corners: cut slantwise where the neighbour looks different; over the whole corner where it
/// is drawn over, or alike.
fn side_quad(affine: &Affine, border: &Border, side: Side, outer: &CssRect, inner: &CssRect) -> FlatPath {
    let (o, i) = (outer, inner);
    let corner = |x: f32, y: f32| (x, y);
    // From the side's first to its second corner, clockwise: outer, outer, inner, inner.
    let (start, end, mut points) = match side {
        Side::Top => (
            Side::Left,
            Side::Right,
            [
                corner(o.min_x(), o.min_y()),
                corner(o.max_x(), o.min_y()),
                corner(i.max_x(), i.min_y()),
                corner(i.min_x(), i.min_y()),
            ],
        ),
        Side::Right => (
            Side::Top,
            Side::Bottom,
            [
                corner(o.max_x(), o.min_y()),
                corner(o.max_x(), o.max_y()),
                corner(i.max_x(), i.max_y()),
                corner(i.max_x(), i.min_y()),
            ],
        ),
        Side::Bottom => (
            Side::Right,
            Side::Left,
            [
                corner(o.max_x(), o.max_y()),
                corner(o.min_x(), o.max_y()),
                corner(i.min_x(), i.max_y()),
                corner(i.max_x(), i.max_y()),
            ],
        ),
        Side::Left => (
            Side::Bottom,
            Side::Top,
            [
                corner(o.min_x(), o.max_y()),
                corner(o.min_x(), o.min_y()),
                corner(i.min_x(), i.min_y()),
                corner(i.min_x(), i.max_y()),
            ],
        ),
    };
    let horizontal = matches!(side, Side::Top | Side::Bottom);
    if !is_mitred(border, side, start) {
        if horizontal { points[3].0 = points[0].0 } else { points[3].1 = points[0].1 }
    }
    if !is_mitred(border, side, end) {
        if horizontal { points[2].0 = points[1].0 } else { points[2].1 = points[1].1 }
    }
    let mut builder = PathBuilder::new();
    builder.polygon(&points.map(|(x, y)| affine.apply(x, y)));
    builder.finish()
}

/// Whether a side is cut slantwise where it meets a neighbour. It goes over the whole corner when the neighbour has the same
/// opaque colour, or is opaque, has no gaps, and is drawn over it later.
fn is_mitred(border: &Border, side: Side, neighbour: Side) -> bool {
    let (own, other) = (of(&border.sides, side), of(&border.sides, neighbour));
    let other_width = of(&border.widths, neighbour);
    if other_width <= 0.0 || other.style == BorderStyle::None {
        return true;
    }
    let later = ORDER.iter().position(|&s| s == neighbour) > ORDER.iter().position(|&s| s == side);
    let plain = |side: BorderSide| side.style == BorderStyle::Solid && side.color.is_opaque();
    if plain(own) && plain(other) {
        return !(later || own.color == other.color);
    }
    true
}

/// The part of the box that belongs to a side, where corners are rounded: up to the lines through the corners.
fn wedge(affine: &Affine, border: &Border, side: Side) -> FlatPath {
    let outer = border.outer.rect;
    let inner = border.inner().rect;
    let corners = [
        ((outer.min_x(), outer.min_y()), (inner.min_x(), inner.min_y())),
        ((outer.max_x(), outer.min_y()), (inner.max_x(), inner.min_y())),
        ((outer.max_x(), outer.max_y()), (inner.max_x(), inner.max_y())),
        ((outer.min_x(), outer.max_y()), (inner.min_x(), inner.max_y())),
    ];
    let (first, second) = match side {
        Side::Top => (0, 1),
        Side::Right => (1, 2),
        Side::Bottom => (2, 3),
        Side::Left => (3, 0),
    };
    // Inner corners may be rounded past the padding edge: the line goes on to the middle of the box, but no farther than
    // where it meets the line of the side's other corner.
    let reach = |corner: usize| -> (f32, f32) {
        let ((x, y), (inner_x, inner_y)) = corners[corner];
        let radius = border.outer.radii[corner];
        let (run, rise) = (inner_x - x, inner_y - y);
        if run == 0.0 && rise == 0.0 {
            return (inner_x, inner_y);
        }
        let needed = |radius: f32, length: f32| if length != 0.0 { radius / length.abs() } else { 0.0 };
        let factor = needed(radius.width, run).max(needed(radius.height, rise)).max(1.0);
        let most = |half: f32, length: f32| if length != 0.0 { half / length.abs() } else { f32::INFINITY };
        let limit = most(outer.size.width / 2.0, run).min(most(outer.size.height / 2.0, rise));
        let factor = factor.min(limit.max(1.0));
        (x + run * factor, y + rise * factor)
    };
    let points = [corners[first].0, corners[second].0, reach(second), reach(first)];
    let mut builder = PathBuilder::new();
    builder.polygon(&points.map(|(x, y)| affine.apply(x, y)));
    builder.finish()
}

fn dashed_side(canvas: &mut Canvas<'_>, affine: &Affine, border: &Border, side: Side) {
    let BorderSide { style, color } = of(&border.sides, side);
    let width = of(&border.widths, side);
    if !border.outer.is_sharp() {
        // A line along the whole edge, of which this side shows its part.
        let middle = border.outer.inset(border.widths.map(|width| width / 2.0));
        let dashes = dashes(style, width, rounded_length(&middle), true);
        let outline = stroke_path(&rounded_rect_path(&middle), &stroke_style(width, dashes), affine);
        let mask = rasterise(&outline, FillRule::NonZero, canvas.clip(), canvas.scratch());
        return fill_in_wedge(canvas, affine, border, side, mask, color);
    }
    let rect = border.outer.rect;
    let half = width / 2.0;
    let (from, to) = match side {
        Side::Top => ((rect.min_x(), rect.min_y() + half), (rect.max_x(), rect.min_y() + half)),
        Side::Bottom => ((rect.min_x(), rect.max_y() - half), (rect.max_x(), rect.max_y() - half)),
        Side::Left => ((rect.min_x() + half, rect.min_y()), (rect.min_x() + half, rect.max_y())),
        Side::Right => ((rect.max_x() - half, rect.min_y()), (rect.max_x() - half, rect.max_y())),
    };
    let outline = dashed_line(affine, from, to, width, |length| dashes(style, width, length, false));
    canvas.fill_path(&outline, FillRule::NonZero, solid(color));
}

/// The outline of a straight dashed or dotted line, horizontal or vertical; all in CSS px.
pub(super) fn dashed_line(
    affine: &Affine,
    from: (f32, f32),
    to: (f32, f32),
    width: f32,
    dashes: impl FnOnce(f32) -> Dashes,
) -> FlatPath {
    let length = (to.0 - from.0) + (to.1 - from.1);
    let dashes = dashes(length);
    let round = dashes.cap == fanlight_paint::display_list::LineCap::Round;
    // A line of round dots begins and ends in the middle of one.
    let inset = if round { (width / 2.0).min(length / 2.0) } else { 0.0 };
    let (from, to) = match from.1 == to.1 {
        true => ((from.0 + inset, from.1), (to.0 - inset, to.1)),
        false => ((from.0, from.1 + inset), (to.0, to.1 - inset)),
    };
    if !round && width * affine.mean_scale() <= 1.0 && dashes.lengths.len() == 2 && affine.keeps_axes() {
        return pixel_dashes(affine, from, to, width, &dashes.lengths);
    }
    if round && let [_, period] = dashes.lengths[..] {
        return dots(affine, from, to, width, period);
    }
    let path = Path {
        segments: vec![
            PathSegment::MoveTo(CssPoint::new(from.0, from.1)),
            PathSegment::LineTo(CssPoint::new(to.0, to.1)),
        ],
    };
    stroke_path(&path, &stroke_style(width, dashes), affine)
}

/// Round dots along a line, `period` CSS px from one to the next.
fn dots(affine: &Affine, from: (f32, f32), to: (f32, f32), width: f32, period: f32) -> FlatPath {
    let mut builder = PathBuilder::new();
    let length = (to.0 - from.0) + (to.1 - from.1);
    let horizontal = from.1 == to.1;
    let count = if period > 0.0 { (length / period).min(crate::limits::MAX_DASHES) } else { 0.0 };
    // `as` saturates, and turns NaN into 0.
    for index in 0..=count as u32 {
        let along = index as f32 * period;
        let center = if horizontal { (from.0 + along, from.1) } else { (from.0, from.1 + along) };
        add_circle(&mut builder, affine, center, width / 2.0);
    }
    builder.finish()
}

/// Dashes of a line one device px thick begin on device px, so that they stay black and white.
fn pixel_dashes(affine: &Affine, from: (f32, f32), to: (f32, f32), width: f32, lengths: &[f32]) -> FlatPath {
    let horizontal = from.1 == to.1;
    let (start, end) = if horizontal { (from.0, to.0) } else { (from.1, to.1) };
    let scale = if horizontal { affine.a.abs() } else { affine.d.abs() };
    let snap = |place: f32| if scale > 0.0 { (place * scale + 1e-3).floor() / scale } else { place };
    let period = lengths[0] + lengths[1];
    let mut builder = PathBuilder::new();
    if period <= 0.0 || (end - start) / period > crate::limits::MAX_DASHES {
        return builder.finish();
    }
    let mut index = 0;
    loop {
        let place = start + index as f32 * period;
        if place >= end - 1e-3 {
            break;
        }
        let (first, last) = (snap(place), (snap(place) + lengths[0]).min(end));
        let half = width / 2.0;
        let rect = match horizontal {
            true => CssRect::new(CssPoint::new(first, from.1 - half), CssSize::new(last - first, width)),
            false => CssRect::new(CssPoint::new(from.0 - half, first), CssSize::new(width, last - first)),
        };
        crate::raster::shapes::add_rect(&mut builder, affine, &rect);
        index += 1;
    }
    builder.finish()
}
