//! Text while it is edited, with a caret and a selection: what an address bar and a text field have in common.

use std::ops::Range;

use fanlight_text::{next_grapheme_boundary, previous_grapheme_boundary, word_boundaries};

use super::keys::{Key, KeyPress};

/// Whether a text has one line or may have several.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Lines {
    /// One; line breaks in what is typed are left out.
    #[default]
    Single,
    /// Several; Enter begins another.
    Multiple,
}

/// What a key did.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Edit {
    /// The text changed.
    Changed,
    /// The caret or the selection changed, or could have.
    Moved,
    /// The key means nothing to an edited text.
    Ignored,
}

/// An edited text. Offsets are in UTF-8 bytes, between what the user takes for characters.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct TextEditor {
    text: String,
    lines: Lines,
    caret: usize,
    /// The other end of the selection; where the caret is, nothing is selected.
    anchor: usize,
}

impl TextEditor {
    /// A text with the caret at its end.
    pub fn new(text: &str, lines: Lines) -> Self {
        TextEditor { text: text.to_owned(), lines, caret: text.len(), anchor: text.len() }
    }

    /// A text of one line, all selected.
    pub fn selected(text: &str) -> Self {
        TextEditor { anchor: 0, ..TextEditor::new(text, Lines::Single) }
    }

    /// The text.
    pub fn text(&self) -> &str {
        &self.text
    }

    /// Where the caret is.
    pub fn caret(&self) -> usize {
        self.caret
    }

    /// What is selected; empty, at the caret, where nothing is.
    pub fn selection(&self) -> Range<usize> {
        self.caret.min(self.anchor)..self.caret.max(self.anchor)
    }

    /// Selects everything.
    pub fn select_all(&mut self) {
        (self.anchor, self.caret) = (0, self.text.len());
    }

    /// Puts the caret at an offset, or before the character that it is inside of; selects from where it was when
    /// `extend`.
    pub fn move_to(&mut self, offset: usize, extend: bool) {
        let offset = offset.min(self.text.len());
        self.caret = match self.text.is_char_boundary(offset) {
            true => offset,
            false => previous_grapheme_boundary(&self.text, offset),
        };
        if !extend {
            self.anchor = self.caret;
        }
    }

    /// Takes a key.
    pub fn key(&mut self, press: &KeyPress) -> Edit {
        let KeyPress { key, control, shift, alt } = press;
        match key {
            _ if *alt => return Edit::Ignored,
            Key::Text(text) if *control => match text.as_str() {
                "a" | "A" => self.select_all(),
                _ => return Edit::Ignored,
            },
            Key::Text(text) => return self.insert(text),
            Key::Enter if self.lines == Lines::Multiple => return self.insert("\n"),
            Key::Backspace => return self.delete(if *control { self.word_before() } else { self.before() }),
            Key::Delete => return self.delete(if *control { self.word_after() } else { self.after() }),
            Key::Left if *control => self.move_to(self.word_before(), *shift),
            Key::Right if *control => self.move_to(self.word_after(), *shift),
            // What is selected is left at its end.
            Key::Left if !*shift && self.caret != self.anchor => self.move_to(self.selection().start, false),
            Key::Right if !*shift && self.caret != self.anchor => self.move_to(self.selection().end, false),
            Key::Left => self.move_to(self.before(), *shift),
            Key::Right => self.move_to(self.after(), *shift),
            Key::Home if *control => self.move_to(0, *shift),
            Key::End if *control => self.move_to(self.text.len(), *shift),
            Key::Home => self.move_to(self.line().start, *shift),
            Key::End => self.move_to(self.line().end, *shift),
            Key::Up if self.lines == Lines::Multiple => self.move_to(self.line_above(), *shift),
            Key::Down if self.lines == Lines::Multiple => self.move_to(self.line_below(), *shift),
            _ => return Edit::Ignored,
        }
        Edit::Moved
    }

    fn insert(&mut self, typed: &str) -> Edit {
        let is_wanted = |character: &char| match character {
            '\n' => self.lines == Lines::Multiple,
            _ => !character.is_control(),
        };
        let typed: String = typed.chars().filter(is_wanted).collect();
        if typed.is_empty() {
            return Edit::Ignored;
        }
        let selection = self.selection();
        self.text.replace_range(selection.clone(), &typed);
        self.move_to(selection.start + typed.len(), false);
        Edit::Changed
    }

    /// Deletes what is selected, else what is between the caret and `until`.
    fn delete(&mut self, until: usize) -> Edit {
        if self.caret == self.anchor {
            self.anchor = until;
        }
        let selection = self.selection();
        if selection.is_empty() {
            return Edit::Moved;
        }
        self.text.replace_range(selection.clone(), "");
        self.move_to(selection.start, false);
        Edit::Changed
    }

