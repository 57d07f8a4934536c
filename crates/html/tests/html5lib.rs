//! Tree-construction tests in html5lib's format: our own, and html5lib's where `HTML5LIB_TESTS` says where they are.
//! <https://github.com/html5lib/html5lib-tests/blob/master/tree-construction/README.md>

#![expect(clippy::unwrap_used, reason = "tests may fail so")]

use std::fs;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use fanlight_base::atoms::ns;
use fanlight_base::diagnostics::Unheard;
use fanlight_base::{DumpFormat, QualName, TreeWriter};
use fanlight_dom::{Document, NodeId};
use fanlight_html::{FragmentOptions, ParserOptions, parse_document, parse_fragment};

/// A test that does not pass, and why: file, line of its `#data`, reason.
const KNOWN_FAILURES: &[(&str, usize, &str)] = &[];

struct Case {
    line: usize,
    data: String,
    expected: String,
    context: Option<String>,
    /// `None`: with scripting on and off alike.
    scripting: Option<bool>,
}

#[test]
fn own_trees_are_built_as_expected() {
    let directory = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/tree-construction");
    let run = run_directory(&directory);
    assert!(run.passed > 0, "no tests in {}", directory.display());
    assert!(run.failures.is_empty(), "{}", run.failures.join("\n\n"));
}

#[test]
fn html5libs_trees_are_built_as_expected() {
    let Some(variable) = std::env::var_os("HTML5LIB_TESTS") else {
        println!("skipped: HTML5LIB_TESTS does not say where html5lib-tests are");
        return;
    };
    let directory = locate(Path::new(&variable)).join("tree-construction");
    let run = run_directory(&directory);
    println!(
        "html5lib tree construction: {} passed, {} failed, {} known failures, {} need scripts and are left out",
        run.passed,
        run.failures.len(),
        run.known,
        run.scripted
    );
    assert!(run.passed > 1000, "only {} tests in {}", run.passed, directory.display());
    assert!(run.failures.is_empty(), "{}", run.failures.join("\n\n"));
}

/// Cargo runs tests in the crate's folder; a relative path may be meant from the workspace's.
fn locate(path: &Path) -> PathBuf {
    let workspace = Path::new(env!("CARGO_MANIFEST_DIR")).join("../..");
    match path.is_dir() {
        true => path.to_owned(),
        false => workspace.join(path),
    }
}

#[derive(Default)]
struct Run {
    passed: usize,
    known: usize,
    scripted: usize,
    failures: Vec<String>,
}

fn run_directory(directory: &Path) -> Run {
    let mut files: Vec<PathBuf> = fs::read_dir(directory)
        .unwrap_or_else(|error| panic!("cannot read {}: {error}", directory.display()))
        .map(|entry| entry.unwrap().path())
        .filter(|path| path.extension().is_some_and(|extension| extension == "dat"))
        .collect();
    files.sort();
    let mut run = Run::default();
    // These call document.write and the like.
    if let Ok(scripted) = fs::read_dir(directory.join("scripted")) {
        for entry in scripted {
            run.scripted += cases(&fs::read_to_string(entry.unwrap().path()).unwrap()).len();
        }
    }
    for file in files {
        let name = file.file_name().unwrap().to_str().unwrap();
        for case in cases(&fs::read_to_string(&file).unwrap()) {
            run_case(name, &case, &mut run);
        }
    }
    run
}

fn run_case(file: &str, case: &Case, run: &mut Run) {
    let known = KNOWN_FAILURES.iter().find(|(in_file, line, _)| *in_file == file && *line == case.line);
    let modes = case.scripting.map_or(vec![false, true], |scripting| vec![scripting]);
    let mut passes = true;
    for scripting in modes {
        let actual = build(case, scripting);
        if actual == case.expected {
            continue;
        }
        passes = false;
        if known.is_none() {
            run.failures.push(format!(
                "{file}:{} (scripting {scripting})\n{}\n--- expected\n{}\n--- built\n{actual}",
                case.line, case.data, case.expected
            ));
        }
    }
    match (passes, known) {
        (true, None) => run.passed += 1,
        (false, Some(_)) => run.known += 1,
        (true, Some((_, _, reason))) => run.failures.push(format!(
            "{file}:{} passes now; take it off the list of known failures ({reason})",
            case.line
        )),
        (false, None) => {}
    }
}

fn build(case: &Case, scripting: bool) -> String {
    let (document, root) = match &case.context {
        None => {
            let options = ParserOptions {
                scripting,
                charset: Some("utf-8"),
                ..ParserOptions::new("about:blank", Arc::new(Unheard))
            };
            (parse_document(case.data.as_bytes(), &options), NodeId::DOCUMENT)
        }
        Some(context) => {
            let mut document = Document::new("about:blank");
            let name = match context.split_once(' ') {
                Some(("svg", local)) => QualName::new(ns!(svg), local.into()),
                Some(("math", local)) => QualName::new(ns!(mathml), local.into()),
                _ => QualName::html(context.as_str()),
            };
            let context = document.create_element(name, []);
            let options = FragmentOptions { scripting, diagnostics: Arc::new(Unheard) };
            let root = parse_fragment(&mut document, context, &case.data, &options);
            (document, root)
        }
    };
    let mut tree = TreeWriter::new(DumpFormat::Text);
    document.dump_children(root, &mut tree);
    tree.finish().trim_end_matches('\n').to_owned()
}

fn cases(text: &str) -> Vec<Case> {
    let mut cases = Vec::new();
    let mut lines = text.split('\n').enumerate().peekable();
    while let Some((index, line)) = lines.next() {
        if line != "#data" {
            continue;
        }
        let mut case = Case {
            line: index + 1,
            data: String::new(),
            expected: String::new(),
            context: None,
            scripting: None,
        };
        let mut section = "#data";
        let mut data = Vec::new();
        let mut expected = Vec::new();
        while let Some(&(_, line)) = lines.peek() {
            if line == "#data" && section == "#document" {
                break;
            }
            lines.next();
            match line {
                "#errors" | "#new-errors" | "#document-fragment" | "#document" => section = line,
                "#script-on" => case.scripting = Some(true),
                "#script-off" => case.scripting = Some(false),
                _ => match section {
                    "#data" => data.push(line),
                    "#document-fragment" => case.context = Some(line.to_owned()),
                    "#document" => expected.push(line),
                    _ => {}
                },
            }
        }
        case.data = data.join("\n");
        case.expected = expected.join("\n").trim_end_matches('\n').to_owned();
        cases.push(case);
    }
    cases
}
