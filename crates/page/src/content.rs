//! What layout and painting are given of a page's images, drawings and frames.

use std::collections::BTreeSet;
use std::sync::Arc;

use fanlight_base::geometry::{CssPoint, CssRect, CssSize};
use fanlight_css::ComputedStyle;
use fanlight_css::values::NoneOr;
use fanlight_css::values::generated::{Content as CssContent, ContentItem};
use fanlight_css::values::image::Image as CssImage;
use fanlight_css::values::shape::{ClipPath, FilterFunction};
use fanlight_css::values::url::CssUrl;
use fanlight_dom::NodeId;
use fanlight_image::{Image, IntrinsicSize, SvgFilter};
use fanlight_layout::{ElementImage, ReplacedContent};
use fanlight_paint::display_list::DisplayList;
use fanlight_paint::{EmbeddedContent, ImageProvider, MaskElement, MaskRequest};
use rustc_hash::FxHashMap;

use crate::drawing::{DrawingInput, Drawings};
use crate::loader::discover::is_outermost_svg;
use crate::loader::images::{ImageState, Images, with_orientation};

/// The images and frames of a page.
pub(crate) struct PageContent<'a> {
    pub(crate) images: &'a Images,
    /// The elements that show a page of their own.
    pub(crate) pages: BTreeSet<NodeId>,
    /// The painted documents of frames.
    pub(crate) frames: &'a FxHashMap<NodeId, Arc<DisplayList>>,
    /// What has been drawn of the SVG in the document, and what it is drawn from once there are styles.
    pub(crate) drawings: &'a Drawings,
    pub(crate) drawing: Option<DrawingInput<'a>>,
    /// Device px for each CSS px.
    pub(crate) scale: f32,
    /// Whether scripts may run.
    pub(crate) scripting: bool,
}

fn ready(state: &ImageState) -> Option<Image> {
    element_image(state).ready()
}

fn element_image(state: &ImageState) -> ElementImage {
    match state {
        ImageState::Ready(image) => ElementImage::Ready(image.clone()),
        ImageState::Loading => ElementImage::Loading,
        ImageState::Broken => ElementImage::Broken,
    }
}

impl ReplacedContent for PageContent<'_> {
    fn image(&self, node: NodeId) -> ElementImage {
        match (self.images.of_node(node), self.drawing.and_then(|input| input.styles.get(node))) {
            (Some((ImageState::Ready(image), _)), Some(style)) => {
                ElementImage::Ready(with_orientation(image.clone(), style))
            }
            (Some((state, _)), _) => element_image(state),
            (None, _) => ElementImage::Absent,
        }
    }

    fn density(&self, node: NodeId) -> f32 {
        self.images.of_node(node).map_or(1.0, |(_, density)| density)
    }

    fn css_image(&self, image: &CssImage) -> Option<Image> {
        let mut found = None;
        for_each_url(image, self.scale, &mut |url| {
            found = found.take().or_else(|| ready(self.images.by_url(url)?))
        });
        found
    }

    fn embedded_size(&self, node: NodeId) -> Option<IntrinsicSize> {
        self.pages.contains(&node).then(IntrinsicSize::default)
    }

    fn has_scripting(&self) -> bool {
        self.scripting
    }
}

impl ImageProvider for PageContent<'_> {
    fn image(&self, url: &str) -> Option<Image> {
        ready(self.images.by_url(url)?)
    }

    fn embedded(&self, node: u32, size: CssSize) -> Option<EmbeddedContent> {
        let node = NodeId::from_index(node as usize)?;
        if let Some(list) = self.frames.get(&node) {
            return Some(EmbeddedContent::Document(Arc::clone(list)));
        }
        if let Some(input) = self.drawing
            && is_outermost_svg(input.document, node)
        {
            return self.drawings.element(input, node, size).map(EmbeddedContent::Image);
        }
        ReplacedContent::image(self, node).ready().map(EmbeddedContent::Image)
    }

    fn has_mask(&self, url: &CssUrl, element: MaskElement) -> bool {
        self.drawing.is_some_and(|input| self.drawings.has_mask(input, url, element))
    }

    fn mask(&self, request: &MaskRequest<'_>) -> Option<Image> {
        self.drawings.mask(self.drawing?, request)
    }

    fn filter(&self, url: &CssUrl, corner: CssPoint, reference: CssRect) -> Option<SvgFilter> {
        self.drawings.filter(self.drawing?, url, corner, reference)
    }
}

/// Calls `found` with every absolute URL of an image that a style refers to, and of the files with elements that cut and
/// filter.
pub(crate) fn for_each_image_url(style: &ComputedStyle, scale: f32, found: &mut dyn FnMut(&str)) {
    let mut element = |url: &CssUrl| {
        if let Some(url) = &url.resolved {
            found(url);
        }
    };
    if let ClipPath::Url(url) = &style.effects.clip_path {
        element(url);
    }
    for functions in [&style.effects.filter, &style.effects.backdrop_filter] {
        let NoneOr::Value(functions) = functions else { continue };
        for function in functions.iter() {
            if let FilterFunction::Url(url) = function {
                element(url);
            }
        }
    }
    let layered = style.background.background_image.iter().chain(style.effects.mask_image.iter());
    let single = [&style.border.border_image_source, &style.list.list_style_image];
    for image in layered.chain(single) {
        if let NoneOr::Value(image) = image {
            for_each_url(image, scale, found);
        }
    }
    if let CssContent::Items(items, _) = &style.content.content {
        for item in items.iter() {
            if let ContentItem::Image(image) = item {
                for_each_url(image, scale, found);
            }
        }
    }
}

/// The absolute URLs in an image value; of a set, those of the image that is chosen.
fn for_each_url(image: &CssImage, scale: f32, found: &mut dyn FnMut(&str)) {
    match image {
        CssImage::Url(url) => {
            if let Some(url) = &url.resolved {
                found(url);
            }
        }
        CssImage::ImageSet(_) => {
            let (chosen, _) = image.selected(scale);
            if !matches!(chosen, CssImage::ImageSet(_)) {
                for_each_url(chosen, scale, found);
            }
        }
        CssImage::CrossFade(parts) => parts.iter().for_each(|part| for_each_url(&part.image, scale, found)),
        CssImage::Gradient(_) | CssImage::Color(_) => {}
    }
}
