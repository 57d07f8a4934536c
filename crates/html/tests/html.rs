//! HTML documents: how they are fed, where the parser stops, what it reports, and its limits.

#![expect(clippy::unwrap_used, reason = "tests may fail so")]

use std::sync::Arc;

use fanlight_base::diagnostics::{Diagnostics, Unheard};
use fanlight_base::{DumpFormat, dump};
use fanlight_dom::{Document, NodeId, QuirksMode};
use fanlight_html::{
    FragmentOptions, Parser, ParserOptions, ParserState, limits, parse_document, parse_fragment,
};

fn options(scripting: bool) -> ParserOptions<'static> {
    ParserOptions {
        scripting,
        charset: Some("utf-8"),
        ..ParserOptions::new("https://a.test/", Arc::new(Unheard))
    }
}

fn parse(text: &str) -> Document {
    parse_document(text.as_bytes(), &options(false))
}

fn depth(document: &Document, node: NodeId) -> usize {
    document.ancestors(node).count()
}

fn body_text(document: &Document) -> String {
    let body = document.descendants(NodeId::DOCUMENT).find(|&node| is(document, node, "body")).unwrap();
    document.text_content(body)
}

fn is(document: &Document, node: NodeId, name: &str) -> bool {
    document.element(node).is_some_and(|element| *element.name.local == *name)
}

#[test]
fn the_partial_document_is_there_between_feeds() {
    let (mut parser, mut document) = Parser::begin(&options(false));
    assert_eq!(parser.feed(&mut document, b"<link rel=stylesheet href=a.css><p>x"), ParserState::NeedsInput);
    let has = |document: &Document, name: &str| {
        document.descendants(NodeId::DOCUMENT).any(|node| is(document, node, name))
    };
    assert!(has(&document, "link") && has(&document, "p") && !has(&document, "b"));
    parser.feed(&mut document, b"<b>y");
    assert!(has(&document, "b"));
    assert_eq!(parser.end_of_input(&mut document), ParserState::Ended);
    assert_eq!(parser.end_of_input(&mut document), ParserState::Ended);
    parser.finish(&mut document);
    assert_eq!(body_text(&document), "xy");
}

#[test]
fn the_parser_stops_at_scripts_and_keeps_what_comes_meanwhile() {
    let (mut parser, mut document) = Parser::begin(&options(true));
    let ParserState::Paused { script } =
        parser.feed(&mut document, b"<body>a<script>one</script>b<script>two</script>c")
    else {
        panic!("the first script does not stop the parser");
    };
    assert_eq!(document.text_content(script), "one");
    assert_eq!(body_text(&document), "aone");
    assert_eq!(parser.feed(&mut document, b"d"), ParserState::Paused { script });
    assert_eq!(parser.end_of_input(&mut document), ParserState::Paused { script });
    assert!(
        matches!(parser.resume(&mut document), ParserState::Paused { script: second } if second != script)
    );
    assert_eq!(parser.resume(&mut document), ParserState::Ended);
    parser.finish(&mut document);
    assert_eq!(body_text(&document), "aonebtwocd");
}

#[test]
fn finishing_does_not_stop_at_scripts_and_scripts_stop_only_where_they_run() {
    let (mut parser, mut document) = Parser::begin(&options(true));
    parser.feed(&mut document, b"a<script></script>b<script></script>c");
    parser.finish(&mut document);
    assert_eq!(body_text(&document), "abc");
    let (mut parser, mut document) = Parser::begin(&options(false));
    assert_eq!(parser.feed(&mut document, b"<script></script>"), ParserState::NeedsInput);
}

#[test]
fn written_text_goes_before_what_is_not_parsed_yet() {
    let (mut parser, mut document) = Parser::begin(&options(true));
    parser.feed(&mut document, b"<body>a<script></script>z");
    assert_eq!(parser.write(&mut document, "<b>b</b>"), None);
    let nested = parser.write(&mut document, "c<script></script>e").unwrap();
    assert!(is(&document, nested, "script"));
    assert_eq!(body_text(&document), "abc");
    assert_eq!(parser.write(&mut document, "d"), None);
    assert_eq!(parser.resume_write(&mut document), None);
    assert_eq!(body_text(&document), "abcde");
    assert_eq!(parser.resume(&mut document), ParserState::NeedsInput);
    parser.finish(&mut document);
    assert_eq!(body_text(&document), "abcdez");
}

#[test]
fn scripts_may_change_the_document_during_a_pause() {
    let (mut parser, mut document) = Parser::begin(&options(true));
    let ParserState::Paused { script } = parser.feed(&mut document, b"<p><script></script>x") else {
        panic!("no pause")
    };
    let text = document.create_text("new ");
    document.insert_before(script, text);
    parser.resume(&mut document);
    parser.finish(&mut document);
    assert_eq!(body_text(&document), "new x");
}

