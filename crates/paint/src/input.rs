//! What painting is given besides the layout.

use fanlight_base::Rgba;
use fanlight_base::geometry::{CssPoint, CssRect, CssSize, CssVector};
use fanlight_css::properties::effects::MaskMode;
use fanlight_css::values::url::CssUrl;
use fanlight_image::{Image, SvgFilter};
use fanlight_layout::BoxId;
use rustc_hash::FxHashMap;
use std::sync::Arc;

use crate::display_list::DisplayList;

/// Gives what is painted and does not come from boxes.
pub trait ImageProvider: Sync {
    /// The decoded image of an absolute URL that a style refers to; `None` while it is not there, or when it failed.
    fn image(&self, url: &str) -> Option<Image>;

    /// What an element shows in its replaced box: inline SVG, a canvas, a frame, a video. `node` is its place in the
    /// document's arena. `None` while there is nothing to show.
    ///
    /// `size` is that of the box's content, in CSS px.
    fn embedded(&self, node: u32, size: CssSize) -> Option<EmbeddedContent> {
        let _ = (node, size);
        None
    }

    /// Whether a URL refers to an element that masks.
    fn has_mask(&self, url: &CssUrl, element: MaskElement) -> bool {
        let _ = (url, element);
        false
    }

    /// A drawing of what an element that masks leaves, as large as the request's area. `None` when the URL refers to none.
    fn mask(&self, request: &MaskRequest<'_>) -> Option<Image> {
        let _ = request;
        None
    }

    /// The `<filter>` element that a URL refers to. User space has its origin at `corner`, parts are of `reference`, in CSS px of
    /// the space of what is filtered.
    fn filter(&self, url: &CssUrl, corner: CssPoint, reference: CssRect) -> Option<SvgFilter> {
        let _ = (url, corner, reference);
        None
    }
}

/// Elements that mask.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum MaskElement {
    /// <https://drafts.fxtf.org/css-masking-1/#ClipPathElement>
    ClipPath,
    /// <https://drafts.fxtf.org/css-masking-1/#MaskElement>
    Mask,
}

/// What is wanted of an element that masks. Rectangles are in CSS px of one space.
#[derive(Clone, Copy, Debug)]
pub struct MaskRequest<'a> {
    /// What refers to the element.
    pub url: &'a CssUrl,
    /// What it has to be.
    pub element: MaskElement,
    /// `mask-mode`
    pub mode: MaskMode,
    /// The reference box of what is masked: its corner is the origin of user space, its size is what units refer to.
    pub reference: CssRect,
    /// What is drawn.
    pub area: CssRect,
}

/// What an element shows in its replaced box.
#[derive(Clone, Debug)]
pub enum EmbeddedContent {
    /// An image, which is drawn as `object-fit` says.
    Image(Image),
    /// A document of its own, painted for a viewport as large as the box.
    Document(Arc<DisplayList>),
}

/// No images at all.
pub struct NoImages;

impl ImageProvider for NoImages {
    fn image(&self, _url: &str) -> Option<Image> {
        None
    }
}

/// How far everything is scrolled.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct ScrollOffsets {
    /// How far the document is scrolled in the viewport, in CSS px.
    pub viewport: CssVector,
    /// How far the contents of scroll containers are scrolled, in CSS px; those that are not here are at their start.
    pub boxes: FxHashMap<BoxId, CssVector>,
}

/// Whether scroll bars are painted.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum ScrollBars {
    /// None, as in pictures.
    #[default]
    Hidden,
    /// On scroll containers whose contents overflow, over the contents; not on the viewport, whose holder draws them.
    Containers,
    /// On scroll containers and on the viewport.
    Overlay,
}

/// Everything that painting depends on besides the layout.
#[derive(Clone, Copy)]
pub struct PaintInput<'a> {
    /// The size of the viewport, in CSS px.
    pub viewport: CssSize,
    /// Device px to a CSS px: edges are put on whole device px.
    pub device_scale: f32,
    /// How far everything is scrolled.
    pub scroll: &'a ScrollOffsets,
    /// The images that styles refer to.
    pub images: &'a dyn ImageProvider,
    /// The colour under a canvas without a background of its own.
    pub canvas_background: Rgba,
    /// What will be seen, in CSS px of the document: what lies elsewhere may be left out. Without it everything is painted.
    pub cull: Option<CssRect>,
    /// Whether scroll bars are painted.
    pub scroll_bars: ScrollBars,
}
