//! What a profile keeps, each in a file of its own: JSON with one entry a line, that people can read and mend.
//!
//! ```text
//! {
//!   "format": "fanlight-cookies",
//!   "version": 1,
//!   "entries": [
//!     {"name":"id",…},
//!     {"name":"theme",…}
//!   ]
//! }
//! ```

use std::collections::BTreeSet;

use serde::Serialize;
use serde::de::DeserializeOwned;
use serde_json::Value;

/// The version of the form of both files.
const VERSION: u64 = 1;

/// A table that is kept in a file.
pub(crate) trait Kept {
    /// The file's name in the profile's folder.
    const FILE_NAME: &'static str;
    /// What is kept, in words, in the plural.
    const WHAT: &'static str;
    /// What an entry is known by.
    type Key: Ord;

    /// Takes in what a file says, beneath what has changed. Gives the number of entries that mean nothing.
    ///
    /// # Errors
    /// The text is no file of this kind.
    fn merge_file(&mut self, text: &str, now: i64) -> Result<usize, String>;

    /// The text of the file.
    fn file_text(&self) -> String;

    /// The entries that have changed since the table was saved; who is about to save it takes them out, and puts them back
    /// where that fails.
    fn changes(&mut self) -> &mut BTreeSet<Self::Key>;
}

/// The entries of a file's text, and the number of those that mean nothing.
///
/// # Errors
/// The text is no file of this format and version.
pub(crate) fn entries_of<T: DeserializeOwned>(format: &str, text: &str) -> Result<(Vec<T>, usize), String> {
    let mut file: Value = serde_json::from_str(text).map_err(|error| format!("it is not JSON ({error})"))?;
    if file["format"] != format {
        return Err(format!("it does not say that its format is {format}"));
    }
    if file["version"] != VERSION {
        return Err(format!("its version is {}, and {VERSION} is known", file["version"]));
    }
    let Value::Array(entries) = file["entries"].take() else {
        return Err("it has no list of entries".into());
    };
    let count = entries.len();
    let known: Vec<T> = entries.into_iter().filter_map(|entry| serde_json::from_value(entry).ok()).collect();
    let skipped = count - known.len();
    Ok((known, skipped))
}

/// The text of a file with these entries.
pub(crate) fn file_text<'a, T: Serialize + 'a>(format: &str, entries: impl Iterator<Item = &'a T>) -> String {
    let mut text = format!("{{\n  \"format\": \"{format}\",\n  \"version\": {VERSION},\n  \"entries\": [");
    let mut before = "\n    ";
    for entry in entries {
        text.push_str(before);
        text.push_str(&serde_json::to_string(entry).expect("entries are structs of texts and numbers"));
        before = ",\n    ";
    }
    text.push_str("\n  ]\n}\n");
    text
}
