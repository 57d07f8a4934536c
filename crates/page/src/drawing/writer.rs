//! SVG elements of a document as an SVG document of their own: attributes say what style sheets made of the elements, and
//! what they refer to elsewhere in the page comes along.

use std::fmt::Write as _;
use std::sync::Arc;

use fanlight_base::atoms::{local_name, ns};
use fanlight_base::geometry::{CssRect, CssSize};
use fanlight_css::ComputedStyle;
use fanlight_dom::{Document, ElementData, NodeData, NodeId};
use fanlight_image::Image;
use fanlight_style::{StyleMap, is_svg_presentation_attribute};
use rustc_hash::FxHashMap;

use super::linked::Linked;
use super::pattern::{self, Tile};
use super::svg_document::SvgDocument;
use super::{filter, properties, transform, viewport};
use crate::limits::MAX_SVG_REFERENCES;
use crate::loader::images::with_orientation;

/// The SVG of a page.
#[derive(Clone, Copy)]
pub(super) struct Source<'a> {
    pub document: &'a Document,
    pub styles: &'a StyleMap,
    /// The first element of each id.
    pub ids: &'a FxHashMap<String, NodeId>,
    /// Other files, where the document may refer to such.
    pub linked: Option<Linked<'a>>,
}

impl<'a> Source<'a> {
    /// The style of an element; that of an element without one says nothing.
    pub fn style(&self, node: NodeId) -> &'a ComputedStyle {
        self.styles.get(node).map_or(ComputedStyle::undeclared(), |style| style)
    }

    /// The SVG element of this name that an id stands for.
    pub fn by_id(&self, id: &str, is_wanted: impl Fn(&str) -> bool) -> Option<NodeId> {
        let node = *self.ids.get(id)?;
        let element = self.document.element(node)?;
        (element.name.namespace == ns!(svg) && is_wanted(&element.name.local)).then_some(node)
    }
}

enum Step {
    /// An element or text, with the size of the viewport around it in user units.
    Enter(NodeId, CssSize),
    Leave(NodeId),
    /// What stands after all that an element holds.
    Markup(String),
}

/// What is written differently of an element.
#[derive(Default)]
pub(super) struct Changes {
    /// Attributes in place of its own, or besides these.
    pub attributes: Vec<(&'static str, String)>,
    /// The transform of what it holds.
    pub contents: Option<String>,
}

/// A document that has been written.
pub(super) struct Written {
    pub text: String,
    /// What its images show, by the text of their `href`.
    pub images: Vec<(String, Image)>,
}

/// A document whose elements are referred to.
struct Import {
    document: Arc<SvgDocument>,
    wanted: Vec<NodeId>,
}

/// Writes a document.
pub(super) struct Writer<'a> {
    pub source: Source<'a>,
    text: String,
    /// What ids begin with, so that those of several documents are not the same.
    prefix: String,
    /// The other documents, in the order in which they were first referred to.
    imports: Vec<Import>,
    images: Vec<(String, Image)>,
    /// What has been written, with all below it.
    written: Vec<NodeId>,
    /// What was referred to and has to be written as well.
    wanted: Vec<NodeId>,
    /// The box that the numbers of filter primitives are parts of, where they are written in user units.
    pub primitive_box: Option<CssRect>,
    /// Filter primitives that may not show what they were given.
    tainted: Vec<NodeId>,
}

impl<'a> Writer<'a> {
    /// A document that shows this area of its user space, a unit to a CSS px; what it shows is to be written into it.
    pub fn new(source: Source<'a>, area: CssRect) -> Self {
        let mut writer = Writer::empty(source);
        writer.text.push_str("<svg xmlns=\"http://www.w3.org/2000/svg\"");
        writer.attribute("width", area.size.width);
        writer.attribute("height", area.size.height);
        let (corner, size) = (area.origin, area.size);
        let view_box = format_args!("{} {} {} {}", corner.x, corner.y, size.width, size.height);
        writer.attribute("viewBox", view_box);
        writer.text.push('>');
        writer
    }

    /// Not a document: elements alone.
    pub fn empty(source: Source<'a>) -> Self {
        Writer {
            source,
            text: String::new(),
            prefix: String::new(),
            imports: Vec::new(),
            images: Vec::new(),
            written: Vec::new(),
            wanted: Vec::new(),
            primitive_box: None,
            tainted: Vec::new(),
        }
    }

    /// The document that an outermost `<svg>` element is in a box of this size in CSS px.
    pub fn outermost(source: Source<'a>, node: NodeId, size: CssSize) -> Written {
        Writer::root(source, node, size, |writer, _, _| {
            writer.attribute("width", size.width);
            writer.attribute("height", size.height);
        })
    }

