//! Whether a stored response may answer a request, or must be asked about first, or neither.
//! <https://www.rfc-editor.org/rfc/rfc9111#section-4>

use std::time::{Duration, SystemTime};

use super::directives::{Directives, Seconds};
use super::entry::StoredHead;
use crate::headers::HeaderList;
use crate::request::CacheMode;

/// What is done with a stored response that a request may have.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Reuse {
    /// It answers.
    Use {
        /// In words.
        why: String,
        /// Whether the server is asked afterwards, in the background.
        revalidate: bool,
    },
    /// The server is asked first.
    Ask {
        /// In words.
        why: String,
    },
}

/// Whether a stored response may be used for a request.
pub(super) fn reuse(stored: &StoredHead, mode: CacheMode, request: &HeaderList, now: SystemTime) -> Reuse {
    let state = State::of(stored, now);
    let age = state.age_words();
    let answer = |why: String| Reuse::Use { why, revalidate: false };
    let ask = |why: &str| Reuse::Ask { why: format!("{why} ({age})") };
    match mode {
        CacheMode::ForceCache | CacheMode::OnlyIfCached => {
            let freshness = if state.is_fresh() { "fresh" } else { "stale, which the cache mode allows" };
            return answer(format!("{freshness}: {age}"));
        }
        // Whoever reloads wants to see what changed; what never changes need not be asked about.
        // <https://www.rfc-editor.org/rfc/rfc8246#section-2>
        CacheMode::NoCache if state.directives.has("immutable") && state.is_fresh() => {
            return answer(format!("immutable: {age}"));
        }
        CacheMode::NoCache => return ask("the cache mode is no-cache"),
        CacheMode::Default | CacheMode::NoStore | CacheMode::Reload => {}
    }
    let asked = RequestDirectives::of(request);
    if asked.no_cache {
        return ask("the request says no-cache");
    }
    if state.directives.is_no_cache() {
        return ask("the stored response says no-cache");
    }
    if asked.max_age.is_some_and(|most| state.age > most) {
        return ask("it is older than the request allows by max-age");
    }
    if state.is_fresh() {
        let left = state.lifetime - state.age;
        return if asked.min_fresh.is_some_and(|least| left < least) {
            ask("it is not fresh for as long as the request asks by min-fresh")
        } else {
            answer(format!("fresh: {age}"))
        };
    }
    if state.must_revalidate() {
        return ask("stale, and it says must-revalidate");
    }
    if asked.max_stale.is_some_and(|most| state.staleness() <= most) {
        return answer(format!("stale, which the request allows by max-stale: {age}"));
    }
    // <https://www.rfc-editor.org/rfc/rfc5861#section-3>
    let window = state.directives.valid_seconds("stale-while-revalidate");
    if asked.is_silent && window.is_some_and(|window| state.staleness() <= window) {
        return Reuse::Use {
            why: format!("stale, which stale-while-revalidate allows; asked about in the background: {age}"),
            revalidate: true,
        };
    }
    ask("stale")
}

/// Whether a stale response may stand in for an error, and why, in words.
/// <https://www.rfc-editor.org/rfc/rfc5861#section-4>
pub(super) fn in_place_of_error(
    stored: &StoredHead,
    request: &HeaderList,
    now: SystemTime,
) -> Option<String> {
    let state = State::of(stored, now);
    if state.must_revalidate() || state.directives.is_no_cache() {
        return None;
    }
    let windows = [state.directives.valid_seconds("stale-if-error"), {
        Directives::of(request).valid_seconds("stale-if-error")
    }];
    let window = windows.into_iter().flatten().max()?;
    (state.staleness() <= window).then(|| format!("stale-if-error allows it: {}", state.age_words()))
}

/// The statuses that count as errors of the server.
/// <https://www.rfc-editor.org/rfc/rfc5861#section-4>
pub(crate) const fn is_server_error(status: u16) -> bool {
    matches!(status, 500 | 502 | 503 | 504)
}

/// Whether a request itself forbids to ask the network.
/// <https://www.rfc-editor.org/rfc/rfc9111#section-5.2.1.7>
pub(crate) fn says_only_if_cached(request: &HeaderList) -> bool {
    Directives::of(request).has("only-if-cached")
}

