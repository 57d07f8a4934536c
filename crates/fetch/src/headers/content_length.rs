//! How long a body says it is.

use super::HeaderList;

/// `Content-Length` has several different values, or one that is no number.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct InvalidContentLength;

/// The value of `Content-Length`; none where it is missing or no number.
/// <https://fetch.spec.whatwg.org/#concept-header-extract-a-length>
pub fn content_length(headers: &HeaderList) -> Result<Option<u64>, InvalidContentLength> {
    let Some(values) = headers.get_decode_and_split("content-length") else { return Ok(None) };
    let mut candidate: Option<&str> = None;
    for value in &values {
        match candidate {
            None => candidate = Some(value),
            Some(first) if first != value => return Err(InvalidContentLength),
            Some(_) => {}
        }
    }
    let digits =
        candidate.filter(|value| !value.is_empty() && value.bytes().all(|byte| byte.is_ascii_digit()));
    Ok(digits.and_then(|digits| digits.parse().ok()))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(values: &[&str]) -> Result<Option<u64>, InvalidContentLength> {
        content_length(&values.iter().map(|value| ("Content-Length", *value)).collect())
    }

    #[test]
    fn equal_values_agree_and_others_contradict() {
        assert_eq!(of(&["42", "42,42"]), Ok(Some(42)));
        assert_eq!(of(&["42,30"]), Err(InvalidContentLength));
        assert_eq!(of(&["+42"]), Ok(None));
        assert_eq!(of(&[]), Ok(None));
    }
}
