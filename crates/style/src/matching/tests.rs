//! Selectors against small documents, through signatures, rule maps and the ancestor filter.

use std::sync::Arc;

use cssparser::Parser;
use fanlight_css::properties::DeclarationBlock;
use fanlight_css::selectors::{Namespaces, SelectorParser};
use fanlight_dom::{Document, ElementState, NodeId};
use selectors::parser::{AncestorHashes, ParseRelative};

use super::*;
use crate::rules::{Level, Priority};
use crate::test_support::{by_id, parse, parse_standard};

pub(crate) fn data(document: &Document, selectors: &[&str]) -> CascadeData {
    let mut data = CascadeData::default();
    data.relevant.ignore_case = document.quirks_mode == QuirksMode::Quirks;
    for selector in selectors {
        let namespaces = Namespaces::default();
        let list = SelectorParser::new(&namespaces)
            .parse_list(&mut Parser::new(selector), ParseRelative::No)
            .unwrap_or_else(|error| panic!("{selector}: {error:?}"));
        for selector in list.slice() {
            let quirks = if data.relevant.ignore_case {
                selectors::matching::QuirksMode::Quirks
            } else {
                selectors::matching::QuirksMode::NoQuirks
            };
            data.add_rule(Rule {
                selector: selector.clone(),
                hashes: AncestorHashes::new(selector, quirks),
                priority: Priority { level: Level::Author, layer: 0, specificity: selector.specificity() },
                scope: None,
                container: None,
                same_for_signature: false,
                block: Arc::new(DeclarationBlock::default()),
                sheet: 0,
            });
        }
    }
    data
}

/// For each element in tree order, the rules that match it.
pub(crate) fn match_all(document: &Document, data: &CascadeData) -> Vec<(NodeId, Vec<RuleId>)> {
    let mut matcher = Matcher::new(document, data);
    let mut memory = MatchingMemory::default();
    let mut results = Vec::new();
    let mut path: Vec<(NodeId, SignatureId)> = Vec::new();
    for node in document.descendants(NodeId::DOCUMENT) {
        let Some(element) = ElementRef::new(document, node) else { continue };
        while path.last().is_some_and(|(above, _)| document.node(node).parent() != Some(*above)) {
            path.pop();
        }
        let parent = path.last().map(|(_, signature)| *signature);
        let signature = memory.signature(element, parent, data);
        let memo = matcher
            .memo_of(&mut memory, signature, element, path.len(), |depth| path[depth].0)
            .element
            .clone();
        let mut matched = memo.matched.to_vec();
        matcher.go_below(path.len(), |depth| path[depth].0);
        matcher.match_individually(element, &memo.individually, None, |_| true, &mut matched);
        let mut rules: Vec<RuleId> = matched.iter().map(|matched| matched.rule).collect();
        rules.sort_unstable();
        results.push((node, rules));
        path.push((node, signature));
    }
    results
}

/// The rules that match an element, without signatures, maps and filters.
pub(crate) fn match_directly(document: &Document, data: &CascadeData, node: NodeId) -> Vec<RuleId> {
    let element = ElementRef::new(document, node).unwrap();
    let mut caches = SelectorCaches::default();
    let quirks = Matcher::new(document, data).quirks;
    data.rule_ids()
        .filter(|&id| {
            let mut context = MatchingContext::new(
                MatchingMode::Normal,
                None,
                &mut caches,
                quirks,
                NeedsSelectorFlags::No,
                MatchingForInvalidation::No,
            );
            matches_selector(&data.rule(id).selector, 0, None, element, &mut context)
        })
        .collect()
}

/// The ids of the elements that a selector matches, in tree order.
fn select(document: &Document, selector: &str) -> String {
    let data = data(document, &[selector]);
    let ids: Vec<String> = match_all(document, &data)
        .into_iter()
        .filter(|(_, rules)| !rules.is_empty())
        .map(|(node, _)| {
            let element = document.element(node).unwrap();
            element.id().map_or_else(|| element.name.local.to_string(), |id| id.to_string())
        })
        .collect();
    ids.join(" ")
}

#[track_caller]
fn check(html: &str, cases: &[(&str, &str)]) {
    let document = parse_standard(html);
    for (selector, expected) in cases {
        assert_eq!(select(&document, selector), *expected, "{selector}");
    }
}

#[test]
fn names_ids_classes_and_attributes() {
    check(
        "<div id=a class='x y'><p id=b data-k='One two' lang=en-GB></p></div><P id=c CLASS=X></P>",
        &[
            ("p", "b c"),
            ("P", "b c"),
            ("#a", "a"),
            (".x", "a"),
            (".x.y", "a"),
            ("[data-k]", "b"),
            ("[data-k~=two]", "b"),
            ("[data-k='one two']", ""),
            ("[data-k='one two' i]", "b"),
            ("[lang|=en]", "b"),
            ("[data-k^=On]", "b"),
            ("[data-k$=wo]", "b"),
            ("[data-k*=e\\ t]", "b"),
            ("body > *", "a c"),
            ("div p", "b"),
            ("p:not(#b)", "c"),
            (":is(#a, #c)", "a c"),
        ],
    );
}

#[test]
fn siblings_and_positions() {
    check(
        "<ul id=u><li id=a><li id=b class=x><li id=c><li id=d class=x></ul>",
        &[
            ("li + li", "b c d"),
            (".x ~ li", "c d"),
            (".x + li", "c"),
            ("li:nth-child(odd)", "a c"),
            ("li:nth-last-child(2)", "c"),
            ("li:nth-child(2 of .x)", "d"),
            ("li:first-child, li:last-child", "a d"),
            ("li:empty", "a b c d"),
            ("ul:only-child", "u"),
            (":root", "html"),
        ],
    );
}

