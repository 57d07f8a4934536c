//! The window without a window system: events go in; title, address and pixels come out.

use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::{Duration, Instant};

use fanlight_base::Silent;
use fanlight_base::geometry::{CssPoint, CssVector, DeviceSize};
use fanlight_page::{Cursor, Environment, Key, KeyPress, PageOptions};
use fanlight_shell::browser::Canvas;
use fanlight_shell::event::PointerButton;
use fanlight_shell::{Browser, Event, Host};

/// Where the page begins in the window, below the toolbar.
const PAGE_TOP: f32 = 44.0;
const SIZE: DeviceSize = DeviceSize::new(600, 400);

#[derive(Default)]
struct TestHost {
    title: String,
    cursor: Cursor,
    redraws: usize,
    closed: bool,
}

impl Host for TestHost {
    fn request_redraw(&mut self) {
        self.redraws += 1;
    }

    fn set_title(&mut self, title: &str) {
        title.clone_into(&mut self.title);
    }

    fn set_cursor(&mut self, cursor: Cursor) {
        self.cursor = cursor;
    }

    fn close(&mut self) {
        self.closed = true;
    }

    fn waker(&self) -> Arc<dyn Fn() + Send + Sync> {
        Arc::new(|| ())
    }
}

/// A browser in a window of 600 x 400 px over a folder of pages.
struct Window {
    browser: Browser<'static>,
    host: TestHost,
    folder: PathBuf,
}

impl Window {
    /// Opens the first of some pages, given as names and HTML.
    fn open(test: &str, pages: &[(&str, &str)]) -> Window {
        let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join("browsing").join(test);
        std::fs::create_dir_all(&folder).expect("the folder of temporary files can be written");
        for (name, html) in pages {
            std::fs::write(folder.join(name), format!("<!doctype html><meta charset=utf-8>{html}"))
                .expect("the folder can be written");
        }
        let host = TestHost::default();
        let first = folder.join(pages[0].0);
        let mut browser = Browser::new(Environment::new(true), PageOptions::default(), &Silent, &host);
        browser.go_to(first.to_str().expect("the path is UTF-8"));
        let mut window = Window { browser, host, folder };
        window.send(Event::Resized { size: SIZE, scale: 1.0 });
        window
    }

    /// Sends an event and waits until nothing is on its way.
    fn send(&mut self, event: Event) {
        self.browser.handle(event, &mut self.host);
        let deadline = Instant::now() + Duration::from_secs(60);
        while self.browser.is_loading() {
            assert!(Instant::now() < deadline, "still loading {}", self.browser.address());
            std::thread::sleep(Duration::from_millis(1));
            self.browser.handle(Event::Wake, &mut self.host);
        }
    }

    fn point(&mut self, x: f32, y: f32) {
        self.send(Event::PointerMoved(CssPoint::new(x, y)));
    }

    /// Presses and releases the primary button at a place of the page.
    fn click(&mut self, x: f32, y: f32) {
        self.point(x, PAGE_TOP + y);
        self.send(Event::PointerPressed(PointerButton::Primary));
        self.send(Event::PointerReleased(PointerButton::Primary));
    }

    fn press(&mut self, press: KeyPress) {
        self.send(Event::Key(press));
    }

    fn keys(&mut self, keys: &[Key]) {
        keys.iter().for_each(|key| self.press(KeyPress::plain(key.clone())));
    }

    fn type_text(&mut self, text: &str) {
        text.chars().for_each(|character| self.press(KeyPress::plain(Key::Text(character.to_string()))));
    }

    /// Types an address and goes there.
    fn go_to(&mut self, address: &str) {
        self.press(KeyPress::control(Key::text("l")));
        self.type_text(address);
        self.press(KeyPress::plain(Key::Enter));
    }

    /// The file and what follows it in the address.
    fn place(&self) -> &str {
        self.browser.address().rsplit('/').next().expect("splitting gives a last part")
    }

    /// A pixel of the page, as `0xRRGGBB`.
    fn pixel(&mut self, x: usize, y: usize) -> u32 {
        let mut pixels = vec![0; 600 * 400];
        self.browser
            .draw(&mut Canvas::new(&mut pixels, SIZE).expect("the pixels are as many as the size says"));
        pixels[(PAGE_TOP as usize + y) * 600 + x]
    }
}

