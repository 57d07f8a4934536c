//! Sheets from text and back.

use std::fmt::Write as _;
use std::sync::Arc;

use fanlight_base::dump::to_string;
use fanlight_base::{Diagnostics, DumpFormat};

use super::dump::{CssomDump, specificity};
use super::rules::Rule;
use super::{
    ImportLayer, Origin, ParseOptions, SheetList, SheetWithImports, Stylesheet, parse_style_attribute,
};
use crate::properties::SourcePosition;
use crate::syntax::ToCss;

pub(super) fn parse_with_diagnostics(text: &str) -> (Stylesheet, Vec<String>) {
    let diagnostics = Diagnostics::default();
    let options = ParseOptions::new("https://a.test/css/a.css", Origin::Author);
    let sheet = Stylesheet::parse(text, &options, &diagnostics);
    let diagnostics = diagnostics.to_vec().iter().map(ToString::to_string).collect();
    (sheet, diagnostics)
}

fn parse(text: &str) -> Stylesheet {
    parse_with_diagnostics(text).0
}

pub(super) fn written(sheet: &Stylesheet) -> String {
    let mut out = String::new();
    for rule in &*sheet.rules {
        writeln!(out, "{}", rule.to_css_string()).unwrap();
    }
    out.trim_end().to_owned()
}

/// The text gives `expected`, which gives itself.
#[track_caller]
fn assert_round_trip(text: &str, expected: &str) {
    let first = written(&parse(text));
    assert_eq!(first, expected, "{text}");
    assert_eq!(written(&parse(&first)), expected, "read back: {text}");
}

#[test]
fn a_sheet_is_shared_between_threads() {
    fn shared<T: Send + Sync>() {}
    shared::<Stylesheet>();
    shared::<SheetList>();
}

#[test]
fn style_rules() {
    assert_round_trip("a{color:red}", "a { color: red; }");
    assert_round_trip("a,b>c{}", "a, b > c { }");
    assert_round_trip("A:HOVER{COLOR:RED!important}", "A:hover { color: red !important; }");
    assert_round_trip("a{--X: 1 ;color:var(--X)}", "a { --X: 1; color: var(--X); }");
    assert_round_trip("<!-- a { color: red } -->", "a { color: red; }");
}

#[test]
fn shorthands_are_written_where_all_their_longhands_are_there() {
    assert_round_trip("a{margin:1px}", "a { margin: 1px; }");
    assert_round_trip("a{margin:1px;margin-top:2px}", "a { margin: 2px 1px 1px; }");
    assert_round_trip("a{margin-top:1px}", "a { margin-top: 1px; }");
    assert_round_trip("a{margin:inherit}", "a { margin: inherit; }");
    assert_round_trip("a{margin:var(--m)}", "a { margin: var(--m); }");
    assert_round_trip(
        "a{margin:1px;margin-top:2px!important}",
        "a { margin-right: 1px; margin-bottom: 1px; margin-left: 1px; margin-top: 2px !important; }",
    );
}

#[test]
fn a_shorthand_that_is_overridden_in_part_before_it_is_parsed_is_written_whole() {
    assert_round_trip(
        "a { margin: var(--a) 1px; margin-top: 1px }",
        "a { margin: var(--a) 1px; margin-top: 1px; }",
    );
    assert_round_trip(
        "a { margin-top: 1px !important; margin: var(--a) }",
        "a { margin-top: 1px !important; margin: var(--a); }",
    );
}

#[test]
fn nested_rules_and_declarations_stay_in_their_order() {
    assert_round_trip(
        "a { color: red; & b { color: blue } color: green; > c { } &:hover { d & { color: red } } }",
        "a {\n  color: red;\n  & b { color: blue; }\n  color: green;\n  & > c { }\n  &:hover {\n    \
         d & { color: red; }\n  }\n}",
    );
    assert_round_trip("a { b { color: red } }", "a {\n  & b { color: red; }\n}");
}

#[test]
fn declarations_in_nested_group_rules_are_rules() {
    let text = "a { @media screen { color: red; b { color: blue } } }";
    assert_round_trip(text, "a {\n  @media screen {\n    color: red;\n    & b { color: blue; }\n  }\n}");
    let sheet = parse(text);
    let Rule::Style(style) = &sheet.rules[0] else { panic!() };
    assert!(style.block.is_empty());
    assert!(matches!(style.rules[0].rules()[0], Rule::NestedDeclarations(_)));
}

