//! What links prepare: `<link rel=preload | preconnect | dns-prefetch | prefetch>`, and the `Link` header field.
//! <https://html.spec.whatwg.org/multipage/links.html#linkTypes>
//!
//! Scripts do not run: modules, and preloads as scripts, are fetched where scripts are, and what only they could use is not:
//! preloads for `fetch()` and the like.

use fanlight_base::Stage;
use fanlight_base::mime::is_javascript_essence;
use fanlight_css::media::MediaList;
use fanlight_fetch::headers::links;
use fanlight_fetch::{Destination, HeaderList, Initiator, InitiatorKind, Priority, Request, Url};
use fanlight_html::{PreloadKind, link_hints};

use super::discover::{ImageCandidates, ImageSource};
use super::downloads::Asked;
use super::priorities::{Discovery, Place, ScriptPlace};
use super::scripts::order::ScriptKind;
use super::{Loader, fetch_attributes, scripts, source_set};
use crate::device;
use crate::limits::MAX_PRECONNECTS;
use crate::options::PageOptions;

/// Something to do before it is needed.
pub(super) enum Preparation {
    /// To fetch what this page will need.
    Fetch(Asked),
    /// To connect to the origin of a URL, or only to look up its address.
    Connect { url: Url, only_dns: bool },
    /// To fetch what the next page will need.
    Prefetch(Request),
}

/// The document that links stand in, and how it is loaded.
pub(super) struct Referrer<'a> {
    pub(super) page: &'a Url,
    /// What relative addresses refer to.
    pub(super) base: &'a Url,
    pub(super) options: &'a PageOptions,
}

impl Referrer<'_> {
    fn initiator(&self, line: Option<u32>) -> Initiator {
        Initiator { kind: InitiatorKind::Link, source: Some(self.page.clone()), line }
    }

    pub(super) fn matches(&self, media: Option<&str>) -> bool {
        media.is_none_or(|media| MediaList::parse_text(media).matches(&device::of(self.options)))
    }

    /// What a link asks for; nothing where it is no link that prepares.
    pub(super) fn preparation(&self, link: PreloadKind, line: Option<u32>) -> Option<Preparation> {
        match link {
            PreloadKind::Preconnect { url, only_dns, .. } => {
                let url = self.base.join(&url).ok().filter(|url| url.scheme().starts_with("http"))?;
                Some(Preparation::Connect { url, only_dns })
            }
            PreloadKind::Prefetch { url, media, fetch } => {
                // A picture is not followed by another page.
                let url = self.base.join(&url).ok().filter(|_| self.options.progressive)?;
                if !self.matches(media.as_deref()) {
                    return None;
                }
                let request = Request::subresource(url, Destination::Empty, self.initiator(line));
                let mut request = fetch_attributes::apply(&fetch, request).with_priority(Priority::VeryLow);
                request.headers.append("Sec-Purpose", "prefetch");
                Some(Preparation::Prefetch(request))
            }
            PreloadKind::ModulePreload { url, destination, media, fetch } if destination == "script" => {
                let url = self.base.join(&url).ok().filter(|_| self.matches(media.as_deref()))?;
                let request =
                    scripts::element::request(ScriptKind::Module, url, &fetch, self.initiator(line));
                let place = Place {
                    hint: fetch_attributes::fetch_priority(&fetch),
                    discovery: Discovery::Preload,
                    script: ScriptPlace::Module,
                    ..Place::default()
                };
                Some(Preparation::Fetch(Asked { request, place }))
            }
            PreloadKind::Preload { .. } => self.preload(link, line).map(Preparation::Fetch),
            _ => None,
        }
    }

    /// <https://html.spec.whatwg.org/multipage/links.html#preload>
    fn preload(&self, link: PreloadKind, line: Option<u32>) -> Option<Asked> {
        let PreloadKind::Preload { url, destination, media, mime_type, image_srcset, image_sizes, fetch } =
            link
        else {
            return None;
        };
        let destination = match destination.as_str() {
            "style" => Destination::Style,
            "font" => Destination::Font,
            "image" => Destination::Image,
            "script" => Destination::Script,
            _ => return None,
        };
        if !self.matches(media.as_deref())
            || !mime_type.is_none_or(|mime_type| is_supported_type(destination, &mime_type))
        {
            return None;
        }
        let url = match destination {
            Destination::Image => {
                let source =
                    ImageSource { src: url, srcset: image_srcset, sizes: image_sizes, ..Default::default() };
                let candidates = ImageCandidates { sources: vec![source], ..ImageCandidates::default() };
                source_set::choose(&candidates, self.options, self.base).0?
            }
            _ => self.base.join(&url?).ok()?,
        };
        let mut request = Request::subresource(url, destination, self.initiator(line));
        if destination == Destination::Font {
            // Only with `crossorigin` is it what `@font-face` asks for.
            (request.mode, request.credentials) =
                (fanlight_fetch::Mode::NoCors, fanlight_fetch::Credentials::Include);
        }
        let place = Place {
            hint: fetch_attributes::fetch_priority(&fetch),
            discovery: Discovery::Preload,
            ..Place::default()
        };
        Some(Asked { request: fetch_attributes::apply(&fetch, request), place })
    }
}

