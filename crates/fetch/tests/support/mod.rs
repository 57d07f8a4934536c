//! Servers, name servers and proxies on the loopback address.
#![allow(dead_code, unused_imports, reason = "each test binary uses its own part")]
#![allow(clippy::unwrap_used, reason = "a test fails by panicking")]

mod gate;
pub mod name_server;
pub mod proxies;
pub mod script;
pub mod secure;
mod server;

pub use gate::Gate;
pub use server::*;
