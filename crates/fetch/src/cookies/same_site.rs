//! How a request stands to the site that the user is on.
//! <https://httpwg.org/http-extensions/draft-ietf-httpbis-rfc6265bis.html#name-same-site-and-cross-site-re>

use url::Url;

use super::cookie::SameSite;
use crate::limits::LAX_ALLOWING_UNSAFE;
use crate::request::Request;
use crate::site::Site;

/// How a request stands to the site that the user is on.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum SameSiteContext {
    /// It stays on the site.
    SameSite,
    /// The user goes to another site, by a method that changes nothing there.
    TopLevelSafe,
    /// The user goes to another site, by a form that is sent.
    TopLevelUnsafe,
    /// A page uses something of another site.
    CrossSite,
}

impl SameSiteContext {
    /// How a request stands whose URLs so far are `url_list`, the current one last. A detour over another site makes it
    /// one from there.
    pub(crate) fn of(request: &Request, url_list: &[Url]) -> Self {
        let site = Site::of(&request.url);
        let is_straight = url_list.iter().all(|url| Site::of(url) == site);
        if is_straight && request.site_for_cookies.is_same_site(&request.url) {
            SameSiteContext::SameSite
        } else if !request.is_top_level_navigation() {
            SameSiteContext::CrossSite
        } else if is_safe(&request.method) {
            SameSiteContext::TopLevelSafe
        } else {
            SameSiteContext::TopLevelUnsafe
        }
    }

    /// Whether a cookie goes along. `age` is how long ago it was set, in ms.
    pub(super) fn lets_send(self, same_site: SameSite, age: i64) -> bool {
        match (self, same_site) {
            (SameSiteContext::SameSite, _) | (_, SameSite::None) => true,
            (SameSiteContext::TopLevelSafe, SameSite::Lax | SameSite::Default) => true,
            // Signing in somewhere else and being sent back with a form is common.
            // <https://httpwg.org/http-extensions/draft-ietf-httpbis-rfc6265bis.html#name-lax-allowing-unsafe-enforce>
            (SameSiteContext::TopLevelUnsafe, SameSite::Default) => {
                age <= i64::try_from(LAX_ALLOWING_UNSAFE.as_millis()).unwrap_or(i64::MAX)
            }
            _ => false,
        }
    }

    /// Whether an answer may set a cookie that is not `SameSite=None`.
    pub(super) fn lets_set(self) -> bool {
        self != SameSiteContext::CrossSite
    }
}

/// <https://www.rfc-editor.org/rfc/rfc9110#section-9.2.1>
fn is_safe(method: &str) -> bool {
    matches!(method, "GET" | "HEAD" | "OPTIONS" | "TRACE")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::request::{Destination, Initiator, InitiatorKind, SiteForCookies};

    fn url(text: &str) -> Url {
        Url::parse(text).unwrap()
    }

    fn context(request: &Request) -> SameSiteContext {
        SameSiteContext::of(request, std::slice::from_ref(&request.url))
    }

    fn from(page: &str, target: &str, destination: Destination) -> Request {
        Request::subresource(url(target), destination, Initiator::new(InitiatorKind::Parser, url(page)))
    }

    #[test]
    fn subresources_are_same_site_within_the_registrable_domain_and_scheme() {
        let image = |target| context(&from("https://www.a.example/", target, Destination::Image));
        assert_eq!(image("https://cdn.a.example/x"), SameSiteContext::SameSite);
        assert_eq!(image("https://b.example/x"), SameSiteContext::CrossSite);
        assert_eq!(image("http://www.a.example/x"), SameSiteContext::CrossSite);
    }

    #[test]
    fn going_to_another_site_is_not_using_it() {
        let mut request = Request::navigation(url("https://b.example/"));
        assert_eq!(context(&request), SameSiteContext::SameSite, "the user asks");
        request.site_for_cookies = SiteForCookies::of_document(&url("https://a.example/"));
        assert_eq!(context(&request), SameSiteContext::TopLevelSafe);
        request.method = "POST".to_owned();
        assert_eq!(context(&request), SameSiteContext::TopLevelUnsafe);
        request.destination = Destination::Iframe;
        assert_eq!(context(&request), SameSiteContext::CrossSite);
    }

    #[test]
    fn a_detour_over_another_site_counts() {
        let request = Request::navigation(url("https://a.example/back"));
        let detour = [url("https://a.example/"), url("https://b.example/"), request.url.clone()];
        assert_eq!(SameSiteContext::of(&request, &detour), SameSiteContext::TopLevelSafe);
        let straight = [url("https://www.a.example/"), request.url.clone()];
        assert_eq!(SameSiteContext::of(&request, &straight), SameSiteContext::SameSite);
    }

    #[test]
    fn each_enforcement_lets_along_what_it_says() {
        use SameSiteContext as Context;
        let old = 121_000;
        for (context, strict, lax, default, none) in [
            (Context::SameSite, true, true, true, true),
            (Context::TopLevelSafe, false, true, true, true),
            (Context::TopLevelUnsafe, false, false, false, true),
            (Context::CrossSite, false, false, false, true),
        ] {
            let sent = [SameSite::Strict, SameSite::Lax, SameSite::Default, SameSite::None]
                .map(|same_site| context.lets_send(same_site, old));
            assert_eq!(sent, [strict, lax, default, none], "{context:?}");
        }
        assert!(Context::TopLevelUnsafe.lets_send(SameSite::Default, 119_000));
        assert!(!Context::TopLevelUnsafe.lets_send(SameSite::Lax, 119_000));
    }
}
