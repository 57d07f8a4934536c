//! Which cookies are kept, and which a request takes along.
//! <https://httpwg.org/http-extensions/draft-ietf-httpbis-rfc6265bis.html#name-storage-model>

use std::collections::{BTreeMap, BTreeSet};
use std::net::Ipv4Addr;

use url::{Host, Url};

use super::cookie::{Cookie, SameSite};
use super::matching::{canonical_host, default_path, domain_matches, is_below_or_same, path_matches};
use super::same_site::SameSiteContext;
use super::set_cookie::{Lifetime, Malformed, PathAttribute, SetCookie};
use crate::limits::{MAX_COOKIE_LIFETIME, MAX_COOKIES, MAX_COOKIES_PER_DOMAIN};
use crate::policy::trustworthy::is_potentially_trustworthy;
use crate::site::{is_public_suffix, registrable_domain};

/// The cookies of one user.
#[derive(Clone, Debug, Default)]
pub struct CookieStore {
    /// By registrable domain, or by host where there is none.
    groups: BTreeMap<String, Vec<Cookie>>,
    /// What was set or removed since it was saved.
    pub(super) changes: BTreeSet<CookieKey>,
}

/// What tells one cookie from another.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct CookieKey {
    domain: String,
    host_only: bool,
    path: String,
    name: String,
}

impl CookieKey {
    pub(super) fn of(cookie: &Cookie) -> Self {
        CookieKey {
            domain: cookie.domain.clone(),
            host_only: cookie.host_only,
            path: cookie.path.clone(),
            name: cookie.name.clone(),
        }
    }
}

/// Who sets or reads cookies.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Reach {
    /// A request or its answer.
    Http,
    /// A script, by `document.cookie`: a "non-HTTP API".
    Script,
}

/// From where cookies are set or read, and when.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Access<'a> {
    /// The URL of the request, or of the document.
    pub(crate) url: &'a Url,
    pub(crate) reach: Reach,
    pub(crate) context: SameSiteContext,
    /// In ms since 1970.
    pub(crate) now: i64,
}

/// Why a cookie is not kept.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Rejection {
    /// The field has characters that no field may have.
    #[error("it has control characters")]
    ControlCharacter,
    /// There is neither a name nor a value.
    #[error("it has neither a name nor a value")]
    Empty,
    /// See [`MAX_COOKIE_BYTES`](crate::limits::MAX_COOKIE_BYTES).
    #[error("its name and value are longer than 4096 bytes")]
    TooLarge,
    /// The URL has no host.
    #[error("its server has no host name")]
    NoHost,
    /// It is for a domain that nobody can own.
    #[error("its Domain is a public suffix")]
    PublicSuffix,
    /// It is for another host.
    #[error("its Domain does not include the host that sets it")]
    OtherDomain,
    /// It is for secure connections and did not come over one.
    #[error("it is Secure and did not come over a secure connection")]
    InsecureOrigin,
    /// A script may not set what scripts may not see.
    #[error("it is HttpOnly and a script sets it")]
    HttpOnly,
    /// It would stand in front of one for secure connections.
    #[error("there is a Secure cookie of its name that it would hide")]
    HidesSecure,
    /// It is for use within a site, and comes from another.
    #[error("it is not SameSite=None and comes with something that a page of another site uses")]
    CrossSite,
    /// It is for use on every site, and on insecure connections.
    #[error("it is SameSite=None and not Secure")]
    SameSiteNoneInsecure,
    /// Its name promises what its attributes do not keep.
    #[error("its attributes are not what the prefix of its name demands")]
    Prefix,
}

impl From<Malformed> for Rejection {
    fn from(malformed: Malformed) -> Rejection {
        match malformed {
            Malformed::ControlCharacter => Rejection::ControlCharacter,
            Malformed::Empty => Rejection::Empty,
            Malformed::TooLarge => Rejection::TooLarge,
        }
    }
}

impl CookieStore {
    /// Keeps what a `Set-Cookie` field says, or a script writes into `document.cookie`.
    ///
    /// # Errors
    /// It is not kept.
    pub(crate) fn receive(&mut self, field: &str, access: Access<'_>) -> Result<(), Rejection> {
        let cookie = self.cookie(SetCookie::parse(field)?, access)?;
        self.keep(cookie, access)
    }

    fn keep(&mut self, mut cookie: Cookie, access: Access<'_>) -> Result<(), Rejection> {
        let key = CookieKey::of(&cookie);
        let group_key = group_of(&cookie.domain).to_owned();
        let group = self.groups.entry(group_key.clone()).or_default();
        if let Some(index) = group.iter().position(|old| cookie.replaces(old)) {
            if access.reach == Reach::Script && group[index].http_only {
                return Err(Rejection::HttpOnly);
            }
            cookie.created = group[index].created;
            group.remove(index);
        }
        if !cookie.is_expired(access.now) {
            group.push(cookie);
        }
        self.changes.insert(key);
        trim(group, access.now);
        if group.is_empty() {
            self.groups.remove(&group_key);
        }
        self.remove_excess(access.now);
        Ok(())
    }

