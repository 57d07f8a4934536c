//! A fetcher that answers from a recording.

use std::collections::BTreeMap;
use std::sync::Arc;

use bytes::Bytes;
use parking_lot::Mutex;
use url::Url;

use super::Recording;
use super::recording::{Answer, Outcome};
use crate::error::{FetchError, FetchErrorKind};
use crate::exchange::Fetch;
use crate::fetcher::Fetcher;
use crate::headers::supplied_type;
use crate::http::redirect::{self, NextHop};
use crate::limits::MAX_REDIRECTS;
use crate::log::{CacheVerdict, EntryWriter, NetworkLog};
use crate::mime_sniff::{self, SniffContext};
use crate::mime_type::MimeType;
use crate::policy::{self, cors, referrer};
use crate::request::{Destination, RedirectMode, Request};
use crate::response::{ResponseHead, Sizes, Tainting, Timing};

/// Answers from a recording, and never asks the network. Requests that were made several times are answered in the order of
/// the recording, the last answer from then on; redirects are followed within the recording. Policies are not asked: what
/// they forbade when it was recorded was recorded as a failure.
pub struct ReplayFetcher {
    recording: Recording,
    /// Answers what the recording need not have: `data:` and `about:`.
    local: Arc<dyn Fetcher>,
    has_local_files: bool,
    /// How often each exchange that begins a series was asked for.
    asked: Mutex<BTreeMap<usize, usize>>,
}

/// What is handed to the page.
struct Replayed {
    head: ResponseHead,
    body: Bytes,
    sizes: Sizes,
    /// Why the body broke off, where it did.
    broken: Option<FetchErrorKind>,
}

impl ReplayFetcher {
    /// Answers from `recording`; `data:` and `about:` URLs are answered by `local`, whose log is the log of all.
    pub fn new(recording: Recording, local: Arc<dyn Fetcher>) -> Self {
        ReplayFetcher { recording, local, has_local_files: false, asked: Mutex::default() }
    }

    /// Lets `local` answer `file:` URLs too, as they are now.
    #[must_use]
    pub fn with_local_files(self) -> Self {
        ReplayFetcher { has_local_files: true, ..self }
    }

    /// The outcome of this request's turn.
    fn next_outcome(&self, request: &Request) -> Result<&Outcome, FetchErrorKind> {
        let series = self.recording.find(&request.method, &request.url, request.body.as_ref());
        let Some((&first, &last)) = series.first().zip(series.last()) else {
            return Err(FetchErrorKind::NotRecorded {
                method: request.method.clone(),
                nearest: self.recording.nearest(&request.method, &request.url),
            });
        };
        let turn = {
            let mut asked = self.asked.lock();
            let count = asked.entry(first).or_default();
            *count += 1;
            *count - 1
        };
        let index = series.get(turn).copied().unwrap_or(last);
        Ok(&self.recording.exchange(index).outcome)
    }

    /// Follows redirects to the answer that is none.
    fn answer(&self, mut request: Request, entry: &EntryWriter) -> Result<Replayed, FetchErrorKind> {
        let mut url_list = Vec::new();
        for _ in 0..=MAX_REDIRECTS {
            policy::upgrade(&mut request, entry);
            url_list.push(request.url.clone());
            entry.begin_hop(&request.url, &request.method, &request.headers);
            entry.cache_verdict(CacheVerdict::Recording);
            let answer = match self.next_outcome(&request)? {
                Outcome::Answer(answer) => answer,
                Outcome::Failure(reason) => {
                    return Err(FetchErrorKind::RecordedFailure { reason: reason.clone() });
                }
            };
            let mut head = head(answer, &request, &url_list);
            entry.hop_head(&head);
            if let Some(upgraded) = upgraded(&head, &request.url) {
                url_list.pop();
                request.url = upgraded;
                continue;
            }
            let next = match request.redirect {
                RedirectMode::Manual => None,
                _ => redirect::location(&head, &request.url),
            };
            let Some(location) = next else {
                let body = answer.body.clone().ok_or(FetchErrorKind::BodyNotRecorded)?;
                head.mime_type = mime_type(answer, &head, &request.url, request.destination, &body);
                entry.mime_type(&head);
                let decoded = body.len() as u64;
                let sizes = Sizes { encoded: answer.encoded_size.unwrap_or(decoded), decoded };
                let broken = answer.broken.clone().map(|reason| FetchErrorKind::RecordedFailure { reason });
                return Ok(Replayed { head, body, sizes, broken });
            };
            let location = location?;
            if request.redirect == RedirectMode::Error {
                let (location, reason) = (location.to_string(), "the request does not allow redirects");
                return Err(FetchErrorKind::RedirectBlocked { location, reason });
            }
            let referrer_policy = referrer::from_headers(&head.headers);
            let (status, tainting) = (head.status, head.tainting);
            redirect::follow(&mut request, NextHop { location, status, tainting, referrer_policy })?;
        }
        Err(FetchErrorKind::TooManyRedirects { limit: MAX_REDIRECTS, last: request.url.to_string() })
    }
}

