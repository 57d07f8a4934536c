//! An update after changes gives the very artefacts that a full run gives.
#![allow(clippy::unwrap_used, reason = "a test may panic")]

use fanlight_base::geometry::CssSize;
use fanlight_base::{DumpFormat, QualName, Silent, Stage};
use fanlight_dom::{ElementState, NodeId};
use fanlight_page::{Artefact, CaptureOptions, Environment, Page, PageOptions, Source};

const STYLE: &str = "body { margin: 4px; font: 12px/16px serif } .a { color: red } .b { width: 90px; float: left }\
    .c { display: none } .d > p { margin: 6px; border: 1px solid } .a + .b { background: #cde } .d .a { padding: 3px }\
    p:first-child { font-weight: bold } p:nth-child(2n) { color: blue } :hover { outline: 1px solid red }\
    [title] { position: relative; top: 2px } div:has(.c) { background: #fee } .e { display: flex; gap: 3px }\
    .f::before { content: 'x' counter(n); counter-increment: n } .g { position: absolute; right: 0 }";
const CLASSES: [&str; 9] = ["", "a", "b", "c", "d", "e", "f", "g", "a d"];

/// A small generator of its own: the same sequence on every machine.
struct Random(u64);

impl Random {
    fn below(&mut self, limit: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        (self.0 >> 11) as usize % limit
    }
}

fn page_of(html: String) -> Page {
    let options = PageOptions { viewport: CssSize::new(300.0, 240.0), ..PageOptions::default() };
    Page::load(&Environment::new(true), Source::Bytes(html.into_bytes()), options, &Silent).unwrap()
}

fn mutate(page: &mut Page, random: &mut Random) {
    page.edit(|document| {
        let elements: Vec<NodeId> = {
            let body = document
                .descendants(NodeId::DOCUMENT)
                .find(|&node| document.element(node).is_some_and(|element| &*element.name.local == "body"));
            document.descendants(body.unwrap()).filter(|&node| document.element(node).is_some()).collect()
        };
        let Some(&node) = elements.get(random.below(elements.len().max(1))) else { return };
        match random.below(8) {
            0..=2 => document.set_attribute(node, QualName::attribute("class"), CLASSES[random.below(9)]),
            3 => document.set_state(node, ElementState::HOVER),
            4 => document.set_attribute(node, QualName::attribute("title"), "t"),
            5 if elements.len() > 6 => document.detach(node),
            6 => {
                let p = document.create_element(QualName::html("p"), []);
                document.append_text(p, "inserted words that may take more than one line");
                document.insert_before(node, p);
            }
            _ => document.append_text(node, " more"),
        }
    });
}

fn dumps(page: &mut Page) -> Vec<String> {
    [Stage::Style, Stage::Layout, Stage::Paint]
        .map(|stage| page.dump(Artefact::Stage(stage), DumpFormat::Text, &Silent))
        .to_vec()
}

#[test]
fn an_incremental_result_equals_the_full_result() {
    for seed in 1..=24u64 {
        let mut random = Random(seed.wrapping_mul(0x9e37_79b9_7f4a_7c15));
        let mut html = format!("<!doctype html><style>{STYLE}</style><body>");
        for index in 0..6 {
            let (outer, inner) = (CLASSES[random.below(9)], CLASSES[random.below(9)]);
            html +=
                &format!("<div class='{outer}'><p class='{inner}'>some words {index}</p><p>second</p></div>");
        }
        let mut page = page_of(html);
        page.capture(&CaptureOptions::default(), &Silent).unwrap();
        for step in 0..12 {
            mutate(&mut page, &mut random);
            let incremental = (dumps(&mut page), page.capture(&CaptureOptions::default(), &Silent).unwrap());
            page.forget_artefacts();
            let full = (dumps(&mut page), page.capture(&CaptureOptions::default(), &Silent).unwrap());
            for (stage, (incremental, full)) in incremental.0.iter().zip(&full.0).enumerate() {
                assert_eq!(incremental, full, "seed {seed}, step {step}, artefact {stage}");
            }
            assert!(incremental.1 == full.1, "seed {seed}, step {step}: the pictures differ");
        }
    }
}
