//! Hosts that are for `https:` alone.
//! <https://www.rfc-editor.org/rfc/rfc6797>

use std::collections::{BTreeMap, BTreeSet};

use serde::{Deserialize, Serialize};
use url::{Host, Url};

use crate::headers::split::collect_quoted_string;
use crate::headers::token::is_token;
use crate::headers::{HeaderList, token::is_tab_or_space};
use crate::limits::{MAX_HSTS_HOSTS, MAX_HSTS_LIFETIME};
use crate::profile::kept::{Kept, entries_of, file_text};

/// The hosts that said so.
#[derive(Clone, Debug, Default)]
pub struct HstsStore {
    hosts: BTreeMap<String, HstsHost>,
    changes: BTreeSet<String>,
}

/// A host that is for `https:` alone.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct HstsHost {
    /// Its name, in lower case and Punycode, without a dot at its end.
    pub host: String,
    /// Whether all hosts below it are, too.
    pub include_subdomains: bool,
    /// Until when, in ms since 1970.
    pub expires: i64,
}

/// What a `Strict-Transport-Security` field says.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Policy {
    /// In s.
    max_age: u64,
    include_subdomains: bool,
}

impl HstsStore {
    /// Reads what an answer says; one that came without encryption says nothing. Only the first field counts.
    /// <https://www.rfc-editor.org/rfc/rfc6797#section-8.1>
    pub(crate) fn receive(&mut self, url: &Url, headers: &HeaderList, now: i64) {
        let Some(host) = known_name(url).filter(|_| url.scheme() == "https") else { return };
        let Some(policy) = headers.get_all("strict-transport-security").next().and_then(parse) else {
            return;
        };
        if policy.max_age == 0 {
            if self.hosts.remove(host).is_some() {
                self.changes.insert(host.to_owned());
            }
            return;
        }
        let longest = u64::try_from(MAX_HSTS_LIFETIME.as_millis()).unwrap_or(u64::MAX);
        let lifetime = policy.max_age.saturating_mul(1000).min(longest);
        let entry = HstsHost {
            host: host.to_owned(),
            include_subdomains: policy.include_subdomains,
            expires: now.saturating_add(i64::try_from(lifetime).unwrap_or(i64::MAX)),
        };
        self.hosts.insert(host.to_owned(), entry);
        self.changes.insert(host.to_owned());
        self.remove_excess(now);
    }

    /// The `https:` URL that is asked instead of an `http:` one; none where the host is not known for it.
    /// <https://www.rfc-editor.org/rfc/rfc6797#section-8.3>
    pub(crate) fn upgraded(&self, url: &Url, now: i64) -> Option<Url> {
        if self.hosts.is_empty() || url.scheme() != "http" || !self.is_known(known_name(url)?, now) {
            return None;
        }
        let mut upgraded = url.clone();
        // The standard port changes with the scheme, any other stays.
        upgraded.set_scheme("https").ok()?;
        Some(upgraded)
    }

    /// <https://www.rfc-editor.org/rfc/rfc6797#section-8.2>
    fn is_known(&self, name: &str, now: i64) -> bool {
        let above = std::iter::successors(Some(name), |name| name.split_once('.').map(|(_, above)| above));
        above
            .filter_map(|above| self.hosts.get(above))
            .any(|known| known.expires > now && (known.include_subdomains || known.host == name))
    }

    /// The hosts, by name.
    pub fn iter(&self) -> impl Iterator<Item = &HstsHost> {
        self.hosts.values()
    }

    /// Forgets everything.
    pub fn clear(&mut self) {
        self.changes.extend(std::mem::take(&mut self.hosts).into_keys());
    }

    fn remove_excess(&mut self, now: i64) {
        if self.hosts.len() <= MAX_HSTS_HOSTS {
            return;
        }
        self.hosts.retain(|_, known| known.expires > now);
        while self.hosts.len() > MAX_HSTS_HOSTS {
            let soonest =
                self.hosts.values().min_by_key(|known| known.expires).map(|known| known.host.clone());
            let Some(host) = soonest else { return };
            self.hosts.remove(&host);
        }
    }
}

/// The name of a URL's host; none for addresses, and for this machine, where one server must not bind all others.
fn known_name(url: &Url) -> Option<&str> {
    let Some(Host::Domain(domain)) = url.host() else { return None };
    let name = domain.strip_suffix('.').unwrap_or(domain);
    (name != "localhost" && !name.ends_with(".localhost")).then_some(name)
}

/// Reads the field's value; none where it is not well formed, for then it says nothing at all.
/// <https://www.rfc-editor.org/rfc/rfc6797#section-6.1>
fn parse(value: &str) -> Option<Policy> {
    let (mut max_age, mut include_subdomains) = (None, false);
    let mut seen: Vec<String> = Vec::new();
    let mut rest = value;
    loop {
        rest = rest.trim_start_matches(is_tab_or_space);
        let end = rest.find([';', '=']).unwrap_or(rest.len());
        let name = rest[..end].trim_end_matches(is_tab_or_space).to_ascii_lowercase();
        rest = &rest[end..];
        let mut argument = None;
        if let Some(after) = rest.strip_prefix('=') {
            let after = after.trim_start_matches(is_tab_or_space);
            let (text, after) = if after.starts_with('"') {
                collect_quoted_string(after, false)
            } else {
                let end = after.find(';').unwrap_or(after.len());
                (after[..end].trim_end_matches(is_tab_or_space).to_owned(), &after[end..])
            };
            argument = Some(text);
            rest = after.trim_start_matches(is_tab_or_space);
        }
        if !name.is_empty() {
            if !is_token(&name) || seen.contains(&name) {
                return None;
            }
            match name.as_str() {
                "max-age" => max_age = Some(seconds(argument.as_deref()?)?),
                "includesubdomains" if argument.is_some() => return None,
                "includesubdomains" => include_subdomains = true,
                _ => {}
            }
            seen.push(name);
        } else if argument.is_some() {
            return None;
        }
        match rest.strip_prefix(';') {
            Some(after) => rest = after,
            None if rest.is_empty() => return Some(Policy { max_age: max_age?, include_subdomains }),
            None => return None,
        }
    }
}

