//! Which of several images is loaded: `srcset`.
//! <https://html.spec.whatwg.org/multipage/images.html#source-sets>

use fanlight_css::media::{MediaList, source_size};
use url::Url;

use super::discover::{ImageCandidates, ImageSource};
use crate::device;
use crate::options::PageOptions;

/// The URL of the image that an element shows on a device, and its density in image px for each CSS px.
/// <https://html.spec.whatwg.org/multipage/images.html#select-an-image-source>
pub(crate) fn choose(candidates: &ImageCandidates, options: &PageOptions, base: &Url) -> (Option<Url>, f32) {
    let device = device::of(options);
    let usable = |source: &&ImageSource| {
        let media = source.media.as_deref().is_none_or(|media| MediaList::parse_text(media).matches(&device));
        media && source.mime_type.as_deref().is_none_or(is_supported_type)
    };
    for source in candidates.sources.iter().filter(usable) {
        let mut images = parse(source.srcset.as_deref().unwrap_or_default());
        // `src` counts as an image of density 1, unless widths are given.
        let has_widths = images.iter().any(|image| matches!(image.descriptor, Descriptor::Width(_)));
        let has_one = images.iter().any(|image| image.descriptor == Descriptor::Density(1.0));
        if let Some(src) = &source.src
            && !has_widths
            && !has_one
        {
            images.push(Candidate { url: src.clone(), descriptor: Descriptor::Density(1.0) });
        }
        let size = source_size(source.sizes.as_deref().unwrap_or_default(), &device);
        if let Some((image, density)) = select(&images, options.scale, size) {
            let url = base.join(image.url.trim()).ok();
            return (url, if density > 0.0 && density.is_finite() { density } else { 1.0 });
        }
    }
    (None, 1.0)
}

/// Whether images of a MIME type can be decoded.
pub(super) fn is_supported_type(mime_type: &str) -> bool {
    let essence = mime_type.split(';').next().unwrap_or_default().trim().to_ascii_lowercase();
    matches!(
        essence.as_str(),
        "" | "image/png"
            | "image/jpeg"
            | "image/jpg"
            | "image/gif"
            | "image/webp"
            | "image/bmp"
            | "image/x-icon"
            | "image/vnd.microsoft.icon"
            | "image/svg+xml"
            | "image/apng"
    )
}

/// One candidate of a `srcset`.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Candidate {
    /// The URL as written.
    pub(crate) url: String,
    /// What it says about itself.
    pub(crate) descriptor: Descriptor,
}

/// What a candidate says about itself.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) enum Descriptor {
    /// Image px for each CSS px.
    Density(f32),
    /// The image's width in image px.
    Width(f32),
}

/// <https://html.spec.whatwg.org/multipage/images.html#parse-a-srcset-attribute>
pub(crate) fn parse(srcset: &str) -> Vec<Candidate> {
    let mut candidates = Vec::new();
    let mut rest = srcset;
    loop {
        rest = rest.trim_start_matches(|c: char| c.is_ascii_whitespace() || c == ',');
        if rest.is_empty() {
            return candidates;
        }
        let end = rest.find(|c: char| c.is_ascii_whitespace()).unwrap_or(rest.len());
        let (url, after) = rest.split_at(end);
        // A URL that ends in commas has no descriptors.
        let bare = url.trim_end_matches(',');
        let (descriptors, after) =
            if bare.len() < url.len() { ("", after) } else { split_descriptors(after) };
        rest = after;
        if let Some(descriptor) = parse_descriptors(descriptors) {
            candidates.push(Candidate { url: bare.to_owned(), descriptor });
        }
    }
}

/// Up to the next comma that is not in parentheses, and what comes after it.
fn split_descriptors(text: &str) -> (&str, &str) {
    let mut depth = 0usize;
    for (index, c) in text.char_indices() {
        match c {
            '(' => depth += 1,
            ')' => depth = depth.saturating_sub(1),
            ',' if depth == 0 => return (&text[..index], &text[index + 1..]),
            _ => {}
        }
    }
    (text, "")
}

/// Nothing when the descriptors contradict each other or mean nothing: the candidate is then dropped.
fn parse_descriptors(text: &str) -> Option<Descriptor> {
    let (mut density, mut width, mut height) = (None, None, None);
    for word in text.split_ascii_whitespace() {
        let number = |unit: char| word.strip_suffix(unit)?.parse::<f32>().ok();
        if let Some(px) = number('w') {
            (width.replace(px).is_none() && px > 0.0 && px.fract() == 0.0).then_some(())?;
        } else if let Some(px) = number('h') {
            (height.replace(px).is_none() && px > 0.0 && px.fract() == 0.0).then_some(())?;
        } else {
            let ratio = number('x')?;
            (density.replace(ratio).is_none() && ratio >= 0.0 && ratio.is_finite()).then_some(())?;
        }
    }
    match (density, width, height) {
        (density, None, None) => Some(Descriptor::Density(density.unwrap_or(1.0))),
        (None, Some(width), _) => Some(Descriptor::Width(width)),
        _ => None,
    }
}

/// The candidate for a screen of `scale` device px for each CSS px, and its density, where an image without size of its
/// own is `source_size` CSS px wide. The least density that is not below the screen's, as Chromium takes it.
/// <https://html.spec.whatwg.org/multipage/images.html#select-an-image-source-from-a-source-set>
pub(crate) fn select(candidates: &[Candidate], scale: f32, source_size: f32) -> Option<(&Candidate, f32)> {
    let density = |candidate: &Candidate| match candidate.descriptor {
        Descriptor::Density(density) => density,
        Descriptor::Width(width) => width / source_size.max(f32::MIN_POSITIVE),
    };
    let with_density = candidates.iter().map(|candidate| (candidate, density(candidate)));
    let sharp = with_density.clone().filter(|(_, density)| *density >= scale);
    sharp
        .min_by(|(_, one), (_, other)| one.total_cmp(other))
        .or_else(|| with_density.max_by(|(_, one), (_, other)| one.total_cmp(other)))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn parsed(srcset: &str) -> Vec<(String, Descriptor)> {
        parse(srcset).into_iter().map(|candidate| (candidate.url, candidate.descriptor)).collect()
    }

    #[test]
    fn candidates_are_separated_by_commas_that_are_not_part_of_a_url() {
        use Descriptor::{Density, Width};
        assert_eq!(
            parsed(" a.png, b,c.png 2x , d.png 300w 20h,e.png,"),
            [
                ("a.png".into(), Density(1.0)),
                ("b,c.png".into(), Density(2.0)),
                ("d.png".into(), Width(300.0)),
                ("e.png".into(), Density(1.0)),
            ]
        );
    }

    #[test]
    fn contradictory_descriptors_drop_the_candidate() {
        assert_eq!(
            parsed("a 1x 2x, b 1x 3w, c -1x, d 0w, e 3h, f 1q, g 1x"),
            [("g".into(), Descriptor::Density(1.0))]
        );
    }

    #[test]
    fn the_least_sufficient_density_is_taken() {
        let candidates = parse("a 1x, b 2x, c 3x");
        let chosen = |scale| select(&candidates, scale, 100.0).map(|(candidate, _)| &*candidate.url);
        assert_eq!((chosen(1.0), chosen(1.5), chosen(9.0)), (Some("a"), Some("b"), Some("c")));
        let widths = parse("s 200w, l 800w");
        assert_eq!(
            select(&widths, 1.0, 400.0).map(|(candidate, density)| (&*candidate.url, density)),
            Some(("l", 2.0))
        );
        assert!(select(&[], 1.0, 1.0).is_none());
    }
}
