//! Stored responses in a folder, for any number of processes and runs.
//!
//! An entry is one file, written under another name and renamed when it is whole, so that a kill at any moment leaves the
//! old entry or the new one. There is no index that could be wrong: names are hashes of keys, the time of last
//! change is the time of last use. What is damaged is told by its hashes and removed; nothing else is touched.

use std::fs::{self, File};
use std::io::{self, Read, Write};
use std::path::{Path, PathBuf};
use std::time::{Duration, SystemTime};

use aws_lc_rs::digest::{SHA256, digest};
use bytes::Bytes;
use parking_lot::Mutex;

use super::file;
use crate::cache::entry::{Stored, StoredHead};
use crate::clock::Clock;

/// The folder within the cache's folder; another form of files gets another name.
const VERSION_FOLDER: &str = "http-1";
/// How old an unfinished file must be to be one that nobody will finish.
const ABANDONED_AFTER: Duration = Duration::from_secs(3600);
/// What unfinished files begin with.
const UNFINISHED: &str = ".unfinished-";

/// Stored responses in a folder.
pub(in crate::cache) struct DiskStore {
    folder: PathBuf,
    limit: u64,
    clock: Clock,
    /// Bytes of all entries, as far as this process knows; none before it was counted.
    bytes: Mutex<Option<u64>>,
}

/// An entry that is being written. Dropped before it is whole, it leaves nothing.
pub(super) struct DiskWriter {
    encoder: file::Encoder,
    unfinished: tempfile::NamedTempFile,
    path: PathBuf,
    bytes: u64,
}

impl DiskStore {
    /// A store in a folder, of so many bytes at most. Nothing is read or made yet.
    pub(super) fn new(folder: &Path, limit: u64, clock: Clock) -> Self {
        DiskStore { folder: folder.join(VERSION_FOLDER), limit, clock, bytes: Mutex::new(None) }
    }

    fn shard(&self, key_hash: &str) -> PathBuf {
        self.folder.join(&key_hash[..2])
    }

    fn path(&self, key: &str, variant: &str) -> PathBuf {
        let key_hash = hash(key, KEY_HASH_BYTES);
        let name = format!("{}-{}", &key_hash[2..], hash(variant, VARIANT_HASH_BYTES));
        self.shard(&key_hash).join(name)
    }

    /// The files of a key.
    fn files(&self, key: &str) -> Vec<PathBuf> {
        let key_hash = hash(key, KEY_HASH_BYTES);
        let prefix = format!("{}-", &key_hash[2..]);
        let Ok(listing) = fs::read_dir(self.shard(&key_hash)) else { return Vec::new() };
        let mut paths: Vec<PathBuf> = listing
            .filter_map(Result::ok)
            .filter(|file| file.file_name().to_str().is_some_and(|name| name.starts_with(&prefix)))
            .map(|file| file.path())
            .collect();
        paths.sort_unstable();
        paths
    }

    /// The heads of every variant of a key, and the files they stand in.
    pub(super) fn variants(&self, key: &str) -> Vec<(PathBuf, StoredHead)> {
        let mut found = Vec::new();
        for path in self.files(key) {
            match read_head(&path) {
                Ok(Some(head)) if head.key == key => found.push((path, head)),
                // Another key of the same hash; none is known.
                Ok(Some(_)) => {}
                Ok(None) => self.discard(&path),
                Err(_) => {}
            }
        }
        found
    }

    /// A whole entry, checked to the last byte, and noted as used.
    pub(super) fn load(&self, path: &Path) -> Option<Stored> {
        let bytes = fs::read(path).ok()?;
        let Some(stored) = file::decode(Bytes::from(bytes)) else {
            self.discard(path);
            return None;
        };
        // Where this fails, the entry only seems less used than it is.
        let _ = File::open(path).and_then(|file| file.set_modified(self.clock.now()));
        Some(stored)
    }

    /// Begins an entry.
    pub(super) fn begin(&self, head: &StoredHead, variant: &str) -> io::Result<DiskWriter> {
        let path = self.path(&head.key, variant);
        let folder = path.parent().unwrap_or(&self.folder);
        fs::create_dir_all(folder)?;
        let (encoder, start) = file::Encoder::begin(head)
            .ok_or_else(|| io::Error::new(io::ErrorKind::InvalidData, "the header is too large"))?;
        let mut unfinished = tempfile::Builder::new().prefix(UNFINISHED).tempfile_in(folder)?;
        unfinished.write_all(&start)?;
        Ok(DiskWriter { encoder, unfinished, path, bytes: start.len() as u64 })
    }

