//! How a newer header changes a stored response: after 304, and after HEAD.
//! <https://www.rfc-editor.org/rfc/rfc9111#section-3.2>

use super::entry::{StoredHead, Validators, is_weakly_equal};
use super::freshness::Times;
use super::storing::stored_fields;
use crate::headers::{HeaderList, content_length};

/// The fields that say how the stored body is to be read, or how to tell that it is sound. The body did not come again, so
/// that they stay.
const ABOUT_THE_BODY: [&str; 5] =
    ["content-length", "content-encoding", "content-range", "content-md5", "content-digest"];

/// Takes over the fields of a newer header, and its moment.
pub(super) fn update(stored: &mut StoredHead, newer: &HeaderList, times: Times) {
    let newer = stored_fields(newer, times);
    let mut headers = stored.headers();
    // How old it was on the way before has nothing to do with how old it is now.
    headers.delete("age");
    let is_kept = |name: &str| ABOUT_THE_BODY.iter().any(|other| name.eq_ignore_ascii_case(other));
    let fields: Vec<(&str, &str)> = newer.iter().filter(|(name, _)| !is_kept(name)).collect();
    for (name, _) in &fields {
        headers.delete(name);
    }
    for (name, value) in fields {
        headers.append(name, value);
    }
    stored.set_headers(&headers);
    stored.set_times(times);
}

/// Whether a 304 is about a stored response that was asked about.
/// <https://www.rfc-editor.org/rfc/rfc9111#section-4.3.4>
pub(super) fn is_about(not_modified: &HeaderList, stored: &StoredHead) -> bool {
    let (new, old) = (Validators::of(not_modified), stored.validators());
    match (&new.etag, &old.etag) {
        (Some(new_tag), Some(old_tag)) => match new.strong_etag() {
            Some(strong) => old.strong_etag() == Some(strong) || is_weakly_equal(new_tag, old_tag),
            None => is_weakly_equal(new_tag, old_tag),
        },
        (Some(_), None) => false,
        (None, _) => match (&new.last_modified, &old.last_modified) {
            (Some(new), Some(old)) => new == old,
            // Servers that repeat no validator mean the one they were asked about.
            _ => true,
        },
    }
}

/// Whether a response to HEAD still describes a stored response to GET.
/// <https://www.rfc-editor.org/rfc/rfc9111#section-4.3.5>
pub(super) fn describes(head: &HeaderList, stored: &StoredHead, stored_bytes: u64) -> bool {
    let (new, old) = (Validators::of(head), stored.validators());
    let agrees = |new: &Option<String>, old: &Option<String>| new.is_none() || new == old;
    let length_agrees = match content_length(head) {
        Ok(Some(length)) => length == stored_bytes,
        Ok(None) => true,
        Err(_) => false,
    };
    agrees(&new.etag, &old.etag) && agrees(&new.last_modified, &old.last_modified) && length_agrees
}

#[cfg(test)]
mod tests {
    use std::time::{Duration, SystemTime};

    use super::*;
    use crate::response::Protocol;

    fn times(seconds: u64) -> Times {
        let at = SystemTime::UNIX_EPOCH + Duration::from_secs(1_700_000_000 + seconds);
        Times { requested: at, received: at }
    }

    fn list(fields: &[(&str, &str)]) -> HeaderList {
        fields.iter().copied().collect()
    }

    fn stored(fields: &[(&str, &str)]) -> StoredHead {
        let headers = list(fields);
        let text = "OK".to_owned();
        StoredHead::new("k".to_owned(), Vec::new(), 200, text, &headers, Protocol::Http11, times(0), None)
    }

    #[test]
    fn newer_fields_replace_older_ones_and_the_others_stay() {
        let mut head = stored(&[("A", "1"), ("B", "1"), ("b", "2"), ("Cache-Control", "max-age=1")]);
        update(
            &mut head,
            &list(&[("b", "3"), ("Cache-Control", "max-age=60"), ("Connection", "x")]),
            times(9),
        );
        let headers = head.headers();
        assert_eq!(headers.get("a").as_deref(), Some("1"));
        assert_eq!(headers.get("b").as_deref(), Some("3"));
        assert_eq!(headers.get("cache-control").as_deref(), Some("max-age=60"));
        assert!(!headers.contains("connection"));
        assert_eq!(head.times(), times(9));
    }

    #[test]
    fn what_says_how_to_read_the_body_stays() {
        let fields = [("Content-Length", "5"), ("Content-Encoding", "gzip"), ("Content-Type", "text/plain")];
        let mut head = stored(&fields);
        let newer = [("Content-Length", "0"), ("Content-Encoding", "br"), ("Content-Type", "text/html")];
        update(&mut head, &list(&newer), times(1));
        let headers = head.headers();
        assert_eq!(headers.get("content-length").as_deref(), Some("5"));
        assert_eq!(headers.get("content-encoding").as_deref(), Some("gzip"));
        assert_eq!(headers.get("content-type").as_deref(), Some("text/html"));
    }

    #[test]
    fn the_age_of_before_is_forgotten() {
        let mut head = stored(&[("Age", "1000")]);
        update(&mut head, &list(&[("Cache-Control", "max-age=60")]), times(1));
        assert_eq!(head.age(times(2).received), Duration::from_secs(1));
    }

    #[test]
    fn a_304_is_about_what_has_its_validator() {
        let tagged = stored(&[("ETag", "\"x\""), ("Last-Modified", "Sun, 06 Nov 1994 08:49:37 GMT")]);
        assert!(is_about(&list(&[("ETag", "\"x\"")]), &tagged));
        assert!(is_about(&list(&[("ETag", "W/\"x\"")]), &tagged));
        assert!(!is_about(&list(&[("ETag", "\"y\"")]), &tagged));
        assert!(is_about(&list(&[]), &tagged));
        assert!(!is_about(&list(&[("Last-Modified", "Mon, 07 Nov 1994 08:49:37 GMT")]), &tagged));
    }

    #[test]
    fn a_head_that_contradicts_shows_that_the_body_changed() {
        let tagged = stored(&[("ETag", "\"x\"")]);
        assert!(describes(&list(&[("ETag", "\"x\""), ("Content-Length", "3")]), &tagged, 3));
        assert!(describes(&list(&[]), &tagged, 3));
        assert!(!describes(&list(&[("ETag", "\"y\"")]), &tagged, 3));
        assert!(!describes(&list(&[("Content-Length", "4")]), &tagged, 3));
    }
}
