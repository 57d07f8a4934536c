//! Patterns of which a shape shows one tile: their contents are written in the place of the fill, cut by the shape. What draws SVG
//! makes pixels of every pattern first, and would blur it.
//! <https://svgwg.org/svg2-draft/pservers.html#Patterns>

use fanlight_base::atoms::local_name;
use fanlight_base::geometry::{CssPoint, CssRect, CssSize, CssTransform};
use fanlight_css::values::svg::SvgPaint;
use fanlight_dom::{ElementData, NodeId};

use super::bounds;
use super::filter::{attribute, number};
use super::transform::Attribute;
use super::writer::Source;
use crate::limits::MAX_PATTERN_LINKS;

/// The one tile that a shape shows.
pub(super) struct Tile {
    /// The element whose children are drawn.
    pub contents: NodeId,
    /// From their coordinates to the shape's.
    pub transform: String,
}

/// The tile that an element in a viewport is filled with; nothing where it has another fill, or shows several tiles.
pub(super) fn single_tile(
    source: Source<'_>,
    node: NodeId,
    element: &ElementData,
    viewport: CssSize,
) -> Option<Tile> {
    let SvgPaint::Server(url, _) = &source.style(node).svg.fill else { return None };
    if !matches!(&*element.name.local, "rect" | "circle" | "ellipse" | "path" | "polygon" | "polyline") {
        return None;
    }
    let patterns = links(source, source.by_id(url.local_fragment()?, |name| name == "pattern")?);
    let said = |name: &str| patterns.iter().find_map(|(_, pattern)| attribute(pattern, name));
    if said("viewBox").is_some() {
        return None;
    }
    let shape = bounds::fill(source, node, viewport);
    let length = |name: &str, start: f32, basis: f32| {
        let value = said(name).and_then(|text| number(text.trim_end_matches("px")))?;
        Some(if said("patternUnits") == Some("userSpaceOnUse") { value } else { start + value * basis })
    };
    let tile = CssRect::new(
        CssPoint::new(
            length("x", shape.origin.x, shape.size.width).unwrap_or(0.0),
            length("y", shape.origin.y, shape.size.height).unwrap_or(0.0),
        ),
        CssSize::new(length("width", 0.0, shape.size.width)?, length("height", 0.0, shape.size.height)?),
    );
    let placed = match said("patternTransform") {
        Some(text) => matrix(text)?,
        None => CssTransform::identity(),
    };
    // Rounding must not bring in a second tile.
    let slack = 1e-3 * (tile.size.width + tile.size.height);
    let seen = placed.inverse()?.outer_transformed_rect(&shape)?;
    if tile.is_empty() || !tile.inflate(slack, slack).contains_rect(&seen) {
        return None;
    }
    let contents = match said("patternContentUnits") {
        Some("objectBoundingBox") => CssTransform::scale(shape.size.width, shape.size.height, 1.0),
        _ => CssTransform::identity(),
    };
    let to_shape = contents.then(&CssTransform::translation(tile.origin.x, tile.origin.y, 0.0)).then(&placed);
    let holder =
        patterns.iter().find(|(node, _)| source.document.element_children(*node).next().is_some())?;
    Some(Tile { contents: holder.0, transform: Attribute(to_shape).to_string() })
}

/// A pattern and those that it takes after, which say what it does not.
fn links(source: Source<'_>, first: NodeId) -> Vec<(NodeId, &ElementData)> {
    let mut found: Vec<(NodeId, &ElementData)> = Vec::new();
    let mut next = Some(first);
    while let Some(node) = next.filter(|_| found.len() < MAX_PATTERN_LINKS) {
        let Some(element) = source.document.element(node) else { break };
        found.push((node, element));
        let link = element.attributes().iter().find(|attribute| attribute.name.local == local_name!("href"));
        next = link
            .and_then(|link| link.value.trim().strip_prefix('#'))
            .and_then(|id| source.by_id(id, |name| name == "pattern"));
    }
    found
}

/// A transform in the attribute's syntax.
fn matrix(text: &str) -> Option<CssTransform> {
    let svgtypes::Transform { a, b, c, d, e, f } = text.parse().ok()?;
    let [a, b, c, d, e, f] = [a, b, c, d, e, f].map(|number| number as f32);
    Some(CssTransform::new_2d(a, b, c, d, e, f))
}
