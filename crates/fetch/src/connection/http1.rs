//! HTTP/1.1: one request at a time on a connection.
//! <https://www.rfc-editor.org/rfc/rfc9112>

use bytes::Bytes;
use http::header::{HOST, PROXY_AUTHORIZATION};
use http::{HeaderValue, Request, Version};
use http_body_util::{BodyExt, Full};
use hyper::body::Incoming;
use hyper::client::conn::http1::{Builder, SendRequest};
use hyper::ext::ReasonPhrase;
use hyper::rt::{Read, Write};
use url::{Position, Url};

use super::failure;
use super::message::{Body, Head, Outgoing, SendError, header_list, isomorphic_decode};
use crate::error::FetchErrorKind;
use crate::limits::{MAX_HEADER_BYTES, MAX_HEADER_FIELDS};
use crate::response::Protocol;

/// This end of a connection that speaks HTTP/1.1.
pub(super) struct Http1 {
    sender: SendRequest<Full<Bytes>>,
    /// Set where a proxy reads the requests.
    proxy: Option<ForProxy>,
}

/// What a proxy that reads requests is told.
#[derive(Clone)]
pub(super) struct ForProxy {
    pub(super) authorization: Option<HeaderValue>,
}

impl Http1 {
    /// Begins to speak. The connection runs in a task of its own until either end closes it.
    pub(super) async fn begin(
        io: impl Read + Write + Send + Unpin + 'static,
        proxy: Option<ForProxy>,
    ) -> Result<Self, FetchErrorKind> {
        let (mut sender, connection) = Builder::new()
            // Servers that know only one spelling are common; browsers send this one.
            .title_case_headers(true)
            // What browsers forgive.
            .allow_obsolete_multiline_headers_in_responses(true)
            .allow_spaces_after_header_name_in_responses(true)
            .ignore_invalid_headers_in_responses(true)
            .max_headers(MAX_HEADER_FIELDS)
            .max_buf_size(MAX_HEADER_BYTES)
            .handshake(io)
            .await
            .map_err(|error| failure::http1(&error).kind)?;
        tokio::spawn(async move {
            // Whoever waits for an answer is told of the error.
            let _ = connection.await;
        });
        // Once that task runs, the connection can be asked whether it is ready.
        sender.ready().await.map_err(|error| failure::http1(&error).kind)?;
        Ok(Http1 { sender, proxy })
    }

    /// Whether another request can be sent: the connection is open and the last answer is complete.
    pub(super) fn is_ready(&self) -> bool {
        self.sender.is_ready() && !self.sender.is_closed()
    }

    /// Waits until the last answer is complete; false where the connection ends instead.
    pub(super) async fn ready(&mut self) -> bool {
        self.sender.ready().await.is_ok()
    }

    /// Sends a request and waits for the head of its answer.
    pub(super) async fn send(&mut self, outgoing: Outgoing) -> Result<(Head, Body), SendError> {
        let target = match self.proxy {
            // <https://www.rfc-editor.org/rfc/rfc9112#section-3.2.2>
            Some(_) => outgoing.url.as_str(),
            None => &outgoing.url[Position::BeforePath..],
        };
        let mut request = Request::builder()
            .method(outgoing.method)
            .uri(target)
            .version(Version::HTTP_11)
            .body(Full::new(outgoing.body.unwrap_or_default()))
            .map_err(|error| SendError::invalid_request(&error))?;
        let headers = request.headers_mut();
        // It comes first, as in browsers.
        let host = host(&outgoing.url).map_err(|error| SendError::invalid_request(&error))?;
        headers.insert(HOST, host);
        if let Some(authorization) = self.proxy.as_ref().and_then(|proxy| proxy.authorization.clone()) {
            headers.insert(PROXY_AUTHORIZATION, authorization);
        }
        headers.extend(outgoing.headers);
        let on_informational = outgoing.on_informational;
        hyper::ext::on_informational(&mut request, move |response| {
            on_informational(response.status().as_u16(), header_list(response.headers()));
        });
        let response = self.sender.send_request(request).await.map_err(|error| failure::http1(&error))?;
        let (parts, body) = response.into_parts();
        let protocol = if parts.version == Version::HTTP_10 { Protocol::Http10 } else { Protocol::Http11 };
        let status_text = match parts.extensions.get::<ReasonPhrase>() {
            Some(phrase) => isomorphic_decode(phrase.as_bytes()),
            None => parts.status.canonical_reason().unwrap_or_default().to_owned(),
        };
        let headers = header_list(&parts.headers);
        Ok((Head { status: parts.status.as_u16(), status_text, protocol, headers }, Body::Http1(body)))
    }
}

/// The next bytes of a body.
pub(super) async fn chunk(body: &mut Incoming) -> Result<Option<Bytes>, String> {
    while let Some(frame) = body.frame().await {
        let frame = frame.map_err(|error| failure::root_cause(&error))?;
        // Trailers are of no use to anybody here.
        if let Ok(data) = frame.into_data() {
            return Ok(Some(data));
        }
    }
    Ok(None)
}

/// <https://www.rfc-editor.org/rfc/rfc9110#section-7.2>
fn host(url: &Url) -> Result<HeaderValue, http::header::InvalidHeaderValue> {
    HeaderValue::from_str(&url[Position::BeforeHost..Position::AfterPort])
}
