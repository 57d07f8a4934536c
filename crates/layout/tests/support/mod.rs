//! Lays out small documents whose styles are in `style` attributes.

use std::sync::Arc;

use fanlight_base::atoms::local_name;
use fanlight_base::diagnostics::Unheard;
use fanlight_base::geometry::{CssSize, LayoutSize};
use fanlight_base::{DumpFormat, LayoutUnit, LocalName};
use fanlight_css::properties::PropertyId;
use fanlight_css::properties::declaration::parse_declaration_value;
use fanlight_css::selectors::PseudoElement;
use fanlight_css::syntax::{ParseContext, Parser};
use fanlight_css::values::MissingMetrics;
use fanlight_css::{
    CascadeLevel, CascadeOrigin, Cascaded, ComputedStyle, Device, PropertyDeclaration, QuirksMode,
    StyleInput, compute_style,
};
use fanlight_dom::{Document, NodeId};
use fanlight_html::{ParserOptions, parse_document};
use fanlight_layout::{ElementStyles, LayoutInput, LayoutTree, NothingReplaced, Relevance, layout};
use fanlight_text::{FontContext, FontSource, Fonts};

/// The part of a user-agent sheet that the documents need.
fn user_agent(name: &str) -> &'static str {
    match name {
        "head" | "title" | "style" | "script" => "display: none",
        "html" | "div" | "section" | "frameset" | "frame" => "display: block",
        "body" => "display: block; margin: 8px",
        "p" => "display: block; margin: 1em 0",
        "ul" => "display: block; margin: 1em 0; padding-left: 40px; counter-reset: list-item",
        "ol" => {
            "display: block; margin: 1em 0; padding-left: 40px; counter-reset: list-item; list-style-type: decimal"
        }
        "li" => "display: list-item",
        "pre" => {
            "display: block; white-space-collapse: preserve; text-wrap-mode: nowrap; font-family: monospace; font-size: 13px; margin: 1em 0"
        }
        "fieldset" => "display: block; border-style: solid; border-width: 2px; min-inline-size: min-content",
        "legend" => "display: block",
        "b" => "font-weight: bold",
        "table" => "display: table; border-spacing: 2px 2px; box-sizing: border-box",
        "thead" => "display: table-header-group; vertical-align: middle",
        "tbody" => "display: table-row-group; vertical-align: middle",
        "tfoot" => "display: table-footer-group; vertical-align: middle",
        "tr" => "display: table-row; vertical-align: inherit",
        "td" => "display: table-cell; vertical-align: inherit; padding: 1px",
        "caption" => "display: table-caption; text-align: center",
        "colgroup" => "display: table-column-group",
        "col" => "display: table-column",
        "u" => "text-decoration-line: underline",
        "ruby" => "display: ruby",
        "rt" => "display: ruby-text; font-size: 50%; text-align: start; line-height: normal",
        "i" => "font-style: italic",
        _ => "",
    }
}

/// Styles from `style` attributes, and those of `::first-letter`, `::details-content` and the parts of sliders from attributes of
/// these names.
pub struct InlineStyles {
    elements: Vec<Option<Arc<ComputedStyle>>>,
    first_letters: Vec<Option<Arc<ComputedStyle>>>,
    details_contents: Vec<Option<Arc<ComputedStyle>>>,
    slider_tracks: Vec<Option<Arc<ComputedStyle>>>,
    slider_thumbs: Vec<Option<Arc<ComputedStyle>>>,
}

impl ElementStyles for InlineStyles {
    fn get(&self, node: NodeId) -> Option<&Arc<ComputedStyle>> {
        self.elements.get(node.index())?.as_ref()
    }

    fn pseudo(&self, node: NodeId, pseudo: &PseudoElement) -> Option<&Arc<ComputedStyle>> {
        match pseudo {
            PseudoElement::FirstLetter => self.first_letters.get(node.index())?.as_ref(),
            PseudoElement::DetailsContent => self.details_contents.get(node.index())?.as_ref(),
            PseudoElement::SliderRunnableTrack => self.slider_tracks.get(node.index())?.as_ref(),
            PseudoElement::SliderThumb => self.slider_thumbs.get(node.index())?.as_ref(),
            _ => None,
        }
    }
}

