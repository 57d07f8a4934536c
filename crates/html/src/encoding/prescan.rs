//! Looks for `<meta charset>` in the first bytes, without a parser.
//! <https://html.spec.whatwg.org/multipage/parsing.html#prescan-a-byte-stream-to-determine-its-encoding>

use encoding_rs::Encoding;

use super::declared_encoding;
use super::xml_declaration::{utf16_declaration, xml_encoding};

/// The declared encoding. `None` as well when the bytes end before the declaration does: with more bytes the answer can
/// still come, and an answer once given stays the same.
pub(super) fn prescan(bytes: &[u8]) -> Option<&'static Encoding> {
    utf16_declaration(bytes).or_else(|| Prescan { bytes, at: 0 }.find_meta()).or_else(|| xml_encoding(bytes))
}

struct Prescan<'a> {
    bytes: &'a [u8],
    at: usize,
}

/// An attribute: name and value in ASCII lower case.
type AttributeBytes = (Vec<u8>, Vec<u8>);

impl Prescan<'_> {
    fn peek(&self) -> Option<u8> {
        self.bytes.get(self.at).copied()
    }

    fn rest(&self) -> &[u8] {
        &self.bytes[self.at.min(self.bytes.len())..]
    }

    fn find_meta(&mut self) -> Option<&'static Encoding> {
        while self.at < self.bytes.len() {
            let rest = self.rest();
            if rest.starts_with(b"<!--") {
                // The dashes may be those that opened it: `<!-->`.
                let end = rest[2..].windows(3).position(|window| window == b"-->")?;
                self.at += 2 + end + 3;
            } else if rest.len() >= 6
                && rest[..5].eq_ignore_ascii_case(b"<meta")
                && is_blank_or_slash(rest[5])
            {
                self.at += 5;
                if let Some(encoding) = self.meta()? {
                    return Some(encoding);
                }
            } else if is_tag_start(rest) {
                // Skip the tag's name, then its attributes.
                let end = rest.iter().position(|&byte| is_blank(byte) || byte == b'>')?;
                self.at += end;
                while self.attribute()?.is_some() {}
                self.at += 1;
            } else if rest.len() >= 2 && rest[0] == b'<' && matches!(rest[1], b'!' | b'/' | b'?') {
                let end = rest.iter().position(|&byte| byte == b'>')?;
                self.at += end + 1;
            } else {
                let next = rest[1..].iter().position(|&byte| byte == b'<')?;
                self.at += 1 + next;
            }
        }
        None
    }

    /// The attributes of a `<meta>`. The outer `None`: the bytes ended.
    fn meta(&mut self) -> Option<Option<&'static Encoding>> {
        let mut names: Vec<Vec<u8>> = Vec::new();
        let mut got_pragma = false;
        let mut need_pragma = None;
        let mut charset: Option<&'static Encoding> = None;
        while let Some((name, value)) = self.attribute()? {
            if names.contains(&name) {
                continue;
            }
            match name.as_slice() {
                b"http-equiv" => got_pragma |= value == b"content-type",
                b"content" if charset.is_none() => {
                    if let Some(encoding) = charset_of_content(&value) {
                        charset = Some(encoding);
                        need_pragma = Some(true);
                    }
                }
                b"charset" => {
                    charset = declared_encoding(&value);
                    need_pragma = Some(false);
                }
                _ => {}
            }
            names.push(name);
        }
        self.at += 1;
        Some(match need_pragma {
            None => None,
            Some(true) if !got_pragma => None,
            Some(_) => charset,
        })
    }

    /// "Get an attribute". The outer `None`: the bytes ended. The inner: there is no further one in this tag.
    fn attribute(&mut self) -> Option<Option<AttributeBytes>> {
        while is_blank_or_slash(self.peek()?) {
            self.at += 1;
        }
        if self.peek()? == b'>' {
            return Some(None);
        }
        let (mut name, mut value) = (Vec::new(), Vec::new());
        loop {
            match self.peek()? {
                b'=' if !name.is_empty() => break,
                blank if is_blank(blank) => {
                    while is_blank(self.peek()?) {
                        self.at += 1;
                    }
                    if self.peek()? != b'=' {
                        return Some(Some((name, value)));
                    }
                    break;
                }
                b'/' | b'>' => return Some(Some((name, value))),
                byte => name.push(byte.to_ascii_lowercase()),
            }
            self.at += 1;
        }
        self.at += 1;
        while is_blank(self.peek()?) {
            self.at += 1;
        }
        match self.peek()? {
            quote @ (b'"' | b'\'') => loop {
                self.at += 1;
                let byte = self.peek()?;
                if byte == quote {
                    self.at += 1;
                    return Some(Some((name, value)));
                }
                value.push(byte.to_ascii_lowercase());
            },
            b'>' => Some(Some((name, value))),
            _ => loop {
                let byte = self.peek()?;
                if is_blank(byte) || byte == b'>' {
                    return Some(Some((name, value)));
                }
                value.push(byte.to_ascii_lowercase());
                self.at += 1;
            },
        }
    }
}

