//! From the declarations that apply to an element to its computed style.
//! <https://drafts.csswg.org/css-cascade-5/#value-stages>
//!
//! 1. The declaration of the highest precedence wins, property by property; `revert` and `revert-layer` look further down.
//! 2. Custom properties are computed first, for `var()`.
//! 3. Then what other values depend on: writing mode, colour scheme, the font, its size, the line height.
//! 4. Then the rest, and the adjustments that depend on several properties ([`super::adjust`]).

use std::sync::Arc;

use fanlight_base::Sides;
use smallvec::SmallVec;

use super::adjust::adjust;
use super::inherited_text::{Direction, WritingMode};
use super::logical::LogicalLonghand;
use super::{ComputedStyle, CssWideKeyword, LonghandId, PropertyDeclaration};
use super::{font, inherited_text, inherited_ui, size};
use crate::media::Device;
use crate::syntax::QuirksMode;
use crate::values::compute::ContainerSize;
use crate::values::font::FontScale;
use crate::values::{ComputeContext, FontMetricsProvider};
use crate::variables::{
    Attributes, CustomDeclaration, CustomProperties, CustomValue, RegisteredProperties, Replacements,
    Surroundings, UnparsedValue, compute_custom_properties,
};

/// Where a declaration comes from.
/// <https://drafts.csswg.org/css-cascade-5/#cascading-origins>
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum CascadeOrigin {
    /// The user-agent stylesheet.
    UserAgent,
    /// The user's stylesheets.
    User,
    /// Presentational attributes; they count as the author's but below all of it.
    PresentationalHints,
    /// The page's stylesheets and `style` attributes.
    Author,
    /// Animations.
    Animation,
    /// Transitions.
    Transition,
}

/// The level and layer of a declaration, for `revert` and `revert-layer`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct CascadeLevel {
    /// Where the declaration comes from.
    pub origin: CascadeOrigin,
    /// Whether it is important.
    pub important: bool,
    /// The layer's place in the order of layers of its origin; equal only within one layer. The `style` attribute is a layer
    /// of its own.
    pub layer: u16,
}

/// A declaration that applies to an element.
#[derive(Clone, Copy, Debug)]
pub struct Cascaded<'a> {
    /// The declaration.
    pub declaration: &'a PropertyDeclaration,
    /// Its level.
    pub level: CascadeLevel,
}

/// What a style is computed from.
pub struct StyleInput<'a> {
    /// The declarations that apply, in ascending order of precedence: the last of a property wins.
    pub declarations: &'a [Cascaded<'a>],
    /// The style that is inherited from: the parent's in the flat tree, or the originating element's for a pseudo-element.
    pub parent: Option<&'a ComputedStyle>,
    /// The style of the nearest ancestor that has a box, which decides on flex and grid items; `None` for the root.
    pub layout_parent: Option<&'a ComputedStyle>,
    /// The root element's style; `None` for the root element itself.
    pub root: Option<&'a ComputedStyle>,
    /// The output.
    pub device: &'a Device,
    /// Measures fonts.
    pub fonts: &'a dyn FontMetricsProvider,
    /// The mode of the document.
    pub quirks: QuirksMode,
    /// What `cq*` units refer to.
    pub container: ContainerSize,
    /// The custom properties that `@property` registers.
    pub registered: &'a RegisteredProperties,
    /// The element's attributes, for `attr()`.
    pub attributes: &'a dyn Attributes,
}

/// No declaration.
const NONE: u32 = u32::MAX;

/// Which declaration won for each longhand.
pub struct Winners {
    /// The index of the winning declaration of each physical longhand, or [`NONE`].
    indices: Box<[u32]>,
    /// The longhands that something was declared for, in the order of the table.
    touched: Vec<LonghandId>,
}

impl Winners {
    /// The longhands that something was declared for, each with the index of the declaration that won.
    pub fn iter(&self) -> impl Iterator<Item = (LonghandId, usize)> {
        self.touched.iter().map(|&id| (id, self.indices[id.index()] as usize))
    }

    fn get(&self, id: LonghandId) -> Option<usize> {
        match self.indices[id.index()] {
            NONE => None,
            index => Some(index as usize),
        }
    }
}

/// Computes a style. For provenance, [`compute_style_with_winners`] says which declarations won.
pub fn compute_style(input: &StyleInput<'_>) -> ComputedStyle {
    compute_style_with_winners(input).0
}

