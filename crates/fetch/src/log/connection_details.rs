//! What is known of a connection as JSON, for dumps and HAR: names are those of Chromium's tools where they have any.

use serde_json::{Value, json};

use super::connection::{DnsAnswer, TlsDetails, TriedAddress, TriedOutcome};
use super::dump::rounded;

/// How the connection is secured, the server's own certificate first.
pub(super) fn tls(details: &TlsDetails) -> Value {
    let certificates: Vec<Value> = details
        .certificates
        .iter()
        .map(|certificate| {
            json!({
                "subjectName": certificate.subject,
                "issuer": certificate.issuer,
                "sanList": certificate.names,
                "validFrom": certificate.not_before,
                "validTo": certificate.not_after,
                "serialNumber": certificate.serial_number,
                "sha256Fingerprint": certificate.fingerprint,
            })
        })
        .collect();
    json!({
        "protocol": details.version,
        "cipher": details.cipher,
        "keyExchangeGroup": details.key_exchange,
        "alpn": details.alpn,
        "resumed": details.is_resumed,
        "certificates": certificates,
    })
}

/// How the host's name became addresses.
pub(super) fn dns(answer: &DnsAnswer) -> Value {
    let records: Vec<Value> = answer
        .records
        .iter()
        .map(|record| json!({ "name": record.name, "type": record.kind, "data": record.value, "ttl": record.ttl }))
        .collect();
    json!({ "source": answer.source.name(), "cached": answer.is_cached, "records": records })
}

/// An address that was tried.
pub(super) fn tried(tried: &TriedAddress) -> Value {
    let outcome = match &tried.outcome {
        TriedOutcome::Connected => "connected",
        TriedOutcome::GivenUp => "given up",
        TriedOutcome::Failed { reason } => reason,
    };
    json!({
        "address": tried.address.to_string(),
        "started": rounded(tried.started),
        "duration": rounded(tried.duration),
        "outcome": outcome,
    })
}
