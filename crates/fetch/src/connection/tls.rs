//! TLS: whose certificates are trusted, and what was agreed on.

use std::sync::{Arc, OnceLock};

use rustls::client::Resumption;
use rustls::client::danger::{HandshakeSignatureValid, ServerCertVerified, ServerCertVerifier};
use rustls::crypto::{CryptoProvider, aws_lc_rs};
use rustls::pki_types::{CertificateDer, ServerName, UnixTime};
use rustls::{
    ClientConfig, ClientConnection, DigitallySignedStruct, Error, HandshakeKind, ProtocolVersion,
    SignatureScheme,
};
use rustls_platform_verifier::Verifier;

use super::certificate;
use crate::log::TlsDetails;

/// Servers whose sessions are kept to be resumed.
const SESSIONS: usize = 256;

/// What a finished handshake agreed on.
pub(super) fn details(connection: &ClientConnection) -> TlsDetails {
    let version = match connection.protocol_version() {
        Some(ProtocolVersion::TLSv1_3) => "TLS 1.3".to_owned(),
        Some(ProtocolVersion::TLSv1_2) => "TLS 1.2".to_owned(),
        other => format!("{other:?}"),
    };
    let cipher_suite =
        connection.negotiated_cipher_suite().and_then(|suite| suite.suite().as_str()).unwrap_or("unknown");
    TlsDetails {
        version,
        cipher: cipher_suite.to_owned(),
        key_exchange: connection.negotiated_key_exchange_group().map(|group| format!("{:?}", group.name())),
        alpn: connection.alpn_protocol().map(|name| String::from_utf8_lossy(name).into_owned()),
        is_resumed: connection.handshake_kind() == Some(HandshakeKind::Resumed),
        certificates: connection
            .peer_certificates()
            .unwrap_or_default()
            .iter()
            .filter_map(|certificate| certificate::details(certificate))
            .collect(),
    }
}

/// Certificates are verified as the operating system does; `trusted` are certificates of further authorities, in DER.
pub(super) fn client_config(trusted: &[Vec<u8>]) -> ClientConfig {
    let provider = Arc::new(aws_lc_rs::default_provider());
    let trusted = trusted.iter().map(|certificate| CertificateDer::from(certificate.clone())).collect();
    let verifier = LazyVerifier { provider: Arc::clone(&provider), trusted, verifier: OnceLock::new() };
    let mut config = ClientConfig::builder_with_provider(provider)
        .with_safe_default_protocol_versions()
        .expect("the provider supports the default versions of TLS")
        .dangerous()
        .with_custom_certificate_verifier(Arc::new(verifier))
        .with_no_client_auth();
    config.alpn_protocols = vec![b"h2".to_vec(), b"http/1.1".to_vec()];
    config.resumption = Resumption::in_memory_sessions(SESSIONS);
    config
}

/// The platform's verifier, created with the first certificate that needs it: reading the system's certificates takes
/// ms, and a machine that has none can still use `http:`.
#[derive(Debug)]
struct LazyVerifier {
    provider: Arc<CryptoProvider>,
    trusted: Vec<CertificateDer<'static>>,
    verifier: OnceLock<Result<Verifier, Error>>,
}

impl LazyVerifier {
    fn get(&self) -> Result<&Verifier, Error> {
        let created = self.verifier.get_or_init(|| {
            Verifier::new_with_extra_roots(self.trusted.iter().cloned(), Arc::clone(&self.provider))
        });
        created.as_ref().map_err(Clone::clone)
    }
}

impl ServerCertVerifier for LazyVerifier {
    fn verify_server_cert(
        &self,
        end_entity: &CertificateDer<'_>,
        intermediates: &[CertificateDer<'_>],
        server_name: &ServerName<'_>,
        ocsp_response: &[u8],
        now: UnixTime,
    ) -> Result<ServerCertVerified, Error> {
        self.get()?.verify_server_cert(end_entity, intermediates, server_name, ocsp_response, now)
    }

    fn verify_tls12_signature(
        &self,
        message: &[u8],
        certificate: &CertificateDer<'_>,
        signature: &DigitallySignedStruct,
    ) -> Result<HandshakeSignatureValid, Error> {
        self.get()?.verify_tls12_signature(message, certificate, signature)
    }

    fn verify_tls13_signature(
        &self,
        message: &[u8],
        certificate: &CertificateDer<'_>,
        signature: &DigitallySignedStruct,
    ) -> Result<HandshakeSignatureValid, Error> {
        self.get()?.verify_tls13_signature(message, certificate, signature)
    }

    fn supported_verify_schemes(&self) -> Vec<SignatureScheme> {
        self.provider.signature_verification_algorithms.supported_schemes()
    }
}
