//! A small name server on the loopback address: it answers from a table, over UDP.

#![allow(dead_code, reason = "each test binary uses its own part")]
#![allow(clippy::unwrap_used, reason = "a test fails by panicking")]

use std::collections::BTreeMap;
use std::net::{IpAddr, SocketAddr, UdpSocket};
use std::sync::{Arc, Mutex};
use std::thread;
use std::time::Duration;

const A: u16 = 1;
const CNAME: u16 = 5;
const SOA: u16 = 6;
const AAAA: u16 = 28;

/// What the server knows of a name.
#[derive(Clone, Debug)]
pub enum Known {
    /// Addresses, each with this time to live in seconds.
    Addresses(Vec<IpAddr>, u32),
    /// Another name, with this time to live in seconds.
    Alias(&'static str, u32),
    /// Nothing is answered for the IPv6 addresses, the others are these.
    OnlyIpv4Answers(Vec<IpAddr>, u32),
}

pub struct NameServer {
    pub address: SocketAddr,
    /// The questions so far: name and type.
    asked: Arc<Mutex<Vec<(String, u16)>>>,
}

impl NameServer {
    /// A server that knows these names, and of all others that they do not exist, for `negative_ttl` seconds.
    pub fn start(names: &[(&str, Known)], negative_ttl: u32) -> NameServer {
        let socket = UdpSocket::bind("127.0.0.1:0").unwrap();
        let server = NameServer { address: socket.local_addr().unwrap(), asked: Arc::default() };
        let table: BTreeMap<String, Known> =
            names.iter().map(|(name, known)| ((*name).to_owned(), known.clone())).collect();
        let asked = Arc::clone(&server.asked);
        thread::spawn(move || {
            // Longer than any test: the thread ends with the process.
            socket.set_read_timeout(Some(Duration::from_secs(60))).unwrap();
            let mut buffer = [0; 1500];
            while let Ok((length, client)) = socket.recv_from(&mut buffer) {
                let Some((name, kind)) = question(&buffer[..length]) else { continue };
                asked.lock().unwrap().push((name.clone(), kind));
                if let Some(answer) = answer(&buffer[..length], &table, &name, kind, negative_ttl) {
                    let _ = socket.send_to(&answer, client);
                }
            }
        });
        server
    }

    /// A server that never answers.
    pub fn silent() -> (SocketAddr, UdpSocket) {
        let socket = UdpSocket::bind("127.0.0.1:0").unwrap();
        (socket.local_addr().unwrap(), socket)
    }

    /// How often the IPv4 addresses of a name were asked for.
    pub fn times_asked(&self, name: &str) -> usize {
        self.asked.lock().unwrap().iter().filter(|(other, kind)| other == name && *kind == A).count()
    }
}

/// Name and type of the one question of a message.
fn question(message: &[u8]) -> Option<(String, u16)> {
    let mut at = 12;
    let mut labels = Vec::new();
    loop {
        let length = usize::from(*message.get(at)?);
        if length == 0 {
            break;
        }
        labels.push(String::from_utf8_lossy(message.get(at + 1..at + 1 + length)?).to_ascii_lowercase());
        at += 1 + length;
    }
    let kind = u16::from_be_bytes([*message.get(at + 1)?, *message.get(at + 2)?]);
    Some((labels.join("."), kind))
}

fn answer(
    question: &[u8],
    table: &BTreeMap<String, Known>,
    name: &str,
    kind: u16,
    negative_ttl: u32,
) -> Option<Vec<u8>> {
    let mut records = Vec::new();
    let mut owner = name.to_owned();
    let mut exists = false;
    while let Some(known) = table.get(&owner) {
        exists = true;
        match known {
            Known::Alias(target, ttl) => {
                records.push(record(&owner, CNAME, *ttl, &encoded(target)));
                (*target).clone_into(&mut owner);
            }
            Known::OnlyIpv4Answers(_, _) if kind == AAAA => return None,
            Known::Addresses(addresses, ttl) | Known::OnlyIpv4Answers(addresses, ttl) => {
                records.extend(addresses.iter().filter_map(|address| match (address, kind) {
                    (IpAddr::V4(address), A) => Some(record(&owner, A, *ttl, &address.octets())),
                    (IpAddr::V6(address), AAAA) => Some(record(&owner, AAAA, *ttl, &address.octets())),
                    _ => None,
                }));
                break;
            }
        }
    }
    let end = 12 + encoded(name).len() + 4;
    let has_records = !records.is_empty();
    let mut message = question.get(..end)?.to_vec();
    // A response, recursion asked for and available; NXDOMAIN where there is no such name.
    (message[2], message[3]) = (0x81, if exists { 0x80 } else { 0x83 });
    message[4..12].copy_from_slice(&[0, 1, 0, records.len() as u8, 0, u8::from(!has_records), 0, 0]);
    records.into_iter().for_each(|record| message.extend(record));
    if !has_records {
        let mut data = [encoded("ns.test"), encoded("root.test")].concat();
        for number in [1, 3600, 600, 86_400, negative_ttl] {
            data.extend(number.to_be_bytes());
        }
        message.extend(record("test", SOA, negative_ttl, &data));
    }
    Some(message)
}

fn record(owner: &str, kind: u16, ttl: u32, data: &[u8]) -> Vec<u8> {
    let mut bytes = encoded(owner);
    bytes.extend(kind.to_be_bytes());
    bytes.extend(1_u16.to_be_bytes());
    bytes.extend(ttl.to_be_bytes());
    bytes.extend((data.len() as u16).to_be_bytes());
    bytes.extend(data);
    bytes
}

fn encoded(name: &str) -> Vec<u8> {
    let mut bytes = Vec::new();
    for label in name.split('.') {
        bytes.push(label.len() as u8);
        bytes.extend(label.as_bytes());
    }
    bytes.push(0);
    bytes
}
