//! What the crate that matches policies must not see, and what it has to be told besides.

use content_security_policy as csp;

use crate::limits::MAX_CSP_SOURCES;

/// Makes a policy one that can be matched without harm:
///
/// - Ports beyond 65535 go with their sources; they can match nothing, and the crate takes them for none.
/// - `'self'` is said once more as an address, so that a page in plain text may load its own host's encrypted files.
pub(super) fn make(policy: &mut csp::Policy, self_origin: &url::Origin) {
    let own = match self_origin {
        url::Origin::Tuple(scheme, host, port) if scheme == "http" => Some(match port {
            80 => format!("http://{host}"),
            port => format!("http://{host}:{port}"),
        }),
        _ => None,
    };
    for directive in &mut policy.directive_set {
        directive.value.retain(|source| !has_bad_port(source));
        directive.value.truncate(MAX_CSP_SOURCES);
        if let Some(own) = &own
            && directive.value.iter().any(|source| source.eq_ignore_ascii_case("'self'"))
        {
            directive.value.push(own.clone());
        }
    }
}

/// Whether a source ends with a port, before its path, that is no port.
fn has_bad_port(source: &str) -> bool {
    let host = source.split_once("://").map_or(source, |(_, rest)| rest);
    let host = host.split_once('/').map_or(host, |(host, _)| host);
    let Some((_, port)) = host.rsplit_once(':') else { return false };
    !port.is_empty() && port.bytes().all(|byte| byte.is_ascii_digit()) && port.parse::<u16>().is_err()
}
