//! Presentational hints: attributes that stand for declarations.
//! <https://html.spec.whatwg.org/multipage/rendering.html#presentational-hints>
//!
//! Each module writes what it knows into [`Hints`] as pairs of a property's name and the CSS text of its value, so that
//! the property table parses them like any other declaration. Elements with equal hints share one parsed block.
//!
//! - [`values`]: how HTML reads dimensions, integers and colours.
//! - [`page`]: `<body>`, links, `<hr>`, `<br>`, `<font>`, `<marquee>`, alignment of blocks.
//! - [`embedded`]: images, frames, video and what else is replaced.
//! - [`tables`]: tables and their parts.
//! - [`lists`]: lists and their numbering.
//! - [`svg`]: the presentation attributes of SVG.

mod embedded;
mod lists;
mod page;
mod svg;
mod tables;
#[cfg(test)]
mod tests;
mod values;

pub use svg::is_presentation_attribute as is_svg_presentation_attribute;

use std::fmt;
use std::fmt::Write as _;

use fanlight_base::LocalName;
use fanlight_base::atoms::{local_name, ns};
use fanlight_css::syntax::ToCss;
use fanlight_css::values::identifier::CssString;
use fanlight_dom::{Document, ElementData, NodeId};

use crate::states::language::{document_language, own_language};

/// Declarations as text, in order. The text is also the key under which the parsed block is kept.
#[derive(Default)]
pub(crate) struct Hints {
    text: String,
}

/// Ends a property's name; no attribute value that contains it is taken.
const END_OF_NAME: char = '\u{1f}';
/// Ends a value.
const END_OF_VALUE: char = '\u{1e}';

impl Hints {
    fn clear(&mut self) {
        self.text.clear();
    }

    pub(crate) fn is_empty(&self) -> bool {
        self.text.is_empty()
    }

    pub(crate) fn key(&self) -> &str {
        &self.text
    }

    /// Adds a declaration.
    fn push(&mut self, property: &str, value: impl fmt::Display) {
        let start = self.text.len();
        let _ = write!(self.text, "{property}{END_OF_NAME}"); // Writing to a String cannot fail.
        let value_start = self.text.len();
        let _ = write!(self.text, "{value}");
        if self.text[value_start..].contains([END_OF_NAME, END_OF_VALUE]) {
            self.text.truncate(start);
        } else {
            self.text.push(END_OF_VALUE);
        }
    }
}

/// The declarations of a key: names and values.
pub(crate) fn declarations(key: &str) -> impl Iterator<Item = (&str, &str)> {
    key.split_terminator(END_OF_VALUE).filter_map(|declaration| declaration.split_once(END_OF_NAME))
}

/// What hints take from elsewhere in the document and from around it; found once for each run.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Surroundings {
    frame_margins: FrameMargins,
    text: Option<String>,
    link: Option<String>,
    visited: Option<String>,
    active: Option<String>,
}

impl Surroundings {
    /// From the attributes of `<body>` and of the frame that shows the document.
    pub(crate) fn of(document: &Document, frame_margins: FrameMargins) -> Surroundings {
        let body = document.document_element().and_then(|root| {
            document.element_children(root).find_map(|child| {
                document.element(child).filter(|element| element.is_html(&local_name!("body")))
            })
        });
        let color =
            |attribute: LocalName| body.and_then(|body| values::legacy_color(body.attribute(&attribute)?));
        Surroundings {
            frame_margins,
            text: color(local_name!("text")),
            link: color(local_name!("link")),
            visited: color(local_name!("vlink")),
            active: color(local_name!("alink")),
        }
    }

    /// Whether links take colours from `<body>`.
    fn color_links(&self) -> bool {
        self.link.is_some() || self.visited.is_some() || self.active.is_some()
    }
}

/// The margins that the element which shows a document asks for, in CSS px.
/// <https://html.spec.whatwg.org/multipage/rendering.html#the-page>
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct FrameMargins {
    /// `marginwidth`: at the left and at the right.
    pub width: Option<u32>,
    /// `marginheight`: above and below.
    pub height: Option<u32>,
}

