//! What an engineer who wants the page to be fast would look at.

use std::collections::BTreeMap;

use super::{answers_for, bytes, duration, is_http};
use crate::error::FetchErrorKind;
use crate::headers::HeaderList;
use crate::log::{CacheVerdict, Hop, HopResponse, LogEntry, LogSnapshot, Outcome};
use crate::mime_type::MimeType;
use crate::request::{Destination, InitiatorKind};
use crate::response::Protocol;

/// Text below this many bytes fits into one packet, compressed or not.
const WORTH_COMPRESSING: u64 = 1400;
/// A server that answers later than this many ms is slow; Lighthouse's threshold.
const SLOW_ANSWER: f64 = 600.0;
/// A connection that is waited for longer than this many ms was missing.
const LONG_QUEUE: f64 = 100.0;
/// A body of more bytes than this is large.
const LARGE_BODY: u64 = 1_000_000;
/// Requests that HTTP/1.1 sends at a time to one origin.
const HTTP_1_AT_A_TIME: usize = 6;

/// Something that could be better.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Warning {
    /// The request that it is about, by its index in [`LogSnapshot::entries`]; nothing where it is about several.
    pub entry: Option<usize>,
    /// What could be better, in words.
    pub text: String,
}

/// What could be better, in the order of the requests, and then what is about several.
pub fn warnings(snapshot: &LogSnapshot) -> Vec<Warning> {
    let mut found = Vec::new();
    for (index, entry) in snapshot.entries.iter().enumerate() {
        let about = |text: String| Warning { entry: Some(index), text };
        found.extend(failure(entry).map(about));
        found.extend(redirects(entry).map(about));
        if let Some((hop, response)) = entry.hops.last().and_then(|hop| Some((hop, hop.response.as_ref()?)))
            && is_http(entry)
        {
            found.extend(not_compressed(entry, hop, response).map(about));
            found.extend(not_cached(entry, response).map(about));
            found.extend(slow(hop).map(about));
            found.extend(new_connection(snapshot, entry, hop).map(about));
            found.extend(large(hop).map(about));
        }
        found.extend(late(entry).map(about));
        found.extend(repeated(snapshot, index).map(about));
    }
    found.extend(crowded(snapshot));
    found
}

fn failure(entry: &LogEntry) -> Option<String> {
    if let Outcome::Failed(error) = &entry.outcome {
        return Some(match &error.kind {
            FetchErrorKind::Blocked { reason } => format!("was blocked: {reason}"),
            kind => format!("failed: {kind}"),
        });
    }
    let response = entry.response().filter(|response| response.status >= 400)?;
    Some(format!("was answered {} {}", response.status, response.status_text).trim_end().to_owned())
}

fn redirects(entry: &LogEntry) -> Option<String> {
    // Going to `https:` by itself costs nothing.
    let is_redirect = |hop: &&Hop| {
        hop.response.as_ref().is_some_and(|response| {
            matches!(response.status, 301 | 302 | 303 | 307 | 308) && response.protocol != Protocol::Internal
        })
    };
    let before = entry.hops.iter().rev().skip(1).filter(is_redirect).count();
    let last = entry.hops.last().filter(|_| before > 0)?;
    let times = if before == 1 { "once".to_owned() } else { format!("{before} times") };
    Some(format!("was redirected {times} before it was answered, which took {}", duration(last.started)))
}

fn not_compressed(entry: &LogEntry, hop: &Hop, response: &HopResponse) -> Option<String> {
    let mime_type = MimeType::parse(entry.mime_type.as_deref()?)?;
    let is_text = mime_type.kind() == "text"
        || mime_type.is_json()
        || mime_type.is_javascript()
        || mime_type.is_xml()
        || mime_type.is_essence("image/svg+xml");
    let is_plain = !response.headers.contains("content-encoding");
    (is_text && is_plain && hop.sizes.encoded > WORTH_COMPRESSING && from_network(hop))
        .then(|| format!("is {} of text and not compressed", bytes(hop.sizes.encoded)))
}

fn from_network(hop: &Hop) -> bool {
    matches!(hop.cache, CacheVerdict::Network { .. } | CacheVerdict::Recording)
}

/// Documents change; what they refer to should be there when they are read again.
fn not_cached(entry: &LogEntry, response: &HopResponse) -> Option<String> {
    if entry.destination.is_navigation() || entry.method != "GET" || response.status != 200 {
        return None;
    }
    let directives = directives(&response.headers);
    let has = |name: &str| directives.iter().any(|directive| directive == name);
    let says_how_long = response.headers.contains("expires")
        || directives.iter().any(|directive| directive.starts_with("max-age="));
    if has("no-store") {
        Some("may not be kept by the cache (no-store): it is fetched anew each time".to_owned())
    } else if !says_how_long && !has("no-cache") {
        Some("does not say how long it may be kept: caches have to guess".to_owned())
    } else if directives.iter().any(|directive| directive == "max-age=0") && !has("immutable") {
        Some("is stale at once (max-age=0): the server is asked each time".to_owned())
    } else {
        None
    }
}

