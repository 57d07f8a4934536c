//! What a second layout takes over from the first.
#![allow(clippy::unwrap_used, reason = "a test may panic")]

mod support;

use std::sync::Arc;

use fanlight_base::diagnostics::Unheard;
use fanlight_base::geometry::{CssSize, LayoutSize};
use fanlight_base::{DumpFormat, LayoutUnit, QualName};
use fanlight_css::properties::Affects;
use fanlight_dom::{Document, NodeId};
use fanlight_layout::{
    BoxFragment, ElementStyles, Fragment, LayoutChanges, LayoutInput, LayoutTree, NothingReplaced,
    PreviousLayout, Relevance, layout,
};
use fanlight_text::{FontContext, FontSource, Fonts};
use support::{InlineStyles, lay_out, relevance};

/// A document that is laid out again after changes.
struct Again {
    document: Document,
    styles: InlineStyles,
    tree: LayoutTree,
    relevance: Relevance,
}

impl Again {
    fn new(body: &str) -> Again {
        let (tree, document, styles) = lay_out(&format!("<!DOCTYPE html><body>{body}"));
        let relevance = relevance(&document);
        Again { document, styles, tree, relevance }
    }

    fn element(&self, id: &str) -> NodeId {
        self.document.element_by_id(id).unwrap()
    }

    /// Changes the document and lays it out again; compares with a layout that knows of none before.
    fn change(&mut self, boxes: bool, change: impl FnOnce(&mut Document)) {
        change(&mut self.document);
        let styles = InlineStyles::new(&self.document, CssSize::new(500.0, 300.0));
        let affected: Vec<(NodeId, Affects)> = self
            .document
            .descendants(NodeId::DOCUMENT)
            .filter_map(|node| {
                let affects = match (styles.get(node)?, self.styles.get(node)) {
                    (new, Some(old)) => new.affects(old),
                    (_, None) => Affects::Boxes,
                };
                (affects > Affects::Nothing).then_some((node, affects))
            })
            .collect();
        let fonts = Fonts::without_web_fonts(Arc::new(FontContext::new(FontSource::Pinned)));
        let input = LayoutInput {
            document: &self.document,
            styles: &styles,
            fonts: &fonts,
            viewport: LayoutSize::new(LayoutUnit::from_px(500), LayoutUnit::from_px(300)),
            replaced: &NothingReplaced,
            relevance: &self.relevance,
            sink: &Unheard,
        };
        let changes = LayoutChanges { styles: &affected, boxes, fonts: false };
        self.tree = layout(&input, Some(PreviousLayout { layout: self.tree.clone(), changes }));
        let full = layout(&input, None);
        let text = |tree: &LayoutTree| fanlight_base::dump::to_string(tree, DumpFormat::Text);
        assert_eq!(text(&self.tree), text(&full));
        self.styles = styles;
    }

    fn restyle(&mut self, id: &str, style: &str) {
        let node = self.element(id);
        self.change(false, |document| document.set_attribute(node, QualName::attribute("style"), style));
    }

    /// The fragment of an element's box.
    fn fragment(&self, id: &str) -> Arc<BoxFragment> {
        let box_id = self.tree.boxes.box_of(self.element(id)).unwrap();
        let mut pending = vec![Fragment::Box(self.tree.root.clone())];
        while let Some(fragment) = pending.pop() {
            match &fragment {
                Fragment::Box(fragment) if fragment.style.box_id == box_id => return fragment.clone(),
                _ => pending.extend(fragment.children().iter().map(|link| link.fragment.clone())),
            }
        }
        panic!("{id} has no fragment");
    }

    /// The elements of these ids whose fragments are still the ones of `before`.
    fn kept<'i>(&self, before: &[Arc<BoxFragment>], ids: &[&'i str]) -> Vec<&'i str> {
        let kept = ids.iter().zip(before).filter(|(id, before)| Arc::ptr_eq(&self.fragment(id), before));
        kept.map(|(id, _)| *id).collect()
    }
}

/// Blocks with the ids `b0`, `b1` and so on.
fn blocks(count: usize) -> String {
    (0..count).map(|index| format!("<div id=b{index} style='margin: 4px 0'>words</div>")).collect()
}

#[test]
fn a_style_that_only_paints_keeps_all_fragments() {
    let mut again = Again::new("<div id=a>words <b id=b>and <i>more</i></b></div>");
    let before = again.tree.root.clone();
    again.restyle("a", "color: red; background: blue; z-index: 2");
    again.restyle("b", "color: green; outline: 2px solid");
    assert!(Arc::ptr_eq(&again.tree.root, &before));
    let box_id = again.tree.boxes.box_of(again.element("b")).unwrap();
    assert!(Arc::ptr_eq(&again.tree.boxes.get(box_id).style, again.styles.get(again.element("b")).unwrap()));
}

