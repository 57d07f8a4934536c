//! Resources that nobody named, and resources that were named `text/plain` without looking.

use super::media::audio_or_video;
use super::patterns::{Pattern, archive, first_match, image};

/// <https://mimesniff.spec.whatwg.org/#binary-data-byte>
const fn is_binary_data_byte(byte: u8) -> bool {
    matches!(byte, 0x00..=0x08 | 0x0b | 0x0e..=0x1a | 0x1c..=0x1f)
}

/// <https://mimesniff.spec.whatwg.org/#whitespace-byte>
pub(super) const fn is_whitespace_byte(byte: u8) -> bool {
    matches!(byte, b'\t' | b'\n' | 0x0c | b'\r' | b' ')
}

/// <https://mimesniff.spec.whatwg.org/#rules-for-text-or-binary>
pub(super) fn text_or_binary(header: &[u8]) -> &'static str {
    let has_mark =
        [&b"\xfe\xff"[..], b"\xff\xfe", b"\xef\xbb\xbf"].iter().any(|mark| header.starts_with(mark));
    if has_mark || !header.iter().copied().any(is_binary_data_byte) {
        "text/plain"
    } else {
        "application/octet-stream"
    }
}

/// <https://mimesniff.spec.whatwg.org/#rules-for-identifying-an-unknown-mime-type>
pub(super) fn identify_unknown(header: &[u8], sniff_scriptable: bool) -> &'static str {
    const MARKED_OR_PRINTABLE: [Pattern; 4] = [
        Pattern::prefix(b"%!PS-Adobe-", "application/postscript"),
        Pattern::prefix(b"\xfe\xff", "text/plain"),
        Pattern::prefix(b"\xff\xfe", "text/plain"),
        Pattern::prefix(b"\xef\xbb\xbf", "text/plain"),
    ];
    let scriptable_type = if sniff_scriptable { scriptable(header) } else { None };
    scriptable_type
        .or_else(|| first_match(&MARKED_OR_PRINTABLE, header).filter(|_| header.len() >= 4))
        .or_else(|| image(header))
        .or_else(|| audio_or_video(header))
        .or_else(|| archive(header))
        .unwrap_or_else(|| {
            if header.iter().copied().any(is_binary_data_byte) {
                "application/octet-stream"
            } else {
                "text/plain"
            }
        })
}

/// What may hold scripts: HTML, XML, PDF.
fn scriptable(header: &[u8]) -> Option<&'static str> {
    const HTML: [&[u8]; 17] = [
        b"<!DOCTYPE HTML",
        b"<HTML",
        b"<HEAD",
        b"<SCRIPT",
        b"<IFRAME",
        b"<H1",
        b"<DIV",
        b"<FONT",
        b"<TABLE",
        b"<A",
        b"<STYLE",
        b"<TITLE",
        b"<B",
        b"<BODY",
        b"<BR",
        b"<P",
        b"<!--",
    ];
    let blanks = header.iter().take_while(|byte| is_whitespace_byte(**byte)).count();
    let text = &header[blanks..];
    // After the name comes a byte that ends a tag's name.
    // <https://mimesniff.spec.whatwg.org/#tag-terminating-byte>
    let begins_with = |tag: &&[u8]| {
        text.len() > tag.len()
            && text[..tag.len()].eq_ignore_ascii_case(tag)
            && matches!(text[tag.len()], b' ' | b'>')
    };
    if HTML.iter().any(begins_with) {
        Some("text/html")
    } else if text.starts_with(b"<?xml") {
        Some("text/xml")
    } else if header.starts_with(b"%PDF-") {
        Some("application/pdf")
    } else {
        None
    }
}
