//! Parts of representations: what `Range` asks for, what `Content-Range` says, and answers cut from what is stored.
//! <https://www.rfc-editor.org/rfc/rfc9110#section-14>

use std::ops::Range;

use bytes::{Bytes, BytesMut};

use super::entry::{Part, Stored};
use crate::headers::HeaderList;

/// What one `Range` asks for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum ByteRange {
    /// From the first byte to the last, which is included and may be left open.
    From(u64, Option<u64>),
    /// So many bytes at the end.
    Last(u64),
}

/// The single range of bytes that a request asks for. Several ranges, and other units, are left to the server.
/// <https://www.rfc-editor.org/rfc/rfc9110#section-14.1.2>
pub(super) fn requested(headers: &HeaderList) -> Option<ByteRange> {
    let value = headers.get("range")?;
    let (unit, set) = value.split_once('=')?;
    if !unit.trim().eq_ignore_ascii_case("bytes") {
        return None;
    }
    let (first, last) = set.trim().split_once('-')?;
    let number = |text: &str| -> Option<u64> {
        let is_number = !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
        is_number.then(|| text.parse().ok()).flatten()
    };
    match (first, last) {
        ("", last) => number(last).map(ByteRange::Last),
        (first, "") => Some(ByteRange::From(number(first)?, None)),
        (first, last) => {
            let (first, last) = (number(first)?, number(last)?);
            (first <= last).then_some(ByteRange::From(first, Some(last)))
        }
    }
}

impl ByteRange {
    /// The bytes of a representation of this length; none where there are none, which the server may say itself.
    pub(super) fn within(self, length: u64) -> Option<Range<u64>> {
        let range = match self {
            ByteRange::From(first, last) => {
                first..last.map_or(length, |last| last.saturating_add(1).min(length))
            }
            ByteRange::Last(count) => length.saturating_sub(count)..length,
        };
        (range.start < range.end).then_some(range)
    }
}

/// Which single part a 206 holds, and of how much.
/// <https://www.rfc-editor.org/rfc/rfc9110#section-14.4>
pub(super) fn content_range(headers: &HeaderList) -> Option<Part> {
    let value = headers.get("content-range")?;
    let (unit, rest) = value.trim().split_once(' ')?;
    let (range, complete) = rest.trim().split_once('/')?;
    let (first, last) = range.split_once('-')?;
    let (first, last, complete) =
        (first.parse::<u64>().ok()?, last.parse::<u64>().ok()?, complete.parse().ok()?);
    let is_sound = unit.eq_ignore_ascii_case("bytes") && first <= last && last < complete;
    is_sound.then_some(Part { first, complete })
}

impl Stored {
    /// Which bytes of the representation are here, and how long it is as a whole.
    pub(super) fn extent(&self) -> (Range<u64>, u64) {
        let length = self.body.len() as u64;
        match self.head.part {
            None => (0..length, length),
            Some(part) => (part.first..part.first.saturating_add(length), part.complete),
        }
    }

    /// Whether the bytes that are asked for are here.
    pub(super) fn has(&self, range: ByteRange) -> bool {
        let (here, complete) = self.extent();
        range.within(complete).is_some_and(|wanted| here.start <= wanted.start && wanted.end <= here.end)
    }

    /// A response of 206 with the bytes that are asked for, where they are here.
    /// <https://www.rfc-editor.org/rfc/rfc9111#section-3.3>
    pub(super) fn cut(&self, range: ByteRange) -> Option<Stored> {
        let (here, complete) = self.extent();
        let wanted = range.within(complete).filter(|_| self.has(range))?;
        let start = usize::try_from(wanted.start - here.start).ok()?;
        let end = usize::try_from(wanted.end - here.start).ok()?;
        let mut head = self.head.clone();
        (head.status, head.status_text) = (206, "Partial Content".to_owned());
        let mut headers = head.headers();
        headers.set("content-range", format!("bytes {}-{}/{complete}", wanted.start, wanted.end - 1));
        headers.set("content-length", (wanted.end - wanted.start).to_string());
        head.set_headers(&headers);
        head.part = Some(Part { first: wanted.start, complete });
        Some(Stored { head, body: self.body.slice(start..end) })
    }

    /// This part and a newer one of the same representation as one, where they touch: whole if nothing is missing.
    /// <https://www.rfc-editor.org/rfc/rfc9111#section-3.4>
    pub(super) fn combined_with(&self, newer: &Stored) -> Option<Stored> {
        let tag = newer.head.validators();
        let tag = tag.strong_etag()?;
        if self.head.validators().strong_etag() != Some(tag) {
            return None;
        }
        let ((old, old_length), (new, length)) = (self.extent(), newer.extent());
        if old_length != length || new.start > old.end || old.start > new.end {
            return None;
        }
        let slice = |body: &Bytes, from: u64, to: u64| -> Option<Bytes> {
            Some(body.slice(usize::try_from(from).ok()?..usize::try_from(to).ok()?))
        };
        let mut body = BytesMut::new();
        if old.start < new.start {
            body.extend_from_slice(&slice(&self.body, 0, new.start - old.start)?);
        }
        body.extend_from_slice(&newer.body);
        if new.end < old.end {
            body.extend_from_slice(&slice(&self.body, new.end - old.start, old.end - old.start)?);
        }
        let first = old.start.min(new.start);
        let mut head = newer.head.clone();
        let mut headers = self.head.headers();
        for (name, _) in newer.head.headers().iter() {
            headers.delete(name);
        }
        for (name, value) in newer.head.headers().iter() {
            headers.append(name, value);
        }
        headers.set("content-length", body.len().to_string());
        if body.len() as u64 == length {
            (head.status, head.status_text, head.part) = (200, "OK".to_owned(), None);
            headers.delete("content-range");
        } else {
            let last = first + body.len() as u64 - 1;
            headers.set("content-range", format!("bytes {first}-{last}/{length}"));
            head.part = Some(Part { first, complete: length });
        }
        head.set_headers(&headers);
        Some(Stored { head, body: body.freeze() })
    }
}

