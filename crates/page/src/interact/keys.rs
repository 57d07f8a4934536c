//! Keys, in the words of no window system.

/// A key with what was held.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct KeyPress {
    /// The key.
    pub key: Key,
    /// Whether Control (Command on macOS) was held.
    pub control: bool,
    /// Whether Shift was held.
    pub shift: bool,
    /// Whether Alt was held.
    pub alt: bool,
}

impl KeyPress {
    /// A key with nothing held.
    pub const fn plain(key: Key) -> Self {
        KeyPress { key, control: false, shift: false, alt: false }
    }

    /// A key with Control held.
    pub const fn control(key: Key) -> Self {
        KeyPress { key, control: true, shift: false, alt: false }
    }

    /// A key with Shift held.
    pub const fn shift(key: Key) -> Self {
        KeyPress { key, control: false, shift: true, alt: false }
    }

    /// A key with Alt held.
    pub const fn alt(key: Key) -> Self {
        KeyPress { key, control: false, shift: false, alt: true }
    }
}

/// A key, by what it means.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Key {
    /// Characters, as the layout gives them.
    Text(String),
    /// Enter or Return.
    Enter,
    /// Escape.
    Escape,
    /// Tabulator.
    Tab,
    /// Deletes before the caret.
    Backspace,
    /// Deletes after the caret.
    Delete,
    /// Arrow left.
    Left,
    /// Arrow right.
    Right,
    /// Arrow up.
    Up,
    /// Arrow down.
    Down,
    /// A screen up.
    PageUp,
    /// A screen down.
    PageDown,
    /// To the start.
    Home,
    /// To the end.
    End,
    /// F5.
    F5,
    /// F12.
    F12,
}

impl Key {
    /// A character.
    pub fn text(text: &str) -> Key {
        Key::Text(text.to_owned())
    }

    /// Whether it is the space bar.
    pub fn is_space(&self) -> bool {
        matches!(self, Key::Text(text) if text == " ")
    }
}
