//! Parsing of fragments: what `innerHTML` sets.
//! <https://html.spec.whatwg.org/multipage/parsing.html#parsing-html-fragments>

use std::sync::Arc;

use fanlight_base::{DiagnosticSink, LocalName, QualName, atoms::local_name};
use fanlight_dom::{Document, NodeData, NodeId, QuirksMode};
use html5ever::TokenizerResult;
use html5ever::tendril::StrTendril;
use html5ever::tokenizer::{BufferQueue, Tokenizer, TokenizerOpts};
use html5ever::tree_builder::{self, TreeBuilder, TreeBuilderOpts};

use super::gate::Gate;
use super::parser::tokenizer_options;
use super::sink::{DomSink, Handle};
use crate::errors::ParseErrors;

/// What a fragment's parsing depends on besides its context.
pub struct FragmentOptions {
    /// Whether scripts run: `<noscript>` then holds text.
    pub scripting: bool,
    /// Who is told of parse errors.
    pub diagnostics: Arc<dyn DiagnosticSink>,
}

/// Parses `text` as the children of the element `context`, and returns a new document fragment of `document` that holds
/// them. Nothing that is in the tree changes, and no mutations are recorded.
pub fn parse_fragment(
    document: &mut Document,
    context: NodeId,
    text: &str,
    options: &FragmentOptions,
) -> NodeId {
    document.unrecorded(|document| {
        let root = document.create(NodeData::DocumentFragment);
        let url = document.url.clone();
        let quirks_mode = document.quirks_mode;
        let context_handle = Handle::of_element(document, context);
        let context_is_select = is_html(document, context, &local_name!("select"));
        let form =
            document.inclusive_ancestors(context).find(|&node| is_html(document, node, &local_name!("form")));
        let form_handle = form.map(|form| Handle::of_element(document, form));

        // The sink owns its document; this one comes back when it is done.
        let owned = std::mem::replace(document, Document::new(url.clone()));
        let sink = DomSink::new(owned, root, ParseErrors::new(Arc::clone(&options.diagnostics), url));
        let builder_options = TreeBuilderOpts {
            scripting_enabled: options.scripting,
            quirks_mode: match quirks_mode {
                QuirksMode::NoQuirks => tree_builder::QuirksMode::NoQuirks,
                QuirksMode::LimitedQuirks => tree_builder::QuirksMode::LimitedQuirks,
                QuirksMode::Quirks => tree_builder::QuirksMode::Quirks,
            },
            ..Default::default()
        };
        let builder = TreeBuilder::new_for_fragment(sink, context_handle, form_handle, builder_options);
        let initial_state = Some(builder.tokenizer_state_for_context_elem(options.scripting));
        let tokenizer = Tokenizer::new(
            Gate::for_fragment(builder, context_is_select),
            TokenizerOpts { initial_state, ..tokenizer_options() },
        );

        let input = BufferQueue::default();
        input.push_back(StrTendril::from_slice(text));
        // Scripts of fragments do not run, and the text has no encoding.
        while !matches!(tokenizer.feed(&input), TokenizerResult::Done) {}
        tokenizer.end();

        *document = tokenizer.sink.builder.sink.into_document();
        document.quirks_mode = quirks_mode;
        // The children of the `html` element that the parser made are the answer.
        if let Some(html) = document.node(root).first_child() {
            document.move_children(html, root);
            document.detach(html);
        }
        root
    })
}

fn is_html(document: &Document, node: NodeId, local: &LocalName) -> bool {
    document.element(node).is_some_and(|element| element.name == QualName::html(local.clone()))
}
