//! Stored responses in memory, for one process.

use std::collections::{BTreeMap, HashMap};

use parking_lot::Mutex;

use crate::cache::entry::Stored;

/// Stored responses in memory, the least recently used leaving first.
pub(in crate::cache) struct MemoryStore {
    limit: u64,
    state: Mutex<State>,
}

#[derive(Default)]
struct State {
    /// By key and by variant.
    entries: HashMap<String, BTreeMap<String, Entry>>,
    /// Key and variant, by when they were last used.
    by_use: BTreeMap<u64, (String, String)>,
    uses: u64,
    bytes: u64,
}

struct Entry {
    stored: Stored,
    bytes: u64,
    last_use: u64,
}

impl MemoryStore {
    /// A store of so many bytes at most.
    pub(super) fn new(limit: u64) -> Self {
        MemoryStore { limit, state: Mutex::default() }
    }

    /// Every variant of a key.
    pub(super) fn variants(&self, key: &str) -> Vec<(String, Stored)> {
        let state = self.state.lock();
        let entries = state.entries.get(key);
        entries
            .into_iter()
            .flatten()
            .map(|(variant, entry)| (variant.clone(), entry.stored.clone()))
            .collect()
    }

    /// Notes that an entry was used.
    pub(super) fn touch(&self, key: &str, variant: &str) {
        let state = &mut *self.state.lock();
        state.uses += 1;
        let entry = state.entries.get_mut(key).and_then(|variants| variants.get_mut(variant));
        if let Some(entry) = entry
            && let Some(named) = state.by_use.remove(&entry.last_use)
        {
            entry.last_use = state.uses;
            state.by_use.insert(state.uses, named);
        }
    }

    /// Puts an entry in the place of the one of its name.
    pub(super) fn put(&self, key: &str, variant: &str, stored: Stored) {
        let state = &mut *self.state.lock();
        state.remove(key, variant);
        let bytes = stored.body.len() as u64 + stored.head.weight();
        if bytes > self.limit {
            return;
        }
        state.uses += 1;
        state.bytes += bytes;
        state.by_use.insert(state.uses, (key.to_owned(), variant.to_owned()));
        let entry = Entry { stored, bytes, last_use: state.uses };
        state.entries.entry(key.to_owned()).or_default().insert(variant.to_owned(), entry);
        while state.bytes > self.limit {
            let Some((_, (key, variant))) = state.by_use.first_key_value() else { break };
            let (key, variant) = (key.clone(), variant.clone());
            state.remove(&key, &variant);
        }
    }

    /// Removes an entry.
    pub(super) fn remove(&self, key: &str, variant: &str) {
        self.state.lock().remove(key, variant);
    }
}

impl State {
    fn remove(&mut self, key: &str, variant: &str) {
        let Some(variants) = self.entries.get_mut(key) else { return };
        if let Some(entry) = variants.remove(variant) {
            self.bytes -= entry.bytes;
            self.by_use.remove(&entry.last_use);
        }
        if variants.is_empty() {
            self.entries.remove(key);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::cache::store::tests::stored;

    fn is_there(store: &MemoryStore, key: &str) -> bool {
        !store.variants(key).is_empty()
    }

    #[test]
    fn what_was_used_least_recently_leaves_first() {
        let one = stored("a", &"x".repeat(1000));
        let store = MemoryStore::new(2 * (1000 + one.head.weight()) + 100);
        store.put("a", "", one.clone());
        store.put("b", "", one.clone());
        store.touch("a", "");
        store.put("c", "", one);
        assert!(is_there(&store, "a") && !is_there(&store, "b") && is_there(&store, "c"));
    }

    #[test]
    fn replacing_and_removing_give_the_room_back() {
        let store = MemoryStore::new(1 << 20);
        for _ in 0..3 {
            store.put("a", "", stored("a", "body"));
        }
        store.put("a", "v", stored("a", "other"));
        assert_eq!(store.variants("a").len(), 2);
        store.remove("a", "");
        store.remove("a", "v");
        let state = store.state.lock();
        assert_eq!((state.bytes, state.entries.len(), state.by_use.len()), (0, 0, 0));
    }

    #[test]
    fn what_is_larger_than_the_store_drives_nothing_out() {
        let store = MemoryStore::new(2000);
        store.put("a", "", stored("a", "small"));
        store.put("b", "", stored("b", &"x".repeat(5000)));
        assert!(is_there(&store, "a") && !is_there(&store, "b"));
    }
}