impl FrameMargins {
    /// From the attributes of an `<iframe>` or `<frame>`.
    pub fn of(element: &ElementData) -> FrameMargins {
        let margin = |name: LocalName| {
            let margin = element.attribute(&name).and_then(values::non_negative_integer)?;
            u32::try_from(margin).ok()
        };
        FrameMargins {
            width: margin(local_name!("marginwidth")),
            height: margin(local_name!("marginheight")),
        }
    }
}

/// Writes the hints of an element, in place of those that `hints` holds.
pub(crate) fn collect(
    document: &Document,
    node: NodeId,
    element: &ElementData,
    around: &Surroundings,
    hints: &mut Hints,
) {
    hints.clear();
    language(document, node, element, hints);
    if element.name.namespace == ns!(svg) {
        if !element.attributes().is_empty() {
            svg::collect(element, hints);
        }
    } else if element.name.namespace == ns!(html) {
        collect_html(document, node, element, around, hints);
    }
}

/// `lang` and `xml:lang`; the root element takes the document's language, so that all inherit it.
/// <https://html.spec.whatwg.org/multipage/dom.html#the-lang-and-xml:lang-attributes>
fn language(document: &Document, node: NodeId, element: &ElementData, hints: &mut Hints) {
    let is_root = || document.parent_element(node).is_none();
    let language =
        own_language(element).or_else(|| if is_root() { document_language(document) } else { None });
    if let Some(language) = language {
        hints.push("-webkit-locale", CssString(language.into()).to_css_string());
    }
}

fn collect_html(
    document: &Document,
    node: NodeId,
    element: &ElementData,
    around: &Surroundings,
    hints: &mut Hints,
) {
    // Three kinds of elements get hints without attributes of their own: cells, from their table, tables in quirks mode,
    // and the body of a document in a frame. All others are done when they have none.
    match element.name.local {
        local_name!("body") => return page::body(element, around.frame_margins, hints),
        local_name!("td") | local_name!("th") => return tables::cell(document, node, element, hints),
        local_name!("table") => return tables::table(document, element, around, hints),
        local_name!("tr") | local_name!("thead") | local_name!("tbody") | local_name!("tfoot") => {
            return tables::row_or_group(document, node, element, hints);
        }
        local_name!("colgroup") | local_name!("col") => {
            return tables::column(document, node, element, hints);
        }
        _ if element.attributes().is_empty() => return,
        _ => {}
    }
    match element.name.local {
        local_name!("a") | local_name!("area") if around.color_links() => {
            page::link(element, around, hints);
        }
        local_name!("div")
        | local_name!("p")
        | local_name!("h1")
        | local_name!("h2")
        | local_name!("h3")
        | local_name!("h4")
        | local_name!("h5")
        | local_name!("h6") => page::aligned_block(element, hints),
        local_name!("hr") => page::hr(element, hints),
        local_name!("br") => page::br(element, hints),
        local_name!("font") => page::font(element, hints),
        local_name!("marquee") => page::marquee(element, hints),
        local_name!("pre") => page::pre(element, hints),
        local_name!("textarea") => page::textarea(element, hints),
        local_name!("legend") => page::legend(element, hints),
        local_name!("caption") => tables::caption(element, hints),
        local_name!("img")
        | local_name!("object")
        | local_name!("embed")
        | local_name!("iframe")
        | local_name!("video")
        | local_name!("canvas")
        | local_name!("input")
        | local_name!("applet") => {
            embedded::collect(element, hints);
        }
        local_name!("frameset") | local_name!("frame") => embedded::frame(element, hints),
        local_name!("li") => lists::item(element, hints),
        local_name!("ol") => lists::ordered(document, node, element, hints),
        local_name!("ul") | local_name!("dir") | local_name!("menu") => lists::unordered(element, hints),
        _ => {}
    }
}
