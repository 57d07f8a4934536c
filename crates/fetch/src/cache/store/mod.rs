//! Where responses are stored: [`memory`], or [`disk`] in files of the form of [`file`]. Whatever goes wrong with a
//! store, the fetch goes on without it.

mod disk;
mod file;
mod memory;

use std::io;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use bytes::{Bytes, BytesMut};

use super::entry::{Stored, StoredHead};
use crate::clock::Clock;
use crate::limits::CACHE_WRITE_BYTES;
use crate::log::CacheStore;
use disk::{DiskStore, DiskWriter};
use memory::MemoryStore;

/// A store of responses.
#[derive(Clone)]
pub(super) enum Store {
    Memory(Arc<MemoryStore>),
    Disk(Arc<DiskStore>),
}

/// A stored response whose body is not read yet.
#[derive(Clone, Debug)]
pub(super) struct Candidate {
    pub(super) head: StoredHead,
    place: Place,
}

#[derive(Clone, Debug)]
enum Place {
    Memory { variant: String, body: Bytes },
    Disk(PathBuf),
}

impl Store {
    /// A store in memory, of so many bytes at most.
    pub(super) fn memory(limit: u64) -> Self {
        Store::Memory(Arc::new(MemoryStore::new(limit)))
    }

    /// A store in a folder, of so many bytes at most.
    pub(super) fn disk(folder: &Path, limit: u64, clock: Clock) -> Self {
        Store::Disk(Arc::new(DiskStore::new(folder, limit, clock)))
    }

    /// Which kind it is.
    pub(super) const fn kind(&self) -> CacheStore {
        match self {
            Store::Memory(_) => CacheStore::Memory,
            Store::Disk(_) => CacheStore::Disk,
        }
    }

    /// What is stored of a key: one for each variant.
    pub(super) async fn candidates(&self, key: &str) -> Vec<Candidate> {
        match self {
            Store::Memory(store) => {
                let variants = store.variants(key).into_iter();
                variants
                    .map(|(variant, stored)| Candidate {
                        head: stored.head,
                        place: Place::Memory { variant, body: stored.body },
                    })
                    .collect()
            }
            Store::Disk(store) => {
                let (store, key) = (Arc::clone(store), key.to_owned());
                let variants = blocking(move || store.variants(&key)).await.unwrap_or_default();
                variants
                    .into_iter()
                    .map(|(path, head)| Candidate { head, place: Place::Disk(path) })
                    .collect()
            }
        }
    }

    /// A whole stored response; none where it went away or is damaged.
    pub(super) async fn load(&self, candidate: &Candidate) -> Option<Stored> {
        match (self, &candidate.place) {
            (Store::Memory(store), Place::Memory { variant, body }) => {
                store.touch(&candidate.head.key, variant);
                Some(Stored { head: candidate.head.clone(), body: body.clone() })
            }
            (Store::Disk(store), Place::Disk(path)) => {
                let (store, path, key) = (Arc::clone(store), path.clone(), candidate.head.key.clone());
                blocking(move || store.load(&path)).await?.filter(|stored| stored.head.key == key)
            }
            _ => None,
        }
    }

    /// Removes one variant.
    pub(super) async fn remove(&self, candidate: Candidate) {
        match (self, candidate.place) {
            (Store::Memory(store), Place::Memory { variant, .. }) => {
                store.remove(&candidate.head.key, &variant)
            }
            (Store::Disk(store), Place::Disk(path)) => {
                let store = Arc::clone(store);
                blocking(move || store.remove(&path)).await;
            }
            _ => {}
        }
    }

    /// Removes every variant of a key.
    pub(super) async fn remove_all(&self, key: &str) {
        match self {
            Store::Memory(store) => {
                for (variant, _) in store.variants(key) {
                    store.remove(key, &variant);
                }
            }
            Store::Disk(store) => {
                let (store, key) = (Arc::clone(store), key.to_owned());
                blocking(move || store.remove_all(&key)).await;
            }
        }
    }

    /// Begins to store a response.
    pub(super) fn writer(&self, head: StoredHead) -> Writer {
        Writer { store: self.clone(), head, pending: Vec::new(), pending_bytes: 0, begun: None }
    }

    /// Stores a whole response in the place of the one with the same selecting fields.
    ///
    /// # Errors
    /// The file cannot be written.
    pub(super) async fn put(&self, stored: Stored) -> io::Result<()> {
        let mut writer = self.writer(stored.head);
        writer.push(stored.body).await?;
        writer.commit().await
    }
}

