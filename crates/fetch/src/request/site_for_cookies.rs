//! On which site the user is when a request is made: what `SameSite` cookies ask.

use url::Url;

use crate::site::Site;

/// The site whose cookies may go along with a request as its own.
/// <https://httpwg.org/http-extensions/draft-ietf-httpbis-rfc6265bis.html#name-same-site-and-cross-site-re>
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum SiteForCookies {
    /// The request has no client: the user asks.
    NoClient,
    /// The client's documents, from the one in the window down to the one that asks, are all of this site.
    Site(Site),
    /// Some of them are of different sites, or of none.
    Nothing,
}

impl SiteForCookies {
    /// What a document in a window of its own has.
    /// <https://httpwg.org/http-extensions/draft-ietf-httpbis-rfc6265bis.html#name-document-based-requests>
    pub fn of_document(url: &Url) -> Self {
        Site::of(url).map_or(SiteForCookies::Nothing, SiteForCookies::Site)
    }

    /// What a document has that is in a frame of a document with this. `about:` documents belong to who made them.
    #[must_use]
    pub fn of_document_in_frame(&self, url: &Url) -> Self {
        if url.scheme() == "about" || self.is_same_site(url) { self.clone() } else { SiteForCookies::Nothing }
    }

    /// Whether a request to a URL stays on the site.
    pub fn is_same_site(&self, url: &Url) -> bool {
        match self {
            SiteForCookies::NoClient => true,
            SiteForCookies::Site(site) => Site::of(url).as_ref() == Some(site),
            SiteForCookies::Nothing => false,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn url(text: &str) -> Url {
        Url::parse(text).unwrap()
    }

    #[test]
    fn a_frame_keeps_the_site_only_where_every_page_around_it_is_of_it() {
        let top = SiteForCookies::of_document(&url("https://www.example.com/"));
        let same = top.of_document_in_frame(&url("https://ads.example.com/"));
        assert!(same.is_same_site(&url("https://example.com/x")));
        assert!(top.of_document_in_frame(&url("about:srcdoc")).is_same_site(&url("https://example.com/")));
        let other = top.of_document_in_frame(&url("https://other.example/"));
        assert_eq!(other, SiteForCookies::Nothing);
        assert_eq!(other.of_document_in_frame(&url("https://www.example.com/")), SiteForCookies::Nothing);
    }

    #[test]
    fn files_are_of_no_site_and_users_of_all() {
        assert!(
            !SiteForCookies::of_document(&url("file:///a.html")).is_same_site(&url("https://a.example/"))
        );
        assert!(SiteForCookies::NoClient.is_same_site(&url("https://a.example/")));
    }
}
