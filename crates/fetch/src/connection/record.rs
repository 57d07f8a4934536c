//! What is known of a connection, and how the network log has it.

use std::net::SocketAddr;
use std::sync::Arc;
use std::time::Instant;

use rustls::pki_types::CertificateDer;

use crate::log::{ConnectionUse, DnsAnswer, Hop, TlsDetails, TriedAddress};

/// A connection, or the attempt at one.
#[derive(Clone, Debug)]
pub(crate) struct Connection {
    /// Counts the connections of one fetcher, from 1.
    pub(crate) id: u64,
    /// The origin it was made for: `https://example.org:8443`.
    pub(crate) origin: String,
    /// The proxy that it leads through, without user name and password.
    pub(crate) proxy: Option<String>,
    /// How the name became addresses; none where there was no name to look up.
    pub(crate) dns: Option<DnsAnswer>,
    /// The addresses that were tried, their times counted from the first.
    pub(crate) tried: Vec<TriedAddress>,
    /// The address at the other end.
    pub(crate) remote_address: Option<SocketAddr>,
    /// What TLS agreed on.
    pub(crate) tls: Option<TlsDetails>,
    /// What the other end has shown, in DER.
    pub(crate) certificate: Option<CertificateDer<'static>>,
    /// When its steps happened.
    pub(crate) times: ConnectTimes,
}

/// When each step of making a connection began or ended.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct ConnectTimes {
    /// Name resolution; none where there was nothing to look up.
    pub(crate) dns: Option<(Instant, Option<Instant>)>,
    /// TCP, and a proxy's handshake.
    pub(crate) tcp: Option<(Instant, Option<Instant>)>,
    /// TLS.
    pub(crate) tls: Option<(Instant, Option<Instant>)>,
}

impl Connection {
    /// One that is about to be made.
    pub(super) fn begun(id: u64, origin: String) -> Self {
        Connection {
            id,
            origin,
            proxy: None,
            dns: None,
            tried: Vec::new(),
            remote_address: None,
            tls: None,
            certificate: None,
            times: ConnectTimes::default(),
        }
    }
}

/// Writes what is known of the connection of an exchange that was asked for at an instant. How a connection was made
/// belongs to the first exchange on it; how it is secured to all of them.
pub(crate) fn note(connection: &Arc<Connection>, is_reused: bool, asked: Instant, hop: &mut Hop) {
    hop.connection = Some(ConnectionUse { id: connection.id, is_reused });
    hop.tls.clone_from(&connection.tls);
    hop.proxy.clone_from(&connection.proxy);
    if is_reused {
        return;
    }
    hop.dns.clone_from(&connection.dns);
    let first = connection.times.tcp.map_or(asked, |(began, _)| began);
    // A connection that was made ahead was begun before.
    let offset = match first.checked_duration_since(asked) {
        Some(after) => after.as_secs_f64() * 1e3,
        None => -asked.duration_since(first).as_secs_f64() * 1e3,
    };
    hop.tried_addresses = connection
        .tried
        .iter()
        .map(|tried| TriedAddress { started: tried.started + offset, ..tried.clone() })
        .collect();
}
