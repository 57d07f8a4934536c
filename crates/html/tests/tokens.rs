//! The dump of tokens.

use std::sync::Arc;

use fanlight_base::diagnostics::Unheard;
use fanlight_base::{DumpFormat, dump};
use fanlight_html::{DocumentKind, ParserOptions, Tokens, tokenize};

fn tokens(text: &str, kind: DocumentKind) -> Tokens {
    tokenize(text.as_bytes(), &ParserOptions { kind, ..ParserOptions::new("about:blank", Arc::new(Unheard)) })
}

#[test]
fn html_tokens_are_as_the_tree_makes_the_tokenizer_see_them() {
    let text = "<!DOCTYPE html>\n<script>a<b></script><p class=x ID='y'>a&amp;b<br/>\n<svg><![CDATA[<]]></svg></p><!--c-->";
    assert_eq!(
        dump::to_string(&tokens(text, DocumentKind::Html), DumpFormat::Text),
        "doctype line=1 name=html\n\
         characters line=2 data=\"\\n\"\n\
         start-tag line=2 name=script\n\
         characters line=2 data=a<b>\n\
         end-tag line=2 name=script\n\
         start-tag line=2 name=p attributes=[[\"class\",\"x\"],[\"id\",\"y\"]]\n\
         characters line=2 data=a&b\n\
         start-tag line=2 name=br selfClosing=true\n\
         characters line=3 data=\"\\n\"\n\
         start-tag line=3 name=svg\n\
         characters line=3 data=<\n\
         end-tag line=3 name=svg\n\
         end-tag line=3 name=p\n\
         comment line=3 data=c\n\
         end-of-file line=3\n"
    );
}

#[test]
fn xml_tokens_come_in_the_same_form() {
    let text = "<?xml version='1.0'?><?pi d?>\n<a b='c'><d/>x&amp;</a>";
    assert_eq!(
        dump::to_string(&tokens(text, DocumentKind::Xml), DumpFormat::Text),
        "processing-instruction line=1 target=pi data=d\n\
         characters line=1 data=\"\\n\"\n\
         start-tag line=2 name=a attributes=[[\"b\",\"c\"]]\n\
         start-tag line=2 name=d selfClosing=true\n\
         characters line=2 data=x&\n\
         end-tag line=2 name=a\n\
         end-of-file line=2\n"
    );
}

#[test]
fn json_names_the_fields() {
    let json = dump::to_string(&tokens("<p>x", DocumentKind::Html), DumpFormat::Json);
    assert!(json.starts_with("[{\"kind\":\"start-tag\",\"line\":1,\"name\":\"p\"}"), "{json}");
}
