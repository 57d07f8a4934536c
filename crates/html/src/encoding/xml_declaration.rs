//! The encoding in an XML declaration. <https://html.spec.whatwg.org/multipage/parsing.html#xml-encoding>

use encoding_rs::{Encoding, UTF_8, UTF_16BE, UTF_16LE};

use super::declared_encoding;

/// UTF-16 without a byte order mark, seen from an XML declaration's first characters.
pub(super) fn utf16_declaration(bytes: &[u8]) -> Option<&'static Encoding> {
    if bytes.starts_with(b"<\0?\0x\0") {
        Some(UTF_16LE)
    } else if bytes.starts_with(b"\0<\0?\0x") {
        Some(UTF_16BE)
    } else {
        None
    }
}

/// "Get an XML encoding": `None` when there is no declaration, or it is not whole, or names no encoding.
pub(super) fn xml_encoding(bytes: &[u8]) -> Option<&'static Encoding> {
    if !bytes.starts_with(b"<?xml") {
        return None;
    }
    let declaration = &bytes[..bytes.iter().position(|&byte| byte == b'>')?];
    let at = declaration.windows(8).position(|window| window == b"encoding")? + 8;
    let rest = skip_blanks(&declaration[at..]);
    let rest = skip_blanks(rest.strip_prefix(b"=")?);
    let (&quote, rest) = rest.split_first().filter(|(quote, _)| matches!(quote, b'"' | b'\''))?;
    let label = &rest[..rest.iter().position(|&byte| byte == quote)?];
    if label.iter().any(|&byte| byte <= b' ') {
        return None;
    }
    declared_encoding(label)
}

/// Whether more bytes could still complete an XML declaration.
pub(super) fn declaration_is_open(bytes: &[u8]) -> bool {
    let start = b"<?xml";
    let seen = bytes.len().min(start.len());
    bytes[..seen] == start[..seen] && !bytes.contains(&b'>')
}

/// What an XML document without byte order mark and transport charset is in.
/// <https://www.w3.org/TR/xml/#sec-guessing>
pub(super) fn xml_document_encoding(bytes: &[u8]) -> &'static Encoding {
    utf16_declaration(bytes).or_else(|| xml_encoding(bytes)).unwrap_or(UTF_8)
}

fn skip_blanks(bytes: &[u8]) -> &[u8] {
    let blanks = bytes.iter().take_while(|&&byte| byte <= b' ').count();
    &bytes[blanks..]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_declaration_names_the_encoding() {
        let name = |bytes: &[u8]| xml_document_encoding(bytes).name();
        assert_eq!(name(b"<?xml version='1.0' encoding = 'ISO-8859-1'?><a/>"), "windows-1252");
        assert_eq!(name(b"<?xml version='1.0'?><a encoding='koi8-r'/>"), "UTF-8");
        assert_eq!(name(b"<?xml version='1.0' encoding='utf-16'?>"), "UTF-8");
        assert_eq!(name(b"<\0?\0x\0m\0l\0"), "UTF-16LE");
        assert_eq!(name(b"\0<\0?\0x\0m\0l"), "UTF-16BE");
    }
}
