//! The storage model and the retrieval algorithm, step by step.

use super::*;

/// Some day, in ms since 1970.
const NOW: i64 = 1_800_000_000_000;
const DAY: i64 = 86_400_000;

struct User {
    store: CookieStore,
    now: i64,
}

impl User {
    fn new() -> Self {
        User { store: CookieStore::default(), now: NOW }
    }

    fn access<'a>(&self, url: &'a Url, reach: Reach, context: SameSiteContext) -> Access<'a> {
        Access { url, reach, context, now: self.now }
    }

    fn receives(&mut self, url: &str, field: &str) -> Result<(), Rejection> {
        self.receives_as(url, field, Reach::Http, SameSiteContext::SameSite)
    }

    fn receives_as(
        &mut self,
        url: &str,
        field: &str,
        reach: Reach,
        context: SameSiteContext,
    ) -> Result<(), Rejection> {
        let url = Url::parse(url).unwrap();
        let access = self.access(&url, reach, context);
        self.now += 1;
        self.store.receive(field, access)
    }

    fn sends(&mut self, url: &str) -> String {
        self.sends_as(url, Reach::Http, SameSiteContext::SameSite)
    }

    fn sends_as(&mut self, url: &str, reach: Reach, context: SameSiteContext) -> String {
        let url = Url::parse(url).unwrap();
        let access = self.access(&url, reach, context);
        self.now += 1;
        self.store.cookie_string(access).unwrap_or_default()
    }
}

#[test]
fn a_cookie_without_domain_is_for_its_host_alone() {
    let mut user = User::new();
    user.receives("https://www.example.com/", "a=1").unwrap();
    assert_eq!(user.sends("https://www.example.com/x"), "a=1");
    assert_eq!(user.sends("https://www.example.com:8443/"), "a=1", "ports do not matter");
    assert_eq!(user.sends("https://example.com/"), "");
    assert_eq!(user.sends("https://a.www.example.com/"), "");
}

#[test]
fn a_cookie_with_domain_is_for_all_below() {
    let mut user = User::new();
    user.receives("https://www.example.com/", "a=1; Domain=.Example.com").unwrap();
    for host in ["www.example.com", "example.com", "a.b.example.com"] {
        assert_eq!(user.sends(&format!("https://{host}/")), "a=1", "{host}");
    }
    assert_eq!(user.sends("https://badexample.com/"), "");
}

#[test]
fn a_host_cannot_set_cookies_for_others() {
    let mut user = User::new();
    for (url, domain, reason) in [
        ("https://example.com/", "www.example.com", Rejection::OtherDomain),
        ("https://example.com/", "other.com", Rejection::OtherDomain),
        ("https://example.com/", "com", Rejection::PublicSuffix),
        ("https://a.co.uk/", "co.uk", Rejection::PublicSuffix),
        ("https://a.github.io/", "github.io", Rejection::PublicSuffix),
        ("https://example.com/", "\u{c3}\u{a9}.com", Rejection::OtherDomain),
        ("http://10.0.0.1/", "0.0.1", Rejection::OtherDomain),
    ] {
        assert_eq!(user.receives(url, &format!("a=1; Domain={domain}")), Err(reason), "{domain}");
    }
    assert_eq!(user.receives("file:///a", "a=1"), Err(Rejection::NoHost));
    assert!(user.store.is_empty());
}

#[test]
fn a_public_suffix_and_an_address_keep_cookies_for_themselves() {
    let mut user = User::new();
    user.receives("https://github.io/", "a=1; Domain=github.io").unwrap();
    assert_eq!(user.sends("https://github.io/"), "a=1");
    assert_eq!(user.sends("https://me.github.io/"), "");
    user.receives("http://10.0.0.1/", "b=2; Domain=10.0.0.1").unwrap();
    assert_eq!(user.sends("http://10.0.0.1/"), "b=2");
    user.receives("http://[::1]/", "c=3").unwrap();
    assert_eq!(user.sends("http://[::1]/"), "c=3");
}

#[test]
fn paths_narrow_and_longer_ones_go_first_then_older_ones() {
    let mut user = User::new();
    user.receives("https://h.test/a/b", "default=1").unwrap();
    user.receives("https://h.test/", "second=2; Path=/").unwrap();
    user.receives("https://h.test/", "third=3; Path=/").unwrap();
    user.receives("https://h.test/", "deep=4; Path=/a/b/").unwrap();
    assert_eq!(user.sends("https://h.test/a/b/c"), "deep=4; default=1; second=2; third=3");
    assert_eq!(user.sends("https://h.test/a"), "default=1; second=2; third=3");
    assert_eq!(user.sends("https://h.test/ab"), "second=2; third=3");
}

