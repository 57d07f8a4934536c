//! The web-platform-tests' tables of data, where `WPT_DATA` names the folder that holds them.
#![allow(clippy::unwrap_used, reason = "a test fails by panicking")]
#![allow(clippy::print_stdout, reason = "the counts are what one runs this for")]

mod support;

use std::path::PathBuf;

use fanlight_fetch::headers::{content_length, extract_mime_type, is_nosniff};
use fanlight_fetch::{Fetcher, HeaderList, MemoryFetcher, MimeType, NetworkFetcher, Request, Url};
use serde_json::Value;

/// The table, or none with a word where the variable is not set.
fn table(path: &str) -> Option<Value> {
    let Some(folder) = std::env::var_os("WPT_DATA") else {
        println!("skipped: set WPT_DATA to the folder of the web-platform-tests' tables");
        return None;
    };
    let path = PathBuf::from(folder).join(path);
    let text = std::fs::read_to_string(&path).unwrap_or_else(|error| panic!("{}: {error}", path.display()));
    Some(serde_json::from_str(&scalar_values(&text)).unwrap())
}

/// Replaces escapes of lone surrogates, which no Rust string can hold, by U+FFFD, as the conversion to a USVString does.
fn scalar_values(json: &str) -> String {
    let escape_at = |at: usize| {
        let digits = json.get(at..at + 6)?.strip_prefix("\\u")?;
        u16::from_str_radix(digits, 16).ok()
    };
    let mut text = String::with_capacity(json.len());
    let mut at = 0;
    while let Some(c) = json[at..].chars().next() {
        let length = match (c, escape_at(at), escape_at(at + 6)) {
            ('\\', Some(0xd800..=0xdbff), Some(0xdc00..=0xdfff)) => 12,
            ('\\', Some(0xd800..=0xdfff), _) => {
                text.push('\u{fffd}');
                at += 6;
                continue;
            }
            ('\\', None, _) => 2,
            _ => c.len_utf8(),
        };
        text.push_str(&json[at..at + length]);
        at += length;
    }
    text
}

/// The cases of a table whose comments are strings.
fn cases(table: &Value) -> impl Iterator<Item = &Value> {
    table.as_array().unwrap().iter().filter(|case| !case.is_string())
}

/// Fails with every case that went wrong.
fn finish(name: &str, count: usize, failures: &[String]) {
    println!("{name}: {} of {count} pass", count - failures.len());
    assert!(failures.is_empty(), "{name}: {} of {count} fail:\n{}", failures.len(), failures.join("\n"));
    assert!(count > 0, "{name}: the table is empty");
}

/// Header fields as lines of text; names are matched without case.
fn header_list(lines: &str) -> HeaderList {
    let pairs = lines.split("\r\n").filter_map(|line| line.split_once(':'));
    pairs.map(|(name, value)| (name, value.trim_matches([' ', '\t']))).collect()
}

#[test]
fn mime_types_parse_and_serialize() {
    for file in ["mime-types.json", "generated-mime-types.json"] {
        let Some(table) = table(&format!("mimesniff/mime-types/resources/{file}")) else { return };
        let (mut count, mut failures) = (0, Vec::new());
        for case in cases(&table) {
            count += 1;
            let input = case["input"].as_str().unwrap();
            let output = MimeType::parse(input).map(|mime_type| mime_type.to_string());
            if output.as_deref() != case["output"].as_str() {
                failures.push(format!("{input:?}: {output:?} instead of {}", case["output"]));
            }
        }
        finish(file, count, &failures);
    }
}

#[test]
fn mime_types_fall_into_their_groups() {
    let Some(table) = table("mimesniff/mime-types/resources/mime-groups.json") else { return };
    let (mut count, mut failures) = (0, Vec::new());
    for case in cases(&table) {
        count += 1;
        let input = case["input"].as_str().unwrap();
        let mime_type = MimeType::parse(input).unwrap();
        let groups = [
            ("image", mime_type.is_image()),
            ("audio or video", mime_type.is_audio_or_video()),
            ("font", mime_type.is_font()),
            ("ZIP-based", mime_type.is_zip_based()),
            ("archive", mime_type.is_archive()),
            ("XML", mime_type.is_xml()),
            ("HTML", mime_type.is_html()),
            ("scriptable", mime_type.is_scriptable()),
            ("JavaScript", mime_type.is_javascript()),
            ("JSON", mime_type.is_json()),
        ];
        let mut found: Vec<&str> = groups.iter().filter(|(_, is)| *is).map(|(name, _)| *name).collect();
        let mut expected: Vec<&str> =
            case["groups"].as_array().unwrap().iter().map(|name| name.as_str().unwrap()).collect();
        found.sort_unstable();
        expected.sort_unstable();
        if found != expected {
            failures.push(format!("{input}: {found:?} instead of {expected:?}"));
        }
    }
    finish("mime-groups.json", count, &failures);
}

