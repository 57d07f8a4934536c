//! What went wrong on the network, in words: from chains of causes to a [`FetchErrorKind`].

use std::error::Error as StdError;
use std::io;

use rustls::{AlertDescription, CertificateError, Error as TlsError, InvalidMessage};
use url::Url;

use super::message::{Again, SendError};
use crate::error::FetchErrorKind;

/// Why there is no connection over TCP; `peer` is host and port.
pub(super) fn tcp(error: &io::Error, peer: String) -> FetchErrorKind {
    match error.kind() {
        io::ErrorKind::ConnectionRefused => FetchErrorKind::ConnectionRefused { host: peer },
        _ => FetchErrorKind::ConnectionFailed { host: peer, reason: error.to_string() },
    }
}

/// Why there is no TLS.
pub(super) fn handshake(error: &io::Error, peer: String) -> FetchErrorKind {
    if let Some(cause) = find::<TlsError>(error) {
        return tls(cause, peer);
    }
    let reason = match error.kind() {
        io::ErrorKind::ConnectionReset => "the server reset the connection",
        _ => "the server closed the connection",
    };
    FetchErrorKind::Tls { host: peer, reason: reason.to_owned(), hint: Some(NOT_TLS) }
}

/// Why there is no answer over HTTP/1.1.
pub(super) fn http1(error: &hyper::Error) -> SendError {
    if error.is_parse() {
        let kind = FetchErrorKind::InvalidResponse { reason: error.to_string() };
        return SendError { kind, again: Again::No };
    }
    if error.is_user() {
        return SendError::invalid_request(error);
    }
    // A request that was given back was never written.
    let again = if error.is_canceled() { Again::Safe } else { Again::IfIdempotent };
    SendError { kind: FetchErrorKind::NoResponse { reason: root_cause(error) }, again }
}

/// Why there is no answer over HTTP/2.
pub(super) fn http2(error: &h2::Error) -> SendError {
    let again = match error.reason() {
        Some(h2::Reason::REFUSED_STREAM) => Again::Safe,
        Some(h2::Reason::HTTP_1_1_REQUIRED) => Again::OverHttp1,
        // A server that goes away says up to which stream it has looked; those beyond it fail with this.
        Some(h2::Reason::NO_ERROR) if error.is_go_away() => Again::Safe,
        _ if error.is_io() || error.is_go_away() => Again::IfIdempotent,
        _ => Again::No,
    };
    let reason = root_cause(error);
    let kind = if error.is_library() {
        FetchErrorKind::InvalidResponse { reason }
    } else {
        FetchErrorKind::NoResponse { reason }
    };
    SendError { kind, again }
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

/// Host and port of a URL.
pub(super) fn host_and_port(url: &Url) -> String {
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
pub(super) fn root_cause(error: &(dyn StdError + 'static)) -> String {
    let mut last = error;
    while let Some(next) = last.source() {
        last = next;
    }
    last.to_string()
}
