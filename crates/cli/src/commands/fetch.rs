//! `fanlight fetch`: the network alone; with `--report`, for a page and all that it refers to.

use std::fmt::Write as _;
use std::io::BufRead;
use std::path::Path;
use std::sync::Mutex;
use std::sync::mpsc::sync_channel;
use std::time::Duration;

use fanlight_base::{Silent, Stage};
use fanlight_page::fetch::log::analysis::{bytes, critical_path, duration, totals, warnings};
use fanlight_page::fetch::log::facts::Fact;
use fanlight_page::fetch::log::{LogEntry, LogSnapshot, report};
use fanlight_page::fetch::{Request, Response, Url, batch};
use fanlight_page::{Environment, LoadError, Page, PageOptions, Source};

use crate::args::Fetch;
use crate::exit::{Failure, Status};
use crate::{network, output};

/// How many requests of a batch are open at a time, as the protocol has it.
const OPEN_REQUESTS: usize = 25;

/// Fetches one URL and shows what the network said, or answers a batch. With a report the URL's page is loaded, too, with
/// all that it refers to.
///
/// # Errors
/// The URL cannot be fetched, or a file cannot be written.
pub fn run(args: &Fetch) -> Result<Status, Failure> {
    let (environment, tape) = args.network.recording.apply(args.network.environment(true))?;
    let timeout = Duration::from_secs_f64(args.timeout);
    let outcome = match args.url.as_deref().filter(|_| !args.batch) {
        None => run_batch(&environment, timeout),
        Some(url) => match Source::from_user_input(url)? {
            Source::Url(url) => run_one(args, &environment, url, timeout),
            Source::Bytes(_) => Err(Failure::Load(LoadError::StandardInput)),
        },
    };
    network::close(&environment);
    // What was recorded is worth keeping also where something failed.
    let written = tape.map_or(Ok(()), |tape| tape.write());
    let status = outcome?;
    written?;
    Ok(status)
}

fn run_one(args: &Fetch, environment: &Environment, url: Url, timeout: Duration) -> Result<Status, Failure> {
    let outcome = match &args.report {
        Some(_) => load_page(environment, url, timeout, args.load_scripts.load(true)),
        None => environment.fetch(Request::navigation(url), timeout).map(Some),
    };
    environment.wait_for_reports();
    if let Some(path) = &args.har {
        output::file(path, environment.har().as_bytes())?;
    }
    let log = environment.network_log().snapshot();
    if let Some(path) = &args.report {
        output::file(path, report::to_html(&log).as_bytes())?;
    }
    let response = outcome?;
    if let (Some(path), Some(response)) = (&args.output, &response) {
        output::file(path, &response.body)?;
    }
    let mut text = log.entries.first().map(describe).unwrap_or_default();
    if let Some(path) = &args.report {
        text.push_str(&summary(&log, path));
    }
    output::result(&text);
    Ok(Status::Done)
}

/// Loads the page of a URL with all that it refers to, images of style sheets and fonts included. What is no page was
/// fetched all the same.
fn load_page(
    environment: &Environment,
    url: Url,
    timeout: Duration,
    load_scripts: bool,
) -> Result<Option<Response>, LoadError> {
    let options = PageOptions { timeout, load_scripts, goal: Stage::Composite, ..PageOptions::default() };
    match Page::load(environment, Source::Url(url), options, &Silent) {
        Ok(_) | Err(LoadError::NotAPage { .. }) => Ok(None),
        Err(error) => Err(error),
    }
}

/// All that is known of a request, and the header fields of its answer.
fn describe(entry: &LogEntry) -> String {
    let mut text = String::new();
    add_facts(&mut text, &entry.facts());
    let count = entry.hops.len();
    for (index, hop) in entry.hops.iter().enumerate() {
        // Writing to a String cannot fail.
        if count > 1 {
            let _ = writeln!(text, "\nExchange {} of {count}: {} {}", index + 1, hop.method, hop.url);
        }
        add_facts(&mut text, &hop.facts());
    }
    if let Some(response) = entry.response() {
        text.push('\n');
        for (name, value) in response.headers.iter() {
            let _ = writeln!(text, "{name}: {value}");
        }
    }
    text
}

fn add_facts(text: &mut String, facts: &[Fact]) {
    for (term, said) in facts {
        let _ = writeln!(text, "{term:<17}{said}");
    }
}

/// What the report says, in short.
fn summary(log: &LogSnapshot, path: &Path) -> String {
    let totals = totals(log);
    let mut text = format!(
        "\n{} request{}, {} transferred, {} in all\n",
        totals.requests,
        if totals.requests == 1 { "" } else { "s" },
        bytes(totals.transferred),
        duration(totals.time)
    );
    if let Some(critical) = critical_path(log) {
        let begun = critical.steps.first().map_or(0.0, |step| step.from);
        let names =
            critical.steps.iter().filter_map(|step| Some(log.entries.get(step.entry)?.short_name(40)));
        let names = names.collect::<Vec<_>>().join(" -> ");
        let _ = writeln!(text, "first paint after {}: {names}", duration(critical.first_paint - begun));
    }
    let count = warnings(log).len();
    let _ = writeln!(
        text,
        "{count} thing{} could be better; see {}",
        if count == 1 { "" } else { "s" },
        path.display()
    );
    text
}

/// Answers each request of standard input as it comes, several at a time, until input ends.
fn run_batch(environment: &Environment, timeout: Duration) -> Result<Status, Failure> {
    let (sender, receiver) = sync_channel::<String>(0);
    let receiver = Mutex::new(receiver);
    let next = || receiver.lock().ok()?.recv().ok();
    std::thread::scope(|scope| {
        for _ in 0..OPEN_REQUESTS {
            scope.spawn(|| {
                while let Some(line) = next() {
                    output::line(&batch::answer(&line, environment.fetcher(), timeout));
                }
            });
        }
        // The sender goes away with this block, and with it the workers.
        let sender = sender;
        for line in std::io::stdin().lock().lines() {
            let line = line.map_err(|source| Failure::Read { path: "standard input".into(), source })?;
            if !line.trim().is_empty() && sender.send(line).is_err() {
                break;
            }
        }
        Ok(Status::Done)
    })
}
