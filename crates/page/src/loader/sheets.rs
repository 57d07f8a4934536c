//! The style sheets of a page, with all that they import.
//!
//! A sheet is parsed when it has come; what it imports is fetched then. Until those of the head have come or failed, nothing
//! is painted; those of the body come when they come.
//! <https://html.spec.whatwg.org/multipage/semantics.html#link-type-stylesheet>
//! <https://html.spec.whatwg.org/multipage/dom.html#render-blocking-mechanism>

use std::collections::BTreeMap;
use std::sync::Arc;

use fanlight_base::atoms::local_name;
use fanlight_base::{Diagnostic, DiagnosticSink, Severity, Stage};
use fanlight_css::media::{Device, MediaList};
use fanlight_css::properties::declaration::SourcePosition;
use fanlight_css::stylesheet::{Origin, ParseOptions, SheetWithImports, Stylesheet};
use fanlight_css::syntax::QuirksMode;
use fanlight_dom::{Document, NodeId};
use fanlight_fetch::policy::referrer;
use fanlight_fetch::{Destination, Initiator, InitiatorKind, ReferrerPolicy, Request, Tainting, Url};
use fanlight_html::FetchAttributes;
use rustc_hash::FxHashMap;

use super::discover::{SheetContents, SheetOwner};
use super::downloads::{Arrival, Asked, DownloadKey, Downloads};
use super::fetch_attributes;
use super::priorities::Place;

/// How deep sheets may import one another.
const MAX_IMPORT_DEPTH: usize = 16;
/// How many sheets a page may have, imported ones counted.
const MAX_SHEETS: usize = 4096;

/// The style sheets of a page.
#[derive(Default)]
pub(crate) struct Sheets {
    owned: Vec<OwnedSheet>,
    /// <https://drafts.csswg.org/cssom-1/#preferred-css-style-sheet-set-name>
    preferred_set: Option<String>,
    /// What has come; nothing for what failed. A sheet may be wanted more than once.
    arrived: BTreeMap<DownloadKey, Option<Arc<SheetText>>>,
    parsed: usize,
    /// Whether `owned` is in the order of the document.
    is_sorted: bool,
}

struct OwnedSheet {
    node: NodeId,
    contents: SheetContents,
    slot: Slot,
    /// <https://html.spec.whatwg.org/multipage/dom.html#render-blocking-element>
    blocks_rendering: bool,
    /// Whether scripts after it wait for it.
    blocks_scripts: bool,
}

/// The place of a sheet: an element's, or an import's.
enum Slot {
    /// It is on its way.
    Loading { url: Url, key: DownloadKey, options: Wanted },
    /// It is there, and with it the places of what it imports.
    Ready { sheet: Arc<Stylesheet>, imports: Vec<Slot> },
    /// It did not come, or is not wanted.
    Absent,
}

/// What is known of a sheet before it comes.
#[derive(Clone)]
struct Wanted {
    origin: Origin,
    media: MediaList,
    quirks: QuirksMode,
    passed_on: PassedOn,
}

/// What a sheet passes on to those that it imports.
#[derive(Clone, Copy)]
struct PassedOn {
    depth: usize,
    /// The encoding of what refers to it.
    encoding: &'static encoding_rs::Encoding,
    need: Need,
    /// How much of its address is told of what refers to others, where its server says so.
    /// <https://www.w3.org/TR/referrer-policy/#integration-with-css>
    referrer_policy: Option<ReferrerPolicy>,
}

/// How soon a sheet and what it imports are needed.
#[derive(Clone, Copy)]
struct Need {
    blocks_rendering: bool,
    is_for_other_media: bool,
}

/// What has come of a sheet.
struct SheetText {
    text: String,
    url: Url,
    /// Of what the sheet refers to.
    /// <https://www.w3.org/TR/referrer-policy/#integration-with-css>
    referrer_policy: Option<ReferrerPolicy>,
}

/// What parsing and loading have at hand.
pub(crate) struct Context<'a> {
    /// Starts requests.
    pub(crate) start: &'a mut dyn FnMut(Asked),
    /// Parses a sheet, observed.
    pub(crate) parse: &'a mut dyn FnMut(&str, &ParseOptions) -> Arc<Stylesheet>,
    /// Hears what is wrong.
    pub(crate) sink: &'a dyn DiagnosticSink,
}

