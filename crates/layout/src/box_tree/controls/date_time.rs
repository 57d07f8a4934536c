//! Dates and times, in the form that they have in American English.
//! <https://html.spec.whatwg.org/multipage/input.html#date-state-(type=date)>

use fanlight_css::values::display::Display;
use fanlight_dom::form::InputType;

use super::{Host, parts};
use crate::box_tree::construct::Builder;
use crate::box_tree::{BoxId, BoxKind};
use crate::flow::LogicalSides;
use crate::style;

/// The picker that a field offers.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum PickerIcon {
    /// For days, weeks and months.
    Calendar,
    /// For times.
    Clock,
}

impl PickerIcon {
    /// The side of the icon in CSS px, without the room around it.
    pub fn side(self, font_size: f32) -> f32 {
        match self {
            PickerIcon::Calendar => font_size,
            PickerIcon::Clock => 16.0,
        }
    }

    /// From the fields to the icon, in CSS px.
    fn gap(self, font_size: f32) -> f32 {
        match self {
            PickerIcon::Calendar => 1.2 * font_size,
            PickerIcon::Clock => 8.0,
        }
    }
}

/// Room on all sides of the icon, in CSS px.
pub(crate) const ICON_PADDING: f32 = 2.0;

const MONTHS: [&str; 12] = [
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
];

/// The characters of the longest of these, and as many blanks.
const LONGEST_MONTH: usize = 9;
const BLANK: &str = "         ";

/// What a field shows: its parts, each of which is edited by itself, and the text between them.
#[derive(Clone, Debug, PartialEq, Eq)]
enum Piece {
    Field(String),
    Literal(&'static str),
}

/// The fields, and room for the icon.
pub(super) fn contents(
    builder: &mut Builder<'_>,
    host: Host<'_>,
    icon: PickerIcon,
    children: &mut Vec<BoxId>,
) {
    let font_size = style::font_size(&builder.tree.get(host.id).style);
    let side = icon.side(font_size);
    let room = icon.gap(font_size) + side + 2.0 * ICON_PADDING;
    let wrapper = parts::style(builder, host.id, Display::BLOCK, |computed| {
        parts::keep_on_one_line(computed);
        parts::pad(
            computed,
            LogicalSides { inline_start: 0.0, inline_end: room, block_start: 1.0, block_end: 1.0 },
        );
    });
    let wrapper = parts::block(builder, host.node, host.id, wrapper, children);
    let mut inside = Vec::new();
    let value = host.element.input_value().trim();
    for piece in pieces(InputType::of(host.element), value) {
        match piece {
            Piece::Literal(text) => parts::line(builder, host.node, wrapper, text, &mut inside),
            Piece::Field(text) => {
                let computed = parts::style(builder, wrapper, Display::INLINE, |computed| {
                    parts::pad(
                        computed,
                        LogicalSides { inline_start: 1.0, inline_end: 1.0, ..LogicalSides::default() },
                    );
                });
                let kind = BoxKind::Inline(Vec::new());
                let field = builder.add(parts::source(host.node), Some(wrapper), computed, kind);
                let mut characters = Vec::new();
                parts::line(builder, host.node, field, &text, &mut characters);
                builder.fill(field, characters, None);
                inside.push(field);
            }
        }
    }
    builder.fill(wrapper, inside, None);
}

fn pieces(input_type: InputType, value: &str) -> Vec<Piece> {
    match input_type {
        InputType::Date => date(parse_date(value)),
        InputType::Time => time(parse_time(value)),
        InputType::LocalDateAndTime => {
            let parsed = value
                .split_once(['T', ' '])
                .and_then(|(date, time)| Some((parse_date(date)?, parse_time(time)?)));
            let mut pieces = date(parsed.map(|(date, _)| date));
            pieces.push(Piece::Literal(", "));
            pieces.extend(time(parsed.map(|(_, time)| time)));
            pieces
        }
        InputType::Month => {
            let (name, year) = match parse_month(value) {
                Some((year, month)) => (MONTHS[month as usize - 1].to_owned(), format!("{year:04}")),
                None => ("---------".to_owned(), "----".to_owned()),
            };
            // There is room for the longest name.
            let room = &BLANK[..LONGEST_MONTH - name.len()];
            vec![Piece::Field(name), Piece::Literal(" "), Piece::Field(year), Piece::Literal(room)]
        }
        InputType::Week => {
            let (week, year) = match parse_week(value) {
                Some((year, week)) => (format!("{week:02}"), format!("{year:04}")),
                None => ("--".to_owned(), "----".to_owned()),
            };
            vec![Piece::Literal("Week "), Piece::Field(week), Piece::Literal(", "), Piece::Field(year)]
        }
        _ => Vec::new(),
    }
}

fn date(date: Option<(u32, u32, u32)>) -> Vec<Piece> {
    let [month, day, year] = match date {
        Some((year, month, day)) => [format!("{month:02}"), format!("{day:02}"), format!("{year:04}")],
        None => ["mm", "dd", "yyyy"].map(str::to_owned),
    };
    let slash = Piece::Literal("/");
    vec![Piece::Field(month), slash.clone(), Piece::Field(day), slash, Piece::Field(year)]
}

fn time(time: Option<(u32, u32)>) -> Vec<Piece> {
    let [hour, minute, half] = match time {
        Some((hour, minute)) => {
            let of_twelve = if hour % 12 == 0 { 12 } else { hour % 12 };
            let half = if hour < 12 { "AM" } else { "PM" };
            [format!("{of_twelve:02}"), format!("{minute:02}"), half.to_owned()]
        }
        None => ["--"; 3].map(str::to_owned),
    };
    // The space is a narrow one that no line breaks at.
    let (colon, space) = (Piece::Literal(":"), Piece::Literal("\u{202f}"));
    vec![Piece::Field(hour), colon, Piece::Field(minute), space, Piece::Field(half)]
}

/// Digits, and nothing else.
fn number(text: &str) -> Option<u32> {
    if text.bytes().all(|byte| byte.is_ascii_digit()) { text.parse().ok() } else { None }
}

/// <https://html.spec.whatwg.org/multipage/common-microsyntaxes.html#parse-a-month-string>
fn parse_month(text: &str) -> Option<(u32, u32)> {
    let (year, month) = text.split_once('-')?;
    let (year_number, month) = (number(year)?, number(month).filter(|_| month.len() == 2)?);
    (year.len() >= 4 && year_number > 0 && (1..=12).contains(&month)).then_some((year_number, month))
}

/// <https://html.spec.whatwg.org/multipage/common-microsyntaxes.html#parse-a-date-string>
fn parse_date(text: &str) -> Option<(u32, u32, u32)> {
    let (month, day) = text.rsplit_once('-')?;
    let (year, month) = parse_month(month)?;
    let day = number(day).filter(|_| day.len() == 2)?;
    let is_leap = year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);
    let days = match month {
        2 if is_leap => 29,
        2 => 28,
        4 | 6 | 9 | 11 => 30,
        _ => 31,
    };
    (1..=days).contains(&day).then_some((year, month, day))
}

