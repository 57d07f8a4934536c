//! The fonts in the binary. They are read where they lie, so those that no page uses cost neither time nor memory.

use std::ops::RangeInclusive;
use std::sync::{Arc, OnceLock};

use super::{aliases, matching};
use crate::description::FontDescription;
use crate::font::{Face, FaceAttributes, FaceStyle, FontData, MetricOverrides};

/// A family in the binary.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum BundledFamily {
    LiberationSerif,
    LiberationSans,
    LiberationMono,
    /// The one with the most characters, for what nothing else has.
    DejaVuSans,
}

struct BundledFace {
    family: BundledFamily,
    bold: bool,
    italic: bool,
    data: &'static [u8],
}

macro_rules! bundled {
    ($($family:ident $bold:literal $italic:literal $path:literal)*) => {
        &[$(BundledFace {
            family: BundledFamily::$family,
            bold: $bold,
            italic: $italic,
            data: include_bytes!(concat!("../../../../assets/fonts/", $path)),
        }),*]
    };
}

const FACES: &[BundledFace] = bundled! {
    LiberationSerif false false "liberation/LiberationSerif-Regular.ttf"
    LiberationSerif true  false "liberation/LiberationSerif-Bold.ttf"
    LiberationSerif false true  "liberation/LiberationSerif-Italic.ttf"
    LiberationSerif true  true  "liberation/LiberationSerif-BoldItalic.ttf"
    LiberationSans  false false "liberation/LiberationSans-Regular.ttf"
    LiberationSans  true  false "liberation/LiberationSans-Bold.ttf"
    LiberationSans  false true  "liberation/LiberationSans-Italic.ttf"
    LiberationSans  true  true  "liberation/LiberationSans-BoldItalic.ttf"
    LiberationMono  false false "liberation/LiberationMono-Regular.ttf"
    LiberationMono  true  false "liberation/LiberationMono-Bold.ttf"
    LiberationMono  false true  "liberation/LiberationMono-Italic.ttf"
    LiberationMono  true  true  "liberation/LiberationMono-BoldItalic.ttf"
    DejaVuSans      false false "dejavu/DejaVuSans.ttf"
};

impl BundledFamily {
    const ALL: [BundledFamily; 4] = [
        BundledFamily::LiberationSerif,
        BundledFamily::LiberationSans,
        BundledFamily::LiberationMono,
        BundledFamily::DejaVuSans,
    ];

    pub fn name(self) -> &'static str {
        match self {
            BundledFamily::LiberationSerif => "Liberation Serif",
            BundledFamily::LiberationSans => "Liberation Sans",
            BundledFamily::LiberationMono => "Liberation Mono",
            BundledFamily::DejaVuSans => "DejaVu Sans",
        }
    }

    /// The family of that name, in any case.
    pub fn by_name(name: &str) -> Option<Self> {
        BundledFamily::ALL.into_iter().find(|family| family.name().eq_ignore_ascii_case(name))
    }
}

/// The bundled faces that have been used.
pub(crate) struct BundledFonts {
    faces: [OnceLock<Option<Arc<Face>>>; FACES.len()],
}

impl BundledFonts {
    pub const fn new() -> Self {
        BundledFonts { faces: [const { OnceLock::new() }; FACES.len()] }
    }

    /// The nearest face of a family.
    pub fn face(&self, family: BundledFamily, wanted: &FontDescription) -> Option<Arc<Face>> {
        let candidates = FACES
            .iter()
            .enumerate()
            .filter(|(_, face)| face.family == family)
            .map(|(index, face)| (index, attributes(face)));
        let (index, _) = matching::nearest(wanted, candidates, |(_, attributes)| attributes)?;
        self.open(index)
    }

    /// The face of that full or PostScript name.
    pub fn local(&self, name: &str) -> Option<Arc<Face>> {
        (0..FACES.len())
            .filter(|&index| aliases::may_be_face_of(name, FACES[index].family.name()))
            .filter_map(|index| self.open(index))
            .find(|face| face.is_named(name))
    }

    fn open(&self, index: usize) -> Option<Arc<Face>> {
        let face = &FACES[index];
        self.faces[index]
            .get_or_init(|| {
                let data = FontData::Bundled(face.data);
                let family = Arc::from(face.family.name());
                Face::new(data, 0, family, attributes(face), MetricOverrides::default())
            })
            .clone()
    }
}

/// Known without reading the file; a test compares them with it.
fn attributes(face: &BundledFace) -> FaceAttributes {
    const REGULAR: RangeInclusive<f32> = 400.0..=400.0;
    const BOLD: RangeInclusive<f32> = 700.0..=700.0;
    FaceAttributes {
        weight: if face.bold { BOLD } else { REGULAR },
        stretch: 1.0..=1.0,
        style: if face.italic { FaceStyle::Italic } else { FaceStyle::Normal },
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_table_says_what_the_files_say() {
        for face in FACES {
            let font = skrifa::FontRef::new(face.data).unwrap();
            assert_eq!(FaceAttributes::of_font(&font), attributes(face), "{:?}", face.family);
        }
    }
}
