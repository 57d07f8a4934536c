//! Pages from a server that sends as slowly and as badly as a test says.
#![allow(clippy::unwrap_used, reason = "a test may panic")]

#[path = "../../fetch/tests/support/server.rs"]
mod support;

use std::collections::HashMap;
use std::io::Write;
use std::sync::Mutex;
use std::sync::mpsc::{Receiver, Sender, channel};
use std::time::{Duration, Instant};

use fanlight_base::geometry::{CssSize, CssVector};
use fanlight_base::observer::StageTable;
use fanlight_base::{DumpFormat, Observer, Silent, Stage};
use fanlight_page::{
    Area, Artefact, CaptureOptions, Environment, LoadError, Page, PageOptions, Progress, Source,
};
use support::{After, LONG, Server, ok, response};

/// The head of a page whose length nobody knows, in UTF-8.
const UTF_8: &str = "HTTP/1.1 200 OK\r\nContent-Type: text/html; charset=utf-8\r\nConnection: close\r\n\r\n";
/// The same without an encoding.
const UNDECLARED: &str = "HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nConnection: close\r\n\r\n";

const RED: [u8; 3] = [255, 0, 0];
const BLUE: [u8; 3] = [0, 0, 255];
const WHITE: [u8; 3] = [255, 255, 255];

/// Gives what a server sends next; dropped, the answer ends there.
type Tap = Sender<Vec<u8>>;

/// A server that answers some paths as the test goes on, the others at once; what has no answer is not found.
fn tapped(slow: &[&'static str], quick: &[(&'static str, Vec<u8>)]) -> (Server, HashMap<&'static str, Tap>) {
    let mut taps = HashMap::new();
    let mut pipes: HashMap<&str, Mutex<Receiver<Vec<u8>>>> = HashMap::new();
    for &path in slow {
        let (tap, pipe) = channel();
        taps.insert(path, tap);
        pipes.insert(path, Mutex::new(pipe));
    }
    let quick: HashMap<&str, Vec<u8>> = quick.iter().cloned().collect();
    let server = Server::start(move |request, stream| {
        if let Some(pipe) = pipes.get(request.path()) {
            while let Ok(bytes) = pipe.lock().unwrap().recv_timeout(LONG) {
                stream.write_all(&bytes).unwrap();
            }
            return After::Close;
        }
        let missing = || response("404 Not Found", &[], b"");
        stream.write_all(&quick.get(request.path()).cloned().unwrap_or_else(missing)).unwrap();
        After::KeepOpen
    });
    (server, taps)
}

fn options() -> PageOptions {
    PageOptions { viewport: CssSize::new(200.0, 100.0), timeout: LONG, ..PageOptions::default() }
}

/// A page as a window loads it.
fn shown(server: &Server, path: &str) -> Page {
    let options = PageOptions { progressive: true, ..options() };
    Page::start(&Environment::new(true), Source::Url(server.url(path)), options)
}

/// Loads a page without showing it.
fn load(server: &Server, path: &str, observer: &dyn Observer) -> Result<Page, LoadError> {
    Page::load(&Environment::new(true), Source::Url(server.url(path)), options(), observer)
}

/// Goes on with a page until something is so, as a window does.
fn until(page: &mut Page, what: &str, mut is_so: impl FnMut(&mut Page) -> bool) {
    let begun = Instant::now();
    while begun.elapsed() < LONG {
        page.advance(&Silent);
        if is_so(page) {
            return;
        }
        std::thread::sleep(Duration::from_millis(1));
    }
    panic!("waited in vain until {what}");
}

fn is_loaded(page: &mut Page) -> bool {
    !page.is_loading()
}

fn has(page: &Page, id: &str) -> bool {
    page.document().element_by_id(id).is_some()
}

/// The colour in the middle of a row of the viewport.
fn colour(page: &mut Page, row: usize) -> Option<[u8; 3]> {
    let frame = page.frame(&Silent);
    frame.row(row).get(100).map(|&[red, green, blue, _]| [red, green, blue])
}

fn dump(page: &mut Page, stage: Stage) -> String {
    page.dump(Artefact::Stage(stage), DumpFormat::Text, &Silent)
}

// --- what is shown when ---

