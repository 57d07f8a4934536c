//! Which of the page's own fonts a document needs, before anything is laid out.

use fanlight_base::diagnostics::Unheard;

use crate::LayoutInput;
use crate::box_tree::{
    BlockContents, BoxId, BoxKind, BoxTree, InlineContents, InlineItem, InlineItemKind, construct,
};
use crate::formatting::FontStacks;
use crate::fragment::StyleKey;
use crate::layout::{document_depth, on_stack_for};

/// Has all text of a document ask for its fonts, as laying it out does, so that those that are missing are
/// [wanted](fanlight_text::FontFaceSet::wanted). It costs a small part of a layout, which then need not be done twice.
/// <https://drafts.csswg.org/css-fonts-4/#font-face-loading>
pub fn ask_for_fonts(input: &LayoutInput<'_>) {
    on_stack_for(document_depth(input.document), || {
        // Layout will tell of limits that were reached.
        let tree = BoxTree::default();
        let built = construct::build(tree, input, &Unheard);
        let asking = Asking { input, boxes: &built.boxes, stacks: FontStacks::default() };
        built.boxes.ids().for_each(|id| asking.text_of(id));
    });
}

struct Asking<'a> {
    input: &'a LayoutInput<'a>,
    boxes: &'a BoxTree,
    stacks: FontStacks,
}

impl Asking<'_> {
    /// The text in an inline formatting context.
    fn text_of(&self, container: BoxId) {
        let BoxKind::BlockContainer(BlockContents::Lines(contents)) = &self.boxes.get(container).kind else {
            return;
        };
        self.text_in(container, contents);
    }

    fn text_in(&self, container: BoxId, contents: &InlineContents) {
        // The first font of a block container decides how high its lines are.
        self.ask(container, "");
        for annotation in &contents.annotations {
            self.text_in(annotation.box_id, &annotation.contents);
        }
        let is_text =
            |item: &&InlineItem| matches!(item.kind, InlineItemKind::Text | InlineItemKind::CombinedText);
        for item in contents.items.iter().filter(is_text) {
            self.ask(item.box_id, &contents.text[item.range.start as usize..item.range.end as usize]);
        }
    }

    fn ask(&self, box_id: BoxId, text: &str) {
        let has_first_line = self.boxes.get(box_id).first_line_style.is_some();
        for is_first_line in [false, true].into_iter().take(1 + usize::from(has_first_line)) {
            let style = self.boxes.style_of(StyleKey { box_id, is_first_line });
            self.stacks.get(self.input.fonts, &style.font).ask_for(text);
        }
    }
}
