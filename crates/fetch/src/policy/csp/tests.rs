//! Policies as the specification's examples have them.

use std::sync::Arc;

use url::Url;

use super::*;
use crate::request::{Client, Destination, Initiator, InitiatorKind, Request};

fn url(text: &str) -> Url {
    Url::parse(text).unwrap()
}

fn list(page: &str, value: &str) -> CspList {
    CspList::parse(value, CspSource::Header, &url(page).origin())
}

fn request(page: &str, target: &str, destination: Destination) -> Request {
    let initiator = Initiator::new(InitiatorKind::Parser, url(page));
    Request::subresource(url(target), destination, initiator).with_client(&Arc::new(Client::new(url(page))))
}

/// Whether a page of `https://example.com/` with a policy may load something.
fn allows(policy: &str, target: &str, destination: Destination) -> bool {
    let page = "https://example.com/";
    list(page, policy).check_request(&request(page, target, destination), 0).is_empty()
}

#[test]
fn every_destination_has_its_directive_and_falls_back() {
    for (directive, destination) in [
        ("img-src", Destination::Image),
        ("style-src", Destination::Style),
        ("style-src-elem", Destination::Style),
        ("font-src", Destination::Font),
        ("media-src", Destination::Video),
        ("media-src", Destination::Track),
        ("frame-src", Destination::Iframe),
        ("child-src", Destination::Frame),
        ("script-src", Destination::Script),
        ("script-src", Destination::Worker),
        ("worker-src", Destination::Worker),
        ("connect-src", Destination::Empty),
        ("connect-src", Destination::Json),
        ("object-src", Destination::Embed),
        ("manifest-src", Destination::Manifest),
    ] {
        let own = "https://example.com/x";
        assert!(!allows(&format!("{directive} 'none'"), own, destination), "{directive}");
        assert!(!allows("default-src 'none'", own, destination), "default-src for {directive}");
        assert!(allows(&format!("default-src 'none'; {directive} 'self'"), own, destination), "{directive}");
    }
    assert!(allows("default-src 'none'", "https://other.example/", Destination::Document));
}

#[test]
fn sources_match_as_the_specification_says() {
    for (source, target, matches) in [
        ("https://example.com", "https://example.com/any/path", true),
        ("http://example.com", "https://example.com/", true),
        ("example.com:443", "https://example.com/", true),
        ("*.example.com", "https://a.b.example.com/", true),
        ("*.example.com", "https://example.com/", false),
        ("https://example.com/dir/", "https://example.com/dir/x.png", true),
        ("https://example.com/dir", "https://example.com/dir/x.png", false),
        ("https:", "https://anything.example/", true),
        ("*", "https://anything.example/", true),
        ("*", "data:image/png,x", false),
        ("data:", "data:image/png,x", true),
        ("'self'", "https://example.com:443/", true),
        ("'self'", "https://example.com:8443/", false),
        ("other.example:*", "https://other.example:81/", true),
        ("'SELF'", "https://example.com/", true),
    ] {
        let allowed = allows(&format!("img-src {source}"), target, Destination::Image);
        assert_eq!(allowed, matches, "{source} and {target}");
    }
}

#[test]
fn a_plain_page_may_load_its_own_hosts_encrypted_files() {
    let may = |page: &str, target: &str| {
        list(page, "img-src 'self'").check_request(&request(page, target, Destination::Image), 0).is_empty()
    };
    assert!(may("http://example.com/", "https://example.com/x"));
    assert!(may("http://example.com:81/", "https://example.com:81/x"));
    assert!(!may("http://example.com/", "http://example.com:81/x"));
    assert!(!may("https://example.com/", "http://example.com/x"));
}

#[test]
fn paths_do_not_count_after_a_redirect() {
    let page = "https://example.com/";
    let list = list(page, "img-src https://cdn.example/dir/");
    let asked = request(page, "https://cdn.example/elsewhere", Destination::Image);
    assert_eq!(list.check_request(&asked, 0).len(), 1);
    assert!(list.check_request(&asked, 1).is_empty());
}

#[test]
fn nonces_hashes_and_strict_dynamic_allow_what_is_linked() {
    let page = "https://example.com/";
    let mut script = request(page, "https://cdn.example/x.js", Destination::Script);
    let blocks = |policy: &str, request: &Request| !list(page, policy).check_request(request, 0).is_empty();
    script.nonce = "abc".to_owned();
    assert!(!blocks("script-src 'nonce-abc'", &script));
    assert!(blocks("script-src 'nonce-ABC'", &script));
    script.nonce = String::new();
    script.integrity = "sha256-AAAA".to_owned();
    assert!(!blocks("script-src 'sha256-AAAA'", &script));
    assert!(blocks("script-src 'strict-dynamic' https:", &script));
    script.is_parser_inserted = false;
    assert!(!blocks("script-src 'strict-dynamic' 'nonce-x'", &script));
    let mut style = request(page, "https://cdn.example/x.css", Destination::Style);
    style.nonce = "abc".to_owned();
    assert!(!blocks("style-src 'nonce-abc'", &style));
}