#[test]
fn a_slow_document_shows_its_first_part_before_its_last_byte() {
    let (server, mut taps) = tapped(&["/"], &[]);
    let tap = taps.remove("/").unwrap();
    let mut page = shown(&server, "/");
    let first = "<!doctype html><body style=margin:0><div style=height:50px;background:red>";
    tap.send(format!("{UTF_8}{first}").into()).unwrap();
    until(&mut page, "the first part shows", |page| colour(page, 20) == Some(RED));
    assert!(page.is_loading());
    tap.send(b"</div><div style=height:50px;background:blue>".to_vec()).unwrap();
    until(&mut page, "the second part shows", |page| colour(page, 70) == Some(BLUE));
    assert!(page.is_loading());
    drop(tap);
    until(&mut page, "it is loaded", is_loaded);
    assert_eq!((colour(&mut page, 20), colour(&mut page, 70)), (Some(RED), Some(BLUE)));
}

#[test]
fn a_stalled_sheet_of_the_head_holds_the_first_paint_but_not_parsing() {
    let html = b"<!doctype html><link rel=stylesheet href=/slow.css><body><p id=seen>x<img src=/seen.png>";
    let (server, mut taps) = tapped(&["/slow.css"], &[("/", ok(html))]);
    let tap = taps.remove("/slow.css").unwrap();
    let mut page = shown(&server, "/");
    until(&mut page, "the image was asked for", |_| {
        server.seen().iter().any(|request| request.path() == "/seen.png")
    });
    assert!(has(&page, "seen") && !page.can_paint());
    assert_eq!(colour(&mut page, 20), None, "nothing is painted");
    tap.send(response("200 OK", &[("Content-Type", "text/css")], b"body{background:red}")).unwrap();
    drop(tap);
    until(&mut page, "it is loaded", is_loaded);
    assert_eq!(colour(&mut page, 20), Some(RED));
}

#[test]
fn a_sheet_that_is_imported_in_the_head_holds_the_first_paint_until_it_fails() {
    let html = b"<!doctype html><style>@import '/slow.css';</style><body><p id=seen>x";
    let (server, mut taps) = tapped(&["/slow.css"], &[("/", ok(html))]);
    let tap = taps.remove("/slow.css").unwrap();
    let mut page = shown(&server, "/");
    until(&mut page, "all is parsed", |page| has(page, "seen"));
    assert!(!page.can_paint());
    drop(tap);
    until(&mut page, "the sheet has failed", |page| page.can_paint());
}

#[test]
fn what_early_hints_name_is_on_its_way_before_the_head_of_the_document() {
    let sheet = response("200 OK", &[("Content-Type", "text/css")], b"body{background:red}");
    let (server, mut taps) = tapped(&["/"], &[("/hinted.css", sheet)]);
    let tap = taps.remove("/").unwrap();
    let mut page = shown(&server, "/");
    let hints = "HTTP/1.1 103 Early Hints\r\nLink: </hinted.css>; rel=preload; as=style, </next>; rel=prefetch\r\n\r\n";
    tap.send(hints.into()).unwrap();
    let asked = |path: &str| server.seen().iter().filter(|request| request.path() == path).count();
    until(&mut page, "the sheet was asked for", |_| asked("/hinted.css") == 1);
    tap.send(format!("{UTF_8}<!doctype html><link rel=stylesheet href=hinted.css><p>x").into()).unwrap();
    drop(tap);
    until(&mut page, "it is loaded", is_loaded);
    assert_eq!(colour(&mut page, 20), Some(RED));
    assert_eq!((asked("/hinted.css"), asked("/next")), (1, 0));
}

/// A page whose text is a red block in a font that comes when the test sends it.
fn page_with_font(display: &str) -> Vec<u8> {
    ok(format!(
        "<!doctype html><meta charset=utf-8><style>@font-face {{ font-family: late; src: url(/late.ttf); font-display: {display} }}
         body {{ margin: 0; font: 100px/100px late; color: red }}</style>\u{2588}\u{2588}\u{2588}"
    )
    .as_bytes())
}

/// A page with a font on its way, laid out.
fn awaiting_font(display: &str) -> (Server, Page, Tap) {
    let (server, mut taps) = tapped(&["/late.ttf"], &[("/", page_with_font(display))]);
    let tap = taps.remove("/late.ttf").unwrap();
    let mut page = shown(&server, "/");
    until(&mut page, "the font was asked for", |_| {
        server.seen().iter().any(|request| request.path() == "/late.ttf")
    });
    (server, page, tap)
}