impl Fetcher for ReplayFetcher {
    fn start(&self, request: Request) -> Fetch {
        let scheme = request.url.scheme();
        if matches!(scheme, "data" | "about") || scheme == "file" && self.has_local_files {
            return self.local.start(request);
        }
        let entry = self.log().begin(&request);
        let url = request.url.clone();
        let (fetch, responder) = Fetch::pair(url.as_str());
        let error = match self.answer(request, &entry) {
            Ok(Replayed { head, body, sizes, broken }) => {
                responder.head(head);
                responder.chunk(body);
                match broken {
                    None => {
                        entry.finish(Timing::default(), sizes);
                        responder.end(Timing::default(), sizes);
                        None
                    }
                    broken => broken,
                }
            }
            Err(kind) => Some(kind),
        };
        if let Some(kind) = error {
            let error = FetchError::new(&url, kind);
            entry.fail(&error);
            responder.fail(error);
        }
        fetch.logged_as(entry.id())
    }

    fn log(&self) -> &NetworkLog {
        self.local.log()
    }
}

/// Where a browser went by itself, because the host was known to be for `https:` alone. Tools show that as a redirect, which
/// it is not: no server was asked.
fn upgraded(head: &ResponseHead, url: &Url) -> Option<Url> {
    let is_internal = head.status == 307 && head.headers.contains("non-authoritative-reason");
    is_internal.then(|| redirect::location(head, url)?.ok()).flatten()
}

fn head(answer: &Answer, request: &Request, url_list: &[Url]) -> ResponseHead {
    ResponseHead {
        url: request.url.clone(),
        url_list: url_list.to_vec(),
        status: answer.status,
        status_text: answer.status_text.clone(),
        headers: answer.headers.clone(),
        mime_type: MimeType::from_essence("application/octet-stream"),
        tainting: cors::tainting(request, Tainting::Basic).unwrap_or_default(),
        protocol: answer.protocol,
        from_cache: false,
        remote_address: None,
    }
}

/// The MIME type, sniffed again where a server had said it; files have no server.
fn mime_type(
    answer: &Answer,
    head: &ResponseHead,
    url: &Url,
    destination: Destination,
    body: &Bytes,
) -> MimeType {
    let mut supplied = supplied_type(&head.headers);
    if supplied.mime_type.is_none() {
        supplied.mime_type = MimeType::parse(&answer.mime_type);
    }
    let mut mime_type = match supplied.mime_type.clone().filter(|_| url.scheme() == "file") {
        Some(known) => known,
        None => mime_sniff::computed_mime_type(&supplied, SniffContext::for_destination(destination), body),
    };
    let says_utf_8 = mime_type.charset().is_some_and(|label| label.eq_ignore_ascii_case("utf-8"));
    if answer.is_decoded_text && !says_utf_8 {
        // Whatever it was before: the text was saved decoded, and these bytes are UTF-8.
        mime_type.set_parameter("charset", "utf-8");
    }
    mime_type
}
