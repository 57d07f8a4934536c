//! What the relations of a link ask for: of a `<link>` element, seen by the scanner or made by the parser, or of a `Link`
//! header field.
//! <https://html.spec.whatwg.org/multipage/links.html#linkTypes>

use super::hint::{FetchAttributes, PreloadKind};

impl FetchAttributes {
    /// The attributes of an element; `attribute` gives the value of each by its name.
    pub fn read<'a>(attribute: &dyn Fn(&str) -> Option<&'a str>) -> Self {
        let owned = |name| attribute(name).map(str::to_owned);
        FetchAttributes {
            cross_origin: owned("crossorigin"),
            priority: owned("fetchpriority"),
            referrer_policy: owned("referrerpolicy"),
            integrity: owned("integrity"),
            nonce: owned("nonce"),
        }
    }
}

/// What a link asks for, one for each relation that says something; `attribute` gives the value of each of its attributes
/// by its name.
///
/// ```
/// use fanlight_html::{PreloadKind, link_hints};
///
/// let attribute = |name: &str| match name {
///     "rel" => Some("preconnect"),
///     "href" => Some("https://fonts.example/"),
///     _ => None,
/// };
/// assert!(matches!(&link_hints(&attribute)[..], [PreloadKind::Preconnect { only_dns: false, .. }]));
/// ```
pub fn link_hints<'a>(attribute: &dyn Fn(&str) -> Option<&'a str>) -> Vec<PreloadKind> {
    let owned = |name: &str| attribute(name).map(str::to_owned);
    let Some(rel) = attribute("rel") else { return Vec::new() };
    let href = attribute("href").and_then(address);
    let image_srcset = owned("imagesrcset");
    if href.is_none() && image_srcset.is_none() {
        return Vec::new();
    }
    let (media, mime_type, fetch) = (owned("media"), owned("type"), FetchAttributes::read(attribute));
    let rels: Vec<String> = rel.split_ascii_whitespace().map(str::to_ascii_lowercase).collect();
    let is_alternate = rels.iter().any(|rel| rel == "alternate");
    let is_css = mime_type.as_deref().is_none_or(|mime_type| {
        let essence = mime_type.split(';').next().unwrap_or_default().trim();
        essence.is_empty() || essence.eq_ignore_ascii_case("text/css")
    });
    let hint = |rel: &String| {
        let (media, mime_type, fetch) = (media.clone(), mime_type.clone(), fetch.clone());
        let destination = attribute("as").unwrap_or_default().to_ascii_lowercase();
        Some(match rel.as_str() {
            "stylesheet" if is_css && !is_alternate && attribute("disabled").is_none() => {
                PreloadKind::Stylesheet { url: href.clone()?, media, fetch }
            }
            "preload" => {
                let is_image = destination == "image";
                PreloadKind::Preload {
                    url: href.clone(),
                    destination,
                    media,
                    mime_type,
                    image_srcset: image_srcset.clone().filter(|_| is_image),
                    image_sizes: owned("imagesizes").filter(|_| is_image),
                    fetch,
                }
            }
            "modulepreload" => PreloadKind::ModulePreload {
                url: href.clone()?,
                destination: if destination.is_empty() { "script".to_owned() } else { destination },
                media,
                fetch,
            },
            "preconnect" => PreloadKind::Preconnect { url: href.clone()?, only_dns: false, fetch },
            "dns-prefetch" => PreloadKind::Preconnect { url: href.clone()?, only_dns: true, fetch },
            "prefetch" => PreloadKind::Prefetch { url: href.clone()?, media, fetch },
            _ => return None,
        })
    };
    rels.iter().filter_map(hint).collect()
}

/// An address, unless it is blank.
pub(super) fn address(value: &str) -> Option<String> {
    let url = value.trim_matches([' ', '\t', '\n', '\r', '\x0C']);
    (!url.is_empty()).then(|| url.to_owned())
}
