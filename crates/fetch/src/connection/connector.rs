//! Makes connections, and notes when which step was done.

use std::net::{IpAddr, SocketAddr};
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::{Duration, Instant};

use hyper_util::rt::TokioIo;
use rustls::ClientConfig;
use rustls::pki_types::ServerName;
use tokio::io::{AsyncRead, AsyncWrite};
use tokio_rustls::TlsConnector;
use tokio_rustls::client::TlsStream;
use url::{Host, Url};

use super::http1::{ForProxy, Http1};
use super::http2::Http2;
use super::race::{interleave, race};
use super::record::{ConnectTimes, Connection};
use super::{failure, route, tls};
use crate::dns::{Resolution, Resolver};
use crate::error::{FetchErrorKind, Phase};
use crate::http::NetworkSetup;
use crate::policy::hosts::HostPolicy;
use crate::proxy::{Proxies, ProxyServer};

/// Makes connections.
pub(crate) struct Connector {
    resolver: Resolver,
    hosts: Arc<HostPolicy>,
    proxies: Proxies,
    /// Offers HTTP/2 and HTTP/1.1.
    tls: Arc<ClientConfig>,
    /// Offers HTTP/1.1 alone.
    tls_for_http1: Arc<ClientConfig>,
    timeout: Duration,
    made: AtomicU64,
}

/// Bytes to and from a server: TCP, with what a proxy may put in between.
pub(super) type Transport = Box<dyn Io>;

/// Both directions.
pub(super) trait Io: AsyncRead + AsyncWrite + Send + Unpin {}

impl<T: AsyncRead + AsyncWrite + Send + Unpin> Io for T {}

/// A connection that is ready for requests.
pub(super) struct Established {
    pub(super) line: Line,
    pub(super) connection: Arc<Connection>,
}

/// This end of a connection.
pub(super) enum Line {
    Http1(Http1),
    Http2(Http2),
}

/// Why there is no connection, and how far it got.
#[derive(Clone, Debug)]
pub(crate) struct ConnectFailure {
    pub(crate) kind: FetchErrorKind,
    pub(crate) connection: Arc<Connection>,
}

impl Connector {
    /// # Errors
    /// The environment names a proxy that is none.
    pub(crate) fn new(setup: &NetworkSetup) -> Result<Self, String> {
        let tls = tls::client_config(&setup.trusted);
        let mut tls_for_http1 = tls.clone();
        tls_for_http1.alpn_protocols = vec![b"http/1.1".to_vec()];
        Ok(Connector {
            resolver: Resolver::new(setup.name_servers.clone(), Arc::clone(&setup.fixed_addresses)),
            hosts: Arc::clone(&setup.hosts),
            proxies: Proxies::new(&setup.proxy)?,
            tls: Arc::new(tls),
            tls_for_http1: Arc::new(tls_for_http1),
            timeout: setup.limits.connect_timeout,
            made: AtomicU64::new(0),
        })
    }

    /// Looks up the addresses of a URL's host, so that they are known when a connection is made.
    pub(super) async fn resolve_ahead(&self, url: &Url) {
        if let (None, Some(Host::Domain(name))) = (self.proxies.for_url(url), url.host()) {
            // A failure is told to the request that follows, if one does.
            let _ = self.resolver.resolve(name).await;
        }
    }

    /// The addresses of a URL's host that may be connected to directly; none where they cannot be told.
    pub(super) async fn addresses_of(&self, url: &Url) -> Option<Vec<SocketAddr>> {
        if self.proxies.for_url(url).is_some() {
            return None;
        }
        let mut unused = Connection::begun(0, String::new());
        let addresses = self.addresses(url, &mut unused);
        tokio::time::timeout(self.timeout, addresses).await.ok()?.ok()
    }

