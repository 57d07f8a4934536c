//! Content codings undone piece by piece, with a limit on what may come out.
//! <https://fetch.spec.whatwg.org/#handle-content-codings>

mod deflate;

use std::io::{self, Write};
use std::sync::Arc;

use bytes::Bytes;
use parking_lot::Mutex;

use self::deflate::Deflate;
use crate::error::FetchErrorKind;
use crate::headers::HeaderList;
use crate::limits::{Limits, MAX_CHUNK_BYTES, MAX_CONTENT_CODINGS};

/// Undoes the content codings of one body.
pub(super) struct Decoder {
    /// None where there are no codings.
    chain: Option<Box<dyn Step>>,
    /// The codings' names, for messages.
    names: String,
    collected: Arc<Mutex<Collected>>,
    /// The coded data has ended; what follows is ignored, as browsers do.
    ended: bool,
}

/// A coding's decoder that writes into the next one.
trait Step: Write + Send {
    /// Passes on what is still held back.
    fn drain(&mut self) -> io::Result<()>;
}

/// What has come out and is not taken yet.
struct Collected {
    pieces: Vec<Bytes>,
    piece: Vec<u8>,
    encoded: u64,
    decoded: u64,
    limits: Limits,
    exceeded: Option<FetchErrorKind>,
}

impl Decoder {
    /// The decoder that a response's header asks for. A coding that is not known leaves the body as it is, as browsers do.
    pub(super) fn new(headers: &HeaderList, limits: &Limits) -> Result<Self, FetchErrorKind> {
        let codings: Vec<String> = headers
            .get_decode_and_split("content-encoding")
            .unwrap_or_default()
            .into_iter()
            .map(|coding| coding.to_ascii_lowercase())
            .filter(|coding| !coding.is_empty() && coding != "identity")
            .collect();
        let names = codings.join(", ");
        if codings.len() > MAX_CONTENT_CODINGS {
            let reason = format!("there are more than {MAX_CONTENT_CODINGS} codings on top of each other");
            return Err(FetchErrorKind::Decoding { coding: names, reason });
        }
        let collected = Arc::new(Mutex::new(Collected {
            pieces: Vec::new(),
            piece: Vec::new(),
            encoded: 0,
            decoded: 0,
            limits: limits.clone(),
            exceeded: None,
        }));
        let mut chain: Option<Box<dyn Step>> = None;
        // The coding applied last is undone first, so the chain is built from its end, the coding applied first.
        for coding in &codings {
            let next: Box<dyn Step> =
                chain.take().unwrap_or_else(|| Box::new(Collector(Arc::clone(&collected))));
            chain = Some(match coding.as_str() {
                "gzip" | "x-gzip" => Box::new(flate2::write::GzDecoder::new(next)),
                "deflate" => Box::new(Deflate::new(next)),
                "br" => Box::new(brotli_decompressor::DecompressorWriter::new(next, MAX_CHUNK_BYTES)),
                "zstd" => Box::new(zstd_decoder(next).map_err(|error| FetchErrorKind::Decoding {
                    coding: coding.clone(),
                    reason: error.to_string(),
                })?),
                _ => return Ok(Decoder { chain: None, names, collected, ended: false }),
            });
        }
        Ok(Decoder { chain, names, collected, ended: false })
    }

    /// Takes the next bytes as transferred.
    pub(super) fn push(&mut self, chunk: Bytes) -> Result<(), FetchErrorKind> {
        self.collected.lock().encoded += chunk.len() as u64;
        let Some(chain) = &mut self.chain else {
            return self.collected.lock().pass(chunk);
        };
        let mut rest = &chunk[..];
        while !rest.is_empty() && !self.ended {
            match chain.write(rest) {
                Ok(0) => self.ended = true,
                Ok(count) => rest = &rest[count..],
                Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
                Err(error) => return Err(self.explain(&error)),
            }
        }
        // So that the page sees what has come without waiting for a buffer to fill.
        let drained = if self.ended { Ok(()) } else { chain.drain() };
        drained.map_err(|error| self.explain(&error))
    }

    /// The last bytes have come. Coded data that breaks off counts as complete, as in browsers: the length of the
    /// transfer was right.
    pub(super) fn finish(&mut self) -> Result<(), FetchErrorKind> {
        match &self.collected.lock().exceeded {
            Some(kind) => Err(kind.clone()),
            None => Ok(()),
        }
    }

