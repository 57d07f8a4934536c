//! The form of a HAR file, as far as a replay needs it, and as leniently as the browsers' tools ask for: fields that they
//! leave out or fill with null count as empty.
//! <http://www.softwareishard.com/blog/har-12-spec/>

use serde::{Deserialize, Deserializer};
use serde_json::Value;

#[derive(Deserialize)]
pub(super) struct Har {
    pub(super) log: HarLog,
}

#[derive(Deserialize)]
pub(super) struct HarLog {
    pub(super) entries: Vec<HarEntry>,
}

#[derive(Deserialize)]
pub(super) struct HarEntry {
    pub(super) request: HarRequest,
    #[serde(default, deserialize_with = "null_is_default")]
    pub(super) response: HarResponse,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct HarRequest {
    pub(super) method: String,
    pub(super) url: String,
    #[serde(default)]
    pub(super) post_data: Option<HarPostData>,
}

#[derive(Deserialize)]
pub(super) struct HarPostData {
    #[serde(default)]
    pub(super) text: Option<String>,
    /// `base64` where the body is no text.
    #[serde(default, rename = "_encoding")]
    pub(super) encoding: Option<String>,
}

#[derive(Default, Deserialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct HarResponse {
    /// A number; text in some tools, and 0 or nothing where no answer came.
    #[serde(default)]
    pub(super) status: Value,
    #[serde(default, deserialize_with = "null_is_default")]
    pub(super) status_text: String,
    #[serde(default, deserialize_with = "null_is_default")]
    pub(super) http_version: String,
    #[serde(default, deserialize_with = "null_is_default")]
    pub(super) headers: Vec<HarField>,
    #[serde(default, deserialize_with = "null_is_default")]
    pub(super) content: HarContent,
    #[serde(default, rename = "redirectURL", deserialize_with = "null_is_default")]
    pub(super) redirect_url: String,
    #[serde(default)]
    pub(super) body_size: Value,
    /// Why no answer came, or not all of it.
    #[serde(default, rename = "_error")]
    pub(super) error: Option<String>,
}

#[derive(Deserialize)]
pub(super) struct HarField {
    pub(super) name: String,
    #[serde(default, deserialize_with = "null_is_default")]
    pub(super) value: String,
}

#[derive(Default, Deserialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct HarContent {
    #[serde(default)]
    pub(super) size: Value,
    #[serde(default, deserialize_with = "null_is_default")]
    pub(super) mime_type: String,
    #[serde(default)]
    pub(super) text: Option<String>,
    #[serde(default)]
    pub(super) encoding: Option<String>,
}

/// A number, be it written as one or as text.
pub(super) fn number(value: &Value) -> Option<u64> {
    match value {
        Value::Number(number) => number.as_u64().or_else(|| number.as_f64().map(|number| number as u64)),
        Value::String(text) => text.trim().parse().ok(),
        _ => None,
    }
}

fn null_is_default<'de, D: Deserializer<'de>, T: Default + Deserialize<'de>>(
    deserializer: D,
) -> Result<T, D::Error> {
    Ok(Option::deserialize(deserializer)?.unwrap_or_default())
}
