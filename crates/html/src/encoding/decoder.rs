//! Bytes to text as they arrive. The text is the same however the bytes are cut into chunks.

use chardetng::{EncodingDetector, Iso2022JpDetection, Utf8Detection};
use encoding_rs::{Decoder, Encoding, UTF_8, WINDOWS_1252};

use super::prescan::prescan;
use super::xml_declaration::{declaration_is_open, xml_document_encoding};
use crate::limits::{GUESS_BYTES, PRESCAN_BYTES};

/// How encodings are declared.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Syntax {
    /// By `<meta>`.
    Html,
    /// By the XML declaration.
    Xml,
    /// Not at all.
    Text,
}

/// <https://html.spec.whatwg.org/multipage/parsing.html#concept-encoding-confidence>
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Confidence {
    /// A `<meta>` that comes later may still speak.
    Tentative,
    /// Nothing changes it.
    Certain,
}

/// Decides on the encoding, then decodes.
pub(crate) struct InputDecoder {
    syntax: Syntax,
    transport: Option<&'static Encoding>,
    /// Only local files are guessed to be UTF-8, as in Chromium: pages on the web have to declare it.
    allow_utf8_guess: bool,
    state: State,
    encoding: &'static Encoding,
    confidence: Confidence,
    seen_non_ascii: bool,
}

enum State {
    /// Waiting for enough bytes to look for a mark or a declaration.
    Sniffing(Vec<u8>),
    /// Nothing declared and nothing but ASCII yet, which all that can be guessed have in common.
    Ascii,
    /// Nothing declared: waiting for enough bytes to guess from.
    Guessing(Vec<u8>),
    Decoding(Box<Decoder>),
}

impl InputDecoder {
    /// `charset` is the label that came with the transport. `is_local` is whether the bytes are a local file's.
    pub(crate) fn new(syntax: Syntax, charset: Option<&str>, is_local: bool) -> Self {
        InputDecoder {
            syntax,
            transport: charset.and_then(|label| Encoding::for_label(label.as_bytes())),
            allow_utf8_guess: is_local,
            state: State::Sniffing(Vec::new()),
            encoding: WINDOWS_1252,
            confidence: Confidence::Tentative,
            seen_non_ascii: false,
        }
    }

    /// Decodes with a known encoding, which nothing changes.
    pub(crate) fn certain(encoding: &'static Encoding) -> Self {
        InputDecoder {
            syntax: Syntax::Text,
            transport: Some(encoding),
            allow_utf8_guess: false,
            state: State::Decoding(Box::new(encoding.new_decoder_with_bom_removal())),
            encoding,
            confidence: Confidence::Certain,
            seen_non_ascii: false,
        }
    }

