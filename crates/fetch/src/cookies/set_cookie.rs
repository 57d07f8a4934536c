//! A `Set-Cookie` field into a name, a value and attributes.
//! <https://httpwg.org/http-extensions/draft-ietf-httpbis-rfc6265bis.html#name-the-set-cookie-header-field-2>

use super::cookie::SameSite;
use super::date::parse_cookie_date;
use crate::headers::token::is_tab_or_space;
use crate::limits::{MAX_COOKIE_ATTRIBUTE_BYTES, MAX_COOKIE_BYTES};

/// What a `Set-Cookie` field says.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct SetCookie {
    pub(super) name: String,
    pub(super) value: String,
    pub(super) lifetime: Lifetime,
    /// In lower case, without a leading dot; none where empty.
    pub(super) domain: Option<String>,
    pub(super) path: Option<PathAttribute>,
    pub(super) secure: bool,
    pub(super) http_only: bool,
    pub(super) same_site: SameSite,
}

/// How long a cookie is kept. `Max-Age` goes before `Expires`.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) enum Lifetime {
    /// As long as the session.
    #[default]
    Session,
    /// Until an instant, in s since 1970.
    Until(i64),
    /// For so many s from now on; none are left where it is not above 0.
    For(i64),
}

/// What the attribute `Path` says.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum PathAttribute {
    /// It is there and says nothing that is a path.
    Default,
    Named(String),
}

/// Why a field is not a cookie.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Malformed {
    ControlCharacter,
    Empty,
    TooLarge,
}

impl SetCookie {
    /// Reads a field's value, in which each `char` is a byte.
    pub(super) fn parse(text: &str) -> Result<SetCookie, Malformed> {
        if text.chars().any(|c| c != '\t' && c.is_ascii_control()) {
            return Err(Malformed::ControlCharacter);
        }
        let mut parts = text.split(';');
        let pair = parts.next().unwrap_or_default();
        let (name, value) = pair.split_once('=').unwrap_or(("", pair));
        let (name, value) = (trim(name), trim(value));
        if name.is_empty() && value.is_empty() {
            return Err(Malformed::Empty);
        }
        if bytes(name) + bytes(value) > MAX_COOKIE_BYTES {
            return Err(Malformed::TooLarge);
        }
        let mut cookie = SetCookie { name: name.to_owned(), value: value.to_owned(), ..SetCookie::default() };
        for part in parts {
            let (name, value) = part.split_once('=').unwrap_or((part, ""));
            let (name, value) = (trim(name), trim(value));
            if bytes(value) <= MAX_COOKIE_ATTRIBUTE_BYTES {
                cookie.attribute(name, value);
            }
        }
        Ok(cookie)
    }

    /// Of attributes of one name the last one counts.
    fn attribute(&mut self, name: &str, value: &str) {
        let is = |known: &str| name.eq_ignore_ascii_case(known);
        if is("Expires") {
            if let Some(instant) = parse_cookie_date(value)
                && !matches!(self.lifetime, Lifetime::For(_))
            {
                self.lifetime = Lifetime::Until(instant);
            }
        } else if is("Max-Age") {
            if let Some(seconds) = max_age(value) {
                self.lifetime = Lifetime::For(seconds);
            }
        } else if is("Domain") {
            let domain = value.strip_prefix('.').unwrap_or(value);
            self.domain = (!domain.is_empty()).then(|| domain.to_ascii_lowercase());
        } else if is("Path") {
            let is_path = value.starts_with('/');
            self.path =
                Some(if is_path { PathAttribute::Named(value.to_owned()) } else { PathAttribute::Default });
        } else if is("Secure") {
            self.secure = true;
        } else if is("HttpOnly") {
            self.http_only = true;
        } else if is("SameSite") {
            const KNOWN: [(&str, SameSite); 3] =
                [("Strict", SameSite::Strict), ("Lax", SameSite::Lax), ("None", SameSite::None)];
            let known = KNOWN.into_iter().find(|(token, _)| value.eq_ignore_ascii_case(token));
            self.same_site = known.map_or(SameSite::Default, |(_, same_site)| same_site);
        }
    }
}

fn trim(text: &str) -> &str {
    text.trim_matches(is_tab_or_space)
}

/// Bytes on the wire: a `char` for each.
fn bytes(text: &str) -> usize {
    text.chars().count()
}

