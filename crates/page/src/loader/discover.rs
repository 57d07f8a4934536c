//! What the elements of a document refer to.

use std::sync::Arc;

use fanlight_base::atoms::{local_name, ns};
use fanlight_base::{LocalName, Namespace};
use fanlight_dom::{Document, ElementData, NodeData, NodeId, ProcessingInstruction};
use fanlight_html::FetchAttributes;
use url::Url;

use super::fetch_attributes;

/// An element that brings a style sheet.
/// <https://html.spec.whatwg.org/multipage/semantics.html#the-style-element>
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct SheetOwner {
    pub(crate) node: NodeId,
    pub(crate) media: String,
    /// The style sheet set that it is of; empty where it is of all.
    /// <https://drafts.csswg.org/cssom-1/#css-style-sheet-collections>
    pub(crate) title: String,
    pub(crate) contents: SheetContents,
    /// Attributes that say how to fetch.
    pub(crate) fetch: FetchAttributes,
    /// What relative URLs in it refer to, where its text is in the document.
    pub(crate) base: Arc<Url>,
}

/// Where a style sheet's text is.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum SheetContents {
    /// In the document.
    Inline(String),
    /// At a URL.
    External(Url),
}

/// Whether a node is in the document, and not outside the tree or in the contents of a `<template>`.
pub(crate) fn is_connected(document: &Document, node: NodeId) -> bool {
    document.ancestors(node).last() == Some(NodeId::DOCUMENT)
}

/// <https://html.spec.whatwg.org/multipage/dom.html#the-body-element-2>
pub(crate) fn body(document: &Document) -> Option<NodeId> {
    let root = document.document_element()?;
    document.element_children(root).find(|&child| {
        document.element(child).is_some_and(|element| {
            element.is_html(&local_name!("body")) || element.is_html(&local_name!("frameset"))
        })
    })
}

/// Whether an element is an `<svg>` that is in no other.
pub(crate) fn is_outermost_svg(document: &Document, node: NodeId) -> bool {
    let is_svg = |node: NodeId| {
        document.element(node).is_some_and(|element| {
            element.name.local == local_name!("svg") && element.name.namespace == ns!(svg)
        })
    };
    is_svg(node) && !document.ancestors(node).any(is_svg)
}

/// The base URL that an element sets for the document; nothing unless it is a `<base>` with `href`.
/// <https://html.spec.whatwg.org/multipage/semantics.html#set-the-frozen-base-url>
pub(crate) fn base_url(element: &ElementData, document_url: &Url) -> Option<Url> {
    let href = element.attribute(&local_name!("href")).filter(|_| element.is_html(&local_name!("base")))?;
    let url = document_url.join(href.trim()).ok();
    let allowed = url.filter(|url| !matches!(url.scheme(), "data" | "javascript"));
    Some(allowed.unwrap_or_else(|| document_url.clone()))
}

/// The style sheet that a node brings: a `<link>`, a `<style>`, or a processing instruction of XML.
pub(crate) fn sheet_owner(document: &Document, node: NodeId, base: &Arc<Url>) -> Option<SheetOwner> {
    let (media, title, contents, fetch) = match document.node(node).data() {
        NodeData::ProcessingInstruction(instruction) => {
            // They count before the document element alone.
            document.node(node).parent().filter(|&parent| parent == NodeId::DOCUMENT)?;
            let (media, contents) = xml_stylesheet(instruction, base)?;
            let title = pseudo_attribute(&instruction.data, "title").unwrap_or_default().to_owned();
            (media, title, contents, FetchAttributes::default())
        }
        NodeData::Element(element) => {
            let contents = match element.name.local {
                local_name!("link") if element.name.namespace == ns!(html) => {
                    SheetContents::External(linked_sheet(element, base)?)
                }
                local_name!("style") if is_html_or_svg(&element.name.namespace) && is_css(element) => {
                    SheetContents::Inline(document.text_content(node))
                }
                _ => return None,
            };
            let media = element.attribute(&local_name!("media")).unwrap_or_default().to_owned();
            let title = element.attribute(&local_name!("title")).unwrap_or_default().to_owned();
            (media, title, contents, fetch_attributes::of_element(element))
        }
        _ => return None,
    };
    Some(SheetOwner { node, media, title, contents, fetch, base: Arc::clone(base) })
}