#[test]
fn text_that_swaps_is_seen_before_its_font_comes() {
    let (_server, mut page, _tap) = awaiting_font("swap");
    assert_eq!(colour(&mut page, 50), Some(RED));
    assert!(page.is_loading());
}

#[test]
fn text_in_its_block_period_waits_unseen_until_loading_is_stopped() {
    let begun = Instant::now();
    let (_server, mut page, _tap) = awaiting_font("block");
    let seen = colour(&mut page, 50);
    // On a machine so slow that the period is over by now there is nothing to see.
    assert!(seen == Some(WHITE) || begun.elapsed() >= Duration::from_secs(3), "{seen:?}");
    page.stop();
    assert_eq!(colour(&mut page, 50), Some(RED));
}

#[test]
fn the_period_of_an_optional_font_ends_by_itself_and_the_font_is_not_used_after() {
    let (_server, mut page, tap) = awaiting_font("optional");
    until(&mut page, "the text is seen", |page| colour(page, 50) == Some(RED));
    let fallback = dump(&mut page, Stage::Layout);
    let font = include_bytes!("../../../assets/fonts/liberation/LiberationMono-Regular.ttf");
    tap.send(response("200 OK", &[("Content-Type", "font/ttf")], font)).unwrap();
    drop(tap);
    until(&mut page, "it is loaded", is_loaded);
    assert_eq!(dump(&mut page, Stage::Layout), fallback);
}

#[test]
fn sheets_of_the_body_and_of_other_media_do_not_hold_the_first_paint() {
    let html = b"<!doctype html><link rel=stylesheet href=/print.css media=print><body bgcolor=blue>\
        <link rel=stylesheet href=/slow.css><p>x";
    let (server, mut taps) = tapped(&["/slow.css", "/print.css"], &[("/", ok(html))]);
    let (tap, _print) = (taps.remove("/slow.css").unwrap(), taps.remove("/print.css").unwrap());
    let mut page = shown(&server, "/");
    until(&mut page, "it shows without the sheets", |page| colour(page, 20) == Some(BLUE));
    assert!(page.is_loading());
    tap.send(response("200 OK", &[("Content-Type", "text/css")], b"body{background:red}")).unwrap();
    drop(tap);
    until(&mut page, "the sheet of the body counts", |page| colour(page, 20) == Some(RED));
}

#[test]
fn a_document_that_is_not_shown_is_styled_and_laid_out_once() {
    let server = Server::start(|_, stream| {
        stream.write_all(UTF_8.as_bytes()).unwrap();
        for index in 0..20 {
            stream.write_all(format!("<p>paragraph {index}</p>").as_bytes()).unwrap();
            std::thread::sleep(Duration::from_millis(2));
        }
        After::Close
    });
    let table = StageTable::default();
    let mut page = load(&server, "/", &table).unwrap();
    page.capture(&CaptureOptions::default(), &table).unwrap();
    let runs = |stage| table.totals(stage).runs;
    assert!(runs(Stage::Dom) > 1, "it is parsed as it comes");
    assert_eq!((runs(Stage::Style), runs(Stage::Layout), runs(Stage::Paint)), (1, 1, 1));
}

#[test]
fn a_picture_file_that_is_written_in_bands_is_that_of_the_picture() {
    let html =
        b"<!doctype html><meta charset=utf-8><style>html { background: linear-gradient(red, transparent) }
        div { height: 1500px; opacity: 0.5; box-shadow: 0 0 40px blue; border-radius: 50%; filter: blur(3px) }
        </style>text<div>more text</div>";
    let (server, _taps) = tapped(&[], &[("/", ok(html))]);
    for area in [Area::Viewport, Area::Document, Area::Element("div".to_owned())] {
        let options = CaptureOptions { area, ..CaptureOptions::default() };
        let table = StageTable::default();
        let (file, size) = load(&server, "/", &table).unwrap().capture_png(&options, &table).unwrap();
        assert_eq!(table.totals(Stage::Composite).runs, 1);
        let picture = load(&server, "/", &table).unwrap().capture(&options, &table).unwrap();
        assert_eq!([size.width as u32, size.height as u32], [picture.width(), picture.height()]);
        assert!(file == picture.to_png().unwrap(), "{options:?}");
    }
}

