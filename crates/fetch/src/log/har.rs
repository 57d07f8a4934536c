//! The log as HAR 1.2, which the browsers' tools open.
//! <http://www.softwareishard.com/blog/har-12-spec/>

use std::time::{Duration, SystemTime};

use serde_json::{Value, json};

use super::NetworkLog;
use super::dump::{object, rounded};
use super::entry::{Hop, LogEntry, Outcome};
use crate::headers::HeaderList;
use crate::response::{Protocol, Timing};

/// The log as one HAR value. Every exchange with a server is an entry, redirects too; bodies are left out.
pub fn to_har(log: &NetworkLog) -> Value {
    let mut entries = Vec::new();
    for entry in log.entries() {
        let last = entry.hops.len().saturating_sub(1);
        for (index, hop) in entry.hops.iter().enumerate() {
            entries.push(har_entry(log.started_at(), &entry, hop, index == last));
        }
        if entry.hops.is_empty() {
            entries.push(failed_entry(log.started_at(), &entry));
        }
    }
    json!({ "log": {
        "version": "1.2",
        "creator": { "name": "Fanlight", "version": env!("CARGO_PKG_VERSION") },
        "pages": [],
        "entries": entries,
    } })
}

fn har_entry(log_started: SystemTime, entry: &LogEntry, hop: &Hop, is_last: bool) -> Value {
    let response = hop.response.as_ref();
    let mime_type = match (is_last, &entry.mime_type) {
        (true, Some(mime_type)) => mime_type.clone(),
        _ => response.and_then(|response| response.headers.get("content-type")).unwrap_or_default(),
    };
    let error = match &entry.outcome {
        Outcome::Failed(error) if is_last => Some(Value::from(error.to_string())),
        _ => None,
    };
    let protocol = response.map_or("", |response| http_version(response.protocol));
    let body = entry.request_body.as_ref().filter(|_| hop.method == entry.method);
    let body_bytes = body.map_or(0, |body| body.len() as u64);
    object([
        ("startedDateTime", Some(date_time(log_started, entry.started + hop.started).into())),
        ("time", Some(rounded(time_of(&hop.timing)).into())),
        ("request", Some(har_request(hop, protocol, body_bytes))),
        (
            "response",
            Some(json!({
                "status": response.map_or(0, |response| response.status),
                "statusText": response.map_or("", |response| response.status_text.as_str()),
                "httpVersion": protocol,
                "cookies": [],
                "headers": response.map_or_else(|| json!([]), |response| har_headers(&response.headers)),
                "content": {
                    "size": hop.sizes.decoded,
                    "compression": i128::from(hop.sizes.decoded) as i64 - i128::from(hop.sizes.encoded) as i64,
                    "mimeType": mime_type,
                },
                "redirectURL": response
                    .and_then(|response| response.headers.get("location"))
                    .unwrap_or_default(),
                "headersSize": -1,
                "bodySize": hop.sizes.encoded,
            })),
        ),
        ("cache", Some(json!({}))),
        ("timings", Some(timings(&hop.timing))),
        (
            "serverIPAddress",
            response
                .and_then(|response| response.remote_address)
                .map(|address| address.ip().to_string().into()),
        ),
        ("_initiator", Some(entry.initiator.to_string().into())),
        ("_priority", Some(entry.priority.name().into())),
        ("_resourceType", Some(entry.destination.name().into())),
        ("_cacheReason", Some(hop.cache.why().into())),
        ("_error", error),
    ])
}

/// A request that never got as far as an exchange.
fn failed_entry(log_started: SystemTime, entry: &LogEntry) -> Value {
    let hop = Hop::begun(&entry.url, &entry.method, 0.0, &HeaderList::new(), &entry.cache);
    har_entry(log_started, entry, &hop, true)
}

