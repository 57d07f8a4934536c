//! The sheets of a document, kept ready from one update to the next.

use std::sync::Arc;

use fanlight_base::DiagnosticSink;
use fanlight_css::media::Device;
use fanlight_css::properties::declaration::Declaration;
use fanlight_css::properties::declaration::parse_declaration_value;
use fanlight_css::properties::{DeclarationBlock, PropertyId, SourcePosition};
use fanlight_css::stylesheet::{Origin, ParseOptions, SheetWithImports, parse_style_attribute};
use fanlight_css::syntax::{ParseContext, Parser, QuirksMode};
use fanlight_dom::{Document, NodeId};
use url::Url;

use crate::containers::ContainerSizes;
use crate::parsed_attributes::ParsedAttributes;
use crate::presentational::{self, FrameMargins};
use crate::rules::fonts::FontRules;
use crate::rules::{CascadeData, collect};
use crate::user_agent;

/// A style sheet of a document, with what it imports.
#[derive(Clone, Debug)]
pub struct DocumentSheet {
    /// The sheet. Its origin may be the author's or the user's; the user agent's is always there.
    pub sheet: SheetWithImports,
    /// The parent of the element that owns the sheet, where an `@scope` without a start begins.
    pub owner_parent: Option<NodeId>,
}

impl DocumentSheet {
    /// Whether both are the same sheet, and not only equal ones.
    fn is_same(&self, other: &DocumentSheet) -> bool {
        is_same(&self.sheet, &other.sheet) && self.owner_parent == other.owner_parent
    }
}

fn is_same(one: &SheetWithImports, other: &SheetWithImports) -> bool {
    Arc::ptr_eq(&one.sheet, &other.sheet)
        && one.imports.iter().zip(&other.imports).all(|imports| match imports {
            (Some(one), Some(other)) => is_same(one, other),
            (None, None) => true,
            _ => false,
        })
}

/// Says of the text of a `style` attribute whether it is applied.
/// <https://html.spec.whatwg.org/multipage/dom.html#the-style-attribute>
pub type AttributeFilter = Arc<dyn Fn(&str) -> bool + Send + Sync>;

/// The sheets of a document with the device that they are for. Styling makes them ready for matching once and uses that for
/// every update.
pub struct StyleSet {
    /// The rules that hold, ready for matching; `None` until they are asked for.
    data: Option<Arc<CascadeData>>,
    font_rules: FontRules,
    sheets: Vec<DocumentSheet>,
    device: Device,
    quirks: QuirksMode,
    url: Arc<str>,
    base_url: Option<Arc<Url>>,
    attributes: ParsedAttributes,
    attribute_filter: Option<AttributeFilter>,
    container_sizes: Arc<ContainerSizes>,
    frame_margins: FrameMargins,
}

impl StyleSet {
    /// Takes the sheets of a document, in the order of the document. URLs in `style` attributes are relative to
    /// `base_url`.
    pub fn new(
        document: &Document,
        base_url: Option<Arc<Url>>,
        device: Device,
        sheets: Vec<DocumentSheet>,
    ) -> StyleSet {
        let quirks = match document.quirks_mode {
            fanlight_dom::QuirksMode::Quirks => QuirksMode::Quirks,
            fanlight_dom::QuirksMode::NoQuirks | fanlight_dom::QuirksMode::LimitedQuirks => {
                QuirksMode::NoQuirks
            }
        };
        StyleSet {
            data: None,
            font_rules: font_rules(&sheets, &device),
            sheets,
            device,
            quirks,
            url: document.url.clone(),
            base_url,
            attributes: ParsedAttributes::default(),
            attribute_filter: None,
            container_sizes: Arc::default(),
            frame_margins: FrameMargins::default(),
        }
    }

    /// Lets a filter say which `style` attributes are applied. It is asked once for each text.
    #[must_use]
    pub fn with_attribute_filter(mut self, filter: Option<AttributeFilter>) -> StyleSet {
        self.attribute_filter = filter;
        self
    }

    /// Takes the margins that the frame which shows the document asks for.
    #[must_use]
    pub fn with_frame_margins(mut self, margins: FrameMargins) -> StyleSet {
        self.frame_margins = margins;
        self
    }

