//! What may be asked for, and what is told when asking.
//!
//! One module a policy: a function of the request, or of request and response, that gives its verdict. The ones here
//! need nothing but the request; those that a page declares (CSP, integrity, mixed content) and those that a server
//! declares (CORS, framing) get modules beside them.

pub(crate) mod bad_port;
pub mod hosts;
pub(crate) mod local_files;
pub mod referrer;
pub(crate) mod trustworthy;

use crate::error::FetchError;
use crate::request::Request;

/// Asks every policy that needs no answer from a server.
///
/// # Errors
/// A policy forbids the request.
pub(crate) fn check_request(request: &Request) -> Result<(), FetchError> {
    bad_port::check(&request.url)?;
    local_files::check(&request.url, &request.origin)
}
