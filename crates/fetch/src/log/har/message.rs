//! What is in requests and responses, as HAR has it.

use std::time::{Duration, SystemTime};

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use bytes::Bytes;
use serde_json::{Value, json};

use super::KeptBody;
use super::date::date_time;
use crate::headers::HeaderList;
use crate::log::dump::object;
use crate::mime_type::MimeType;
use crate::response::Sizes;

/// Header fields, one object a field line.
pub(super) fn fields(headers: &HeaderList) -> Value {
    headers.iter().map(|(name, value)| json!({ "name": name, "value": value })).collect()
}

/// The cookies of a request.
/// <https://httpwg.org/http-extensions/draft-ietf-httpbis-rfc6265bis.html#name-the-cookie-header-field-use>
pub(super) fn cookies_sent(headers: &HeaderList) -> Value {
    let pairs = headers.get_all("cookie").flat_map(|value| value.split(';'));
    pairs
        .filter_map(|pair| {
            let (name, value) = pair.split_once('=').unwrap_or(("", pair));
            let (name, value) = (name.trim(), value.trim());
            (!name.is_empty() || !value.is_empty()).then(|| json!({ "name": name, "value": value }))
        })
        .collect()
}

/// The cookies that a response sets; when they expire is told from the time at which the request began, `started` ms after
/// the log.
/// <https://httpwg.org/http-extensions/draft-ietf-httpbis-rfc6265bis.html#name-the-set-cookie-header-field>
pub(super) fn cookies_set(headers: &HeaderList, log_started: SystemTime, started: f64) -> Value {
    headers.get_all("set-cookie").map(|value| cookie_set(value, log_started, started)).collect()
}

fn cookie_set(field: &str, log_started: SystemTime, started: f64) -> Value {
    let mut parts = field.split(';');
    let pair = parts.next().unwrap_or_default();
    let (name, value) = pair.split_once('=').unwrap_or(("", pair));
    let (mut path, mut domain, mut expires, mut same_site) = (None, None, None, None);
    let (mut http_only, mut secure) = (false, false);
    let mut has_max_age = false;
    for attribute in parts {
        let (name, value) = attribute.split_once('=').unwrap_or((attribute, ""));
        let value = value.trim();
        match name.trim().to_ascii_lowercase().as_str() {
            "path" => path = Some(value),
            "domain" => domain = Some(value.trim_start_matches('.')),
            "httponly" => http_only = true,
            "secure" => secure = true,
            "samesite" => same_site = Some(value),
            "max-age" => {
                if let Ok(seconds) = value.parse::<i64>() {
                    let offset = Duration::from_secs(u64::try_from(seconds).unwrap_or(0).min(LONGEST_LIFE));
                    expires = Some(date_time(log_started + offset, started));
                    has_max_age = true;
                }
            }
            // <https://httpwg.org/http-extensions/draft-ietf-httpbis-rfc6265bis.html#name-storage-model>: Max-Age wins.
            "expires" if !has_max_age => {
                expires = httpdate::parse_http_date(value).ok().map(|at| date_time(at, 0.0));
            }
            _ => {}
        }
    }
    object([
        ("name", Some(name.trim().into())),
        ("value", Some(value.trim().into())),
        ("path", path.map(Value::from)),
        ("domain", domain.map(Value::from)),
        ("expires", expires.map(Value::from)),
        ("httpOnly", Some(http_only.into())),
        ("secure", Some(secure.into())),
        ("sameSite", same_site.map(Value::from)),
    ])
}

/// Browsers keep no cookie longer, in s: 400 days.
const LONGEST_LIFE: u64 = 400 * 86_400;

/// A request's body: as text where it is text.
pub(super) fn post_data(headers: &HeaderList, body: &Bytes) -> Value {
    let mime_type = headers.get("content-type").unwrap_or_default();
    let is_form = MimeType::parse(&mime_type)
        .is_some_and(|mime_type| mime_type.is_essence("application/x-www-form-urlencoded"));
    let params: Vec<Value> = if is_form {
        let pairs = url::form_urlencoded::parse(body);
        pairs.map(|(name, value)| json!({ "name": name, "value": value })).collect()
    } else {
        Vec::new()
    };
    let (text, encoding) = match std::str::from_utf8(body) {
        Ok(text) => (text.to_owned(), None),
        Err(_) => (STANDARD.encode(body), Some("base64".into())),
    };
    object([
        ("mimeType", Some(mime_type.into())),
        ("params", Some(params.into())),
        ("text", Some(text.into())),
        ("_encoding", encoding),
    ])
}