#[test]
fn a_cookie_that_is_set_again_keeps_its_place() {
    let mut user = User::new();
    user.receives("https://h.test/", "a=1").unwrap();
    user.receives("https://h.test/", "b=2").unwrap();
    user.receives("https://h.test/", "a=3").unwrap();
    assert_eq!(user.sends("https://h.test/"), "a=3; b=2");
    user.receives("https://h.test/", "a=4; Domain=h.test").unwrap();
    assert_eq!(user.sends("https://h.test/"), "a=3; b=2; a=4", "with a domain it is another cookie");
}

#[test]
fn an_end_in_the_past_removes() {
    let mut user = User::new();
    for removal in ["a=; Max-Age=0", "a=; Expires=Thu, 01 Jan 1970 00:00:00 GMT", "a=x; Max-Age=-5"] {
        user.receives("https://h.test/", "a=1").unwrap();
        user.receives("https://h.test/", removal).unwrap();
        assert_eq!(user.sends("https://h.test/"), "", "{removal}");
        assert!(user.store.is_empty());
    }
}

#[test]
fn cookies_end_in_time_and_after_400_days_at_most() {
    let mut user = User::new();
    user.receives("https://h.test/", "short=1; Max-Age=60").unwrap();
    user.receives("https://h.test/", "long=2; Max-Age=99999999999999999999").unwrap();
    user.receives("https://h.test/", "date=3; Expires=Fri, 31 Dec 9999 23:59:59 GMT").unwrap();
    user.receives("https://h.test/", "session=4").unwrap();
    user.now = NOW + 59_000;
    assert_eq!(user.sends("https://h.test/"), "short=1; long=2; date=3; session=4");
    user.now = NOW + 61_000;
    assert_eq!(user.sends("https://h.test/"), "long=2; date=3; session=4");
    user.now = NOW + 399 * DAY;
    assert_eq!(user.sends("https://h.test/"), "long=2; date=3; session=4");
    user.now = NOW + 400 * DAY + 10;
    assert_eq!(user.sends("https://h.test/"), "session=4");
}

#[test]
fn secure_cookies_travel_over_secure_connections_alone() {
    let mut user = User::new();
    assert_eq!(user.receives("http://h.test/", "a=1; Secure"), Err(Rejection::InsecureOrigin));
    user.receives("https://h.test/", "a=1; Secure").unwrap();
    assert_eq!(user.sends("http://h.test/"), "");
    assert_eq!(user.sends("https://h.test/"), "a=1");
    user.receives("http://localhost/", "b=2; Secure").unwrap();
    assert_eq!(user.sends("http://localhost/"), "b=2", "this machine is secure");
}

#[test]
fn an_insecure_answer_leaves_secure_cookies_alone() {
    let mut user = User::new();
    user.receives("https://www.h.test/", "a=1; Secure; Path=/login; Domain=h.test").unwrap();
    for (url, field) in [
        ("http://www.h.test/login/", "a=2; Domain=h.test"),
        ("http://www.h.test/login/en", "a=2"),
        ("http://h.test/", "a=2; Path=/login"),
    ] {
        assert_eq!(user.receives(url, field), Err(Rejection::HidesSecure), "{url} {field}");
    }
    user.receives("http://h.test/", "a=3; Path=/").unwrap();
    user.receives("http://h.test/", "b=3; Path=/login").unwrap();
    user.receives("https://www.h.test/login/", "a=4; Path=/login").unwrap();
}

#[test]
fn scripts_neither_see_nor_set_http_only_cookies() {
    let mut user = User::new();
    let site = SameSiteContext::SameSite;
    user.receives("https://h.test/", "a=1; HttpOnly").unwrap();
    user.receives("https://h.test/", "b=2").unwrap();
    assert_eq!(user.sends_as("https://h.test/", Reach::Script, site), "b=2");
    for field in ["a=3", "c=3; HttpOnly"] {
        let outcome = user.receives_as("https://h.test/", field, Reach::Script, site);
        assert_eq!(outcome, Err(Rejection::HttpOnly), "{field}");
    }
    user.receives_as("https://h.test/", "b=4", Reach::Script, site).unwrap();
    assert_eq!(user.sends("https://h.test/"), "a=1; b=4");
}

