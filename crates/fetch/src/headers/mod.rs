//! Header lists, and what the Fetch standard reads out of them.
//! <https://fetch.spec.whatwg.org/#headers-class>

mod content_length;
mod content_type;
mod link;
mod list;
pub(crate) mod split;
pub(crate) mod token;

pub use content_length::{InvalidContentLength, content_length};
pub use content_type::{SuppliedType, extract_mime_type, supplied_type};
pub use link::{Link, links};
pub use list::HeaderList;
pub(crate) use token::is_token;

/// Whether `X-Content-Type-Options: nosniff` is set.
/// <https://fetch.spec.whatwg.org/#determine-nosniff>
pub fn is_nosniff(headers: &HeaderList) -> bool {
    headers
        .get_decode_and_split("x-content-type-options")
        .and_then(|values| values.into_iter().next())
        .is_some_and(|first| first.eq_ignore_ascii_case("nosniff"))
}