fn directives(headers: &HeaderList) -> Vec<String> {
    let values = headers.get_decode_and_split("cache-control").unwrap_or_default();
    values.into_iter().map(|value| value.to_ascii_lowercase().replace([' ', '"'], "")).collect()
}

fn slow(hop: &Hop) -> Option<String> {
    if hop.timing.waiting > SLOW_ANSWER {
        return Some(format!("waited {} for the server's answer", duration(hop.timing.waiting)));
    }
    (hop.timing.queued > LONG_QUEUE)
        .then(|| format!("waited {} until a connection was free", duration(hop.timing.queued)))
}

fn new_connection(snapshot: &LogSnapshot, entry: &LogEntry, hop: &Hop) -> Option<String> {
    let page = &snapshot.pages.get(entry.page?)?.url;
    let cost: f64 = [hop.timing.dns, hop.timing.connect, hop.timing.tls].into_iter().flatten().sum();
    let matters = entry.is_render_blocking || entry.destination == Destination::Font;
    (matters && hop.url.origin() != page.origin() && cost > 0.0).then(|| {
        format!(
            "needed a connection to another host, {}; <link rel=preconnect> opens it sooner",
            duration(cost)
        )
    })
}

fn large(hop: &Hop) -> Option<String> {
    (hop.sizes.encoded > LARGE_BODY && from_network(hop))
        .then(|| format!("is large: {}", bytes(hop.sizes.encoded)))
}

fn late(entry: &LogEntry) -> Option<String> {
    match entry.initiator.kind {
        InitiatorKind::CssImport if entry.is_render_blocking => Some(
            "holds the first paint, and was found only when the sheet that imports it had come; a <link> finds it sooner"
                .to_owned(),
        ),
        InitiatorKind::FontFace if is_http(entry) => Some(
            "is a font that was found only when text was set in it; <link rel=preload as=font> finds it sooner".to_owned(),
        ),
        _ => None,
    }
}

fn repeated(snapshot: &LogSnapshot, index: usize) -> Option<String> {
    let entry = &snapshot.entries[index];
    let went_out = |entry: &LogEntry| {
        entry.method == "GET"
            && is_http(entry)
            && matches!(entry.cache, CacheVerdict::Network { .. })
            && matches!(entry.outcome, Outcome::Done { .. })
    };
    let is_again = went_out(entry)
        && snapshot.entries[..index]
            .iter()
            .any(|earlier| went_out(earlier) && answers_for(earlier, &entry.url));
    is_again.then(|| "was fetched from the network once more".to_owned())
}

fn crowded(snapshot: &LogSnapshot) -> Vec<Warning> {
    let mut by_origin: BTreeMap<String, usize> = BTreeMap::new();
    for hop in snapshot.entries.iter().flat_map(|entry| &entry.hops) {
        let protocol = hop.response.as_ref().map(|response| response.protocol);
        if matches!(protocol, Some(Protocol::Http10 | Protocol::Http11)) && from_network(hop) {
            *by_origin.entry(hop.url.origin().ascii_serialization()).or_default() += 1;
        }
    }
    let crowded = by_origin.into_iter().filter(|(_, count)| *count > HTTP_1_AT_A_TIME);
    crowded
        .map(|(origin, count)| {
            let text = format!(
                "{count} requests went to {origin} over HTTP/1.1, {HTTP_1_AT_A_TIME} at a time; HTTP/2 sends them all at once"
            );
            Warning { entry: None, text }
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::log::sample::sample;

    #[test]
    fn each_thing_that_could_be_better_is_told_of_its_request() {
        let snapshot = sample();
        let told: Vec<String> = warnings(&snapshot)
            .into_iter()
            .map(|warning| {
                let path = warning.entry.map_or("", |entry| snapshot.entries[entry].url.path());
                format!("{path} {}", warning.text.split([':', ';', ',']).next().unwrap_or_default())
            })
            .collect();
        assert_eq!(
            told,
            [
                "/old was redirected once before it was answered",
                "/style.css is 48.0 kB of text and not compressed",
                "/style.css does not say how long it may be kept",
                "/theme.css needed a connection to another host",
                "/theme.css holds the first paint",
                "/font.woff2 is a font that was found only when text was set in it",
                "/blocked%3Cscript%3Ealert(1)%3C/script%3E.png was blocked",
                "/broken.png was answered 404 Not Found",
            ]
        );
    }

    #[test]
    fn many_requests_over_http_1_are_told_once() {
        let mut snapshot = sample();
        let again = snapshot.entries[0].clone();
        snapshot.entries.extend(std::iter::repeat_n(again, 7));
        for hop in snapshot.entries.iter_mut().flat_map(|entry| &mut entry.hops) {
            if let Some(response) = &mut hop.response {
                response.protocol = Protocol::Http11;
            }
        }
        let all = warnings(&snapshot);
        let crowded: Vec<&Warning> = all.iter().filter(|warning| warning.entry.is_none()).collect();
        assert!(
            crowded.len() == 1 && crowded[0].text.contains("https://example.test over HTTP/1.1"),
            "{crowded:?}"
        );
        assert_eq!(all.iter().filter(|warning| warning.text.contains("once more")).count(), 7);
    }
}
