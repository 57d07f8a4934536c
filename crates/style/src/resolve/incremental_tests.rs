//! Styling again after mutations gives what styling everything gives; and it does little.

use std::sync::Arc;

use fanlight_base::QualName;
use fanlight_base::diagnostics::Unheard;
use fanlight_base::geometry::CssSize;
use fanlight_css::properties::Affects;
use fanlight_css::properties::boxes::Float;
use fanlight_css::selectors::PseudoElement;
use fanlight_css::stylesheet::Origin;
use fanlight_css::values::compute::MissingMetrics;
use fanlight_dom::{Document, ElementState, NodeId};
use proptest::prelude::*;

use crate::invalidation::tests::{apply, change, insertion};
use crate::resolve;
use crate::test_support::{Page, by_id, sheet};

/// Declarations of every way in which a style can depend on others.
const RULES: [&str; 39] = [
    ".a { color: red }",
    ".b { font-size: 2em }",
    "#a { display: flex }",
    ".c { display: contents }",
    "p { margin-top: inherit; width: inherit }",
    ".a .b { width: 3rem }",
    "html { font-size: 10px }",
    ".b:root { font-size: 20px }",
    ".a + .b { --x: 3px }",
    "div { width: var(--x, 7px) }",
    ":has(.a) { color: green }",
    ":first-child { float: left }",
    ":nth-child(2n) { position: absolute }",
    "li::marker { color: blue }",
    ".a::before { content: 'x'; width: inherit }",
    "p:hover { color: blue }",
    ":hover ~ .c { margin-left: 1em }",
    ":empty { height: 1px }",
    "[title] { height: 2px !important }",
    "[title=a] { height: attr(title) }",
    ":disabled { opacity: 0.5 }",
    ":not(.a) > .b { border: 1px solid }",
    ".b { border-color: inherit; color: revert }",
    ":dir(rtl) { text-align: right }",
    ":lang(en) { quotes: none }",
    "@scope (.a) to (.c) { p { color: purple } }",
    "@layer x { .a { color: lime } }",
    ".a { & > .b { top: 1px } &:hover .c { top: 2px } }",
    "@keyframes k { to { opacity: 0.3 } } .c { animation: k 1s both }",
    "input:checked + * { z-index: 3 }",
    "@container style(--x: 3px) { p { color: teal } p::before { content: 'y'; color: teal } }",
    "@property --x { syntax: '<length>'; inherits: false; initial-value: 5px }",
    ".c { container: box / size } .a { container-type: inline-size }",
    "@container (width > 50px) { .b { z-index: 9 } @container box (height > 50px) { p { z-index: 8 } } }",
    "p { width: 10cqw; height: attr(title px, 10cqh) }",
    ".b { --x: calc(1em + 1px); writing-mode: vertical-rl }",
    ".a::first-line { color: olive; font-size: 2em }",
    "div::first-letter { color: navy; width: 1px }",
    "p::first-line { --x: 8px; font-size: 3em }",
];

fn full(page: &mut Page) -> crate::StyleMap {
    resolve(&page.document, &mut page.set, &MissingMetrics, None, &Unheard).styles
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 512, ..ProptestConfig::default() })]

    #[test]
    fn incremental_styles_are_the_full_ones(
        setup in prop::collection::vec(prop_oneof![insertion(), change()], 5..40),
        batches in prop::collection::vec(prop::collection::vec(change(), 1..4), 1..4),
        rules in prop::collection::vec(prop::sample::select(&RULES[..]), 1..8),
    ) {
        let mut document = Document::new("about:test");
        let root = document.create_element(QualName::html("html"), []);
        document.append(NodeId::DOCUMENT, root);
        for change in &setup {
            apply(&mut document, change);
        }
        let mut page = Page::with_sheets(document, vec![sheet(&rules.join("\n"), Origin::Author)]);
        page.document.record_mutations();
        for (step, batch) in batches.iter().enumerate() {
            for change in batch {
                apply(&mut page.document, change);
            }
            // Every other time some containers turn out to have other sizes.
            if step % 2 == 1 {
                let nodes = (0..page.document.node_count()).step_by(step + 1).filter_map(NodeId::from_index);
                let size = CssSize::new(step as f32 * 30.0, 100.0 - step as f32 * 30.0);
                page.set.take_in_container_sizes(nodes.map(|node| (node, size)).collect());
            }
            page.update();
            let expected = full(&mut page);
            prop_assert_eq!(page.styles.element_count(), expected.element_count());
            for index in 0..page.document.node_count() {
                let node = NodeId::from_index(index).expect("the document holds few nodes");
                prop_assert_eq!(page.styles.get(node), expected.get(node), "{} with {:?}", node, rules);
                let pseudos: Vec<_> = page.styles.pseudos(node).collect();
                let expected_pseudos: Vec<_> = expected.pseudos(node).collect();
                prop_assert_eq!(pseudos, expected_pseudos, "{} with {:?}", node, rules);
            }
        }
    }
}

