//! What came back.
//! <https://fetch.spec.whatwg.org/#responses>

use std::net::SocketAddr;

use bytes::Bytes;
use url::Url;

use crate::headers::HeaderList;
use crate::mime_type::MimeType;

/// A response without its body.
#[derive(Clone, Debug)]
pub struct ResponseHead {
    /// The URL that answered, after redirects, with the request's fragment.
    /// <https://fetch.spec.whatwg.org/#concept-response-url>
    pub url: Url,
    /// Every URL on the way, the first included.
    /// <https://fetch.spec.whatwg.org/#concept-response-url-list>
    pub url_list: Vec<Url>,
    /// The status code; 200 where the scheme has none.
    pub status: u16,
    /// The status message: `OK`.
    pub status_text: String,
    /// The header fields as received.
    pub headers: HeaderList,
    /// The computed MIME type: what the server says, corrected by what the bytes are.
    /// <https://mimesniff.spec.whatwg.org/#computed-mime-type>
    pub mime_type: MimeType,
    /// How much of it the page that asked may see.
    pub tainting: Tainting,
    /// How it was fetched.
    pub protocol: Protocol,
    /// Whether the network did not have to answer.
    pub from_cache: bool,
    /// The address that answered.
    pub remote_address: Option<SocketAddr>,
}

impl ResponseHead {
    /// Whether the status says that all is well.
    /// <https://fetch.spec.whatwg.org/#ok-status>
    pub fn is_ok(&self) -> bool {
        (200..300).contains(&self.status)
    }
}

/// How much of a response the page that asked may see.
/// <https://fetch.spec.whatwg.org/#concept-request-response-tainting>
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum Tainting {
    /// Everything: it is of the page's own origin, or no page asked.
    #[default]
    Basic,
    /// Everything but header fields that the server does not expose.
    Cors,
    /// Nothing: it may be drawn, played and run, but not read.
    Opaque,
}

impl Tainting {
    /// The Fetch standard's word.
    pub const fn name(self) -> &'static str {
        match self {
            Tainting::Basic => "basic",
            Tainting::Cors => "cors",
            Tainting::Opaque => "opaque",
        }
    }

    /// Whether what is drawn from the response may be read back, and how scripts see its errors.
    /// <https://html.spec.whatwg.org/multipage/urls-and-fetching.html#cors-same-origin>
    pub const fn is_cors_same_origin(self) -> bool {
        !matches!(self, Tainting::Opaque)
    }
}

/// A response with its whole body.
#[derive(Clone, Debug)]
pub struct Response {
    /// Everything but the body.
    pub head: ResponseHead,
    /// The body, its content codings undone.
    pub body: Bytes,
    /// How long each part took.
    pub timing: Timing,
    /// How long the body is.
    pub sizes: Sizes,
}

impl Response {
    /// The URL that answered, after redirects.
    pub fn url(&self) -> &Url {
        &self.head.url
    }

    /// The status code.
    pub fn status(&self) -> u16 {
        self.head.status
    }

    /// The computed MIME type.
    pub fn mime_type(&self) -> &MimeType {
        &self.head.mime_type
    }
}

/// How a response was fetched.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Protocol {
    /// From a table of the engine's or the embedder's: `about:`.
    About,
    /// From the URL itself.
    Data,
    /// From a file.
    File,
    /// From memory, in tests.
    Memory,
    /// The engine itself answers in the place of a server that need not be asked.
    Internal,
    /// HTTP/1.0.
    Http10,
    /// HTTP/1.1.
    Http11,
    /// HTTP/2.
    Http2,
    /// HTTP/3.
    Http3,
}

impl Protocol {
    /// The ALPN name where there is one, else the scheme.
    pub const fn name(self) -> &'static str {
        match self {
            Protocol::About => "about",
            Protocol::Data => "data",
            Protocol::File => "file",
            Protocol::Memory => "memory",
            Protocol::Internal => "internal",
            Protocol::Http10 => "http/1.0",
            Protocol::Http11 => "http/1.1",
            Protocol::Http2 => "h2",
            Protocol::Http3 => "h3",
        }
    }
}

/// How long each part of a request took, in ms. Name resolution, connecting and TLS are missing where a connection was
/// there already or none was needed.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Timing {
    /// Waiting for a connection that may be used, in ms.
    pub queued: f64,
    /// Resolving the name, in ms.
    pub dns: Option<f64>,
    /// Connecting by TCP, in ms.
    pub connect: Option<f64>,
    /// The TLS handshake, in ms.
    pub tls: Option<f64>,
    /// From sending the request to the response's header, in ms.
    pub waiting: f64,
    /// From the header to the end of the body, in ms.
    pub download: f64,
    /// From the caller's asking to the end, in ms: the above, and the redirects before.
    pub total: f64,
}

impl Timing {
    /// All parts together, in ms, without redirects before.
    pub fn sum(&self) -> f64 {
        let connecting = [self.dns, self.connect, self.tls].into_iter().flatten().sum::<f64>();
        self.queued + connecting + self.waiting + self.download
    }
}

/// How long a body is, in bytes.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Sizes {
    /// As transferred.
    pub encoded: u64,
    /// Its content codings undone.
    pub decoded: u64,
}
