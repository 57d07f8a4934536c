//! `transition` and `animation`: lists with commas, whose parts go into a list of each longhand.
//! <https://drafts.csswg.org/css-transitions-2/#transition-shorthand-property>
//! <https://drafts.csswg.org/css-animations-2/#animation-shorthand>

use super::ShorthandInfo;
use crate::properties::PropertyDeclaration;
use crate::properties::animation::{
    AnimationComposition, AnimationDirection, AnimationFillMode, AnimationPlayState, Declaration as D,
    Longhand as A, TransitionBehavior,
};
use crate::syntax::error::invalid_value;
use crate::syntax::{CssResult, ParseContext, Parser, ToCss};
use crate::values::animation::{AnimationName, IterationCount, SpecifiedIterationCount, TransitionProperty};
use crate::values::calc::Range;
use crate::values::easing::EasingFunction;
use crate::values::identifier::CustomIdent;
use crate::values::length::{NonNegative, ParseInRange};
use crate::values::number::SpecifiedNumber;
use crate::values::time::{SpecifiedTime, TimeUnit};
use crate::values::{AutoOr, CommaList, Parse};

pub(super) static TABLE: &[ShorthandInfo] = &[
    ShorthandInfo {
        name: "transition",
        longhands: &[
            A::TransitionProperty.id(),
            A::TransitionDuration.id(),
            A::TransitionTimingFunction.id(),
            A::TransitionDelay.id(),
            A::TransitionBehavior.id(),
        ],
        parse: |_, input, context, added| parse_transition(input, context, added),
        write: write_transition,
    },
    ShorthandInfo {
        name: "animation",
        longhands: &[
            A::AnimationDuration.id(),
            A::AnimationTimingFunction.id(),
            A::AnimationDelay.id(),
            A::AnimationIterationCount.id(),
            A::AnimationDirection.id(),
            A::AnimationFillMode.id(),
            A::AnimationPlayState.id(),
            A::AnimationName.id(),
            A::AnimationComposition.id(),
        ],
        parse: |_, input, context, added| parse_animation(input, context, added),
        write: write_animation,
    },
];

const ZERO: SpecifiedTime = SpecifiedTime::Literal(0.0, TimeUnit::Seconds);

fn take<T: Parse>(slot: &mut Option<T>, input: &mut Parser<'_>, context: &ParseContext<'_>) -> bool {
    if slot.is_some() {
        return false;
    }
    *slot = input.try_parse(|input| T::parse(input, context)).ok();
    slot.is_some()
}

/// The first time is the duration, the second the delay.
fn take_time(
    duration: &mut Option<NonNegative<SpecifiedTime>>,
    delay: &mut Option<SpecifiedTime>,
    input: &mut Parser<'_>,
    context: &ParseContext<'_>,
) -> bool {
    if duration.is_none() {
        let parse =
            |input: &mut Parser<'_>| SpecifiedTime::parse_in_range(input, context, Range::NonNegative);
        *duration = input.try_parse(parse).ok().map(NonNegative);
        return duration.is_some();
    }
    take(delay, input, context)
}

