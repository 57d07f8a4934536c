//! The outline of a glyph.

use skrifa::MetadataProvider;
use skrifa::instance::Size;
use skrifa::outline::{DrawSettings, OutlinePen};

use super::{Font, GlyphId};
use crate::limits::MAX_OUTLINE_POINTS;

/// Receives an outline: contours of lines and curves, filled by the non-zero rule. Coordinates are CSS px from the
/// glyph's origin on the baseline, x to the right, y **down**.
pub trait PathSink {
    /// Begins a contour.
    fn move_to(&mut self, x: f32, y: f32);
    /// A line to a point.
    fn line_to(&mut self, x: f32, y: f32);
    /// A quadratic curve by its control point and end.
    fn quad_to(&mut self, control_x: f32, control_y: f32, x: f32, y: f32);
    /// A cubic curve by its control points and end.
    fn cubic_to(&mut self, c0_x: f32, c0_y: f32, c1_x: f32, c1_y: f32, x: f32, y: f32);
    /// Closes the contour.
    fn close(&mut self);
}

/// One element of a path, y up.
#[derive(Clone, Copy, Debug, PartialEq)]
enum Element {
    Move([(f32, f32); 1]),
    Line([(f32, f32); 1]),
    Quad([(f32, f32); 2]),
    Cubic([(f32, f32); 3]),
    Close,
}

#[derive(Default)]
struct Outline {
    elements: Vec<Element>,
    points: usize,
}

impl Outline {
    fn push(&mut self, element: Element, points: usize) {
        self.points += points;
        if self.points <= MAX_OUTLINE_POINTS {
            self.elements.push(element);
        }
    }
}

impl OutlinePen for Outline {
    fn move_to(&mut self, x: f32, y: f32) {
        self.push(Element::Move([(x, y)]), 1);
    }
    fn line_to(&mut self, x: f32, y: f32) {
        self.push(Element::Line([(x, y)]), 1);
    }
    fn quad_to(&mut self, cx0: f32, cy0: f32, x: f32, y: f32) {
        self.push(Element::Quad([(cx0, cy0), (x, y)]), 2);
    }
    fn curve_to(&mut self, cx0: f32, cy0: f32, cx1: f32, cy1: f32, x: f32, y: f32) {
        self.push(Element::Cubic([(cx0, cy0), (cx1, cy1), (x, y)]), 3);
    }
    fn close(&mut self) {
        self.push(Element::Close, 0);
    }
}

impl Element {
    fn points_mut(&mut self) -> &mut [(f32, f32)] {
        match self {
            Element::Move(points) | Element::Line(points) => points,
            Element::Quad(points) => points,
            Element::Cubic(points) => points,
            Element::Close => &mut [],
        }
    }
}

impl Font {
    /// Sends the outline of a glyph to `sink`, with synthetic bold and oblique applied. Gives `false`, having sent
    /// nothing, for a glyph without outline: a space, a bitmap, a number that the font does not have, or any glyph of a font
    /// that stands for one that is awaited unseen.
    pub fn outline(&self, glyph: GlyphId, sink: &mut impl PathSink) -> bool {
        let settings = DrawSettings::unhinted(Size::new(self.glyph_size()), self.location());
        self.draw(glyph, settings, self.size(), sink)
    }

    /// The outline of a glyph in **device px**, `scale` of them to a CSS px, fitted to the grid of device px across the
    /// baseline; for text whose baseline is horizontal. Otherwise like [`Font::outline`], which it falls back to where the
    /// font cannot be hinted or is slanted to imitate oblique.
    pub fn hinted_outline(&self, glyph: GlyphId, scale: f32, sink: &mut impl PathSink) -> bool {
        let pixels_per_em = self.glyph_size() * scale;
        let hinter = if self.synthetic_skew() == 0.0 { self.hinter(pixels_per_em) } else { None };
        match hinter {
            Some(hinter) => self.draw(glyph, DrawSettings::hinted(&hinter, false), self.size() * scale, sink),
            None => {
                let settings = DrawSettings::unhinted(Size::new(pixels_per_em), self.location());
                self.draw(glyph, settings, self.size() * scale, sink)
            }
        }
    }

