//! winit's keys in our own words.

use fanlight_page::{Key, KeyPress};
use winit::keyboard::{Key as WinitKey, ModifiersState, NamedKey};

/// The key with what is held; nothing for keys that mean nothing to a browser.
pub(super) fn key_press(key: &WinitKey, modifiers: ModifiersState) -> Option<KeyPress> {
    let key = match key {
        WinitKey::Character(text) => Key::Text(text.to_string()),
        WinitKey::Named(named) => named_key(*named)?,
        _ => return None,
    };
    let control = if cfg!(target_os = "macos") { modifiers.super_key() } else { modifiers.control_key() };
    Some(KeyPress { key, control, shift: modifiers.shift_key(), alt: modifiers.alt_key() })
}

fn named_key(named: NamedKey) -> Option<Key> {
    Some(match named {
        NamedKey::Space => Key::Text(" ".to_owned()),
        NamedKey::Enter => Key::Enter,
        NamedKey::Escape => Key::Escape,
        NamedKey::Tab => Key::Tab,
        NamedKey::Backspace => Key::Backspace,
        NamedKey::Delete => Key::Delete,
        NamedKey::ArrowLeft => Key::Left,
        NamedKey::ArrowRight => Key::Right,
        NamedKey::ArrowUp => Key::Up,
        NamedKey::ArrowDown => Key::Down,
        NamedKey::PageUp => Key::PageUp,
        NamedKey::PageDown => Key::PageDown,
        NamedKey::Home => Key::Home,
        NamedKey::End => Key::End,
        NamedKey::F5 => Key::F5,
        NamedKey::F12 => Key::F12,
        _ => return None,
    })
}
