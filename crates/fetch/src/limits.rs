//! Every limit of the network stage. Reaching one is a [`FetchError`](crate::FetchError) that names it, never a hang.

use std::time::Duration;

/// Redirects that one request may follow.
/// <https://fetch.spec.whatwg.org/#http-redirect-fetch>
pub const MAX_REDIRECTS: u32 = 20;
/// Connections to one origin over HTTP/1.1, as browsers have it.
pub const MAX_CONNECTIONS_PER_HOST: usize = 6;
/// Requests at a time to one origin over HTTP/2; servers rarely allow more streams.
pub const MAX_STREAMS_PER_HOST: usize = 100;
/// Requests at a time to all origins together.
pub const MAX_REQUESTS: usize = 256;
/// Idle connections kept to one origin.
pub const MAX_IDLE_CONNECTIONS_PER_HOST: usize = 6;
/// How long an idle connection is kept.
pub const IDLE_CONNECTION_TIMEOUT: Duration = Duration::from_secs(90);

/// Connections to all hosts together, idle ones included; Chromium's.
pub const MAX_CONNECTIONS: usize = 256;
/// Requests at a time over HTTP/1.1 that nothing waits for: images and what else may come later; Chromium's.
pub const MAX_DELAYABLE_REQUESTS: usize = 10;
/// How long an address may take to answer before the next one is tried beside it.
/// <https://www.rfc-editor.org/rfc/rfc8305#section-8>
pub const CONNECTION_ATTEMPT_DELAY: Duration = Duration::from_millis(250);
/// How long addresses of one family wait for those of the other.
/// <https://www.rfc-editor.org/rfc/rfc8305#section-8>
pub const RESOLUTION_DELAY: Duration = Duration::from_millis(50);
/// How long a name server that was named by the user may take to answer.
pub const DNS_TIMEOUT: Duration = Duration::from_secs(5);
/// How often a name server that was named by the user is asked again.
pub const DNS_ATTEMPTS: usize = 2;
/// Names whose addresses are remembered; Chromium's.
pub const MAX_DNS_CACHE_ENTRIES: usize = 1000;
/// How long addresses are remembered at most, whatever their records say.
pub const MAX_DNS_TTL: Duration = Duration::from_secs(24 * 60 * 60);
/// How long addresses that came without records are remembered, in seconds; Chromium's.
pub const DNS_TTL_WITHOUT_RECORDS: u64 = 60;

/// Name resolution, TCP and TLS together.
pub const CONNECT_TIMEOUT: Duration = Duration::from_secs(30);
/// From the request's sending to the response's header.
pub const RESPONSE_TIMEOUT: Duration = Duration::from_secs(60);
/// Between two pieces of a body.
pub const STALL_TIMEOUT: Duration = Duration::from_secs(30);
/// The whole of a request, redirects and body included.
pub const TOTAL_TIMEOUT: Duration = Duration::from_secs(300);

/// Bytes of a body as transferred.
pub const MAX_ENCODED_BYTES: u64 = 256 << 20;
/// Bytes of a body after its content codings are undone.
pub const MAX_DECODED_BYTES: u64 = 512 << 20;
/// How many times larger a body may become when its content codings are undone.
pub const MAX_DECODING_RATIO: u64 = 100;
/// Bytes that any body may become, whatever the ratio: tables of zeros compress a thousandfold and are harmless when
/// small.
pub const DECODING_RATIO_FREE_BYTES: u64 = 8 << 20;
/// Content codings that one body may have on top of each other.
pub const MAX_CONTENT_CODINGS: usize = 4;
/// The header fields of one response over HTTP/1.1.
pub const MAX_HEADER_FIELDS: usize = 1000;
/// Bytes of the header of one response over HTTP/1.1.
pub const MAX_HEADER_BYTES: usize = 512 << 10;
/// Informational responses (1xx) before an answer.
pub const MAX_INFORMATIONAL_RESPONSES: usize = 100;
/// Bytes of the header list of one response over HTTP/2.
pub const MAX_HEADER_LIST_BYTES: u32 = 512 << 10;
/// Bytes that one HTTP/2 stream may send ahead of their being read; Chromium's.
pub const HTTP_2_STREAM_WINDOW_BYTES: u32 = 6 << 20;
/// Bytes that one HTTP/2 connection may send ahead of their being read; Chromium's.
pub const HTTP_2_CONNECTION_WINDOW_BYTES: u32 = 15 << 20;
/// Bytes of one decoded piece of a body.
pub const MAX_CHUNK_BYTES: usize = 64 << 10;
/// Bytes of a URL that is fetched; Chromium's limit.
pub const MAX_URL_BYTES: usize = 2 << 20;