fn is_html_or_svg(namespace: &Namespace) -> bool {
    *namespace == ns!(html) || *namespace == ns!(svg)
}

/// Whether the `type` attribute leaves room for CSS.
fn is_css(element: &ElementData) -> bool {
    element
        .attribute(&local_name!("type"))
        .is_none_or(|mime| mime.trim().is_empty() || mime.trim().eq_ignore_ascii_case("text/css"))
}

/// <https://html.spec.whatwg.org/multipage/links.html#link-type-stylesheet>
fn linked_sheet(link: &ElementData, base: &Url) -> Option<Url> {
    let mut is_sheet = false;
    for word in link.attribute(&local_name!("rel"))?.split_ascii_whitespace() {
        is_sheet |= word.eq_ignore_ascii_case("stylesheet");
        // An alternative sheet is for users who choose it.
        if word.eq_ignore_ascii_case("alternate") {
            return None;
        }
    }
    let href = link.attribute(&local_name!("href")).filter(|href| !href.is_empty())?;
    let enabled = !link.has_attribute(&local_name!("disabled"));
    (is_sheet && enabled && is_css(link)).then(|| base.join(href.trim()).ok()).flatten()
}

/// The media and the address of `<?xml-stylesheet href="…" type="text/css"?>`.
/// <https://www.w3.org/TR/xml-stylesheet/>
fn xml_stylesheet(instruction: &ProcessingInstruction, base: &Url) -> Option<(String, SheetContents)> {
    let data = &instruction.data;
    let is_alternate = pseudo_attribute(data, "alternate").is_some_and(|value| value == "yes");
    let is_css = pseudo_attribute(data, "type").is_none_or(|mime| mime.eq_ignore_ascii_case("text/css"));
    if instruction.target != "xml-stylesheet" || is_alternate || !is_css {
        return None;
    }
    let url = base.join(pseudo_attribute(data, "href")?).ok()?;
    let media = pseudo_attribute(data, "media").unwrap_or_default().to_owned();
    Some((media, SheetContents::External(url)))
}

/// `name="value"` or `name='value'` in a processing instruction.
fn pseudo_attribute<'a>(data: &'a str, name: &str) -> Option<&'a str> {
    let mut rest = data;
    loop {
        let (key, after) = rest.split_once('=')?;
        let after = after.trim_start();
        let quote = after.chars().next().filter(|c| matches!(c, '"' | '\''))?;
        let (value, next) = after[1..].split_once(quote)?;
        if key.trim() == name {
            return Some(value);
        }
        rest = next;
    }
}

/// The sources among which one is chosen when the viewport is known.
#[derive(Clone, Debug, Default, PartialEq)]
pub(crate) struct ImageCandidates {
    /// The `<source>` elements before the image in its `<picture>`, then the image itself.
    pub(crate) sources: Vec<ImageSource>,
    /// Attributes that say how to fetch.
    pub(crate) fetch: FetchAttributes,
    /// Width and height that the markup says, in CSS px.
    pub(crate) dimensions: [Option<f32>; 2],
    /// Whether it is loaded only near the viewport.
    pub(crate) is_lazy: bool,
    /// Whether it uses `srcset` or is in a `<picture>`.
    /// <https://html.spec.whatwg.org/multipage/images.html#use-srcset-or-picture>
    pub(crate) is_set: bool,
    /// Whether the element is an `<object>` or `<embed>`, about which policies have words of their own.
    pub(crate) is_object: bool,
}

/// One source: its condition, its candidates, and how large it is drawn.
#[derive(Clone, Debug, Default, PartialEq)]
pub(crate) struct ImageSource {
    pub(crate) media: Option<String>,
    pub(crate) mime_type: Option<String>,
    pub(crate) srcset: Option<String>,
    pub(crate) sizes: Option<String>,
    pub(crate) src: Option<String>,
}

