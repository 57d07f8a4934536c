//! The toolbar: a page of Fanlight's own, whose document is changed as the browser's state changes.

use fanlight_base::geometry::{CssPoint, CssRect, CssSize};
use fanlight_base::{QualName, Silent};
use fanlight_page::{Environment, Frame, Page, PageOptions, PageWaker, Source, TextEditor};

const HTML: &str = include_str!("../../../../assets/shell/toolbar.html");

/// The toolbar's height in CSS px.
pub const HEIGHT: f32 = 44.0;
/// What stays free at the end of the address field, in CSS px.
const PADDING: f32 = 12.0;

/// What a part of the toolbar asks for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Part {
    /// Go back.
    Back,
    /// Go forward.
    Forward,
    /// Load again, or stop loading.
    Reload,
    /// The address.
    Address,
    /// Show or hide the inspector.
    Inspect,
}

/// What the toolbar shows.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Shown {
    /// The address, when it is not edited.
    pub address: String,
    /// The address while it is edited.
    pub edited: Option<TextEditor>,
    /// Whether there is a place before.
    pub can_go_back: bool,
    /// Whether there is a place after.
    pub can_go_forward: bool,
    /// How much has been loaded, 0 to 1, while loading.
    pub progress: Option<f32>,
}

/// The toolbar.
pub struct Toolbar {
    page: Page,
    shown: Option<Shown>,
}

impl Toolbar {
    /// A toolbar of a width in CSS px. `waker` is called when it can go on loading its icons.
    pub fn new(environment: &Environment, waker: PageWaker, width: f32, scale: f32) -> Self {
        let options = PageOptions { viewport: CssSize::new(width, HEIGHT), scale, ..PageOptions::default() };
        let page = Page::load(environment, Source::Bytes(HTML.as_bytes().to_vec()), options, &Silent)
            .expect("bytes that are there need no loading");
        page.set_waker(waker);
        Toolbar { page, shown: None }
    }

    /// Another width in CSS px, or another scale.
    pub fn resize(&mut self, width: f32, scale: f32) {
        self.page.set_viewport(CssSize::new(width, HEIGHT), scale);
    }

    /// Shows a state, and returns whether it is another. What is shown already costs nothing.
    pub fn show(&mut self, state: Shown) -> bool {
        if self.shown.as_ref() == Some(&state) {
            return false;
        }
        let (before, selected, after) = match &state.edited {
            Some(line) => {
                let (text, selection) = (line.text(), line.selection());
                (&text[..selection.start], &text[selection.clone()], &text[selection.end..])
            }
            None => (state.address.as_str(), "", ""),
        };
        for (id, text) in [("before", before), ("selected", selected), ("after", after)] {
            self.page.set_text_of(id, text);
        }
        let address = match &state.edited {
            None => "",
            Some(_) if selected.is_empty() => "editing",
            Some(_) => "editing selecting",
        };
        let disabled = |possible: bool| if possible { "button" } else { "button disabled" };
        let reload = if state.progress.is_some() { "button loading" } else { "button" };
        let classes = [
            ("address", address),
            ("back", disabled(state.can_go_back)),
            ("forward", disabled(state.can_go_forward)),
            ("reload", reload),
        ];
        for (id, value) in classes {
            self.page.set_attribute_of(id, QualName::attribute("class"), value);
        }
        let width = state.progress.map_or(0.0, |progress| progress.clamp(0.05, 1.0) * 100.0);
        self.page.set_attribute_of("progress", QualName::attribute("style"), &format!("width: {width:.0}%"));
        self.shown = Some(state);
        self.keep_caret_in_sight();
        true
    }

    /// Moves a long address to the left while its caret is beyond the field's end.
    fn keep_caret_in_sight(&mut self) {
        let style = QualName::attribute("style");
        self.page.set_attribute_of("before", style.clone(), "");
        let (Some(field), Some(caret)) = (self.border_box("address"), self.border_box("caret")) else {
            return;
        };
        let beyond = caret.max_x() - (field.max_x() - PADDING);
        if beyond > 0.0 {
            self.page.set_attribute_of("before", style, &format!("margin-left: -{beyond}px"));
        }
    }

    fn border_box(&mut self, id: &str) -> Option<CssRect> {
        let node = self.page.document().element_by_id(id)?;
        self.page.border_box(node, &Silent)
    }

    /// Goes on with icons that have come. A change of the state or the pointer may ask for others.
    /// Returns whether it had anything to do.
    pub fn advance(&mut self) -> bool {
        let has_to = self.page.wants_to_advance();
        if has_to {
            self.page.advance(&Silent);
        }
        has_to
    }

    /// The part at a place, in CSS px of the toolbar.
    pub fn part_at(&mut self, point: CssPoint) -> Option<Part> {
        let ids = self.page.ids_at(point, &Silent);
        ids.iter().find_map(|id| match id.as_str() {
            "back" => Some(Part::Back),
            "forward" => Some(Part::Forward),
            "reload" => Some(Part::Reload),
            "address" => Some(Part::Address),
            "inspect" => Some(Part::Inspect),
            _ => None,
        })
    }

    /// The pointer is at a place of the toolbar, or outside. Returns whether the toolbar looks different now.
    pub fn pointer_moved(&mut self, point: Option<CssPoint>) -> bool {
        self.page.pointer_moved(point, &Silent).repaint
    }

    /// What the toolbar looks like.
    pub fn frame(&mut self) -> Frame<'_> {
        self.page.frame(&Silent)
    }
}
