//! Whether text can be shaped word by word.
//!
//! A word is shaped together with the space on either side of it, and the glyphs up to the second space are kept. That
//! equals shaping the whole text unless some rule of the font has the space in the middle, or changes the space itself
//! by what stands before it. Kerning pairs do neither: they move the second glyph by the advance of the first.

use skrifa::raw::tables::gpos::{PairPos, PositionSubtables};
use skrifa::raw::tables::gsub::SubstitutionSubtables;
use skrifa::raw::tables::layout::{ChainedSequenceContext, ClassDef, CoverageTable, SequenceContext};
use skrifa::raw::{ReadError, TableProvider};
use skrifa::{GlyphId, Tag};

use super::face::Face;
use crate::limits::MAX_INSPECTED_RULES;

/// Whether no rule of the font looks across a space.
pub(super) fn are_separable(face: &Face) -> bool {
    let Some(space) = face.glyph(' ') else { return false };
    let font = face.font_ref();
    let has = |tag: &[u8; 4]| font.table_data(Tag::new(tag)).is_some();
    // The rules of Apple's tables are programs, and the old kerning table moves both glyphs of a pair.
    if has(b"morx") || has(b"kerx") || (has(b"kern") && !has(b"GPOS")) {
        return false;
    }
    let mut inspector = Inspector { space: GlyphId::from(space), budget: MAX_INSPECTED_RULES };
    let substitutions = font.gsub().is_err() || inspector.substitutions_are_separable(face) == Ok(true);
    substitutions && (font.gpos().is_err() || inspector.positions_are_separable(face) == Ok(true))
}

struct Inspector {
    space: GlyphId,
    budget: usize,
}

/// What a rule asks of the glyph at one place.
type Place<'a> = &'a dyn Fn(GlyphId) -> bool;

impl Inspector {
    fn substitutions_are_separable(&mut self, face: &Face) -> Result<bool, ReadError> {
        let font = face.font_ref();
        for lookup in font.gsub()?.lookup_list()?.lookups().iter() {
            let separable = match lookup?.subtables()? {
                SubstitutionSubtables::Ligature(tables) => {
                    let mut separable = true;
                    for table in tables.iter() {
                        let table = table?;
                        separable &= !self.covers(table.coverage())?;
                        for set in table.ligature_sets().iter() {
                            for ligature in set?.ligatures().iter() {
                                self.spend()?;
                                let parts = ligature?.component_glyph_ids();
                                separable &=
                                    !parts.iter().any(|part| GlyphId::from(part.get()) == self.space);
                            }
                        }
                    }
                    separable
                }
                SubstitutionSubtables::Contextual(tables) => {
                    let mut separable = true;
                    for table in tables.iter() {
                        separable &= self.sequence(&table?)?;
                    }
                    separable
                }
                SubstitutionSubtables::ChainContextual(tables) => {
                    let mut separable = true;
                    for table in tables.iter() {
                        separable &= self.chain(&table?)?;
                    }
                    separable
                }
                SubstitutionSubtables::Reverse(tables) => {
                    let mut separable = true;
                    for table in tables.iter() {
                        let table = table?;
                        separable &= !self.covers(table.coverage())?;
                        let backtrack = self.mentions(table.backtrack_coverages().iter())?;
                        let lookahead = self.mentions(table.lookahead_coverages().iter())?;
                        separable &= !interior(&backtrack) && !interior(&lookahead);
                    }
                    separable
                }
                SubstitutionSubtables::Single(_)
                | SubstitutionSubtables::Multiple(_)
                | SubstitutionSubtables::Alternate(_)
                | SubstitutionSubtables::EmptyExtension => true,
            };
            if !separable {
                return Ok(false);
            }
        }
        Ok(true)
    }

    fn positions_are_separable(&mut self, face: &Face) -> Result<bool, ReadError> {
        let font = face.font_ref();
        for lookup in font.gpos()?.lookup_list()?.lookups().iter() {
            let mut separable = true;
            match lookup?.subtables()? {
                PositionSubtables::Pair(tables) => {
                    for table in tables.iter() {
                        separable &= !self.moves_second_space(&table?)?;
                    }
                }
                PositionSubtables::Contextual(tables) => {
                    for table in tables.iter() {
                        separable &= self.sequence(&table?)?;
                    }
                }
                PositionSubtables::ChainContextual(tables) => {
                    for table in tables.iter() {
                        separable &= self.chain(&table?)?;
                    }
                }
                _ => {}
            }
            if !separable {
                return Ok(false);
            }
        }
        Ok(true)
    }

    /// Whether a pair rule can change a space by the glyph before it.
    fn moves_second_space(&mut self, table: &PairPos<'_>) -> Result<bool, ReadError> {
        self.spend()?;
        match table {
            PairPos::Format1(table) if !table.value_format2().is_empty() => {
                for set in table.pair_sets().iter() {
                    for pair in set?.pair_value_records().iter() {
                        self.spend()?;
                        if GlyphId::from(pair?.second_glyph()) == self.space {
                            return Ok(true);
                        }
                    }
                }
                Ok(false)
            }
            PairPos::Format1(_) => Ok(false),
            // Every glyph has a class here, so the space is taken to be meant.
            PairPos::Format2(table) => Ok(!table.value_format2().is_empty()),
        }
    }

