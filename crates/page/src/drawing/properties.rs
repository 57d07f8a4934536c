//! Computed values as presentation attributes.
//! <https://svgwg.org/svg2-draft/styling.html#PresentationAttributes>

use std::fmt::Write as _;
use std::sync::LazyLock;

use fanlight_base::Rgba;
use fanlight_base::atoms::local_name;
use fanlight_base::geometry::CssSize;
use fanlight_css::ComputedStyle;
use fanlight_css::properties::{LonghandId, PropertyId};
use fanlight_css::syntax::ToCss;
use fanlight_css::values::NoneOr;
use fanlight_css::values::color::Color;
use fanlight_css::values::display::Display;
use fanlight_css::values::font::FontStyle;
use fanlight_css::values::image::Image as CssImage;
use fanlight_css::values::length::LengthPercentage;
use fanlight_css::values::shape::{ClipPath, FilterFunction};
use fanlight_css::values::size::Size;
use fanlight_css::values::svg::SvgPaint;
use fanlight_css::values::url::CssUrl;
use fanlight_dom::ElementData;
use fanlight_style::is_svg_presentation_attribute;

use super::writer::Writer;

/// The properties that inherit and whose attributes take what CSS writes.
const INHERITED: [&str; 31] = [
    "clip-rule",
    "color",
    "color-interpolation",
    "color-interpolation-filters",
    "direction",
    "dominant-baseline",
    "fill",
    "fill-opacity",
    "fill-rule",
    "font-family",
    "font-size",
    "font-style",
    "font-weight",
    "letter-spacing",
    "marker-end",
    "marker-mid",
    "marker-start",
    "shape-rendering",
    "stroke",
    "stroke-dasharray",
    "stroke-dashoffset",
    "stroke-linecap",
    "stroke-linejoin",
    "stroke-miterlimit",
    "stroke-opacity",
    "stroke-width",
    "text-anchor",
    "text-rendering",
    "visibility",
    "word-spacing",
    "writing-mode",
];

/// The same for those that do not inherit; they are written where they are not initial.
const OWN: [&str; 8] = [
    "flood-color",
    "flood-opacity",
    "lighting-color",
    "mask-type",
    "opacity",
    "stop-color",
    "stop-opacity",
    "vector-effect",
];

