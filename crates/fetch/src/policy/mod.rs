//! What may be asked for, what is told when asking, and what of the answers may be used.
//!
//! One module a policy: a function of the request, or of request and response, that gives its verdict.
//!
//! - What asks: [`container`] holds what a document declares, [`crate::request::Client`] hands it along with each request.
//! - Before a request is sent, [`upgrade`]: [`mixed_content`]; [`check_request`]: [`bad_port`], [`local_files`], [`csp`],
//!   [`mixed_content`]; [`cors`] may have to ask first. [`referrer`]: what is told.
//! - When the head of an answer is there, [`check_answer`] and [`check_response`]: [`cors`], [`cross_origin`], [`nosniff`],
//!   [`framing`].
//! - When the body is there: [`integrity`].
//! - What goes against a document's policies is collected, and reported when it has loaded: [`reports`].
//! - Shown, without effect: [`permissions`]; [`shown`]: all of it in a dump.

pub(crate) mod bad_port;
pub mod container;
pub mod cors;
pub mod cross_origin;
pub mod csp;
pub(crate) mod framing;
pub mod hosts;
pub mod integrity;
pub(crate) mod local_files;
pub(crate) mod mixed_content;
pub(crate) mod nosniff;
pub mod permissions;
pub mod referrer;
pub mod reports;
pub(crate) mod shown;
pub(crate) mod trustworthy;

use crate::error::{FetchError, FetchErrorKind};
use crate::log::EntryWriter;
use crate::request::Request;
use crate::response::{Response, ResponseHead, Tainting};
use integrity::Integrity;

/// Asks for what was to come in plain text encrypted, where the page that asks demands it.
/// <https://fetch.spec.whatwg.org/#main-fetch>, steps 4 to 6
pub(crate) fn upgrade(request: &mut Request, entry: &EntryWriter) {
    let before = request.url.clone();
    mixed_content::upgrade_as_asked(request);
    let why = if request.url == before {
        mixed_content::upgrade(request);
        "the page came over https:"
    } else {
        "the page's Content-Security-Policy has upgrade-insecure-requests"
    };
    if request.url != before {
        entry.remark(format!("it is asked for as {}, because {why}", request.url));
    }
}

/// Asks every policy that needs no answer from a server. `redirects` have led to the request's URL.
/// <https://fetch.spec.whatwg.org/#main-fetch>, step 7
///
/// # Errors
/// A policy forbids the request.
pub(crate) fn check_request(
    request: &Request,
    redirects: u32,
    entry: &EntryWriter,
) -> Result<(), FetchError> {
    bad_port::check(&request.url)?;
    local_files::check(request)?;
    check_csp(request, redirects, entry)?;
    mixed_content::check(request)
}

fn check_csp(request: &Request, redirects: u32, entry: &EntryWriter) -> Result<(), FetchError> {
    let Some(client) = &request.client else { return Ok(()) };
    let violations = client.policies.csp.check_request(request, redirects);
    let enforced = violations.iter().find(|violation| violation.is_enforced());
    let reason = enforced.map(|violation| format!("{violation}; {}", violation.hint()));
    for violation in violations.iter().filter(|violation| !violation.is_enforced()) {
        entry.remark(violation.to_string());
    }
    client.report(violations);
    match reason {
        Some(reason) => Err(FetchError::new(&request.url, FetchErrorKind::Blocked { reason })),
        None => Ok(()),
    }
}

/// Asks the policies about the head of an answer, also of one that redirects.
/// <https://fetch.spec.whatwg.org/#http-fetch>, step 5
///
/// # Errors
/// The answer is not for the page that asks.
pub(crate) fn check_answer(
    request: &Request,
    tainting: Tainting,
    head: &ResponseHead,
) -> Result<(), FetchErrorKind> {
    if tainting == Tainting::Cors {
        cors::check(request, &head.headers)?;
    }
    cross_origin::check_resource_policy(request, tainting, head)
}

/// Asks the policies about the head of an answer that does not redirect.
/// <https://fetch.spec.whatwg.org/#main-fetch>, steps 19 to 22
///
/// # Errors
/// It may not be used for what it was asked for.
pub(crate) fn check_response(
    request: &Request,
    tainting: Tainting,
    head: &ResponseHead,
) -> Result<(), FetchErrorKind> {
    nosniff::check(&head.headers, request.destination)?;
    framing::check(request, head)?;
    if tainting == Tainting::Opaque && Integrity::parse(&request.integrity).is_some() {
        // Whether the bytes are the expected ones would tell what they are.
        // <https://www.w3.org/TR/SRI/#is-response-eligible>
        let reason = "its integrity cannot be checked: it is of another origin, and the element would have to have the \
                      attribute crossorigin"
            .to_owned();
        return Err(FetchErrorKind::Blocked { reason });
    }
    Ok(())
}

/// Asks the policies about an answer that is there as a whole and did not come over redirects: whether it may be used, and
/// how much of it the page sees.
///
/// # Errors
/// It may not be used.
pub(crate) fn admit(request: &Request, mut response: Response) -> Result<Response, FetchError> {
    let admitted = cors::tainting(request, Tainting::Basic).and_then(|tainting| {
        response.head.tainting = tainting;
        check_answer(request, tainting, &response.head)?;
        check_response(request, tainting, &response.head)?;
        Integrity::parse(&request.integrity).map_or(Ok(()), |integrity| integrity.check(&response.body))
    });
    admitted.map(|()| response).map_err(|kind| FetchError::new(&request.url, kind))
}
