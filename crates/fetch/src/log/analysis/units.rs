//! Times and sizes for people.

/// A time given in ms: `0 ms`, `0.4 ms`, `123 ms`, `1.23 s`.
pub fn duration(ms: f64) -> String {
    match ms {
        0.0 => "0 ms".to_owned(),
        ms if ms < 9.95 => format!("{ms:.1} ms"),
        ms if ms < 999.5 => format!("{ms:.0} ms"),
        ms => format!("{:.2} s", ms / 1e3),
    }
}

/// A size given in bytes: `123 B`, `12.3 kB`, `4.5 MB`. A kB is 1000 bytes.
pub fn bytes(bytes: u64) -> String {
    let count = bytes as f64;
    match bytes {
        0..1_000 => format!("{bytes} B"),
        1_000..100_000 => format!("{:.1} kB", count / 1e3),
        100_000..1_000_000 => format!("{:.0} kB", count / 1e3),
        _ => format!("{:.1} MB", count / 1e6),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn three_digits_are_enough() {
        assert_eq!(
            [0.0, 9.94, 9.96, 999.4, 1234.0].map(duration),
            ["0 ms", "9.9 ms", "10 ms", "999 ms", "1.23 s"]
        );
        assert_eq!(
            [0, 999, 1000, 12_345, 123_456, 4_500_000].map(bytes),
            ["0 B", "999 B", "1.0 kB", "12.3 kB", "123 kB", "4.5 MB"]
        );
    }
}
