//! `fanlight completions`: a script that completes commands, flags and stages in a shell.

use clap::CommandFactory;

use crate::args::{Arguments, Completions};
use crate::exit::{Failure, Status};
use crate::output;

/// Prints the script.
///
/// # Errors
/// None.
pub fn run(args: &Completions) -> Result<Status, Failure> {
    let mut script = Vec::new();
    clap_complete::generate(args.shell, &mut Arguments::command(), "fanlight", &mut script);
    output::write(None, &script)?;
    Ok(Status::Done)
}
