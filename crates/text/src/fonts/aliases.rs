//! Which families stand in for which: those with the same metrics, and the pairs that browsers treat alike.

use crate::description::GenericFamily;

/// Families with the same advance widths, which Chromium takes one for the other. Within a class the first that is
/// there is taken.
const METRIC_COMPATIBLE: &[&[&str]] = &[
    &["Liberation Sans", "Arial", "Arimo"],
    &["Liberation Serif", "Times New Roman", "Tinos"],
    &["Liberation Mono", "Courier New", "Cousine"],
    &["Carlito", "Calibri"],
    &["Caladea", "Cambria"],
];

/// Names that fontconfig itself resolves, even where they are quoted in CSS.
const SYSTEM_GENERICS: &[(&str, GenericFamily)] = &[
    ("sans", GenericFamily::SansSerif),
    ("sans-serif", GenericFamily::SansSerif),
    ("serif", GenericFamily::Serif),
    ("monospace", GenericFamily::Monospace),
    ("system-ui", GenericFamily::SystemUi),
];

/// The generic family of the system's that a family's name stands for.
pub(crate) fn system_generic(name: &str) -> Option<GenericFamily> {
    SYSTEM_GENERICS.iter().find(|(generic, _)| generic.eq_ignore_ascii_case(name)).map(|&(_, family)| family)
}

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

/// Whether a face with this full or PostScript name can belong to a family: the names begin alike but for blanks.
pub(crate) fn may_be_face_of(face: &str, family: &str) -> bool {
    let significant = |name: &str| {
        name.chars().filter(|c| !c.is_whitespace()).map(|c| c.to_ascii_lowercase()).collect::<String>()
    };
    significant(face).starts_with(&significant(family))
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
