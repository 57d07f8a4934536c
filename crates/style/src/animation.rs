//! Animations in pictures: finite ones stand at their end, endless ones at their start. Nothing moves yet.
//! <https://drafts.csswg.org/css-animations-1/>

use fanlight_base::Atom;
use fanlight_css::properties::Animation;
use fanlight_css::properties::animation::{AnimationDirection, AnimationFillMode};
use fanlight_css::values::animation::{AnimationName, IterationCount};

/// The end of its keyframes that an animation is shown at.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(crate) enum Edge {
    /// `from`, 0 %.
    From,
    /// `to`, 100 %.
    To,
}

/// The animations that have an effect where they stand, with the keyframes that they show; later ones win.
pub(crate) fn shown(animation: &Animation) -> Vec<(Atom, Edge)> {
    let names = &animation.animation_name;
    let mut shown = Vec::new();
    for (index, name) in names.iter().enumerate() {
        let AnimationName::Name(name) = name else { continue };
        let direction = *repeated(&animation.animation_direction, index);
        let edge = match repeated(&animation.animation_iteration_count, index) {
            IterationCount::Infinite => Some(start(direction)),
            IterationCount::Number(count) => {
                let fill = *repeated(&animation.animation_fill_mode, index);
                let stays = matches!(fill, AnimationFillMode::Forwards | AnimationFillMode::Both);
                stays.then(|| end(direction, *count))
            }
        };
        shown.extend(edge.map(|edge| (name.clone(), edge)));
    }
    shown
}

/// The item of a list that repeats; a list has at least one.
fn repeated<T>(list: &[T], index: usize) -> &T {
    &list[index % list.len()]
}

fn start(direction: AnimationDirection) -> Edge {
    match direction {
        AnimationDirection::Normal | AnimationDirection::Alternate => Edge::From,
        AnimationDirection::Reverse | AnimationDirection::AlternateReverse => Edge::To,
    }
}

/// Where an animation is after it has run `count` times. One that ends inside of an iteration is shown at the nearer edge.
fn end(direction: AnimationDirection, count: f32) -> Edge {
    let last = (count.ceil() - 1.0).max(0.0);
    let at_end_of_iteration = count > 0.0 && count - last >= 0.5;
    let odd = last % 2.0 == 1.0;
    let reversed = match direction {
        AnimationDirection::Normal => false,
        AnimationDirection::Reverse => true,
        AnimationDirection::Alternate => odd,
        AnimationDirection::AlternateReverse => !odd,
    };
    if at_end_of_iteration != reversed { Edge::To } else { Edge::From }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_end_depends_on_direction_and_count() {
        use AnimationDirection as D;
        for (direction, count, expected) in [
            (D::Normal, 1.0, Edge::To),
            (D::Normal, 0.0, Edge::From),
            (D::Normal, 1.25, Edge::From),
            (D::Reverse, 3.0, Edge::From),
            (D::Alternate, 2.0, Edge::From),
            (D::Alternate, 3.0, Edge::To),
            (D::AlternateReverse, 1.0, Edge::From),
            (D::AlternateReverse, 2.0, Edge::To),
        ] {
            assert_eq!(end(direction, count), expected, "{direction:?} {count}");
        }
    }
}
