//! Instants as HAR has them: ISO 8601 in UTC.

use std::time::{Duration, SystemTime};

/// An instant as ISO 8601 in UTC, `offset` ms after `start`.
pub(super) fn date_time(start: SystemTime, offset: f64) -> String {
    let offset = Duration::try_from_secs_f64(offset / 1e3).unwrap_or_default();
    let since_epoch = (start + offset).duration_since(SystemTime::UNIX_EPOCH).unwrap_or_default();
    let (days, second) = (since_epoch.as_secs() / 86_400, since_epoch.as_secs() % 86_400);
    let (year, month, day) = civil_date(days);
    format!(
        "{year:04}-{month:02}-{day:02}T{:02}:{:02}:{:02}.{:03}Z",
        second / 3600,
        second / 60 % 60,
        second % 60,
        since_epoch.subsec_millis()
    )
}

/// The Gregorian date of a day counted from 1970-01-01. Years are counted from March, so that the leap day is the last
/// of its year and every five months have 153 days.
fn civil_date(days: u64) -> (u64, u64, u64) {
    const DAYS_IN_400_YEARS: u64 = 146_097;
    // 719,468 days lie between 0000-03-01 and 1970-01-01.
    let shifted = days + 719_468;
    let era = shifted / DAYS_IN_400_YEARS;
    let day_of_era = shifted % DAYS_IN_400_YEARS;
    let year_of_era = (day_of_era - day_of_era / 1460 + day_of_era / 36_524 - day_of_era / 146_096) / 365;
    let day_of_year = day_of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
    let month_from_march = (5 * day_of_year + 2) / 153;
    let day = day_of_year - (153 * month_from_march + 2) / 5 + 1;
    let month = if month_from_march < 10 { month_from_march + 3 } else { month_from_march - 9 };
    let year = 400 * era + year_of_era + u64::from(month <= 2);
    (year, month, day)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn instants_are_written_as_iso_8601() {
        let at = |seconds: u64| SystemTime::UNIX_EPOCH + Duration::from_secs(seconds);
        assert_eq!(date_time(at(0), 1.5), "1970-01-01T00:00:00.001Z");
        assert_eq!(date_time(at(951_782_400), 0.0), "2000-02-29T00:00:00.000Z");
        assert_eq!(date_time(at(1_735_689_599), 0.0), "2024-12-31T23:59:59.000Z");
    }
}