#[test]
fn content_types_are_extracted() {
    let Some(table) = table("fetch/content-type/resources/content-types.json") else { return };
    let (mut count, mut failures) = (0, Vec::new());
    for case in cases(&table) {
        let values: Vec<&str> =
            case["contentType"].as_array().unwrap().iter().map(|value| value.as_str().unwrap()).collect();
        // As separate fields and as one field with commas.
        let separate: HeaderList = values.iter().map(|value| ("Content-Type", *value)).collect();
        let joined: HeaderList = [("Content-Type", values.join(", "))].into_iter().collect();
        for headers in [separate, joined] {
            count += 1;
            let found = extract_mime_type(&headers).map(|mime_type| mime_type.to_string());
            if found.as_deref().unwrap_or_default() != case["mimeType"].as_str().unwrap_or_default() {
                failures.push(format!("{values:?}: {found:?} instead of {}", case["mimeType"]));
            }
        }
    }
    finish("content-types.json", count, &failures);
}

#[test]
fn only_javascript_types_execute() {
    let Some(table) = table("fetch/content-type/resources/script-content-types.json") else { return };
    let (mut count, mut failures) = (0, Vec::new());
    for case in cases(&table) {
        count += 1;
        let values = case["contentType"].as_array().unwrap();
        let headers: HeaderList =
            values.iter().map(|value| ("Content-Type", value.as_str().unwrap())).collect();
        let mime_type = extract_mime_type(&headers);
        let executes = mime_type.as_ref().is_some_and(MimeType::is_javascript);
        if executes != case["executes"].as_bool().unwrap() {
            failures.push(format!("{values:?}: {mime_type:?}"));
        }
    }
    finish("script-content-types.json", count, &failures);
}

#[test]
fn nosniff_is_recognised() {
    let Some(table) = table("fetch/nosniff/resources/x-content-type-options.json") else { return };
    let (mut count, mut failures) = (0, Vec::new());
    for case in cases(&table) {
        count += 1;
        let input = case["input"].as_str().unwrap();
        if is_nosniff(&header_list(input)) != case["nosniff"].as_bool().unwrap() {
            failures.push(format!("{input:?} should be {}", case["nosniff"]));
        }
    }
    finish("x-content-type-options.json", count, &failures);
}

/// The table says how many bytes of a body of 42 are delivered when the server then closes the connection: a length that
/// is no number leaves all of them, values that contradict each other are a network error.
#[test]
fn content_lengths_agree_or_contradict() {
    let Some(table) = table("fetch/content-length/resources/content-lengths.json") else { return };
    let (mut count, mut failures) = (0, Vec::new());
    for case in cases(&table) {
        count += 1;
        let input = case["input"].as_str().unwrap();
        let found = content_length(&header_list(input)).ok().map(|length| length.unwrap_or(42));
        if found != case["output"].as_u64() {
            failures.push(format!("{input:?}: {found:?} instead of {}", case["output"]));
        }
    }
    finish("content-lengths.json", count, &failures);
}

#[test]
fn data_urls_are_decoded() {
    for (file, is_base64) in [("data-urls.json", false), ("base64.json", true)] {
        let Some(table) = table(&format!("fetch/data-urls/resources/{file}")) else { return };
        let (mut count, mut failures) = (0, Vec::new());
        for case in cases(&table) {
            count += 1;
            let (input, mime_type, expected) = if is_base64 {
                (format!("data:;base64,{}", case[0].as_str().unwrap()), None, &case[1])
            } else {
                (case[0].as_str().unwrap().to_owned(), case[1].as_str(), &case[2])
            };
            let expected: Option<Vec<u8>> = expected.as_array().map(|bytes| {
                bytes.iter().map(|byte| u8::try_from(byte.as_u64().unwrap()).unwrap()).collect()
            });
            let found = Url::parse(&input).ok().and_then(|url| {
                MemoryFetcher::new().fetch(Request::navigation(url), std::time::Duration::from_secs(5)).ok()
            });
            let body = found.as_ref().map(|response| response.body.to_vec());
            let found_type = found.as_ref().map(|response| response.mime_type().to_string());
            if body != expected || (mime_type.is_some() && found_type.as_deref() != mime_type) {
                failures.push(format!(
                    "{input:?}: {found_type:?} {body:?} instead of {mime_type:?} {expected:?}"
                ));
            }
        }
        finish(file, count, &failures);
    }
}

