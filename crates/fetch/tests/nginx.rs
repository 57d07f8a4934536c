//! nginx on the loopback address: as origin, as a caching proxy before two origins, and with TLS and HTTP/2.
#![allow(clippy::unwrap_used, reason = "a test fails by panicking")]
#![allow(clippy::print_stdout, reason = "a test that is skipped says so")]

mod support;

use std::fs;
use std::net::{SocketAddr, TcpListener, TcpStream};
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::thread;
use std::time::{Duration, Instant};

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use fanlight_fetch::{Fetcher, NetworkFetcher, Protocol, Request, Response, Url};
use support::{LONG, get};

/// An nginx of a test's own, its files and its configuration in a folder that goes with it.
struct Nginx {
    process: Child,
    folder: tempfile::TempDir,
    addresses: Vec<SocketAddr>,
}

impl Nginx {
    /// Starts nginx with one `server` block for each of `servers`. In these `ADDRESSn` stands for the address of the nth
    /// and `FOLDER` for the folder. None, with a word, where nginx is not installed.
    fn start(servers: &[&str], prepare: impl FnOnce(&Path)) -> Option<Nginx> {
        let Some(program) = ["/usr/sbin/nginx", "/usr/local/sbin/nginx", "/usr/bin/nginx"]
            .into_iter()
            .find(|path| Path::new(path).exists())
        else {
            println!("skipped: nginx is not installed (apt-get install nginx)");
            return None;
        };
        let folder = tempfile::tempdir().unwrap();
        // nginx's workers may be another user than the one who runs the test.
        let mut permissions = fs::metadata(folder.path()).unwrap().permissions();
        std::os::unix::fs::PermissionsExt::set_mode(&mut permissions, 0o755);
        fs::set_permissions(folder.path(), permissions).unwrap();
        for name in ["www", "logs", "temp"] {
            fs::create_dir(folder.path().join(name)).unwrap();
        }
        prepare(folder.path());
        // Free a moment ago; who else would take them?
        let listeners: Vec<_> = servers.iter().map(|_| TcpListener::bind("127.0.0.1:0").unwrap()).collect();
        let addresses: Vec<_> = listeners.iter().map(|listener| listener.local_addr().unwrap()).collect();
        drop(listeners);
        let blocks: String = servers.iter().map(|server| format!("server {{ {server} }}\n")).collect();
        let mut configuration = format!(
            "daemon off; master_process off; worker_processes 1; pid FOLDER/nginx.pid; error_log FOLDER/logs/error.log;
            events {{ worker_connections 256; }}
            http {{
                access_log off;
                default_type application/octet-stream;
                types {{ text/html html; text/css css; text/plain txt; }}
                client_body_temp_path FOLDER/temp/body; proxy_temp_path FOLDER/temp/proxy;
                fastcgi_temp_path FOLDER/temp/f; uwsgi_temp_path FOLDER/temp/u; scgi_temp_path FOLDER/temp/s;
                proxy_cache_path FOLDER/temp/cache keys_zone=kept:1m;
                {blocks}
            }}"
        )
        .replace("FOLDER", folder.path().to_str().unwrap());
        for (index, address) in addresses.iter().enumerate() {
            configuration = configuration.replace(&format!("ADDRESS{index}"), &address.to_string());
        }
        let file = folder.path().join("nginx.conf");
        fs::write(&file, configuration).unwrap();
        let process = Command::new(program)
            .arg("-c")
            .arg(&file)
            .arg("-p")
            .arg(folder.path())
            .stderr(Stdio::null())
            .spawn()
            .unwrap();
        let nginx = Nginx { process, folder, addresses };
        let started = Instant::now();
        while !nginx.addresses.iter().all(|address| TcpStream::connect(address).is_ok()) {
            let log = || fs::read_to_string(nginx.folder.path().join("logs/error.log")).unwrap_or_default();
            assert!(started.elapsed() < LONG, "nginx does not start: {}", log());
            thread::sleep(Duration::from_millis(5));
        }
        Some(nginx)
    }

    fn url(&self, server: usize, path: &str) -> Url {
        Url::parse(&format!("http://{}{path}", self.addresses[server])).unwrap()
    }
}

impl Drop for Nginx {
    fn drop(&mut self) {
        let _ = self.process.kill();
        let _ = self.process.wait();
    }
}

const ORIGIN: &str = "listen ADDRESS0; root FOLDER/www; gzip on; gzip_min_length 1; gzip_types text/css;
    location /old { return 301 /page.html; }
    location /loop { return 302 /loop; }
    location = /gone { return 410; }";

fn files(folder: &Path) {
    fs::write(folder.join("www/page.html"), "<p>hello</p>").unwrap();
    fs::write(folder.join("www/sheet.css"), "a { color: green }\n".repeat(100)).unwrap();
}

/// <https://www.rfc-editor.org/rfc/rfc7468>
fn pem(label: &str, der: &[u8]) -> String {
    let text = STANDARD.encode(der);
    let lines: Vec<_> = text.as_bytes().chunks(64).map(|line| std::str::from_utf8(line).unwrap()).collect();
    format!("-----BEGIN {label}-----\n{}\n-----END {label}-----\n", lines.join("\n"))
}

fn with_field(url: Url, name: &str, value: &str) -> Request {
    let mut request = Request::navigation(url);
    request.headers.append(name, value);
    request
}

fn field(response: &Response, name: &str) -> Option<String> {
    response.head.headers.get(name)
}

