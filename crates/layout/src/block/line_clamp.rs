//! `-webkit-line-clamp`: a block container ends after so many of its lines, the last of which gets an ellipsis if there are
//! more. <https://drafts.csswg.org/css-overflow-4/#webkit-line-clamp>
//!
//! The lines of a block formatting context are counted first. If there are more than allowed, it is laid out again, and what
//! follows the last line is hidden and adds nothing to automatic heights.

use fanlight_css::ComputedStyle;

use crate::style;

/// What becomes of a line.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum LineFate {
    Shown,
    /// It is the last one to be seen.
    EndsWithEllipsis,
    Hidden,
}

/// The lines of a block formatting context, where their number is limited.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct LineClamp {
    limit: Option<u32>,
    /// How many there were so far.
    lines: u32,
    /// Whether it is known that there are too many.
    is_exceeded: bool,
}

impl LineClamp {
    /// That of a box that establishes a block formatting context; its lines are to be counted.
    pub fn of(computed: &ComputedStyle) -> LineClamp {
        LineClamp { limit: style::line_clamp(computed), ..LineClamp::default() }
    }

    /// What to lay the lines out with once they have been counted, if there are too many.
    pub fn again(&self) -> Option<LineClamp> {
        let limit = self.limit.filter(|&limit| self.lines > limit)?;
        Some(LineClamp { limit: Some(limit), lines: 0, is_exceeded: true })
    }

    /// Whether the number of lines is limited, so that a block's layout depends on those before it.
    pub fn is_limited(&self) -> bool {
        self.limit.is_some()
    }

    /// Whether the last line to be seen has been laid out.
    pub fn has_ended(&self) -> bool {
        self.is_exceeded && self.limit.is_some_and(|limit| self.lines >= limit)
    }

    /// What becomes of the next line.
    pub fn next_line(&self) -> LineFate {
        match self.limit.filter(|_| self.is_exceeded) {
            Some(limit) if self.lines >= limit => LineFate::Hidden,
            Some(limit) if self.lines + 1 == limit => LineFate::EndsWithEllipsis,
            _ => LineFate::Shown,
        }
    }

    /// A line has been laid out.
    pub fn count_line(&mut self) {
        self.lines += 1;
    }
}
