//! The system's fonts, through fontique: fontconfig on Linux, loaded when first needed. `FONTCONFIG_FILE` is obeyed
//! because fontconfig itself reads it.

use std::sync::Arc;

use fontique::{
    Collection, CollectionOptions, FallbackKey, FamilyId, FamilyInfo, FontInfo, GenericFamily, Language,
    Script, SourceCache,
};
use rustc_hash::FxHashMap;
use skrifa::FontRef;

use super::{aliases, matching};
use crate::description::{FontDescription, FontStyle};
use crate::font::{Face, FaceAttributes, FontData, MetricOverrides};

/// The fonts of this machine.
pub(crate) struct SystemFonts {
    collection: Collection,
    sources: SourceCache,
    families: FxHashMap<FamilyId, Arc<[SystemFace]>>,
    /// What [`SystemFonts::for_character`] has found, by character and language.
    fallbacks: FxHashMap<(char, Option<Arc<str>>), Option<FamilyId>>,
    /// Families in the order of fontconfig's default sort.
    order: Option<Arc<[FamilyId]>>,
}

struct SystemFace {
    info: FontInfo,
    attributes: FaceAttributes,
    face: parking_lot::Mutex<Option<Arc<Face>>>,
}

impl SystemFonts {
    /// Asks the system for its fonts. This takes milliseconds.
    pub fn open() -> Self {
        let _span = tracing::info_span!("open system fonts").entered();
        SystemFonts {
            collection: Collection::new(CollectionOptions { shared: false, system_fonts: true }),
            sources: SourceCache::default(),
            families: FxHashMap::default(),
            fallbacks: FxHashMap::default(),
            order: None,
        }
    }

    /// The nearest face of the family of that name, if there is one. A name that only some faces of a family have,
    /// such as that of its condensed ones, means those.
    pub fn named(&mut self, name: &str, wanted: &FontDescription) -> Option<Arc<Face>> {
        let id = self.collection.family_id(name)?;
        if self.collection.family_name(id).is_some_and(|own| own.eq_ignore_ascii_case(name)) {
            return self.face(id, wanted);
        }
        let faces = self.faces(id);
        let same_name =
            faces.iter().filter(|face| self.load(id, face).is_some_and(|face| face.is_of_family(name)));
        let nearest = matching::nearest(wanted, same_name.collect::<Vec<_>>(), |face| &face.attributes)?;
        self.load(id, nearest)
    }

    /// The nearest face of the system's answer for a generic family.
    pub fn generic(&mut self, family: GenericFamily, wanted: &FontDescription) -> Option<Arc<Face>> {
        let ids: Vec<_> = self.collection.generic_families(family).collect();
        ids.into_iter().find_map(|id| self.face(id, wanted))
    }

    /// The regular face of the first family that has `character`: what the system prefers for the script and language
    /// first, then the default families in the system's order. Bold and italic text gets the regular face too, made
    /// bold or slanted: fontconfig is asked for the character alone.
    pub fn for_character(
        &mut self,
        character: char,
        script: [u8; 4],
        wanted: &FontDescription,
    ) -> Option<Arc<Face>> {
        let wanted =
            &FontDescription { weight: 400.0, stretch: 1.0, style: FontStyle::Normal, ..wanted.clone() };
        let key = (character, wanted.language.clone());
        let family = match self.fallbacks.get(&key) {
            Some(&known) => known,
            None => {
                let found = self.find_family(character, script, wanted);
                self.fallbacks.insert(key, found);
                found
            }
        };
        self.face(family?, wanted)
    }

    fn find_family(
        &mut self,
        character: char,
        script: [u8; 4],
        wanted: &FontDescription,
    ) -> Option<FamilyId> {
        if !has_default_preference(script) {
            let language = wanted.language.as_deref().and_then(|tag| Language::parse(tag).ok());
            let key = FallbackKey::new(Script::from_bytes(script), language.as_ref());
            let preferred: Vec<_> = self.collection.fallback_families(key).collect();
            if let Some(id) = preferred.into_iter().find(|&id| self.has(id, character, wanted)) {
                return Some(id);
            }
        }
        self.default_order().iter().copied().find(|&id| self.has(id, character, wanted))
    }

    /// The families for sans-serif as fontconfig sorts them, which is the order of its default pattern.
    fn default_order(&mut self) -> Arc<[FamilyId]> {
        if let Some(order) = &self.order {
            return order.clone();
        }
        let order: Arc<[FamilyId]> = self.collection.generic_families(GenericFamily::SansSerif).collect();
        self.order = Some(order.clone());
        order
    }

    fn has(&mut self, id: FamilyId, character: char, wanted: &FontDescription) -> bool {
        self.face(id, wanted).is_some_and(|face| face.glyph(character).is_some())
    }

    /// The face of that full or PostScript name.
    pub fn local(&mut self, name: &str) -> Option<Arc<Face>> {
        let mut families: Vec<String> = self
            .collection
            .family_names()
            .filter(|family| aliases::may_be_face_of(name, family))
            .map(str::to_owned)
            .collect();
        families.sort_unstable();
        let ids: Vec<_> = families.iter().filter_map(|family| self.collection.family_id(family)).collect();
        ids.into_iter().find_map(|id| {
            let faces = self.faces(id);
            faces.iter().filter_map(|face| self.load(id, face)).find(|face| face.is_named(name))
        })
    }

    fn face(&mut self, id: FamilyId, wanted: &FontDescription) -> Option<Arc<Face>> {
        let faces = self.faces(id);
        let nearest = matching::nearest(wanted, faces.iter(), |face| &face.attributes)?;
        self.load(id, nearest)
    }

    fn load(&mut self, family: FamilyId, system_face: &SystemFace) -> Option<Arc<Face>> {
        let mut slot = system_face.face.lock();
        if slot.is_none() {
            let data = system_face.info.load(Some(&mut self.sources))?;
            let family = self.collection.family_name(family).map_or_else(|| Arc::from(""), Arc::from);
            *slot = Face::new(
                FontData::System(data),
                system_face.info.index(),
                family,
                system_face.attributes.clone(),
                MetricOverrides::default(),
            );
        }
        slot.clone()
    }

    fn faces(&mut self, id: FamilyId) -> Arc<[SystemFace]> {
        if let Some(faces) = self.families.get(&id) {
            return faces.clone();
        }
        let family = self.collection.family(id);
        let faces: Arc<[SystemFace]> = family
            .iter()
            .flat_map(FamilyInfo::fonts)
            .filter_map(|info| {
                let data = info.load(Some(&mut self.sources))?;
                let font = FontRef::from_index(data.as_ref(), info.index()).ok()?;
                Some(SystemFace {
                    attributes: FaceAttributes::of_font(&font),
                    info: info.clone(),
                    face: parking_lot::Mutex::default(),
                })
            })
            .collect();
        self.families.insert(id, faces.clone());
        faces
    }
}

/// Scripts that the families at the head of fontconfig's default order are chosen for, so that the order itself
/// answers better than a match by script and language.
fn has_default_preference(script: [u8; 4]) -> bool {
    matches!(&script, b"Zyyy" | b"Latn" | b"Grek" | b"Cyrl" | b"Arab" | b"Hebr" | b"Armn" | b"Geor")
}
