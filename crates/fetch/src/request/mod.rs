//! What is asked for, by whom and why.
//! <https://fetch.spec.whatwg.org/#requests>

pub(crate) mod client;
mod destination;
mod early_hints;
mod initiator;
mod origin;
mod priority;
mod site_for_cookies;

use std::sync::Arc;

use bytes::Bytes;
use url::Url;

use crate::headers::HeaderList;
pub use crate::policy::referrer::ReferrerPolicy;
pub use client::{Ancestor, Client};
pub use destination::Destination;
pub use early_hints::EarlyHints;
pub use initiator::{Initiator, InitiatorKind};
pub use origin::Origin;
pub use priority::Priority;
pub use site_for_cookies::SiteForCookies;

/// A request: everything that caches and policies need to decide is here.
/// <https://fetch.spec.whatwg.org/#concept-request>
#[derive(Clone, Debug)]
pub struct Request {
    /// The method, in the case it is sent with: `GET`.
    pub method: String,
    /// What to fetch. Its fragment is kept for the response's URL and never sent.
    pub url: Url,
    /// Header fields of the caller's; those that every request has are added when it is sent.
    pub headers: HeaderList,
    /// The body to send.
    pub body: Option<Bytes>,
    /// How far the request may leave its origin.
    pub mode: Mode,
    /// Whether cookies and passwords go along.
    pub credentials: Credentials,
    /// How the HTTP cache is used.
    pub cache: CacheMode,
    /// What happens with a redirect.
    pub redirect: RedirectMode,
    /// What the response is for.
    pub destination: Destination,
    /// Who asked.
    pub initiator: Initiator,
    /// The origin of the page that asks. A user's own request is [`Origin::User`].
    pub origin: Origin,
    /// The site that the user is on, for cookies: the client's.
    pub site_for_cookies: SiteForCookies,
    /// The URL that the `Referer` header is made from.
    /// <https://fetch.spec.whatwg.org/#concept-request-referrer>
    pub referrer: Option<Url>,
    /// How much of the referrer is told, where what asks says so itself; else the client's policy holds.
    pub referrer_policy: Option<ReferrerPolicy>,
    /// The document on whose behalf this is asked for, with its policies. The user's own requests have none.
    pub client: Option<Arc<Client>>,
    /// The `nonce` of the element that asks. <https://fetch.spec.whatwg.org/#concept-request-nonce-metadata>
    pub nonce: String,
    /// What the bytes must be, as an `integrity` attribute has it; empty where anything goes.
    /// <https://fetch.spec.whatwg.org/#concept-request-integrity-metadata>
    pub integrity: String,
    /// Whether a parser made the element that asks.
    /// <https://fetch.spec.whatwg.org/#concept-request-parser-metadata>
    pub is_parser_inserted: bool,
    /// Whether it is one of several images among which is chosen: `srcset`, `<picture>`.
    /// <https://fetch.spec.whatwg.org/#request-initiator-type>
    pub is_from_image_set: bool,
    /// How soon it is needed.
    pub priority: Priority,
    /// Whether rendering waits for it.
    /// <https://fetch.spec.whatwg.org/#request-render-blocking>
    pub render_blocking: bool,
    /// Who is told of early hints (103).
    pub early_hints: Option<EarlyHints>,
}

impl Request {
    /// A document for a window, asked for by the user.
    /// <https://html.spec.whatwg.org/multipage/browsing-the-web.html#navigate>
    pub fn navigation(url: Url) -> Self {
        Request {
            method: "GET".to_owned(),
            url,
            headers: HeaderList::new(),
            body: None,
            mode: Mode::Navigate,
            credentials: Credentials::Include,
            cache: CacheMode::Default,
            redirect: RedirectMode::Follow,
            destination: Destination::Document,
            initiator: Initiator::navigation(),
            origin: Origin::User,
            site_for_cookies: SiteForCookies::NoClient,
            referrer: None,
            referrer_policy: None,
            client: None,
            nonce: String::new(),
            integrity: String::new(),
            is_parser_inserted: true,
            is_from_image_set: false,
            priority: Priority::for_destination(Destination::Document),
            early_hints: None,
            render_blocking: false,
        }
    }

