//! A recording: answers by what was asked for.

use std::collections::BTreeMap;
use std::io::Read;
use std::path::Path;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use bytes::Bytes;
use url::Url;

use super::har::{Har, HarContent, HarEntry, HarPostData, HarResponse, number};
use super::nearest::nearest;
use crate::headers::HeaderList;
use crate::limits::MAX_RECORDING_FILE_BYTES;
use crate::response::Protocol;

/// A recording of what servers answered, from a HAR file: Fanlight's own, Chromium's or Firefox's.
#[derive(Clone, Debug, Default)]
pub struct Recording {
    exchanges: Vec<Exchange>,
    /// Where the exchanges of each URL, without its fragment, are.
    by_url: BTreeMap<String, Vec<usize>>,
}

/// Why a file is no recording.
#[derive(Debug, thiserror::Error)]
pub enum RecordingError {
    /// The file cannot be read.
    #[error("{0}")]
    Read(#[from] std::io::Error),
    /// The file is too long.
    #[error("it is longer than {limit} bytes")]
    TooLarge {
        /// The limit in bytes.
        limit: u64,
    },
    /// The file is not HAR.
    #[error("it is not a HAR file: {reason}")]
    NotHar {
        /// What is wrong with it.
        reason: String,
    },
}

/// What was asked and what came of it.
#[derive(Clone, Debug)]
pub(super) struct Exchange {
    method: String,
    /// Without its fragment.
    url: Url,
    request_body: Option<Bytes>,
    pub(super) outcome: Outcome,
}

impl Exchange {
    /// Whether nobody waited for the answer any more, in the words of Chromium's and Firefox's tools.
    fn was_given_up(&self) -> bool {
        let is_given_up = |reason: &str| matches!(reason, "net::ERR_ABORTED" | "NS_BINDING_ABORTED");
        matches!(&self.outcome, Outcome::Failure(reason) if is_given_up(reason))
    }
}

#[derive(Clone, Debug)]
pub(super) enum Outcome {
    Answer(Answer),
    /// No answer came, for this reason.
    Failure(String),
}

/// An answer as it was recorded.
#[derive(Clone, Debug)]
pub(super) struct Answer {
    pub(super) status: u16,
    pub(super) status_text: String,
    pub(super) protocol: Protocol,
    /// Without those that HTTP/2 begins with a colon.
    pub(super) headers: HeaderList,
    /// The MIME type as the tool has computed it; empty where it has not.
    pub(super) mime_type: String,
    /// None where the tool did not save it.
    pub(super) body: Option<Bytes>,
    /// Whether the body was saved as text, so that it is UTF-8 now whatever it was.
    pub(super) is_decoded_text: bool,
    /// How many bytes were transferred for the body, where that is known.
    pub(super) encoded_size: Option<u64>,
    /// Why the body broke off, where it did.
    pub(super) broken: Option<String>,
}

impl Recording {
    /// Reads a HAR file.
    ///
    /// # Errors
    /// The file cannot be read, is too long, or is not HAR.
    pub fn read(path: &Path) -> Result<Self, RecordingError> {
        let mut bytes = Vec::new();
        std::fs::File::open(path)?.take(MAX_RECORDING_FILE_BYTES + 1).read_to_end(&mut bytes)?;
        if bytes.len() as u64 > MAX_RECORDING_FILE_BYTES {
            return Err(RecordingError::TooLarge { limit: MAX_RECORDING_FILE_BYTES });
        }
        Self::from_har(&bytes)
    }

    /// Reads the text of a HAR file. Entries whose URL is none are left out.
    ///
    /// # Errors
    /// It is not HAR.
    pub fn from_har(bytes: &[u8]) -> Result<Self, RecordingError> {
        // Some tools begin the file with a byte order mark.
        let bytes = bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(bytes);
        let har: Har = serde_json::from_slice(bytes)
            .map_err(|error| RecordingError::NotHar { reason: error.to_string() })?;
        let mut recording = Recording::default();
        for entry in har.log.entries {
            let Some(exchange) = exchange(entry) else { continue };
            let index = recording.exchanges.len();
            recording.by_url.entry(exchange.url.to_string()).or_default().push(index);
            recording.exchanges.push(exchange);
        }
        recording.forget_what_was_given_up();
        Ok(recording)
    }

    /// Drops the requests that the browser gave up itself, as when it went to another page, where the same was answered at
    /// another time.
    fn forget_what_was_given_up(&mut self) {
        let exchanges = &self.exchanges;
        for indices in self.by_url.values_mut() {
            let answered = |index: &usize| matches!(exchanges[*index].outcome, Outcome::Answer(_));
            let methods: Vec<&str> = indices
                .iter()
                .filter(|index| answered(index))
                .map(|&index| &*exchanges[index].method)
                .collect();
            indices.retain(|&index| {
                let exchange = &exchanges[index];
                !exchange.was_given_up() || !methods.contains(&&*exchange.method)
            });
        }
    }

