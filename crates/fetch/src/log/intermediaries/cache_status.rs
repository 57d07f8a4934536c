//! `Cache-Status`: what each cache on the way did.
//! <https://www.rfc-editor.org/rfc/rfc9211>

use std::fmt;

use sfv::{BareItem, Item, List, ListEntry, Parser};

use crate::headers::HeaderList;

/// What one cache did with the request.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct CacheStatus {
    /// The cache.
    pub cache: String,
    /// Whether it answered without asking further.
    pub hit: bool,
    /// Why it asked further: `bypass`, `method`, `uri-miss`, `vary-miss`, `miss`, `request`, `stale`, `partial`.
    pub forwarded: Option<String>,
    /// The status code that came back then.
    pub forwarded_status: Option<i64>,
    /// How long the response stays fresh, in s; below 0 it is stale.
    pub ttl: Option<i64>,
    /// Whether it stored what came back.
    pub stored: Option<bool>,
    /// Whether it asked once for several requests.
    pub collapsed: Option<bool>,
    /// The cache key.
    pub key: Option<String>,
    /// Anything else that it says.
    pub detail: Option<String>,
}

/// As RFC 9211 has it for people: `ExampleCache: hit, fresh for 376 s`.
impl fmt::Display for CacheStatus {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "{}: {}", self.cache, if self.hit { "hit" } else { "no hit" })?;
        if let Some(forwarded) = &self.forwarded {
            write!(formatter, ", asked further ({forwarded})")?;
        }
        if let Some(status) = self.forwarded_status {
            write!(formatter, ", was answered {status}")?;
        }
        match self.ttl {
            Some(ttl) if ttl >= 0 => write!(formatter, ", fresh for {ttl} s")?,
            Some(ttl) => write!(formatter, ", stale for {} s", ttl.unsigned_abs())?,
            None => {}
        }
        match self.stored {
            Some(true) => formatter.write_str(", stored")?,
            Some(false) => formatter.write_str(", not stored")?,
            None => {}
        }
        if self.collapsed == Some(true) {
            formatter.write_str(", joined another request")?;
        }
        if let Some(key) = &self.key {
            write!(formatter, ", key {key}")?;
        }
        if let Some(detail) = &self.detail {
            write!(formatter, ", {detail}")?;
        }
        Ok(())
    }
}

/// A field that is not a list of structured values is ignored as a whole.
/// <https://www.rfc-editor.org/rfc/rfc9651#section-4.2>
pub(super) fn cache_status(headers: &HeaderList) -> Vec<CacheStatus> {
    let Some(value) = headers.get("cache-status") else { return Vec::new() };
    let Ok(list) = Parser::new(&value).parse::<List>() else { return Vec::new() };
    let items = list.into_iter().filter_map(|member| match member {
        ListEntry::Item(item) => Some(item),
        ListEntry::InnerList(_) => None,
    });
    items.filter_map(member).collect()
}

fn member(item: Item) -> Option<CacheStatus> {
    let mut status = CacheStatus { cache: text(&item.bare_item)?, ..CacheStatus::default() };
    for (name, value) in &item.params {
        match name.as_str() {
            "hit" => status.hit = value.as_boolean() == Some(true),
            "fwd" => status.forwarded = text(value),
            "fwd-status" => status.forwarded_status = value.as_integer().map(Into::into),
            "ttl" => status.ttl = value.as_integer().map(Into::into),
            "stored" => status.stored = value.as_boolean(),
            "collapsed" => status.collapsed = value.as_boolean(),
            "key" => status.key = text(value),
            "detail" => status.detail = text(value),
            _ => {}
        }
    }
    Some(status)
}

/// Names are strings or tokens.
fn text(value: &BareItem) -> Option<String> {
    let token = value.as_token().map(|token| token.as_str().to_owned());
    token.or_else(|| value.as_string().map(|string| string.as_str().to_owned()))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(value: &str) -> Vec<CacheStatus> {
        cache_status(&HeaderList::from_iter([("Cache-Status", value)]))
    }

    #[test]
    fn every_cache_tells_what_it_did() {
        let caches = of(
            r#"OriginCache; hit; ttl=1100, "CDN Company Here"; fwd=stale; fwd-status=304; stored; ttl=-412; detail="x y""#,
        );
        let words: Vec<String> = caches.iter().map(ToString::to_string).collect();
        assert_eq!(
            words,
            [
                "OriginCache: hit, fresh for 1100 s",
                "CDN Company Here: no hit, asked further (stale), was answered 304, stale for 412 s, stored, x y",
            ]
        );
        assert_eq!(caches[1].stored, Some(true));
    }

    #[test]
    fn a_field_that_is_malformed_says_nothing() {
        for value in ["A; hit; ttl=", "A, ", "=", "(A B)", "12"] {
            assert!(of(value).is_empty(), "{value}");
        }
    }
}
