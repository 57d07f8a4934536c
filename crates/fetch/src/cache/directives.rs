//! `Cache-Control`, read as forgivingly and as strictly as RFC 9111 says.
//! <https://www.rfc-editor.org/rfc/rfc9111#section-5.2>

use std::time::Duration;

use crate::headers::HeaderList;
use crate::headers::split::{collect_quoted_string, decode_and_split};
use crate::headers::token::is_tab_or_space;

/// What stands for a number of seconds that is too large to be told: 2^31.
/// <https://www.rfc-editor.org/rfc/rfc9111#section-1.2.2>
pub(super) const MOST_SECONDS: u64 = 1 << 31;

/// The directives of a request or a response, in order. Names are in lower case.
#[derive(Debug)]
pub(super) struct Directives {
    list: Vec<(String, Option<String>)>,
}

/// What a directive that takes seconds says.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Seconds {
    /// So many.
    Of(Duration),
    /// It has no argument, or one that is no number.
    Invalid,
}

impl Directives {
    /// Reads every field line.
    pub(super) fn of(headers: &HeaderList) -> Self {
        let members = headers.get_decode_and_split("cache-control").unwrap_or_default();
        Directives { list: members.iter().filter_map(|member| directive(member)).collect() }
    }

    /// Whether a directive is there, with or without an argument.
    pub(super) fn has(&self, name: &str) -> bool {
        self.find(name).is_some()
    }

    /// Whether no directive is there at all.
    pub(super) fn is_empty(&self) -> bool {
        self.list.is_empty()
    }

    /// The first of a name, as RFC 9111 4.2.1 lets a cache choose.
    fn find(&self, name: &str) -> Option<&Option<String>> {
        self.list.iter().find(|(other, _)| other == name).map(|(_, argument)| argument)
    }

    /// The seconds that a directive says.
    pub(super) fn seconds(&self, name: &str) -> Option<Seconds> {
        let argument = self.find(name)?;
        Some(argument.as_deref().and_then(delta_seconds).map_or(Seconds::Invalid, Seconds::Of))
    }

    /// The seconds that a directive says, where it says something valid.
    pub(super) fn valid_seconds(&self, name: &str) -> Option<Duration> {
        match self.seconds(name)? {
            Seconds::Of(duration) => Some(duration),
            Seconds::Invalid => None,
        }
    }

    /// Whether the response must be validated before it is used again: `no-cache` without field names.
    /// <https://www.rfc-editor.org/rfc/rfc9111#section-5.2.2.4>
    pub(super) fn is_no_cache(&self) -> bool {
        self.list.iter().any(|(name, argument)| {
            name == "no-cache" && argument.as_deref().map_or(0, |names| field_names(names).count()) == 0
        })
    }

    /// The fields that may not be sent again without validation: `no-cache="a, b"`.
    pub(super) fn no_cache_fields(&self) -> impl Iterator<Item = &str> {
        self.list
            .iter()
            .filter(|(name, _)| name == "no-cache")
            .filter_map(|(_, argument)| argument.as_deref())
            .flat_map(field_names)
    }
}

fn field_names(list: &str) -> impl Iterator<Item = &str> {
    list.split(',').map(|name| name.trim_matches(is_tab_or_space)).filter(|name| !name.is_empty())
}

/// One member of the list. Arguments may be tokens or quoted strings, whichever the directive is defined with.
fn directive(member: &str) -> Option<(String, Option<String>)> {
    let (name, argument) = match member.split_once('=') {
        Some((name, argument)) => (name, Some(argument)),
        None => (member, None),
    };
    if name.is_empty() {
        return None;
    }
    let argument = argument.map(|argument| {
        if argument.starts_with('"') {
            let (text, rest) = collect_quoted_string(argument, false);
            // What follows a quoted string makes the argument mean nothing.
            if rest.is_empty() { text } else { argument.to_owned() }
        } else {
            argument.to_owned()
        }
    });
    Some((name.to_ascii_lowercase(), argument))
}

/// A number of seconds; too large ones count as 2^31.
/// <https://www.rfc-editor.org/rfc/rfc9111#section-1.2.2>
pub(super) fn delta_seconds(text: &str) -> Option<Duration> {
    if text.is_empty() || !text.bytes().all(|byte| byte.is_ascii_digit()) {
        return None;
    }
    let seconds = text.parse::<u64>().unwrap_or(MOST_SECONDS).min(MOST_SECONDS);
    Some(Duration::from_secs(seconds))
}

/// The members of a list of field names or the like, without empty ones.
pub(super) fn members(value: &str) -> impl Iterator<Item = String> {
    decode_and_split(value).into_iter().filter(|member| !member.is_empty())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn directives(lines: &[&str]) -> Directives {
        Directives::of(&lines.iter().map(|line| ("Cache-Control", *line)).collect())
    }

    fn max_age(lines: &[&str]) -> Option<Seconds> {
        directives(lines).seconds("max-age")
    }

    const fn of(seconds: u64) -> Option<Seconds> {
        Some(Seconds::Of(Duration::from_secs(seconds)))
    }

    #[test]
    fn names_have_no_case_and_arguments_may_be_quoted() {
        assert_eq!(max_age(&["MaX-aGe=3600"]), of(3600));
        assert_eq!(max_age(&["public, max-age=\"3600\""]), of(3600));
        assert_eq!(max_age(&["max-age=003600"]), of(3600));
    }

    #[test]
    fn what_stands_in_quotes_is_no_directive() {
        assert_eq!(max_age(&["extension=\"max-age=3600\", max-age=1"]), of(1));
        assert_eq!(max_age(&["extension=\"a, max-age=3600, b\""]), None);
        assert_eq!(max_age(&["extension=\"x\\\", max-age=3600\", max-age=1"]), of(1));
    }

    #[test]
    fn arguments_that_are_no_number_are_invalid() {
        for line in [
            "max-age",
            "max-age=",
            "max-age=-1",
            "max-age=1.5",
            "max-age=a1",
            "max-age=1a",
            "max-age='3600'",
            "max-age= 3600",
            "max-age=\"3600\"x",
        ] {
            assert_eq!(max_age(&[line]), Some(Seconds::Invalid), "{line}");
        }
    }

    #[test]
    fn seconds_beyond_all_bounds_are_as_many_as_can_be_told() {
        assert_eq!(max_age(&["max-age=99999999999"]), of(MOST_SECONDS));
        assert_eq!(max_age(&["max-age=99999999999999999999999999"]), of(MOST_SECONDS));
    }

    #[test]
    fn the_first_of_several_counts() {
        assert_eq!(max_age(&["max-age=1, max-age=1800"]), of(1));
        assert_eq!(max_age(&["max-age=1800", "max-age=1"]), of(1800));
    }

    #[test]
    fn no_cache_with_field_names_is_about_these_fields() {
        let qualified = directives(&["no-cache=\"a, b\"", "max-age=1"]);
        assert!(!qualified.is_no_cache());
        assert_eq!(qualified.no_cache_fields().collect::<Vec<_>>(), ["a", "b"]);
        assert!(directives(&["no-cache=\"\""]).is_no_cache());
        assert!(directives(&["no-cache=\"a\", no-cache"]).is_no_cache());
    }
}