/// The body has no margin, so that places are easily told.
const PLAIN: &str = "<style>body{margin:0} a{display:block;height:40px} a:hover{background:#00f} a:focus{outline:none;\
    background:#f00}</style>";

#[test]
fn links_are_followed_by_clicks_and_by_tab_and_enter() {
    let one = format!("<title>One</title>{PLAIN}<a href=two.html>two</a><a href=three.html>three</a>");
    let mut window = Window::open(
        "links",
        &[("one.html", &one), ("two.html", "<title>Two</title>"), ("three.html", "<title>Three</title>")],
    );
    assert_eq!(window.host.title, "One - Fanlight");
    window.click(10.0, 10.0);
    assert_eq!((&*window.host.title, window.place()), ("Two - Fanlight", "two.html"));
    window.press(KeyPress::alt(Key::Left));
    assert_eq!(window.place(), "one.html");
    window.keys(&[Key::Tab, Key::Tab, Key::Enter]);
    assert_eq!(&*window.host.title, "Three - Fanlight");
    window.send(Event::PointerPressed(PointerButton::Back));
    window.press(KeyPress::alt(Key::Right));
    assert_eq!(window.place(), "three.html");
}

#[test]
fn hover_and_focus_show() {
    let page = format!("{PLAIN}<a href=x>one</a><a href=y>two</a>");
    let mut window = Window::open("states", &[("page.html", &page)]);
    assert_eq!((window.pixel(300, 20), window.host.cursor), (0xff_ffff, Cursor::Default));
    window.point(300.0, PAGE_TOP + 20.0);
    assert_eq!((window.pixel(300, 20), window.host.cursor), (0x00_00ff, Cursor::Pointer));
    window.send(Event::PointerLeft);
    window.keys(&[Key::Tab]);
    assert_eq!((window.pixel(300, 20), window.pixel(300, 60)), (0xff_0000, 0xff_ffff));
    window.press(KeyPress::shift(Key::Tab));
    assert_eq!((window.pixel(300, 20), window.pixel(300, 60)), (0xff_ffff, 0xff_0000), "round the end");
}

#[test]
fn a_pointer_that_changes_nothing_asks_for_no_drawing() {
    let mut window = Window::open("redraws", &[("page.html", "<p>text")]);
    window.point(300.0, 300.0);
    let before = window.host.redraws;
    window.point(301.0, 300.0);
    assert_eq!(window.host.redraws, before);
}

/// Bands of 400 px: red, green, blue, and white at the end.
const BANDS: &str = "<style>body{margin:0} div{height:400px}</style><div style='background:#f00'></div>\
    <div id=green style='background:#0f0'></div><div style='background:#00f'></div><div></div>";

#[test]
fn keys_wheel_and_scroll_bar_scroll() {
    let mut window = Window::open("scrolling", &[("page.html", BANDS)]);
    assert_eq!(window.pixel(10, 10), 0xff_0000);
    window.press(KeyPress::plain(Key::End));
    assert_eq!(window.pixel(10, 350), 0xff_ffff);
    window.press(KeyPress::plain(Key::Home));
    window.press(KeyPress::plain(Key::text(" ")));
    assert_eq!((window.pixel(10, 80), window.pixel(10, 100)), (0xff_0000, 0x00_ff00), "seven eighths");
    window.press(KeyPress::shift(Key::text(" ")));
    window.keys(&[Key::Down, Key::Down]);
    assert_eq!((window.pixel(10, 310), window.pixel(10, 330)), (0xff_0000, 0x00_ff00));
    window.keys(&[Key::Home]);
    window.point(100.0, 200.0);
    window.send(Event::Wheel(CssVector::new(0.0, 500.0)));
    assert_eq!(window.pixel(10, 10), 0x00_ff00);
    // The thumb is dragged to the end of its track.
    window.keys(&[Key::Home]);
    window.point(594.0, PAGE_TOP + 10.0);
    window.send(Event::PointerPressed(PointerButton::Primary));
    window.point(594.0, PAGE_TOP + 350.0);
    window.send(Event::PointerReleased(PointerButton::Primary));
    assert_eq!(window.pixel(10, 350), 0xff_ffff);
}

