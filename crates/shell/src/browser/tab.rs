//! What is shown: a page, the one that is being loaded to follow it, and where the user has been.

use std::sync::Arc;
use std::time::Instant;

use fanlight_base::geometry::{CssSize, CssVector};
use fanlight_base::observer::{StageEvent, StageTable};
use fanlight_base::{Observer, Stage};
use fanlight_page::fetch::{CacheMode, ReferrerPolicy};
use fanlight_page::{
    Environment, LoadError, Page, PageOptions, PageWaker, Progress, ScrollBars, Source, error_page,
};

use super::history::{DocumentNumber, History, Placement};

/// A page with its history.
pub struct Tab<'a> {
    environment: Environment,
    /// How pages are loaded, but for viewport and scale.
    page_options: PageOptions,
    observer: &'a dyn Observer,
    waker: PageWaker,
    history: History,
    shown: Option<Shown<'a>>,
    /// What will be shown once it has something to show; the page before stays until then.
    next: Option<Next<'a>>,
    loads: u64,
    viewport: CssSize,
    scale: f32,
    zoom: f32,
}

/// The page that is shown.
struct Shown<'a> {
    page: Page,
    document: DocumentNumber,
    times: Arc<Times<'a>>,
}

/// What the stages of one page cost. It tells the window's observer too.
pub struct Times<'a> {
    table: StageTable,
    outer: &'a dyn Observer,
}

impl Times<'_> {
    /// What each stage has cost.
    pub fn table(&self) -> &StageTable {
        &self.table
    }
}

impl Observer for Times<'_> {
    fn stage_started(&self, stage: Stage, at: Instant) {
        self.table.stage_started(stage, at);
        self.outer.stage_started(stage, at);
    }

    fn stage_ended(&self, event: &StageEvent<'_>) {
        self.table.stage_ended(event);
        self.outer.stage_ended(event);
    }
}

/// A page on its way.
struct Next<'a> {
    page: Page,
    times: Arc<Times<'a>>,
    address: String,
    /// Whether the page stands for one that could not be loaded, and has no address of its own.
    stands_in: bool,
    placement: Placement,
    /// Where the user left it, when he comes back.
    scroll: Option<CssVector>,
}

/// Who wants to go somewhere.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Asker {
    /// The user, who may go anywhere with all cookies.
    User,
    /// The user, who wants to know whether what is shown has changed.
    Reload,
    /// The user, who goes where he has been.
    History,
    /// The page that is shown, by a link or a form that may say how much of its address is told.
    Page(Option<ReferrerPolicy>),
}

impl Asker {
    /// How the HTTP cache is used for the document, as in Chromium.
    const fn document_cache(self) -> CacheMode {
        match self {
            Asker::User | Asker::Page(_) => CacheMode::Default,
            Asker::Reload => CacheMode::NoCache,
            Asker::History => CacheMode::ForceCache,
        }
    }
}

/// The zoom levels, as browsers have them.
const ZOOM_LEVELS: [f32; 12] = [0.25, 0.5, 0.67, 0.8, 0.9, 1.0, 1.1, 1.25, 1.5, 2.0, 3.0, 5.0];

impl<'a> Tab<'a> {
    /// An empty tab.
    pub fn new(
        environment: Environment,
        page_options: PageOptions,
        observer: &'a dyn Observer,
        waker: PageWaker,
    ) -> Self {
        Tab {
            environment,
            page_options,
            observer,
            waker,
            history: History::default(),
            shown: None,
            next: None,
            loads: 0,
            viewport: CssSize::new(800.0, 600.0),
            scale: 1.0,
            zoom: 1.0,
        }
    }

    /// The page that is shown.
    pub fn page(&mut self) -> Option<&mut Page> {
        self.shown.as_mut().map(|shown| &mut shown.page)
    }

    /// The number of the load that is shown.
    pub fn document(&self) -> Option<DocumentNumber> {
        self.shown.as_ref().map(|shown| shown.document)
    }

