//! `Server-Timing`: how the server spent its time.
//! <https://w3c.github.io/server-timing/>

use crate::headers::HeaderList;
use crate::headers::split::{collect_quoted_string, decode_and_split};
use crate::headers::token::is_token_byte;

/// One measure of the server's.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct ServerTiming {
    /// Its name: `db`.
    pub name: String,
    /// How long it took, in ms; 0 where that is not said.
    pub duration: f64,
    /// In words.
    pub description: String,
}

/// <https://w3c.github.io/server-timing/#dfn-server-timing-header-parsing-algorithm>
pub(super) fn server_timing(headers: &HeaderList) -> Vec<ServerTiming> {
    headers.get_all("server-timing").flat_map(decode_and_split).filter_map(|metric| parse(&metric)).collect()
}

fn parse(metric: &str) -> Option<ServerTiming> {
    let (name, mut rest) = token(metric.trim_start());
    if name.is_empty() {
        return None;
    }
    let mut timing = ServerTiming { name: name.to_owned(), ..ServerTiming::default() };
    let (mut has_duration, mut has_description) = (false, false);
    // What stands between a value and the next semicolon is skipped.
    while let Some(at) = rest.find(';') {
        let (name, after) = token(rest[at + 1..].trim_start());
        rest = after.trim_start();
        if name.is_empty() {
            continue;
        }
        let mut value = String::new();
        if let Some(after) = rest.strip_prefix('=') {
            let after = after.trim_start();
            if after.starts_with('"') {
                let (quoted, after) = collect_quoted_string(after, false);
                (value, rest) = (quoted, after);
            } else {
                let (text, after) = token(after);
                (value, rest) = (text.to_owned(), after);
            }
        }
        // The first of several counts, also where its value is none.
        if name.eq_ignore_ascii_case("dur") && !has_duration {
            has_duration = true;
            timing.duration = value.parse().ok().filter(|ms: &f64| ms.is_finite()).unwrap_or(0.0);
        } else if name.eq_ignore_ascii_case("desc") && !has_description {
            has_description = true;
            timing.description = value;
        }
    }
    Some(timing)
}

/// The token that a text begins with, and what follows.
fn token(text: &str) -> (&str, &str) {
    let end = text.bytes().position(|byte| !is_token_byte(byte)).unwrap_or(text.len());
    text.split_at(end)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(value: &str) -> Vec<(String, f64, String)> {
        let timings = server_timing(&HeaderList::from_iter([("Server-Timing", value)]));
        timings.into_iter().map(|timing| (timing.name, timing.duration, timing.description)).collect()
    }

    fn timing(name: &str, duration: f64, description: &str) -> (String, f64, String) {
        (name.to_owned(), duration, description.to_owned())
    }

    #[test]
    fn measures_have_a_name_a_duration_and_words() {
        assert_eq!(
            of(r#"miss, db;dur=53, app ; dur = 47.2 ; desc="a, \"b\"", cache;desc=Read;dur=1;dur=2"#),
            [
                timing("miss", 0.0, ""),
                timing("db", 53.0, ""),
                timing("app", 47.2, "a, \"b\""),
                timing("cache", 1.0, "Read"),
            ]
        );
    }

    #[test]
    fn what_is_malformed_costs_no_more_than_itself() {
        assert_eq!(
            of(r#"a;dur="5" x;desc, ;dur=1, b;dur=fast;dur=2, c;;=;DUR=3, é"#),
            [timing("a", 5.0, ""), timing("b", 0.0, ""), timing("c", 3.0, "")]
        );
    }
}
