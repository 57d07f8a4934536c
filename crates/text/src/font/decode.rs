//! Font files as they come from the network: TrueType, OpenType, collections, WOFF and WOFF2.
//! <https://www.w3.org/TR/WOFF2/> <https://www.w3.org/TR/WOFF/>

use skrifa::raw::{FileRef, TableProvider};

use crate::limits::{MAX_DECODED_FONT_BYTES, MAX_FONT_BYTES, MAX_FONT_COMPRESSION_RATIO};

const WOFF_HEADER_BYTES: usize = 44;
const WOFF_DIRECTORY_ENTRY_BYTES: usize = 20;

/// Why bytes are no font.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum DecodeError {
    /// The file is longer than [`MAX_FONT_BYTES`].
    #[error("the font file is {bytes} bytes long; at most {MAX_FONT_BYTES} are read")]
    TooLarge {
        /// Its length in bytes.
        bytes: usize,
    },
    /// The file says that it unpacks to more than the limits allow.
    #[error("the font would unpack from {packed} to {unpacked} bytes, which is more than is allowed")]
    TooLargeUnpacked {
        /// The length of the file in bytes.
        packed: usize,
        /// The length that its header announces, in bytes.
        unpacked: usize,
    },
    /// The first bytes are those of no font format.
    #[error("the file is neither TrueType, OpenType, WOFF nor WOFF2")]
    UnknownFormat,
    /// It begins as a font, but is cut short.
    #[error("the font file is cut short: {expected} bytes are needed, {found} are there")]
    Truncated {
        /// The length that the file itself announces, in bytes.
        expected: usize,
        /// The length of the file in bytes.
        found: usize,
    },
    /// WOFF or WOFF2 that cannot be unpacked.
    #[error("the {format} file is damaged and cannot be unpacked")]
    Damaged {
        /// `WOFF` or `WOFF2`.
        format: &'static str,
    },
    /// A font without a table that no text can be set without.
    #[error("the font has no usable '{table}' table")]
    MissingTable {
        /// The table's tag.
        table: &'static str,
    },
}

/// The font as TrueType or OpenType, unpacked where it is WOFF or WOFF2, and checked as far as to be safe to use:
/// every table lies within the file, and those that text needs are there.
///
/// # Errors
/// [`DecodeError`] when the bytes are no font, a damaged one, or one beyond the limits.
pub fn decode_font(bytes: &[u8]) -> Result<Vec<u8>, DecodeError> {
    if bytes.len() > MAX_FONT_BYTES {
        return Err(DecodeError::TooLarge { bytes: bytes.len() });
    }
    let sfnt = match bytes.first_chunk::<4>() {
        Some(b"wOFF") => {
            check_packed(bytes)?;
            check_woff_directory(bytes)?;
            wuff::decompress_woff1(bytes).map_err(|_| DecodeError::Damaged { format: "WOFF" })?
        }
        Some(b"wOF2") => {
            check_packed(bytes)?;
            wuff::decompress_woff2(bytes).map_err(|_| DecodeError::Damaged { format: "WOFF2" })?
        }
        Some(b"\0\x01\0\0" | b"OTTO" | b"true" | b"ttcf") => bytes.to_vec(),
        _ => return Err(DecodeError::UnknownFormat),
    };
    check_tables(&sfnt)?;
    Ok(sfnt)
}

/// The big-endian word at a place in the file.
fn word(bytes: &[u8], at: usize) -> Option<usize> {
    let word = bytes.get(at..)?.first_chunk::<4>()?;
    usize::try_from(u32::from_be_bytes(*word)).ok()
}

/// Length and unpacked size stand at the same places in both headers.
fn check_packed(bytes: &[u8]) -> Result<(), DecodeError> {
    let (Some(length), Some(unpacked)) = (word(bytes, 8), word(bytes, 16)) else {
        return Err(DecodeError::Truncated { expected: WOFF_HEADER_BYTES, found: bytes.len() });
    };
    if length > bytes.len() {
        return Err(DecodeError::Truncated { expected: length, found: bytes.len() });
    }
    check_unpacked(bytes, unpacked)
}

fn check_unpacked(bytes: &[u8], unpacked: usize) -> Result<(), DecodeError> {
    let plausible = bytes.len().saturating_mul(MAX_FONT_COMPRESSION_RATIO);
    if unpacked > MAX_DECODED_FONT_BYTES.min(plausible) {
        return Err(DecodeError::TooLargeUnpacked { packed: bytes.len(), unpacked });
    }
    Ok(())
}

/// The tables of a WOFF file each say their own unpacked length, and memory is taken for that.
/// <https://www.w3.org/TR/WOFF/#TableDirectory>
fn check_woff_directory(bytes: &[u8]) -> Result<(), DecodeError> {
    let tables = bytes.get(12..14).map_or(0, |count| usize::from(count[0]) << 8 | usize::from(count[1]));
    let lengths = (0..tables).map(|table| {
        let at = WOFF_HEADER_BYTES + table * WOFF_DIRECTORY_ENTRY_BYTES + 12;
        word(bytes, at).ok_or(DecodeError::Truncated { expected: at + 8, found: bytes.len() })
    });
    let mut unpacked = 0_usize;
    for length in lengths {
        unpacked = unpacked.saturating_add(length?);
    }
    check_unpacked(bytes, unpacked)
}

fn check_tables(sfnt: &[u8]) -> Result<(), DecodeError> {
    let truncated = || DecodeError::Truncated { expected: 12, found: sfnt.len() };
    let file = FileRef::new(sfnt).map_err(|_| truncated())?;
    let Some(Ok(font)) = file.fonts().next() else {
        return Err(truncated());
    };
    let directory = font.table_directory();
    let tables = usize::from(directory.num_tables());
    if directory.table_records().len() < tables {
        return Err(DecodeError::Truncated { expected: 12 + 16 * tables, found: sfnt.len() });
    }
    for record in directory.table_records() {
        let end = u64::from(record.offset()) + u64::from(record.length());
        if end > sfnt.len() as u64 {
            return Err(DecodeError::Truncated {
                expected: usize::try_from(end).unwrap_or(usize::MAX),
                found: sfnt.len(),
            });
        }
    }
    let missing = |table| DecodeError::MissingTable { table };
    let head = font.head().map_err(|_| missing("head"))?;
    if head.units_per_em() == 0 {
        return Err(missing("head"));
    }
    font.maxp().map_err(|_| missing("maxp"))?;
    font.cmap().map_err(|_| missing("cmap"))?;
    font.hhea().map_err(|_| missing("hhea"))?;
    font.hmtx().map_err(|_| missing("hmtx"))?;
    Ok(())
}
