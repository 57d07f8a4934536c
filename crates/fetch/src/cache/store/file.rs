//! The form of a file of the disk cache. What was flipped, cut or never finished is told from what is whole.
//!
//! | bytes | what |
//! | --- | --- |
//! | 8 | `FANHTTP1` |
//! | 4 | length of the head, little-endian |
//! | … | the head, JSON |
//! | 32 | SHA-256 of all the above |
//! | … | the body |
//! | 8 | length of the body, little-endian |
//! | 32 | SHA-256 of the head's and the body's bytes |

use aws_lc_rs::digest::{Context, SHA256};
use bytes::Bytes;

use crate::cache::entry::{Stored, StoredHead};

const MAGIC: &[u8; 8] = b"FANHTTP1";
const HASH_BYTES: usize = 32;
/// What comes before the head.
const PREFIX_BYTES: usize = MAGIC.len() + 4;
/// What comes after the body.
const SUFFIX_BYTES: usize = 8 + HASH_BYTES;

/// The bytes of a file as they are made: head, pieces of the body, end.
pub(super) struct Encoder {
    hash: Context,
    body_bytes: u64,
}

impl Encoder {
    /// Begins with the head. Returns the bytes to be written.
    pub(super) fn begin(head: &StoredHead) -> Option<(Self, Vec<u8>)> {
        let json = serde_json::to_vec(head).ok()?;
        let mut bytes = Vec::with_capacity(PREFIX_BYTES + json.len() + HASH_BYTES);
        bytes.extend_from_slice(MAGIC);
        bytes.extend_from_slice(&u32::try_from(json.len()).ok()?.to_le_bytes());
        bytes.extend_from_slice(&json);
        let mut hash = Context::new(&SHA256);
        hash.update(&bytes);
        bytes.extend_from_slice(hash.clone().finish().as_ref());
        Some((Encoder { hash, body_bytes: 0 }, bytes))
    }

    /// Counts a piece of the body, which is written as it is.
    pub(super) fn body(&mut self, piece: &[u8]) {
        self.hash.update(piece);
        self.body_bytes += piece.len() as u64;
    }

    /// The bytes after the body.
    pub(super) fn end(self) -> Vec<u8> {
        let mut bytes = self.body_bytes.to_le_bytes().to_vec();
        bytes.extend_from_slice(self.hash.finish().as_ref());
        bytes
    }
}

/// The head of a file that may be cut off after it. None where it is not whole.
pub(super) fn decode_head(bytes: &[u8]) -> Option<StoredHead> {
    let (checked, _) = split_head(bytes)?;
    serde_json::from_slice(checked.get(PREFIX_BYTES..)?).ok()
}

/// How many bytes must be read for the head, from those that come before it.
pub(super) fn head_bytes(prefix: &[u8; PREFIX_BYTES]) -> Option<usize> {
    let (magic, length) = prefix.split_at(MAGIC.len());
    let length = u32::from_le_bytes(length.try_into().ok()?);
    (magic == MAGIC).then_some(PREFIX_BYTES + length as usize + HASH_BYTES)
}

/// How many bytes [`head_bytes`] wants.
pub(super) const HEAD_PREFIX_BYTES: usize = PREFIX_BYTES;

/// A whole file. None where it is not whole or any byte is not what was written.
pub(super) fn decode(bytes: Bytes) -> Option<Stored> {
    let (checked, rest) = split_head(&bytes)?;
    let body_bytes = rest.len().checked_sub(SUFFIX_BYTES)?;
    let (body, suffix) = rest.split_at(body_bytes);
    let (length, hash) = suffix.split_at(8);
    if u64::from_le_bytes(length.try_into().ok()?) != body_bytes as u64 {
        return None;
    }
    let mut expected = Context::new(&SHA256);
    expected.update(checked);
    expected.update(body);
    if expected.finish().as_ref() != hash {
        return None;
    }
    let head = serde_json::from_slice(checked.get(PREFIX_BYTES..)?).ok()?;
    let start = checked.len() + HASH_BYTES;
    Some(Stored { head, body: bytes.slice(start..start + body_bytes) })
}

/// The bytes up to the head's end, found whole, and what follows their hash.
fn split_head(bytes: &[u8]) -> Option<(&[u8], &[u8])> {
    let prefix = bytes.first_chunk::<PREFIX_BYTES>()?;
    let end = head_bytes(prefix)?;
    let (head, rest) = bytes.split_at_checked(end)?;
    let (checked, hash) = head.split_at(end - HASH_BYTES);
    let mut expected = Context::new(&SHA256);
    expected.update(checked);
    (expected.finish().as_ref() == hash).then_some((checked, rest))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::cache::store::tests::stored;

    fn encoded(stored: &Stored) -> Vec<u8> {
        let (mut encoder, mut bytes) = Encoder::begin(&stored.head).unwrap();
        encoder.body(&stored.body);
        bytes.extend_from_slice(&stored.body);
        bytes.extend(encoder.end());
        bytes
    }

    #[test]
    fn what_is_written_is_read_back() {
        for body in ["", "hello"] {
            let stored = stored("http://a/", body);
            let bytes = encoded(&stored);
            assert_eq!(decode(bytes.clone().into()), Some(stored.clone()));
            assert_eq!(decode_head(&bytes), Some(stored.head));
        }
    }

    #[test]
    fn no_flipped_bit_and_no_missing_byte_goes_unnoticed() {
        let bytes = encoded(&stored("http://a/", "hello"));
        for index in 0..bytes.len() {
            for bit in 0..8 {
                let mut flipped = bytes.clone();
                flipped[index] ^= 1 << bit;
                assert_eq!(decode(flipped.into()), None, "bit {bit} of byte {index}");
            }
            assert_eq!(decode(bytes[..index].to_vec().into()), None, "{index} bytes");
        }
        let mut longer = bytes;
        longer.push(0);
        assert_eq!(decode(longer.into()), None);
    }
}
