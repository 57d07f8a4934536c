//! Byte patterns: images, fonts, archives.
//! <https://mimesniff.spec.whatwg.org/#matching-a-mime-type-pattern>

/// A pattern: bytes at the beginning, bytes at an offset, and the essence that both together stand for.
///
/// Every mask of the standard that does not concern the case of letters is of this form: all bits of a byte count, or
/// none does.
pub(super) struct Pattern {
    pub(super) start: &'static [u8],
    pub(super) offset: usize,
    pub(super) rest: &'static [u8],
    pub(super) essence: &'static str,
}

impl Pattern {
    /// Bytes at the beginning.
    pub(super) const fn prefix(start: &'static [u8], essence: &'static str) -> Self {
        Pattern { start, offset: 0, rest: b"", essence }
    }

    /// Bytes at the beginning and at an offset.
    pub(super) const fn split(
        start: &'static [u8],
        offset: usize,
        rest: &'static [u8],
        essence: &'static str,
    ) -> Self {
        Pattern { start, offset, rest, essence }
    }

    fn matches(&self, header: &[u8]) -> bool {
        header.starts_with(self.start)
            && header.get(self.offset..).is_some_and(|tail| tail.starts_with(self.rest))
    }
}

/// What the first pattern that matches stands for.
pub(super) fn first_match(patterns: &[Pattern], header: &[u8]) -> Option<&'static str> {
    patterns.iter().find(|pattern| pattern.matches(header)).map(|pattern| pattern.essence)
}

/// <https://mimesniff.spec.whatwg.org/#matching-an-image-type-pattern>
pub(super) fn image(header: &[u8]) -> Option<&'static str> {
    const PATTERNS: [Pattern; 8] = [
        Pattern::prefix(b"\x00\x00\x01\x00", "image/x-icon"),
        Pattern::prefix(b"\x00\x00\x02\x00", "image/x-icon"),
        Pattern::prefix(b"BM", "image/bmp"),
        Pattern::prefix(b"GIF87a", "image/gif"),
        Pattern::prefix(b"GIF89a", "image/gif"),
        Pattern::split(b"RIFF", 8, b"WEBPVP", "image/webp"),
        Pattern::prefix(b"\x89PNG\r\n\x1a\n", "image/png"),
        Pattern::prefix(b"\xff\xd8\xff", "image/jpeg"),
    ];
    first_match(&PATTERNS, header)
}

/// <https://mimesniff.spec.whatwg.org/#matching-a-font-type-pattern>
pub(super) fn font(header: &[u8]) -> Option<&'static str> {
    const PATTERNS: [Pattern; 6] = [
        Pattern::prefix(b"\x00\x01\x00\x00", "font/ttf"),
        Pattern::prefix(b"OTTO", "font/otf"),
        Pattern::prefix(b"ttcf", "font/collection"),
        Pattern::prefix(b"wOFF", "font/woff"),
        Pattern::prefix(b"wOF2", "font/woff2"),
        Pattern::split(b"", 34, b"LP", "application/vnd.ms-fontobject"),
    ];
    first_match(&PATTERNS, header)
}

/// <https://mimesniff.spec.whatwg.org/#matching-an-archive-type-pattern>
pub(super) fn archive(header: &[u8]) -> Option<&'static str> {
    const PATTERNS: [Pattern; 3] = [
        Pattern::prefix(b"\x1f\x8b\x08", "application/x-gzip"),
        Pattern::prefix(b"PK\x03\x04", "application/zip"),
        Pattern::prefix(b"Rar \x1a\x07\x00", "application/x-rar-compressed"),
    ];
    first_match(&PATTERNS, header)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_kind_of_font_is_known() {
        let mut embedded_open_type = vec![1; 34];
        embedded_open_type.extend(*b"LP");
        assert_eq!(font(&embedded_open_type), Some("application/vnd.ms-fontobject"));
        assert_eq!(font(b"wOF2...."), Some("font/woff2"));
        assert_eq!(font(b"wOF"), None);
    }

    #[test]
    fn a_pattern_longer_than_the_header_does_not_match() {
        assert_eq!(image(b"RIFF"), None);
        assert_eq!(image(b"RIFF1234WEBPV"), None);
        assert_eq!(image(b""), None);
    }
}
