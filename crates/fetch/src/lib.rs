//! URL → [`Response`]: the network stage.
//!
//! A page is given a [`Fetcher`] and knows no other: [`NetworkFetcher`], or [`MemoryFetcher`] in tests. What happens to
//! a [`Request`], in order:
//!
//! 1. [`network`]: it is entered into the [`NetworkLog`] and the policies that need no answer are asked: [`policy`].
//! 2. `schemes`: `about:`, `data:` and `file:` are answered without starting any thread or runtime.
//! 3. `http`: the request's header fields are completed, the HTTP [`cache`] is asked, a connection is waited for by priority, the request is
//!    sent, redirects are followed, content codings are undone, within the [`limits`].
//! 4. [`mime_sniff`]: the MIME type is computed from what the server says and what the bytes are.
//! 5. [`exchange`]: head and body are handed to the page as they arrive.
//!
//! What is kept of the user is the [`profile`]: [`cookies`], which `http` completes requests with and takes from every answer,
//! and [`hsts`], which upgrades URLs. [`proxy`] says through which proxy a server is asked, [`policy::hosts`] whether it may
//! be asked at all, [`site`] which hosts belong together.
//!
//! Apart from this path: [`user_input`] makes a URL of what a user typed, [`batch`] answers `fetch --batch`, [`log::har`]
//! writes HAR, [`log::report`] a waterfall for people; [`record`] has fetchers that record and replay.
//!
//! Nothing here knows HTML, CSS or scripts. <https://fetch.spec.whatwg.org/>

pub mod batch;
pub mod cache;
pub mod clock;
mod connection;
pub mod cookies;
mod dns;
pub mod error;
pub mod exchange;
pub mod fetcher;
pub mod headers;
pub mod hsts;
mod http;
pub mod limits;
pub mod log;
pub mod memory;
pub mod mime_sniff;
pub mod mime_type;
pub mod network;
pub mod policy;
pub mod profile;
pub mod proxy;
pub mod record;
pub mod request;
pub mod response;
mod schemes;
pub mod site;
pub mod user_input;

pub use bytes::Bytes;
pub use cache::CacheLocation;
pub use clock::Clock;
pub use error::{FetchError, FetchErrorKind, Phase};
pub use exchange::{Arrival, BodyChunk, Fetch, Observer, Responder, Waker};
pub use fetcher::Fetcher;
pub use headers::HeaderList;
pub use limits::Limits;
pub use log::NetworkLog;
pub use memory::MemoryFetcher;
pub use mime_type::MimeType;
pub use network::{NetworkFetcher, NetworkFetcherBuilder};
pub use policy::container::PolicyContainer;
pub use policy::hosts::{HostPattern, HostPolicy};
pub use profile::Profile;
pub use proxy::{ProxyChoice, ProxyServer};
pub use record::{Recording, RecordingError, RecordingFetcher, ReplayFetcher};
pub use request::{
    CacheMode, Client, Credentials, CrossOrigin, Destination, EarlyHints, Initiator, InitiatorKind, Mode,
    Origin, Priority, RedirectMode, ReferrerPolicy, Request, SiteForCookies,
};
pub use response::{Protocol, Response, ResponseHead, Sizes, Tainting, Timing};
pub use site::Site;
pub use url::Url;
pub use user_input::{UserInput, url_from_user_input};
