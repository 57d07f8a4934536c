//! The header fields that a request is sent with beside the caller's own: the standard's, with Chromium's values.
//! <https://fetch.spec.whatwg.org/#http-network-or-cache-fetch>

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use percent_encoding::percent_decode_str;
use url::Url;

use crate::headers::HeaderList;
use crate::policy::referrer::referrer_for;
use crate::policy::trustworthy::is_potentially_trustworthy;
use crate::profile::Profile;
use crate::request::{Destination, InitiatorKind, Mode, Origin, Request};
use crate::site::is_same_site;

/// Who we say we are.
pub(crate) const USER_AGENT: &str = "Mozilla/5.0 (X11; Linux x86_64) Fanlight/0.1";

/// The caller's fields and those that every request has. `url_list` are the URLs so far, the current one last; the
/// profile gives the cookies.
///
/// `Host`, `Connection` and `Content-Length` belong to the transport.
pub(super) fn complete(request: &Request, url_list: &[Url], profile: &Profile) -> HeaderList {
    let mut headers = request.headers.clone();
    let trustworthy = is_potentially_trustworthy(&request.url);
    if request.mode == Mode::Navigate {
        headers.set_default("Upgrade-Insecure-Requests", "1");
    }
    headers.set_default("User-Agent", USER_AGENT);
    headers.set_default("Accept", accept(request.destination));
    if trustworthy {
        add_fetch_metadata(&mut headers, request, url_list);
    }
    if let Some(referrer) = &request.referrer
        && let Some(value) = referrer_for(referrer, &request.url, request.effective_referrer_policy())
    {
        headers.set_default("Referer", value);
    }
    if let Some(origin) = origin(request) {
        headers.set_default("Origin", origin);
    }
    if request.includes_credentials(url_list)
        && !headers.contains("Cookie")
        && let Some(cookies) = profile.cookie_field(request, url_list)
    {
        headers.append("Cookie", cookies);
    }
    if let Some(authorization) = authorization(request, url_list) {
        headers.set_default("Authorization", authorization);
    }
    // A part of something coded could not be decoded.
    if headers.contains("range") {
        headers.set_default("Accept-Encoding", "identity");
    }
    // Middleboxes of the plain web break what they do not know.
    let codings = if trustworthy { "gzip, deflate, br, zstd" } else { "gzip, deflate" };
    headers.set_default("Accept-Encoding", codings);
    headers.set_default("Accept-Language", "en-US,en;q=0.9");
    headers
}

/// As Chromium sends it, without the image formats that cannot be decoded here.
const fn accept(destination: Destination) -> &'static str {
    match destination {
        Destination::Document
        | Destination::Iframe
        | Destination::Frame
        | Destination::Embed
        | Destination::Object => "text/html,application/xhtml+xml,application/xml;q=0.9,image/webp,*/*;q=0.8",
        Destination::Image => "image/webp,image/svg+xml,image/*,*/*;q=0.8",
        Destination::Style => "text/css,*/*;q=0.1",
        Destination::Json => "application/json,*/*;q=0.5",
        _ => "*/*",
    }
}

/// <https://w3c.github.io/webappsec-fetch-metadata/#fetch-metadata-integration>
fn add_fetch_metadata(headers: &mut HeaderList, request: &Request, url_list: &[Url]) {
    headers.set_default("Sec-Fetch-Site", site(&request.origin, url_list));
    headers.set_default("Sec-Fetch-Mode", request.mode.name());
    if request.mode == Mode::Navigate && request.initiator.kind == InitiatorKind::Navigation {
        headers.set_default("Sec-Fetch-User", "?1");
    }
    let destination = match request.destination {
        Destination::Empty => "empty",
        other => other.name(),
    };
    headers.set_default("Sec-Fetch-Dest", destination);
}

/// How far from the page any URL on the way is.
/// <https://w3c.github.io/webappsec-fetch-metadata/#abstract-opdef-set-site>
fn site(origin: &Origin, url_list: &[Url]) -> &'static str {
    if *origin == Origin::User {
        return "none";
    }
    if url_list.iter().all(|url| origin.is_same_as(url)) {
        return "same-origin";
    }
    if url_list.iter().all(|url| is_same_site(origin, url)) { "same-site" } else { "cross-site" }
}

/// <https://fetch.spec.whatwg.org/#append-a-request-origin-header>
fn origin(request: &Request) -> Option<String> {
    let is_safe = matches!(request.method.as_str(), "GET" | "HEAD");
    let is_cors = request.mode == Mode::Cors && !request.origin.is_same_as(&request.url);
    let has_origin = request.origin != Origin::User;
    (has_origin && (is_cors || !is_safe)).then(|| request.origin.serialize())
}

/// The user name and password of the URL.
/// <https://www.rfc-editor.org/rfc/rfc7617#section-2>
fn authorization(request: &Request, url_list: &[Url]) -> Option<String> {
    let url = &request.url;
    let is_empty = url.username().is_empty() && url.password().is_none();
    if is_empty || !request.includes_credentials(url_list) {
        return None;
    }
    Some(basic_credentials(url))
}