    fn sequence(&mut self, context: &SequenceContext<'_>) -> Result<bool, ReadError> {
        let space = self.space;
        match context {
            SequenceContext::Format1(table) => {
                let mut separable = !self.covers(table.coverage())?;
                for set in table.seq_rule_sets().iter().flatten() {
                    for rule in set?.seq_rules().iter() {
                        self.spend()?;
                        let input = rule?.input_sequence();
                        separable &= !input.iter().any(|glyph| GlyphId::from(glyph.get()) == space);
                    }
                }
                Ok(separable)
            }
            SequenceContext::Format2(table) => {
                let mut separable = !self.covers(table.coverage())?;
                let class = table.class_def()?.get(space);
                for set in table.class_seq_rule_sets().iter().flatten() {
                    for rule in set?.class_seq_rules().iter() {
                        self.spend()?;
                        separable &= !rule?.input_sequence().iter().any(|part| part.get() == class);
                    }
                }
                Ok(separable)
            }
            SequenceContext::Format3(table) => Ok(!self.mentions(table.coverages().iter())?.contains(&true)),
        }
    }

    fn chain(&mut self, context: &ChainedSequenceContext<'_>) -> Result<bool, ReadError> {
        let space = self.space;
        match context {
            ChainedSequenceContext::Format1(table) => {
                let mut separable = !self.covers(table.coverage())?;
                let is_space = |glyph: GlyphId| glyph == space;
                for set in table.chained_seq_rule_sets().iter().flatten() {
                    for rule in set?.chained_seq_rules().iter() {
                        self.spend()?;
                        let rule = rule?;
                        let at = |glyphs: &[skrifa::raw::types::BigEndian<skrifa::GlyphId16>]| {
                            places(glyphs.iter().map(|glyph| GlyphId::from(glyph.get())), &is_space)
                        };
                        separable &= !at(rule.input_sequence()).contains(&true)
                            && !interior(&at(rule.backtrack_sequence()))
                            && !interior(&at(rule.lookahead_sequence()));
                    }
                }
                Ok(separable)
            }
            ChainedSequenceContext::Format2(table) => {
                let mut separable = !self.covers(table.coverage())?;
                let class = |definition: Result<ClassDef<'_>, ReadError>| {
                    definition.map_or(0, |definition| definition.get(space))
                };
                let backtrack = class(table.backtrack_class_def());
                let input = class(table.input_class_def());
                let lookahead = class(table.lookahead_class_def());
                for set in table.chained_class_seq_rule_sets().iter().flatten() {
                    for rule in set?.chained_class_seq_rules().iter() {
                        self.spend()?;
                        let rule = rule?;
                        let at = |classes: &[skrifa::raw::types::BigEndian<u16>], own: u16| {
                            classes.iter().map(|class| class.get() == own).collect::<Vec<_>>()
                        };
                        separable &= !at(rule.input_sequence(), input).contains(&true)
                            && !interior(&at(rule.backtrack_sequence(), backtrack))
                            && !interior(&at(rule.lookahead_sequence(), lookahead));
                    }
                }
                Ok(separable)
            }
            ChainedSequenceContext::Format3(table) => {
                let input = self.mentions(table.input_coverages().iter())?;
                let backtrack = self.mentions(table.backtrack_coverages().iter())?;
                let lookahead = self.mentions(table.lookahead_coverages().iter())?;
                Ok(!input.contains(&true) && !interior(&backtrack) && !interior(&lookahead))
            }
        }
    }

    fn covers(&mut self, coverage: Result<CoverageTable<'_>, ReadError>) -> Result<bool, ReadError> {
        self.spend()?;
        Ok(coverage?.get(self.space).is_some())
    }

    fn mentions<'a>(
        &mut self,
        coverages: impl Iterator<Item = Result<CoverageTable<'a>, ReadError>>,
    ) -> Result<Vec<bool>, ReadError> {
        coverages.map(|coverage| self.covers(coverage)).collect()
    }

    /// Counts one rule; a font with more than the limit is taken to be inseparable.
    fn spend(&mut self) -> Result<(), ReadError> {
        self.budget = self.budget.checked_sub(1).ok_or(ReadError::OutOfBounds)?;
        Ok(())
    }
}

fn places(glyphs: impl Iterator<Item = GlyphId>, is_space: Place<'_>) -> Vec<bool> {
    glyphs.map(is_space).collect()
}

/// Whether the space can be at a place beyond which the context goes on. Contexts are listed from the near end on.
fn interior(context: &[bool]) -> bool {
    context.len() > 1 && context[..context.len() - 1].contains(&true)
}