    /// The cookie that a field describes.
    fn cookie(&self, set: SetCookie, access: Access<'_>) -> Result<Cookie, Rejection> {
        let Access { url, reach, context, now } = access;
        let host = canonical_host(url).ok_or(Rejection::NoHost)?;
        let (domain, host_only) = cookie_domain(set.domain.as_deref(), &host)?;
        let has_path = set.path.is_some();
        let path = match set.path {
            Some(PathAttribute::Named(path)) => path,
            Some(PathAttribute::Default) | None => default_path(url).to_owned(),
        };
        let cookie = Cookie {
            name: set.name,
            value: set.value,
            domain,
            host_only,
            path,
            expires: expiry(set.lifetime, now),
            created: now,
            last_access: now,
            secure: set.secure,
            http_only: set.http_only,
            same_site: set.same_site,
        };
        let is_secure_origin = is_potentially_trustworthy(url);
        if cookie.secure && !is_secure_origin {
            return Err(Rejection::InsecureOrigin);
        }
        if cookie.http_only && reach == Reach::Script {
            return Err(Rejection::HttpOnly);
        }
        if !cookie.secure && !is_secure_origin && self.hides_secure(&cookie) {
            return Err(Rejection::HidesSecure);
        }
        if cookie.same_site != SameSite::None && !context.lets_set() {
            return Err(Rejection::CrossSite);
        }
        if cookie.same_site == SameSite::None && !cookie.secure {
            return Err(Rejection::SameSiteNoneInsecure);
        }
        if !keeps_prefix(&cookie, has_path) {
            return Err(Rejection::Prefix);
        }
        Ok(cookie)
    }

    /// "Leave secure cookies alone": whether a secure one of this name would be hidden.
    fn hides_secure(&self, new: &Cookie) -> bool {
        self.groups.get(group_of(&new.domain)).is_some_and(|group| {
            group.iter().any(|old| {
                old.secure
                    && old.name == new.name
                    && (is_below_or_same(&old.domain, &new.domain)
                        || is_below_or_same(&new.domain, &old.domain))
                    && path_matches(&new.path, &old.path)
            })
        })
    }

    /// The value of the `Cookie` field of a request, or of `document.cookie`; none where there are no cookies.
    /// <https://httpwg.org/http-extensions/draft-ietf-httpbis-rfc6265bis.html#name-retrieval-algorithm>
    pub(crate) fn cookie_string(&mut self, access: Access<'_>) -> Option<String> {
        let Access { url, reach, context, now } = access;
        let host = canonical_host(url)?;
        let is_secure = is_potentially_trustworthy(url);
        let group = self.groups.get_mut(group_of(&host.to_string()))?;
        let mut found: Vec<&mut Cookie> = group
            .iter_mut()
            .filter(|cookie| {
                let is_for_host = if cookie.host_only {
                    host.to_string() == cookie.domain
                } else {
                    domain_matches(&host, &cookie.domain)
                };
                is_for_host
                    && path_matches(url.path(), &cookie.path)
                    && (is_secure || !cookie.secure)
                    && (reach == Reach::Http || !cookie.http_only)
                    && context.lets_send(cookie.same_site, now - cookie.created)
                    && !cookie.is_expired(now)
            })
            .collect();
        // Those of one path and moment stay in the order in which they were set.
        found.sort_by_key(|cookie| (std::cmp::Reverse(cookie.path.len()), cookie.created));
        let mut text = String::new();
        for (index, cookie) in found.into_iter().enumerate() {
            cookie.last_access = now;
            if index > 0 {
                text.push_str("; ");
            }
            if !cookie.name.is_empty() {
                text.push_str(&cookie.name);
                text.push('=');
            }
            text.push_str(&cookie.value);
        }
        (!text.is_empty()).then_some(text)
    }

    /// Every cookie, by domain.
    pub fn iter(&self) -> impl Iterator<Item = &Cookie> {
        self.groups.values().flatten()
    }

    /// How many there are, those included whose time is over and that nobody has met since.
    pub fn len(&self) -> usize {
        self.groups.values().map(Vec::len).sum()
    }

    /// Whether there are none.
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// Forgets everything.
    pub fn clear(&mut self) {
        self.changes.extend(self.groups.values().flatten().map(CookieKey::of));
        self.groups.clear();
    }

    /// Puts in what a file says, beneath what has changed here since it was read. What the file does not have any more
    /// goes, but for cookies of the session.
    pub(super) fn merge(&mut self, saved: Vec<Cookie>, now: i64) {
        let changes = &self.changes;
        for group in self.groups.values_mut() {
            group.retain(|cookie| cookie.expires.is_none() || changes.contains(&CookieKey::of(cookie)));
        }
        for cookie in saved {
            if cookie.is_expired(now)
                || cookie.expires.is_none()
                || self.changes.contains(&CookieKey::of(&cookie))
            {
                continue;
            }
            let group = self.groups.entry(group_of(&cookie.domain).to_owned()).or_default();
            if !group.iter().any(|known| cookie.replaces(known)) {
                group.push(cookie);
            }
        }
        self.groups.values_mut().for_each(|group| trim(group, now));
        self.groups.retain(|_, group| !group.is_empty());
        self.remove_excess(now);
    }

