//! Which keys do what, when what has the focus does not use them. `about:keys` tells the user.

use fanlight_page::{Key, KeyPress};

/// What a key asks for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Command {
    /// Close the window.
    Close,
    /// Put the cursor into the address bar.
    EditAddress,
    /// Go back in the history.
    Back,
    /// Go forward in the history.
    Forward,
    /// Load the page again.
    Reload,
    /// Stop loading.
    Stop,
    /// Larger.
    ZoomIn,
    /// Smaller.
    ZoomOut,
    /// The page's own size.
    ZoomReset,
    /// Show or hide the inspector.
    ToggleInspector,
    /// Focus the next link or control.
    FocusNext,
    /// Focus the link or control before.
    FocusPrevious,
    /// Scroll by so many lines; negative is towards the start.
    ScrollLines(i32),
    /// Scroll sideways by so many lines.
    ScrollColumns(i32),
    /// Scroll by so many viewports.
    ScrollPages(i32),
    /// Scroll to the start.
    ScrollToStart,
    /// Scroll to the end.
    ScrollToEnd,
}

/// What a key asks for.
pub fn command(press: &KeyPress) -> Option<Command> {
    use Command as C;
    let KeyPress { key, control, shift, alt } = press;
    match (key, *control, *alt) {
        (Key::Text(text), true, false) => match text.to_lowercase().as_str() {
            "l" => Some(C::EditAddress),
            "w" | "q" => Some(C::Close),
            "r" => Some(C::Reload),
            "+" | "=" => Some(C::ZoomIn),
            "-" => Some(C::ZoomOut),
            "0" => Some(C::ZoomReset),
            _ => None,
        },
        (key, false, false) if key.is_space() => Some(C::ScrollPages(if *shift { -1 } else { 1 })),
        (Key::Left, false, true) => Some(C::Back),
        (Key::Right, false, true) => Some(C::Forward),
        (Key::Left, false, false) => Some(C::ScrollColumns(-1)),
        (Key::Right, false, false) => Some(C::ScrollColumns(1)),
        (Key::Up, false, false) => Some(C::ScrollLines(-1)),
        (Key::Down, false, false) => Some(C::ScrollLines(1)),
        (Key::PageUp, ..) => Some(C::ScrollPages(-1)),
        (Key::PageDown, ..) => Some(C::ScrollPages(1)),
        (Key::Home, ..) => Some(C::ScrollToStart),
        (Key::End, ..) => Some(C::ScrollToEnd),
        (Key::F5, ..) => Some(C::Reload),
        (Key::F12, ..) => Some(C::ToggleInspector),
        (Key::Escape, ..) => Some(C::Stop),
        (Key::Tab, ..) => Some(if *shift { C::FocusPrevious } else { C::FocusNext }),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn held_keys_tell_commands_apart() {
        let text = Key::text;
        assert_eq!(command(&KeyPress::control(text("l"))), Some(Command::EditAddress));
        assert_eq!(command(&KeyPress::plain(text("l"))), None);
        assert_eq!(command(&KeyPress::alt(Key::Left)), Some(Command::Back));
        assert_eq!(command(&KeyPress::plain(Key::Left)), Some(Command::ScrollColumns(-1)));
        assert_eq!(command(&KeyPress::shift(text(" "))), Some(Command::ScrollPages(-1)));
        assert_eq!(command(&KeyPress::control(text("+"))), Some(Command::ZoomIn));
        assert_eq!(command(&KeyPress::plain(Key::Enter)), None);
    }
}
