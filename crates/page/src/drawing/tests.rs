//! What SVG elements are written as.

use std::sync::Arc;

use fanlight_base::diagnostics::Unheard;
use fanlight_base::geometry::{CssPoint, CssRect, CssSize};
use fanlight_css::media::Device;
use fanlight_css::properties::effects::MaskMode;
use fanlight_css::stylesheet::{Origin, ParseOptions, SheetWithImports, Stylesheet};
use fanlight_css::values::compute::MissingMetrics;
use fanlight_css::values::url::CssUrl;
use fanlight_dom::{Document, NodeId};
use fanlight_html::{ParserOptions, parse_document};
use fanlight_paint::{MaskElement, MaskRequest};
use fanlight_style::{DocumentSheet, StyleMap, StyleSet, resolve};
use rustc_hash::FxHashMap;

use super::references;
use super::writer::{Source, Writer};

struct Page {
    document: Document,
    styles: StyleMap,
    ids: FxHashMap<String, NodeId>,
}

impl Page {
    fn new(css: &str, body: &str) -> Page {
        let html = format!("<!DOCTYPE html><body>{body}");
        let document = parse_document(html.as_bytes(), &ParserOptions::new("about:test", Arc::new(Unheard)));
        let options = ParseOptions::new("test.css", Origin::Author);
        let sheet = SheetWithImports::new(Arc::new(Stylesheet::parse(css, &options, &Unheard)));
        let device = Device::new(CssSize::new(800.0, 600.0), 1.0);
        let sheets = vec![DocumentSheet { sheet, owner_parent: None }];
        let mut set = StyleSet::new(&document, None, device, sheets);
        let styles = resolve(&document, &mut set, &MissingMetrics, None, &Unheard).styles;
        let ids = super::ids_of(&document);
        Page { document, styles, ids }
    }

    fn source(&self) -> Source<'_> {
        Source { document: &self.document, styles: &self.styles, ids: &self.ids, linked: None }
    }

    fn drawing(&self) -> String {
        let svg = self
            .document
            .descendants(NodeId::DOCUMENT)
            .find(|node| self.document.element(*node).is_some_and(|element| *element.name.local == *"svg"))
            .unwrap();
        Writer::outermost(self.source(), svg, CssSize::new(200.0, 100.0)).text
    }
}

/// The drawing of the first `<svg>` of a page.
fn drawing(css: &str, body: &str) -> String {
    Page::new(css, body).drawing()
}

/// The attributes that the element of an id is written with.
#[track_caller]
fn attributes(css: &str, body: &str, id: &str) -> String {
    let text = drawing(css, body);
    let (_, rest) = text.split_once(&format!(" id=\"{id}\"")).unwrap_or_else(|| panic!("{text}"));
    rest.split(['>', '/']).next().unwrap().trim().to_owned()
}

#[test]
fn rules_of_the_page_become_attributes() {
    let css = "rect { fill: rgb(0 128 0 / 50%); stroke-width: 2em; rx: 3px; shape-rendering: crispEdges }";
    let body = "<svg><rect id=a class=b style='opacity: .5' fill=red width=10 height=50%></svg>";
    let expected = "fill=\"rgba(0, 128, 0, 0.5)\" shape-rendering=\"crispEdges\" stroke-width=\"32px\" \
        opacity=\"0.5\" x=\"0\" y=\"0\" rx=\"3\" width=\"10\" height=\"50%\"";
    assert_eq!(attributes(css, body, "a"), expected);
}

#[test]
fn the_drawing_is_as_large_as_its_box() {
    let text = drawing("", "<svg width=1 viewBox='0 0 2 1' onclick='x<y'></svg>");
    let start = "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"200\" height=\"100\" viewBox=\"0 0 2 1\" ";
    assert!(text.starts_with(&format!("{start}onclick=\"x&lt;y\"")), "{text}");
}

#[test]
fn transforms_of_all_kinds_are_one_matrix() {
    let body = "<svg><g id=a transform='scale(2)'></g></svg>";
    assert_eq!(attributes("", body, "a"), "transform=\"matrix(2 0 0 2 0 0)\"");
    let css = "g { translate: 50% 10px; transform: none }";
    assert_eq!(attributes(css, body, "a"), "transform=\"matrix(1 0 0 1 100 10)\"");
}

#[test]
fn the_fill_box_is_around_the_shapes_of_a_group() {
    let css = "#a { transform-box: fill-box; transform-origin: center; scale: 2 }";
    let body =
        "<svg><g id=a><circle cx=30 cy=40 r=10 /><path d='M0 0 h10' transform='translate(0 30)'></g></svg>";
    // The box is 40 wide and 20 high, from (0, 30).
    assert_eq!(attributes(css, body, "a"), "transform=\"matrix(2 0 0 2 -20 -40)\"");
}

