//! The log as `dump fetch` shows it.

use std::collections::BTreeMap;

use fanlight_base::dump::Fields;
use fanlight_base::{Dump, TreeWriter};
use serde_json::{Map, Value};

use super::connection_details;
use super::entry::{Hop, LogEntry, Outcome};
use super::facts::{Fact, intermediary_facts};
use super::{LogSnapshot, NetworkLog, ScriptMoment, ScriptVerdict, milliseconds};
use crate::headers::HeaderList;
use crate::policy;
use crate::response::{Sizes, Timing};

/// A `request` for each entry; below it a `hop` for each exchange with a server, and in JSON the header fields. Then a
/// `script` for each script, in the order in which they may run.
impl Dump for NetworkLog {
    fn dump(&self, tree: &mut TreeWriter) {
        let snapshot = self.snapshot();
        for (index, entry) in snapshot.entries.iter().enumerate() {
            dump_entry(index, entry, tree);
        }
        for script in &snapshot.scripts {
            dump_script(script, &snapshot, tree);
        }
    }
}

fn dump_script(script: &ScriptMoment, snapshot: &LogSnapshot, tree: &mut TreeWriter) {
    let note = &script.note;
    let request = note.entry.and_then(|id| snapshot.entries.iter().position(|entry| entry.id == id));
    tree.leaf("script", |fields| {
        fields.add("kind", note.kind.as_str());
        fields.add_some("url", note.url.as_ref().map(url::Url::as_str));
        fields.add("document", note.document.as_str());
        fields.add_some("line", note.line);
        fields.add_some("request", request);
        match &note.verdict {
            ScriptVerdict::MayRun(why) => {
                fields.add("may_run", rounded(script.at));
                fields.add("why", why.as_str());
            }
            ScriptVerdict::Never(why) => fields.add("never_runs", why.as_str()),
        }
    });
}

fn dump_entry(index: usize, entry: &LogEntry, tree: &mut TreeWriter) {
    tree.open("request", |fields| {
        fields.add("index", index);
        fields.add("method", entry.method.as_str());
        fields.add("url", entry.url.as_str());
        fields.add("destination", entry.destination.name());
        fields.add("mode", entry.mode.name());
        fields.add("priority", entry.priorities());
        if entry.is_render_blocking {
            fields.add("render_blocking", true);
        }
        fields.add("initiator", entry.initiator.kind.name());
        fields.add_some("initiator_source", entry.initiator.source.as_ref().map(url::Url::as_str));
        fields.add_some("initiator_line", entry.initiator.line);
        fields.add("started", entry.started);
        match &entry.outcome {
            Outcome::Pending => fields.add("outcome", "pending"),
            Outcome::Failed(error) => {
                fields.add("outcome", error.kind.name());
                fields.add("error", error.to_string());
            }
            Outcome::Done { timing, sizes } => {
                fields.add("outcome", "done");
                fields.add_some("status", entry.response().map(|response| response.status));
                fields.add_some("protocol", entry.response().map(|response| response.protocol.name()));
                fields.add("redirects", entry.hops.len().saturating_sub(1));
                fields.add_some("mime_type", entry.mime_type.as_deref());
                fields.add("total", rounded(timing.total));
                add_sizes(fields, *sizes);
            }
        }
        if !entry.remarks.is_empty() {
            fields.add("remarks", entry.remarks.join("; "));
        }
        fields.add("cache", entry.cache.name());
        fields.add("cache_reason", entry.cache.why());
    });
    for hop in &entry.hops {
        dump_hop(hop, tree);
    }
    if entry.destination.is_navigation()
        && let Some(hop) = entry.hops.last()
        && let Some(response) = &hop.response
    {
        policy::shown::dump(&hop.url, &response.headers, tree);
    }
    tree.close();
}

fn dump_hop(hop: &Hop, tree: &mut TreeWriter) {
    let is_json = tree.format() == fanlight_base::DumpFormat::Json;
    tree.leaf("hop", |fields| {
        fields.add("method", hop.method.as_str());
        fields.add("url", hop.url.as_str());
        fields.add("started", hop.started);
        fields.add_some("proxy", hop.proxy.as_deref());
        if let Some(response) = &hop.response {
            fields.add("status", response.status);
            fields.add("protocol", response.protocol.name());
            fields.add_some("address", response.remote_address.map(|address| address.to_string()));
            fields.add_some("location", response.headers.get("location"));
        }
        fields.add_some("connection", hop.connection.map(|connection| connection.id));
        fields.add_some("connection_reused", hop.connection.map(|connection| connection.is_reused));
        add_timing(fields, &hop.timing);
        add_sizes(fields, hop.sizes);
        fields.add("cache", hop.cache.name());
        fields.add("cache_reason", hop.cache.why());
        for (name, reason) in &hop.rejected_cookies {
            fields.add("rejected_cookie", format!("{name}: {reason}"));
        }
        if let Some(tls) = &hop.tls {
            fields.add("tls_version", tls.version.as_str());
            fields.add("tls_cipher", tls.cipher.as_str());
            fields.add_some("tls_issuer", tls.certificates.first().map(|first| first.issuer.as_str()));
        }
        let said = hop.response.iter().flat_map(|response| intermediary_facts(&response.headers));
        for (name, words) in together(said.chain(hop.name_facts())) {
            fields.add(&name, words);
        }
        if is_json {
            fields.add_some("dns_answer", hop.dns.as_ref().map(connection_details::dns));
            let tried: Vec<Value> = hop.tried_addresses.iter().map(connection_details::tried).collect();
            fields.add_some("tried_addresses", (!tried.is_empty()).then_some(tried));
            fields.add_some("security", hop.tls.as_ref().map(connection_details::tls));
            fields.add("request_headers", pairs(&hop.request_headers));
            fields
                .add_some("response_headers", hop.response.as_ref().map(|response| pairs(&response.headers)));
        }
    });
}

fn add_timing(fields: &mut Fields<'_>, timing: &Timing) {
    fields.add("queued", rounded(timing.queued));
    fields.add_some("dns", timing.dns.map(rounded));
    fields.add_some("connect", timing.connect.map(rounded));
    fields.add_some("tls", timing.tls.map(rounded));
    fields.add("waiting", rounded(timing.waiting));
    fields.add("download", rounded(timing.download));
}

fn add_sizes(fields: &mut Fields<'_>, sizes: Sizes) {
    fields.add("encoded", sizes.encoded);
    fields.add("decoded", sizes.decoded);
}

/// Facts of the same term as one field, its name as fields are called.
fn together(facts: impl Iterator<Item = Fact>) -> BTreeMap<String, String> {
    let mut fields: BTreeMap<String, String> = BTreeMap::new();
    for (term, said) in facts {
        let field = fields.entry(term.to_ascii_lowercase().replace('-', "_")).or_default();
        if !field.is_empty() {
            field.push_str("; ");
        }
        field.push_str(&said);
    }
    fields
}

/// Field lines as pairs, as `fetch --batch` has them.
fn pairs(headers: &HeaderList) -> Value {
    headers.iter().map(|(name, value)| Value::from(vec![name, value])).collect()
}

/// To the microsecond.
pub(super) fn rounded(ms: f64) -> f64 {
    milliseconds(std::time::Duration::try_from_secs_f64(ms / 1e3).unwrap_or_default())
}

/// An object of what is there.
pub(super) fn object<const N: usize>(fields: [(&str, Option<Value>); N]) -> Value {
    let present = fields.into_iter().filter_map(|(name, value)| Some((name.to_owned(), value?)));
    Value::Object(present.collect::<Map<_, _>>())
}
