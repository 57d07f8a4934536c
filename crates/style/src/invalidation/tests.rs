//! Whatever a mutation makes match differently is marked: random documents, selectors and mutations.

use fanlight_base::QualName;
use fanlight_dom::{Attribute, Document, ElementState, NodeId};
use proptest::prelude::*;

use super::marks::{Mark, Marks};
use crate::matching::tests::{data, match_all, match_directly};

const NAMES: [&str; 6] = ["div", "p", "bdi", "input", "fieldset", "li"];
const WORDS: [&str; 3] = ["a", "b", "c"];

/// One change of a document; numbers choose among what there is.
#[derive(Clone, Debug)]
pub(crate) enum Change {
    Class(usize, Vec<usize>),
    Id(usize, Option<usize>),
    Attribute(usize, usize, Option<usize>),
    State(usize, u16),
    Insert(usize, usize, usize),
    Move(usize, usize, usize),
    Remove(usize),
    Text(usize, bool),
}

pub(crate) fn insertion() -> impl Strategy<Value = Change> {
    (0..40usize, 0..40usize, 0..6usize).prop_map(|(p, b, n)| Change::Insert(p, b, n))
}

pub(crate) fn change() -> impl Strategy<Value = Change> {
    let at = 0..40usize;
    prop_oneof![
        (at.clone(), prop::collection::vec(0..3usize, 0..3)).prop_map(|(n, c)| Change::Class(n, c)),
        (at.clone(), prop::option::of(0..3usize)).prop_map(|(n, id)| Change::Id(n, id)),
        (at.clone(), 0..6usize, prop::option::of(0..3usize)).prop_map(|(n, a, v)| Change::Attribute(n, a, v)),
        (at.clone(), 0..8u16).prop_map(|(n, s)| Change::State(n, s)),
        insertion(),
        (at.clone(), at.clone(), at.clone()).prop_map(|(n, p, b)| Change::Move(n, p, b)),
        at.clone().prop_map(Change::Remove),
        (at, any::<bool>()).prop_map(|(n, empty)| Change::Text(n, empty)),
    ]
}

/// The elements that are in the tree, the document element first.
fn elements(document: &Document) -> Vec<NodeId> {
    document.descendants(NodeId::DOCUMENT).filter(|&node| document.element(node).is_some()).collect()
}

fn insert(document: &mut Document, parent: NodeId, before: usize, node: NodeId) {
    let children: Vec<NodeId> = document.children(parent).collect();
    match children.get(before % (children.len() + 1)) {
        Some(&sibling) => document.insert_before(sibling, node),
        None => document.append(parent, node),
    }
}

pub(crate) fn apply(document: &mut Document, change: &Change) {
    let elements = elements(document);
    let pick = |index: usize| elements[index % elements.len()];
    match change {
        Change::Class(node, classes) => {
            let value: Vec<&str> = classes.iter().map(|&class| WORDS[class]).collect();
            document.set_attribute(pick(*node), QualName::attribute("class"), value.join(" "));
        }
        Change::Id(node, Some(id)) => {
            document.set_attribute(pick(*node), QualName::attribute("id"), WORDS[*id]);
        }
        Change::Id(node, None) => document.remove_attribute(pick(*node), &QualName::attribute("id")),
        Change::Attribute(node, name, value) => {
            let (name, values) = [
                ("title", ["a", "b", ""]),
                ("disabled", ["", "", ""]),
                ("dir", ["ltr", "rtl", "auto"]),
                ("lang", ["en", "de", ""]),
                ("type", ["checkbox", "text", "radio"]),
                ("checked", ["", "", ""]),
            ][*name];
            match value {
                Some(value) => document.set_attribute(pick(*node), QualName::attribute(name), values[*value]),
                None => document.remove_attribute(pick(*node), &QualName::attribute(name)),
            }
        }
        Change::State(node, state) => {
            document.set_state(pick(*node), ElementState::from_bits_truncate(*state));
        }
        Change::Insert(parent, before, name) => {
            let attributes = [Attribute { name: QualName::attribute("class"), value: "a".into() }];
            let node = document.create_element(QualName::html(NAMES[*name]), attributes);
            insert(document, pick(*parent), *before, node);
        }
        Change::Move(node, parent, before) => {
            let node = pick(*node);
            if node != elements[0] {
                insert(document, pick(*parent), *before, node);
            }
        }
        Change::Remove(node) => {
            if pick(*node) != elements[0] {
                document.detach(pick(*node));
            }
        }
        Change::Text(node, empty) => {
            let parent = pick(*node);
            let text = document.children(parent).find(|&child| document.node(child).text().is_some());
            let characters = if *empty { "" } else { "\u{5d0}" };
            match text {
                Some(text) => document.set_text(text, characters),
                None => {
                    let text = document.create_text(characters);
                    insert(document, parent, 0, text);
                }
            }
        }
    }
}