/// A response's body, with its bytes where they were kept: as text only where the text says all about the bytes.
pub(super) fn content(
    sizes: Sizes,
    was_transferred: bool,
    mime_type: &str,
    body: Option<&KeptBody>,
) -> Value {
    let compression = i64::try_from(sizes.decoded)
        .ok()
        .zip(i64::try_from(sizes.encoded).ok())
        .filter(|_| was_transferred)
        .map(|(decoded, encoded)| decoded - encoded);
    let (mut text, mut encoding, mut comment) = (None, None, None);
    let mut size = sizes.decoded;
    match body {
        None => {}
        Some(KeptBody::TooLarge) => comment = Some("the body is longer than a recording may be"),
        Some(KeptBody::Bytes(pieces)) => {
            let body = pieces.concat();
            size = body.len() as u64;
            match plain_text(&body, mime_type) {
                Some(plain) => text = Some(plain.to_owned()),
                None => {
                    text = Some(STANDARD.encode(&body));
                    encoding = Some("base64");
                }
            }
        }
    }
    object([
        ("size", Some(size.into())),
        ("compression", compression.map(Value::from)),
        ("mimeType", Some(mime_type.into())),
        ("text", text.map(Value::from)),
        ("encoding", encoding.map(Value::from)),
        ("comment", comment.map(Value::from)),
    ])
}

/// The text that a body is, where reading the text back gives the same bytes and means the same: ASCII, or UTF-8 that says
/// so.
fn plain_text<'a>(body: &'a [u8], mime_type: &str) -> Option<&'a str> {
    let mime_type = MimeType::parse(mime_type)?;
    let is_text = mime_type.kind() == "text"
        || mime_type.is_json()
        || mime_type.is_xml()
        || mime_type.is_javascript()
        || mime_type.is_scriptable();
    let is_utf_8 = mime_type
        .charset()
        .is_some_and(|label| label.eq_ignore_ascii_case("utf-8") || label.eq_ignore_ascii_case("utf8"));
    let text = std::str::from_utf8(body).ok()?;
    (is_text && (is_utf_8 || text.is_ascii())).then_some(text)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn cookies_are_read_from_their_fields() {
        let sent = HeaderList::from_iter([("Cookie", "a=1; b=x=y;c")]);
        assert_eq!(
            cookies_sent(&sent),
            json!([{"name": "a", "value": "1"}, {"name": "b", "value": "x=y"}, {"name": "", "value": "c"}])
        );
        let set = HeaderList::from_iter([
            ("Set-Cookie", "id=7; Path=/x; Domain=.example.com; Secure; HttpOnly; SameSite=Lax; Max-Age=60"),
            ("set-cookie", "old=; Expires=Sun, 06 Nov 1994 08:49:37 GMT"),
        ]);
        let set = cookies_set(&set, SystemTime::UNIX_EPOCH, 1000.0);
        assert_eq!(
            set[0],
            json!({"name": "id", "value": "7", "path": "/x", "domain": "example.com", "secure": true,
                "httpOnly": true, "sameSite": "Lax", "expires": "1970-01-01T00:01:01.000Z"})
        );
        assert_eq!(set[1]["expires"], "1994-11-06T08:49:37.000Z");
    }

    #[test]
    fn a_body_is_text_only_where_the_text_says_all() {
        let written = |mime_type: &str, body: &'static [u8]| {
            let body = KeptBody::Bytes(vec![Bytes::from_static(body)]);
            content(Sizes::default(), true, mime_type, Some(&body))
        };
        assert_eq!(written("text/html", b"<p>")["text"], "<p>");
        assert_eq!(written("text/html;charset=utf-8", "é".as_bytes())["text"], "é");
        for (mime_type, body) in [
            ("text/html", "é".as_bytes()),
            ("text/html;charset=utf-8", b"\xff"),
            ("image/png", b"abc"),
            ("", b"abc"),
        ] {
            let written = written(mime_type, body);
            assert_eq!((&written["encoding"], &written["size"]), (&json!("base64"), &json!(body.len())));
        }
    }

    #[test]
    fn forms_are_sent_as_text_with_their_fields() {
        let headers = HeaderList::from_iter([("Content-Type", "application/x-www-form-urlencoded")]);
        let data = post_data(&headers, &Bytes::from_static(b"a=1+2&b=%26"));
        assert_eq!(data["params"], json!([{"name": "a", "value": "1 2"}, {"name": "b", "value": "&"}]));
        assert_eq!(data["text"], "a=1+2&b=%26");
        let binary = post_data(&HeaderList::new(), &Bytes::from_static(b"\xff"));
        assert_eq!((&binary["text"], &binary["_encoding"]), (&json!("/w=="), &json!("base64")));
    }
}
