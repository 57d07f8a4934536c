//! Filter functions on a surface. <https://drafts.fxtf.org/filter-effects-1/#FilterProperty>

use fanlight_image::SvgFilter;
use fanlight_paint::display_list::Filter;

use crate::draw::pixel;
use crate::limits::MAX_DEVIATION;
use crate::raster::blend::{over, scale};
use crate::raster::blur::blur_surface;
use crate::raster::{Affine, Pixel, Surface};

/// Applies filters in order. `affine` takes the lengths in them to device px.
pub(crate) fn apply(filters: &[Filter], affine: &Affine, surface: &mut Surface) {
    for filter in filters {
        match filter {
            Filter::Blur(deviation) => {
                let (x, y) = deviations(*deviation, affine);
                blur_surface(surface, x, y);
            }
            Filter::DropShadow { offset, deviation, color } => {
                let shift = (
                    (offset.x * affine.a + offset.y * affine.c).round() as i32,
                    (offset.x * affine.b + offset.y * affine.d).round() as i32,
                );
                let color = pixel(*color);
                drop_shadow(surface, shift, deviations(*deviation, affine), color);
            }
            Filter::Opacity(factor) => {
                let part = (factor.clamp(0.0, 1.0) * 255.0).round() as u8;
                surface.pixels_mut().iter_mut().for_each(|pixel| *pixel = scale(*pixel, part));
            }
            Filter::Brightness(factor) => linear(surface, *factor, 0.0),
            Filter::Contrast(factor) => linear(surface, *factor, 0.5 - 0.5 * factor),
            Filter::Invert(part) => linear(surface, 1.0 - 2.0 * part.clamp(0.0, 1.0), part.clamp(0.0, 1.0)),
            Filter::Grayscale(part) => matrix(surface, &grayscale(1.0 - part.clamp(0.0, 1.0))),
            Filter::Saturate(factor) => matrix(surface, &saturate(*factor)),
            Filter::Sepia(part) => matrix(surface, &sepia(1.0 - part.clamp(0.0, 1.0))),
            Filter::HueRotate(degrees) => matrix(surface, &hue_rotate(*degrees)),
            Filter::Reference(filter) => reference(filter, affine, surface),
            Filter::LuminanceToAlpha => luminance_to_alpha(surface),
        }
    }
}

/// A filter that cannot be applied leaves nothing.
/// <https://drafts.fxtf.org/filter-effects-1/#FilterElement>
fn reference(filter: &SvgFilter, affine: &Affine, surface: &mut Surface) {
    let rect = surface.rect();
    let (width, height) = (rect.width() as u32, rect.height() as u32);
    let Affine { a, b, c, d, e, f } = *affine;
    let matrix = [a, b, c, d, e - rect.left as f32, f - rect.top as f32];
    match filter.apply(surface.pixels(), width, height, matrix) {
        Some(bytes) => surface.pixels_mut().copy_from_slice(bytes.as_chunks::<4>().0),
        None => surface.pixels_mut().fill([0; 4]),
    }
}

/// <https://drafts.fxtf.org/filter-effects-1/#attr-valuedef-type-luminancetoalpha>
fn luminance_to_alpha(surface: &mut Surface) {
    for pixel in surface.pixels_mut() {
        let [red, green, blue, _] = pixel.map(f32::from);
        let luminance = 0.2125 * red + 0.7154 * green + 0.0721 * blue;
        *pixel = [0, 0, 0, luminance.round() as u8];
    }
}

fn deviations(deviation: f32, affine: &Affine) -> (f32, f32) {
    let along = |x: f32, y: f32| (deviation * x.hypot(y)).min(MAX_DEVIATION);
    (along(affine.a, affine.b), along(affine.c, affine.d))
}

/// The same function for each component of the straight colour: `slope · c + intercept`.
fn linear(surface: &mut Surface, slope: f32, intercept: f32) {
    each(surface, |color| color.map(|component| component * slope + intercept));
}

type Matrix = [[f32; 3]; 3];

fn matrix(surface: &mut Surface, matrix: &Matrix) {
    each(surface, |[red, green, blue]| matrix.map(|row| row[0] * red + row[1] * green + row[2] * blue));
}

/// Changes straight colours; neighbours are often alike, so the last answer is kept.
fn each(surface: &mut Surface, change: impl Fn([f32; 3]) -> [f32; 3]) {
    let mut last: (Pixel, Pixel) = ([0; 4], [0; 4]);
    for pixel in surface.pixels_mut() {
        if pixel[3] == 0 {
            continue;
        }
        if *pixel != last.0 {
            let alpha = f32::from(pixel[3]) / 255.0;
            let straight =
                std::array::from_fn(|channel| (f32::from(pixel[channel]) / 255.0 / alpha).min(1.0));
            let changed = change(straight);
            let mut result = *pixel;
            for channel in 0..3 {
                result[channel] = (changed[channel].clamp(0.0, 1.0) * alpha * 255.0 + 0.5) as u8;
            }
            last = (*pixel, result);
        }
        *pixel = last.1;
    }
}

