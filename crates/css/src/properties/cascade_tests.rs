//! What computing a style makes of declarations: defaulting, order, units, variables, adjustments.

use super::cascade::{CascadeLevel, CascadeOrigin, Cascaded, compute_style};
use super::declaration::{DeclarationBlock, SourcePosition};
use super::id::PropertyId;
use super::test_support::{AUTHOR, cascaded, compute_with, text_of};
use super::{Affects, ComputedStyle, PropertyDeclaration};
use crate::syntax::{ParseContext, Parser, QuirksMode};

const USER_AGENT: CascadeLevel =
    CascadeLevel { origin: CascadeOrigin::UserAgent, important: false, layer: 0 };

fn declarations(css: &str, quirks: QuirksMode) -> DeclarationBlock {
    let mut block = DeclarationBlock::default();
    for declaration in css.split(';').filter(|part| !part.trim().is_empty()) {
        let (name, value) = declaration.split_once(':').expect("a test writes name and value");
        let context = ParseContext::new(None, quirks);
        block
            .parse_declaration(name.trim(), &mut Parser::new(value), &context, SourcePosition::default())
            .unwrap_or_else(|error| panic!("{declaration}: {error:?}"));
    }
    block
}

/// The style of an element with these declarations, each list at its level, lowest first.
fn style_of(
    layers: &[(CascadeLevel, &str)],
    parent: Option<&ComputedStyle>,
    root: Option<&ComputedStyle>,
) -> ComputedStyle {
    let blocks: Vec<(CascadeLevel, DeclarationBlock)> =
        layers.iter().map(|(level, css)| (*level, declarations(css, QuirksMode::NoQuirks))).collect();
    let declarations: Vec<Cascaded<'_>> =
        blocks.iter().flat_map(|(level, block)| cascaded(block, *level)).collect();
    compute_with(&declarations, parent, root, compute_style)
}

pub(crate) fn root(css: &str) -> ComputedStyle {
    style_of(&[(AUTHOR, css)], None, None)
}

fn child(css: &str, parent: &ComputedStyle) -> ComputedStyle {
    style_of(&[(AUTHOR, css)], Some(parent), Some(parent))
}

fn value(style: &ComputedStyle, name: &str) -> String {
    let Some(PropertyId::Longhand(id)) = PropertyId::from_name(name) else { panic!("{name} is no longhand") };
    text_of(style, id)
}

#[test]
fn inherited_properties_inherit_and_others_do_not() {
    let parent = root("color: red; margin: 5px; font-size: 20px");
    let style = child("", &parent);
    assert_eq!(value(&style, "color"), "rgb(255, 0, 0)");
    assert_eq!(value(&style, "font-size"), "20px");
    assert_eq!(value(&style, "margin-top"), "0px");
}

#[test]
fn css_wide_keywords_default() {
    let parent = root("color: red; margin: 5px");
    let style = child("color: initial; margin: inherit; margin-left: unset", &parent);
    assert_eq!(value(&style, "color"), "rgb(0, 0, 0)");
    assert_eq!(value(&style, "margin-top"), "5px");
    assert_eq!(value(&style, "margin-left"), "0px");
    assert_eq!(value(&child("color: blue; all: unset", &parent), "color"), "rgb(255, 0, 0)");
}

#[test]
fn revert_goes_back_to_the_origin_below() {
    let style =
        style_of(&[(USER_AGENT, "display: block"), (AUTHOR, "display: flex; display: revert")], None, None);
    assert_eq!(value(&style, "display"), "block");
    let upper = CascadeLevel { layer: 1, ..AUTHOR };
    let style = style_of(
        &[(USER_AGENT, "float: left"), (AUTHOR, "float: right"), (upper, "float: revert-layer")],
        None,
        None,
    );
    assert_eq!(value(&style, "float"), "right");
    let style =
        style_of(&[(USER_AGENT, "--a: 1px"), (AUTHOR, "--a: 2px; --a: revert; width: var(--a)")], None, None);
    assert_eq!(value(&style, "width"), "1px");
}

#[test]
fn font_relative_units_wait_for_the_font() {
    let parent = root("font-size: 10px");
    let style = child(
        "width: 2em; font-size: 2em; line-height: 1.5; height: 1lh; margin: 1rem; padding: 1ex",
        &parent,
    );
    assert_eq!(value(&style, "font-size"), "20px");
    assert_eq!(value(&style, "width"), "40px");
    assert_eq!(value(&style, "height"), "30px");
    assert_eq!(value(&style, "margin-top"), "10px");
    assert_eq!(value(&style, "padding-left"), "10px");
    assert_eq!(value(&root("font-size: 2rem; width: 1rem"), "width"), "32px");
}

