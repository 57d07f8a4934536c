//! XML documents, XHTML among them, by their trees and diagnostics.

use std::sync::Arc;

use fanlight_base::diagnostics::{Diagnostics, Unheard};
use fanlight_base::{DumpFormat, dump};
use fanlight_dom::{Document, NodeData, NodeId, QuirksMode};
use fanlight_html::{DocumentKind, Parser, ParserOptions, ParserState, parse, parse_document};

const XHTML: &str = "http://www.w3.org/1999/xhtml";

/// The tree's text, and the diagnostics' texts.
fn tree(text: &str) -> (String, Vec<String>) {
    let diagnostics = Arc::new(Diagnostics::default());
    let options =
        ParserOptions { kind: DocumentKind::Xml, ..ParserOptions::new("a.xml", diagnostics.clone()) };
    let document = parse_document(text.as_bytes(), &options);
    assert!(document.is_xml && document.quirks_mode == QuirksMode::NoQuirks);
    let diagnostics = diagnostics.to_vec().iter().map(ToString::to_string).collect();
    (dump::to_string(&document, DumpFormat::Text), diagnostics)
}

/// The tree of a well-formed document.
fn well_formed(text: &str) -> String {
    let (tree, diagnostics) = tree(text);
    assert_eq!(diagnostics, [""; 0], "{text}");
    tree
}

/// The fault of a document that is not well-formed.
fn fault(text: &str) -> String {
    let (_, diagnostics) = tree(text);
    assert_eq!(diagnostics.len(), 1, "{text}: {diagnostics:?}");
    diagnostics[0].clone()
}

#[test]
fn xhtml_becomes_html_elements() {
    let text = format!(
        "<?xml version=\"1.0\"?>\n<?xml-stylesheet href=\"a.css\" type=\"text/css\"?>\n<!-- c -->\n\
         <!DOCTYPE html PUBLIC \"-//W3C//DTD XHTML 1.0 Strict//EN\" \"http://www.w3.org/TR/xhtml1/DTD/xhtml1-strict.dtd\">\n\
         <html xmlns=\"{XHTML}\" xml:lang=\"en\"><head><style><![CDATA[a>b{{}}]]></style></head>\n\
         <body><P class='a\n b'>x&nbsp;&amp;&#x41;<br/></P></body></html>\n"
    );
    assert_eq!(
        well_formed(&text),
        format!(
            "| <?xml-stylesheet href=\"a.css\" type=\"text/css\">\n| <!--  c  -->\n\
             | <!DOCTYPE html \"-//W3C//DTD XHTML 1.0 Strict//EN\" \"http://www.w3.org/TR/xhtml1/DTD/xhtml1-strict.dtd\">\n\
             | <html>\n|   xml lang=\"en\"\n|   xmlns xmlns=\"{XHTML}\"\n|   <head>\n|     <style>\n|       \"a>b{{}}\"\n\
             |   \"\n\"\n|   <body>\n|     <P>\n|       class=\"a  b\"\n|       \"x\u{A0}&A\"\n|       <br>\n"
        )
    );
}

#[test]
fn namespaces_follow_their_prefixes() {
    let text = format!(
        "<h:html xmlns:h='{XHTML}'><svg xmlns='http://www.w3.org/2000/svg' xmlns:l='http://www.w3.org/1999/xlink'>\
         <a l:href='#x'/><b xmlns=''/></svg><c/></h:html>"
    );
    let tree = well_formed(&text);
    for line in
        ["| <html>", "|   <svg svg>", "|     <svg a>", "|       xlink href=\"#x\"", "|     <b>", "|   <c>"]
    {
        assert!(tree.lines().any(|present| present == line), "{line} is missing in\n{tree}");
    }
}

#[test]
fn an_unbound_prefix_is_told_and_the_rest_is_read() {
    let (tree, diagnostics) = tree("<a>\n<b:c d:e='f'/></a>");
    assert_eq!(diagnostics.len(), 2, "{diagnostics:?}");
    assert!(diagnostics[0].starts_with("a.xml:2:1: warning: no namespace"), "{diagnostics:?}");
    assert!(tree.contains("<b:c>") && tree.contains("d:e=\"f\""), "{tree}");
}

