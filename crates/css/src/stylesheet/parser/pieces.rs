//! Cutting the text of a sheet between its outermost rules, so that the pieces can be parsed at the same time.
//!
//! After a top-level block nothing of a sheet is open: no string, no comment, no bracket. What is open is all that is looked at
//! here. Where that is not certain the text stays in one piece.
//! <https://drafts.csswg.org/css-syntax-3/#tokenization>

use smallvec::SmallVec;

/// A piece of a text, and where it begins in it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Piece<'a> {
    pub(super) text: &'a str,
    /// The place of its first character as the tokenizer counts: lines from 0, columns from 1 and in UTF-16 code units.
    pub(super) location: cssparser::SourceLocation,
}

/// Cuts a text into pieces of at least `size` bytes each, but for the last.
pub(super) fn cut(text: &str, size: usize) -> Vec<Piece<'_>> {
    let mut scanner = Scanner { text, at: 0, line: 0, line_start: 0, open: SmallVec::new(), after_escape: 0 };
    let mut pieces = Vec::new();
    let mut start = 0;
    let mut location = cssparser::SourceLocation { line: 0, column: 1 };
    while let Some(end) = scanner.next_block_end() {
        if end - start >= size && can_begin_piece(&text.as_bytes()[end..]) {
            pieces.push(Piece { text: &text[start..end], location });
            start = end;
            location = scanner.location();
        }
    }
    pieces.push(Piece { text: &text[start..], location });
    pieces
}

/// A piece must not begin with what means something else at the beginning of a sheet: `@charset`, which comments may precede.
fn can_begin_piece(rest: &[u8]) -> bool {
    rest.iter()
        .find(|byte| !byte.is_ascii_whitespace())
        .is_some_and(|byte| !matches!(byte, b'@' | b'/' | b'<' | b'-'))
}

/// The bytes after which something else may be open than before.
static SIGNIFICANT: [bool; 256] = {
    let mut table = [false; 256];
    let bytes = b"\\\n\r\x0c/\"'([{)]}";
    let mut index = 0;
    while index < bytes.len() {
        table[bytes[index] as usize] = true;
        index += 1;
    }
    table
};

/// The name before a parenthesis.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Name {
    /// `url`, whose parentheses may hold anything.
    Url,
    /// Another, or none.
    Other,
    /// It has an escape in it, or is no plain name.
    Unclear,
}

struct Scanner<'a> {
    text: &'a str,
    at: usize,
    line: u32,
    line_start: usize,
    /// What closes the brackets that are open, outermost first.
    open: SmallVec<[u8; 16]>,
    /// Where the last escape ended.
    after_escape: usize,
}

