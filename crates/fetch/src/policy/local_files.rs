//! Pages from the network cannot read files.

use url::Url;

use crate::error::{FetchError, FetchErrorKind};
use crate::request::Origin;

/// # Errors
/// A page that is not a file itself asks for one.
pub(crate) fn check(url: &Url, origin: &Origin) -> Result<(), FetchError> {
    match origin {
        Origin::Page(_) if url.scheme() == "file" => {
            let reason = "a page that is not a file itself may not load files".to_owned();
            Err(FetchError::new(url, FetchErrorKind::Blocked { reason }))
        }
        _ => Ok(()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn files_are_for_files_and_users() {
        let file = Url::parse("file:///etc/hostname").unwrap();
        let from = |url: &str| check(&file, &Origin::of(&Url::parse(url).unwrap())).is_ok();
        assert!(check(&file, &Origin::User).is_ok());
        assert!(from("file:///home/page.html"));
        assert!(!from("https://example.com/"));
        assert!(!from("data:text/html,x"));
    }
}