/// How long a response will be fresh from now on, in words for the log.
pub(super) fn outlook(stored: &StoredHead, now: SystemTime) -> String {
    let state = State::of(stored, now);
    if state.directives.is_no_cache() {
        return "to be validated before each use (no-cache)".to_owned();
    }
    let odd_date = match stored.dated().duration_since(now) {
        Ok(ahead) if ahead > Duration::ZERO => format!("; its Date is {} ahead", words(ahead)),
        _ => String::new(),
    };
    if !state.is_fresh() {
        return format!("stale already ({}{odd_date})", state.age_words());
    }
    format!("fresh for {} ({}{odd_date})", words(state.lifetime - state.age), state.source)
}

struct State {
    directives: Directives,
    age: Duration,
    lifetime: Duration,
    source: &'static str,
}

impl State {
    fn of(stored: &StoredHead, now: SystemTime) -> Self {
        let lifetime = stored.lifetime();
        State {
            directives: stored.directives(),
            age: stored.age(now),
            lifetime: lifetime.duration,
            source: lifetime.source,
        }
    }

    /// <https://www.rfc-editor.org/rfc/rfc9111#section-4.2>
    fn is_fresh(&self) -> bool {
        self.lifetime > self.age
    }

    fn staleness(&self) -> Duration {
        self.age.saturating_sub(self.lifetime)
    }

    /// `proxy-revalidate` and `s-maxage` are for shared caches.
    fn must_revalidate(&self) -> bool {
        self.directives.has("must-revalidate")
    }

    fn age_words(&self) -> String {
        format!("age {} of {}, by {}", words(self.age), words(self.lifetime), self.source)
    }
}

/// What a request says to caches.
/// <https://www.rfc-editor.org/rfc/rfc9111#section-5.2.1>
struct RequestDirectives {
    no_cache: bool,
    max_age: Option<Duration>,
    min_fresh: Option<Duration>,
    /// Without a number any staleness is accepted.
    max_stale: Option<Duration>,
    /// Whether nothing is said about freshness, so that the response alone decides.
    is_silent: bool,
}

impl RequestDirectives {
    fn of(request: &HeaderList) -> Self {
        let directives = Directives::of(request);
        // <https://www.rfc-editor.org/rfc/rfc9111#section-5.4>
        let pragma = directives.is_empty()
            && request
                .get_decode_and_split("pragma")
                .is_some_and(|values| values.iter().any(|value| value.eq_ignore_ascii_case("no-cache")));
        let names = ["no-cache", "max-age", "min-fresh", "max-stale"];
        RequestDirectives {
            no_cache: directives.has("no-cache") || pragma,
            max_age: directives.valid_seconds("max-age"),
            min_fresh: directives.valid_seconds("min-fresh"),
            max_stale: directives.seconds("max-stale").map(|seconds| match seconds {
                Seconds::Of(most) => most,
                Seconds::Invalid => Duration::MAX,
            }),
            is_silent: !pragma && !names.iter().any(|name| directives.has(name)),
        }
    }
}

/// A time for people: `90 s`, `3 h`.
fn words(duration: Duration) -> String {
    match duration.as_secs() {
        seconds @ 0..600 => format!("{seconds} s"),
        seconds @ 600..36_000 => format!("{} min", seconds / 60),
        seconds @ 36_000..864_000 => format!("{} h", seconds / 3600),
        seconds => format!("{} days", seconds / 86_400),
    }
}

#[cfg(test)]
mod tests {
    use super::super::freshness::Times;
    use super::*;
    use crate::response::Protocol;

    fn at(seconds: u64) -> SystemTime {
        SystemTime::UNIX_EPOCH + Duration::from_secs(1_700_000_000 + seconds)
    }

    fn stored(cache_control: &str) -> StoredHead {
        let headers = HeaderList::from_iter([("Cache-Control", cache_control)]);
        let times = Times { requested: at(0), received: at(0) };
        StoredHead::new("k".into(), Vec::new(), 200, String::new(), &headers, Protocol::Http11, times, None)
    }

