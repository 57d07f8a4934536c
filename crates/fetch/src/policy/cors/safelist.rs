//! What a request may carry across origins without asking first: what a form could always have sent.
//! <https://fetch.spec.whatwg.org/#cors-safelisted-request-header>

use crate::headers::HeaderList;
use crate::mime_type::MimeType;

/// <https://fetch.spec.whatwg.org/#cors-safelisted-method>
pub fn is_safelisted_method(method: &str) -> bool {
    matches!(method, "GET" | "HEAD" | "POST")
}

/// Whether a header field may go to any server.
/// <https://fetch.spec.whatwg.org/#cors-safelisted-request-header>
pub fn is_safelisted_header(name: &str, value: &str) -> bool {
    if value.chars().count() > 128 {
        return false;
    }
    let is = |other: &str| name.eq_ignore_ascii_case(other);
    if is("accept") {
        return !value.chars().any(is_unsafe);
    }
    if is("accept-language") || is("content-language") {
        return value
            .chars()
            .all(|c| c.is_ascii_alphanumeric() || matches!(c, ' ' | '*' | ',' | '-' | '.' | ';' | '='));
    }
    if is("content-type") {
        let essences = ["application/x-www-form-urlencoded", "multipart/form-data", "text/plain"];
        return !value.chars().any(is_unsafe)
            && MimeType::parse(value).is_some_and(|mime_type| essences.contains(&mime_type.essence()));
    }
    is("range") && is_simple_range(value)
}

/// The names of the fields that have to be asked for, in lower case and in order.
/// <https://fetch.spec.whatwg.org/#cors-unsafe-request-header-names>
pub fn unsafe_header_names(headers: &HeaderList) -> Vec<String> {
    /// Bytes of all safe values together.
    const ALL_VALUES: usize = 1024;
    let mut names = Vec::new();
    let mut safe_names = Vec::new();
    let mut size = 0;
    for (name, value) in headers.iter() {
        if is_safelisted_header(name, value) {
            size += value.chars().count();
            safe_names.push(name.to_ascii_lowercase());
        } else {
            names.push(name.to_ascii_lowercase());
        }
    }
    if size > ALL_VALUES {
        names.append(&mut safe_names);
    }
    names.sort_unstable();
    names.dedup();
    names
}

/// <https://fetch.spec.whatwg.org/#cors-unsafe-request-header-byte>
fn is_unsafe(c: char) -> bool {
    let is_control = c < ' ' && c != '\t';
    is_control
        || matches!(c, '"' | '(' | ')' | ':' | '<' | '>' | '?' | '@' | '[' | '\\' | ']' | '{' | '}' | '\x7f')
}

/// `bytes=3-`, `bytes=3-7`. <https://fetch.spec.whatwg.org/#simple-range-header-value>
fn is_simple_range(value: &str) -> bool {
    let Some((from, to)) = value.strip_prefix("bytes=").and_then(|range| range.split_once('-')) else {
        return false;
    };
    let number =
        |text: &str| text.bytes().all(|byte| byte.is_ascii_digit()).then(|| text.parse::<u64>().ok());
    match (number(from), number(to)) {
        (Some(Some(from)), Some(Some(to))) => from <= to,
        (Some(Some(_)), Some(None)) => to.is_empty(),
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_what_a_form_could_send_is_safe() {
        for (name, value, is_safe) in [
            ("Accept", "text/html;q=0.9", true),
            ("Accept", "a:b", false),
            ("accept-language", "de-CH, en;q=0.5", true),
            ("Content-Language", "\u{e9}", false),
            ("Content-Type", "Text/Plain; charset=utf-8", true),
            ("content-type", "application/json", false),
            ("content-type", "text/plain; a=\"b\"", false),
            ("Range", "bytes=0-", true),
            ("Range", "bytes=5-9", true),
            ("Range", "bytes=9-5", false),
            ("Range", "bytes=-5", false),
            ("Range", "bytes=0-1,3-4", false),
            ("X-Requested-With", "x", false),
        ] {
            assert_eq!(is_safelisted_header(name, value), is_safe, "{name}: {value}");
        }
        assert!(!is_safelisted_header("accept", &"a".repeat(129)));
    }

    #[test]
    fn names_are_sorted_and_too_much_of_the_safe_is_not_safe() {
        let mut headers =
            HeaderList::from_iter([("X-B", "1"), ("Authorization", "x"), ("x-b", "2"), ("Accept", "*/*")]);
        assert_eq!(unsafe_header_names(&headers), ["authorization", "x-b"]);
        for _ in 0..9 {
            headers.append("Accept-Language", "a".repeat(128));
        }
        assert_eq!(unsafe_header_names(&headers), ["accept", "accept-language", "authorization", "x-b"]);
    }
}
