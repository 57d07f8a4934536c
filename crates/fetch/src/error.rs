//! Why nothing came back, for people: what was tried, what went wrong, what to do.

use std::time::Duration;

/// A network error: what was tried and what went wrong.
/// <https://fetch.spec.whatwg.org/#concept-network-error>
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("cannot load {url}: {kind}{}", self.kind.hint().map(|hint| format!("; {hint}")).unwrap_or_default())]
pub struct FetchError {
    /// What was asked for, shortened where it is long.
    pub url: String,
    /// What went wrong.
    pub kind: FetchErrorKind,
}

impl FetchError {
    /// An error about a URL.
    pub fn new(url: impl AsRef<str>, kind: FetchErrorKind) -> Self {
        FetchError { url: shorten(url.as_ref()), kind }
    }
}

/// Keeps messages readable where a `data:` URL is a megabyte long.
pub(crate) fn shorten(url: &str) -> String {
    const LONGEST: usize = 200;
    match url.char_indices().nth(LONGEST) {
        None => url.to_owned(),
        Some((end, _)) => format!("{}…", &url[..end]),
    }
}

/// What went wrong.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum FetchErrorKind {
    /// The text is no URL.
    #[error("this is not a valid URL: {reason}")]
    InvalidUrl {
        /// What is wrong with it.
        reason: String,
    },
    /// Nothing is known that loads such URLs.
    #[error("the scheme '{scheme}' is not supported")]
    UnsupportedScheme {
        /// The scheme without its colon.
        scheme: String,
        /// A scheme that was probably meant.
        suggestion: Option<&'static str>,
    },
    /// There is no such built-in page.
    #[error("there is no such built-in page; there are {known}")]
    UnknownAboutPage {
        /// Those that there are.
        known: String,
    },
    /// The `data:` URL cannot be decoded.
    #[error("the data: URL is malformed: {reason}")]
    InvalidDataUrl {
        /// What is wrong with it.
        reason: String,
    },
    /// There is no such file.
    #[error("there is no file {path}")]
    FileNotFound {
        /// Where it was looked for.
        path: String,
        /// What to do.
        hint: Option<String>,
    },
    /// The file may not be read.
    #[error("permission to read {path} was denied")]
    FilePermission {
        /// The file.
        path: String,
    },
    /// The path leads to no file with bytes to read.
    #[error("{path} is {what}, not a file")]
    NotAFile {
        /// The path.
        path: String,
        /// What it is: `a directory`.
        what: &'static str,
        /// What to do.
        hint: Option<String>,
    },
    /// Reading the file failed.
    #[error("reading {path} failed: {reason}")]
    FileRead {
        /// The file.
        path: String,
        /// What the system said.
        reason: String,
    },
    /// The name has no address.
    #[error("the host name '{host}' cannot be resolved ({reason})")]
    HostNotFound {
        /// The host.
        host: String,
        /// What the resolver said.
        reason: String,
    },
    /// Nobody listens there.
    #[error("{host} refused the connection")]
    ConnectionRefused {
        /// Host and port.
        host: String,
    },
    /// There is no way to the host.
    #[error("connecting to {host} failed: {reason}")]
    ConnectionFailed {
        /// Host and port.
        host: String,
        /// What the system said.
        reason: String,
    },
    /// The proxy is at fault.
    #[error("the proxy {proxy} cannot be used: {reason}")]
    Proxy {
        /// Its URL without user name and password.
        proxy: String,
        /// What went wrong.
        reason: String,
    },
    /// No trusted, encrypted connection came about.
    #[error("the TLS handshake with {host} failed: {reason}")]
    Tls {
        /// Host and port.
        host: String,
        /// What went wrong.
        reason: String,
        /// What to do.
        hint: Option<&'static str>,
    },
    /// It took too long.
    #[error("{phase} took longer than {}", seconds(*.after))]
    Timeout {
        /// What took too long.
        phase: Phase,
        /// The limit.
        after: Duration,
    },
    /// The connection ended before there was an answer.
    #[error("the server closed the connection without an answer ({reason})")]
    NoResponse {
        /// What happened.
        reason: String,
    },
    /// What came back is not HTTP.
    #[error("the server's answer is not valid HTTP: {reason}")]
    InvalidResponse {
        /// What is wrong with it.
        reason: String,
    },
    /// The connection ended in the middle of the body.
    #[error("the connection ended within the body, after {received} bytes{} ({reason})", of_expected(*.expected))]
    Truncated {
        /// Bytes received.
        received: u64,
        /// Bytes that the server had announced.
        expected: Option<u64>,
        /// What happened.
        reason: String,
    },
    /// The server sends the browser in circles.
    #[error("there were more than {limit} redirects, the last to {last}")]
    TooManyRedirects {
        /// The limit.
        limit: u32,
        /// Where the last one led.
        last: String,
    },
    /// A redirect leads where none may.
    #[error("the redirect to {location} is not allowed: {reason}")]
    RedirectBlocked {
        /// Where it leads.
        location: String,
        /// Why not.
        reason: &'static str,
    },
    /// The body is too long.
    #[error("the body is longer than {limit} bytes ({which})")]
    BodyTooLarge {
        /// The limit in bytes.
        limit: u64,
        /// Which length: `as transferred`, `when decompressed`.
        which: &'static str,
    },
    /// The body is a compression bomb.
    #[error("the body grows more than {ratio}-fold when decompressed")]
    DecompressionBomb {
        /// The limit.
        ratio: u64,
    },
    /// The body is not coded as its header says.
    #[error("the body is not valid {coding}: {reason}")]
    Decoding {
        /// The content coding.
        coding: String,
        /// What is wrong.
        reason: String,
    },
    /// A policy forbids it.
    #[error("{reason}")]
    Blocked {
        /// Which policy and why.
        reason: String,
    },
    /// Only the cache was to be asked.
    #[error("it is not in the cache, and the request's cache mode is only-if-cached")]
    NotInCache,
    /// The table that stands for the network does not have it.
    #[error("the fetcher has no response for it")]
    NotInTable,
    /// The recording does not have it.
    #[error("the recording has no answer to {method} of it")]
    NotRecorded {
        /// The request's method.
        method: String,
        /// What the recording has that is most like it.
        nearest: Option<String>,
    },
    /// It failed when it was recorded.
    #[error("it failed when it was recorded: {reason}")]
    RecordedFailure {
        /// What went wrong then.
        reason: String,
    },
    /// The recording has its head alone.
    #[error("the recording has its header fields but not its body")]
    BodyNotRecorded,
    /// The request cannot be sent.
    #[error("the request is not valid: {reason}")]
    InvalidRequest {
        /// What is wrong with it.
        reason: String,
    },
    /// The network stack did not start.
    #[error("the network could not be started: {reason}")]
    Startup {
        /// What went wrong.
        reason: String,
    },
    /// Nobody wants it any more.
    #[error("the request was cancelled")]
    Cancelled,
}

