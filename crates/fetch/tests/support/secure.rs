//! A server that speaks TLS and answers as a test says, for a name that only the test knows.
#![allow(dead_code, reason = "each test binary uses its own part")]
#![allow(clippy::unwrap_used, reason = "a test fails by panicking")]

use std::io::Write;
use std::net::{SocketAddr, TcpListener};
use std::sync::{Arc, Mutex};
use std::thread;

use rcgen::{CertificateParams, KeyPair};
use rustls::pki_types::PrivateKeyDer;
use rustls::{ServerConfig, ServerConnection, StreamOwned};

use super::{LONG, Seen, read_request};

/// What a server needs that speaks TLS with a key of its own and knows these protocols, and its certificate in DER.
pub fn server_config(parameters: CertificateParams, protocols: &[&str]) -> (ServerConfig, Vec<u8>) {
    let key = KeyPair::generate().unwrap();
    let certificate = parameters.self_signed(&key).unwrap();
    let provider = Arc::new(rustls::crypto::aws_lc_rs::default_provider());
    let mut config = ServerConfig::builder_with_provider(provider)
        .with_safe_default_protocol_versions()
        .unwrap()
        .with_no_client_auth()
        .with_single_cert(
            vec![certificate.der().clone()],
            PrivateKeyDer::try_from(key.serialize_der()).unwrap(),
        )
        .unwrap();
    config.alpn_protocols = protocols.iter().map(|name| name.as_bytes().to_vec()).collect();
    (config, certificate.der().to_vec())
}

pub struct SecureServer {
    pub address: SocketAddr,
    /// In DER.
    pub certificate: Vec<u8>,
    seen: Arc<Mutex<Vec<Seen>>>,
}

impl SecureServer {
    /// A server whose certificate is for `names`.
    pub fn start(names: &[&str], answer: impl Fn(&Seen) -> Vec<u8> + Send + Sync + 'static) -> SecureServer {
        let names: Vec<String> = names.iter().map(ToString::to_string).collect();
        let (config, certificate) = server_config(CertificateParams::new(names).unwrap(), &[]);
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let server =
            SecureServer { address: listener.local_addr().unwrap(), certificate, seen: Arc::default() };
        let (config, seen, answer) = (Arc::new(config), Arc::clone(&server.seen), Arc::new(answer));
        thread::spawn(move || {
            for stream in listener.incoming() {
                let Ok(stream) = stream else { return };
                let connection = ServerConnection::new(Arc::clone(&config)).unwrap();
                let (seen, answer) = (Arc::clone(&seen), Arc::clone(&answer));
                thread::spawn(move || {
                    stream.set_read_timeout(Some(LONG)).unwrap();
                    let mut stream = StreamOwned::new(connection, stream);
                    while let Some(request) = read_request(&mut stream) {
                        seen.lock().unwrap().push(request.clone());
                        if stream.write_all(&answer(&request)).is_err() {
                            return;
                        }
                    }
                });
            }
        });
        server
    }

    pub fn port(&self) -> u16 {
        self.address.port()
    }

    pub fn seen(&self) -> Vec<Seen> {
        self.seen.lock().unwrap().clone()
    }
}