/// Selectors of every kind that invalidation tells apart.
const SELECTORS: [&str; 44] = [
    ".a",
    "#a",
    "[title]",
    "[title=a]",
    "div.a",
    ".a .b",
    ".a > .b",
    "#b p",
    ".a + .b",
    ".a ~ .b",
    ".a + div .b",
    ".a ~ p > .c",
    "p:hover",
    ":hover .a",
    ":hover + div",
    ":not(.a)",
    ":not(.a .b) > .c",
    ":is(.a, #b) .c",
    ":is(.a + .b, .c) p",
    ":where(.a > .b)",
    ":first-child",
    ":last-child.a",
    ":nth-child(2n)",
    ":only-child",
    ":nth-last-child(2) .a",
    ":first-of-type",
    ":nth-child(odd of .a)",
    ":nth-child(2 of .a .b)",
    ":empty",
    ".a:empty + p",
    ":has(.a)",
    "div:has(> .a)",
    ".b:has(.a) .c",
    ":has(+ .a)",
    "p:has(~ .a:hover)",
    ":has(.a + .b)",
    ":has(:is(.a .b)) .c",
    ":has(:empty)",
    ":not(:has(.a))",
    ":disabled",
    ":checked + p",
    ":dir(rtl)",
    ":lang(en) .a",
    ":indeterminate",
];

fn selectors() -> impl Strategy<Value = Vec<&'static str>> {
    prop::collection::vec(prop::sample::select(&SELECTORS[..]), 1..6)
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 2_048, ..ProptestConfig::default() })]

    #[test]
    fn what_matches_differently_is_marked(
        setup in prop::collection::vec(prop_oneof![insertion(), change()], 5..40),
        changes in prop::collection::vec(change(), 1..5),
        selectors in selectors(),
    ) {
        let mut document = Document::new("about:test");
        let root = document.create_element(QualName::html("html"), []);
        document.append(NodeId::DOCUMENT, root);
        for change in &setup {
            apply(&mut document, change);
        }
        let data = data(&document, &selectors);
        let before = match_all(&document, &data);
        document.record_mutations();
        for change in &changes {
            apply(&mut document, change);
        }
        let mutations = document.take_mutations();
        let marks = Marks::new(&document, &mutations, &[], &data, &|_| false);
        for (node, rules) in match_all(&document, &data) {
            prop_assert_eq!(&rules, &match_directly(&document, &data, node), "{} of {:?}", node, selectors);
            let unchanged = before.iter().any(|(old, old_rules)| *old == node && *old_rules == rules);
            let path: Vec<NodeId> = std::iter::once(node).chain(document.ancestors(node)).collect();
            let rematched = marks.of(node).contains(Mark::MATCH)
                || path.iter().any(|&above| marks.of(above).contains(Mark::SUBTREE));
            prop_assert!(unchanged || rematched, "{node} now has {rules:?} of {selectors:?}, and is not marked");
            if rematched {
                let reached = path[1..].iter().all(|&above| {
                    marks.of(above).contains(Mark::BELOW) || marks.of(above).contains(Mark::SUBTREE)
                        || document.ancestors(above).any(|above| marks.of(above).contains(Mark::SUBTREE))
                });
                prop_assert!(reached, "{node} is marked and cannot be found from above");
            }
        }
    }
}
