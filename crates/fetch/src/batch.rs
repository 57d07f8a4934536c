//! One job of `fetch --batch`: a line of JSON in, a line of JSON out.
//!
//! What answers is the network layer of `fetch()`: the caller is trusted, responses are never opaque, and cache modes and
//! redirect modes mean what the Fetch standard says.

use std::time::Duration;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use bytes::Bytes;
use serde::Deserialize;
use serde_json::{Value, json};
use url::Url;

use crate::fetcher::Fetcher;
use crate::headers::HeaderList;
use crate::request::{
    CacheMode, Credentials, Destination, Initiator, InitiatorKind, Mode, Priority, RedirectMode, Request,
};
use crate::response::Response;

/// A request as a line of JSON describes it.
#[derive(Clone, Debug)]
pub struct Job {
    /// What the answer is marked with, as it was given.
    pub id: Value,
    /// The request.
    pub request: Request,
}

/// A line that is no job.
#[derive(Clone, Debug, thiserror::Error)]
#[error("{reason}")]
pub struct InvalidJob {
    /// The line's id where it has one, else null.
    pub id: Value,
    /// What is wrong.
    pub reason: String,
}

#[derive(Deserialize)]
struct JobFields {
    url: String,
    #[serde(default)]
    method: Option<String>,
    #[serde(default)]
    headers: Vec<(String, String)>,
    #[serde(default)]
    body: Option<String>,
    #[serde(default)]
    cache: Option<String>,
    #[serde(default)]
    redirect: Option<String>,
}

impl Job {
    /// Reads a job: `{"id":1,"method":"GET","url":"…","headers":[["k","v"]],"body":null,"cache":"default",
    /// "redirect":"follow"}`, of which `id` and `url` must be there.
    ///
    /// # Errors
    /// The line is not JSON, or a field is missing or has a value that means nothing.
    pub fn parse(line: &str) -> Result<Job, InvalidJob> {
        let value: Value = serde_json::from_str(line).map_err(|error| InvalidJob {
            id: Value::Null,
            reason: format!("the line is not JSON: {error}"),
        })?;
        let id = value.get("id").cloned().unwrap_or(Value::Null);
        match request(value) {
            Ok(request) => Ok(Job { id, request }),
            Err(reason) => Err(InvalidJob { id, reason }),
        }
    }
}

fn request(value: Value) -> Result<Request, String> {
    let fields: JobFields =
        serde_json::from_value(value).map_err(|error| format!("the line is not a job: {error}"))?;
    let url = Url::parse(&fields.url).map_err(|error| format!("'{}' is not a URL: {error}", fields.url))?;
    let mut request = Request::navigation(url);
    request.method = fields.method.unwrap_or_else(|| "GET".to_owned());
    request.headers = fields.headers.into_iter().collect::<HeaderList>();
    request.body = fields.body.map(Bytes::from);
    request.cache = named(fields.cache.as_deref(), &CacheMode::ALL, CacheMode::name, "cache mode")?;
    request.redirect =
        named(fields.redirect.as_deref(), &RedirectMode::ALL, RedirectMode::name, "redirect mode")?;
    request.mode = Mode::Cors;
    request.credentials = Credentials::Include;
    request.destination = Destination::Empty;
    request.priority = Priority::for_destination(Destination::Empty);
    request.initiator = Initiator { kind: InitiatorKind::Other, source: None, line: None };
    Ok(request)
}

/// The value of a name; the default where none is given.
fn named<T: Copy + Default>(
    name: Option<&str>,
    all: &[T],
    name_of: impl Fn(T) -> &'static str,
    what: &str,
) -> Result<T, String> {
    let Some(name) = name else { return Ok(T::default()) };
    all.iter().copied().find(|value| name_of(*value) == name).ok_or_else(|| {
        let known = all.iter().map(|value| name_of(*value)).collect::<Vec<_>>().join(", ");
        format!("there is no {what} '{name}'; there are {known}")
    })
}

/// Does what a line says and answers with a line, without the line break:
/// `{"id":1,"ok":true,"status":200,"headers":[["k","v"]],"body_base64":"…","from_cache":false}`, or
/// `{"id":1,"ok":false,"error":"…"}`. Waits at most for `timeout`.
pub fn answer(line: &str, fetcher: &dyn Fetcher, timeout: Duration) -> String {
    let (id, outcome) = match Job::parse(line) {
        Ok(job) => (job.id, fetcher.fetch(job.request, timeout).map_err(|error| error.to_string())),
        Err(invalid) => (invalid.id, Err(invalid.reason)),
    };
    match outcome {
        Ok(response) => success(id, &response),
        Err(error) => json!({ "id": id, "ok": false, "error": error }),
    }
    .to_string()
}

fn success(id: Value, response: &Response) -> Value {
    let head = &response.head;
    let headers: Value = head.headers.iter().map(|(name, value)| Value::from(vec![name, value])).collect();
    json!({
        "id": id,
        "ok": true,
        "url": head.url.as_str(),
        "status": head.status,
        "headers": headers,
        "body_base64": STANDARD.encode(&response.body),
        "from_cache": head.from_cache,
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::memory::MemoryFetcher;

    fn ask(line: &str) -> Value {
        let fetcher = MemoryFetcher::new().with("http://a/", "text/plain", "hi");
        serde_json::from_str(&answer(line, &fetcher, Duration::from_secs(5))).unwrap()
    }

    #[test]
    fn a_job_is_answered_in_the_documented_form() {
        let answer = ask(r#"{"id":7,"url":"http://a/"}"#);
        assert_eq!(answer["id"], 7);
        assert_eq!(answer["ok"], true);
        assert_eq!(answer["status"], 200);
        assert_eq!(answer["body_base64"], "aGk=");
        assert_eq!(answer["headers"], json!([["content-type", "text/plain"]]));
        assert_eq!(answer["from_cache"], false);
    }

    #[test]
    fn what_is_wrong_is_said_under_the_jobs_id() {
        for (line, id, part) in [
            ("{", Value::Null, "not JSON"),
            (r#"{"id":"x"}"#, json!("x"), "url"),
            (r#"{"id":1,"url":"nowhere"}"#, json!(1), "'nowhere' is not a URL"),
            (r#"{"id":1,"url":"http://a/","cache":"never"}"#, json!(1), "only-if-cached"),
            (r#"{"id":1,"url":"http://b/"}"#, json!(1), "no response"),
        ] {
            let answer = ask(line);
            assert_eq!((&answer["id"], &answer["ok"]), (&id, &json!(false)), "{line}");
            assert!(answer["error"].as_str().unwrap().contains(part), "{answer}");
        }
    }

    #[test]
    fn every_field_reaches_the_request() {
        let line = r#"{"id":1,"method":"POST","url":"http://a/","headers":[["X","1"],["x","2"]],"body":"b",
            "cache":"force-cache","redirect":"manual"}"#;
        let request = Job::parse(line).unwrap().request;
        assert_eq!(request.method, "POST");
        assert_eq!(request.headers.get("x").as_deref(), Some("1, 2"));
        assert_eq!(request.body.as_deref(), Some(&b"b"[..]));
        assert_eq!((request.cache, request.redirect), (CacheMode::ForceCache, RedirectMode::Manual));
    }
}