#[test]
fn what_stands_in_the_document_needs_leave() {
    let may = |policy: &str, kind, nonce, text| {
        list("https://a/", policy).check_inline(kind, nonce, text).is_empty()
    };
    let (style, attribute) = (InlineKind::Style, InlineKind::StyleAttribute);
    // sha256 of "p{}".
    let hash = "'sha256-2dFcYYCYzNFeFZwQIWqnwqZwZ6rdaihaPXEfUaXmpm0='";
    let of_text = content_security_policy::HashAlgorithm::Sha256.apply("p{}");
    let own_hash = format!("'sha256-{of_text}'");
    assert!(may("img-src 'none'", style, None, "p{}"));
    assert!(!may("style-src 'self'", style, None, "p{}"));
    assert!(!may("default-src 'self'", attribute, None, "color: red"));
    assert!(may("style-src 'unsafe-inline'", style, None, "p{}"));
    assert!(may("style-src 'unsafe-inline'", attribute, None, "color: red"));
    assert!(may("style-src 'nonce-x'", style, Some("x"), "p{}"));
    assert!(!may("style-src 'nonce-x'", style, Some(""), "p{}"));
    assert!(
        !may("style-src 'nonce-x' 'unsafe-inline'", style, None, "p{}"),
        "a nonce makes unsafe-inline void"
    );
    assert!(may(&format!("style-src {own_hash}"), style, None, "p{}"));
    assert!(!may(&format!("style-src {hash}"), style, None, "q{}"));
    assert!(!may(&format!("style-src {own_hash}"), attribute, None, "p{}"), "attributes need unsafe-hashes");
    assert!(may(&format!("style-src 'unsafe-hashes' {own_hash}"), attribute, None, "p{}"));
    assert!(may("style-src-elem 'none'", attribute, None, "color: red"));
    assert!(!may("style-src-attr 'none'", attribute, None, "color: red"));
}

#[test]
fn the_same_names_in_meta_are_not_all_heard() {
    let meta = |value| CspList::parse(value, CspSource::Meta, &url("https://a/").origin());
    assert!(meta("frame-ancestors 'none'; sandbox; report-uri /x").is_empty());
    assert_eq!(meta("img-src 'none'; sandbox").len(), 1);
}

#[test]
fn bases_forms_and_ancestors_have_directives_of_their_own() {
    let policy = list("https://a/", "base-uri 'self'; form-action https://pay.example; default-src 'none'");
    assert!(policy.check_base(&url("https://a/dir/")).is_empty());
    assert_eq!(policy.check_base(&url("https://b/")).len(), 1);
    assert!(policy.check_form_action(&url("https://pay.example/x")).is_empty());
    assert_eq!(policy.check_form_action(&url("https://a/")).len(), 1);
    assert!(list("https://a/", "default-src 'none'").check_form_action(&url("https://b/")).is_empty());
}

#[test]
fn report_only_policies_tell_and_do_not_enforce() {
    let headers = HeaderList::from_iter([
        ("Content-Security-Policy-Report-Only", "img-src 'none'; report-uri /a /b; report-to group"),
        ("Content-Security-Policy", "font-src 'none', media-src 'none'"),
    ]);
    let policies = CspList::from_headers(&headers, &url("https://a/").origin());
    assert_eq!(policies.len(), 3);
    let violations = policies.check_request(&request("https://a/", "https://b/x", Destination::Image), 0);
    assert_eq!(violations.len(), 1);
    assert!(!violations[0].is_enforced());
    assert_eq!(violations[0].policy().report_endpoints(), ["group", "/a", "/b"]);
    assert!(violations[0].to_string().contains("would forbid loading https://b/x"), "{}", violations[0]);
}

#[test]
fn a_violation_says_what_declares_it_and_what_would_allow_it() {
    let policies = list("https://a/", "Default-Src 'self'  https://cdn.example");
    let violation = policies
        .check_request(&request("https://a/", "https://b/x.png", Destination::Image), 0)
        .pop()
        .unwrap();
    assert_eq!(violation.directive, "img-src");
    let text = violation.to_string();
    assert!(
        text.contains("'default-src 'self'  https://cdn.example' forbids loading https://b/x.png"),
        "{text}"
    );
    assert_eq!(
        violation.hint(),
        "https://b would have to be in img-src of the Content-Security-Policy header"
    );
}

#[test]
fn hostile_policies_do_no_harm() {
    for value in [
        "img-src a.example:99999 b.example:99999999999999999999",
        "img-src *. *.* : :: /// http:// '",
        "img-src [::1] http://[::1]:80/",
        ";;;,,,;",
        "img-src \u{e9}",
        "img-src 'nonce-' 'sha256-' 'sha999-x'",
        &"img-src x ".repeat(20_000),
        &"img-src 'none',".repeat(20_000),
    ] {
        let policies = list("https://a/", value);
        let _ = policies.check_request(&request("https://a/", "https://a.example/x", Destination::Image), 0);
        let _ = policies.check_inline(InlineKind::Style, None, "\u{e9}\u{e9}");
        assert!(policies.len() <= MAX_CSP_POLICIES);
    }
    assert!(!allows("img-src a.example:99999", "https://a.example/", Destination::Image));
    let sample = list("https://a/", "style-src 'report-sample'");
    let violation = sample.check_inline(InlineKind::Style, None, &"é".repeat(100)).pop().unwrap();
    assert!(violation.to_string().ends_with(&"é".repeat(40)));
}

#[test]
fn a_sandbox_takes_what_it_does_not_allow() {
    let sandbox = list("https://a/", "sandbox allow-forms").sandbox().unwrap();
    assert!(sandbox.takes_origin() && sandbox.takes_scripts() && !sandbox.takes_forms());
    let both = sandbox.and(Sandbox::parse("allow-same-origin"));
    assert!(both.takes_forms() && both.takes_origin());
    assert!(!Sandbox::parse("allow-Same-Origin").takes_origin());
    assert!(list("https://a/", "img-src *").sandbox().is_none());
}

#[test]
fn inherited_policies_keep_the_origin_that_they_were_declared_by() {
    let policies = list("https://a/", "img-src 'self'");
    let inner = request("data:text/html,x", "https://a/x", Destination::Image);
    assert!(policies.check_request(&inner, 0).is_empty());
}