#[test]
fn the_properties_of_webkit_boxes_stand_for_those_of_flex_containers() {
    let parent = root(
        "display: -webkit-box; flex-direction: row; -webkit-box-orient: vertical; -webkit-box-direction: reverse; \
         -webkit-box-align: center; -webkit-box-pack: justify",
    );
    let flex = ["flex-direction", "align-items", "justify-content"].map(|name| value(&parent, name));
    assert_eq!(flex, ["column-reverse", "center", "space-between"]);
    let style = child("flex: 9 9 9px; order: 9; -webkit-box-flex: 2; -webkit-box-ordinal-group: 3", &parent);
    let item = ["flex-grow", "flex-shrink", "flex-basis", "order"].map(|name| value(&style, name));
    assert_eq!(item, ["2", "2", "auto", "2"]);
    assert_eq!(value(&child("flex-grow: 9; -webkit-box-flex: 2", &root("display: flex")), "flex-grow"), "9");
}

#[test]
fn viewport_units_are_of_the_device() {
    let style = root("width: 50vw; height: 10dvh; margin: 1vmin 1vmax; padding: 10cqw");
    assert_eq!(value(&style, "width"), "400px");
    assert_eq!(value(&style, "height"), "60px");
    assert_eq!(value(&style, "margin-top"), "6px");
    assert_eq!(value(&style, "margin-left"), "8px");
    assert_eq!(value(&style, "padding-top"), "80px");
}

#[test]
fn calculations_keep_percentages_and_clamp_to_the_range() {
    let style = root(
        "font-size: 10px; width: calc(50% + 2em - 1px); height: calc(3 * (1px + 1px)); padding: calc(1px - 5px); z-index: calc(2.5)",
    );
    assert_eq!(value(&style, "width"), "calc(50% + 19px)");
    assert_eq!(value(&style, "height"), "6px");
    assert_eq!(value(&style, "padding-top"), "0px");
    assert_eq!(value(&style, "z-index"), "3");
    let crate::values::size::Size::LengthPercentage(width) = &style.size.width else {
        panic!("width is a length")
    };
    assert_eq!(width.resolve(100.0), 69.0);
    assert_eq!(value(&root("width: min(10px, 5%)"), "width"), "min(10px, 5%)");
    assert_eq!(value(&root("width: clamp(1px, 5px, 3px)"), "width"), "3px");
    assert_eq!(value(&root("width: round(up, 11px, 5px)"), "width"), "15px");
    assert_eq!(value(&root("width: calc(10px * sin(90deg) + 4px * cos(0))"), "width"), "14px");
    assert_eq!(value(&root("width: calc(1px * (20px / 4px))"), "width"), "5px");
}

#[test]
fn variables_are_substituted_with_fallbacks() {
    let parent = root("--a: 10px; --b: var(--a) var(--a); --list: red, blue");
    let style = child(
        "margin: var(--b); width: var(--none, 7px); height: var(--none); color: var(--none, var(--c, green))",
        &parent,
    );
    assert_eq!(value(&style, "margin-left"), "10px");
    assert_eq!(value(&style, "width"), "7px");
    assert_eq!(value(&style, "height"), "auto");
    assert_eq!(value(&style, "color"), "rgb(0, 128, 0)");
    let style = child("background-image: linear-gradient(var(--list))", &parent);
    assert_eq!(value(&style, "background-image"), "linear-gradient(rgb(255, 0, 0), rgb(0, 0, 255))");
}

#[test]
fn tokens_of_neighbouring_variables_do_not_join() {
    let style = root("--a: 1; --b: px; width: var(--a)var(--b)");
    assert_eq!(value(&style, "width"), "auto");
}

#[test]
fn cycles_of_variables_are_invalid() {
    let style = root(
        "--a: var(--b); --b: var(--a); --c: var(--a, 3px); --d: var(--c); width: var(--a, 5px); height: var(--d)",
    );
    assert_eq!(value(&style, "width"), "5px");
    assert_eq!(value(&style, "height"), "3px");
    let parent = root("--x: 1px");
    assert_eq!(value(&child("--x: var(--x); width: var(--x, 2px)", &parent), "width"), "2px");
}