    /// Ends an entry: from now on it is there.
    pub(super) fn commit(&self, mut writer: DiskWriter) -> io::Result<()> {
        let end = writer.encoder.end();
        writer.unfinished.write_all(&end)?;
        writer.unfinished.as_file().set_modified(self.clock.now())?;
        let new = writer.bytes + end.len() as u64;
        let old = fs::metadata(&writer.path).map_or(0, |metadata| metadata.len());
        writer.unfinished.persist(&writer.path).map_err(|error| error.error)?;
        let mut bytes = self.bytes.lock();
        let total = match *bytes {
            Some(bytes) => (bytes + new).saturating_sub(old),
            None => self.entries().iter().map(|entry| entry.bytes).sum(),
        };
        *bytes = Some(if total > self.limit { self.evict() } else { total });
        Ok(())
    }

    /// Removes a file.
    pub(super) fn remove(&self, path: &Path) {
        let size = fs::metadata(path).map_or(0, |metadata| metadata.len());
        if fs::remove_file(path).is_ok()
            && let Some(bytes) = self.bytes.lock().as_mut()
        {
            *bytes = bytes.saturating_sub(size);
        }
    }

    /// Removes every variant of a key.
    pub(super) fn remove_all(&self, key: &str) {
        for path in self.files(key) {
            self.remove(&path);
        }
    }

    fn discard(&self, path: &Path) {
        tracing::warn!(path = %path.display(), "removing a damaged file of the HTTP cache");
        self.remove(path);
    }

    /// Removes what was used least recently until a tenth of the room is free. Returns the bytes that are left.
    fn evict(&self) -> u64 {
        let mut entries = self.entries();
        entries.sort_unstable_by(|a, b| (a.used, &a.path).cmp(&(b.used, &b.path)));
        let mut total: u64 = entries.iter().map(|entry| entry.bytes).sum();
        for entry in entries {
            if total <= self.limit / 10 * 9 {
                break;
            }
            if fs::remove_file(&entry.path).is_ok() {
                total -= entry.bytes;
            }
        }
        total
    }

    /// Every entry. Files that a process left unfinished long ago are removed on the way.
    fn entries(&self) -> Vec<EntryFile> {
        let mut found = Vec::new();
        let shards = fs::read_dir(&self.folder).into_iter().flatten().filter_map(Result::ok);
        for file in
            shards.filter_map(|shard| fs::read_dir(shard.path()).ok()).flatten().filter_map(Result::ok)
        {
            let Ok(metadata) = file.metadata() else { continue };
            let used = metadata.modified().unwrap_or(SystemTime::UNIX_EPOCH);
            if !file.file_name().to_string_lossy().starts_with(UNFINISHED) {
                found.push(EntryFile { path: file.path(), bytes: metadata.len(), used });
            } else if SystemTime::now().duration_since(used).is_ok_and(|age| age > ABANDONED_AFTER) {
                let _ = fs::remove_file(file.path());
            }
        }
        found
    }
}

struct EntryFile {
    path: PathBuf,
    bytes: u64,
    used: SystemTime,
}

impl DiskWriter {
    /// Adds a piece of the body.
    pub(super) fn write(&mut self, piece: &[u8]) -> io::Result<()> {
        self.encoder.body(piece);
        self.bytes += piece.len() as u64;
        self.unfinished.write_all(piece)
    }
}

const KEY_HASH_BYTES: usize = 24;
const VARIANT_HASH_BYTES: usize = 8;

/// The first bytes of a text's SHA-256 in hexadecimal.
fn hash(text: &str, bytes: usize) -> String {
    let digest = digest(&SHA256, text.as_bytes());
    digest.as_ref().iter().take(bytes).map(|byte| format!("{byte:02x}")).collect()
}

/// The head of an entry; none where it is damaged.
fn read_head(path: &Path) -> io::Result<Option<StoredHead>> {
    let mut file = File::open(path)?;
    let length = file.metadata()?.len();
    let mut bytes = vec![0; file::HEAD_PREFIX_BYTES];
    if read_fully(&mut file, &mut bytes)?.is_none() {
        return Ok(None);
    }
    let wanted = bytes.first_chunk().and_then(file::head_bytes);
    let Some(wanted) = wanted.filter(|wanted| *wanted as u64 <= length) else { return Ok(None) };
    let mut rest = vec![0; wanted - bytes.len()];
    if read_fully(&mut file, &mut rest)?.is_none() {
        return Ok(None);
    }
    bytes.extend(rest);
    Ok(file::decode_head(&bytes))
}

