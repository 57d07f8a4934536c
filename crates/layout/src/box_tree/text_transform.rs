//! `text-transform`: the characters that are shown in place of those of the document.
//! <https://drafts.csswg.org/css-text-4/#text-transform-property>

use std::borrow::Cow;

use fanlight_css::ComputedStyle;
use fanlight_css::values::text::TextTransformCase;
use fanlight_text::{CaseMapping, grapheme_boundaries, map_case};

use super::offset_map::OffsetMap;
use crate::style;

/// What a style makes of characters.
pub(super) struct TextTransform<'a> {
    case: Option<CaseMapping>,
    /// Whether a letter that is alone in its text becomes one of mathematics.
    is_math: bool,
    is_full_width: bool,
    has_full_size_kana: bool,
    language: Option<&'a str>,
}

impl<'a> TextTransform<'a> {
    /// That of a style for a whole text; nothing where the text stays as it is.
    pub fn of(computed: &'a ComputedStyle, text: &str) -> Option<Self> {
        let transform = computed.inherited_text.text_transform;
        let is_math = transform.case == TextTransformCase::MathAuto && is_one_character(text);
        let case = match transform.case {
            TextTransformCase::Uppercase => Some(CaseMapping::Uppercase),
            TextTransformCase::Lowercase => Some(CaseMapping::Lowercase),
            TextTransformCase::Capitalize => Some(CaseMapping::Capitalize),
            TextTransformCase::None | TextTransformCase::MathAuto => None,
        };
        let (is_full_width, has_full_size_kana) = (transform.full_width, transform.full_size_kana);
        let changes = case.is_some() || is_math || is_full_width || has_full_size_kana;
        let language = style::language(computed);
        changes.then_some(TextTransform { case, is_math, is_full_width, has_full_size_kana, language })
    }

    /// Adds what becomes of a part of the text to `into`, and to `map` where it comes from. `in_word` says whether a letter of
    /// the same word is before it.
    pub fn apply(&self, text: &str, dom: u32, in_word: bool, into: &mut String, map: &mut OffsetMap) {
        let start = into.len() as u32;
        let transformed = self.transform(text, in_word);
        into.push_str(&transformed);
        if keeps_places(text, &transformed) {
            map.push(dom, start, text.len() as u32);
            return;
        }
        // Cluster by cluster, as far as that gives what the whole text became.
        let boundaries = grapheme_boundaries(text);
        let clusters = || boundaries.windows(2).map(|cluster| cluster[0]..cluster[1]);
        let mut in_word = in_word;
        let lengths: Vec<u32> = clusters()
            .map(|cluster| {
                let cluster = &text[cluster];
                let length = self.transform(cluster, in_word).len() as u32;
                in_word = ends_in_word(cluster);
                length
            })
            .collect();
        if lengths.iter().sum::<u32>() != transformed.len() as u32 {
            map.push_changed(dom..dom + text.len() as u32, start..start + transformed.len() as u32);
            return;
        }
        let mut at = start;
        for (cluster, length) in clusters().zip(lengths) {
            map.push_changed(dom + cluster.start as u32..dom + cluster.end as u32, at..at + length);
            at += length;
        }
    }

    fn transform<'t>(&self, text: &'t str, in_word: bool) -> Cow<'t, str> {
        let mut transformed = match self.case {
            Some(case) => map_case(text, case, self.language, in_word),
            None => Cow::Borrowed(text),
        };
        let mut change = |to: fn(char) -> char| {
            transformed = Cow::Owned(transformed.chars().map(to).collect());
        };
        if self.is_math {
            change(to_math_italic);
        }
        if self.is_full_width {
            change(to_full_width);
        }
        if self.has_full_size_kana {
            change(to_full_size_kana);
        }
        transformed
    }
}