#[test]
fn what_looks_like_a_declaration_may_be_a_nested_rule() {
    let (sheet, diagnostics) =
        parse_with_diagnostics("a { font:hover { --x: 1 } color:hover { } color: red }");
    assert_eq!(written(&sheet), "a {\n  & font:hover { --x: 1; }\n  & color:hover { }\n  color: red;\n}");
    assert_eq!(diagnostics, [""; 0]);
}

#[test]
fn nested_selectors_are_resolved_with_specificity() {
    let sheet = parse("#a, b { .c & { & > d { color: red } } }");
    let Rule::Style(outer) = &sheet.rules[0] else { panic!() };
    let Rule::Style(middle) = &outer.rules[0] else { panic!() };
    let Rule::Style(inner) = &middle.rules[0] else { panic!() };
    let outer = outer.resolved_selectors(None);
    let middle = middle.resolved_selectors(Some(&outer));
    let inner = inner.resolved_selectors(Some(&middle));
    assert_eq!(specificity(&outer.slice()[1]), (0, 0, 1));
    assert_eq!(specificity(&middle.slice()[0]), (1, 1, 0));
    assert_eq!(specificity(&inner.slice()[0]), (1, 1, 1));
    assert!(!inner.slice()[0].has_parent_selector());
}

#[test]
fn group_rules() {
    assert_round_trip(
        "@media (min-width:1px){a{color:red}@media print{}}",
        "@media (min-width: 1px) {\n  a { color: red; }\n  @media print {\n  }\n}",
    );
    assert_round_trip(
        "@supports (display:grid) and (not (a:b)){a{}}",
        "@supports (display:grid) and (not (a:b)) {\n  a { }\n}",
    );
    assert_round_trip("@layer a.b{c{}}", "@layer a.b {\n  c { }\n}");
    assert_round_trip("@layer{c{}}", "@layer {\n  c { }\n}");
    assert_round_trip("@layer a,b.c;", "@layer a, b.c;");
    assert_round_trip("@container card (width>1px){a{}}", "@container card (width > 1px) {\n  a { }\n}");
    assert_round_trip(
        "@scope (.a) to (> .b){img{} > p{} :scope{} color:red}",
        "@scope (.a) to (> .b) {\n  img { }\n  > p { }\n  :scope { }\n  color: red;\n}",
    );
    assert_round_trip("@scope{a{}}", "@scope {\n  a { }\n}");
}

#[test]
fn keyframes() {
    assert_round_trip(
        "@-webkit-keyframes x{from{top:0}50%,60%{top:1px}to{top:2px}}",
        "@keyframes x {\n  0% { top: 0px; }\n  50%, 60% { top: 1px; }\n  100% { top: 2px; }\n}",
    );
    assert_round_trip("@keyframes \"none\"{}", "@keyframes \"none\" {\n}");
    let (sheet, diagnostics) = parse_with_diagnostics("@keyframes x{0%{top:0!important;left:0}101%{}}");
    assert_eq!(written(&sheet), "@keyframes x {\n  0% { left: 0px; }\n}");
    assert_eq!(diagnostics.len(), 2, "{diagnostics:?}");
}

#[test]
fn names_of_font_features_keep_their_case() {
    let text = "@font-feature-values A B, 'c' { @styleset { nice: 1 2; Nice: 3; nice: 4 } @swash { x: 1 2; y: 1 } color: red }";
    assert_eq!(
        written(&parse_with_diagnostics(text).0),
        "@font-feature-values \"A B\", \"c\" { @styleset { nice: 4; Nice: 3; } @swash { y: 1; } }"
    );
}