fn seconds(text: &str) -> Option<u64> {
    let is_number = !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
    is_number.then(|| text.parse().unwrap_or(u64::MAX))
}

impl Kept for HstsStore {
    const FILE_NAME: &'static str = "hsts.json";
    const WHAT: &'static str = "hosts that are for https: alone";
    type Key = String;

    fn merge_file(&mut self, text: &str, now: i64) -> Result<usize, String> {
        let (entries, skipped) = entries_of::<HstsHost>("fanlight-hsts", text)?;
        let changes = &self.changes;
        self.hosts.retain(|host, _| changes.contains(host));
        for entry in entries {
            if entry.expires > now && !self.changes.contains(&entry.host) {
                self.hosts.insert(entry.host.clone(), entry);
            }
        }
        self.remove_excess(now);
        Ok(skipped)
    }

    fn file_text(&self) -> String {
        file_text("fanlight-hsts", self.iter())
    }

    fn changes(&mut self) -> &mut BTreeSet<String> {
        &mut self.changes
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn url(text: &str) -> Url {
        Url::parse(text).unwrap()
    }

    fn store(host: &str, field: &str) -> HstsStore {
        let mut store = HstsStore::default();
        store.receive(&url(host), &HeaderList::from_iter([("Strict-Transport-Security", field)]), 0);
        store
    }

    fn upgraded(store: &HstsStore, from: &str) -> Option<String> {
        store.upgraded(&url(from), 1).map(Into::into)
    }

    #[test]
    fn fields_are_read_as_the_rfc_writes_them() {
        let read = |value: &str| parse(value).map(|policy| (policy.max_age, policy.include_subdomains));
        assert_eq!(read("max-age=31536000"), Some((31_536_000, false)));
        assert_eq!(read(" MAX-AGE = \"5\" ; includeSubDomains"), Some((5, true)));
        assert_eq!(read("includeSubDomains;;max-age=5;"), Some((5, true)));
        assert_eq!(read("max-age=5; preload; unknown=\"a;b\""), Some((5, false)));
        assert_eq!(read("max-age=99999999999999999999999"), Some((u64::MAX, false)));
        for malformed in [
            "",
            "includeSubDomains",
            "max-age",
            "max-age=",
            "max-age=-1",
            "max-age=1.5",
            "max-age=5; max-age=6",
            "max-age=5; includeSubDomains; includesubdomains",
            "max-age=5; includeSubDomains=yes",
            "max-age=5; a b",
            "max-age=\"5\"x",
            "max-age=5; =6",
        ] {
            assert_eq!(read(malformed), None, "{malformed}");
        }
    }

    #[test]
    fn a_known_host_is_asked_by_https() {
        let store = store("https://Example.com/", "max-age=60");
        assert_eq!(upgraded(&store, "http://example.com/a?b").as_deref(), Some("https://example.com/a?b"));
        assert_eq!(upgraded(&store, "http://example.com:80/").as_deref(), Some("https://example.com/"));
        assert_eq!(
            upgraded(&store, "http://example.com:8080/").as_deref(),
            Some("https://example.com:8080/")
        );
        assert_eq!(upgraded(&store, "http://example.com./").as_deref(), Some("https://example.com./"));
        assert_eq!(upgraded(&store, "http://a.example.com/"), None);
        assert_eq!(upgraded(&store, "http://badexample.com/"), None);
        assert_eq!(upgraded(&store, "https://example.com/"), None);
        assert_eq!(store.upgraded(&url("http://example.com/"), 60_000), None, "its time is over");
    }

    #[test]
    fn hosts_below_are_included_where_the_server_says_so() {
        let store = store("https://example.com/", "max-age=60; includeSubDomains");
        assert!(upgraded(&store, "http://a.b.example.com/").is_some());
        assert!(upgraded(&store, "http://com/").is_none());
    }

    #[test]
    fn a_server_takes_it_back_with_an_age_of_0() {
        let mut store = store("https://example.com/", "max-age=60");
        let headers = HeaderList::from_iter([("strict-transport-security", "max-age=0")]);
        store.receive(&url("http://example.com/"), &headers, 0);
        assert!(upgraded(&store, "http://example.com/").is_some(), "not over an insecure connection");
        store.receive(&url("https://example.com/"), &headers, 0);
        assert_eq!(upgraded(&store, "http://example.com/"), None);
    }

    #[test]
    fn addresses_and_this_machine_cannot_be_known() {
        for host in ["https://127.0.0.1/", "https://[::1]/", "https://localhost/", "http://example.com/"] {
            assert_eq!(store(host, "max-age=60").iter().count(), 0, "{host}");
        }
    }

    #[test]
    fn only_the_first_field_counts() {
        let mut store = HstsStore::default();
        let fields = [("strict-transport-security", "nonsense"), ("strict-transport-security", "max-age=60")];
        store.receive(&url("https://example.com/"), &HeaderList::from_iter(fields), 0);
        assert_eq!(store.iter().count(), 0);
    }
}
