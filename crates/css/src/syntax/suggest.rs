//! Near misses: what the author probably meant by a name that is not known.

/// The candidate closest to `name`, if one is close enough to be meant; the first of equally close ones.
pub fn closest<'a>(name: &str, candidates: impl Iterator<Item = &'a str>) -> Option<&'a str> {
    // A third of the letters may be wrong, but a long name is not two short ones.
    let allowed = (name.len() / 3).clamp(1, 3);
    let mut best: Option<(usize, &str)> = None;
    for candidate in candidates {
        if candidate.len().abs_diff(name.len()) > allowed {
            continue;
        }
        let distance = edit_distance(name.as_bytes(), candidate.as_bytes());
        if distance <= allowed && best.is_none_or(|(least, _)| distance < least) {
            best = Some((distance, candidate));
        }
    }
    best.map(|(_, candidate)| candidate)
}

/// How many bytes must be inserted, removed, replaced or swapped with their neighbour, ASCII case aside.
fn edit_distance(left: &[u8], right: &[u8]) -> usize {
    let mut before_last: Vec<usize> = vec![0; right.len() + 1];
    let mut last: Vec<usize> = (0..=right.len()).collect();
    for (row, &left_byte) in left.iter().enumerate() {
        let mut current = Vec::with_capacity(right.len() + 1);
        current.push(row + 1);
        for (column, &right_byte) in right.iter().enumerate() {
            let same = left_byte.eq_ignore_ascii_case(&right_byte);
            let mut distance =
                (last[column] + usize::from(!same)).min(last[column + 1] + 1).min(current[column] + 1);
            let swapped = row > 0
                && column > 0
                && left_byte.eq_ignore_ascii_case(&right[column - 1])
                && left[row - 1].eq_ignore_ascii_case(&right_byte);
            if swapped {
                distance = distance.min(before_last[column - 1] + 1);
            }
            current.push(distance);
        }
        before_last = std::mem::replace(&mut last, current);
    }
    last[right.len()]
}

#[cfg(test)]
mod tests {
    use super::closest;

    #[test]
    fn a_swap_or_a_wrong_letter_is_a_near_miss() {
        let names = ["color", "cursor", "margin-left", "width"];
        assert_eq!(closest("colour", names.into_iter()), Some("color"));
        assert_eq!(closest("wdith", names.into_iter()), Some("width"));
        assert_eq!(closest("margin-lfet", names.into_iter()), Some("margin-left"));
    }

    #[test]
    fn something_else_is_no_near_miss() {
        assert_eq!(closest("-ms-filter", ["filter", "width"].into_iter()), None);
    }
}
