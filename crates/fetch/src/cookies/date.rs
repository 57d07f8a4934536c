//! Dates in cookies, which servers write in many ways.
//! <https://httpwg.org/http-extensions/draft-ietf-httpbis-rfc6265bis.html#name-dates>

/// The instant that a text names, in s since 1970; none where it names none.
pub(super) fn parse_cookie_date(text: &str) -> Option<i64> {
    let (mut time, mut day, mut month, mut year) = (None, None, None, None);
    for token in text.split(is_delimiter).filter(|token| !token.is_empty()) {
        // The first token of each form counts, and a token counts once.
        if time.is_none()
            && let Some(found) = hms_time(token)
        {
            time = Some(found);
        } else if day.is_none()
            && let Some(found) = leading_number(token, 1, 2)
        {
            day = Some(found);
        } else if month.is_none()
            && let Some(found) = month_number(token)
        {
            month = Some(found);
        } else if year.is_none()
            && let Some(found) = leading_number(token, 2, 4)
        {
            year = Some(found);
        }
    }
    let (hour, minute, second) = time?;
    let (day, month) = (day?, month?);
    let year = match year? {
        short @ 70..=99 => short + 1900,
        short @ 0..=69 => short + 2000,
        full => full,
    };
    if year < 1601
        || !(1..=days_in_month(year, month)).contains(&day)
        || hour > 23
        || minute > 59
        || second > 59
    {
        return None;
    }
    Some(days_since_1970(year, month, day) * 86_400 + hour * 3600 + minute * 60 + second)
}

const fn is_delimiter(c: char) -> bool {
    matches!(c, '\t' | ' '..='/' | ';'..='@' | '['..='`' | '{'..='~')
}

/// `hh:mm:ss`, and whatever follows after something that is no digit.
fn hms_time(token: &str) -> Option<(i64, i64, i64)> {
    let mut parts = token.splitn(3, ':');
    let (hour, minute, rest) = (parts.next()?, parts.next()?, parts.next()?);
    let whole = |part: &str| leading_number(part, 1, 2).filter(|_| part.len() <= 2 && is_digits(part));
    Some((whole(hour)?, whole(minute)?, leading_number(rest, 1, 2)?))
}

fn is_digits(text: &str) -> bool {
    text.bytes().all(|byte| byte.is_ascii_digit())
}

/// The number of so many digits that a token begins with.
fn leading_number(token: &str, least: usize, most: usize) -> Option<i64> {
    let digits = token.bytes().take_while(u8::is_ascii_digit).count();
    if (least..=most).contains(&digits) { token[..digits].parse().ok() } else { None }
}

fn month_number(token: &str) -> Option<i64> {
    const MONTHS: [&str; 12] =
        ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"];
    let start = token.get(..3)?;
    MONTHS.iter().zip(1..).find(|(name, _)| start.eq_ignore_ascii_case(name)).map(|(_, number)| number)
}

fn days_in_month(year: i64, month: i64) -> i64 {
    let is_leap = year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);
    match month {
        2 => 28 + i64::from(is_leap),
        4 | 6 | 9 | 11 => 30,
        _ => 31,
    }
}

/// Days from 1970-01-01 to a day of the Gregorian calendar, of a year after 0. Years are counted from March, so that the
/// leap day is the last of its year and every five months have 153 days.
fn days_since_1970(year: i64, month: i64, day: i64) -> i64 {
    let (year, month) = if month > 2 { (year, month - 3) } else { (year - 1, month + 9) };
    let day_of_year = (153 * month + 2) / 5 + day - 1;
    // 719,468 days lie between 0000-03-01 and 1970-01-01.
    year * 365 + year / 4 - year / 100 + year / 400 + day_of_year - 719_468
}

#[cfg(test)]
mod tests {
    use super::parse_cookie_date;

    #[test]
    fn dates_are_read_in_every_way_that_servers_write_them() {
        for text in [
            "Sun, 06 Nov 1994 08:49:37 GMT",
            "Sunday, 06-Nov-94 08:49:37 GMT",
            "Sun Nov  6 08:49:37 1994",
            "06 november 1994 8:49:37",
            "1994 6 Nov 08:49:37pm",
            "08:49:37;nov,6;94",
        ] {
            assert_eq!(parse_cookie_date(text), Some(784_111_777), "{text}");
        }
        assert_eq!(parse_cookie_date("Thu, 01 Jan 1970 00:00:00 GMT"), Some(0));
        assert_eq!(parse_cookie_date("Mon, 01 Jan 1601 00:00:00 GMT"), Some(-11_644_473_600));
        assert_eq!(parse_cookie_date("29 Feb 2000 23:59:59"), Some(951_868_799));
        assert_eq!(
            parse_cookie_date("31 Dec 69 00:00:00"),
            Some(3_155_673_600),
            "two digits below 70 are of 2000"
        );
    }

    #[test]
    fn what_is_no_date_is_none() {
        for text in [
            "",
            "tomorrow",
            "06 Nov 1994",
            "06 Nov 08:49:37",
            "Nov 1994 08:49:37",
            "30 Feb 2000 00:00:00",
            "29 Feb 1900 00:00:00",
            "00 Nov 1994 08:49:37",
            "06 Nov 1600 08:49:37",
            "06 Nov 1994 24:00:00",
            "06 Nov 1994 08:60:00",
            "06 Nov 1994 08:49:60",
            "06 Nov 1994 008:49:37",
            "06 Nov 19940 08:49:37",
        ] {
            assert_eq!(parse_cookie_date(text), None, "{text}");
        }
    }
}
