//! Which hosts may be asked at all: for use on servers, and to see what a page does without some of them.

use std::fmt;
use std::net::{IpAddr, Ipv4Addr, Ipv6Addr};
use std::str::FromStr;

use url::{Host, Url};

use crate::error::FetchErrorKind;
use crate::policy::trustworthy::is_loopback;

/// Which hosts may be asked; every one unless said otherwise. It holds for every request and every redirect.
#[derive(Clone, Debug, Default)]
pub struct HostPolicy {
    /// Those that may be asked; where there are any, no others may.
    pub allowed: Vec<HostPattern>,
    /// Those that may not be asked, also where they are among the allowed.
    pub blocked: Vec<HostPattern>,
    /// Refuses addresses that are not of the public internet, whether a URL names them or DNS does.
    pub block_private: bool,
}

impl HostPolicy {
    /// # Errors
    /// The host of the URL may not be asked. What DNS makes of its name is not known yet.
    pub(crate) fn check_url(&self, url: &Url) -> Result<(), FetchErrorKind> {
        let Some(host) = url.host() else { return Ok(()) };
        let blocked = |reason| Err(FetchErrorKind::Blocked { reason });
        if let Some(pattern) = self.blocked.iter().find(|pattern| pattern.matches(&host)) {
            return blocked(format!("the host {host} is blocked (--block-host {pattern})"));
        }
        if !self.allowed.is_empty() && !self.allowed.iter().any(|pattern| pattern.matches(&host)) {
            return blocked(format!("the host {host} is not among those allowed (--allow-host)"));
        }
        if !self.block_private {
            return Ok(());
        }
        let address = match host {
            Host::Ipv4(address) => IpAddr::V4(address),
            Host::Ipv6(address) => IpAddr::V6(address),
            Host::Domain(_) if is_loopback(url) => IpAddr::V4(Ipv4Addr::LOCALHOST),
            Host::Domain(_) => return Ok(()),
        };
        let refused = self.check_addresses(&host.to_string(), &[address]);
        refused.map(drop).map_err(|error| FetchErrorKind::Blocked { reason: error.to_string() })
    }

    /// Those of a host's addresses that may be asked. This is done with the addresses that are then connected to, so
    /// that a name server cannot give another answer in between.
    ///
    /// # Errors
    /// There are addresses and none may be asked.
    pub(crate) fn check_addresses(
        &self,
        host: &str,
        addresses: &[IpAddr],
    ) -> Result<Vec<IpAddr>, PrivateAddress> {
        let is_allowed = |address: &&IpAddr| !self.block_private || kind_of(**address).is_none();
        let allowed: Vec<IpAddr> = addresses.iter().filter(is_allowed).copied().collect();
        match addresses.first() {
            Some(&address) if allowed.is_empty() => Err(PrivateAddress { host: host.to_owned(), address }),
            _ => Ok(allowed),
        }
    }
}

/// A host whose addresses are all private.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct PrivateAddress {
    host: String,
    address: IpAddr,
}

impl fmt::Display for PrivateAddress {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let kind = kind_of(self.address).unwrap_or("private");
        write!(formatter, "the host {} has the {kind} address {} (--block-private)", self.host, self.address)
    }
}

impl std::error::Error for PrivateAddress {}

/// Names hosts: `example.com` is that host, `*.example.com` all below it, `.example.com` both. Addresses stand for
/// themselves.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct HostPattern {
    host: Host,
    reach: PatternReach,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum PatternReach {
    Host,
    Below,
    HostAndBelow,
}

/// A text that names no hosts.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error(
    "'{text}' names no hosts: give example.com for the host, *.example.com for all below it, .example.com for both, or \
     an address"
)]
pub struct InvalidHostPattern {
    text: String,
}

impl FromStr for HostPattern {
    type Err = InvalidHostPattern;

    fn from_str(text: &str) -> Result<Self, InvalidHostPattern> {
        let invalid = || InvalidHostPattern { text: text.to_owned() };
        let trimmed = text.trim();
        let (name, reach) = if let Some(name) = trimmed.strip_prefix("*.") {
            (name, PatternReach::Below)
        } else if let Some(name) = trimmed.strip_prefix('.') {
            (name, PatternReach::HostAndBelow)
        } else {
            (trimmed, PatternReach::Host)
        };
        let host = match name.parse::<Ipv6Addr>() {
            Ok(address) => Host::Ipv6(address),
            Err(_) => Host::parse(name).map_err(|_| invalid())?,
        };
        let is_name = matches!(&host, Host::Domain(domain) if !domain.contains('*'));
        if (reach != PatternReach::Host || matches!(host, Host::Domain(_))) && !is_name {
            return Err(invalid());
        }
        Ok(HostPattern { host, reach })
    }
}

