//! The HTTP cache in a folder: other runs, other processes, damaged files, full disks and kills at any moment.
//!
//! Other processes are this test's own program, started again with `--ignored` and one of the tests that stand for a
//! process.

#![allow(clippy::unwrap_used, reason = "a test fails by panicking")]

#[path = "support/server.rs"]
mod server;

use std::fs;
use std::io::{BufRead, BufReader, Write};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

use fanlight_fetch::{
    CacheLocation, CacheMode, FetchErrorKind, Fetcher, Limits, NetworkFetcher, Request, Url,
};
use server::{After, LONG, Server, response};

/// What the other process is told in its environment.
const FOLDER: &str = "FANLIGHT_TEST_CACHE_FOLDER";
const BASE_URL: &str = "FANLIGHT_TEST_CACHE_URL";
/// How often the process is killed; 20 without it, 200 in a thorough run.
const KILLS: &str = "FANLIGHT_TEST_CACHE_KILLS";
/// How many different URLs there are.
const URLS: usize = 24;

/// The body of a URL: from nothing to more than is written to the disk at once.
fn body(path: &str) -> Vec<u8> {
    let number: usize = path.trim_start_matches('/').parse().unwrap_or_default();
    let length = [0, 1, 100, 5_000, 70_000, 300_000][number % 6] + number;
    (0..length).map(|index| (index * 31 + number * 7 + index / 256) as u8).collect()
}

/// A server whose bodies never change.
fn origin() -> Server {
    Server::start(|seen, stream| {
        let fields = [("Cache-Control", "max-age=86400"), ("ETag", "\"x\"")];
        let bytes = response("200 OK", &fields, &body(seen.path()));
        if stream.write_all(&bytes).is_ok() { After::KeepOpen } else { After::Close }
    })
}

fn fetcher(folder: &Path) -> NetworkFetcher {
    NetworkFetcher::builder().cache(CacheLocation::Folder(folder.to_owned())).build()
}

fn request(base: &Url, number: usize, mode: CacheMode) -> Request {
    Request::navigation(base.join(&format!("/{number}")).unwrap()).with_cache(mode)
}

/// How many URLs the folder answers without the network. Each answer must be the right one.
fn count_good(folder: &Path, base: &Url) -> usize {
    let fetcher = fetcher(folder);
    (0..URLS)
        .filter(|number| match fetcher.fetch(request(base, *number, CacheMode::OnlyIfCached), LONG) {
            Ok(answer) => {
                assert!(answer.body[..] == body(&format!("/{number}"))[..], "wrong bytes for /{number}");
                assert_eq!(fetcher.log().entries().last().unwrap().cache.name(), "disk");
                true
            }
            Err(error) => {
                assert_eq!(error.kind, FetchErrorKind::NotInCache);
                false
            }
        })
        .count()
}

fn fill(fetcher: &NetworkFetcher, base: &Url) {
    for number in 0..URLS {
        fetcher.fetch(request(base, number, CacheMode::Default), LONG).unwrap();
    }
}

/// Every file of the cache.
fn files(folder: &Path) -> Vec<PathBuf> {
    let mut found = Vec::new();
    for entry in fs::read_dir(folder).into_iter().flatten().filter_map(Result::ok) {
        let path = entry.path();
        if path.is_dir() { found.extend(files(&path)) } else { found.push(path) }
    }
    found.sort_unstable();
    found
}

/// Random enough, and the same in every run.
struct Dice(u64);

impl Dice {
    fn roll(&mut self, sides: usize) -> usize {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (self.0 >> 33) as usize % sides
    }
}

/// This program as another process that runs one of its tests.
fn process(test: &str, folder: &Path, base: &Url) -> Command {
    let mut command = Command::new(std::env::current_exe().unwrap());
    command.args([test, "--exact", "--ignored", "--nocapture"]);
    command.env(FOLDER, folder).env(BASE_URL, base.as_str()).stdout(Stdio::piped()).stderr(Stdio::null());
    command
}

/// What another process was told; none where this is no other process.
fn told() -> Option<(PathBuf, Url)> {
    let folder = std::env::var_os(FOLDER)?;
    Some((folder.into(), Url::parse(&std::env::var(BASE_URL).ok()?).ok()?))
}

#[test]
#[ignore = "is another process of the other tests"]
fn process_that_writes_until_it_is_killed() {
    let Some((folder, base)) = told() else { return };
    let fetcher = fetcher(&folder);
    println!("\nready");
    let begun = Instant::now();
    // Nobody may have started it by hand and forgotten it.
    while begun.elapsed() < LONG {
        let fetches: Vec<_> =
            (0..URLS).map(|number| fetcher.start(request(&base, number, CacheMode::Reload))).collect();
        for fetch in fetches {
            let _ = fetch.wait(LONG);
        }
    }
}

#[test]
#[ignore = "is another process of the other tests"]
fn process_that_fills_the_cache() {
    let Some((folder, base)) = told() else { return };
    fill(&fetcher(&folder), &base);
}

/// Waits until the other process is at work.
fn wait_until_ready(child: &mut Child) {
    let lines = BufReader::new(child.stdout.take().unwrap()).lines();
    assert!(lines.map_while(Result::ok).any(|line| line == "ready"), "the other process did not begin");
}

#[test]
fn a_process_killed_at_any_moment_leaves_no_wrong_bytes() {
    let kills = std::env::var(KILLS).ok().and_then(|text| text.parse().ok()).unwrap_or(20);
    let server = origin();
    let base = server.url("/");
    let folder = tempfile::tempdir().unwrap();
    let mut dice = Dice(1);
    let mut best = 0;
    for _ in 0..kills {
        let mut child =
            process("process_that_writes_until_it_is_killed", folder.path(), &base).spawn().unwrap();
        wait_until_ready(&mut child);
        std::thread::sleep(Duration::from_micros(dice.roll(40_000) as u64));
        child.kill().unwrap();
        child.wait().unwrap();
        best = best.max(count_good(folder.path(), &base));
    }
    assert!(best > 0, "nothing was ever stored");
}

