//! Easing functions.
//! <https://drafts.csswg.org/css-easing-2/#easing-functions>

use std::sync::Arc;

use cssparser::match_ignore_ascii_case;

use super::Parse;
use super::calc::Range;
use super::number::parse_number;
use crate::syntax::error::{invalid_value, out_of_range};
use crate::syntax::serialize::write_number;
use crate::syntax::{CssResult, ParseContext, Parser, ToCss, Token};

/// An easing function.
#[derive(Clone, Debug, PartialEq)]
pub enum EasingFunction {
    /// A keyword.
    Keyword(EasingKeyword),
    /// `cubic-bezier(x1, y1, x2, y2)`
    CubicBezier([f32; 4]),
    /// `steps(count, position)`
    Steps(i32, StepPosition),
    /// `linear()`: output and input of each control point, inputs filled in.
    Linear(Arc<[(f32, f32)]>),
}

keywords! {
    /// A named easing function.
    pub enum EasingKeyword {
        Linear = "linear", Ease = "ease", EaseIn = "ease-in", EaseOut = "ease-out", EaseInOut = "ease-in-out",
        StepStart = "step-start", StepEnd = "step-end",
    }
}

keywords! {
    /// Where the jumps of a stepped function are.
    pub enum StepPosition {
        JumpEnd = "jump-end" | "end", JumpStart = "jump-start" | "start", JumpNone = "jump-none", JumpBoth = "jump-both",
    }
}

impl EasingFunction {
    /// `ease`
    pub const EASE: EasingFunction = EasingFunction::Keyword(EasingKeyword::Ease);
}

impl Parse for EasingFunction {
    fn parse(input: &mut Parser<'_>, context: &ParseContext<'_>) -> CssResult<Self> {
        if let Ok(keyword) = input.try_parse(|input| EasingKeyword::parse(input, context)) {
            return Ok(EasingFunction::Keyword(keyword));
        }
        let function = input.expect_function()?.clone();
        input.parse_nested_block(|input| {
            match_ignore_ascii_case! { &function,
                "cubic-bezier" => parse_cubic_bezier(input),
                "steps" => parse_steps(input, context),
                "linear" => parse_linear(input),
                _ => Err(invalid_value()),
            }
        })
    }
}

fn parse_cubic_bezier(input: &mut Parser<'_>) -> CssResult<EasingFunction> {
    let mut parameters = [0.0; 4];
    for (index, parameter) in parameters.iter_mut().enumerate() {
        if index > 0 {
            input.expect_comma()?;
        }
        *parameter = parse_number(input, Range::All)?;
    }
    let in_unit = |x: f32| (0.0..=1.0).contains(&x);
    if !in_unit(parameters[0]) || !in_unit(parameters[2]) {
        return Err(out_of_range());
    }
    Ok(EasingFunction::CubicBezier(parameters))
}

fn parse_steps(input: &mut Parser<'_>, context: &ParseContext<'_>) -> CssResult<EasingFunction> {
    let count = input.expect_integer()?;
    let position = match input.try_parse(Parser::expect_comma) {
        Ok(()) => StepPosition::parse(input, context)?,
        Err(_) => StepPosition::JumpEnd,
    };
    let least = if position == StepPosition::JumpNone { 2 } else { 1 };
    if count < least { Err(out_of_range()) } else { Ok(EasingFunction::Steps(count, position)) }
}

/// <https://drafts.csswg.org/css-easing-2/#create-a-linear-easing-function>
fn parse_linear(input: &mut Parser<'_>) -> CssResult<EasingFunction> {
    let percentage = |input: &mut Parser<'_>| -> CssResult<f32> {
        match input.next()? {
            Token::Percentage { unit_value, .. } => Ok(*unit_value),
            _ => Err(invalid_value()),
        }
    };
    let mut points: Vec<(f32, Option<f32>)> = Vec::new();
    input.parse_comma_separated(|input| -> CssResult<()> {
        let mut first = input.try_parse(percentage).ok();
        let output = parse_number(input, Range::All)?;
        if first.is_none() {
            first = input.try_parse(percentage).ok();
        }
        points.push((output, first));
        if first.is_some()
            && let Ok(second) = input.try_parse(percentage)
        {
            points.push((output, Some(second)));
        }
        Ok(())
    })?;
    if points.len() < 2 {
        return Err(invalid_value());
    }
    Ok(EasingFunction::Linear(with_all_inputs(points).into()))
}

/// Fills in the inputs that were not given: the ends, what must not go back, and the rest evenly.
fn with_all_inputs(mut points: Vec<(f32, Option<f32>)>) -> Vec<(f32, f32)> {
    if let Some(first) = points.first_mut() {
        first.1.get_or_insert(0.0);
    }
    if let Some(last) = points.last_mut() {
        last.1.get_or_insert(1.0);
    }
    let mut largest = f32::NEG_INFINITY;
    for (_, input) in &mut points {
        if let Some(input) = input {
            largest = input.max(largest);
            *input = largest;
        }
    }
    let mut known = 0;
    let mut filled: Vec<(f32, f32)> = Vec::with_capacity(points.len());
    for index in 0..points.len() {
        let input = points[index].1.unwrap_or_else(|| {
            let next = (index..points.len()).find(|&later| points[later].1.is_some()).unwrap_or(known);
            let (start, end) = (points[known].1.unwrap_or(0.0), points[next].1.unwrap_or(1.0));
            start + (end - start) * (index - known) as f32 / (next - known).max(1) as f32
        });
        if points[index].1.is_some() {
            known = index;
        }
        filled.push((points[index].0, input));
    }
    filled
}

impl ToCss for EasingFunction {
    fn to_css(&self, out: &mut String) {
        match self {
            EasingFunction::Keyword(keyword) => keyword.to_css(out),
            EasingFunction::CubicBezier(parameters) => {
                out.push_str("cubic-bezier(");
                crate::syntax::write_comma_separated(parameters, out);
                out.push(')');
            }
            EasingFunction::Steps(count, position) => {
                out.push_str("steps(");
                count.to_css(out);
                if *position != StepPosition::JumpEnd {
                    out.push_str(", ");
                    out.push_str(if *position == StepPosition::JumpStart {
                        "start"
                    } else {
                        position.as_str()
                    });
                }
                out.push(')');
            }
            EasingFunction::Linear(points) => {
                out.push_str("linear(");
                for (index, (output, input)) in points.iter().enumerate() {
                    if index > 0 {
                        out.push_str(", ");
                    }
                    write_number(*output, out);
                    out.push(' ');
                    super::number::Percentage(*input).to_css(out);
                }
                out.push(')');
            }
        }
    }
}

computes_to_itself!(EasingFunction);
