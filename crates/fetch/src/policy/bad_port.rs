//! Ports of other protocols, whose servers a page could otherwise be made to talk to.
//! <https://fetch.spec.whatwg.org/#port-blocking>

use url::Url;

use crate::error::{FetchError, FetchErrorKind};

/// In ascending order.
const BAD_PORTS: [u16; 83] = [
    0, 1, 7, 9, 11, 13, 15, 17, 19, 20, 21, 22, 23, 25, 37, 42, 43, 53, 69, 77, 79, 87, 95, 101, 102, 103,
    104, 109, 110, 111, 113, 115, 117, 119, 123, 135, 137, 139, 143, 161, 179, 389, 427, 465, 512, 513, 514,
    515, 526, 530, 531, 532, 540, 548, 554, 556, 563, 587, 601, 636, 989, 990, 993, 995, 1719, 1720, 1723,
    2049, 3659, 4045, 4190, 5060, 5061, 6000, 6566, 6665, 6666, 6667, 6668, 6669, 6679, 6697, 10080,
];

/// # Errors
/// The URL's port belongs to another protocol.
pub(crate) fn check(url: &Url) -> Result<(), FetchError> {
    match url.port() {
        Some(port) if matches!(url.scheme(), "http" | "https") && BAD_PORTS.binary_search(&port).is_ok() => {
            let reason =
                format!("port {port} belongs to another protocol, and browsers do not connect to it");
            Err(FetchError::new(url, FetchErrorKind::Blocked { reason }))
        }
        _ => Ok(()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_table_is_in_order() {
        assert!(BAD_PORTS.is_sorted());
    }

    #[test]
    fn mail_is_blocked_and_the_web_is_not() {
        let allowed = |url: &str| check(&Url::parse(url).unwrap()).is_ok();
        assert!(!allowed("http://a:25/"));
        assert!(!allowed("https://a:6667/"));
        assert!(allowed("http://a:8080/") && allowed("http://a/") && allowed("https://a:443/"));
    }
}
