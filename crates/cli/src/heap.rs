//! How the allocator keeps memory.
//!
//! Layout and style make millions of small values that all go when the page goes. Left to itself, glibc puts what is freed on
//! lists that it goes through at some later large allocation, in the middle of the next page, and hands the upper end of the heap
//! back to the kernel, which clears each of its pages when it is asked for them again. Both cost a large page a quarter of
//! its layout's time.

/// How much freed memory is kept for what comes next, in bytes.
#[cfg(all(target_os = "linux", target_env = "gnu"))]
const KEPT: i32 = 256 << 20;

/// Allocations of this many bytes and more are given back when they are freed: glibc's own upper bound.
#[cfg(all(target_os = "linux", target_env = "gnu"))]
const MAPPED: i32 = 32 << 20;

/// Sets the allocator up, where that is glibc's. Called before there are threads.
#[cfg(all(target_os = "linux", target_env = "gnu"))]
#[expect(unsafe_code, reason = "no crate wraps mallopt")]
pub(crate) fn set_up() {
    let settings = [(libc::M_MXFAST, 0), (libc::M_TRIM_THRESHOLD, KEPT), (libc::M_MMAP_THRESHOLD, MAPPED)];
    for (parameter, value) in settings {
        // SAFETY: `mallopt` takes two numbers, reads no memory of ours, and answers an unknown parameter or value with 0,
        // after which all is as before. It takes the lock of the arena whose parameters it writes.
        // <https://man7.org/linux/man-pages/man3/mallopt.3.html>
        unsafe { libc::mallopt(parameter, value) };
    }
}

/// Other allocators are left as they are.
#[cfg(not(all(target_os = "linux", target_env = "gnu")))]
pub(crate) fn set_up() {}
