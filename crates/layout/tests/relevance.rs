//! `content-visibility: auto`: elements whose contents are not relevant to the user, and which are near the viewport.
#![allow(clippy::unwrap_used, reason = "a test may panic")]

mod support;

use fanlight_base::diagnostics::Unheard;
use fanlight_base::geometry::{CssVector, LayoutSize};
use fanlight_base::{DumpFormat, LayoutUnit};
use fanlight_dom::{Document, NodeId};
use fanlight_layout::geometry::{Proximity, Scrolled, proximity};
use fanlight_layout::{LayoutInput, LayoutTree, NothingReplaced, Relevance, layout};
use fanlight_text::{FontContext, FontSource, Fonts};
use support::{InlineStyles, check, dump, lay_out};

#[test]
fn contents_that_are_not_relevant_are_skipped() {
    let body = "<div style='content-visibility:auto'><p>text</p></div>\
         <div style='content-visibility:auto;contain-intrinsic-size:50px 30px'>text<p>text</p></div>\
         <div style='display:flex;content-visibility:auto;contain-intrinsic-height:auto 40px'>text</div>\
         <div style='display:inline-block;content-visibility:auto;padding:1px'>text</div>\
         <span style='content-visibility:auto'>shown</span>\
         <div style='display:contents;content-visibility:auto'>too</div>";
    let found = dump(body);
    let texts: Vec<&str> = found.lines().filter(|line| line.contains("text=")).collect();
    assert!(matches!(texts[..], [shown, too] if shown.ends_with("shown") && too.ends_with("too")), "{found}");
    check(
        "<div style='content-visibility:auto'><p>text</p></div>\
         <div style='content-visibility:auto;contain-intrinsic-size:50px 30px'>text<p>text</p></div>\
         <div style='display:flex;content-visibility:auto;contain-intrinsic-height:auto 40px'>text</div>\
         <div relevant style='content-visibility:auto;contain-intrinsic-height:40px'><p style='margin:0'>text</p></div>",
        &[
            "div 8 8 484 0",
            "p 0 0 0 0",
            "div 8 8 484 30",
            "p 0 0 0 0",
            "div 8 38 484 40",
            "div 8 78 484 18",
            "p 8 78 484 18",
        ],
    );
}

/// A document that is laid out again and again.
struct Page {
    document: Document,
    styles: InlineStyles,
    relevance: Relevance,
}

impl Page {
    fn new(body: &str) -> Page {
        let (_, document, styles) = lay_out(&format!("<!DOCTYPE html><body style='margin:0'>{body}"));
        Page { document, styles, relevance: Relevance::default() }
    }

    fn lay_out(&self, relevance: &Relevance) -> LayoutTree {
        let fonts = Fonts::without_web_fonts(std::sync::Arc::new(FontContext::new(FontSource::Pinned)));
        let input = LayoutInput {
            document: &self.document,
            styles: &self.styles,
            fonts: &fonts,
            viewport: LayoutSize::new(LayoutUnit::from_px(500), LayoutUnit::from_px(300)),
            replaced: &NothingReplaced,
            relevance,
            sink: &Unheard,
        };
        layout(&input, None)
    }

    fn proximity(&self, scrolled: &Scrolled<'_>) -> Vec<Proximity> {
        proximity(&self.lay_out(&self.relevance), scrolled)
    }

    /// The ids of the elements that are near the viewport, where the document is scrolled to a place.
    fn near(&self, x: f32, y: f32) -> Vec<String> {
        self.near_where(&Scrolled { document: CssVector::new(x, y), contents: &|_| CssVector::zero() })
    }

    fn near_where(&self, scrolled: &Scrolled<'_>) -> Vec<String> {
        let near = self.proximity(scrolled).into_iter().filter(|found| found.is_near);
        near.map(|found| self.document.element(found.node).unwrap().id().unwrap().to_string()).collect()
    }

    /// Lays out until it is settled what is relevant.
    fn settle(&mut self) {
        let unmoved = Scrolled { document: CssVector::zero(), contents: &|_| CssVector::zero() };
        for _ in 0..20 {
            let found = self.proximity(&unmoved);
            if !self.relevance.determine(&found, &|_| false) {
                return;
            }
        }
        panic!("it does not settle");
    }

    fn dump(&self, relevance: &Relevance) -> String {
        fanlight_base::dump::to_string(&self.lay_out(relevance), DumpFormat::Text)
    }
}

/// Elements called `a0`, `a1` and so on that may skip what is 100 px high.
fn sections(count: usize, style: &str) -> String {
    let section = |index| {
        format!(
            "<div id=a{index} style='content-visibility:auto;{style}'><div style='height:100px'></div></div>"
        )
    };
    (0..count).map(section).collect()
}

fn names(range: std::ops::Range<usize>) -> Vec<String> {
    range.map(|index| format!("a{index}")).collect()
}