    /// What has come out since.
    pub(super) fn take_output(&mut self) -> Vec<Bytes> {
        let mut collected = self.collected.lock();
        collected.cut();
        std::mem::take(&mut collected.pieces)
    }

    fn explain(&self, error: &io::Error) -> FetchErrorKind {
        match &self.collected.lock().exceeded {
            Some(kind) => kind.clone(),
            None => FetchErrorKind::Decoding { coding: self.names.clone(), reason: error.to_string() },
        }
    }
}

impl Collected {
    /// Counts bytes that are about to come out.
    fn count(&mut self, bytes: usize) -> Result<(), FetchErrorKind> {
        let decoded = self.decoded + bytes as u64;
        let limits = &self.limits;
        let grown = decoded
            > self.encoded.saturating_mul(limits.decoding_ratio).max(limits.decoding_ratio_free_bytes);
        let exceeded = if decoded > limits.decoded_bytes {
            FetchErrorKind::BodyTooLarge { limit: limits.decoded_bytes, which: "when decompressed" }
        } else if grown {
            FetchErrorKind::DecompressionBomb { ratio: limits.decoding_ratio }
        } else {
            self.decoded = decoded;
            return Ok(());
        };
        self.exceeded = Some(exceeded.clone());
        Err(exceeded)
    }

    fn pass(&mut self, chunk: Bytes) -> Result<(), FetchErrorKind> {
        self.count(chunk.len())?;
        self.pieces.push(chunk);
        Ok(())
    }

    /// Ends the piece that is being collected.
    fn cut(&mut self) {
        if !self.piece.is_empty() {
            self.pieces.push(Bytes::from(std::mem::take(&mut self.piece)));
        }
    }
}

/// The end of the chain.
struct Collector(Arc<Mutex<Collected>>);

impl Write for Collector {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        let mut collected = self.0.lock();
        collected.count(bytes.len()).map_err(io::Error::other)?;
        collected.piece.extend_from_slice(bytes);
        if collected.piece.len() >= MAX_CHUNK_BYTES {
            collected.cut();
        }
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

impl Step for Collector {
    fn drain(&mut self) -> io::Result<()> {
        Ok(())
    }
}

impl Step for flate2::write::GzDecoder<Box<dyn Step>> {
    fn drain(&mut self) -> io::Result<()> {
        self.flush()?;
        self.get_mut().drain()
    }
}

impl Step for brotli_decompressor::DecompressorWriter<Box<dyn Step>> {
    fn drain(&mut self) -> io::Result<()> {
        self.get_mut().drain()
    }
}

type ZstdDecoder = zstd::stream::write::Decoder<'static, Box<dyn Step>>;

fn zstd_decoder(next: Box<dyn Step>) -> io::Result<ZstdDecoder> {
    /// Windows of at most 8 MiB, says the standard of the coding.
    /// <https://www.rfc-editor.org/rfc/rfc9659>
    const WINDOW_LOG_MAX: u32 = 23;
    let mut decoder = ZstdDecoder::new(next)?;
    decoder.window_log_max(WINDOW_LOG_MAX)?;
    Ok(decoder)
}

impl Step for ZstdDecoder {
    fn drain(&mut self) -> io::Result<()> {
        self.flush()?;
        self.get_mut().drain()
    }
}

/// For boxes in boxes: what a box does, its content does.
impl Step for Box<dyn Step> {
    fn drain(&mut self) -> io::Result<()> {
        (**self).drain()
    }
}

#[cfg(test)]
mod tests {
    use flate2::Compression;
    use flate2::write::{DeflateEncoder, GzEncoder, ZlibEncoder};

    use super::*;

    fn gzip(data: &[u8]) -> Vec<u8> {
        let mut encoder = GzEncoder::new(Vec::new(), Compression::default());
        encoder.write_all(data).unwrap();
        encoder.finish().unwrap()
    }

    fn decode(coding: &str, encoded: &[u8], step: usize) -> Result<Vec<u8>, FetchErrorKind> {
        decode_within(coding, encoded, step, &Limits::default())
    }