/// Bytes of a URL that a server is sent: what the implementation of HTTP can take.
pub const MAX_SENT_URL_BYTES: usize = 65_534;

/// Bytes of one body that a recording keeps.
pub const MAX_RECORDED_BODY_BYTES: u64 = 128 << 20;
/// Bytes of all bodies that a recording keeps.
pub const MAX_RECORDING_BYTES: u64 = 512 << 20;
/// Bytes of a HAR file that is replayed.
pub const MAX_RECORDING_FILE_BYTES: u64 = 1 << 30;
/// Content security policies that one document may have.
pub const MAX_CSP_POLICIES: usize = 64;
/// Sources that one directive of a policy may have; more are as if they were not there.
pub const MAX_CSP_SOURCES: usize = 2000;
/// Violations of its policies that one document keeps until somebody asks.
pub const MAX_VIOLATIONS: usize = 1000;
/// Endpoints that one document may declare for its reports, and that one policy may name.
pub const MAX_REPORTING_ENDPOINTS: usize = 20;
/// Violations that one document reports; the same one is reported once.
pub const MAX_REPORTS: usize = 100;
/// Reports that are under way at a time; more are dropped.
pub const MAX_REPORTS_UNDER_WAY: usize = 100;
/// How long the end of a program waits for reports that are under way.
pub const REPORT_PATIENCE: Duration = Duration::from_secs(1);
/// How long the answer to a preflight may be kept; Chromium's limit.
/// <https://fetch.spec.whatwg.org/#concept-cache-max-age>
pub const MAX_PREFLIGHT_AGE: Duration = Duration::from_secs(7200);
/// Answers to preflights that are kept.
pub const MAX_PREFLIGHTS: usize = 1000;

/// Bytes of all that the HTTP cache keeps in memory.
pub const MAX_MEMORY_CACHE_BYTES: u64 = 64 << 20;
/// Bytes of all that the HTTP cache keeps in its folder.
pub const MAX_DISK_CACHE_BYTES: u64 = 512 << 20;
/// The part of the HTTP cache that one body may fill, as in Chromium.
pub const CACHE_ENTRY_DIVISOR: u64 = 8;
/// Responses that the HTTP cache keeps for one URL, chosen by `Vary`.
pub const MAX_CACHE_VARIANTS: usize = 16;
/// Bytes of a body that wait to be written to the HTTP cache's folder together.
pub const CACHE_WRITE_BYTES: usize = 256 << 10;
/// URLs of which the HTTP cache remembers that they were invalidated while requests are under way.
pub const MAX_INVALIDATIONS: usize = 1000;
/// How long a request waits for another one of the same URL to be stored, as in Chromium.
pub const CACHE_LOCK_TIMEOUT: Duration = Duration::from_secs(20);

/// Requests that one log keeps, and pages.
pub const MAX_LOG_ENTRIES: usize = 100_000;