    /// The encoding as known so far.
    pub(crate) fn encoding(&self) -> &'static Encoding {
        self.encoding
    }

    pub(crate) fn confidence(&self) -> Confidence {
        self.confidence
    }

    /// Whether nothing but ASCII has come out yet, so that another encoding would have given the same.
    pub(crate) fn only_ascii_so_far(&self) -> bool {
        !self.seen_non_ascii
    }

    /// A `<meta>` confirmed the encoding.
    pub(crate) fn make_certain(&mut self) {
        self.confidence = Confidence::Certain;
    }

    /// Goes on with another encoding. Sound only while [`InputDecoder::only_ascii_so_far`].
    pub(crate) fn switch_to(&mut self, encoding: &'static Encoding) {
        self.confidence = Confidence::Certain;
        self.start(encoding);
    }

    fn start(&mut self, encoding: &'static Encoding) {
        self.encoding = encoding;
        self.state = State::Decoding(Box::new(encoding.new_decoder_with_bom_removal()));
    }

    /// Appends to `text` what the bytes say. `last`: no more bytes come.
    pub(crate) fn decode(&mut self, bytes: &[u8], last: bool, text: &mut String) {
        match &mut self.state {
            State::Sniffing(buffer) => {
                buffer.extend_from_slice(bytes);
                let buffer = std::mem::take(buffer);
                if self.sniff(&buffer, bytes, last) {
                    self.decode(&buffer, last, text);
                } else {
                    self.state = State::Sniffing(buffer);
                }
            }
            State::Ascii => {
                // ESC opens the sequences of ISO-2022-JP.
                let ascii =
                    bytes.iter().position(|&byte| byte >= 0x80 || byte == 0x1B).unwrap_or(bytes.len());
                let (ascii, rest) = bytes.split_at(ascii);
                text.extend(ascii.iter().map(|&byte| char::from(byte)));
                if !rest.is_empty() {
                    self.state = State::Guessing(Vec::new());
                    self.decode(rest, last, text);
                }
            }
            State::Guessing(buffer) => {
                let wanted = GUESS_BYTES.saturating_sub(buffer.len()).min(bytes.len());
                let (taken, rest) = bytes.split_at(wanted);
                buffer.extend_from_slice(taken);
                if buffer.len() >= GUESS_BYTES || last {
                    let buffer = std::mem::take(buffer);
                    self.start(guess(&buffer, self.allow_utf8_guess));
                    self.decode(&buffer, last && rest.is_empty(), text);
                    if !rest.is_empty() {
                        self.decode(rest, last, text);
                    }
                }
            }
            State::Decoding(decoder) => {
                let before = text.len();
                let mut rest = bytes;
                loop {
                    let needed = decoder.max_utf8_buffer_length(rest.len()).unwrap_or(rest.len());
                    text.reserve(needed);
                    let (result, read, _) = decoder.decode_to_string(rest, text, last);
                    rest = &rest[read..];
                    if result == encoding_rs::CoderResult::InputEmpty {
                        break;
                    }
                }
                self.seen_non_ascii = self.seen_non_ascii || !text[before..].is_ascii();
            }
        }
    }

    /// Tries to decide from the first bytes. Whether it could; then the state is another.
    fn sniff(&mut self, buffer: &[u8], newest: &[u8], last: bool) -> bool {
        if !last && (buffer.is_empty() || is_start_of_mark(buffer)) {
            return false;
        }
        if let Some((encoding, _)) = Encoding::for_bom(buffer) {
            self.confidence = Confidence::Certain;
            self.start(encoding);
            return true;
        }
        if let Some(encoding) = self.transport {
            self.confidence = Confidence::Certain;
            self.start(encoding);
            return true;
        }
        let full = last || buffer.len() >= PRESCAN_BYTES;
        match self.syntax {
            Syntax::Html => {
                let window = &buffer[..buffer.len().min(PRESCAN_BYTES)];
                // A declaration is whole only once its tag ends, so that there is no need to look before.
                let declared = if full || newest.contains(&b'>') { prescan(window) } else { None };
                match declared {
                    Some(encoding) => self.start(encoding),
                    None if full => self.state = State::Ascii,
                    None => return false,
                }
            }
            Syntax::Xml => {
                if !full && (buffer.len() < 6 || declaration_is_open(buffer)) {
                    return false;
                }
                self.confidence = Confidence::Certain;
                self.start(xml_document_encoding(&buffer[..buffer.len().min(PRESCAN_BYTES)]));
            }
            Syntax::Text => self.state = State::Ascii,
        }
        true
    }
}

/// Whether the bytes could still become a byte order mark.
fn is_start_of_mark(bytes: &[u8]) -> bool {
    [&b"\xEF\xBB\xBF"[..], b"\xFE\xFF", b"\xFF\xFE"]
        .iter()
        .any(|mark| bytes.len() < mark.len() && mark.starts_with(bytes))
}

