//! What is known of a request, in words: pairs of a term and what is said about it, for reports and the command line.

use super::analysis::{bytes, duration};
use super::intermediaries::Intermediaries;
use super::{Hop, LogEntry, Outcome, TlsDetails, TriedOutcome};
use crate::headers::HeaderList;

/// A term and what is said about it.
pub type Fact = (&'static str, String);

/// The parts of an exchange, in the order in which they come.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum TimingPhase {
    /// Waiting for a connection.
    Queued,
    /// Resolving the name.
    Dns,
    /// Connecting by TCP.
    Connect,
    /// The TLS handshake.
    Tls,
    /// From sending the request to the response's header.
    Waiting,
    /// From the header to the end of the body.
    Download,
}

impl TimingPhase {
    /// Every part, in the order in which they come.
    pub const ALL: [TimingPhase; 6] = [
        TimingPhase::Queued,
        TimingPhase::Dns,
        TimingPhase::Connect,
        TimingPhase::Tls,
        TimingPhase::Waiting,
        TimingPhase::Download,
    ];

    /// The word in reports.
    pub const fn name(self) -> &'static str {
        match self {
            TimingPhase::Queued => "queued",
            TimingPhase::Dns => "dns",
            TimingPhase::Connect => "connect",
            TimingPhase::Tls => "tls",
            TimingPhase::Waiting => "waiting",
            TimingPhase::Download => "download",
        }
    }

    /// How long it took in an exchange, in ms; nothing where there was no such part.
    pub fn of(self, hop: &Hop) -> Option<f64> {
        let timing = &hop.timing;
        let ms = match self {
            TimingPhase::Queued => timing.queued,
            TimingPhase::Dns => timing.dns?,
            TimingPhase::Connect => timing.connect?,
            TimingPhase::Tls => timing.tls?,
            TimingPhase::Waiting => timing.waiting,
            TimingPhase::Download => timing.download,
        };
        (ms > 0.0).then_some(ms)
    }
}

impl LogEntry {
    /// What is known of the request as a whole.
    pub fn facts(&self) -> Vec<Fact> {
        let mut facts = vec![
            ("URL", self.url.to_string()),
            ("Method", self.method.clone()),
            ("Initiator", self.initiator.to_string()),
            ("Priority", self.priorities()),
            ("Mode", self.mode.name().to_owned()),
            ("Asked for after", duration(self.started)),
        ];
        if self.is_render_blocking {
            facts.push(("Rendering", "waits for it".to_owned()));
        }
        facts.extend(self.mime_type.clone().map(|mime_type| ("MIME type", mime_type)));
        if !self.hops.is_empty() {
            facts.push(("Cache", format!("{}: {}", self.cache.name(), self.cache.why())));
        }
        facts.extend(self.remarks.iter().map(|remark| ("Remark", remark.clone())));
        match &self.outcome {
            Outcome::Done { .. } => facts.push(("Took", duration(self.ended() - self.started))),
            Outcome::Failed(error) => facts.push(("Error", error.to_string())),
            Outcome::Pending => facts.push(("Outcome", "still under way".to_owned())),
        }
        facts
    }

    /// The priority it was asked for with, and what became of it.
    pub fn priorities(&self) -> String {
        let changes = self.priority_changes.iter();
        let later =
            changes.map(|change| format!(", {} after {}", change.priority.name(), duration(change.at)));
        std::iter::once(self.priority.name().to_owned()).chain(later).collect()
    }
}

impl Hop {
    /// What is known of the exchange, header fields apart.
    pub fn facts(&self) -> Vec<Fact> {
        let mut facts = Vec::new();
        if let Some(response) = &self.response {
            let status = format!("{} {}", response.status, response.status_text);
            facts.push(("Status", format!("{} ({})", status.trim_end(), response.protocol.name())));
            facts.extend(response.headers.get("location").map(|location| ("Sent on to", location)));
        }
        let times: Vec<String> = TimingPhase::ALL
            .into_iter()
            .filter_map(|phase| Some(format!("{} {}", phase.name(), duration(phase.of(self)?))))
            .collect();
        if !times.is_empty() {
            facts.push(("Times", times.join(", ")));
        }
        if self.sizes.decoded > 0 {
            let (encoded, decoded) = (bytes(self.sizes.encoded), bytes(self.sizes.decoded));
            facts.push(("Size", format!("{encoded} as transferred, {decoded} decoded")));
        }
        self.connection_facts(&mut facts);
        for (name, reason) in &self.rejected_cookies {
            facts.push(("Cookie not kept", format!("{name}: {reason}")));
        }
        if let Some(response) = &self.response {
            facts.extend(intermediary_facts(&response.headers));
        }
        facts
    }

