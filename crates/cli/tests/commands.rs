//! Every command does what `formats.md` promises, as a user runs it.
#![allow(clippy::unwrap_used, reason = "a test may panic")]

mod support;

use std::sync::atomic::{AtomicUsize, Ordering};

use serde_json::Value;
use support::{Folder, fanlight, screenshot, serve};

const PAGE: &str =
    "<!doctype html><title>t</title><style>p { color: red; width: 100px }</style><p id=x class=c>Hello";
const STAGES: [&str; 7] = ["fetch", "dom", "cssom", "style", "layout", "paint", "composite"];

#[test]
fn every_stage_dumps_in_text_and_json() {
    let page = Folder::new();
    let page = page.file("page.html", PAGE);
    for stage in STAGES.iter().chain(&["tokens"]) {
        let text = fanlight(&["dump", stage, &page, "--pinned-fonts"], b"");
        assert_eq!(text.status, 0, "{stage}: {}", text.stderr);
        assert!(!text.stdout.trim().is_empty(), "{stage} has no text");
        let json = fanlight(&["dump", stage, &page, "--format", "json", "--pinned-fonts"], b"");
        serde_json::from_str::<Value>(&json.stdout).unwrap_or_else(|error| panic!("{stage}: {error}"));
    }
}

#[test]
fn the_dom_is_html5libs_tree() {
    let run = fanlight(&["dump", "dom", "-"], b"<!doctype html><p class=b id=a>x");
    assert_eq!(
        run.stdout,
        "| <!DOCTYPE html>\n| <html>\n|   <head>\n|   <body>\n|     <p>\n|       class=\"b\"\n|       id=\"a\"\n|       \"x\"\n"
    );
}

#[test]
fn boxes_have_the_shape_that_tools_rely_on() {
    let run = fanlight(&["dump", "boxes", "-", "--viewport", "400x300", "--pinned-fonts"], PAGE.as_bytes());
    let json: Value = serde_json::from_str(&run.stdout).unwrap();
    assert_eq!(json["viewport"], serde_json::json!([400, 300]));
    let boxes = json["boxes"].as_array().unwrap();
    let p = boxes.iter().find(|entry| entry["id"] == "x").unwrap();
    assert_eq!(p["path"], "html:nth-child(1)>body:nth-child(2)>p:nth-child(1)");
    assert_eq!(
        (p["x"].as_f64(), p["width"].as_f64(), &p["display"]),
        (Some(8.0), Some(100.0), &"block".into())
    );
    assert_eq!(p["margin"], serde_json::json!([16, 0, 16, 0]));
    assert_eq!(json["text"][0]["lines"][0][0], "Hello");
    assert!(boxes.iter().any(|entry| entry["tag"] == "title" && entry["box"] == false));
}

#[test]
fn why_names_the_declaration_that_won() {
    let folder = Folder::new();
    let page =
        folder.file("page.html", "<style>\np { color: green }\n.c { color: red }\n</style><p class=c>x");
    let run = fanlight(&["dump", "style", &page, "--why"], b"");
    let line =
        run.stdout.lines().find(|line| line.contains("color") && line.contains(".c")).unwrap_or_default();
    assert!(line.contains(":3:"), "{}", run.stdout);
}

#[test]
fn a_screenshot_has_the_size_that_was_asked_for() {
    let folder = Folder::new();
    let page =
        folder.file("page.html", "<body style='margin:0'><div id=d style='height:1500px;width:50px'>x</div>");
    assert_eq!(screenshot(&page, &["--viewport", "300x200"]).1, Some((300, 200)));
    assert_eq!(screenshot(&page, &["--viewport", "300x200", "--scale", "2"]).1, Some((600, 400)));
    assert_eq!(screenshot(&page, &["--viewport", "300x200", "--full-page"]).1, Some((300, 1500)));
    assert_eq!(screenshot(&page, &["--viewport", "300x200", "--selector", "#d"]).1, Some((50, 1500)));
}

#[test]
fn times_traces_and_har_name_every_stage_and_request() {
    let folder = Folder::new();
    let page = folder.file("page.html", PAGE);
    let (trace, har) =
        (folder.path("t.json").display().to_string(), folder.path("h.har").display().to_string());
    let (run, _) = screenshot(&page, &["--time", "--trace", &trace, "--har", &har]);
    let trace = std::fs::read_to_string(trace).unwrap();
    serde_json::from_str::<Value>(&trace).unwrap();
    for stage in STAGES {
        assert!(run.stderr.contains(stage), "{stage} is not in {}", run.stderr);
        assert!(trace.contains(&format!("\"name\":\"{stage}\"")), "{stage} is not in the trace");
    }
    let har: Value = serde_json::from_str(&std::fs::read_to_string(har).unwrap()).unwrap();
    assert_eq!(har["log"]["version"], "1.2");
    assert!(har["log"]["entries"][0]["request"]["url"].as_str().unwrap().ends_with("page.html"));
}

