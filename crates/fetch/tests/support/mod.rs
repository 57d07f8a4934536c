//! Servers, name servers and proxies on the loopback address.

pub mod name_server;
pub mod proxies;
pub mod script;
pub mod secure;
mod server;

pub use server::*;