#[test]
fn a_late_declaration_begins_the_document_anew() {
    let filler = " ".repeat(limits::PRESCAN_BYTES);
    let text = format!("<p>ä</p>{filler}<meta charset=utf-8><p>ö");
    let undeclared = ParserOptions { charset: None, ..options(false) };
    let (mut parser, mut document) = Parser::begin(&undeclared);
    parser.feed(&mut document, text.as_bytes());
    parser.end_of_input(&mut document);
    assert_eq!(parser.restarts(), 1);
    parser.finish(&mut document);
    assert_eq!(document.character_set, "UTF-8");
    assert!(body_text(&document).starts_with('ä') && body_text(&document).ends_with('ö'));
}

#[test]
fn a_late_declaration_after_ascii_needs_no_new_beginning() {
    let filler = " ".repeat(limits::PRESCAN_BYTES);
    let undeclared = ParserOptions { charset: None, ..options(false) };
    let (mut parser, mut document) = Parser::begin(&undeclared);
    parser.feed(&mut document, format!("<p>{filler}<meta charset=utf-8>").as_bytes());
    parser.feed(&mut document, "ö".as_bytes());
    assert_eq!(parser.restarts(), 0);
    parser.finish(&mut document);
    assert!(body_text(&document).ends_with('ö'));
}

#[test]
fn a_declaration_does_not_outweigh_the_transport_nor_a_link_declare() {
    let document = parse("<meta charset=koi8-r><p>ä");
    assert_eq!((document.character_set, body_text(&document).as_str()), ("UTF-8", "ä"));
    let filler = " ".repeat(limits::PRESCAN_BYTES);
    let undeclared = ParserOptions { charset: None, ..options(false) };
    let document = parse_document(format!("{filler}<link charset=koi8-r>").as_bytes(), &undeclared);
    assert_eq!(document.character_set, "windows-1252");
}

#[test]
fn a_hundred_thousand_levels_become_512() {
    let open = "<div>".repeat(100_000);
    let close = "</div>".repeat(100_000);
    let document = parse(&format!("<main>{open}<i>x</i>{close}</main><p>after"));
    let elements = document.descendants(NodeId::DOCUMENT).filter(|&node| document.element(node).is_some());
    assert_eq!(elements.count(), 100_006);
    let deepest = document.descendants(NodeId::DOCUMENT).map(|node| depth(&document, node)).max();
    assert_eq!(deepest, Some(usize::from(limits::MAX_TREE_DEPTH) + 1));
    let after = document.descendants(NodeId::DOCUMENT).last().unwrap();
    assert_eq!(depth(&document, after), 4, "the end tags have closed everything");
}

#[test]
fn what_is_too_deep_becomes_siblings_as_in_chromium() {
    let limit = usize::from(limits::MAX_TREE_DEPTH);
    let open = "<div>".repeat(limit - 2);
    // `<html>`, `<body>` and the divs are `limit` levels: the rest hangs below the last div.
    let document = parse(&format!("{open}<a>1<b>2</b></a><svg><g/></svg><br>3<span>4</div>5"));
    let deepest =
        document.descendants(NodeId::DOCUMENT).filter(|&node| is(&document, node, "div")).last().unwrap();
    let children: Vec<String> = document
        .children(deepest)
        .map(|node| match document.element(node) {
            Some(element) => element.name.local.to_string(),
            None => document.text_content(node),
        })
        .collect();
    assert_eq!(children, ["a", "1", "b", "2", "svg", "g", "br", "3", "span", "4"]);
    assert_eq!(document.text_content(document.node(deepest).parent().unwrap()), "12345");
}

#[test]
fn deep_trees_of_every_kind_stay_bounded_and_quick() {
    let bound = usize::from(limits::MAX_TREE_DEPTH) * 2;
    for unit in [
        "<b>",
        "<a href=1>",
        "<p><b class=x>",
        "<table>",
        "<table><tr><td>",
        "<template>",
        "<svg>",
        "<svg><g>",
        "<math><mi>",
        "<ul><li>",
        "<select><option>",
        "<button>",
        "<form>",
        "<ruby><rt>",
        "<b><div>",
        "<frameset>",
        "<noscript>",
        "<table><div>",
        "<svg><foreignObject>",
        "<nobr>",
        "<option>",
        "<dl><dd>",
        "<h1>",
    ] {
        let document = parse(&unit.repeat(20_000));
        let mut deepest = 0;
        let mut depths = vec![0usize; document.node_count()];
        for node in document.descendants(NodeId::DOCUMENT) {
            let parent = document.node(node).parent().unwrap();
            depths[node.index()] = depths[parent.index()] + 1;
            deepest = deepest.max(depths[node.index()]);
        }
        assert!(deepest <= bound, "{unit}: {deepest} levels");
    }
}