#[test]
fn font_faces() {
    assert_round_trip(
        "@font-face{font-family:A B;src:local(C),url(x.woff2)format('woff2')tech(variations),url(y.svg)format(svg);\
         font-weight:900 100;font-stretch:condensed;font-style:oblique 20deg;unicode-range:u+26,U+4??;\
         font-display:swap;ascent-override:90%;size-adjust:110%;font-feature-settings:'smcp'}",
        "@font-face { font-family: \"A B\"; src: local(\"C\"), url(\"https://a.test/css/x.woff2\") format(\"woff2\") \
         tech(variations); font-style: oblique 20deg; font-weight: 100 900; font-stretch: 75%; unicode-range: U+26, \
         U+400-4FF; font-display: swap; font-feature-settings: \"smcp\"; size-adjust: 110%; ascent-override: 90%; }",
    );
    let sheet =
        parse("@font-face{font-family:x;src:url(a.eot)}@font-face{src:url(a.eot)format(svg);color:red}");
    let faces: Vec<_> = sheet
        .rules
        .iter()
        .map(|rule| match rule {
            Rule::FontFace(face) => face.clone(),
            _ => panic!(),
        })
        .collect();
    assert!(faces[0].defines_font() && faces[0].covers('a'));
    assert!(!faces[1].defines_font() && faces[1].sources.is_empty());
}

#[test]
fn other_rules_with_descriptors() {
    assert_round_trip(
        "@counter-style x{system:extends decimal;suffix:') ';range:1 infinite,-3 -1;pad:2 '0'}",
        "@counter-style x { system: extends decimal; suffix: \") \"; range: 1 infinite, -3 -1; pad: 2 \"0\"; }",
    );
    assert_round_trip(
        "@counter-style x{system:additive;additive-symbols:10 X,1 I;negative:'(' ')';fallback:disc}",
        "@counter-style x { system: additive; additive-symbols: 10 X, 1 I; negative: \"(\" \")\"; fallback: disc; }",
    );
    assert_round_trip(
        "@property --x{syntax:'<length># | auto';inherits:false;initial-value:1px , 2px}",
        "@property --x { syntax: \"<length># | auto\"; inherits: false; initial-value: 1px , 2px; }",
    );
    assert_round_trip(
        "@page a:first,:left{size:a4 landscape;margin:1px;@top-left{color:red}}",
        "@page a:first, :left { size: a4 landscape; margin: 1px; @top-left { color: red; } }",
    );
    assert_round_trip(
        "@namespace svg url(http://www.w3.org/2000/svg);svg|a{}",
        "@namespace svg url(\"http://www.w3.org/2000/svg\");\nsvg|a { }",
    );
}

#[test]
fn registered_properties_need_all_they_say() {
    for body in [
        "inherits:true;initial-value:1px",
        "syntax:'<length>';initial-value:1px",
        "syntax:'<length>';inherits:true",
        "syntax:'<length>';inherits:true;initial-value:red",
        "syntax:'<lenght>';inherits:true;initial-value:1px",
        "syntax:'<length>';inherits:true;initial-value:var(--y)",
    ] {
        assert!(parse(&format!("@property --x{{{body}}}")).rules.is_empty(), "{body}");
    }
    assert_eq!(parse("@property --x{syntax:'*';inherits:true}").rules.len(), 1);
}

#[test]
fn imports() {
    assert_round_trip(
        "@layer x;@import'a.css';@import url(b.css)layer(y.z)supports(display:grid)screen and (color);",
        "@layer x;\n@import url(\"a.css\");\n\
         @import url(\"b.css\") layer(y.z) supports((display:grid)) screen and (color);",
    );
    let sheet = parse("@import '../a.css' layer; @import 'b.css' supports(a: b); a{} @import 'c.css';");
    let imports: Vec<_> = sheet.imports().collect();
    assert_eq!(imports.len(), 2);
    assert_eq!(imports[0].url.resolved.as_deref(), Some("https://a.test/a.css"));
    assert_eq!(imports[0].layer, Some(ImportLayer::Anonymous));
    assert!(imports[0].is_wanted() && !imports[1].is_wanted());
}

#[test]
fn rules_in_the_wrong_place_are_dropped() {
    for (text, kept) in [
        ("a{} @import 'x';", "a { }"),
        ("@import 'x'; @layer a; @import 'y';", "@import url(\"x\");\n@layer a;"),
        ("@namespace 'x'; @import 'y';", "@namespace url(\"x\");"),
        ("a{} @namespace 'x';", "a { }"),
        ("@media all { @import 'x'; @namespace 'y'; a{} }", "@media all {\n  a { }\n}"),
        ("a { @font-face { } @keyframes x { } color: red }", "a { color: red; }"),
        ("@import 'x' { }", ""),
        ("@font-face;", ""),
        ("@media screen;", ""),
        ("@layer a, b { }", ""),
        ("@unknown { a { } } b { }", "b { }"),
        ("@unknown x; b { }", "b { }"),
    ] {
        assert_eq!(written(&parse(text)), kept, "{text}");
    }
    // An invalid rule does not end the imports.
    assert_eq!(parse("@unknown; a:unknown {} @import 'x';").imports().count(), 1);
}

