//! Cookies over real connections: what answers set, what requests take along, and what a profile keeps.
#![allow(clippy::unwrap_used, reason = "a test fails by panicking")]

mod support;

use std::io::Write;
use std::path::Path;
use std::sync::Arc;
use std::time::{Duration, SystemTime};

use fanlight_fetch::clock::Clock;
use fanlight_fetch::cookies::Rejection;
use fanlight_fetch::{
    Credentials, Destination, Fetcher, HeaderList, Initiator, InitiatorKind, NetworkFetcher, Profile,
    Request, SiteForCookies, Url,
};
use support::{After, LONG, Seen, Server, get, redirect, response};

/// A server that sets the cookies of the query, one a parameter, and redirects where the path says so.
fn setting() -> Server {
    Server::start(|seen, stream| {
        let url = Url::parse(&format!("http://h{}", seen.path())).unwrap();
        let mut fields = Vec::new();
        for (name, value) in url.query_pairs() {
            let name = if name == "to" { "Location" } else { "Set-Cookie" };
            fields.push((name, value.into_owned()));
        }
        let fields: Vec<(&str, &str)> = fields.iter().map(|(name, value)| (*name, value.as_str())).collect();
        let status = if url.path() == "/redirect" { "302 Found" } else { "200 OK" };
        stream.write_all(&response(status, &fields, b"")).unwrap();
        After::KeepOpen
    })
}

/// The URL that makes the server set cookies.
fn set(server: &Server, host: &str, path: &str, cookies: &[&str]) -> Url {
    let mut url = Url::parse(&format!("http://{host}:{}{path}", server.address.port())).unwrap();
    url.query_pairs_mut().extend_pairs(cookies.iter().map(|cookie| ("set", *cookie)));
    url
}

fn cookies_of(seen: &Seen) -> String {
    seen.field("cookie").unwrap_or_default().to_owned()
}

fn last_cookies(server: &Server) -> String {
    cookies_of(server.seen().last().unwrap())
}

fn image(page: &str, url: Url) -> Request {
    let initiator = Initiator::new(InitiatorKind::Parser, Url::parse(page).unwrap());
    Request::subresource(url, Destination::Image, initiator)
}

#[test]
fn what_an_answer_sets_goes_along_with_the_next_request() {
    let (server, fetcher) = (setting(), NetworkFetcher::new());
    let url = set(&server, "127.0.0.1", "/", &["a=1; HttpOnly", "b=2; Path=/deep", "c=\u{e9}"]);
    get(&fetcher, url).unwrap();
    assert_eq!(last_cookies(&server), "", "there were none before");
    get(&fetcher, server.url("/deep/x")).unwrap();
    assert_eq!(last_cookies(&server), "b=2; a=1; c=\u{c3}\u{a9}", "bytes come back as they came");
    get(&fetcher, set(&server, "127.0.0.1", "/", &["a=; Max-Age=0"])).unwrap();
    get(&fetcher, server.url("/")).unwrap();
    assert_eq!(last_cookies(&server), "c=\u{c3}\u{a9}");
    let fields = server.seen().last().unwrap().fields.iter().filter(|(name, _)| name == "Cookie").count();
    assert_eq!(fields, 1);
}

#[test]
fn a_redirect_sets_cookies_for_where_it_leads() {
    let (server, fetcher) = (setting(), NetworkFetcher::new());
    let mut url = set(&server, "127.0.0.1", "/redirect", &["a=1", "b=2; Path=/elsewhere"]);
    url.query_pairs_mut().append_pair("to", "/landing");
    get(&fetcher, url).unwrap();
    let seen = server.seen();
    assert_eq!((seen[1].path(), cookies_of(&seen[1]).as_str()), ("/landing", "a=1"));
}

#[test]
fn without_credentials_cookies_neither_go_nor_come() {
    let (server, fetcher) = (setting(), NetworkFetcher::new());
    get(&fetcher, set(&server, "127.0.0.1", "/", &["a=1"])).unwrap();
    let mut request = Request::navigation(set(&server, "127.0.0.1", "/", &["b=2"]));
    request.credentials = Credentials::Omit;
    fetcher.fetch(request, LONG).unwrap();
    assert_eq!(last_cookies(&server), "");
    get(&fetcher, server.url("/")).unwrap();
    assert_eq!(last_cookies(&server), "a=1");
    // A page of another origin that asks for credentials within its origin alone.
    let mut request = image("http://127.0.0.1:1/", server.url("/x"));
    request.credentials = Credentials::SameOrigin;
    fetcher.fetch(request, LONG).unwrap();
    assert_eq!(last_cookies(&server), "");
}