    /// What the stages of the page that is shown have cost; the observer of all that is done with it.
    pub fn times(&self) -> Arc<Times<'a>> {
        self.shown.as_ref().map_or_else(|| self.no_times(), |shown| Arc::clone(&shown.times))
    }

    fn no_times(&self) -> Arc<Times<'a>> {
        Arc::new(Times { table: StageTable::default(), outer: self.observer })
    }

    /// Where the user has been.
    pub fn history(&self) -> &History {
        &self.history
    }

    /// How many px of the window are one of the page's.
    pub fn zoom(&self) -> f32 {
        self.zoom
    }

    /// How much has been loaded, 0 to 1, while loading.
    pub fn progress(&self) -> Option<f32> {
        match (&self.next, &self.shown) {
            (Some(next), _) => Some(next.page.load_progress()),
            (None, Some(shown)) if shown.page.is_loading() => Some(shown.page.load_progress()),
            _ => None,
        }
    }

    /// The address to show: where the user is going, else where he is.
    pub fn address(&self) -> &str {
        match &self.next {
            Some(next) => &next.address,
            None => self.history.present().map_or("", |entry| &entry.address),
        }
    }

    /// Goes to what the user typed.
    pub fn go_to_input(&mut self, input: &str) {
        match Source::from_user_input(input) {
            Ok(Source::Url(url)) => self.go_to(url.as_str()),
            Ok(source) => self.start(input, source, Placement::New, None, true, Asker::User),
            Err(error) => self.show_error(input, &error, Placement::New),
        }
    }

    /// Goes to a URL: within the page where only the fragment is another, else to a page of its own.
    pub fn go_to(&mut self, address: &str) {
        self.go(address, Asker::User);
    }

    /// The same for a link or a form of the page that is shown.
    pub fn follow(&mut self, address: &str, referrer_policy: Option<ReferrerPolicy>) {
        self.go(address, Asker::Page(referrer_policy));
    }

    fn go(&mut self, address: &str, asker: Asker) {
        self.remember_scroll();
        let present = self.history.present().map_or("", |entry| &entry.address);
        if let Some((document, fragment)) = address.split_once('#')
            && without_fragment(present) == document
            && self.next.is_none()
            && let Some(shown) = &mut self.shown
        {
            shown.page.go_to_fragment(fragment, &*shown.times);
            return self.moved(address);
        }
        // The present place again is no new one.
        let again = present == address;
        let placement = if again { Placement::At(self.history.present_index()) } else { Placement::New };
        self.load(address, placement, None, asker);
    }

    /// The page has gone to a place within itself, which is remembered. [`Tab::remember_scroll`] came before.
    pub fn moved(&mut self, address: &str) {
        let Some(shown) = &self.shown else { return };
        if self.history.present().is_none_or(|entry| entry.address != address) {
            self.history.arrive(Placement::New, address, shown.document);
        }
    }

    /// Loads the present place again.
    pub fn reload(&mut self) {
        self.remember_scroll();
        if let Some(entry) = self.history.present().cloned() {
            self.load(
                &entry.address,
                Placement::At(self.history.present_index()),
                Some(entry.scroll),
                Asker::Reload,
            );
        }
    }

    /// Goes to the place before.
    pub fn back(&mut self) {
        if let Some(index) = self.going_to().checked_sub(1) {
            self.travel(index);
        }
    }

    /// Goes to the place after.
    pub fn forward(&mut self) {
        self.travel(self.going_to() + 1);
    }

    /// The place in the history that the user is going to, or is at.
    fn going_to(&self) -> usize {
        match self.next.as_ref().map(|next| next.placement) {
            Some(Placement::At(index)) => index,
            Some(Placement::New) | None => self.history.present_index(),
        }
    }

    fn travel(&mut self, index: usize) {
        self.remember_scroll();
        let Some(entry) = self.history.entry(index).cloned() else { return };
        match &mut self.shown {
            Some(shown) if shown.document == entry.document => {
                self.next = None;
                self.history.arrive(Placement::At(index), &entry.address, entry.document);
                let fragment = entry.address.split_once('#').map_or("", |(_, fragment)| fragment);
                shown.page.go_to_fragment(fragment, &*shown.times);
                shown.page.scroll_to(entry.scroll, &*shown.times);
            }
            _ => self.load(&entry.address, Placement::At(index), Some(entry.scroll), Asker::History),
        }
    }

    /// Stops loading; what has come is shown.
    pub fn stop(&mut self) {
        if let Some(mut next) = self.next.take() {
            next.page.stop();
            // Where nothing was before, what has come is better than nothing. Else the user stays where he is.
            if self.shown.is_none() {
                self.show(next);
            }
        } else if let Some(shown) = &mut self.shown {
            shown.page.stop();
        }
    }

    /// Remembers how far the page is scrolled, before something else is shown.
    pub fn remember_scroll(&mut self) {
        if let Some(shown) = &self.shown {
            self.history.remember_scroll(shown.page.scroll_offset());
        }
    }

    fn load(&mut self, address: &str, placement: Placement, scroll: Option<CssVector>, asker: Asker) {
        match Source::from_user_input(address) {
            Ok(source) => self.start(address, source, placement, scroll, false, asker),
            Err(error) => self.show_error(address, &error, placement),
        }
    }

    fn start(
        &mut self,
        address: &str,
        source: Source,
        placement: Placement,
        scroll: Option<CssVector>,
        stands_in: bool,
        asker: Asker,
    ) {
        if let Some(mut given_up) = self.next.take() {
            given_up.page.stop();
        }
        self.environment.network_log().clear();
        let options = PageOptions { document_cache: asker.document_cache(), ..self.options() };
        let page = match (asker, &self.shown) {
            (Asker::Page(referrer_policy), Some(shown)) => {
                shown.page.start_linked(source, options, referrer_policy)
            }
            _ => Page::start(&self.environment, source, options),
        };
        page.set_waker(PageWaker::clone(&self.waker));
        let (times, address) = (self.no_times(), address.to_owned());
        self.next = Some(Next { page, times, address, stands_in, placement, scroll });
        (self.waker)();
    }

    fn show_error(&mut self, address: &str, error: &LoadError, placement: Placement) {
        self.start(address, error_page(address, error), placement, None, true, Asker::User);
    }

    fn options(&self) -> PageOptions {
        PageOptions {
            viewport: self.viewport / self.zoom,
            scale: self.scale * self.zoom,
            scroll_bars: ScrollBars::Containers,
            progressive: true,
            ..self.page_options.clone()
        }
    }

    /// Another size of the page's area, in CSS px of the window, and device px for each of them.
    pub fn resize(&mut self, viewport: CssSize, scale: f32) {
        self.viewport = viewport;
        self.scale = scale;
        let options = self.options();
        let shown = self.shown.iter_mut().map(|shown| &mut shown.page);
        for page in shown.chain(self.next.as_mut().map(|next| &mut next.page)) {
            page.set_viewport(options.viewport, options.scale);
        }
    }

    /// One zoom level up (1) or down (-1), or back to the page's own size (0).
    pub fn zoom_by(&mut self, direction: i32) {
        let above = |level: &f32| *level > self.zoom + 0.001;
        let below = |level: &f32| *level < self.zoom - 0.001;
        let level = match direction {
            0 => Some(1.0),
            1.. => ZOOM_LEVELS.into_iter().find(above),
            _ => ZOOM_LEVELS.into_iter().rev().find(below),
        };
        if let Some(level) = level {
            self.zoom = level;
            self.resize(self.viewport, self.scale);
        }
    }

    /// Goes on with what has come from the network. Returns whether something else is to be shown.
    pub fn advance(&mut self) -> bool {
        let mut changed = false;
        if let Some(shown) = &mut self.shown
            && shown.page.wants_to_advance()
        {
            shown.page.advance(&*shown.times);
            changed = true;
        }
        let Some(next) = &mut self.next else { return changed };
        if let Progress::Failed(error) = next.page.advance(&*next.times) {
            let (address, placement) = (next.address.clone(), next.placement);
            self.show_error(&address, &error, placement);
            return true;
        }
        if next.page.can_paint()
            && let Some(next) = self.next.take()
        {
            self.show(next);
        }
        true
    }

    /// The page that was on its way has something to show.
    fn show(&mut self, next: Next<'a>) {
        let Next { mut page, times, address, stands_in, placement, scroll } = next;
        self.remember_scroll();
        self.loads += 1;
        let document = DocumentNumber(self.loads);
        let address = if stands_in { &*address } else { page.address() };
        self.history.arrive(placement, address, document);
        page.begin_at(scroll, &*times);
        self.shown = Some(Shown { page, document, times });
    }
}