fn har_request(hop: &Hop, protocol: &str, body_bytes: u64) -> Value {
    let mut url = hop.url.clone();
    url.set_fragment(None);
    let query: Vec<Value> =
        url.query_pairs().map(|(name, value)| json!({ "name": name, "value": value })).collect();
    json!({
        "method": hop.method,
        "url": url.as_str(),
        "httpVersion": protocol,
        "cookies": [],
        "headers": har_headers(&hop.request_headers),
        "queryString": query,
        "headersSize": -1,
        "bodySize": body_bytes,
    })
}

fn har_headers(headers: &HeaderList) -> Value {
    headers.iter().map(|(name, value)| json!({ "name": name, "value": value })).collect()
}

fn http_version(protocol: Protocol) -> &'static str {
    match protocol {
        Protocol::Http10 => "HTTP/1.0",
        Protocol::Http11 => "HTTP/1.1",
        other => other.name(),
    }
}

fn time_of(timing: &Timing) -> f64 {
    let connecting = [timing.dns, timing.connect, timing.tls].into_iter().flatten().sum::<f64>();
    timing.queued + connecting + timing.waiting + timing.download
}

/// -1 stands for what does not apply; `connect` includes `ssl`, says the format.
fn timings(timing: &Timing) -> Value {
    let part = |ms: Option<f64>| ms.map_or(json!(-1), |ms| json!(rounded(ms)));
    let connect = timing.connect.map(|connect| connect + timing.tls.unwrap_or(0.0));
    json!({
        "blocked": rounded(timing.queued),
        "dns": part(timing.dns),
        "connect": part(connect),
        "ssl": part(timing.tls),
        "send": 0,
        "wait": rounded(timing.waiting),
        "receive": rounded(timing.download),
    })
}

/// An instant as ISO 8601 in UTC, `offset` ms after `start`.
fn date_time(start: SystemTime, offset: f64) -> String {
    let offset = Duration::try_from_secs_f64(offset / 1e3).unwrap_or_default();
    let since_epoch = (start + offset).duration_since(SystemTime::UNIX_EPOCH).unwrap_or_default();
    let (days, second) = (since_epoch.as_secs() / 86_400, since_epoch.as_secs() % 86_400);
    let (year, month, day) = civil_date(days);
    format!(
        "{year:04}-{month:02}-{day:02}T{:02}:{:02}:{:02}.{:03}Z",
        second / 3600,
        second / 60 % 60,
        second % 60,
        since_epoch.subsec_millis()
    )
}

/// The Gregorian date of a day counted from 1970-01-01. Years are counted from March, so that the leap day is the last
/// of its year and every five months have 153 days.
fn civil_date(days: u64) -> (u64, u64, u64) {
    const DAYS_IN_400_YEARS: u64 = 146_097;
    // 719,468 days lie between 0000-03-01 and 1970-01-01.
    let shifted = days + 719_468;
    let era = shifted / DAYS_IN_400_YEARS;
    let day_of_era = shifted % DAYS_IN_400_YEARS;
    let year_of_era = (day_of_era - day_of_era / 1460 + day_of_era / 36_524 - day_of_era / 146_096) / 365;
    let day_of_year = day_of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
    let month_from_march = (5 * day_of_year + 2) / 153;
    let day = day_of_year - (153 * month_from_march + 2) / 5 + 1;
    let month = if month_from_march < 10 { month_from_march + 3 } else { month_from_march - 9 };
    let year = 400 * era + year_of_era + u64::from(month <= 2);
    (year, month, day)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn instants_are_written_as_iso_8601() {
        let at = |seconds: u64| SystemTime::UNIX_EPOCH + Duration::from_secs(seconds);
        assert_eq!(date_time(at(0), 1.5), "1970-01-01T00:00:00.001Z");
        assert_eq!(date_time(at(951_782_400), 0.0), "2000-02-29T00:00:00.000Z");
        assert_eq!(date_time(at(1_735_689_599), 0.0), "2024-12-31T23:59:59.000Z");
    }
}
