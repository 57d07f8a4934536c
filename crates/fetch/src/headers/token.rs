//! The characters of HTTP.

/// Whether a byte can be part of a token.
/// <https://mimesniff.spec.whatwg.org/#http-token-code-point>
pub(crate) const fn is_token_byte(byte: u8) -> bool {
    byte.is_ascii_alphanumeric()
        || matches!(
            byte,
            b'!' | b'#'
                | b'$'
                | b'%'
                | b'&'
                | b'\''
                | b'*'
                | b'+'
                | b'-'
                | b'.'
                | b'^'
                | b'_'
                | b'`'
                | b'|'
                | b'~'
        )
}

/// Whether a text is a token: not empty, of token characters only.
pub(crate) fn is_token(text: &str) -> bool {
    !text.is_empty() && text.bytes().all(is_token_byte)
}

/// Whether a character may stand in a quoted string.
/// <https://mimesniff.spec.whatwg.org/#http-quoted-string-token-code-point>
pub(crate) const fn is_quoted_string_char(c: char) -> bool {
    matches!(c, '\t' | ' '..='~' | '\u{80}'..='\u{ff}')
}

/// <https://fetch.spec.whatwg.org/#http-whitespace>
pub(crate) const fn is_http_whitespace(c: char) -> bool {
    matches!(c, '\t' | '\n' | '\r' | ' ')
}

/// <https://fetch.spec.whatwg.org/#http-tab-or-space>
pub(crate) const fn is_tab_or_space(c: char) -> bool {
    matches!(c, '\t' | ' ')
}
