//! The images of a page: decoded once for each URL, and which node shows which.

use std::collections::BTreeMap;
use std::sync::Arc;

use fanlight_base::{Diagnostic, DiagnosticSink, Severity, Stage};
use fanlight_dom::NodeId;
use fanlight_fetch::{Destination, Fetcher, Initiator, InitiatorKind, Request, Url};
use fanlight_image::{DecodeOptions, Image, SvgFonts, decode};
use rustc_hash::FxHashMap;

use super::downloads::{Arrival, DownloadKey, Downloads};
use crate::drawing::decode_svg;
use crate::wake::Signal;

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
    /// Image px for each CSS px, as the source set says.
    pub(crate) density: f32,
}

/// The images of a page.
#[derive(Default)]
pub(crate) struct Images {
    by_url: BTreeMap<String, ImageState>,
    by_node: FxHashMap<NodeId, NodeImage>,
    loading: Vec<Url>,
}

impl Images {
    /// Starts to load an image for `initiator`, unless it was before.
    pub(crate) fn request(
        &mut self,
        url: &Url,
        initiator: Initiator,
        page: &Url,
        downloads: &mut Downloads,
        fetcher: &dyn Fetcher,
        signal: &Signal,
    ) {
        let name = without_fragment(url);
        if self.by_url.contains_key(&name) {
            return;
        }
        self.by_url.insert(name, ImageState::Loading);
        self.loading.push(url.clone());
        let request = Request::subresource(url.clone(), Destination::Image, initiator).on_behalf_of(page);
        downloads.start(request, fetcher, signal);
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
        self.loading.retain(|url| match downloads.take(&DownloadKey::new(url, Destination::Image)) {
            Some(arrival) => {
                arrived.push((url.clone(), arrival));
                false
            }
            None => true,
        });
        for (url, state) in decode_all(arrived, fonts, sink) {
            self.by_url.insert(without_fragment(&url), state);
        }
        self.loading.len() != before
    }

    /// Gives up what is still loading.
    pub(crate) fn give_up(&mut self) {
        for url in std::mem::take(&mut self.loading) {
            self.by_url.insert(without_fragment(&url), ImageState::Broken);
        }
    }

    /// The image of an absolute URL.
    pub(crate) fn by_url(&self, url: &str) -> Option<&ImageState> {
        let end = url.find('#').unwrap_or(url.len());
        self.by_url.get(&url[..end])
    }

    /// The image that an element shows, with its density; nothing where it names none.
    pub(crate) fn of_node(&self, node: NodeId) -> Option<(&ImageState, f32)> {
        let image = self.by_node.get(&node)?;
        Some((self.by_url(image.url.as_ref()?.as_str())?, image.density))
    }
}

/// Who asks for the image of an element.
pub(crate) fn initiator(page: &Url) -> Initiator {
    Initiator::new(InitiatorKind::Image, page.clone())
}

fn without_fragment(url: &Url) -> String {
    let end = url.as_str().find('#').unwrap_or(url.as_str().len());
    url.as_str()[..end].to_owned()
}

/// Decoding below this many bytes is faster than handing it to another thread.
const INLINE_DECODE_BYTES: usize = 64 * 1024;

/// Decodes on several threads where there is enough to do.
fn decode_all(
    arrived: Vec<(Url, Arrival)>,
    fonts: &Arc<dyn SvgFonts>,
    sink: &dyn DiagnosticSink,
) -> Vec<(Url, ImageState)> {
    let bytes: usize =
        arrived.iter().filter_map(|(_, arrival)| Some(arrival.as_ref().ok()?.body.len())).sum();
    let decode = |(url, arrival): (Url, Arrival)| {
        let state = decode_one(&url, arrival, fonts, sink);
        (url, state)
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