    /// A document for a window, to which a link or a form of another document leads.
    pub fn navigation_from(url: Url, client: &Arc<Client>) -> Self {
        Request::navigation(url).with_client(client)
    }

    /// Something that a page refers to. Its origin and referrer are the initiator's source; mode and priority are what
    /// the destination has unless markup says otherwise. Where the source is a stylesheet or a script,
    /// [`Request::on_behalf_of`] names the page it belongs to.
    pub fn subresource(url: Url, destination: Destination, initiator: Initiator) -> Self {
        let mode = match destination {
            Destination::Font => Mode::Cors,
            Destination::Document | Destination::Iframe | Destination::Frame => Mode::Navigate,
            _ => Mode::NoCors,
        };
        let credentials = match mode {
            Mode::Cors => Credentials::SameOrigin,
            _ => Credentials::Include,
        };
        Request {
            mode,
            credentials,
            destination,
            origin: initiator.source.as_ref().map_or(Origin::User, Origin::of),
            site_for_cookies: initiator
                .source
                .as_ref()
                .map_or(SiteForCookies::NoClient, SiteForCookies::of_document),
            referrer: initiator.source.clone(),
            priority: Priority::for_destination(destination),
            initiator,
            ..Request::navigation(url)
        }
    }

    /// The same request for a page: the origin is the page's, the referrer stays the source that names the resource.
    #[must_use]
    pub fn on_behalf_of(mut self, page: &Url) -> Self {
        self.origin = Origin::of(page);
        self.site_for_cookies = SiteForCookies::of_document(page);
        self
    }

    /// The same request from a page in a frame, whose site for cookies is what those around it leave.
    #[must_use]
    pub fn with_site_for_cookies(mut self, site: SiteForCookies) -> Self {
        self.site_for_cookies = site;
        self
    }

    /// Whether cookies and passwords go along to the last of the URLs so far, and are taken from its answer.
    /// <https://fetch.spec.whatwg.org/#http-network-or-cache-fetch>
    pub fn includes_credentials(&self, url_list: &[Url]) -> bool {
        match self.credentials {
            Credentials::Omit => false,
            Credentials::SameOrigin => {
                self.origin == Origin::User || url_list.iter().all(|url| self.origin.is_same_as(url))
            }
            Credentials::Include => true,
        }
    }

    /// Whether the response becomes what a window shows.
    pub fn is_top_level_navigation(&self) -> bool {
        self.mode == Mode::Navigate && self.destination == Destination::Document
    }

    /// The same request for a document: origin and policies are the document's, the referrer stays the source that names
    /// the resource. A source that tells nothing itself, as `about:srcdoc`, is told as its document's address.
    #[must_use]
    pub fn with_client(mut self, client: &Arc<Client>) -> Self {
        self.origin = client.origin.clone();
        self.site_for_cookies = client.site_for_cookies.clone();
        let tells_nothing = |referrer: &Url| !matches!(referrer.scheme(), "http" | "https" | "file" | "data");
        if self.referrer.as_ref().is_none_or(tells_nothing) {
            self.referrer = Some(client.referrer.clone());
        }
        self.client = Some(Arc::clone(client));
        self
    }

    /// How much of the referrer is told: what the request says, else what its client says, else the default.
    /// <https://w3c.github.io/webappsec-referrer-policy/#set-requests-referrer-policy-on-redirect>
    pub fn effective_referrer_policy(&self) -> ReferrerPolicy {
        let client = || self.client.as_ref().map(|client| client.policies.referrer_policy);
        self.referrer_policy.or_else(client).unwrap_or_default()
    }

    /// The same request as the `crossorigin` attribute asks for it.
    /// <https://html.spec.whatwg.org/multipage/urls-and-fetching.html#create-a-potential-cors-request>
    #[must_use]
    pub fn with_cross_origin(mut self, setting: CrossOrigin) -> Self {
        (self.mode, self.credentials) = match setting {
            CrossOrigin::None => return self,
            CrossOrigin::Anonymous => (Mode::Cors, Credentials::SameOrigin),
            CrossOrigin::UseCredentials => (Mode::Cors, Credentials::Include),
        };
        self
    }

