//! The project's own golden tests, through the same code as `fanlight test tests/goldens`.

use fanlight_cli::golden::{Outcome, Settings, run};
use fanlight_workspace::workspace_root;

#[test]
fn every_page_is_as_its_goldens_say() {
    let root = workspace_root();
    let settings = Settings {
        directory: root.join("tests/goldens"),
        update: false,
        filter: None,
        report: root.join("target/golden"),
        replay: None,
    };
    let summary = run(&settings, &mut |_| ()).unwrap();
    let differing: Vec<String> = summary
        .results
        .iter()
        .filter_map(|result| match &result.outcome {
            Outcome::Differs(difference) => Some(format!("{}: {difference}", result.name)),
            _ => None,
        })
        .collect();
    assert!(summary.results.len() >= 20, "only {} pages were found", summary.results.len());
    assert!(differing.is_empty(), "see target/golden/index.html\n{}", differing.join("\n"));
}
