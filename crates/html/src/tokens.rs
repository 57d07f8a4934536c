//! What the tokenizer made of a document, for the `tokens` dump.
//! <https://html.spec.whatwg.org/multipage/parsing.html#tokenization>

use fanlight_base::{Dump, TreeWriter};
use html5ever::tokenizer::{TagKind, Token as HtmlToken};

/// A token and the line, counted from 1, on which it ends.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Token {
    /// The line.
    pub line: u32,
    /// What it is.
    pub kind: TokenKind,
}

/// What a token is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum TokenKind {
    /// A document type.
    Doctype {
        /// The root element's name.
        name: String,
        /// The public identifier.
        public_id: Option<String>,
        /// The system identifier.
        system_id: Option<String>,
    },
    /// A start tag.
    StartTag {
        /// The tag's name.
        name: String,
        /// Names and values, as they came.
        attributes: Vec<(String, String)>,
        /// Whether it ended in `/>`.
        self_closing: bool,
    },
    /// An end tag.
    EndTag {
        /// The tag's name.
        name: String,
    },
    /// Characters; neighbours are one token.
    Characters(String),
    /// A comment.
    Comment(String),
    /// A processing instruction of XML.
    ProcessingInstruction {
        /// What it is for.
        target: String,
        /// What it says.
        data: String,
    },
    /// The end of the input.
    EndOfFile,
}

/// The tokens of a document in order.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Tokens(pub Vec<Token>);

impl Dump for Tokens {
    fn dump(&self, tree: &mut TreeWriter) {
        for token in &self.0 {
            let kind = token.kind.name();
            tree.leaf(kind, |fields| {
                fields.add("line", token.line);
                match &token.kind {
                    TokenKind::Doctype { name, public_id, system_id } => {
                        fields.add("name", name.as_str());
                        fields.add_some("publicId", public_id.as_deref());
                        fields.add_some("systemId", system_id.as_deref());
                    }
                    TokenKind::StartTag { name, attributes, self_closing } => {
                        fields.add("name", name.as_str());
                        if !attributes.is_empty() {
                            let pairs =
                                attributes.iter().map(|(name, value)| [name.as_str(), value.as_str()]);
                            fields.add("attributes", pairs.map(Vec::from).collect::<Vec<_>>());
                        }
                        if *self_closing {
                            fields.add("selfClosing", true);
                        }
                    }
                    TokenKind::EndTag { name } => fields.add("name", name.as_str()),
                    TokenKind::Characters(data) | TokenKind::Comment(data) => {
                        fields.add("data", data.as_str());
                    }
                    TokenKind::ProcessingInstruction { target, data } => {
                        fields.add("target", target.as_str());
                        fields.add("data", data.as_str());
                    }
                    TokenKind::EndOfFile => {}
                }
            });
        }
    }
}

impl TokenKind {
    /// The word in dumps.
    pub const fn name(&self) -> &'static str {
        match self {
            TokenKind::Doctype { .. } => "doctype",
            TokenKind::StartTag { .. } => "start-tag",
            TokenKind::EndTag { .. } => "end-tag",
            TokenKind::Characters(_) => "characters",
            TokenKind::Comment(_) => "comment",
            TokenKind::ProcessingInstruction { .. } => "processing-instruction",
            TokenKind::EndOfFile => "end-of-file",
        }
    }
}

/// Collects tokens while a document is parsed: some tokens depend on the tree that is built.
#[derive(Default)]
pub(crate) struct TokenRecorder {
    tokens: Vec<Token>,
}

impl TokenRecorder {
    pub(crate) fn finish(self) -> Tokens {
        Tokens(self.tokens)
    }

    pub(crate) fn push(&mut self, line: u32, kind: TokenKind) {
        if let TokenKind::Characters(more) = &kind
            && let Some(Token { line: last_line, kind: TokenKind::Characters(present) }) =
                self.tokens.last_mut()
        {
            present.push_str(more);
            *last_line = line;
            return;
        }
        self.tokens.push(Token { line, kind });
    }

    pub(crate) fn record(&mut self, token: &HtmlToken, line: u32) {
        let kind = match token {
            HtmlToken::DoctypeToken(doctype) => TokenKind::Doctype {
                name: doctype.name.as_deref().unwrap_or_default().to_owned(),
                public_id: doctype.public_id.as_deref().map(str::to_owned),
                system_id: doctype.system_id.as_deref().map(str::to_owned),
            },
            HtmlToken::TagToken(tag) if tag.kind == TagKind::EndTag => {
                TokenKind::EndTag { name: tag.name.to_string() }
            }
            HtmlToken::TagToken(tag) => TokenKind::StartTag {
                name: tag.name.to_string(),
                attributes: tag
                    .attrs
                    .iter()
                    .map(|attribute| (attribute.name.local.to_string(), attribute.value.to_string()))
                    .collect(),
                self_closing: tag.self_closing,
            },
            HtmlToken::CommentToken(text) => TokenKind::Comment(text.to_string()),
            HtmlToken::CharacterTokens(text) => TokenKind::Characters(text.to_string()),
            HtmlToken::NullCharacterToken => TokenKind::Characters("\0".to_owned()),
            HtmlToken::EOFToken => TokenKind::EndOfFile,
            HtmlToken::ParseError(_) => return,
        };
        self.push(line, kind);
    }
}
