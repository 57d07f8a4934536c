//! The arrows between crates go one way, and rooms stay small enough to live in.

use std::collections::BTreeMap;
use std::process::Command;

use fanlight_workspace::{rust_files, workspace_root};
use serde_json::Value;

/// The crates from the first to the last, each with those that it may depend on.
const ALLOWED: &[(&str, &[&str])] = &[
    ("base", &[]),
    ("fetch", &["base"]),
    ("dom", &["base"]),
    ("html", &["base", "dom"]),
    ("css", &["base"]),
    ("style", &["base", "dom", "css"]),
    ("text", &["base"]),
    ("image", &["base"]),
    ("layout", &["base", "dom", "css", "style", "text", "image"]),
    ("paint", &["base", "dom", "css", "style", "text", "image", "layout"]),
    ("composite", &["base", "text", "image", "paint"]),
    (
        "page",
        &["base", "fetch", "dom", "html", "css", "style", "text", "image", "layout", "paint", "composite"],
    ),
    ("shell", &["base", "page"]),
    ("cli", &["base", "page", "shell"]),
];

/// Past this a file has a seam that nobody has found yet.
const MAXIMUM_LINES: usize = 700;

/// The dependencies of each crate on our own crates, without those of tests.
fn own_dependencies() -> BTreeMap<String, Vec<String>> {
    let output = Command::new(env!("CARGO"))
        .args(["metadata", "--no-deps", "--format-version", "1", "--offline"])
        .current_dir(workspace_root())
        .output()
        .expect("cargo runs this test, so it is there");
    let metadata: Value = serde_json::from_slice(&output.stdout).expect("cargo metadata prints JSON");
    let own = |name: &str| name.strip_prefix("fanlight-").map(str::to_owned);
    let packages = metadata["packages"].as_array().expect("metadata lists packages");
    packages
        .iter()
        .filter(|package| package["manifest_path"].as_str().is_some_and(|path| path.contains("crates")))
        .filter_map(|package| {
            let dependencies = package["dependencies"].as_array()?.iter();
            let names = dependencies
                .filter(|dependency| dependency["kind"].is_null())
                .filter_map(|dependency| own(dependency["name"].as_str()?))
                .collect();
            Some((own(package["name"].as_str()?)?, names))
        })
        .collect()
}

#[test]
fn arrows_between_crates_go_one_way() {
    let crates = own_dependencies();
    assert!(crates.len() >= ALLOWED.len(), "crates found: {:?}", crates.keys());
    for (name, dependencies) in crates {
        let allowed = ALLOWED.iter().find(|(allowed, _)| *allowed == name);
        let Some((_, allowed)) = allowed else {
            panic!("crate {name} is not in the table of allowed arrows")
        };
        for dependency in dependencies {
            assert!(allowed.contains(&dependency.as_str()), "{name} must not depend on {dependency}");
        }
    }
}

#[test]
fn the_table_itself_only_points_backwards() {
    for (index, (name, dependencies)) in ALLOWED.iter().enumerate() {
        for dependency in *dependencies {
            let place = ALLOWED.iter().position(|(other, _)| other == dependency);
            assert!(place.is_some_and(|place| place < index), "{name} -> {dependency}");
        }
    }
}

#[test]
fn every_module_says_what_it_is_for() {
    let silent: Vec<_> = rust_files("crates")
        .into_iter()
        .chain(rust_files("tests"))
        .chain(rust_files("benches"))
        .filter(|path| !std::fs::read_to_string(path).is_ok_and(|text| text.starts_with("//!")))
        .collect();
    assert!(silent.is_empty(), "modules that do not open with `//!`: {silent:#?}");
}

#[test]
fn no_file_is_too_large_to_live_in() {
    let large: Vec<_> = rust_files("crates")
        .into_iter()
        .filter_map(|path| {
            let lines = std::fs::read_to_string(&path).ok()?.lines().count();
            (lines > MAXIMUM_LINES).then_some((path, lines))
        })
        .collect();
    assert!(large.is_empty(), "files of more than {MAXIMUM_LINES} lines: {large:#?}");
}
