//! Whether a connection that was made for one origin may be used for another.
//! <https://www.rfc-editor.org/rfc/rfc9113#section-9.1.1>

use rustls::client::verify_server_name;
use rustls::pki_types::{CertificateDer, ServerName};
use rustls::server::ParsedCertificate;
use url::Url;

use super::record::Connection;

impl Connection {
    /// Whether the connection may be used for a URL, provided that its host has the address at the other end: it was made to
    /// the same port, directly, and its certificate, which was verified then, is for that host too.
    pub(super) fn may_serve(&self, url: &Url) -> bool {
        let leads_there = self.proxy.is_none()
            && url.scheme() == "https"
            && self.remote_address.map(|address| address.port()) == url.port_or_known_default();
        leads_there && self.certificate.as_ref().is_some_and(|certificate| covers(certificate, url))
    }
}

/// Whether a certificate is for the host of a URL.
fn covers(certificate: &CertificateDer<'_>, url: &Url) -> bool {
    let Ok(certificate) = ParsedCertificate::try_from(certificate) else { return false };
    let host = url.host_str().unwrap_or_default().trim_end_matches('.');
    ServerName::try_from(host).is_ok_and(|name| verify_server_name(&certificate, &name).is_ok())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn connection(names: &[&str], port: u16) -> Connection {
        let names: Vec<String> = names.iter().map(ToString::to_string).collect();
        let key = rcgen::KeyPair::generate().unwrap();
        let certificate = rcgen::CertificateParams::new(names).unwrap().self_signed(&key).unwrap();
        let mut connection = Connection::begun(1, "https://a.test".to_owned());
        connection.certificate = Some(certificate.der().clone());
        connection.remote_address = Some(([127, 0, 0, 1], port).into());
        connection
    }

    #[test]
    fn only_what_the_certificate_names_at_the_same_port_directly() {
        let may = |connection: &Connection, url: &str| connection.may_serve(&Url::parse(url).unwrap());
        let direct = connection(&["a.test", "*.b.test"], 443);
        assert!(may(&direct, "https://a.test/") && may(&direct, "https://x.b.test:443/"));
        for other in [
            "https://b.test/",
            "https://x.y.b.test/",
            "https://a.test:8443/",
            "http://a.test/",
            "https://[::1]/",
        ] {
            assert!(!may(&direct, other), "{other}");
        }
        let through_proxy = Connection { proxy: Some("http://p/".to_owned()), ..direct };
        assert!(!may(&through_proxy, "https://a.test/"));
    }
}