impl Sheets {
    /// Adds the sheet of an element that a parser has made.
    pub(crate) fn add(
        &mut self,
        document: &Document,
        owner: SheetOwner,
        device: &Device,
        context: &mut Context<'_>,
    ) {
        // The first set that is named is the one in use; others are for users who choose them.
        // <https://drafts.csswg.org/cssom-1/#create-a-css-style-sheet>
        if !owner.title.is_empty()
            && *self.preferred_set.get_or_insert_with(|| owner.title.clone()) != owner.title
        {
            return;
        }
        let media = MediaList::parse_text(&owner.media);
        let is_for_other_media = !media.matches(device);
        let blocks_rendering = is_in_time_to_block(document, owner.node) && !is_for_other_media;
        let need = Need { blocks_rendering, is_for_other_media };
        let quirks = quirks_of(document);
        let encoding = fallback_encoding(document, owner.node);
        let line = document.source_line(owner.node);
        let passed_on = PassedOn { depth: 0, encoding, need, referrer_policy: None };
        let slot = match &owner.contents {
            SheetContents::External(url) => {
                let wanted = Wanted { origin: Origin::Author, media, quirks, passed_on };
                let source = Url::parse(&document.url).ok();
                let initiator = Initiator { kind: InitiatorKind::Parser, source, line };
                self.want(url.clone(), wanted, initiator, &owner.fetch, context)
            }
            SheetContents::Inline(text) => {
                let options = ParseOptions {
                    base_url: Some(owner.base),
                    media,
                    quirks,
                    start: SourcePosition { line: line.unwrap_or(1), column: 1 },
                    ..ParseOptions::new(Arc::clone(&document.url), Origin::Author)
                };
                self.parse(text, &options, passed_on, context)
            }
        };
        let blocks_scripts = !is_for_other_media;
        let (node, contents) = (owner.node, owner.contents);
        self.owned.push(OwnedSheet { node, contents, slot, blocks_rendering, blocks_scripts });
        self.is_sorted = false;
    }

    /// Puts the sheets into the order of the document, and drops those whose elements are not in it any more.
    pub(crate) fn sort(&mut self, document: &Document) {
        self.is_sorted = true;
        self.owned.retain(|sheet| super::discover::is_connected(document, sheet.node));
        if self.owned.len() < 2 {
            return;
        }
        let mut ranks: FxHashMap<NodeId, usize> = self.owned.iter().map(|sheet| (sheet.node, 0)).collect();
        for (rank, node) in document.descendants(NodeId::DOCUMENT).enumerate() {
            ranks.entry(node).and_modify(|own| *own = rank);
        }
        self.owned.sort_by_key(|sheet| ranks.get(&sheet.node).copied());
    }

    /// Whether sheets have been added since they were put into order.
    pub(crate) fn are_sorted(&self) -> bool {
        self.is_sorted
    }

    /// Forgets the elements. What has come is kept for those that want it again.
    pub(crate) fn forget_owners(&mut self) {
        self.owned.clear();
        self.preferred_set = None;
    }

    fn want(
        &mut self,
        url: Url,
        options: Wanted,
        initiator: Initiator,
        fetch: &FetchAttributes,
        context: &mut Context<'_>,
    ) -> Slot {
        if options.passed_on.depth > MAX_IMPORT_DEPTH || self.parsed >= MAX_SHEETS {
            let message =
                format!("{url} is not loaded: the page has too many style sheets, or they import each other");
            context.sink.report(Diagnostic::new(Severity::Error, Stage::Cssom, message));
            return Slot::Absent;
        }
        let request = Request::subresource(url.clone(), Destination::Style, initiator);
        let request = Request {
            render_blocking: options.passed_on.need.blocks_rendering,
            ..fetch_attributes::apply(fetch, request)
        };
        let referrer_policy = request.referrer_policy.or(options.passed_on.referrer_policy);
        let request = Request { referrer_policy, ..request };
        let key = DownloadKey::of(&request);
        if !self.arrived.contains_key(&key) {
            let place = Place {
                hint: fetch_attributes::fetch_priority(fetch),
                is_for_other_media: options.passed_on.need.is_for_other_media,
                ..Place::default()
            };
            (context.start)(Asked { request, place });
        }
        Slot::Loading { url, key, options }
    }

    fn parse(
        &mut self,
        text: &str,
        options: &ParseOptions,
        passed_on: PassedOn,
        context: &mut Context<'_>,
    ) -> Slot {
        self.parsed += 1;
        let sheet = (context.parse)(text, options);
        let wanted: Vec<Option<Url>> = sheet
            .imports()
            .map(|import| {
                let resolved = import.url.resolved.as_deref().filter(|_| import.is_wanted())?;
                Url::parse(resolved).ok()
            })
            .collect();
        let source = Url::parse(&options.url).ok();
        let imports = wanted
            .into_iter()
            .map(|url| {
                let Some(url) = url else { return Slot::Absent };
                let wanted = Wanted {
                    origin: options.origin,
                    media: MediaList::default(),
                    quirks: options.quirks,
                    passed_on: PassedOn { depth: passed_on.depth + 1, ..passed_on },
                };
                let kind = InitiatorKind::CssImport;
                let initiator = Initiator { kind, source: source.clone(), line: None };
                self.want(url, wanted, initiator, &FetchAttributes::default(), context)
            })
            .collect();
        Slot::Ready { sheet, imports }
    }

