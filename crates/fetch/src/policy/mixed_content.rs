//! Plain text inside of what came encrypted.
//! <https://www.w3.org/TR/mixed-content/>

use url::{Host, Url};

use super::trustworthy::is_potentially_trustworthy;
use crate::error::{FetchError, FetchErrorKind};
use crate::request::{Destination, Request};

/// Makes the request for an image, a sound or a film of an encrypted page an encrypted one.
/// <https://www.w3.org/TR/mixed-content/#upgrade-algorithm>
pub(crate) fn upgrade(request: &mut Request) {
    if is_upgradeable(request) && is_mixed(request) && !has_address(&request.url) {
        to_https(&mut request.url);
    }
}

/// Images among which is chosen are newer than the web that is to be spared.
fn is_upgradeable(request: &Request) -> bool {
    let is_medium =
        matches!(request.destination, Destination::Image | Destination::Audio | Destination::Video);
    is_medium && !request.is_from_image_set
}

/// Makes the request encrypted where its page asks for that: all but going to another host in a window.
/// <https://www.w3.org/TR/upgrade-insecure-requests/#upgrade-request>
pub(crate) fn upgrade_as_asked(request: &mut Request) {
    let Some(client) = request.client.as_ref().filter(|client| client.upgrades_insecure_requests()) else {
        return;
    };
    let goes_elsewhere =
        request.destination == Destination::Document && request.url.host_str() != client.url.host_str();
    if !goes_elsewhere && !is_potentially_trustworthy(&request.url) {
        to_https(&mut request.url);
    }
}

/// # Errors
/// The request would bring plain text into an encrypted page.
/// <https://www.w3.org/TR/mixed-content/#should-block-fetch>
pub(crate) fn check(request: &Request) -> Result<(), FetchError> {
    if !is_mixed(request) {
        return Ok(());
    }
    let what = if request.is_from_image_set {
        " (pictures of srcset and <picture> are not asked for over https: instead)"
    } else if is_upgradeable(request) {
        " (pictures, sounds and films are asked for over https: instead, but not from a bare address)"
    } else {
        ""
    };
    let reason =
        format!("mixed content: a page that came over https: may not load what comes over http:{what}");
    Err(FetchError::new(&request.url, FetchErrorKind::Blocked { reason }))
}

/// Whether a request brings plain text into an encrypted page. Going somewhere else in a window does not; this machine
/// itself is trusted.
fn is_mixed(request: &Request) -> bool {
    matches!(request.url.scheme(), "http" | "ws")
        && request.destination != Destination::Document
        && !is_potentially_trustworthy(&request.url)
        && request.client.as_ref().is_some_and(|client| client.prohibits_mixed_content())
}

/// Encrypted hosts have names.
fn has_address(url: &Url) -> bool {
    matches!(url.host(), Some(Host::Ipv4(_) | Host::Ipv6(_)))
}

/// The same address, encrypted. A port that is said stays, except plain HTTP's own.
/// <https://www.w3.org/TR/upgrade-insecure-requests/#upgrade-request>
pub(crate) fn to_https(url: &mut Url) {
    let scheme = match url.scheme() {
        "http" => "https",
        "ws" => "wss",
        _ => return,
    };
    // These schemes can replace each other.
    let _ = url.set_scheme(scheme);
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use super::*;
    use crate::request::{Client, Initiator};

    fn asked(page: &str, url: &str, destination: Destination) -> Result<String, FetchError> {
        let client = Arc::new(Client::new(Url::parse(page).unwrap()));
        let mut request =
            Request::subresource(Url::parse(url).unwrap(), destination, Initiator::navigation())
                .with_client(&client);
        upgrade(&mut request);
        check(&request).map(|()| request.url.to_string())
    }

    #[test]
    fn pictures_are_upgraded_and_the_rest_is_blocked() {
        let page = "https://a/";
        assert_eq!(asked(page, "http://b:80/x", Destination::Image).unwrap(), "https://b/x");
        assert_eq!(asked(page, "http://b:8080/x", Destination::Video).unwrap(), "https://b:8080/x");
        assert!(asked(page, "http://b/x", Destination::Style).is_err());
        assert!(asked(page, "http://b/x", Destination::Iframe).is_err());
        assert!(asked(page, "http://192.0.2.1/x", Destination::Image).is_err());
        assert_eq!(asked(page, "http://b/x", Destination::Document).unwrap(), "http://b/x");
    }

    #[test]
    fn pictures_among_which_is_chosen_are_blocked() {
        let client = Arc::new(Client::new(Url::parse("https://a/").unwrap()));
        let url = Url::parse("http://b/x").unwrap();
        let request = Request::subresource(url, Destination::Image, Initiator::navigation());
        let mut request = Request { is_from_image_set: true, ..request.with_client(&client) };
        upgrade(&mut request);
        let error = check(&request).unwrap_err().to_string();
        assert!(error.contains("srcset"), "{error}");
    }

    #[test]
    fn a_page_can_ask_for_everything_encrypted() {
        let url = |text: &str| Url::parse(text).unwrap();
        let mut client = Client::new(url("http://a/"));
        let asked = |client: &Client, target: &str, destination| {
            let request = Request::subresource(url(target), destination, Initiator::navigation());
            let mut request = request.with_client(&Arc::new(client.clone()));
            upgrade_as_asked(&mut request);
            request.url.to_string()
        };
        assert_eq!(asked(&client, "http://b/x", Destination::Style), "http://b/x");
        client.policies.add_meta_csp("upgrade-insecure-requests", &url("http://a/"), &client.origin.clone());
        assert_eq!(asked(&client, "http://b/x", Destination::Style), "https://b/x");
        assert_eq!(asked(&client, "http://b/x", Destination::Document), "http://b/x");
        assert_eq!(asked(&client, "http://a/x", Destination::Document), "https://a/x");
        let inner = client.inside(url("https://c/"));
        assert_eq!(asked(&inner, "http://b/x", Destination::Iframe), "https://b/x");
        assert_eq!(asked(&client, "http://127.0.0.1:1/", Destination::Image), "http://127.0.0.1:1/");
    }

    #[test]
    fn this_machine_and_plain_pages_are_left_alone() {
        assert!(asked("https://a/", "http://localhost:1/x", Destination::Style).is_ok());
        assert!(asked("https://a/", "data:text/css,x", Destination::Style).is_ok());
        assert!(asked("http://a/", "http://b/x", Destination::Style).is_ok());
        assert!(asked("file:///x.html", "http://b/x", Destination::Style).is_ok());
    }
}
