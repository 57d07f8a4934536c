//! Which kind of document a MIME type makes.

/// The kinds of documents that there are parsers for.
/// <https://html.spec.whatwg.org/multipage/document-lifecycle.html#navigate-html>
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum DocumentKind {
    /// HTML.
    Html,
    /// XML, XHTML and SVG among it.
    Xml,
    /// Text, shown as it is.
    PlainText,
    /// An image, which gets a document around it.
    Image,
}

impl DocumentKind {
    /// The kind for a MIME type such as `text/html`; parameters after `;` are passed over. `None` for types that make no
    /// document: a page offers those for download, or says that it cannot show them.
    pub fn from_mime_type(mime_type: &str) -> Option<DocumentKind> {
        let essence = mime_type.split(';').next().unwrap_or_default().trim().to_ascii_lowercase();
        let (top, sub) = essence.split_once('/')?;
        Some(match (top, sub) {
            ("text", "html") => DocumentKind::Html,
            ("text" | "application", "xml") => DocumentKind::Xml,
            _ if sub.ends_with("+xml") => DocumentKind::Xml,
            ("image", _) => DocumentKind::Image,
            ("text", _) => DocumentKind::PlainText,
            ("application", "json" | "javascript" | "ecmascript" | "x-javascript") => DocumentKind::PlainText,
            _ if sub.ends_with("+json") => DocumentKind::PlainText,
            _ => return None,
        })
    }
}

/// The parameter `charset` of a `Content-Type` header's value.
pub fn charset_parameter(content_type: &str) -> Option<&str> {
    content_type.split(';').skip(1).find_map(|parameter| {
        let (name, value) = parameter.split_once('=')?;
        let value = value.trim();
        let value = value.strip_prefix('"').and_then(|value| value.strip_suffix('"')).unwrap_or(value);
        name.trim().eq_ignore_ascii_case("charset").then_some(value).filter(|value| !value.is_empty())
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn types_make_documents_as_in_chromium() {
        let kind = DocumentKind::from_mime_type;
        assert_eq!(kind("Text/HTML; charset=utf-8"), Some(DocumentKind::Html));
        for xml in ["application/xhtml+xml", "text/xml", "application/xml", "image/svg+xml"] {
            assert_eq!(kind(xml), Some(DocumentKind::Xml), "{xml}");
        }
        assert_eq!(kind("text/css"), Some(DocumentKind::PlainText));
        assert_eq!(kind("application/json"), Some(DocumentKind::PlainText));
        assert_eq!(kind("image/png"), Some(DocumentKind::Image));
        assert_eq!(kind("application/octet-stream"), None);
        assert_eq!(kind("nonsense"), None);
    }

    #[test]
    fn the_charset_is_found_among_the_parameters() {
        assert_eq!(charset_parameter("text/html; version=1; CHARSET=\"utf-8\""), Some("utf-8"));
        assert_eq!(charset_parameter("text/html;charset= koi8-r "), Some("koi8-r"));
        assert_eq!(charset_parameter("text/html; charset="), None);
        assert_eq!(charset_parameter("charset=utf-8"), None);
    }
}
