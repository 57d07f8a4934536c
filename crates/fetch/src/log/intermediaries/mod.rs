//! What those on the way say about an answer: caches, proxies, CDNs, and the server about its own time.

mod alt_svc;
mod cache_status;
mod server_timing;
mod via;

pub use alt_svc::{AltSvc, Alternative};
pub use cache_status::CacheStatus;
pub use server_timing::ServerTiming;
pub use via::Via;

use crate::headers::HeaderList;

/// What the header fields of a response tell of those on the way. What cannot be understood is left out.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Intermediaries {
    /// How long ago the origin made or confirmed the response, in s.
    /// <https://www.rfc-editor.org/rfc/rfc9111#section-5.1>
    pub age: Option<u64>,
    /// The proxies that it came through, the one nearest to the origin first.
    pub via: Vec<Via>,
    /// What each cache on the way did, the one nearest to the origin first.
    pub cache_status: Vec<CacheStatus>,
    /// What caches say in the field that came before `Cache-Status`: `HIT`, `Miss from cloudfront`.
    pub x_cache: Vec<String>,
    /// How the server spent its time.
    pub server_timing: Vec<ServerTiming>,
    /// Where else the same origin is to be had.
    pub alt_svc: Option<AltSvc>,
}

impl Intermediaries {
    /// Reads them out of a response's header fields.
    pub fn of(headers: &HeaderList) -> Self {
        Intermediaries {
            age: age(headers),
            via: via::via(headers),
            cache_status: cache_status::cache_status(headers),
            x_cache: x_cache(headers),
            server_timing: server_timing::server_timing(headers),
            alt_svc: alt_svc::alt_svc(headers),
        }
    }

    /// Whether nothing is said.
    pub fn is_silent(&self) -> bool {
        *self == Intermediaries::default()
    }
}

/// Where there are several ages the first counts.
fn age(headers: &HeaderList) -> Option<u64> {
    let values = headers.get_decode_and_split("age")?;
    let first = values.first()?;
    let is_number = !first.is_empty() && first.bytes().all(|byte| byte.is_ascii_digit());
    // An age that is too great to count is a very great one.
    is_number.then(|| first.parse().unwrap_or(u64::MAX))
}

fn x_cache(headers: &HeaderList) -> Vec<String> {
    let values = headers.get_decode_and_split("x-cache").unwrap_or_default();
    values.into_iter().filter(|value| !value.is_empty()).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ages_and_old_fields_are_read_and_nonsense_is_left_out() {
        let of = |name: &str, value: &str| Intermediaries::of(&HeaderList::from_iter([(name, value)]));
        assert_eq!(of("Age", "30, 40").age, Some(30));
        assert_eq!(of("Age", "99999999999999999999999").age, Some(u64::MAX));
        for wrong in ["-1", "", "1.5", "soon"] {
            assert!(of("Age", wrong).is_silent(), "{wrong}");
        }
        assert_eq!(of("X-Cache", "HIT, Miss from cloudfront,").x_cache, ["HIT", "Miss from cloudfront"]);
    }
}
