//! The boxes of SVG elements that transforms refer to.
//! <https://svgwg.org/svg2-draft/coords.html#BoundingBoxes>

use fanlight_base::atoms::ns;
use fanlight_base::geometry::{CssPoint, CssRect, CssSize};
use fanlight_css::values::display::Display;
use fanlight_css::values::length::NumberOr;
use fanlight_css::values::size::Size;
use fanlight_css::values::svg::SvgPaint;
use fanlight_dom::{ElementData, NodeId};
use svgtypes::{PointsParser, SimplePathSegment, SimplifyingPathParser};

use super::writer::Source;
use super::{transform, viewport};
use crate::limits::{MAX_SVG_BOUNDS_DEPTH, MAX_SVG_BOUNDS_ELEMENTS};

/// The box around an element's shape, in its own user units; empty where it has none.
pub(super) fn fill(source: Source<'_>, node: NodeId, viewport: CssSize) -> CssRect {
    let mut left = MAX_SVG_BOUNDS_ELEMENTS;
    bounds(source, node, viewport, MAX_SVG_BOUNDS_DEPTH, &mut left).unwrap_or_default()
}

/// The same with half of the stroke around it.
// FIXME: miters, and the strokes inside of a group, may reach further.
pub(super) fn stroke(source: Source<'_>, node: NodeId, viewport: CssSize) -> CssRect {
    let fill = fill(source, node, viewport);
    let svg = &source.style(node).svg;
    if svg.stroke == SvgPaint::None {
        return fill;
    }
    let diagonal = viewport.width.hypot(viewport.height) / std::f32::consts::SQRT_2;
    let width = match &svg.stroke_width {
        NumberOr::Number(width) => *width,
        NumberOr::Value(width) => width.resolve(diagonal),
    };
    fill.inflate(width / 2.0, width / 2.0)
}

fn bounds(
    source: Source<'_>,
    node: NodeId,
    around: CssSize,
    depth: usize,
    left: &mut usize,
) -> Option<CssRect> {
    let element = source.document.element(node).filter(|element| element.name.namespace == ns!(svg))?;
    *left = left.checked_sub(1)?;
    let style = source.style(node);
    if style.boxes.display == Display::None {
        return None;
    }
    match &*element.name.local {
        "g" | "a" | "switch" | "svg" => {
            let depth = depth.checked_sub(1)?;
            let inside = viewport::inside(element, style, around).unwrap_or(around);
            let mut all: Option<CssRect> = None;
            for child in source.document.children(node) {
                let Some(own) = bounds(source, child, inside, depth, left) else { continue };
                let own = match transform::matrix(source, child, inside) {
                    Some(matrix) => matrix.outer_transformed_rect(&own).unwrap_or(own),
                    None => own,
                };
                // Lines have no area, and count.
                all = Some(all.map_or(own, |all| around_both(all, own)));
            }
            all
        }
        _ => shape(source, node, element, around),
    }
}

fn around_both(one: CssRect, other: CssRect) -> CssRect {
    CssRect::from_points([one.min(), one.max(), other.min(), other.max()])
}

/// The box around a basic shape or a path.
fn shape(source: Source<'_>, node: NodeId, element: &ElementData, around: CssSize) -> Option<CssRect> {
    let style = source.style(node);
    let (reset, size) = (&style.svg_reset, &style.size);
    let (width, height) = (around.width, around.height);
    let attribute = |name: &str| {
        element
            .attributes()
            .iter()
            .find(|attribute| *attribute.name.local == *name)
            .map(|found| &*found.value)
    };
    let about = |rx: f32, ry: f32| {
        let center = CssPoint::new(reset.cx.resolve(width), reset.cy.resolve(height));
        CssRect::new(center, CssSize::zero()).inflate(rx, ry)
    };
    match &*element.name.local {
        "rect" | "image" | "foreignObject" | "use" => {
            let side = |size: &Size, basis| match size {
                Size::LengthPercentage(length) => length.resolve(basis),
                _ => 0.0,
            };
            let corner = CssPoint::new(reset.x.resolve(width), reset.y.resolve(height));
            Some(CssRect::new(corner, CssSize::new(side(&size.width, width), side(&size.height, height))))
        }
        "circle" => {
            let radius = reset.r.resolve(width.hypot(height) / std::f32::consts::SQRT_2);
            Some(about(radius, radius))
        }
        "ellipse" => {
            let rx = reset.rx.value().map(|rx| rx.resolve(width));
            let ry = reset.ry.value().map(|ry| ry.resolve(height));
            Some(about(rx.or(ry).unwrap_or(0.0), ry.or(rx).unwrap_or(0.0)))
        }
        "line" => {
            let end = |name: &str| {
                attribute(name)
                    .and_then(|text| text.trim().trim_end_matches("px").parse::<f32>().ok())
                    .unwrap_or(0.0)
            };
            Some(CssRect::from_points([
                CssPoint::new(end("x1"), end("y1")),
                CssPoint::new(end("x2"), end("y2")),
            ]))
        }
        "polygon" | "polyline" => {
            let points = PointsParser::from(attribute("points")?);
            Some(CssRect::from_points(points.map(|(x, y)| CssPoint::new(x as f32, y as f32))))
        }
        "path" => Some(path(attribute("d")?)),
        _ => None,
    }
}

/// How many points of a curve are looked at.
const CURVE_STEPS: u16 = 16;

fn path(data: &str) -> CssRect {
    let mut points: Vec<(f64, f64)> = Vec::new();
    let curve = |points: &mut Vec<(f64, f64)>, controls: [(f64, f64); 4]| {
        for step in 1..=CURVE_STEPS {
            let t = f64::from(step) / f64::from(CURVE_STEPS);
            let weights =
                [(1.0 - t).powi(3), 3.0 * t * (1.0 - t).powi(2), 3.0 * t * t * (1.0 - t), t.powi(3)];
            let sum = |part: fn((f64, f64)) -> f64| {
                weights.iter().zip(controls).map(|(weight, control)| weight * part(control)).sum()
            };
            points.push((sum(|point| point.0), sum(|point| point.1)));
        }
    };
    for segment in SimplifyingPathParser::from(data) {
        let Ok(segment) = segment else { break };
        let last = points.last().copied().unwrap_or_default();
        match segment {
            SimplePathSegment::MoveTo { x, y } | SimplePathSegment::LineTo { x, y } => points.push((x, y)),
            SimplePathSegment::CurveTo { x1, y1, x2, y2, x, y } => {
                curve(&mut points, [last, (x1, y1), (x2, y2), (x, y)]);
            }
            SimplePathSegment::Quadratic { x1, y1, x, y } => {
                let toward = |from: (f64, f64)| {
                    (from.0 + (x1 - from.0) * 2.0 / 3.0, from.1 + (y1 - from.1) * 2.0 / 3.0)
                };
                curve(&mut points, [last, toward(last), toward((x, y)), (x, y)]);
            }
            SimplePathSegment::ClosePath => {}
        }
    }
    CssRect::from_points(points.into_iter().map(|(x, y)| CssPoint::new(x as f32, y as f32)))
}