#[test]
fn another_run_uses_what_was_stored() {
    let server = origin();
    let base = server.url("/");
    let folder = tempfile::tempdir().unwrap();
    assert_eq!(count_good(folder.path(), &base), 0);
    assert!(files(folder.path()).is_empty(), "looking makes no files");
    fill(&fetcher(folder.path()), &base);
    assert_eq!(count_good(folder.path(), &base), URLS);
    assert_eq!(server.seen().len(), URLS);
}

#[test]
fn two_processes_share_a_folder() {
    let server = origin();
    let base = server.url("/");
    let folder = tempfile::tempdir().unwrap();
    let mut children: Vec<Child> = (0..2)
        .map(|_| process("process_that_fills_the_cache", folder.path(), &base).spawn().unwrap())
        .collect();
    fill(&fetcher(folder.path()), &base);
    for child in &mut children {
        assert!(child.wait().unwrap().success());
    }
    assert_eq!(count_good(folder.path(), &base), URLS);
    assert_eq!(files(folder.path()).len(), URLS, "nothing unfinished is left");
}

#[test]
fn damaged_files_are_misses_and_good_ones_stay() {
    let server = origin();
    let base = server.url("/");
    let folder = tempfile::tempdir().unwrap();
    let mut dice = Dice(2);
    for round in 0..4 {
        fill(&fetcher(folder.path()), &base);
        let all = files(folder.path());
        assert_eq!(all.len(), URLS);
        // Every other file, one way or the other.
        for path in all.iter().skip(round % 2).step_by(2) {
            let mut bytes = fs::read(path).unwrap();
            let position = dice.roll(bytes.len());
            if dice.roll(2) == 0 {
                bytes[position] ^= 1 << dice.roll(8);
            } else {
                bytes.truncate(position);
            }
            fs::write(path, bytes).unwrap();
        }
        assert_eq!(count_good(folder.path(), &base), URLS / 2);
        assert_eq!(files(folder.path()).len(), URLS / 2, "what is damaged is removed");
    }
    // What was damaged comes from the network again, and is whole again.
    fill(&fetcher(folder.path()), &base);
    assert_eq!(count_good(folder.path(), &base), URLS);
}

#[test]
fn a_304_for_what_was_damaged_meanwhile_is_asked_again() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().to_owned();
    let server = Server::start(move |seen, stream| {
        let fields = [("Cache-Control", "max-age=0"), ("ETag", "\"x\"")];
        let answer = match seen.field("If-None-Match") {
            Some(_) => {
                for file in files(&path) {
                    fs::write(file, b"FANHTTP1").unwrap();
                }
                response("304 Not Modified", &fields, b"")
            }
            None => response("200 OK", &fields, b"body"),
        };
        stream.write_all(&answer).unwrap();
        After::KeepOpen
    });
    let fetcher = fetcher(folder.path());
    for _ in 0..2 {
        let answer = fetcher.fetch(Request::navigation(server.url("/")), LONG).unwrap();
        assert_eq!((answer.status(), &answer.body[..]), (200, &b"body"[..]));
    }
    assert_eq!(server.seen().len(), 3);
}

/// A limit on the size of files stands for a disk that is full: writing fails in the middle of a file.
#[test]
#[cfg(unix)]
fn a_full_disk_costs_the_cache_and_nothing_else() {
    let server = origin();
    let base = server.url("/");
    let folder = tempfile::tempdir().unwrap();
    let process = process("process_that_fills_the_cache", folder.path(), &base);
    let mut shell = Command::new("sh");
    shell.arg("-c").arg("trap '' XFSZ; ulimit -f 16; exec \"$0\" \"$@\"").arg(process.get_program());
    shell.args(process.get_args()).env(FOLDER, folder.path()).env(BASE_URL, base.as_str());
    let output = shell.output().unwrap();
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    let good = count_good(folder.path(), &base);
    assert!(good > 0 && good < URLS, "small files fit, large ones do not: {good}");
    assert_eq!(files(folder.path()).len(), good, "nothing unfinished is left");
}

#[test]
fn a_folder_that_cannot_be_made_costs_the_cache_and_nothing_else() {
    let server = origin();
    let file = tempfile::NamedTempFile::new().unwrap();
    let fetcher = fetcher(&file.path().join("cache"));
    for _ in 0..2 {
        let answer = fetcher.fetch(request(&server.url("/"), 3, CacheMode::Default), LONG).unwrap();
        assert_eq!(answer.body[..], body("/3")[..]);
    }
    assert_eq!(server.seen().len(), 2);
}

#[test]
fn the_folder_stays_within_its_bound() {
    let server = origin();
    let base = server.url("/");
    let folder = tempfile::tempdir().unwrap();
    let limits = Limits { disk_cache_bytes: 1 << 20, ..Limits::default() };
    let location = CacheLocation::Folder(folder.path().to_owned());
    let fetcher = NetworkFetcher::builder().limits(limits).cache(location).build();
    for _ in 0..2 {
        fill(&fetcher, &base);
    }
    let bytes: u64 = files(folder.path()).iter().map(|path| fs::metadata(path).unwrap().len()).sum();
    assert!(bytes <= 1 << 20, "{bytes} bytes");
    // A body of 300,000 bytes is more than an eighth of the bound, so that it is not stored at all.
    assert_eq!(count_good(folder.path(), &base), URLS / 6 * 5);
}
