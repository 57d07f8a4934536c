//! Cookies.
//! <https://httpwg.org/http-extensions/draft-ietf-httpbis-rfc6265bis.html> (RFC 6265bis)
//!
//! 1. [`set_cookie`]: a `Set-Cookie` field into a name, a value and attributes; [`date`]: what `Expires` says.
//! 2. [`store`]: which cookies are kept, what they replace, which go when there are too many, and which a request takes
//!    along; [`matching`]: to which hosts and paths a cookie belongs.
//! 3. [`same_site`]: how a request stands to the site that the user is on, which `SameSite` asks.
//! 4. [`file`](mod@file): the form in which a [`Profile`](crate::Profile) keeps them.
//!
//! All of it is values and functions: when it is, is handed in, in ms since 1970.

mod cookie;
mod date;
mod file;
mod matching;
mod same_site;
mod set_cookie;
mod store;

pub use cookie::{Cookie, SameSite};
pub(crate) use same_site::SameSiteContext;
pub(crate) use store::{Access, Reach};
pub use store::{CookieStore, Rejection};