impl Scanner<'_> {
    fn location(&self) -> cssparser::SourceLocation {
        let column = self.text[self.line_start..self.at].encode_utf16().count() + 1;
        cssparser::SourceLocation { line: self.line, column: u32::try_from(column).unwrap_or(u32::MAX) }
    }

    fn peek(&self, offset: usize) -> Option<u8> {
        self.text.as_bytes().get(self.at + offset).copied()
    }

    /// Reads to the end of the next top-level block. `None` at the end of the text, and where it is not clear what is open.
    fn next_block_end(&mut self) -> Option<usize> {
        loop {
            let rest = &self.text.as_bytes()[self.at..];
            self.at += rest.iter().take_while(|byte| !SIGNIFICANT[usize::from(**byte)]).count();
            let byte = self.peek(0)?;
            match byte {
                b'\\' => self.escape(),
                b'\n' | b'\r' | b'\x0c' => self.newline(),
                b'/' if self.peek(1) == Some(b'*') => self.comment(),
                b'"' | b'\'' => self.string(byte),
                b'(' => {
                    let name = self.name_before();
                    self.at += 1;
                    match name {
                        Name::Unclear => return None,
                        Name::Url => self.url(),
                        Name::Other => self.open.push(b')'),
                    }
                }
                b'[' => self.opened(b']'),
                b'{' => self.opened(b'}'),
                b')' | b']' | b'}' => {
                    self.at += 1;
                    if self.open.last() == Some(&byte) {
                        self.open.pop();
                        if self.open.is_empty() && byte == b'}' {
                            return Some(self.at);
                        }
                    }
                }
                _ => self.at += 1,
            }
        }
    }

    /// The name that ends here.
    fn name_before(&self) -> Name {
        let before = &self.text.as_bytes()[..self.at];
        let is_of_name = |byte: &u8| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'_' | 0x80..);
        let start = before.iter().rposition(|byte| !is_of_name(byte)).map_or(0, |last| last + 1);
        let follows_escape = self.after_escape > 0 && start <= self.after_escape;
        if follows_escape || matches!(before[..start].last(), Some(b'#' | b'@')) {
            Name::Unclear
        } else if before[start..].eq_ignore_ascii_case(b"url") {
            Name::Url
        } else {
            Name::Other
        }
    }

    fn opened(&mut self, close: u8) {
        self.open.push(close);
        self.at += 1;
    }

    fn newline(&mut self) {
        self.at += if self.peek(0) == Some(b'\r') && self.peek(1) == Some(b'\n') { 2 } else { 1 };
        self.line += 1;
        self.line_start = self.at;
    }

    /// Reads one byte, or a newline.
    fn step(&mut self, byte: u8) {
        match byte {
            b'\n' | b'\r' | b'\x0c' => self.newline(),
            _ => self.at += 1,
        }
    }

    /// Reads a backslash and what it escapes: a character, or the digits of its code and a blank after them.
    /// <https://drafts.csswg.org/css-syntax-3/#consume-escaped-code-point>
    fn escape(&mut self) {
        const MOST_DIGITS: usize = 6;
        self.at += 1;
        let rest = &self.text.as_bytes()[self.at..];
        let digits = rest.iter().take(MOST_DIGITS).take_while(|byte| byte.is_ascii_hexdigit()).count();
        self.at += digits;
        if let Some(byte) = self.peek(0)
            && (digits == 0 || byte.is_ascii_whitespace())
        {
            self.step(byte);
        }
        self.after_escape = self.at;
    }

    fn comment(&mut self) {
        self.at += 2;
        while let Some(byte) = self.peek(0) {
            if byte == b'*' && self.peek(1) == Some(b'/') {
                self.at += 2;
                return;
            }
            self.step(byte);
        }
    }

    /// Reads a string to its quote, or to the newline that breaks it off.
    fn string(&mut self, quote: u8) {
        self.at += 1;
        while let Some(byte) = self.peek(0) {
            match byte {
                b'\\' => self.escape(),
                b'\n' | b'\r' | b'\x0c' => return,
                _ => self.at += 1,
            }
            if byte == quote {
                return;
            }
        }
    }

    /// Reads what follows `url(`: up to the parenthesis, unless it is a string.
    fn url(&mut self) {
        let blank = |byte: &u8| byte.is_ascii_whitespace();
        while let Some(byte) = self.peek(0).filter(blank) {
            self.step(byte);
        }
        if matches!(self.peek(0), Some(b'"' | b'\'')) {
            self.open.push(b')');
            return;
        }
        while let Some(byte) = self.peek(0) {
            match byte {
                b'\\' => self.escape(),
                _ => self.step(byte),
            }
            if byte == b')' {
                return;
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::cut;

    fn texts(text: &str) -> Vec<&str> {
        let pieces = cut(text, 1);
        assert_eq!(pieces.iter().map(|piece| piece.text).collect::<String>(), text);
        pieces.into_iter().map(|piece| piece.text).collect()
    }

    #[test]
    fn rules_are_cut_apart() {
        assert_eq!(texts("a{} b{c:d}@media x{e{}f{}}"), ["a{}", " b{c:d}@media x{e{}f{}}"]);
        assert_eq!(texts("a{}b{}c{}"), ["a{}", "b{}", "c{}"]);
    }

    #[test]
    fn nothing_is_cut_inside_of_anything() {
        for text in [
            "a{b:'}'}",
            "a{/*}*/}",
            "a{b:url(})}",
            "a{b:(})}",
            "a{b:[}]}",
            r"a{b:\}}",
            "a{b:url( '}' )}",
            "a{b:uRl(\"}\")}",
            "@media x{a{}b{}}",
        ] {
            assert_eq!(texts(text), [text]);
        }
    }

    #[test]
    fn places_are_counted_as_the_tokenizer_counts() {
        let pieces = cut("a{}\r\n\u{c}b{c:'é𝄞'}d{}e{}", 1);
        let places: Vec<_> =
            pieces.iter().map(|piece| (piece.location.line, piece.location.column)).collect();
        assert_eq!(places, [(0, 1), (0, 4), (2, 11), (2, 14)]);
    }
}