    /// Draws a glyph as `settings` say; `size` is how many px an em has.
    fn draw(&self, glyph: GlyphId, settings: DrawSettings<'_>, size: f32, sink: &mut impl PathSink) -> bool {
        if !self.has_ink() {
            return false;
        }
        let font = self.face().font_ref();
        let Some(glyph) = font.outline_glyphs().get(skrifa::GlyphId::from(glyph)) else {
            return false;
        };
        let mut outline = Outline::default();
        if glyph.draw(settings, &mut outline).is_err()
            || outline.points > MAX_OUTLINE_POINTS
            || outline.elements.is_empty()
        {
            return false;
        }
        let mut elements = outline.elements;
        if self.is_synthetic_bold() {
            embolden(&mut elements, synthetic_bold_strength(size) / 2.0);
        }
        let skew = self.synthetic_skew();
        for element in &mut elements {
            for point in element.points_mut() {
                point.0 += skew * point.1;
            }
        }
        for element in elements {
            match element {
                Element::Move([(x, y)]) => sink.move_to(x, -y),
                Element::Line([(x, y)]) => sink.line_to(x, -y),
                Element::Quad([(cx, cy), (x, y)]) => sink.quad_to(cx, -cy, x, -y),
                Element::Cubic([(ax, ay), (bx, by), (x, y)]) => sink.cubic_to(ax, -ay, bx, -by, x, -y),
                Element::Close => sink.close(),
            }
        }
        true
    }
}

/// How much wider strokes become, in CSS px: 1/24 of the size up to 9 px, 1/32 from 36 px on, as Skia has it.
fn synthetic_bold_strength(size: f32) -> f32 {
    const SMALL: (f32, f32) = (9.0, 1.0 / 24.0);
    const LARGE: (f32, f32) = (36.0, 1.0 / 32.0);
    let position = ((size - SMALL.0) / (LARGE.0 - SMALL.0)).clamp(0.0, 1.0);
    size * (SMALL.1 + (LARGE.1 - SMALL.1) * position)
}

/// Moves every point outwards by `distance` along the bisector of the edges that meet in it.
fn embolden(elements: &mut [Element], distance: f32) {
    let area: f32 = contours(elements).map(|contour| signed_area(&contour_points(&elements[contour]))).sum();
    // Filled shapes are clockwise in TrueType and counter-clockwise in PostScript outlines; holes are the other way.
    let outwards = if area < 0.0 { distance } else { -distance };
    for contour in contours(elements).collect::<Vec<_>>() {
        let elements = &mut elements[contour];
        let points = contour_points(elements);
        let mut moved = offset_points(&points, outwards).into_iter();
        for element in elements {
            for point in element.points_mut() {
                if let Some(new) = moved.next() {
                    *point = new;
                }
            }
        }
    }
}

/// The ranges of elements between one move and the next.
fn contours(elements: &[Element]) -> impl Iterator<Item = std::ops::Range<usize>> {
    let starts: Vec<usize> = elements
        .iter()
        .enumerate()
        .filter(|(_, element)| matches!(element, Element::Move(_)))
        .map(|(index, _)| index)
        .chain([elements.len()])
        .collect();
    (1..starts.len()).map(move |index| starts[index - 1]..starts[index])
}

fn contour_points(elements: &[Element]) -> Vec<(f32, f32)> {
    let mut points = Vec::with_capacity(elements.len() * 2);
    for element in elements {
        let mut element = *element;
        points.extend_from_slice(element.points_mut());
    }
    points
}

/// Twice the area that the control polygon encloses; positive counter-clockwise.
fn signed_area(points: &[(f32, f32)]) -> f32 {
    let next = points.iter().cycle().skip(1);
    points.iter().zip(next).map(|(a, b)| a.0 * b.1 - b.0 * a.1).sum()
}

fn offset_points(points: &[(f32, f32)], distance: f32) -> Vec<(f32, f32)> {
    let count = points.len();
    // Points that lie on one another have no edge between them: look on to the next that differs.
    let direction = |from: usize, step: usize| -> Option<(f32, f32)> {
        let origin = points[from];
        (1..count).find_map(|distance| {
            let other = points[(from + distance * step) % count];
            let (x, y) = (other.0 - origin.0, other.1 - origin.1);
            let length = x.hypot(y);
            (length > 1e-4).then(|| (x / length, y / length))
        })
    };
    (0..count)
        .map(|index| {
            let (Some(after), Some(before)) = (direction(index, 1), direction(index, count - 1)) else {
                return points[index];
            };
            let incoming = (-before.0, -before.1);
            // The normals to the left of both edges, and the point where the moved edges meet.
            let sum = (-incoming.1 - after.1, incoming.0 + after.0);
            let cosine = incoming.0 * after.0 + incoming.1 * after.1;
            // A sharp corner would shoot away; it is cut at twice the distance.
            let scale = distance / (1.0 + cosine).max(0.5);
            (points[index].0 + sum.0 * scale, points[index].1 + sum.1 * scale)
        })
        .collect()
}
