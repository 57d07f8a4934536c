//! How old a stored response is, and how long it is good for.
//! <https://www.rfc-editor.org/rfc/rfc9111#section-4.2>

use std::time::{Duration, SystemTime};

use super::directives::{Directives, MOST_SECONDS, Seconds, delta_seconds};
use crate::headers::HeaderList;

/// The part of the time since the last change that a response without explicit lifetime is good for.
/// <https://www.rfc-editor.org/rfc/rfc9111#section-4.2.2>
const HEURISTIC_DIVISOR: u32 = 10;

/// When a response was asked for and when its header came.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Times {
    pub(super) requested: SystemTime,
    pub(super) received: SystemTime,
}

/// How long a response is good for, and who says so.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Lifetime {
    pub(super) duration: Duration,
    /// Whether the server said how long.
    pub(super) is_explicit: bool,
    /// In words: `max-age`.
    pub(super) source: &'static str,
}

/// Reads a date of any of the three forms that HTTP knows.
/// <https://www.rfc-editor.org/rfc/rfc9110#section-5.6.7>
pub(super) fn date(text: &str, now: SystemTime) -> Option<SystemTime> {
    /// A year of two digits that seems further ahead is in the century before.
    const FIFTY_YEARS: Duration = Duration::from_secs(50 * 365 * 86_400 + 12 * 86_400);
    const CENTURY: Duration = Duration::from_secs(36_525 * 86_400);
    let date = httpdate::parse_http_date(text).ok()?;
    let has_two_digit_year = text.contains('-');
    if has_two_digit_year && date > now + FIFTY_YEARS { date.checked_sub(CENTURY) } else { Some(date) }
}

/// The `Date` field; the moment of its coming where there is none.
/// <https://www.rfc-editor.org/rfc/rfc9110#section-6.6.1>
pub(super) fn date_value(headers: &HeaderList, times: Times) -> SystemTime {
    let first = headers.get_all("date").next();
    first.and_then(|text| date(text, times.received)).unwrap_or(times.received)
}

/// The `Age` field: the first member counts, and what is no number is ignored.
/// <https://www.rfc-editor.org/rfc/rfc9111#section-5.1>
fn age_value(headers: &HeaderList) -> Duration {
    let first = headers.get_decode_and_split("age").and_then(|values| values.into_iter().next());
    first.as_deref().and_then(delta_seconds).unwrap_or_default()
}

/// How old a response is.
/// <https://www.rfc-editor.org/rfc/rfc9111#section-4.2.3>
pub(super) fn current_age(headers: &HeaderList, times: Times, now: SystemTime) -> Duration {
    let since = |later: SystemTime, earlier: SystemTime| later.duration_since(earlier).unwrap_or_default();
    let apparent_age = since(times.received, date_value(headers, times));
    let response_delay = since(times.received, times.requested);
    let corrected_age_value = age_value(headers) + response_delay;
    let corrected_initial_age = apparent_age.max(corrected_age_value);
    let resident_time = since(now, times.received);
    corrected_initial_age + resident_time
}

/// How long a response is good for.
/// <https://www.rfc-editor.org/rfc/rfc9111#section-4.2.1>
pub(super) fn lifetime(status: u16, headers: &HeaderList, directives: &Directives, times: Times) -> Lifetime {
    let explicit = |duration, source| Lifetime { duration, is_explicit: true, source };
    match directives.seconds("max-age") {
        Some(Seconds::Of(duration)) => return explicit(duration, "max-age"),
        Some(Seconds::Invalid) => return explicit(Duration::ZERO, "max-age that is no number"),
        None => {}
    }
    let dated = date_value(headers, times);
    if let Some(expires) = headers.get_all("expires").next() {
        return match date(expires, times.received) {
            Some(expires) => explicit(expires.duration_since(dated).unwrap_or_default(), "Expires"),
            None => explicit(Duration::ZERO, "Expires that is no date"),
        };
    }
    heuristic(status, headers, directives, dated, times)
}

/// What is guessed where the server says nothing, as Chromium guesses.
/// <https://www.rfc-editor.org/rfc/rfc9111#section-4.2.2>
fn heuristic(
    status: u16,
    headers: &HeaderList,
    directives: &Directives,
    dated: SystemTime,
    times: Times,
) -> Lifetime {
    let guess = |duration, source| Lifetime { duration, is_explicit: false, source };
    let may_guess = is_heuristically_cacheable(status) || directives.has("public");
    if !may_guess || directives.has("must-revalidate") {
        return guess(Duration::ZERO, "nothing said");
    }
    let modified = headers.get_all("last-modified").next().and_then(|text| date(text, times.received));
    if let Some(unchanged_for) = modified.and_then(|modified| dated.duration_since(modified).ok()) {
        return guess(unchanged_for / HEURISTIC_DIVISOR, "a tenth of the time since Last-Modified");
    }
    match status {
        300 | 301 | 308 | 410 => guess(Duration::from_secs(MOST_SECONDS), "a status that means for good"),
        _ => guess(Duration::ZERO, "nothing said"),
    }
}

