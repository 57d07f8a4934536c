//! What a certificate says.
//! <https://www.rfc-editor.org/rfc/rfc5280>

use sha2::{Digest, Sha256};
use x509_parser::extensions::GeneralName;
use x509_parser::prelude::{ASN1Time, FromDer, X509Certificate};

use crate::log::CertificateDetails;

/// What a certificate in DER says of itself; none where it is malformed. That it is true is the verifier's business.
pub(super) fn details(der: &[u8]) -> Option<CertificateDetails> {
    let (_, certificate) = X509Certificate::from_der(der).ok()?;
    let validity = certificate.validity();
    let names = certificate.subject_alternative_name().ok().flatten();
    Some(CertificateDetails {
        subject: certificate.subject().to_string(),
        issuer: certificate.issuer().to_string(),
        names: names
            .map(|names| names.value.general_names.iter().filter_map(name).collect())
            .unwrap_or_default(),
        not_before: date_time(validity.not_before),
        not_after: date_time(validity.not_after),
        serial_number: certificate.raw_serial_as_string(),
        fingerprint: hexadecimal(&Sha256::digest(der)),
    })
}

/// As ISO 8601 in UTC.
fn date_time(time: ASN1Time) -> String {
    let time = time.to_datetime();
    let (date, clock) = (time.date(), time.time());
    format!(
        "{:04}-{:02}-{:02}T{:02}:{:02}:{:02}Z",
        date.year(),
        u8::from(date.month()),
        date.day(),
        clock.hour(),
        clock.minute(),
        clock.second()
    )
}

fn name(name: &GeneralName<'_>) -> Option<String> {
    match name {
        GeneralName::DNSName(name) => Some((*name).to_owned()),
        GeneralName::IPAddress(bytes) => match bytes.len() {
            4 => <[u8; 4]>::try_from(*bytes).ok().map(|octets| std::net::Ipv4Addr::from(octets).to_string()),
            16 => {
                <[u8; 16]>::try_from(*bytes).ok().map(|octets| std::net::Ipv6Addr::from(octets).to_string())
            }
            _ => None,
        },
        _ => None,
    }
}

fn hexadecimal(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02X}")).collect::<Vec<_>>().join(":")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_certificate_says_whom_it_is_for_and_until_when() {
        let mut parameters =
            rcgen::CertificateParams::new(["a.test".to_owned(), "127.0.0.1".to_owned()]).unwrap();
        parameters.distinguished_name.push(rcgen::DnType::CommonName, "a test");
        parameters.not_before = rcgen::date_time_ymd(2000, 1, 1);
        parameters.not_after = rcgen::date_time_ymd(2001, 1, 1);
        let key = rcgen::KeyPair::generate().unwrap();
        let der = parameters.self_signed(&key).unwrap().der().to_vec();
        let certificate = details(&der).unwrap();
        assert_eq!(certificate.subject, "CN=a test");
        assert_eq!(certificate.issuer, "CN=a test");
        assert_eq!(certificate.names, ["a.test", "127.0.0.1"]);
        assert_eq!(certificate.not_before, "2000-01-01T00:00:00Z");
        assert_eq!(certificate.not_after, "2001-01-01T00:00:00Z");
        assert_eq!(certificate.fingerprint.len(), 32 * 3 - 1);
        assert_eq!(details(&der[..der.len() / 2]), None);
    }
}