fn max_age(value: &str) -> Option<i64> {
    let digits = value.strip_prefix('-').unwrap_or(value);
    if !digits.bytes().all(|byte| byte.is_ascii_digit()) || value.is_empty() {
        return None;
    }
    // What is too long to be a number is a very large one.
    Some(if value.starts_with('-') { 0 } else { digits.parse().unwrap_or(i64::MAX) })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn parse(text: &str) -> SetCookie {
        SetCookie::parse(text).unwrap()
    }

    #[test]
    fn names_and_values_are_taken_as_they_are() {
        for (text, name, value) in [
            ("a=b", "a", "b"),
            ("a=b=c", "a", "b=c"),
            (" a b \t=\t c d ;x", "a b", "c d"),
            ("\"a\"=\"b\"", "\"a\"", "\"b\""),
            ("only", "", "only"),
            ("=only", "", "only"),
            ("a=", "a", ""),
            ("a=b,c", "a", "b,c"),
            ("\u{e9}=\u{ff}", "\u{e9}", "\u{ff}"),
        ] {
            let cookie = parse(text);
            assert_eq!((cookie.name.as_str(), cookie.value.as_str()), (name, value), "{text}");
        }
    }

    #[test]
    fn what_is_no_cookie_says_why() {
        assert_eq!(SetCookie::parse(""), Err(Malformed::Empty));
        assert_eq!(SetCookie::parse(" = ; Path=/"), Err(Malformed::Empty));
        assert_eq!(SetCookie::parse("a=b\u{1}"), Err(Malformed::ControlCharacter));
        assert_eq!(SetCookie::parse("a=b; Path=/\u{7f}"), Err(Malformed::ControlCharacter));
        let most = "v".repeat(MAX_COOKIE_BYTES - 1);
        assert_eq!(parse(&format!("n={most}")).value, most);
        assert_eq!(SetCookie::parse(&format!("nn={most}")), Err(Malformed::TooLarge));
    }

    #[test]
    fn attributes_are_read_without_case_and_the_last_counts() {
        let cookie =
            parse("a=b; domain=x.com; DOMAIN=.Y.com ; path=/x; Path=/y; SECURE; httponly=no; samesite=LAX");
        assert_eq!(cookie.domain.as_deref(), Some("y.com"));
        assert_eq!(cookie.path, Some(PathAttribute::Named("/y".to_owned())));
        assert!(cookie.secure && cookie.http_only);
        assert_eq!(cookie.same_site, SameSite::Lax);
        let cookie = parse("a=b; Domain=x.com; Domain=; Path=/x; Path=y; SameSite=None; SameSite=sometimes");
        assert_eq!((cookie.domain, cookie.path), (None, Some(PathAttribute::Default)));
        assert_eq!(cookie.same_site, SameSite::Default);
    }

    #[test]
    fn attributes_that_are_too_long_are_ignored() {
        let long = "x".repeat(MAX_COOKIE_ATTRIBUTE_BYTES);
        let kept = parse(&format!("a=b; Path=/{}", &long[1..]));
        assert!(matches!(kept.path, Some(PathAttribute::Named(_))));
        assert_eq!(parse(&format!("a=b; Path=/{long}")).path, None);
    }

    #[test]
    fn max_age_goes_before_expires_wherever_they_stand() {
        let expires = "Expires=Sun, 06 Nov 1994 08:49:37 GMT";
        assert_eq!(parse(&format!("a=b; {expires}")).lifetime, Lifetime::Until(784_111_777));
        assert_eq!(parse(&format!("a=b; Max-Age=5; {expires}")).lifetime, Lifetime::For(5));
        assert_eq!(parse(&format!("a=b; {expires}; Max-Age=5")).lifetime, Lifetime::For(5));
        assert_eq!(parse("a=b; Max-Age=-1").lifetime, Lifetime::For(0));
        assert_eq!(parse("a=b; Max-Age=99999999999999999999").lifetime, Lifetime::For(i64::MAX));
        for ignored in ["Max-Age=", "Max-Age=5s", "Max-Age=+5", "Max-Age=1.5", "Expires=soon"] {
            assert_eq!(parse(&format!("a=b; {ignored}")).lifetime, Lifetime::Session, "{ignored}");
        }
    }
}
