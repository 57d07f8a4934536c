//! Line breaks against what Chromium does.

use fanlight_text::{LineBreakOptions, LineBreakStrictness, LineBreaks, WordBreak};

/// Texts that break otherwise than in Chromium, by CSS, language and text without marks.
const KNOWN_DIFFERENCES: &[(&str, &str, &str)] = &[
    // A slash before a Hebrew letter under `break-all`.
    ("word-break:break-all", "", "א-ב א/ב"),
    // Khmer letters that are written below others stay with them in Chromium.
    ("word-break:break-all", "", "ក្មែរ"),
    // Suffixes that are not of full width: UAX 14 has them as ambiguous, which `loose` counts among the wide.
    ("line-break:loose", "", "℃‰元"),
    ("line-break:loose", "ja", "100円 ＄1,000 ¥500 50℃ 30°"),
    ("line-break:loose", "ja", "50\u{a0}% 5°C £5 €5 5€"),
    ("line-break:loose", "zh", "100円 ＄1,000 ¥500 50℃ 30°"),
    ("line-break:loose", "zh", "50\u{a0}% 5°C £5 €5 5€"),
    // Chromium treats Japanese as Chinese here only where `line-break` is not `auto`.
    ("", "ja", "‘a’ “a”“b” “a”(b)"),
];

fn options(css: &str, language: &str) -> LineBreakOptions {
    let mut options = LineBreakOptions::default();
    match css {
        "" => {}
        "word-break:break-all" => options.word_break = WordBreak::BreakAll,
        "word-break:keep-all" => options.word_break = WordBreak::KeepAll,
        "line-break:loose" => options.strictness = LineBreakStrictness::Loose,
        "line-break:normal" => options.strictness = LineBreakStrictness::Normal,
        "line-break:strict" => options.strictness = LineBreakStrictness::Strict,
        "line-break:anywhere" => options.strictness = LineBreakStrictness::Anywhere,
        other => panic!("the fixture has unknown CSS '{other}'"),
    }
    options.with_language(Some(language))
}

fn unescape(text: &str) -> String {
    let text = text.replace("\\\\", "\0").replace("\\p", "|").replace("\\n", "\n");
    text.replace("\\r", "\r").replace("\\t", "\t").replace('\0', "\\")
}

fn marked(text: &str, breaks: &[usize]) -> String {
    let mut marked = text.to_owned();
    for &at in breaks.iter().rev() {
        marked.insert(at, '¦');
    }
    marked
}

#[test]
fn lines_break_where_chromium_breaks_them() {
    let fixture = include_str!("chromium/line-breaks.txt");
    let mut failures = Vec::new();
    let mut texts = 0;
    for line in fixture.lines().filter(|line| !line.starts_with('#')) {
        let mut fields = line.splitn(3, '\t');
        let (Some(css), Some(language), Some(parts)) = (fields.next(), fields.next(), fields.next()) else {
            panic!("bad line in the fixture: {line}");
        };
        let parts: Vec<String> = parts.split('|').map(unescape).collect();
        let mut expected = Vec::new();
        let mut text = String::new();
        for part in parts {
            text.push_str(&part);
            expected.push(text.len());
        }
        expected.pop();
        let found: Vec<usize> =
            LineBreaks::new(&text, options(css, language)).iter().map(|(offset, _)| offset).collect();
        texts += 1;
        let known = KNOWN_DIFFERENCES.contains(&(css, language, text.as_str()));
        if (found == expected) == known {
            failures.push(format!(
                "[{css}|{language}] expected {:?} found {:?}",
                marked(&text, &expected),
                marked(&text, &found)
            ));
        }
    }
    assert!(texts > 600, "{texts}");
    assert!(failures.is_empty(), "{} of {texts}:\n{}", failures.len(), failures.join("\n"));
}
