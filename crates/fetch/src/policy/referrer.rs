//! What of the referrer is told.
//! <https://w3c.github.io/webappsec-referrer-policy/>

use url::Url;

use crate::headers::HeaderList;

use super::trustworthy::is_potentially_trustworthy;

/// How much of the referrer is told to whom.
/// <https://w3c.github.io/webappsec-referrer-policy/#referrer-policies>
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum ReferrerPolicy {
    /// Nothing to anyone.
    NoReferrer,
    /// Everything, but nothing from encrypted to plain.
    NoReferrerWhenDowngrade,
    /// Everything within the origin, nothing outside.
    SameOrigin,
    /// The origin to everyone.
    Origin,
    /// The origin, but nothing from encrypted to plain.
    StrictOrigin,
    /// Everything within the origin, the origin outside.
    OriginWhenCrossOrigin,
    /// Everything within the origin, the origin outside, nothing from encrypted to plain.
    #[default]
    StrictOriginWhenCrossOrigin,
    /// Everything to everyone.
    UnsafeUrl,
}

impl ReferrerPolicy {
    /// The token in headers and attributes.
    pub const fn token(self) -> &'static str {
        match self {
            ReferrerPolicy::NoReferrer => "no-referrer",
            ReferrerPolicy::NoReferrerWhenDowngrade => "no-referrer-when-downgrade",
            ReferrerPolicy::SameOrigin => "same-origin",
            ReferrerPolicy::Origin => "origin",
            ReferrerPolicy::StrictOrigin => "strict-origin",
            ReferrerPolicy::OriginWhenCrossOrigin => "origin-when-cross-origin",
            ReferrerPolicy::StrictOriginWhenCrossOrigin => "strict-origin-when-cross-origin",
            ReferrerPolicy::UnsafeUrl => "unsafe-url",
        }
    }

    /// The policy of a token, as the `Referrer-Policy` header and the `referrerpolicy` attribute have it.
    pub fn from_token(token: &str) -> Option<Self> {
        const ALL: [ReferrerPolicy; 8] = [
            ReferrerPolicy::NoReferrer,
            ReferrerPolicy::NoReferrerWhenDowngrade,
            ReferrerPolicy::SameOrigin,
            ReferrerPolicy::Origin,
            ReferrerPolicy::StrictOrigin,
            ReferrerPolicy::OriginWhenCrossOrigin,
            ReferrerPolicy::StrictOriginWhenCrossOrigin,
            ReferrerPolicy::UnsafeUrl,
        ];
        ALL.into_iter().find(|policy| token.eq_ignore_ascii_case(policy.token()))
    }
}

/// The policy of a `Referrer-Policy` header: the last token that is known, so that newer ones can stand behind older ones.
/// <https://w3c.github.io/webappsec-referrer-policy/#parse-referrer-policy-from-header>
pub fn from_headers(headers: &HeaderList) -> Option<ReferrerPolicy> {
    let tokens = headers.get_decode_and_split("referrer-policy")?;
    tokens.iter().rev().find_map(|token| ReferrerPolicy::from_token(token))
}

/// The policy of `<meta name=referrer>`, which has some old names besides.
/// <https://html.spec.whatwg.org/multipage/semantics.html#meta-referrer>
pub fn from_meta(content: &str) -> Option<ReferrerPolicy> {
    let content = content.trim();
    const OLD: [(&str, ReferrerPolicy); 4] = [
        ("never", ReferrerPolicy::NoReferrer),
        ("default", ReferrerPolicy::StrictOriginWhenCrossOrigin),
        ("always", ReferrerPolicy::UnsafeUrl),
        ("origin-when-crossorigin", ReferrerPolicy::OriginWhenCrossOrigin),
    ];
    let old = OLD.into_iter().find(|(name, _)| content.eq_ignore_ascii_case(name));
    old.map(|(_, policy)| policy).or_else(|| ReferrerPolicy::from_token(content))
}

