//! Whole styles of small pages.

use fanlight_base::dump::{DumpFormat, to_string};
use fanlight_base::geometry::CssSize;
use fanlight_base::{Dump, QualName, TreeWriter};
use fanlight_css::ToCss;
use fanlight_css::selectors::PseudoElement;
use fanlight_css::stylesheet::Origin;
use fanlight_css::values::generated::CounterStyle;
use fanlight_dom::{Document, ElementState, NodeId};

use crate::test_support::{Page, by_id, parse, parse_standard, sheet};
use crate::{StyleDump, StyleDumpOptions};

#[track_caller]
fn check(html: &str, css: &str, cases: &[(&str, &str, &str)]) {
    let page = Page::new(html, css);
    for (id, property, expected) in cases {
        assert_eq!(page.value(id, property), *expected, "{property} of #{id}");
    }
}

const RED: &str = "rgb(255, 0, 0)";
const GREEN: &str = "rgb(0, 128, 0)";
const BLUE: &str = "rgb(0, 0, 255)";

#[test]
fn specificity_and_order_decide() {
    check(
        "<p id=a class=c><b id=b></b></p>",
        "p { color: red } .c { color: green } p { color: blue } b { color: red } b { color: blue }",
        &[("a", "color", GREEN), ("b", "color", BLUE)],
    );
}

#[test]
fn importance_turns_origins_round() {
    let html = "<p id=a style='color: blue; width: 1px !important'></p>";
    let author = "p { color: red !important; width: 2px !important; margin-top: 1px }";
    let user = "p { color: green !important; margin-top: 2px; height: 5px }";
    let page = Page::with_sheets(
        parse_standard(html),
        vec![sheet(author, Origin::Author), sheet(user, Origin::User)],
    );
    assert_eq!(page.value("a", "color"), GREEN, "the user's important declarations win");
    assert_eq!(page.value("a", "width"), "1px", "the style attribute wins among the author's");
    assert_eq!(page.value("a", "margin-top"), "1px", "the author's normal declarations win");
    assert_eq!(page.value("a", "height"), "5px");
}

#[test]
fn layers_come_in_the_order_of_their_first_mention() {
    check(
        "<p id=a></p>",
        "@layer one, two; @layer two { p { color: red; width: 2px !important } } \
         @layer one { #a { color: green; width: 1px !important } @layer in { #a { height: 9px } } p { height: 1px } } \
         p { top: 1px !important } @layer one { p { top: 2px !important } }",
        &[("a", "color", RED), ("a", "width", "1px"), ("a", "height", "1px"), ("a", "top", "2px")],
    );
}

#[test]
fn counter_styles_are_in_the_order_of_layers() {
    let page = Page::new(
        "",
        "@layer low, high; @layer high { @counter-style a { symbols: high } } \
         @layer low { @counter-style a { symbols: low } @counter-style b { system: extends a } }",
    );
    let text = |name: &str| page.styles.counter_styles().representation(&CounterStyle::Name(name.into()), 1);
    assert_eq!(text("a"), "high");
    assert_eq!(text("b"), "high");
}

#[test]
fn borders_of_tables_have_the_colour_of_the_text() {
    check(
        "<table border=1 style='color: red'><tr><td id=a>x</table>",
        "",
        &[("a", "border-top-color", "currentcolor"), ("a", "border-top-style", "inset")],
    );
}

#[test]
fn unlayered_declarations_win_over_layers() {
    check("<p id=a></p>", "p { color: red } @layer x { #a { color: green } }", &[("a", "color", RED)]);
}

#[test]
fn presentational_hints_lose_to_any_author_rule() {
    check(
        "<table><tr><td id=a bgcolor=red width=10><td id=b bgcolor=red align=center></table>",
        "@layer x { * { background-color: green } } #b { background-color: revert }",
        &[
            ("a", "background-color", GREEN),
            ("a", "width", "10px"),
            ("b", "background-color", "rgba(0, 0, 0, 0)"),
        ],
    );
}

