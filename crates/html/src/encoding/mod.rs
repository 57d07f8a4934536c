//! Which character encoding bytes are in, and decoding them as they arrive.
//!
//! 1. A byte order mark ([`InputDecoder`]).
//! 2. What the transport says.
//! 3. A declaration in the first bytes: `<meta>` of HTML ([`prescan`]), the XML declaration.
//! 4. A guess from the bytes themselves, as Chromium makes one.
//!
//! <https://html.spec.whatwg.org/multipage/parsing.html#determining-the-character-encoding>

mod decoder;
mod prescan;
mod xml_declaration;

pub(crate) use decoder::{Confidence, InputDecoder, Syntax};

use encoding_rs::{Encoding, UTF_8, UTF_16BE, UTF_16LE, WINDOWS_1252, X_USER_DEFINED};

/// The encoding that a label in a `<meta>` element or an XML declaration stands for: a document in UTF-16 could not have
/// been read so far. <https://html.spec.whatwg.org/multipage/parsing.html#changing-the-encoding-while-parsing>
pub(crate) fn declared_encoding(label: &[u8]) -> Option<&'static Encoding> {
    let encoding = Encoding::for_label(label)?;
    Some(if encoding == UTF_16BE || encoding == UTF_16LE {
        UTF_8
    } else if encoding == X_USER_DEFINED {
        WINDOWS_1252
    } else {
        encoding
    })
}