impl fmt::Display for HostPattern {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let prefix = match self.reach {
            PatternReach::Host => "",
            PatternReach::Below => "*.",
            PatternReach::HostAndBelow => ".",
        };
        write!(formatter, "{prefix}{}", self.host)
    }
}

impl HostPattern {
    fn matches(&self, host: &Host<&str>) -> bool {
        match (&self.host, host) {
            (Host::Domain(pattern), Host::Domain(host)) => {
                let (pattern, host) = (pattern.trim_end_matches('.'), host.trim_end_matches('.'));
                match (host.strip_suffix(pattern), self.reach) {
                    (Some(""), reach) => reach != PatternReach::Below,
                    (Some(before), reach) => reach != PatternReach::Host && before.ends_with('.'),
                    (None, _) => false,
                }
            }
            (Host::Ipv4(pattern), Host::Ipv4(host)) => pattern == host,
            (Host::Ipv6(pattern), Host::Ipv6(host)) => pattern == host,
            _ => false,
        }
    }
}

/// What an address is where it is not of the public internet.
/// <https://www.iana.org/assignments/iana-ipv4-special-registry>, <https://www.iana.org/assignments/iana-ipv6-special-registry>
fn kind_of(address: IpAddr) -> Option<&'static str> {
    match address {
        IpAddr::V4(address) => kind_of_v4(address),
        IpAddr::V6(address) => kind_of_v6(address),
    }
}

fn kind_of_v4(address: Ipv4Addr) -> Option<&'static str> {
    Some(match address.octets() {
        [0, ..] => "unspecified",
        [10, ..] | [172, 16..=31, ..] | [192, 168, ..] => "private",
        [100, 64..=127, ..] => "carrier's internal",
        [127, ..] => "loopback",
        [169, 254, ..] => "link-local",
        [192, 0, 0, _] | [192, 88, 99, _] => "protocol's own",
        [192, 0, 2, _] | [198, 51, 100, _] | [203, 0, 113, _] => "documentation's",
        [198, 18..=19, ..] => "benchmark's",
        [224..=239, ..] => "multicast",
        [240..=255, ..] => "reserved",
        _ => return None,
    })
}