/// A response that is being stored while its body comes. Dropped before [`Writer::commit`], it leaves nothing.
pub(super) struct Writer {
    store: Store,
    head: StoredHead,
    /// Not written to the disk yet.
    pending: Vec<Bytes>,
    pending_bytes: usize,
    /// None in memory, and before there is much to write.
    begun: Option<DiskWriter>,
}

impl Writer {
    /// Adds a piece of the body.
    ///
    /// # Errors
    /// The file cannot be written.
    pub(super) async fn push(&mut self, piece: Bytes) -> io::Result<()> {
        self.pending_bytes += piece.len();
        self.pending.push(piece);
        if let Store::Disk(store) = &self.store
            && self.pending_bytes >= CACHE_WRITE_BYTES
        {
            let store = Arc::clone(store);
            let (head, pending) = (self.head.clone(), std::mem::take(&mut self.pending));
            let begun = self.begun.take();
            self.pending_bytes = 0;
            self.begun = Some(blocking_io(move || write(&store, &head, begun, &pending)).await?);
        }
        Ok(())
    }

    /// The body is complete: from now on the response is there.
    ///
    /// # Errors
    /// The file cannot be written.
    pub(super) async fn commit(self) -> io::Result<()> {
        let Writer { store, head, pending, begun, .. } = self;
        match store {
            Store::Memory(store) => {
                let mut body = BytesMut::with_capacity(pending.iter().map(Bytes::len).sum());
                pending.iter().for_each(|piece| body.extend_from_slice(piece));
                let (key, variant) = (head.key.clone(), variant(&head));
                store.put(&key, &variant, Stored { head, body: body.freeze() });
                Ok(())
            }
            Store::Disk(store) => {
                blocking_io(move || {
                    let writer = write(&store, &head, begun, &pending)?;
                    store.commit(writer)
                })
                .await
            }
        }
    }
}

fn write(
    store: &DiskStore,
    head: &StoredHead,
    begun: Option<DiskWriter>,
    pending: &[Bytes],
) -> io::Result<DiskWriter> {
    let mut writer = match begun {
        Some(writer) => writer,
        None => store.begin(head, &variant(head))?,
    };
    pending.iter().try_for_each(|piece| writer.write(piece))?;
    Ok(writer)
}

/// What tells the variants of a key apart: the fields by which they were chosen.
fn variant(head: &StoredHead) -> String {
    let mut text = String::new();
    for (name, value) in &head.selecting {
        text.push_str(name);
        match value {
            Some(value) => {
                text.push(':');
                text.push_str(value);
            }
            None => text.push('!'),
        }
        text.push('\n');
    }
    text
}

/// Does what waits for the disk where nobody else waits for it. None where it panicked, which leaves nothing behind.
async fn blocking<T: Send + 'static>(work: impl FnOnce() -> T + Send + 'static) -> Option<T> {
    tokio::task::spawn_blocking(work).await.ok()
}

async fn blocking_io<T: Send + 'static>(
    work: impl FnOnce() -> io::Result<T> + Send + 'static,
) -> io::Result<T> {
    blocking(work).await.unwrap_or_else(|| Err(io::Error::other("the network is shutting down")))
}

#[cfg(test)]
pub(super) mod tests {
    use std::time::{Duration, SystemTime};

    use super::*;
    use crate::cache::freshness::Times;
    use crate::headers::HeaderList;
    use crate::response::Protocol;

    /// A response with a body.
    pub(in crate::cache) fn stored(key: &str, body: &str) -> Stored {
        let at = SystemTime::UNIX_EPOCH + Duration::from_secs(1_700_000_000);
        let times = Times { requested: at, received: at };
        let headers = HeaderList::from_iter([("Cache-Control", "max-age=60")]);
        let head = StoredHead::new(
            key.into(),
            Vec::new(),
            200,
            "OK".into(),
            &headers,
            Protocol::Http11,
            times,
            None,
        );
        Stored { head, body: Bytes::copy_from_slice(body.as_bytes()) }
    }

    #[test]
    fn variants_are_told_apart_by_name_and_value() {
        let head = |selecting: &[(&str, Option<&str>)]| {
            let mut head = stored("k", "").head;
            let owned = |(name, value): &(&str, Option<&str>)| ((*name).to_owned(), value.map(str::to_owned));
            head.selecting = selecting.iter().map(owned).collect();
            variant(&head)
        };
        let all = [head(&[]), head(&[("a", None)]), head(&[("a", Some(""))]), head(&[("a", Some("b"))])];
        for (index, one) in all.iter().enumerate() {
            assert!(!all[index + 1..].contains(one), "{one:?}");
        }
    }
}
