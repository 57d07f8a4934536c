//! However the bytes are cut, the document is the same; and no bytes make a parser panic.

use std::sync::Arc;

use fanlight_base::diagnostics::{Diagnostics, Unheard};
use fanlight_base::{DumpFormat, dump};
use fanlight_dom::{Document, NodeData, NodeId};
use fanlight_html::{
    DocumentKind, Parser, ParserOptions, PreloadScanner, parse_document, serialize_outer, tokenize,
};
use proptest::prelude::*;

const SOURCES: &[&[u8]] = &[
    "<!DOCTYPE html>\r\n<title>ä\u{20AC}\u{1F600}</title>\r\r\n<p class='a\r\nb'>x&notin;&amp &#x20AC;\u{FEFF}<!-- c\r\n--></p>"
        .as_bytes(),
    b"<meta charset=shift_jis><p>\x93\xFA\x96\x7B\x8C\xEA<script>a</script>\x83\x5C<table>x<tr><td>y",
    b"<p>Gr\xF6\xDFe und L\xE4nge</p><svg><![CDATA[<x>]]></svg><textarea>\n\n</textarea></br>",
    b"\xEF\xBB\xBF<p>mark</p><template><td>x</template><select><option>1<selectedcontent></select>",
    b"\xFF\xFE<\0p\0>\0\x3D\xD8\x00\xDE\r\0\n\0",
];

fn pieces(bytes: &[u8], size: usize, options: &ParserOptions<'_>) -> String {
    let (mut parser, mut document) = Parser::begin(options);
    for chunk in bytes.chunks(size.max(1)) {
        parser.feed(&mut document, chunk);
    }
    parser.finish(&mut document);
    dump::to_string(&document, DumpFormat::Text)
}

fn options(kind: DocumentKind) -> ParserOptions<'static> {
    ParserOptions { kind, ..ParserOptions::new("https://a.test/", Arc::new(Unheard)) }
}

#[test]
fn byte_by_byte_equals_whole() {
    for kind in [DocumentKind::Html, DocumentKind::PlainText] {
        let options = options(kind);
        for source in SOURCES {
            let whole = pieces(source, usize::MAX, &options);
            for size in [1, 2, 3, 5, 64] {
                assert_eq!(pieces(source, size, &options), whole, "{kind:?}, chunks of {size}");
            }
        }
    }
}

#[test]
fn a_document_longer_than_the_sniffed_bytes_is_the_same_in_pieces() {
    let mut source = vec![b' '; 1000];
    source.extend_from_slice("<p>äöü</p>".repeat(600).as_bytes());
    source.extend_from_slice(b"<meta charset=utf-8>\xC3\xA4");
    let options = options(DocumentKind::Html);
    let whole = pieces(&source, usize::MAX, &options);
    assert!(whole.contains("äöü"));
    for size in [1, 7, 1023, 1024, 4096] {
        assert_eq!(pieces(&source, size, &options), whole, "chunks of {size}");
    }
}

#[test]
fn xml_byte_by_byte_equals_whole() {
    let source = "<?xml version='1.0'?>\r\n<a b='ä&#x20AC;'>\r\n\u{1F600}<![CDATA[<x>]]><c/></a>".as_bytes();
    let options = options(DocumentKind::Xml);
    assert_eq!(pieces(source, 1, &options), pieces(source, usize::MAX, &options));
}

/// The elements that a parser tells of, as the bytes come, in the order of their making.
fn told(bytes: &[u8], size: usize, options: &ParserOptions<'_>) -> (Vec<NodeId>, Document) {
    let (mut parser, mut document) = Parser::begin(options);
    let (mut told, mut restarts) = (Vec::new(), 0);
    for chunk in bytes.chunks(size).chain([&b""[..]]) {
        parser.feed(&mut document, chunk);
        if chunk.is_empty() {
            parser.end_of_input(&mut document);
        }
        if std::mem::replace(&mut restarts, parser.restarts()) != parser.restarts() {
            told.clear();
        }
        told.extend(parser.take_arrivals(&document));
    }
    told.sort_unstable();
    (told, document)
}