#[cfg(test)]
mod tests {
    use std::time::SystemTime;

    use super::super::entry::StoredHead;
    use super::super::freshness::Times;
    use super::*;
    use crate::response::Protocol;

    fn range(value: &str) -> Option<ByteRange> {
        requested(&HeaderList::from_iter([("Range", value)]))
    }

    fn stored(body: &'static str, part: Option<Part>, etag: &str) -> Stored {
        let now = SystemTime::UNIX_EPOCH;
        let headers = HeaderList::from_iter([("ETag", etag), ("A", "1")]);
        let times = Times { requested: now, received: now };
        let status = if part.is_some() { 206 } else { 200 };
        let head = StoredHead::new(
            "k".into(),
            Vec::new(),
            status,
            String::new(),
            &headers,
            Protocol::Http11,
            times,
            part,
        );
        Stored { head, body: Bytes::from_static(body.as_bytes()) }
    }

    fn cut(stored: &Stored, value: &str) -> Option<(String, String)> {
        let cut = stored.cut(range(value)?)?;
        let text = String::from_utf8(cut.body.to_vec()).unwrap();
        Some((text, cut.head.headers().get("content-range").unwrap()))
    }

    fn found(body: &str, range: &str) -> Option<(String, String)> {
        Some((body.to_owned(), range.to_owned()))
    }

    #[test]
    fn one_range_of_bytes_is_understood() {
        assert_eq!(range("bytes=0-1"), Some(ByteRange::From(0, Some(1))));
        assert_eq!(range("bytes=5-"), Some(ByteRange::From(5, None)));
        assert_eq!(range("Bytes=-5"), Some(ByteRange::Last(5)));
        for other in ["bytes=0-1,3-4", "lines=0-1", "bytes=2-1", "bytes=-", "bytes=a-b", "bytes=+1-2"] {
            assert_eq!(range(other), None, "{other}");
        }
    }

    #[test]
    fn parts_are_cut_from_what_is_whole() {
        let whole = stored("0123456789A", None, "\"x\"");
        assert_eq!(cut(&whole, "bytes=0-1"), found("01", "bytes 0-1/11"));
        assert_eq!(cut(&whole, "bytes=1-"), found("123456789A", "bytes 1-10/11"));
        assert_eq!(cut(&whole, "bytes=-1"), found("A", "bytes 10-10/11"));
        assert_eq!(cut(&whole, "bytes=9-99"), found("9A", "bytes 9-10/11"));
        assert_eq!(cut(&whole, "bytes=11-"), None);
        assert_eq!(cut(&whole, "bytes=-0"), None);
    }

    #[test]
    fn parts_are_cut_from_parts_that_hold_them() {
        let part = stored("45678", Some(Part { first: 4, complete: 9 }), "\"x\"");
        assert_eq!(cut(&part, "bytes=6-7"), found("67", "bytes 6-7/9"));
        assert_eq!(cut(&part, "bytes=-2"), found("78", "bytes 7-8/9"));
        assert_eq!(cut(&part, "bytes=3-5"), None);
    }

    #[test]
    fn parts_that_touch_become_one_and_whole_where_nothing_is_missing() {
        let first = stored("0123", Some(Part { first: 0, complete: 9 }), "\"x\"");
        let rest = stored("3456", Some(Part { first: 3, complete: 9 }), "\"x\"");
        let both = first.combined_with(&rest).unwrap();
        assert_eq!((&both.body[..], both.head.part), (&b"0123456"[..], Some(Part { first: 0, complete: 9 })));
        let end = stored("78", Some(Part { first: 7, complete: 9 }), "\"x\"");
        let whole = end.combined_with(&both).unwrap();
        assert_eq!((&whole.body[..], whole.head.status), (&b"012345678"[..], 200));
        assert_eq!(whole.head.headers().get("content-length").as_deref(), Some("9"));
    }

    #[test]
    fn only_a_strong_validator_makes_parts_of_one_thing() {
        let first = stored("0123", Some(Part { first: 0, complete: 9 }), "\"x\"");
        for (etag, at) in [("\"y\"", 4), ("W/\"x\"", 4), ("\"x\"", 5)] {
            let other = stored("45", Some(Part { first: at, complete: 9 }), etag);
            assert!(first.combined_with(&other).is_none(), "{etag} {at}");
        }
    }

    #[test]
    fn a_part_says_of_how_much_it_is() {
        let of = |value: &str| content_range(&HeaderList::from_iter([("Content-Range", value)]));
        assert_eq!(of("bytes 2-4/10"), Some(Part { first: 2, complete: 10 }));
        for wrong in ["bytes 2-4/*", "bytes */10", "bytes 4-2/10", "bytes 2-10/10", "2-4/10"] {
            assert_eq!(of(wrong), None, "{wrong}");
        }
    }
}