#[test]
fn revert_looks_further_down() {
    check(
        "<h1 id=a>x</h1><div id=b></div>",
        "h1 { display: inline; font-weight: 100 } h1 { display: revert } \
         @layer l { div { color: red } } div { color: green } #b { color: revert-layer; display: unset }",
        &[
            ("a", "display", "block"),
            ("a", "font-weight", "100"),
            ("b", "color", "rgb(255, 0, 0)"),
            ("b", "display", "inline"),
        ],
    );
}

#[test]
fn some_properties_inherit_and_others_do_so_on_request() {
    check(
        "<div id=a><p id=b><i id=c></i></p></div>",
        "#a { color: red; width: 100px; --x: 3px } #b { margin-top: var(--x); width: inherit; margin-bottom: 0 } \
         #c { margin-top: inherit; color: initial }",
        &[
            ("b", "color", RED),
            ("b", "width", "100px"),
            ("b", "margin-top", "3px"),
            ("c", "margin-top", "3px"),
            ("c", "color", "rgb(0, 0, 0)"),
        ],
    );
}

#[test]
fn nesting_and_scopes() {
    check(
        "<div class=light><div class=dark><p id=a class=x></p></div><p id=b></p></div><div><div class=stop><p id=c></p></div></div>",
        "@scope (.dark) { p { color: red } } @scope (.light) { p { color: green } } \
         div { &.light > p { width: 1px } .x { width: 2px } height: 3px } \
         @scope (body > div) to (.stop) { p { top: 1px } }",
        &[
            ("a", "color", RED),
            ("b", "color", GREEN),
            ("b", "width", "1px"),
            ("a", "width", "2px"),
            ("c", "top", "auto"),
            ("b", "top", "1px"),
        ],
    );
}

#[test]
fn media_and_supports_are_asked() {
    check(
        "<p id=a></p>",
        "@media (min-width: 700px) { p { color: red } } @media print { p { color: green } } \
         @supports (display: grid) { p { width: 1px } } @supports (nonsense: 1) { p { width: 2px } }",
        &[("a", "color", RED), ("a", "width", "1px")],
    );
}

#[test]
fn the_user_agent_sheet_makes_html_look_like_html() {
    check(
        "<h1 id=h>x</h1><ul><li id=li>x</ul><code id=code>x</code><input id=i><b id=b></b><table id=t><td id=td>x</table>\
         <textarea id=ta></textarea><button id=bt></button><a id=l href=x></a><script id=s></script><p id=hid hidden></p>",
        "",
        &[
            ("h", "font-size", "32px"),
            ("h", "margin-top", "21.44px"),
            ("h", "display", "block"),
            ("li", "display", "list-item"),
            ("code", "font-size", "13px"),
            ("code", "font-family", "monospace"),
            ("i", "font-size", "13.3333px"),
            ("i", "border-top-style", "inset"),
            ("i", "padding-left", "2px"),
            ("b", "font-weight", "700"),
            ("t", "display", "table"),
            ("t", "border-spacing", "2px"),
            ("td", "padding-left", "1px"),
            ("ta", "font-family", "monospace"),
            ("bt", "padding-left", "6px"),
            ("bt", "text-align", "center"),
            ("l", "color", "rgb(0, 0, 238)"),
            ("l", "text-decoration-line", "underline"),
            ("s", "display", "none"),
            ("hid", "display", "none"),
        ],
    );
}

#[test]
fn sizes_that_no_length_set_follow_the_scale_of_monospace() {
    check(
        "<p style='font-size: 62.5%'><code id=percent style='font-size: 100%'>x</code>\
         <p style='font-size: 1.4em'><code id=em style='font-size: 1em'><i id=back style='font-family: serif'>x</i></code>\
         <p style='font-size: large'><code id=step>x</code><code id=of_step style='font-size: 90%'>x</code>\
         <p style='font-size: 20px'><code id=length style='font-size: 1em'>x</code>\
         <p style='font-size: 1rem'><code id=rem>x</code>\
         <p style='font-size: calc(50%)'><code id=calc>x</code>\
         <p style='font-size: x-large'><code id=initial style='font-size: initial'>x</code>\
         <p><code id=two style='font-family: monospace, monospace'>x</code>\
         <p style='font-size: 20px'><code id=ex style='font-size: 2ex'>x</code>",
        "",
        &[
            ("percent", "font-size", "8.125px"),
            ("em", "font-size", "18.2px"),
            ("back", "font-size", "22.4px"),
            ("step", "font-size", "16px"),
            ("of_step", "font-size", "13.1625px"),
            ("length", "font-size", "20px"),
            ("rem", "font-size", "16px"),
            ("calc", "font-size", "6.5px"),
            ("initial", "font-size", "13px"),
            ("two", "font-size", "16px"),
            ("ex", "font-size", "20px"),
        ],
    );
}

