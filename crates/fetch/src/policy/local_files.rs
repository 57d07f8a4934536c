//! Pages from the network cannot read files.

use crate::error::{FetchError, FetchErrorKind};
use crate::request::{Origin, Request};

/// A page from a file may load files, also where a sandbox has taken its origin, and all that the network gives to any page.
///
/// # Errors
/// A page that is not a file itself asks for one.
pub(crate) fn check(request: &Request) -> Result<(), FetchError> {
    let is_of_file = request.client.as_ref().is_some_and(|client| client.loads_files);
    match request.origin {
        Origin::Page(_) if request.url.scheme() == "file" && !is_of_file => {
            let reason = "a page that is not a file itself may not load files".to_owned();
            Err(FetchError::new(&request.url, FetchErrorKind::Blocked { reason }))
        }
        _ => Ok(()),
    }
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use url::Url;

    use super::*;
    use crate::request::{Client, Destination, Initiator};

    #[test]
    fn files_are_for_files_and_users() {
        let url = |text: &str| Url::parse(text).unwrap();
        let file = Request::navigation(url("file:///etc/hostname"));
        assert!(check(&file).is_ok());
        let from = |client: Client| {
            let request = Request { destination: Destination::Image, ..file.clone() };
            check(&request.with_client(&Arc::new(client))).is_ok()
        };
        assert!(from(Client::new(url("file:///home/page.html"))));
        assert!(!from(Client::new(url("https://example.com/"))));
        assert!(!from(Client::new(url("data:text/html,x"))));
        let inside = |address: &str| Client::new(url("file:///home/page.html")).inside(url(address));
        assert!(from(inside("about:srcdoc")));
        assert!(!from(inside("data:text/html,x")));
        let by_name = Request::subresource(file.url.clone(), Destination::Image, Initiator::navigation());
        assert!(check(&by_name.on_behalf_of(&url("https://example.com/"))).is_err());
    }
}
