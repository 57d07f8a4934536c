//! Which font formats and technologies are supported: for `@supports` and for `src` of `@font-face`.
//! <https://drafts.csswg.org/css-fonts-4/#font-format-definitions>

keywords! {
    /// A format of font files.
    pub enum FontFormat {
        Collection = "collection", EmbeddedOpenType = "embedded-opentype", OpenType = "opentype", Svg = "svg",
        TrueType = "truetype", Woff = "woff", Woff2 = "woff2",
    }
}

keywords! {
    /// A technology that a font needs.
    /// <https://drafts.csswg.org/css-fonts-4/#font-tech-definitions>
    pub enum FontTechnology {
        FeaturesOpenType = "features-opentype", FeaturesAat = "features-aat", FeaturesGraphite = "features-graphite",
        ColorColrV0 = "color-colrv0", ColorColrV1 = "color-colrv1", ColorSvg = "color-svg", ColorSbix = "color-sbix",
        ColorCbdt = "color-cbdt", Variations = "variations", Palettes = "palettes", Incremental = "incremental",
    }
}

impl FontFormat {
    /// Whether fonts of this format can be used.
    pub const fn is_supported(self) -> bool {
        !matches!(self, FontFormat::EmbeddedOpenType | FontFormat::Svg)
    }

    /// The format and technology that a string in `format("...")` means, ASCII case aside. The old names with
    /// `-variations` mean a technology too.
    pub fn from_string(text: &str) -> Option<(FontFormat, Option<FontTechnology>)> {
        if let Some(format) = FontFormat::from_keyword(text) {
            return Some((format, None));
        }
        let lower = text.to_ascii_lowercase();
        let format = FontFormat::from_keyword(lower.strip_suffix("-variations")?)?;
        let varies = matches!(
            format,
            FontFormat::OpenType | FontFormat::TrueType | FontFormat::Woff | FontFormat::Woff2
        );
        varies.then_some((format, Some(FontTechnology::Variations)))
    }
}

impl FontTechnology {
    /// Whether fonts that need this technology can be used.
    pub const fn is_supported(self) -> bool {
        matches!(
            self,
            FontTechnology::FeaturesOpenType
                | FontTechnology::FeaturesAat
                | FontTechnology::ColorColrV0
                | FontTechnology::ColorSbix
                | FontTechnology::ColorCbdt
                | FontTechnology::Variations
        )
    }
}
