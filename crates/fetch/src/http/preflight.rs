//! Preflights on the wire: a question is sent where its answer is not known, and the answer kept.
//! <https://fetch.spec.whatwg.org/#cors-preflight-fetch-0>

use std::time::Instant;

use std::sync::Arc;

use url::Url;

use super::{Shared, network_fetch, request_headers};
use crate::error::FetchErrorKind;
use crate::headers::HeaderList;
use crate::log::{CacheVerdict, EntryWriter};
use crate::policy;
use crate::policy::cors::preflight::Question;
use crate::request::Request;
use crate::response::{ResponseHead, Tainting};

/// Asks the server whether a request may be sent, where it has to be asked. `own_fields` are the header fields that the
/// caller gave, without those that were added since.
pub(super) async fn ask(
    shared: &Arc<Shared>,
    request: &Request,
    tainting: Tainting,
    own_fields: &HeaderList,
    url_list: &[Url],
    entry: &EntryWriter,
) -> Result<(), FetchErrorKind> {
    let Some(question) = Question::of(request, tainting, own_fields) else { return Ok(()) };
    if shared.preflights.permits(request, &question, Instant::now()) {
        return Ok(());
    }
    let preflight = question.request(request);
    let headers = request_headers::complete(&preflight, url_list, &shared.profile);
    entry.begin_hop(&preflight.url, &preflight.method, &headers);
    entry
        .cache_verdict(CacheVerdict::Network { why: "a preflight is asked of the server itself".to_owned() });
    let answer = network_fetch(shared, &preflight, url_list, &headers, entry).await?;
    let permissions = question.judge(request, &answer.head);
    answer.discard_body(entry).await;
    shared.preflights.keep(request, &permissions?, Instant::now());
    Ok(())
}

/// Asks the policies about an answer; where it is not for the page, neither were the preflight's permissions.
/// <https://fetch.spec.whatwg.org/#http-fetch>, step 5
pub(super) fn check_answer(
    shared: &Shared,
    request: &Request,
    tainting: Tainting,
    head: &ResponseHead,
) -> Result<(), FetchErrorKind> {
    policy::check_answer(request, tainting, head).inspect_err(|_| shared.preflights.clear(request))
}
