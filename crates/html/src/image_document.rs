//! The document around an image that is opened by itself, as Chromium makes it.
//! <https://html.spec.whatwg.org/multipage/document-lifecycle.html#read-media>

use std::sync::Arc;

use fanlight_base::{LocalName, QualName};
use fanlight_dom::{Attribute, Document, NodeId};

const HTML_STYLE: &str = "height: 100%;";
const BODY_STYLE: &str = "margin: 0px; height: 100%; background-color: rgb(14, 14, 14);";
const IMAGE_STYLE: &str =
    "display: block;-webkit-user-select: none;margin: auto;background-color: hsl(0, 0%, 90%);";

/// The image's bytes are not needed: the `img` element asks for them again by the same address.
pub(crate) fn image_document(url: Arc<str>) -> Document {
    let mut document = Document::new(url.clone());
    let html = append(&mut document, NodeId::DOCUMENT, "html", &[("style", HTML_STYLE)]);
    let head = append(&mut document, html, "head", &[]);
    let viewport = "width=device-width, minimum-scale=0.1";
    append(&mut document, head, "meta", &[("name", "viewport"), ("content", viewport)]);
    let title = append(&mut document, head, "title", &[]);
    document.append_text(title, file_name(&url));
    let body = append(&mut document, html, "body", &[("style", BODY_STYLE)]);
    append(&mut document, body, "img", &[("style", IMAGE_STYLE), ("src", &url)]);
    document
}

fn append(document: &mut Document, parent: NodeId, name: &str, attributes: &[(&str, &str)]) -> NodeId {
    let attributes = attributes.iter().map(|(name, value)| Attribute {
        name: QualName::attribute(LocalName::from(*name)),
        value: (*value).to_owned(),
    });
    let node = document.create_element(QualName::html(LocalName::from(name)), attributes);
    document.append(parent, node);
    node
}

fn file_name(url: &str) -> &str {
    let path = url.split(['?', '#']).next().unwrap_or_default();
    path.rsplit('/').next().unwrap_or_default()
}