/// <https://drafts.fxtf.org/filter-effects-1/#grayscaleEquivalent>
fn grayscale(rest: f32) -> Matrix {
    [
        [0.2126 + 0.7874 * rest, 0.7152 - 0.7152 * rest, 0.0722 - 0.0722 * rest],
        [0.2126 - 0.2126 * rest, 0.7152 + 0.2848 * rest, 0.0722 - 0.0722 * rest],
        [0.2126 - 0.2126 * rest, 0.7152 - 0.7152 * rest, 0.0722 + 0.9278 * rest],
    ]
}

/// <https://drafts.fxtf.org/filter-effects-1/#sepiaEquivalent>
fn sepia(rest: f32) -> Matrix {
    [
        [0.393 + 0.607 * rest, 0.769 - 0.769 * rest, 0.189 - 0.189 * rest],
        [0.349 - 0.349 * rest, 0.686 + 0.314 * rest, 0.168 - 0.168 * rest],
        [0.272 - 0.272 * rest, 0.534 - 0.534 * rest, 0.131 + 0.869 * rest],
    ]
}

/// <https://drafts.fxtf.org/filter-effects-1/#element-attrdef-fecolormatrix-values>
fn saturate(factor: f32) -> Matrix {
    [
        [0.213 + 0.787 * factor, 0.715 - 0.715 * factor, 0.072 - 0.072 * factor],
        [0.213 - 0.213 * factor, 0.715 + 0.285 * factor, 0.072 - 0.072 * factor],
        [0.213 - 0.213 * factor, 0.715 - 0.715 * factor, 0.072 + 0.928 * factor],
    ]
}

/// <https://drafts.fxtf.org/filter-effects-1/#element-attrdef-fecolormatrix-values>
fn hue_rotate(degrees: f32) -> Matrix {
    let (sine, cosine) = degrees.to_radians().sin_cos();
    let row = |base: [f32; 3], by_cosine: [f32; 3], by_sine: [f32; 3]| {
        std::array::from_fn(|index| base[index] + cosine * by_cosine[index] + sine * by_sine[index])
    };
    let base = [0.213, 0.715, 0.072];
    [
        row(base, [0.787, -0.715, -0.072], [-0.213, -0.715, 0.928]),
        row(base, [-0.213, 0.285, -0.072], [0.143, 0.140, -0.283]),
        row(base, [-0.213, -0.715, 0.928], [-0.787, 0.715, 0.072]),
    ]
}

fn drop_shadow(surface: &mut Surface, shift: (i32, i32), deviation: (f32, f32), color: Pixel) {
    let rect = surface.rect();
    let mut shadow = Surface::filled(rect, [0; 4]);
    let both = rect.translate(shift.0, shift.1).intersection(&rect);
    for y in both.top..both.bottom {
        let from = surface.row(y - shift.1, both.left - shift.0, both.right - shift.0);
        for (to, from) in shadow.row_mut(y, both.left, both.right).iter_mut().zip(from) {
            *to = scale(color, from[3]);
        }
    }
    blur_surface(&mut shadow, deviation.0, deviation.1);
    for (above, &below) in surface.pixels_mut().iter_mut().zip(shadow.pixels()) {
        *above = over(*above, below);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::raster::PixelRect;
    use fanlight_base::Rgba;
    use fanlight_base::geometry::CssVector;

    fn filtered(pixel: Pixel, filter: Filter) -> Pixel {
        let mut surface = Surface::filled(PixelRect::new(0, 0, 1, 1), pixel);
        apply(&[filter], &Affine::IDENTITY, &mut surface);
        surface.pixels()[0]
    }

    #[test]
    fn colour_filters_are_the_specifications() {
        let red = [255, 0, 0, 255];
        assert_eq!(filtered(red, Filter::Invert(1.0)), [0, 255, 255, 255]);
        assert_eq!(filtered(red, Filter::Grayscale(1.0)), [54, 54, 54, 255]);
        assert_eq!(filtered(red, Filter::Brightness(0.5)), [128, 0, 0, 255]);
        assert_eq!(filtered(red, Filter::Contrast(0.0)), [128, 128, 128, 255]);
        assert_eq!(filtered(red, Filter::Sepia(1.0)), [100, 89, 69, 255]);
        assert_eq!(filtered(red, Filter::Saturate(0.0)), [54, 54, 54, 255]);
        assert_eq!(filtered(red, Filter::HueRotate(0.0)), red);
        assert_eq!(filtered([128, 0, 0, 128], Filter::Opacity(0.5)), [64, 0, 0, 64]);
        assert_eq!(filtered([0; 4], Filter::Invert(1.0)), [0; 4], "nothing stays nothing");
    }

    #[test]
    fn a_drop_shadow_is_below_and_beside() {
        let mut surface = Surface::filled(PixelRect::new(0, 0, 3, 1), [0; 4]);
        surface.row_mut(0, 0, 1)[0] = [255, 0, 0, 255];
        let filter =
            Filter::DropShadow { offset: CssVector::new(1.0, 0.0), deviation: 0.0, color: Rgba::BLACK };
        apply(&[filter], &Affine::IDENTITY, &mut surface);
        assert_eq!(surface.pixels(), [[255, 0, 0, 255], [0, 0, 0, 255], [0; 4]]);
    }
}
