//! `data:` URLs.
//! <https://fetch.spec.whatwg.org/#data-urls>

use bytes::Bytes;
use data_url::{DataUrl, DataUrlError};
use url::Url;

use super::local_response;
use crate::error::{FetchError, FetchErrorKind};
use crate::mime_type::MimeType;
use crate::response::{Protocol, Response};

/// Decodes a `data:` URL. Its MIME type is never sniffed: the URL's author knows.
pub(crate) fn answer(url: &Url) -> Result<Response, FetchError> {
    let invalid =
        |reason: &str| FetchError::new(url, FetchErrorKind::InvalidDataUrl { reason: reason.to_owned() });
    let data = DataUrl::process(url.as_str()).map_err(|error| match error {
        DataUrlError::NotADataUrl => invalid("it does not begin with data:"),
        DataUrlError::NoComma => invalid("there is no comma before the data"),
    })?;
    let (body, _fragment) = data.decode_to_vec().map_err(|_| invalid("the data is not valid base64"))?;
    let mime_type = MimeType::parse(&data.mime_type().to_string())
        .unwrap_or_else(|| MimeType::from_essence("text/plain"));
    Ok(local_response(url, Protocol::Data, mime_type, Bytes::from(body)))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn fetch(url: &str) -> Result<(String, Vec<u8>), String> {
        answer(&Url::parse(url).unwrap())
            .map(|response| (response.mime_type().to_string(), response.body.to_vec()))
            .map_err(|error| error.to_string())
    }

    #[test]
    fn text_and_base64_are_decoded() {
        assert_eq!(fetch("data:,a%20b#x"), Ok(("text/plain;charset=US-ASCII".to_owned(), b"a b".to_vec())));
        assert_eq!(fetch("data:image/png;base64,iVBORw"), Ok(("image/png".to_owned(), b"\x89PNG".to_vec())));
    }

    #[test]
    fn what_is_malformed_says_why() {
        assert!(fetch("data:text/html").unwrap_err().contains("no comma"));
        assert!(fetch("data:;base64,*").unwrap_err().contains("base64"));
    }
}