fn parse_transition(
    input: &mut Parser<'_>,
    context: &ParseContext<'_>,
    added: &mut Vec<PropertyDeclaration>,
) -> CssResult<()> {
    let mut names: Vec<Option<CustomIdent>> = Vec::new();
    let (mut durations, mut easings, mut delays, mut behaviors) =
        (Vec::new(), Vec::new(), Vec::new(), Vec::new());
    input.parse_comma_separated(|input| -> CssResult<()> {
        let (mut duration, mut easing, mut delay, mut behavior) = (None, None, None, None);
        let mut name: Option<Option<CustomIdent>> = None;
        let mut any = false;
        loop {
            let mut taken = take_time(&mut duration, &mut delay, input, context)
                || take(&mut easing, input, context)
                || take(&mut behavior, input, context);
            if !taken && name.is_none() {
                name = input
                    .try_parse(|input| -> CssResult<Option<CustomIdent>> {
                        if input.try_parse(|input| input.expect_ident_matching("none")).is_ok() {
                            return Ok(None);
                        }
                        CustomIdent::parse(input, context).map(Some)
                    })
                    .ok();
                taken = name.is_some();
            }
            if !taken {
                break;
            }
            any = true;
        }
        if !any {
            return Err(invalid_value());
        }
        names.push(name.unwrap_or_else(|| Some(CustomIdent("all".into()))));
        durations.push(duration.unwrap_or(NonNegative(ZERO)));
        easings.push(easing.unwrap_or(EasingFunction::EASE));
        delays.push(delay.unwrap_or(ZERO));
        behaviors.push(behavior.unwrap_or(TransitionBehavior::Normal));
        Ok(())
    })?;
    // `none` stands alone.
    let property = match names.as_slice() {
        [None] => TransitionProperty::None,
        _ => {
            let names: Option<Vec<CustomIdent>> = names.into_iter().collect();
            TransitionProperty::Properties(names.ok_or_else(invalid_value)?.into_iter().collect())
        }
    };
    added.extend(
        [
            D::TransitionProperty(property),
            D::TransitionDuration(durations.into_iter().collect()),
            D::TransitionTimingFunction(easings.into_iter().collect()),
            D::TransitionDelay(delays.into_iter().collect()),
            D::TransitionBehavior(behaviors.into_iter().collect()),
        ]
        .map(PropertyDeclaration::Animation),
    );
    Ok(())
}

fn write_transition(_: &ShorthandInfo, declarations: &[&PropertyDeclaration], out: &mut String) {
    let [
        PropertyDeclaration::Animation(D::TransitionProperty(property)),
        PropertyDeclaration::Animation(D::TransitionDuration(durations)),
        PropertyDeclaration::Animation(D::TransitionTimingFunction(easings)),
        PropertyDeclaration::Animation(D::TransitionDelay(delays)),
        PropertyDeclaration::Animation(D::TransitionBehavior(behaviors)),
    ] = declarations
    else {
        return;
    };
    let names: Vec<String> = match property {
        TransitionProperty::None => vec!["none".to_owned()],
        TransitionProperty::Properties(names) => names.iter().map(ToCss::to_css_string).collect(),
    };
    let lengths = [durations.len(), easings.len(), delays.len(), behaviors.len()];
    if lengths.iter().any(|&length| length != names.len()) {
        return;
    }
    for (index, name) in names.iter().enumerate() {
        let mut words = Vec::new();
        if name != "all" {
            words.push(name.clone());
        }
        // A delay needs its duration before it.
        if durations[index].0 != ZERO || delays[index] != ZERO {
            words.push(durations[index].to_css_string());
        }
        if easings[index] != EasingFunction::EASE {
            words.push(easings[index].to_css_string());
        }
        if delays[index] != ZERO {
            words.push(delays[index].to_css_string());
        }
        if behaviors[index] != TransitionBehavior::Normal {
            words.push(behaviors[index].to_css_string());
        }
        push_item(words, "all", index, out);
    }
}

fn push_item(words: Vec<String>, none: &str, index: usize, out: &mut String) {
    if index > 0 {
        out.push_str(", ");
    }
    out.push_str(&if words.is_empty() { none.to_owned() } else { words.join(" ") });
}

/// One animation as it is parsed.
#[derive(Default)]
struct Single {
    duration: Option<NonNegative<SpecifiedTime>>,
    easing: Option<EasingFunction>,
    delay: Option<SpecifiedTime>,
    iterations: Option<SpecifiedIterationCount>,
    direction: Option<AnimationDirection>,
    fill: Option<AnimationFillMode>,
    play: Option<AnimationPlayState>,
    name: Option<AnimationName>,
}

impl Single {
    fn take(&mut self, input: &mut Parser<'_>, context: &ParseContext<'_>) -> bool {
        take_time(&mut self.duration, &mut self.delay, input, context)
            || take(&mut self.easing, input, context)
            || take(&mut self.iterations, input, context)
            || take(&mut self.direction, input, context)
            || take(&mut self.fill, input, context)
            || take(&mut self.play, input, context)
            || take(&mut self.name, input, context)
    }
}