    /// "Remove excess cookies", of all domains together.
    /// <https://httpwg.org/http-extensions/draft-ietf-httpbis-rfc6265bis.html#name-storage-model>
    fn remove_excess(&mut self, now: i64) {
        if self.len() <= MAX_COOKIES {
            return;
        }
        self.groups.values_mut().for_each(|group| trim(group, now));
        self.groups.retain(|_, group| !group.is_empty());
        while self.len() > MAX_COOKIES {
            let oldest = |group: &Vec<Cookie>| group.iter().map(|cookie| cookie.last_access).min();
            let Some(group) = self.groups.values_mut().min_by_key(|group| oldest(group)) else { return };
            remove_oldest(group, |cookie| (false, cookie.last_access));
            self.groups.retain(|_, group| !group.is_empty());
        }
    }
}

/// Removes what is over, and what is too many for one domain.
fn trim(group: &mut Vec<Cookie>, now: i64) {
    group.retain(|cookie| !cookie.is_expired(now));
    while group.len() > MAX_COOKIES_PER_DOMAIN {
        remove_oldest(group, |cookie| (cookie.secure, cookie.last_access));
    }
}

fn remove_oldest(group: &mut Vec<Cookie>, age: impl Fn(&Cookie) -> (bool, i64)) {
    let oldest = group.iter().enumerate().min_by_key(|(_, cookie)| age(cookie)).map(|(index, _)| index);
    if let Some(index) = oldest {
        group.remove(index);
    }
}

/// What cookies that a host can see share.
fn group_of(domain: &str) -> &str {
    let is_address = domain.starts_with('[') || domain.parse::<Ipv4Addr>().is_ok();
    if is_address { domain } else { registrable_domain(domain).unwrap_or(domain) }
}

/// The domain of a cookie, and whether it is for that host alone.
fn cookie_domain(attribute: Option<&str>, host: &Host<&str>) -> Result<(String, bool), Rejection> {
    let host_alone = Ok((host.to_string(), true));
    let Some(domain) = attribute else { return host_alone };
    if !domain.is_ascii() {
        return Err(Rejection::OtherDomain);
    }
    match host {
        Host::Domain(name) if is_public_suffix(domain) => {
            if *name == domain {
                host_alone
            } else {
                Err(Rejection::PublicSuffix)
            }
        }
        _ if !domain_matches(host, domain) => Err(Rejection::OtherDomain),
        Host::Domain(_) => Ok((domain.to_owned(), false)),
        Host::Ipv4(_) | Host::Ipv6(_) => host_alone,
    }
}

/// When a cookie ends, in ms since 1970.
fn expiry(lifetime: Lifetime, now: i64) -> Option<i64> {
    let longest = i64::try_from(MAX_COOKIE_LIFETIME.as_millis()).unwrap_or(i64::MAX);
    let ends = match lifetime {
        Lifetime::Session => return None,
        Lifetime::Until(second) => second.saturating_mul(1000),
        Lifetime::For(seconds) if seconds <= 0 => i64::MIN,
        Lifetime::For(seconds) => now.saturating_add(seconds.saturating_mul(1000)),
    };
    Some(ends.min(now.saturating_add(longest)))
}

/// Whether a cookie is what the prefix of its name promises.
/// <https://httpwg.org/http-extensions/draft-ietf-httpbis-rfc6265bis.html#name-cookie-name-prefixes>, and for `Http`
/// <https://httpwg.org/http-extensions/draft-ietf-httpbis-layered-cookies.html>
fn keeps_prefix(cookie: &Cookie, has_path: bool) -> bool {
    let starts = |text: &str, prefix: &str| {
        text.get(..prefix.len()).is_some_and(|start| start.eq_ignore_ascii_case(prefix))
    };
    let is_of_host = cookie.secure && cookie.host_only && has_path && cookie.path == "/";
    // That a script may not set it follows from its being HttpOnly.
    let promises = [
        ("__Host-Http-", is_of_host && cookie.http_only),
        ("__Host-", is_of_host),
        ("__Http-", cookie.secure && cookie.http_only),
        ("__Secure-", cookie.secure),
    ];
    if cookie.name.is_empty() {
        // On the wire it would look like one with the prefix.
        return !promises.iter().any(|(prefix, _)| starts(&cookie.value, prefix));
    }
    promises.iter().find(|(prefix, _)| starts(&cookie.name, prefix)).is_none_or(|(_, is_kept)| *is_kept)
}

#[cfg(test)]
mod tests;
