//! What SVG in a page refers to in other files: elements of SVG documents, and images.
//!
//! The files are loaded as images are; those with elements that somebody asks for are read again as documents.

use std::sync::Arc;

use fanlight_base::geometry::CssSize;
use fanlight_fetch::{Origin, Url};
use fanlight_image::{Image, IntrinsicSize};
use parking_lot::Mutex;
use rustc_hash::FxHashMap;

use super::svg_document::SvgDocument;
use crate::loader::images::{ImageState, Images};

/// The documents that have been read, by their URL without fragment; nothing for files that are none.
pub(super) type ReadDocuments = Mutex<FxHashMap<String, Option<Arc<SvgDocument>>>>;

/// The files that a page has loaded.
#[derive(Clone, Copy)]
pub(crate) struct LinkedFiles<'a> {
    pub(crate) images: &'a Images,
    /// The URL of the page.
    pub(crate) page: &'a Url,
    /// What relative URLs in it refer to.
    pub(crate) base: &'a Url,
}

/// The files, with those that have been read as documents.
#[derive(Clone, Copy)]
pub(super) struct Linked<'a> {
    pub(super) files: LinkedFiles<'a>,
    pub(super) read: &'a ReadDocuments,
}

impl Linked<'_> {
    /// The document of an absolute URL, with the fragment that names an element of it. Nothing while it is not there, and
    /// where it is of another origin.
    /// <https://svgwg.org/svg2-draft/linking.html#processingURL-fetch>
    pub(super) fn document(&self, url: &str) -> Option<(Arc<SvgDocument>, String)> {
        let (file, fragment) = url.split_once('#')?;
        let parsed = Url::parse(file).ok()?;
        if parsed.scheme() != "data" && !Origin::of(self.files.page).is_same_as(&parsed) {
            return None;
        }
        let ImageState::Ready(Image::Svg(image)) = self.files.images.by_url(file)? else { return None };
        let document = Arc::clone(
            self.read
                .lock()
                .entry(file.to_owned())
                .or_insert_with(|| {
                    let default = (IntrinsicSize::DEFAULT_WIDTH, IntrinsicSize::DEFAULT_HEIGHT);
                    let (width, height) = image.intrinsic_size().concrete_size(None, None, default);
                    SvgDocument::read(image.source().as_bytes(), CssSize::new(width, height)).map(Arc::new)
                })
                .as_ref()?,
        );
        Some((document, fragment.to_owned()))
    }

    /// The absolute URL of what an attribute of the page refers to. `<use>` may not refer to `data:` URLs.
    pub(super) fn resolve(&self, href: &str) -> Option<Url> {
        self.files.base.join(href.trim()).ok().filter(|url| url.scheme() != "data")
    }

    /// The image that an attribute of the page refers to.
    pub(super) fn image(&self, href: &str) -> Option<(Url, Image)> {
        let url = self.resolve(href)?;
        match self.files.images.by_url(url.as_str())? {
            ImageState::Ready(image) => Some((url, image.clone())),
            ImageState::Loading | ImageState::Broken => None,
        }
    }
}
