//! What is shown: a page, the one that is being loaded to follow it, and where the user has been.

use fanlight_base::Observer;
use fanlight_base::geometry::{CssSize, CssVector};
use fanlight_page::{Environment, LoadError, Page, PageOptions, PageWaker, Progress, Source};

use super::history::History;

/// A page with its history.
pub struct Tab {
    environment: Environment,
    waker: PageWaker,
    history: History,
    /// What is shown.
    page: Option<Page>,
    /// What will be shown once it has something to show; the page before stays until then.
    next: Option<Next>,
    viewport: CssSize,
    scale: f32,
    zoom: f32,
}

struct Next {
    page: Page,
    address: String,
    /// Whether the page stands for one that could not be loaded, and has no address of its own.
    stands_in: bool,
    scroll: CssVector,
}

/// The zoom levels, as browsers have them.
const ZOOM_LEVELS: [f32; 12] = [0.25, 0.5, 0.67, 0.8, 0.9, 1.0, 1.1, 1.25, 1.5, 2.0, 3.0, 5.0];

impl Tab {
    /// An empty tab.
    pub fn new(environment: Environment, waker: PageWaker) -> Self {
        Tab {
            environment,
            waker,
            history: History::default(),
            page: None,
            next: None,
            viewport: CssSize::new(800.0, 600.0),
            scale: 1.0,
            zoom: 1.0,
        }
    }

    /// The page that is shown.
    pub fn page(&mut self) -> Option<&mut Page> {
        self.page.as_mut()
    }

    /// Where the user has been.
    pub fn history(&self) -> &History {
        &self.history
    }

    /// How many px of the page's are one of the window's.
    pub fn zoom(&self) -> f32 {
        self.zoom
    }

    /// How much has been loaded, 0 to 1, while loading.
    pub fn progress(&self) -> Option<f32> {
        match (&self.next, &self.page) {
            (Some(next), _) => Some(next.page.load_progress()),
            (None, Some(page)) if page.is_loading() => Some(page.load_progress()),
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
            Ok(source) => self.start(input.to_owned(), source, true, CssVector::zero()),
            Err(error) => self.show_error(input, &error),
        }
    }

    /// Goes to a URL as a new place in the history.
    pub fn go_to(&mut self, address: &str) {
        self.remember_scroll();
        self.history.push(address);
        self.load(address, CssVector::zero());
    }

    /// Loads the present place again.
    pub fn reload(&mut self) {
        self.remember_scroll();
        self.load_present();
    }

    /// Goes to the place before.
    pub fn back(&mut self) {
        self.remember_scroll();
        if self.history.back().is_some() {
            self.load_present();
        }
    }

    /// Goes to the place after.
    pub fn forward(&mut self) {
        self.remember_scroll();
        if self.history.forward().is_some() {
            self.load_present();
        }
    }

    /// Stops loading; what has come is shown.
    pub fn stop(&mut self) {
        if let Some(mut next) = self.next.take() {
            next.page.stop();
            // What never showed anything is given up, and with it the place in the history it stood for.
            if self.page.is_none() {
                self.page = Some(next.page);
            }
        } else if let Some(page) = &mut self.page {
            page.stop();
        }
    }

    fn remember_scroll(&mut self) {
        if let Some(page) = &self.page {
            self.history.remember_scroll(page.scroll_offset());
        }
    }

    fn load_present(&mut self) {
        if let Some(entry) = self.history.present().cloned() {
            self.load(&entry.address, entry.scroll);
        }
    }

    fn load(&mut self, address: &str, scroll: CssVector) {
        match Source::from_user_input(address) {
            Ok(source) => self.start(address.to_owned(), source, false, scroll),
            Err(error) => self.show_error(address, &error),
        }
    }

    fn start(&mut self, address: String, source: Source, stands_in: bool, scroll: CssVector) {
        self.environment.network_log().clear();
        let page = Page::start(&self.environment, source, self.options());
        page.set_waker(PageWaker::clone(&self.waker));
        self.next = Some(Next { page, address, stands_in, scroll });
        (self.waker)();
    }

    fn show_error(&mut self, address: &str, error: &LoadError) {
        self.history.push(address);
        let source = fanlight_page::error_page(address, error);
        self.start(address.to_owned(), source, true, CssVector::zero());
    }

    fn options(&self) -> PageOptions {
        PageOptions {
            viewport: self.viewport / self.zoom,
            scale: self.scale * self.zoom,
            ..PageOptions::default()
        }
    }

    /// Another size of the page's area, in CSS px of the window, and device px for each of them.
    pub fn resize(&mut self, viewport: CssSize, scale: f32) {
        self.viewport = viewport;
        self.scale = scale;
        let options = self.options();
        for page in self.page.iter_mut().chain(self.next.as_mut().map(|next| &mut next.page)) {
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
    pub fn advance(&mut self, observer: &dyn Observer) -> bool {
        let mut changed = false;
        if let Some(page) = &mut self.page
            && page.is_loading()
        {
            page.advance(observer);
            changed = true;
        }
        let Some(next) = &mut self.next else { return changed };
        if let Progress::Failed(error) = next.page.advance(observer) {
            let address = next.address.clone();
            self.next = None;
            self.show_error(&address, &error);
            return true;
        }
        if next.page.can_paint()
            && let Some(mut next) = self.next.take()
        {
            if !next.stands_in {
                self.history.replace_address(next.page.address());
            }
            next.page.scroll_to(next.scroll, observer);
            self.page = Some(next.page);
        }
        true
    }
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use fanlight_base::Silent;

    use super::*;

    fn tab_at(address: &str) -> Tab {
        let mut tab = Tab::new(Environment::new(true), Arc::new(|| ()));
        tab.go_to(address);
        settle(&mut tab);
        tab
    }

    fn settle(tab: &mut Tab) {
        for _ in 0..10_000 {
            tab.advance(&Silent);
            if tab.progress().is_none() {
                return;
            }
            std::thread::sleep(std::time::Duration::from_millis(1));
        }
        panic!("still loading {}", tab.address());
    }

    #[test]
    fn going_back_restores_the_scrolling() {
        let mut tab = tab_at("data:text/html,<title>one</title><div style='height:5000px'>");
        tab.page().unwrap().scroll_to(CssVector::new(0.0, 300.0), &Silent);
        tab.go_to("data:text/html,<title>two</title>");
        settle(&mut tab);
        assert_eq!(tab.page().unwrap().title(), "two");
        tab.back();
        settle(&mut tab);
        assert_eq!(tab.page().unwrap().title(), "one");
        assert_eq!(tab.page().unwrap().scroll_offset().y, 300.0);
    }

    #[test]
    fn what_cannot_be_loaded_shows_an_error_page_at_its_address() {
        let mut tab = tab_at("about:nothing-of-that-name");
        assert_eq!(tab.address(), "about:nothing-of-that-name");
        assert!(tab.page().unwrap().text().contains("about:start"));
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
}