    /// The document whose root element is `node`, as large as its style says; `size` is the viewport that it is in, in CSS px.
    pub fn document(source: Source<'a>, node: NodeId, size: CssSize) -> Written {
        Writer::root(source, node, size, |writer, element, style| {
            properties::geometry(writer, element, style, size);
            properties::own(writer, element, style);
        })
    }

    /// A document with this root element in a viewport of `size`; what of the element is not inherited is left to `own`.
    fn root(
        source: Source<'a>,
        node: NodeId,
        size: CssSize,
        own: impl FnOnce(&mut Self, &ElementData, &ComputedStyle),
    ) -> Written {
        let mut writer = Writer::empty(source);
        let (mut steps, start) = (Vec::new(), CssSize::zero());
        if let Some(element) = source.document.element(node) {
            let style = source.style(node);
            writer.text.push_str("<svg xmlns=\"http://www.w3.org/2000/svg\"");
            own(&mut writer, element, style);
            writer.kept_attributes(element, style, &["width", "height", "x", "y"]);
            properties::inherited(&mut writer, element, style, ComputedStyle::undeclared());
            writer.text.push('>');
            writer.written.push(node);
            let inside = viewport::inside(element, style, size).unwrap_or(start);
            writer.push_children(node, inside, &mut steps);
            writer.run(steps);
        }
        writer.definitions();
        writer.finish()
    }

    /// Writes an attribute.
    pub fn attribute(&mut self, name: &str, value: impl std::fmt::Display) {
        let _ = write!(self.text, " {name}=\""); // Writing to a String cannot fail.
        let start = self.text.len();
        let _ = write!(self.text, "{value}");
        if self.text[start..].contains(['&', '<', '"', '\n', '\r', '\t']) || has_control(&self.text[start..])
        {
            let value = self.text.split_off(start);
            push_escaped(&value, &mut self.text);
        }
        self.text.push('"');
    }

    /// Writes markup as it is.
    pub fn markup(&mut self, markup: &str) {
        self.text.push_str(markup);
    }

    /// Has an element written before the document ends, if it is not in it.
    pub fn want(&mut self, node: NodeId) {
        self.wanted.push(node);
    }

    /// Writes an element with all below it.
    pub fn tree(&mut self, node: NodeId, changes: &Changes) {
        self.written.push(node);
        let size = viewport::around(self.source, node);
        let mut steps = Vec::new();
        self.enter(node, size, changes, &mut steps);
        self.run(steps);
    }

    fn run(&mut self, mut steps: Vec<Step>) {
        while let Some(step) = steps.pop() {
            match step {
                Step::Enter(node, size) => {
                    let changes = self.changes_of_primitive(node);
                    self.enter(node, size, &changes, &mut steps);
                }
                Step::Markup(markup) => self.text.push_str(&markup),
                Step::Leave(node) => {
                    if let Some(element) = self.source.document.element(node) {
                        let name = self.name(node, element);
                        let _ = write!(self.text, "</{name}>"); // Writing to a String cannot fail.
                    }
                }
            }
        }
    }

    /// Writes what was referred to and is not there yet.
    pub fn definitions(&mut self) {
        self.text.push_str("<defs>");
        self.write_wanted();
        for (index, import) in std::mem::take(&mut self.imports).into_iter().enumerate() {
            let mut writer = Writer::empty(import.document.source());
            writer.prefix = import_prefix(index);
            writer.wanted = import.wanted;
            writer.write_wanted();
            self.text.push_str(&writer.text);
        }
        self.text.push_str("</defs>");
    }

    fn write_wanted(&mut self) {
        while let Some(node) = self.wanted.pop() {
            let known =
                self.source.document.inclusive_ancestors(node).any(|above| self.written.contains(&above));
            if !known && self.written.len() < MAX_SVG_REFERENCES {
                self.tree(node, &Changes::default());
            }
        }
    }

    /// How an id is written.
    pub fn id(&self, id: &str) -> String {
        format!("{}{id}", self.prefix)
    }

    /// Ends the document.
    pub fn finish(mut self) -> Written {
        self.text.push_str("</svg>");
        Written { text: self.text, images: self.images }
    }

    /// What has been written, where it is no document.
    pub fn into_elements(self) -> String {
        self.text
    }

    /// What is different about a filter primitive.
    fn changes_of_primitive(&self, node: NodeId) -> Changes {
        let Some(element) = self.source.document.element(node) else { return Changes::default() };
        let mut attributes = match self.primitive_box {
            Some(unit) => filter::in_user_units(element, unit),
            None => Vec::new(),
        };
        filter::adjust_displacement(element, &mut attributes);
        Changes { attributes, contents: None }
    }

