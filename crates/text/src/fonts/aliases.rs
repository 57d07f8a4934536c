//! Which families stand in for which: those with the same metrics, and the pairs that browsers treat alike.

/// Families with the same advance widths, as fontconfig's `30-metric-aliases.conf` and Chromium list them. Within a
/// class the first that is there is taken.
const METRIC_COMPATIBLE: &[&[&str]] = &[
    &["Liberation Sans", "Arial", "Arimo", "Albany"],
    &["Liberation Serif", "Times New Roman", "Tinos", "Thorndale"],
    &["Liberation Mono", "Courier New", "Cousine", "Cumberland"],
    &["Liberation Sans Narrow", "Arial Narrow"],
    &["Carlito", "Calibri"],
    &["Caladea", "Cambria"],
    &["Gelasio", "Georgia"],
];

/// Names that are tried one for the other when a family is missing.
const ALTERNATES: &[(&str, &str)] =
    &[("Arial", "Helvetica"), ("Times New Roman", "Times"), ("Courier New", "Courier")];

/// The names to look for when `name` is not there, in order.
pub(crate) fn substitutes(name: &str) -> impl Iterator<Item = &'static str> {
    let alternate = ALTERNATES.iter().find_map(|&(a, b)| {
        if name.eq_ignore_ascii_case(a) {
            Some(b)
        } else if name.eq_ignore_ascii_case(b) {
            Some(a)
        } else {
            None
        }
    });
    class_of(name).iter().copied().chain(alternate).chain(alternate.map_or(&[][..], class_of).iter().copied())
}

fn class_of(name: &str) -> &'static [&'static str] {
    METRIC_COMPATIBLE
        .iter()
        .copied()
        .find(|class| class.iter().any(|member| member.eq_ignore_ascii_case(name)))
        .unwrap_or(&[])
}

#[cfg(test)]
mod tests {
    use super::substitutes;

    #[test]
    fn helvetica_leads_to_liberation_sans_by_way_of_arial() {
        let names: Vec<_> = substitutes("HELVETICA").collect();
        assert_eq!(&names[..2], ["Arial", "Liberation Sans"]);
    }

    #[test]
    fn a_family_without_twin_has_no_substitute() {
        assert_eq!(substitutes("Verdana").count(), 0);
    }
}