    /// What is done after so many seconds: `use`, `use and revalidate`, `ask`.
    fn after(seconds: u64, response: &str, request: &str, mode: CacheMode) -> &'static str {
        let mut headers = HeaderList::new();
        if !request.is_empty() {
            headers.append("Cache-Control", request);
        }
        match reuse(&stored(response), mode, &headers, at(seconds)) {
            Reuse::Use { revalidate: false, .. } => "use",
            Reuse::Use { revalidate: true, .. } => "use and revalidate",
            Reuse::Ask { .. } => "ask",
        }
    }

    fn default(seconds: u64, response: &str, request: &str) -> &'static str {
        after(seconds, response, request, CacheMode::Default)
    }

    #[test]
    fn fresh_until_the_lifetime_is_over() {
        assert_eq!(default(59, "max-age=60", ""), "use");
        assert_eq!(default(60, "max-age=60", ""), "ask");
        assert_eq!(default(0, "max-age=0", ""), "ask");
        assert_eq!(default(0, "max-age=60, no-cache", ""), "ask");
        assert_eq!(default(1, "max-age=60, must-revalidate", ""), "use");
    }

    #[test]
    fn the_request_may_ask_for_more() {
        assert_eq!(default(1, "max-age=60", "no-cache"), "ask");
        assert_eq!(default(5, "max-age=60", "max-age=5"), "use");
        assert_eq!(default(6, "max-age=60", "max-age=5"), "ask");
        assert_eq!(default(1, "max-age=60", "max-age=0"), "ask");
        assert_eq!(default(20, "max-age=60", "min-fresh=40"), "use");
        assert_eq!(default(21, "max-age=60", "min-fresh=40"), "ask");
    }

    #[test]
    fn the_request_may_ask_for_less() {
        assert_eq!(default(70, "max-age=60", "max-stale=10"), "use");
        assert_eq!(default(71, "max-age=60", "max-stale=10"), "ask");
        assert_eq!(default(7100, "max-age=60", "max-stale"), "use");
        assert_eq!(default(61, "max-age=60, must-revalidate", "max-stale"), "ask");
        assert_eq!(default(61, "max-age=60, no-cache", "max-stale"), "ask");
    }

    #[test]
    fn pragma_counts_where_cache_control_is_silent() {
        let ask = |fields: &[(&str, &str)]| {
            let headers = fields.iter().copied().collect();
            matches!(reuse(&stored("max-age=60"), CacheMode::Default, &headers, at(1)), Reuse::Ask { .. })
        };
        assert!(ask(&[("Pragma", "no-cache")]));
        assert!(!ask(&[("Pragma", "no-cache"), ("Cache-Control", "max-age=60")]));
        assert!(!ask(&[("Pragma", "other")]));
    }

    #[test]
    fn modes_overrule_freshness() {
        for mode in [CacheMode::ForceCache, CacheMode::OnlyIfCached] {
            assert_eq!(after(9999, "max-age=60, must-revalidate, no-cache", "", mode), "use");
        }
        assert_eq!(after(1, "max-age=60", "", CacheMode::NoCache), "ask");
    }

    #[test]
    fn what_is_immutable_is_not_asked_about_while_it_is_fresh() {
        assert_eq!(after(1, "max-age=60, immutable", "", CacheMode::NoCache), "use");
        assert_eq!(after(60, "max-age=60, immutable", "", CacheMode::NoCache), "ask");
        assert_eq!(default(60, "max-age=60, immutable", ""), "ask");
    }

    #[test]
    fn stale_while_revalidate_answers_at_once_for_a_while() {
        assert_eq!(default(70, "max-age=60, stale-while-revalidate=10", ""), "use and revalidate");
        assert_eq!(default(71, "max-age=60, stale-while-revalidate=10", ""), "ask");
        assert_eq!(default(61, "max-age=60, stale-while-revalidate=10, must-revalidate", ""), "ask");
        assert_eq!(default(61, "max-age=60, stale-while-revalidate=10, no-cache", ""), "ask");
        assert_eq!(default(61, "max-age=60, stale-while-revalidate=10", "max-age=60"), "ask");
    }

    #[test]
    fn stale_if_error_stands_in_for_a_while() {
        let request = |value: &str| HeaderList::from_iter([("Cache-Control", value)]);
        let may = |seconds, response: &str, asked: &str| {
            in_place_of_error(&stored(response), &request(asked), at(seconds)).is_some()
        };
        assert!(may(70, "max-age=60, stale-if-error=10", ""));
        assert!(!may(71, "max-age=60, stale-if-error=10", ""));
        assert!(may(70, "max-age=60", "stale-if-error=10"));
        assert!(!may(61, "max-age=60", ""));
        assert!(!may(61, "max-age=60, stale-if-error=10, must-revalidate", ""));
        assert!(!may(61, "max-age=60, stale-if-error=10, no-cache", ""));
    }

    #[test]
    fn a_date_to_come_is_remarked_on() {
        let mut head = stored("max-age=60");
        head.set_headers(&HeaderList::from_iter([
            ("Cache-Control", "max-age=60".to_owned()),
            ("Date", httpdate::fmt_http_date(at(7200))),
        ]));
        assert_eq!(outlook(&head, at(0)), "fresh for 60 s (max-age; its Date is 120 min ahead)");
    }
}