/// Cases, as (base, input), in which the table is older than the standard, by which a host that ends in a number is an
/// IPv4 address or nothing, and no host has control characters.
/// <https://url.spec.whatwg.org/#ends-in-a-number-checker>
const OUTDATED: [(&str, &str); 4] = [
    ("about:blank", "http://0..0x300/"),
    ("about:blank", "http://\u{1f}!\"$&'()*+,-.;=_`{}~/"),
    ("http://other.com/", "http://256.256.256.256.256"),
    ("about:blank", "http://0177.0.0.0189"),
];

/// Cases in which the `url` crate drops the host of a `file:` URL whose path begins with a drive letter.
const HOST_BEFORE_DRIVE: [(&str, &str); 16] = [
    ("file://h/C:/a/b", "/"),
    ("file://host/dir/file", "C|"),
    ("file://host/D:/dir1/dir2/file", "C|"),
    ("file://host/dir/file", "C|#"),
    ("file://host/dir/file", "C|?"),
    ("file://host/dir/file", "C|/"),
    ("file://host/dir/file", "C|\n/"),
    ("file://host/dir/file", "C|\\"),
    ("file://host/path", "/c:/foo/bar"),
    ("about:blank", "file://example.net/C:/"),
    ("about:blank", "file://1.2.3.4/C:/"),
    ("about:blank", "file://[1::8]/C:/"),
    ("file://host/", "C|/"),
    ("file://host/", "/C:/"),
    ("file://host/", "file:C:/"),
    ("file://host/", "file:/C:/"),
];

/// Cases in which the `url` crate drops empty segments at the start of a `file:` URL's path.
const EMPTY_SEGMENTS: [(&str, &str); 20] = [
    ("about:blank", "file:\\\\//"),
    ("about:blank", "file:\\\\\\\\"),
    ("about:blank", "file:\\\\\\\\?fox"),
    ("about:blank", "file:\\\\\\\\#guppy"),
    ("about:blank", "file://spider///"),
    ("about:blank", "file:\\\\localhost//"),
    ("about:blank", "file://\\/localhost//cat"),
    ("about:blank", "file://localhost//a//../..//"),
    ("file:///elephant", "/////mouse"),
    ("file://lion/", "\\/localhost//pig"),
    ("file://lion/", "//localhost//pig"),
    ("file://lion/", "/..//localhost//pig"),
    ("about:blank", "file://localhost//a//../..//foo"),
    ("about:blank", "file://localhost////foo"),
    ("about:blank", "file:////foo"),
    ("file:///", "file:////one/two"),
    ("file:///", "////one/two"),
    ("file:////", "file:///.//"),
    ("about:blank", "file:.//p"),
    ("about:blank", "file:/.//p"),
];

#[test]
fn urls_parse_and_serialize() {
    let Some(table) = table("url/resources/urltestdata.json") else { return };
    let (mut count, mut named, mut failures) = (0, 0, Vec::new());
    for case in cases(&table) {
        count += 1;
        let input = case["input"].as_str().unwrap();
        let base = case["base"].as_str().map(Url::parse);
        let parsed = match base {
            None => Url::parse(input).ok(),
            Some(Ok(base)) => base.join(input).ok(),
            Some(Err(_)) => None,
        };
        let found = parsed.as_ref().map(Url::as_str);
        let expected = if case["failure"] == true { None } else { case["href"].as_str() };
        let this = (case["base"].as_str().unwrap_or_default(), input);
        let is_known = [&OUTDATED[..], &HOST_BEFORE_DRIVE, &EMPTY_SEGMENTS].concat().contains(&this);
        named += usize::from(is_known);
        if (found != expected) != is_known {
            failures.push(format!("{input:?} on {}: {found:?} instead of {expected:?}", case["base"]));
        }
    }
    println!("urltestdata.json: {named} of {count} are named as failing");
    finish("urltestdata.json", count - named, &failures);
}

/// Values that are no numbers: the standard ignores them, hyper refuses the response.
const REFUSED_LENGTHS: [&str; 9] = [
    "Content-Length: aaaah\r\nContent-Length: aaaah",
    "Content-Length: aaaah, aaaah",
    "Content-Length: aaaah",
    "Content-Length: 42s",
    "Content-Length: 30s",
    "Content-Length: -1",
    "Content-Length: 0x20",
    "Content-Length: \"30\"",
    "Content-Length: ",
];