    fn before(&self) -> usize {
        if self.caret == 0 { 0 } else { previous_grapheme_boundary(&self.text, self.caret) }
    }

    fn after(&self) -> usize {
        if self.caret == self.text.len() {
            self.caret
        } else {
            next_grapheme_boundary(&self.text, self.caret)
        }
    }

    /// Where the word at or before the caret begins.
    fn word_before(&self) -> usize {
        let mut from_the_end = word_boundaries(&self.text).into_iter().rev();
        from_the_end.find(|&at| at < self.caret && self.is_word(at)).unwrap_or(0)
    }

    /// Where the next word begins.
    fn word_after(&self) -> usize {
        let mut starts = word_boundaries(&self.text).into_iter();
        starts.find(|&at| at > self.caret && self.is_word(at)).unwrap_or(self.text.len())
    }

    fn is_word(&self, start: usize) -> bool {
        self.text[start..].chars().next().is_some_and(char::is_alphanumeric)
    }

    /// The line that the caret is on, without its line break.
    fn line(&self) -> Range<usize> {
        let start = self.text[..self.caret].rfind('\n').map_or(0, |at| at + 1);
        let end = self.text[self.caret..].find('\n').map_or(self.text.len(), |at| self.caret + at);
        start..end
    }

    fn line_above(&self) -> usize {
        let line = self.line();
        if line.start == 0 {
            return 0;
        }
        let above = self.text[..line.start - 1].rfind('\n').map_or(0, |at| at + 1)..line.start - 1;
        self.same_column(above)
    }

    fn line_below(&self) -> usize {
        let line = self.line();
        if line.end == self.text.len() {
            return line.end;
        }
        let start = line.end + 1;
        self.same_column(start..self.text[start..].find('\n').map_or(self.text.len(), |at| start + at))
    }

    /// The place on another line before which there are as many characters as before the caret on its own.
    fn same_column(&self, line: Range<usize>) -> usize {
        let column = self.text[self.line().start..self.caret].chars().count();
        let characters = self.text[line.clone()].char_indices();
        characters.map(|(at, _)| line.start + at).nth(column).unwrap_or(line.end)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn keys(editor: &mut TextEditor, keys: &[Key]) {
        for key in keys {
            editor.key(&KeyPress::plain(key.clone()));
        }
    }

    #[test]
    fn typing_replaces_what_is_selected() {
        let mut editor = TextEditor::selected("https://a/");
        keys(&mut editor, &[Key::text("ä"), Key::text("b"), Key::Left, Key::Left, Key::Delete]);
        assert_eq!((editor.text(), editor.caret()), ("b", 0));
        editor.key(&KeyPress::control(Key::text("a")));
        assert_eq!(editor.selection(), 0..1);
        keys(&mut editor, &[Key::Backspace, Key::Backspace]);
        assert_eq!(editor.text(), "");
    }

    #[test]
    fn editing_keeps_to_what_the_user_takes_for_characters() {
        let mut editor = TextEditor::new("ae\u{301}", Lines::Single);
        keys(&mut editor, &[Key::Backspace, Key::text("x\n")]);
        assert_eq!(editor.text(), "ax");
    }

    #[test]
    fn shift_extends_the_selection_and_an_arrow_leaves_it_at_its_end() {
        let mut editor = TextEditor::new("one two", Lines::Single);
        editor.key(&KeyPress::shift(Key::Left));
        editor.key(&KeyPress { control: true, ..KeyPress::shift(Key::Left) });
        assert_eq!(editor.selection(), 4..7);
        keys(&mut editor, &[Key::Left]);
        assert_eq!((editor.caret(), editor.selection()), (4, 4..4));
        assert_eq!(editor.key(&KeyPress::control(Key::Backspace)), Edit::Changed);
        assert_eq!(editor.text(), "two");
    }

    #[test]
    fn arrows_go_from_line_to_line_in_the_same_column() {
        let mut editor = TextEditor::new("long line\nab\nlast one", Lines::Multiple);
        keys(&mut editor, &[Key::Up]);
        assert_eq!(editor.caret(), 12, "the shorter line's end");
        keys(&mut editor, &[Key::Up, Key::Home, Key::Right, Key::Down]);
        assert_eq!(editor.caret(), 11);
        keys(&mut editor, &[Key::Enter, Key::Down, Key::End]);
        assert_eq!((editor.text(), editor.caret()), ("long line\na\nb\nlast one", 22));
    }

    #[test]
    fn one_line_knows_no_line_breaks() {
        let mut editor = TextEditor::new("a", Lines::Single);
        for key in [Key::Enter, Key::Up, Key::Tab, Key::F5, Key::text("\n")] {
            assert_eq!(editor.key(&KeyPress::plain(key)), Edit::Ignored);
        }
        assert_eq!(editor.key(&KeyPress::alt(Key::Left)), Edit::Ignored);
    }
}