/// Bytes that look like markup, so that more than text is reached.
fn markup() -> impl Strategy<Value = Vec<u8>> {
    let words = prop::sample::select(vec![
        "<b>",
        "</b>",
        "<p>",
        "</p>",
        "<table>",
        "<tr>",
        "<td>",
        "</table>",
        "<svg>",
        "<math>",
        "<mi>",
        "</svg>",
        "<![CDATA[",
        "]]>",
        "<!--",
        "-->",
        "<script>",
        "</script>",
        "<style>",
        "</style>",
        "<template>",
        "</template>",
        "<select>",
        "<option>",
        "<selectedcontent>",
        "</select>",
        "<a href='x'>",
        "</a>",
        "<i a=1>",
        "</i>",
        "<title>",
        "</title>",
        "<textarea>",
        "<plaintext>",
        "<frameset>",
        "<body x>",
        "<html y>",
        "</body>",
        "<meta charset=koi8-r>",
        "&amp;",
        "&notin",
        "&#",
        "&#x80;",
        "\0",
        "\r",
        "\n",
        " ",
        "x",
        "ä",
        "<",
        ">",
        "\"",
        "'",
        "=",
        "/",
        "<?xml version='1.0'?>",
        "<?pi x?>",
        "<!DOCTYPE a [<!ENTITY e '<b>&#60;</b>'>]>",
        "&e;",
        "<foreignObject>",
        "<annotation-xml encoding=text/html>",
        "<form>",
        "</form>",
        "<input>",
        "<button>",
        "<nobr>",
        "<br/>",
        "</br>",
        "<li>",
        "<noscript>",
        "</noscript>",
        "<div xmlns:a='b' a:c='d'>",
        "</div>",
        "<picture>",
        "<source srcset=a>",
        "<img src=b>",
        "<base href=c>",
        "@import 'x';",
        "<caption>",
        "<col>",
    ]);
    let word = prop_oneof![
        8 => words.prop_map(|word| word.as_bytes().to_vec()),
        1 => prop::collection::vec(any::<u8>(), 1..4),
    ];
    prop::collection::vec(word, 0..60).prop_map(|words| words.concat())
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 400, ..ProptestConfig::default() })]

    #[test]
    fn no_markup_panics_and_pieces_agree(bytes in markup(), size in 1usize..20, scripting: bool) {
        for kind in [DocumentKind::Html, DocumentKind::Xml, DocumentKind::PlainText] {
            let diagnostics = Arc::new(Diagnostics::default());
            let options = ParserOptions { scripting, diagnostics: diagnostics.clone(), ..options(kind) };
            prop_assert_eq!(pieces(&bytes, size, &options), pieces(&bytes, usize::MAX, &options));
            let document = parse_document(&bytes, &options);
            serialize_outer(&document, NodeId::DOCUMENT, scripting);
            tokenize(&bytes, &options);
        }
        let options = ParserOptions { scripting, ..options(DocumentKind::Html) };
        let mut whole = PreloadScanner::new(&options);
        let mut expected = whole.scan(&bytes);
        expected.extend(whole.end_of_input());
        let mut scanner = PreloadScanner::new(&options);
        let mut found = Vec::new();
        for chunk in bytes.chunks(size) {
            found.extend(scanner.scan(chunk));
        }
        found.extend(scanner.end_of_input());
        prop_assert_eq!(found, expected);
    }

    #[test]
    fn every_element_is_told_of_once(bytes in markup(), size in 1usize..20) {
        for kind in [DocumentKind::Html, DocumentKind::Xml] {
            let (told, document) = told(&bytes, size, &options(kind));
            let all: Vec<NodeId> = (0..document.node_count())
                .filter_map(NodeId::from_index)
                .filter(|&node| {
                    let data = document.node(node).data();
                    matches!(data, NodeData::Element(_) | NodeData::ProcessingInstruction(_))
                })
                .collect();
            prop_assert_eq!(told, all);
        }
    }

    #[test]
    fn no_bytes_panic(bytes in prop::collection::vec(any::<u8>(), 0..3000)) {
        for kind in [DocumentKind::Html, DocumentKind::Xml, DocumentKind::PlainText] {
            parse_document(&bytes, &options(kind));
        }
    }

    #[test]
    fn serialised_xml_is_read_as_the_same_tree(bytes in markup()) {
        let options = options(DocumentKind::Xml);
        let mut source = b"<r xmlns:s='http://www.w3.org/2000/svg'>".to_vec();
        source.extend(bytes.iter().filter(|&&byte| byte != b'&'));
        source.extend(b"</r>");
        let document = parse_document(&source, &options);
        if let Some(root) = document.document_element() {
            let text = serialize_outer(&document, root, false);
            let again = parse_document(text.as_bytes(), &options);
            let again_root = again.document_element().expect("what has been serialised has a root");
            prop_assert_eq!(serialize_outer(&again, again_root, false), text);
        }
    }
}
