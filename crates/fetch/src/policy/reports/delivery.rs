//! The requests by which a document's violations are reported.
//! <https://www.w3.org/TR/CSP3/#report-violation>

use std::sync::Arc;

use bytes::Bytes;
use serde_json::{Value, json};
use url::Url;

use super::super::csp::{Forbidden, Violation};
use crate::http::request_headers::USER_AGENT;
use crate::request::{
    Client, Credentials, Destination, Initiator, InitiatorKind, Mode, RedirectMode, Request,
};

/// A violation, and where in the document it was found.
#[derive(Clone, Debug)]
pub struct Found {
    /// What went against which policy.
    pub violation: Violation,
    /// The line in the document, counted from 1, where it is known.
    pub line: Option<u32>,
    /// How long ago it was found, in ms.
    pub age: u64,
}

/// The requests that report a violation of the policies of `client`, whose document came with the status `status`: one for
/// each address of `report-uri`, or one for the endpoint that `report-to` names, which goes before it.
/// <https://www.w3.org/TR/CSP3/#report-violation>
pub fn requests(found: &Found, client: &Arc<Client>, status: u16) -> Vec<Request> {
    let policy = found.violation.policy();
    // The policy that keeps a document from being shown is its own, not that of the document around it.
    let inner = match &found.violation.forbidden {
        Forbidden::Url(url) if found.violation.directive == "frame-ancestors" => {
            Some(Client::new(url.clone()))
        }
        _ => None,
    };
    let inner = inner.map(Arc::new);
    let client = inner.as_ref().unwrap_or(client);
    let post = |url: Url, content_type: &str, body: Value| {
        let initiator = Initiator::new(InitiatorKind::Other, client.url.clone());
        let mut request = Request::subresource(url, Destination::Report, initiator).with_client(client);
        request.method = "POST".to_owned();
        request.headers.set("Content-Type", content_type);
        request.body = Some(Bytes::from(body.to_string()));
        request.credentials = Credentials::SameOrigin;
        request
    };
    if let Some(name) = policy.report_to() {
        let Some(url) = client.policies.reporting_endpoints.get(name) else { return Vec::new() };
        let report = json!([{
            "age": found.age,
            "body": body(found, client, status),
            "type": "csp-violation",
            "url": stripped(&client.url),
            "user_agent": USER_AGENT,
        }]);
        let request = post(url.clone(), "application/reports+json", report);
        return vec![Request { mode: Mode::Cors, ..request }];
    }
    let addresses = policy.report_uris().filter_map(|uri| client.url.join(uri).ok());
    addresses
        .filter(|url| matches!(url.scheme(), "http" | "https"))
        .map(|url| {
            let request = post(url, "application/csp-report", deprecated(found, client, status));
            Request { redirect: RedirectMode::Error, ..request }
        })
        .collect()
}

/// <https://www.w3.org/TR/CSP3/#reporting>
fn body(found: &Found, client: &Client, status: u16) -> Value {
    let violation = &found.violation;
    json!({
        "documentURL": stripped(&client.url),
        "referrer": "",
        "blockedURL": blocked(&violation.forbidden),
        "effectiveDirective": violation.directive,
        "originalPolicy": violation.policy().text(),
        "sourceFile": found.line.map(|_| stripped(&client.url)),
        "sample": violation.reported_sample(),
        "disposition": disposition(violation),
        "statusCode": status,
        "lineNumber": found.line,
        "columnNumber": found.line.map(|_| 1),
    })
}

/// <https://www.w3.org/TR/CSP3/#deprecated-serialize-violation>
fn deprecated(found: &Found, client: &Client, status: u16) -> Value {
    let violation = &found.violation;
    let mut body = json!({
        "document-uri": stripped(&client.url),
        "referrer": "",
        "blocked-uri": blocked(&violation.forbidden),
        "effective-directive": violation.directive,
        "violated-directive": violation.directive,
        "original-policy": violation.policy().text(),
        "disposition": disposition(violation),
        "status-code": status,
        "script-sample": violation.reported_sample(),
    });
    if let Some(line) = found.line {
        body["source-file"] = stripped(&client.url).into();
        body["line-number"] = line.into();
        body["column-number"] = 1.into();
    }
    json!({ "csp-report": body })
}