fn kind_of_v6(address: Ipv6Addr) -> Option<&'static str> {
    let segments = address.segments();
    let embedded = |high: u16, low: u16| {
        let ([a, b], [c, d]) = (high.to_be_bytes(), low.to_be_bytes());
        kind_of_v4(Ipv4Addr::new(a, b, c, d))
    };
    Some(match segments {
        [0, 0, 0, 0, 0, 0, 0, 0] => "unspecified",
        [0, 0, 0, 0, 0, 0, 0, 1] => "loopback",
        // An IPv4 address in other clothes reaches what that reaches.
        [0, 0, 0, 0, 0, 0xffff, high, low]
        | [0, 0, 0, 0, 0, 0, high, low]
        | [0x64, 0xff9b, 0, 0, 0, 0, high, low]
        | [0x2002, high, low, ..] => return embedded(high, low),
        [0x64, 0xff9b, 1, ..] => "NAT64's internal",
        [0xfc00..=0xfdff, ..] => "unique local",
        [0xfe80..=0xfebf, ..] => "link-local",
        [0xfec0..=0xfeff, ..] => "site-local",
        [0xff00..=0xffff, ..] => "multicast",
        [0x2001, 0xdb8, ..] | [0x3fff, 0..=0x0fff, ..] => "documentation's",
        // Teredo, ORCHID, benchmarks.
        [0x2001, 0..=0x01ff, ..] => "protocol's own",
        [0x2000..=0x3fff, ..] => return None,
        _ => "reserved",
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn pattern(text: &str) -> HostPattern {
        text.parse().unwrap()
    }

    fn outcome(policy: &HostPolicy, url: &str) -> Result<(), String> {
        policy.check_url(&Url::parse(url).unwrap()).map_err(|kind| kind.to_string())
    }

    #[test]
    fn patterns_name_a_host_what_is_below_or_both() {
        let matches = |text: &str, host: &str| {
            let url = Url::parse(&format!("http://{host}/")).unwrap();
            pattern(text).matches(&url.host().unwrap())
        };
        assert!(matches("example.com", "EXAMPLE.com") && matches("example.com", "example.com."));
        assert!(!matches("example.com", "www.example.com") && !matches("example.com", "badexample.com"));
        assert!(matches("*.example.com", "a.b.example.com") && !matches("*.example.com", "example.com"));
        assert!(matches(".example.com", "example.com") && matches(".example.com", "www.example.com"));
        assert!(!matches(".example.com", "badexample.com"));
        assert!(matches("m\u{fc}nchen.de", "xn--mnchen-3ya.de"));
        assert!(matches("127.0.0.1", "0x7f.1") && matches("::1", "[0:0::1]") && matches("[::1]", "[::1]"));
        for wrong in ["", "*", "*.", "a b", "https://a/", "a:80", "a.*", "*.127.0.0.1", ".::1"] {
            let error = wrong.parse::<HostPattern>().unwrap_err().to_string();
            assert!(error.contains("*.example.com"), "{wrong}: {error}");
        }
        assert_eq!(pattern("*.Example.com").to_string(), "*.example.com");
    }

    #[test]
    fn an_allow_list_excludes_all_others_and_a_block_list_goes_first() {
        let policy = HostPolicy {
            allowed: vec![pattern(".example.com")],
            blocked: vec![pattern("ads.example.com")],
            block_private: false,
        };
        assert_eq!(outcome(&policy, "https://www.example.com/"), Ok(()));
        let error = outcome(&policy, "https://ads.example.com/").unwrap_err();
        assert_eq!(error, "the host ads.example.com is blocked (--block-host ads.example.com)");
        let error = outcome(&policy, "https://other.com/").unwrap_err();
        assert_eq!(error, "the host other.com is not among those allowed (--allow-host)");
        assert_eq!(outcome(&policy, "data:,x"), Ok(()), "it has no host");
    }

    #[test]
    fn private_addresses_are_known_in_every_dress() {
        let policy = HostPolicy { block_private: true, ..HostPolicy::default() };
        for host in [
            "0.0.0.0",
            "10.1.2.3",
            "100.64.0.1",
            "127.0.0.1",
            "127.255.255.254",
            "169.254.169.254",
            "172.16.0.1",
            "172.31.255.255",
            "192.168.1.1",
            "198.19.0.1",
            "224.0.0.1",
            "255.255.255.255",
            "2130706433",
            "0x7f.1",
            "0177.0.0.1",
            "localhost",
            "a.localhost.",
            "[::]",
            "[::1]",
            "[::ffff:127.0.0.1]",
            "[::ffff:a00:1]",
            "[::127.0.0.1]",
            "[64:ff9b::10.0.0.1]",
            "[64:ff9b:1::1]",
            "[2002:7f00:1::]",
            "[2001::1]",
            "[2001:db8::1]",
            "[fc00::1]",
            "[fdff::1]",
            "[fe80::1]",
            "[ff02::1]",
            "[4000::1]",
        ] {
            let error = outcome(&policy, &format!("http://{host}/")).unwrap_err();
            assert!(error.contains("--block-private"), "{host}: {error}");
        }
        for host in [
            "1.1.1.1",
            "100.63.255.255",
            "100.128.0.1",
            "172.15.0.1",
            "172.32.0.1",
            "192.0.1.1",
            "[2606:4700::1111]",
            "[64:ff9b::1.1.1.1]",
            "[::ffff:1.1.1.1]",
            "[2002:101:101::]",
            "example.com",
        ] {
            assert_eq!(outcome(&policy, &format!("http://{host}/")), Ok(()), "{host}");
        }
        assert_eq!(outcome(&HostPolicy::default(), "http://127.0.0.1/"), Ok(()));
    }

    #[test]
    fn of_several_addresses_the_public_ones_are_left() {
        let policy = HostPolicy { block_private: true, ..HostPolicy::default() };
        let (private, public) = (IpAddr::from([10, 0, 0, 1]), IpAddr::from([1, 1, 1, 1]));
        assert_eq!(policy.check_addresses("a", &[private, public]), Ok(vec![public]));
        assert_eq!(policy.check_addresses("a", &[]), Ok(vec![]));
        let error = policy.check_addresses("rebound.example", &[private]).unwrap_err().to_string();
        assert_eq!(error, "the host rebound.example has the private address 10.0.0.1 (--block-private)");
    }
}