#[test]
fn siblings_of_a_box_that_grows_move_with_their_fragments() {
    for count in [5, 40] {
        let mut again = Again::new(&blocks(count));
        let ids = ["b0", "b1", "b2", "b3", "b4"];
        let before = ids.map(|id| again.fragment(id));
        again.restyle("b2", "padding: 10px; margin: 4px 0");
        assert_eq!(again.kept(&before, &ids), ["b0", "b1", "b3", "b4"], "of {count}");
    }
}

#[test]
fn siblings_of_an_inserted_box_keep_their_fragments() {
    let mut again = Again::new(&blocks(40));
    let before = ["b1", "b30"].map(|id| again.fragment(id));
    let sibling = again.element("b5");
    again.change(true, |document| {
        let inserted = document.create_element(QualName::html("div"), []);
        document.append_text(inserted, "new");
        document.insert_before(sibling, inserted);
    });
    assert_eq!(again.kept(&before, &["b1", "b30"]), ["b1", "b30"]);
}

#[test]
fn what_lies_beside_a_float_that_changes_is_laid_out_again() {
    let float = "<div id=f style='float: left; width: 30px; height: 20px'></div>";
    let mut again = Again::new(&format!("{float}{}", blocks(30)));
    let before = ["b0", "b20"].map(|id| again.fragment(id));
    again.restyle("f", "float: left; width: 60px; height: 20px");
    assert_eq!(again.kept(&before, &["b0", "b20"]), ["b20"]);
}

#[test]
fn a_decoration_reaches_the_text_of_boxes_inside_that_did_not_change() {
    let mut again = Again::new("<div id=a><div><p id=p>words</p></div></div>");
    let decorations = |again: &Again| {
        let mut pending: Vec<Fragment> = vec![Fragment::Box(again.fragment("p"))];
        while let Some(fragment) = pending.pop() {
            if let Fragment::Text(text) = &fragment {
                return text.decorations.len();
            }
            pending.extend(fragment.children().iter().map(|link| link.fragment.clone()));
        }
        panic!("there is text in it");
    };
    assert_eq!(decorations(&again), 0);
    again.restyle("a", "text-decoration: underline");
    assert_eq!(decorations(&again), 1);
    again.restyle("a", "color: red");
    assert_eq!(decorations(&again), 0);
}

#[test]
fn boxes_that_are_generated_again_keep_their_ids() {
    let mut again = Again::new("<ul><li id=a>one<li id=b>two <b>bold</b></ul><p id=p>text</p>");
    let ids = |again: &Again| ["a", "b", "p"].map(|id| again.tree.boxes.box_of(again.element(id)));
    let before = ids(&again);
    let first = again.element("a");
    again.change(true, |document| {
        let inserted = document.create_element(QualName::html("li"), []);
        document.insert_before(first, inserted);
    });
    assert_eq!(ids(&again), before);
}

#[test]
fn columns_are_balanced_again_when_what_is_in_them_grows() {
    let boxes: String = (0..20).map(|number| format!("<p id='p{number}' style='height:10px'></p>")).collect();
    let mut again = Again::new(&format!("<div id='columns' style='columns:3'>{boxes}</div>"));
    let before = again.fragment("columns").size.height;
    again.restyle("p7", "height:40px");
    assert!(again.fragment("columns").size.height > before);
    again.restyle("columns", "columns:2");
    again.restyle("p0", "height:10px;break-after:column");
}

#[test]
fn contents_that_become_relevant_or_are_skipped_leave_what_is_beside_them() {
    let section = |id: &str| {
        format!(
            "<div id={id} style='content-visibility:auto;contain-intrinsic-height:30px'><p id=p{id}>words <b>bold</b></p></div>"
        )
    };
    let mut again =
        Again::new(&format!("{}<div id=m>words</div>{}{}", section("a"), section("b"), section("c")));
    let beside = ["a", "m", "c"];
    let before = beside.map(|id| again.fragment(id));
    let b = again.element("b");
    again.relevance.make_relevant(b);
    again.change(true, |_| {});
    assert_eq!(again.kept(&before, &beside), beside);
    // Styles change in what is laid out, and in what is not.
    again.restyle("pb", "font-size: 30px");
    again.restyle("pa", "font-size: 30px");
    again.restyle("a", "content-visibility:auto;contain-intrinsic-height:20px");
    again.relevance = Relevance::default();
    again.change(true, |_| {});
    again.relevance.make_relevant(again.element("a"));
    again.change(true, |_| {});
    again.restyle("a", "");
}
