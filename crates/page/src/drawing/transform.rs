//! Transforms of SVG elements: all properties and the attribute as one matrix.
//! <https://drafts.csswg.org/css-transforms-2/#ctm>

use std::fmt;

use fanlight_base::geometry::{CssRect, CssSize, CssTransform};
use fanlight_css::properties::transform::TransformBox;
use fanlight_dom::NodeId;
use fanlight_layout::transform_matrix_in;

use super::bounds;
use super::writer::Source;

/// The transform of an element in a viewport; nothing where it has none.
pub(super) fn matrix(source: Source<'_>, node: NodeId, viewport: CssSize) -> Option<CssTransform> {
    let style = source.style(node);
    // Nearly all elements are without.
    transform_matrix_in(style, CssSize::zero())?;
    // https://drafts.csswg.org/css-transforms-1/#transform-box: without a CSS layout box.
    let reference = match style.transform.transform_box {
        TransformBox::ViewBox => CssRect::from_size(viewport),
        TransformBox::FillBox | TransformBox::ContentBox => bounds::fill(source, node, viewport),
        TransformBox::StrokeBox | TransformBox::BorderBox => bounds::stroke(source, node, viewport),
    };
    let corner = reference.origin;
    let own = transform_matrix_in(style, reference.size)?;
    Some(
        CssTransform::translation(-corner.x, -corner.y, 0.0)
            .then(&own)
            .then(&CssTransform::translation(corner.x, corner.y, 0.0)),
    )
}

/// A matrix in the syntax of the attribute, flattened.
pub(super) struct Attribute(pub CssTransform);

impl fmt::Display for Attribute {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let CssTransform { m11, m12, m21, m22, m41, m42, .. } = self.0;
        write!(formatter, "matrix({m11} {m12} {m21} {m22} {m41} {m42})")
    }
}
