//! What went wrong on the network, in words: from the client's chain of causes to a [`FetchErrorKind`].

use std::error::Error as StdError;
use std::io;

use rustls::{AlertDescription, CertificateError, Error as TlsError, InvalidMessage};
use url::Url;

use super::connect_timing::ConnectTimes;
use crate::error::{FetchErrorKind, Phase};
use crate::limits::Limits;
use crate::policy::hosts::PrivateAddress;
use crate::request::Request;

/// Why no answer came.
pub(super) fn before_head(
    error: &reqwest::Error,
    request: &Request,
    times: &ConnectTimes,
    limits: &Limits,
) -> FetchErrorKind {
    let host = host_and_port(&request.url);
    if error.is_builder() {
        return FetchErrorKind::InvalidRequest { reason: root_cause(error) };
    }
    if let Some(cause) = find::<TlsError>(error) {
        return tls(cause, host);
    }
    if let Some(private) = find::<PrivateAddress>(error) {
        return FetchErrorKind::Blocked { reason: private.to_string() };
    }
    if error.is_dns() {
        let host = request.url.host_str().unwrap_or_default().to_owned();
        return FetchErrorKind::HostNotFound { host, reason: root_cause(error) };
    }
    let io_kind = find::<io::Error>(error).map(io::Error::kind);
    if error.is_connect() {
        let handshaking = times.tls_started.is_some() && times.ended.is_none();
        return match io_kind {
            _ if error.is_timeout() => {
                FetchErrorKind::Timeout { phase: Phase::Connecting, after: limits.connect_timeout }
            }
            Some(io::ErrorKind::ConnectionRefused) => FetchErrorKind::ConnectionRefused { host },
            _ if handshaking => {
                let reason = "the server closed the connection".to_owned();
                FetchErrorKind::Tls { host, reason, hint: Some(NOT_TLS) }
            }
            _ => FetchErrorKind::ConnectionFailed { host, reason: root_cause(error) },
        };
    }
    match find::<hyper::Error>(error) {
        Some(cause) if cause.is_parse() => FetchErrorKind::InvalidResponse { reason: cause.to_string() },
        _ => FetchErrorKind::NoResponse { reason: root_cause(error) },
    }
}

/// Why the body broke off.
pub(super) fn within_body(error: &reqwest::Error, received: u64, expected: Option<u64>) -> FetchErrorKind {
    FetchErrorKind::Truncated { received, expected, reason: root_cause(error) }
}

const NOT_TLS: &str = "the server may not speak TLS on this port: try http: instead of https:";

fn tls(error: &TlsError, host: String) -> FetchErrorKind {
    let (reason, hint) = match error {
        TlsError::InvalidCertificate(certificate) => certificate_words(certificate),
        TlsError::InvalidMessage(
            InvalidMessage::InvalidContentType
            | InvalidMessage::UnknownProtocolVersion
            | InvalidMessage::MessageTooLarge,
        ) => ("the server does not answer with TLS".to_owned(), Some(NOT_TLS)),
        TlsError::AlertReceived(AlertDescription::ProtocolVersion) | TlsError::PeerIncompatible(_) => {
            let reason = "the server offers no version or cipher of TLS that is still safe".to_owned();
            (reason, Some("the server's software needs an update"))
        }
        TlsError::AlertReceived(alert) => (format!("the server refused with the alert {alert:?}"), None),
        TlsError::General(text) if text.contains("No CA certificates") => (
            "this machine has no certificates of authorities to check against".to_owned(),
            Some("install the package ca-certificates, or name a file of certificates in SSL_CERT_FILE"),
        ),
        other => (other.to_string(), None),
    };
    FetchErrorKind::Tls { host, reason, hint }
}

fn certificate_words(error: &CertificateError) -> (String, Option<&'static str>) {
    const CLOCK: &str =
        "check this machine's clock; if it is right, the server's certificate must be renewed";
    const ISSUER: &str = "where you trust the server, add its authority to the system's certificates";
    let (reason, hint) = match error {
        CertificateError::Expired | CertificateError::ExpiredContext { .. } => ("has expired", Some(CLOCK)),
        CertificateError::NotValidYet | CertificateError::NotValidYetContext { .. } => {
            ("is not valid yet", Some(CLOCK))
        }
        CertificateError::UnknownIssuer => {
            ("is signed by no authority that this machine trusts", Some(ISSUER))
        }
        CertificateError::NotValidForName | CertificateError::NotValidForNameContext { .. } => {
            ("is for another host", Some("check the spelling of the address"))
        }
        CertificateError::Revoked => ("was revoked", None),
        other => return (format!("the server's certificate is not valid: {other}"), None),
    };
    (format!("the server's certificate {reason}"), hint)
}

fn host_and_port(url: &Url) -> String {
    let host = url.host_str().unwrap_or_default();
    match url.port_or_known_default() {
        Some(port) => format!("{host}:{port}"),
        None => host.to_owned(),
    }
}

/// The first error of a type in a chain of causes. An [`io::Error`] hides what it wraps from the chain.
fn find<'a, E: StdError + 'static>(error: &'a (dyn StdError + 'static)) -> Option<&'a E> {
    let mut next = Some(error);
    while let Some(error) = next {
        if let Some(found) = error.downcast_ref() {
            return Some(found);
        }
        next = match error.downcast_ref::<io::Error>().and_then(io::Error::get_ref) {
            Some(wrapped) => Some(wrapped),
            None => error.source(),
        };
    }
    None
}

/// The last cause of a chain: it says most.
fn root_cause(error: &(dyn StdError + 'static)) -> String {
    let mut last = error;
    while let Some(next) = last.source() {
        last = next;
    }
    last.to_string()
}