/// What a request was doing.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Phase {
    /// Resolving the host's name.
    Resolving,
    /// Waiting for the host to take the connection.
    Connecting,
    /// Agreeing on TLS.
    Handshaking,
    /// Waiting for the response's header.
    Waiting,
    /// Waiting for the next piece of the body.
    Downloading,
    /// All together.
    Whole,
}

impl std::fmt::Display for Phase {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        formatter.write_str(match self {
            Phase::Resolving => "resolving the host's name",
            Phase::Connecting => "connecting",
            Phase::Handshaking => "the TLS handshake",
            Phase::Waiting => "waiting for the server's answer",
            Phase::Downloading => "waiting for more of the body",
            Phase::Whole => "loading",
        })
    }
}

fn seconds(duration: Duration) -> String {
    let seconds = duration.as_secs_f64();
    format!("{seconds} second{}", if seconds == 1.0 { "" } else { "s" })
}

fn of_expected(expected: Option<u64>) -> String {
    expected.map(|expected| format!(" of {expected}")).unwrap_or_default()
}

impl FetchErrorKind {
    /// What the user can do about it.
    pub fn hint(&self) -> Option<String> {
        use FetchErrorKind as Kind;
        let hint = match self {
            Kind::InvalidUrl { .. } => "an address looks like https://example.com/ or page.html",
            Kind::UnsupportedScheme { suggestion: Some(suggestion), .. } => {
                return Some(format!("did you mean {suggestion}:?"));
            }
            Kind::UnsupportedScheme { .. } => "http, https, file, data and about URLs can be loaded",
            Kind::FileNotFound { hint, .. } | Kind::NotAFile { hint, .. } => return hint.clone(),
            Kind::FilePermission { .. } => "check the file's permissions",
            Kind::HostNotFound { .. } => "check the spelling of the address and the network connection",
            Kind::ConnectionRefused { .. } => "check the port and whether the server is running",
            Kind::ConnectionFailed { .. } => "check the address and the network connection",
            Kind::Proxy { .. } => {
                "check --proxy, or the environment variables http_proxy, https_proxy and all_proxy; a user name and \
                 password are given as in http://user:password@host:port"
            }
            Kind::Tls { hint, .. } => return hint.map(str::to_owned),
            Kind::Timeout { .. } => "the server or the network is slow: try again, or allow more time",
            Kind::NoResponse { .. } => "try again; the port may belong to a server of another protocol",
            Kind::InvalidResponse { .. } => "the port may belong to a server of another protocol",
            Kind::Truncated { .. } => "try again",
            Kind::TooManyRedirects { .. } => "the site may need cookies or be set up wrongly",
            Kind::BodyTooLarge { .. } | Kind::DecompressionBomb { .. } => {
                "limits are there against hostile servers"
            }
            Kind::Decoding { .. } => "the server is set up wrongly",
            Kind::NotRecorded { nearest: Some(nearest), .. } => {
                return Some(format!(
                    "the nearest that it has is {nearest}; record the page anew with --record"
                ));
            }
            Kind::NotRecorded { nearest: None, .. } => {
                "it has nothing of that host; record the page anew with --record"
            }
            Kind::BodyNotRecorded => {
                "record it anew with --record, or save the HAR with its contents from the browser's tools"
            }
            _ => return None,
        };
        Some(hint.to_owned())
    }

