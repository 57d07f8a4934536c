//! How the program is linked.

use std::env;
use std::process::Command;

/// The first glibc that reads packed relocations.
const FIRST_GLIBC: (u32, u32) = (2, 36);

fn main() {
    println!("cargo::rerun-if-changed=build.rs");
    // Tables of constants hold some fifty thousand pointers. All that the loader is told of them it reads at every start:
    // packed, that is a few KB of memory and not more than a MB.
    if is_for_this_machine() && glibc().is_some_and(|version| version >= FIRST_GLIBC) {
        println!("cargo::rustc-link-arg-bins=-Wl,-z,pack-relative-relocs");
    }
}

/// Whether the program is made for a machine like this one, so that its C library will be like this one's.
fn is_for_this_machine() -> bool {
    env::var_os("HOST").is_some_and(|host| env::var_os("TARGET") == Some(host))
}

/// The version of this machine's C library, where that is glibc.
fn glibc() -> Option<(u32, u32)> {
    let answer = Command::new("getconf").arg("GNU_LIBC_VERSION").output().ok()?;
    let text = String::from_utf8(answer.stdout).ok()?;
    let (major, minor) = text.trim().strip_prefix("glibc ")?.split_once('.')?;
    Some((major.parse().ok()?, minor.parse().ok()?))
}
