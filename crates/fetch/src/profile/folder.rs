//! The files of a profile's folder. A file is written whole under another name and then renamed, so that a kill leaves
//! the old one or the new one; the lock file keeps two processes from writing at a time.

use std::fs::{File, OpenOptions, TryLockError};
use std::io::{ErrorKind, Read, Write};
use std::path::Path;
use std::time::{Duration, Instant};

use super::kept::Kept;
use crate::limits::{MAX_PROFILE_FILE_BYTES, PROFILE_LOCK_TIMEOUT};

const LOCK_FILE: &str = "lock";
/// How the names of files end that are being written.
const UNFINISHED: &str = ".part";

/// What came of reading a file.
#[derive(Default)]
pub(super) struct ReadFile {
    /// What went wrong, in words.
    pub(super) problem: Option<String>,
    /// It is there, cannot be understood and could not be put aside: nothing may take its place.
    pub(super) is_read_only: bool,
}

/// Takes a file into a table. One that cannot be understood is put aside, and the table stays as it is.
pub(super) fn read<T: Kept>(folder: &Path, table: &mut T, now: i64) -> ReadFile {
    let path = folder.join(T::FILE_NAME);
    let (what, shown) = (T::WHAT, path.display());
    let text = match text_of(&path) {
        Ok(Some(text)) => text,
        // What is not there says nothing.
        Ok(None) => return ReadFile::default(),
        Err(error) => {
            let problem = format!("the {what} in {shown} cannot be read ({error}), and are not used");
            return ReadFile { problem: Some(problem), is_read_only: true };
        }
    };
    let reason = match String::from_utf8(text) {
        Err(_) => "it is not UTF-8".to_owned(),
        Ok(text) => match table.merge_file(&text, now) {
            Ok(0) => return ReadFile::default(),
            Ok(skipped) => {
                let problem = format!("{skipped} entries of {shown} mean nothing and are ignored");
                return ReadFile { problem: Some(problem), is_read_only: false };
            }
            Err(reason) => reason,
        },
    };
    let aside = folder.join(format!("{}.broken", T::FILE_NAME));
    match std::fs::rename(&path, &aside) {
        Ok(()) => {
            let aside = aside.display();
            let problem =
                format!("{shown} is broken: {reason}; it is now {aside}, and the {what} begin anew");
            ReadFile { problem: Some(problem), is_read_only: false }
        }
        Err(error) => {
            let problem =
                format!("{shown} is broken: {reason}; it cannot be put aside ({error}), and is left");
            ReadFile { problem: Some(problem), is_read_only: true }
        }
    }
}

fn text_of(path: &Path) -> std::io::Result<Option<Vec<u8>>> {
    let file = match File::open(path) {
        Ok(file) => file,
        Err(error) if matches!(error.kind(), ErrorKind::NotFound | ErrorKind::NotADirectory) => {
            return Ok(None);
        }
        Err(error) => return Err(error),
    };
    let mut text = Vec::new();
    file.take(MAX_PROFILE_FILE_BYTES + 1).read_to_end(&mut text)?;
    if text.len() as u64 > MAX_PROFILE_FILE_BYTES {
        return Err(std::io::Error::new(ErrorKind::FileTooLarge, "it is too large"));
    }
    Ok(Some(text))
}

/// Writes a file whole or not at all. Only who has the lock may do that.
pub(super) fn write(folder: &Path, name: &str, text: &str) -> Result<(), String> {
    let path = folder.join(name);
    sweep(folder, name);
    let written = || -> std::io::Result<()> {
        let mut temporary = tempfile::Builder::new().prefix(name).suffix(UNFINISHED).tempfile_in(folder)?;
        temporary.write_all(text.as_bytes())?;
        temporary.as_file().sync_all()?;
        temporary.persist(&path).map_err(|error| error.error)?;
        Ok(())
    };
    written().map_err(|error| format!("could not write {} ({error})", path.display()))
}

/// Removes what a process left half-written that was killed.
fn sweep(folder: &Path, name: &str) {
    for entry in folder.read_dir().into_iter().flatten().flatten() {
        let is_left = entry
            .file_name()
            .to_str()
            .is_some_and(|file| file.starts_with(name) && file.ends_with(UNFINISHED));
        if is_left {
            // What cannot be removed does no harm.
            let _ = std::fs::remove_file(entry.path());
        }
    }
}

/// Does something while no other process does it, in a folder that is there.
pub(super) fn locked(folder: &Path, work: impl FnOnce() -> Result<(), String>) -> Result<(), String> {
    make(folder)
        .map_err(|error| format!("could not make the profile's folder {} ({error})", folder.display()))?;
    let path = folder.join(LOCK_FILE);
    let lock = OpenOptions::new().create(true).truncate(false).write(true).open(&path);
    let lock = lock.map_err(|error| format!("could not write {} ({error})", path.display()))?;
    let asked = Instant::now();
    loop {
        match lock.try_lock() {
            Ok(()) => break,
            Err(TryLockError::WouldBlock) if asked.elapsed() < PROFILE_LOCK_TIMEOUT => {
                std::thread::sleep(Duration::from_millis(10));
            }
            Err(TryLockError::WouldBlock) => {
                let shown = path.display();
                return Err(format!("the profile is not saved: another process holds {shown} for long"));
            }
            // Some file systems know no locks; there two processes may overwrite each other's last changes.
            Err(TryLockError::Error(error)) if error.kind() == ErrorKind::Unsupported => break,
            Err(TryLockError::Error(error)) => {
                return Err(format!("could not lock {} ({error})", path.display()));
            }
        }
    }
    // Closing the file gives the lock back.
    work()
}

/// Cookies are nobody else's business.
fn make(folder: &Path) -> std::io::Result<()> {
    let mut builder = std::fs::DirBuilder::new();
    builder.recursive(true);
    #[cfg(unix)]
    std::os::unix::fs::DirBuilderExt::mode(&mut builder, 0o700);
    builder.create(folder)
}
