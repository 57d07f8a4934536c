//! The stages of the pipeline, in their order.

use std::fmt;
use std::str::FromStr;

/// A stage of the pipeline. The names are the same wherever a stage is named: `--stop-after`, dumps, traces, benches.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Stage {
    /// URL to response.
    Fetch,
    /// Bytes to document.
    Dom,
    /// Text to stylesheets.
    Cssom,
    /// Document and stylesheets to computed styles.
    Style,
    /// Computed styles to boxes and fragments.
    Layout,
    /// Fragments to display list.
    Paint,
    /// Display list to pixels.
    Composite,
}

impl Stage {
    /// Every stage, in the order in which a page goes through them.
    pub const ALL: [Stage; 7] =
        [Stage::Fetch, Stage::Dom, Stage::Cssom, Stage::Style, Stage::Layout, Stage::Paint, Stage::Composite];

    /// The name on the command line, in dumps, traces, benches and test folders.
    pub const fn name(self) -> &'static str {
        match self {
            Stage::Fetch => "fetch",
            Stage::Dom => "dom",
            Stage::Cssom => "cssom",
            Stage::Style => "style",
            Stage::Layout => "layout",
            Stage::Paint => "paint",
            Stage::Composite => "composite",
        }
    }

    /// The place in [`Stage::ALL`].
    pub const fn index(self) -> usize {
        self as usize
    }
}

impl fmt::Display for Stage {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.pad(self.name())
    }
}

/// A name that is not a stage's.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct UnknownStage(pub String);

impl fmt::Display for UnknownStage {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let names: Vec<&str> = Stage::ALL.iter().map(|stage| stage.name()).collect();
        write!(formatter, "there is no stage '{}'; the stages are {}", self.0, names.join(", "))
    }
}

impl std::error::Error for UnknownStage {}

impl FromStr for Stage {
    type Err = UnknownStage;

    fn from_str(name: &str) -> Result<Self, UnknownStage> {
        Stage::ALL.into_iter().find(|stage| stage.name() == name).ok_or_else(|| UnknownStage(name.to_owned()))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_and_indices_agree_with_the_order() {
        for (index, stage) in Stage::ALL.into_iter().enumerate() {
            assert_eq!(stage.index(), index);
            assert_eq!(stage.name().parse(), Ok(stage));
        }
    }

    #[test]
    fn an_unknown_name_is_answered_with_the_known_ones() {
        let message = "reflow".parse::<Stage>().unwrap_err().to_string();
        assert!(message.contains("'reflow'") && message.contains("fetch, dom, cssom"), "{message}");
    }
}