    /// A short name for logs, which stays the same when messages are reworded.
    pub const fn name(&self) -> &'static str {
        use FetchErrorKind as Kind;
        match self {
            Kind::InvalidUrl { .. } => "invalid-url",
            Kind::UnsupportedScheme { .. } => "unsupported-scheme",
            Kind::UnknownAboutPage { .. } => "unknown-about-page",
            Kind::InvalidDataUrl { .. } => "invalid-data-url",
            Kind::FileNotFound { .. } => "file-not-found",
            Kind::FilePermission { .. } => "file-permission",
            Kind::NotAFile { .. } => "not-a-file",
            Kind::FileRead { .. } => "file-read",
            Kind::HostNotFound { .. } => "host-not-found",
            Kind::ConnectionRefused { .. } => "connection-refused",
            Kind::ConnectionFailed { .. } => "connection-failed",
            Kind::Proxy { .. } => "proxy",
            Kind::Tls { .. } => "tls",
            Kind::Timeout { .. } => "timeout",
            Kind::NoResponse { .. } => "no-response",
            Kind::InvalidResponse { .. } => "invalid-response",
            Kind::Truncated { .. } => "truncated",
            Kind::TooManyRedirects { .. } => "too-many-redirects",
            Kind::RedirectBlocked { .. } => "redirect-blocked",
            Kind::BodyTooLarge { .. } => "body-too-large",
            Kind::DecompressionBomb { .. } => "decompression-bomb",
            Kind::Decoding { .. } => "decoding",
            Kind::Blocked { .. } => "blocked",
            Kind::NotInCache => "not-in-cache",
            Kind::NotInTable => "not-in-table",
            Kind::NotRecorded { .. } => "not-recorded",
            Kind::RecordedFailure { .. } => "recorded-failure",
            Kind::BodyNotRecorded => "body-not-recorded",
            Kind::InvalidRequest { .. } => "invalid-request",
            Kind::Startup { .. } => "startup",
            Kind::Cancelled => "cancelled",
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_message_says_what_was_tried_what_went_wrong_and_what_to_do() {
        let kind = FetchErrorKind::ConnectionRefused { host: "127.0.0.1:9".to_owned() };
        assert_eq!(
            FetchError::new("http://127.0.0.1:9/", kind).to_string(),
            "cannot load http://127.0.0.1:9/: 127.0.0.1:9 refused the connection; \
             check the port and whether the server is running"
        );
    }

    #[test]
    fn long_urls_are_shortened_at_a_character() {
        let error = FetchError::new("é".repeat(500), FetchErrorKind::Cancelled);
        assert_eq!(error.url.chars().count(), 201);
    }

    #[test]
    fn timeouts_say_what_took_too_long() {
        let kind = FetchErrorKind::Timeout { phase: Phase::Connecting, after: Duration::from_millis(1500) };
        assert_eq!(kind.to_string(), "connecting took longer than 1.5 seconds");
    }
}