/// User name and password of a URL as a server or a proxy is told them.
/// <https://www.rfc-editor.org/rfc/rfc7617#section-2>
pub(crate) fn basic_credentials(url: &Url) -> String {
    let mut pair: Vec<u8> = percent_decode_str(url.username()).collect();
    pair.push(b':');
    pair.extend(percent_decode_str(url.password().unwrap_or("")));
    format!("Basic {}", STANDARD.encode(pair))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::request::{Client, Credentials, Initiator};

    fn url(text: &str) -> Url {
        Url::parse(text).unwrap()
    }

    fn sent(request: &Request) -> HeaderList {
        complete(request, std::slice::from_ref(&request.url), &Profile::in_memory())
    }

    fn from_page(page: &str, target: &str, destination: Destination) -> Request {
        Request::subresource(url(target), destination, Initiator::new(InitiatorKind::Parser, url(page)))
    }

    #[test]
    fn a_navigation_says_what_a_browser_says() {
        let headers = sent(&Request::navigation(url("https://a/")));
        assert_eq!(headers.get("user-agent").as_deref(), Some(USER_AGENT));
        assert!(headers.get("accept").unwrap().starts_with("text/html,"));
        assert_eq!(headers.get("sec-fetch-site").as_deref(), Some("none"));
        assert_eq!(headers.get("sec-fetch-user").as_deref(), Some("?1"));
        assert_eq!(headers.get("accept-encoding").as_deref(), Some("gzip, deflate, br, zstd"));
        assert_eq!(headers.get("origin"), None);
    }

    #[test]
    fn a_link_says_where_it_stands() {
        let client = std::sync::Arc::new(Client::new(url("https://a/p?q")));
        let headers = sent(&Request::navigation_from(url("https://b/"), &client));
        assert_eq!(headers.get("referer").as_deref(), Some("https://a/"));
        assert_eq!(headers.get("sec-fetch-site").as_deref(), Some("cross-site"));
        assert_eq!(headers.get("sec-fetch-user").as_deref(), Some("?1"));
    }

    #[test]
    fn the_plain_web_is_told_less() {
        let headers = sent(&Request::navigation(url("http://a/")));
        assert_eq!(headers.get("sec-fetch-site"), None);
        assert_eq!(headers.get("accept-encoding").as_deref(), Some("gzip, deflate"));
    }

    #[test]
    fn subresources_say_where_they_come_from() {
        let font = sent(&from_page("https://a/p?q", "https://b/f", Destination::Font));
        assert_eq!(font.get("origin").as_deref(), Some("https://a"));
        assert_eq!(font.get("referer").as_deref(), Some("https://a/"));
        assert_eq!(font.get("sec-fetch-site").as_deref(), Some("cross-site"));
        assert_eq!(font.get("sec-fetch-dest").as_deref(), Some("font"));
        let style = sent(&from_page("https://a/p?q", "https://a/s", Destination::Style));
        assert_eq!(style.get("referer").as_deref(), Some("https://a/p?q"));
        assert_eq!(style.get("sec-fetch-site").as_deref(), Some("same-origin"));
        assert_eq!(style.get("accept").as_deref(), Some("text/css,*/*;q=0.1"));
        let port = sent(&from_page("https://a/", "https://a:8443/s", Destination::Style));
        assert_eq!(port.get("sec-fetch-site").as_deref(), Some("same-site"));
        let below = sent(&from_page("https://a.example/", "https://cdn.a.example/s", Destination::Style));
        assert_eq!(below.get("sec-fetch-site").as_deref(), Some("same-site"));
        let neighbour = sent(&from_page("https://a.github.io/", "https://b.github.io/s", Destination::Style));
        assert_eq!(neighbour.get("sec-fetch-site").as_deref(), Some("cross-site"));
    }

    #[test]
    fn what_a_stylesheet_asks_for_is_asked_for_by_its_page() {
        let request = from_page("https://cdn/a.css", "https://cdn/f", Destination::Font)
            .on_behalf_of(&url("https://a/p"));
        let font = sent(&request);
        assert_eq!(font.get("origin").as_deref(), Some("https://a"));
        assert_eq!(font.get("referer").as_deref(), Some("https://cdn/a.css"));
        assert_eq!(font.get("sec-fetch-site").as_deref(), Some("cross-site"));
    }

    #[test]
    fn a_detour_over_another_site_is_remembered() {
        let request = from_page("https://a/", "https://a/x", Destination::Image);
        let headers = complete(
            &request,
            &[url("https://a/y"), url("https://b/"), url("https://a/x")],
            &Profile::in_memory(),
        );
        assert_eq!(headers.get("sec-fetch-site").as_deref(), Some("cross-site"));
    }

    #[test]
    fn a_password_in_the_url_is_told_where_credentials_may_be() {
        let mut request = Request::navigation(url("http://us%40er:p@a/"));
        assert_eq!(sent(&request).get("authorization").as_deref(), Some("Basic dXNAZXI6cA=="));
        request.credentials = Credentials::Omit;
        assert_eq!(sent(&request).get("authorization"), None);
    }
}