/// <https://html.spec.whatwg.org/multipage/common-microsyntaxes.html#parse-a-week-string>
fn parse_week(text: &str) -> Option<(u32, u32)> {
    let (year, week) = text.split_once("-W")?;
    let (year_number, week) = (number(year)?, number(week).filter(|_| week.len() == 2)?);
    (year.len() >= 4 && year_number > 0 && (1..=53).contains(&week)).then_some((year_number, week))
}

/// Hours and minutes. <https://html.spec.whatwg.org/multipage/common-microsyntaxes.html#parse-a-time-string>
fn parse_time(text: &str) -> Option<(u32, u32)> {
    let (hour, rest) = text.split_once(':')?;
    let minute = rest.get(..2).filter(|_| rest.len() == 2 || rest[2..].starts_with(':'))?;
    let (hour, minute) = (number(hour).filter(|_| hour.len() == 2)?, number(minute)?);
    (hour < 24 && minute < 60).then_some((hour, minute))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shown(input_type: InputType, value: &str) -> String {
        pieces(input_type, value)
            .into_iter()
            .map(|piece| match piece {
                Piece::Field(text) => text,
                Piece::Literal(text) => text.to_owned(),
            })
            .collect()
    }

    #[test]
    fn values_are_shown_as_in_american_english() {
        assert_eq!(shown(InputType::Date, "2020-01-02"), "01/02/2020");
        assert_eq!(shown(InputType::Time, "00:05"), "12:05\u{202f}AM");
        assert_eq!(shown(InputType::Time, "13:05:09.5"), "01:05\u{202f}PM");
        assert_eq!(shown(InputType::LocalDateAndTime, "2020-01-02T10:20"), "01/02/2020, 10:20\u{202f}AM");
        assert_eq!(shown(InputType::Month, "2020-09"), "September 2020");
        assert_eq!(shown(InputType::Month, "2020-01"), "January 2020  ");
        assert_eq!(shown(InputType::Week, "2020-W03"), "Week 03, 2020");
    }

    #[test]
    fn what_is_no_date_leaves_the_fields_empty() {
        for value in ["", "2021-02-29", "2020-13-01", "20-01-01", "2020-1-1", "x"] {
            assert_eq!(shown(InputType::Date, value), "mm/dd/yyyy", "{value}");
        }
        for value in ["24:00", "1:00", "10:60", "10:2", "10:20x"] {
            assert_eq!(shown(InputType::Time, value), "--:--\u{202f}--", "{value}");
        }
    }
}