/// A whole text as a style shows it.
pub(crate) fn transformed<'t>(computed: &ComputedStyle, text: &'t str) -> Cow<'t, str> {
    match TextTransform::of(computed, text) {
        Some(transform) => transform.transform(text, false),
        None => Cow::Borrowed(text),
    }
}

/// Whether a letter after a text belongs to the same word.
pub(super) fn ends_in_word(text: &str) -> bool {
    text.chars().next_back().is_some_and(char::is_alphanumeric)
}

fn is_one_character(text: &str) -> bool {
    let mut characters = text.chars();
    characters.next().is_some() && characters.next().is_none()
}

/// Whether every character is as long as what it became.
fn keeps_places(text: &str, transformed: &str) -> bool {
    text.len() == transformed.len()
        && text.char_indices().map(|(at, _)| at).eq(transformed.char_indices().map(|(at, _)| at))
}

/// <https://w3c.github.io/mathml-core/#italic-mappings>
fn to_math_italic(character: char) -> char {
    let from = |first: u32, base: char| {
        char::from_u32(first + (u32::from(character) - u32::from(base))).unwrap_or(character)
    };
    match character {
        'h' => '\u{210e}',
        'A'..='Z' => from(0x1d434, 'A'),
        'a'..='z' => from(0x1d44e, 'a'),
        'ı' => '\u{1d6a4}',
        'ȷ' => '\u{1d6a5}',
        'ϴ' => '\u{1d6f3}',
        'Α'..='Ρ' | 'Σ'..='Ω' => from(0x1d6e2, 'Α'),
        '∇' => '\u{1d6fb}',
        'α'..='ω' => from(0x1d6fc, 'α'),
        '∂' => '\u{1d715}',
        'ϵ' => '\u{1d716}',
        'ϑ' => '\u{1d717}',
        'ϰ' => '\u{1d718}',
        'ϕ' => '\u{1d719}',
        'ϱ' => '\u{1d71a}',
        'ϖ' => '\u{1d71b}',
        other => other,
    }
}

fn to_full_width(character: char) -> char {
    match character {
        ' ' => '\u{3000}',
        '!'..='~' => char::from_u32(u32::from(character) - 0x21 + 0xff01).unwrap_or(character),
        other => other,
    }
}

/// <https://drafts.csswg.org/css-text-4/#small-kana>
fn to_full_size_kana(character: char) -> char {
    match character {
        'ぁ' | 'ぃ' | 'ぅ' | 'ぇ' | 'ぉ' | 'っ' | 'ゃ' | 'ゅ' | 'ょ' | 'ゎ' | 'ァ' | 'ィ' | 'ゥ' | 'ェ'
        | 'ォ' | 'ッ' | 'ャ' | 'ュ' | 'ョ' | 'ヮ' => {
            char::from_u32(u32::from(character) + 1).unwrap_or(character)
        }
        'ゕ' => 'か',
        'ゖ' => 'け',
        'ヵ' => 'カ',
        'ヶ' => 'ケ',
        'ㇰ' => 'ク',
        'ㇱ' => 'シ',
        'ㇲ' => 'ス',
        'ㇳ' => 'ト',
        'ㇴ' => 'ヌ',
        'ㇵ' => 'ハ',
        'ㇶ' => 'ヒ',
        'ㇷ' => 'フ',
        'ㇸ' => 'ヘ',
        'ㇹ' => 'ホ',
        'ㇺ' => 'ム',
        'ㇻ' => 'ラ',
        'ㇼ' => 'リ',
        'ㇽ' => 'ル',
        'ㇾ' => 'レ',
        'ㇿ' => 'ロ',
        'ｧ' => 'ｱ',
        'ｨ' => 'ｲ',
        'ｩ' => 'ｳ',
        'ｪ' => 'ｴ',
        'ｫ' => 'ｵ',
        'ｬ' => 'ﾔ',
        'ｭ' => 'ﾕ',
        'ｮ' => 'ﾖ',
        'ｯ' => 'ﾂ',
        other => other,
    }
}
