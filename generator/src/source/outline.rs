//! The shape of a YAML or JSON text, as one flat list of nodes with their places in the text.
//!
//! Made from parser events without recursion and without expanding an alias, so that any text can be
//! outlined; how deep it is nested is limited here, before anything recurses over it.

use std::borrow::Cow;
use std::ops::Range;

use granit_parser::{ErrorKind, Event, Parser, ScalarStyle, ScanError, Span, StructureStyle, Tag, options};

use super::Pointer;
use crate::diag::{Code, Diagnostics};

/// The most containers one inside the other. `serde_yaml` and `serde_json` stop at 128; real documents
/// stay below 40.
pub(crate) const MAX_NESTING: usize = 120;

/// The most `%` directives in front of a document: what `serde_yaml` does with them takes quadratic time.
const MAX_DIRECTIVES: usize = 100;

/// The nodes of a text in the order of the text; of a text with an error, those before it.
#[derive(Debug, Default)]
pub(super) struct Outline<'a> {
    pub(super) nodes: Vec<Node<'a>>,
}

/// A value or a key.
#[derive(Debug)]
pub(super) struct Node<'a> {
    pub(super) kind: Kind<'a>,
    /// The bytes it takes in the text.
    pub(super) span: Range<usize>,
    /// The index of the first node that is neither this nor inside it.
    pub(super) next: usize,
    /// An explicit tag outside the core schema, as written.
    pub(super) tag: Option<Box<str>>,
    /// Whether aliases refer to it.
    pub(super) anchored: bool,
}

/// What a node is.
#[derive(Debug)]
pub(super) enum Kind<'a> {
    /// Text, with escapes undone.
    Scalar { text: Cow<'a, str>, style: Style },
    /// A sequence of the nodes inside it.
    List,
    /// A mapping: keys and values in turn.
    Map,
    /// The node with this index once more. A node that contains the alias is possible.
    Alias(usize),
}

/// How a scalar is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Style {
    /// Without quotes: `200`, `null` and `<<` mean what the core schema says.
    Plain,
    /// In quotes or as a block: always a string.
    Quoted,
}

/// Why a text could not be outlined or read to its end.
#[derive(Debug)]
pub(super) struct Problem {
    pub(super) code: Code,
    pub(super) message: String,
    pub(super) span: Range<usize>,
    pub(super) help: Option<&'static str>,
}

impl Problem {
    pub(super) fn too_deep(span: Range<usize>) -> Self {
        Self {
            code: Code::NestingTooDeep,
            message: format!("this is nested more than {MAX_NESTING} levels deep"),
            span,
            help: Some("nothing is read; lift inner parts into components and refer to them"),
        }
    }

    /// Writes it down as an error about the value at `pointer`.
    pub(super) fn report(self, pointer: &Pointer, diags: &mut Diagnostics) {
        let entry = diags.error(self.code, pointer).at(self.span).message(self.message);
        if let Some(help) = self.help {
            entry.help(help);
        }
    }

    fn syntax(error: &ScanError) -> Self {
        let at = error.marker().byte_offset().unwrap_or_default();
        if *error.kind() == ErrorKind::RecursionLimitExceeded {
            return Self::too_deep(at..at);
        }
        Self {
            code: Code::Syntax,
            message: format!("not valid YAML: {}", error.info()),
            span: at..at,
            help: None,
        }
    }

    fn second_document(span: Range<usize>) -> Self {
        Self {
            code: Code::MultipleDocuments,
            message: "a second document begins here".to_owned(),
            span,
            help: Some("nothing is read; keep one document a file"),
        }
    }
}

impl Outline<'_> {
    /// The nodes directly inside the container `at`: items, or keys and values in turn.
    pub(super) fn children(&self, at: usize) -> impl Iterator<Item = usize> {
        let end = self.nodes.get(at).map_or(at, |node| node.next);
        let first = (at + 1 < end).then_some(at + 1);
        std::iter::successors(first, move |child| {
            self.nodes.get(*child).map(|node| node.next).filter(|next| *next < end)
        })
    }

    /// The node that `at` stands for: where it is an alias, its anchor.
    pub(super) fn target(&self, at: usize) -> usize {
        match self.nodes.get(at).map(|node| &node.kind) {
            // An anchor cannot be on an alias (YAML 1.2.2, section 7.1), so one step is enough.
            Some(Kind::Alias(target)) => *target,
            Some(Kind::Scalar { .. } | Kind::List | Kind::Map) | None => at,
        }
    }

    /// The text of the key `at`; `None` if it is no scalar.
    pub(super) fn key_text(&self, at: usize) -> Option<&str> {
        match &self.nodes.get(self.target(at))?.kind {
            Kind::Scalar { text, .. } => Some(text),
            Kind::List | Kind::Map | Kind::Alias(_) => None,
        }
    }

    /// Whether the key `at` is `<<`, which merges mappings into this one, and not merely a string.
    pub(super) fn is_merge(&self, at: usize) -> bool {
        self.nodes.get(at).is_some_and(Node::is_merge)
    }
}

