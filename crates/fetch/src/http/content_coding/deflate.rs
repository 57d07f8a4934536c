//! The coding `deflate`, which is zlib by the standard and raw DEFLATE from half of the servers.

use std::io::{self, Write};

use flate2::write::{DeflateDecoder, ZlibDecoder};

use super::Step;

/// Decides by the first two bytes which of both it is.
pub(super) enum Deflate {
    /// The first bytes are not there yet.
    Undecided { next: Option<Box<dyn Step>>, first: Option<u8> },
    /// <https://www.rfc-editor.org/rfc/rfc1950>
    Zlib(ZlibDecoder<Box<dyn Step>>),
    /// <https://www.rfc-editor.org/rfc/rfc1951>
    Raw(DeflateDecoder<Box<dyn Step>>),
}

impl Deflate {
    pub(super) fn new(next: Box<dyn Step>) -> Self {
        Deflate::Undecided { next: Some(next), first: None }
    }
}

/// Whether two bytes are zlib's header: the method, the window's size, and a check that makes it divisible by 31.
fn is_zlib_header(first: u8, second: u8) -> bool {
    first & 0x0f == 8 && first >> 4 <= 7 && u16::from_be_bytes([first, second]).is_multiple_of(31)
}

impl Write for Deflate {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        match self {
            Deflate::Zlib(decoder) => decoder.write(bytes),
            Deflate::Raw(decoder) => decoder.write(bytes),
            Deflate::Undecided { next, first } => {
                let Some(byte) = bytes.first().copied() else { return Ok(0) };
                let Some(first) = *first else {
                    *first = Some(byte);
                    return Ok(1);
                };
                let next = next.take().expect("taken only here, where the state is left");
                if is_zlib_header(first, byte) {
                    *self = Deflate::Zlib(ZlibDecoder::new(next));
                } else {
                    *self = Deflate::Raw(DeflateDecoder::new(next));
                }
                // Neither decoder writes anything for one byte, so it is always taken.
                self.write_all(&[first])?;
                self.write(bytes)
            }
        }
    }

    fn flush(&mut self) -> io::Result<()> {
        match self {
            Deflate::Undecided { .. } => Ok(()),
            Deflate::Zlib(decoder) => decoder.flush(),
            Deflate::Raw(decoder) => decoder.flush(),
        }
    }
}

impl Step for Deflate {
    fn drain(&mut self) -> io::Result<()> {
        self.flush()?;
        match self {
            Deflate::Undecided { .. } => Ok(()),
            Deflate::Zlib(decoder) => decoder.get_mut().drain(),
            Deflate::Raw(decoder) => decoder.get_mut().drain(),
        }
    }
}
