//! The `fanlight` command as a library, so that the project's own tests run through the same code.
//!
//! 1. [`args`] says what can be asked for; each command's arguments and examples are in one place.
//! 2. [`commands`] has one module a command. Each returns a [`Status`](exit::Status) or a [`Failure`](exit::Failure).
//! 3. [`session`] is what all commands that load a page share: fonts, fetcher, observers, and their reports.
//! 4. [`network`] makes the fetcher that the arguments ask for.
//! 5. [`golden`] is what `fanlight test` does.
//! 6. [`heap`] sets the allocator up.
//!
//! Only this crate prints.

pub mod args;
pub mod commands;
pub mod exit;
pub mod golden;
mod heap;
pub mod network;
pub mod output;
pub mod recording;
pub mod session;

use std::process::ExitCode;

use clap::Parser;

/// Runs the command that the process was started with.
pub fn main() -> ExitCode {
    heap::set_up();
    let arguments = match args::Arguments::try_parse() {
        Ok(arguments) => arguments,
        // Help and version are no misuse; clap prints each where it belongs.
        Err(error) => {
            let misused = error.use_stderr();
            return if error.print().is_ok() && !misused {
                ExitCode::SUCCESS
            } else {
                exit::Status::Misused.into()
            };
        }
    };
    match commands::run(arguments.command) {
        Ok(status) => status.into(),
        Err(failure) => {
            output::error(&failure);
            failure.status().into()
        }
    }
}
