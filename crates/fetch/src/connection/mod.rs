//! Connections to servers: made, shared, and told about.
//!
//! 1. [`pool`]: who may use which connection when. A request waits here until one is free, or one that was made for it
//!    is ready.
//! 2. [`connector`]: makes one: the name's addresses from [`crate::dns`], TCP to the first of them that answers
//!    ([`race`]), through a proxy where there is one ([`route`]), TLS ([`tls`]), then the protocol that TLS agreed on.
//!    [`sharing`]: whether one that was made for another origin will do.
//! 3. [`http1`] and [`http2`]: a request and its answer on a connection.
//! 4. [`failure`]: what went wrong, in words.
//! 5. [`record`]: what is known of a connection, for the network log; what its
//!    [`certificate`] says.
//!
//! Built on hyper's and h2's connections rather than on a client that hides them, because they are what is to be seen:
//! which address was chosen, what TLS agreed on, which requests shared a connection, and what came before the answer
//! (1xx). HTTP/3 is not spoken: the crate `h3` calls itself experimental, and with it would come a second transport (`quinn`)
//! with sockets, timers and congestion control of its own, which no server of the tests could check.

mod certificate;
mod connector;
mod failure;
mod http1;
mod http2;
mod message;
mod pool;
mod race;
mod record;
mod route;
mod schedule;
mod sharing;
mod tls;

pub(crate) use connector::Connector;
pub(crate) use message::{Again, Body, Head, Outgoing, SendError};
pub(crate) use pool::{Lease, Pool};
pub(crate) use record::{ConnectTimes, note};
pub(crate) use schedule::priority_field;
