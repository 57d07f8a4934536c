//! What a start tag says that the document needs.

use fanlight_base::atoms::local_name;
use html5ever::tokenizer::Tag;

use super::hint::{FetchAttributes, ImageSource, PreloadKind};
use super::links::link_hints;

/// What the scanner remembers from tag to tag.
#[derive(Default)]
pub(super) struct Context {
    has_base: bool,
    /// What the open `<picture>` offers; `None` outside.
    picture: Option<Vec<ImageSource>>,
}

impl Context {
    pub(super) fn end_tag(&mut self, tag: &Tag) {
        if tag.name == local_name!("picture") {
            self.picture = None;
        }
    }

    /// What the tag needs; mostly nothing.
    pub(super) fn start_tag(&mut self, tag: &Tag) -> Vec<PreloadKind> {
        let hint = match tag.name {
            local_name!("base") => self.base(tag),
            local_name!("link") => return link_hints(&|name| attribute(tag, name)),
            local_name!("meta") if is(tag, "http-equiv", "content-security-policy") => {
                Some(PreloadKind::ContentSecurityPolicy)
            }
            local_name!("script") => script(tag),
            local_name!("img") | local_name!("image") => self.image(tag),
            local_name!("input") if is(tag, "type", "image") => self.image(tag),
            local_name!("picture") => {
                self.picture = Some(Vec::new());
                None
            }
            local_name!("source") => {
                self.source(tag);
                None
            }
            local_name!("video") => address(tag, "poster").map(|url| PreloadKind::Poster { url }),
            _ => None,
        };
        Vec::from_iter(hint)
    }

    fn base(&mut self, tag: &Tag) -> Option<PreloadKind> {
        let href = attribute(tag, "href").filter(|_| !self.has_base)?.to_owned();
        self.has_base = true;
        Some(PreloadKind::Base { href })
    }

    fn image(&mut self, tag: &Tag) -> Option<PreloadKind> {
        // Only the first `<img>` of a picture takes what it offers.
        let sources = self.picture.as_mut().map(std::mem::take).unwrap_or_default();
        let (src, srcset) = (address(tag, "src"), owned(tag, "srcset"));
        if src.is_none() && srcset.is_none() && sources.is_empty() {
            return None;
        }
        Some(PreloadKind::Image {
            sources,
            src,
            srcset,
            sizes: owned(tag, "sizes"),
            dimensions: [owned(tag, "width"), owned(tag, "height")],
            is_lazy: is(tag, "loading", "lazy"),
            fetch: fetch_attributes(tag),
        })
    }

    fn source(&mut self, tag: &Tag) {
        if let (Some(sources), Some(srcset)) = (&mut self.picture, owned(tag, "srcset")) {
            sources.push(ImageSource {
                srcset,
                sizes: owned(tag, "sizes"),
                media: owned(tag, "media"),
                mime_type: owned(tag, "type"),
            });
        }
    }
}

/// <https://html.spec.whatwg.org/multipage/scripting.html#prepare-the-script-element>
fn script(tag: &Tag) -> Option<PreloadKind> {
    let url = address(tag, "src")?;
    let mime_type = attribute(tag, "type").unwrap_or_default().trim().to_ascii_lowercase();
    let is_module = mime_type == "module";
    let is_classic = mime_type.is_empty() || fanlight_base::mime::is_javascript_essence(&mime_type);
    let is_for_old_browsers = !is_module && attribute(tag, "nomodule").is_some();
    if !(is_module || is_classic) || is_for_old_browsers {
        return None;
    }
    Some(PreloadKind::Script {
        url,
        is_module,
        is_async: attribute(tag, "async").is_some(),
        is_defer: attribute(tag, "defer").is_some(),
        fetch: fetch_attributes(tag),
    })
}

fn fetch_attributes(tag: &Tag) -> FetchAttributes {
    FetchAttributes::read(&|name| attribute(tag, name))
}

fn attribute<'a>(tag: &'a Tag, name: &str) -> Option<&'a str> {
    tag.attrs.iter().find(|attribute| *attribute.name.local == *name).map(|attribute| &*attribute.value)
}

fn owned(tag: &Tag, name: &str) -> Option<String> {
    attribute(tag, name).map(str::to_owned)
}

/// An address, unless it is blank.
fn address(tag: &Tag, name: &str) -> Option<String> {
    super::links::address(attribute(tag, name)?)
}

fn is(tag: &Tag, name: &str, value: &str) -> bool {
    attribute(tag, name).is_some_and(|present| present.eq_ignore_ascii_case(value))
}
