//! What a response's type has to be for what it is asked for.
//! <https://fetch.spec.whatwg.org/#x-content-type-options-header>
//! <https://fetch.spec.whatwg.org/#should-response-to-request-be-blocked-due-to-mime-type?>

use crate::error::FetchErrorKind;
use crate::headers::{HeaderList, extract_mime_type, is_nosniff};
use crate::request::Destination;

/// Looks at the type that the server says, not at what the bytes are.
///
/// # Errors
/// A script is of a type that is never a script's; or the server says `nosniff`, and a script's or a style sheet's type is
/// another.
pub(crate) fn check(headers: &HeaderList, destination: Destination) -> Result<(), FetchErrorKind> {
    let supplied = extract_mime_type(headers);
    let name =
        || supplied.as_ref().map_or_else(|| "missing".to_owned(), |mime_type| mime_type.essence().to_owned());
    let blocked = |reason| Err(FetchErrorKind::Blocked { reason });
    if destination.is_script_like()
        && supplied.as_ref().is_some_and(|mime_type| {
            let essence = mime_type.essence();
            essence == "text/csv"
                || ["audio/", "image/", "video/"].iter().any(|kind| essence.starts_with(kind))
        })
    {
        return blocked(format!("a script cannot be of the type {}", name()));
    }
    if !is_nosniff(headers) {
        return Ok(());
    }
    if destination.is_script_like() && !supplied.as_ref().is_some_and(crate::MimeType::is_javascript) {
        return blocked(format!(
            "its header says X-Content-Type-Options: nosniff, and its type is {}; a script's would have to be \
             text/javascript",
            name()
        ));
    }
    if destination == Destination::Style
        && !supplied.as_ref().is_some_and(|mime_type| mime_type.is_essence("text/css"))
    {
        return blocked(format!(
            "its header says X-Content-Type-Options: nosniff, and its type is {}; a style sheet's would have to be \
             text/css",
            name()
        ));
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check_type(destination: Destination, fields: &[(&str, &str)]) -> Result<(), String> {
        check(&fields.iter().copied().collect(), destination).map_err(|kind| kind.to_string())
    }

    #[test]
    fn without_guessing_the_type_has_to_be_right() {
        let nosniff = ("X-Content-Type-Options", "NoSniff");
        for (destination, mime_type, is_right) in [
            (Destination::Style, "text/css;charset=x", true),
            (Destination::Style, "text/plain", false),
            (Destination::Script, "application/javascript", true),
            (Destination::Script, "text/ecmascript", true),
            (Destination::Script, "application/json", false),
            (Destination::Image, "text/plain", true),
        ] {
            let outcome = check_type(destination, &[nosniff, ("Content-Type", mime_type)]);
            assert_eq!(outcome.is_ok(), is_right, "{mime_type}: {outcome:?}");
        }
        assert!(check_type(Destination::Script, &[nosniff]).unwrap_err().contains("text/javascript"));
        assert!(check_type(Destination::Style, &[("Content-Type", "text/plain")]).is_ok());
    }

    #[test]
    fn pictures_are_never_scripts() {
        assert!(check_type(Destination::Script, &[("Content-Type", "image/png")]).is_err());
        assert!(check_type(Destination::Script, &[("Content-Type", "text/csv")]).is_err());
        assert!(check_type(Destination::Script, &[("Content-Type", "text/plain")]).is_ok());
    }
}
