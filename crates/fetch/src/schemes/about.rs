//! `about:` URLs: `about:blank`, and the pages that the embedder hands in.

use std::collections::BTreeMap;

use bytes::Bytes;
use url::Url;

use super::local_response;
use crate::error::{FetchError, FetchErrorKind};
use crate::mime_type::MimeType;
use crate::response::{Protocol, Response};

/// The built-in pages by their paths: `start` for `about:start`.
#[derive(Clone, Default)]
pub(crate) struct AboutPages {
    pages: BTreeMap<String, Page>,
}

#[derive(Clone)]
struct Page {
    mime_type: MimeType,
    body: Bytes,
}

impl AboutPages {
    pub(crate) fn insert(&mut self, path: &str, mime_type: MimeType, body: Bytes) {
        self.pages.insert(path.to_owned(), Page { mime_type, body });
    }

    pub(crate) fn answer(&self, url: &Url) -> Result<Response, FetchError> {
        match self.pages.get(url.path()) {
            Some(page) => Ok(local_response(url, Protocol::About, page.mime_type.clone(), page.body.clone())),
            None => {
                let known = std::iter::once("about:blank".to_owned())
                    .chain(self.pages.keys().map(|path| format!("about:{path}")));
                let known = known.collect::<Vec<_>>().join(", ");
                Err(FetchError::new(url, FetchErrorKind::UnknownAboutPage { known }))
            }
        }
    }
}

/// An empty HTML document in UTF-8.
/// <https://fetch.spec.whatwg.org/#scheme-fetch>
pub(crate) fn blank(url: &Url) -> Response {
    let mime_type = MimeType::parse("text/html;charset=utf-8").expect("a constant that parses");
    local_response(url, Protocol::About, mime_type, Bytes::new())
}
