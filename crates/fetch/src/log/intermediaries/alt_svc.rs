//! `Alt-Svc`: where else the same origin is to be had.
//! <https://www.rfc-editor.org/rfc/rfc7838#section-3>

use std::fmt;

use crate::headers::HeaderList;
use crate::headers::split::{collect_quoted_string, decode_and_split};

/// What a response says about alternatives.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum AltSvc {
    /// Those known from before hold no longer.
    Clear,
    /// These, the preferred one first.
    Alternatives(Vec<Alternative>),
}

/// One alternative.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Alternative {
    /// Its protocol's ALPN name: `h3`.
    pub protocol: String,
    /// Host and port; without a host the origin's.
    pub authority: String,
    /// How long that may be relied upon, in s.
    pub max_age: u64,
    /// Whether it survives a change of network.
    pub persists: bool,
}

/// A day, says RFC 7838, where nothing is said.
const DEFAULT_MAX_AGE: u64 = 86_400;

/// `h3 at :443 for 86400 s`.
impl fmt::Display for AltSvc {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            AltSvc::Clear => formatter.write_str("none any more"),
            AltSvc::Alternatives(alternatives) => {
                for (index, alternative) in alternatives.iter().enumerate() {
                    let separator = if index == 0 { "" } else { ", " };
                    let Alternative { protocol, authority, max_age, .. } = alternative;
                    write!(formatter, "{separator}{protocol} at {authority} for {max_age} s")?;
                }
                Ok(())
            }
        }
    }
}

pub(super) fn alt_svc(headers: &HeaderList) -> Option<AltSvc> {
    let value = headers.get("alt-svc")?;
    if value.trim() == "clear" {
        return Some(AltSvc::Clear);
    }
    let alternatives: Vec<Alternative> =
        decode_and_split(&value).iter().filter_map(|member| alternative(member)).collect();
    (!alternatives.is_empty()).then_some(AltSvc::Alternatives(alternatives))
}

/// `protocol="authority"; ma=seconds; persist=1`.
fn alternative(member: &str) -> Option<Alternative> {
    let (protocol, rest) = member.split_once('=')?;
    let rest = rest.trim_start();
    if !rest.starts_with('"') || protocol.trim().is_empty() {
        return None;
    }
    let (authority, mut rest) = collect_quoted_string(rest, false);
    // `%` is the one escape of a protocol's name.
    let protocol = percent_encoding::percent_decode_str(protocol.trim()).decode_utf8_lossy().into_owned();
    let mut alternative = Alternative { protocol, authority, max_age: DEFAULT_MAX_AGE, persists: false };
    while let Some(parameter) = rest.trim_start().strip_prefix(';') {
        let end = parameter.find(';').unwrap_or(parameter.len());
        if let Some((name, value)) = parameter[..end].split_once('=') {
            let value = value.trim().trim_matches('"');
            match name.trim() {
                "ma" => alternative.max_age = value.parse().unwrap_or(DEFAULT_MAX_AGE),
                "persist" => alternative.persists = value == "1",
                _ => {}
            }
        }
        rest = &parameter[end..];
    }
    Some(alternative)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(value: &str) -> Option<String> {
        alt_svc(&HeaderList::from_iter([("Alt-Svc", value)])).map(|alt_svc| alt_svc.to_string())
    }

    #[test]
    fn alternatives_are_read_with_what_is_said_of_them() {
        assert_eq!(
            of(r#"h3=":443"; ma=2592000,h3-29="alt.example.com:443"; persist=1; ma="60", w%3D=":1""#)
                .as_deref(),
            Some("h3 at :443 for 2592000 s, h3-29 at alt.example.com:443 for 60 s, w= at :1 for 86400 s")
        );
        assert_eq!(of("clear").as_deref(), Some("none any more"));
        assert_eq!(of("h3, =\"x\", h2=:443"), None);
    }
}
