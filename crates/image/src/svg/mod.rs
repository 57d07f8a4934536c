//! SVG images: parsed by usvg, drawn by resvg at the size they are shown at.

mod filter;
mod fonts;
mod linked;
mod root;

use std::fmt;
use std::sync::{Arc, OnceLock};

use fanlight_base::Rgba;
use resvg::tiny_skia;
use std::sync::Mutex;
use usvg::roxmltree;

pub use filter::SvgFilter;
pub use fonts::{SvgFace, SvgFamily, SvgFontQuery, SvgFonts};
pub(crate) use root::looks_like_svg;

use crate::{DecodeOptions, ImageError, IntrinsicSize, RasterImage, limits};
use linked::LinkedImage;
use root::Root;

/// A parsed SVG document. Cloning shares it; two are equal when they share it.
#[derive(Clone)]
pub struct SvgImage(Arc<Inner>);

struct Inner {
    source: String,
    root: Root,
    /// Whether parsing and drawing recurse deeper than a usual thread's stack may bear.
    deep: bool,
    fonts: Option<Arc<dyn SvgFonts>>,
    /// What it is drawn on.
    canvas: Option<Rgba>,
    linked: Arc<[LinkedImage]>,
    cache: Mutex<Cache>,
}

/// What was made for the sizes asked for last, the latest at the end.
#[derive(Default)]
struct Cache {
    trees: Vec<(Viewport, Arc<usvg::Tree>)>,
    rasters: Vec<((Viewport, u32, u32), RasterImage)>,
}

/// A concrete object size in CSS px, as bits so that it can be compared.
#[derive(Clone, Copy, PartialEq, Eq)]
struct Viewport {
    width: u32,
    height: u32,
}

impl Viewport {
    fn new(width: f32, height: f32) -> Self {
        Viewport { width: width.to_bits(), height: height.to_bits() }
    }
}

/// The natural dimensions, from the root element's start tag alone.
pub(crate) fn probe(bytes: &[u8]) -> Result<IntrinsicSize, ImageError> {
    Root::read(&text(bytes)).map(|root| root.intrinsic_size()).map_err(malformed)
}

fn malformed(reason: impl fmt::Display) -> ImageError {
    ImageError::Malformed { format: "SVG", reason: reason.to_string() }
}

/// UTF-8 without its byte order mark.
fn text(bytes: &[u8]) -> String {
    String::from_utf8_lossy(bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(bytes)).into_owned()
}

impl SvgImage {
    /// Parses a document, once, at its natural size: what is malformed is refused here, not when it is drawn.
    pub(crate) fn parse(bytes: &[u8], options: &DecodeOptions) -> Result<Self, ImageError> {
        let source = text(bytes);
        let root = Root::read(&source).map_err(malformed)?;
        let deep = check_structure(&source)?;
        let cache = Mutex::new(Cache::default());
        let linked = options.linked_images.iter().filter_map(LinkedImage::new).collect();
        let (fonts, canvas) = (options.fonts.clone(), options.canvas);
        let image = SvgImage(Arc::new(Inner { source, root, deep, fonts, canvas, linked, cache }));
        let (width, height) = image.default_viewport();
        image.tree(width, height)?;
        Ok(image)
    }

    /// The natural dimensions in CSS px. <https://svgwg.org/svg2-draft/coords.html#SizingSVGInCSS>
    pub fn intrinsic_size(&self) -> IntrinsicSize {
        self.0.root.intrinsic_size()
    }

    /// The text of the document.
    pub fn source(&self) -> &str {
        &self.0.source
    }

    /// The bytes of the source.
    pub fn memory(&self) -> usize {
        self.0.source.len()
    }

