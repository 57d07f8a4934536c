//! HTTP/2: many requests at a time on a connection.
//! <https://www.rfc-editor.org/rfc/rfc9113>

use std::future::{Future, poll_fn};
use std::pin::Pin;
use std::task::Poll;

use bytes::Bytes;
use h2::client::{Builder, ResponseFuture, SendRequest};
use h2::{RecvStream, SendStream};
use http::header::{CONNECTION, CONTENT_LENGTH, HOST, HeaderName, TRANSFER_ENCODING, UPGRADE};
use http::{Request, Response, Version};
use tokio::io::{AsyncRead, AsyncWrite};

use super::failure;
use super::message::{Body, Head, OnInformational, Outgoing, SendError, header_list};
use crate::error::FetchErrorKind;
use crate::limits::{HTTP_2_CONNECTION_WINDOW_BYTES, HTTP_2_STREAM_WINDOW_BYTES, MAX_HEADER_LIST_BYTES};
use crate::response::Protocol;

/// This end of a connection that speaks HTTP/2. Clones share it.
#[derive(Clone)]
pub(super) struct Http2 {
    sender: SendRequest<Bytes>,
}

impl Http2 {
    /// Begins to speak. The connection runs in a task of its own until either end closes it, which `ended` is told.
    pub(super) async fn begin(
        io: impl AsyncRead + AsyncWrite + Send + Unpin + 'static,
        ended: impl FnOnce() + Send + 'static,
    ) -> Result<Self, FetchErrorKind> {
        let (sender, connection) = Builder::new()
            .enable_push(false)
            .initial_window_size(HTTP_2_STREAM_WINDOW_BYTES)
            .initial_connection_window_size(HTTP_2_CONNECTION_WINDOW_BYTES)
            .max_header_list_size(MAX_HEADER_LIST_BYTES)
            .handshake(io)
            .await
            .map_err(|error| failure::http2(&error).kind)?;
        tokio::spawn(async move {
            // Whoever waits for an answer is told of the error.
            let _ = connection.await;
            ended();
        });
        Ok(Http2 { sender })
    }

    /// Sends a request and waits for the head of its answer.
    pub(super) async fn send(&self, outgoing: Outgoing) -> Result<(Head, Body), SendError> {
        let mut sender = self.sender.clone().ready().await.map_err(|error| failure::http2(&error))?;
        let mut request = Request::builder()
            .method(outgoing.method)
            .uri(outgoing.url.as_str())
            .version(Version::HTTP_2)
            .body(())
            .map_err(|error| SendError::invalid_request(&error))?;
        let headers = request.headers_mut();
        headers.extend(outgoing.headers);
        // The host is a pseudo-header field, and connections are nobody's business but the protocol's.
        // <https://www.rfc-editor.org/rfc/rfc9113#section-8.2.2>
        for name in [HOST, CONNECTION, TRANSFER_ENCODING, UPGRADE, KEEP_ALIVE, PROXY_CONNECTION] {
            headers.remove(name);
        }
        if let Some(body) = &outgoing.body {
            headers.insert(CONTENT_LENGTH, body.len().into());
        }
        let has_no_body = outgoing.body.is_none();
        let (mut response, stream) =
            sender.send_request(request, has_no_body).map_err(|error| failure::http2(&error))?;
        let mut sending = std::pin::pin!(send_body(stream, outgoing.body.unwrap_or_default(), has_no_body));
        let mut is_sent = false;
        let answered = loop {
            tokio::select! {
                biased;
                answered = head(&mut response, &outgoing.on_informational) => break answered,
                // Where sending fails the answer says why.
                () = &mut sending, if !is_sent => is_sent = true,
            }
        };
        let (parts, body) = answered.map_err(|error| failure::http2(&error))?.into_parts();
        let head = Head {
            status: parts.status.as_u16(),
            status_text: String::new(),
            protocol: Protocol::Http2,
            headers: header_list(&parts.headers),
        };
        Ok((head, Body::Http2(body)))
    }
}

const KEEP_ALIVE: HeaderName = HeaderName::from_static("keep-alive");
const PROXY_CONNECTION: HeaderName = HeaderName::from_static("proxy-connection");

/// The answer, after those that only inform.
async fn head(
    response: &mut ResponseFuture,
    on_informational: &OnInformational,
) -> Result<Response<RecvStream>, h2::Error> {
    poll_fn(|context| {
        while let Poll::Ready(Some(Ok(informational))) = response.poll_informational(context) {
            on_informational(informational.status().as_u16(), header_list(informational.headers()));
        }
        Pin::new(&mut *response).poll(context)
    })
    .await
}

/// Sends a body as fast as the server takes it.
async fn send_body(mut stream: SendStream<Bytes>, mut body: Bytes, is_done: bool) {
    if is_done {
        return;
    }
    while !body.is_empty() {
        stream.reserve_capacity(body.len());
        let Some(Ok(capacity)) = poll_fn(|context| stream.poll_capacity(context)).await else { return };
        let piece = body.split_to(capacity.min(body.len()));
        if stream.send_data(piece, body.is_empty()).is_err() {
            return;
        }
        if body.is_empty() {
            return;
        }
    }
    let _ = stream.send_data(Bytes::new(), true);
}

/// The next bytes of a body.
pub(super) async fn chunk(body: &mut RecvStream) -> Result<Option<Bytes>, String> {
    match body.data().await {
        Some(Ok(data)) => {
            // The room is given back at once: what is read is counted and limited elsewhere.
            let _ = body.flow_control().release_capacity(data.len());
            Ok(Some(data))
        }
        // The server has said all it wants to, and wants to hear no more.
        // <https://www.rfc-editor.org/rfc/rfc9113#section-8.1>
        Some(Err(error)) if error.reason() == Some(h2::Reason::NO_ERROR) => Ok(None),
        Some(Err(error)) => Err(failure::root_cause(&error)),
        None => Ok(None),
    }
}