fn page(css: &str) -> Page {
    let items = "<li class=item>one</li>".repeat(100);
    let mut page =
        Page::new(&format!("<body id=body><div id=d><ul id=u>{items}</ul></div><p id=p></p>"), css);
    page.document.record_mutations();
    page
}

#[test]
fn without_mutations_nothing_is_done() {
    let mut page = page(".a li { color: red }");
    let changes = page.update().changes;
    assert!(changes.is_empty());
    assert_eq!((changes.matched, changes.computed), (0, 0));
}

#[test]
fn a_class_restyles_only_what_selectors_lead_to() {
    let mut page = page(".a p { color: red } .b > li { color: blue }");
    let (body, list) = (by_id(&page.document, "body"), by_id(&page.document, "u"));
    page.document.set_attribute(body, QualName::attribute("class"), "a");
    let changes = page.update().changes;
    assert_eq!(changes.matched, 2, "the body for its attribute, and the paragraph");
    assert_eq!(changes.elements, [(by_id(&page.document, "p"), Affects::Paint)]);
    page.document.set_attribute(list, QualName::attribute("class"), "b");
    let changes = page.update().changes;
    assert_eq!((changes.matched, changes.elements.len()), (101, 100));
}

#[test]
fn what_nothing_inherits_stops_at_the_element() {
    let mut page = page(".w { width: 10px } .f { font-size: 20px }");
    let list = by_id(&page.document, "u");
    page.document.set_attribute(list, QualName::attribute("class"), "w");
    let changes = page.update().changes;
    assert_eq!((changes.computed, changes.elements), (1, vec![(list, Affects::Layout)]));
    page.document.set_attribute(list, QualName::attribute("class"), "f");
    assert_eq!(page.update().changes.elements.len(), 101, "a font is inherited");
}

#[test]
fn hovering_costs_nothing_where_nobody_asks() {
    let mut page = page("p:hover { color: red }");
    let (list, paragraph) = (by_id(&page.document, "u"), by_id(&page.document, "p"));
    page.document.set_state(list, ElementState::HOVER);
    assert_eq!(page.update().changes.matched, 0);
    page.document.set_state(paragraph, ElementState::HOVER);
    assert_eq!(page.update().changes.elements, [(paragraph, Affects::Paint)]);
}

#[test]
fn what_comes_and_goes_is_styled_and_forgotten() {
    let mut page = page("b { color: red }");
    let (list, paragraph) = (by_id(&page.document, "u"), by_id(&page.document, "p"));
    let bold = page.document.create_element(QualName::html("b"), []);
    page.document.append(paragraph, bold);
    let changes = page.update().changes;
    assert_eq!(changes.elements, [(bold, Affects::Boxes)]);
    assert!(page.styles.get(bold).is_some());
    page.document.detach(list);
    page.update();
    assert!(page.styles.get(list).is_none());
}

#[test]
fn other_sheets_restyle_everything() {
    let mut page = page("p { color: red }");
    let device = page.set.device().clone();
    assert!(page.set.update(&device, &[sheet("p { color: blue }", Origin::Author)]));
    assert!(!page.set.update(&device, &[]) || page.update().changes.everything);
    let resolved = page.update();
    assert!(!resolved.changes.everything, "the second time the sheets are the same");
    assert!(Arc::ptr_eq(
        resolved.styles.get(by_id(&page.document, "p")).expect("it has a style"),
        page.style("p")
    ));
}

#[test]
fn a_box_that_becomes_flex_restyles_through_elements_without_boxes() {
    let html = "<div id=outer><div class=c><p id=inner></p></div></div>";
    let css = ".c { display: contents } #inner { float: left } .f { display: flex }";
    let mut page = Page::new(html, css);
    page.document.record_mutations();
    let [outer, inner] = ["outer", "inner"].map(|id| page.document.element_by_id(id).unwrap());
    let float = |page: &Page| page.styles.get(inner).unwrap().boxes.float;
    page.update();
    assert_eq!(float(&page), Float::Left);
    page.document.set_attribute(outer, QualName::attribute("class"), "f");
    page.update();
    assert_eq!(float(&page), Float::None, "the items of a flex container do not float");
}

#[test]
fn a_first_line_goes_where_something_comes_before_its_block_deep_in_inline_boxes() {
    let html = "<div id=outer><span><b id=deep></b></span><p id=p>x</p></div>";
    let mut page = Page::new(html, "#outer::first-line { color: red }");
    page.document.record_mutations();
    page.update();
    let line = |page: &Page| page.pseudo_value("p", &PseudoElement::FirstLine, "color");
    assert!(line(&page).is_some());
    let (deep, text) = (by_id(&page.document, "deep"), page.document.create_text("y"));
    page.document.append(deep, text);
    page.update();
    assert_eq!(line(&page), None);
}
