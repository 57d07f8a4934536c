//! The images of a page: decoded once for each URL, and which node shows which.

use std::collections::BTreeMap;
use std::sync::Arc;

use fanlight_base::{Diagnostic, DiagnosticSink, Severity, Stage};
use fanlight_css::ComputedStyle;
use fanlight_css::values::cursor::ImageOrientation;
use fanlight_dom::NodeId;
use fanlight_fetch::{CrossOrigin, Initiator, InitiatorKind, Url};
use fanlight_image::{DecodeOptions, Image, SvgFonts, decode};
use rustc_hash::FxHashMap;

use super::downloads::{Arrival, DownloadKey, Downloads};
use crate::drawing::decode_svg;

/// What became of an image.
#[derive(Clone, Debug)]
pub(crate) enum ImageState {
    /// It is on its way.
    Loading,
    /// It can be drawn.
    Ready(Image),
    /// It did not come, or is no image.
    Broken,
}

/// The image that an element shows.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct NodeImage {
    /// Where it comes from; nothing where the element names none.
    pub(crate) url: Option<Url>,
    /// In which mode it is fetched.
    pub(crate) cross_origin: CrossOrigin,
    /// Image px for each CSS px, as the source set says.
    pub(crate) density: f32,
}

/// The images of a page.
#[derive(Default)]
pub(crate) struct Images {
    /// By URL, for each mode.
    by_url: [BTreeMap<String, ImageState>; 3],
    by_node: FxHashMap<NodeId, NodeImage>,
    loading: Vec<Awaited>,
}

/// An image on its way.
struct Awaited {
    url: Url,
    cross_origin: CrossOrigin,
    key: DownloadKey,
}

impl Images {
    /// Whether an image is on its way, or was.
    pub(super) fn is_known(&self, url: &Url, cross_origin: CrossOrigin) -> bool {
        self.in_mode(cross_origin).contains_key(without_fragment(url))
    }

    /// Waits for an image that a download brings.
    pub(super) fn expect(&mut self, url: &Url, cross_origin: CrossOrigin, key: DownloadKey) {
        self.in_mode_mut(cross_origin).insert(without_fragment(url).to_owned(), ImageState::Loading);
        self.loading.push(Awaited { url: url.clone(), cross_origin, key });
    }

    fn in_mode(&self, cross_origin: CrossOrigin) -> &BTreeMap<String, ImageState> {
        &self.by_url[cross_origin as usize]
    }

    fn in_mode_mut(&mut self, cross_origin: CrossOrigin) -> &mut BTreeMap<String, ImageState> {
        &mut self.by_url[cross_origin as usize]
    }

    /// Whether every image that was asked for has come or failed, and is decoded.
    pub(super) fn are_complete(&self) -> bool {
        self.loading.is_empty()
    }

    /// The elements whose images are on their way, each with the download that brings it.
    pub(super) fn awaited(&self) -> Vec<(NodeId, DownloadKey)> {
        let downloads: FxHashMap<(CrossOrigin, &str), &DownloadKey> = self
            .loading
            .iter()
            .map(|awaited| ((awaited.cross_origin, without_fragment(&awaited.url)), &awaited.key))
            .collect();
        let download = |image: &NodeImage| {
            let name = without_fragment(image.url.as_ref()?);
            downloads.get(&(image.cross_origin, name)).map(|key| (*key).clone())
        };
        let mut awaited: Vec<(NodeId, DownloadKey)> =
            self.by_node.iter().filter_map(|(node, image)| Some((*node, download(image)?))).collect();
        awaited.sort_unstable_by_key(|(node, _)| *node);
        awaited
    }

    /// Says which image an element shows.
    pub(crate) fn set_node_image(&mut self, node: NodeId, image: NodeImage) {
        self.by_node.insert(node, image);
    }

    /// Forgets which elements show what.
    pub(super) fn forget_nodes(&mut self) {
        self.by_node.clear();
    }

