//! TCP to the first of several addresses that answers: "happy eyeballs".
//! <https://www.rfc-editor.org/rfc/rfc8305#section-5>

use std::io;
use std::net::SocketAddr;
use std::time::Duration;

use tokio::net::TcpStream;
use tokio::task::JoinSet;
use tokio::time::{Instant, sleep_until};

use crate::limits::CONNECTION_ATTEMPT_DELAY;
use crate::log::{TriedAddress, TriedOutcome};

/// The families in turn, beginning with the first address's, each family in its own order.
/// <https://www.rfc-editor.org/rfc/rfc8305#section-4>
pub(super) fn interleave(addresses: &[SocketAddr]) -> Vec<SocketAddr> {
    let Some(first) = addresses.first() else { return Vec::new() };
    let (same, other): (Vec<_>, Vec<_>) =
        addresses.iter().copied().partition(|address| address.is_ipv6() == first.is_ipv6());
    let mut other = other.into_iter();
    let mut mixed: Vec<_> =
        same.into_iter().flat_map(|address| [Some(address), other.next()]).flatten().collect();
    mixed.extend(other);
    mixed
}

/// Tries one address after the other, each when the one before has failed or has not answered for
/// [`CONNECTION_ATTEMPT_DELAY`]. What was tried is noted in `tried`, also where the future is dropped.
///
/// # Errors
/// All failed; the error is the first one's, which is the address that was preferred.
pub(super) async fn race(addresses: &[SocketAddr], tried: &mut Vec<TriedAddress>) -> io::Result<TcpStream> {
    let begun = Instant::now();
    let mut connecting = JoinSet::new();
    let mut waiting = addresses.iter().copied();
    let mut first_error = None;
    let mut next_at = begun;
    loop {
        let more = waiting.len() > 0;
        if !more && connecting.is_empty() {
            let none = || io::Error::new(io::ErrorKind::AddrNotAvailable, "the host has no address");
            return Err(first_error.unwrap_or_else(none));
        }
        tokio::select! {
            biased;
            Some(joined) = connecting.join_next(), if !connecting.is_empty() => {
                // A task that panicked or was aborted has connected to nothing.
                let Ok((index, outcome)) = joined else { continue };
                let this: &mut TriedAddress = &mut tried[index];
                this.duration = milliseconds(begun.elapsed()) - this.started;
                match outcome {
                    Ok(stream) => {
                        this.outcome = TriedOutcome::Connected;
                        let now = milliseconds(begun.elapsed());
                        for other in tried.iter_mut().filter(|other| other.outcome == TriedOutcome::GivenUp) {
                            other.duration = now - other.started;
                        }
                        return Ok(stream);
                    }
                    Err(error) => {
                        this.outcome = TriedOutcome::Failed { reason: io::Error::to_string(&error) };
                        first_error.get_or_insert(error);
                        next_at = Instant::now();
                    }
                }
            }
            () = sleep_until(next_at), if more => {
                if let Some(address) = waiting.next() {
                    let index = tried.len();
                    tried.push(TriedAddress {
                        address,
                        started: milliseconds(begun.elapsed()),
                        duration: 0.0,
                        outcome: TriedOutcome::GivenUp,
                    });
                    connecting.spawn(async move { (index, TcpStream::connect(address).await) });
                    next_at = Instant::now() + CONNECTION_ATTEMPT_DELAY;
                }
            }
        }
    }
}

fn milliseconds(duration: Duration) -> f64 {
    duration.as_secs_f64() * 1e3
}

#[cfg(test)]
mod tests {
    use super::*;

    fn address(text: &str) -> SocketAddr {
        text.parse().unwrap()
    }

    /// A listener whose queue of connections is full answers no more.
    struct BlackHole {
        address: SocketAddr,
        _listener: socket2::Socket,
        _queued: Vec<std::net::TcpStream>,
    }

    fn black_hole() -> BlackHole {
        let listener = socket2::Socket::new(socket2::Domain::IPV4, socket2::Type::STREAM, None).unwrap();
        listener.bind(&address("127.0.0.1:0").into()).unwrap();
        listener.listen(0).unwrap();
        let address = listener.local_addr().unwrap().as_socket().unwrap();
        let patience = Duration::from_millis(50);
        let queued =
            (0..16).map_while(|_| std::net::TcpStream::connect_timeout(&address, patience).ok()).collect();
        BlackHole { address, _listener: listener, _queued: queued }
    }

    fn run<T>(test: impl Future<Output = T>) -> T {
        tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap().block_on(test)
    }

    #[test]
    fn families_take_turns() {
        let all = ["[::1]:1", "[::2]:1", "[::3]:1", "1.1.1.1:1"].map(address);
        assert_eq!(interleave(&all), ["[::1]:1", "1.1.1.1:1", "[::2]:1", "[::3]:1"].map(address));
        let all = ["1.1.1.1:1", "[::1]:1", "[::2]:1"].map(address);
        assert_eq!(interleave(&all), all);
        assert_eq!(interleave(&[]), []);
    }

    #[test]
    fn an_address_that_does_not_answer_holds_nobody_up() {
        let hole = black_hole();
        let server = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
        let there = server.local_addr().unwrap();
        let mut tried = Vec::new();
        let stream = run(race(&[hole.address, there], &mut tried)).unwrap();
        assert_eq!(stream.peer_addr().unwrap(), there);
        assert_eq!(tried.len(), 2);
        assert_eq!((tried[0].address, &tried[0].outcome), (hole.address, &TriedOutcome::GivenUp));
        assert_eq!((tried[1].address, &tried[1].outcome), (there, &TriedOutcome::Connected));
        assert!(tried[1].started >= milliseconds(CONNECTION_ATTEMPT_DELAY) - 1.0, "{tried:?}");
    }

    #[test]
    fn an_address_that_refuses_is_followed_by_the_next_at_once() {
        let closed = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
        let refused = closed.local_addr().unwrap();
        drop(closed);
        let hole = black_hole();
        let server = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
        let there = server.local_addr().unwrap();
        let mut tried = Vec::new();
        run(race(&[refused, there, hole.address], &mut tried)).unwrap();
        assert!(
            matches!(&tried[0].outcome, TriedOutcome::Failed { reason } if reason.contains("refused")),
            "{tried:?}"
        );
        assert_eq!(tried.len(), 2, "nothing is tried after one is chosen");
    }

    #[test]
    fn where_all_fail_the_first_says_why() {
        let closed = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
        let refused = closed.local_addr().unwrap();
        drop(closed);
        let error = run(race(&[refused, refused], &mut Vec::new())).unwrap_err();
        assert_eq!(error.kind(), io::ErrorKind::ConnectionRefused);
        assert_eq!(run(race(&[], &mut Vec::new())).unwrap_err().kind(), io::ErrorKind::AddrNotAvailable);
    }
}