#[test]
fn content_lengths_hold_over_the_wire() {
    let Some(table) = table("fetch/content-length/resources/content-lengths.json") else { return };
    let fetcher = NetworkFetcher::new();
    let (mut count, mut named, mut failures) = (0, 0, Vec::new());
    for case in cases(&table) {
        count += 1;
        let input = case["input"].as_str().unwrap();
        let body = "x".repeat(42);
        let server = support::Server::answering(format!("HTTP/1.1 200 OK\r\n{input}\r\n\r\n{body}"));
        let found = support::get(&fetcher, server.url("/")).ok().map(|response| response.body.len() as u64);
        let is_refused = REFUSED_LENGTHS.contains(&input);
        named += usize::from(is_refused);
        let expected = if is_refused { None } else { case["output"].as_u64() };
        if found != expected {
            failures.push(format!("{input:?}: {found:?} instead of {expected:?}"));
        }
    }
    println!("content-lengths.json over the wire: {named} of {count} are named as failing");
    finish("content-lengths.json over the wire", count - named, &failures);
}

/// Changes one part of a URL as scripts do.
/// <https://url.spec.whatwg.org/#api>
fn set(url: &mut Url, part: &str, value: &str) {
    use url::quirks;
    // A value that a part cannot have changes nothing.
    let _ = match part {
        "protocol" => quirks::set_protocol(url, value),
        "username" => quirks::set_username(url, value),
        "password" => quirks::set_password(url, value),
        "host" => quirks::set_host(url, value),
        "hostname" => quirks::set_hostname(url, value),
        "port" => quirks::set_port(url, value),
        "pathname" => {
            quirks::set_pathname(url, value);
            Ok(())
        }
        "search" => {
            quirks::set_search(url, value);
            Ok(())
        }
        "hash" => {
            quirks::set_hash(url, value);
            Ok(())
        }
        other => panic!("there is no setter for {other}"),
    };
}

/// Cases, as (part, URL, value), in which the `url` crate sets something else: it drops empty segments at the start of a
/// `file:` URL's path, does not empty an opaque path's place, and writes `/.` before a path that begins with two slashes
/// where there is a host and not where there is none.
const SETTERS: [(&str, &str, &str); 10] = [
    ("hostname", "non-spec:/.//p", "h"),
    ("hostname", "non-spec:/.//p", ""),
    ("pathname", "foo:///some/path", ""),
    ("pathname", "file://monkey/", "\\\\"),
    ("pathname", "file:///unicorn", "//\\/"),
    ("pathname", "file:///unicorn", "//monkey/..//"),
    ("pathname", "non-spec:/", "/.//p"),
    ("pathname", "non-spec:/", "/..//p"),
    ("pathname", "non-spec:/", "//p"),
    ("pathname", "non-spec:/.//", "p"),
];

#[test]
fn parts_of_urls_are_set() {
    let Some(table) = table("url/resources/setters_tests.json") else { return };
    let (mut count, mut named, mut failures) = (0, 0, Vec::new());
    for (part, cases) in table.as_object().unwrap().iter().filter(|(part, _)| *part != "comment") {
        for case in cases.as_array().unwrap() {
            count += 1;
            let (href, value) = (case["href"].as_str().unwrap(), case["new_value"].as_str().unwrap());
            let found = Url::parse(href).ok().map(|mut url| {
                set(&mut url, part, value);
                url.to_string()
            });
            let is_known = SETTERS.contains(&(part.as_str(), href, value));
            named += usize::from(is_known);
            if (found.as_deref() != case["expected"]["href"].as_str()) != is_known {
                let expected = &case["expected"]["href"];
                failures.push(format!("({part:?}, {href:?}, {value:?}): {found:?} instead of {expected}"));
            }
        }
    }
    println!("setters_tests.json: {named} of {count} are named as failing");
    finish("setters_tests.json", count - named, &failures);
}

#[test]
fn hosts_become_ascii() {
    let Some(table) = table("url/resources/toascii.json") else { return };
    let (mut count, mut failures) = (0, Vec::new());
    for case in cases(&table) {
        count += 1;
        let input = case["input"].as_str().unwrap();
        let found = Url::parse(&format!("https://{input}/x")).ok();
        if found.as_ref().and_then(Url::host_str) != case["output"].as_str() {
            failures.push(format!("{input:?}: {found:?} instead of {}", case["output"]));
        }
    }
    finish("toascii.json", count, &failures);
}

/// The columns of other encodings are for the queries of pages that are not in UTF-8, whose URLs are parsed as UTF-8 here.
#[test]
fn queries_are_percent_encoded() {
    let Some(table) = table("url/resources/percent-encoding.json") else { return };
    let (mut count, mut failures) = (0, Vec::new());
    for case in cases(&table) {
        let Some(expected) = case["output"]["utf-8"].as_str() else { continue };
        count += 1;
        let input = case["input"].as_str().unwrap();
        let url = Url::parse(&format!("https://example.com/?{input}")).unwrap();
        if url.query() != Some(expected) {
            failures.push(format!("{input:?}: {:?} instead of {expected:?}", url.query()));
        }
    }
    finish("percent-encoding.json", count, &failures);
}
