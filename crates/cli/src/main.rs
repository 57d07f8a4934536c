//! The `fanlight` command.

use std::process::ExitCode;

/// Every stage makes many small things, on several threads.
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

fn main() -> ExitCode {
    fanlight_cli::main()
}