#[test]
fn the_trace_command_prints_the_table() {
    let folder = Folder::new();
    let out = folder.path("t.json").display().to_string();
    let run = fanlight(&["trace", &folder.file("page.html", PAGE), "-o", &out], b"");
    assert!(run.status == 0 && STAGES.iter().all(|stage| run.stdout.contains(stage)), "{}", run.stdout);
}

#[test]
fn a_trace_goes_no_further_than_it_must() {
    let folder = Folder::new();
    let out = folder.path("t.json").display().to_string();
    let (page, har) = (folder.file("page.html", PAGE), folder.path("h.har").display().to_string());
    let run = fanlight(
        &["trace", &page, "-o", &out, "--stop-after", "style", "--pinned-fonts", "--time", "--har", &har],
        b"",
    );
    let row = |name: &str| {
        let line = run.stdout.lines().find(|line| line.starts_with(name)).unwrap();
        line.split_whitespace().map(str::to_owned).collect::<Vec<_>>()
    };
    assert_eq!((&*row("style")[2], &*row("style")[4]), ("1", "0"), "{}", run.stdout);
    assert_eq!((&*row("layout")[2], &*row("layout")[4]), ("0", "1"), "{}", run.stdout);
    assert!(run.stderr.contains("composite"), "--time prints the table too: {}", run.stderr);
    assert!(std::fs::exists(har).unwrap(), "and --har is written beside it");
}

#[test]
fn every_stage_benches_alone() {
    let folder = Folder::new();
    let page = folder.file("page.html", PAGE);
    for stage in STAGES {
        let run = fanlight(&["bench", stage, &page, "--runs", "3", "--pinned-fonts"], b"");
        assert!(
            run.status == 0 && run.stdout.starts_with(&format!("{stage}: 3 runs, min ")),
            "{}",
            run.stderr
        );
    }
}

#[test]
fn a_batch_answers_each_line_and_survives_bad_ones() {
    let folder = Folder::new();
    let page = folder.file("page.html", PAGE);
    let path = |name: &str| folder.path(name).display().to_string();
    let jobs = [
        serde_json::json!({"id": 7, "url": page, "viewport": [800, 600], "scale": 1, "png": path("a.png"),
            "boxes": path("a.json"), "dumps": {"layout": path("a.txt"), "dom": path("d.json")}, "script": false}),
        serde_json::json!({"id": "eight", "url": "/no/such/file.html"}),
        serde_json::json!({"url": page}),
        serde_json::json!({"id": 9, "url": page, "full_page": true, "max_rows": 100, "png": path("b.png")}),
    ];
    let input = jobs.map(|job| job.to_string()).join("\n") + "\nnot json\n";
    let run = fanlight(&["batch", "--pinned-fonts"], input.as_bytes());
    let answers: Vec<Value> = run.stdout.lines().map(|line| serde_json::from_str(line).unwrap()).collect();
    assert_eq!(answers.len(), 5, "{}", run.stdout);
    assert_eq!((&answers[0]["id"], &answers[0]["ok"]), (&7.into(), &true.into()));
    assert_eq!(answers[0]["size"], serde_json::json!([800, 600]));
    assert!(STAGES.iter().all(|stage| answers[0]["timings"][stage].is_number()));
    assert!(answers[1]["id"] == "eight" && answers[1]["ok"] == false && answers[1]["error"].is_string());
    assert!(answers[2]["ok"] == false && answers[4]["ok"] == false);
    assert_eq!(answers[3]["size"], serde_json::json!([1280, 100]));
    assert!(std::fs::read_to_string(path("a.txt")).unwrap().contains("Hello"));
    serde_json::from_str::<Value>(&std::fs::read_to_string(path("d.json")).unwrap()).unwrap();
}

#[test]
fn a_batch_job_without_outputs_tells_size_and_times() {
    let folder = Folder::new();
    let page = folder.file("page.html", PAGE);
    let jobs = [
        serde_json::json!({"id": 1, "url": page, "viewport": [40, 30]}),
        serde_json::json!({"id": 2, "url": page, "viewport": [0, 30]}),
        serde_json::json!({"id": 3, "url": page, "scale": -1}),
    ];
    let run = fanlight(&["batch", "--pinned-fonts"], jobs.map(|job| job.to_string()).join("\n").as_bytes());
    let answers: Vec<Value> = run.stdout.lines().map(|line| serde_json::from_str(line).unwrap()).collect();
    assert_eq!(answers[0]["size"], serde_json::json!([40, 30]));
    assert!(answers[0]["timings"]["composite"].as_f64().unwrap() > 0.0);
    for (answer, word) in [(&answers[1], "viewport"), (&answers[2], "scale")] {
        assert!(answer["ok"] == false && answer["error"].as_str().unwrap().contains(word), "{answer}");
    }
}

