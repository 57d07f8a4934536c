//! Filters that SVG describes, on pictures that are no SVG.
//!
//! What draws SVG knows filters only inside of documents. So the picture becomes the only image of a document that is as large
//! as it is, in a group with the filter.

use std::fmt;
use std::sync::Arc;

use fanlight_base::geometry::{CssPoint, CssRect};
use resvg::tiny_skia;

use super::{check_structure, empty_database, on_stack, read_tree};
use crate::encode::encode_uncompressed;
use crate::straight;

/// How the document calls the picture.
const PICTURE: &str = "fanlight:picture";

/// A `<filter>` element, ready to be applied. Cloning shares it.
/// <https://drafts.fxtf.org/filter-effects-1/#FilterElement>
#[derive(Clone, PartialEq)]
pub struct SvgFilter(Arc<Inner>);

#[derive(PartialEq)]
struct Inner {
    elements: String,
    id: String,
    origin: CssPoint,
    region: CssRect,
}

impl SvgFilter {
    /// `elements` is the markup of the filter, whose units are those of user space, with all that it refers to; `id` is its
    /// id. User space has its origin at `origin`, and the filter draws nothing outside of `region`; both in CSS px of the space of
    /// what is filtered.
    pub fn new(elements: String, id: &str, origin: CssPoint, region: CssRect) -> Self {
        SvgFilter(Arc::new(Inner { elements, id: id.to_owned(), origin, region }))
    }

    /// The id of the element.
    pub fn id(&self) -> &str {
        &self.0.id
    }

    /// The filter region in CSS px of the space of what is filtered.
    pub fn region(&self) -> CssRect {
        self.0.region
    }

    /// Filters premultiplied RGBA pixels, row by row. `matrix` (a, b, c, d, e, f, as in CSS) takes CSS px of the space of what is
    /// filtered to px of the picture. `None` where the filter is malformed, or the picture is none.
    pub fn apply(&self, pixels: &[[u8; 4]], width: u32, height: u32, matrix: [f32; 6]) -> Option<Vec<u8>> {
        let _span = tracing::info_span!("svg_filter", width, height).entered();
        let source = self.document(width, height, matrix)?;
        let deep = check_structure(&source).ok()?;
        let straight: Vec<[u8; 4]> = pixels.iter().map(|pixel| straight(*pixel)).collect();
        let picture = Arc::new(encode_uncompressed(width, height, &straight).ok()?);
        let mut options = usvg::Options { fontdb: empty_database(), ..usvg::Options::default() };
        options.image_href_resolver.resolve_string =
            Box::new(move |href, _| (href == PICTURE).then(|| usvg::ImageKind::PNG(Arc::clone(&picture))));
        let mut filtered = tiny_skia::Pixmap::new(width, height)?;
        on_stack(deep, || {
            let tree = read_tree(&source, &options).ok()?;
            resvg::render(&tree, tiny_skia::Transform::identity(), &mut filtered.as_mut());
            Some(())
        })??;
        Some(filtered.take())
    }

    fn document(&self, width: u32, height: u32, [a, b, c, d, e, f]: [f32; 6]) -> Option<String> {
        let Inner { elements, id, origin, .. } = &*self.0;
        let to_picture = tiny_skia::Transform::from_row(a, b, c, d, e, f).pre_translate(origin.x, origin.y);
        let tiny_skia::Transform { sx, ky, kx, sy, tx, ty } = to_picture.invert()?;
        // A picture that is not turned keeps its px.
        let rendering = if b == 0.0 && c == 0.0 { "optimizeSpeed" } else { "optimizeQuality" };
        Some(format!(
            "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"{width}\" height=\"{height}\">{elements}\
             <g transform=\"matrix({a} {b} {c} {d} {e} {f}) translate({} {})\"><g filter=\"url(#{id})\">\
             <image transform=\"matrix({sx} {ky} {kx} {sy} {tx} {ty})\" width=\"{width}\" height=\"{height}\" \
             image-rendering=\"{rendering}\" href=\"{PICTURE}\"/></g></g></svg>",
            origin.x, origin.y
        ))
    }
}

impl fmt::Debug for SvgFilter {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "SvgFilter(#{})", self.0.id)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use fanlight_base::geometry::CssSize;

    fn filtered(primitives: &str, pixels: &[[u8; 4]], width: u32) -> Vec<[u8; 4]> {
        let size = CssSize::new(width as f32, 1.0);
        let elements = format!(
            "<filter id='f' filterUnits='userSpaceOnUse' x='0' y='0' width='{width}' height='1' \
             color-interpolation-filters='sRGB'>{primitives}</filter>"
        );
        let filter = SvgFilter::new(elements, "f", CssPoint::zero(), CssRect::from_size(size));
        let bytes = filter.apply(pixels, width, 1, [1.0, 0.0, 0.0, 1.0, 0.0, 0.0]).unwrap();
        bytes.as_chunks::<4>().0.to_vec()
    }

    #[test]
    fn pixels_are_moved_whole() {
        let pixels = [[200, 0, 0, 255], [0, 100, 0, 128], [0; 4]];
        let moved = filtered("<feOffset dx='1'/>", &pixels, 3);
        assert_eq!(moved, [[0; 4], [200, 0, 0, 255], [0, 100, 0, 128]]);
    }

    #[test]
    fn a_filter_draws_where_there_was_nothing() {
        assert_eq!(filtered("<feFlood flood-color='#00f'/>", &[[0; 4]; 2], 2), [[0, 0, 255, 255]; 2]);
    }

    #[test]
    fn markup_that_is_no_filter_does_not_panic() {
        let filter = SvgFilter::new("<filter id='f'".into(), "f", CssPoint::zero(), CssRect::zero());
        assert_eq!(filter.apply(&[[0; 4]], 1, 1, [1.0, 0.0, 0.0, 1.0, 0.0, 0.0]), None);
    }
}