/// What an element can show, where it is an `<img>` or its like.
pub(crate) fn image_candidates(document: &Document, node: NodeId) -> Option<ImageCandidates> {
    let element = document.element(node).filter(|element| element.name.namespace == ns!(html))?;
    let only = |name: &LocalName| {
        let src = element.attribute(name)?.to_owned();
        Some(vec![ImageSource { src: Some(src), ..ImageSource::default() }])
    };
    let sources = match element.name.local {
        local_name!("img") => image_sources(document, node, element),
        local_name!("input") => {
            let is_image = element
                .attribute(&local_name!("type"))
                .is_some_and(|kind| kind.eq_ignore_ascii_case("image"));
            only(&local_name!("src")).filter(|_| is_image)?
        }
        local_name!("video") => only(&local_name!("poster"))?,
        local_name!("object") => only(&local_name!("data"))?,
        local_name!("embed") => only(&local_name!("src"))?,
        _ => return None,
    };
    let (fetch, dimensions, is_lazy) = if element.name.local == local_name!("img") {
        let side = |name| element.attribute(name).and_then(dimension);
        let dimensions = [side(&local_name!("width")), side(&local_name!("height"))];
        (fetch_attributes::of_element(element), dimensions, is_lazy(element))
    } else {
        Default::default()
    };
    let is_set = element.is_html(&local_name!("img"))
        && (element.has_attribute(&local_name!("srcset")) || picture(document, node).is_some());
    let is_object = matches!(element.name.local, local_name!("object") | local_name!("embed"));
    Some(ImageCandidates { sources, fetch, dimensions, is_lazy, is_set, is_object })
}

/// Whether an element is to be loaded only near the viewport.
/// <https://html.spec.whatwg.org/multipage/urls-and-fetching.html#lazy-loading-attributes>
pub(crate) fn is_lazy(element: &ElementData) -> bool {
    let loading = element.attribute(&LocalName::from("loading"));
    loading.is_some_and(|loading| loading.eq_ignore_ascii_case("lazy"))
}

/// A side in CSS px, where it is no percentage.
/// <https://html.spec.whatwg.org/multipage/common-microsyntaxes.html#rules-for-parsing-dimension-values>
pub(super) fn dimension(value: &str) -> Option<f32> {
    let value = value.trim_ascii_start();
    let end = value.find(|c: char| !c.is_ascii_digit() && c != '.').unwrap_or(value.len());
    if value[end..].starts_with('%') { None } else { value[..end].parse().ok() }
}

/// The `<picture>` that an image is in.
fn picture(document: &Document, image: NodeId) -> Option<NodeId> {
    document.parent_element(image).filter(|&parent| {
        document.element(parent).is_some_and(|element| element.is_html(&local_name!("picture")))
    })
}

/// <https://html.spec.whatwg.org/multipage/images.html#update-the-source-set>
fn image_sources(document: &Document, node: NodeId, img: &ElementData) -> Vec<ImageSource> {
    let attribute = |element: &ElementData, name: &LocalName| element.attribute(name).map(str::to_owned);
    let mut sources = Vec::new();
    if let Some(picture) = picture(document, node) {
        for child in document.element_children(picture).take_while(|&child| child != node) {
            let Some(source) =
                document.element(child).filter(|element| element.is_html(&local_name!("source")))
            else {
                continue;
            };
            sources.push(ImageSource {
                media: attribute(source, &local_name!("media")),
                mime_type: attribute(source, &local_name!("type")),
                srcset: attribute(source, &local_name!("srcset")),
                sizes: attribute(source, &local_name!("sizes")),
                src: None,
            });
        }
    }
    sources.push(ImageSource {
        media: None,
        mime_type: None,
        srcset: attribute(img, &local_name!("srcset")),
        sizes: attribute(img, &local_name!("sizes")),
        src: attribute(img, &local_name!("src")).filter(|src| !src.trim().is_empty()),
    });
    sources
}

/// The other file that an SVG element shows something of, as its attribute names it.
/// <https://svgwg.org/svg2-draft/linking.html#linkRefAttrs>
pub(crate) fn svg_reference(element: &ElementData) -> Option<&str> {
    if element.name.namespace != ns!(svg) || !matches!(&*element.name.local, "use" | "image" | "feImage") {
        return None;
    }
    let in_xlink = || element.attribute_ns(&ns!(xlink), &local_name!("href"));
    let href = element.attribute(&local_name!("href")).or_else(in_xlink)?.trim();
    (!href.is_empty() && !href.starts_with('#') && !href.starts_with("data:")).then_some(href)
}

