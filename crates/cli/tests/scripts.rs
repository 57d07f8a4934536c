//! Scripts are fetched, and waited for, where the network is what is looked at.
#![allow(clippy::unwrap_used, reason = "a test may panic")]

mod support;

use std::sync::{Arc, Mutex};

use support::{Folder, Run, fanlight, response, serve};

const PAGE: &str = "<!doctype html><title>Scripts</title><script src=/late.js defer></script>\n\
    <script src=/first.js></script>\n<script nomodule src=/old.js></script><p>Hello";

/// A page with scripts, and the paths that its server is asked for.
fn site() -> (String, Arc<Mutex<Vec<String>>>) {
    let paths: Arc<Mutex<Vec<String>>> = Arc::default();
    let asked = Arc::clone(&paths);
    let address = serve(move |head| {
        let path = head.split(' ').nth(1).unwrap_or_default().to_owned();
        asked.lock().unwrap().push(path.clone());
        match path.as_str() {
            "/" => response("200 OK", "text/html", PAGE.as_bytes()),
            _ => response("200 OK", "text/javascript", b"1"),
        }
    });
    (format!("http://{address}/"), paths)
}

/// Runs a command, and returns it with the scripts that were fetched.
fn run(arguments: &[&str]) -> (Run, Vec<String>) {
    let (url, paths) = site();
    let arguments: Vec<&str> =
        arguments.iter().map(|argument| if *argument == "URL" { url.as_str() } else { argument }).collect();
    let run = fanlight(&arguments, b"");
    assert_eq!(run.status, 0, "{}", run.stderr);
    let mut paths: Vec<String> = paths.lock().unwrap().drain(..).filter(|path| path != "/").collect();
    paths.sort();
    (run, paths)
}

#[test]
fn only_where_somebody_looks() {
    let folder = Folder::new();
    let (png, har) =
        (folder.path("page.png").display().to_string(), folder.path("page.har").display().to_string());
    let screenshot =
        |more: &[&str]| run(&[&["screenshot", "URL", "-o", &png, "--pinned-fonts"], more].concat()).1;
    assert_eq!(screenshot(&[]), [""; 0]);
    assert_eq!(screenshot(&["--har", &har]), ["/first.js", "/late.js"]);
    assert_eq!(screenshot(&["--record", &har]), ["/first.js", "/late.js"]);
    assert_eq!(screenshot(&["--load-scripts", "always"]), ["/first.js", "/late.js"]);
    assert_eq!(screenshot(&["--har", &har, "--load-scripts", "never"]), [""; 0]);
    assert_eq!(screenshot(&["--har", &har, "--no-script"]), [""; 0]);
}

#[test]
fn a_dump_says_when_each_may_run_and_why() {
    let (run, paths) = run(&["dump", "fetch", "URL", "--format", "json"]);
    assert_eq!(paths, ["/first.js", "/late.js"]);
    let dump: serde_json::Value = serde_json::from_str(&run.stdout).unwrap();
    let text = dump.to_string();
    for part in ["before the parser goes on", "when the document has been parsed, in order", "nomodule"] {
        assert!(text.contains(part), "{part} is not in {text}");
    }
}

#[test]
fn a_report_and_a_har_say_when_each_may_run_and_why() {
    let folder = Folder::new();
    let path = |name: &str| folder.path(name).display().to_string();
    run(&["fetch", "URL", "--report", &path("report.html"), "--har", &path("page.har")]);
    let report = std::fs::read_to_string(path("report.html")).unwrap();
    assert!(report.contains("Scripts, in the order in which they may run"), "{report}");
    assert!(report.contains("classic script, may run after"), "{report}");
    let har: serde_json::Value = serde_json::from_slice(&std::fs::read(path("page.har")).unwrap()).unwrap();
    let scripts = har["log"]["pages"][0]["_scripts"].as_array().unwrap();
    let names: Vec<bool> = scripts.iter().map(|script| script["mayRun"].is_number()).collect();
    assert_eq!(names.iter().filter(|may_run| **may_run).count(), 2, "{scripts:?}");
    assert!(scripts[2]["url"].as_str().unwrap().ends_with("/late.js"), "{scripts:?}");
    let entries = har["log"]["entries"].as_array().unwrap();
    assert_eq!(entries.iter().filter(|entry| entry["_script"].is_object()).count(), 2);
}

#[test]
fn golden_tests_ask_a_recording_and_no_network() {
    let folder = Folder::new();
    folder.file(
        "page.html",
        "<!-- fanlight: viewport=80x40 compare=pixels --><!doctype html><img src=http://shop.test/a.svg>",
    );
    let svg =
        "<svg xmlns='http://www.w3.org/2000/svg' width='9' height='9'><rect width='9' height='9'/></svg>";
    let har = serde_json::json!({ "log": { "entries": [{
        "request": { "method": "GET", "url": "http://shop.test/a.svg" },
        "response": { "status": 200, "content": { "mimeType": "image/svg+xml", "text": svg } },
    }] } });
    let har = folder.file("shop.har", har.to_string());
    let directory = folder.path("").display().to_string();
    let report = folder.path("report").display().to_string();
    let test = |more: &[&str]| {
        fanlight(&[&["test", &directory, "--report", &report, "--replay"], more].concat(), b"")
    };
    assert_eq!(test(&[&har, "--update"]).status, 0);
    let again = test(&[&har]);
    assert_eq!((again.status, again.stdout.as_str()), (0, "1 passed, 0 failed\n"), "{}", again.stderr);
    let empty = folder.file("empty.har", r#"{"log":{"entries":[]}}"#);
    assert_eq!(test(&[&empty]).status, 1, "without the image it is another page");
    assert_eq!(test(&["no such file"]).status, 2);
}
