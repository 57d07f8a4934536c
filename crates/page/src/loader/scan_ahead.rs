//! The scan ahead: what of the document waits for the parser is looked through for what the document will need, so that it
//! is on its way when the parser comes to it.
//! <https://html.spec.whatwg.org/multipage/parsing.html#speculative-html-parsing>

use std::sync::Arc;

use fanlight_base::diagnostics::Unheard;
use fanlight_fetch::{Bytes, Destination, Initiator, InitiatorKind, Request, Url};
use fanlight_html::{ParserOptions, PreloadHint, PreloadKind, PreloadScanner};

use super::discover::{ImageCandidates, ImageSource};
use super::source_set;
use crate::options::PageOptions;

/// How many bytes are looked through in one go: the window does not wait longer for it than for the parser.
const SCAN_BYTES: usize = 1 << 20;

/// A scan of the document's bytes from their beginning.
pub(super) struct ScanAhead {
    scanner: PreloadScanner,
    /// How many chunks have been looked through.
    scanned: usize,
}

impl ScanAhead {
    /// The scan of a document of HTML.
    pub(super) fn new(url: &Url, charset: Option<&str>) -> Self {
        let options = ParserOptions { charset, ..ParserOptions::new(url.as_str(), Arc::new(Unheard)) };
        ScanAhead { scanner: PreloadScanner::new(&options), scanned: 0 }
    }

    /// Looks through what has not been looked through of all chunks that have come.
    pub(super) fn scan(&mut self, chunks: &[Bytes]) -> Vec<PreloadHint> {
        let mut hints = Vec::new();
        let mut bytes = 0;
        while let Some(chunk) = chunks.get(self.scanned).filter(|_| bytes < SCAN_BYTES) {
            hints.extend(self.scanner.scan(chunk));
            bytes += chunk.len();
            self.scanned += 1;
        }
        hints
    }
}

/// The requests that hints ask for. `base` is what the addresses are relative to; a hint can change it for those that
/// follow.
pub(super) fn requests(
    hints: Vec<PreloadHint>,
    page: &Url,
    base: &mut Url,
    options: &PageOptions,
) -> Vec<Request> {
    let mut requests = Vec::new();
    for hint in hints {
        let (url, destination, kind) = match hint.kind {
            PreloadKind::Base { href } => {
                if let Ok(url) = page.join(&href) {
                    *base = url;
                }
                continue;
            }
            PreloadKind::Stylesheet { url, .. } => {
                (base.join(&url).ok(), Destination::Style, InitiatorKind::Parser)
            }
            PreloadKind::Image { sources, src, srcset, sizes, is_lazy: false, .. } => {
                let sources = sources.into_iter().map(|source| ImageSource {
                    media: source.media,
                    mime_type: source.mime_type,
                    srcset: Some(source.srcset),
                    sizes: source.sizes,
                    src: None,
                });
                let own = ImageSource { media: None, mime_type: None, srcset, sizes, src };
                let candidates = ImageCandidates { sources: sources.chain([own]).collect() };
                let (url, _) = source_set::choose(&candidates, options, base);
                (url, Destination::Image, InitiatorKind::Image)
            }
            // Scripts do not run, fonts wait for the text that asks for them, and lazy images for their turn.
            _ => continue,
        };
        if let Some(url) = url {
            let initiator = Initiator::new(kind, page.clone()).at_line(hint.line);
            requests.push(Request::subresource(url, destination, initiator));
        }
    }
    requests
}

#[cfg(test)]
mod tests {
    use super::*;

    fn requested(chunks: &[&'static str]) -> Vec<String> {
        let page = Url::parse("http://a/dir/").unwrap();
        let chunks: Vec<Bytes> = chunks.iter().map(|chunk| Bytes::from_static(chunk.as_bytes())).collect();
        let mut scan = ScanAhead::new(&page, Some("utf-8"));
        let mut base = page.clone();
        let mut found = Vec::new();
        for end in 1..=chunks.len() {
            let hints = scan.scan(&chunks[..end]);
            let requests = requests(hints, &page, &mut base, &PageOptions::default());
            found.extend(requests.into_iter().map(|request| request.url.to_string()));
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
}