#[test]
fn has_looks_below_and_after() {
    check(
        "<div id=a><p id=b><i id=c></i></p></div><div id=d></div><p id=e></p>",
        &[
            ("div:has(i)", "a"),
            ("div:has(> i)", ""),
            ("p:has(> i)", "b"),
            ("div:has(+ p)", "d"),
            ("div:has(~ p)", "a d"),
            ("body:has(#c) #e", "e"),
            ("div:not(:has(*))", "d"),
        ],
    );
}

#[test]
fn links_and_states() {
    let mut document = parse_standard("<a id=a href=x>1</a><a id=b>2</a><div id=c><b id=d></b></div>");
    let (a, c) = (by_id(&document, "a"), by_id(&document, "c"));
    assert_eq!(select(&document, ":link"), "a");
    document.set_state(a, ElementState::VISITED);
    assert_eq!(select(&document, ":link"), "");
    assert_eq!(select(&document, ":visited"), "a");
    assert_eq!(select(&document, ":any-link"), "a");
    document.set_state(c, ElementState::HOVER | ElementState::FOCUS_WITHIN);
    assert_eq!(select(&document, ":hover b"), "d");
    assert_eq!(select(&document, "div:focus-within"), "c");
    assert_eq!(select(&document, "div:focus"), "");
}

#[test]
fn states_of_form_controls() {
    check(
        "<form id=f><fieldset id=fs disabled><legend id=l><input id=a></legend><input id=b required></fieldset>\
         <input id=c required><input id=d type=checkbox checked><input id=e type=radio name=r>\
         <select id=s><option id=o1 disabled>1<option id=o2>2<option id=o3>3</select>\
         <textarea id=t placeholder=x readonly></textarea><input id=n type=number min=1 max=3 value=7>\
         <button id=bt></button><input id=sub type=submit></form>",
        &[
            (":disabled", "fs b o1"),
            ("input:enabled", "a c d e n sub"),
            (":checked", "d o2"),
            (":required", "b c"),
            (":indeterminate", "e"),
            (":placeholder-shown", "t"),
            ("textarea:read-only", "t"),
            ("input:read-write", "a c n"),
            (":out-of-range", "n"),
            ("input:invalid", "c n"),
            ("form:invalid", "f"),
            ("input:valid", "a d e sub"),
            (":default", "d bt"),
        ],
    );
}

#[test]
fn languages_and_directions() {
    check(
        "<div id=a lang=de-CH dir=rtl><p id=b></p><p id=c lang=en dir=ltr></p></div>\
         <p id=d dir=auto>&#x5d0;</p><bdi id=e>abc</bdi>",
        &[
            ("p:lang(de)", "b"),
            ("*:lang('*-CH')", "a b"),
            ("p:lang(en)", "c"),
            ("body *:dir(rtl)", "a b d"),
            ("bdi:dir(ltr)", "e"),
        ],
    );
}

#[test]
fn quirks_mode_ignores_the_case_of_ids_and_classes() {
    let document = parse("<p id=A class='Foo'><b id=k class=Bar></b></p>");
    assert_eq!(select(&document, ".fOO .BAR"), "k");
    assert_eq!(select(&document, "#a"), "A");
    assert_eq!(select(&parse_standard("<p id=A class=Foo>"), ".foo, #a"), "");
    // https://quirks.spec.whatwg.org/#the-active-and-hover-quirk
    let mut document = parse("<p id=p>");
    let p = by_id(&document, "p");
    document.set_state(p, ElementState::HOVER);
    assert_eq!(select(&document, ":hover"), "");
    assert_eq!(select(&document, "p:hover"), "p");
}

#[test]
fn elements_of_one_signature_are_matched_once() {
    let rows = "<tr class=r><td>1<td>2".repeat(500);
    let document = parse_standard(&format!("<table>{rows}</table>"));
    let data = data(&document, &["td", ".r td", "tr:nth-child(even)", "a[href]"]);
    let mut memory = MatchingMemory::default();
    let mut path: Vec<(NodeId, SignatureId)> = Vec::new();
    for node in document.descendants(NodeId::DOCUMENT) {
        let Some(element) = ElementRef::new(&document, node) else { continue };
        while path.last().is_some_and(|(above, _)| document.node(node).parent() != Some(*above)) {
            path.pop();
        }
        let parent = path.last().map(|(_, signature)| *signature);
        let signature = memory.signature(element, parent, &data);
        path.push((node, signature));
    }
    // html, head, body, table, tbody, tr, td.
    assert_eq!(memory.signatures.len(), 7);
}

#[test]
fn a_deep_document_is_matched_without_overflow() {
    let mut document = Document::new("about:blank");
    let mut at = NodeId::DOCUMENT;
    for _ in 0..100_000 {
        let child = document.create_element(fanlight_base::QualName::html("div"), []);
        document.append(at, child);
        at = child;
    }
    let data = data(&document, &["div div", ".a div", "div:has(.x)", "p > div"]);
    let results = match_all(&document, &data);
    assert_eq!(results.iter().filter(|(_, rules)| rules.len() == 1).count(), 99_999);
}

#[test]
fn every_pseudo_element_is_at_its_place() {
    for (index, pseudo) in PSEUDO_ELEMENTS.iter().enumerate() {
        assert_eq!(pseudo.index(), Some(index));
    }
}
