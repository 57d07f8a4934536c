//! The lines of `text-decoration`.

use fanlight_base::geometry::{CssPoint, CssRect, CssSize};
use fanlight_paint::display_list::{
    DecorationLine, DecorationStyle, FillRule, LineCap, LineJoin, Path, PathSegment,
};

use super::border::dashed_line;
use super::dashes::{dashed, dotted};
use super::{fill_rect, pixel};
use crate::limits::{MAX_DASHES, MAX_DEVIATION};
use crate::raster::blur::{blur_mask, reach};
use crate::raster::shapes::{add_rect, rect_path};
use crate::raster::stroke::{StrokeStyle, stroke_path};
use crate::raster::{Affine, Canvas, FlatPath, Mask, Paint, PathBuilder, rasterise};

pub(super) fn draw(canvas: &mut Canvas<'_>, affine: &Affine, line: &DecorationLine) {
    let paint = Paint::Solid(pixel(line.color));
    if line.blur > 0.0 {
        let deviation = (line.blur / 2.0 * affine.mean_scale()).min(MAX_DEVIATION);
        let around = canvas.clip().outset(reach(deviation));
        let mask = rasterise(&outline(affine, line), FillRule::NonZero, around, canvas.scratch());
        return canvas.fill_mask(&blurred(&mask, deviation), paint);
    }
    match line.style {
        DecorationStyle::Solid => fill_rect(canvas, affine, &strip(line, 0.0), paint),
        DecorationStyle::Double => {
            fill_rect(canvas, affine, &strip(line, 0.0), paint);
            fill_rect(canvas, affine, &strip(line, line.thickness * 2.0), paint);
        }
        _ => canvas.fill_path(&outline(affine, line), FillRule::NonZero, paint),
    }
}

/// A mask with room for its blur, blurred.
fn blurred(mask: &Mask, deviation: f32) -> Mask {
    if mask.rect().is_empty() {
        return mask.clone();
    }
    let rect = mask.rect().outset(reach(deviation));
    let mut result = Mask::filled(rect, 0);
    for y in mask.rect().top..mask.rect().bottom {
        let (left, right) = (mask.rect().left, mask.rect().right);
        result.row_mut(y, left, right).copy_from_slice(mask.row(y, left, right));
    }
    blur_mask(&mut result, deviation, deviation);
    result
}

/// A straight line, `shift` CSS px farther from the text.
fn strip(line: &DecorationLine, shift: f32) -> CssRect {
    match line.vertical {
        false => CssRect::new(
            CssPoint::new(line.origin.x, line.origin.y + shift),
            CssSize::new(line.length, line.thickness),
        ),
        true => CssRect::new(
            CssPoint::new(line.origin.x + shift, line.origin.y),
            CssSize::new(line.thickness, line.length),
        ),
    }
}

fn outline(affine: &Affine, line: &DecorationLine) -> FlatPath {
    let middle = line.thickness / 2.0;
    // The lengths of dashes go by whole px of thickness.
    let whole = line.thickness.round().max(1.0);
    let (from, to) = match line.vertical {
        false => {
            ((line.origin.x, line.origin.y + middle), (line.origin.x + line.length, line.origin.y + middle))
        }
        true => {
            ((line.origin.x + middle, line.origin.y), (line.origin.x + middle, line.origin.y + line.length))
        }
    };
    match line.style {
        DecorationStyle::Solid => rect_path(affine, &strip(line, 0.0)),
        DecorationStyle::Double => {
            let mut builder = PathBuilder::new();
            add_rect(&mut builder, affine, &strip(line, 0.0));
            add_rect(&mut builder, affine, &strip(line, line.thickness * 2.0));
            builder.finish()
        }
        DecorationStyle::Dotted => {
            dashed_line(affine, from, to, line.thickness, |length| dotted(whole, length, false))
        }
        DecorationStyle::Dashed => {
            dashed_line(affine, from, to, line.thickness, |length| dashed(whole, length, false))
        }
        DecorationStyle::Wavy => wave(affine, line, from),
    }
}

/// A wave whose crests are three thicknesses and a half from its middle in control points, and two periods of the same to
/// a step: what Chromium draws.
fn wave(affine: &Affine, line: &DecorationLine, from: (f32, f32)) -> FlatPath {
    let control = 0.5 + (line.thickness * 3.0 + 0.5).round();
    let step = 1.0 + (line.thickness * 2.0 + 0.5).round();
    if line.length / (2.0 * step) > MAX_DASHES {
        return rect_path(affine, &strip(line, 0.0));
    }
    let place = |along: f32, across: f32| match line.vertical {
        false => CssPoint::new(from.0 + along, from.1 + across),
        true => CssPoint::new(from.0 + across, from.1 + along),
    };
    let mut segments = vec![PathSegment::MoveTo(place(0.0, 0.0))];
    let mut along = 0.0;
    while along < line.length {
        let middle = along + step;
        segments.push(PathSegment::CubicTo(
            place(middle, control),
            place(middle, -control),
            place(along + 2.0 * step, 0.0),
        ));
        along += 2.0 * step;
    }
    let style = StrokeStyle {
        width: line.thickness,
        cap: LineCap::Butt,
        join: LineJoin::Miter(4.0),
        dashes: Vec::new(),
        dash_offset: 0.0,
    };
    stroke_path(&Path { segments }, &style, affine)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::raster::{PixelRect, Scratch, Surface};
    use fanlight_base::Rgba;

    fn line(style: DecorationStyle) -> DecorationLine {
        DecorationLine {
            origin: CssPoint::new(0.0, 10.0),
            length: 40.0,
            thickness: 1.0,
            vertical: false,
            style,
            color: Rgba::BLACK,
            blur: 0.0,
        }
    }

    #[test]
    fn a_double_line_has_a_gap_as_thick_as_its_lines() {
        let rect = PixelRect::new(0, 8, 4, 16);
        let mut surface = Surface::filled(rect, [0; 4]);
        let mut scratch = Scratch::default();
        let mut canvas = Canvas::new(&mut surface, rect, None, &mut scratch);
        draw(&mut canvas, &Affine::IDENTITY, &line(DecorationStyle::Double));
        let inked: Vec<bool> = (8..16).map(|y| surface.row(y, 1, 2)[0][3] == 255).collect();
        assert_eq!(inked, [false, false, true, false, true, false, false, false]);
    }

    #[test]
    fn a_wave_goes_to_both_sides() {
        let bounds = outline(&Affine::IDENTITY, &line(DecorationStyle::Wavy)).bounds();
        assert!(bounds.top <= 9 && bounds.bottom >= 12, "{bounds:?}");
    }
}
