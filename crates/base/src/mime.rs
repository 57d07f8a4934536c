//! Groups of MIME types that more than one stage asks for. Parsing MIME types is the fetch crate's.

/// Whether an essence (`type/subtype` in lower case) is `text/javascript` or one of its fifteen other names.
/// <https://mimesniff.spec.whatwg.org/#javascript-mime-type>
pub fn is_javascript_essence(essence: &str) -> bool {
    matches!(
        essence,
        "application/ecmascript"
            | "application/javascript"
            | "application/x-ecmascript"
            | "application/x-javascript"
            | "text/ecmascript"
            | "text/javascript"
            | "text/javascript1.0"
            | "text/javascript1.1"
            | "text/javascript1.2"
            | "text/javascript1.3"
            | "text/javascript1.4"
            | "text/javascript1.5"
            | "text/jscript"
            | "text/livescript"
            | "text/x-ecmascript"
            | "text/x-javascript"
    )
}