    /// The name of an element. A displacement map that may not be shown passes on what it displaces.
    /// <https://drafts.fxtf.org/filter-effects-1/#fedisplacemnentmap-restrictions>
    fn name<'e>(&self, node: NodeId, element: &'e ElementData) -> &'e str {
        if self.tainted.contains(&node) { "feOffset" } else { &element.name.local }
    }

    fn enter(&mut self, node: NodeId, size: CssSize, changes: &Changes, steps: &mut Vec<Step>) {
        let document = self.source.document;
        let element = match document.node(node).data() {
            NodeData::Element(element) => element,
            NodeData::Text(text) => {
                if document.parent_element(node).is_some_and(|parent| holds_text(document, parent)) {
                    push_escaped(text, &mut self.text);
                }
                return;
            }
            _ => return,
        };
        if element.name.namespace != ns!(svg) || is_left_out(&element.name.local) {
            return;
        }
        if *element.name.local == *"filter" {
            self.tainted.extend(filter::tainted_maps(self.source, node));
        }
        if let Some(tile) = pattern::single_tile(self.source, node, element, size)
            && document.parent_element(node).is_none_or(|parent| !is_clip_path(document, parent))
        {
            return self.enter_filled_with(&tile, node, element, size, steps);
        }
        let style = self.source.style(node);
        self.text.push('<');
        self.text.push_str(self.name(node, element));
        let replaced: Vec<&str> = changes.attributes.iter().map(|(name, _)| *name).collect();
        self.kept_attributes(element, style, &replaced);
        for (name, value) in &changes.attributes {
            self.attribute(name, value);
        }
        properties::inherited(self, element, style, self.inherits_from(node));
        properties::own(self, element, style);
        properties::geometry(self, element, style, size);
        if !replaced.contains(&"transform")
            && let Some(matrix) = transform::matrix(self.source, node, size)
        {
            self.attribute("transform", transform::Attribute(matrix));
        }
        if document.node(node).first_child().is_none() {
            self.text.push_str("/>");
            return;
        }
        self.text.push('>');
        steps.push(Step::Leave(node));
        if let Some(transform) = &changes.contents {
            self.text.push_str("<g");
            self.attribute("transform", transform);
            self.text.push('>');
            steps.push(Step::Markup("</g>".to_owned()));
        }
        let inside = viewport::inside(element, style, size).unwrap_or(size);
        self.push_children(node, inside, steps);
    }

    /// Writes a shape as a group of what it is filled with, cut by it, and its stroke.
    fn enter_filled_with(
        &mut self,
        tile: &Tile,
        node: NodeId,
        element: &ElementData,
        size: CssSize,
        steps: &mut Vec<Step>,
    ) {
        let style = self.source.style(node);
        let name = &*element.name.local;
        let id = self.id(&format!("fanlight-shape-{}", node.index()));
        self.text.push_str("<g");
        if let Some(id) = element.id() {
            self.attribute("id", self.id(id));
        }
        properties::inherited(self, element, style, self.inherits_from(node));
        properties::own(self, element, style);
        if let Some(matrix) = transform::matrix(self.source, node, size) {
            self.attribute("transform", transform::Attribute(matrix));
        }
        let _ = write!(self.text, "><clipPath id=\"{id}\"><{name}"); // Writing to a String cannot fail.
        self.kept_attributes(element, style, &["id"]);
        properties::geometry(self, element, style, size);
        self.attribute("clip-rule", properties::fill_rule(style));
        self.text.push_str("/></clipPath><g");
        self.attribute("clip-path", format_args!("url(#{id})"));
        self.attribute("opacity", style.svg.fill_opacity);
        self.text.push_str("><g");
        self.attribute("transform", &tile.transform);
        let contents = self.source.style(tile.contents);
        if let Some(pattern) = self.source.document.element(tile.contents) {
            properties::inherited(self, pattern, contents, style);
        }
        self.text.push('>');
        let before = std::mem::take(&mut self.text);
        let _ = write!(self.text, "</g></g><{name} fill=\"none\""); // Writing to a String cannot fail.
        self.kept_attributes(element, style, &["id"]);
        properties::geometry(self, element, style, size);
        self.text.push_str("/></g>");
        steps.push(Step::Markup(std::mem::replace(&mut self.text, before)));
        self.push_children(tile.contents, size, steps);
    }

    fn push_children(&self, node: NodeId, size: CssSize, steps: &mut Vec<Step>) {
        let document = self.source.document;
        let mut child = document.node(node).last_child();
        while let Some(present) = child {
            steps.push(Step::Enter(present, size));
            child = document.node(present).previous_sibling();
        }
    }

    /// Whose values an element has where it has no others. What a `<use>` shows has those of the `<use>`; other things that are
    /// referred to have those of their surroundings, which have to be said where these do not come along.
    fn inherits_from(&self, node: NodeId) -> &'a ComputedStyle {
        let source = self.source;
        let is_alone = self.written.last() == Some(&node);
        let is_resource =
            source.document.element(node).is_some_and(|element| is_resource(&element.name.local));
        match source.document.parent_element(node) {
            Some(parent) if !(is_alone && is_resource) => source.style(parent),
            _ => ComputedStyle::undeclared(),
        }
    }

    /// Writes what an element refers to.
    /// <https://svgwg.org/svg2-draft/linking.html#linkRefAttrs>
    fn reference(&mut self, element: &ElementData, style: &ComputedStyle, href: &str) {
        if let Some(id) = href.strip_prefix('#') {
            if let Some(target) = self.source.by_id(id, |_| true) {
                self.want(target);
            }
            return self.attribute("href", format_args!("#{}", self.id(id)));
        }
        match (&*element.name.local, self.source.linked) {
            ("use", Some(linked)) => {
                if let Some(id) = self.import(linked, href) {
                    self.attribute("href", format_args!("#{id}"));
                }
            }
            ("image" | "feImage", Some(linked)) if !href.starts_with("data:") => {
                if let Some((url, image)) = linked.image(href) {
                    self.attribute("href", &url);
                    self.images.push((url.into(), with_orientation(image, style)));
                }
            }
            _ => self.attribute("href", href),
        }
    }

    /// Has an element of another document written, and tells by which id.
    fn import(&mut self, linked: Linked<'_>, href: &str) -> Option<String> {
        let (document, id) = linked.document(linked.resolve(href)?.as_str())?;
        let target = document.source().by_id(&id, |_| true)?;
        let known = self.imports.iter().position(|import| Arc::ptr_eq(&import.document, &document));
        let index = known.unwrap_or_else(|| {
            self.imports.push(Import { document, wanted: Vec::new() });
            self.imports.len() - 1
        });
        self.imports[index].wanted.push(target);
        Some(format!("{}{id}", import_prefix(index)))
    }

    /// The attributes that no property replaces.
    fn kept_attributes(&mut self, element: &ElementData, style: &ComputedStyle, replaced: &[&str]) {
        let has_href = element.has_attribute(&local_name!("href"));
        for attribute in element.attributes() {
            let (name, value) = (&*attribute.name.local, attribute.value.as_str());
            if name == "href" && (attribute.name.namespace == ns!() || !has_href) {
                self.reference(element, style, value.trim());
            } else if name == "id" && attribute.name.namespace == ns!() && !replaced.contains(&name) {
                self.attribute("id", self.id(value));
            } else if name == "space" && attribute.name.namespace == ns!(xml) {
                self.attribute("xml:space", value);
            } else if attribute.name.namespace == ns!()
                && !matches!(name, "href" | "class" | "style")
                && !replaced.contains(&name)
                && is_xml_name(name)
                && !is_svg_presentation_attribute(&element.name.local, name)
            {
                // What other attributes refer to: the markers and servers of `<animate>` and the like do not matter.
                self.attribute(name, value);
            }
        }
    }
}