#[test]
fn attributes_stand_for_declarations() {
    check(
        "<img id=img width=100 height=50 align=left hspace=3 border=2><font id=f color=red size=+1 face=Arial>x</font>\
         <table id=t border=1 cellpadding=5 cellspacing=0 align=center width=50%><tr id=tr valign=top><td id=td nowrap></table>\
         <ol id=ol type=a start=3><li id=li value=7 type=I>x</ol><hr id=hr size=5 width=50% noshade><p id=p align=right>",
        "",
        &[
            ("img", "width", "100px"),
            ("img", "float", "left"),
            ("img", "margin-left", "3px"),
            ("img", "border-top-width", "2px"),
            ("img", "aspect-ratio", "auto 100 / 50"),
            ("f", "color", RED),
            ("f", "font-size", "18px"),
            ("f", "font-family", "Arial"),
            ("t", "border-top-style", "outset"),
            ("t", "border-spacing", "0px"),
            ("t", "width", "50%"),
            ("tr", "vertical-align", "top"),
            ("td", "padding-top", "5px"),
            ("td", "border-top-style", "inset"),
            ("td", "white-space-collapse", "collapse"),
            ("td", "text-wrap-mode", "nowrap"),
            ("ol", "list-style-type", "lower-alpha"),
            ("ol", "counter-reset", "list-item 2"),
            ("li", "counter-set", "list-item 7"),
            ("li", "list-style-type", "upper-roman"),
            ("hr", "height", "3px"),
            ("hr", "border-top-style", "solid"),
            ("p", "text-align", "-webkit-right"),
        ],
    );
}

#[test]
fn a_rule_whose_colour_is_none_is_flat_and_one_without_width_is_not_seen() {
    check(
        "<hr id=a color=''><hr id=b width=0>",
        "",
        &[
            ("a", "border-top-style", "solid"),
            ("a", "border-top-color", "currentcolor"),
            ("b", "width", "0px"),
        ],
    );
}

#[test]
fn pseudo_elements_are_there_when_something_makes_them() {
    let page = Page::new(
        "<p id=a>x</p><p id=b></p><ul><li id=c></ul><input id=d placeholder=x>",
        "#a::before { content: 'x'; color: red } #a::after { color: red } p { color: green } #b:before { content: none } \
         li::marker { color: blue } p::first-line { width: 1px } ::selection { color: red }",
    );
    assert_eq!(page.pseudo_value("a", &PseudoElement::Before, "color").as_deref(), Some(RED));
    assert_eq!(page.pseudo_value("a", &PseudoElement::After, "color"), None);
    assert_eq!(page.pseudo_value("b", &PseudoElement::Before, "color"), None);
    assert_eq!(page.pseudo_value("c", &PseudoElement::Marker, "color").as_deref(), Some(BLUE));
    assert_eq!(page.pseudo_value("a", &PseudoElement::Marker, "color"), None);
    assert_eq!(page.pseudo_value("a", &PseudoElement::FirstLine, "color").as_deref(), Some(GREEN));
    assert!(page.pseudo_value("d", &PseudoElement::Placeholder, "color").is_some());
    assert_eq!(page.pseudo_value("a", &PseudoElement::Placeholder, "color"), None);
    assert_eq!(page.pseudo_value("b", &PseudoElement::Selection, "color").as_deref(), Some(RED));
}

