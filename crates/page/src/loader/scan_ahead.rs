//! The scan ahead: what of the document waits for the parser is looked through for what the document will need, so that it
//! is on its way when the parser comes to it.
//! <https://html.spec.whatwg.org/multipage/parsing.html#speculative-html-parsing>

use std::sync::Arc;

use fanlight_base::diagnostics::Unheard;
use fanlight_fetch::{Bytes, Destination, Initiator, InitiatorKind, Request, Url};
use fanlight_html::{FetchAttributes, ParserOptions, PreloadHint, PreloadKind, PreloadScanner};

use super::discover::{self, ImageCandidates, ImageSource};
use super::downloads::Asked;
use super::links::{Preparation, Referrer};
use super::priorities::{Discovery, Place};
use super::scripts::order::ScriptKind;
use super::{fetch_attributes, scripts, source_set};
use crate::options::PageOptions;

/// How many bytes are looked through in one go: the window does not wait longer for it than for the parser.
const SCAN_BYTES: usize = 1 << 20;

/// A scan of the document's bytes from their beginning.
pub(super) struct ScanAhead {
    scanner: PreloadScanner,
    /// How many chunks have been looked through.
    scanned: usize,
    /// What a `<base>` that the scan has seen says.
    base: Option<Url>,
    /// Whether a policy has been seen that the parser is to read first.
    is_over: bool,
}

impl ScanAhead {
    /// The scan of a document of HTML.
    pub(super) fn new(url: &Url, charset: Option<&str>) -> Self {
        let options = ParserOptions { charset, ..ParserOptions::new(url.as_str(), Arc::new(Unheard)) };
        // FIXME: scripts do not run yet, as in `DocumentBytes::parser_options`.
        let options = ParserOptions { scripting: false, ..options };
        ScanAhead { scanner: PreloadScanner::new(&options), scanned: 0, base: None, is_over: false }
    }

    /// Looks through what has not been looked through of all chunks that have come.
    pub(super) fn scan(&mut self, chunks: &[Bytes]) -> Vec<PreloadHint> {
        let mut hints = Vec::new();
        let mut bytes = 0;
        while let Some(chunk) = chunks.get(self.scanned).filter(|_| bytes < SCAN_BYTES && !self.is_over) {
            hints.extend(self.scanner.scan(chunk));
            bytes += chunk.len();
            self.scanned += 1;
        }
        hints
    }

    /// What hints ask for. `base` is what addresses are relative to as far as the parser knows.
    pub(super) fn preparations(
        &mut self,
        hints: Vec<PreloadHint>,
        page: &Url,
        base: &Url,
        options: &PageOptions,
    ) -> Vec<Preparation> {
        let mut found = Vec::new();
        for hint in hints {
            match hint.kind {
                PreloadKind::Base { href } => self.base = self.base.take().or_else(|| page.join(&href).ok()),
                PreloadKind::ContentSecurityPolicy => {
                    self.is_over = true;
                    break;
                }
                kind => {
                    let base = self.base.as_ref().unwrap_or(base);
                    let referrer = Referrer { page, base, options };
                    found.extend(referrer.preparation_of_hint(kind, hint.line));
                }
            }
        }
        found
    }
}

