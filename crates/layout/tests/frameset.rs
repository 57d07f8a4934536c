//! `<frameset>`s fill the viewport with frames.

mod support;

use fanlight_layout::geometry::ElementBoxes;

/// The rectangles of all frames and framesets in a viewport of 500 by 300 px.
fn frames(html: &str) -> Vec<String> {
    let (tree, document, _) = support::lay_out(&format!("<!DOCTYPE html>{html}"));
    let boxes = ElementBoxes::new(&tree);
    let root = document.document_element().expect("the parser makes one");
    let found = document.descendants(root).filter_map(|node| {
        let name = &document.element(node)?.name.local;
        let bounds = boxes.get(node).filter(|_| name.starts_with("frame"))?.bounds;
        let (at, size) = (bounds.origin, bounds.size);
        Some(format!("{name} {} {} {} {}", at.x, at.y, size.width, size.height))
    });
    found.collect()
}

#[test]
fn frames_lie_in_rows_and_columns_with_borders_between() {
    assert_eq!(
        frames(
            "<frameset cols='100,*' rows='50%,*' border=10><frame><frame><frame><frame><frame></frameset>"
        ),
        [
            "frameset 0 0 500 300",
            "frame 0 0 100 145",
            "frame 110 0 390 145",
            "frame 0 155 100 145",
            "frame 110 155 390 145",
            "frame 0 0 0 0",
        ]
    );
}

#[test]
fn a_frameset_inside_has_the_borders_of_the_one_around_unless_it_says_others() {
    assert_eq!(
        frames(
            "<frameset rows='*,*' border=2><frameset cols='*,*'><frame><frame></frameset><frameset cols='*,*' frameborder=0><frame><frame></frameset></frameset>"
        ),
        [
            "frameset 0 0 500 300",
            "frameset 0 0 500 149",
            "frame 0 0 249 149",
            "frame 251 0 249 149",
            "frameset 0 151 500 149",
            "frame 0 151 250 149",
            "frame 250 151 250 149",
        ]
    );
}

#[test]
fn frames_have_no_size_of_their_own() {
    assert_eq!(
        frames(
            "<frameset style='width:10px;border:5px solid'><frame style='width:20px;height:20px;margin:3px'></frameset>"
        ),
        ["frameset 0 0 500 300", "frame 0 0 500 300"]
    );
}