#[test]
fn sliders_alone_have_tracks_and_thumbs() {
    let page = Page::new(
        "<input id=a type=range><input id=b type=text><p id=c>",
        "::-webkit-slider-runnable-track { color: red } #a::-webkit-slider-thumb { color: blue }",
    );
    let value = |id, pseudo| page.pseudo_value(id, &pseudo, "color");
    assert_eq!(value("a", PseudoElement::SliderRunnableTrack).as_deref(), Some(RED));
    assert_eq!(value("a", PseudoElement::SliderThumb).as_deref(), Some(BLUE));
    assert_eq!(value("b", PseudoElement::SliderRunnableTrack), None);
    assert_eq!(value("c", PseudoElement::SliderRunnableTrack), None);
}

#[test]
fn children_of_flex_containers_are_blocks_through_contents() {
    check(
        "<div id=f><span id=a></span><span id=c><b id=b></b></span></div>",
        "#f { display: flex } #c { display: contents }",
        &[("a", "display", "block"), ("b", "display", "block"), ("c", "display", "contents")],
    );
}

#[test]
fn animations_stand_still() {
    check(
        "<p id=a></p><p id=b></p><p id=c></p><p id=d></p>",
        "@keyframes k { from { opacity: 0.2 } to { opacity: 0.8 } } p { opacity: 0.5; animation: k 1s } \
         #a { animation-fill-mode: forwards } #b { animation-iteration-count: infinite } \
         #c { animation-fill-mode: both; opacity: 0.1 !important }",
        &[("a", "opacity", "0.8"), ("b", "opacity", "0.2"), ("c", "opacity", "0.1"), ("d", "opacity", "0.5")],
    );
}

#[test]
fn links_take_their_colours_from_the_body() {
    let mut document = parse("<body link=green vlink=red text=blue><a id=a href=x></a><table id=t></table>");
    let page = Page::with_sheets(document.clone(), Vec::new());
    assert_eq!(page.value("a", "color"), GREEN);
    assert_eq!(page.value("t", "color"), BLUE, "in quirks mode tables take the body's colour");
    let a = by_id(&document, "a");
    document.set_state(a, ElementState::VISITED);
    assert_eq!(Page::with_sheets(document, Vec::new()).value("a", "color"), RED);
}

#[test]
fn elements_that_nothing_tells_apart_share_their_style() {
    let page = Page::new(
        "<ul><li id=a><b id=b></b><li id=c><b id=d></b></ul><ul><li id=e></ul>",
        "li { color: red }",
    );
    assert!(std::sync::Arc::ptr_eq(page.style("a"), page.style("c")));
    assert!(std::sync::Arc::ptr_eq(page.style("b"), page.style("d")));
    assert!(std::sync::Arc::ptr_eq(page.style("a"), page.style("e")));
}

#[test]
fn a_hundred_thousand_nested_elements_have_styles() {
    let mut document = Document::new("about:blank");
    let mut at = NodeId::DOCUMENT;
    for _ in 0..100_000 {
        let child = document.create_element(QualName::html("div"), []);
        document.append(at, child);
        at = child;
    }
    let page =
        Page::with_sheets(document, vec![sheet("div div { color: red } .a .b { top: 1px }", Origin::Author)]);
    assert_eq!(page.styles.element_count(), 100_000);
    assert!(page.styles.get(at).is_some());
}

#[test]
fn rem_and_em_refer_to_the_right_fonts() {
    check(
        "<html><body><div id=a><p id=b></p></div>",
        "html { font-size: 10px } #a { font-size: 2em; width: 2rem } #b { font-size: 50%; width: 2em; height: 1rem }",
        &[
            ("a", "font-size", "20px"),
            ("a", "width", "20px"),
            ("b", "font-size", "10px"),
            ("b", "width", "20px"),
            ("b", "height", "10px"),
        ],
    );
}

