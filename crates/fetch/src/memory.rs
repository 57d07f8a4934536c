//! A table that stands for the network, for tests.

use std::collections::BTreeMap;

use bytes::Bytes;

use crate::error::{FetchError, FetchErrorKind};
use crate::exchange::Fetch;
use crate::fetcher::Fetcher;
use crate::headers::HeaderList;
use crate::log::NetworkLog;
use crate::mime_sniff::{self, SniffContext};
use crate::policy;
use crate::request::Request;
use crate::response::{Protocol, Response, ResponseHead, Sizes, Timing};
use crate::schemes;

/// Answers requests from a table of URLs; `data:` and `about:blank` are answered as ever, anything else is an error.
#[derive(Default)]
pub struct MemoryFetcher {
    resources: BTreeMap<String, Resource>,
    log: NetworkLog,
}

struct Resource {
    status: u16,
    headers: HeaderList,
    body: Bytes,
}

impl MemoryFetcher {
    /// An empty table.
    pub fn new() -> Self {
        Self::default()
    }

    /// Adds a resource with status 200 and a `Content-Type`.
    #[must_use]
    pub fn with(self, url: &str, content_type: &str, body: impl Into<Bytes>) -> Self {
        let headers = [("content-type", content_type)].into_iter().collect();
        self.with_response(url, 200, headers, body)
    }

    /// Adds a resource with everything said.
    #[must_use]
    pub fn with_response(
        mut self,
        url: &str,
        status: u16,
        headers: HeaderList,
        body: impl Into<Bytes>,
    ) -> Self {
        self.resources.insert(url.to_owned(), Resource { status, headers, body: body.into() });
        self
    }

    fn answer(&self, request: &Request) -> Result<Response, FetchError> {
        if let Some(answer) = schemes::answer_from_url(&request.url) {
            return answer;
        }
        let mut key = request.url.clone();
        key.set_fragment(None);
        let Some(resource) = self.resources.get(key.as_str()) else {
            return Err(FetchError::new(&request.url, FetchErrorKind::NotInTable));
        };
        let size = resource.body.len() as u64;
        Ok(Response {
            head: ResponseHead {
                url: request.url.clone(),
                url_list: vec![request.url.clone()],
                status: resource.status,
                status_text: String::new(),
                headers: resource.headers.clone(),
                mime_type: mime_sniff::computed_mime_type(
                    &crate::headers::supplied_type(&resource.headers),
                    SniffContext::for_destination(request.destination),
                    &resource.body,
                ),
                tainting: crate::response::Tainting::Basic,
                protocol: Protocol::Memory,
                from_cache: false,
                remote_address: None,
            },
            body: resource.body.clone(),
            timing: Timing::default(),
            sizes: Sizes { encoded: size, decoded: size },
        })
    }

    /// The head of an HTML document, for tests of what stands between fetcher and page.
    #[cfg(test)]
    pub(crate) fn html_head(url: &str) -> ResponseHead {
        let url = url::Url::parse(url).expect("tests pass valid URLs");
        ResponseHead {
            url_list: vec![url.clone()],
            url,
            status: 200,
            status_text: "OK".to_owned(),
            headers: HeaderList::new(),
            mime_type: crate::mime_type::MimeType::from_essence("text/html"),
            tainting: crate::response::Tainting::Basic,
            protocol: Protocol::Memory,
            from_cache: false,
            remote_address: None,
        }
    }
}

impl Fetcher for MemoryFetcher {
    fn start(&self, mut request: Request) -> Fetch {
        let entry = self.log.begin(&request);
        let id = entry.id();
        policy::upgrade(&mut request, &entry);
        let answer = policy::check_request(&request, 0, &entry)
            .and_then(|()| self.answer(&request))
            .and_then(|response| policy::admit(&request, response));
        entry.settle(&answer);
        match answer {
            Ok(response) => Fetch::answered(response),
            Err(error) => Fetch::failed(error),
        }
        .logged_as(id)
    }

    fn log(&self) -> &NetworkLog {
        &self.log
    }
}

#[cfg(test)]
mod tests {
    use std::time::Duration;

    use url::Url;

    use super::*;

    #[test]
    fn it_answers_from_its_table_and_logs_what_is_missing() {
        let fetcher = MemoryFetcher::new().with("http://a/x.css", "text/css", "p{}");
        let fetch =
            |url: &str| fetcher.fetch(Request::navigation(Url::parse(url).unwrap()), Duration::from_secs(1));
        let found = fetch("http://a/x.css#fragment").unwrap();
        assert_eq!((found.body.as_ref(), found.mime_type().essence()), (&b"p{}"[..], "text/css"));
        assert_eq!(fetch("http://a/y.css").unwrap_err().kind, FetchErrorKind::NotInTable);
        assert_eq!(fetch("data:,hi").unwrap().body, "hi");
        assert_eq!(fetcher.log().len(), 3);
    }
}
