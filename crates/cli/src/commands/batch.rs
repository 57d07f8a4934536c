//! `fanlight batch`: many jobs in one process, JSON lines in and out. The protocol is a contract: other tools drive it.

use std::collections::BTreeMap;
use std::io::BufRead;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::PathBuf;
use std::time::Duration;

use fanlight_base::geometry::CssSize;
use fanlight_base::observer::{StageTable, milliseconds};
use fanlight_base::{DumpFormat, Stage};
use fanlight_page::{
    Area, Artefact, CaptureOptions, Environment, Page, PageOptions, Source, StyleDumpOptions,
};
use serde::Deserialize;
use serde_json::{Map, Value, json};

use crate::args::{Batch, DumpWhat, ViewportSize, scale_within_limits};
use crate::commands::dump::artefact;
use crate::exit::{Failure, Status};
use crate::{network, output};

/// One line of input.
#[derive(Debug, Deserialize)]
struct Job {
    id: Value,
    url: String,
    viewport: Option<(f32, f32)>,
    scale: Option<f32>,
    #[serde(default)]
    full_page: bool,
    max_rows: Option<u32>,
    png: Option<PathBuf>,
    boxes: Option<PathBuf>,
    #[serde(default)]
    dumps: BTreeMap<String, PathBuf>,
    script: Option<bool>,
}

/// Answers each line of standard input until it ends.
///
/// # Errors
/// Standard input cannot be read.
pub fn run(args: &Batch) -> Result<Status, Failure> {
    let network = args.network.environment(args.pinned_fonts);
    let (environment, tape) = args.network.recording.apply(network)?;
    let timeout = Duration::from_secs_f64(args.timeout);
    for line in std::io::stdin().lock().lines() {
        let line = line.map_err(|source| Failure::Read { path: "standard input".into(), source })?;
        if line.trim().is_empty() {
            continue;
        }
        output::line(&answer(&environment, &line, timeout).to_string());
    }
    network::close(&environment);
    if let Some(tape) = tape {
        tape.write()?;
    }
    Ok(Status::Done)
}

/// The answer to one line. A job that panics is answered like one that fails, and the next one goes on.
fn answer(environment: &Environment, line: &str, timeout: Duration) -> Value {
    let job: Job = match serde_json::from_str(line) {
        Ok(job) => job,
        Err(error) => {
            let id = serde_json::from_str::<Value>(line).ok().and_then(|value| value.get("id").cloned());
            return json!({ "id": id, "ok": false, "error": format!("not a job: {error}") });
        }
    };
    let id = job.id.clone();
    let outcome = catch_unwind(AssertUnwindSafe(|| work(environment, &job, timeout)));
    match outcome {
        Ok(Ok((size, timings))) => json!({ "id": id, "ok": true, "size": size, "timings": timings }),
        Ok(Err(failure)) => json!({ "id": id, "ok": false, "error": failure.to_string() }),
        Err(panic) => {
            let message = panic
                .downcast_ref::<String>()
                .map(String::as_str)
                .or_else(|| panic.downcast_ref::<&str>().copied())
                .unwrap_or("no message");
            json!({ "id": id, "ok": false, "error": format!("internal error: {message}") })
        }
    }
}

type Finished = (Option<[u32; 2]>, Map<String, Value>);

fn work(environment: &Environment, job: &Job, timeout: Duration) -> Result<Finished, Failure> {
    let dumps = named_dumps(job)?;
    // Without outputs the job is there for its times and size: the page is drawn.
    let draws = job.png.is_some() || job.boxes.is_none() && dumps.is_empty();
    let least = if draws { Stage::Composite } else { Stage::Layout };
    let goal = dumps.iter().map(|(_, stage, _)| *stage).fold(least, Stage::max);
    let area = if job.full_page { Area::Document } else { Area::Viewport };
    let mut options =
        PageOptions { timeout, goal, lazy_loading: area.lazy_loading(), ..PageOptions::default() };
    if let Some((width, height)) = job.viewport {
        let size = ViewportSize { width, height }.within_limits().ok_or_else(|| {
            Failure::Misuse(format!("viewport [{width},{height}] is not of 1 to 32767 CSS px each way"))
        })?;
        options.viewport = CssSize::new(size.width, size.height);
    }
    if let Some(scale) = job.scale {
        options.scale = scale_within_limits(scale).ok_or_else(|| {
            Failure::Misuse(format!("scale {scale} is not from 0.1 to 16 device px for each CSS px"))
        })?;
    }
    if let Some(script) = job.script {
        options.scripting = script;
    }
    let table = StageTable::default();
    let mut page = Page::load(environment, Source::from_user_input(&job.url)?, options, &table)?;
    let mut size = None;
    if draws {
        let mut capture = CaptureOptions { area, ..CaptureOptions::default() };
        if let Some(rows) = job.max_rows {
            capture.max_rows = rows;
        }
        size = Some(match &job.png {
            Some(path) => {
                let (file, size) = page.capture_png(&capture, &table)?;
                output::file(path, &file)?;
                [size.width as u32, size.height as u32]
            }
            None => {
                let picture = page.capture(&capture, &table)?;
                [picture.width(), picture.height()]
            }
        });
    }
    if let Some(path) = &job.boxes {
        output::file(path, page.dump(Artefact::Boxes, DumpFormat::Json, &table).as_bytes())?;
    }
    for (artefact, _, path) in dumps {
        let json = path.extension().is_some_and(|extension| extension == "json");
        let format = if json { DumpFormat::Json } else { DumpFormat::Text };
        output::file(&path, page.dump(artefact, format, &table).as_bytes())?;
    }
    let timings = Stage::ALL
        .into_iter()
        .map(|stage| (stage.name().to_owned(), json!(milliseconds(table.totals(stage).duration))));
    Ok((size, timings.collect()))
}

/// The dumps that a job names, in the order of their names.
fn named_dumps(job: &Job) -> Result<Vec<(Artefact, Stage, PathBuf)>, Failure> {
    let named = |(name, path): (&String, &PathBuf)| {
        let Ok(what) = <DumpWhat as clap::ValueEnum>::from_str(name, true) else {
            return Err(Failure::Misuse(format!(
                "there is no dump '{name}'; `fanlight dump --help` lists them"
            )));
        };
        let (artefact, stage) = artefact(what, StyleDumpOptions::default());
        Ok((artefact, stage, path.clone()))
    };
    job.dumps.iter().map(named).collect()
}