    /// Makes a connection to a URL's origin. Where it speaks HTTP/2, `ended` is told when it ends.
    pub(super) async fn connect(
        &self,
        url: &Url,
        http1_only: bool,
        ended: impl FnOnce(u64) + Send + 'static,
    ) -> Result<Established, ConnectFailure> {
        let id = self.made.fetch_add(1, Ordering::Relaxed) + 1;
        let mut connection = Connection::begun(id, url.origin().ascii_serialization());
        let proxy = self.proxies.for_url(url);
        connection.proxy = proxy.map(ToString::to_string);
        let steps = self.establish(url, proxy, http1_only, move || ended(id), &mut connection);
        let outcome = tokio::time::timeout(self.timeout, steps).await;
        let kind = match outcome {
            Ok(Ok(line)) => return Ok(Established { line, connection: Arc::new(connection) }),
            Ok(Err(kind)) => kind,
            Err(_) => {
                let phase = match connection.times {
                    ConnectTimes { tls: Some(_), .. } => Phase::Handshaking,
                    ConnectTimes { tcp: Some(_), .. } => Phase::Connecting,
                    _ => Phase::Resolving,
                };
                let late = FetchErrorKind::Timeout { phase, after: self.timeout };
                match proxy {
                    Some(proxy) if phase != Phase::Handshaking => route::blame(proxy, late),
                    _ => late,
                }
            }
        };
        Err(ConnectFailure { kind, connection: Arc::new(connection) })
    }

    /// The steps, each noted.
    async fn establish(
        &self,
        url: &Url,
        proxy: Option<&ProxyServer>,
        http1_only: bool,
        ended: impl FnOnce() + Send + 'static,
        connection: &mut Connection,
    ) -> Result<Line, FetchErrorKind> {
        let mut for_proxy = None;
        let transport = match proxy {
            None => {
                let addresses = self.addresses(url, connection).await?;
                self.tcp(url, &addresses, connection).await?
            }
            Some(proxy) => {
                let target = self.target_behind(proxy, url).await?;
                let transport =
                    self.to_proxy(proxy, connection).await.map_err(|kind| route::blame(proxy, kind))?;
                if route::reads_requests(proxy, url) {
                    for_proxy = Some(ForProxy { authorization: route::authorization(proxy) });
                    transport
                } else {
                    let port = url.port_or_known_default().unwrap_or_default();
                    route::tunnel(proxy, transport, &target, port).await?
                }
            }
        };
        if let Some((_, end)) = &mut connection.times.tcp {
            *end = Some(Instant::now());
        }
        if url.scheme() != "https" {
            return Http1::begin(TokioIo::new(transport), for_proxy).await.map(Line::Http1);
        }
        let config = if http1_only { &self.tls_for_http1 } else { &self.tls };
        let started = Instant::now();
        connection.times.tls = Some((started, None));
        let stream = handshake(url, config, transport).await?;
        connection.times.tls = Some((started, Some(Instant::now())));
        let session = stream.get_ref().1;
        connection.tls = Some(tls::details(session));
        connection.certificate =
            session.peer_certificates().and_then(<[_]>::first).map(|own| own.clone().into_owned());
        if session.alpn_protocol() == Some(b"h2") {
            return Http2::begin(stream, ended).await.map(Line::Http2);
        }
        Http1::begin(TokioIo::new(stream), None).await.map(Line::Http1)
    }

    /// The addresses of a URL's host that may be connected to, in the order of trying.
    async fn addresses(
        &self,
        url: &Url,
        connection: &mut Connection,
    ) -> Result<Vec<SocketAddr>, FetchErrorKind> {
        let port = url.port_or_known_default().unwrap_or_default();
        let name = match url.host() {
            // Whether an address in a URL may be asked is known without asking.
            Some(Host::Ipv4(address)) => return Ok(vec![SocketAddr::new(address.into(), port)]),
            Some(Host::Ipv6(address)) => return Ok(vec![SocketAddr::new(address.into(), port)]),
            Some(Host::Domain(name)) => name,
            None => "",
        };
        let resolution = self.resolve(name, connection).await?;
        let allowed = self.allowed(name, &resolution)?;
        let addresses: Vec<_> = allowed.into_iter().map(|address| SocketAddr::new(address, port)).collect();
        Ok(interleave(&addresses))
    }

    fn allowed(&self, name: &str, resolution: &Resolution) -> Result<Vec<IpAddr>, FetchErrorKind> {
        self.hosts
            .check_addresses(name, &resolution.addresses)
            .map_err(|private| FetchErrorKind::Blocked { reason: private.to_string() })
    }

    async fn resolve(
        &self,
        name: &str,
        connection: &mut Connection,
    ) -> Result<Arc<Resolution>, FetchErrorKind> {
        let started = Instant::now();
        connection.times.dns = Some((started, None));
        let (resolution, is_cached) = self.resolver.resolve(name).await.map_err(|unresolved| {
            FetchErrorKind::HostNotFound { host: name.to_owned(), reason: unresolved.reason }
        })?;
        connection.times.dns = Some((started, Some(Instant::now())));
        connection.dns = Some(resolution.answer(is_cached));
        Ok(resolution)
    }

