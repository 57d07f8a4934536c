//! Tiny proxies on the loopback address that write down what they are asked for, and lead everything to one server.
#![allow(dead_code, reason = "each test binary uses its own part")]
#![allow(clippy::unwrap_used, reason = "a test fails by panicking")]

use std::io::{Read, Write};
use std::net::{SocketAddr, TcpListener, TcpStream};
use std::sync::{Arc, Mutex};
use std::thread;

use super::{LONG, ok, read_request, response};

/// `user:secret`, as a proxy with a password wants it.
pub const BASIC: &str = "Basic dXNlcjpzZWNyZXQ=";

pub struct Proxy {
    pub address: SocketAddr,
    /// What was asked for: `CONNECT name:443 HTTP/1.1`, or for SOCKS the host as it was named, and the port.
    asked: Arc<Mutex<Vec<String>>>,
}

impl Proxy {
    fn start(
        serve: impl Fn(&mut TcpStream, &Mutex<Vec<String>>) -> Option<()> + Send + Sync + 'static,
    ) -> Proxy {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let proxy = Proxy { address: listener.local_addr().unwrap(), asked: Arc::default() };
        let (asked, serve) = (Arc::clone(&proxy.asked), Arc::new(serve));
        thread::spawn(move || {
            for stream in listener.incoming() {
                let Ok(mut stream) = stream else { return };
                let (asked, serve) = (Arc::clone(&asked), Arc::clone(&serve));
                thread::spawn(move || {
                    stream.set_read_timeout(Some(LONG)).unwrap();
                    serve(&mut stream, &asked)
                });
            }
        });
        proxy
    }

    /// An HTTP proxy. Tunnels lead to `server`; what is not encrypted it answers itself, `/away` by a redirect to
    /// `redirect`. With `password` it wants `user:secret`.
    pub fn http(server: Option<SocketAddr>, password: bool, redirect: &'static str) -> Proxy {
        Proxy::start(move |stream, asked| {
            loop {
                let request = read_request(stream)?;
                asked.lock().unwrap().push(request.line.clone());
                if password && request.field("proxy-authorization") != Some(BASIC) {
                    let fields = [("Proxy-Authenticate", "Basic realm=\"proxy\"")];
                    stream.write_all(&response("407 Who Are You", &fields, b"who?")).ok()?;
                    return None;
                }
                if request.method() == "CONNECT" {
                    let onwards = TcpStream::connect(server?).ok()?;
                    stream.write_all(b"HTTP/1.1 200 Connected\r\n\r\n").ok()?;
                    return pipe(stream, onwards);
                }
                let answer = if request.path().ends_with("/away") {
                    response("302 Away", &[("Location", redirect)], b"")
                } else {
                    ok(b"from the proxy")
                };
                stream.write_all(&answer).ok()?;
            }
        })
    }

    /// A SOCKS5 proxy that leads to `server`. With `password` it wants `user` and `secret`.
    /// <https://www.rfc-editor.org/rfc/rfc1928>, <https://www.rfc-editor.org/rfc/rfc1929>
    pub fn socks(server: SocketAddr, password: bool) -> Proxy {
        Proxy::start(move |stream, asked| {
            let count = usize::from(bytes::<2>(stream)?[1]);
            let mut methods = vec![0; count];
            stream.read_exact(&mut methods).ok()?;
            let method = if password { 2 } else { 0 };
            if !methods.contains(&method) {
                stream.write_all(&[5, 0xff]).ok()?;
                return None;
            }
            stream.write_all(&[5, method]).ok()?;
            if password {
                bytes::<1>(stream)?;
                let (user, secret) = (text(stream)?, text(stream)?);
                let is_right = user == "user" && secret == "secret";
                stream.write_all(&[1, u8::from(!is_right)]).ok()?;
                if !is_right {
                    return None;
                }
            }
            let host = match bytes::<4>(stream)?[3] {
                1 => std::net::Ipv4Addr::from(bytes::<4>(stream)?).to_string(),
                3 => text(stream)?,
                _ => std::net::Ipv6Addr::from(bytes::<16>(stream)?).to_string(),
            };
            let port = u16::from_be_bytes(bytes::<2>(stream)?);
            asked.lock().unwrap().push(format!("{host}:{port}"));
            let onwards = TcpStream::connect(server).ok()?;
            stream.write_all(&[5, 0, 0, 1, 127, 0, 0, 1, 0, 1]).ok()?;
            pipe(stream, onwards)
        })
    }

    pub fn asked(&self) -> Vec<String> {
        self.asked.lock().unwrap().clone()
    }
}

fn bytes<const N: usize>(stream: &mut TcpStream) -> Option<[u8; N]> {
    let mut bytes = [0; N];
    stream.read_exact(&mut bytes).ok()?;
    Some(bytes)
}

fn text(stream: &mut TcpStream) -> Option<String> {
    let mut text = vec![0; usize::from(bytes::<1>(stream)?[0])];
    stream.read_exact(&mut text).ok()?;
    String::from_utf8(text).ok()
}

fn pipe(client: &mut TcpStream, server: TcpStream) -> Option<()> {
    let (mut from_client, mut to_server) = (client.try_clone().ok()?, server.try_clone().ok()?);
    thread::spawn(move || {
        let _ = std::io::copy(&mut from_client, &mut to_server);
        let _ = to_server.shutdown(std::net::Shutdown::Write);
    });
    let mut server = server;
    std::io::copy(&mut server, client).ok()?;
    client.shutdown(std::net::Shutdown::Both).ok()
}