#[test]
fn entities_of_the_internal_subset_hold_text_and_markup() {
    let tree = well_formed(
        "<!DOCTYPE a [<!ENTITY one 'x'><!ENTITY two '<b>&one;</b>&one;'><!ENTITY q '&#34;&one;'>\
         <!ATTLIST a d CDATA 'default &one;' e CDATA 'not this'>]><a e='&q;'>&two;&one;</a>",
    );
    assert_eq!(
        tree,
        "| <!DOCTYPE a>\n| <a>\n|   d=\"default x\"\n|   e=\"\"x\"\n|   <b>\n|     \"x\"\n|   \"xx\"\n"
    );
}

#[test]
fn unread_entities_are_told_only_where_they_could_be_declared() {
    assert!(fault("<a>&nbsp;</a>").contains("the entity 'nbsp' is not defined"));
    let (tree, diagnostics) = tree("<!DOCTYPE a SYSTEM 'a.dtd'><a>x&b;y</a>");
    assert!(tree.contains("\"xy\""), "{tree}");
    assert!(diagnostics[0].contains("stands for nothing"), "{diagnostics:?}");
}

#[test]
fn hostile_entities_end_the_document() {
    let mut laughs = "<!DOCTYPE a [<!ENTITY e0 'ha'>".to_owned();
    for level in 1..=12 {
        let inner = format!("&e{};", level - 1).repeat(10);
        laughs.push_str(&format!("<!ENTITY e{level} '{inner}'>"));
    }
    assert!(fault(&format!("{laughs}]><a>&e12;</a>")).contains("entities expand to more than"));
    assert!(fault(&format!("{laughs}]><a b='&e12;'/>")).contains("entities expand to more than"));
    assert!(fault("<!DOCTYPE a [<!ENTITY e '&e;'>]><a>&e;</a>").contains("refers to itself"));
    assert!(fault("<!DOCTYPE a [<!ENTITY e '&e;'>]><a b='&e;'/>").contains("deep"));
    assert!(fault("<!DOCTYPE a [<!ENTITY e '</a>'>]><a>&e;</a>").contains("</a> ends no element"));
    assert!(fault("<!DOCTYPE a [<!ENTITY e '<b>'>]><a>&e;</b></a>").contains("whole elements"));
}

#[test]
fn what_comes_before_an_error_stays() {
    let (tree, diagnostics) = tree("<a><b>one</b>\n<b>two</c></a>");
    assert_eq!(tree, "| <a>\n|   <b>\n|     \"one\"\n|   \"\n\"\n|   <b>\n|     \"two\"\n");
    assert_eq!(
        diagnostics,
        [
            "a.xml:2:1: error: not well-formed XML: </c> stands where </b> is expected (what was read before is shown)"
        ]
    );
}

#[test]
fn what_is_not_well_formed_is_found() {
    for (text, message) in [
        ("", "no root element"),
        ("<a>", "<a> is not closed"),
        ("<a/><b/>", "second root"),
        ("<a/>x", "outside of the root"),
        ("<a b=c/>", "quotes"),
        ("<a b='1' b='2'/>", "stands twice"),
        ("<a xmlns:x='u' xmlns:y='u' x:b='1' y:b='2'/>", "stands twice"),
        ("<a b='<'/>", "'<' is not allowed"),
        ("<a>]]></a>", "']]>' is not allowed"),
        ("<a>&#0;</a>", "no character"),
        ("<a>\u{1}</a>", "U+0001"),
        ("<a><!-- -- --></a>", "comment"),
        ("<a><?xml version='1.0'?></a>", "XML declaration"),
        ("<a/><!DOCTYPE a>", "before the root"),
        ("<1/>", "no name of an element"),
        ("<a>& </a>", ""),
        ("<a><", ""),
        ("<a><![CDATA[x</a>", ""),
    ] {
        let fault = fault(text);
        assert!(fault.contains("not well-formed XML") && fault.contains(message), "{text}: {fault}");
    }
}