#[test]
fn golden_tests_pass_fail_and_update() {
    let folder = Folder::new();
    let directory = folder.path("").display().to_string();
    let report_folder = Folder::new();
    let report = report_folder.path("report").display().to_string();
    folder.file("page.html", PAGE);
    let test = |more: &[&str]| {
        let mut arguments = vec!["test", &*directory, "--report", &*report];
        arguments.extend(more);
        fanlight(&arguments, b"")
    };
    assert_eq!(test(&[]).status, 1, "nothing is expected yet");
    assert_eq!(test(&["--update"]).status, 0);
    let same = test(&[]);
    assert_eq!((same.status, &*same.stdout), (0, "1 passed, 0 failed\n"));
    folder.file("page.html", PAGE.replace("100px", "90px"));
    let differs = test(&[]);
    assert_eq!(differs.status, 1);
    assert!(differs.stderr.contains("layout differs first"), "{}", differs.stderr);
    assert!(std::fs::read_to_string(report_folder.path("report/index.html")).unwrap().contains("page.html"));
    assert_eq!(test(&["--filter", "nothing"]).status, 2);
}

#[test]
fn rendering_twice_and_on_any_number_of_threads_gives_the_same_bytes() {
    let folder = Folder::new();
    let outputs: Vec<Vec<u8>> = ["1", "2", "2"]
        .into_iter()
        .enumerate()
        .map(|(index, threads)| {
            let path = folder.path(&format!("{index}.png"));
            let status = std::process::Command::new(env!("CARGO_BIN_EXE_fanlight"))
                .env("RAYON_NUM_THREADS", threads)
                .args(["screenshot", "about:gallery", "--pinned-fonts", "--full-page", "-o"])
                .arg(&path)
                .status()
                .unwrap();
            assert!(status.success());
            std::fs::read(path).unwrap()
        })
        .collect();
    assert!(outputs.windows(2).all(|pair| pair[0] == pair[1]));
}

#[test]
fn fetch_shows_what_the_network_said() {
    let folder = Folder::new();
    let page = folder.file("page.html", PAGE);
    let run = fanlight(&["fetch", &page], b"");
    assert!(run.status == 0 && run.stdout.contains("200"), "{} {}", run.stdout, run.stderr);
    assert_eq!(fanlight(&["fetch", "/no/such/file"], b"").status, 3);
    let batch = fanlight(&["fetch", "--batch"], b"{\"id\":1,\"url\":\"data:,x\"}\n");
    let answer: Value = serde_json::from_str(batch.stdout.trim()).unwrap();
    assert_eq!((&answer["ok"], &answer["body_base64"]), (&true.into(), &"eA==".into()));
}

#[test]
fn a_cache_folder_serves_later_runs() {
    let asked = AtomicUsize::new(0);
    let address = serve(move |_| {
        let number = asked.fetch_add(1, Ordering::SeqCst);
        format!("HTTP/1.1 200 OK\r\nCache-Control: max-age=3600\r\nContent-Length: 1\r\nConnection: close\r\n\r\n{number}")
            .into_bytes()
    });
    let folder = Folder::new();
    let cache = folder.path("cache").display().to_string();
    let url = format!("http://{address}/");
    let fetch = |more: &[&str]| fanlight(&[&["fetch", url.as_str()], more].concat(), b"").stdout;
    assert!(fetch(&["--cache-dir", &cache]).contains("network: nothing is stored"));
    assert!(fetch(&["--cache-dir", &cache]).contains("disk: fresh"));
    assert!(fetch(&[]).contains("network: nothing is stored"), "without a folder another run knows nothing");
    let job = format!("{{\"id\":1,\"url\":\"{url}\"}}\n");
    let batch = |option: &[&str]| -> Value {
        let run = fanlight(&[&["fetch", "--batch"], option].concat(), job.as_bytes());
        serde_json::from_str(run.stdout.trim()).unwrap()
    };
    let answer = batch(&["--cache-dir", &cache]);
    assert_eq!((&answer["from_cache"], &answer["body_base64"]), (&true.into(), &"MA==".into()));
    assert_eq!(batch(&["--no-cache"])["from_cache"], Value::from(false));
    assert_eq!(fanlight(&["fetch", &url, "--no-cache", "--cache-dir", &cache], b"").status, 2);
}

#[test]
fn completions_complete_the_commands() {
    let run = fanlight(&["completions", "bash"], b"");
    assert!(run.stdout.contains("screenshot"), "{}", run.stdout);
}
