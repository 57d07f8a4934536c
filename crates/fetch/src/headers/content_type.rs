//! Which MIME type a response says it has.

use super::{HeaderList, is_nosniff};
use crate::mime_type::MimeType;

/// Reads the MIME type out of the `Content-Type` fields: the last that is valid wins, and takes the charset of an
/// earlier one of the same essence.
/// <https://fetch.spec.whatwg.org/#concept-header-extract-mime-type>
pub fn extract_mime_type(headers: &HeaderList) -> Option<MimeType> {
    let mut charset: Option<String> = None;
    let mut mime_type: Option<MimeType> = None;
    for value in headers.get_decode_and_split("content-type")? {
        let Some(mut parsed) = MimeType::parse(&value) else { continue };
        if parsed.is_essence("*/*") {
            continue;
        }
        let same_essence = mime_type.as_ref().is_some_and(|previous| previous.essence() == parsed.essence());
        if !same_essence {
            charset = parsed.parameter("charset").map(str::to_owned);
        } else if let Some(charset) = &charset
            && !parsed.has_parameter("charset")
        {
            parsed.set_parameter("charset", charset);
        }
        mime_type = Some(parsed);
    }
    mime_type
}

/// What the server says a resource is.
/// <https://mimesniff.spec.whatwg.org/#supplied-mime-type-detection-algorithm>
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SuppliedType {
    /// The supplied MIME type.
    pub mime_type: Option<MimeType>,
    /// The check-for-apache-bug flag: the type is one that Apache gave to everything.
    pub check_for_apache_bug: bool,
    /// The no-sniff flag.
    pub no_sniff: bool,
}

/// Reads what the server says a resource is.
/// <https://mimesniff.spec.whatwg.org/#supplied-mime-type-detection-algorithm>
pub fn supplied_type(headers: &HeaderList) -> SuppliedType {
    let last = headers.get_all("content-type").last();
    let check_for_apache_bug = matches!(
        last,
        Some(
            "text/plain"
                | "text/plain; charset=ISO-8859-1"
                | "text/plain; charset=iso-8859-1"
                | "text/plain; charset=UTF-8"
        )
    );
    SuppliedType {
        mime_type: extract_mime_type(headers),
        check_for_apache_bug,
        no_sniff: is_nosniff(headers),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn extracted(values: &[&str]) -> Option<String> {
        extract_mime_type(&values.iter().map(|value| ("Content-Type", *value)).collect())
            .map(|mime| mime.to_string())
    }

    #[test]
    fn the_last_valid_type_wins_and_keeps_the_charset_of_its_essence() {
        assert_eq!(
            extracted(&["text/html;charset=gbk", "text/html"]).as_deref(),
            Some("text/html;charset=gbk")
        );
        assert_eq!(extracted(&["text/html;charset=gbk", "text/plain", "x"]).as_deref(), Some("text/plain"));
        assert_eq!(extracted(&["*/*"]), None);
        assert_eq!(extracted(&[]), None);
    }

    #[test]
    fn the_apache_bug_is_recognised_byte_for_byte() {
        let flag = |value: &str| {
            supplied_type(&[("content-type", value)].into_iter().collect()).check_for_apache_bug
        };
        assert!(flag("text/plain; charset=UTF-8"));
        assert!(!flag("text/plain;charset=UTF-8"));
    }
}