/// <https://html.spec.whatwg.org/multipage/urls-and-fetching.html#extracting-character-encodings-from-meta-elements>
fn charset_of_content(content: &[u8]) -> Option<&'static Encoding> {
    let mut rest = content;
    loop {
        let at = rest.windows(7).position(|window| window == b"charset")?;
        rest = trim_start(&rest[at + 7..]);
        if let Some(after) = rest.strip_prefix(b"=") {
            rest = trim_start(after);
            break;
        }
    }
    let label = match rest.first()? {
        quote @ (b'"' | b'\'') => {
            let rest = &rest[1..];
            &rest[..rest.iter().position(|byte| byte == quote)?]
        }
        _ => {
            let end = rest.iter().position(|&byte| is_blank(byte) || byte == b';');
            &rest[..end.unwrap_or(rest.len())]
        }
    };
    declared_encoding(label)
}

fn trim_start(bytes: &[u8]) -> &[u8] {
    &bytes[bytes.iter().take_while(|&&byte| is_blank(byte)).count()..]
}

fn is_tag_start(rest: &[u8]) -> bool {
    match rest {
        [b'<', b'/', letter, ..] | [b'<', letter, ..] => letter.is_ascii_alphabetic(),
        _ => false,
    }
}

fn is_blank(byte: u8) -> bool {
    matches!(byte, b'\t' | b'\n' | 0x0C | b'\r' | b' ')
}

fn is_blank_or_slash(byte: u8) -> bool {
    is_blank(byte) || byte == b'/'
}

#[cfg(test)]
mod tests {
    use super::prescan;

    fn name(bytes: &str) -> Option<&'static str> {
        prescan(bytes.as_bytes()).map(|encoding| encoding.name())
    }

    #[test]
    fn the_attribute_charset_declares() {
        assert_eq!(name("<!doctype html><title>x</title><META  CharSet = 'KOI8-R' >"), Some("KOI8-R"));
        assert_eq!(name("<meta charset=utf-8>"), Some("UTF-8"));
        assert_eq!(name("<meta/charset=utf-16le/>"), None, "an unquoted value takes the slash along");
        assert_eq!(name("<meta charset=utf-16le>"), Some("UTF-8"));
    }

    #[test]
    fn content_declares_only_with_its_pragma() {
        let content = "content='text/html; charset=shift_jis'";
        assert_eq!(name(&format!("<meta http-equiv=Content-Type {content}>")), Some("Shift_JIS"));
        assert_eq!(name(&format!("<meta {content} http-equiv=content-type>")), Some("Shift_JIS"));
        assert_eq!(name(&format!("<meta name=x {content}>")), None);
        let other = "<meta http-equiv=content-type content='charset charset = \"gbk\"x'>";
        assert_eq!(name(other), Some("GBK"));
    }

    #[test]
    fn comments_and_other_tags_are_passed_over() {
        assert_eq!(name("<!-- <meta charset=gbk> --><meta charset=big5>"), Some("Big5"));
        assert_eq!(name("<!--><meta charset=big5>"), Some("Big5"));
        assert_eq!(name("<p title='<meta charset=gbk>'><meta charset=big5>"), Some("Big5"));
        assert_eq!(name("<?php <meta charset=gbk> ?><meta charset=big5>"), Some("Big5"));
        assert_eq!(name("<metal charset=gbk><meta charset=big5>"), Some("Big5"));
    }

    #[test]
    fn what_is_cut_off_declares_nothing() {
        let whole = "<p a=1><meta charset=iso-8859-15>";
        assert_eq!(name(whole), Some("ISO-8859-15"));
        for end in 0..whole.len() {
            assert_eq!(name(&whole[..end]), None, "{}", &whole[..end]);
        }
    }

    #[test]
    fn an_xml_declaration_comes_last() {
        assert_eq!(name("<?xml version='1.0' encoding='big5'?><p>"), Some("Big5"));
        assert_eq!(name("<?xml version='1.0' encoding='big5'?><meta charset=gbk>"), Some("GBK"));
    }
}
