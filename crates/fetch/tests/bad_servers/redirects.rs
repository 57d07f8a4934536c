//! To where none may lead.

use std::io::Write;
use std::time::{Duration, Instant};

use fanlight_fetch::FetchErrorKind;

use super::support::script::{Scripted, Step, send};
use super::support::{After, Server, get, ok, redirect};
use super::{error, impatient, patient};

#[test]
fn redirects_lead_in_circles() {
    let server = Server::start(|_, stream| {
        let _ = stream.write_all(&redirect(302, "/again"));
        After::KeepOpen
    });
    let error = error(server.url("/"));
    assert!(matches!(error.kind, FetchErrorKind::TooManyRedirects { limit: 20, .. }), "{error}");
    assert!(error.to_string().contains("/again"), "{error}");
    assert_eq!(server.seen().len(), 21);
}

#[test]
fn two_servers_send_to_each_other() {
    let first = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
    let back = format!("http://{}/", first.local_addr().unwrap());
    let there = Server::start(move |_, stream| {
        let _ = stream.write_all(&redirect(307, &back));
        After::Close
    });
    let target = there.url("/there").to_string();
    std::thread::spawn(move || {
        for stream in first.incoming().take(11) {
            let mut stream = stream.unwrap();
            let _ = std::io::Read::read(&mut stream, &mut [0; 4096]);
            let _ = stream.write_all(&redirect(307, &target));
        }
    });
    assert!(matches!(error(there.url("/")).kind, FetchErrorKind::TooManyRedirects { limit: 20, .. }));
}

#[test]
fn twenty_redirects_are_followed() {
    let server = Server::start(|seen, stream| {
        let index: u32 = seen.path().trim_start_matches('/').parse().unwrap();
        let _ = stream.write_all(&if index == 20 {
            ok(b"there")
        } else {
            redirect(302, &format!("/{}", index + 1))
        });
        After::KeepOpen
    });
    let response = get(&patient(), server.url("/0")).unwrap();
    assert_eq!((response.body, response.head.url_list.len()), ("there".into(), 21));
}

#[test]
fn a_redirect_leads_to_a_file() {
    for location in ["file:///etc/passwd", "data:text/html,x", "about:start", "javascript:x", "http://["] {
        let error = error(Scripted::answering(redirect(302, location)).url());
        assert_eq!(error.kind.name(), "redirect-blocked", "{error}");
        assert!(error.to_string().contains(location), "{error}");
    }
}

#[test]
fn a_redirect_leads_to_a_port_of_another_protocol() {
    assert_eq!(
        error(Scripted::answering(redirect(302, "http://127.0.0.1:22/")).url()).kind.name(),
        "blocked"
    );
}

#[test]
fn a_redirect_leads_nowhere() {
    let server = Scripted::answering("HTTP/1.1 302 Found\r\nContent-Length: 4\r\n\r\nmove");
    assert_eq!(get(&patient(), server.url()).unwrap().body, "move", "without a location it is the answer");
}

#[test]
fn the_body_of_a_redirect_is_not_waited_for() {
    let target = Scripted::answering(ok(b"there"));
    let head = format!("HTTP/1.1 302 Found\r\nLocation: {}\r\nContent-Length: 9999\r\n\r\nmo", target.url());
    for end in [Step::Stall, Step::Trickle(b"x".to_vec()), Step::Flood(vec![b'x'; 1 << 14]), Step::Reset] {
        let server = Scripted::start([Step::ReadRequest, send(head.clone()), end]);
        let started = Instant::now();
        assert_eq!(get(&impatient(), server.url()).unwrap().body, "there");
        assert!(started.elapsed() < Duration::from_secs(5));
    }
}

#[test]
fn a_redirect_leads_to_an_address_that_is_too_long_to_be_sent() {
    let server = Server::start(|seen, stream| {
        let _ = stream.write_all(&match seen.path() {
            "/" => redirect(302, &format!("/{}", "x".repeat(100_000))),
            path => ok(path.len().to_string().as_bytes()),
        });
        After::KeepOpen
    });
    let error = error(server.url("/"));
    assert!(error.to_string().contains("a server can be sent 65534 at most"), "{error}");
    assert_eq!(error.kind.name(), "invalid-url");
    let long = format!("/{}", "x".repeat(60_000));
    assert_eq!(get(&patient(), server.url(&long)).unwrap().body, "60001");
}
