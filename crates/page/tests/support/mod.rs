//! A network that tests hold by the reins.
#![allow(clippy::unwrap_used, dead_code, reason = "a test may panic, and each uses its part")]

use std::collections::BTreeMap;
use std::sync::Arc;
use std::time::Duration;

use fanlight_base::Silent;
use fanlight_base::geometry::CssSize;
use fanlight_fetch::{Fetch, Fetcher, HeaderList, MemoryFetcher, Mode, NetworkLog, Request, Responder, Url};
use fanlight_page::{Environment, Page, PageOptions, Source};
use fanlight_text::{FontContext, FontSource};
use parking_lot::Mutex;

const IMAGE: &str = "<svg xmlns='http://www.w3.org/2000/svg' width='20' height='10'/>";
const FONT: &[u8] = include_bytes!("../../../../assets/fonts/liberation/LiberationMono-Regular.ttf");
pub const PAGE: &str = "http://a/";

/// Answers from a table and writes down what it is asked; some answers wait until the test lets them go.
pub struct Scripted {
    pub table: MemoryFetcher,
    pub asked: Arc<Mutex<Vec<String>>>,
    pub held: Mutex<BTreeMap<String, Option<(Request, Responder)>>>,
    /// When the first of these is asked for, the second is let go.
    pub releases: Option<(&'static str, &'static str)>,
}

impl Scripted {
    /// A page and what it refers to: `.css` files are empty sheets, `.ttf` fonts, `.js` scripts, all others images.
    pub fn new(html: &str, link: &str, paths: &[&str], held: &[&str]) -> Scripted {
        let mut table = MemoryFetcher::new();
        let mut headers: HeaderList = [("content-type", "text/html; charset=utf-8")].into_iter().collect();
        if !link.is_empty() {
            headers.append("Link", link);
        }
        table = table.with_response(PAGE, 200, headers, html.to_owned());
        for path in paths {
            let url = format!("{PAGE}{path}");
            table = match path.rsplit_once('.').map(|(_, extension)| extension) {
                Some("css") => table.with(&url, "text/css", "b{}"),
                Some("js") => table.with(&url, "text/javascript", "1"),
                Some("ttf") => table.with(&url, "font/ttf", FONT),
                _ => table.with(&url, "image/svg+xml", IMAGE),
            };
        }
        let held = held.iter().map(|path| (format!("{PAGE}{path}"), None)).collect();
        Scripted { table, asked: Arc::default(), held: Mutex::new(held), releases: None }
    }

    pub fn release(&self, path: &str) {
        let held = self.held.lock().remove(&format!("{PAGE}{path}"));
        let Some(Some((request, responder))) = held else { panic!("{path} is not held") };
        let response = self.table.fetch(request, Duration::ZERO).unwrap();
        responder.head(response.head);
        responder.chunk(response.body);
        responder.end(response.timing, response.sizes);
    }

    /// What was asked for since this was asked last.
    pub fn take_asked(&self) -> Vec<String> {
        std::mem::take(&mut *self.asked.lock())
    }
}

pub fn short(url: &Url) -> String {
    url.as_str().strip_prefix(PAGE).unwrap_or(url.as_str()).to_owned()
}

impl Fetcher for Scripted {
    fn start(&self, request: Request) -> Fetch {
        let path = short(&request.url);
        if !path.is_empty() {
            let cors = if request.mode == Mode::Cors { " cors" } else { "" };
            let line = format!("{} {path}{cors}", request.priority.name());
            self.asked.lock().push(line);
        }
        if let Some((asked, released)) = self.releases
            && asked == path
        {
            self.release(released);
        }
        if let Some(place) = self.held.lock().get_mut(request.url.as_str()) {
            let (fetch, responder) = Fetch::pair(request.url.as_str());
            let asked = Arc::clone(&self.asked);
            responder
                .on_priority(move |priority| asked.lock().push(format!("{path} is {}", priority.name())));
            *place = Some((request, responder));
            return fetch;
        }
        self.table.start(request)
    }

    fn prefetch_dns(&self, url: &Url) {
        self.asked.lock().push(format!("look up {url}"));
    }

    fn preconnect(&self, url: &Url) {
        self.asked.lock().push(format!("connect to {url}"));
    }

    fn log(&self) -> &NetworkLog {
        self.table.log()
    }
}

pub fn options() -> PageOptions {
    PageOptions {
        viewport: CssSize::new(200.0, 100.0),
        timeout: Duration::from_secs(10),
        ..PageOptions::default()
    }
}

pub fn environment(fetcher: &Arc<Scripted>) -> Environment {
    let fetcher: Arc<dyn Fetcher> = Arc::<Scripted>::clone(fetcher);
    Environment::with(fetcher, Arc::new(FontContext::new(FontSource::Pinned)))
}

pub fn load(fetcher: &Arc<Scripted>, options: PageOptions) -> Page {
    Page::load(&environment(fetcher), Source::Url(Url::parse(PAGE).unwrap()), options, &Silent).unwrap()
}

pub fn start(fetcher: &Arc<Scripted>, options: PageOptions) -> Page {
    Page::start(&environment(fetcher), Source::Url(Url::parse(PAGE).unwrap()), options)
}

/// What a page asks for until it is loaded, and what was wrong with it.
pub fn asked_by(html: &str, link: &str, paths: &[&str], options: PageOptions) -> (Vec<String>, Vec<String>) {
    let fetcher = Arc::new(Scripted::new(html, link, paths, &[]));
    let page = load(&fetcher, options);
    let diagnostics = page.diagnostics().iter().map(ToString::to_string).collect();
    (fetcher.take_asked(), diagnostics)
}
