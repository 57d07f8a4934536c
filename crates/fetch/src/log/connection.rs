//! What is known of the connection that an exchange went over: how it was found, opened and secured.

use std::net::SocketAddr;

/// The connection that an exchange went over.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ConnectionUse {
    /// Which connection, counted from 1 in the order in which the fetcher made them.
    pub id: u64,
    /// Whether it was there already, so that name resolution, TCP and TLS cost nothing.
    pub is_reused: bool,
}

/// How a host's name became addresses.
/// <https://www.rfc-editor.org/rfc/rfc1034#section-3.6>
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct DnsAnswer {
    /// Whether the answer was known from before.
    pub is_cached: bool,
    /// Who gave it.
    pub source: DnsSource,
    /// The records from the name asked for to the addresses, in the order of the chain.
    pub records: Vec<DnsRecord>,
}

/// Who knew the addresses of a name.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum DnsSource {
    /// The user, beforehand.
    Fixed,
    /// A rule of the standards: `localhost`.
    Rule,
    /// The system's table of hosts.
    Hosts,
    /// A name server.
    #[default]
    Dns,
    /// The system's resolver, which does not say how it knows.
    System,
}

impl DnsSource {
    /// The word in dumps.
    pub const fn name(self) -> &'static str {
        match self {
            DnsSource::Fixed => "fixed",
            DnsSource::Rule => "rule",
            DnsSource::Hosts => "hosts",
            DnsSource::Dns => "dns",
            DnsSource::System => "system",
        }
    }
}

/// One resource record of an answer.
/// <https://www.rfc-editor.org/rfc/rfc1035#section-3.2.1>
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DnsRecord {
    /// The name that it is about.
    pub name: String,
    /// Its type: `CNAME`, `A`, `AAAA`.
    pub kind: String,
    /// What it says: a name or an address.
    pub value: String,
    /// How long it may be kept, in s, where that is known.
    pub ttl: Option<u32>,
}

/// An address that was tried, the one that answered included.
/// <https://www.rfc-editor.org/rfc/rfc8305#section-5>
#[derive(Clone, Debug, PartialEq)]
pub struct TriedAddress {
    /// The address.
    pub address: SocketAddr,
    /// When it was tried, in ms since the exchange began.
    pub started: f64,
    /// How long it was tried, in ms.
    pub duration: f64,
    /// What became of it.
    pub outcome: TriedOutcome,
}

/// What became of an address that was tried.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum TriedOutcome {
    /// It is the one that was used.
    Connected,
    /// Another one was there sooner.
    GivenUp,
    /// It failed.
    Failed {
        /// What the system said.
        reason: String,
    },
}

/// How a connection was secured.
/// <https://www.rfc-editor.org/rfc/rfc8446>
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct TlsDetails {
    /// The version: `TLS 1.3`.
    pub version: String,
    /// The cipher suite: `TLS_AES_128_GCM_SHA256`.
    pub cipher: String,
    /// The key exchange group: `X25519MLKEM768`.
    pub key_exchange: Option<String>,
    /// The protocol that both sides agreed on: `h2`.
    pub alpn: Option<String>,
    /// Whether an earlier session was resumed.
    pub is_resumed: bool,
    /// The server's certificates, its own first.
    pub certificates: Vec<CertificateDetails>,
}

/// What a certificate says.
/// <https://www.rfc-editor.org/rfc/rfc5280#section-4.1>
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct CertificateDetails {
    /// Whom it is about: `CN=example.com`.
    pub subject: String,
    /// Who signed it.
    pub issuer: String,
    /// The names that it is valid for.
    pub names: Vec<String>,
    /// The first moment at which it is valid, as ISO 8601 in UTC.
    pub not_before: String,
    /// The last moment at which it is valid, as ISO 8601 in UTC.
    pub not_after: String,
    /// Its serial number, in hexadecimal digits with colons.
    pub serial_number: String,
    /// SHA-256 of the certificate, in hexadecimal digits with colons.
    pub fingerprint: String,
}
