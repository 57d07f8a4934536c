//! Under which name a response is stored: that of its URL, for each site apart that is visited, as in Chromium.
//! <https://www.rfc-editor.org/rfc/rfc9111#section-2>
//! <https://fetch.spec.whatwg.org/#http-cache-partitions>

use url::Url;

use crate::request::{Mode, Origin, Request};
use crate::site::Site;

/// The partition of the cache that a request may use: the sites of the outermost document and of the one that asks, so that
/// no site can tell from what is stored which others were visited. Requests of no document are of the site that they go to.
/// <https://fetch.spec.whatwg.org/#determine-the-http-cache-partition>
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Partition(String);

impl Partition {
    /// The partition of a request to its current URL. A document is of the site that it is shown as.
    pub(crate) fn of(request: &Request) -> Self {
        let own = || words(Site::of(&request.url));
        let Some(client) = request.client.as_ref().filter(|_| !request.is_top_level_navigation()) else {
            return Partition(format!("{0} {0} ", own()));
        };
        let top = site(client.top_level_origin());
        Partition(match request.mode {
            // What frames show is apart from what pages load, which could tell whether it has been shown.
            Mode::Navigate => format!("frame {top} {} ", own()),
            _ => format!("{top} {} ", site(&client.origin)),
        })
    }

    /// The name of a URL in this partition. Its fragment does not matter.
    pub(crate) fn key(&self, url: &Url) -> String {
        let mut url = url.clone();
        url.set_fragment(None);
        format!("{}{url}", self.0)
    }
}

fn site(origin: &Origin) -> String {
    match origin {
        Origin::Page(origin) => words(Site::of_origin(origin)),
        Origin::LocalFile => "file:".to_owned(),
        Origin::User => "user".to_owned(),
    }
}

/// Documents of no site share a partition.
fn words(site: Option<Site>) -> String {
    site.map_or_else(|| "null".to_owned(), |site| site.to_string())
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use super::*;
    use crate::request::{Client, Destination, Initiator};

    fn url(text: &str) -> Url {
        Url::parse(text).unwrap()
    }

    fn key(client: &Client, target: &str, destination: Destination) -> String {
        let request = Request::subresource(url(target), destination, Initiator::navigation());
        let request = request.with_client(&Arc::new(client.clone()));
        Partition::of(&request).key(&request.url)
    }

    #[test]
    fn each_site_that_is_visited_has_its_own() {
        let target = "https://cdn.example/x.js#part";
        let one = Client::new(url("https://www.one.example/"));
        let two = Client::new(url("https://two.example/"));
        let of = |client| key(client, target, Destination::Script);
        assert_eq!(of(&one), "https://one.example https://one.example https://cdn.example/x.js");
        let shop = Client::new(url("https://shop.one.example:8443/"));
        assert_eq!(of(&one), of(&shop));
        assert_ne!(of(&one), of(&two));
        assert_ne!(of(&one), of(&two.inside(url("https://one.example/"))), "in a frame of another site");
    }

    #[test]
    fn documents_are_of_their_own_site_and_frames_apart() {
        let navigation = Request::navigation(url("https://a.one.example/"));
        let page = Partition::of(&navigation).key(&navigation.url);
        assert_eq!(page, "https://one.example https://one.example https://a.one.example/");
        let one = Client::new(url("https://one.example/"));
        assert_eq!(key(&one, "https://a.one.example/", Destination::Empty), page, "a prefetch helps");
        assert_ne!(key(&one, "https://a.one.example/", Destination::Iframe), page);
    }

    #[test]
    fn requests_of_no_document_are_as_if_the_user_went_there() {
        let mut request = Request::navigation(url("https://a/x#y"));
        request.destination = Destination::Empty;
        assert_eq!(Partition::of(&request).key(&request.url), "https://a https://a https://a/x");
    }
}