#[test]
fn an_origin_serves_files_with_validators_gzip_ranges_and_redirects() {
    let Some(nginx) = Nginx::start(&[ORIGIN], files) else { return };
    let fetcher = NetworkFetcher::new();
    let page = get(&fetcher, nginx.url(0, "/page.html")).unwrap();
    assert_eq!((page.status(), &page.body[..]), (200, &b"<p>hello</p>"[..]));
    assert!(page.mime_type().is_html() && field(&page, "last-modified").is_some());

    let etag = field(&page, "etag").unwrap();
    let same = fetcher.fetch(with_field(nginx.url(0, "/page.html"), "If-None-Match", &etag), LONG).unwrap();
    assert_eq!((same.status(), same.body.len()), (304, 0));

    let part = fetcher.fetch(with_field(nginx.url(0, "/sheet.css"), "Range", "bytes=0-6"), LONG).unwrap();
    assert_eq!((part.status(), field(&part, "content-range").as_deref()), (206, Some("bytes 0-6/1900")));

    let sheet = get(&fetcher, nginx.url(0, "/sheet.css")).unwrap();
    assert_eq!(field(&sheet, "content-encoding").as_deref(), Some("gzip"));
    assert_eq!(sheet.body.len(), 1900);
    assert!(sheet.sizes.encoded < 300, "{:?}", sheet.sizes);

    let moved = get(&fetcher, nginx.url(0, "/old")).unwrap();
    assert_eq!((moved.url().path(), moved.head.url_list.len()), ("/page.html", 2));
    assert_eq!(get(&fetcher, nginx.url(0, "/gone")).unwrap().status(), 410);
    assert_eq!(get(&fetcher, nginx.url(0, "/loop")).unwrap_err().kind.name(), "too-many-redirects");
}

#[test]
fn a_caching_proxy_before_two_origins_says_what_it_did() {
    let proxy = "listen ADDRESS0; proxy_cache kept; proxy_cache_valid 200 1m;
        add_header X-Cache $upstream_cache_status; add_header Via '1.1 front';
        location /a/ { proxy_pass http://ADDRESS1/; }
        location /b/ { proxy_pass http://ADDRESS2/; }";
    let first = "listen ADDRESS1; location / { add_header Cache-Control max-age=60; return 200 'first'; }";
    let second = "listen ADDRESS2; location / { add_header Cache-Control max-age=60; return 200 'second'; }";
    let Some(nginx) = Nginx::start(&[proxy, first, second], |_| {}) else { return };
    let said = |path: &str| {
        // Each asks anew: the proxy's cache is looked at, not ours.
        let fetcher = NetworkFetcher::new();
        let response = get(&fetcher, nginx.url(0, path)).unwrap();
        let hop = fetcher.log().entries()[0].hops[0].response.clone().unwrap();
        assert_eq!(hop.headers.get("via").as_deref(), Some("1.1 front"));
        (String::from_utf8(response.body.to_vec()).unwrap(), hop.headers.get("x-cache").unwrap())
    };
    let expect = |body: &str, verdict: &str| (body.to_owned(), verdict.to_owned());
    assert_eq!(said("/a/x"), expect("first", "MISS"));
    assert_eq!(said("/a/x"), expect("first", "HIT"));
    assert_eq!(said("/b/x"), expect("second", "MISS"));
    assert_eq!(said("/b/x"), expect("second", "HIT"));
}

#[test]
fn many_requests_share_one_connection_over_tls_and_http_2() {
    let key = rcgen::KeyPair::generate().unwrap();
    let parameters = rcgen::CertificateParams::new(["localhost".to_owned()]).unwrap();
    let certificate = parameters.self_signed(&key).unwrap();
    // `http2` stands with `listen` in all versions that Debian has; newer ones prefer a line of its own.
    let server = "listen ADDRESS0 ssl http2; root FOLDER/www;
        ssl_protocols TLSv1.2 TLSv1.3; ssl_certificate FOLDER/certificate.pem; ssl_certificate_key FOLDER/key.pem;
        add_header X-Connection $connection; add_header X-Priority $http_priority;";
    let started = Nginx::start(&[server], |folder| {
        files(folder);
        fs::write(folder.join("certificate.pem"), pem("CERTIFICATE", certificate.der())).unwrap();
        fs::write(folder.join("key.pem"), pem("PRIVATE KEY", &key.serialize_der())).unwrap();
    });
    let Some(nginx) = started else { return };
    let fetcher = NetworkFetcher::builder().trust(certificate.der().to_vec()).build();
    let port = nginx.addresses[0].port();
    let url = |index: usize| Url::parse(&format!("https://localhost:{port}/page.html?{index}")).unwrap();
    // All at once, before anybody knows what the server speaks.
    let fetches: Vec<_> = (0..20).map(|index| fetcher.start(Request::navigation(url(index)))).collect();
    let responses: Vec<_> = fetches.iter().map(|fetch| fetch.wait(LONG).unwrap().unwrap()).collect();
    let connections: std::collections::BTreeSet<_> =
        responses.iter().map(|response| field(response, "x-connection")).collect();
    assert_eq!(connections.len(), 1, "{connections:?}");
    for response in &responses {
        assert_eq!((response.head.protocol, &response.body[..]), (Protocol::Http2, &b"<p>hello</p>"[..]));
        assert_eq!(field(response, "x-priority").as_deref(), Some("u=0, i"));
    }
    let entries = fetcher.log().entries();
    for entry in &entries {
        let tls = entry.hops[0].tls.as_ref().expect("every exchange knows how it was secured");
        assert_eq!((tls.version.as_str(), tls.alpn.as_deref()), ("TLS 1.3", Some("h2")));
        assert_eq!(tls.certificates[0].names, ["localhost"]);
    }
    let made = entries.iter().filter(|entry| !entry.hops[0].connection.unwrap().is_reused).count();
    assert_eq!(made, 1);
}
