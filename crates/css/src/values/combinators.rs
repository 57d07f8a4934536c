//! Shapes that many properties share: a value or a keyword, and lists.

use std::ops::Deref;
use std::sync::Arc;

use super::{Compute, ComputeContext, Parse};
use crate::syntax::{CssResult, ParseContext, Parser, ToCss, write_comma_separated, write_space_separated};

macro_rules! keyword_or {
    ($(#[$meta:meta])* $name:ident, $variant:ident, $css:literal) => {
        $(#[$meta])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
        pub enum $name<T> {
            #[doc = concat!("`", $css, "`")]
            $variant,
            /// A value.
            Value(T),
        }

        impl<T> $name<T> {
            /// The value, where it is not the keyword.
            pub const fn value(&self) -> Option<&T> {
                match self {
                    Self::$variant => None,
                    Self::Value(value) => Some(value),
                }
            }
        }

        impl<T: Parse> Parse for $name<T> {
            fn parse(input: &mut Parser<'_>, context: &ParseContext<'_>) -> CssResult<Self> {
                if input.try_parse(|input| input.expect_ident_matching($css)).is_ok() {
                    return Ok(Self::$variant);
                }
                T::parse(input, context).map(Self::Value)
            }
        }

        impl<T: ToCss> ToCss for $name<T> {
            fn to_css(&self, out: &mut String) {
                match self {
                    Self::$variant => out.push_str($css),
                    Self::Value(value) => value.to_css(out),
                }
            }
        }

        impl<T: Compute> Compute for $name<T> {
            type Computed = $name<T::Computed>;

            fn compute(&self, context: &ComputeContext<'_>) -> Self::Computed {
                match self {
                    Self::$variant => $name::$variant,
                    Self::Value(value) => $name::Value(value.compute(context)),
                }
            }
        }
    };
}

keyword_or!(
    /// A value or `auto`.
    AutoOr, Auto, "auto"
);
keyword_or!(
    /// A value or `none`.
    NoneOr, None, "none"
);
keyword_or!(
    /// A value or `normal`.
    NormalOr, Normal, "normal"
);

impl<T> AutoOr<T> {
    /// Whether this is `auto`.
    pub const fn is_auto(&self) -> bool {
        matches!(self, AutoOr::Auto)
    }
}

impl<T> NoneOr<T> {
    /// Whether this is `none`.
    pub const fn is_none(&self) -> bool {
        matches!(self, NoneOr::None)
    }
}

macro_rules! list {
    ($(#[$meta:meta])* $name:ident, $write:ident) => {
        $(#[$meta])*
        #[derive(Clone, Debug, PartialEq)]
        pub struct $name<T>(pub Arc<[T]>);

        impl<T> $name<T> {
            /// A list of one item.
            pub fn one(item: T) -> Self {
                $name(Arc::new([item]))
            }
        }

        impl<T> Deref for $name<T> {
            type Target = [T];

            fn deref(&self) -> &[T] {
                &self.0
            }
        }

        impl<T> FromIterator<T> for $name<T> {
            fn from_iter<I: IntoIterator<Item = T>>(items: I) -> Self {
                $name(items.into_iter().collect())
            }
        }

        impl<T: ToCss> ToCss for $name<T> {
            fn to_css(&self, out: &mut String) {
                $write(self, out);
            }
        }

        impl<T: Compute> Compute for $name<T> {
            type Computed = $name<T::Computed>;

            fn compute(&self, context: &ComputeContext<'_>) -> Self::Computed {
                self.iter().map(|item| item.compute(context)).collect()
            }
        }
    };
}

list!(
    /// A list with commas between the items; never empty when parsed.
    CommaList, write_comma_separated
);
list!(
    /// A list with blanks between the items; never empty when parsed.
    SpaceList, write_space_separated
);

impl<T: Parse> Parse for CommaList<T> {
    fn parse(input: &mut Parser<'_>, context: &ParseContext<'_>) -> CssResult<Self> {
        Ok(CommaList(input.parse_comma_separated(|input| T::parse(input, context))?.into()))
    }
}

impl<T: Parse> Parse for SpaceList<T> {
    fn parse(input: &mut Parser<'_>, context: &ParseContext<'_>) -> CssResult<Self> {
        let mut items = vec![T::parse(input, context)?];
        while let Ok(item) = input.try_parse(|input| T::parse(input, context)) {
            items.push(item);
        }
        Ok(SpaceList(items.into()))
    }
}

computes_by_parts! {
    /// Two values of a kind, of which the second is the first where it is not given: radii, spacings.
    pub struct Pair<T = super::length::LengthPercentage> {
        /// The first: horizontal.
        pub first: T,
        /// The second: vertical.
        pub second: T,
    }
}

impl<T: Clone> Pair<T> {
    /// The same value twice.
    pub fn same(value: T) -> Self {
        Pair { first: value.clone(), second: value }
    }
}

impl<T: Parse + Clone> Parse for Pair<T> {
    fn parse(input: &mut Parser<'_>, context: &ParseContext<'_>) -> CssResult<Self> {
        let first = T::parse(input, context)?;
        let second = input.try_parse(|input| T::parse(input, context)).unwrap_or_else(|_| first.clone());
        Ok(Pair { first, second })
    }
}

impl<T: ToCss + PartialEq> ToCss for Pair<T> {
    fn to_css(&self, out: &mut String) {
        self.first.to_css(out);
        if self.second != self.first {
            out.push(' ');
            self.second.to_css(out);
        }
    }
}

computes_by_parts! {
    /// Values for the four sides, of which those not given are taken from the opposite side.
    pub struct FourSides<T = f32> {
        /// The top side's.
        pub top: T,
        /// The right side's.
        pub right: T,
        /// The bottom side's.
        pub bottom: T,
        /// The left side's.
        pub left: T,
    }
}

impl<T: Clone> FourSides<T> {
    /// The same value on all sides.
    pub fn same(value: T) -> Self {
        FourSides { top: value.clone(), right: value.clone(), bottom: value.clone(), left: value }
    }
}

impl<T: Clone> FourSides<T> {
    /// Takes one to four values from `input` with `parse_one`.
    ///
    /// # Errors
    /// The input does not begin with such a value.
    pub fn parse_with<'i>(
        input: &mut Parser<'i>,
        parse_one: impl Fn(&mut Parser<'i>) -> CssResult<T>,
    ) -> CssResult<Self> {
        let top = parse_one(input)?;
        let Ok(right) = input.try_parse(&parse_one) else {
            return Ok(Self::same(top));
        };
        let Ok(bottom) = input.try_parse(&parse_one) else {
            return Ok(FourSides { bottom: top.clone(), left: right.clone(), top, right });
        };
        let left = input.try_parse(&parse_one).unwrap_or_else(|_| right.clone());
        Ok(FourSides { top, right, bottom, left })
    }
}

impl<T: Parse + Clone> Parse for FourSides<T> {
    fn parse(input: &mut Parser<'_>, context: &ParseContext<'_>) -> CssResult<Self> {
        Self::parse_with(input, |input| T::parse(input, context))
    }
}

impl<T: ToCss + PartialEq> ToCss for FourSides<T> {
    fn to_css(&self, out: &mut String) {
        self.top.to_css(out);
        let show_left = self.left != self.right;
        let show_bottom = show_left || self.bottom != self.top;
        let show_right = show_bottom || self.right != self.top;
        for (shown, side) in [(show_right, &self.right), (show_bottom, &self.bottom), (show_left, &self.left)]
        {
            if shown {
                out.push(' ');
                side.to_css(out);
            }
        }
    }
}

/// A value that is large and rare, on the heap so that declarations stay small. It computes to what the value computes to.
#[derive(Clone, Debug, PartialEq)]
pub struct Boxed<T>(pub Box<T>);

impl<T> Boxed<T> {
    /// Puts a value on the heap.
    pub fn new(value: T) -> Self {
        Boxed(Box::new(value))
    }
}

impl<T> Deref for Boxed<T> {
    type Target = T;

    fn deref(&self) -> &T {
        &self.0
    }
}

impl<T: Parse> Parse for Boxed<T> {
    fn parse(input: &mut Parser<'_>, context: &ParseContext<'_>) -> CssResult<Self> {
        T::parse(input, context).map(Boxed::new)
    }
}

impl<T: ToCss> ToCss for Boxed<T> {
    fn to_css(&self, out: &mut String) {
        self.0.to_css(out);
    }
}

impl<T: Compute> Compute for Boxed<T> {
    type Computed = T::Computed;

    fn compute(&self, context: &ComputeContext<'_>) -> T::Computed {
        (*self.0).compute(context)
    }
}