/// The codes whose lifetime may be guessed. Partial content is stored only where the server says how long.
/// <https://www.rfc-editor.org/rfc/rfc9110#section-15.1>
pub(super) const fn is_heuristically_cacheable(status: u16) -> bool {
    matches!(status, 200 | 203 | 204 | 206 | 300 | 301 | 308 | 404 | 405 | 410 | 414 | 501)
}

#[cfg(test)]
mod tests {
    use super::*;

    const NOW: Duration = Duration::from_secs(1_700_000_000);

    fn at(offset: i64) -> SystemTime {
        SystemTime::UNIX_EPOCH + Duration::from_secs((NOW.as_secs() as i64 + offset) as u64)
    }

    fn text(offset: i64) -> String {
        httpdate::fmt_http_date(at(offset))
    }

    fn times() -> Times {
        Times { requested: at(0), received: at(0) }
    }

    fn headers(fields: &[(&str, &str)]) -> HeaderList {
        fields.iter().copied().collect()
    }

    fn lifetime_of(status: u16, fields: &[(&str, &str)]) -> (u64, bool) {
        let headers = headers(fields);
        let lifetime = lifetime(status, &headers, &Directives::of(&headers), times());
        (lifetime.duration.as_secs(), lifetime.is_explicit)
    }

    fn age(fields: &[(&str, &str)], times: Times, now: SystemTime) -> u64 {
        current_age(&headers(fields), times, now).as_secs()
    }

    #[test]
    fn max_age_goes_before_expires_and_shared_maxage_is_not_ours() {
        let later = text(1000);
        assert_eq!(lifetime_of(200, &[("Cache-Control", "max-age=5"), ("Expires", &later)]), (5, true));
        assert_eq!(lifetime_of(200, &[("Cache-Control", "s-maxage=5"), ("Expires", &later)]), (1000, true));
    }

    #[test]
    fn expires_is_reckoned_from_date() {
        let (date, expires) = (text(-500), text(500));
        assert_eq!(lifetime_of(200, &[("Date", &date), ("Expires", &expires)]), (1000, true));
        assert_eq!(lifetime_of(200, &[("Expires", &date)]), (0, true));
    }

    #[test]
    fn what_is_no_date_means_the_past() {
        for expires in ["0", "-1", "tomorrow", ""] {
            assert_eq!(lifetime_of(200, &[("Expires", expires)]), (0, true), "{expires}");
        }
    }

    #[test]
    fn the_three_forms_of_dates_are_read() {
        let expected = at(94);
        for text in
            ["Tue, 14 Nov 2023 22:14:54 GMT", "Tuesday, 14-Nov-23 22:14:54 GMT", "Tue Nov 14 22:14:54 2023"]
        {
            assert_eq!(date(text, at(0)), Some(expected), "{text}");
        }
    }

    #[test]
    fn a_two_digit_year_more_than_fifty_years_ahead_is_in_the_past() {
        let year =
            |text| date(text, at(0)).unwrap().duration_since(SystemTime::UNIX_EPOCH).unwrap().as_secs();
        assert!(year("Sunday, 06-Nov-94 08:49:37 GMT") < NOW.as_secs());
        assert!(year("Thursday, 06-Nov-53 08:49:37 GMT") > NOW.as_secs());
    }

    #[test]
    fn lifetimes_are_guessed_for_statuses_that_allow_it() {
        let modified = text(-1000);
        let fields = [("Last-Modified", modified.as_str())];
        for status in [200, 203, 204, 404, 405, 410, 414, 501] {
            assert_eq!(lifetime_of(status, &fields), (100, false), "{status}");
        }
        for status in [201, 202, 302, 403, 502, 503, 504, 599] {
            assert_eq!(lifetime_of(status, &fields), (0, false), "{status}");
        }
        let public = [("Last-Modified", modified.as_str()), ("Cache-Control", "public")];
        assert_eq!(lifetime_of(599, &public), (100, false));
        assert_eq!(lifetime_of(301, &[]), (MOST_SECONDS, false));
    }

    #[test]
    fn age_grows_from_what_caches_on_the_way_say() {
        let slow = Times { requested: at(-10), received: at(0) };
        assert_eq!(age(&[("Age", "30")], times(), at(5)), 35);
        assert_eq!(age(&[("Age", "30")], slow, at(5)), 45);
    }

    #[test]
    fn an_old_date_means_old_and_one_to_come_means_nothing() {
        let (old, future) = (text(-7200), text(7200));
        assert_eq!(age(&[("Date", &old)], times(), at(3)), 7203);
        assert_eq!(age(&[("Date", &future)], times(), at(3)), 3);
    }

    #[test]
    fn a_clock_put_back_makes_nothing_younger_than_it_came() {
        assert_eq!(age(&[("Age", "30")], times(), at(-100)), 30);
    }

    #[test]
    fn of_several_ages_the_first_counts_and_what_is_no_number_is_ignored() {
        assert_eq!(age(&[("Age", "7200, 0")], times(), at(0)), 7200);
        assert_eq!(age(&[("Age", "0"), ("Age", "7200")], times(), at(0)), 0);
        for invalid in ["abc", "-7200", "7200.0", "7200;foo=bar", ""] {
            assert_eq!(age(&[("Age", invalid)], times(), at(0)), 0, "{invalid}");
        }
        assert_eq!(age(&[("Age", "99999999999")], times(), at(0)), MOST_SECONDS);
    }
}
