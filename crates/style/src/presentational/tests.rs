//! Attributes that stand for declarations.

use fanlight_base::diagnostics::Unheard;
use fanlight_css::values::compute::MissingMetrics;

use super::FrameMargins;
use crate::resolve;
use crate::test_support::{Page, by_id, parse_standard};

#[test]
fn a_body_has_the_margins_that_its_frame_asks_for_unless_it_says_others() {
    let mut page = Page::with_sheets(parse_standard("<body id=b leftmargin=3>"), Vec::new());
    assert_eq!(page.value("b", "margin-top"), "8px");
    page.set = page.set.with_frame_margins(FrameMargins { width: Some(100), height: Some(20) });
    page.styles = resolve(&page.document, &mut page.set, &MissingMetrics, None, &Unheard).styles;
    let margins = ["top", "right", "bottom", "left"].map(|side| page.value("b", &format!("margin-{side}")));
    assert_eq!(margins, ["20px", "100px", "20px", "3px"]);
}

#[test]
fn the_margins_of_a_frame_are_in_its_attributes() {
    let document = parse_standard("<iframe id=f marginwidth=7 marginheight=-1></iframe>");
    let frame = document.element(by_id(&document, "f")).expect("it is an element");
    assert_eq!(FrameMargins::of(frame), FrameMargins { width: Some(7), height: None });
}

#[test]
fn rules_are_in_the_middle_where_align_says_no_side_and_flat_where_size_is_no_number() {
    let page =
        Page::new("<hr id=a align=foo style='margin-inline:9px'><hr id=b align=x><hr id=c size=x>", "");
    assert_eq!(page.value("a", "margin-left"), "9px");
    assert_eq!(page.value("b", "margin-left"), "auto");
    assert_eq!(page.value("c", "border-bottom-width"), "0px");
}

#[test]
fn frames_have_borders_only_where_frameborder_is_a_number_but_zero_and_no_space_around() {
    let page =
        Page::new("<iframe id=a frameborder=1></iframe><iframe id=b frameborder=yes hspace=5></iframe>", "");
    assert_eq!(page.value("a", "border-top-width"), "2px");
    assert_eq!(page.value("b", "border-top-width"), "0px");
    assert_eq!(page.value("b", "margin-left"), "0px");
}