/// What the ids of another document begin with.
fn import_prefix(index: usize) -> String {
    format!("fanlight-import-{index}-")
}

fn is_clip_path(document: &Document, node: NodeId) -> bool {
    document.element(node).is_some_and(|element| *element.name.local == *"clipPath")
}

/// Elements that are shown only where something refers to them.
fn is_resource(name: &str) -> bool {
    matches!(
        name,
        "clipPath" | "filter" | "linearGradient" | "marker" | "mask" | "pattern" | "radialGradient"
    )
}

/// Elements of which nothing is drawn, and those whose rules have been applied.
fn is_left_out(name: &str) -> bool {
    matches!(name, "style" | "script" | "title" | "desc" | "metadata" | "foreignObject") || !is_xml_name(name)
}

fn holds_text(document: &Document, node: NodeId) -> bool {
    document
        .element(node)
        .is_some_and(|element| matches!(&*element.name.local, "text" | "tspan" | "textPath" | "a" | "tref"))
}

/// Whether XML takes it as a name without prefix; what the HTML parser makes need not be one.
fn is_xml_name(name: &str) -> bool {
    name.starts_with(|c: char| c.is_ascii_alphabetic() || c == '_')
        && name.bytes().all(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'_' | b'-' | b'.'))
}

/// Whether there are characters that XML forbids.
fn has_control(text: &str) -> bool {
    text.chars().any(|c| c < ' ' || matches!(c, '\u{fffe}' | '\u{ffff}'))
}

fn push_escaped(characters: &str, text: &mut String) {
    for c in characters.chars() {
        match c {
            '&' => text.push_str("&amp;"),
            '<' => text.push_str("&lt;"),
            '>' => text.push_str("&gt;"),
            '"' => text.push_str("&quot;"),
            '\t' | '\n' | '\r' => {
                let _ = write!(text, "&#{};", u32::from(c)); // Writing to a String cannot fail.
            }
            c if c < ' ' || matches!(c, '\u{fffe}' | '\u{ffff}') => text.push('\u{fffd}'),
            c => text.push(c),
        }
    }
}