#[test]
fn a_document_that_is_not_shown_is_laid_out_once_with_the_fonts_that_its_text_needs() {
    let font = include_bytes!("../../../assets/fonts/liberation/LiberationMono-Regular.ttf");
    let html =
        b"<!doctype html><meta charset=utf-8><style>@font-face { font-family: used; src: url(/used.ttf) }
        @font-face { font-family: greek; src: url(/greek.ttf); unicode-range: U+370-3FF }
        @font-face { font-family: hidden; src: url(/hidden.ttf) }
        @font-face { font-family: generated; src: url(/generated.ttf) }
        body { font-family: greek, used } i { display: none; font-family: hidden }
        p::after { content: 'x'; font-family: generated }</style><p>text \xce\xb1<i>unseen</i>";
    let answer = || response("200 OK", &[("Content-Type", "font/ttf")], font);
    let fonts = ["/used.ttf", "/greek.ttf", "/hidden.ttf", "/generated.ttf"].map(|path| (path, answer()));
    let (server, _taps) = tapped(&[], &[&[("/", ok(html))], &fonts[..]].concat());
    let table = StageTable::default();
    let mut page = load(&server, "/", &table).unwrap();
    page.capture(&CaptureOptions::default(), &table).unwrap();
    assert_eq!(table.totals(Stage::Layout).runs, 1);
    let mut asked: Vec<String> = server.seen().iter().map(|request| request.path().to_owned()).collect();
    asked.sort();
    assert_eq!(asked, ["/", "/generated.ttf", "/greek.ttf", "/used.ttf"]);
}

// --- the same document in the end ---

/// Text of several bytes a character, a declared encoding, and markup to be cut in two.
const CUT: &str = "<!DOCTYPE html><html lang=de><head><title>Grö\u{20AC}\u{1F600}</title>\
    <meta name=x content='a b'><meta charset=utf-8><style>p > b { color: red }</style></head>\
    <body class='ä ö'><!-- ü --><p title=\"&euml;\">x &amp; y<b>z</b><table><tr>w<td>v</table><svg><g/></svg>";

#[test]
fn however_a_server_cuts_a_document_it_is_the_same() {
    // `/17` is answered with 17 bytes, a pause, and the rest; `/bytes` byte by byte.
    let server = Server::start(|request, stream| {
        let bytes = CUT.as_bytes();
        stream.write_all(UNDECLARED.as_bytes()).unwrap();
        match request.path()[1..].parse() {
            Ok(cut) => {
                stream.write_all(&bytes[..cut]).unwrap();
                std::thread::sleep(Duration::from_millis(3));
                stream.write_all(&bytes[cut..]).unwrap();
            }
            Err(_) => bytes.iter().for_each(|byte| stream.write_all(&[*byte]).unwrap()),
        }
        After::Close
    });
    let whole = dump(&mut load(&server, "/0", &Silent).unwrap(), Stage::Dom);
    assert!(whole.contains("\"Grö\u{20AC}\u{1F600}\"") && whole.contains("class=\"ä ö\""), "{whole}");
    let cuts = (1..CUT.len()).map(|cut| format!("/{cut}"));
    for path in cuts.chain(["/bytes".to_owned()]) {
        assert_eq!(dump(&mut load(&server, &path, &Silent).unwrap(), Stage::Dom), whole, "cut at {path}");
    }
}