#[test]
fn other_sites_get_only_what_is_for_every_site() {
    let (server, fetcher) = (setting(), NetworkFetcher::new());
    let cookies = ["s=1; SameSite=Strict", "l=2; SameSite=Lax", "d=3", "n=4; SameSite=None; Secure"];
    get(&fetcher, set(&server, "localhost", "/", &cookies)).unwrap();
    let url = || Url::parse(&format!("http://localhost:{}/", server.address.port())).unwrap();
    fetcher.fetch(image("http://localhost/page", url()), LONG).unwrap();
    assert_eq!(last_cookies(&server), "s=1; l=2; d=3; n=4", "within the site");
    fetcher.fetch(image("http://127.0.0.1/page", url()), LONG).unwrap();
    assert_eq!(last_cookies(&server), "n=4", "an image on another site's page");
    let mut link = Request::navigation(url());
    link.site_for_cookies = SiteForCookies::of_document(&Url::parse("http://127.0.0.1/page").unwrap());
    fetcher.fetch(link.clone(), LONG).unwrap();
    assert_eq!(last_cookies(&server), "l=2; d=3; n=4", "a link on another site's page");
    link.destination = Destination::Iframe;
    fetcher.fetch(link, LONG).unwrap();
    assert_eq!(last_cookies(&server), "n=4", "a frame on another site's page");
}

#[test]
fn an_image_of_another_site_cannot_set_cookies_for_its_own_and_the_log_says_why() {
    let (server, fetcher) = (setting(), NetworkFetcher::new());
    let url = set(&server, "localhost", "/", &["a=1", "n=2; SameSite=None; Secure", "p=3; Domain=com"]);
    fetcher.fetch(image("http://127.0.0.1/page", url), LONG).unwrap();
    get(&fetcher, set(&server, "localhost", "/", &[])).unwrap();
    assert_eq!(last_cookies(&server), "n=2");
    let rejected = fetcher.log().entries()[0].hops[0].rejected_cookies.clone();
    let expected = [("a", Rejection::CrossSite), ("p", Rejection::PublicSuffix)];
    assert_eq!(rejected, expected.map(|(name, reason)| (name.to_owned(), reason)));
}

#[test]
fn a_callers_own_cookies_are_left_as_they_are() {
    let (server, fetcher) = (setting(), NetworkFetcher::new());
    get(&fetcher, set(&server, "127.0.0.1", "/", &["a=1"])).unwrap();
    let mut request = Request::navigation(server.url("/"));
    request.headers = HeaderList::from_iter([("cookie", "mine=2")]);
    fetcher.fetch(request, LONG).unwrap();
    assert_eq!(last_cookies(&server), "mine=2");
}

#[test]
fn scripts_read_and_write_through_the_profile() {
    let (server, fetcher) = (setting(), NetworkFetcher::new());
    get(&fetcher, set(&server, "127.0.0.1", "/", &["seen=1", "hidden=2; HttpOnly"])).unwrap();
    let (document, profile) = (server.url("/"), fetcher.profile());
    let site = SiteForCookies::of_document(&document);
    assert_eq!(profile.document_cookie(&document, &site), "seen=1");
    profile.set_document_cookie(&document, &site, "set=\u{e9}; Path=/").unwrap();
    let refused = profile.set_document_cookie(&document, &site, "hidden=3");
    assert_eq!(refused, Err(Rejection::HttpOnly));
    get(&fetcher, server.url("/")).unwrap();
    assert_eq!(last_cookies(&server), "seen=1; hidden=2; set=\u{c3}\u{a9}");
    assert_eq!(
        profile.document_cookie(&document, &SiteForCookies::Nothing),
        "",
        "in a frame of another site"
    );
}

#[test]
fn a_form_after_a_detour_over_another_site_takes_no_strict_cookie() {
    let (server, fetcher) = (setting(), NetworkFetcher::new());
    get(&fetcher, set(&server, "localhost", "/", &["s=1; SameSite=Strict", "l=2; SameSite=Lax"])).unwrap();
    let away = Server::start(move |seen, stream| {
        stream.write_all(&redirect(302, seen.path().trim_start_matches('/'))).unwrap();
        After::KeepOpen
    });
    let back = away.url(&format!("/http://localhost:{}/", server.address.port()));
    get(&fetcher, back).unwrap();
    assert_eq!(last_cookies(&server), "l=2");
}

