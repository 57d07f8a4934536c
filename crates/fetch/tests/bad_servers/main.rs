//! Servers on the loopback address that do everything wrong, each in its own way. Every failure is a typed error within
//! the limits, whose message names what was done and says what to do; nothing hangs.
//!
//! - [`connecting`]: before there is a connection: no name, no port, no TLS.
//! - [`head`]: before there is an answer.
//! - [`body`]: within the body.
//! - [`http2`]: over HTTP/2.
//! - [`coding`]: bodies that are not compressed as they say, and bombs.
//! - [`redirects`]: to where none may lead.
#![allow(clippy::unwrap_used, reason = "a test fails by panicking")]

mod body;
mod coding;
mod connecting;
mod head;
mod http2;
mod redirects;
#[path = "../support/mod.rs"]
mod support;

use std::time::{Duration, Instant};

use fanlight_fetch::{FetchError, Limits, NetworkFetcher, Url};
use support::get;

/// For servers that answer, be the machine ever so busy.
fn patient() -> NetworkFetcher {
    NetworkFetcher::new()
}

/// For servers that never do.
fn impatient() -> NetworkFetcher {
    let brief = Duration::from_millis(300);
    let limits = Limits {
        connect_timeout: brief,
        response_timeout: brief,
        stall_timeout: brief,
        total_timeout: Duration::from_secs(3),
        ..Limits::default()
    };
    NetworkFetcher::builder().limits(limits).build()
}

/// What becomes of a request that the server spoils at once.
fn error(url: Url) -> FetchError {
    get(&patient(), url).expect_err("the server does everything wrong")
}

/// What becomes of a request that the server never ends, which it does within the limits.
fn late_error(url: Url) -> FetchError {
    let started = Instant::now();
    let error = get(&impatient(), url).expect_err("the server never ends");
    assert!(started.elapsed() < Duration::from_secs(8), "{error}");
    error
}