#[test]
fn what_is_referred_to_elsewhere_comes_along_once() {
    let body = "<svg><use href='#b'/><rect fill='url(#c)' width=1 height=1 /><use href='#b'/></svg>\
        <svg style='fill: red'><symbol id=b><path d='M0 0'/></symbol><linearGradient id=c /></svg>";
    let text = drawing("", body);
    assert_eq!(text.matches("<symbol").count(), 1, "{text}");
    assert!(text.contains("<linearGradient id=\"c\""), "{text}");
    // A symbol inherits from what uses it; a gradient from where it stands.
    assert!(text.contains("<symbol id=\"b\" overflow=\"hidden\">"), "{text}");
    assert!(text.contains("<linearGradient id=\"c\" fill=\"#ff0000\""), "{text}");
}

#[test]
fn references_to_nothing_are_left_out() {
    let css = "rect { clip-path: url(#no); filter: url(#no); fill: url(#no) blue }";
    let expected = "fill=\"#0000ff\" x=\"0\" y=\"0\"";
    assert_eq!(attributes(css, "<svg><rect id=a></svg>", "a"), expected);
}

#[test]
fn what_xml_would_not_take_is_left_out() {
    let text =
        drawing("", "<svg><g a:b=1 c\"=2 d='\u{1}'/><foreignObject><p>x</p></foreignObject><x'y/></svg>");
    assert!(text.contains("<g d=\"\u{fffd}\"/>"), "{text}");
    assert!(!text.contains("foreignObject") && !text.contains("x'y"), "{text}");
}

#[test]
fn a_pattern_of_which_one_tile_shows_is_written_as_contents() {
    let body = "<svg><pattern id=p width=1 height=1><circle r=5 /></pattern>\
        <rect id=a width=20 height=20 fill='url(#p)' stroke=red></svg>";
    let text = drawing("", body);
    let (_, written) = text.split_once("<g id=\"a\"").unwrap();
    assert!(written.contains("clip-path=\"url(#fanlight-shape-"), "{text}");
    assert!(written.contains("<circle"), "{text}");
    // Two tiles are a pattern still.
    let tiled = drawing("", &body.replace("width=1 ", "width=.5 "));
    assert!(tiled.contains("<rect id=\"a\" fill=\"url(#p) none\""), "{tiled}");
}

#[test]
fn a_displacement_map_of_current_colour_is_none() {
    let filter = |color: &str| {
        format!(
            "<svg><filter><feFlood flood-color='{color}'/><feOffset/>\
             <feDisplacementMap in=SourceGraphic scale=4 /></filter></svg>"
        )
    };
    let text = drawing("", &filter("currentcolor"));
    assert!(text.contains("<feOffset in=\"SourceGraphic\""), "{text}");
    let text = drawing("", &filter("red"));
    assert!(text.contains("<feDisplacementMap in=\"SourceGraphic\" scale=\"2\""), "{text}");
}

#[test]
fn a_clip_path_in_parts_of_a_box_is_in_units_of_the_box() {
    let page = Page::new(
        "",
        "<svg><clipPath id=c clipPathUnits=objectBoundingBox><circle r='.5'/></clipPath></svg>",
    );
    let url = CssUrl { specified: "#c".into(), resolved: None };
    let rect = |x: f32, y: f32, width: f32, height: f32| {
        CssRect::new(CssPoint::new(x, y), CssSize::new(width, height))
    };
    let request = MaskRequest {
        url: &url,
        element: MaskElement::ClipPath,
        mode: MaskMode::MatchSource,
        reference: rect(10.0, 20.0, 30.0, 40.0),
        area: rect(0.0, 0.0, 100.0, 100.0),
    };
    let text = references::mask(page.source(), "c", &request).unwrap().text;
    assert!(text.contains("viewBox=\"-10 -20 100 100\""), "{text}");
    assert!(text.contains("clipPathUnits=\"userSpaceOnUse\" transform=\"matrix(30 0 0 40 0 0)\""), "{text}");
    // A clip is no mask.
    let request = MaskRequest { element: MaskElement::Mask, ..request };
    assert!(references::mask(page.source(), "c", &request).is_none());
}

#[test]
fn a_filter_of_parts_has_its_region_around_the_box() {
    let page = Page::new(
        "",
        "<svg><filter id=f primitiveUnits=objectBoundingBox x=-.25 width=1.5><feOffset dx='.5' dy='.25'/></filter></svg>",
    );
    let reference = CssRect::new(CssPoint::new(10.0, 20.0), CssSize::new(100.0, 40.0));
    let filter = references::filter(page.source(), "f", reference.origin, reference).unwrap();
    assert_eq!(filter.region(), CssRect::new(CssPoint::new(-15.0, 16.0), CssSize::new(150.0, 48.0)));
    let pixels = vec![[255, 0, 0, 255]; 120 * 48];
    let filtered = filter.apply(&pixels, 120, 48, [1.0, 0.0, 0.0, 1.0, 0.0, -16.0]).unwrap();
    let alpha = |x: usize, y: usize| filtered[(y * 120 + x) * 4 + 3];
    assert_eq!((alpha(49, 20), alpha(50, 9), alpha(51, 11)), (0, 0, 255));
}
