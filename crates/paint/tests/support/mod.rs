//! Paints small documents whose styles are in `style` attributes, with the bundled fonts alone.
#![allow(dead_code, reason = "not every test file needs all of it")]

use std::sync::Arc;

use fanlight_base::atoms::local_name;
use fanlight_base::diagnostics::Unheard;
use fanlight_base::geometry::{CssSize, LayoutSize};
use fanlight_base::{LayoutUnit, Rgba};
use fanlight_css::properties::PropertyId;
use fanlight_css::properties::declaration::parse_declaration_value;
use fanlight_css::selectors::PseudoElement;
use fanlight_css::syntax::{ParseContext, Parser};
use fanlight_css::values::MissingMetrics;
use fanlight_css::values::compute::ContainerSize;
use fanlight_css::variables::{NoAttributes, RegisteredProperties};
use fanlight_css::{
    CascadeLevel, CascadeOrigin, Cascaded, ComputedStyle, Device, PropertyDeclaration, QuirksMode,
    StyleInput, compute_style,
};
use fanlight_dom::{Document, NodeId};
use fanlight_html::{ParserOptions, parse_document};
use fanlight_layout::{ElementStyles, LayoutInput, LayoutTree, NothingReplaced, Relevance, layout};
use fanlight_paint::display_list::{DisplayItem, ItemKind};
use fanlight_paint::{DisplayList, NoImages, PaintInput, ScrollBars, ScrollOffsets, paint};
use fanlight_text::{FontContext, FontSource, Fonts};

/// The width and height of the viewport, in CSS px.
pub const VIEWPORT: (i32, i32) = (400, 300);

/// What the user-agent sheet says of the elements in these tests. The body has no margin, so that numbers are short.
fn user_agent(name: &str) -> &'static str {
    match name {
        "head" | "title" | "style" | "script" => "display: none",
        "html" | "body" | "div" | "p" | "section" => "display: block",
        "ul" => "display: block; padding-left: 40px; counter-reset: list-item",
        "li" => "display: list-item",
        "table" => "display: table; border-spacing: 2px",
        "tbody" => "display: table-row-group; vertical-align: middle",
        "tr" => "display: table-row",
        "td" => "display: table-cell; padding: 1px",
        "u" => "text-decoration: underline",
        "input" => "display: inline-block; appearance: auto",
        _ => "",
    }
}

struct AttributeStyles(Vec<Option<Arc<ComputedStyle>>>);

impl ElementStyles for AttributeStyles {
    fn get(&self, node: NodeId) -> Option<&Arc<ComputedStyle>> {
        self.0.get(node.index())?.as_ref()
    }

    fn pseudo(&self, _node: NodeId, _pseudo: &PseudoElement) -> Option<&Arc<ComputedStyle>> {
        None
    }
}

fn declare(text: &str, into: &mut Vec<PropertyDeclaration>) {
    for declaration in text.split(';') {
        let Some((name, value)) = declaration.split_once(':') else { continue };
        let property = PropertyId::from_name(name.trim()).unwrap_or_else(|| panic!("no property {name}"));
        parse_declaration_value(&property, &mut Parser::new(value.trim()), &ParseContext::default(), into)
            .unwrap_or_else(|_| panic!("bad value: {declaration}"));
    }
}

fn styles_of(document: &Document) -> AttributeStyles {
    let device = Device::new(CssSize::new(VIEWPORT.0 as f32, VIEWPORT.1 as f32), 1.0);
    let mut styles: Vec<Option<Arc<ComputedStyle>>> = vec![None; document.node_count()];
    let root = document.document_element();
    for node in document.descendants(NodeId::DOCUMENT) {
        let Some(element) = document.element(node) else { continue };
        let mut declared = Vec::new();
        declare(user_agent(&element.name.local), &mut declared);
        declare(element.attribute(&local_name!("style")).unwrap_or_default(), &mut declared);
        let level = CascadeLevel { origin: CascadeOrigin::Author, important: false, layer: 0 };
        let cascaded: Vec<Cascaded<'_>> =
            declared.iter().map(|declaration| Cascaded { declaration, level }).collect();
        let parent = document.parent_element(node).and_then(|parent| styles[parent.index()].clone());
        let root_style = root.filter(|&root| root != node).and_then(|root| styles[root.index()].clone());
        let computed = compute_style(&StyleInput {
            declarations: &cascaded,
            parent: parent.as_deref(),
            layout_parent: parent.as_deref(),
            root: root_style.as_deref(),
            device: &device,
            fonts: &MissingMetrics,
            quirks: QuirksMode::NoQuirks,
            container: ContainerSize { width: None, height: None },
            registered: &RegisteredProperties::default(),
            attributes: &NoAttributes,
        });
        styles[node.index()] = Some(Arc::new(computed));
    }
    AttributeStyles(styles)
}

/// A document laid out.
pub fn lay_out(html: &str) -> (LayoutTree, Document) {
    let document = parse_document(html.as_bytes(), &ParserOptions::new("about:blank", Arc::new(Unheard)));
    let styles = styles_of(&document);
    let fonts = Fonts::without_web_fonts(Arc::new(FontContext::new(FontSource::Pinned)));
    let input = LayoutInput {
        document: &document,
        styles: &styles,
        fonts: &fonts,
        viewport: LayoutSize::new(LayoutUnit::from_px(VIEWPORT.0), LayoutUnit::from_px(VIEWPORT.1)),
        replaced: &NothingReplaced,
        relevance: &Relevance::default(),
        sink: &Unheard,
    };
    let tree = layout(&input, None);
    (tree, document)
}

/// What painting is given when nothing is scrolled and everything is wanted.
pub fn input(scroll: &ScrollOffsets) -> PaintInput<'_> {
    PaintInput {
        viewport: CssSize::new(VIEWPORT.0 as f32, VIEWPORT.1 as f32),
        device_scale: 1.0,
        scroll,
        images: &NoImages,
        canvas_background: Rgba::WHITE,
        cull: None,
        scroll_bars: ScrollBars::Hidden,
    }
}

/// The display list of a body's contents.
pub fn painted(body: &str) -> DisplayList {
    let (tree, _) = lay_out(&format!("<!DOCTYPE html><body>{body}"));
    paint(&tree, &input(&ScrollOffsets::default()))
}

/// The colours in the order of painting: of rectangles, and of text as `text:`.
pub fn colors(list: &DisplayList) -> Vec<String> {
    list.items.iter().filter_map(color).collect()
}

fn color(item: &DisplayItem) -> Option<String> {
    Some(match &item.kind {
        ItemKind::Rect { color, .. } | ItemKind::RoundedRect { color, .. } => color.to_string(),
        ItemKind::Text(text) => format!("text:{}", text.color),
        _ => return None,
    })
}

/// The names of the items, in order.
pub fn kinds(list: &DisplayList) -> Vec<&'static str> {
    list.items.iter().map(|item| item.kind.name()).collect()
}