/// Computes a style, and says which declarations won.
pub fn compute_style_with_winners(input: &StyleInput<'_>) -> (ComputedStyle, Winners) {
    let mut style = match input.parent {
        Some(parent) => ComputedStyle::inheriting_from(parent),
        None => ComputedStyle::undeclared().clone(),
    };
    // A declared style without a declared width has the initial one.
    style.border = ComputedStyle::initial().border.clone();
    let customs = winning_customs(input.declarations);
    let context = context_of(input, &style);
    if !customs.is_empty() || !input.registered.is_empty() {
        style.custom = custom_properties(input, &context, &customs);
    }
    let initial = ComputedStyle::initial();
    let mut builder = Builder { context, input, style, initial, customs };
    let (mode, direction) = builder.writing_mode();
    let winners = find_winners(input.declarations, mode, direction);
    builder.run(&winners);
    let mut style = builder.style;
    adjust(&mut style, input);
    (style, winners)
}

/// The element's custom properties, from the declarations that won.
fn custom_properties(
    input: &StyleInput<'_>,
    context: &ComputeContext<'_>,
    winners: &[&CustomDeclaration],
) -> Arc<CustomProperties> {
    let nothing = Arc::default();
    let surroundings = Surroundings {
        parent: input.parent.map_or(&nothing, |parent| &parent.custom),
        registered: input.registered,
        attributes: input.attributes,
        context,
    };
    compute_custom_properties(&surroundings, winners.iter().copied())
}

/// The context before anything of the element itself is known: units refer to the parent.
fn context_of<'a>(input: &StyleInput<'a>, style: &ComputedStyle) -> ComputeContext<'a> {
    let root_font = input.root.map_or_else(|| style.font.clone(), |root| root.font.clone());
    ComputeContext {
        device: input.device,
        fonts: input.fonts,
        parent: input.parent,
        quirks: input.quirks,
        font_size: style.font.font_size.px(),
        line_height_font: style.font.clone(),
        root_font_size: root_font.font_size.px(),
        root_line_height_font: root_font.clone(),
        font: style.font.clone(),
        root_font,
        container: input.container,
        vertical_writing: style.inherited_text.writing_mode.is_vertical(),
        dark: false,
    }
}

/// What `revert` and `revert-layer` rule out for one property.
#[derive(Clone, Copy)]
enum Reverted {
    /// Everything of this origin and above.
    Origin(CascadeOrigin),
    /// Everything of this level.
    Layer(CascadeLevel),
}

impl Reverted {
    fn rules_out(self, level: CascadeLevel) -> bool {
        match self {
            // Presentational hints go with the author's declarations.
            Reverted::Origin(CascadeOrigin::PresentationalHints | CascadeOrigin::Author) => {
                level.origin >= CascadeOrigin::PresentationalHints
            }
            Reverted::Origin(origin) => level.origin >= origin,
            Reverted::Layer(reverted) => level.origin == reverted.origin && level.layer == reverted.layer,
        }
    }
}

/// The keyword that sends the search for a winner further down.
fn reverted(keyword: CssWideKeyword, level: CascadeLevel) -> Option<Reverted> {
    match keyword {
        CssWideKeyword::Revert => Some(Reverted::Origin(level.origin)),
        CssWideKeyword::RevertLayer => Some(Reverted::Layer(level)),
        _ => None,
    }
}

fn winning_customs<'a>(declarations: &[Cascaded<'a>]) -> Vec<&'a CustomDeclaration> {
    let mut winners: Vec<&CustomDeclaration> = Vec::new();
    let mut seen: rustc_hash::FxHashSet<&fanlight_base::Atom> = rustc_hash::FxHashSet::default();
    let mut reverts: Vec<(&fanlight_base::Atom, Reverted)> = Vec::new();
    for cascaded in declarations.iter().rev() {
        let PropertyDeclaration::Custom(custom) = cascaded.declaration else { continue };
        let ruled_out = |(name, reverted): &(&fanlight_base::Atom, Reverted)| {
            **name == custom.name && reverted.rules_out(cascaded.level)
        };
        if seen.contains(&custom.name) || reverts.iter().any(ruled_out) {
            continue;
        }
        if let CustomValue::CssWide(keyword) = custom.value
            && let Some(reverted) = reverted(keyword, cascaded.level)
        {
            reverts.push((&custom.name, reverted));
            continue;
        }
        seen.insert(&custom.name);
        winners.push(custom);
    }
    winners
}

