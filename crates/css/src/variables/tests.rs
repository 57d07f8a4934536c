//! Substitution, registered properties, and attributes as values.

use std::sync::Arc;

use fanlight_base::Atom;
use fanlight_base::diagnostics::Unheard;
use fanlight_base::geometry::CssSize;

use super::custom_properties::{Surroundings, compute_custom_properties};
use super::*;
use crate::media::{Device, initial_context};
use crate::stylesheet::{Origin, ParseOptions, Rule, Stylesheet, parse_style_attribute};
use crate::syntax::ParseContext;

const ATTRIBUTES: [(&str, &str); 5] = [
    ("data-length", " 12px "),
    ("data-number", "13"),
    ("data-var", "var(--one) attr(data-number px)"),
    ("data-self", "attr(data-self type(*))"),
    ("data-url", "evil.png"),
];

struct TestAttributes;

impl Attributes for TestAttributes {
    fn value(&self, name: &str) -> Option<&str> {
        ATTRIBUTES.iter().find(|(known, _)| *known == name).map(|(_, value)| *value)
    }
}

fn registered(css: &str) -> RegisteredProperties {
    let sheet = Stylesheet::parse(css, &ParseOptions::new("test.css", Origin::Author), &Unheard);
    RegisteredProperties::new(sheet.rules.iter().filter_map(|rule| match rule {
        Rule::Property(rule) => Some(rule.clone()),
        _ => None,
    }))
}

/// The custom properties of an element with these declarations, a child of one with those.
fn computed(rules: &RegisteredProperties, parent: &str, own: &str) -> Arc<CustomProperties> {
    let device = Device::new(CssSize::new(800.0, 600.0), 1.0);
    let context = initial_context(&device);
    let mut inherited = Arc::default();
    for text in [parent, own] {
        let block = parse_style_attribute(text, &ParseOptions::new("test.css", Origin::Author), &Unheard);
        let winners = block.declarations().iter().filter_map(|declaration| match &declaration.property {
            PropertyDeclaration::Custom(custom) => Some(&**custom),
            _ => None,
        });
        let surroundings = Surroundings {
            parent: &inherited,
            registered: rules,
            attributes: &TestAttributes,
            context: &context,
        };
        let computed = compute_custom_properties(&surroundings, winners);
        inherited = computed;
    }
    inherited
}

/// What a text becomes for an element of these custom properties.
fn substituted_with(rules: &RegisteredProperties, own: &str, text: &str) -> Option<String> {
    let variables = computed(rules, "", own);
    let replacements = Replacements { variables: &variables, registered: rules, attributes: &TestAttributes };
    let text = TokenText::parse(&mut Parser::new(text)).ok()?;
    Some(text.substitute(&replacements)?.css.to_string())
}

fn substituted(own: &str, text: &str) -> Option<String> {
    substituted_with(&RegisteredProperties::default(), own, text)
}

#[test]
fn fallbacks_have_no_semicolon_or_exclamation_mark_of_their_own() {
    for (text, expected) in [
        ("var(--a, )", true),
        ("var(--a,{;!})", true),
        ("var(--a,;)", false),
        ("var(--a,!)", false),
        ("var(a)", false),
        ("var(--)", false),
        ("attr(x px, 1px)", true),
        ("attr(x var(--y))", false),
        ("attr(1px)", false),
        ("env(a 1 2, b)", true),
    ] {
        assert_eq!(TokenText::parse(&mut Parser::new(text)).is_ok(), expected, "{text}");
    }
}

#[test]
fn what_the_end_of_the_sheet_closes_is_closed_in_the_text() {
    for (text, expected) in [
        ("a(b [c {d", "a(b [c {d}])"),
        ("'a", "'a'"),
        ("\"a\\\"", "\"a\\\"\""),
        ("(\"a\\", "(\"a\")"),
        ("url(a", "url(a)"),
        ("a /* b", "a /* b*/"),
        ("(/*", "(/**/)"),
        ("(\\)", "(\\))"),
        ("(a)", "(a)"),
        ("var(--a, rgb()", "var(--a, rgb())"),
        ("((a)", "((a))"),
        ("a\\", "a\u{fffd}"),
        ("(a\\", "(a\u{fffd})"),
        ("a\\ ", "a\\ "),
        ("a /* \\", "a /* \\*/"),
        ("attr(a ", "attr(a )"),
    ] {
        let parsed = TokenText::parse(&mut Parser::new(text)).unwrap();
        assert_eq!(&*parsed.css, expected, "{text}");
        assert_eq!(&*TokenText::parse(&mut Parser::new(&parsed.css)).unwrap().css, expected);
    }
}