/// None where there are fewer bytes.
fn read_fully(file: &mut File, bytes: &mut [u8]) -> io::Result<Option<()>> {
    match file.read_exact(bytes) {
        Ok(()) => Ok(Some(())),
        Err(error) if error.kind() == io::ErrorKind::UnexpectedEof => Ok(None),
        Err(error) => Err(error),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::cache::store::tests::stored;

    fn store(folder: &Path, limit: u64) -> DiskStore {
        DiskStore::new(folder, limit, Clock::default())
    }

    fn put(store: &DiskStore, key: &str, variant: &str, body: &str) {
        let stored = stored(key, body);
        let mut writer = store.begin(&stored.head, variant).unwrap();
        writer.write(&stored.body).unwrap();
        store.commit(writer).unwrap();
    }

    fn bodies(store: &DiskStore, key: &str) -> Vec<String> {
        let paths = store.variants(key).into_iter().map(|(path, _)| path);
        let mut bodies: Vec<String> = paths
            .filter_map(|path| store.load(&path))
            .map(|stored| String::from_utf8(stored.body.to_vec()).unwrap())
            .collect();
        bodies.sort_unstable();
        bodies
    }

    #[test]
    fn another_store_in_the_same_folder_sees_what_was_stored() {
        let folder = tempfile::tempdir().unwrap();
        let (one, other) = (store(folder.path(), 1 << 20), store(folder.path(), 1 << 20));
        put(&one, "http://a/", "", "first");
        put(&one, "http://a/", "v", "second");
        assert_eq!(bodies(&other, "http://a/"), ["first", "second"]);
        put(&other, "http://a/", "", "third");
        assert_eq!(bodies(&one, "http://a/"), ["second", "third"]);
        other.remove_all("http://a/");
        assert_eq!(bodies(&one, "http://a/"), [""; 0]);
    }

    #[test]
    fn an_unfinished_entry_leaves_nothing() {
        let folder = tempfile::tempdir().unwrap();
        let store = store(folder.path(), 1 << 20);
        let mut writer = store.begin(&stored("k", "").head, "").unwrap();
        writer.write(b"half").unwrap();
        assert_eq!(bodies(&store, "k"), [""; 0]);
        drop(writer);
        assert_eq!(store.entries().len(), 0);
        let shard = fs::read_dir(&store.folder).unwrap().next().unwrap().unwrap().path();
        assert_eq!(fs::read_dir(shard).unwrap().count(), 0);
    }

    #[test]
    fn the_least_recently_used_leave_first() {
        let folder = tempfile::tempdir().unwrap();
        let seconds = std::sync::Arc::new(std::sync::atomic::AtomicU64::new(0));
        let ticks = std::sync::Arc::clone(&seconds);
        let clock = Clock::new(move || {
            let seconds = ticks.fetch_add(1, std::sync::atomic::Ordering::SeqCst);
            SystemTime::UNIX_EPOCH + Duration::from_secs(1_000_000 + seconds)
        });
        let store = DiskStore::new(folder.path(), 10_000, clock);
        let body = "x".repeat(2500);
        put(&store, "a", "", &body);
        put(&store, "b", "", &body);
        put(&store, "c", "", &body);
        assert_eq!(bodies(&store, "a").len(), 1);
        put(&store, "d", "", &body);
        let left: Vec<&str> =
            ["a", "b", "c", "d"].into_iter().filter(|key| !bodies(&store, key).is_empty()).collect();
        assert_eq!(left, ["a", "c", "d"]);
    }

    #[test]
    fn what_is_damaged_goes_and_the_others_stay() {
        let folder = tempfile::tempdir().unwrap();
        let store = store(folder.path(), 1 << 20);
        for key in ["a", "b", "c"] {
            put(&store, key, "", key);
        }
        let path = store.path("a", "");
        fs::write(&path, b"FANHTTP1").unwrap();
        let other = store.path("b", "");
        let mut bytes = fs::read(&other).unwrap();
        let last = bytes.len() - 41;
        bytes[last] ^= 1;
        fs::write(&other, bytes).unwrap();
        assert_eq!(
            (bodies(&store, "a").len(), bodies(&store, "b").len(), bodies(&store, "c").len()),
            (0, 0, 1)
        );
        assert!(!path.exists() && !other.exists());
    }
}