#[test]
fn an_anchor_is_a_place_in_the_history() {
    let page = format!("<a href='#green' style='display:block;height:20px'>down</a>{BANDS}");
    let mut window = Window::open("anchors", &[("page.html", &page)]);
    window.click(5.0, 10.0);
    assert_eq!(window.pixel(10, 10), 0x00_ff00);
    assert_eq!(window.place(), "page.html#green");
    window.press(KeyPress::alt(Key::Left));
    assert_eq!(window.pixel(10, 30), 0xff_0000);
    assert_eq!(window.place(), "page.html");
    window.go_to("about:blank");
    let address = window.folder.join("page.html#green");
    window.go_to(address.to_str().unwrap());
    assert_eq!(window.pixel(10, 10), 0x00_ff00, "from elsewhere too");
}

#[test]
fn zoom_and_resizing_lay_the_page_out_again() {
    let page = "<style>body{margin:0} div{width:100px;height:100px;background:#f00} @media (max-width:500px)\
        {div{background:#0f0}}</style><div></div>";
    let mut window = Window::open("zoom", &[("page.html", page)]);
    assert_eq!((window.pixel(90, 50), window.pixel(105, 50)), (0xff_0000, 0xff_ffff));
    window.press(KeyPress::control(Key::text("+")));
    assert_eq!(window.pixel(105, 50), 0xff_0000);
    window.press(KeyPress::control(Key::text("+")));
    assert_eq!(window.pixel(105, 50), 0x00_ff00, "600 px of the window are 480 of the page");
    window.press(KeyPress::control(Key::text("0")));
    window.send(Event::Resized { size: SIZE, scale: 1.5 });
    assert_eq!(window.pixel(105, 50), 0x00_ff00);
}

#[test]
fn a_form_is_filled_in_and_sent_by_keys() {
    let form = "<form action=end.html><input name=a value=x><textarea name=t></textarea>\
        <input type=checkbox name=c><input type=radio name=r value=1 checked><input type=radio name=r value=2>\
        <select name=s><option>one<option disabled>two<option>three</select><input type=number name=n value=1 step=2>\
        <input name=m maxlength=2><input name=o value=old readonly><button name=b value=go>Go</button></form>";
    let mut window = Window::open("form", &[("form.html", form), ("end.html", "<title>End</title>")]);
    window.keys(&[Key::Tab]);
    window.type_text("typed & sent");
    window.keys(&[Key::Home, Key::Delete, Key::Tab]);
    window.type_text("l1");
    window.keys(&[Key::Enter]);
    window.type_text("l2");
    window.keys(&[Key::Tab, Key::text(" "), Key::Tab, Key::Right, Key::Tab]);
    // The second radio button has the focus; the select comes next.
    window.keys(&[Key::Down, Key::Tab, Key::Up, Key::Up, Key::Tab]);
    window.type_text("123");
    window.keys(&[Key::Tab]);
    window.type_text("new");
    window.keys(&[Key::Enter]);
    assert_eq!(window.place(), "end.html?a=yped+%26+sent&t=l1%0D%0Al2&c=on&r=2&s=three&n=5&m=12&o=old&b=go");
    assert_eq!(window.host.title, "End - Fanlight");
}

#[test]
fn the_list_of_a_drop_down_is_opened_and_chosen_from() {
    let page = "<style>body{margin:0} select{display:block;height:20px;width:200px}</style><form action=end.html>\
        <select name=s><option>one<option>two<optgroup label=more><option>three</optgroup></select><button \
        style='position:absolute;top:300px;left:0'>Go</button></form>";
    let mut window = Window::open("list", &[("page.html", page), ("end.html", "")]);
    window.click(100.0, 10.0);
    assert_ne!(window.pixel(150, 30), 0xff_ffff, "the list covers the page");
    // One, two, the group's label, three.
    window.click(100.0, 20.0 + 1.0 + 3.0 * 20.0 + 10.0);
    assert_eq!(window.pixel(150, 30), 0xff_ffff, "the list is closed");
    window.click(10.0, 305.0);
    assert_eq!(window.place(), "end.html?s=three");
    window.press(KeyPress::alt(Key::Left));
    window.click(100.0, 10.0);
    window.keys(&[Key::Down, Key::Enter]);
    window.click(10.0, 305.0);
    assert_eq!(window.place(), "end.html?s=two");
}