    /// How many exchanges there are.
    pub fn len(&self) -> usize {
        self.exchanges.len()
    }

    /// Whether there are none.
    pub fn is_empty(&self) -> bool {
        self.exchanges.is_empty()
    }

    pub(super) fn exchange(&self, index: usize) -> &Exchange {
        &self.exchanges[index]
    }

    /// What was recorded for a request: the method and the URL without its fragment are the same, and so is the body, unless
    /// the tool did not save it.
    pub(super) fn find(&self, method: &str, url: &Url, body: Option<&Bytes>) -> Vec<usize> {
        let mut url = url.clone();
        url.set_fragment(None);
        let of_method = self.by_url.get(url.as_str()).into_iter().flatten().copied();
        let of_method: Vec<usize> =
            of_method.filter(|&index| self.exchanges[index].method.eq_ignore_ascii_case(method)).collect();
        let Some(body) = body else { return of_method };
        let recorded = |index: &usize| self.exchanges[*index].request_body.as_ref();
        let same: Vec<usize> =
            of_method.iter().copied().filter(|index| recorded(index) == Some(body)).collect();
        if same.is_empty() {
            of_method.into_iter().filter(|index| recorded(index).is_none()).collect()
        } else {
            same
        }
    }

    /// In words, the recorded request that is most like one that was not recorded.
    pub(super) fn nearest(&self, method: &str, url: &Url) -> Option<String> {
        let mut url = url.clone();
        url.set_fragment(None);
        if let Some(index) = self.by_url.get(url.as_str()).and_then(|indices| indices.first()) {
            let recorded = &self.exchanges[*index].method;
            return Some(if recorded.eq_ignore_ascii_case(method) {
                format!("{recorded} of the same URL with another body")
            } else {
                format!("{recorded} of the same URL")
            });
        }
        let nearest = nearest(&url, self.exchanges.iter().map(|exchange| &exchange.url))?;
        Some(nearest.to_string())
    }
}

/// None where the URL is none, as that of an extension's resource may be.
fn exchange(entry: HarEntry) -> Option<Exchange> {
    let HarEntry { request, response } = entry;
    let mut url = Url::parse(&request.url).ok()?;
    url.set_fragment(None);
    let request_body = request.post_data.and_then(post_body);
    let outcome = outcome(response, &url);
    Some(Exchange { method: request.method, url, request_body, outcome })
}

fn post_body(data: HarPostData) -> Option<Bytes> {
    let text = data.text?;
    match data.encoding.as_deref() {
        Some("base64") => STANDARD.decode(text).ok().map(Bytes::from),
        _ => Some(Bytes::from(text)),
    }
}

fn outcome(response: HarResponse, url: &Url) -> Outcome {
    let status = number(&response.status).and_then(|status| u16::try_from(status).ok()).unwrap_or(0);
    let error = response.error.filter(|error| !error.is_empty());
    // Tools have no answer to show where the browser itself went on to another address.
    let status =
        if status == 0 && error.is_none() && !response.redirect_url.is_empty() { 307 } else { status };
    if status == 0 {
        return Outcome::Failure(error.unwrap_or_else(|| "no answer came".to_owned()));
    }
    let mut headers: HeaderList = response
        .headers
        .into_iter()
        .filter(|field| !field.name.starts_with(':'))
        .map(|field| (field.name, field.value))
        .collect();
    let is_redirect = matches!(status, 301 | 302 | 303 | 307 | 308);
    if is_redirect && !response.redirect_url.is_empty() {
        headers.set_default("location", response.redirect_url);
    }
    let has_location = is_redirect && headers.contains("location");
    let mime_type = response.content.mime_type.clone();
    let (body, is_decoded_text) = body(response.content, status, has_location);
    Outcome::Answer(Answer {
        // The browser had the body already and was told so. Who replays has not, and gets both.
        status: if status == 304 && body.as_ref().is_some_and(|body| !body.is_empty()) {
            200
        } else {
            status
        },
        status_text: response.status_text,
        protocol: protocol(&response.http_version, url),
        headers,
        mime_type,
        encoded_size: number(&response.body_size),
        body,
        is_decoded_text,
        broken: error,
    })
}

/// The body's bytes, and whether they are a text's that was decoded and is UTF-8 now.
fn body(content: HarContent, status: u16, is_redirect: bool) -> (Option<Bytes>, bool) {
    match (content.text, content.encoding.as_deref()) {
        (Some(text), Some("base64")) => {
            let text: Vec<u8> = text.bytes().filter(|byte| !byte.is_ascii_whitespace()).collect();
            (STANDARD.decode(text).ok().map(Bytes::from), false)
        }
        (Some(text), _) => {
            let is_decoded = !text.is_ascii();
            (Some(Bytes::from(text)), is_decoded)
        }
        (None, _) => {
            let is_empty = number(&content.size).unwrap_or(0) == 0;
            let has_none = is_empty || is_redirect || matches!(status, 204 | 205 | 304);
            (has_none.then(Bytes::new), false)
        }
    }
}

/// Tools write `HTTP/2`, `http/2.0` or `h2`.
fn protocol(http_version: &str, url: &Url) -> Protocol {
    if url.scheme() == "file" {
        return Protocol::File;
    }
    let version = http_version.to_ascii_lowercase();
    match version.trim_start_matches("http/") {
        "1.0" => Protocol::Http10,
        "2" | "2.0" | "h2" => Protocol::Http2,
        "3" | "3.0" | "h3" => Protocol::Http3,
        _ => Protocol::Http11,
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn recording(entries: serde_json::Value) -> Recording {
        Recording::from_har(json!({ "log": { "entries": entries } }).to_string().as_bytes()).unwrap()
    }

    fn entry(method: &str, url: &str, body: Option<&str>) -> serde_json::Value {
        let post_data = body.map(|text| json!({ "text": text, "mimeType": "text/plain" }));
        json!({ "request": { "method": method, "url": url, "postData": post_data },
            "response": { "status": 200, "content": { "size": 1, "text": "x" } } })
    }

    #[test]
    fn requests_match_by_method_url_and_body() {
        let url = |text: &str| Url::parse(text).unwrap();
        let recording = recording(json!([
            entry("GET", "http://a/#f", None),
            entry("POST", "http://a/", Some("1")),
            entry("POST", "http://a/", Some("2")),
            entry("GET", "http://a/", None),
            entry("POST", "http://b/", None),
        ]));
        assert_eq!(recording.find("GET", &url("http://a/#g"), None), [0, 3]);
        assert_eq!(recording.find("POST", &url("http://a/"), Some(&Bytes::from_static(b"2"))), [2]);
        assert!(recording.find("POST", &url("http://a/"), Some(&Bytes::from_static(b"3"))).is_empty());
        assert_eq!(recording.find("POST", &url("http://b/"), Some(&Bytes::from_static(b"3"))), [4]);
        let nearest = |method| recording.nearest(method, &url("http://a/"));
        assert_eq!(nearest("PUT").as_deref(), Some("GET of the same URL"));
    }

    #[test]
    fn what_tools_leave_out_counts_as_empty() {
        let har = json!([
            { "request": { "method": "GET", "url": "http://a/" }, "response": {
                "status": "200", "statusText": null, "headers": null, "content": null, "redirectURL": null } },
            { "request": { "method": "GET", "url": "http://b/" } },
            { "request": { "method": "GET", "url": "not a url" } },
        ]);
        let recording = recording(har);
        assert_eq!(recording.len(), 2);
        let Outcome::Answer(answer) = &recording.exchange(0).outcome else { panic!("no answer") };
        assert_eq!((answer.status, answer.body.as_deref()), (200, Some(&b""[..])));
        assert!(matches!(&recording.exchange(1).outcome, Outcome::Failure(_)));
    }

    #[test]
    fn a_redirect_without_a_status_is_one_of_the_browsers_own() {
        let har = json!([{ "request": { "method": "GET", "url": "http://a/" }, "response": {
            "status": 0, "redirectURL": "https://a/", "_transferSize": 0 } }]);
        let recording = recording(har);
        let Outcome::Answer(answer) = &recording.exchange(0).outcome else { panic!("no answer") };
        assert_eq!((answer.status, answer.headers.get("location").as_deref()), (307, Some("https://a/")));
    }

    #[test]
    fn what_the_browser_gave_up_counts_only_where_there_is_nothing_else() {
        let given_up = |url: &str| {
            json!({ "request": { "method": "GET", "url": url },
                "response": { "status": 0, "_error": "net::ERR_ABORTED" } })
        };
        let har = json!([given_up("http://a/"), entry("GET", "http://a/", None), given_up("http://b/")]);
        let recording = recording(har);
        let find = |url: &str| recording.find("GET", &Url::parse(url).unwrap(), None);
        assert_eq!((find("http://a/"), find("http://b/")), (vec![1], vec![2]));
    }

    #[test]
    fn what_is_no_har_says_so() {
        for (text, part) in [("{}", "log"), ("<html>", "line 1"), (r#"{"log":{"entries":[{}]}}"#, "request")]
        {
            let error = Recording::from_har(text.as_bytes()).unwrap_err().to_string();
            assert!(error.contains("not a HAR file") && error.contains(part), "{error}");
        }
    }

    #[test]
    fn every_tools_name_of_a_protocol_is_known() {
        let url = Url::parse("https://a/").unwrap();
        for (name, expected) in [
            ("HTTP/1.0", Protocol::Http10),
            ("HTTP/1.1", Protocol::Http11),
            ("http/2.0", Protocol::Http2),
            ("HTTP/2", Protocol::Http2),
            ("h2", Protocol::Http2),
            ("HTTP/3", Protocol::Http3),
            ("", Protocol::Http11),
        ] {
            assert_eq!(protocol(name, &url), expected, "{name}");
        }
    }
}
