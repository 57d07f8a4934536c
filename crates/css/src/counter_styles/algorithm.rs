//! From a number to its text in one style.
//! <https://drafts.csswg.org/css-counter-styles-3/#counter-style-system>

use std::sync::Arc;

use unicode_segmentation::UnicodeSegmentation;

use super::definition::{Definition, System};
use super::predefined::ChineseNumerals;
use crate::limits::COUNTER_GRAPHEMES;

/// The representation of a number; `None` where the style has none, so that its fallback says it.
/// <https://drafts.csswg.org/css-counter-styles-3/#generate-a-counter>
pub(super) fn represent(style: &Definition, value: i32) -> Option<String> {
    if !style.ranges.iter().any(|(lower, upper)| (*lower..=*upper).contains(&value)) {
        return None;
    }
    let (before, after) = &style.negative;
    if value >= 0 || !style.system.has_negative_sign() {
        return padded(style, initial(&style.system, i64::from(value))?, 0);
    }
    let sign = graphemes(before) + graphemes(after);
    let digits = padded(style, initial(&style.system, i64::from(value).abs())?, sign)?;
    Some([&**before, &digits, after].concat())
}

/// Puts symbols before a representation until it is as long as `pad` says, the sign counted.
/// <https://drafts.csswg.org/css-counter-styles-3/#counter-style-pad>
fn padded(style: &Definition, digits: String, sign: usize) -> Option<String> {
    let (length, symbol) = &style.pad;
    let missing = (*length as usize).saturating_sub(graphemes(&digits) + sign);
    if missing > COUNTER_GRAPHEMES {
        return None;
    }
    Some(if missing == 0 { digits } else { symbol.repeat(missing) + &digits })
}

fn graphemes(text: &str) -> usize {
    if text.is_ascii() { text.len() } else { text.graphemes(true).count() }
}

/// The representation without sign and padding. The value is not negative where the system has a sign.
fn initial(system: &System, value: i64) -> Option<String> {
    let count = |symbols: &[Arc<str>]| symbols.len() as i64;
    match system {
        System::Cyclic(symbols) => Some(symbols[(value - 1).rem_euclid(count(symbols)) as usize].to_string()),
        System::Fixed(first, symbols) => {
            let index = usize::try_from(value - i64::from(*first)).ok()?;
            symbols.get(index).map(ToString::to_string)
        }
        System::Symbolic(symbols) => {
            let index = value - 1;
            let repeats = usize::try_from(index.checked_div(count(symbols))? + 1).ok()?;
            (index >= 0 && repeats <= COUNTER_GRAPHEMES)
                .then(|| symbols[(index % count(symbols)) as usize].repeat(repeats))
        }
        System::Numeric(digits) => Some(numeric(digits, value)),
        System::Alphabetic(letters) => alphabetic(letters, value),
        System::Additive(weights) => additive(weights, value),
        System::Chinese(numerals) => Some(chinese(numerals, value)),
        System::EthiopicNumeric => Some(ethiopic(value)),
    }
}

fn numeric(digits: &[Arc<str>], value: i64) -> String {
    let base = digits.len() as i64;
    let mut rest = value;
    let mut parts: Vec<&str> = Vec::new();
    loop {
        parts.push(&digits[(rest % base) as usize]);
        rest /= base;
        if rest == 0 {
            return parts.into_iter().rev().collect();
        }
    }
}

fn alphabetic(letters: &[Arc<str>], value: i64) -> Option<String> {
    let base = letters.len() as i64;
    let mut rest = value;
    let mut parts: Vec<&str> = Vec::new();
    while rest > 0 {
        rest -= 1;
        parts.push(&letters[(rest % base) as usize]);
        rest /= base;
    }
    (!parts.is_empty()).then(|| parts.into_iter().rev().collect())
}

fn additive(weights: &[(u32, Arc<str>)], value: i64) -> Option<String> {
    if value == 0 {
        return weights.iter().find(|(weight, _)| *weight == 0).map(|(_, symbol)| symbol.to_string());
    }
    let mut rest = value;
    let mut text = String::new();
    let mut symbols = 0;
    for (weight, symbol) in weights.iter().filter(|(weight, _)| *weight > 0) {
        let repeats = (rest / i64::from(*weight)) as usize;
        symbols += repeats;
        if symbols > COUNTER_GRAPHEMES {
            return None;
        }
        text.push_str(&symbol.repeat(repeats));
        rest %= i64::from(*weight);
    }
    (rest == 0).then_some(text)
}

/// Digits each with the marker of its place; zeros between others are one, those at the end none.
/// <https://drafts.csswg.org/css-counter-styles-3/#limited-chinese>
fn chinese(numerals: &ChineseNumerals, value: i64) -> String {
    let mut text = String::new();
    let mut skipped_zero = false;
    for (place, marker) in
        [(1000, numerals.markers[2]), (100, numerals.markers[1]), (10, numerals.markers[0]), (1, "")]
    {
        let digit = (value / place % 10) as usize;
        if digit == 0 {
            skipped_zero = !text.is_empty();
            continue;
        }
        if std::mem::take(&mut skipped_zero) {
            text.push_str(numerals.digits[0]);
        }
        let is_bare_ten = numerals.is_informal && place == 10 && digit == 1 && value < 20;
        if !is_bare_ten {
            text.push_str(numerals.digits[digit]);
        }
        text.push_str(marker);
    }
    if text.is_empty() { numerals.digits[0].to_owned() } else { text }
}

/// Groups of two digits, with the mark of a hundred after every other and that of ten thousand between pairs.
/// <https://drafts.csswg.org/css-counter-styles-3/#ethiopic-numeric-counter-style>
fn ethiopic(value: i64) -> String {
    const TENS: [&str; 10] = ["", "፲", "፳", "፴", "፵", "፶", "፷", "፸", "፹", "፺"];
    const UNITS: [&str; 10] = ["", "፩", "፪", "፫", "፬", "፭", "፮", "፯", "፰", "፱"];
    if value == 1 {
        return UNITS[1].to_owned();
    }
    let mut groups = Vec::new();
    let mut rest = value;
    while rest > 0 {
        groups.push((rest % 100) as usize);
        rest /= 100;
    }
    let mut text = String::new();
    for (index, &group) in groups.iter().enumerate().rev() {
        let is_odd = index % 2 == 1;
        let is_silent_one = group == 1 && (index + 1 == groups.len() || is_odd);
        if !is_silent_one {
            text.push_str(TENS[group / 10]);
            text.push_str(UNITS[group % 10]);
        }
        if is_odd && group != 0 {
            text.push('፻');
        } else if !is_odd && index != 0 {
            text.push('፼');
        }
    }
    text
}
