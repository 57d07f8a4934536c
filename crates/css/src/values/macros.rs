//! The macros that make value types: keyword enumerations, and structures whose parts compute.

/// Makes an enum of keywords, which computes to itself.
macro_rules! keywords {
    ($(#[$meta:meta])* pub enum $name:ident { $($variant:ident = $css:literal $(| $alias:literal)*),+ $(,)? }) => {
        $(#[$meta])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
        pub enum $name {
            $(#[doc = concat!("`", $css, "`")] $variant),+
        }

        impl $name {
            /// The keyword with this name, ASCII case aside.
            pub fn from_keyword(keyword: &str) -> Option<Self> {
                cssparser::match_ignore_ascii_case! { keyword,
                    $($css $(| $alias)* => Some(Self::$variant),)+
                    _ => None,
                }
            }

            /// The keyword's name.
            pub const fn as_str(self) -> &'static str {
                match self {
                    $(Self::$variant => $css),+
                }
            }
        }

        impl $crate::values::Parse for $name {
            fn parse(
                input: &mut $crate::syntax::Parser<'_>,
                _context: &$crate::syntax::ParseContext<'_>,
            ) -> $crate::syntax::CssResult<Self> {
                let keyword = input.expect_ident()?;
                Self::from_keyword(keyword).ok_or_else($crate::syntax::error::invalid_value)
            }
        }

        impl $crate::syntax::ToCss for $name {
            fn to_css(&self, out: &mut String) {
                out.push_str(self.as_str());
            }
        }

        computes_to_itself!($name);
    };
}

/// Says that the computed value is the specified value.
macro_rules! computes_to_itself {
    ($($name:ty),+ $(,)?) => {
        $(impl $crate::values::Compute for $name {
            type Computed = Self;

            #[inline]
            fn compute(&self, _context: &$crate::values::ComputeContext<'_>) -> Self {
                self.clone()
            }
        })+
    };
}

/// Makes a structure or enum that computes by computing each of its parts. Its parameters are the parts' types: specified in
/// declarations, computed (the default) in styles. A variant with parts names them, as in `Url(url: CssUrl)`.
macro_rules! computes_by_parts {
    (
        $(#[$meta:meta])* pub enum $name:ident<$($parameter:ident = $default:ty),+> {
            $($(#[$variant_meta:meta])* $variant:ident $(($($part:ident: $part_type:ty),+))?),+ $(,)?
        }
    ) => {
        $(#[$meta])*
        #[derive(Clone, Debug, PartialEq)]
        pub enum $name<$($parameter = $default),+> {
            $($(#[$variant_meta])* $variant $(($($part_type),+))?),+
        }

        impl<$($parameter: $crate::values::Compute),+> $crate::values::Compute for $name<$($parameter),+> {
            type Computed = $name<$(<$parameter as $crate::values::Compute>::Computed),+>;

            #[allow(unused_variables, reason = "an enum whose variants have no parts needs no context")]
            fn compute(&self, context: &$crate::values::ComputeContext<'_>) -> Self::Computed {
                match self {
                    $(Self::$variant $(($($part),+))? => $name::$variant $(($($part.compute(context)),+))?),+
                }
            }
        }
    };
    (
        $(#[$meta:meta])* pub struct $name:ident<$($parameter:ident = $default:ty),+> {
            $($(#[$field_meta:meta])* pub $field:ident: $field_type:ty),+ $(,)?
        }
    ) => {
        $(#[$meta])*
        #[derive(Clone, Debug, PartialEq)]
        pub struct $name<$($parameter = $default),+> {
            $($(#[$field_meta])* pub $field: $field_type),+
        }

        impl<$($parameter: $crate::values::Compute),+> $crate::values::Compute for $name<$($parameter),+> {
            type Computed = $name<$(<$parameter as $crate::values::Compute>::Computed),+>;

            fn compute(&self, context: &$crate::values::ComputeContext<'_>) -> Self::Computed {
                $name { $($field: self.$field.compute(context)),+ }
            }
        }
    };
}

/// Implements parsing and writing for a set of flags with names, of which `none` (or another word) is the empty one.
macro_rules! flag_keywords {
    ($name:ident, empty $empty:literal $(, $css:literal => $flag:ident)+ $(; alone $($alone:ident)|+)?) => {
        impl $crate::values::Parse for $name {
            fn parse(input: &mut $crate::syntax::Parser<'_>, _context: &$crate::syntax::ParseContext<'_>) -> $crate::syntax::CssResult<Self> {
                if input.try_parse(|input| input.expect_ident_matching($empty)).is_ok() {
                    return Ok($name::empty());
                }
                let mut flags = $name::empty();
                while let Ok(flag) = input.try_parse(|input| -> $crate::syntax::CssResult<$name> {
                    Ok(cssparser::match_ignore_ascii_case! { input.expect_ident()?,
                        $($css => $name::$flag,)+
                        _ => return Err($crate::syntax::error::invalid_value()),
                    })
                }) {
                    if flags.intersects(flag) {
                        return Err($crate::syntax::error::invalid_value());
                    }
                    flags |= flag;
                }
                $(
                    let alone = $($name::$alone)|+;
                    if flags.intersects(alone) && flags.bits().count_ones() != 1 {
                        return Err($crate::syntax::error::invalid_value());
                    }
                )?
                if flags.is_empty() { Err($crate::syntax::error::invalid_value()) } else { Ok(flags) }
            }
        }

        impl $crate::syntax::ToCss for $name {
            fn to_css(&self, out: &mut String) {
                if self.is_empty() {
                    return out.push_str($empty);
                }
                let start = out.len();
                $(if self.contains($name::$flag) {
                    if out.len() > start {
                        out.push(' ');
                    }
                    out.push_str($css);
                })+
            }
        }

        computes_to_itself!($name);
    };
}
