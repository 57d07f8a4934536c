//! Pictures of a page, and the frames that a window shows.

use fanlight_base::geometry::{CssRect, CssSize, CssVector, DeviceSize};
use fanlight_base::{Aside, LayoutUnit, Observer, Rgba, Stage, run_in_parts};
use fanlight_composite::{Bands, Composited, composite_in_bands};
use fanlight_dom::NodeId;
use fanlight_image::{EncodeError, PngRows};

use crate::error::CaptureError;
use crate::options::LazyLoading;
use crate::page::Page;
use crate::picture::Picture;
use crate::pipeline::View;

/// Which part of a page a picture shows.
#[derive(Clone, Debug, Default, PartialEq)]
pub enum Area {
    /// What the viewport shows.
    #[default]
    Viewport,
    /// The whole document: viewport or scrollable overflow, whichever is greater.
    Document,
    /// The border box of the first element that matches a selector.
    Element(String),
}

impl Area {
    /// What has to be loaded for a picture of it, of what loads lazily.
    pub fn lazy_loading(&self) -> LazyLoading {
        match self {
            Area::Viewport => LazyLoading::NearViewport,
            Area::Document | Area::Element(_) => LazyLoading::WholeDocument,
        }
    }
}

/// How a picture is taken.
#[derive(Clone, Debug, PartialEq)]
pub struct CaptureOptions {
    /// Which part of the page it shows.
    pub area: Area,
    /// The most rows of pixels.
    pub max_rows: u32,
}

impl Default for CaptureOptions {
    fn default() -> Self {
        CaptureOptions { area: Area::default(), max_rows: 16_384 }
    }
}

/// The most pixels of a picture; more would not fit into memory on every machine.
const MAX_PIXELS: i64 = 1 << 28;

/// What a window shows of a page: opaque pixels.
pub struct Frame<'a> {
    composited: Option<&'a Composited>,
}

impl Frame<'_> {
    /// The size in device px.
    pub fn size(&self) -> DeviceSize {
        self.composited.map_or(DeviceSize::zero(), Composited::size)
    }

    /// A row of pixels: red, green, blue, alpha.
    pub fn row(&self, y: usize) -> &[[u8; 4]] {
        let width = self.size().width as usize;
        self.composited.and_then(|frame| frame.pixels().get(y * width..(y + 1) * width)).unwrap_or(&[])
    }
}