impl Referrer<'_> {
    fn preparation_of_hint(&self, hint: PreloadKind, line: u32) -> Option<Preparation> {
        if let PreloadKind::Script { url, is_module, is_async, is_defer, fetch } = hint {
            let url = self.base.join(&url).ok()?;
            let kind = if is_module { ScriptKind::Module } else { ScriptKind::Classic };
            let initiator = Initiator::new(InitiatorKind::Parser, self.page.clone()).at_line(line);
            let place = Place {
                hint: fetch_attributes::fetch_priority(&fetch),
                discovery: Discovery::ScanAhead,
                script: scripts::place_of(kind, is_async, is_defer),
                ..Place::default()
            };
            let request = scripts::element::request(kind, url, &fetch, initiator);
            return Some(Preparation::Fetch(Asked { request, place }));
        }
        let is_from_image_set = matches!(
            &hint,
            PreloadKind::Image { sources, srcset, .. } if !sources.is_empty() || srcset.is_some()
        );
        let (url, destination, kind, fetch, dimensions) = match hint {
            PreloadKind::Stylesheet { url, media, fetch } => {
                // One for other media can wait.
                let url = self.base.join(&url).ok().filter(|_| self.matches(media.as_deref()))?;
                (url, Destination::Style, InitiatorKind::Parser, fetch, [None, None])
            }
            PreloadKind::Image { sources, src, srcset, sizes, dimensions, is_lazy: false, fetch } => {
                let sources = sources.into_iter().map(|source| ImageSource {
                    media: source.media,
                    mime_type: source.mime_type,
                    srcset: Some(source.srcset),
                    sizes: source.sizes,
                    src: None,
                });
                let own = ImageSource { media: None, mime_type: None, srcset, sizes, src };
                let sources = sources.chain([own]).collect();
                let candidates = ImageCandidates { sources, ..ImageCandidates::default() };
                let url = source_set::choose(&candidates, self.options, self.base).0?;
                let dimensions = dimensions.map(|side| discover::dimension(&side?));
                (url, Destination::Image, InitiatorKind::Image, fetch, dimensions)
            }
            PreloadKind::Poster { url } => {
                let url = self.base.join(&url).ok()?;
                (url, Destination::Image, InitiatorKind::Image, FetchAttributes::default(), [None, None])
            }
            // Lazy images wait for their turn.
            PreloadKind::Image { .. } => return None,
            link => return self.preparation(link, Some(line)),
        };
        let initiator = Initiator::new(kind, self.page.clone()).at_line(line);
        let request = fetch_attributes::apply(&fetch, Request::subresource(url, destination, initiator));
        let request = Request { is_from_image_set, ..request };
        let hint = fetch_attributes::fetch_priority(&fetch);
        let place = Place { hint, discovery: Discovery::ScanAhead, dimensions, ..Place::default() };
        Some(Preparation::Fetch(Asked { request, place }))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn requested(chunks: &[&'static str]) -> Vec<String> {
        let page = Url::parse("http://a/dir/").unwrap();
        let chunks: Vec<Bytes> = chunks.iter().map(|chunk| Bytes::from_static(chunk.as_bytes())).collect();
        let mut scan = ScanAhead::new(&page, Some("utf-8"));
        let mut found = Vec::new();
        for end in 1..=chunks.len() {
            let hints = scan.scan(&chunks[..end]);
            for preparation in scan.preparations(hints, &page, &page, &PageOptions::default()) {
                found.push(match preparation {
                    Preparation::Fetch(asked) => asked.request.url.to_string(),
                    Preparation::Connect { url, .. } => format!("connect {url}"),
                    Preparation::Prefetch(request) => format!("prefetch {}", request.url),
                });
            }
        }
        found
    }

    #[test]
    fn sheets_and_images_are_seen_across_chunks_and_follow_the_base() {
        let chunks = [
            "<link rel=style",
            "sheet href=a.css><img src=b.png><img src=no.png loading=lazy>",
            "<base href=/x/><script>'<img src=no>'</script><img srcset='c 1x, no 2x' src=d>",
        ];
        assert_eq!(requested(&chunks), ["http://a/dir/a.css", "http://a/dir/b.png", "http://a/x/c"]);
    }

    #[test]
    fn what_would_not_be_used_is_not_asked_for() {
        let chunk = "<link rel=stylesheet media=print href=no.css><link rel=preload as=image href=no media=print>\
            <link rel=preload as=font href=a.woff2 type=font/woff2><link rel=preload as=image href=no type=image/avif>\
            <script src=no nomodule></script><script src=no type=text/plain></script><template><img src=no></template><noscript><img src=b></noscript>\
            <video poster=c></video><link rel=prefetch href=no><link rel=preconnect href=//d/>";
        let expected = ["http://a/dir/a.woff2", "http://a/dir/b", "http://a/dir/c", "connect http://d/"];
        assert_eq!(requested(&[chunk]), expected);
    }

    #[test]
    fn nothing_is_asked_for_ahead_of_a_policy_that_has_not_been_read() {
        let chunks = [
            "<img src=a><meta http-equiv=content-security-policy content=\"img-src 'none'\"><img src=no>",
            "<img src=no>",
        ];
        assert_eq!(requested(&chunks), ["http://a/dir/a"]);
    }
}
