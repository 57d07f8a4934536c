//! Cookies as a profile keeps them. Those of the session are not kept.

use std::collections::BTreeSet;

use super::cookie::Cookie;
use super::store::{CookieKey, CookieStore};
use crate::profile::kept::{Kept, entries_of, file_text};

const FORMAT: &str = "fanlight-cookies";

impl Kept for CookieStore {
    const FILE_NAME: &'static str = "cookies.json";
    const WHAT: &'static str = "cookies";
    type Key = CookieKey;

    fn merge_file(&mut self, text: &str, now: i64) -> Result<usize, String> {
        let (cookies, mut skipped) = entries_of::<Cookie>(FORMAT, text)?;
        let count = cookies.len();
        let cookies: Vec<Cookie> = cookies.into_iter().filter(is_sendable).collect();
        skipped += count - cookies.len();
        self.merge(cookies, now);
        Ok(skipped)
    }

    fn file_text(&self) -> String {
        file_text(FORMAT, self.iter().filter(|cookie| cookie.expires.is_some()))
    }

    fn changes(&mut self) -> &mut BTreeSet<CookieKey> {
        &mut self.changes
    }
}

/// Whether a cookie that stood in a file can stand in a field; anybody may have changed the file.
fn is_sendable(cookie: &Cookie) -> bool {
    let is_byte = |c: char| u32::from(c) <= 0xff && !c.is_ascii_control() && c != ';';
    cookie.name.chars().all(|c| is_byte(c) && c != '=')
        && cookie.value.chars().all(is_byte)
        && cookie.path.starts_with('/')
}