    /// Draws the image for a concrete object size of `width` × `height` CSS px on about `device_width` ×
    /// `device_height` device px; on fewer when they are more than [`limits::MAX_SVG_PIXELS`]. Remembered by size.
    /// `None` when a size is empty or the document cannot be laid out at it.
    pub fn rasterise(
        &self,
        width: f32,
        height: f32,
        device_width: u32,
        device_height: u32,
    ) -> Option<RasterImage> {
        if self.0.root.is_empty {
            return None;
        }
        let wanted = device_width as f32 * device_height as f32;
        let shrink = (limits::MAX_SVG_PIXELS / wanted).sqrt().min(1.0);
        let fewer = |size: u32| ((size as f32 * shrink) as u32).clamp(1, size.max(1));
        let (device_width, device_height) = (fewer(device_width), fewer(device_height));
        let key = (Viewport::new(width, height), device_width, device_height);
        if let Some(raster) = self.cached(|cache| touch(&mut cache.rasters, &key)) {
            return Some(raster);
        }
        let tree = self.tree(width, height).ok()?;
        let raster = self.draw(&tree, device_width, device_height)?;
        self.cached(|cache| remember(&mut cache.rasters, key, raster.clone()));
        Some(raster)
    }

    fn draw(&self, tree: &usvg::Tree, device_width: u32, device_height: u32) -> Option<RasterImage> {
        let _span =
            tracing::info_span!("rasterise_svg", width = device_width, height = device_height).entered();
        let mut pixmap = tiny_skia::Pixmap::new(device_width, device_height)?;
        if let Some(canvas) = self.0.canvas {
            let [red, green, blue, alpha] = canvas.to_u8();
            pixmap.fill(tiny_skia::Color::from_rgba8(red, green, blue, alpha));
        }
        let transform = tiny_skia::Transform::from_scale(
            device_width as f32 / tree.size().width(),
            device_height as f32 / tree.size().height(),
        );
        on_stack(self.0.deep, || resvg::render(tree, transform, &mut pixmap.as_mut()))?;
        RasterImage::from_premultiplied(device_width, device_height, pixmap.take())
    }

    /// The document laid out in a viewport. A tree serves every size of its proportions, since a `viewBox` scales.
    fn tree(&self, width: f32, height: f32) -> Result<Arc<usvg::Tree>, ImageError> {
        let (width, height) = match self.0.root.scales_to(width, height) {
            true => self.default_viewport(),
            false => (width, height),
        };
        let key = Viewport::new(width, height);
        if let Some(tree) = self.cached(|cache| touch(&mut cache.trees, &key)) {
            return Ok(tree);
        }
        let source = self.0.root.with_viewport(&self.0.source, width, height);
        let options = self.options();
        let tree = on_stack(self.0.deep, || read_tree(&source, &options));
        let tree = match tree {
            Some(Ok(tree)) => Arc::new(tree),
            Some(Err(error)) => return Err(error),
            None => return Err(malformed("no thread could be started for it")),
        };
        self.cached(|cache| remember(&mut cache.trees, key, tree.clone()));
        Ok(tree)
    }

    /// The viewport that the document is parsed for at first, in CSS px.
    fn default_viewport(&self) -> (f32, f32) {
        let natural = self.0.root.intrinsic_size();
        let default = (IntrinsicSize::DEFAULT_WIDTH, IntrinsicSize::DEFAULT_HEIGHT);
        let (width, height) = natural.concrete_size(None, None, default);
        if width > 0.0 && height > 0.0 { (width, height) } else { default }
    }

    /// An image loads nothing from outside itself; it shows what it was given.
    fn options(&self) -> usvg::Options<'static> {
        let mut options = usvg::Options {
            font_family: fonts::UNDECLARED.to_owned(),
            font_size: 16.0,
            fontdb: empty_database(),
            ..usvg::Options::default()
        };
        let linked = Arc::clone(&self.0.linked);
        options.image_href_resolver.resolve_string =
            Box::new(move |href, _| linked.iter().find(|image| image.href == href)?.picture());
        if let Some(fonts) = &self.0.fonts {
            options.font_resolver = fonts::resolver(fonts.clone());
        }
        options
    }

    fn cached<T>(&self, work: impl FnOnce(&mut Cache) -> T) -> T {
        // A panic while it was held left a cache that is still good.
        work(&mut self.0.cache.lock().unwrap_or_else(std::sync::PoisonError::into_inner))
    }
}

