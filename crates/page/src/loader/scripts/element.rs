//! Preparing a script element: what it holds, where it comes from, and whether anything is done about it.
//! <https://html.spec.whatwg.org/multipage/scripting.html#prepare-the-script-element>

use fanlight_base::LocalName;
use fanlight_base::atoms::local_name;
use fanlight_base::mime::is_javascript_essence;
use fanlight_dom::{Document, ElementData, NodeId};
use fanlight_fetch::{Destination, Initiator, Request, Url};
use fanlight_html::FetchAttributes;

use super::order::{NewScript, ScriptKind};
use crate::loader::{discover, fetch_attributes};

/// A script element that asks for something.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct ScriptElement {
    /// What decides when it may run.
    pub(crate) script: NewScript,
    /// Where its text is.
    pub(crate) source: ScriptSource,
    /// Attributes that say how to fetch.
    pub(crate) fetch: FetchAttributes,
    /// The encoding of a classic script that does not say its own, where that is not the document's.
    pub(crate) encoding: Option<&'static str>,
    /// Whether its author lets rendering wait for it.
    /// <https://html.spec.whatwg.org/multipage/urls-and-fetching.html#blocking-attributes>
    pub(crate) is_told_to_block_rendering: bool,
}

/// Where a script's text is.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum ScriptSource {
    /// In the document.
    Inline(String),
    /// At a URL.
    External(Url),
}

/// Why nothing is done about a script element.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Ignored {
    /// It says nothing, or is outside of the document. Nobody would ask.
    Nothing,
    /// In words.
    Because(String),
}

/// What a script element, whose end the parser has seen, asks for.
///
/// # Errors
/// Nothing.
pub(crate) fn prepare(document: &Document, node: NodeId, base: &Url) -> Result<ScriptElement, Ignored> {
    let because = |reason: String| Err(Ignored::Because(reason));
    let Some(element) = document.element(node).filter(|element| element.is_html(&local_name!("script")))
    else {
        return Err(Ignored::Nothing);
    };
    let src = element.attribute(&local_name!("src"));
    let text = document.text_content(node);
    // Steps 6 and 7.
    if src.is_none() && text.is_empty() || !discover::is_connected(document, node) {
        return Err(Ignored::Nothing);
    }
    // Steps 8 to 12.
    let kind = kind(element).map_err(Ignored::Because)?;
    let has = |name: &str| element.attribute(&LocalName::from(name)).is_some();
    if kind == ScriptKind::Classic && has("nomodule") {
        return because("it is for browsers that know no modules (nomodule)".to_owned());
    }
    if kind == ScriptKind::Classic && !is_for_load(element) {
        return because(
            "its attributes 'for' and 'event' name something else than the window's load".to_owned(),
        );
    }
    let source = match src {
        None => ScriptSource::Inline(text),
        Some(_) if matches!(kind, ScriptKind::ImportMap | ScriptKind::SpeculationRules) => {
            return because(format!("{} cannot have the attribute src", kind.name()));
        }
        Some(src) => match base.join(src.trim_ascii()).ok().filter(|_| !src.is_empty()) {
            Some(url) => ScriptSource::External(url),
            None => return because(format!("'{src}' is no address")),
        },
    };
    let blocking = element.attribute(&LocalName::from("blocking")).unwrap_or_default();
    Ok(ScriptElement {
        script: NewScript {
            kind,
            is_external: matches!(source, ScriptSource::External(_)),
            is_async: has("async"),
            is_defer: has("defer"),
            is_parser_inserted: true,
        },
        source,
        fetch: fetch_attributes::of_element(element),
        encoding: encoding(element),
        is_told_to_block_rendering: blocking
            .split_ascii_whitespace()
            .any(|token| token.eq_ignore_ascii_case("render")),
    })
}