impl Node<'_> {
    /// Whether this is an unquoted `<<`.
    pub(super) fn is_merge(&self) -> bool {
        matches!(&self.kind, Kind::Scalar { text, style: Style::Plain } if text == "<<")
    }
}

/// Outlines `text`, up to its end or its first problem.
pub(super) fn outline(text: &str) -> (Outline<'_>, Option<Problem>) {
    let options = options! {
        flow_nesting_limit: MAX_NESTING,
        block_nesting_limit: MAX_NESTING,
        emit_comments: false,
    };
    if let Some(problem) = excess_directive(text) {
        return (Outline::default(), Some(problem));
    }
    let mut builder = Builder::default();
    let mut problem = None;
    for event in Parser::new_from_str_with_options(text, options) {
        let step = match event {
            Ok((event, span)) => builder.take(event, &span),
            Err(error) => Err(Problem::syntax(&error)),
        };
        if let Err(found) = step {
            problem = Some(found);
            break;
        }
    }
    (builder.finish(), problem)
}

/// Directives stand before the first `---` (YAML 1.2.2, section 6.8), among comments and empty lines.
fn excess_directive(text: &str) -> Option<Problem> {
    let mut at = 0;
    let mut directives = 0;
    for line in text.split_inclusive('\n') {
        match line.trim_start().chars().next() {
            Some('%') => directives += 1,
            Some('#') | None => {}
            Some(_) => return None,
        }
        if directives > MAX_DIRECTIVES {
            let message = format!("more than {MAX_DIRECTIVES} YAML directives");
            let help = Some("nothing is read; an OpenAPI document needs none of them");
            return Some(Problem { code: Code::Syntax, message, span: at..at + 1, help });
        }
        at += line.len();
    }
    None
}

#[derive(Default)]
struct Builder<'a> {
    nodes: Vec<Node<'a>>,
    /// The containers that are not closed yet.
    open: Vec<usize>,
    /// The node of each anchor; the parser counts anchors from one.
    anchors: Vec<usize>,
    /// Where the last node ended.
    end: usize,
    documents: usize,
}

impl<'a> Builder<'a> {
    fn take(&mut self, event: Event<'a>, span: &Span) -> Result<(), Problem> {
        let bytes = span.byte_range().unwrap_or_default();
        match event {
            Event::DocumentStart(..) => {
                self.documents += 1;
                if self.documents > 1 {
                    return Err(Problem::second_document(bytes));
                }
            }
            Event::Scalar(text, style, anchor, tag) => {
                // The parser gives a missing value the text `~`.
                let text = if bytes.is_empty() { Cow::Borrowed("") } else { text };
                let style = if style == ScalarStyle::Plain { Style::Plain } else { Style::Quoted };
                self.push(Kind::Scalar { text, style }, bytes, anchor, tag.as_deref());
            }
            Event::SequenceStart(style, anchor, tag) => {
                self.open(Kind::List, style, bytes, anchor, tag.as_deref())?;
            }
            Event::MappingStart(style, anchor, tag) => {
                self.open(Kind::Map, style, bytes, anchor, tag.as_deref())?;
            }
            Event::SequenceEnd | Event::MappingEnd => self.close(bytes.end),
            Event::Alias(id) => {
                let target = id.checked_sub(1).and_then(|at| self.anchors.get(at)).copied();
                self.push(Kind::Alias(target.unwrap_or_default()), bytes, 0, None);
            }
            _ => {}
        }
        Ok(())
    }

    fn push(&mut self, kind: Kind<'a>, span: Range<usize>, anchor: usize, tag: Option<&Tag>) {
        let at = self.nodes.len();
        if anchor > 0 {
            self.anchors.resize(anchor, at);
        }
        self.end = span.end;
        let tag = tag.filter(|tag| tag.is_custom()).map(|tag| tag.original().into_boxed_str());
        self.nodes.push(Node { kind, span, next: at + 1, tag, anchored: anchor > 0 });
    }

    fn open(
        &mut self,
        kind: Kind<'a>,
        style: StructureStyle,
        span: Range<usize>,
        anchor: usize,
        tag: Option<&Tag>,
    ) -> Result<(), Problem> {
        if self.open.len() == MAX_NESTING {
            return Err(Problem::too_deep(span));
        }
        self.open.push(self.nodes.len());
        // Of a block the parser knows only the place of its first child.
        let start = span.start;
        self.push(kind, span, anchor, tag);
        if style == StructureStyle::Block {
            self.end = start;
        }
        Ok(())
    }

    fn close(&mut self, end: usize) {
        let next = self.nodes.len();
        let Some(node) = self.open.pop().and_then(|at| self.nodes.get_mut(at)) else { return };
        node.next = next;
        // The end event of a flow container covers its bracket; that of a block stands at whatever
        // comes next in the text, so a block ends with its last child.
        if !node.span.is_empty() {
            self.end = end;
        }
        node.span.end = self.end.max(node.span.end);
    }

    fn finish(mut self) -> Outline<'a> {
        while !self.open.is_empty() {
            self.close(self.end);
        }
        Outline { nodes: self.nodes }
    }
}
