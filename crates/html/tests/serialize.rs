//! Documents back to text.

#![expect(clippy::unwrap_used, reason = "tests may fail so")]

use std::sync::Arc;

use fanlight_base::diagnostics::Unheard;
use fanlight_dom::{Document, NodeId};
use fanlight_html::{DocumentKind, ParserOptions, parse_document, serialize_inner, serialize_outer};

fn parse(text: &str, kind: DocumentKind) -> Document {
    let options = ParserOptions {
        kind,
        charset: Some("utf-8"),
        ..ParserOptions::new("about:blank", Arc::new(Unheard))
    };
    parse_document(text.as_bytes(), &options)
}

fn body(text: &str) -> String {
    let document = parse(text, DocumentKind::Html);
    let body = document.element_children(document.document_element().unwrap()).last().unwrap();
    serialize_inner(&document, body, false)
}

fn xml(text: &str) -> String {
    serialize_outer(&parse(text, DocumentKind::Xml), NodeId::DOCUMENT, false)
}

#[test]
fn html_is_written_as_parsers_read_it() {
    for text in [
        "<p class=\"a\">x<br>y</p><!-- c -->",
        "<svg viewBox=\"0 0 1 1\"><path d=\"\"></path><a xlink:href=\"#x\" xml:lang=\"en\"></a></svg>",
        "x<script>a<b && c</script><style>a>b{}</style><textarea>&lt;</textarea>",
        "x<template><td>x</td></template>",
    ] {
        assert_eq!(body(text), text);
    }
}

#[test]
fn html_is_escaped_where_it_must_be() {
    assert_eq!(
        body("<p title='\"<&amp;>&nbsp;'>\"<&amp;>&nbsp;"),
        "<p title=\"&quot;&lt;&amp;&gt;&nbsp;\">\"&lt;&amp;&gt;&nbsp;</p>"
    );
}

#[test]
fn noscript_holds_text_only_where_scripts_run() {
    let document = parse("<body><noscript><p>x</noscript>", DocumentKind::Html);
    let noscript = document.descendants(NodeId::DOCUMENT).nth(3).unwrap();
    assert_eq!(serialize_outer(&document, noscript, false), "<noscript><p>x</p></noscript>");
    let options = ParserOptions { scripting: true, ..ParserOptions::new("about:blank", Arc::new(Unheard)) };
    let document = parse_document(b"<body><noscript><p>x</noscript>", &options);
    assert_eq!(serialize_outer(&document, noscript, true), "<noscript><p>x</noscript>");
}

#[test]
fn a_whole_document_has_its_doctype() {
    let document = parse("<!DOCTYPE html><title>x</title>", DocumentKind::Html);
    assert_eq!(
        serialize_outer(&document, NodeId::DOCUMENT, false),
        "<!DOCTYPE html><html><head><title>x</title></head><body></body></html>"
    );
}

#[test]
fn xml_is_written_with_its_namespaces() {
    for text in [
        "<?pi x?><!DOCTYPE a PUBLIC \"p\" \"s\"><a b=\"&quot;&#10;&lt;\">x &amp; y<b/></a>",
        "<html xmlns=\"http://www.w3.org/1999/xhtml\"><p></p><br /></html>",
        "<s:svg xmlns:s=\"http://www.w3.org/2000/svg\" xmlns:l=\"http://www.w3.org/1999/xlink\" l:href=\"#\"><s:g/></s:svg>",
    ] {
        assert_eq!(xml(text), text);
    }
}

#[test]
fn xml_declares_what_a_part_needs() {
    let document = parse(
        "<s:svg xmlns:s='http://www.w3.org/2000/svg' xmlns:l='http://www.w3.org/1999/xlink'><s:a l:href='#'/></s:svg>",
        DocumentKind::Xml,
    );
    let a = document.descendants(NodeId::DOCUMENT).last().unwrap();
    assert_eq!(
        serialize_outer(&document, a, false),
        "<s:a xmlns:s=\"http://www.w3.org/2000/svg\" xmlns:l=\"http://www.w3.org/1999/xlink\" l:href=\"#\"/>"
    );
}

#[test]
fn deep_trees_are_written_without_recursion() {
    let mut document = Document::new("about:blank");
    let mut deepest = NodeId::DOCUMENT;
    for _ in 0..100_000 {
        let child = document.create_element(fanlight_base::QualName::html("div"), []);
        document.append(deepest, child);
        deepest = child;
    }
    assert_eq!(serialize_outer(&document, NodeId::DOCUMENT, false).len(), 100_000 * 11);
}