#[test]
fn other_sites_neither_send_nor_set_what_is_not_for_them() {
    let mut user = User::new();
    let other = SameSiteContext::CrossSite;
    for field in ["a=1", "a=1; SameSite=Lax", "a=1; SameSite=Strict", "a=1; SameSite=unknown"] {
        let outcome = user.receives_as("https://h.test/", field, Reach::Http, other);
        assert_eq!(outcome, Err(Rejection::CrossSite), "{field}");
    }
    user.receives_as("https://h.test/", "n=1; SameSite=None; Secure", Reach::Http, other).unwrap();
    let going_there = SameSiteContext::TopLevelUnsafe;
    user.receives_as("https://h.test/", "s=2; SameSite=Strict", Reach::Http, going_there).unwrap();
    user.receives("https://h.test/", "l=3; SameSite=Lax").unwrap();
    assert_eq!(user.sends_as("https://h.test/", Reach::Http, other), "n=1");
    assert_eq!(user.sends_as("https://h.test/", Reach::Http, SameSiteContext::TopLevelSafe), "n=1; l=3");
    assert_eq!(user.sends("https://h.test/"), "n=1; s=2; l=3");
    assert_eq!(user.receives("https://h.test/", "a=1; SameSite=None"), Err(Rejection::SameSiteNoneInsecure));
}

#[test]
fn a_new_cookie_goes_along_with_a_form_from_another_site_for_two_minutes() {
    let mut user = User::new();
    user.receives("https://h.test/", "a=1").unwrap();
    user.receives("https://h.test/", "l=1; SameSite=Lax").unwrap();
    let form = SameSiteContext::TopLevelUnsafe;
    assert_eq!(user.sends_as("https://h.test/", Reach::Http, form), "a=1");
    user.now = NOW + 121_000;
    assert_eq!(user.sends_as("https://h.test/", Reach::Http, form), "");
}

#[test]
fn prefixes_are_promises() {
    let mut user = User::new();
    for field in [
        "__Secure-a=1",
        "__SECURE-a=1",
        "__Host-a=1; Secure",
        "__Host-a=1; Secure; Path=/x",
        "__Host-a=1; Path=/",
        "__host-a=1; Secure; Path=/; Domain=h.test",
        "__Http-a=1; Secure",
        "__Http-a=1; HttpOnly",
        "__Host-Http-a=1; Secure; Path=/",
        "__Secure-a",
        "=__Host-a; Secure; Path=/",
    ] {
        assert_eq!(user.receives("https://h.test/", field), Err(Rejection::Prefix), "{field}");
    }
    user.receives("https://h.test/", "__Secure-a=1; Secure; Domain=h.test").unwrap();
    user.receives("https://h.test/", "__Host-a=1; Secure; Path=/").unwrap();
    user.receives("https://h.test/", "__Http-a=1; Secure; HttpOnly; Domain=h.test").unwrap();
    user.receives("https://h.test/", "__Host-Http-a=1; Secure; HttpOnly; Path=/").unwrap();
    assert_eq!(user.sends("https://h.test/"), "__Secure-a=1; __Host-a=1; __Http-a=1; __Host-Http-a=1");
}

#[test]
fn nameless_cookies_are_sent_without_a_sign() {
    let mut user = User::new();
    user.receives("https://h.test/", "only").unwrap();
    user.receives("https://h.test/", "empty=").unwrap();
    assert_eq!(user.sends("https://h.test/"), "only; empty=");
}

#[test]
fn too_many_cookies_of_a_domain_push_out_the_insecure_and_the_long_unused() {
    let mut user = User::new();
    user.receives("https://h.test/", "secure=1; Secure").unwrap();
    user.receives("https://h.test/", "used=1").unwrap();
    for index in 2..MAX_COOKIES_PER_DOMAIN {
        user.receives("https://a.h.test/", &format!("c{index}=1; Path=/p")).unwrap();
    }
    assert_eq!(user.store.len(), MAX_COOKIES_PER_DOMAIN);
    user.sends("https://h.test/");
    user.receives("https://h.test/", "one=more").unwrap();
    assert_eq!(user.store.len(), MAX_COOKIES_PER_DOMAIN);
    assert_eq!(user.sends("https://h.test/"), "secure=1; used=1; one=more");
    assert!(user.store.iter().all(|cookie| cookie.name != "c2"), "the first that nobody used");
}

#[test]
fn too_many_cookies_together_push_out_the_long_unused() {
    let mut user = User::new();
    for index in 0..=MAX_COOKIES {
        user.receives(&format!("https://h{index}.test/"), "a=1").unwrap();
    }
    assert_eq!(user.store.len(), MAX_COOKIES);
    assert_eq!(user.sends("https://h0.test/"), "");
    assert_eq!(user.sends("https://h1.test/"), "a=1");
}