    pub(crate) fn frame_margins(&self) -> FrameMargins {
        self.frame_margins
    }

    /// Takes the sheets and the device as they are now. Says whether they are others than before, so that every element
    /// has to be styled anew.
    pub fn update(&mut self, device: &Device, sheets: &[DocumentSheet]) -> bool {
        let same = self.device == *device
            && self.sheets.len() == sheets.len()
            && self.sheets.iter().zip(sheets).all(|(old, new)| old.is_same(new));
        if same {
            return false;
        }
        self.device = device.clone();
        self.sheets = sheets.to_vec();
        self.data = None;
        self.font_rules = font_rules(&self.sheets, &self.device);
        true
    }

    /// Takes how large the last layout made the [containers](crate::StyleMap::size_containers). Says whether a size is another
    /// than before, so that styles and then layout have to be made again.
    pub fn take_in_container_sizes(&mut self, sizes: ContainerSizes) -> bool {
        let differ = *self.container_sizes != sizes;
        if differ {
            self.container_sizes = Arc::new(sizes);
        }
        differ
    }

    pub(crate) fn container_sizes(&self) -> &Arc<ContainerSizes> {
        &self.container_sizes
    }

    /// The device that conditions ask and that units refer to.
    pub fn device(&self) -> &Device {
        &self.device
    }

    /// The rules about fonts that hold on the device.
    pub fn font_rules(&self) -> &FontRules {
        &self.font_rules
    }

    pub(crate) fn quirks(&self) -> QuirksMode {
        self.quirks
    }

    /// The rules that hold, made ready for matching if they are not yet.
    pub(crate) fn data(&mut self) -> Arc<CascadeData> {
        let StyleSet { data, sheets, device, quirks, .. } = self;
        Arc::clone(data.get_or_insert_with(|| Arc::new(collected(sheets, device, *quirks))))
    }

    /// The block of a `style` attribute. What is wrong in it is told when it is first seen.
    pub(crate) fn parse_style_attribute(
        &mut self,
        text: &str,
        sink: &dyn DiagnosticSink,
    ) -> Arc<DeclarationBlock> {
        let StyleSet { url, base_url, quirks, attributes, attribute_filter, .. } = self;
        attributes.style(text, |text| {
            if attribute_filter.as_ref().is_some_and(|filter| !filter(text)) {
                return DeclarationBlock::default();
            }
            let options = ParseOptions {
                base_url: base_url.clone(),
                quirks: *quirks,
                ..ParseOptions::new(url.clone(), Origin::Author)
            };
            parse_style_attribute(text, &options, sink)
        })
    }

    /// The block of the hints that a key holds.
    pub(crate) fn parse_hints(&mut self, key: &str) -> Arc<DeclarationBlock> {
        let StyleSet { base_url, quirks, attributes, .. } = self;
        attributes.hints(key, |key| {
            let context = ParseContext::new(base_url.as_ref(), *quirks);
            let mut block = DeclarationBlock::default();
            let mut added = Vec::new();
            for (name, value) in presentational::declarations(key) {
                let Some(property) = PropertyId::from_name(name) else { continue };
                added.clear();
                // Attributes hold anything; what is no value of the property is no hint.
                if parse_declaration_value(&property, &mut Parser::new(value), &context, &mut added).is_ok() {
                    for property in added.drain(..) {
                        let position = SourcePosition::default();
                        block.set(Declaration { property, important: false, position });
                    }
                }
            }
            block
        })
    }
}

fn font_rules(sheets: &[DocumentSheet], device: &Device) -> FontRules {
    let mut found = FontRules::default();
    for sheet in sheets {
        found.add_sheet(&sheet.sheet, device);
    }
    found
}

fn collected(sheets: &[DocumentSheet], device: &Device, quirks: QuirksMode) -> CascadeData {
    let _span = tracing::info_span!("collect rules").entered();
    let sheets = sheets.iter().map(|sheet| (&sheet.sheet, sheet.owner_parent));
    collect::collect(user_agent::rules(device, quirks), sheets, device, quirks)
}