fn with_profile(folder: &Path) -> NetworkFetcher {
    NetworkFetcher::builder().profile(Arc::new(Profile::in_folder(folder))).build()
}

#[test]
fn a_profile_keeps_cookies_but_not_those_of_the_session() {
    let (server, folder) = (setting(), tempfile::tempdir().unwrap());
    let folder = folder.path().join("made/when needed");
    let fetcher = with_profile(&folder);
    get(&fetcher, server.url("/")).unwrap();
    drop(fetcher);
    assert!(!folder.exists(), "nothing was set, so nothing is written");
    let fetcher = with_profile(&folder);
    get(&fetcher, set(&server, "127.0.0.1", "/", &["kept=1; Max-Age=1000", "session=2"])).unwrap();
    drop(fetcher);
    let fetcher = with_profile(&folder);
    get(&fetcher, set(&server, "127.0.0.1", "/", &["kept=; Max-Age=0"])).unwrap();
    assert_eq!(last_cookies(&server), "kept=1");
    drop(fetcher);
    let fetcher = with_profile(&folder);
    get(&fetcher, server.url("/")).unwrap();
    assert_eq!(last_cookies(&server), "", "what a server removes is gone from the folder too");
    assert_eq!(fetcher.profile().take_problems(), Vec::<String>::new());
}

#[test]
fn time_passes_between_runs() {
    use std::sync::atomic::{AtomicU64, Ordering};
    let (server, folder) = (setting(), tempfile::tempdir().unwrap());
    let later = Arc::new(AtomicU64::new(0));
    let run = || {
        let later = Arc::clone(&later);
        let clock = Clock::new(move || SystemTime::now() + Duration::from_secs(later.load(Ordering::SeqCst)));
        let profile = Profile::in_folder(folder.path()).with_clock(clock);
        NetworkFetcher::builder().profile(Arc::new(profile)).build()
    };
    get(&run(), set(&server, "127.0.0.1", "/", &["hour=1; Max-Age=3600", "day=2; Max-Age=86400"])).unwrap();
    later.store(3601, Ordering::SeqCst);
    get(&run(), server.url("/")).unwrap();
    assert_eq!(last_cookies(&server), "day=2");
}

#[test]
fn two_processes_in_one_profile_lose_nothing() {
    let (server, folder) = (setting(), tempfile::tempdir().unwrap());
    let (one, two) = (with_profile(folder.path()), with_profile(folder.path()));
    get(&one, set(&server, "127.0.0.1", "/", &["first=1; Max-Age=1000", "both=1; Max-Age=1000"])).unwrap();
    get(&two, set(&server, "127.0.0.1", "/", &["second=2; Max-Age=1000", "both=2; Max-Age=1000"])).unwrap();
    one.profile().save();
    two.profile().save();
    get(&one, set(&server, "127.0.0.1", "/", &["first=; Max-Age=0", "third=3; Max-Age=1000"])).unwrap();
    one.profile().save();
    get(&one, server.url("/")).unwrap();
    assert_eq!(last_cookies(&server), "second=2; both=2; third=3", "the first learns from the second");
    let three = with_profile(folder.path());
    get(&three, server.url("/")).unwrap();
    assert!(!last_cookies(&server).contains("first"), "{}", last_cookies(&server));
    assert_eq!(last_cookies(&server).split("; ").count(), 3);
}

#[test]
fn many_processes_that_save_at_once_lose_nothing() {
    const MANY: usize = 8;
    let (server, folder) = (setting(), tempfile::tempdir().unwrap());
    let barrier = std::sync::Barrier::new(MANY);
    std::thread::scope(|scope| {
        for index in 0..MANY {
            let (server, folder, barrier) = (&server, folder.path(), &barrier);
            scope.spawn(move || {
                let fetcher = with_profile(folder);
                let cookie = format!("c{index}=1; Max-Age=1000");
                get(&fetcher, set(server, "127.0.0.1", "/", &[&cookie])).unwrap();
                barrier.wait();
                fetcher.profile().save();
                assert_eq!(fetcher.profile().take_problems(), Vec::<String>::new());
            });
        }
    });
    get(&with_profile(folder.path()), server.url("/")).unwrap();
    assert_eq!(last_cookies(&server).split("; ").count(), MANY);
}