fn parse_animation(
    input: &mut Parser<'_>,
    context: &ParseContext<'_>,
    added: &mut Vec<PropertyDeclaration>,
) -> CssResult<()> {
    let singles = input.parse_comma_separated(|input| -> CssResult<Single> {
        let mut single = Single::default();
        let mut any = false;
        while single.take(input, context) {
            any = true;
        }
        if any { Ok(single) } else { Err(invalid_value()) }
    })?;
    fn list<T>(singles: &[Single], pick: impl Fn(&Single) -> T) -> CommaList<T> {
        singles.iter().map(pick).collect()
    }
    let once = IterationCount::Number(SpecifiedNumber::Literal(1.0));
    let singles = singles.as_slice();
    added.extend(
        [
            D::AnimationDuration(list(singles, |one| match &one.duration {
                Some(duration) => AutoOr::Value(duration.clone()),
                None => AutoOr::Value(NonNegative(ZERO)),
            })),
            D::AnimationTimingFunction(list(singles, |one| {
                one.easing.clone().unwrap_or(EasingFunction::EASE)
            })),
            D::AnimationDelay(list(singles, |one| one.delay.clone().unwrap_or(ZERO))),
            D::AnimationIterationCount(list(singles, |one| {
                one.iterations.clone().unwrap_or_else(|| once.clone())
            })),
            D::AnimationDirection(list(singles, |one| one.direction.unwrap_or(AnimationDirection::Normal))),
            D::AnimationFillMode(list(singles, |one| one.fill.unwrap_or(AnimationFillMode::None))),
            D::AnimationPlayState(list(singles, |one| one.play.unwrap_or(AnimationPlayState::Running))),
            D::AnimationName(list(singles, |one| one.name.clone().unwrap_or(AnimationName::None))),
            D::AnimationComposition(CommaList::one(AnimationComposition::Replace)),
        ]
        .map(PropertyDeclaration::Animation),
    );
    Ok(())
}

fn write_animation(_: &ShorthandInfo, declarations: &[&PropertyDeclaration], out: &mut String) {
    let [
        PropertyDeclaration::Animation(D::AnimationDuration(durations)),
        PropertyDeclaration::Animation(D::AnimationTimingFunction(easings)),
        PropertyDeclaration::Animation(D::AnimationDelay(delays)),
        PropertyDeclaration::Animation(D::AnimationIterationCount(iterations)),
        PropertyDeclaration::Animation(D::AnimationDirection(directions)),
        PropertyDeclaration::Animation(D::AnimationFillMode(fills)),
        PropertyDeclaration::Animation(D::AnimationPlayState(plays)),
        PropertyDeclaration::Animation(D::AnimationName(names)),
        PropertyDeclaration::Animation(D::AnimationComposition(compositions)),
    ] = declarations
    else {
        return;
    };
    let lengths = [
        durations.len(),
        easings.len(),
        delays.len(),
        iterations.len(),
        directions.len(),
        fills.len(),
        plays.len(),
    ];
    let plain = **compositions == [AnimationComposition::Replace];
    if !plain || lengths.iter().any(|&length| length != names.len()) {
        return;
    }
    let once = IterationCount::Number(SpecifiedNumber::Literal(1.0));
    let no_time = AutoOr::Value(NonNegative(ZERO));
    for (index, name) in names.iter().enumerate() {
        let parts: [(bool, &dyn Fn() -> String); 8] = [
            (durations[index] != no_time || delays[index] != ZERO, &|| durations[index].to_css_string()),
            (easings[index] != EasingFunction::EASE, &|| easings[index].to_css_string()),
            (delays[index] != ZERO, &|| delays[index].to_css_string()),
            (iterations[index] != once, &|| iterations[index].to_css_string()),
            (directions[index] != AnimationDirection::Normal, &|| directions[index].to_css_string()),
            (fills[index] != AnimationFillMode::None, &|| fills[index].to_css_string()),
            (plays[index] != AnimationPlayState::Running, &|| plays[index].to_css_string()),
            (*name != AnimationName::None, &|| name.to_css_string()),
        ];
        let words = parts.into_iter().filter(|(shown, _)| *shown).map(|(_, text)| text()).collect();
        push_item(words, "none", index, out);
    }
}