#[test]
fn a_document_shown_as_it_grows_ends_as_one_that_is_loaded_whole() {
    const PIECES: [&str; 6] = [
        "<!doctype html><style>p:last-child{color:red} div:has(i){margin:3px} p:nth-last-child(2){width:50px}\
            td:empty{padding:9px} p+p{float:left} ul{counter-reset:n}</style><body><div><p>one",
        " goes on<p>two <b>bold <i>and",
        "</b> crossed</i><table><tr><td></td><p>moved before the table",
        "<td>cell</table><ul><li>a<li>b</ul><link rel=stylesheet href=/body.css><input type=checkbox ",
        "checked><select><option>x<option selected>y",
        "</select><svg width=20 height=20><rect width=9 height=9 /></svg></div><p>last",
    ];
    let css =
        response("200 OK", &[("Content-Type", "text/css")], b"p { border: 1px solid } li { margin: 2px }");
    let whole = ok(PIECES.concat().as_bytes());
    let (server, mut taps) = tapped(&["/slow"], &[("/body.css", css), ("/", whole)]);
    let tap = taps.remove("/slow").unwrap();
    let mut page = shown(&server, "/slow");
    tap.send(UTF_8.into()).unwrap();
    for piece in PIECES {
        let before = dump(&mut page, Stage::Dom);
        tap.send(piece.into()).unwrap();
        until(&mut page, "the piece is there", |page| dump(page, Stage::Dom) != before);
        // More often than a window would.
        page.update(Stage::Paint, &Silent);
    }
    drop(tap);
    until(&mut page, "it is loaded", is_loaded);
    let mut whole = load(&server, "/", &Silent).unwrap();
    for stage in [Stage::Dom, Stage::Style, Stage::Layout, Stage::Paint] {
        assert_eq!(dump(&mut page, stage), dump(&mut whole, stage), "{stage}");
    }
}

#[test]
fn a_declaration_that_comes_late_makes_the_shown_document_begin_anew() {
    let (server, mut taps) = tapped(&["/"], &[]);
    let tap = taps.remove("/").unwrap();
    let mut page = shown(&server, "/");
    let first = "<body bgcolor=red><style>b{color:red}</style><img src=/once.png><p id=p>ö ";
    tap.send(format!("{UNDECLARED}{first}{}", "x ".repeat(4000)).into()).unwrap();
    until(&mut page, "it is shown in a guessed encoding", |page| colour(page, 1) == Some(RED));
    assert!(has(&page, "p") && !page.text().contains('ö'));
    tap.send(b"<meta charset=utf-8><p id=q>".to_vec()).unwrap();
    drop(tap);
    until(&mut page, "it is loaded", is_loaded);
    assert!(page.text().contains('ö') && has(&page, "q"));
    let sheets = dump(&mut page, Stage::Cssom);
    assert_eq!(sheets.matches("color").count(), 1, "{sheets}");
    assert_eq!(server.seen().iter().filter(|request| request.path() == "/once.png").count(), 1);
}

// --- ends before the end ---

#[test]
fn stopping_keeps_what_is_there() {
    let (server, mut taps) = tapped(&["/"], &[]);
    let tap = taps.remove("/").unwrap();
    let mut page = shown(&server, "/");
    tap.send(format!("{UTF_8}<body bgcolor=red><p id=a>there").into()).unwrap();
    until(&mut page, "the first part is there", |page| has(page, "a"));
    page.stop();
    assert!(matches!(page.advance(&Silent), Progress::Loaded));
    assert_eq!(colour(&mut page, 20), Some(RED));
    assert!(page.text().contains("there"));
    drop(tap);
}

#[test]
fn what_has_come_when_the_time_is_over_is_a_page() {
    let (server, mut taps) = tapped(&["/"], &[]);
    let tap = taps.remove("/").unwrap();
    tap.send(format!("{UTF_8}<p>there").into()).unwrap();
    let options = PageOptions { timeout: Duration::from_millis(300), ..options() };
    let page = Page::load(&Environment::new(true), Source::Url(server.url("/")), options, &Silent).unwrap();
    assert!(page.text().contains("there"));
    drop(tap);
}

#[test]
fn a_body_that_breaks_off_leaves_a_page_and_says_so() {
    // A gzip header, a stored block of 13 bytes, and then a block of a kind that does not exist.
    let (header, block) = (b"\x1F\x8B\x08\0\0\0\0\0\0\x03", b"\0\x0D\0\xF2\xFF<p id=a>there");
    let zipped = [&header[..], block].concat();
    for (fields, first, then) in [
        ("Content-Length: 900", &b"<p id=a>there"[..], &b""[..]),
        ("Transfer-Encoding: chunked", b"d\r\n<p id=a>there\r\n", b"9\r\n"),
        ("Content-Encoding: gzip", &zipped, b"\x07 and more"),
    ] {
        let (server, mut taps) = tapped(&["/"], &[]);
        let tap = taps.remove("/").unwrap();
        let mut page = shown(&server, "/");
        let head = format!("HTTP/1.1 200 OK\r\nContent-Type: text/html;charset=utf-8\r\n{fields}\r\n\r\n");
        tap.send([head.as_bytes(), first].concat()).unwrap();
        until(&mut page, "the first part is there", |page| has(page, "a"));
        tap.send(then.to_vec()).unwrap();
        drop(tap);
        until(&mut page, "it is loaded", is_loaded);
        assert!(page.text().contains("there"), "{}", page.text());
        let remarks = page.answer_remarks();
        assert!(matches!(&remarks[..], [one] if one.contains("what came before is shown")), "{remarks:?}");
        assert!(!page.diagnostics().is_empty());
    }
}

