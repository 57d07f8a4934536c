//! Which properties pseudo-elements take that are less than an element: parts of lines, markers, highlights.
//! <https://drafts.csswg.org/css-pseudo-4/#treelike>
//!
//! Where the specification leaves it open, as Chromium does. A shorthand sets those of its longhands that apply.

use super::PseudoElement;

impl PseudoElement {
    /// Whether a page's declarations of a longhand apply to this pseudo-element. Custom properties apply to all.
    pub fn accepts(&self, property: &str) -> bool {
        property.starts_with("--")
            || match self {
                PseudoElement::FirstLine => {
                    is_of_fonts(property) || is_of_lines(property) || property == "ruby-position"
                }
                PseudoElement::FirstLetter => {
                    is_of_fonts(property) || is_of_lines(property) || is_of_letters(property)
                }
                PseudoElement::Marker => is_of_fonts(property) || is_of_markers(property),
                PseudoElement::Selection => is_of_highlights(property),
                _ => true,
            }
    }
}

/// The font properties, for all that has text. <https://drafts.csswg.org/css-fonts-4/>
fn is_of_fonts(property: &str) -> bool {
    property.starts_with("font-") || matches!(property, "line-height" | "-webkit-font-smoothing")
}

/// <https://drafts.csswg.org/css-pseudo-4/#first-line-styling>
fn is_of_lines(property: &str) -> bool {
    const FAMILIES: [&str; 3] = ["background-", "text-decoration-", "text-underline-"];
    FAMILIES.iter().any(|family| property.starts_with(family))
        || matches!(
            property,
            "box-shadow"
                | "color"
                | "letter-spacing"
                | "opacity"
                | "text-justify"
                | "text-shadow"
                | "text-transform"
                | "vertical-align"
                | "visibility"
                | "word-spacing"
        )
}

/// What `::first-letter` takes more than `::first-line`.
/// <https://drafts.csswg.org/css-pseudo-4/#first-letter-styling>
fn is_of_letters(property: &str) -> bool {
    const FAMILIES: [&str; 3] = ["border-", "margin-", "padding-"];
    FAMILIES.iter().any(|family| property.starts_with(family)) && property != "border-collapse"
        || matches!(property, "float" | "initial-letter")
}

/// <https://drafts.csswg.org/css-pseudo-4/#marker-pseudo>
fn is_of_markers(property: &str) -> bool {
    const FAMILIES: [&str; 4] = ["animation-", "text-emphasis-", "transition-", "white-space-"];
    FAMILIES.iter().any(|family| property.starts_with(family))
        || matches!(
            property,
            "color"
                | "content"
                | "cursor"
                | "direction"
                | "hyphens"
                | "letter-spacing"
                | "line-break"
                | "overflow-wrap"
                | "tab-size"
                | "text-combine-upright"
                | "text-decoration-skip-ink"
                | "text-orientation"
                | "text-shadow"
                | "text-transform"
                | "text-wrap-mode"
                | "text-wrap-style"
                | "unicode-bidi"
                | "word-break"
                | "word-spacing"
        )
}

/// <https://drafts.csswg.org/css-pseudo-4/#highlight-styling>
fn is_of_highlights(property: &str) -> bool {
    property.starts_with("text-decoration-")
        || matches!(
            property,
            "background-color"
                | "color"
                | "fill"
                | "stroke"
                | "stroke-width"
                | "text-emphasis-color"
                | "text-shadow"
                | "text-underline-offset"
                | "-webkit-text-fill-color"
                | "-webkit-text-stroke-color"
                | "-webkit-text-stroke-width"
        )
}

#[cfg(test)]
mod tests {
    use super::PseudoElement;

    #[test]
    fn parts_of_lines_and_markers_take_what_they_can_show() {
        let taken = |pseudo: PseudoElement| {
            let all = [
                "font-size",
                "background-color",
                "margin-left",
                "border-collapse",
                "display",
                "direction",
                "--x",
            ];
            all.into_iter().filter(|property| pseudo.accepts(property)).collect::<Vec<_>>().join(" ")
        };
        assert_eq!(taken(PseudoElement::FirstLine), "font-size background-color --x");
        assert_eq!(taken(PseudoElement::FirstLetter), "font-size background-color margin-left --x");
        assert_eq!(taken(PseudoElement::Marker), "font-size direction --x");
        assert_eq!(taken(PseudoElement::Selection), "background-color --x");
        assert_eq!(
            taken(PseudoElement::Before),
            "font-size background-color margin-left border-collapse display direction --x"
        );
    }
}
