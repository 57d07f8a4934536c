//! Scripts, which do not run yet: they are fetched where somebody looks at the network, the page waits for them as it would,
//! and the log says when each may run and why.
#![allow(clippy::unwrap_used, reason = "a test may panic")]

mod support;

use std::sync::Arc;
use std::time::Duration;

use fanlight_base::{Silent, Stage};
use fanlight_fetch::log::{ScriptMoment, ScriptVerdict};
use fanlight_fetch::{Fetcher, HeaderList, MemoryFetcher};
use fanlight_page::{Environment, Page, PageOptions, Progress, Source};
use support::{PAGE, Scripted, load, start};

fn options() -> PageOptions {
    PageOptions { load_scripts: true, ..support::options() }
}

fn words(script: &ScriptMoment) -> String {
    let url = script.note.url.as_ref().map(|url| url.as_str().trim_start_matches(PAGE).to_owned());
    let name = url.unwrap_or_else(|| format!("line {}", script.note.line.unwrap()));
    match &script.note.verdict {
        ScriptVerdict::MayRun(why) => format!("{name}, {}: {why}", script.note.kind),
        ScriptVerdict::Never(why) => format!("{name} never: {why}"),
    }
}

/// The scripts of a page in the order in which they may run.
fn turns(fetcher: &Scripted) -> Vec<String> {
    fetcher.log().snapshot().scripts.iter().map(words).collect()
}

/// Those of a page that has come as a whole.
fn turns_of(html: &str, paths: &[&str]) -> Vec<String> {
    let fetcher = Arc::new(Scripted::new(html, "", paths, &[]));
    load(&fetcher, options());
    turns(&fetcher)
}

fn has(page: &Page, text: &str) -> bool {
    page.text().contains(text)
}

fn advance(page: &mut Page) -> bool {
    matches!(page.advance(&Silent), Progress::Loaded)
}

#[test]
fn scripts_are_fetched_only_where_somebody_looks() {
    let html = "<!doctype html><script src=a.js></script><link rel=modulepreload href=b.js>\
        <link rel=preload as=script href=c.js><noscript>shown</noscript>";
    let asked = |options: PageOptions| {
        let fetcher = Arc::new(Scripted::new(html, "", &["a.js", "b.js", "c.js"], &[]));
        let page = load(&fetcher, options);
        assert!(has(&page, "shown"));
        assert!(!page.diagnostics().iter().any(|told| told.to_string().contains("preloaded")));
        fetcher.take_asked()
    };
    assert_eq!(asked(support::options()), [""; 0]);
    assert_eq!(asked(options()), ["high a.js", "high b.js cors", "high c.js"]);
    assert_eq!(asked(PageOptions { scripting: false, ..options() }), [""; 0]);
    assert_eq!(asked(PageOptions { goal: Stage::Dom, ..options() }), [""; 0]);
}

#[test]
fn the_scan_runs_ahead_of_a_parser_that_waits_for_a_script() {
    let html = "<!doctype html><script src=a.js></script><script src=b.js async></script>\
        <script src=c.js type=module></script><img src=1 width=200 height=200><script src=d.js></script><p>end";
    let paths = ["a.js", "b.js", "c.js", "d.js", "1"];
    let fetcher = Arc::new(Scripted::new(html, "", &paths, &["a.js"]));
    let mut page = start(&fetcher, options());
    assert!(!advance(&mut page));
    assert_eq!(fetcher.take_asked(), ["high a.js", "low b.js", "high c.js cors", "medium 1", "medium d.js"]);
    assert!(!has(&page, "end") && !page.can_paint(), "the parser waits");
    fetcher.release("a.js");
    assert!(advance(&mut page));
    assert!(has(&page, "end"));
    assert_eq!(fetcher.take_asked(), [""; 0], "everything was on its way");
    assert_eq!(
        turns(&fetcher),
        [
            "a.js, classic script: before the parser goes on: it had to come first",
            "b.js, classic script: as soon as it has come: nothing held it",
            "d.js, classic script: before the parser goes on: nothing held it",
            "c.js, module script: when the document has been parsed, in order: the rest of the document had to be \
             parsed first",
        ]
    );
}