    fn connection_facts(&self, facts: &mut Vec<Fact>) {
        if let Some(connection) = self.connection {
            let reused = if connection.is_reused { "was there already" } else { "was opened for it" };
            facts.push(("Connection", format!("{} ({reused})", connection.id)));
        }
        let address = self.response.as_ref().and_then(|response| response.remote_address);
        facts.extend(address.map(|address| ("Address", address.to_string())));
        facts.extend(self.proxy.clone().map(|proxy| ("Proxy", proxy)));
        facts.extend(self.name_facts());
        if let Some(tls) = &self.tls {
            tls_facts(tls, facts);
        }
    }

    /// How the host's name was resolved, and which addresses were tried.
    pub(super) fn name_facts(&self) -> Vec<Fact> {
        let mut facts = Vec::new();
        if let Some(answer) = &self.dns {
            for record in &answer.records {
                let ttl = record.ttl.map(|ttl| format!(", for {ttl} s")).unwrap_or_default();
                let from = if answer.is_cached { ", known from before" } else { "" };
                facts.push(("DNS", format!("{} {} {}{ttl}{from}", record.name, record.kind, record.value)));
            }
        }
        for tried in &self.tried_addresses {
            let outcome = match &tried.outcome {
                TriedOutcome::Connected => "connected".to_owned(),
                TriedOutcome::GivenUp => "given up for another one".to_owned(),
                TriedOutcome::Failed { reason } => format!("failed: {reason}"),
            };
            let took = duration(tried.duration);
            facts.push(("Tried", format!("{} for {took}: {outcome}", tried.address)));
        }
        facts
    }
}

fn tls_facts(tls: &TlsDetails, facts: &mut Vec<Fact>) {
    let more = tls.key_exchange.iter().chain(&tls.alpn).map(|part| format!(", {part}"));
    facts.push(("TLS", format!("{}, {}{}", tls.version, tls.cipher, more.collect::<String>())));
    for certificate in &tls.certificates {
        let names = if certificate.names.is_empty() {
            String::new()
        } else {
            format!(", for {}", certificate.names.join(", "))
        };
        let said = format!(
            "{} by {}, from {} to {}{names}",
            certificate.subject, certificate.issuer, certificate.not_before, certificate.not_after
        );
        facts.push(("Certificate", said));
    }
}

/// What those on the way say, in words.
pub(super) fn intermediary_facts(headers: &HeaderList) -> Vec<Fact> {
    let said = Intermediaries::of(headers);
    let mut facts = Vec::new();
    facts.extend(said.age.map(|age| ("Age", format!("{age} s"))));
    for via in &said.via {
        let comment = via.comment.as_ref().map(|comment| format!(" ({comment})")).unwrap_or_default();
        facts.push(("Via", format!("{} by {}{comment}", via.protocol, via.by)));
    }
    facts.extend(said.cache_status.iter().map(|status| ("Cache-Status", status.to_string())));
    if !said.x_cache.is_empty() {
        facts.push(("X-Cache", said.x_cache.join(", ")));
    }
    for timing in &said.server_timing {
        let took =
            if timing.duration > 0.0 { format!(" {}", duration(timing.duration)) } else { String::new() };
        let words =
            if timing.description.is_empty() { String::new() } else { format!(" ({})", timing.description) };
        facts.push(("Server-Timing", format!("{}{took}{words}", timing.name)));
    }
    facts.extend(said.alt_svc.map(|alt_svc| ("Alt-Svc", alt_svc.to_string())));
    facts
}