    fn decode_within(
        coding: &str,
        encoded: &[u8],
        step: usize,
        limits: &Limits,
    ) -> Result<Vec<u8>, FetchErrorKind> {
        let headers = HeaderList::from_iter([("Content-Encoding", coding)]);
        let mut decoder = Decoder::new(&headers, limits)?;
        let mut decoded = Vec::new();
        for piece in encoded.chunks(step) {
            decoder.push(Bytes::copy_from_slice(piece))?;
            decoded.extend(decoder.take_output().concat());
        }
        decoder.finish()?;
        decoded.extend(decoder.take_output().concat());
        Ok(decoded)
    }

    const TEXT: &[u8] = b"the quick brown fox jumps over the lazy dog, the quick brown fox";

    fn every_coding() -> Vec<(&'static str, Vec<u8>)> {
        let mut zlib = ZlibEncoder::new(Vec::new(), Compression::default());
        zlib.write_all(TEXT).unwrap();
        let mut raw = DeflateEncoder::new(Vec::new(), Compression::default());
        raw.write_all(TEXT).unwrap();
        vec![
            ("gzip", gzip(TEXT)),
            ("X-GZIP", gzip(TEXT)),
            ("deflate", zlib.finish().unwrap()),
            ("deflate", raw.finish().unwrap()),
            ("zstd", zstd::encode_all(TEXT, 3).unwrap()),
            ("identity", TEXT.to_vec()),
            ("gzip, zstd", zstd::encode_all(&gzip(TEXT)[..], 3).unwrap()),
            ("unheard-of", TEXT.to_vec()),
        ]
    }

    #[test]
    fn every_coding_is_undone_however_it_is_cut() {
        for (coding, encoded) in every_coding() {
            for step in [1, 7, 1000] {
                assert_eq!(decode(coding, &encoded, step).as_deref(), Ok(TEXT), "{coding} by {step}");
            }
        }
    }

    #[test]
    fn brotli_is_undone() {
        // A stored block: window bits 16, then 5 literal bytes, then the empty last block.
        let encoded = [0x0b, 0x02, 0x80, b'h', b'e', b'l', b'l', b'o', 0x03];
        assert_eq!(decode("br", &encoded, 1).as_deref(), Ok(&b"hello"[..]));
        assert_eq!(decode("br", &encoded, 100).as_deref(), Ok(&b"hello"[..]));
    }

    #[test]
    fn what_has_come_is_seen_before_the_end() {
        let encoded = gzip(&TEXT.repeat(2000));
        let headers = HeaderList::from_iter([("Content-Encoding", "gzip")]);
        let mut decoder = Decoder::new(&headers, &Limits::default()).unwrap();
        decoder.push(Bytes::copy_from_slice(&encoded[..encoded.len() / 2])).unwrap();
        assert!(!decoder.take_output().is_empty());
    }

    #[test]
    fn what_follows_the_coded_data_is_ignored() {
        let mut encoded = gzip(TEXT);
        encoded.extend(*b"garbage after the end");
        assert_eq!(decode("gzip", &encoded, 5).as_deref(), Ok(TEXT));
    }

    #[test]
    fn data_that_breaks_off_is_as_long_as_it_is() {
        let encoded = gzip(TEXT);
        let decoded = decode("gzip", &encoded[..encoded.len() - 8], 1000).unwrap();
        assert_eq!(decoded, TEXT);
    }

    #[test]
    fn what_is_not_coded_as_said_is_an_error() {
        for coding in ["gzip", "deflate", "br", "zstd"] {
            let error = decode(coding, &[0xff; 64], 10).unwrap_err();
            assert!(matches!(error, FetchErrorKind::Decoding { .. }), "{coding}: {error}");
        }
        let error = decode("gzip, gzip, gzip, gzip, gzip", b"", 1).unwrap_err();
        assert!(error.to_string().contains("more than 4"), "{error}");
    }

    #[test]
    fn a_bomb_is_stopped_early() {
        let bomb = zstd::encode_all(io::Read::take(io::repeat(0), 64 << 20), 3).unwrap();
        let error = decode("zstd", &bomb, 4096).unwrap_err();
        assert_eq!(error, FetchErrorKind::DecompressionBomb { ratio: 100 });
        let limits = Limits { decoded_bytes: 1000, ..Limits::default() };
        let error = decode_within("gzip", &gzip(&[0; 2000]), 10, &limits).unwrap_err();
        assert!(matches!(error, FetchErrorKind::BodyTooLarge { limit: 1000, .. }));
    }
}
