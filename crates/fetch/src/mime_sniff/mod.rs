//! The MIME Sniffing standard: what a resource is, from what the server says and from its first bytes.
//! <https://mimesniff.spec.whatwg.org/>

mod feed;
mod media;
mod patterns;
mod text;

use crate::headers::SuppliedType;
use crate::mime_type::MimeType;
use crate::request::Destination;

/// The bytes that are looked at, at most.
/// <https://mimesniff.spec.whatwg.org/#resource-header>
pub const RESOURCE_HEADER_BYTES: usize = 1445;

/// What the resource is wanted for, which decides how far the server is believed.
/// <https://mimesniff.spec.whatwg.org/#context-specific-sniffing>
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum SniffContext {
    /// A document.
    Browsing,
    /// An image.
    Image,
    /// Sound or film.
    AudioOrVideo,
    /// A font.
    Font,
    /// Something that only the server can name; where it does not, it is what was asked for.
    Named(&'static str),
}

impl SniffContext {
    /// The context of a destination.
    pub const fn for_destination(destination: Destination) -> Self {
        match destination {
            Destination::Document
            | Destination::Embed
            | Destination::Frame
            | Destination::Iframe
            | Destination::Object => SniffContext::Browsing,
            Destination::Image => SniffContext::Image,
            Destination::Audio | Destination::Video => SniffContext::AudioOrVideo,
            Destination::Font => SniffContext::Font,
            Destination::Style => SniffContext::Named("text/css"),
            Destination::Script | Destination::Worker => SniffContext::Named("text/javascript"),
            Destination::Track => SniffContext::Named("text/vtt"),
            Destination::Json => SniffContext::Named("application/json"),
            Destination::Manifest => SniffContext::Named("application/manifest+json"),
            Destination::Empty | Destination::Report => SniffContext::Named("application/octet-stream"),
        }
    }
}

/// The computed MIME type of a resource that begins with `header`; more than [`RESOURCE_HEADER_BYTES`] are not looked at.
/// <https://mimesniff.spec.whatwg.org/#computed-mime-type>
pub fn computed_mime_type(supplied: &SuppliedType, context: SniffContext, header: &[u8]) -> MimeType {
    let header = &header[..header.len().min(RESOURCE_HEADER_BYTES)];
    let server_says = supplied.mime_type.clone();
    let pattern_match = match context {
        SniffContext::Browsing => return sniff_document(supplied, header),
        SniffContext::Named(asked_for) => {
            return server_says.unwrap_or_else(|| MimeType::from_essence(asked_for));
        }
        _ if server_says.as_ref().is_some_and(MimeType::is_xml) => None,
        SniffContext::Image => patterns::image(header),
        SniffContext::AudioOrVideo => media::audio_or_video(header),
        SniffContext::Font => patterns::font(header),
    };
    match (pattern_match, server_says) {
        (Some(essence), _) => MimeType::from_essence(essence),
        (None, Some(supplied)) => supplied,
        (None, None) => MimeType::from_essence("application/octet-stream"),
    }
}

/// Whether the type cannot be computed before there are more bytes than these.
pub fn needs_more(supplied: &SuppliedType, context: SniffContext, header: &[u8]) -> bool {
    if header.len() >= RESOURCE_HEADER_BYTES {
        return false;
    }
    match (context, &supplied.mime_type) {
        (SniffContext::Named(_), _) => false,
        (SniffContext::Browsing, Some(mime_type)) if !is_unknown(mime_type) => {
            if supplied.no_sniff || mime_type.is_xml() {
                false
            } else if mime_type.is_html() {
                feed::feed_type(header).is_none()
            } else {
                supplied.check_for_apache_bug || mime_type.is_image() || mime_type.is_audio_or_video()
            }
        }
        (_, Some(mime_type)) => !mime_type.is_xml(),
        (_, None) => true,
    }
}

/// <https://mimesniff.spec.whatwg.org/#mime-type-sniffing-algorithm>
fn sniff_document(supplied: &SuppliedType, header: &[u8]) -> MimeType {
    let Some(server_says) = supplied.mime_type.as_ref().filter(|mime_type| !is_unknown(mime_type)) else {
        return MimeType::from_essence(text::identify_unknown(header, !supplied.no_sniff));
    };
    if supplied.no_sniff {
        return server_says.clone();
    }
    let sniffed = if supplied.check_for_apache_bug {
        Some(text::text_or_binary(header))
    } else if server_says.is_xml() {
        None
    } else if server_says.is_html() {
        feed::feed_type(header).flatten()
    } else if server_says.is_image() {
        patterns::image(header)
    } else if server_says.is_audio_or_video() {
        media::audio_or_video(header)
    } else {
        None
    };
    match sniffed {
        // The same essence keeps the parameters, the charset above all.
        Some(essence) if !server_says.is_essence(essence) => MimeType::from_essence(essence),
        _ => server_says.clone(),
    }
}

fn is_unknown(mime_type: &MimeType) -> bool {
    matches!(mime_type.essence(), "unknown/unknown" | "application/unknown" | "*/*")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn supplied(content_type: Option<&str>, no_sniff: bool) -> SuppliedType {
        let headers = content_type.map(|value| ("content-type", value)).into_iter().collect();
        SuppliedType { no_sniff, ..crate::headers::supplied_type(&headers) }
    }

    fn document(content_type: Option<&str>, header: &[u8]) -> String {
        computed_mime_type(&supplied(content_type, false), SniffContext::Browsing, header).to_string()
    }

    #[test]
    fn what_has_no_type_is_what_its_bytes_are() {
        for (header, expected) in [
            (&b" \n<!doctype HTML>"[..], "text/html"),
            (b"<html>", "text/html"),
            (b"<html\t", "text/plain"),
            (b"<!-- x", "text/html"),
            (b"<b>", "text/html"),
            (b"<br>", "text/html"),
            (b"<blockquote>", "text/plain"),
            (b" <?xml version=", "text/xml"),
            (b"%PDF-1.4", "application/pdf"),
            (b"%!PS-Adobe-3.0", "application/postscript"),
            (b"\xef\xbb\xbf\x00", "text/plain"),
            (b"\xff\xfea\x00", "text/plain"),
            (b"plain words", "text/plain"),
            (b"\x00\x01\x02", "application/octet-stream"),
            (b"", "text/plain"),
            (b"PK\x03\x04", "application/zip"),
            (b"\x1f\x8b\x08", "application/x-gzip"),
        ] {
            assert_eq!(document(None, header), expected, "{}", header.escape_ascii());
            assert_eq!(document(Some("application/unknown"), header), expected);
        }
    }

    #[test]
    fn nosniff_keeps_what_could_run_from_being_found() {
        let unknown = supplied(None, true);
        assert!(computed_mime_type(&unknown, SniffContext::Browsing, b"<html>").is_essence("text/plain"));
        let named = supplied(Some("image/png"), true);
        assert!(computed_mime_type(&named, SniffContext::Browsing, b"GIF89a").is_essence("image/png"));
    }

    #[test]
    fn text_plain_is_doubted_only_where_apache_would_say_it() {
        assert_eq!(document(Some("text/plain"), b"\x00\x01"), "application/octet-stream");
        assert_eq!(document(Some("text/plain;charset=utf-8"), b"\x00\x01"), "text/plain;charset=utf-8");
        assert_eq!(document(Some("text/plain; charset=UTF-8"), b"<html>"), "text/plain;charset=UTF-8");
    }

    #[test]
    fn an_image_is_what_its_bytes_are_whatever_the_server_says() {
        let image = |content_type, header: &[u8]| {
            computed_mime_type(&supplied(content_type, false), SniffContext::Image, header).to_string()
        };
        assert_eq!(image(Some("image/png"), b"\xff\xd8\xff\xe0"), "image/jpeg");
        assert_eq!(image(Some("text/html"), b"RIFF\x01\x02\x03\x04WEBPVP8 "), "image/webp");
        assert_eq!(image(Some("image/svg+xml"), b"GIF89a"), "image/svg+xml");
        assert_eq!(image(Some("image/x"), b"?"), "image/x");
        assert_eq!(image(None, b"?"), "application/octet-stream");
    }

    #[test]
    fn stylesheets_and_scripts_are_never_sniffed() {
        let css =
            computed_mime_type(&supplied(Some("text/html"), false), SniffContext::Named("text/css"), b"p{}");
        assert!(css.is_html());
        let unnamed = computed_mime_type(&supplied(None, false), SniffContext::Named("text/css"), b"<html>");
        assert!(unnamed.is_essence("text/css"));
    }

    #[test]
    fn html_waits_for_bytes_only_while_it_could_be_a_feed() {
        let html = supplied(Some("text/html"), false);
        assert!(needs_more(&html, SniffContext::Browsing, b"<"));
        assert!(needs_more(&html, SniffContext::Browsing, b"<!-- "));
        assert!(!needs_more(&html, SniffContext::Browsing, b"<!doctype html><html>"));
        assert!(!needs_more(&html, SniffContext::Browsing, b"x"));
        assert!(!needs_more(&supplied(Some("text/css"), false), SniffContext::Browsing, b""));
        assert!(needs_more(&supplied(None, false), SniffContext::Browsing, b"<html>"));
        assert!(!needs_more(&supplied(None, false), SniffContext::Browsing, &[b' '; RESOURCE_HEADER_BYTES]));
    }
}
