//! What a cache mode means for the request that is sent.

use crate::request::{CacheMode, Request};

/// Settles the cache mode and adds the fields by which it tells caches on the way.
/// <https://fetch.spec.whatwg.org/#concept-http-network-or-cache-fetch>
pub(super) fn settle(request: &mut Request) {
    const CONDITIONS: [&str; 5] =
        ["If-Modified-Since", "If-None-Match", "If-Unmodified-Since", "If-Match", "If-Range"];
    if request.cache == CacheMode::Default && CONDITIONS.iter().any(|name| request.headers.contains(name)) {
        // Who asks a conditional question wants the answer to it, not what a cache makes of it.
        request.cache = CacheMode::NoStore;
    }
    match request.cache {
        CacheMode::NoCache => request.headers.set_default("Cache-Control", "max-age=0"),
        CacheMode::NoStore | CacheMode::Reload => {
            request.headers.set_default("Pragma", "no-cache");
            request.headers.set_default("Cache-Control", "no-cache");
        }
        CacheMode::Default | CacheMode::ForceCache | CacheMode::OnlyIfCached => {}
    }
}

#[cfg(test)]
mod tests {
    use url::Url;

    use super::*;

    fn settled(cache: CacheMode, fields: &[(&str, &str)]) -> (CacheMode, Vec<(String, String)>) {
        let mut request = Request::navigation(Url::parse("http://a/").unwrap()).with_cache(cache);
        request.headers = fields.iter().copied().collect();
        settle(&mut request);
        let fields = request.headers.iter().map(|(name, value)| (name.to_owned(), value.to_owned()));
        (request.cache, fields.collect())
    }

    fn fields(pairs: &[(&str, &str)]) -> Vec<(String, String)> {
        pairs.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned())).collect()
    }

    #[test]
    fn caches_on_the_way_are_told() {
        let no_cache = fields(&[("Pragma", "no-cache"), ("Cache-Control", "no-cache")]);
        assert_eq!(settled(CacheMode::Reload, &[]).1, no_cache);
        assert_eq!(settled(CacheMode::NoStore, &[]).1, no_cache);
        assert_eq!(settled(CacheMode::NoCache, &[]).1, fields(&[("Cache-Control", "max-age=0")]));
        assert_eq!(settled(CacheMode::Default, &[]).1, []);
    }

    #[test]
    fn the_callers_own_fields_stay() {
        assert_eq!(
            settled(CacheMode::NoCache, &[("cache-control", "x")]).1,
            fields(&[("cache-control", "x")])
        );
    }

    /// The standard looks at the condition first and adds the fields of `no-store` after.
    #[test]
    fn a_conditional_request_acts_as_no_store() {
        let (mode, sent) = settled(CacheMode::Default, &[("if-none-match", "\"x\"")]);
        assert_eq!(mode, CacheMode::NoStore);
        assert_eq!(sent.len(), 3);
    }
}
