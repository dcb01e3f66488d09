//! What stands in an element, of which each becomes one thing.

use super::parse::{Element, Tag};
use super::{Member, Node, NodeKind, Value};

/// Attributes, child elements and text of an element, and which of them have become something.
pub(super) struct Children<'e> {
    pub(super) element: &'e Element,
    taken: Vec<bool>,
    attributes: Vec<bool>,
    is_text_taken: bool,
    /// The child that comes next, where order matters.
    next: usize,
}

impl<'e> Children<'e> {
    pub(super) fn new(element: &'e Element) -> Self {
        let taken = vec![false; element.children.len()];
        let attributes = vec![false; element.attributes.len()];
        Self { element, taken, attributes, is_text_taken: false, next: 0 }
    }

    /// All that are called as `node` and have not become something else.
    pub(super) fn take(&mut self, node: &Node) -> Vec<&'e Element> {
        let children = self.element.children.iter().zip(&mut self.taken);
        let mut found = Vec::new();
        for (child, taken) in children.filter(|(child, taken)| !**taken && is_called(&child.tag, node)) {
            *taken = true;
            found.push(child);
        }
        found
    }

    pub(super) fn take_attribute(&mut self, node: &Node) -> Option<&'e str> {
        let at = self.element.attributes.iter().position(|(tag, _)| is_called(tag, node))?;
        self.attributes[at] = true;
        Some(&self.element.attributes[at].1)
    }

    /// All text.
    pub(super) fn take_text(&mut self) -> &'e str {
        self.is_text_taken = true;
        &self.element.text
    }

    /// The next that is called as `node`, and all before it are passed over.
    pub(super) fn take_next(&mut self, node: &Node) -> Option<&'e Element> {
        let is_it = |at: &usize| !self.taken[*at] && is_called(&self.element.children[*at].tag, node);
        let at = (self.next..self.taken.len()).find(is_it)?;
        self.taken[at] = true;
        self.next = at + 1;
        Some(&self.element.children[at])
    }

    /// The text between the child that came last and the next.
    pub(super) fn take_text_between(&mut self) -> &'e str {
        self.is_text_taken = true;
        let at = |child: usize| self.element.children.get(child).map(|child| child.at);
        let from = self.next.checked_sub(1).and_then(at).unwrap_or_default();
        let to = at(self.next).unwrap_or(self.element.text.len());
        &self.element.text[from..to]
    }

    /// Those that come next as long as they are what is `wanted`, as the children of an element.
    pub(super) fn take_while(&mut self, wanted: impl Fn(&Tag) -> bool) -> Self {
        let mut run = Self::new(self.element);
        run.taken.fill(true);
        for (at, child) in self.element.children.iter().enumerate().skip(self.next) {
            if self.taken[at] {
                continue;
            }
            if !wanted(&child.tag) {
                break;
            }
            run.taken[at] = false;
            self.taken[at] = true;
            self.next = at + 1;
        }
        run
    }

    /// The children that have become nothing.
    pub(super) fn left(&self) -> impl Iterator<Item = &'e Element> {
        let children = self.element.children.iter().zip(&self.taken);
        children.filter(|(_, taken)| !**taken).map(|(child, _)| child)
    }

    /// The attributes that have become nothing and are in no namespace.
    pub(super) fn left_attributes(&self) -> impl Iterator<Item = (&'e str, &'e str)> {
        let attributes = self.element.attributes.iter().zip(&self.attributes);
        let left = attributes.filter(|((tag, _), taken)| !**taken && tag.namespace.is_none());
        left.map(|((tag, text), _)| (tag.local.as_str(), text.as_str()))
    }

    /// The text, if it is more than space and has become nothing.
    pub(super) fn left_text(&self) -> Option<&'e str> {
        (!self.is_text_taken && self.element.has_text()).then_some(&*self.element.text)
    }
}

/// Whether a name is meant; where the description has a namespace, one without is taken for it. What has no name may have any.
pub(super) fn is_called(tag: &Tag, node: &Node) -> bool {
    let wanted = node.namespace.map_or("", |known| known.uri);
    let is_within = wanted.is_empty() || tag.namespace.as_deref().is_none_or(|own| own == wanted);
    (tag.local == node.name || node.name.is_empty()) && is_within
}

/// Whether an element called so is one of `members`.
pub(super) fn is_one_of(tag: &Tag, members: &[Member]) -> bool {
    members.iter().any(|Member { node, .. }| match (node.kind, node.value()) {
        (NodeKind::Element, _) => is_called(tag, node),
        (NodeKind::Bare, Value::List(item)) => is_called(tag, item),
        (NodeKind::Bare, Value::Tuple(first, rest)) => {
            first.iter().chain(*rest).any(|item| item.kind == NodeKind::Element && is_called(tag, item))
        }
        (NodeKind::Bare, Value::Object(members, _)) => is_one_of(tag, members),
        (NodeKind::Bare, Value::Text(_) | Value::Like(_) | Value::Any)
        | (NodeKind::Attribute | NodeKind::Text | NodeKind::Cdata, _) => false,
    })
}