/// Steps 8 to 12: by `type`, or else by `language`.
fn kind(script: &ElementData) -> Result<ScriptKind, String> {
    let mime_type = script.attribute(&local_name!("type"));
    let language = script.attribute(&local_name!("language"));
    let essence = match (mime_type, language) {
        (Some(""), _) | (None, None | Some("")) => return Ok(ScriptKind::Classic),
        (Some(mime_type), _) => mime_type.trim_ascii().to_ascii_lowercase(),
        (None, Some(language)) => format!("text/{}", language.to_ascii_lowercase()),
    };
    match essence.as_str() {
        "module" => Ok(ScriptKind::Module),
        "importmap" => Ok(ScriptKind::ImportMap),
        "speculationrules" => Ok(ScriptKind::SpeculationRules),
        essence if is_javascript_essence(essence) => Ok(ScriptKind::Classic),
        essence => Err(format!("its type '{essence}' is no script")),
    }
}

/// Step 21: an old way to say when to run. Only what it would have done anyway is heard.
fn is_for_load(script: &ElementData) -> bool {
    let value = |name: &str| script.attribute(&LocalName::from(name)).map(str::trim_ascii);
    let (Some(target), Some(event)) = (value("for"), value("event")) else { return true };
    target.eq_ignore_ascii_case("window")
        && ["onload", "onload()"].iter().any(|load| event.eq_ignore_ascii_case(load))
}

/// Step 22.
fn encoding(script: &ElementData) -> Option<&'static str> {
    let label = script.attribute(&local_name!("charset"))?;
    encoding_rs::Encoding::for_label(label.as_bytes()).map(encoding_rs::Encoding::name)
}

impl ScriptKind {
    /// What it is, in words.
    pub(crate) const fn name(self) -> &'static str {
        match self {
            ScriptKind::Classic => "classic script",
            ScriptKind::Module => "module script",
            ScriptKind::ImportMap => "import map",
            ScriptKind::SpeculationRules => "speculation rules",
        }
    }
}