#[test]
fn a_press_puts_the_caret_where_it_points_and_drawing_selects() {
    let page = "<style>body{margin:0} input{display:block;font:20px monospace;padding:0;border:0;width:300px}</style>\
        <form action=end.html><input name=a value=abcdef></form>";
    let mut window = Window::open("caret", &[("page.html", page), ("end.html", "")]);
    let advance = 12.0;
    window.click(2.0 * advance + 1.0, 10.0);
    window.type_text("X");
    window.point(4.0 * advance, PAGE_TOP + 10.0);
    window.send(Event::PointerPressed(PointerButton::Primary));
    window.point(6.0 * advance, PAGE_TOP + 10.0);
    window.send(Event::PointerReleased(PointerButton::Primary));
    window.type_text("Y");
    window.keys(&[Key::Enter]);
    assert_eq!(window.place(), "end.html?a=abXcYf");
}

#[test]
fn details_open_and_labels_check_by_clicks() {
    let page = "<style>body{margin:0} summary,label{display:block;height:20px} p{margin:0;height:50px;background:#f00}\
        input:checked~b{background:#0f0} b{display:block;height:20px}</style><details><summary>more</summary><p></p>\
        </details><label for=c>check</label><input type=checkbox id=c style='display:none'><b></b>";
    let mut window = Window::open("details", &[("page.html", page)]);
    window.click(20.0, 30.0);
    assert_eq!(window.pixel(300, 50), 0x00_ff00);
    window.click(20.0, 10.0);
    assert_eq!(window.pixel(300, 50), 0xff_0000);
    window.keys(&[Key::text(" ")]);
    assert_eq!(window.pixel(300, 50), 0x00_ff00, "the summary has the focus");
}

#[test]
fn what_cannot_be_loaded_is_told_at_its_address() {
    let mut window =
        Window::open("errors", &[("page.html", "<a href=missing.html style='position:fixed;inset:0'>x</a>")]);
    window.click(100.0, 100.0);
    assert_eq!((window.place(), &*window.host.title), ("missing.html", "Could not load the page - Fanlight"));
    window.press(KeyPress::alt(Key::Left));
    assert_eq!(window.place(), "page.html");
    window.go_to("nonsense:x");
    assert_eq!(window.host.title, "Could not load the page - Fanlight");
}

#[test]
fn the_inspector_takes_its_part_of_the_window_and_marks_the_element() {
    let page = "<style>body{margin:0} div{height:100px;background:#f00}</style><div></div>";
    let mut window = Window::open("inspector", &[("page.html", page)]);
    assert_eq!(window.pixel(580, 50), 0xff_0000);
    window.point(50.0, PAGE_TOP + 50.0);
    window.press(KeyPress::plain(Key::F12));
    assert_ne!(window.pixel(580, 50), 0xff_0000);
    assert_ne!(window.pixel(50, 50), 0xff_0000, "a tint lies over the element");
    let below = window.pixel(580, 300);
    window.point(500.0, PAGE_TOP + 100.0);
    window.send(Event::Wheel(CssVector::new(0.0, 90.0)));
    assert_ne!((0..300).map(|y| window.pixel(320, y)).collect::<Vec<_>>(), vec![below; 300]);
    window.press(KeyPress::plain(Key::F12));
    assert_eq!(window.pixel(50, 50), 0xff_0000);
}

#[test]
fn the_window_closes_by_a_key() {
    let mut window = Window::open("close", &[("page.html", "<input autofocus>")]);
    window.keys(&[Key::Tab, Key::text("w")]);
    assert!(!window.host.closed);
    window.press(KeyPress::control(Key::text("w")));
    assert!(window.host.closed);
}
