//! The way through a proxy, whose own failures are told as such.

use std::task::{Context, Poll};

use http::{HeaderValue, Uri};
use hyper_util::client::legacy::connect::proxy::{SocksV5, Tunnel};
use hyper_util::rt::TokioIo;
use percent_encoding::percent_decode_str;
use tower::Service;
use url::Url;

use super::connector::Transport;
use crate::error::FetchErrorKind;
use crate::http::request_headers::basic_credentials;
use crate::proxy::ProxyServer;

/// Whether a proxy reads the requests to a URL itself, rather than passing bytes on.
pub(super) fn reads_requests(proxy: &ProxyServer, url: &Url) -> bool {
    !proxy.is_socks() && url.scheme() == "http"
}

/// What a proxy is told of who asks; none where its URL has neither user name nor password.
pub(super) fn authorization(proxy: &ProxyServer) -> Option<HeaderValue> {
    let url = proxy.url();
    if url.username().is_empty() && url.password().is_none() {
        return None;
    }
    HeaderValue::from_str(&basic_credentials(url)).ok()
}

/// Asks the proxy at the other end of a transport for a way to a host, which is a name or an address as URLs have it.
///
/// # Errors
/// The proxy does not give one.
pub(super) async fn tunnel(
    proxy: &ProxyServer,
    transport: Transport,
    host: &str,
    port: u16,
) -> Result<Transport, FetchErrorKind> {
    let failed = |reason: String| FetchErrorKind::Proxy { proxy: proxy.to_string(), reason };
    let uri = |text: String| {
        text.parse::<Uri>().map_err(|error| failed(format!("it cannot be told the host '{host}' ({error})")))
    };
    let target = uri(format!("https://{host}:{port}/"))?;
    let own = uri(proxy.to_string())?;
    let ready = Connected(Some(transport));
    let outcome = if proxy.is_socks() {
        let mut socks = SocksV5::new(own, ready);
        let url = proxy.url();
        if !url.username().is_empty() {
            let plain = |text: &str| percent_decode_str(text).decode_utf8_lossy().into_owned();
            socks = socks.with_auth(plain(url.username()), plain(url.password().unwrap_or_default()));
        }
        socks.call(target).await.map_err(|error| error.to_string())
    } else {
        let mut tunnel = Tunnel::new(own, ready);
        if let Some(authorization) = authorization(proxy) {
            tunnel = tunnel.with_auth(authorization);
        }
        tunnel.call(target).await.map_err(|error| error.to_string())
    };
    outcome.map(TokioIo::into_inner).map_err(|says| {
        if says.contains("authorization required") {
            failed(format!("it asks for a user name and a password, or for others ({says})"))
        } else {
            failed(format!("it gives no way to {host}:{port} ({says})"))
        }
    })
}

/// What went wrong on the way to a proxy, told as the proxy's failure.
pub(super) fn blame(proxy: &ProxyServer, kind: FetchErrorKind) -> FetchErrorKind {
    use FetchErrorKind as Kind;
    let reason = match kind {
        Kind::Proxy { .. } | Kind::Blocked { .. } => return kind,
        Kind::HostNotFound { reason, .. } => format!("its host name cannot be resolved ({reason})"),
        Kind::ConnectionRefused { .. } => "it refused the connection".to_owned(),
        Kind::ConnectionFailed { reason, .. } => reason,
        other => other.to_string(),
    };
    Kind::Proxy { proxy: proxy.to_string(), reason }
}

/// A connector whose connection is there already.
struct Connected(Option<Transport>);

impl Service<Uri> for Connected {
    type Response = TokioIo<Transport>;
    type Error = std::io::Error;
    type Future = std::future::Ready<Result<Self::Response, Self::Error>>;

    fn poll_ready(&mut self, _: &mut Context<'_>) -> Poll<Result<(), Self::Error>> {
        Poll::Ready(Ok(()))
    }

    fn call(&mut self, _: Uri) -> Self::Future {
        let used = || std::io::Error::other("a connection is used once");
        std::future::ready(self.0.take().map(TokioIo::new).ok_or_else(used))
    }
}