/// The request for a script. Modules are fetched with CORS in any case.
/// <https://html.spec.whatwg.org/multipage/webappapis.html#fetch-a-classic-script>
/// <https://html.spec.whatwg.org/multipage/webappapis.html#fetch-a-single-module-script>
pub(crate) fn request(kind: ScriptKind, url: Url, fetch: &FetchAttributes, initiator: Initiator) -> Request {
    let request = Request::subresource(url, Destination::Script, initiator);
    match kind {
        ScriptKind::Module => fetch_attributes::apply_to_module(fetch, request),
        _ => fetch_attributes::apply(fetch, request),
    }
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use fanlight_base::diagnostics::Unheard;
    use fanlight_fetch::{Credentials, InitiatorKind, Mode};
    use fanlight_html::{ParserOptions, parse_document};

    use super::*;

    fn prepared(markup: &str) -> Result<ScriptElement, Ignored> {
        let url = Url::parse("http://a/dir/").unwrap();
        let options =
            ParserOptions { charset: Some("utf-8"), ..ParserOptions::new(url.as_str(), Arc::new(Unheard)) };
        let document = parse_document(markup.as_bytes(), &options);
        let mut nodes = (0..document.node_count()).filter_map(NodeId::from_index);
        let script = nodes
            .find(|&node| document.element(node).is_some_and(|element| &*element.name.local == "script"));
        prepare(&document, script.unwrap(), &url)
    }

    fn kind_of(attributes: &str) -> Option<ScriptKind> {
        prepared(&format!("<script {attributes}>x</script>")).ok().map(|element| element.script.kind)
    }

    fn reason(markup: &str) -> String {
        match prepared(markup) {
            Err(Ignored::Because(reason)) => reason,
            other => panic!("{other:?}"),
        }
    }

    #[test]
    fn types_and_languages_say_what_a_script_is() {
        use ScriptKind::{Classic, ImportMap, Module, SpeculationRules};
        for (attributes, kind) in [
            ("", Some(Classic)),
            ("type", Some(Classic)),
            ("type=''", Some(Classic)),
            ("type=' Text/JavaScript '", Some(Classic)),
            ("type=application/x-ecmascript", Some(Classic)),
            ("type='text/javascript; charset=utf-8'", None),
            ("type=' '", None),
            ("type=text/template", None),
            ("type=application/ld+json", None),
            ("language=JavaScript1.5", Some(Classic)),
            ("language=''", Some(Classic)),
            ("language=vbscript", None),
            ("type='' language=vbscript", Some(Classic)),
            ("type=Module", Some(Module)),
            ("type=importmap", Some(ImportMap)),
            ("type=speculationrules", Some(SpeculationRules)),
        ] {
            assert_eq!(kind_of(attributes), kind, "{attributes}");
        }
        assert!(reason("<script type=text/template>x</script>").contains("'text/template' is no script"));
    }

    #[test]
    fn scripts_for_old_browsers_and_for_other_events_are_not_ours() {
        assert!(reason("<script nomodule src=a></script>").contains("nomodule"));
        assert_eq!(kind_of("nomodule type=module"), Some(ScriptKind::Module));
        assert!(reason("<script for=button event=onclick>x</script>").contains("'for' and 'event'"));
        for heard in ["for=' Window ' event='onLoad()'", "for=button", "event=onclick"] {
            assert_eq!(kind_of(heard), Some(ScriptKind::Classic), "{heard}");
        }
    }

    #[test]
    fn what_says_nothing_or_is_nowhere_asks_for_nothing() {
        for markup in
            ["<script></script>", "<script async></script>", "<template><script>x</script></template>"]
        {
            assert_eq!(prepared(markup), Err(Ignored::Nothing), "{markup}");
        }
    }

    #[test]
    fn addresses_are_relative_to_the_base_and_may_be_none() {
        let source = |markup: &str| prepared(markup).unwrap().source;
        let at = |url: &str| ScriptSource::External(Url::parse(url).unwrap());
        assert_eq!(source("<script src=' b.js '>ignored</script>"), at("http://a/dir/b.js"));
        assert_eq!(source("<script>x</script>"), ScriptSource::Inline("x".to_owned()));
        assert!(reason("<script src></script>").contains("'' is no address"));
        assert!(reason("<script src='http://:'></script>").contains("is no address"));
        assert!(reason("<script type=importmap src=a></script>").contains("cannot have the attribute src"));
    }

    #[test]
    fn attributes_say_when_and_how() {
        let element = prepared(
            "<script async defer src=a charset=latin1 crossorigin integrity=sha256-x nonce=n referrerpolicy=origin \
             fetchpriority=low blocking='x Render'></script>",
        )
        .unwrap();
        assert!(element.script.is_async && element.script.is_defer && element.is_told_to_block_rendering);
        assert_eq!(element.encoding, Some("windows-1252"));
        assert_eq!(element.fetch.integrity.as_deref(), Some("sha256-x"));
        assert_eq!(element.fetch.nonce.as_deref(), Some("n"));
        assert_eq!(prepared("<script src=a charset=nonsense></script>").unwrap().encoding, None);
    }

    #[test]
    fn modules_are_fetched_with_cors_and_classic_scripts_as_they_say() {
        let asked = |kind, cross_origin: Option<&str>| {
            let fetch = FetchAttributes {
                cross_origin: cross_origin.map(str::to_owned),
                integrity: Some("sha256-x".to_owned()),
                nonce: Some("n".to_owned()),
                ..FetchAttributes::default()
            };
            let url = Url::parse("http://b/x").unwrap();
            let initiator = Initiator::new(InitiatorKind::Parser, Url::parse("http://a/").unwrap());
            let request = request(kind, url, &fetch, initiator);
            assert_eq!((&*request.integrity, &*request.nonce), ("sha256-x", "n"));
            assert_eq!(request.destination, Destination::Script);
            (request.mode, request.credentials)
        };
        use ScriptKind::{Classic, Module};
        assert_eq!(asked(Classic, None), (Mode::NoCors, Credentials::Include));
        assert_eq!(asked(Classic, Some("")), (Mode::Cors, Credentials::SameOrigin));
        assert_eq!(asked(Module, None), (Mode::Cors, Credentials::SameOrigin));
        assert_eq!(asked(Module, Some("use-credentials")), (Mode::Cors, Credentials::Include));
    }
}
