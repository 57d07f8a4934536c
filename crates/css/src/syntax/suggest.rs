//! Near misses: what the author probably meant by a name that is not known.

/// The longest name that near misses are looked for of: a longer one is no slip of the finger.
const LONGEST: usize = 48;

/// A name that may have been meant.
#[derive(Clone, Copy, Debug)]
pub struct Candidate<'a> {
    name: &'a str,
    letters: u32,
}

impl<'a> Candidate<'a> {
    /// Prepares a name for comparisons.
    pub fn new(name: &'a str) -> Candidate<'a> {
        Candidate { name, letters: letters_of(name) }
    }
}

/// The candidate closest to `name`, if one is close enough to be meant; the first of equally close ones.
pub fn closest<'a>(name: &str, candidates: &[Candidate<'a>]) -> Option<&'a str> {
    // A third of the letters may be wrong, but a long name is not two short ones.
    let allowed = (name.len() / 3).clamp(1, 3);
    if name.len() > LONGEST {
        return None;
    }
    let letters = letters_of(name);
    let mut best: Option<(usize, &str)> = None;
    for &Candidate { name: candidate, letters: candidate_letters } in candidates {
        // A page can have thousands of unknown names: what cannot be close is not measured. One change adds a letter and
        // takes another away at most.
        let hopeless = candidate.len().abs_diff(name.len()) > allowed
            || candidate.len() > LONGEST
            || (candidate_letters ^ letters).count_ones() as usize > 2 * allowed;
        if hopeless {
            continue;
        }
        // What is no closer than the best so far is of no use.
        let most = best.map_or(allowed, |(least, _)| least - 1);
        if let Some(distance) = edit_distance(name.as_bytes(), candidate.as_bytes(), most) {
            best = Some((distance, candidate));
            if distance == 0 {
                break;
            }
        }
    }
    best.map(|(_, candidate)| candidate)
}

/// Which letters are in a name, ASCII case aside; everything else counts as one.
fn letters_of(name: &str) -> u32 {
    name.bytes().fold(0, |letters, byte| match byte.to_ascii_lowercase() {
        letter @ b'a'..=b'z' => letters | 1 << (letter - b'a'),
        b'-' => letters | 1 << 26,
        _ => letters | 1 << 27,
    })
}

/// How many bytes must be inserted, removed, replaced or swapped with their neighbour, ASCII case aside; `None` when they are
/// more than `most`. Neither name is longer than [`LONGEST`].
fn edit_distance(left: &[u8], right: &[u8], most: usize) -> Option<usize> {
    let mut rows = [[0_u8; LONGEST + 1]; 3];
    for (column, distance) in rows[0].iter_mut().enumerate() {
        *distance = column as u8;
    }
    let mut least_of_last = 0;
    // The row being filled, the one before and the one before that take turns.
    for (row, &left_byte) in left.iter().enumerate() {
        let (current, last, before_last) = ((row + 1) % 3, row % 3, (row + 2) % 3);
        rows[current][0] = row as u8 + 1;
        let mut least = rows[current][0];
        for (column, &right_byte) in right.iter().enumerate() {
            let same = left_byte.eq_ignore_ascii_case(&right_byte);
            let mut distance = (rows[last][column] + u8::from(!same))
                .min(rows[last][column + 1] + 1)
                .min(rows[current][column] + 1);
            let swapped = row > 0
                && column > 0
                && left_byte.eq_ignore_ascii_case(&right[column - 1])
                && left[row - 1].eq_ignore_ascii_case(&right_byte);
            if swapped {
                distance = distance.min(rows[before_last][column - 1] + 1);
            }
            rows[current][column + 1] = distance;
            least = least.min(distance);
        }
        // Each row follows from the two before it and is nowhere less than both.
        if usize::from(least.min(least_of_last)) > most {
            return None;
        }
        least_of_last = least;
    }
    let distance = usize::from(rows[left.len() % 3][right.len()]);
    (distance <= most).then_some(distance)
}

#[cfg(test)]
mod tests {
    use super::Candidate;

    fn closest<'a>(name: &str, names: &[&'a str]) -> Option<&'a str> {
        super::closest(name, &names.iter().map(|name| Candidate::new(name)).collect::<Vec<_>>())
    }

    #[test]
    fn a_swap_or_a_wrong_letter_is_a_near_miss() {
        let names = ["color", "cursor", "margin-left", "width"];
        assert_eq!(closest("colour", &names), Some("color"));
        assert_eq!(closest("wdith", &names), Some("width"));
        assert_eq!(closest("margin-lfet", &names), Some("margin-left"));
    }

    #[test]
    fn every_single_slip_is_found_in_spite_of_the_filter() {
        let name = "background-color";
        for index in 0..name.len() {
            let (before, after) = name.split_at(index);
            for slip in [
                format!("{before}{}", &after[1..]),
                format!("{before}q{after}"),
                format!("{before}q{}", &after[1..]),
            ] {
                assert_eq!(closest(&slip, &[name]), Some(name), "{slip}");
            }
        }
    }

    #[test]
    fn names_of_any_length_are_no_danger() {
        assert_eq!(closest(&"a".repeat(100_000), &["color"]), None);
        assert_eq!(closest("", &["a"]), Some("a"));
    }

    #[test]
    fn something_else_is_no_near_miss() {
        assert_eq!(closest("-ms-filter", &["filter", "width"]), None);
    }
}