#[test]
fn what_a_killed_process_left_half_written_is_swept_away() {
    let (server, folder) = (setting(), tempfile::tempdir().unwrap());
    std::fs::write(folder.path().join("cookies.jsonAbC123.part"), "{ \"form").unwrap();
    get(&with_profile(folder.path()), set(&server, "127.0.0.1", "/", &["a=1; Max-Age=1000"])).unwrap();
    let mut names: Vec<_> =
        folder.path().read_dir().unwrap().map(|entry| entry.unwrap().file_name()).collect();
    names.sort();
    assert_eq!(names, ["cookies.json", "lock"]);
}

#[test]
fn a_broken_file_is_put_aside_and_told() {
    for (text, reason) in [
        ("{\"format\":\"fanlight-cookies\",\"version\":1,\"entries\":[{\"na", "it is not JSON"),
        ("{}", "its format is fanlight-cookies"),
        ("{\"format\":\"fanlight-cookies\",\"version\":2,\"entries\":[]}", "its version is 2"),
    ] {
        let (server, folder) = (setting(), tempfile::tempdir().unwrap());
        let file = folder.path().join("cookies.json");
        std::fs::write(&file, text).unwrap();
        let fetcher = with_profile(folder.path());
        get(&fetcher, set(&server, "127.0.0.1", "/", &["new=1; Max-Age=1000"])).unwrap();
        let problems = fetcher.profile().take_problems();
        assert_eq!(problems.len(), 1, "{problems:?}");
        assert!(problems[0].contains(reason) && problems[0].contains("cookies.json.broken"), "{problems:?}");
        drop(fetcher);
        let aside = std::fs::read_to_string(folder.path().join("cookies.json.broken")).unwrap();
        assert_eq!(aside, text, "what was there is still there");
        assert!(std::fs::read_to_string(&file).unwrap().contains("\"new\""));
    }
}

#[test]
fn entries_that_mean_nothing_are_left_out_and_the_others_used() {
    let (server, folder) = (setting(), tempfile::tempdir().unwrap());
    let fetcher = with_profile(folder.path());
    get(&fetcher, set(&server, "127.0.0.1", "/", &["good=1; Max-Age=1000", "evil=2; Max-Age=1000"])).unwrap();
    drop(fetcher);
    let file = folder.path().join("cookies.json");
    let text = std::fs::read_to_string(&file).unwrap();
    let text = text.replace("\"value\":\"2\"", "\"value\":\"2\\r\\nInjected: 1\"");
    std::fs::write(&file, text).unwrap();
    let fetcher = with_profile(folder.path());
    get(&fetcher, server.url("/")).unwrap();
    assert_eq!(last_cookies(&server), "good=1");
    let problems = fetcher.profile().take_problems();
    assert!(problems[0].starts_with("1 entries of"), "{problems:?}");
}

#[test]
fn a_profile_that_cannot_be_written_is_told_and_stops_nothing() {
    let (server, file) = (setting(), tempfile::NamedTempFile::new().unwrap());
    let fetcher = with_profile(&file.path().join("below a file"));
    get(&fetcher, set(&server, "127.0.0.1", "/", &["a=1; Max-Age=1000"])).unwrap();
    get(&fetcher, server.url("/")).unwrap();
    assert_eq!(last_cookies(&server), "a=1");
    fetcher.profile().save();
    let problems = fetcher.profile().take_problems();
    assert!(problems[0].starts_with("could not make the profile's folder"), "{problems:?}");
}

#[test]
fn what_needs_no_network_reads_no_profile() {
    let folder = tempfile::tempdir().unwrap();
    std::fs::write(folder.path().join("cookies.json"), "broken").unwrap();
    let fetcher = with_profile(folder.path());
    get(&fetcher, Url::parse("data:,x").unwrap()).unwrap();
    drop(fetcher);
    assert!(folder.path().join("cookies.json").exists());
}

#[cfg(unix)]
#[test]
fn nobody_else_can_read_the_cookies() {
    use std::os::unix::fs::PermissionsExt;
    let (server, folder) = (setting(), tempfile::tempdir().unwrap());
    let folder = folder.path().join("profile");
    get(&with_profile(&folder), set(&server, "127.0.0.1", "/", &["a=1; Max-Age=1000"])).unwrap();
    let mode = |path: &Path| path.metadata().unwrap().permissions().mode() & 0o777;
    assert_eq!(mode(&folder), 0o700);
    assert_eq!(mode(&folder.join("cookies.json")), 0o600);
}
