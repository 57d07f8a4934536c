//! The commands, one module each.

pub mod batch;
pub mod bench;
pub mod completions;
pub mod dump;
pub mod fetch;
pub mod open;
pub mod screenshot;
pub mod test;
pub mod trace;

use crate::args::Command;
use crate::exit::{Failure, Status};

/// Runs one command.
///
/// # Errors
/// It could not do what it was asked for.
pub fn run(command: Command) -> Result<Status, Failure> {
    match command {
        Command::Open(args) => open::run(&args),
        Command::Screenshot(args) => screenshot::run(&args),
        Command::Dump(args) => dump::run(&args),
        Command::Trace(args) => trace::run(&args),
        Command::Bench(args) => bench::run(&args),
        Command::Fetch(args) => fetch::run(&args),
        Command::Test(args) => test::run(&args),
        Command::Batch(args) => batch::run(&args),
        Command::Completions(args) => completions::run(&args),
    }
}
