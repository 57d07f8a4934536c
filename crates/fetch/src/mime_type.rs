//! MIME types: parsing, serialising, groups.
//! <https://mimesniff.spec.whatwg.org/#mime-type-representation>

use std::fmt;

use crate::headers::is_token;
use crate::headers::split::collect_quoted_string;
use crate::headers::token::{is_http_whitespace, is_quoted_string_char};

/// A MIME type with its parameters.
/// <https://mimesniff.spec.whatwg.org/#mime-type>
#[derive(Clone, PartialEq, Eq, Hash)]
pub struct MimeType {
    /// `type/subtype` in lower case.
    essence: String,
    /// Names in lower case, in order, each once.
    parameters: Vec<(String, String)>,
}

impl MimeType {
    /// A type without parameters, from what is known to be an essence.
    pub(crate) fn from_essence(essence: &'static str) -> Self {
        debug_assert!(MimeType::parse(essence).is_some(), "{essence} is a MIME type");
        MimeType { essence: essence.to_owned(), parameters: Vec::new() }
    }

    /// Parses a MIME type; none where the text is not one.
    /// <https://mimesniff.spec.whatwg.org/#parse-a-mime-type>
    pub fn parse(input: &str) -> Option<Self> {
        let input = input.trim_matches(is_http_whitespace);
        let (kind, rest) = input.split_once('/')?;
        let (subtype, mut rest) = rest.split_once(';').unwrap_or((rest, ""));
        let subtype = subtype.trim_end_matches(is_http_whitespace);
        if !is_token(kind) || !is_token(subtype) {
            return None;
        }
        let mut mime_type = MimeType {
            essence: format!("{}/{}", kind.to_ascii_lowercase(), subtype.to_ascii_lowercase()),
            parameters: Vec::new(),
        };
        while !rest.is_empty() {
            rest = rest.trim_start_matches(is_http_whitespace);
            let name_end = rest.find([';', '=']).unwrap_or(rest.len());
            let name = rest[..name_end].to_ascii_lowercase();
            rest = &rest[name_end..];
            let Some(after_equals) = rest.strip_prefix('=') else {
                // A name without a value.
                rest = rest.strip_prefix(';').unwrap_or("");
                continue;
            };
            let value;
            if after_equals.starts_with('"') {
                let (quoted, after) = collect_quoted_string(after_equals, false);
                value = quoted;
                rest = after.split_once(';').map_or("", |(_, after)| after);
            } else {
                let (plain, after) = after_equals.split_once(';').unwrap_or((after_equals, ""));
                value = plain.trim_end_matches(is_http_whitespace).to_owned();
                rest = after;
                if value.is_empty() {
                    continue;
                }
            }
            if is_token(&name) && value.chars().all(is_quoted_string_char) && !mime_type.has_parameter(&name)
            {
                mime_type.parameters.push((name, value));
            }
        }
        Some(mime_type)
    }

    /// `type/subtype` in lower case.
    /// <https://mimesniff.spec.whatwg.org/#mime-type-essence>
    pub fn essence(&self) -> &str {
        &self.essence
    }

    /// Whether the essence is this.
    pub fn is_essence(&self, essence: &str) -> bool {
        self.essence == essence
    }

    /// The type: `text` of `text/html`.
    pub fn kind(&self) -> &str {
        self.essence.split_once('/').map_or("", |(kind, _)| kind)
    }

    /// The subtype: `html` of `text/html`.
    pub fn subtype(&self) -> &str {
        self.essence.split_once('/').map_or("", |(_, subtype)| subtype)
    }

    /// The value of a parameter, whose name is given in lower case.
    pub fn parameter(&self, name: &str) -> Option<&str> {
        self.parameters.iter().find(|(other, _)| other == name).map(|(_, value)| value.as_str())
    }

    /// Whether there is a parameter, whose name is given in lower case.
    pub fn has_parameter(&self, name: &str) -> bool {
        self.parameter(name).is_some()
    }

    /// The `charset` parameter: a label of an encoding, perhaps an unknown one.
    pub fn charset(&self) -> Option<&str> {
        self.parameter("charset")
    }

    /// Gives a parameter, whose name is in lower case, a value.
    pub(crate) fn set_parameter(&mut self, name: &str, value: &str) {
        match self.parameters.iter_mut().find(|(other, _)| other == name) {
            Some((_, old)) => *old = value.to_owned(),
            None => self.parameters.push((name.to_owned(), value.to_owned())),
        }
    }

    /// `text/html`.
    /// <https://mimesniff.spec.whatwg.org/#html-mime-type>
    pub fn is_html(&self) -> bool {
        self.essence == "text/html"
    }