#[test]
fn variables_that_explode_are_invalid() {
    let mut css = String::from("--v0: aaaaaaaaaaaaaaaa;");
    for level in 1..40 {
        css.push_str(&format!("--v{level}: var(--v{0}) var(--v{0});", level - 1));
    }
    css.push_str("--last: var(--v39, 1px); width: var(--v39, 2px)");
    let style = root(&css);
    assert!(
        style.custom.sorted().iter().all(|(_, text)| text.len() <= crate::limits::SUBSTITUTED_VALUE_BYTES)
    );
    assert_eq!(value(&style, "width"), "2px");
}

#[test]
fn chains_of_variables_are_followed_up_to_a_limit_without_overflow() {
    let chain = |length: usize| {
        let mut css = String::from("--v0: 7px;");
        for link in 1..=length {
            css.push_str(&format!("--v{link}: var(--v{});", link - 1));
        }
        // Declared last, resolved first: the whole chain is followed at once.
        css.push_str(&format!("width: var(--v{length}, 1px)"));
        root(&css)
    };
    assert_eq!(value(&chain(200), "width"), "7px");
    let _ = chain(20_000);
    let reversed: String =
        (1..20_000).rev().map(|link| format!("--v{link}: var(--v{});", link - 1)).collect();
    let _ = root(&format!("{reversed} --v0: 1px; width: var(--v19999, 1px)"));
}

#[test]
fn a_value_invalid_at_computed_value_time_is_unset() {
    let parent = root("color: red");
    let style = child("--a: 10px; color: blue; color: var(--a); width: 5px; width: var(--none)", &parent);
    assert_eq!(value(&style, "color"), "rgb(255, 0, 0)");
    assert_eq!(value(&style, "width"), "auto");
}

#[test]
fn flow_relative_and_physical_declarations_compete_in_order() {
    let style = root("margin-left: 1px; margin-inline-start: 2px");
    assert_eq!(value(&style, "margin-left"), "2px");
    let style = root("margin-inline-start: 2px; margin-left: 1px");
    assert_eq!(value(&style, "margin-left"), "1px");
    let style = root("direction: rtl; margin-inline-start: 2px; margin-inline-end: var(--none, 3px)");
    assert_eq!((value(&style, "margin-right"), value(&style, "margin-left")), ("2px".into(), "3px".into()));
    let style = root("writing-mode: vertical-rl; block-size: 10px; padding-block-start: 4px");
    assert_eq!((value(&style, "width"), value(&style, "padding-right")), ("10px".into(), "4px".into()));
}

#[test]
fn boxes_are_made_block_level_where_they_must_be() {
    let parent = root("display: flex");
    assert_eq!(value(&parent, "display"), "flex");
    assert_eq!(value(&child("display: inline-block", &parent), "display"), "block");
    assert_eq!(value(&child("float: left", &parent), "float"), "none");
    let block = root("display: block");
    let absolute = child("position: absolute; float: left", &block);
    assert_eq!((value(&absolute, "display"), value(&absolute, "float")), ("block".into(), "none".into()));
    assert_eq!(absolute.original_display, crate::values::display::Display::INLINE);
    assert_eq!(value(&child("float: right; display: inline-table", &block), "display"), "table");
    assert_eq!(value(&root("display: inline"), "display"), "block");
    assert_eq!(value(&child("display: none; float: left", &block), "display"), "none");
}

#[test]
fn borders_without_style_have_no_width() {
    assert_eq!(value(&root("border-top-width: 5px"), "border-top-width"), "0px");
    assert_eq!(value(&root("border: solid"), "border-top-width"), "3px");
    assert_eq!(value(&root("border: 1.9px solid"), "border-top-width"), "1px");
    assert_eq!(value(&root("border: 0.1px solid"), "border-top-width"), "1px");
    assert_eq!(value(&root("border-top-style: solid"), "border-top-width"), "3px");
    assert_eq!(value(&root("border-top: 9px solid; border-top-width: initial"), "border-top-width"), "3px");
    let parent = root("border: 9px none");
    assert_eq!(value(&child("border: inherit; border-style: solid", &parent), "border-left-width"), "0px");
}

#[test]
fn outlines_and_column_rules_keep_their_width_without_style() {
    assert_eq!(value(&root("outline: 5px none"), "outline-width"), "5px");
    assert_eq!(value(&root(""), "column-rule-width"), "3px");
}