fn empty_database() -> Arc<usvg::fontdb::Database> {
    static EMPTY: OnceLock<Arc<usvg::fontdb::Database>> = OnceLock::new();
    EMPTY.get_or_init(Arc::default).clone()
}

/// Finds an entry and makes it the latest.
fn touch<K: PartialEq, V: Clone>(entries: &mut Vec<(K, V)>, key: &K) -> Option<V> {
    let index = entries.iter().position(|(known, _)| known == key)?;
    let entry = entries.remove(index);
    let value = entry.1.clone();
    entries.push(entry);
    Some(value)
}

fn remember<K, V>(entries: &mut Vec<(K, V)>, key: K, value: V) {
    if entries.len() >= limits::MAX_SVG_CACHED_SIZES {
        entries.remove(0);
    }
    entries.push((key, value));
}

fn parse_xml(source: &str) -> Result<roxmltree::Document<'_>, ImageError> {
    let parsing = roxmltree::ParsingOptions {
        allow_dtd: true,
        nodes_limit: limits::MAX_SVG_NODES,
        ..roxmltree::ParsingOptions::default()
    };
    roxmltree::Document::parse_with_options(source, parsing).map_err(malformed)
}

fn read_tree(source: &str, options: &usvg::Options<'_>) -> Result<usvg::Tree, ImageError> {
    usvg::Tree::from_xmltree(&parse_xml(source)?, options).map_err(malformed)
}

/// Refuses a document that nests too deep. True when its `use` elements may multiply the depth.
fn check_structure(source: &str) -> Result<bool, ImageError> {
    let document = parse_xml(source)?;
    let mut depth = 0_usize;
    let mut uses = 0_usize;
    let mut node = Some(document.root());
    while let Some(current) = node {
        if current.is_element() && current.tag_name().name() == "use" {
            uses += 1;
        }
        if let Some(child) = current.first_child() {
            depth += 1;
            if depth > limits::MAX_SVG_DEPTH {
                return Err(malformed(format!("it nests deeper than {} elements", limits::MAX_SVG_DEPTH)));
            }
            node = Some(child);
            continue;
        }
        let mut at = current;
        node = loop {
            if let Some(sibling) = at.next_sibling() {
                break Some(sibling);
            }
            let Some(parent) = at.parent() else { break None };
            depth -= 1;
            at = parent;
        };
    }
    Ok(uses > 16)
}

/// Runs the work, on a thread with a large stack when it is deep. `None` when there is no thread to be had.
fn on_stack<T: Send>(deep: bool, work: impl FnOnce() -> T + Send) -> Option<T> {
    if !deep {
        return Some(work());
    }
    std::thread::scope(|scope| {
        let thread = std::thread::Builder::new().stack_size(limits::DEEP_SVG_STACK).spawn_scoped(scope, work);
        thread.ok()?.join().ok()
    })
}

impl PartialEq for SvgImage {
    fn eq(&self, other: &Self) -> bool {
        Arc::ptr_eq(&self.0, &other.0)
    }
}

