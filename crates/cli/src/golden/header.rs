//! How a golden test is rendered and compared, as the page itself says: a comment at its start,
//! `<!-- fanlight: viewport=400x300 scale=2 tolerance=3/40 compare=dom,layout,pixels -->`.

use fanlight_base::Stage;
use fanlight_base::geometry::CssSize;

use crate::args::ViewportSize;

/// Small pictures make small repositories.
const DEFAULT_VIEWPORT: CssSize = CssSize::new(400.0, 300.0);

/// The header of a golden test.
#[derive(Clone, Debug, PartialEq)]
pub struct Header {
    /// CSS px.
    pub viewport: CssSize,
    /// Device px for each CSS px.
    pub scale: f32,
    /// How far pictures may be apart.
    pub tolerance: Tolerance,
    /// The stages whose dumps are compared, in their order.
    pub stages: Vec<Stage>,
    /// Whether pictures are compared.
    pub pixels: bool,
}

/// How far two pictures may be apart.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Tolerance {
    /// The greatest difference of a channel, 0 to 255, that does not count.
    pub channel: u8,
    /// How many pixels may differ by more than that.
    pub pixels: u32,
}

impl Default for Header {
    fn default() -> Self {
        Header {
            viewport: DEFAULT_VIEWPORT,
            scale: 1.0,
            tolerance: Tolerance::default(),
            stages: vec![Stage::Layout],
            pixels: true,
        }
    }
}

impl Header {
    /// Reads the header of a page; a page without one has the default.
    ///
    /// # Errors
    /// The header has a word that means nothing.
    pub fn parse(page: &str) -> Result<Header, String> {
        const START: &str = "<!-- fanlight:";
        let mut header = Header::default();
        let Some(begin) = page.find(START) else { return Ok(header) };
        let rest = &page[begin + START.len()..];
        let Some(end) = rest.find("-->") else { return Err("the header does not end with -->".to_owned()) };
        for word in rest[..end].split_ascii_whitespace() {
            let Some((name, value)) = word.split_once('=') else {
                return Err(format!("'{word}' is not name=value"));
            };
            let wrong = || format!("'{value}' is no value for {name}");
            match name {
                "viewport" => {
                    let size: ViewportSize = value.parse()?;
                    header.viewport = CssSize::new(size.width, size.height);
                }
                "scale" => header.scale = value.parse().map_err(|_| wrong())?,
                "tolerance" => header.tolerance = parse_tolerance(value).ok_or_else(wrong)?,
                "compare" => header.set_compared(value)?,
                _ => {
                    return Err(format!(
                        "the header has no '{name}'; it has viewport, scale, tolerance, compare"
                    ));
                }
            }
        }
        Ok(header)
    }

    fn set_compared(&mut self, value: &str) -> Result<(), String> {
        self.pixels = false;
        self.stages.clear();
        for name in value.split(',') {
            match name {
                "pixels" => self.pixels = true,
                _ => self.stages.push(name.parse::<Stage>().map_err(|error| error.to_string())?),
            }
        }
        self.stages.sort();
        Ok(())
    }
}

/// `CHANNEL/PIXELS`.
fn parse_tolerance(value: &str) -> Option<Tolerance> {
    let (channel, pixels) = value.split_once('/')?;
    Some(Tolerance { channel: channel.parse().ok()?, pixels: pixels.parse().ok()? })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_page_without_header_has_the_default() {
        assert_eq!(Header::parse("<!doctype html><p>x"), Ok(Header::default()));
    }

    #[test]
    fn every_word_is_read() {
        let page =
            "<!doctype html>\n<!-- fanlight: viewport=80x60 scale=2 tolerance=3/40 compare=paint,dom -->";
        assert_eq!(
            Header::parse(page),
            Ok(Header {
                viewport: CssSize::new(80.0, 60.0),
                scale: 2.0,
                tolerance: Tolerance { channel: 3, pixels: 40 },
                stages: vec![Stage::Dom, Stage::Paint],
                pixels: false,
            })
        );
    }

    #[test]
    fn misspelt_words_are_errors() {
        for wrong in ["compare=pixel", "tolerance=3", "size=1x1", "viewport", "viewport=3"] {
            assert!(Header::parse(&format!("<!-- fanlight: {wrong} -->")).is_err(), "{wrong}");
        }
        assert!(Header::parse("<!-- fanlight: viewport=80x60").is_err());
    }
}