#[test]
fn elements_without_borders_share_their_group() {
    let parent = root("color: red");
    let style = child("margin: 0", &parent);
    assert!(std::sync::Arc::ptr_eq(&style.border, &parent.border));
}

#[test]
fn one_scrolling_axis_makes_the_other_scroll_too() {
    let style = root("overflow: hidden visible");
    assert_eq!((value(&style, "overflow-x"), value(&style, "overflow-y")), ("hidden".into(), "auto".into()));
    let style = root("overflow: clip visible");
    assert_eq!((value(&style, "overflow-x"), value(&style, "overflow-y")), ("clip".into(), "visible".into()));
}

#[test]
fn colours_resolve_but_currentcolor_stays() {
    let style = root(
        "color: hsl(120 100% 25%); border-color: currentcolor; background-color: color-mix(in srgb, red, blue)",
    );
    assert_eq!(value(&style, "color"), "rgb(0, 128, 0)");
    assert_eq!(value(&style, "border-top-color"), "currentcolor");
    assert_eq!(value(&style, "background-color"), "color(srgb 0.5 0 0.5)");
    let parent = root("color: red");
    assert_eq!(value(&child("color: currentcolor", &parent), "color"), "rgb(255, 0, 0)");
    let dark = root("color-scheme: dark; color: light-dark(red, blue)");
    assert_eq!(value(&dark, "color"), "rgb(0, 0, 255)");
}

#[test]
fn relative_weights_and_sizes_are_of_the_parent() {
    let parent = root("font-weight: 700; font-size: 24px");
    let style = child("font-weight: bolder; font-size: smaller", &parent);
    assert_eq!((value(&style, "font-weight"), value(&style, "font-size")), ("900".into(), "20px".into()));
    assert_eq!(value(&child("font-weight: lighter", &parent), "font-weight"), "400");
}

#[test]
fn groups_stay_shared_where_nothing_changes() {
    let parent = root("color: red; font-size: 20px");
    let style = child("color: red; margin: 0", &parent);
    assert!(std::sync::Arc::ptr_eq(&style.inherited_text, &parent.inherited_text));
    assert!(std::sync::Arc::ptr_eq(&style.font, &parent.font));
    assert!(std::sync::Arc::ptr_eq(&style.size, &ComputedStyle::initial().size));
}

#[test]
fn a_change_says_what_it_makes_necessary() {
    let old = root("color: red");
    assert_eq!(root("color: red").affects(&old), Affects::Nothing);
    assert_eq!(root("color: blue").affects(&old), Affects::Paint);
    assert_eq!(root("color: red; width: 1px").affects(&old), Affects::Layout);
    assert_eq!(root("color: red; display: flex").affects(&old), Affects::Boxes);
    assert_eq!(root("color: blue; font-weight: bold").affects(&old), Affects::Text);
}

#[test]
fn quirks_apply_to_their_properties_only_and_not_inside_functions() {
    let parse = |css: &str, quirks| {
        let (name, value) = css.split_once(':').expect("a test writes name and value");
        let mut block = DeclarationBlock::default();
        block
            .parse_declaration(
                name,
                &mut Parser::new(value),
                &ParseContext::new(None, quirks),
                SourcePosition::default(),
            )
            .is_ok()
    };
    for css in [
        "width: 5",
        "margin: 1 2",
        "color: 00ff00",
        "color: abc",
        "background-color: 123456",
        "font-size: 12",
    ] {
        assert!(parse(css, QuirksMode::Quirks), "{css}");
        assert!(!parse(css, QuirksMode::NoQuirks), "{css}");
    }
    for css in [
        "width: calc(5)",
        "column-width: 5",
        "outline-color: 00ff00",
        "font: 12 a",
        "padding-inline-start: 5",
    ] {
        assert!(!parse(css, QuirksMode::Quirks), "{css}");
    }
}

#[test]
fn winners_name_the_declarations_that_won() {
    let block = declarations("color: red; color: blue; width: 1px", QuirksMode::NoQuirks);
    let declarations: Vec<Cascaded<'_>> = cascaded(&block, AUTHOR).collect();
    let (_, winners) = compute_with(&declarations, None, None, super::compute_style_with_winners);
    let named: Vec<(&str, usize)> = winners.iter().map(|(id, index)| (id.name(), index)).collect();
    assert_eq!(named, [("width", 2), ("color", 1)]);
}

#[test]
fn declarations_are_small() {
    assert!(size_of::<PropertyDeclaration>() <= 40, "{}", size_of::<PropertyDeclaration>());
}