fn without_fragment(address: &str) -> &str {
    address.split_once('#').map_or(address, |(document, _)| document)
}

#[cfg(test)]
mod tests {
    use fanlight_base::Silent;

    use super::*;

    fn tab_at(address: &str) -> Tab<'static> {
        let options = PageOptions::default();
        let mut tab = Tab::new(Environment::new(true), options, &Silent, Arc::new(|| ()));
        go_to(&mut tab, address);
        tab
    }

    fn go_to(tab: &mut Tab<'_>, address: &str) {
        tab.go_to(address);
        settle(tab);
    }

    fn settle(tab: &mut Tab<'_>) {
        for _ in 0..10_000 {
            tab.advance();
            if tab.progress().is_none() {
                return;
            }
            std::thread::sleep(std::time::Duration::from_millis(1));
        }
        panic!("still loading {}", tab.address());
    }

    fn scroll_to(tab: &mut Tab<'_>, y: f32) {
        let times = tab.times();
        tab.page().unwrap().scroll_to(CssVector::new(0.0, y), &*times);
    }

    fn scrolled(tab: &mut Tab<'_>) -> f32 {
        tab.page().unwrap().scroll_offset().y
    }

    const LONG: &str =
        "data:text/html,<title>one</title><p id=x style='margin-top:900px'>x<p style='height:5000px'>";

    #[test]
    fn going_back_restores_the_scrolling() {
        let mut tab = tab_at(LONG);
        scroll_to(&mut tab, 300.0);
        go_to(&mut tab, "data:text/html,<title>two</title>");
        assert_eq!(tab.page().unwrap().title(), "two");
        tab.back();
        settle(&mut tab);
        assert_eq!(tab.page().unwrap().title(), "one");
        assert_eq!(scrolled(&mut tab), 300.0);
    }

    #[test]
    fn a_page_begins_at_what_its_address_names() {
        let mut tab = tab_at(&format!("{LONG}#x"));
        assert_eq!(scrolled(&mut tab), 900.0);
    }

    #[test]
    fn a_fragment_is_a_place_of_its_own_in_the_same_document() {
        let mut tab = tab_at(LONG);
        scroll_to(&mut tab, 40.0);
        go_to(&mut tab, &format!("{LONG}#x"));
        assert_eq!((scrolled(&mut tab), tab.loads), (900.0, 1));
        assert!(tab.address().ends_with("#x"));
        tab.back();
        assert_eq!((scrolled(&mut tab), tab.loads), (40.0, 1));
        assert!(!tab.address().ends_with("#x"));
        tab.forward();
        assert_eq!((scrolled(&mut tab), tab.loads), (900.0, 1));
    }

    #[test]
    fn what_is_stopped_before_it_shows_leaves_the_user_where_he_is() {
        let mut tab = tab_at(LONG);
        tab.go_to("data:text/html,two");
        assert_eq!(tab.address(), "data:text/html,two");
        tab.stop();
        assert_eq!((tab.address(), tab.history().can_go_back()), (LONG, false));
        assert!(tab.progress().is_none());
    }

    #[test]
    fn what_cannot_be_loaded_shows_an_error_page_at_its_address() {
        let mut tab = tab_at("about:nothing-of-that-name");
        assert_eq!(tab.address(), "about:nothing-of-that-name");
        assert!(tab.page().unwrap().text().contains("about:start"));
        go_to(&mut tab, "about:blank");
        tab.back();
        settle(&mut tab);
        assert_eq!(tab.address(), "about:nothing-of-that-name");
        assert!(!tab.history().can_go_back() && tab.history().can_go_forward());
    }

    #[test]
    fn loading_the_same_place_again_is_no_new_place() {
        let mut tab = tab_at("about:blank");
        go_to(&mut tab, "about:blank");
        tab.reload();
        settle(&mut tab);
        assert!(!tab.history().can_go_back());
        assert_eq!(tab.loads, 3);
    }

    #[test]
    fn the_times_are_of_the_page_that_is_shown() {
        let mut tab = tab_at("about:gallery");
        assert_eq!(tab.times().table().totals(Stage::Dom).runs, 1);
        go_to(&mut tab, "about:start");
        assert_eq!(tab.times().table().totals(Stage::Dom).runs, 1, "the page before does not count");
    }

    #[test]
    fn zooming_keeps_to_the_levels() {
        let mut tab = tab_at("about:blank");
        tab.zoom_by(1);
        assert_eq!(tab.zoom(), 1.1);
        for _ in 0..20 {
            tab.zoom_by(-1);
        }
        assert_eq!(tab.zoom(), 0.25);
        tab.zoom_by(0);
        assert_eq!(tab.zoom(), 1.0);
    }

    #[test]
    fn reloading_asks_the_server_and_going_back_does_not() {
        use std::io::{Read, Write};
        let listener = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
        let address = listener.local_addr().unwrap();
        let (asked, heads) = std::sync::mpsc::channel();
        std::thread::spawn(move || {
            for stream in listener.incoming() {
                let Ok(mut stream) = stream else { return };
                let (mut head, mut byte) = (Vec::new(), [0]);
                while !head.ends_with(b"\r\n\r\n") && matches!(stream.read(&mut byte), Ok(1)) {
                    head.push(byte[0]);
                }
                let _ = asked.send(String::from_utf8_lossy(&head).into_owned());
                let _ = stream.write_all(
                    b"HTTP/1.1 200 OK\r\nCache-Control: max-age=3600\r\nContent-Type: text/html\r\n\
                      Content-Length: 4\r\nConnection: close\r\n\r\n<p>x",
                );
            }
        });
        let mut tab = tab_at(&format!("http://{address}/one"));
        go_to(&mut tab, &format!("http://{address}/two"));
        tab.back();
        settle(&mut tab);
        tab.reload();
        settle(&mut tab);
        let asked: Vec<String> = heads.try_iter().filter(|head| !head.contains("favicon")).collect();
        let paths: Vec<&str> = asked.iter().filter_map(|head| head.split(' ').nth(1)).collect();
        assert_eq!(paths, ["/one", "/two", "/one"]);
        assert!(asked[2].to_ascii_lowercase().contains("cache-control: max-age=0"), "{}", asked[2]);
    }
}