#[test]
fn near_is_within_one_and_a_half_viewports() {
    // The viewport is 500 by 300: 450 px up and down, 750 px to the sides.
    let page = Page::new(&sections(100, "contain-intrinsic-height:10px"));
    assert_eq!(page.near(0.0, 0.0), names(0..75));
    assert_eq!(page.near(0.0, 500.0), names(5..100));
    let beside = |left: i32| {
        format!(
            "<div id=a{left} style='position:absolute;width:10px;left:{left}px;content-visibility:auto'></div>"
        )
    };
    let page = Page::new(&[-770, -760, -750, 1240, 1250, 1260].map(beside).concat());
    assert_eq!(page.near(0.0, 0.0), ["a-750", "a1240"]);
    assert_eq!(page.near(10.0, 0.0), ["a1240", "a1250"]);
}

#[test]
fn what_clips_an_element_clips_what_is_near() {
    let inside = sections(100, "contain-intrinsic-height:10px");
    for clip in ["overflow:hidden", "overflow:scroll", "contain:paint", "overflow:clip"] {
        let page = Page::new(&format!("<div id=s style='height:100px;{clip}'>{inside}</div>"));
        assert_eq!(page.near(0.0, 0.0), names(0..55), "{clip}");
        // Out of the viewport, there is nothing near in it.
        let page = Page::new(&format!(
            "<div style='height:300px'></div><div style='height:100px;{clip}'>{inside}</div>"
        ));
        assert_eq!(page.near(0.0, 0.0), names(0..0), "{clip}");
    }
    let page = Page::new(&format!("<div id=s style='height:100px;overflow:scroll'>{inside}</div>"));
    let scroller = page.document.element_by_id("s").unwrap();
    let scrolled = |node: NodeId| CssVector::new(0.0, if node == scroller { 500.0 } else { 0.0 });
    let scrolled = Scrolled { document: CssVector::zero(), contents: &scrolled };
    assert_eq!(page.near_where(&scrolled), names(5..100));
}

#[test]
fn scrolling_does_not_move_what_is_fixed_and_transforms_do_move() {
    let inside = sections(100, "contain-intrinsic-height:10px");
    let page = Page::new(&format!("<div style='position:fixed;top:0'>{inside}</div>"));
    assert_eq!(page.near(0.0, 5000.0), names(0..75));
    let page = Page::new(&format!("<div style='transform:translateY(100px)'>{inside}</div>"));
    assert_eq!(page.near(0.0, 0.0), names(0..65));
}

#[test]
fn more_comes_near_until_the_viewport_and_its_margin_are_full() {
    let mut page = Page::new(&sections(20, "contain-intrinsic-height:1000px"));
    page.settle();
    assert_eq!(page.near(0.0, 0.0), names(0..8));
    let height = page.lay_out(&page.relevance).scrollable_overflow.size.height;
    assert_eq!(height, LayoutUnit::from_px(8 * 100 + 12 * 1000));
}

#[test]
fn what_was_laid_out_once_keeps_its_size_when_it_is_skipped() {
    // At first all are near.
    let mut page = Page::new(&sections(20, "contain-intrinsic-height:1px"));
    page.settle();
    assert_eq!(page.near(0.0, 0.0), names(0..8));
    let height = page.lay_out(&page.relevance).scrollable_overflow.size.height;
    assert_eq!(height, LayoutUnit::from_px(20 * 100));
}

#[test]
fn what_is_needed_is_relevant_wherever_it_is() {
    let mut page = Page::new(&sections(20, "contain-intrinsic-height:1000px"));
    let unmoved = Scrolled { document: CssVector::zero(), contents: &|_| CssVector::zero() };
    let last = page.document.element_by_id("a19").unwrap();
    let found = page.proximity(&unmoved);
    assert!(page.relevance.determine(&found, &|node| node == last));
    assert!(page.relevance.is_relevant(last));
    let found = page.proximity(&unmoved);
    page.relevance.determine(&found, &|_| false);
    assert!(!page.relevance.is_relevant(last));
}

#[test]
fn skipped_contents_have_places_where_they_are_asked_for_and_do_not_count_for_sizes() {
    let page =
        Page::new("<div style='content-visibility:auto;contain-intrinsic-height:5px'>text</div><p>after</p>");
    let skipped = page.dump(&page.relevance);
    let forced = page.dump(&page.relevance.forced());
    let without_text: Vec<&str> = forced.lines().filter(|line| !line.contains("text=text")).collect();
    assert!(!skipped.contains("text=text") && forced.contains("text=text"), "{forced}");
    let height = |tree: LayoutTree| tree.scrollable_overflow.size.height;
    assert_eq!(height(page.lay_out(&page.relevance.forced())), height(page.lay_out(&page.relevance)));
    assert!(without_text.len() >= skipped.lines().count());
}

#[test]
fn counters_in_contents_that_may_be_skipped_change_nothing_outside() {
    let item = |text: &str| {
        format!(
            "<div style='display:list-item;list-style-position:inside;list-style-type:decimal'>{text}</div>"
        )
    };
    let [before, first, second, after] = ["a", "b", "c", "d"].map(item);
    let inside = format!("{first}<div>{second}</div>");
    let found = dump(&format!("{before}<div relevant style='content-visibility:auto'>{inside}</div>{after}"));
    let numbers: Vec<&str> = found
        .lines()
        .filter_map(|line| line.split("text=").nth(1))
        .filter(|text| text.contains('.'))
        .collect();
    assert_eq!(numbers, [r#""1. ""#, r#""1. ""#, r#""2. ""#, r#""2. ""#], "{found}");
}