type Table = Vec<(&'static str, LonghandId)>;

fn table(names: &[&'static str]) -> Table {
    let id = |name: &&'static str| match PropertyId::from_name(name) {
        Some(PropertyId::Longhand(id)) => Some((*name, id)),
        _ => None,
    };
    names.iter().filter_map(id).collect()
}

static INHERITED_TABLE: LazyLock<Table> = LazyLock::new(|| table(&INHERITED));
static OWN_TABLE: LazyLock<Table> = LazyLock::new(|| table(&OWN));

/// Writes the inherited properties in which an element differs from what it inherits from. What the element itself asks for is
/// written even where it does not differ: inside of a `<use>` it may.
pub(super) fn inherited(
    writer: &mut Writer<'_>,
    element: &ElementData,
    style: &ComputedStyle,
    above: &ComputedStyle,
) {
    let declared = element.attribute(&local_name!("style")).unwrap_or_default();
    let is_declared = |name: &str| {
        declared.contains(name) || element.attributes().iter().any(|attribute| *attribute.name.local == *name)
    };
    for (name, id) in &*INHERITED_TABLE {
        if !style.is_same(above, *id) || is_declared(name) {
            value(writer, name, *id, style);
        }
    }
    if style.font.font_variant_caps != above.font.font_variant_caps {
        let mut caps = String::new();
        style.font.font_variant_caps.to_css(&mut caps);
        writer.attribute("font-variant", caps);
    }
    let collapses = |style: &ComputedStyle| {
        let mut text = String::new();
        style.inherited_text.white_space_collapse.to_css(&mut text);
        text == "collapse"
    };
    if collapses(style) != collapses(above) {
        writer.attribute("xml:space", if collapses(style) { "default" } else { "preserve" });
    }
}

/// Writes the properties of an element that do not inherit, without its transform and its geometry.
pub(super) fn own(writer: &mut Writer<'_>, element: &ElementData, style: &ComputedStyle) {
    let initial = ComputedStyle::undeclared();
    for (name, id) in &*OWN_TABLE {
        if !style.is_same(initial, *id) {
            value(writer, name, *id, style);
        }
    }
    let name = &*element.name.local;
    let is_resource = matches!(
        name,
        "clipPath" | "defs" | "linearGradient" | "marker" | "mask" | "pattern" | "radialGradient"
    );
    // The user agent's style sheet gives these none, as they are not drawn where they are.
    if style.boxes.display == Display::None && !is_resource {
        writer.attribute("display", "none");
    }
    if matches!(name, "svg" | "symbol" | "image" | "marker" | "pattern") {
        let mut overflow = String::new();
        style.boxes.overflow_x.to_css(&mut overflow);
        writer.attribute("overflow", overflow);
    }
    let effects = &style.effects;
    if let ClipPath::Url(url) = &effects.clip_path {
        link(writer, "clip-path", url);
    }
    if let Some(NoneOr::Value(CssImage::Url(url))) = effects.mask_image.first() {
        link(writer, "mask", url);
    }
    if let NoneOr::Value(functions) = &effects.filter {
        filter(writer, functions.iter(), style);
    }
    let lines = style.text.text_decoration_line;
    if !lines.is_empty() {
        let mut text = String::new();
        lines.to_css(&mut text);
        writer.attribute("text-decoration", text);
    }
    by_style_attribute(writer, style);
}

/// What the reader of the document takes from `style` alone.
fn by_style_attribute(writer: &mut Writer<'_>, style: &ComputedStyle) {
    let initial = ComputedStyle::undeclared();
    let mut declarations = String::new();
    let mut declare = |name: &str, value: &dyn ToCss| {
        declarations.push_str(name);
        declarations.push(':');
        value.to_css(&mut declarations);
        declarations.push(';');
    };
    if style.effects.mix_blend_mode != initial.effects.mix_blend_mode {
        declare("mix-blend-mode", &style.effects.mix_blend_mode);
    }
    if style.effects.isolation != initial.effects.isolation {
        declare("isolation", &style.effects.isolation);
    }
    if style.inherited_ui.image_rendering != initial.inherited_ui.image_rendering {
        declare("image-rendering", &style.inherited_ui.image_rendering);
    }
    if !declarations.is_empty() {
        writer.attribute("style", declarations);
    }
}

/// Writes one property.
fn value(writer: &mut Writer<'_>, name: &str, id: LonghandId, style: &ComputedStyle) {
    let (svg, reset) = (&style.svg, &style.svg_reset);
    match name {
        "color" => writer.attribute(name, color(&style.inherited_text.color, style)),
        "fill" => paint(writer, name, &svg.fill, style),
        "stroke" => paint(writer, name, &svg.stroke, style),
        "flood-color" => writer.attribute(name, color(&reset.flood_color, style)),
        "lighting-color" => writer.attribute(name, color(&reset.lighting_color, style)),
        "stop-color" => writer.attribute(name, color(&reset.stop_color, style)),
        "marker-start" => marker(writer, name, &svg.marker_start),
        "marker-mid" => marker(writer, name, &svg.marker_mid),
        "marker-end" => marker(writer, name, &svg.marker_end),
        "font-style" => writer.attribute(
            name,
            match style.font.font_style {
                FontStyle::Normal => "normal",
                FontStyle::Italic => "italic",
                _ => "oblique",
            },
        ),
        _ => {
            let mut text = String::new();
            style.write_value(id, &mut text);
            writer.attribute(name, mixed_case(&text));
        }
    }
}

/// CSS does not mind the case of keywords, attributes do.
fn mixed_case(value: &str) -> &str {
    match value {
        "optimizespeed" => "optimizeSpeed",
        "optimizelegibility" => "optimizeLegibility",
        "crispedges" => "crispEdges",
        "geometricprecision" => "geometricPrecision",
        "srgb" => "sRGB",
        "linearrgb" => "linearRGB",
        other => other,
    }
}

/// `fill-rule`
pub(super) fn fill_rule(style: &ComputedStyle) -> String {
    let mut rule = String::new();
    style.svg.fill_rule.to_css(&mut rule);
    rule
}

/// Where the attributes of an element are properties: its place and size.
/// <https://svgwg.org/svg2-draft/geometry.html>
pub(super) fn geometry(
    writer: &mut Writer<'_>,
    element: &ElementData,
    style: &ComputedStyle,
    viewport: CssSize,
) {
    let (reset, size) = (&style.svg_reset, &style.size);
    let of_size = |size: &Size| match size {
        Size::LengthPercentage(length) => Some(length.clone()),
        _ => None,
    };
    let (across, along) = (viewport.width, viewport.height);
    let diagonal = across.hypot(along) / std::f32::consts::SQRT_2;
    let values = [
        ("x", Some(reset.x.clone()), across),
        ("y", Some(reset.y.clone()), along),
        ("cx", Some(reset.cx.clone()), across),
        ("cy", Some(reset.cy.clone()), along),
        ("r", Some(reset.r.clone()), diagonal),
        ("rx", reset.rx.value().cloned(), across),
        ("ry", reset.ry.value().cloned(), along),
        ("width", of_size(&size.width), across),
        ("height", of_size(&size.height), along),
    ];
    for (name, length, basis) in values {
        let Some(length) = length else { continue };
        if !is_svg_presentation_attribute(&element.name.local, name) {
            continue;
        }
        match length {
            LengthPercentage::Length(px) => writer.attribute(name, px),
            LengthPercentage::Percentage(part) => writer.attribute(name, format_args!("{}%", part * 100.0)),
            LengthPercentage::Calc(_) => writer.attribute(name, length.resolve(basis)),
        }
    }
}

/// A reference, where there is something that it refers to.
fn link(writer: &mut Writer<'_>, name: &str, url: &CssUrl) {
    if let Some(target) = target(writer, url) {
        writer.attribute(name, target);
    }
}

/// `url()` of an SVG element that is in the page, which is then written too.
fn target(writer: &mut Writer<'_>, url: &CssUrl) -> Option<String> {
    let id = url.local_fragment()?;
    let node = writer.source.by_id(id, |_| true)?;
    writer.want(node);
    Some(format!("url(#{})", writer.id(id)))
}

fn marker(writer: &mut Writer<'_>, name: &str, marker: &NoneOr<CssUrl>) {
    let text = match marker {
        NoneOr::Value(url) => target(writer, url),
        NoneOr::None => None,
    };
    writer.attribute(name, text.as_deref().unwrap_or("none"));
}

fn paint(writer: &mut Writer<'_>, name: &str, paint: &SvgPaint, style: &ComputedStyle) {
    let text = match paint {
        SvgPaint::None => "none".to_owned(),
        SvgPaint::Color(own) => color(own, style),
        SvgPaint::ContextFill => "context-fill".to_owned(),
        SvgPaint::ContextStroke => "context-stroke".to_owned(),
        SvgPaint::Server(url, fallback) => {
            let fallback = match fallback {
                Some(NoneOr::Value(own)) => color(own, style),
                Some(NoneOr::None) | None => "none".to_owned(),
            };
            match target(writer, url) {
                Some(server) => format!("{server} {fallback}"),
                None => fallback,
            }
        }
    };
    writer.attribute(name, text);
}

/// A colour; `currentcolor` stays, since a `<use>` may have another.
fn color(color: &Color, style: &ComputedStyle) -> String {
    if *color == Color::CurrentColor {
        return "currentColor".to_owned();
    }
    let current = style.inherited_text.color.resolve(Rgba::BLACK);
    let [red, green, blue, _] = color.resolve(current).to_u8();
    match color.resolve(current).alpha {
        alpha if alpha >= 1.0 => format!("#{red:02x}{green:02x}{blue:02x}"),
        alpha => format!("rgba({red}, {green}, {blue}, {alpha})"),
    }
}

/// `filter`. A list with a reference to nothing does nothing.
/// <https://drafts.fxtf.org/filter-effects-1/#FilterProperty>
fn filter<'f>(
    writer: &mut Writer<'_>,
    functions: impl Iterator<Item = &'f FilterFunction>,
    style: &ComputedStyle,
) {
    let mut text = String::new();
    for function in functions {
        if !text.is_empty() {
            text.push(' ');
        }
        match function {
            FilterFunction::Url(url) => match target(writer, url) {
                Some(target) => text.push_str(&target),
                None => return,
            },
            FilterFunction::DropShadow(shadow) => {
                let (x, y, blur) = (shadow.x.px(), shadow.y.px(), shadow.blur.px());
                let color = color(&shadow.color, style);
                // Writing to a String cannot fail.
                let _ = write!(text, "drop-shadow({color} {x}px {y}px {blur}px)");
            }
            other => other.to_css(&mut text),
        }
    }
    writer.attribute("filter", text);
}
