//! The README's tables name tests that exist.

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;

/// Every function of the files below a folder that stands right after an attribute `#[test]`, whatever is between.
fn tests_below(folder: &Path, found: &mut BTreeSet<String>) {
    for entry in fs::read_dir(folder).expect("the folder is there") {
        let path = entry.expect("the folder can be listed").path();
        if path.is_dir() {
            tests_below(&path, found);
        } else if path.extension().is_some_and(|extension| extension == "rs") {
            let text = fs::read_to_string(&path).expect("the file can be read");
            for after in text.split("#[test]").skip(1) {
                let name =
                    after.split_once("fn ").map(|(_, rest)| rest.split('(').next().unwrap_or_default());
                found.extend(name.map(str::to_owned));
            }
        }
    }
}

#[test]
fn every_test_that_the_readme_names_exists() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let mut tests = BTreeSet::new();
    tests_below(&root.join("src"), &mut tests);
    tests_below(&root.join("tests"), &mut tests);
    tests_below(&root.join("../page/tests"), &mut tests);
    let readme = fs::read_to_string(root.join("README.md")).unwrap();
    for (heading, least) in [("| section | requirement | test |", 60), ("| what a server does | test |", 15)]
    {
        let (_, table) = readme.split_once(heading).unwrap();
        let mut rows = 0;
        for row in table.lines().skip(2).take_while(|line| line.starts_with('|')) {
            let cell = row.trim_end_matches(['|', ' ']).rsplit(" | ").next().unwrap();
            let names = cell.split('`').skip(1).step_by(2).filter(|name| !name.contains('/'));
            let names: Vec<&str> = names.collect();
            assert!(!names.is_empty(), "no test: {row}");
            for name in names {
                assert!(tests.contains(name), "there is no test '{name}': {row}");
            }
            rows += 1;
        }
        assert!(rows > least, "only {rows} rows were found under {heading}");
    }
}