    /// The same request at another priority.
    #[must_use]
    pub fn with_priority(mut self, priority: Priority) -> Self {
        self.priority = priority;
        self
    }

    /// The same request with another cache mode.
    #[must_use]
    pub fn with_cache(mut self, cache: CacheMode) -> Self {
        self.cache = cache;
        self
    }
}

/// How far a request may leave its origin.
/// <https://fetch.spec.whatwg.org/#concept-request-mode>
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Mode {
    /// Only within the origin.
    SameOrigin,
    /// Across origins where the other side agrees.
    Cors,
    /// Across origins, the response being opaque to scripts.
    NoCors,
    /// A document for a window or a frame.
    Navigate,
}

impl Mode {
    /// The Fetch standard's word, as `Sec-Fetch-Mode` has it.
    pub const fn name(self) -> &'static str {
        match self {
            Mode::SameOrigin => "same-origin",
            Mode::Cors => "cors",
            Mode::NoCors => "no-cors",
            Mode::Navigate => "navigate",
        }
    }
}

/// What the `crossorigin` attribute says.
/// <https://html.spec.whatwg.org/multipage/urls-and-fetching.html#cors-settings-attributes>
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum CrossOrigin {
    /// There is no such attribute.
    #[default]
    None,
    /// With CORS, and with cookies and passwords within the origin alone.
    Anonymous,
    /// With CORS, and with cookies and passwords.
    UseCredentials,
}

impl CrossOrigin {
    /// The setting of an attribute's value; none where there is no attribute.
    pub fn from_attribute(value: Option<&str>) -> Self {
        match value {
            None => CrossOrigin::None,
            Some(value) if value.eq_ignore_ascii_case("use-credentials") => CrossOrigin::UseCredentials,
            Some(_) => CrossOrigin::Anonymous,
        }
    }
}

/// Whether cookies and passwords go along.
/// <https://fetch.spec.whatwg.org/#concept-request-credentials-mode>
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Credentials {
    /// Never.
    Omit,
    /// Within the origin.
    SameOrigin,
    /// Always.
    Include,
}

/// How the HTTP cache is used.
/// <https://fetch.spec.whatwg.org/#concept-request-cache-mode>
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum CacheMode {
    /// As HTTP says.
    #[default]
    Default,
    /// Neither read nor written.
    NoStore,
    /// Written, not read.
    Reload,
    /// Read after asking the server whether it still holds.
    NoCache,
    /// Read however old.
    ForceCache,
    /// Read however old; the network is not asked.
    OnlyIfCached,
}

impl CacheMode {
    /// Every cache mode.
    pub const ALL: [CacheMode; 6] = [
        CacheMode::Default,
        CacheMode::NoStore,
        CacheMode::Reload,
        CacheMode::NoCache,
        CacheMode::ForceCache,
        CacheMode::OnlyIfCached,
    ];

    /// The Fetch standard's word.
    pub const fn name(self) -> &'static str {
        match self {
            CacheMode::Default => "default",
            CacheMode::NoStore => "no-store",
            CacheMode::Reload => "reload",
            CacheMode::NoCache => "no-cache",
            CacheMode::ForceCache => "force-cache",
            CacheMode::OnlyIfCached => "only-if-cached",
        }
    }
}

/// What happens with a redirect.
/// <https://fetch.spec.whatwg.org/#concept-request-redirect-mode>
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum RedirectMode {
    /// It is followed.
    #[default]
    Follow,
    /// It is an error.
    Error,
    /// It is the response.
    Manual,
}

impl RedirectMode {
    /// Every redirect mode.
    pub const ALL: [RedirectMode; 3] = [RedirectMode::Follow, RedirectMode::Error, RedirectMode::Manual];

    /// The Fetch standard's word.
    pub const fn name(self) -> &'static str {
        match self {
            RedirectMode::Follow => "follow",
            RedirectMode::Error => "error",
            RedirectMode::Manual => "manual",
        }
    }
}
