//! A log as a page might have left it, the same each time, with hostile text in it: for tests of what is made of logs.

use std::time::{Instant, SystemTime};

use url::Url;

use super::LogSnapshot;
use super::connection::{
    CertificateDetails, ConnectionUse, DnsAnswer, DnsRecord, DnsSource, TlsDetails, TriedAddress,
    TriedOutcome,
};
use super::entry::{CacheStore, CacheVerdict, EntryId, Hop, HopResponse, LogEntry, Outcome, PriorityChange};
use super::page::{Moments, PageEntry, PageId};
use crate::error::{FetchError, FetchErrorKind};
use crate::headers::HeaderList;
use crate::request::{Destination, Initiator, InitiatorKind, Priority, Request};
use crate::response::{Protocol, Sizes, Timing};

const PAGE: &str = "https://example.test/";
const SHEET: &str = "https://example.test/style.css";

/// The log of a page with a redirect, sheets that block, a font, images, a failure and something blocked.
pub(crate) fn sample() -> LogSnapshot {
    let mut log = Log::default();
    log.document();
    log.sheets();
    log.images();
    log.others();
    let moments = Moments { first_paint: Some(281.0), dom_content_loaded: Some(203.0), load: Some(353.0) };
    let title = Some("</title><script>alert(\"title\")</script>".to_owned());
    let url = url("https://example.test/old?campaign=spring#top");
    let page = PageEntry { id: PageId(0), url, started: 0.0, title, moments };
    LogSnapshot {
        started_at: SystemTime::UNIX_EPOCH,
        pages: vec![page],
        entries: log.entries,
        scripts: Vec::new(),
    }
}

#[derive(Default)]
struct Log {
    entries: Vec<LogEntry>,
}

fn url(text: &str) -> Url {
    Url::parse(text).unwrap()
}

fn network(why: &str) -> CacheVerdict {
    CacheVerdict::Network { why: why.to_owned() }
}

fn parser(line: u32) -> Initiator {
    Initiator::new(InitiatorKind::Parser, url(PAGE)).at_line(line)
}

fn timing(queued: f64, waiting: f64, download: f64) -> Timing {
    let total = queued + waiting + download;
    Timing { queued, waiting, download, total, ..Timing::default() }
}

fn connecting(timing: Timing, dns: f64, connect: f64, tls: f64) -> Timing {
    let total = timing.total + dns + connect + tls;
    Timing { dns: Some(dns), connect: Some(connect), tls: Some(tls), total, ..timing }
}

impl Log {
    /// Adds a request that has one exchange, which was answered.
    fn add(
        &mut self,
        address: &str,
        destination: Destination,
        initiator: Initiator,
        started: f64,
        timing: Timing,
        fields: &[(&str, &str)],
    ) -> &mut LogEntry {
        let address = url(address);
        let cache = network("it was not in the cache; it is stored");
        let sent = HeaderList::from_iter([("accept", "*/*"), ("user-agent", "Fanlight")]);
        let mut hop = Hop::begun(&address, "GET", 0.0, &sent, &cache);
        let headers: HeaderList = fields.iter().copied().collect();
        let mime_type = headers.get("content-type");
        hop.connection = Some(ConnectionUse { id: 1, is_reused: true });
        hop.response = Some(HopResponse {
            status: 200,
            status_text: String::new(),
            protocol: Protocol::Http2,
            headers,
            remote_address: Some("192.0.2.7:443".parse().unwrap()),
        });
        let sizes = Sizes { encoded: 1200, decoded: 3100 };
        (hop.timing, hop.sizes) = (timing, sizes);
        let id = EntryId(self.entries.len() as u64);
        let request = Request::subresource(address, destination, initiator);
        let now = Instant::now();
        let entry = LogEntry::begun(&request, id, Some(0), now, now);
        let outcome = Outcome::Done { timing, sizes };
        self.entries.push(LogEntry { started, hops: vec![hop], mime_type, cache, outcome, ..entry });
        self.entries.last_mut().unwrap()
    }

    fn document(&mut self) {
        let fields = [
            ("content-type", "text/html;charset=utf-8"),
            ("content-encoding", "br"),
            ("cache-control", "no-cache"),
            ("server-timing", "db;dur=31.5;desc=\"Queries\", render;dur=12, cache;desc=miss"),
            ("alt-svc", "h3=\":443\"; ma=86400"),
            ("x-hostile", "\"><img src=x onerror=alert('header')>&amp;"),
        ];
        let navigation = Initiator::navigation();
        let answered = timing(0.1, 59.9, 20.0);
        let entry = self.add(
            "https://example.test/old?campaign=spring#top",
            Destination::Document,
            navigation,
            0.0,
            answered,
            &fields,
        );
        let mut moved = entry.hops[0].clone();
        moved.timing = connecting(timing(0.5, 25.0, 1.5), 12.0, 10.0, 18.0);
        moved.sizes = Sizes::default();
        moved.connection = Some(ConnectionUse { id: 1, is_reused: false });
        if let Some(response) = &mut moved.response {
            response.status = 301;
            response.headers = [("location", "/")].into_iter().collect();
        }
        moved.dns = Some(DnsAnswer {
            is_cached: false,
            source: DnsSource::Dns,
            records: vec![
                record("example.test", "CNAME", "edge.cdn.test"),
                record("edge.cdn.test", "A", "192.0.2.7"),
            ],
        });
        moved.tried_addresses = vec![
            tried(
                "[2001:db8::7]:443",
                12.0,
                TriedOutcome::Failed { reason: "network is unreachable".to_owned() },
            ),
            tried("192.0.2.7:443", 12.5, TriedOutcome::Connected),
        ];
        moved.tls = Some(TlsDetails {
            version: "TLS 1.3".to_owned(),
            cipher: "TLS_AES_128_GCM_SHA256".to_owned(),
            key_exchange: Some("X25519MLKEM768".to_owned()),
            alpn: Some("h2".to_owned()),
            is_resumed: false,
            certificates: vec![CertificateDetails {
                subject: "CN=example.test".to_owned(),
                issuer: "CN=Test Authority".to_owned(),
                names: vec!["example.test".to_owned(), "*.example.test".to_owned()],
                not_before: "2026-01-01T00:00:00Z".to_owned(),
                not_after: "2026-12-31T23:59:59Z".to_owned(),
                serial_number: "01:02".to_owned(),
                fingerprint: "AB:CD".to_owned(),
            }],
        });
        let total = 67.0 + answered.total;
        entry.hops[0].url = url(PAGE);
        entry.hops[0].started = 67.0;
        entry.hops[0].sizes = Sizes { encoded: 5_400, decoded: 21_000 };
        let sizes = entry.hops[0].sizes;
        entry.hops.insert(0, moved);
        entry.outcome = Outcome::Done { timing: Timing { total, ..answered }, sizes };
    }

