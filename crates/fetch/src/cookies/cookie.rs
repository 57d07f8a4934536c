//! One cookie.

use serde::{Deserialize, Serialize};

/// A cookie as it is stored. Texts are bytes isomorphic-decoded, as in header fields.
/// <https://httpwg.org/http-extensions/draft-ietf-httpbis-rfc6265bis.html#name-storage-model>
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Cookie {
    /// The name; may be empty.
    pub name: String,
    /// The value; may be empty.
    pub value: String,
    /// The host, or with `host_only` off the domain that all hosts below belong to.
    pub domain: String,
    /// Whether it is for that host alone.
    pub host_only: bool,
    /// The path that it is for, and all below.
    pub path: String,
    /// When it ends, in ms since 1970; none for a cookie of the session.
    pub expires: Option<i64>,
    /// When it was first set, in ms since 1970.
    pub created: i64,
    /// When it was last sent or read, in ms since 1970.
    pub last_access: i64,
    /// Whether it is for secure connections alone.
    pub secure: bool,
    /// Whether scripts may not see it.
    pub http_only: bool,
    /// Whether it goes along from other sites.
    pub same_site: SameSite,
}

impl Cookie {
    /// Whether it is over.
    pub fn is_expired(&self, now: i64) -> bool {
        self.expires.is_some_and(|expires| expires <= now)
    }

    /// Whether the other one is the same cookie with another value.
    pub(super) fn replaces(&self, other: &Cookie) -> bool {
        self.name == other.name
            && self.domain == other.domain
            && self.host_only == other.host_only
            && self.path == other.path
    }
}

/// Whether a cookie goes along from other sites.
/// <https://httpwg.org/http-extensions/draft-ietf-httpbis-rfc6265bis.html#name-the-samesite-attribute-2>
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum SameSite {
    /// Only within the site.
    Strict,
    /// Within the site, and when the user goes there from another one.
    Lax,
    /// Always.
    None,
    /// The server does not say: as `Lax`, and for two minutes also with forms that are sent from another site.
    #[default]
    Default,
}
