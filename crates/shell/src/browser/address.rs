//! The text in the address bar while it is edited.

use crate::event::{Key, KeyPress};

/// An edited line with a caret.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct AddressLine {
    text: String,
    /// In bytes, on a character's boundary.
    caret: usize,
    /// Everything is selected, so that typing replaces it.
    all_selected: bool,
}

/// What a key did.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Edit {
    /// The line or its caret changed.
    Changed,
    /// The user wants to go there.
    Submitted,
    /// The user wants to leave.
    Cancelled,
    /// The key means nothing here.
    Ignored,
}

impl AddressLine {
    /// A text, all selected.
    pub fn selected(text: &str) -> Self {
        AddressLine { text: text.to_owned(), caret: text.len(), all_selected: true }
    }

    /// The text.
    pub fn text(&self) -> &str {
        &self.text
    }

    /// What stands before the caret, and what after.
    pub fn around_caret(&self) -> (&str, &str) {
        self.text.split_at(self.caret)
    }

    /// Whether everything is selected.
    pub fn is_all_selected(&self) -> bool {
        self.all_selected
    }

    /// Takes a key.
    pub fn key(&mut self, press: &KeyPress) -> Edit {
        match &press.key {
            Key::Text(text) if press.control => match text.as_str() {
                "a" => self.all_selected = true,
                _ => return Edit::Ignored,
            },
            Key::Text(text) if !press.alt => {
                self.delete_selection();
                let typed: String = text.chars().filter(|c| !c.is_control()).collect();
                self.text.insert_str(self.caret, &typed);
                self.caret += typed.len();
            }
            Key::Backspace => {
                if !self.delete_selection() {
                    let start = self.boundary_before();
                    self.text.replace_range(start..self.caret, "");
                    self.caret = start;
                }
            }
            Key::Delete => {
                if !self.delete_selection() {
                    let end = self.boundary_after();
                    self.text.replace_range(self.caret..end, "");
                }
            }
            Key::Left => self.move_to(self.boundary_before()),
            Key::Right => self.move_to(self.boundary_after()),
            Key::Home => self.move_to(0),
            Key::End => self.move_to(self.text.len()),
            Key::Enter => return Edit::Submitted,
            Key::Escape => return Edit::Cancelled,
            _ => return Edit::Ignored,
        }
        Edit::Changed
    }

    fn move_to(&mut self, caret: usize) {
        self.caret = caret;
        self.all_selected = false;
    }

    fn delete_selection(&mut self) -> bool {
        let selected = std::mem::take(&mut self.all_selected);
        if selected {
            self.text.clear();
            self.caret = 0;
        }
        selected
    }

    fn boundary_before(&self) -> usize {
        self.text[..self.caret].char_indices().next_back().map_or(0, |(index, _)| index)
    }

    fn boundary_after(&self) -> usize {
        self.text[self.caret..].chars().next().map_or(self.caret, |next| self.caret + next.len_utf8())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn keys(line: &mut AddressLine, keys: &[Key]) {
        for key in keys {
            line.key(&KeyPress::plain(key.clone()));
        }
    }

    #[test]
    fn typing_replaces_what_is_selected() {
        let mut line = AddressLine::selected("https://a/");
        keys(&mut line, &[Key::Text("ä".into()), Key::Text("b".into()), Key::Left, Key::Left, Key::Delete]);
        assert_eq!(line.text(), "b");
        assert_eq!(line.around_caret(), ("", "b"));
    }

    #[test]
    fn editing_keeps_to_the_boundaries_of_characters() {
        let mut line = AddressLine::selected("aß");
        keys(&mut line, &[Key::End, Key::Backspace, Key::Backspace, Key::Backspace, Key::Text("x\n".into())]);
        assert_eq!(line.text(), "x");
    }

    #[test]
    fn enter_submits_and_escape_cancels() {
        let mut line = AddressLine::default();
        assert_eq!(line.key(&KeyPress::plain(Key::Enter)), Edit::Submitted);
        assert_eq!(line.key(&KeyPress::plain(Key::Escape)), Edit::Cancelled);
        assert_eq!(line.key(&KeyPress::plain(Key::F5)), Edit::Ignored);
        assert_eq!(line.key(&KeyPress::control(Key::Text("a".into()))), Edit::Changed);
        assert!(line.is_all_selected());
    }
}