fn declarations(text: &str, into: &mut Vec<PropertyDeclaration>) {
    for declaration in text.split(';') {
        let Some((name, value)) = declaration.split_once(':') else { continue };
        let name = name.trim();
        if let Some(part @ ("width" | "style")) = name.strip_prefix("border-") {
            for side in ["top", "right", "bottom", "left"] {
                declarations(&format!("border-{side}-{part}:{value}"), into);
            }
            continue;
        }
        let Some(property) = PropertyId::from_name(name) else { panic!("no property {name}") };
        let mut parser = Parser::new(value.trim());
        parse_declaration_value(&property, &mut parser, &ParseContext::default(), into)
            .unwrap_or_else(|_| panic!("bad value: {declaration}"));
    }
}

impl InlineStyles {
    pub fn new(document: &Document, viewport: CssSize) -> InlineStyles {
        let device = Device::new(viewport, 1.0);
        let mut styles: Vec<Option<Arc<ComputedStyle>>> = vec![None; document.node_count()];
        let mut first_letters = styles.clone();
        let mut details_contents = styles.clone();
        let (mut slider_tracks, mut slider_thumbs) = (styles.clone(), styles.clone());
        let root = document.document_element();
        let quirks = match document.quirks_mode {
            fanlight_dom::QuirksMode::NoQuirks | fanlight_dom::QuirksMode::LimitedQuirks => {
                QuirksMode::NoQuirks
            }
            fanlight_dom::QuirksMode::Quirks => QuirksMode::Quirks,
        };
        let compute = |defaults: &[PropertyDeclaration],
                       declared: &[PropertyDeclaration],
                       parent: Option<&Arc<ComputedStyle>>,
                       root: Option<&Arc<ComputedStyle>>| {
            let from = |origin| CascadeLevel { origin, important: false, layer: 0 };
            let defaults = defaults.iter().map(|declaration| (declaration, from(CascadeOrigin::UserAgent)));
            let declared = declared.iter().map(|declaration| (declaration, from(CascadeOrigin::Author)));
            let cascaded: Vec<Cascaded<'_>> = defaults
                .chain(declared)
                .map(|(declaration, level)| Cascaded { declaration, level })
                .collect();
            Arc::new(compute_style(&StyleInput {
                declarations: &cascaded,
                parent: parent.map(|parent| &**parent),
                layout_parent: parent.map(|parent| &**parent),
                root: root.map(|root| &**root),
                device: &device,
                fonts: &MissingMetrics,
                quirks,
                container: fanlight_css::values::compute::ContainerSize { width: None, height: None },
                registered: &fanlight_css::variables::RegisteredProperties::default(),
                attributes: &fanlight_css::variables::NoAttributes,
            }))
        };
        for node in document.descendants(NodeId::DOCUMENT) {
            let Some(element) = document.element(node) else { continue };
            let (mut defaults, mut declared) = (Vec::new(), Vec::new());
            declarations(user_agent(&element.name.local), &mut defaults);
            declarations(element.attribute(&local_name!("style")).unwrap_or_default(), &mut declared);
            let parent = document.parent_element(node).and_then(|parent| styles[parent.index()].clone());
            let root_style = root.filter(|&root| root != node).and_then(|root| styles[root.index()].clone());
            let computed = compute(&defaults, &declared, parent.as_ref(), root_style.as_ref());
            if let Some(text) = element.attribute(&LocalName::from("first-letter")) {
                let mut declared = Vec::new();
                declarations(text, &mut declared);
                first_letters[node.index()] =
                    Some(compute(&[], &declared, Some(&computed), root_style.as_ref()));
            }
            for (name, parts) in [("slider-track", &mut slider_tracks), ("slider-thumb", &mut slider_thumbs)]
            {
                if let Some(text) = element.attribute(&LocalName::from(name)) {
                    let mut declared = Vec::new();
                    declarations(text, &mut declared);
                    parts[node.index()] = Some(compute(&[], &declared, Some(&computed), root_style.as_ref()));
                }
            }
            if element.is_html(&local_name!("details")) {
                let is_open = element.has_attribute(&local_name!("open"));
                let mut declared = Vec::new();
                declarations("display: block; content-visibility: hidden", &mut declared);
                declarations(if is_open { "content-visibility: visible" } else { "" }, &mut declared);
                let own = element.attribute(&LocalName::from("details-content"));
                declarations(own.unwrap_or_default(), &mut declared);
                details_contents[node.index()] =
                    Some(compute(&[], &declared, Some(&computed), root_style.as_ref()));
            }
            styles[node.index()] = Some(computed);
        }
        InlineStyles { elements: styles, first_letters, details_contents, slider_tracks, slider_thumbs }
    }
}