fn disposition(violation: &Violation) -> &'static str {
    if violation.is_enforced() { "enforce" } else { "report" }
}

/// <https://www.w3.org/TR/CSP3/#obtain-violation-blocked-uri>
fn blocked(forbidden: &Forbidden) -> String {
    match forbidden {
        Forbidden::Url(url) => stripped(url),
        Forbidden::Inline { .. } => "inline".to_owned(),
    }
}

/// What of an address is told.
/// <https://www.w3.org/TR/CSP3/#strip-url-for-use-in-reports>
fn stripped(url: &Url) -> String {
    if !matches!(url.scheme(), "http" | "https") {
        return url.scheme().to_owned();
    }
    let mut url = url.clone();
    url.set_fragment(None);
    // Neither can fail on a URL that has a host.
    let _ = url.set_username("");
    let _ = url.set_password(None);
    url.into()
}

#[cfg(test)]
mod tests {
    use super::super::ReportingEndpoints;
    use super::*;
    use crate::headers::HeaderList;
    use crate::policy::csp::{CspList, InlineKind};

    fn url(text: &str) -> Url {
        Url::parse(text).unwrap()
    }

    fn found(policy: &str, text: &str) -> (Found, Arc<Client>) {
        let mut client = Client::new(url("https://user@a/page#part"));
        let headers = HeaderList::from_iter([
            ("Content-Security-Policy-Report-Only", policy),
            ("Reporting-Endpoints", "main=\"https://b/reports\""),
        ]);
        client.policies.csp = CspList::from_headers(&headers, &client.url.origin());
        client.policies.reporting_endpoints = ReportingEndpoints::from_headers(&headers, &client.url);
        let violation = client.policies.csp.check_inline(InlineKind::Style, None, text).pop().unwrap();
        (Found { violation, line: Some(7), age: 3 }, Arc::new(client))
    }

    fn json(request: &Request) -> Value {
        serde_json::from_slice(request.body.as_ref().unwrap()).unwrap()
    }

    #[test]
    fn report_uri_names_several_addresses_relative_to_the_document() {
        let (found, client) = found("style-src 'none'; report-uri /one https://c/two data:,no", "p{}");
        let requests = requests(&found, &client, 200);
        let addresses: Vec<&str> = requests.iter().map(|request| request.url.as_str()).collect();
        assert_eq!(addresses.len(), 2);
        assert!(addresses[0].ends_with("@a/one") && addresses[1] == "https://c/two");
        let first = &requests[0];
        assert_eq!(first.headers.get("content-type").as_deref(), Some("application/csp-report"));
        assert_eq!((&*first.method, first.redirect), ("POST", RedirectMode::Error));
        let report = &json(first)["csp-report"];
        assert_eq!(report["document-uri"], "https://a/page");
        assert_eq!((&report["blocked-uri"], &report["disposition"]), (&json!("inline"), &json!("report")));
        assert_eq!(report["effective-directive"], "style-src-elem");
        assert_eq!((&report["line-number"], &report["script-sample"]), (&json!(7), &json!("")));
    }

    #[test]
    fn report_to_goes_before_report_uri_and_names_an_endpoint() {
        let (found, client) =
            found("style-src 'report-sample'; report-uri /one; report-to main", &"é".repeat(50));
        let requests = requests(&found, &client, 404);
        let [request] = &requests[..] else { panic!("{requests:?}") };
        assert_eq!((request.url.as_str(), request.mode), ("https://b/reports", Mode::Cors));
        let report = &json(request)[0];
        assert_eq!((&report["type"], &report["age"]), (&json!("csp-violation"), &json!(3)));
        assert_eq!(report["body"]["sample"], "é".repeat(40));
        assert_eq!(report["body"]["statusCode"], 404);
    }

    #[test]
    fn an_endpoint_that_nobody_declared_is_told_nothing() {
        let (found, client) = found("style-src 'none'; report-uri /one; report-to other", "p{}");
        assert!(requests(&found, &client, 200).is_empty());
    }
}