/// Bytes of a cookie's name and value together.
/// <https://httpwg.org/http-extensions/draft-ietf-httpbis-rfc6265bis.html#name-the-set-cookie-header-field-2>
pub const MAX_COOKIE_BYTES: usize = 4096;
/// Bytes of the value of a cookie's attribute; a longer one is ignored.
pub const MAX_COOKIE_ATTRIBUTE_BYTES: usize = 1024;
/// How long a cookie is kept at most.
/// <https://httpwg.org/http-extensions/draft-ietf-httpbis-rfc6265bis.html#name-the-expires-attribute-2>
pub const MAX_COOKIE_LIFETIME: Duration = Duration::from_secs(400 * 86_400);
/// Cookies of one registrable domain; Chromium's.
pub const MAX_COOKIES_PER_DOMAIN: usize = 180;
/// Cookies of all domains together; Chromium's.
pub const MAX_COOKIES: usize = 3300;
/// How long after it was set a cookie that says nothing of `SameSite` goes along with forms from other sites.
pub const LAX_ALLOWING_UNSAFE: Duration = Duration::from_secs(120);
/// Hosts that a profile knows to be for `https:` alone.
pub const MAX_HSTS_HOSTS: usize = 10_000;
/// How long a host is known to be for `https:` alone at most.
pub const MAX_HSTS_LIFETIME: Duration = Duration::from_secs(2 * 366 * 86_400);
/// Bytes of a file of a profile that are read.
pub const MAX_PROFILE_FILE_BYTES: u64 = 64 << 20;
/// How long after a change a profile is saved, so that many changes are one.
pub const PROFILE_SAVE_DELAY: Duration = Duration::from_secs(2);
/// How long a profile's lock that another process holds is waited for.
pub const PROFILE_LOCK_TIMEOUT: Duration = Duration::from_secs(2);

/// How long the head of a response waits for the bytes that its MIME type is sniffed from.
/// <https://mimesniff.spec.whatwg.org/#reading-the-resource-header>
pub const SNIFF_TIMEOUT: Duration = Duration::from_millis(500);
/// Files up to this size are read where they are asked for; greater ones by a thread of their own.
pub const INLINE_FILE_BYTES: u64 = 1 << 20;

/// The limits of one fetcher: the constants above unless said otherwise.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Limits {
    /// See [`MAX_REDIRECTS`].
    pub redirects: u32,
    /// See [`MAX_CONNECTIONS_PER_HOST`].
    pub connections_per_host: usize,
    /// See [`CONNECT_TIMEOUT`].
    pub connect_timeout: Duration,
    /// See [`RESPONSE_TIMEOUT`].
    pub response_timeout: Duration,
    /// See [`STALL_TIMEOUT`].
    pub stall_timeout: Duration,
    /// See [`TOTAL_TIMEOUT`].
    pub total_timeout: Duration,
    /// See [`MAX_ENCODED_BYTES`].
    pub encoded_bytes: u64,
    /// See [`MAX_DECODED_BYTES`].
    pub decoded_bytes: u64,
    /// See [`MAX_DECODING_RATIO`].
    pub decoding_ratio: u64,
    /// See [`DECODING_RATIO_FREE_BYTES`].
    pub decoding_ratio_free_bytes: u64,
    /// See [`MAX_MEMORY_CACHE_BYTES`].
    pub memory_cache_bytes: u64,
    /// See [`MAX_DISK_CACHE_BYTES`].
    pub disk_cache_bytes: u64,
}

impl Default for Limits {
    fn default() -> Self {
        Limits {
            redirects: MAX_REDIRECTS,
            connections_per_host: MAX_CONNECTIONS_PER_HOST,
            connect_timeout: CONNECT_TIMEOUT,
            response_timeout: RESPONSE_TIMEOUT,
            stall_timeout: STALL_TIMEOUT,
            total_timeout: TOTAL_TIMEOUT,
            encoded_bytes: MAX_ENCODED_BYTES,
            decoded_bytes: MAX_DECODED_BYTES,
            decoding_ratio: MAX_DECODING_RATIO,
            decoding_ratio_free_bytes: DECODING_RATIO_FREE_BYTES,
            memory_cache_bytes: MAX_MEMORY_CACHE_BYTES,
            disk_cache_bytes: MAX_DISK_CACHE_BYTES,
        }
    }
}

/// How many links of `Link` header fields count.
pub const MAX_LINKS: usize = 1000;