#[cfg(test)]
mod tests {
    use fanlight_base::diagnostics::Unheard;
    use fanlight_html::{DocumentKind, ParserOptions, parse_document};

    use super::*;

    fn owners(html: &str) -> Vec<(String, String)> {
        owners_of(html, DocumentKind::Html)
    }

    fn owners_of(text: &str, kind: DocumentKind) -> Vec<(String, String)> {
        let url = Arc::new(Url::parse("http://a/dir/page").unwrap());
        let options = ParserOptions { kind, ..ParserOptions::new(url.as_str(), Arc::new(Unheard)) };
        let document = parse_document(text.as_bytes(), &options);
        let described = |owner: SheetOwner| match owner.contents {
            SheetContents::Inline(text) => (text, owner.media),
            SheetContents::External(url) => (url.to_string(), owner.media),
        };
        document
            .descendants(NodeId::DOCUMENT)
            .filter_map(|node| sheet_owner(&document, node, &url).map(described))
            .collect()
    }

    #[test]
    fn sheets_are_those_that_apply_in_tree_order() {
        let html = "<link rel='preload stylesheet' href=a.css media=print><style>p{}</style>\
            <link rel='alternate stylesheet' href=no.css><link rel=stylesheet href=no.css disabled>\
            <link rel=stylesheet href=no.less type=text/less><style type=text/plain>no</style><link rel=stylesheet>\
            <body><svg><style>q{}</style></svg>";
        let expected = [("http://a/dir/a.css", "print"), ("p{}", ""), ("q{}", "")];
        assert_eq!(owners(html), expected.map(|(contents, media)| (contents.to_owned(), media.to_owned())));
    }

    #[test]
    fn a_base_element_may_not_lead_into_data_or_scripts() {
        let url = Url::parse("http://a/dir/page").unwrap();
        let base = |html: &str| {
            let options = ParserOptions::new(url.as_str(), Arc::new(Unheard));
            let document = parse_document(html.as_bytes(), &options);
            let elements = document.descendants(NodeId::DOCUMENT).filter_map(|node| document.element(node));
            elements.filter_map(|element| base_url(element, &url)).map(|url| url.to_string()).next()
        };
        assert_eq!(base("<base href='//b/x/'>").as_deref(), Some("http://b/x/"));
        assert_eq!(base("<base href='data:,x'>").as_deref(), Some("http://a/dir/page"));
        assert_eq!(base("<base target=x>"), None);
    }

    #[test]
    fn xml_brings_sheets_by_processing_instruction() {
        let xml =
            "<?xml-stylesheet type='text/css' href=\"a.css\"?><html xmlns='http://www.w3.org/1999/xhtml'/>";
        assert_eq!(owners_of(xml, DocumentKind::Xml), [("http://a/dir/a.css".to_owned(), String::new())]);
    }

    #[test]
    fn the_sources_of_a_picture_come_before_its_image() {
        let html = "<picture><source media='(min-width: 9px)' srcset=a type=image/webp><img src=b srcset='c 2x'></picture>\
            <input type=image src=d><input src=no><video poster=e></video><img>";
        let document = parse_document(html.as_bytes(), &ParserOptions::new("http://a/", Arc::new(Unheard)));
        let candidates: Vec<ImageCandidates> = document
            .descendants(NodeId::DOCUMENT)
            .filter_map(|node| image_candidates(&document, node))
            .collect();
        let sources: Vec<Vec<_>> = candidates
            .iter()
            .map(|candidates| {
                let sources = candidates.sources.iter();
                sources.map(|source| (source.srcset.as_deref(), source.src.as_deref())).collect()
            })
            .collect();
        assert_eq!(
            sources,
            [
                vec![(Some("a"), None), (Some("c 2x"), Some("b"))],
                vec![(None, Some("d"))],
                vec![(None, Some("e"))],
                vec![(None, None)],
            ]
        );
    }
}