#[test]
fn formatting_elements_with_blocks_between_do_not_go_deep() {
    let text = format!("{}{}", "<b><i><div>".repeat(3000), "</b></i>".repeat(3000));
    let document = parse(&text);
    let deepest = document.descendants(NodeId::DOCUMENT).map(|node| depth(&document, node)).max().unwrap();
    assert!(deepest <= 2 * usize::from(limits::MAX_TREE_DEPTH), "{deepest}");
}

#[test]
fn a_line_of_ten_megabytes_and_an_attribute_of_one_are_read() {
    let line = "x".repeat(10 << 20);
    let document = parse(&format!("<p title='{}'>{line}", &line[..1 << 20]));
    assert_eq!(body_text(&document).len(), 10 << 20);
}

#[test]
fn attributes_past_the_limit_are_dropped_and_told() {
    let diagnostics = Arc::new(Diagnostics::default());
    let options = ParserOptions { diagnostics: diagnostics.clone(), ..options(false) };
    let attributes: String = (0..limits::MAX_ATTRIBUTES + 10).map(|index| format!(" a{index}")).collect();
    let document = parse_document(format!("<!DOCTYPE html><p{attributes}>").as_bytes(), &options);
    let p = document.descendants(NodeId::DOCUMENT).last().unwrap();
    assert_eq!(document.element(p).unwrap().attributes().len(), limits::MAX_ATTRIBUTES);
    let messages: Vec<String> = diagnostics.to_vec().iter().map(ToString::to_string).collect();
    assert_eq!(
        messages,
        ["https://a.test/:1:1: error: more attributes of an element than the limit of 4096"]
    );
}

#[test]
fn a_flood_of_attributes_takes_no_time_and_spoils_nothing_after_it() {
    let flood: String = (0..400_000).map(|index| format!(" a{index}='>'")).collect();
    let document = parse(&format!("<p>x</p><p{flood}>y</p>z<br title='{}'>", "a=b ".repeat(100_000)));
    let [p, br] = ["p", "br"].map(|name| {
        let node = document.descendants(NodeId::DOCUMENT).filter(|&node| is(&document, node, name)).last();
        document.element(node.unwrap()).unwrap()
    });
    assert_eq!(p.attributes().len(), limits::MAX_ATTRIBUTES);
    assert_eq!(br.attribute(&"title".into()).unwrap().len(), 400_000);
    assert_eq!(body_text(&document), "xyz");
}

#[test]
fn parse_errors_say_where_and_about_what_but_not_for_ever() {
    let diagnostics = Arc::new(Diagnostics::default());
    let options = ParserOptions { diagnostics: diagnostics.clone(), ..options(false) };
    parse_document(b"<!DOCTYPE html>\n<p>\n</div>\n<span/></span>", &options);
    let messages: Vec<String> = diagnostics.to_vec().iter().map(ToString::to_string).collect();
    assert_eq!(
        messages,
        [
            "https://a.test/:3:1: warning: unexpected token at </div>",
            "https://a.test/:4:1: warning: unacknowledged self-closing tag at <span>",
        ]
    );
    let many = Arc::new(Diagnostics::default());
    parse_document("</x>".repeat(1000).as_bytes(), &ParserOptions { diagnostics: many.clone(), ..options });
    assert_eq!(many.to_vec().len(), limits::MAX_PARSE_ERRORS + 1);
}

#[test]
fn elements_know_their_lines() {
    let document = parse("<!DOCTYPE html>\n\n<style>\na{}</style>\r\n<p\n class=x>");
    let line = |name: &str| {
        let node = document.descendants(NodeId::DOCUMENT).find(|&node| is(&document, node, name)).unwrap();
        document.source_line(node)
    };
    assert_eq!((line("style"), line("p")), (Some(3), Some(6)));
}

#[test]
fn the_doctype_decides_the_quirks() {
    let mode = |text: &str| parse(text).quirks_mode;
    assert_eq!(mode("<!DOCTYPE html>"), QuirksMode::NoQuirks);
    assert_eq!(mode(""), QuirksMode::Quirks);
    let transitional = "-//W3C//DTD XHTML 1.0 Transitional//EN";
    let srcdoc = ParserOptions { url: "about:srcdoc".into(), ..options(false) };
    assert_eq!(parse_document(b"", &srcdoc).quirks_mode, QuirksMode::NoQuirks);
    assert_eq!(mode(&format!("<!DOCTYPE html PUBLIC '{transitional}' 'x'>")), QuirksMode::LimitedQuirks);
    assert_eq!(mode("<!DOCTYPE html PUBLIC '-//IETF//DTD HTML 2.0//EN'>"), QuirksMode::Quirks);
}

