//! The window, end to end: the command under a virtual display, driven by a virtual pointer and keyboard.
//!
//! It needs `Xvfb` and `xdotool`; where they are missing it says that it skips.
#![allow(clippy::unwrap_used, clippy::print_stderr, reason = "a test may panic, and says why it skips")]

use std::io::{BufRead, BufReader, Read};
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

/// A debug build on a busy machine takes its time.
const PATIENCE: Duration = Duration::from_secs(60);

/// A process that does not outlive the test.
struct Running(Child);

impl Drop for Running {
    fn drop(&mut self) {
        // It may have ended by itself.
        let _ = self.0.kill();
        let _ = self.0.wait();
    }
}

/// A virtual display with nothing on it.
struct Display {
    name: String,
    _server: Running,
}

impl Display {
    /// Starts one; nothing where the tools are missing.
    fn start() -> Option<Display> {
        Command::new("xdotool").arg("version").stdout(Stdio::null()).status().ok()?;
        let mut server = Command::new("Xvfb")
            .args(["-displayfd", "1", "-screen", "0", "1200x900x24", "-nolisten", "tcp"])
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()
            .ok()?;
        let mut number = String::new();
        BufReader::new(server.stdout.take()?).read_line(&mut number).ok()?;
        Some(Display { name: format!(":{}", number.trim()), _server: Running(server) })
    }

    fn xdotool(&self, arguments: &[&str]) -> String {
        let run = Command::new("xdotool").env("DISPLAY", &self.name).args(arguments).output().unwrap();
        String::from_utf8_lossy(&run.stdout).trim().to_owned()
    }

    /// Waits for a window of a title.
    fn window(&self, title: &str) -> String {
        let deadline = Instant::now() + PATIENCE;
        loop {
            let found =
                self.xdotool(&["search", "--onlyvisible", "--name", &format!("^{title} - Fanlight$")]);
            if let Some(window) = found.lines().next() {
                return window.to_owned();
            }
            assert!(Instant::now() < deadline, "no window is called {title}");
            std::thread::sleep(Duration::from_millis(50));
        }
    }

    fn keys(&self, keys: &[&str]) {
        self.xdotool(&[&["key", "--delay", "30"], keys].concat());
    }

    fn click(&self, x: u32, y: u32) {
        self.xdotool(&["mousemove", &x.to_string(), &y.to_string(), "click", "1"]);
    }
}

#[test]
fn a_page_with_links_is_navigated_by_clicks_and_keys() {
    let Some(display) = Display::start() else {
        eprintln!("skipped: Xvfb and xdotool are not there");
        return;
    };
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join("window");
    std::fs::create_dir_all(&folder).unwrap();
    let page = |name: &str, html: &str| {
        std::fs::write(folder.join(name), format!("<!doctype html><meta charset=utf-8>{html}")).unwrap();
    };
    page(
        "one.html",
        "<title>One</title><style>body{margin:0} a{display:block;height:100px}</style><a href=two.html>two</a>\
         <a href=three.html>three</a><form action=four.html style='height:100px'><input name=q></form>",
    );
    for (name, title) in [("two.html", "Two"), ("three.html", "Three"), ("four.html", "Four")] {
        page(name, &format!("<title>{title}</title>"));
    }
    let first = folder.join("one.html");
    let mut fanlight = Running(
        Command::new(env!("CARGO_BIN_EXE_fanlight"))
            .env("DISPLAY", &display.name)
            .env_remove("WAYLAND_DISPLAY")
            .args(["open", first.to_str().unwrap(), "--private", "--pinned-fonts", "--time"])
            .stderr(Stdio::piped())
            .spawn()
            .unwrap(),
    );
    let window = display.window("One");
    display.xdotool(&["windowfocus", &window]);
    display.click(200, 44 + 50);
    display.window("Two");
    display.keys(&["alt+Left"]);
    display.window("One");
    display.keys(&["Tab", "Tab", "Return"]);
    display.window("Three");
    display.keys(&["ctrl+l"]);
    display.xdotool(&["type", "--delay", "30", "about:start"]);
    display.keys(&["Return"]);
    display.window("Fanlight");
    display.keys(&["alt+Left"]);
    display.window("Three");
    display.keys(&["alt+Left"]);
    display.window("One");
    display.keys(&["Tab", "Tab", "Tab"]);
    display.xdotool(&["type", "--delay", "30", "words"]);
    display.keys(&["Return"]);
    display.window("Four");
    display.keys(&["F12", "ctrl+plus", "End", "F5"]);
    display.window("Four");
    display.keys(&["ctrl+w"]);
    let mut report = String::new();
    fanlight.0.stderr.take().unwrap().read_to_string(&mut report).unwrap();
    assert!(fanlight.0.wait().unwrap().success(), "{report}");
    assert!(report.lines().any(|line| line.starts_with("composite")), "{report}");
}