    /// Decodes what has come. Returns whether anything has.
    pub(crate) fn receive(
        &mut self,
        downloads: &mut Downloads,
        fonts: &Arc<dyn SvgFonts>,
        sink: &dyn DiagnosticSink,
    ) -> bool {
        let before = self.loading.len();
        let mut arrived = Vec::new();
        self.loading.retain(|awaited| match downloads.take(&awaited.key) {
            Some(arrival) => {
                arrived.push((awaited.url.clone(), awaited.cross_origin, arrival));
                false
            }
            None => true,
        });
        for (url, cross_origin, state) in decode_all(arrived, fonts, sink) {
            self.in_mode_mut(cross_origin).insert(without_fragment(&url).to_owned(), state);
        }
        self.loading.len() != before
    }

    /// Gives up what is still loading.
    pub(crate) fn give_up(&mut self) {
        for Awaited { url, cross_origin, .. } in std::mem::take(&mut self.loading) {
            self.in_mode_mut(cross_origin).insert(without_fragment(&url).to_owned(), ImageState::Broken);
        }
    }

    /// The image of an absolute URL, as style sheets ask for it.
    pub(crate) fn by_url(&self, url: &str) -> Option<&ImageState> {
        self.in_mode(CrossOrigin::None).get(until_fragment(url))
    }

    /// The image that an element shows, with its density; nothing where it names none.
    pub(crate) fn of_node(&self, node: NodeId) -> Option<(&ImageState, f32)> {
        let image = self.by_node.get(&node)?;
        let known = self.in_mode(image.cross_origin).get(without_fragment(image.url.as_ref()?));
        // One that loads lazily is waited for even before it is asked for.
        Some((known.unwrap_or(&ImageState::Loading), image.density))
    }
}

/// The image as an element of a style shows it.
/// <https://drafts.csswg.org/css-images-3/#the-image-orientation>
pub(crate) fn with_orientation(image: Image, style: &ComputedStyle) -> Image {
    match image {
        Image::Raster(image) if style.inherited_ui.image_orientation == ImageOrientation::None => {
            Image::Raster(image.as_stored())
        }
        image => image,
    }
}

/// Who asks for the image of an element.
pub(crate) fn initiator(page: &Url) -> Initiator {
    Initiator::new(InitiatorKind::Image, page.clone())
}

fn without_fragment(url: &Url) -> &str {
    until_fragment(url.as_str())
}

fn until_fragment(url: &str) -> &str {
    &url[..url.find('#').unwrap_or(url.len())]
}

/// Decoding below this many bytes is faster than handing it to another thread.
const INLINE_DECODE_BYTES: usize = 64 * 1024;

/// Decodes on several threads where there is enough to do.
fn decode_all(
    arrived: Vec<(Url, CrossOrigin, Arrival)>,
    fonts: &Arc<dyn SvgFonts>,
    sink: &dyn DiagnosticSink,
) -> Vec<(Url, CrossOrigin, ImageState)> {
    let bytes: usize =
        arrived.iter().filter_map(|(_, _, arrival)| Some(arrival.as_ref().ok()?.body.len())).sum();
    let decode = |(url, cross_origin, arrival): (Url, CrossOrigin, Arrival)| {
        let state = decode_one(&url, arrival, fonts, sink);
        (url, cross_origin, state)
    };
    if bytes > INLINE_DECODE_BYTES && arrived.len() > 1 {
        use rayon::iter::{IntoParallelIterator, ParallelIterator};
        arrived.into_par_iter().map(decode).collect()
    } else {
        arrived.into_iter().map(decode).collect()
    }
}

fn decode_one(
    url: &Url,
    arrival: Arrival,
    fonts: &Arc<dyn SvgFonts>,
    sink: &dyn DiagnosticSink,
) -> ImageState {
    let _span = tracing::info_span!("decode image", url = url.as_str()).entered();
    let failed = |message: String| {
        sink.report(Diagnostic::new(Severity::Error, Stage::Fetch, message));
        ImageState::Broken
    };
    let response = match arrival {
        Ok(response) => response,
        Err(error) => return failed(error.to_string()),
    };
    let mime = response.mime_type().essence();
    let options = DecodeOptions { fonts: Some(Arc::clone(fonts)), ..DecodeOptions::default() };
    // An error page of the server's may be an image; browsers show it.
    let decoded = match mime {
        "image/svg+xml" => decode_svg(&response.body, &options),
        _ => decode(&response.body, Some(mime), &options),
    };
    match decoded {
        Ok(image) => ImageState::Ready(image),
        Err(error) => failed(format!("cannot show {url}: {error}")),
    }
}
