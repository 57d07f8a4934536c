//! What the elements of a document refer to.

use fanlight_base::atoms::{local_name, ns};
use fanlight_base::{LocalName, Namespace};
use fanlight_dom::{Document, ElementData, NodeId};
use url::Url;

/// An element that brings a style sheet.
/// <https://html.spec.whatwg.org/multipage/semantics.html#the-style-element>
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct SheetOwner {
    pub(crate) node: NodeId,
    pub(crate) media: String,
    pub(crate) contents: SheetContents,
}

/// Where a style sheet's text is.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum SheetContents {
    /// In the document.
    Inline(String),
    /// At a URL.
    External(Url),
}

/// The document's base URL. <https://html.spec.whatwg.org/multipage/urls-and-fetching.html#document-base-url>
pub(crate) fn base_url(document: &Document, document_url: &Url) -> Url {
    let base = document.descendants(NodeId::DOCUMENT).find_map(|node| {
        let element = document.element(node)?;
        element.is_html(&local_name!("base")).then(|| element.attribute(&local_name!("href"))).flatten()
    });
    base.and_then(|href| document_url.join(href.trim()).ok())
        .filter(|url| !matches!(url.scheme(), "data" | "javascript"))
        .unwrap_or_else(|| document_url.clone())
}

/// The elements that bring style sheets, in tree order.
pub(crate) fn sheet_owners(document: &Document, base: &Url) -> Vec<SheetOwner> {
    let mut owners: Vec<SheetOwner> = processing_instructions(document, base).into_iter().collect();
    owners.extend(document.descendants(NodeId::DOCUMENT).filter_map(|node| {
        let element = document.element(node)?;
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
        Some(SheetOwner { node, media, contents })
    }));
    owners
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

/// `<?xml-stylesheet href="…" type="text/css"?>` before the document element.
/// <https://www.w3.org/TR/xml-stylesheet/>
fn processing_instructions(document: &Document, base: &Url) -> Vec<SheetOwner> {
    let sheet = |node: NodeId| {
        let fanlight_dom::NodeData::ProcessingInstruction(instruction) = document.node(node).data() else {
            return None;
        };
        let fanlight_dom::ProcessingInstruction { target, data } = &**instruction;
        if target != "xml-stylesheet"
            || pseudo_attribute(data, "alternate").is_some_and(|value| value == "yes")
        {
            return None;
        }
        let is_css = pseudo_attribute(data, "type").is_none_or(|mime| mime.eq_ignore_ascii_case("text/css"));
        let url = base.join(pseudo_attribute(data, "href")?).ok().filter(|_| is_css)?;
        let media = pseudo_attribute(data, "media").unwrap_or_default().to_owned();
        Some(SheetOwner { node, media, contents: SheetContents::External(url) })
    };
    document.children(NodeId::DOCUMENT).filter_map(sheet).collect()
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

/// What an `<img>` and its like show.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct ImageReference {
    pub(crate) node: NodeId,
    pub(crate) candidates: ImageCandidates,
}

/// The sources among which one is chosen when the viewport is known.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct ImageCandidates {
    /// The `<source>` elements before the image in its `<picture>`, then the image itself.
    pub(crate) sources: Vec<ImageSource>,
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

/// The elements that show an image, in tree order.
pub(crate) fn image_references(document: &Document) -> Vec<ImageReference> {
    let reference = |node: NodeId| {
        let element = document.element(node)?;
        if element.name.namespace != ns!(html) {
            return None;
        }
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
        Some(ImageReference { node, candidates: ImageCandidates { sources } })
    };
    document.descendants(NodeId::DOCUMENT).filter_map(reference).collect()
}

/// <https://html.spec.whatwg.org/multipage/images.html#update-the-source-set>
fn image_sources(document: &Document, node: NodeId, img: &ElementData) -> Vec<ImageSource> {
    let attribute = |element: &ElementData, name: &LocalName| element.attribute(name).map(str::to_owned);
    let mut sources = Vec::new();
    let picture = document.parent_element(node).filter(|&parent| {
        document.element(parent).is_some_and(|element| element.is_html(&local_name!("picture")))
    });
    if let Some(picture) = picture {
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

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use fanlight_base::diagnostics::Unheard;
    use fanlight_html::{DocumentKind, ParserOptions, parse_document};

    use super::*;

    fn owners(html: &str) -> Vec<(String, String)> {
        owners_of(html, DocumentKind::Html)
    }

    fn owners_of(text: &str, kind: DocumentKind) -> Vec<(String, String)> {
        let url = Url::parse("http://a/dir/page").unwrap();
        let options = ParserOptions { kind, ..ParserOptions::new(url.as_str(), Arc::new(Unheard)) };
        let document = parse_document(text.as_bytes(), &options);
        let base = base_url(&document, &url);
        sheet_owners(&document, &base)
            .into_iter()
            .map(|owner| {
                let contents = match owner.contents {
                    SheetContents::Inline(text) => text,
                    SheetContents::External(url) => url.to_string(),
                };
                (contents, owner.media)
            })
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
    fn the_base_element_counts_for_what_stands_before_it_too() {
        let html = "<link rel=stylesheet href=a.css><base href='//b/x/'>";
        assert_eq!(owners(html), [("http://b/x/a.css".to_owned(), String::new())]);
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
        let references = image_references(&document);
        let sources: Vec<Vec<_>> = references
            .iter()
            .map(|reference| {
                let sources = reference.candidates.sources.iter();
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
