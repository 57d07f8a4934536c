//! The macros that make the property table. A row adds a property; everything else follows from it.

/// Makes a group of longhands: the struct of computed values, the enum of declarations, and all that is done with them.
///
/// A row is `"css-name" field / Variant: SpecifiedType = initial computed value, Affects;`.
macro_rules! longhands {
    (
        $(#[$group_meta:meta])*
        group $group:ident: $inheritance:ident {
            $($(#[$meta:meta])* $name:literal $field:ident / $variant:ident: $type:ty = $initial:expr, $affects:ident;)+
        }
    ) => {
        $(#[$group_meta])*
        #[derive(Clone, Debug, PartialEq)]
        pub struct $group {
            $(#[doc = concat!("The computed value of `", $name, "`.")] $(#[$meta])*
            pub $field: <$type as $crate::values::Compute>::Computed,)+
        }

        impl Default for $group {
            /// Every property at its initial value.
            fn default() -> Self {
                $group { $($field: $initial),+ }
            }
        }

        /// A longhand of this group, with its specified value.
        #[derive(Clone, Debug, PartialEq)]
        pub enum Declaration {
            $(#[doc = concat!("`", $name, "`")] $variant($type),)+
        }

        /// The longhands of this group.
        #[derive(Clone, Copy, Debug, PartialEq, Eq)]
        #[repr(u8)]
        pub enum Longhand {
            $(#[doc = concat!("`", $name, "`")] $variant,)+
        }

        impl Longhand {
            /// The property in the whole table.
            pub const fn id(self) -> $crate::properties::LonghandId {
                $crate::properties::LonghandId::of_group(
                    $crate::properties::GroupId::$group,
                    self as u8,
                )
            }
        }

        impl $crate::properties::Group for $group {
            type Declaration = Declaration;

            const INHERITED: bool = longhands!(@inherited $inheritance);

            const LONGHANDS: &'static [$crate::properties::LonghandInfo] = &[
                $($crate::properties::LonghandInfo {
                    name: $name,
                    affects: $crate::properties::Affects::$affects,
                    inherited: longhands!(@inherited $inheritance),
                },)+
            ];

            fn parse(
                index: u8,
                input: &mut $crate::syntax::Parser<'_>,
                context: &$crate::syntax::ParseContext<'_>,
            ) -> $crate::syntax::CssResult<Declaration> {
                $(if index == Longhand::$variant as u8 {
                    return <$type as $crate::values::Parse>::parse(input, context).map(Declaration::$variant);
                })+
                Err($crate::syntax::error::invalid_value())
            }

            fn apply(
                group: &mut std::sync::Arc<Self>,
                declaration: &Declaration,
                context: &$crate::values::ComputeContext<'_>,
            ) {
                match declaration {
                    $(Declaration::$variant(value) => {
                        let computed = $crate::values::Compute::compute(value, context);
                        // An unchanged value leaves the group shared.
                        if group.$field != computed {
                            std::sync::Arc::make_mut(group).$field = computed;
                        }
                    })+
                }
            }

            fn copy(group: &mut std::sync::Arc<Self>, index: u8, from: &Self) {
                $(if index == Longhand::$variant as u8 {
                    if group.$field != from.$field {
                        std::sync::Arc::make_mut(group).$field = from.$field.clone();
                    }
                    return;
                })+
            }

            fn write(&self, index: u8, out: &mut String) {
                $(if index == Longhand::$variant as u8 {
                    return $crate::syntax::ToCss::to_css(&self.$field, out);
                })+
            }

            fn is_same(&self, other: &Self, index: u8) -> bool {
                $(if index == Longhand::$variant as u8 {
                    return self.$field == other.$field;
                })+
                true
            }

            fn affects(&self, other: &Self) -> $crate::properties::Affects {
                let mut affects = $crate::properties::Affects::Nothing;
                $(if self.$field != other.$field {
                    affects = affects.max($crate::properties::Affects::$affects);
                })+
                affects
            }

            fn declaration_index(declaration: &Declaration) -> u8 {
                match declaration {
                    $(Declaration::$variant(_) => Longhand::$variant as u8,)+
                }
            }

            fn write_declaration(declaration: &Declaration, out: &mut String) {
                match declaration {
                    $(Declaration::$variant(value) => $crate::syntax::ToCss::to_css(value, out),)+
                }
            }
        }
    };
    (@inherited inherited) => { true };
    (@inherited reset) => { false };
}

/// Makes the table of all groups: the dense ids, the declarations of any property, and the computed style.
macro_rules! groups {
    ($($(#[$meta:meta])* $field:ident: $group:ident),+ $(,)?) => {
        /// A group of longhands.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
        #[repr(u8)]
        pub enum GroupId {
            $($(#[$meta])* $group),+
        }

        impl GroupId {
            /// Every group, in the order of the table.
            pub const ALL: &'static [GroupId] = &[$(GroupId::$group),+];

            /// The longhands of the group.
            pub const fn longhands(self) -> &'static [LonghandInfo] {
                match self {
                    $(GroupId::$group => <$group as Group>::LONGHANDS),+
                }
            }
        }

        /// A declared value of one longhand or custom property.
        #[derive(Clone, Debug, PartialEq)]
        pub enum PropertyDeclaration {
            $(
                #[doc = concat!("A longhand of [`", stringify!($group), "`].")]
                $group($field::Declaration),
            )+
            /// A flow-relative longhand, with the value as its physical counterpart has it.
            Logical(LogicalLonghand, Box<PropertyDeclaration>),
            /// `initial`, `inherit`, `unset`, `revert` or `revert-layer`.
            CssWide(LonghandId, CssWideKeyword),
            /// A value with `var()` in it, which is parsed when the variables are known.
            Unparsed(LonghandId, Arc<UnparsedValue>),
            /// A custom property.
            Custom(Arc<CustomDeclaration>),
        }

        impl PropertyDeclaration {
            /// The longhand; `None` for a custom property.
            pub fn longhand(&self) -> Option<LonghandId> {
                Some(match self {
                    $(PropertyDeclaration::$group(declaration) => {
                        LonghandId::of_group(GroupId::$group, $group::declaration_index(declaration))
                    })+
                    PropertyDeclaration::Logical(logical, _) => logical.id(),
                    PropertyDeclaration::CssWide(id, _) | PropertyDeclaration::Unparsed(id, _) => *id,
                    PropertyDeclaration::Custom(_) => return None,
                })
            }

            /// Writes the specified value.
            pub fn write_value(&self, out: &mut String) {
                match self {
                    $(PropertyDeclaration::$group(declaration) => $group::write_declaration(declaration, out),)+
                    PropertyDeclaration::Logical(_, declaration) => declaration.write_value(out),
                    PropertyDeclaration::CssWide(_, keyword) => keyword.to_css(out),
                    PropertyDeclaration::Unparsed(_, value) => value.to_css(out),
                    PropertyDeclaration::Custom(declaration) => declaration.value.to_css(out),
                }
            }

            /// Parses the value of a physical longhand, without CSS-wide keywords and `var()`.
            ///
            /// # Errors
            /// The input does not begin with a value of the property.
            pub(crate) fn parse_physical(
                id: LonghandId,
                input: &mut Parser<'_>,
                context: &ParseContext<'_>,
            ) -> CssResult<PropertyDeclaration> {
                let (group, index) = id.place();
                match group {
                    $(GroupId::$group => $group::parse(index, input, context).map(PropertyDeclaration::$group)),+
                }
            }
        }

        /// The computed values of an element or pseudo-element: groups of properties, shared between elements whose values
        /// are the same.
        #[derive(Clone, Debug, PartialEq)]
        pub struct ComputedStyle {
            $($(#[$meta])* pub $field: Arc<$group>,)+
            /// Custom properties.
            pub custom: Arc<CustomProperties>,
            /// `display` before the box was made block-level, or a block container with a limited number of lines: where an absolutely positioned box would have stood depends on it.
            pub original_display: Display,
            /// Whether boxes inside become inline-level: in ruby, and in inline boxes that are there.
            /// <https://drafts.csswg.org/css-ruby-1/#anon-gen-inlinize>
            pub inlinifies: bool,
            /// Which margins no author or user has set; noted in quirks mode alone, which ignores some of them.
            /// <https://html.spec.whatwg.org/multipage/rendering.html#margin-collapsing-quirks>
            pub user_agent_margins: Sides<bool>,
        }

        impl ComputedStyle {
            /// Every property at its initial value, as `initial` means it.
            pub fn initial() -> &'static ComputedStyle {
                &INITIAL
            }

            /// The style of a root that nothing is declared for: initial values that are computed together, so that
            /// borders, whose style is `none`, have no width.
            pub fn undeclared() -> &'static ComputedStyle {
                &UNDECLARED
            }

            /// The style of a child (or of a pseudo-element or an anonymous box) that nothing is declared for.
            pub fn inheriting_from(parent: &ComputedStyle) -> ComputedStyle {
                let undeclared = ComputedStyle::undeclared();
                ComputedStyle {
                    $($field: if $group::INHERITED { parent.$field.clone() } else { undeclared.$field.clone() },)+
                    custom: parent.custom.clone(),
                    original_display: undeclared.original_display,
                    inlinifies: undeclared.inlinifies,
                    user_agent_margins: undeclared.user_agent_margins,
                }
            }

            /// Computes a declared value (not a CSS-wide keyword, nor one with `var()`) and sets it.
            pub(crate) fn apply(&mut self, declaration: &PropertyDeclaration, context: &ComputeContext<'_>) {
                match declaration {
                    $(PropertyDeclaration::$group(declaration) => {
                        $group::apply(&mut self.$field, declaration, context);
                    })+
                    PropertyDeclaration::Logical(..)
                    | PropertyDeclaration::CssWide(..)
                    | PropertyDeclaration::Unparsed(..)
                    | PropertyDeclaration::Custom(_) => {}
                }
            }

            /// Takes the computed value of one longhand from another style.
            pub(crate) fn copy(&mut self, id: LonghandId, from: &ComputedStyle) {
                let (group, index) = id.place();
                match group {
                    $(GroupId::$group => $group::copy(&mut self.$field, index, &from.$field),)+
                }
            }

            /// Writes the computed value of a physical longhand.
            pub fn write_value(&self, id: LonghandId, out: &mut String) {
                let (group, index) = id.place();
                match group {
                    $(GroupId::$group => self.$field.write(index, out),)+
                }
            }

            /// Whether a physical longhand has the same computed value in both.
            pub fn is_same(&self, other: &ComputedStyle, id: LonghandId) -> bool {
                let (group, index) = id.place();
                match group {
                    $(GroupId::$group => self.$field.is_same(&other.$field, index),)+
                }
            }

            /// The most that must be done again where `self` replaces `old`.
            pub fn affects(&self, old: &ComputedStyle) -> Affects {
                let mut affects = Affects::Nothing;
                $(if !Arc::ptr_eq(&self.$field, &old.$field) {
                    affects = affects.max(self.$field.affects(&old.$field));
                })+
                if self.original_display != old.original_display {
                    affects = affects.max(Affects::Boxes);
                }
                if self.user_agent_margins != old.user_agent_margins {
                    affects = affects.max(Affects::Layout);
                }
                affects
            }

            /// The groups whose values differ.
            pub fn changed_groups(&self, old: &ComputedStyle) -> impl Iterator<Item = GroupId> {
                let changed = [$(
                    (!Arc::ptr_eq(&self.$field, &old.$field) && self.$field != old.$field)
                        .then_some(GroupId::$group),
                )+];
                changed.into_iter().flatten()
            }
        }

        static INITIAL: LazyLock<ComputedStyle> = LazyLock::new(|| ComputedStyle {
            $($field: Arc::new($group::default()),)+
            custom: Arc::new(CustomProperties::default()),
            original_display: Display::INLINE,
            inlinifies: false,
            user_agent_margins: Sides::new(false, false, false, false),
        });

        static UNDECLARED: LazyLock<ComputedStyle> = LazyLock::new(|| {
            let mut style = INITIAL.clone();
            $crate::properties::adjust::zero_border_widths(Arc::make_mut(&mut style.border));
            style
        });
    };
}