    /// TCP to the first address that answers.
    async fn tcp(
        &self,
        url: &Url,
        addresses: &[SocketAddr],
        connection: &mut Connection,
    ) -> Result<Transport, FetchErrorKind> {
        connection.times.tcp = Some((Instant::now(), None));
        let stream = race(addresses, &mut connection.tried)
            .await
            .map_err(|error| failure::tcp(&error, failure::host_and_port(url)))?;
        // Small requests are not held back.
        let _ = stream.set_nodelay(true);
        connection.remote_address = stream.peer_addr().ok();
        Ok(Box::new(stream))
    }

    /// What a proxy is told of the host: its address where it is resolved here, which `socks5:` asks for, else its name.
    ///
    /// Where private addresses are refused, a name that the proxy would resolve is resolved here first. The proxy may get
    /// another answer later on; that is out of reach from here.
    async fn target_behind(&self, proxy: &ProxyServer, url: &Url) -> Result<String, FetchErrorKind> {
        let own = url.host_str().unwrap_or_default().to_owned();
        let Some(Host::Domain(name)) = url.host() else { return Ok(own) };
        let is_resolved_here = proxy.url().scheme() == "socks5";
        if !is_resolved_here && !self.hosts.block_private {
            return Ok(own);
        }
        match self.resolver.resolve(name).await {
            Ok((resolution, _)) => {
                let address = self.allowed(name, &resolution)?.first().copied();
                let address = address.filter(|_| is_resolved_here).map(|address| match address {
                    IpAddr::V4(address) => address.to_string(),
                    IpAddr::V6(address) => format!("[{address}]"),
                });
                Ok(address.unwrap_or(own))
            }
            Err(unresolved) if is_resolved_here => {
                Err(FetchErrorKind::HostNotFound { host: own, reason: unresolved.reason })
            }
            Err(unresolved) => {
                let reason = format!(
                    "whether the host {name} is private cannot be told, for its name cannot be resolved here \
                     ({}), and --block-private is on",
                    unresolved.reason
                );
                Err(FetchErrorKind::Blocked { reason })
            }
        }
    }

    /// A transport to a proxy, which the user trusts, wherever it is.
    async fn to_proxy(
        &self,
        proxy: &ProxyServer,
        connection: &mut Connection,
    ) -> Result<Transport, FetchErrorKind> {
        let url = proxy.url();
        let port = url.port_or_known_default().unwrap_or_default();
        let addresses = match url.host() {
            Some(Host::Ipv4(address)) => vec![address.into()],
            Some(Host::Ipv6(address)) => vec![address.into()],
            // The hosts of other schemes than the web's are not parsed.
            _ => match url.host_str().unwrap_or_default() {
                text if text.parse::<IpAddr>().is_ok() => text.parse().into_iter().collect(),
                name => self.resolve(name, connection).await?.addresses.clone(),
            },
        };
        let addresses: Vec<_> = addresses.into_iter().map(|address| SocketAddr::new(address, port)).collect();
        let transport = self.tcp(url, &interleave(&addresses), connection).await?;
        match url.scheme() {
            "https" => Ok(Box::new(handshake(url, &self.tls_for_http1, transport).await?)),
            _ => Ok(transport),
        }
    }
}

/// TLS with a URL's host.
async fn handshake(
    url: &Url,
    config: &Arc<ClientConfig>,
    transport: Transport,
) -> Result<TlsStream<Transport>, FetchErrorKind> {
    let peer = failure::host_and_port(url);
    let name = match url.host() {
        Some(Host::Ipv4(address)) => ServerName::IpAddress(IpAddr::V4(address).into()),
        Some(Host::Ipv6(address)) => ServerName::IpAddress(IpAddr::V6(address).into()),
        // Certificates have no names with a dot at the end.
        _ => ServerName::try_from(url.host_str().unwrap_or_default().trim_end_matches('.').to_owned())
            .map_err(|_| {
                let reason = "no certificate can be for a host of such a name".to_owned();
                FetchErrorKind::Tls { host: peer.clone(), reason, hint: None }
            })?,
    };
    let handshake = TlsConnector::from(Arc::clone(config)).connect(name, transport);
    handshake.await.map_err(|error| failure::handshake(&error, peer))
}