fn guess(bytes: &[u8], allow_utf8: bool) -> &'static Encoding {
    // A file that is UTF-8 to the last byte, but for a character cut off at the end, is UTF-8.
    if allow_utf8 && std::str::from_utf8(bytes).map_or_else(|error| error.error_len().is_none(), |_| true) {
        return UTF_8;
    }
    let mut detector = EncodingDetector::new(Iso2022JpDetection::Deny);
    detector.feed(bytes, true);
    let utf8 = if allow_utf8 { Utf8Detection::Allow } else { Utf8Detection::Deny };
    detector.guess(None, utf8)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn decode(mut decoder: InputDecoder, bytes: &[u8], chunk: usize) -> (String, &'static str) {
        let mut text = String::new();
        for chunk in bytes.chunks(chunk) {
            decoder.decode(chunk, false, &mut text);
        }
        decoder.decode(b"", true, &mut text);
        (text, decoder.encoding().name())
    }

    /// Decodes whole and in small pieces, which must agree.
    fn html(bytes: &[u8], charset: Option<&str>, is_local: bool) -> (String, &'static str) {
        let whole = decode(InputDecoder::new(Syntax::Html, charset, is_local), bytes, usize::MAX);
        for chunk in [1, 2, 3, 7, 1000] {
            let pieces = decode(InputDecoder::new(Syntax::Html, charset, is_local), bytes, chunk);
            assert_eq!(pieces, whole, "chunks of {chunk}");
        }
        whole
    }

    #[test]
    fn a_mark_beats_the_transport_and_the_transport_a_declaration() {
        assert_eq!(html(b"\xEF\xBB\xBF\xC3\xA4", Some("koi8-r"), false), ("ä".into(), "UTF-8"));
        assert_eq!(html(b"\xFE\xFF\0a\0b", Some("koi8-r"), false), ("ab".into(), "UTF-16BE"));
        let declared = b"<meta charset=koi8-r>\xC3\xA4";
        assert_eq!(html(declared, Some("utf-8"), false).1, "UTF-8");
        assert_eq!(html(declared, None, false).1, "KOI8-R");
        assert_eq!(html(b"\xEF\xBB", Some("koi8-r"), false), ("О╩".into(), "KOI8-R"), "half a mark is none");
    }

    #[test]
    fn an_undeclared_encoding_is_guessed_but_utf8_only_for_files() {
        let german = "Größe und Länge".as_bytes();
        assert_eq!(html(german, None, true), ("Größe und Länge".into(), "UTF-8"));
        assert_eq!(html(german, None, false).1, "windows-1252");
        let (russian, _, _) = encoding_rs::WINDOWS_1251.encode("Здравствуй, мир! Это страница по-русски.");
        assert_eq!(html(&russian, None, false).1, "windows-1251");
        assert_eq!(html(b"plain", None, true), ("plain".into(), "windows-1252"));
    }

    #[test]
    fn a_declaration_after_the_first_kilobyte_is_not_seen_here() {
        let mut bytes = vec![b' '; PRESCAN_BYTES];
        bytes.extend_from_slice(b"<meta charset=koi8-r>\xE4");
        assert_eq!(html(&bytes, None, false).1, "windows-1252");
    }

    #[test]
    fn characters_may_be_cut_anywhere() {
        let text = "a\u{20AC}\u{1F600}\u{FFFD}z".repeat(50);
        assert_eq!(html(text.as_bytes(), Some("utf-8"), false).0, text);
        let (bytes, _, _) = encoding_rs::SHIFT_JIS.encode("日本語");
        assert_eq!(html(&bytes, Some("shift_jis"), false).0, "日本語");
        assert_eq!(html(b"a\xE2\x82", Some("utf-8"), false).0, "a\u{FFFD}");
    }

    #[test]
    fn xml_declares_in_its_declaration_and_is_utf8_otherwise() {
        let xml = |bytes: &[u8]| {
            let whole = decode(InputDecoder::new(Syntax::Xml, None, false), bytes, usize::MAX);
            assert_eq!(decode(InputDecoder::new(Syntax::Xml, None, false), bytes, 1), whole);
            whole
        };
        assert_eq!(xml(b"<?xml version='1.0' encoding='koi8-r'?><a/>").1, "KOI8-R");
        assert_eq!(xml("<a>ä</a>".as_bytes()), ("<a>ä</a>".into(), "UTF-8"));
        assert_eq!(xml(b"<\0?\0x\0m\0l\0?\0>\0").0, "<?xml?>");
        assert_eq!(xml(b"<a").1, "UTF-8");
    }
}
