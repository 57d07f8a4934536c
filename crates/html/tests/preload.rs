//! What the preload scanner finds.

use std::sync::Arc;

use fanlight_base::diagnostics::Unheard;
use fanlight_html::{FetchAttributes, ImageSource, ParserOptions, PreloadKind, PreloadScanner};

fn scan_with(text: &str, scripting: bool) -> Vec<PreloadKind> {
    let options = ParserOptions { scripting, ..ParserOptions::new("https://a.test/", Arc::new(Unheard)) };
    let mut scanner = PreloadScanner::new(&options);
    let mut hints = scanner.scan(text.as_bytes());
    hints.extend(scanner.end_of_input());
    hints.into_iter().map(|hint| hint.kind).collect()
}

fn scan(text: &str) -> Vec<PreloadKind> {
    scan_with(text, true)
}

fn stylesheet(url: &str, media: Option<&str>) -> PreloadKind {
    PreloadKind::Stylesheet {
        url: url.into(),
        media: media.map(str::to_owned),
        fetch: FetchAttributes::default(),
    }
}

fn image(src: &str) -> PreloadKind {
    PreloadKind::Image {
        sources: Vec::new(),
        src: Some(src.into()),
        srcset: None,
        sizes: None,
        dimensions: [None, None],
        is_lazy: false,
        fetch: FetchAttributes::default(),
    }
}

#[test]
fn stylesheets_are_those_that_apply() {
    let found = scan(
        "<link rel='Stylesheet' href=' a.css ' media=print><link rel=stylesheet href=b.css type=text/less>\
         <link rel='alternate stylesheet' href=c.css><link rel=stylesheet disabled href=d.css>\
         <link rel=stylesheet href=''><link rel=icon href=e.png><style>@import 'f.css' screen; a{}</style>",
    );
    assert_eq!(found, [stylesheet("a.css", Some("print")), stylesheet("f.css", Some("screen"))]);
}

#[test]
fn scripts_come_with_what_decides_their_order() {
    let found = scan(
        "<script src=a.js async defer></script><script type=module src=b.js crossorigin></script>\
         <script nomodule src=c.js></script><script type=text/template src=d.js></script><script>'<img src=e>'</script>",
    );
    let script = |url: &str, is_module, is_async, cross_origin: Option<&str>| PreloadKind::Script {
        url: url.into(),
        is_module,
        is_async,
        is_defer: is_async,
        fetch: FetchAttributes {
            cross_origin: cross_origin.map(str::to_owned),
            ..FetchAttributes::default()
        },
    };
    assert_eq!(found, [script("a.js", false, true, None), script("b.js", true, false, Some(""))]);
}

#[test]
fn an_image_takes_what_its_picture_offers() {
    let found = scan(
        "<picture><source srcset='a.avif 1x' type=image/avif><source src=x><source srcset=b.png media=print>\
         <img src=c.png srcset='c2.png 2x' sizes=50vw loading=lazy><img src=d.png></picture><source srcset=e><img src=f>",
    );
    let PreloadKind::Image { sources, src, srcset, sizes, is_lazy, .. } = &found[0] else {
        panic!("{found:?}");
    };
    assert_eq!(
        *sources,
        [
            ImageSource {
                srcset: "a.avif 1x".into(),
                sizes: None,
                media: None,
                mime_type: Some("image/avif".into())
            },
            ImageSource { srcset: "b.png".into(), sizes: None, media: Some("print".into()), mime_type: None },
        ]
    );
    assert_eq!(
        (src.as_deref(), srcset.as_deref(), sizes.as_deref()),
        (Some("c.png"), Some("c2.png 2x"), Some("50vw"))
    );
    assert!(is_lazy);
    assert_eq!(found[1..], [image("d.png"), image("f")]);
}

#[test]
fn links_that_prepare_are_told_apart() {
    let found = scan(
        "<base href='/x/'><base href='/y/'><link rel=preload as=Font href=a.woff2 type=font/woff2 crossorigin>\
         <link rel=modulepreload href=b.js><link rel='preconnect dns-prefetch' href=//c.test><video poster=d.jpg>",
    );
    let cross_origin = FetchAttributes { cross_origin: Some(String::new()), ..FetchAttributes::default() };
    let plain = FetchAttributes::default();
    assert_eq!(
        found,
        [
            PreloadKind::Base { href: "/x/".into() },
            PreloadKind::Preload {
                url: Some("a.woff2".into()),
                destination: "font".into(),
                media: None,
                mime_type: Some("font/woff2".into()),
                image_srcset: None,
                image_sizes: None,
                fetch: cross_origin,
            },
            PreloadKind::ModulePreload {
                url: "b.js".into(),
                destination: "script".into(),
                media: None,
                fetch: plain.clone(),
            },
            PreloadKind::Preconnect { url: "//c.test".into(), only_dns: false, fetch: plain.clone() },
            PreloadKind::Preconnect { url: "//c.test".into(), only_dns: true, fetch: plain },
            PreloadKind::Poster { url: "d.jpg".into() },
        ]
    );
}

#[test]
fn images_can_be_preloaded_by_candidates_alone() {
    let found = scan(
        "<link rel=preload as=image imagesrcset='a 1x, b 2x' imagesizes=9px><link rel=preload as=image>",
    );
    assert!(
        matches!(
            &found[..],
            [PreloadKind::Preload { url: None, image_srcset: Some(srcset), image_sizes: Some(sizes), .. }]
                if srcset == "a 1x, b 2x" && sizes == "9px"
        ),
        "{found:?}"
    );
}

#[test]
fn a_content_security_policy_and_what_the_next_page_needs_are_told() {
    let found = scan(
        "<meta http-equiv=Content-Security-Policy content=\"img-src 'self'\"><link rel=prefetch href=n.html media=print>",
    );
    let [PreloadKind::ContentSecurityPolicy, PreloadKind::Prefetch { url, media, .. }] = &found[..] else {
        panic!("{found:?}");
    };
    assert_eq!((url.as_str(), media.as_deref()), ("n.html", Some("print")));
}

#[test]
fn what_is_no_markup_needs_nothing() {
    let hidden = "<title><img src=1></title><!-- <img src=2> --><textarea><img src=3></textarea>\
                  <template><img src=4></template><style><img src=5></style><iframe><img src=6></iframe>";
    assert_eq!(scan(hidden), []);
    assert_eq!(scan("<noscript><img src=1></noscript>"), []);
    assert_eq!(scan_with("<noscript><img src=1></noscript>", false), [image("1")]);
    assert_eq!(scan("<svg><style><img src=1></style><![CDATA[<img src=2>]]></svg>"), [image("1")]);
}

#[test]
fn hints_know_their_line_and_do_not_wait_for_the_end() {
    let options =
        ParserOptions { charset: Some("utf-8"), ..ParserOptions::new("https://a.test/", Arc::new(Unheard)) };
    let mut scanner = PreloadScanner::new(&options);
    assert_eq!(scanner.scan(b"<p>\n<img src="), []);
    let hints = scanner.scan(b"a>");
    assert_eq!((hints.len(), hints[0].line), (1, 2));
    assert_eq!(scanner.scan(b"<p>"), []);
}
