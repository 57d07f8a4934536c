//! Whether the space takes part in more than kerning with its neighbours.

use super::face::Face;

/// Whether no rule of the font looks across a space, so that a word shaped with the spaces on both sides of it comes
/// out as it does in the whole text.
pub(super) fn are_separable(face: &Face) -> bool {
    let _ = face;
    false
}