#[test]
fn an_inline_script_waits_for_the_sheet_before_it() {
    let html = "<!doctype html><link rel=stylesheet href=a.css>\n<script>1</script>\n\
        <script type=importmap>{}</script>\n<p>end";
    let fetcher = Arc::new(Scripted::new(html, "", &["a.css"], &["a.css"]));
    let mut page = start(&fetcher, options());
    assert!(!advance(&mut page) && !has(&page, "end"));
    assert_eq!(turns(&fetcher), [""; 0]);
    fetcher.release("a.css");
    assert!(advance(&mut page) && has(&page, "end"));
    assert_eq!(
        turns(&fetcher),
        [
            "line 2, classic script: before the parser goes on: the style sheets before it had to come first",
            "line 3, import map: at once, where it stands: nothing holds it",
        ]
    );
    let other_media = "<!doctype html><link rel=stylesheet href=a.css media=print><script>1</script>";
    assert_eq!(
        turns_of(other_media, &["a.css"]),
        ["line 1, classic script: at once, where it stands: nothing holds it"]
    );
}

#[test]
fn the_document_is_finished_when_deferred_scripts_have_had_their_turn() {
    let html = "<!doctype html><script src=a.js defer></script><script src=b.js type=module></script>\
        <script src=c.js async></script><p>end";
    let fetcher = Arc::new(Scripted::new(html, "", &["a.js", "b.js", "c.js"], &["a.js", "c.js"]));
    let mut page = start(&fetcher, options());
    let moments = || fetcher.log().snapshot().pages[0].moments;
    assert!(!advance(&mut page));
    assert!(has(&page, "end") && moments().first_paint.is_some());
    assert!(moments().dom_content_loaded.is_none());
    fetcher.release("a.js");
    assert!(!advance(&mut page));
    assert!(moments().dom_content_loaded.is_some() && moments().load.is_none());
    fetcher.release("c.js");
    assert!(advance(&mut page));
    let order: Vec<String> = turns(&fetcher).iter().map(|words| words[..4].to_owned()).collect();
    assert_eq!(order, ["a.js", "b.js", "c.js"]);
    assert!(turns(&fetcher)[1].ends_with("http://a/a.js had to come first"), "{:?}", turns(&fetcher));
}

#[test]
fn blocking_render_holds_the_first_paint_for_a_script_that_the_parser_does_not_wait_for() {
    let html = "<!doctype html><script src=a.js async blocking=render></script><p>end";
    let fetcher = Arc::new(Scripted::new(html, "", &["a.js"], &["a.js"]));
    let mut page = start(&fetcher, options());
    assert!(!advance(&mut page));
    assert!(has(&page, "end") && !page.can_paint());
    fetcher.release("a.js");
    assert!(advance(&mut page) && page.can_paint());
}

#[test]
fn what_never_runs_says_why() {
    let html = "<!doctype html><script nomodule src=a.js></script><script type=text/template>x</script>\
        <script src=missing.js></script><script src=page.js type=module></script>\
        <script for=x event=y>1</script><script src></script>";
    let never = turns_of(html, &["a.js", "page.js/../x"]);
    assert_eq!(never.len(), 6, "{never:?}");
    for why in ["nomodule", "'text/template' is no script", "'for' and 'event'", "'' is no address"] {
        assert!(never.iter().any(|words| words.contains(why)), "{why}: {never:?}");
    }
    assert!(never.iter().any(|words| words.starts_with("missing.js never: ")), "{never:?}");
    assert!(never[5].starts_with("page.js never: "), "{never:?}");
}

#[test]
fn a_module_of_another_type_does_not_run() {
    let fetcher =
        Arc::new(Scripted::new("<!doctype html><script type=module src=picture></script>", "", &[], &[]));
    let table = MemoryFetcher::new()
        .with(PAGE, "text/html", "<!doctype html><script type=module src=m.txt></script>")
        .with("http://a/m.txt", "text/plain", "1");
    let fetcher = Arc::new(Scripted { table, ..Arc::into_inner(fetcher).unwrap() });
    load(&fetcher, options());
    assert!(turns(&fetcher)[0].contains("its type is text/plain"), "{:?}", turns(&fetcher));
}

