//! Generated content and counters.
//! <https://drafts.csswg.org/css-content-3/> <https://drafts.csswg.org/css-lists-3/#auto-numbering>

use crate::values::combinators::Boxed;
use crate::values::generated::{Content, CounterIncrement, CounterReset, CounterSet, SpecifiedContent};

longhands! {
    /// Generated content and counters.
    group GeneratedContent: reset {
        /// <https://drafts.csswg.org/css-content-3/#propdef-content>
        "content" content / Content: Boxed<SpecifiedContent> = Content::Normal, Boxes;
        /// <https://drafts.csswg.org/css-lists-3/#propdef-counter-increment>
        "counter-increment" counter_increment / CounterIncrement: CounterIncrement = CounterIncrement::none(), Boxes;
        /// <https://drafts.csswg.org/css-lists-3/#propdef-counter-reset>
        "counter-reset" counter_reset / CounterReset: CounterReset = CounterReset::none(), Boxes;
        /// <https://drafts.csswg.org/css-lists-3/#propdef-counter-set>
        "counter-set" counter_set / CounterSet: CounterSet = CounterSet::none(), Boxes;
    }
}