    /// Parses what has come. Returns whether anything has.
    pub(crate) fn receive(&mut self, downloads: &mut Downloads, context: &mut Context<'_>) -> bool {
        let mut any = false;
        // What a sheet imports may have come before it.
        loop {
            let mut progressed = false;
            let mut owned = std::mem::take(&mut self.owned);
            for sheet in &mut owned {
                progressed |= self.receive_slot(&mut sheet.slot, downloads, context);
            }
            self.owned = owned;
            if !progressed {
                return any;
            }
            any = true;
        }
    }

    fn receive_slot(
        &mut self,
        slot: &mut Slot,
        downloads: &mut Downloads,
        context: &mut Context<'_>,
    ) -> bool {
        match slot {
            Slot::Absent => false,
            Slot::Ready { imports, .. } => {
                let mut any = false;
                for import in imports {
                    any |= self.receive_slot(import, downloads, context);
                }
                any
            }
            Slot::Loading { url, key, options } => {
                let Some(text) = self.text_of(url, key, options, downloads, context.sink) else {
                    return false;
                };
                let options = options.clone();
                *slot = match text {
                    None => Slot::Absent,
                    Some(text) => {
                        let parse_options = ParseOptions {
                            media: options.media,
                            quirks: options.quirks,
                            ..ParseOptions::new(text.url.as_str(), options.origin)
                        };
                        let referrer_policy = text.referrer_policy;
                        let passed_on = PassedOn { referrer_policy, ..options.passed_on };
                        self.parse(&text.text, &parse_options, passed_on, context)
                    }
                };
                true
            }
        }
    }

    /// The text of a sheet; the inner nothing when it failed, the outer while it is on its way.
    fn text_of(
        &mut self,
        url: &Url,
        key: &DownloadKey,
        options: &Wanted,
        downloads: &mut Downloads,
        sink: &dyn DiagnosticSink,
    ) -> Option<Option<Arc<SheetText>>> {
        if let Some(known) = self.arrived.get(key) {
            return Some(known.clone());
        }
        let arrival = downloads.take(key)?;
        let text = match read(url, arrival, options) {
            Ok(text) => Some(Arc::new(text)),
            Err(message) => {
                sink.report(Diagnostic::new(Severity::Error, Stage::Fetch, message));
                None
            }
        };
        self.arrived.insert(key.clone(), text.clone());
        Some(text)
    }

    /// Whether every sheet has come or failed.
    pub(crate) fn are_complete(&self) -> bool {
        self.owned.iter().all(|sheet| is_complete(&sheet.slot))
    }

    /// Whether every sheet that blocks rendering has come or failed.
    pub(crate) fn let_rendering_begin(&self) -> bool {
        self.owned.iter().all(|sheet| !sheet.blocks_rendering || is_complete(&sheet.slot))
    }

    /// Whether every sheet that blocks scripts has come or failed.
    /// <https://html.spec.whatwg.org/multipage/semantics.html#contributes-a-script-blocking-style-sheet>
    pub(crate) fn let_scripts_run(&self) -> bool {
        self.owned.iter().all(|sheet| !sheet.blocks_scripts || is_complete(&sheet.slot))
    }

    /// Gives up what is on its way.
    pub(crate) fn give_up(&mut self) {
        for sheet in &mut self.owned {
            give_up(&mut sheet.slot);
        }
    }

    /// The texts of all sheets that have come, with how they are parsed.
    pub(crate) fn texts(&self) -> Vec<(&str, ParseOptions)> {
        let mut texts = Vec::new();
        for owned in &self.owned {
            if let (SheetContents::Inline(text), Slot::Ready { sheet, .. }) = (&owned.contents, &owned.slot) {
                texts.push((text.as_str(), ParseOptions::new(Arc::clone(&sheet.url), Origin::Author)));
            }
        }
        for text in self.arrived.values().flatten() {
            texts.push((text.text.as_str(), ParseOptions::new(text.url.as_str(), Origin::Author)));
        }
        texts
    }

    /// The sheets that have come, in the order of the document, each with what it imports and the node that it is for.
    pub(crate) fn in_order(&self) -> Vec<(SheetWithImports, NodeId)> {
        self.owned.iter().filter_map(|owned| Some((with_imports(&owned.slot)?, owned.node))).collect()
    }
}

fn is_complete(slot: &Slot) -> bool {
    match slot {
        Slot::Loading { .. } => false,
        Slot::Ready { imports, .. } => imports.iter().all(is_complete),
        Slot::Absent => true,
    }
}