/// Whether a preload of a type can be used.
fn is_supported_type(destination: Destination, mime_type: &str) -> bool {
    let essence = mime_type.split(';').next().unwrap_or_default().trim().to_ascii_lowercase();
    match destination {
        Destination::Image => source_set::is_supported_type(&essence),
        Destination::Style => matches!(essence.as_str(), "" | "text/css"),
        Destination::Script => essence.is_empty() || is_javascript_essence(&essence),
        Destination::Font => {
            matches!(
                essence.as_str(),
                "" | "application/font-sfnt"
                    | "application/font-woff"
                    | "application/vnd.ms-opentype"
                    | "application/x-font-opentype"
                    | "application/x-font-truetype"
                    | "application/x-font-ttf"
                    | "application/x-font-woff"
            ) || essence.starts_with("font/")
        }
        _ => true,
    }
}

impl Loader {
    /// Prepares what the `Link` fields of the document's answer name.
    /// <https://html.spec.whatwg.org/multipage/semantics.html#processing-link-headers>
    pub(super) fn follow_link_headers(&mut self, headers: &HeaderList, options: &PageOptions) {
        self.follow_links(headers, options, |_| true);
    }

    /// Prepares what early hints name: what this document will need, but nothing for the next one. Where they bring a policy,
    /// the head is waited for.
    /// <https://html.spec.whatwg.org/multipage/semantics.html#early-hints>
    pub(super) fn follow_early_hints(&mut self, headers: &HeaderList, options: &PageOptions) {
        if !headers.contains("Content-Security-Policy") {
            let is_allowed = |hint: &PreloadKind| {
                matches!(
                    hint,
                    PreloadKind::Preload { .. }
                        | PreloadKind::ModulePreload { .. }
                        | PreloadKind::Preconnect { .. }
                )
            };
            self.follow_links(headers, options, is_allowed);
        }
    }

    fn follow_links(
        &mut self,
        headers: &HeaderList,
        options: &PageOptions,
        is_allowed: impl Fn(&PreloadKind) -> bool,
    ) {
        for link in links(headers) {
            // One with an anchor speaks of another document.
            if link.parameter("anchor").is_some() {
                continue;
            }
            let attribute = |name: &str| match name {
                "href" => Some(link.target.as_str()),
                name => link.parameter(name),
            };
            for hint in link_hints(&attribute).into_iter().filter(&is_allowed) {
                self.follow_link(hint, None, options);
            }
        }
    }

    /// Prepares what a link of the document names.
    pub(super) fn follow_link(&mut self, link: PreloadKind, line: Option<u32>, options: &PageOptions) {
        let base = std::sync::Arc::clone(&self.base_url);
        let page = self.url.clone();
        let referrer = Referrer { page: &page, base: &base, options };
        if let Some(preparation) = referrer.preparation(link, line) {
            self.prepare(preparation, options);
        }
    }

    /// Does what is to be done before it is needed, as far as the options' goal has a use for it.
    pub(super) fn prepare(&mut self, preparation: Preparation, options: &PageOptions) {
        if self.stopped {
            return;
        }
        match preparation {
            Preparation::Fetch(asked) => {
                let needed_by = match asked.request.destination {
                    Destination::Style => Stage::Cssom,
                    Destination::Script if !scripts::are_followed(options) => return,
                    Destination::Script => Stage::Cssom,
                    _ => Stage::Layout,
                };
                if options.goal >= needed_by {
                    self.start_download(asked);
                }
            }
            Preparation::Connect { url, only_dns } => {
                let origin = (url.origin().ascii_serialization(), only_dns);
                if options.goal < Stage::Cssom
                    || self.connected_ahead.len() >= MAX_PRECONNECTS
                    || !self.connected_ahead.insert(origin)
                {
                    return;
                }
                match only_dns {
                    true => self.environment.fetcher().prefetch_dns(&url),
                    false => self.environment.fetcher().preconnect(&url),
                }
            }
            Preparation::Prefetch(request) => {
                let request = request.with_client(&self.client);
                self.prefetches.push(self.environment.fetcher().start(request));
            }
        }
    }

    /// Lets go of what has been fetched for the next page: the HTTP cache keeps it.
    pub(super) fn forget_prefetched(&mut self) {
        self.prefetches.retain(|fetch| !fetch.is_done());
    }
}