/// The elements with an attribute `relevant`, as those whose contents are relevant to the user.
pub fn relevance(document: &Document) -> Relevance {
    let mut relevance = Relevance::default();
    for node in document.descendants(NodeId::DOCUMENT) {
        if document.element(node).is_some_and(|element| element.has_attribute(&LocalName::from("relevant"))) {
            relevance.make_relevant(node);
        }
    }
    relevance
}

/// A document laid out in a viewport of 500 by 300 px with the bundled fonts alone. What has an attribute `relevant` is relevant
/// to the user.
pub fn lay_out(html: &str) -> (LayoutTree, Document, InlineStyles) {
    let options = ParserOptions::new("about:blank", Arc::new(Unheard));
    let document = parse_document(html.as_bytes(), &options);
    let styles = InlineStyles::new(&document, CssSize::new(500.0, 300.0));
    let fonts = Fonts::without_web_fonts(Arc::new(FontContext::new(FontSource::Pinned)));
    let relevance = relevance(&document);
    let input = LayoutInput {
        document: &document,
        styles: &styles,
        fonts: &fonts,
        viewport: LayoutSize::new(LayoutUnit::from_px(500), LayoutUnit::from_px(300)),
        replaced: &NothingReplaced,
        relevance: &relevance,
        sink: &Unheard,
    };
    let tree = layout(&input, None);
    (tree, document, styles)
}

/// The text dump of the body's contents.
#[allow(dead_code, reason = "not every test file looks at dumps")]
pub fn dump(body: &str) -> String {
    let (tree, ..) = lay_out(&format!("<!DOCTYPE html><body>{body}"));
    let text = fanlight_base::dump::to_string(&tree, DumpFormat::Text);
    text.lines()
        .skip(3)
        .map(|line| line.strip_prefix("      ").unwrap_or(line))
        .collect::<Vec<_>>()
        .join("\n")
}

/// Compares the bounding rectangles of all elements in a body, in tree order, with `expected`: name, x, y, width, height, in CSS
/// px with at most three decimals.
#[allow(dead_code, reason = "not every test file compares rectangles")]
#[track_caller]
pub fn check(body: &str, expected: &[&str]) {
    check_document(&format!("<!DOCTYPE html><body>{body}"), expected);
}

/// The same of a whole document, which may be in quirks mode.
#[allow(dead_code, reason = "not every test file compares rectangles")]
#[track_caller]
pub fn check_document(html: &str, expected: &[&str]) {
    let (tree, document, _) = lay_out(html);
    let boxes = fanlight_layout::geometry::ElementBoxes::new(&tree);
    let root = document.document_element().expect("the parser makes one");
    let body = document.element_children(root).last().expect("the parser makes one");
    let round = |value: f32| (value * 1000.0).round() / 1000.0 + 0.0;
    let found: Vec<String> = document
        .descendants(body)
        .filter_map(|node| {
            let name = &document.element(node)?.name.local;
            let bounds = boxes.get(node).map(|found| found.bounds).unwrap_or_default();
            let [x, y, width, height] =
                [bounds.origin.x, bounds.origin.y, bounds.size.width, bounds.size.height].map(round);
            Some(format!("{name} {x} {y} {width} {height}"))
        })
        .collect();
    assert_eq!(found, expected);
}
