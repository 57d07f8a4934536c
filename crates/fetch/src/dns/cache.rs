//! Answers that still hold, and lookups under way that several ask for.

use std::collections::BTreeMap;
use std::sync::Arc;
use std::time::Duration;

use parking_lot::Mutex;
use tokio::sync::OnceCell;
use tokio::time::Instant;

use super::{Outcome, Resolution, Unresolved};
use crate::limits::{MAX_DNS_CACHE_ENTRIES, MAX_DNS_TTL};

/// What is known of names.
#[derive(Default)]
pub(super) struct Cache {
    entries: Mutex<BTreeMap<String, Arc<Entry>>>,
}

/// One lookup: under way, or answered.
#[derive(Default)]
struct Entry {
    answer: OnceCell<Answer>,
}

struct Answer {
    outcome: Outcome,
    holds_until: Instant,
}

impl Entry {
    fn holds(&self) -> bool {
        self.answer.get().is_none_or(|answer| Instant::now() < answer.holds_until)
    }
}

impl Cache {
    /// The answer for a name, looked up where there is none that holds; whether it was there already.
    ///
    /// Who asks while a lookup is under way waits for it; when the one who looks up gives up, another one goes on.
    pub(super) async fn get_or_look_up<F>(
        &self,
        name: &str,
        look_up: impl FnOnce() -> F,
    ) -> Result<(Arc<Resolution>, bool), Unresolved>
    where
        F: Future<Output = Outcome>,
    {
        let key = name.trim_end_matches('.').to_ascii_lowercase();
        let entry = self.entry(key);
        let was_there = entry.answer.initialized();
        let answer = entry
            .answer
            .get_or_init(|| async {
                let outcome = look_up().await;
                let ttl = match &outcome {
                    Ok(resolution) => resolution.ttl,
                    Err(unresolved) => unresolved.ttl.unwrap_or(Duration::ZERO),
                };
                Answer { outcome, holds_until: Instant::now() + ttl.min(MAX_DNS_TTL) }
            })
            .await;
        answer.outcome.clone().map(|resolution| (resolution, was_there))
    }

    fn entry(&self, key: String) -> Arc<Entry> {
        let mut entries = self.entries.lock();
        if let Some(entry) = entries.get(&key).filter(|entry| entry.holds()) {
            return Arc::clone(entry);
        }
        if entries.len() >= MAX_DNS_CACHE_ENTRIES {
            entries.retain(|_, entry| entry.holds());
        }
        // All of them hold: the one that holds shortest goes.
        if entries.len() >= MAX_DNS_CACHE_ENTRIES {
            let soonest = entries
                .iter()
                .filter_map(|(key, entry)| Some((entry.answer.get()?.holds_until, key.clone())))
                .min()
                .map(|(_, key)| key);
            if let Some(key) = soonest {
                entries.remove(&key);
            }
        }
        let entry = Arc::new(Entry::default());
        entries.insert(key, Arc::clone(&entry));
        entry
    }
}

#[cfg(test)]
mod tests {
    use std::sync::atomic::{AtomicUsize, Ordering};

    use super::*;
    use crate::log::DnsSource;

    fn resolution(ttl: u64) -> Outcome {
        Ok(Arc::new(Resolution {
            name: "a.test".to_owned(),
            source: DnsSource::Dns,
            records: Vec::new(),
            addresses: vec![[127, 0, 0, 1].into()],
            ttl: Duration::from_secs(ttl),
        }))
    }

    fn run(test: impl Future<Output = ()>) {
        let runtime = tokio::runtime::Builder::new_current_thread().enable_time().build().unwrap();
        runtime.block_on(test);
    }

    #[test]
    fn an_answer_holds_for_its_ttl_whatever_the_spelling() {
        run(async {
            let cache = Cache::default();
            for (ttl, is_kept) in [(60, true), (0, false)] {
                let name = format!("{ttl}.test");
                let first = cache.get_or_look_up(&name, || async { resolution(ttl) }).await.unwrap();
                let spelt = format!("{}.", name.to_uppercase());
                let second = cache.get_or_look_up(&spelt, || async { resolution(ttl) }).await.unwrap();
                assert_eq!((first.1, second.1), (false, is_kept), "{ttl}");
            }
        });
    }

    #[test]
    fn that_there_is_no_such_name_holds_too_and_a_passing_failure_does_not() {
        run(async {
            let cache = Cache::default();
            let asked = AtomicUsize::new(0);
            for (ttl, expected) in [(Some(Duration::from_secs(10)), 1), (None, 3)] {
                let name = format!("{ttl:?}.test");
                asked.store(0, Ordering::SeqCst);
                for _ in 0..3 {
                    let look_up = || async {
                        asked.fetch_add(1, Ordering::SeqCst);
                        Err(Unresolved { reason: "no".to_owned(), ttl })
                    };
                    assert!(cache.get_or_look_up(&name, look_up).await.is_err());
                }
                assert_eq!(asked.load(Ordering::SeqCst), expected, "{ttl:?}");
            }
        });
    }

    #[test]
    fn those_who_ask_together_share_one_lookup_and_one_who_gives_up_stops_nobody() {
        run(async {
            let cache = Arc::new(Cache::default());
            let asked = Arc::new(AtomicUsize::new(0));
            let gate = Arc::new(tokio::sync::Semaphore::new(0));
            let ask = || {
                let (cache, asked, gate) = (Arc::clone(&cache), Arc::clone(&asked), Arc::clone(&gate));
                tokio::spawn(async move {
                    let look_up = || async {
                        asked.fetch_add(1, Ordering::SeqCst);
                        let _open = gate.acquire().await.unwrap();
                        resolution(60)
                    };
                    cache.get_or_look_up("a.test", look_up).await.is_ok()
                })
            };
            let (first, second, third) = (ask(), ask(), ask());
            tokio::task::yield_now().await;
            first.abort();
            gate.add_permits(1);
            assert!(second.await.unwrap() && third.await.unwrap());
            assert_eq!(asked.load(Ordering::SeqCst), 2, "the first, who gave up, and the one who went on");
        });
    }

    #[test]
    fn the_cache_is_bounded() {
        run(async {
            let cache = Cache::default();
            for index in 0..MAX_DNS_CACHE_ENTRIES + 10 {
                let _ = cache.get_or_look_up(&format!("{index}.test"), || async { resolution(60) }).await;
            }
            assert_eq!(cache.entries.lock().len(), MAX_DNS_CACHE_ENTRIES);
        });
    }
}
