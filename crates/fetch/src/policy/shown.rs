//! What the response of a document declares, as `dump fetch` shows it.

use fanlight_base::TreeWriter;
use url::Url;

use super::cross_origin::{EmbedderPolicy, OpenerPolicy};
use super::csp::{CspList, CspSource, Policy};
use super::{permissions, referrer};
use crate::headers::HeaderList;

/// Adds a `policies` node for what a document's header fields declare; none where they declare nothing that is understood.
pub(crate) fn dump(url: &Url, headers: &HeaderList, tree: &mut TreeWriter) {
    let csp = CspList::from_headers(headers, &url.origin());
    let texts = |source: CspSource| {
        let policies = csp.policies().filter(|policy| policy.source() == source);
        joined(policies.map(|policy| policy.text().to_owned()), ", ")
    };
    let endpoints = csp.policies().flat_map(Policy::report_endpoints).map(str::to_owned);
    let permissions = permissions::from_headers(headers);
    let permissions =
        permissions.iter().map(|permission| format!("{}={}", permission.feature, permission.allowed));
    let (embedder, opener) = (EmbedderPolicy::from_headers(headers), OpenerPolicy::from_headers(headers));
    let shown = [
        ("content_security_policy", texts(CspSource::Header)),
        ("content_security_policy_report_only", texts(CspSource::ReportOnlyHeader)),
        ("reports_to", joined(endpoints, " ")),
        ("referrer_policy", referrer::from_headers(headers).map(|policy| policy.token().to_owned())),
        ("permissions_policy", joined(permissions, ", ")),
        ("embedder_policy", (embedder != EmbedderPolicy::default()).then(|| embedder.name().to_owned())),
        ("opener_policy", (opener != OpenerPolicy::default()).then(|| opener.name().to_owned())),
        ("frame_options", headers.get("x-frame-options")),
    ];
    if shown.iter().all(|(_, value)| value.is_none()) {
        return;
    }
    tree.leaf("policies", |fields| {
        for (name, value) in shown {
            fields.add_some(name, value);
        }
    });
}

fn joined(parts: impl Iterator<Item = String>, separator: &str) -> Option<String> {
    let parts: Vec<String> = parts.collect();
    (!parts.is_empty()).then(|| parts.join(separator))
}

#[cfg(test)]
mod tests {
    use std::time::Duration;

    use fanlight_base::DumpFormat;
    use fanlight_base::dump::to_string;

    use super::*;
    use crate::{Fetcher, MemoryFetcher, Request};

    #[test]
    fn a_documents_policies_are_shown_with_its_request() {
        let url = Url::parse("https://a/").unwrap();
        let headers = HeaderList::from_iter([
            ("Content-Security-Policy", "img-src 'self'; report-to group"),
            ("Permissions-Policy", "camera=()"),
            ("Referrer-Policy", "origin"),
            ("Cross-Origin-Opener-Policy", "same-origin"),
        ]);
        let fetcher = MemoryFetcher::new().with_response("https://a/", 200, headers, "");
        fetcher.fetch(Request::navigation(url), Duration::from_secs(1)).unwrap();
        let dump = to_string(fetcher.log(), DumpFormat::Json);
        for part in ["img-src 'self'; report-to group", "camera=()", "\"origin\"", "same-origin", "\"group\""]
        {
            assert!(dump.contains(part), "{part} is not in {dump}");
        }
    }
}
