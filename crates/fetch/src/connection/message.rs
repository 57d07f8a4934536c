//! A request and its answer, in terms that every protocol shares.

use std::sync::Arc;

use bytes::Bytes;
use http::{HeaderMap, HeaderName, HeaderValue, Method};
use url::Url;

use super::failure;
use crate::error::FetchErrorKind;
use crate::headers::HeaderList;
use crate::response::Protocol;

/// Is told of every informational response (1xx): status and header fields.
pub(crate) type OnInformational = Arc<dyn Fn(u16, HeaderList) + Send + Sync>;

/// A request as it is sent.
#[derive(Clone)]
pub(crate) struct Outgoing {
    pub(super) method: Method,
    /// Without fragment, user name and password.
    pub(super) url: Url,
    pub(super) headers: HeaderMap,
    pub(super) body: Option<Bytes>,
    pub(super) on_informational: OnInformational,
}

impl Outgoing {
    /// A request in terms of the wire.
    ///
    /// # Errors
    /// Method or fields cannot be written.
    pub(crate) fn new(
        method: &str,
        url: &Url,
        headers: &HeaderList,
        body: Option<Bytes>,
        on_informational: OnInformational,
    ) -> Result<Self, FetchErrorKind> {
        let invalid = |reason: String| FetchErrorKind::InvalidRequest { reason };
        let method = Method::from_bytes(method.as_bytes())
            .map_err(|_| invalid(format!("'{method}' is not a method")))?;
        let mut url = url.clone();
        url.set_fragment(None);
        // They are in the Authorization field; neither call can fail on a URL that has a host.
        let _ = url.set_username("");
        let _ = url.set_password(None);
        let mut fields = HeaderMap::new();
        for (name, value) in headers.iter() {
            let field = HeaderName::from_bytes(name.as_bytes())
                .map_err(|_| invalid(format!("'{name}' is not a header field's name")))?;
            let bytes = isomorphic_encode(value)
                .ok_or_else(|| invalid(format!("the value of '{name}' is not bytes")))?;
            let value = HeaderValue::from_bytes(&bytes)
                .map_err(|_| invalid(format!("the value of '{name}' has characters that end a line")))?;
            fields.append(field, value);
        }
        Ok(Outgoing { method, url, headers: fields, body, on_informational })
    }
}

/// The head of an answer.
#[derive(Debug)]
pub(crate) struct Head {
    pub(crate) status: u16,
    /// Empty where the protocol has none.
    pub(crate) status_text: String,
    pub(crate) protocol: Protocol,
    pub(crate) headers: HeaderList,
}

/// The body of an answer, as transferred.
pub(crate) enum Body {
    /// Over HTTP/1.1.
    Http1(hyper::body::Incoming),
    /// Over HTTP/2.
    Http2(h2::RecvStream),
}

impl Body {
    /// The next bytes; none at the end.
    ///
    /// # Errors
    /// The body broke off; the error says how.
    pub(crate) async fn chunk(&mut self) -> Result<Option<Bytes>, String> {
        match self {
            Body::Http1(body) => super::http1::chunk(body).await,
            Body::Http2(body) => super::http2::chunk(body).await,
        }
    }
}

/// Why there is no answer.
#[derive(Debug)]
pub(crate) struct SendError {
    pub(crate) kind: FetchErrorKind,
    pub(crate) again: Again,
}

/// Whether a request that failed may be sent once more, on another connection.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Again {
    /// The server has not looked at it.
    Safe,
    /// The server may have looked at it: only where asking twice does no harm.
    IfIdempotent,
    /// It has, or it would fail in the same way.
    No,
    /// The server wants HTTP/1.1 for it.
    /// <https://www.rfc-editor.org/rfc/rfc9113#section-7>
    OverHttp1,
}

impl SendError {
    /// One after which nothing is tried again.
    pub(crate) fn final_one(kind: FetchErrorKind) -> Self {
        SendError { kind, again: Again::No }
    }

    pub(super) fn invalid_request(error: &(dyn std::error::Error + 'static)) -> Self {
        let kind = FetchErrorKind::InvalidRequest { reason: failure::root_cause(error) };
        SendError { kind, again: Again::No }
    }
}

/// <https://infra.spec.whatwg.org/#isomorphic-encode>
fn isomorphic_encode(text: &str) -> Option<Vec<u8>> {
    text.chars().map(|c| u8::try_from(c).ok()).collect()
}

/// <https://infra.spec.whatwg.org/#isomorphic-decode>
pub(super) fn isomorphic_decode(bytes: &[u8]) -> String {
    bytes.iter().copied().map(char::from).collect()
}

/// Header fields as received.
pub(super) fn header_list(headers: &HeaderMap) -> HeaderList {
    headers.iter().map(|(name, value)| (name.as_str(), isomorphic_decode(value.as_bytes()))).collect()
}
