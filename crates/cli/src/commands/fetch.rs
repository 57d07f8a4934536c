//! `fanlight fetch`: the network alone.

use std::fmt::Write as _;
use std::io::BufRead;
use std::sync::Mutex;
use std::sync::mpsc::sync_channel;
use std::time::Duration;

use fanlight_page::fetch::{Request, Response, batch};
use fanlight_page::{Environment, LoadError, Source};

use crate::args::Fetch;
use crate::exit::{Failure, Status};
use crate::{network, output};

/// How many requests of a batch are open at a time, as the protocol has it.
const OPEN_REQUESTS: usize = 25;

/// Fetches one URL and shows what the network said, or answers a batch.
///
/// # Errors
/// The URL cannot be fetched, or a file cannot be written.
pub fn run(args: &Fetch) -> Result<Status, Failure> {
    let environment = args.network.environment(true);
    let timeout = Duration::from_secs_f64(args.timeout);
    let Some(url) = args.url.as_deref().filter(|_| !args.batch) else {
        let status = run_batch(&environment, timeout);
        network::close(&environment);
        return status;
    };
    let Source::Url(url) = Source::from_user_input(url)? else {
        return Err(Failure::Load(LoadError::StandardInput));
    };
    let response = environment.fetch(Request::navigation(url), timeout);
    network::close(&environment);
    if let Some(path) = &args.har {
        output::file(path, environment.har().as_bytes())?;
    }
    let response = response?;
    if let Some(path) = &args.output {
        output::file(path, &response.body)?;
    }
    output::result(&describe(&response));
    Ok(Status::Done)
}

/// Status, where the bytes came from, how long each part took, and the header fields.
fn describe(response: &Response) -> String {
    let head = &response.head;
    let mut text = String::new();
    // Writing to a String cannot fail.
    for url in &head.url_list[..head.url_list.len().saturating_sub(1)] {
        let _ = writeln!(text, "redirect  {url}");
    }
    let _ = writeln!(text, "url       {}", head.url);
    let _ = writeln!(text, "status    {} {} ({})", head.status, head.status_text, head.protocol.name());
    let _ = writeln!(text, "type      {}", head.mime_type);
    let from = match (head.from_cache, head.remote_address) {
        (true, _) => "the cache".to_owned(),
        (false, Some(address)) => address.to_string(),
        (false, None) => "this machine".to_owned(),
    };
    let _ = writeln!(text, "from      {from}");
    let _ = writeln!(
        text,
        "size      {} bytes, {} as transferred",
        response.sizes.decoded, response.sizes.encoded
    );
    let timing = &response.timing;
    let _ = write!(text, "time      queued {:.1} ms", timing.queued);
    for (name, part) in [("dns", timing.dns), ("connect", timing.connect), ("tls", timing.tls)] {
        if let Some(ms) = part {
            let _ = write!(text, ", {name} {ms:.1} ms");
        }
    }
    let _ = writeln!(
        text,
        ", waiting {:.1} ms, download {:.1} ms, total {:.1} ms\n",
        timing.waiting, timing.download, timing.total
    );
    for (name, value) in head.headers.iter() {
        let _ = writeln!(text, "{name}: {value}");
    }
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