#[test]
fn errors_are_recovered_from_as_css_syntax_says() {
    for (text, kept) in [
        ("a { color: rde; color: blue }", "a { color: blue; }"),
        ("a { color; width: 1px }", "a { width: 1px; }"),
        ("a { color: red blue; width: 1px }", "a { width: 1px; }"),
        ("a { {color: red}; width: 1px }", "a { width: 1px; }"),
        ("a { color: {red; width: 2px}; width: 1px }", "a { width: 1px; }"),
        ("a { color: red } } b { color: blue }", "a { color: red; }"),
        ("a { color: red ] ; width: 1px }", "a { width: 1px; }"),
        ("a { color: \"x\n; width: 1px }", "a { width: 1px; }"),
        ("a:unknown { color: red } b { color: blue }", "b { color: blue; }"),
        ("a, :unknown { color: red } b { }", "b { }"),
        (":is(a, :unknown) { } b { }", ":is(a, :unknown) { }\nb { }"),
        ("a { color: red", "a { color: red; }"),
        ("@media screen { a { color: red", "@media screen {\n  a { color: red; }\n}"),
        ("--x: { } a { }", "a { }"),
        ("a { color: red !importnt; width: 1px }", "a { width: 1px; }"),
        ("a { *zoom: 1; width: 1px }", "a { width: 1px; }"),
        ("a { b:unknown { color: red } width: 1px }", "a { width: 1px; }"),
        ("a { &:unknown; width: 1px }", "a { width: 1px; }"),
        ("a { --x: a!b; width: 1px }", "a { width: 1px; }"),
    ] {
        assert_eq!(written(&parse(text)), kept, "{text}");
    }
}

#[test]
fn diagnostics_say_what_where_and_what_was_meant() {
    let (_, diagnostics) = parse_with_diagnostics(
        "a {\n  colour: red;\n  width: 10xp;\n  -moz-thing: 1;\n  b:hovr { }\n}\n@import 'x';\n@charst 'y';\nc:foo { }\n@starting-style { }",
    );
    assert_eq!(
        diagnostics,
        [
            "https://a.test/css/a.css:2:3: warning: unknown property 'colour' (did you mean 'color'?)",
            "https://a.test/css/a.css:3:3: warning: invalid value in 'width: 10xp'",
            "https://a.test/css/a.css:4:3: note: unknown property '-moz-thing'",
            "https://a.test/css/a.css:5:3: warning: unknown pseudo-class or pseudo-element in 'b:hovr'; the rule is dropped",
            "https://a.test/css/a.css:7:1: warning: '@import' is not allowed here \
             (move it before all rules but @charset and @layer)",
            "https://a.test/css/a.css:8:1: warning: unknown at-rule '@charst'",
            "https://a.test/css/a.css:9:1: warning: unknown pseudo-class or pseudo-element in 'c:foo'; the rule is dropped",
            "https://a.test/css/a.css:10:1: warning: at-rule '@starting-style' is not supported",
        ]
    );
}

#[test]
fn what_is_for_another_engine_is_no_fault() {
    for text in [
        "a { -moz-appearance: none }",
        "a { display: -ms-flexbox }",
        "a { width: calc(-moz-available - 1px) }",
        "a { filter: progid:DXImageTransform.Microsoft.gradient() }",
        "a::-moz-focus-inner, b:-ms-expand { color: red }",
    ] {
        let (_, diagnostics) = parse_with_diagnostics(text);
        assert!(diagnostics[0].contains(": note: "), "{diagnostics:?}");
    }
    for text in ["a { display: flexbox }", "a::focus-inner { }", "a { -webkit-nothing: -moz-none }"] {
        let (_, diagnostics) = parse_with_diagnostics(text);
        assert!(diagnostics[0].contains(": warning: "), "{diagnostics:?}");
    }
}