/// The `Referer` of a request to `url` from `referrer`; none where nothing is told.
/// <https://w3c.github.io/webappsec-referrer-policy/#determine-requests-referrer>
pub(crate) fn referrer_for(referrer: &Url, url: &Url, policy: ReferrerPolicy) -> Option<String> {
    let full = strip(referrer)?;
    let origin = format!("{}/", referrer.origin().ascii_serialization());
    // 4096 is the standard's.
    let full = if full.len() > 4096 { origin.clone() } else { full };
    let same_origin = referrer.origin() == url.origin();
    let downgrade = is_potentially_trustworthy(referrer) && !is_potentially_trustworthy(url);
    match policy {
        ReferrerPolicy::NoReferrer => None,
        ReferrerPolicy::UnsafeUrl => Some(full),
        ReferrerPolicy::Origin => Some(origin),
        ReferrerPolicy::StrictOrigin => (!downgrade).then_some(origin),
        ReferrerPolicy::SameOrigin => same_origin.then_some(full),
        ReferrerPolicy::NoReferrerWhenDowngrade => (!downgrade).then_some(full),
        ReferrerPolicy::OriginWhenCrossOrigin => Some(if same_origin { full } else { origin }),
        ReferrerPolicy::StrictOriginWhenCrossOrigin if same_origin => Some(full),
        ReferrerPolicy::StrictOriginWhenCrossOrigin => (!downgrade).then_some(origin),
    }
}

/// <https://w3c.github.io/webappsec-referrer-policy/#strip-url>
fn strip(referrer: &Url) -> Option<String> {
    if !matches!(referrer.scheme(), "http" | "https") {
        return None;
    }
    let mut stripped = referrer.clone();
    stripped.set_fragment(None);
    // Neither can fail on a URL that has a host.
    let _ = stripped.set_username("");
    let _ = stripped.set_password(None);
    Some(stripped.into())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn referrer(from: &str, to: &str, policy: ReferrerPolicy) -> Option<String> {
        referrer_for(&Url::parse(from).unwrap(), &Url::parse(to).unwrap(), policy)
    }

    #[test]
    fn by_default_other_origins_learn_the_origin_and_plain_ones_nothing() {
        let from = "https://user:secret@a/path?q#f";
        let policy = ReferrerPolicy::default();
        assert_eq!(referrer(from, "https://a/x", policy).as_deref(), Some("https://a/path?q"));
        assert_eq!(referrer(from, "https://b/x", policy).as_deref(), Some("https://a/"));
        assert_eq!(referrer(from, "http://a/x", policy), None);
        assert_eq!(referrer("http://a/p", "http://b/", policy).as_deref(), Some("http://a/"));
    }

    #[test]
    fn files_and_data_are_never_told() {
        assert_eq!(referrer("file:///etc/x", "https://a/", ReferrerPolicy::UnsafeUrl), None);
        assert_eq!(referrer("data:,x", "https://a/", ReferrerPolicy::UnsafeUrl), None);
    }

    #[test]
    fn the_last_known_token_of_a_header_counts() {
        let policy = |value: &str| from_headers(&HeaderList::from_iter([("Referrer-Policy", value)]));
        assert_eq!(policy("no-referrer, origin, from-the-future"), Some(ReferrerPolicy::Origin));
        assert_eq!(policy("from-the-future"), None);
        assert_eq!(policy(""), None);
        assert_eq!(from_meta(" Always "), Some(ReferrerPolicy::UnsafeUrl));
        assert_eq!(from_meta("origin"), Some(ReferrerPolicy::Origin));
        assert_eq!(from_meta(""), None);
    }

    #[test]
    fn tokens_are_read_without_case() {
        assert_eq!(ReferrerPolicy::from_token("Same-Origin"), Some(ReferrerPolicy::SameOrigin));
        assert_eq!(ReferrerPolicy::from_token("never"), None);
    }
}