/// Which declaration of an ascending list wins for each longhand, flow-relative ones mapped by the writing mode. Custom
/// properties are left out.
pub fn find_winners(declarations: &[Cascaded<'_>], mode: WritingMode, direction: Direction) -> Winners {
    let mut indices = vec![NONE; LonghandId::PHYSICAL_COUNT].into_boxed_slice();
    let mut touched = Vec::new();
    let mut reverts: SmallVec<[(LonghandId, Reverted); 4]> = SmallVec::new();
    for (index, cascaded) in declarations.iter().enumerate().rev() {
        let Some(id) = cascaded.declaration.longhand() else { continue };
        let id = id.logical().map_or(id, |logical| logical.to_physical(mode, direction));
        if indices[id.index()] != NONE {
            continue;
        }
        if reverts
            .iter()
            .any(|(reverted_id, reverted)| *reverted_id == id && reverted.rules_out(cascaded.level))
        {
            continue;
        }
        if let PropertyDeclaration::CssWide(_, keyword) = cascaded.declaration
            && let Some(reverted) = reverted(*keyword, cascaded.level)
        {
            reverts.push((id, reverted));
            continue;
        }
        indices[id.index()] = index as u32;
        touched.push(id);
    }
    touched.sort_unstable();
    Winners { indices, touched }
}

struct Builder<'a, 'b> {
    input: &'b StyleInput<'a>,
    context: ComputeContext<'a>,
    style: ComputedStyle,
    initial: &'static ComputedStyle,
    /// The declarations of custom properties that won.
    customs: Vec<&'a CustomDeclaration>,
}

/// What other values depend on, in the order in which it is computed; `font-size` and `line-height` follow by themselves.
const EARLY: [LonghandId; 5] = [
    inherited_ui::Longhand::ColorScheme.id(),
    font::Longhand::FontFamily.id(),
    font::Longhand::FontStyle.id(),
    font::Longhand::FontWeight.id(),
    font::Longhand::FontStretch.id(),
];
const FONT_SIZE: LonghandId = font::Longhand::FontSize.id();
const LINE_HEIGHT: LonghandId = font::Longhand::LineHeight.id();
const MARGINS: Sides<LonghandId> = Sides::new(
    size::Longhand::MarginTop.id(),
    size::Longhand::MarginRight.id(),
    size::Longhand::MarginBottom.id(),
    size::Longhand::MarginLeft.id(),
);
const WRITING_MODE: LonghandId = inherited_text::Longhand::WritingMode.id();
const DIRECTION: LonghandId = inherited_text::Longhand::Direction.id();

impl Builder<'_, '_> {
    /// Sets the writing mode and the direction, which decide where flow-relative declarations go.
    fn writing_mode(&mut self) -> (WritingMode, Direction) {
        let flows = |declaration: &PropertyDeclaration| {
            matches!(declaration.longhand(), Some(WRITING_MODE | DIRECTION))
        };
        if self.input.declarations.iter().any(|cascaded| flows(cascaded.declaration)) {
            // Neither is flow-relative, so the mapping does not matter here.
            let only: Vec<Cascaded<'_>> = self
                .input
                .declarations
                .iter()
                .filter(|cascaded| flows(cascaded.declaration))
                .copied()
                .collect();
            let winners = find_winners(&only, WritingMode::HorizontalTb, Direction::Ltr);
            for (id, index) in winners.iter() {
                self.set(id, &only[index]);
            }
            self.context.vertical_writing = self.style.inherited_text.writing_mode.is_vertical();
        }
        (self.style.inherited_text.writing_mode, self.style.inherited_text.direction)
    }

    fn run(&mut self, winners: &Winners) {
        for id in EARLY {
            self.set_winner(id, winners);
        }
        let prefers_dark = self.input.device.prefers_dark();
        self.context.dark = self.style.inherited_ui.color_scheme.is_dark(prefers_dark);

        let parent_font =
            self.input.parent.map_or_else(|| self.initial.font.clone(), |parent| parent.font.clone());
        self.set_winner(FONT_SIZE, winners);
        self.rescale_font_size(&parent_font);
        self.context.font = self.style.font.clone();
        let font_size_px = self.style.font.font_size.px();
        self.context.font_size = font_size_px;
        if self.input.root.is_none() {
            self.context.root_font = self.style.font.clone();
            self.context.root_font_size = font_size_px;
        }

        // `lh` in `line-height` is the parent's.
        self.context.line_height_font = parent_font;
        self.set_winner(LINE_HEIGHT, winners);
        self.context.line_height_font = self.style.font.clone();
        if self.input.root.is_none() {
            self.context.root_line_height_font = self.style.font.clone();
        }
        if self.input.quirks == QuirksMode::Quirks {
            self.style.user_agent_margins = MARGINS.map(|margin| self.is_of_user_agent(margin, winners));
        }

        // Typed ones can refer to the font, which is known only now.
        if self.customs.iter().any(|custom| self.input.registered.is_typed(&custom.name)) {
            self.style.custom = custom_properties(self.input, &self.context, &self.customs);
        }

        for (id, index) in winners.iter() {
            let early =
                EARLY.contains(&id) || [FONT_SIZE, LINE_HEIGHT, WRITING_MODE, DIRECTION].contains(&id);
            if !early {
                self.set(id, &self.input.declarations[index]);
            }
        }
    }

    /// A font size changes scale where an element becomes `monospace` or no longer is, as in browsers: whatever is computed
    /// or inherited is so in the parent's scale.
    fn rescale_font_size(&mut self, parent: &super::Font) {
        let font = &self.style.font;
        let (from, to) = (FontScale::of(&parent.font_family), FontScale::of(&font.font_family));
        let size = font.font_size.rescaled(from, to);
        if size != font.font_size {
            Arc::make_mut(&mut self.style.font).font_size = size;
        }
    }

    fn is_of_user_agent(&self, id: LonghandId, winners: &Winners) -> bool {
        winners
            .get(id)
            .is_some_and(|index| self.input.declarations[index].level.origin == CascadeOrigin::UserAgent)
    }

    fn set_winner(&mut self, id: LonghandId, winners: &Winners) {
        if let Some(index) = winners.get(id) {
            self.set(id, &self.input.declarations[index]);
        }
    }

    /// Sets the physical longhand `id` to what a declaration (of it, or of a flow-relative one that means it) says.
    fn set(&mut self, id: LonghandId, cascaded: &Cascaded<'_>) {
        match cascaded.declaration {
            PropertyDeclaration::CssWide(_, keyword) => self.set_keyword(id, *keyword),
            PropertyDeclaration::Unparsed(declared, value) => match self.resolve(*declared, value) {
                Some(PropertyDeclaration::CssWide(_, keyword)) => match reverted(keyword, cascaded.level) {
                    Some(reverted) => self.revert(id, cascaded, reverted),
                    None => self.set_keyword(id, keyword),
                },
                Some(PropertyDeclaration::Logical(_, physical)) => self.apply_logical(id, &physical),
                Some(resolved) => self.style.apply(&resolved, &self.context),
                // Invalid at computed-value time.
                None => self.set_keyword(id, CssWideKeyword::Unset),
            },
            PropertyDeclaration::Logical(_, physical) => self.apply_logical(id, physical),
            PropertyDeclaration::Custom(_) => {}
            physical => self.style.apply(physical, &self.context),
        }
    }

    fn resolve(&self, id: LonghandId, value: &UnparsedValue) -> Option<PropertyDeclaration> {
        let replacements = Replacements {
            variables: &self.style.custom,
            registered: self.input.registered,
            attributes: self.input.attributes,
        };
        value.resolve(id, &replacements)
    }

    /// Sets a longhand to what is declared below a declaration of which it came out only now that it reverts.
    fn revert(&mut self, id: LonghandId, cascaded: &Cascaded<'_>, first: Reverted) {
        let (mode, direction) = (self.style.inherited_text.writing_mode, self.style.inherited_text.direction);
        let mut ruled_out: SmallVec<[Reverted; 2]> = SmallVec::from_slice(&[first]);
        let below = self.input.declarations.iter().rev();
        let below = below.skip_while(|other| !std::ptr::eq(other.declaration, cascaded.declaration)).skip(1);
        for other in below {
            let Some(longhand) = other.declaration.longhand() else { continue };
            let physical =
                longhand.logical().map_or(longhand, |logical| logical.to_physical(mode, direction));
            if physical != id || ruled_out.iter().any(|reverted| reverted.rules_out(other.level)) {
                continue;
            }
            let keyword = match other.declaration {
                PropertyDeclaration::CssWide(_, keyword) => Some(*keyword),
                PropertyDeclaration::Unparsed(declared, value) => match self.resolve(*declared, value) {
                    Some(PropertyDeclaration::CssWide(_, keyword)) => Some(keyword),
                    _ => None,
                },
                _ => None,
            };
            match keyword.and_then(|keyword| reverted(keyword, other.level)) {
                Some(reverted) => ruled_out.push(reverted),
                None => return self.set(id, other),
            }
        }
        self.set_keyword(id, CssWideKeyword::Unset);
    }

    fn apply_logical(&mut self, id: LonghandId, declaration: &PropertyDeclaration) {
        let physical = LogicalLonghand::physical_declaration(declaration, id);
        self.style.apply(&physical, &self.context);
    }

    fn set_keyword(&mut self, id: LonghandId, keyword: CssWideKeyword) {
        let inherit = match keyword {
            CssWideKeyword::Inherit => true,
            CssWideKeyword::Initial => false,
            // Where nothing is left to revert to, they are `unset`.
            CssWideKeyword::Unset | CssWideKeyword::Revert | CssWideKeyword::RevertLayer => id.is_inherited(),
        };
        match self.input.parent {
            Some(parent) if inherit => self.style.copy(id, parent),
            _ => self.style.copy(id, self.initial),
        }
    }
}