#[test]
fn attributes_are_taken_for_strings_numbers_and_values() {
    for (text, expected) in [
        ("attr(data-length)", Some("\" 12px \"")),
        ("attr(data-length raw-string)", Some("\" 12px \"")),
        ("attr(data-none)", Some("\"\"")),
        ("attr(data-none, a)", Some("a")),
        ("attr(data-number number)", Some("13")),
        ("attr(data-number PX)", Some("13PX")),
        ("attr(data-number %)", Some("13%")),
        ("attr(data-length px)", None),
        ("attr(data-length px, 7px)", Some("7px")),
        ("attr(data-length length, 7px)", Some("7px")),
        ("attr(data-length type(<length>))", Some("12px")),
        ("attr(data-length type(<color>), red)", Some("red")),
        ("attr(data-length type(<color> | <length>+))", Some("12px")),
        ("attr(data-none type(*))", None),
        ("attr(data-var type(*))", Some("1 13px")),
        ("attr(data-self type(*), x)", Some("x")),
        ("calc(2 * attr(data-number px))", Some("calc(2 * 13px)")),
    ] {
        assert_eq!(substituted("--one: 1", text).as_deref(), expected, "{text}");
    }
}

#[test]
fn no_url_is_made_of_an_attribute() {
    assert_eq!(substituted("", "image-set(attr(data-url))"), None);
    assert_eq!(substituted("--a: attr(data-url)", "image-set(var(--a) 1x)"), None);
    assert_eq!(substituted("--a: attr(data-url)", "foo(var(--a))").as_deref(), Some("foo(\"evil.png\")"));
}

#[test]
fn the_environment_is_a_plain_window() {
    assert_eq!(substituted("", "env(safe-area-inset-top, 3px)").as_deref(), Some("0px"));
    assert_eq!(substituted("", "env(titlebar-area-x 1, 3px)").as_deref(), Some("3px"));
    assert_eq!(substituted("", "env(unknown)"), None);
}

#[test]
fn a_keyword_that_is_put_in_means_what_it_means() {
    let none = RegisteredProperties::default();
    let value = |own: &str| {
        let name = Atom::from("--a");
        computed(&none, "--a: parent", own).get(&name).map(|text| text.css.to_string())
    };
    assert_eq!(value("--a: var(--none, inherit)").as_deref(), Some("parent"));
    assert_eq!(value("--a: var(--none, initial)"), None);
    assert_eq!(value("--a: var(--none)"), None);
    assert_eq!(value("--a: var(--b); --b: var(--a)"), None);
}

#[test]
fn registered_properties_compute_inherit_and_begin_as_their_rule_says() {
    let rules = registered(
        "@property --length { syntax: '<length>'; inherits: false; initial-value: 1in }
         @property --color { syntax: '<color>'; inherits: true; initial-value: red }
         @property --any { syntax: '*'; inherits: false }
         @property --bad { syntax: '<length>'; inherits: false; initial-value: 1em }
         @property --worse { syntax: '<length>'; inherits: false }",
    );
    let value = |parent: &str, own: &str, name: &str| {
        let variables = computed(&rules, parent, own);
        let replacements =
            Replacements { variables: &variables, registered: &rules, attributes: &TestAttributes };
        replacements.variable(&Atom::from(name)).map(|text| text.css.to_string())
    };
    for (parent, own, name, expected) in [
        ("", "", "--length", Some("96px")),
        ("", "--length: 2em", "--length", Some("32px")),
        ("--length: 5px", "", "--length", Some("96px")),
        ("--length: 5px", "--length: inherit", "--length", Some("5px")),
        ("", "--length: red", "--length", Some("96px")),
        ("", "--b: 3px; --length: var(--b)", "--length", Some("3px")),
        ("--color: green", "", "--color", Some("rgb(0, 128, 0)")),
        ("--color: green", "--color: 1px", "--color", Some("rgb(0, 128, 0)")),
        ("--color: green", "--color: initial", "--color", Some("rgb(255, 0, 0)")),
        ("--any: x", "", "--any", None),
        ("", "--any: x y", "--any", Some("x y")),
        ("--bad: free", "", "--bad", Some("free")),
        ("--worse: free", "", "--worse", Some("free")),
    ] {
        assert_eq!(value(parent, own, name).as_deref(), expected, "{name} of {own} in {parent}");
    }
    assert_eq!(substituted_with(&rules, "", "var(--length, 1px)").as_deref(), Some("96px"));
}

#[test]
fn syntaxes_of_types_are_read_in_any_form() {
    for text in ["*", "<length>", "<length>+ | auto", "<color>#", "a | b", "<transform-list>"] {
        assert_eq!(
            PropertySyntax::from_string(text).map(|syntax| syntax.to_css_string()).as_deref(),
            Some(text)
        );
    }
    for text in ["", "<length> |", "length>", "<transform-list>+", "<LENGTH>", "initial"] {
        assert_eq!(PropertySyntax::from_string(text), None, "{text}");
    }
    let syntax = PropertySyntax::from_string("<integer>#").unwrap();
    assert!(syntax.accepts("1, 2", &ParseContext::default()));
    assert!(!syntax.accepts("1 2", &ParseContext::default()));
}