#[test]
fn line_ends_are_line_feeds_and_lines_are_counted_in_them() {
    let options = ParserOptions { kind: DocumentKind::Xml, ..ParserOptions::new("a.xml", Arc::new(Unheard)) };
    let document = parse_document(b"<a>\r\n<b/>\r<c/>&#13;</a>", &options);
    let a = document.document_element().unwrap();
    assert_eq!(document.text_content(a), "\n\n\r");
    let lines: Vec<_> = document.element_children(a).map(|child| document.source_line(child)).collect();
    assert_eq!(lines, [Some(2), Some(3)]);
}

#[test]
fn the_parser_stops_at_scripts_also_within_entities() {
    let text = format!(
        "<!DOCTYPE html [<!ENTITY s '<script>1</script>']>\
         <html xmlns='{XHTML}'><script>0</script><x/>&s;<script xmlns=''/><p/></html>"
    );
    let text = text.replace("]>", ">]>");
    let options = ParserOptions {
        kind: DocumentKind::Xml,
        scripting: true,
        ..ParserOptions::new("a.xml", Arc::new(Unheard))
    };
    let (mut parser, mut document) = Parser::begin(&options);
    assert_eq!(parser.feed(&mut document, text.as_bytes()), ParserState::NeedsInput);
    let mut scripts = Vec::new();
    let mut state = parser.end_of_input(&mut document);
    while let ParserState::Paused { script } = state {
        scripts.push(document.text_content(script));
        state = parser.resume(&mut document);
    }
    assert_eq!((scripts, state), (vec!["0".to_owned(), "1".to_owned()], ParserState::Ended));
    parser.finish(&mut document);
    assert!(dump::to_string(&document, DumpFormat::Text).ends_with("|   <p>\n"));
}

#[test]
fn too_deep_a_tree_ends_the_document() {
    let (tree, diagnostics) = tree(&"<a>".repeat(100_000));
    assert_eq!(tree.lines().count(), 512);
    assert!(diagnostics[0].contains("512 levels deep"), "{diagnostics:?}");
}

#[test]
fn the_mime_type_picks_the_parser() {
    let parse = |content_type: &str, bytes: &[u8]| {
        parse(bytes, content_type, &ParserOptions::new("https://a.test/b/c.png?d", Arc::new(Unheard)))
    };
    let root =
        |document: &Document| document.element(document.document_element().unwrap()).unwrap().name.clone();
    let svg = parse("image/svg+xml", b"<svg xmlns='http://www.w3.org/2000/svg'/>").unwrap();
    assert_eq!((&*root(&svg).local, svg.is_xml), ("svg", true));
    let html = parse("text/html;charset=koi8-r", b"<p>\xC1").unwrap();
    assert_eq!((html.character_set, html.quirks_mode), ("KOI8-R", QuirksMode::Quirks));
    assert!(html.text_content(NodeId::DOCUMENT).contains('а'));
    assert!(parse("application/zip", b"PK").is_none());
}

#[test]
fn plain_text_is_shown_as_it_is() {
    let options =
        ParserOptions { kind: DocumentKind::PlainText, ..ParserOptions::new("a.txt", Arc::new(Unheard)) };
    let document = parse_document(b"\n<p>&amp;\r\n</pre>", &options);
    assert_eq!(document.quirks_mode, QuirksMode::NoQuirks);
    assert_eq!(
        dump::to_string(&document, DumpFormat::Text),
        "| <html>\n|   <head>\n|     <meta>\n|       content=\"light dark\"\n|       name=\"color-scheme\"\n|   <body>\n\
         |     <pre>\n|       style=\"word-wrap: break-word; white-space: pre-wrap;\"\n\
         |       \"\n<p>&amp;\n</pre>\"\n"
    );
}

#[test]
fn an_image_gets_a_document_around_it() {
    let options = ParserOptions {
        kind: DocumentKind::Image,
        ..ParserOptions::new("https://a.test/b/c.png?d", Arc::new(Unheard))
    };
    let document = parse_document(b"\x89PNG", &options);
    let image = document.descendants(NodeId::DOCUMENT).last().unwrap();
    let image = document.element(image).unwrap();
    assert_eq!(
        (&*image.name.local, image.attribute(&"src".into())),
        ("img", Some("https://a.test/b/c.png?d"))
    );
    assert!(
        document
            .descendants(NodeId::DOCUMENT)
            .any(|node| matches!(document.node(node).data(), NodeData::Text(text) if text == "c.png"))
    );
}