#[test]
fn policies_say_which_scripts_may_run() {
    // The SHA-256 of "1".
    let policy =
        "script-src 'nonce-n' 'strict-dynamic' 'sha256-a4ayc/80/OGda4BO/1o/V0etpOqiLx1JwB5S3beHW0s='";
    let html = "<!doctype html><script src=a.js></script><script src=b.js nonce=n></script>\n<script>1</script>\n\
        <script>2</script>\n<script nonce=n>3</script>";
    let headers: HeaderList =
        [("content-type", "text/html"), ("content-security-policy", policy)].into_iter().collect();
    let table = ["a.js", "b.js"].iter().fold(MemoryFetcher::new(), |table, path| {
        table.with(&format!("{PAGE}{path}"), "text/javascript", "1")
    });
    let table = table.with_response(PAGE, 200, headers, html.to_owned());
    let plain = Scripted::new("", "", &[], &[]);
    let fetcher = Arc::new(Scripted { table, ..plain });
    let page = load(&fetcher, options());
    let turns = turns(&fetcher);
    assert!(
        turns
            .iter()
            .any(|words| words.starts_with("a.js never: ") && words.contains("Content-Security-Policy"))
    );
    assert!(turns.iter().any(|words| words.starts_with("b.js, classic script")), "{turns:?}");
    let inline: Vec<String> = turns.into_iter().filter(|words| words.starts_with("line")).collect();
    assert_eq!(
        inline,
        [
            "line 2, classic script: at once, where it stands: nothing holds it",
            "line 3 never: the page's Content-Security-Policy forbids it",
            "line 4, classic script: at once, where it stands: nothing holds it",
        ]
    );
    let told =
        page.diagnostics().iter().filter(|told| told.to_string().contains("a <script> element: 2")).count();
    assert_eq!(told, 1);
}

#[test]
fn a_script_that_never_comes_does_not_cost_the_page() {
    let html = "<!doctype html><p>one<script src=a.js></script><p>two<script src=b.js></script><p>three";
    let fetcher = Arc::new(Scripted::new(html, "", &["b.js"], &["a.js"]));
    let page = load(&fetcher, PageOptions { timeout: Duration::from_millis(100), ..options() });
    assert!(has(&page, "three"), "{}", page.text());
    assert_eq!(turns(&fetcher).len(), 1);
    assert!(turns(&fetcher)[0].starts_with("a.js never: loading was stopped"), "{:?}", turns(&fetcher));
}

#[test]
fn preloaded_modules_are_what_is_used() {
    let html = "<!doctype html><link rel=modulepreload href=m.js><link rel=preload as=script href=a.js>\
        <script type=module src=m.js></script><script src=a.js></script>";
    let fetcher = Arc::new(Scripted::new(html, "", &["m.js", "a.js"], &[]));
    load(&fetcher, options());
    assert_eq!(fetcher.take_asked(), ["high m.js cors", "high a.js"]);
}

#[test]
fn a_sandbox_takes_scripts_away() {
    let headers: HeaderList =
        [("content-type", "text/html"), ("content-security-policy", "sandbox")].into_iter().collect();
    let html = "<!doctype html><script src=a.js></script>";
    let table = MemoryFetcher::new().with_response(PAGE, 200, headers, html);
    let fetcher = Arc::new(Scripted { table, ..Scripted::new("", "", &[], &[]) });
    load(&fetcher, options());
    assert_eq!(turns(&fetcher), ["line 1 never: the page is in a sandbox without allow-scripts"]);
    assert_eq!(fetcher.take_asked(), [""; 0]);
}

#[test]
fn without_scripts_a_canvas_shows_its_fallback_content() {
    let body = "<!DOCTYPE html><body style='margin: 0'><canvas width=30 height=30>\
                <div style='height: 10px; background: red'></div></canvas>";
    let at_corner = |scripting: bool| {
        let options = PageOptions { scripting, ..options() };
        let source = Source::Bytes(body.as_bytes().to_vec());
        let mut page = Page::load(&Environment::new(true), source, options, &Silent).unwrap();
        page.frame(&Silent).row(5)[5]
    };
    assert_eq!(at_corner(true), [255, 255, 255, 255]);
    assert_eq!(at_corner(false), [255, 0, 0, 255]);
}