#[test]
fn a_dump_shows_what_differs_from_initial() {
    let page = Page::new("<p id=a style='width: 1px'></p>", "p { color: red } p { --y: 2 }");
    let text = to_string(&page.styles, DumpFormat::Text);
    let start = text.find("p #").expect("the paragraph is in the dump");
    let lines: Vec<&str> = text[start..].lines().map(str::trim).collect();
    assert!(lines[0].ends_with("id=a"), "{text}");
    for line in ["color: rgb(255, 0, 0)", "width: 1px", "display: block", "margin-top: 16px", "--y: 2"] {
        assert!(lines.contains(&line), "{line} is missing in {text}");
    }
    assert!(!text.contains("float"), "{text}");
}

#[test]
fn why_names_the_winner_and_what_it_overrode() {
    let page =
        Page::new("<div id=d><p id=a></p></div>", "div { color: red }\np { top: 1px }\n#a { top: 2px }");
    let dump = StyleDump { styles: &page.styles, options: StyleDumpOptions { all: false, why: true } };
    let mut tree = TreeWriter::new(DumpFormat::Text);
    dump.dump(&mut tree);
    let text = tree.finish();
    let line = |start: &str| {
        let from = text.find("id=a").expect("the paragraph is in the dump");
        let mut lines = text[from..].lines().map(str::trim);
        let found =
            lines.find(|line| line.starts_with(start)).unwrap_or_else(|| panic!("no {start} in {text}"));
        (found.to_owned(), lines.next().unwrap_or("").to_owned())
    };
    let (top, overrode) = line("top:");
    assert_eq!(top, "top: 2px  <- top: 2px (author test:sheet.css:3:6 `#a`)");
    assert_eq!(overrode, "overrode top: 1px (author test:sheet.css:2:5 `p`)");
    let (color, _) = line("color:");
    let parent = format!("`div`), inherited from div {} id=d", by_id(&page.document, "d"));
    assert!(color.ends_with(&parent), "{color}");
    assert!(to_string(&dump, DumpFormat::Json).contains("\"selector\":\"#a\""));
}

#[test]
fn why_explains_custom_properties_and_attributes() {
    let page = Page::new(
        "\n<div id=d>\n<p id=a style='--n: 2'></p></div>",
        "div { --m: 1 }\ndiv { --m: 3; --n: 1 }",
    );
    let dump = StyleDump { styles: &page.styles, options: StyleDumpOptions { all: false, why: true } };
    let text = to_string(&dump, DumpFormat::Text);
    let from = text.find("id=a").expect("the paragraph is in the dump");
    let lines: Vec<&str> =
        text[from..].lines().map(str::trim).filter(|line| line.starts_with("--")).collect();
    let parent = by_id(&page.document, "d");
    let inherited =
        format!("--m: 3  <- --m: 3 (author test:sheet.css:2:7 `div`), inherited from div {parent} id=d");
    assert_eq!(lines, [&*inherited, "--n: 2  <- --n: 2 (style attribute about:test:3:1)"]);
    assert!(text.contains("overrode --m: 1 (author test:sheet.css:1:7 `div`)"), "{text}");
}

#[test]
fn attributes_are_values() {
    check(
        "<p id=a data-w=12 DATA-C=red></p><p id=b data-w=13></p>",
        "p { width: attr(data-w px); color: attr(data-c type(<color>), green); --n: attr(data-w number) } \
         p { height: calc(var(--n) * 2px) }",
        &[
            ("a", "width", "12px"),
            ("b", "width", "13px"),
            ("a", "color", RED),
            ("b", "color", GREEN),
            ("a", "height", "24px"),
            ("b", "height", "26px"),
        ],
    );
}

#[test]
fn registered_properties_are_typed() {
    check(
        "<div id=a><p id=b></p></div>",
        "@layer low, high; \
         @layer high { @property --x { syntax: '<length>'; inherits: false; initial-value: 7px } } \
         @layer low { @property --x { syntax: '<length>'; inherits: true; initial-value: 8px } } \
         @property --y { syntax: '<length>'; inherits: true; initial-value: 0px } \
         div { font-size: 20px; --x: 2em; --y: 2em; width: var(--x); height: var(--y) } \
         p { font-size: 10px; width: var(--x); height: var(--y); top: var(--x, 1px) }",
        &[
            ("a", "width", "40px"),
            ("b", "width", "7px"),
            ("a", "height", "40px"),
            ("b", "height", "40px"),
            ("b", "top", "7px"),
        ],
    );
}