#[test]
fn a_body_of_which_nothing_comes_is_no_page() {
    let server =
        Server::answering("HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nContent-Length: 900\r\n\r\n");
    let error = load(&server, "/", &Silent).err().unwrap().to_string();
    assert!(error.contains("within the body, after 0 bytes of 900"), "{error}");
}

// --- what is asked for, and where the page goes ---

#[test]
fn addresses_before_a_base_element_are_relative_to_the_document() {
    let html = b"<link rel=stylesheet href=a.css><base href=/x/><base href=/no/>\
        <link rel=stylesheet href=b.css><img src=c.png>\
        <style>@import 'd.css'; p { background: url(e.png) }</style><p>x";
    let (server, _) = tapped(&[], &[("/", ok(html))]);
    load(&server, "/", &Silent).unwrap();
    let mut paths: Vec<String> = server.seen().iter().map(|request| request.path().to_owned()).collect();
    paths.sort();
    assert_eq!(paths, ["/", "/a.css", "/x/b.css", "/x/c.png", "/x/d.css", "/x/e.png"]);
}

#[test]
fn what_waits_for_the_parser_is_looked_through_for_what_it_needs() {
    // So long that it is not parsed in one go.
    let filler = "<p>word <b>word</b>".repeat(200_000);
    let html =
        format!("<!doctype html><link rel=stylesheet href=/late.css><body>{filler}<img id=end src=/end.png>");
    let (server, mut taps) = tapped(&["/late.css"], &[("/", ok(html.as_bytes()))]);
    let sheet = taps.remove("/late.css").unwrap();
    let mut page = shown(&server, "/");
    until(&mut page, "the image is asked for", |_| {
        server.seen().iter().any(|request| request.path() == "/end.png")
    });
    assert!(!has(&page, "end"), "the parser was there before");
    drop(sheet);
}

#[test]
fn a_page_goes_to_its_fragment_as_it_grows_until_the_user_scrolls() {
    let (server, mut taps) = tapped(&["/"], &[]);
    let tap = taps.remove("/").unwrap();
    let mut page = shown(&server, "/#there");
    let tall = |id: &str| format!("<div style=height:500px id={id}>{id}</div>");
    let first = [tall("a"), tall("there"), tall("b")].concat();
    tap.send(format!("{UTF_8}<!doctype html><body style=margin:0>{first}").into()).unwrap();
    until(&mut page, "it is there", |page| page.scroll_offset().y == 500.0);
    page.scroll_at(None, CssVector::new(0.0, -100.0), &Silent);
    tap.send(tall("c").into()).unwrap();
    drop(tap);
    until(&mut page, "it is loaded", is_loaded);
    assert!(has(&page, "c"));
    assert_eq!(page.scroll_offset().y, 400.0);
}

#[test]
fn an_http_error_without_a_page_is_an_error_and_one_with_a_page_is_that() {
    let (server, _taps) = tapped(
        &[],
        &[
            ("/gone", response("410 Gone", &[("Content-Type", "text/html")], b"")),
            ("/styled", response("500 Oops", &[("Content-Type", "text/html")], b"<body bgcolor=red>sorry")),
        ],
    );
    let Err(error) = load(&server, "/gone", &Silent) else { panic!("a page of nothing") };
    assert!(matches!(error, LoadError::EmptyAnswer { status: 410, .. }), "{error}");
    assert!(error.to_string().contains("answered 410 Gone"), "{error}");
    let mut page = load(&server, "/styled", &Silent).unwrap();
    assert_eq!(colour(&mut page, 50), Some(RED));
    assert!(page.answer_remarks()[0].contains("answered 500 Oops"));
}
