//! Transitions and animations. Each list is as the author wrote it; lists that are shorter than the names repeat.
//! <https://drafts.csswg.org/css-transitions-2/> <https://drafts.csswg.org/css-animations-2/>

use crate::values::animation::{AnimationName, IterationCount, SpecifiedIterationCount, TransitionProperty};
use crate::values::easing::EasingFunction;
use crate::values::length::NonNegative;
use crate::values::time::{SpecifiedTime, Time};
use crate::values::{AutoOr, CommaList};

keywords! {
    /// <https://drafts.csswg.org/css-animations-1/#animation-direction>
    pub enum AnimationDirection {
        Normal = "normal", Reverse = "reverse", Alternate = "alternate", AlternateReverse = "alternate-reverse",
    }
}

keywords! {
    /// <https://drafts.csswg.org/css-animations-1/#animation-fill-mode>
    pub enum AnimationFillMode { None = "none", Forwards = "forwards", Backwards = "backwards", Both = "both" }
}

keywords! {
    /// <https://drafts.csswg.org/css-animations-1/#animation-play-state>
    pub enum AnimationPlayState { Running = "running", Paused = "paused" }
}

keywords! {
    /// <https://drafts.csswg.org/css-animations-2/#animation-composition>
    pub enum AnimationComposition { Replace = "replace", Add = "add", Accumulate = "accumulate" }
}

keywords! {
    /// <https://drafts.csswg.org/css-transitions-2/#transition-behavior-property>
    pub enum TransitionBehavior { Normal = "normal", AllowDiscrete = "allow-discrete" }
}

longhands! {
    /// Transitions and animations.
    group Animation: reset {
        /// <https://drafts.csswg.org/css-transitions-1/#propdef-transition-property>
        "transition-property" transition_property / TransitionProperty: TransitionProperty = TransitionProperty::all(), Nothing;
        /// <https://drafts.csswg.org/css-transitions-1/#propdef-transition-duration>
        "transition-duration" transition_duration / TransitionDuration: CommaList<NonNegative<SpecifiedTime>> = CommaList::one(Time(0.0)), Nothing;
        /// <https://drafts.csswg.org/css-transitions-1/#propdef-transition-timing-function>
        "transition-timing-function" transition_timing_function / TransitionTimingFunction: CommaList<EasingFunction> = CommaList::one(EasingFunction::EASE), Nothing;
        /// <https://drafts.csswg.org/css-transitions-1/#propdef-transition-delay>
        "transition-delay" transition_delay / TransitionDelay: CommaList<SpecifiedTime> = CommaList::one(Time(0.0)), Nothing;
        /// <https://drafts.csswg.org/css-transitions-2/#propdef-transition-behavior>
        "transition-behavior" transition_behavior / TransitionBehavior: CommaList<TransitionBehavior> = CommaList::one(TransitionBehavior::Normal), Nothing;
        /// <https://drafts.csswg.org/css-animations-1/#propdef-animation-name>
        "animation-name" animation_name / AnimationName: CommaList<AnimationName> = CommaList::one(AnimationName::None), Paint;
        /// <https://drafts.csswg.org/css-animations-1/#propdef-animation-duration>
        "animation-duration" animation_duration / AnimationDuration: CommaList<AutoOr<NonNegative<SpecifiedTime>>> = CommaList::one(AutoOr::Value(Time(0.0))), Paint;
        /// <https://drafts.csswg.org/css-animations-1/#propdef-animation-timing-function>
        "animation-timing-function" animation_timing_function / AnimationTimingFunction: CommaList<EasingFunction> = CommaList::one(EasingFunction::EASE), Paint;
        /// <https://drafts.csswg.org/css-animations-1/#propdef-animation-delay>
        "animation-delay" animation_delay / AnimationDelay: CommaList<SpecifiedTime> = CommaList::one(Time(0.0)), Paint;
        /// <https://drafts.csswg.org/css-animations-1/#propdef-animation-iteration-count>
        "animation-iteration-count" animation_iteration_count / AnimationIterationCount: CommaList<SpecifiedIterationCount> = CommaList::one(IterationCount::Number(1.0)), Paint;
        /// <https://drafts.csswg.org/css-animations-1/#propdef-animation-direction>
        "animation-direction" animation_direction / AnimationDirection: CommaList<AnimationDirection> = CommaList::one(AnimationDirection::Normal), Paint;
        /// <https://drafts.csswg.org/css-animations-1/#propdef-animation-fill-mode>
        "animation-fill-mode" animation_fill_mode / AnimationFillMode: CommaList<AnimationFillMode> = CommaList::one(AnimationFillMode::None), Paint;
        /// <https://drafts.csswg.org/css-animations-1/#propdef-animation-play-state>
        "animation-play-state" animation_play_state / AnimationPlayState: CommaList<AnimationPlayState> = CommaList::one(AnimationPlayState::Running), Paint;
        /// <https://drafts.csswg.org/css-animations-2/#propdef-animation-composition>
        "animation-composition" animation_composition / AnimationComposition: CommaList<AnimationComposition> = CommaList::one(AnimationComposition::Replace), Paint;
    }
}
