//! Servers and proxies on the loopback address.

pub mod proxies;
pub mod secure;
mod server;

pub use server::*;