fn give_up(slot: &mut Slot) {
    match slot {
        Slot::Loading { .. } => *slot = Slot::Absent,
        Slot::Ready { imports, .. } => imports.iter_mut().for_each(give_up),
        Slot::Absent => {}
    }
}

fn with_imports(slot: &Slot) -> Option<SheetWithImports> {
    match slot {
        Slot::Ready { sheet, imports } => Some(SheetWithImports {
            sheet: sheet.clone(),
            imports: imports.iter().map(with_imports).collect(),
        }),
        Slot::Loading { .. } | Slot::Absent => None,
    }
}

fn quirks_of(document: &Document) -> QuirksMode {
    match document.quirks_mode {
        fanlight_dom::QuirksMode::Quirks => QuirksMode::Quirks,
        _ => QuirksMode::NoQuirks,
    }
}

/// Whether the sheet of an element blocks rendering: no body was there before it. In XML, which is parsed as a whole, every
/// sheet does.
/// <https://html.spec.whatwg.org/multipage/dom.html#allows-adding-render-blocking-elements>
fn is_in_time_to_block(document: &Document, owner: NodeId) -> bool {
    // Parsers make nodes in the order of the source.
    document.is_xml || super::discover::body(document).is_none_or(|body| owner < body)
}

/// The encoding of a sheet that says nothing itself: what its element says, else the document's.
/// <https://drafts.csswg.org/css-syntax-3/#environment-encoding>
fn fallback_encoding(document: &Document, owner: NodeId) -> &'static encoding_rs::Encoding {
    let attribute = document.element(owner).and_then(|element| element.attribute(&local_name!("charset")));
    attribute
        .and_then(|label| encoding_rs::Encoding::for_label(label.as_bytes()))
        .or_else(|| encoding_rs::Encoding::for_label(document.character_set.as_bytes()))
        .unwrap_or(encoding_rs::UTF_8)
}

/// The text of a response, unless it is no style sheet.
fn read(url: &Url, arrival: Arrival, options: &Wanted) -> Result<SheetText, String> {
    let response = arrival.map_err(|error| error.to_string())?;
    if response.url().scheme().starts_with("http") && !response.head.is_ok() {
        return Err(format!("no style sheet from {url}: the server answered {}", response.status()));
    }
    let mime_type = response.mime_type();
    // In quirks mode the type of the own origin's does not matter. <https://html.spec.whatwg.org/multipage/links.html#link-type-stylesheet>
    let is_forgiven = options.quirks == QuirksMode::Quirks && response.head.tainting == Tainting::Basic;
    if !mime_type.is_essence("text/css") && !is_forgiven {
        return Err(format!("{url} is not used as a style sheet: its type is {mime_type}, and not text/css"));
    }
    let charset = mime_type.charset().and_then(|label| encoding_rs::Encoding::for_label(label.as_bytes()));
    let encoding = charset.or_else(|| charset_rule(&response.body)).unwrap_or(options.passed_on.encoding);
    // A byte order mark wins over all that. <https://drafts.csswg.org/css-syntax-3/#input-byte-stream>
    let (text, _, _) = encoding.decode(&response.body);
    let referrer_policy = referrer::from_headers(&response.head.headers);
    Ok(SheetText { text: text.into_owned(), url: response.url().clone(), referrer_policy })
}

/// `@charset "…";`, if the bytes begin with exactly that.
/// <https://drafts.csswg.org/css-syntax-3/#determine-the-fallback-encoding>
fn charset_rule(bytes: &[u8]) -> Option<&'static encoding_rs::Encoding> {
    let rest = bytes.strip_prefix(b"@charset \"")?;
    let end = rest.iter().take(100).position(|byte| *byte == b'"')?;
    if rest.get(end + 1) != Some(&b';') {
        return None;
    }
    let encoding = encoding_rs::Encoding::for_label(&rest[..end])?;
    // The bytes were read as ASCII, so they cannot be UTF-16.
    let is_utf_16 = encoding == encoding_rs::UTF_16BE || encoding == encoding_rs::UTF_16LE;
    Some(if is_utf_16 { encoding_rs::UTF_8 } else { encoding })
}

#[cfg(test)]
mod tests {
    use super::charset_rule;

    #[test]
    fn the_charset_rule_counts_only_as_the_very_first_bytes() {
        assert_eq!(charset_rule(b"@charset \"iso-8859-2\"; p {}"), Some(encoding_rs::ISO_8859_2));
        assert_eq!(charset_rule(b"@charset \"utf-16le\";"), Some(encoding_rs::UTF_8));
        for wrong in
            [&b" @charset \"utf-8\";"[..], b"@charset 'utf-8';", b"@charset \"utf-8\" ;", b"@charset \"x"]
        {
            assert_eq!(charset_rule(wrong), None);
        }
    }
}
