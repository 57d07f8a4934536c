//! Before there is a connection.

use std::net::{SocketAddr, TcpListener, TcpStream};
use std::time::Duration;

use fanlight_fetch::{FetchErrorKind, Phase, Url};

use super::support::script::{Scripted, Step, send};
use super::{error, late_error};

fn http(address: SocketAddr) -> Url {
    Url::parse(&format!("http://{address}/")).unwrap()
}

#[test]
fn nobody_listens() {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let address = listener.local_addr().unwrap();
    drop(listener);
    let error = error(http(address));
    assert_eq!(error.kind, FetchErrorKind::ConnectionRefused { host: address.to_string() });
    assert!(error.to_string().contains("check the port"), "{error}");
}

#[test]
fn the_host_has_no_address() {
    let error = error(Url::parse("http://no-such-host.invalid/").unwrap());
    assert!(
        matches!(&error.kind, FetchErrorKind::HostNotFound { host, .. } if host == "no-such-host.invalid"),
        "{error}"
    );
    assert!(error.to_string().contains("check the spelling"), "{error}");
}

#[test]
fn the_port_belongs_to_another_protocol() {
    assert_eq!(error(Url::parse("http://127.0.0.1:25/").unwrap()).kind.name(), "blocked");
}

#[test]
fn the_connection_is_never_taken() {
    // A queue of connections that is full takes no more.
    let listener = socket2::Socket::new(socket2::Domain::IPV4, socket2::Type::STREAM, None).unwrap();
    listener.bind(&"127.0.0.1:0".parse::<SocketAddr>().unwrap().into()).unwrap();
    listener.listen(0).unwrap();
    let address = listener.local_addr().unwrap().as_socket().unwrap();
    let patience = Duration::from_millis(50);
    let _queued: Vec<_> =
        (0..16).map_while(|_| TcpStream::connect_timeout(&address, patience).ok()).collect();
    let error = late_error(http(address));
    assert!(matches!(error.kind, FetchErrorKind::Timeout { phase: Phase::Connecting, .. }), "{error}");
    assert!(error.to_string().contains("connecting took longer than 0.3 seconds"), "{error}");
}

#[test]
fn https_is_asked_of_a_server_without_tls() {
    let server = Scripted::start([Step::ReadSome, send("HTTP/1.1 400 Bad Request\r\n\r\n")]);
    let error = error(server.https_url());
    assert_eq!(error.kind.name(), "tls", "{error}");
    assert!(error.to_string().contains("try http:"), "{error}");
}

#[test]
fn the_server_hangs_up_during_the_handshake() {
    for steps in [vec![Step::ReadSome], vec![Step::ReadSome, Step::Reset], vec![Step::Reset]] {
        let error = error(Scripted::start(steps).https_url());
        // Whether a reset at once belongs to the handshake or comes before it is a matter of luck.
        assert!(["tls", "connection-failed"].contains(&error.kind.name()), "{error}");
        assert!(error.to_string().contains("connection"), "{error}");
    }
}

#[test]
fn the_handshake_stalls() {
    // The first five bytes announce 122 more.
    let half = send(*b"\x16\x03\x03\x00\x7a\x02\x00");
    for steps in
        [vec![Step::Stall], vec![Step::ReadSome, Step::Stall], vec![Step::ReadSome, half, Step::Stall]]
    {
        let error = late_error(Scripted::start(steps).https_url());
        assert!(matches!(error.kind, FetchErrorKind::Timeout { phase: Phase::Handshaking, .. }), "{error}");
        assert!(error.to_string().contains("the TLS handshake took longer"), "{error}");
    }
}

#[test]
fn the_handshake_is_rubbish() {
    for bytes in [
        vec![0; 512],
        vec![0xff; 512],
        b"\x16\x03\x03\x00\x04\x02\x00\x00\x00".to_vec(),
        b"\x15\x03\x03\x00\x02\x02\x28".to_vec(),
    ] {
        let error = error(Scripted::start([Step::ReadSome, send(bytes)]).https_url());
        assert_eq!(error.kind.name(), "tls", "{error}");
    }
}