impl Page {
    /// What the viewport shows now. While a progressive page is being parsed, that may be behind the document.
    pub fn frame(&mut self, observer: &dyn Observer) -> Frame<'_> {
        if self.lets_layout_wait() {
            self.repaint(observer);
        } else {
            self.update_with_frames(observer);
            self.update(Stage::Composite, observer);
        }
        Frame { composited: self.pipeline.composited.as_ref() }
    }

    /// Lays out and paints the pages inside too, so that painting finds them.
    pub(crate) fn update_with_frames(&mut self, observer: &dyn Observer) {
        self.update(Stage::Layout, observer);
        self.paint_frames(observer);
    }

    /// A picture of the page as it is when nobody has scrolled, but for [`Area::Viewport`], which shows what the viewport
    /// does.
    ///
    /// # Errors
    /// The selector is not valid, matches nothing, or matches what has no box.
    pub fn capture(
        &mut self,
        options: &CaptureOptions,
        observer: &dyn Observer,
    ) -> Result<Picture, CaptureError> {
        self.update_with_frames(observer);
        let picture = match &options.area {
            Area::Viewport => {
                self.update(Stage::Composite, observer);
                self.pipeline.composited.as_ref().map(picture_of)
            }
            Area::Document => {
                let size = self.document_size();
                self.whole(size, options.max_rows, observer).as_ref().map(picture_of)
            }
            Area::Element(selector) => return self.capture_element(selector, options.max_rows, observer),
        };
        Ok(picture.unwrap_or_else(|| self.blank_picture()))
    }

    /// The same as a PNG file, and its size in device px. Where nothing else needs the picture, it is drawn and written in
    /// bands, and never in memory as a whole.
    ///
    /// # Errors
    /// Those of [`Page::capture`], and that the picture is too large for the format.
    pub fn capture_png(
        &mut self,
        options: &CaptureOptions,
        observer: &dyn Observer,
    ) -> Result<(Vec<u8>, DeviceSize), CaptureError> {
        self.update_with_frames(observer);
        let size = match options.area {
            Area::Viewport => {
                self.update(Stage::Paint, observer);
                self.device_size(self.options.viewport)
            }
            Area::Document => {
                self.update_paint(View::Document, observer);
                self.whole_size(self.document_size(), options.max_rows)
            }
            Area::Element(_) => DeviceSize::zero(),
        };
        match &self.pipeline.list {
            Some(painted) if !size.is_empty() => {
                let options = self.composite_options(size);
                let drawn = run_in_parts(Stage::Composite, observer, |aside| {
                    composite_in_bands(&painted.list, &options, &self.pipeline.glyphs, |bands| {
                        write_bands(bands, aside)
                    })
                });
                drawn.map_err(CaptureError::unwritten)
            }
            _ => {
                let picture = self.capture(options, observer)?;
                let size = DeviceSize::new(picture.width() as i32, picture.height() as i32);
                Ok((picture.to_png()?, size))
            }
        }
    }

    /// The document from its origin, `size` CSS px large.
    fn whole(&mut self, size: CssSize, max_rows: u32, observer: &dyn Observer) -> Option<Composited> {
        self.update_paint(View::Document, observer);
        self.composite(self.whole_size(size, max_rows), None, observer)
    }

    /// A size in device px that a picture can have.
    fn whole_size(&self, size: CssSize, max_rows: u32) -> DeviceSize {
        let device = self.device_size(size);
        let most_rows = (MAX_PIXELS / i64::from(device.width)).clamp(1, i64::from(max_rows.max(1)));
        DeviceSize::new(device.width, device.height.min(i32::try_from(most_rows).unwrap_or(i32::MAX)))
    }

    fn capture_element(
        &mut self,
        selector: &str,
        max_rows: u32,
        observer: &dyn Observer,
    ) -> Result<Picture, CaptureError> {
        let node = self.first_match(selector)?;
        let no_box = || CaptureError::NoBox { selector: selector.to_owned() };
        let rect = self.border_box(node, observer).filter(|rect| !rect.is_empty()).ok_or_else(no_box)?;
        let reach = CssSize::new(rect.max_x().max(1.0), rect.max_y().max(1.0));
        let rows =
            max_rows.saturating_add(self.device_size(CssSize::new(1.0, rect.min_y().max(0.0))).height as u32);
        let whole = self.whole(reach, rows, observer).ok_or_else(no_box)?;
        cut(&whole, rect, self.options.scale, max_rows).ok_or_else(no_box)
    }

    /// The first element in tree order that matches a selector.
    fn first_match(&self, selector: &str) -> Result<NodeId, CaptureError> {
        let matches = fanlight_style::query_selector(&self.document, selector).map_err(|reason| {
            CaptureError::InvalidSelector { selector: selector.to_owned(), reason: reason.to_string() }
        })?;
        matches.ok_or_else(|| CaptureError::NoMatch { selector: selector.to_owned() })
    }

    fn blank_picture(&self) -> Picture {
        let size = self.device_size(self.options.viewport);
        let pixels = vec![Rgba::WHITE.to_u8(); size.width as usize * size.height as usize];
        Picture::from_pixels(size.width as u32, size.height as u32, pixels)
            .expect("as many pixels as the size says")
    }

    /// The size of the document: viewport or scrollable overflow in whole px, whichever is greater, in CSS px.
    pub fn document_size(&self) -> CssSize {
        let viewport = self.options.viewport;
        match &self.pipeline.layout {
            None => viewport,
            Some(layout) => {
                // Whole px, as the `scrollWidth` and `scrollHeight` of the document.
                let overflow = layout.scrollable_overflow;
                let whole = |end: LayoutUnit, least: f32| (end.round() as f32).max(least);
                CssSize::new(
                    whole(overflow.max_x(), viewport.width),
                    whole(overflow.max_y(), viewport.height),
                )
            }
        }
    }

    /// The bounds of an element's border boxes from the document's origin, in CSS px, after transforms. Where it is in what
    /// is skipped because it is far from the viewport, that is laid out.
    pub fn border_box(&mut self, node: NodeId, observer: &dyn Observer) -> Option<CssRect> {
        self.update(Stage::Layout, observer);
        self.lay_out_around(node, observer);
        let layout = self.pipeline.layout.as_ref()?;
        let boxes = fanlight_layout::geometry::ElementBoxes::new(layout);
        Some(boxes.get(node)?.bounds)
    }

    /// What is painted is out of date because something was scrolled.
    pub(crate) fn scrolled(&mut self) {
        self.loader.in_view.changed();
        self.pipeline.is_relevance_due = true;
        self.pipeline.outdate_painting();
    }

    /// How far the contents of a scroll container can be scrolled, in CSS px; nothing when it is none.
    pub(crate) fn farthest_container_scroll(&self, node: NodeId) -> Option<CssVector> {
        let layout = self.pipeline.layout.as_ref()?;
        let style = self.pipeline.resolved.as_ref()?.styles.get(node)?;
        let scrolls = |overflow: fanlight_css::properties::boxes::Overflow| {
            use fanlight_css::properties::boxes::Overflow;
            matches!(overflow, Overflow::Scroll | Overflow::Auto)
        };
        if !scrolls(style.boxes.overflow_x) && !scrolls(style.boxes.overflow_y) {
            return None;
        }
        let boxes = fanlight_layout::geometry::ElementBoxes::new(layout);
        let found = boxes.get(node)?;
        let size = found.untransformed.size;
        let inner_width = size.width - found.border.left - found.border.right;
        let inner_height = size.height - found.border.top - found.border.bottom;
        let overflow = found.scrollable_overflow;
        Some(CssVector::new(
            (overflow.max_x() - found.border.left - inner_width).to_f32().max(0.0),
            (overflow.max_y() - found.border.top - inner_height).to_f32().max(0.0),
        ))
    }
}

