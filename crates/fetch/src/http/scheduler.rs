//! Who may use a connection when: six requests at a time to an origin over HTTP/1.1, the most urgent first.

use std::cmp::Reverse;
use std::collections::{BTreeMap, BinaryHeap};
use std::sync::Arc;

use parking_lot::Mutex;
use tokio::sync::oneshot;

use crate::limits::{MAX_REQUESTS, MAX_STREAMS_PER_HOST};
use crate::request::Priority;

/// Hands out slots, each the right to one request under way.
pub(super) struct Scheduler {
    connections_per_host: usize,
    state: Mutex<State>,
}

#[derive(Default)]
struct State {
    /// By origin as text.
    hosts: BTreeMap<String, Host>,
    active: usize,
    sequence: u64,
}

#[derive(Default)]
struct Host {
    active: usize,
    /// Whether one connection carries many requests: HTTP/2.
    multiplexed: bool,
    waiting: BinaryHeap<Waiting>,
}

/// Greater is sooner: first by priority, then by who came first.
struct Waiting {
    rank: (Priority, Reverse<u64>),
    grant: oneshot::Sender<Slot>,
}

impl PartialEq for Waiting {
    fn eq(&self, other: &Self) -> bool {
        self.rank == other.rank
    }
}

impl Eq for Waiting {}

impl PartialOrd for Waiting {
    fn partial_cmp(&self, other: &Self) -> Option<std::cmp::Ordering> {
        Some(self.cmp(other))
    }
}

impl Ord for Waiting {
    fn cmp(&self, other: &Self) -> std::cmp::Ordering {
        self.rank.cmp(&other.rank)
    }
}

/// The right to one request under way; dropping it lets the next one go.
pub(super) struct Slot {
    scheduler: Arc<Scheduler>,
    host: String,
}

impl Scheduler {
    pub(super) fn new(connections_per_host: usize) -> Arc<Self> {
        Arc::new(Scheduler { connections_per_host: connections_per_host.max(1), state: Mutex::default() })
    }

    /// Waits for a slot.
    pub(super) async fn acquire(self: &Arc<Self>, host: &str, priority: Priority) -> Slot {
        let (grant, granted) = oneshot::channel();
        {
            let mut state = self.state.lock();
            state.sequence += 1;
            let rank = (priority, Reverse(state.sequence));
            state.hosts.entry(host.to_owned()).or_default().waiting.push(Waiting { rank, grant });
        }
        self.grant();
        // The sending end lives in the queue until it is used, and the queue as long as `self`.
        granted.await.expect("a waiting request is granted, never dropped")
    }

    /// Notes that an origin speaks HTTP/2, so that its requests share a connection.
    pub(super) fn is_multiplexed(self: &Arc<Self>, host: &str) {
        let is_news = match self.state.lock().hosts.get_mut(host) {
            Some(host) => !std::mem::replace(&mut host.multiplexed, true),
            None => false,
        };
        if is_news {
            self.grant();
        }
    }

    /// Hands out what can be handed out.
    fn grant(self: &Arc<Self>) {
        loop {
            let next = self.state.lock().next(self.connections_per_host);
            let Some((host, grant)) = next else { return };
            // Outside the lock: a slot that nobody takes any more is dropped here and returns itself.
            let _ = grant.send(Slot { scheduler: Arc::clone(self), host });
        }
    }
}

impl State {
    /// Takes the most urgent request that may go out of its queue, and counts it as active.
    fn next(&mut self, connections_per_host: usize) -> Option<(String, oneshot::Sender<Slot>)> {
        if self.active >= MAX_REQUESTS {
            return None;
        }
        for host in self.hosts.values_mut() {
            while host.waiting.peek().is_some_and(|waiting| waiting.grant.is_closed()) {
                host.waiting.pop();
            }
        }
        let limit = |host: &Host| if host.multiplexed { MAX_STREAMS_PER_HOST } else { connections_per_host };
        let (name, host) = self
            .hosts
            .iter_mut()
            .filter(|(_, host)| host.active < limit(host) && !host.waiting.is_empty())
            .max_by(|(_, a), (_, b)| a.waiting.peek().cmp(&b.waiting.peek()))?;
        let waiting = host.waiting.pop()?;
        host.active += 1;
        self.active += 1;
        Some((name.clone(), waiting.grant))
    }
}

impl Drop for Slot {
    fn drop(&mut self) {
        {
            let mut state = self.scheduler.state.lock();
            state.active = state.active.saturating_sub(1);
            if let Some(host) = state.hosts.get_mut(&self.host) {
                host.active = host.active.saturating_sub(1);
                // Only what was learnt about an origin is worth keeping.
                if host.active == 0 && host.waiting.is_empty() && !host.multiplexed {
                    state.hosts.remove(&self.host);
                }
            }
        }
        self.scheduler.grant();
    }
}

#[cfg(test)]
mod tests {
    use std::time::Duration;

    use super::*;

    async fn is_pending<T>(future: &mut (impl Future<Output = T> + Unpin)) -> bool {
        tokio::time::timeout(Duration::from_millis(10), future).await.is_err()
    }

    fn run(test: impl Future<Output = ()>) {
        tokio::runtime::Builder::new_current_thread().enable_time().build().unwrap().block_on(test);
    }

    #[test]
    fn the_most_urgent_goes_first_and_equals_in_order() {
        run(async {
            let scheduler = Scheduler::new(1);
            let first = scheduler.acquire("a", Priority::Low).await;
            let order = Arc::new(Mutex::new(Vec::new()));
            let mut tasks = Vec::new();
            let asked =
                [(Priority::Low, 1), (Priority::VeryHigh, 2), (Priority::Low, 3), (Priority::VeryHigh, 4)];
            for (priority, name) in asked {
                let (scheduler, order) = (Arc::clone(&scheduler), Arc::clone(&order));
                tasks.push(tokio::spawn(async move {
                    let _slot = scheduler.acquire("a", priority).await;
                    order.lock().push(name);
                }));
                tokio::task::yield_now().await;
            }
            drop(first);
            for task in tasks {
                task.await.unwrap();
            }
            assert_eq!(*order.lock(), [2, 4, 1, 3]);
        });
    }

    #[test]
    fn hosts_do_not_wait_for_each_other_and_http_2_not_for_itself() {
        run(async {
            let scheduler = Scheduler::new(1);
            let _a = scheduler.acquire("a", Priority::Low).await;
            let _b = scheduler.acquire("b", Priority::Low).await;
            let mut second = Box::pin(scheduler.acquire("a", Priority::Low));
            assert!(is_pending(&mut second).await);
            scheduler.is_multiplexed("a");
            assert!(!is_pending(&mut second).await);
        });
    }

    #[test]
    fn who_gives_up_waiting_blocks_nobody() {
        run(async {
            let scheduler = Scheduler::new(1);
            let first = scheduler.acquire("a", Priority::Low).await;
            let mut impatient = Box::pin(scheduler.acquire("a", Priority::VeryHigh));
            assert!(is_pending(&mut impatient).await);
            drop(impatient);
            let mut patient = Box::pin(scheduler.acquire("a", Priority::Low));
            assert!(is_pending(&mut patient).await);
            drop(first);
            assert!(!is_pending(&mut patient).await);
        });
    }
}