#[test]
fn a_value_that_reverts_when_variables_are_put_in_leaves_what_is_below() {
    check(
        "<p id=a></p><p id=b></p><p id=c></p>",
        "@layer low { p { width: 1px; height: 2px } } p { width: var(--none, revert-layer) } \
         #b { display: var(--none, revert); display: inline } #b { display: var(--none, revert) } \
         #c { height: var(--none, unset) }",
        &[("a", "width", "1px"), ("b", "display", "block"), ("c", "height", "auto")],
    );
}

#[test]
fn style_queries_ask_the_nearest_element() {
    check(
        "<div id=a class=t><p id=b></p><div class=u><p id=c></p></div></div>",
        ".t { --theme: dark } .u { --theme: light } @container style(--theme: dark) { p, div { color: red } } \
         @container style(--theme: light) { p { color: green } } @container style(--none) { p { color: blue } }",
        &[("a", "color", "rgb(0, 0, 0)"), ("b", "color", RED), ("c", "color", GREEN)],
    );
}

#[test]
fn size_queries_and_units_ask_containers_of_which_the_size_is_known() {
    let html = "<div id=outer><div id=inner><p id=a></p></div><p id=b></p></div>";
    let css = "#outer { container: card / inline-size } #inner { container-type: size } \
        #outer::before { content: ''; width: 1cqw } p { width: 10cqw; height: 10cqh } \
        @container (width > 250px) { p { color: red } #outer { color: red } } \
        @container card (width > 250px) { p { top: 1px } @container (height > 30px) { p { top: 2px } } } \
        @container (height > 30px) { p { left: 3px } } @container not (height > 30px) { p { left: 4px } }";
    let mut page = Page::new(html, css);
    page.document.record_mutations();
    assert_eq!(page.value("b", "color"), "rgb(0, 0, 0)", "before layout nothing is known");
    assert_eq!(page.value("b", "width"), "80px", "of the viewport");
    let [outer, inner] = ["outer", "inner"].map(|id| by_id(&page.document, id));
    assert_eq!(page.styles.size_containers().iter().copied().collect::<Vec<_>>(), [outer, inner]);
    let sizes = [(outer, CssSize::new(300.0, 10.0)), (inner, CssSize::new(200.0, 40.0))];
    assert!(page.set.take_in_container_sizes(sizes.into_iter().collect()));
    page.update();
    for (id, property, expected) in [
        ("outer", "color", "rgb(0, 0, 0)"),
        ("a", "color", "rgb(0, 0, 0)"),
        ("b", "color", RED),
        ("a", "width", "20px"),
        ("b", "width", "30px"),
        ("a", "height", "4px"),
        ("b", "height", "60px"),
        ("a", "top", "2px"),
        ("b", "top", "1px"),
        ("a", "left", "3px"),
        ("b", "left", "auto"),
    ] {
        assert_eq!(page.value(id, property), expected, "{property} of #{id}");
    }
    let before = page.styles.pseudo(outer, &PseudoElement::Before).expect("it has content");
    assert_eq!(
        before.size.width.to_css_string(),
        "3px",
        "the element itself is its pseudo-element's container"
    );
    assert!(!page.set.take_in_container_sizes(sizes.into_iter().collect()), "nothing is different");
}

#[test]
fn what_is_in_details_inherits_from_their_content() {
    let html = "<details id=d open><summary id=s></summary><p id=p><b id=b></b></p><summary id=t></summary></details>";
    let mut page =
        Page::new(html, "details::details-content { color: red } .x::details-content { color: blue }");
    let colors = |page: &Page| ["d", "s", "p", "b", "t"].map(|id| page.value(id, "color"));
    let black = "rgb(0, 0, 0)";
    assert_eq!(colors(&page), [black, black, RED, RED, RED]);
    let details = by_id(&page.document, "d");
    page.document.record_mutations();
    page.document.set_attribute(details, QualName::attribute("class"), "x");
    page.update();
    assert_eq!(colors(&page), [black, black, BLUE, BLUE, BLUE]);
}