/// A PNG file of a picture that is drawn band by band, and its size in device px. A page is drawn on white, so it is opaque.
fn write_bands(bands: &mut Bands<'_>, aside: &mut Aside) -> Result<(Vec<u8>, DeviceSize), EncodeError> {
    let size = bands.size();
    let mut rows = PngRows::opaque(size.width as u32, size.height as u32)?;
    while let Some(band) = bands.next_band() {
        aside.run(|| rows.write(&band))?;
    }
    Ok((aside.run(|| rows.finish())?, size))
}

fn picture_of(composited: &Composited) -> Picture {
    let size = composited.size();
    Picture::from_pixels(size.width as u32, size.height as u32, composited.to_straight())
        .expect("a frame has as many pixels as its size says")
}

/// The part of a frame that a rectangle in CSS px covers.
fn cut(whole: &Composited, rect: CssRect, scale: f32, max_rows: u32) -> Option<Picture> {
    let size = whole.size();
    let edge = |px: f32, most: i32| ((px * scale).round() as i32).clamp(0, most);
    let (left, right) = (edge(rect.min_x(), size.width), edge(rect.max_x(), size.width));
    let (top, bottom) = (edge(rect.min_y(), size.height), edge(rect.max_y(), size.height));
    let bottom = bottom.min(top.saturating_add(i32::try_from(max_rows).unwrap_or(i32::MAX)));
    if left >= right || top >= bottom {
        return None;
    }
    let straight = whole.to_straight();
    let rows = straight.chunks_exact(size.width as usize).skip(top as usize).take((bottom - top) as usize);
    let pixels: Vec<_> = rows.flat_map(|row| &row[left as usize..right as usize]).copied().collect();
    Picture::from_pixels((right - left) as u32, (bottom - top) as u32, pixels)
}
