//! On whose behalf a request is made.

use url::Url;

/// On whose behalf a request is made.
/// <https://fetch.spec.whatwg.org/#concept-request-origin>
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Origin {
    /// The user's, who may ask for anything.
    User,
    /// A page's that was opened from a file. It may load files; towards the network it is opaque.
    LocalFile,
    /// Any other page's.
    Page(url::Origin),
}

impl Origin {
    /// The origin of a page with this URL.
    /// <https://url.spec.whatwg.org/#concept-url-origin>
    pub fn of(url: &Url) -> Self {
        match url.scheme() {
            "file" => Origin::LocalFile,
            _ => Origin::Page(url.origin()),
        }
    }

    /// Whether a URL is of this origin. The user has none.
    pub fn is_same_as(&self, url: &Url) -> bool {
        match self {
            Origin::User => false,
            Origin::LocalFile => url.scheme() == "file",
            Origin::Page(origin) => *origin == url.origin(),
        }
    }

    /// As the `Origin` header has it.
    /// <https://fetch.spec.whatwg.org/#serializing-a-request-origin>
    pub fn serialize(&self) -> String {
        match self {
            Origin::User | Origin::LocalFile => "null".to_owned(),
            Origin::Page(origin) => origin.ascii_serialization(),
        }
    }
}
