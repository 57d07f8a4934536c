//! Sound and film.
//! <https://mimesniff.spec.whatwg.org/#matching-an-audio-or-video-type-pattern>

use super::patterns::{Pattern, first_match};

/// The type of a sound or a film that begins with `header`.
pub(super) fn audio_or_video(header: &[u8]) -> Option<&'static str> {
    const PATTERNS: [Pattern; 6] = [
        Pattern::split(b"FORM", 8, b"AIFF", "audio/aiff"),
        Pattern::prefix(b"ID3", "audio/mpeg"),
        Pattern::prefix(b"OggS\x00", "application/ogg"),
        Pattern::prefix(b"MThd\x00\x00\x00\x06", "audio/midi"),
        Pattern::split(b"RIFF", 8, b"AVI ", "video/avi"),
        Pattern::split(b"RIFF", 8, b"WAVE", "audio/wave"),
    ];
    first_match(&PATTERNS, header).or_else(|| {
        if is_mp4(header) {
            Some("video/mp4")
        } else if is_webm(header) {
            Some("video/webm")
        } else if is_mp3(header) {
            Some("audio/mpeg")
        } else {
            None
        }
    })
}

/// A file type box with a brand that begins with `mp4`.
/// <https://mimesniff.spec.whatwg.org/#signature-for-mp4>
fn is_mp4(header: &[u8]) -> bool {
    let [a, b, c, d, b'f', b't', b'y', b'p', ..] = header else { return false };
    let box_size = u32::from_be_bytes([*a, *b, *c, *d]) as usize;
    if header.len() < 12 || header.len() < box_size || !box_size.is_multiple_of(4) {
        return false;
    }
    // The major brand, then after the version the compatible ones.
    let brands = std::iter::once(8).chain((16..box_size).step_by(4));
    brands.into_iter().any(|at| header.get(at..at + 3) == Some(b"mp4"))
}

/// An EBML header with the document type `webm`.
/// <https://mimesniff.spec.whatwg.org/#signature-for-webm>
fn is_webm(header: &[u8]) -> bool {
    if !header.starts_with(b"\x1a\x45\xdf\xa3") {
        return false;
    }
    (4..header.len().min(38)).any(|at| {
        let Some([0x42, 0x82, size, ..]) = header.get(at..) else { return false };
        // The length of the variable-width number is told by its leading zeros.
        let number_bytes = (size.leading_zeros() as usize + 1).min(8);
        let Some(value) = header.get(at + 2 + number_bytes..) else { return false };
        let padding = value.iter().take_while(|byte| **byte == 0).count();
        value[padding..].starts_with(b"webm")
    })
}

/// Two MPEG layer III frames, one after the other.
/// <https://mimesniff.spec.whatwg.org/#signature-for-mp3-without-id3>
fn is_mp3(header: &[u8]) -> bool {
    let Some(first) = mp3_frame_bytes(header) else { return false };
    first >= 4 && header.get(first..).is_some_and(|next| mp3_frame_bytes(next).is_some())
}

/// The length in bytes of the layer III frame that begins here.
fn mp3_frame_bytes(bytes: &[u8]) -> Option<usize> {
    /// kbit/s of MPEG 1 by the header's index.
    const RATES_1: [usize; 15] = [0, 32, 40, 48, 56, 64, 80, 96, 112, 128, 160, 192, 224, 256, 320];
    /// kbit/s of MPEG 2 and 2.5 by the header's index.
    const RATES_2: [usize; 15] = [0, 8, 16, 24, 32, 40, 48, 56, 64, 80, 96, 112, 128, 144, 160];
    /// Samples a second of MPEG 1 by the header's index; version 2 has half, version 2.5 a quarter.
    const FREQUENCIES: [usize; 3] = [44_100, 48_000, 32_000];
    let [0xff, second, third, _, ..] = bytes else { return None };
    let (version, layer) = ((second >> 3) & 0b11, (second >> 1) & 0b11);
    if second & 0xe0 != 0xe0 || layer != 0b01 {
        return None;
    }
    let rate_index = usize::from(third >> 4);
    let frequency = *FREQUENCIES.get(usize::from((third >> 2) & 0b11))?;
    let (rate, frequency, samples) = match version {
        0b11 => (*RATES_1.get(rate_index)?, frequency, 1152),
        0b10 => (*RATES_2.get(rate_index)?, frequency / 2, 576),
        0b00 => (*RATES_2.get(rate_index)?, frequency / 4, 576),
        _ => return None,
    };
    let padding = usize::from((third >> 1) & 1);
    Some(samples / 8 * rate * 1000 / frequency + padding)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn mp4_is_known_by_its_brands() {
        assert_eq!(audio_or_video(b"\0\0\0\x10ftypmp42\0\0\0\0"), Some("video/mp4"));
        assert_eq!(audio_or_video(b"\0\0\0\x14ftypisom\0\0\0\0mp41"), Some("video/mp4"));
        assert_eq!(audio_or_video(b"\0\0\0\x14ftypavif\0\0\0\0mif1"), None);
        assert_eq!(audio_or_video(b"\xff\xff\xff\xfcftypmp42"), None);
    }

    #[test]
    fn webm_is_known_by_its_document_type() {
        assert_eq!(
            audio_or_video(b"\x1a\x45\xdf\xa3\x9f\x42\x86\x81\x01\x42\x82\x84webm\x42"),
            Some("video/webm")
        );
        assert_eq!(audio_or_video(b"\x1a\x45\xdf\xa3\x9f\x42\x82\x88matroska"), None);
        assert_eq!(audio_or_video(b"\x1a\x45\xdf\xa3\x42\x82"), None);
    }

    #[test]
    fn mp3_needs_two_frames() {
        // MPEG 1 layer III, 128 kbit/s at 44.1 kHz: 417 bytes.
        let mut sound = vec![0; 500];
        sound[..4].copy_from_slice(&[0xff, 0xfb, 0x90, 0x00]);
        assert_eq!(audio_or_video(&sound), None);
        sound[417..421].copy_from_slice(&[0xff, 0xfb, 0x90, 0x00]);
        assert_eq!(audio_or_video(&sound), Some("audio/mpeg"));
    }

    #[test]
    fn containers_are_told_apart_by_their_second_name() {
        assert_eq!(audio_or_video(b"RIFF1234WAVE"), Some("audio/wave"));
        assert_eq!(audio_or_video(b"RIFF1234AVI "), Some("video/avi"));
        assert_eq!(audio_or_video(b"RIFF1234WEBP"), None);
    }
}