#[test]
fn a_fragment_depends_on_its_context_and_changes_nothing_else() {
    let mut document = parse("<!DOCTYPE html><table><tr id=r></table>");
    document.record_mutations();
    let before = dump::to_string(&document, DumpFormat::Text);
    let row = document.element_by_id("r").unwrap();
    let options = FragmentOptions { scripting: false, diagnostics: Arc::new(Unheard) };
    let fragment = parse_fragment(&mut document, row, "<td>1<td>2", &options);
    assert_eq!(document.children(fragment).filter(|&node| is(&document, node, "td")).count(), 2);
    assert_eq!(dump::to_string(&document, DumpFormat::Text), before);
    assert!(!document.has_mutations());
    assert_eq!((document.quirks_mode, &*document.url), (QuirksMode::NoQuirks, "https://a.test/"));
    document.move_children(fragment, row);
    assert_eq!(document.text_content(row), "12");
    assert!(document.has_mutations());
}

#[test]
fn garbage_and_nothing_are_documents() {
    for bytes in [&b""[..], b"\0\0\0", b"\xFF\xFE", b"<", b"&", b"<!", b"\x89PNG\r\n\x1A\n\0\0<script>"] {
        let document = parse_document(bytes, &ParserOptions { charset: None, ..options(true) });
        assert!(document.document_element().is_some(), "{bytes:?}");
    }
}

/// The names of what has come.
fn arrivals(parser: &mut Parser, document: &Document) -> Vec<String> {
    let name = |node| document.element(node).map(|element| element.name.local.to_string());
    parser.take_arrivals(document).into_iter().filter_map(name).collect()
}

#[test]
fn elements_are_told_as_they_come_and_some_when_they_have_ended() {
    let (mut parser, mut document) = Parser::begin(&options(false));
    parser.feed(&mut document, b"<link><style>p {}");
    assert_eq!(arrivals(&mut parser, &document), ["html", "head", "link"]);
    parser.feed(&mut document, b"</style><body><svg><image></image>");
    assert_eq!(arrivals(&mut parser, &document), ["style", "body", "image"]);
    parser.feed(&mut document, b"</svg><select><option>");
    assert_eq!(arrivals(&mut parser, &document), ["svg", "option"]);
    parser.feed(&mut document, b"<option></select><svg>");
    assert_eq!(arrivals(&mut parser, &document), ["select", "option"]);
    parser.end_of_input(&mut document);
    assert_eq!(arrivals(&mut parser, &document), ["svg"], "the end of the document ends everything");
    assert_eq!(arrivals(&mut parser, &document), [""; 0]);
}

#[test]
fn a_document_that_begins_anew_tells_its_elements_anew() {
    let undeclared = ParserOptions { charset: None, ..options(false) };
    let (mut parser, mut document) = Parser::begin(&undeclared);
    parser.feed(&mut document, format!("<p>\u{f6}{}</p>", "x".repeat(9000)).as_bytes());
    assert_eq!(arrivals(&mut parser, &document), ["html", "head", "body", "p"]);
    parser.feed(&mut document, b"<meta charset=utf-8>");
    assert_eq!(parser.restarts(), 1);
    assert_eq!(arrivals(&mut parser, &document), ["html", "head", "body", "p", "meta"]);
}

#[test]
fn the_parser_can_stop_at_scripts_that_do_not_run() {
    let options =
        ParserOptions { stops_at_scripts: true, ..ParserOptions::new("about:blank", Arc::new(Unheard)) };
    let (mut parser, mut document) = Parser::begin(&ParserOptions { charset: Some("utf-8"), ..options });
    let state = parser.feed(&mut document, b"<noscript><b>shown</b></noscript><script>1</script><p>");
    assert!(matches!(state, ParserState::Paused { .. }));
    assert_eq!(parser.resume(&mut document), ParserState::NeedsInput);
    assert_eq!(parser.end_of_input(&mut document), ParserState::Ended);
    let is = |name: &str| {
        document
            .descendants(NodeId::DOCUMENT)
            .any(|node| document.element(node).is_some_and(|element| &*element.name.local == name))
    };
    assert!(is("b") && is("p"), "<noscript> holds elements, and parsing went on");
}