impl fmt::Debug for SvgImage {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "SvgImage({} bytes)", self.0.source.len())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn parse(source: &str) -> Result<SvgImage, ImageError> {
        SvgImage::parse(source.as_bytes(), &DecodeOptions::default())
    }

    const NAMESPACE: &str = "xmlns='http://www.w3.org/2000/svg'";

    fn svg(attributes: &str, content: &str) -> SvgImage {
        parse(&format!("<svg {NAMESPACE} {attributes}>{content}</svg>")).unwrap()
    }

    const GREEN: [u8; 4] = [0, 128, 0, 255];

    #[test]
    fn a_view_box_scales_and_keeps_its_ratio() {
        let image = svg("viewBox='0 0 10 10'", "<rect width='10' height='10' fill='green'/>");
        let raster = image.rasterise(40.0, 20.0, 40, 20).unwrap();
        assert_eq!(raster.pixel(20, 10), Some(GREEN));
        assert_eq!(raster.pixel(5, 10), Some([0; 4]), "centred between transparent sides");
        assert_eq!(image.rasterise(40.0, 20.0, 40, 20), Some(raster), "remembered");
    }

    #[test]
    fn text_asks_for_serif_where_no_family_is_declared() {
        #[derive(Default)]
        struct Asked(Mutex<Vec<String>>);
        impl SvgFonts for Asked {
            fn select(&self, query: &SvgFontQuery<'_>) -> Option<SvgFace> {
                self.0.lock().unwrap().push(format!("{:?}", query.families));
                None
            }
            fn fallback(&self, _character: char) -> Option<SvgFace> {
                None
            }
        }
        let asked = Arc::new(Asked::default());
        let options = DecodeOptions { fonts: Some(asked.clone()), ..DecodeOptions::default() };
        let text = |attributes: &str| {
            let source = format!("<svg {NAMESPACE}><text y='9' {attributes}>a</text></svg>");
            SvgImage::parse(source.as_bytes(), &options).unwrap();
            asked.0.lock().unwrap().pop().unwrap()
        };
        assert_eq!(text(""), "[Serif]");
        assert_eq!(text("font-family='serif'"), "[Serif]");
        assert_eq!(text("font-family='Some Face, monospace'"), "[Named(\"Some Face\"), Monospace]");
    }

    #[test]
    fn a_size_without_view_box_is_stretched() {
        let image = svg("width='10' height='10'", "<rect width='10' height='10' fill='green'/>");
        let raster = image.rasterise(40.0, 20.0, 80, 40).unwrap();
        assert_eq!(raster.pixel(1, 1), Some(GREEN));
        assert_eq!(raster.pixel(78, 38), Some(GREEN));
    }

    #[test]
    fn without_size_and_view_box_the_drawing_is_not_scaled() {
        let image = svg("", "<rect width='50%' height='10' fill='green'/>");
        let raster = image.rasterise(40.0, 20.0, 40, 20).unwrap();
        assert_eq!(raster.pixel(19, 9), Some(GREEN));
        assert_eq!(raster.pixel(21, 9), Some([0; 4]), "half of the viewport's width");
        assert_eq!(raster.pixel(19, 11), Some([0; 4]));
    }

    #[test]
    fn an_image_without_namespace_or_end_is_refused() {
        assert!(parse("<svg width='10' height='10'><rect width='10' height='10'/></svg>").is_err());
        assert!(parse(&format!("<svg {NAMESPACE}><g>")).is_err());
        assert!(parse("not xml").is_err());
    }

    #[test]
    fn deep_nesting_is_refused_and_chained_uses_do_not_overflow_the_stack() {
        let deep = format!("<svg {NAMESPACE}>{}{}</svg>", "<g>".repeat(10_000), "</g>".repeat(10_000));
        assert!(parse(&deep).is_err());
        let mut chain = String::from("<g id='a0'><rect width='9' height='9' fill='green'/></g>");
        for index in 1..900 {
            chain.push_str(&format!("<g id='a{index}'><use href='#a{}'/></g>", index - 1));
        }
        // Drawn or refused: either is well; what matters is that it returns.
        if let Ok(image) = parse(&format!("<svg {NAMESPACE}>{chain}</svg>")) {
            let _ = image.rasterise(30.0, 30.0, 30, 30);
        }
    }

    #[test]
    fn an_empty_view_box_draws_nothing() {
        let image = svg("width='8' viewBox='0 0 0 8'", "<rect width='8' height='8' fill='green'/>");
        assert_eq!(image.rasterise(8.0, 8.0, 8, 8), None);
    }

    #[test]
    fn a_huge_raster_is_drawn_smaller() {
        let image = svg("viewBox='0 0 1 1'", "<rect width='1' height='1' fill='green'/>");
        let raster = image.rasterise(100_000.0, 100_000.0, 100_000, 100_000).unwrap();
        assert!(raster.width() <= 4096);
        assert!(image.rasterise(0.0, 10.0, 0, 10).is_none_or(|raster| raster.width() == 1));
    }

    #[test]
    fn files_outside_are_not_read() {
        let image = svg("width='10' height='10'", "<image href='/etc/hostname' width='10' height='10'/>");
        assert_eq!(image.rasterise(10.0, 10.0, 10, 10).unwrap().pixel(5, 5), Some([0; 4]));
    }
}
