//! The CORS protocol: what of other origins a page may read.
//! <https://fetch.spec.whatwg.org/#http-cors-protocol>
//!
//! - [`tainting`]: whether a request crosses origins, and how much of its response the page then sees.
//! - [`preflight`]: the question that goes before a request that not every form could have made ([`safelist`]), whose
//!   answer is kept in a [`preflight_cache`].
//! - [`check`]: whether the response is for the page's origin.
//! - [`visible_headers`]: which header fields of it scripts see.

mod check;
mod exposed;
pub(crate) mod preflight;
pub(crate) mod preflight_cache;
pub mod safelist;

use crate::error::FetchErrorKind;
use crate::request::{Mode, Origin, Request};
use crate::response::Tainting;

pub(crate) use check::check;
pub use exposed::visible_headers;

/// How much of the response to a request the page sees. `so_far` is what the redirects that led here left of it.
/// <https://fetch.spec.whatwg.org/#main-fetch>, step 12
///
/// # Errors
/// The request leaves its origin and may not, or leads to where there is no CORS.
pub(crate) fn tainting(request: &Request, so_far: Tainting) -> Result<Tainting, FetchErrorKind> {
    let url = &request.url;
    let is_own = request.origin.is_same_as(url) && so_far == Tainting::Basic;
    match request.mode {
        _ if request.origin == Origin::User || is_own || url.scheme() == "data" => Ok(so_far),
        Mode::Navigate => Ok(Tainting::Basic),
        Mode::SameOrigin => {
            let own = request.origin.serialize();
            let reason = format!("the request may not leave its origin, {own}");
            Err(FetchErrorKind::Blocked { reason })
        }
        Mode::NoCors => Ok(Tainting::Opaque),
        Mode::Cors if matches!(url.scheme(), "http" | "https") => Ok(Tainting::Cors),
        Mode::Cors => {
            let scheme = url.scheme();
            let reason =
                format!("a page may read what other origins send over http: and https: alone, not {scheme}:");
            Err(FetchErrorKind::Blocked { reason })
        }
    }
}

#[cfg(test)]
mod tests {
    use url::Url;

    use super::*;
    use crate::request::{Destination, Initiator, InitiatorKind};

    fn tainted(page: &str, target: &str, mode: Mode, so_far: Tainting) -> Option<Tainting> {
        let url = |text: &str| Url::parse(text).unwrap();
        let initiator = Initiator::new(InitiatorKind::Script, url(page));
        let request = Request { mode, ..Request::subresource(url(target), Destination::Empty, initiator) };
        tainting(&request, so_far).ok()
    }

    #[test]
    fn what_leaves_the_origin_is_seen_in_part_or_not_at_all() {
        let basic = |target, mode| tainted("https://a/", target, mode, Tainting::Basic);
        assert_eq!(basic("https://a/x", Mode::Cors), Some(Tainting::Basic));
        assert_eq!(basic("https://b/x", Mode::Cors), Some(Tainting::Cors));
        assert_eq!(basic("https://b/x", Mode::NoCors), Some(Tainting::Opaque));
        assert_eq!(basic("https://b/x", Mode::SameOrigin), None);
        assert_eq!(basic("data:,x", Mode::Cors), Some(Tainting::Basic));
        assert_eq!(basic("about:blank", Mode::Cors), None);
        assert_eq!(tainted("file:///a", "file:///b", Mode::Cors, Tainting::Basic), Some(Tainting::Basic));
    }

    #[test]
    fn coming_home_over_another_origin_does_not_undo_it() {
        let back = tainted("https://a/", "https://a/x", Mode::Cors, Tainting::Cors);
        assert_eq!(back, Some(Tainting::Cors));
    }

    #[test]
    fn users_are_no_page() {
        let request = Request { mode: Mode::Cors, ..Request::navigation(Url::parse("https://a/").unwrap()) };
        assert_eq!(tainting(&request, Tainting::Basic), Ok(Tainting::Basic));
    }
}