    fn sheets(&mut self) {
        let plain = [("content-type", "text/css")];
        let sheet = self.add(SHEET, Destination::Style, parser(4), 140.0, timing(0.2, 30.8, 45.0), &plain);
        sheet.is_render_blocking = true;
        sheet.hops[0].sizes = Sizes { encoded: 48_000, decoded: 48_000 };
        let fields = [
            ("content-type", "text/css"),
            ("content-encoding", "br"),
            ("cache-control", "public, max-age=3600"),
            ("age", "1830"),
            ("via", "1.1 varnish, 2 edge.cdn.test"),
            ("x-cache", "MISS, HIT"),
            ("cache-status", "origin-shield; fwd=stale; fwd-status=304; stored, edge; hit; ttl=1770"),
        ];
        let import = Initiator::new(InitiatorKind::CssImport, url(SHEET));
        let times = connecting(timing(0.0, 22.0, 6.0), 8.0, 9.0, 15.0);
        let theme = self.add("https://cdn.test/theme.css", Destination::Style, import, 216.0, times, &fields);
        theme.is_render_blocking = true;
        theme.hops[0].connection = Some(ConnectionUse { id: 2, is_reused: false });
    }

    fn images(&mut self) {
        let long = format!("https://example.test/photo.jpg?signature={}", "0123456789abcdef".repeat(40));
        let fields = [("content-type", "image/jpeg"), ("cache-control", "max-age=31536000, immutable")];
        let photo = self.add(&long, Destination::Image, parser(9), 141.0, timing(40.0, 50.0, 120.0), &fields);
        photo.priority_changes.push(PriorityChange { at: 30.0, priority: Priority::High });
        photo.hops[0].sizes = Sizes { encoded: 351_000, decoded: 351_000 };
        let fields = [("content-type", "image/svg+xml"), ("cache-control", "max-age=600"), ("age", "0")];
        let logo = self.add(
            "https://example.test/logo.svg",
            Destination::Image,
            parser(7),
            141.5,
            timing(0.0, 0.0, 0.8),
            &fields,
        );
        logo.cache = CacheVerdict::Hit {
            store: CacheStore::Disk,
            why: "it is 41 s old and fresh for 600 s (max-age)".to_owned(),
        };
        logo.hops[0].cache = logo.cache.clone();
        logo.hops[0].connection = None;
    }

    fn others(&mut self) {
        let face = Initiator::new(InitiatorKind::FontFace, url(PAGE));
        let fields = [("content-type", "font/woff2"), ("cache-control", "max-age=31536000")];
        self.add(
            "https://example.test/font.woff2",
            Destination::Font,
            face,
            290.0,
            timing(0.1, 19.9, 30.0),
            &fields,
        );
        let blocked = self.add(
            "https://tracker.test/blocked<script>alert(1)</script>.png",
            Destination::Image,
            parser(11),
            142.0,
            Timing::default(),
            &[],
        );
        blocked.hops.clear();
        blocked.mime_type = None;
        let reason = "the page's Content-Security-Policy has img-src 'self'".to_owned();
        blocked.outcome = Outcome::Failed(FetchError::new(&blocked.url, FetchErrorKind::Blocked { reason }));
        let fields = [("content-type", "text/html"), ("content-encoding", "br")];
        let broken = self.add(
            "https://example.test/broken.png",
            Destination::Image,
            parser(12),
            143.0,
            timing(2.0, 21.0, 1.0),
            &fields,
        );
        if let Some(response) = &mut broken.hops[0].response {
            (response.status, response.status_text) = (404, "Not Found".to_owned());
        }
        let fields = [("content-type", "image/png")];
        let inline = self.add(
            "data:image/png;base64,iVBORw0KGgo=",
            Destination::Image,
            parser(13),
            143.2,
            Timing::default(),
            &fields,
        );
        inline.cache = CacheVerdict::Local;
        inline.hops[0].cache = CacheVerdict::Local;
        inline.hops[0].connection = None;
        if let Some(response) = &mut inline.hops[0].response {
            (response.protocol, response.remote_address) = (Protocol::Data, None);
        }
    }
}

fn record(name: &str, kind: &str, value: &str) -> DnsRecord {
    DnsRecord { name: name.to_owned(), kind: kind.to_owned(), value: value.to_owned(), ttl: Some(300) }
}

fn tried(address: &str, started: f64, outcome: TriedOutcome) -> TriedAddress {
    TriedAddress { address: address.parse().unwrap(), started, duration: 9.5, outcome }
}