    /// `text/xml`, `application/xml`, `…+xml`.
    /// <https://mimesniff.spec.whatwg.org/#xml-mime-type>
    pub fn is_xml(&self) -> bool {
        matches!(self.essence.as_str(), "text/xml" | "application/xml") || self.subtype().ends_with("+xml")
    }

    /// `application/json`, `text/json`, `…+json`.
    /// <https://mimesniff.spec.whatwg.org/#json-mime-type>
    pub fn is_json(&self) -> bool {
        matches!(self.essence.as_str(), "application/json" | "text/json") || self.subtype().ends_with("+json")
    }

    /// `image/…`.
    /// <https://mimesniff.spec.whatwg.org/#image-mime-type>
    pub fn is_image(&self) -> bool {
        self.kind() == "image"
    }

    /// `audio/…`, `video/…`, `application/ogg`.
    /// <https://mimesniff.spec.whatwg.org/#audio-or-video-mime-type>
    pub fn is_audio_or_video(&self) -> bool {
        matches!(self.kind(), "audio" | "video") || self.essence == "application/ogg"
    }

    /// `font/…` and its older names.
    /// <https://mimesniff.spec.whatwg.org/#font-mime-type>
    pub fn is_font(&self) -> bool {
        self.kind() == "font"
            || matches!(
                self.essence.as_str(),
                "application/font-cff"
                    | "application/font-off"
                    | "application/font-sfnt"
                    | "application/font-ttf"
                    | "application/font-woff"
                    | "application/vnd.ms-fontobject"
                    | "application/vnd.ms-opentype"
            )
    }

    /// `application/zip`, `…+zip`.
    /// <https://mimesniff.spec.whatwg.org/#zip-based-mime-type>
    pub fn is_zip_based(&self) -> bool {
        self.essence == "application/zip" || self.subtype().ends_with("+zip")
    }

    /// RAR, ZIP, GZIP.
    /// <https://mimesniff.spec.whatwg.org/#archive-mime-type>
    pub fn is_archive(&self) -> bool {
        matches!(
            self.essence.as_str(),
            "application/x-rar-compressed" | "application/zip" | "application/x-gzip"
        )
    }

    /// What may hold scripts: XML, HTML, PDF.
    /// <https://mimesniff.spec.whatwg.org/#scriptable-mime-type>
    pub fn is_scriptable(&self) -> bool {
        self.is_xml() || self.is_html() || self.essence == "application/pdf"
    }

    /// `text/javascript` and its fifteen other names.
    /// <https://mimesniff.spec.whatwg.org/#javascript-mime-type>
    pub fn is_javascript(&self) -> bool {
        fanlight_base::mime::is_javascript_essence(&self.essence)
    }
}

/// <https://mimesniff.spec.whatwg.org/#serializing-a-mime-type>
impl fmt::Display for MimeType {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(&self.essence)?;
        for (name, value) in &self.parameters {
            if is_token(value) {
                write!(formatter, ";{name}={value}")?;
            } else {
                let escaped = value.replace('\\', "\\\\").replace('"', "\\\"");
                write!(formatter, ";{name}=\"{escaped}\"")?;
            }
        }
        Ok(())
    }
}

impl fmt::Debug for MimeType {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "MimeType({self})")
    }
}

#[cfg(test)]
mod tests {
    use super::MimeType;

    fn round_trip(input: &str) -> Option<String> {
        MimeType::parse(input).map(|mime_type| mime_type.to_string())
    }

    #[test]
    fn names_are_lowered_and_values_kept() {
        assert_eq!(round_trip(" TEXT/HTML ; CHARSET=GBK ").as_deref(), Some("text/html;charset=GBK"));
    }

    #[test]
    fn what_is_no_token_is_quoted_or_dropped() {
        assert_eq!(round_trip("a/b;x=(;\u{2603}=1;y=\u{2603}").as_deref(), Some("a/b;x=\"(\""));
        assert_eq!(round_trip(r#"a/b;x="q\"\\" junk;y="""#).as_deref(), Some(r#"a/b;x="q\"\\";y="""#));
    }

    #[test]
    fn the_first_of_equal_parameters_wins() {
        assert_eq!(round_trip("a/b;x=1;X=2").as_deref(), Some("a/b;x=1"));
    }

    #[test]
    fn texts_that_are_no_types_are_refused() {
        for input in ["", "text", "/html", "text/", "text /html", "te\u{e9}xt/html", "text/ht ml"] {
            assert_eq!(round_trip(input), None, "{input}");
        }
    }

    #[test]
    fn groups_follow_essence_and_suffix() {
        let parse = |text| MimeType::parse(text).unwrap();
        assert!(parse("image/svg+xml").is_image() && parse("image/svg+xml").is_xml());
        assert!(parse("text/javascript;charset=x").is_javascript());
        assert!(!parse("text/javascript2").is_javascript());
        assert!(parse("application/font-woff").is_font());
    }
}