#[test]
fn places_count_from_where_the_text_begins() {
    let diagnostics = Diagnostics::default();
    let mut options = ParseOptions::new("https://a.test/", Origin::Author);
    options.start = SourcePosition { line: 10, column: 8 };
    let sheet = Stylesheet::parse("a { color: red;\n width: 1px }\nb { }", &options, &diagnostics);
    let Rule::Style(style) = &sheet.rules[0] else { panic!() };
    assert_eq!(style.position, SourcePosition { line: 10, column: 8 });
    let places: Vec<_> = style.block.declarations().iter().map(|declaration| declaration.position).collect();
    assert_eq!(places, [SourcePosition { line: 10, column: 12 }, SourcePosition { line: 11, column: 2 }]);
    assert_eq!(sheet.rules[1].position(), SourcePosition { line: 12, column: 1 });
}

#[test]
fn hostile_nesting_is_cut_and_reported() {
    for (open, close) in
        [("a{", "}"), ("@media all{", "}"), ("a{@media all{", "}}"), ("@scope{", "}"), (":is(", ")")]
    {
        let text = format!("{}{} b {{ color: red }}", open.repeat(50_000), close.repeat(50_000));
        let (sheet, diagnostics) = parse_with_diagnostics(&text);
        assert!(!diagnostics.is_empty(), "{open}");
        // Writing, dumping and dropping must survive as well.
        let list: SheetList = [SheetWithImports::new(Arc::new(sheet))].into_iter().collect();
        assert!(to_string(&list, DumpFormat::Text).len() < 1_000_000);
    }
}

#[test]
fn style_attributes() {
    let diagnostics = Diagnostics::default();
    let options = ParseOptions::new("https://a.test/", Origin::Author);
    let block = parse_style_attribute(
        "color: red; wdth: 1px; @media all { color: blue } b { color: green } ; width: 2px !important",
        &options,
        &diagnostics,
    );
    assert_eq!(block.to_css_string(), "color: red; width: 2px !important;");
    assert_eq!(diagnostics.to_vec().len(), 3, "{:?}", diagnostics.to_vec());
}

#[test]
fn sheets_are_in_the_order_of_the_cascade() {
    let sheet = |url: &str, origin| {
        let options = ParseOptions::new(url, origin);
        SheetWithImports::new(Arc::new(Stylesheet::parse("", &options, &fanlight_base::diagnostics::Unheard)))
    };
    let list: SheetList = [
        sheet("a", Origin::Author),
        sheet("b", Origin::UserAgent),
        sheet("c", Origin::Author),
        sheet("d", Origin::User),
    ]
    .into_iter()
    .collect();
    let order: Vec<&str> = list.sheets().iter().map(|sheet| &*sheet.sheet.url).collect();
    assert_eq!(order, ["b", "d", "a", "c"]);
    assert_eq!(list.of_origin(Origin::Author).count(), 2);
}

#[test]
fn the_dump_shows_rules_with_specificity_and_place_and_what_was_dropped() {
    let diagnostics = Diagnostics::default();
    let options = ParseOptions::new("https://a.test/a.css", Origin::Author);
    let text =
        "@import 'b.css' screen;\n@media print {\n  #a .b, c { color: red; d { top: 0 } }\n}\ne { colr: 1 }";
    let mut sheet = SheetWithImports::new(Arc::new(Stylesheet::parse(text, &options, &diagnostics)));
    assert_eq!(sheet.missing_imports().map(|(index, _)| index).collect::<Vec<_>>(), [0]);
    let imported = ParseOptions::new("https://a.test/b.css", Origin::Author);
    let imported = Stylesheet::parse("f { }", &imported, &diagnostics);
    sheet.imports[0] = Some(SheetWithImports::new(Arc::new(imported)));
    assert_eq!(sheet.missing_imports().count(), 0);
    let sheets: SheetList = [sheet].into_iter().collect();
    let kept = diagnostics.to_vec();
    let dump = CssomDump { sheets: &sheets, diagnostics: &kept };
    assert_eq!(
        to_string(&dump, DumpFormat::Text),
        "stylesheet origin=author source=https://a.test/a.css
  import 1:1 @import url(\"b.css\") screen;
    stylesheet origin=author source=https://a.test/b.css
      style 1:1 (0,0,1) f { }
  media 2:1 @media print
    style 3:3 (1,1,0) (0,0,1) #a .b, c { color: red; }
      style 3:26 (1,1,1) & d { top: 0px; }
  style 5:1 (0,0,1) e { }
https://a.test/a.css:5:5: warning: unknown property 'colr' (did you mean 'color'?)
"
    );
}
