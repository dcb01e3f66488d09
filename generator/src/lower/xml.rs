//! How the values of a schema stand in XML: by its `xml` keywords, and by the names of components and properties where it has none.

use std::collections::BTreeSet;

use indexmap::IndexMap;

use super::Lowering;
use crate::diag::Code;
use crate::model::{XmlId, XmlKind, XmlMember, XmlName, XmlNode, XmlText, XmlValue};
use crate::schema::{Additional, JsonType, NodeType, Schema, TypeSet};
use crate::source::{Pointer, Tree};

/// How deep arrays, and schemas that are made of others, are looked into.
const MOST_DEEP: usize = 16;

/// The nodes so far, by the place of the schema; the roots of bodies apart, since they have names of their own.
#[derive(Debug, Default)]
pub(super) struct Nodes {
    all: Vec<XmlNode>,
    objects: IndexMap<Pointer, XmlId>,
    roots: IndexMap<Pointer, XmlId>,
    /// The prefixes that a namespace is given for.
    pub(super) bound: BTreeSet<String>,
    /// Where prefixes stand without one.
    pub(super) unbound: IndexMap<Pointer, String>,
}

impl Nodes {
    pub(super) fn len(&self) -> usize {
        self.all.len()
    }

    pub(super) fn truncate(&mut self, len: usize) {
        self.all.truncate(len);
        self.objects.retain(|_, id| id.index() < len);
        self.roots.retain(|_, id| id.index() < len);
    }

    pub(super) fn into_all(self) -> Vec<XmlNode> {
        self.all
    }

    fn push(&mut self, node: XmlNode) -> XmlId {
        self.all.push(node);
        XmlId::at(self.all.len() - 1)
    }
}

/// What a schema is where only structure matters.
enum Form<'d> {
    Object,
    List(Option<&'d Schema>),
    Tuple(&'d [Schema], Option<&'d Schema>),
    Text(Vec<XmlText>),
    Any,
}

/// The members of an object, gathered from all schemas it is made of.
#[derive(Default)]
struct Gathered<'d> {
    members: IndexMap<&'d String, &'d Schema>,
    required: Vec<&'d String>,
    others: Option<&'d Additional>,
    patterns: Vec<&'d Schema>,
    /// Those that are described once more by an alternative.
    again: Vec<(&'d String, [&'d Schema; 2])>,
}

impl<'d> Lowering<'d> {
    /// How the body at `place` stands in XML, if its schema says so; a text of which no more is known is the caller's own XML.
    pub(super) fn xml_body(&mut self, place: &Pointer) -> Option<XmlId> {
        let document = self.document;
        self.xml_of(document.schemas.get(&place.child("schema"))?, None)
    }

    /// How values of `schema` stand in XML, if it says more than that they are text; the element is called as it says, or as is
    /// `inferred`.
    pub(super) fn xml_of(&mut self, schema: &'d Schema, inferred: Option<&str>) -> Option<XmlId> {
        match self.form(schema, 0) {
            Form::Object | Form::List(_) | Form::Tuple(..) => Some(self.xml_root(schema, inferred)),
            Form::Text(kinds) if !self.is_own_xml(schema, &kinds) => Some(self.xml_root(schema, inferred)),
            Form::Text(_) | Form::Any => None,
        }
    }

    /// Whether text is XML already, since nothing says what it would be in XML.
    fn is_own_xml(&self, schema: &'d Schema, kinds: &[XmlText]) -> bool {
        let mut chain = self.chain(schema);
        kinds.iter().all(|kind| matches!(kind, XmlText::String | XmlText::Null))
            && chain.all(|known| known.enumeration.is_empty() && known.xml.name.is_none())
    }

    fn xml_root(&mut self, schema: &'d Schema, inferred: Option<&str>) -> XmlId {
        if let Some(known) = self.xml.roots.get(&schema.pointer) {
            return *known;
        }
        let shared = self.shared_name(schema);
        let local = match &shared {
            Some(name) => name.local.clone(),
            None => self.root_name(schema, inferred),
        };
        let mut node = self.xml_node(schema, &local, 0);
        node.name = shared.unwrap_or(node.name);
        node.kind = XmlKind::Element;
        let same = match &node.value {
            XmlValue::Like(object) => Some(*object).filter(|id| self.xml.all[id.index()].name == node.name),
            XmlValue::Text(_)
            | XmlValue::Object(..)
            | XmlValue::List(_)
            | XmlValue::Tuple(..)
            | XmlValue::Any => None,
        };
        let id = same.unwrap_or_else(|| self.xml.push(node));
        self.xml.roots.insert(schema.pointer.clone(), id);
        id
    }

    /// How a value stands in XML that is called `inferred` unless its schema names it (OAS 3.1.1, XML Object, `name`).
    fn xml_node(&mut self, schema: &'d Schema, inferred: &str, depth: usize) -> XmlNode {
        let form = self.form(schema, 0);
        let is_list = matches!(form, Form::List(_) | Form::Tuple(..));
        let mut local = self.chain(schema).find_map(|known| known.xml.name.clone()).unwrap_or_default();
        let node = self.chain(schema).find_map(|known| known.xml.node);
        if local.is_empty() || is_list && node.is_none() {
            local = self.xml_name(inferred, schema);
        }
        let kind = match node {
            None if is_list => XmlKind::Bare,
            None | Some(NodeType::Element) => XmlKind::Element,
            Some(NodeType::Attribute) => XmlKind::Attribute,
            Some(NodeType::Text) => XmlKind::Text,
            Some(NodeType::Cdata) => XmlKind::Cdata,
            Some(NodeType::None) => XmlKind::Bare,
        };
        if kind == XmlKind::Attribute && !matches!(form, Form::Text(_)) {
            self.diags
                .warn(Code::UnsupportedSchema, &schema.pointer.child("xml"))
                .message("an attribute holds text, and this is more")
                .help("its value is JSON text");
        }
        let value = self.xml_value(schema, form, &local, depth);
        XmlNode { name: self.xml_name_of(schema, local), kind, value }
    }

    /// What a value holds; the items of a list are called as the list unless they have a name.
    fn xml_value(&mut self, schema: &'d Schema, form: Form<'d>, name: &str, depth: usize) -> XmlValue {
        match form {
            Form::Text(kinds) => XmlValue::Text(kinds),
            Form::List(Some(items)) if depth < MOST_DEEP => {
                XmlValue::List(Box::new(self.xml_item(items, name, depth)))
            }
            Form::List(_) => XmlValue::List(Box::new(XmlNode {
                name: XmlName { local: name.to_owned(), ..XmlName::default() },
                kind: XmlKind::Element,
                value: XmlValue::Any,
            })),
            Form::Tuple(first, rest) if depth < MOST_DEEP => {
                let nodes = first.iter().map(|item| self.xml_node(item, name, depth + 1));
                let nodes: Vec<XmlNode> = nodes.collect();
                self.report_adjacent(&nodes, first);
                let rest = rest.map(|items| Box::new(self.xml_item(items, name, depth)));
                XmlValue::Tuple(nodes, rest)
            }
            Form::Object => XmlValue::Like(self.xml_object(schema)),
            Form::Tuple(..) | Form::Any => XmlValue::Any,
        }
    }

    /// An item of a list. One that is a list itself needs an element, or nothing would tell its items from those of the next.
    fn xml_item(&mut self, items: &'d Schema, name: &str, depth: usize) -> XmlNode {
        let item = self.xml_node(items, name, depth + 1);
        XmlNode { kind: XmlKind::Element, ..item }
    }

    /// Says of texts that stand next to each other that they are read as one.
    fn report_adjacent(&mut self, nodes: &[XmlNode], schemas: &[Schema]) {
        let is_text = |node: &XmlNode| matches!(node.kind, XmlKind::Text | XmlKind::Cdata);
        for (pair, schema) in nodes.windows(2).zip(schemas.iter().skip(1)) {
            if pair.iter().all(is_text) {
                self.diags
                    .warn(Code::UnsupportedSchema, &schema.pointer)
                    .message("nothing stands in XML between this text and the one before it")
                    .help("they are read as one");
            }
        }
    }

    /// Says of members that stand in XML in another way in another alternative that all are read and written in one.
    fn report_alternatives(&mut self, again: &[(&'d String, [&'d Schema; 2])], members: &[XmlMember]) {
        for (property, [one, other]) in again {
            let one = self.xml_node(one, property, 0);
            let kept = members.iter().find(|member| member.property == **property);
            if kept.is_some_and(|kept| !is_alike(&one, &kept.node)) {
                self.diags
                    .warn(Code::UnsupportedSchema, &other.pointer)
                    .message(format!("in XML, `{property}` is something else in another alternative"))
                    .help("in all of them it is read and written as the last one has it");
            }
        }
    }

    /// What members are by whose names nothing is said but, maybe, a pattern.
    fn xml_others(&mut self, gathered: &Gathered<'d>) -> Option<XmlNode> {
        let open = XmlNode { name: XmlName::default(), kind: XmlKind::Element, value: XmlValue::Any };
        let schema = match (gathered.others, gathered.patterns.as_slice()) {
            (Some(Additional::Schema(schema)), []) => &**schema,
            (Some(Additional::Forbidden | Additional::Unspecified) | None, [only]) => *only,
            (Some(Additional::Forbidden), []) => return None,
            (Some(_) | None, _) => return Some(open),
        };
        let mut node = self.xml_node(schema, "", 0);
        // Its name is that of the member, and so is that of each item unless the list has an element.
        node.name.local.clear();
        if let (XmlValue::List(item), XmlKind::Bare) = (&mut node.value, node.kind) {
            item.name.local.clear();
        } else {
            node.kind = XmlKind::Element;
        }
        Some(node)
    }

    fn xml_object(&mut self, schema: &'d Schema) -> XmlId {
        let end = self.end_of_chain(schema);
        if let Some(known) = self.xml.objects.get(&end.pointer) {
            return *known;
        }
        let last = end.pointer.tokens().last().unwrap_or_default().into_owned();
        let local = self.element_name(end);
        let name = self.xml_name_of(end, local.unwrap_or(last));
        let id = self.xml.push(XmlNode { name, kind: XmlKind::Element, value: XmlValue::Any });
        self.xml.objects.insert(end.pointer.clone(), id);
        let mut gathered = Gathered::default();
        self.gather(end, true, 0, &mut gathered);
        let members = gathered.members.iter().map(|(property, schema)| XmlMember {
            property: (*property).clone(),
            required: gathered.required.contains(property),
            node: self.xml_node(schema, property, 0),
        });
        let members: Vec<XmlMember> = members.collect();
        self.report_alternatives(&gathered.again, &members);
        let others = self.xml_others(&gathered);
        self.xml.all[id.index()].value = XmlValue::Object(members, others.map(Box::new));
        id
    }

    /// Adds the members of `schema` and of all it is made of; those of alternatives need not be there.
    fn gather(&self, schema: &'d Schema, certain: bool, depth: usize, into: &mut Gathered<'d>) {
        let schema = self.end_of_chain(schema);
        if depth > MOST_DEEP {
            return;
        }
        for part in &schema.all_of {
            self.gather(part, certain, depth + 1, into);
        }
        for alternative in schema.one_of.iter().chain(&schema.any_of) {
            self.gather(alternative, false, depth + 1, into);
        }
        for (name, property) in &schema.properties {
            let before = into.members.insert(name, property);
            into.again.extend(before.filter(|_| !certain).map(|before| (name, [before, property])));
        }
        into.patterns.extend(schema.patterns.values());
        into.required.extend(schema.required.iter().filter(|_| certain));
        if schema.additional != Additional::Unspecified && into.others.is_none() {
            into.others = Some(&schema.additional);
        }
    }

    /// `schema`, and what its `$ref`s, or an `allOf` of one, lead to.
    pub(super) fn chain(&self, schema: &'d Schema) -> impl Iterator<Item = &'d Schema> {
        let next = |known: &&'d Schema| match known.all_of.as_slice() {
            [only] if known.reference.is_none() => Some(only),
            _ => self.chains.target(known),
        };
        std::iter::successors(Some(schema), move |known| next(known)).take(MOST_DEEP)
    }

    fn form(&self, schema: &'d Schema, depth: usize) -> Form<'d> {
        let end = self.end_of_chain(schema);
        if !end.prefix.is_empty() {
            return Form::Tuple(&end.prefix, end.items.as_deref());
        }
        if end.types.single() == Some(JsonType::Array) || end.items.is_some() {
            return Form::List(end.items.as_deref());
        }
        if end.types.single() == Some(JsonType::Object) || !end.properties.is_empty() {
            return Form::Object;
        }
        if !end.enumeration.is_empty() && end.types.is_empty() {
            return Form::Text(end.enumeration.iter().filter_map(text_of).collect());
        }
        let parts = end.all_of.iter().chain(&end.one_of).chain(&end.any_of);
        let mut kinds = texts(end.types);
        for part in parts.filter(|_| depth < MOST_DEEP) {
            match self.form(part, depth + 1) {
                Form::Text(more) => kinds.extend(more),
                Form::Any => {}
                structured @ (Form::Object | Form::List(_) | Form::Tuple(..)) => return structured,
            }
        }
        if kinds.is_empty() { Form::Any } else { Form::Text(kinds) }
    }
}

/// Whether what two nodes describe is the same but for what is in objects.
fn is_alike(one: &XmlNode, other: &XmlNode) -> bool {
    let is_same = match (&one.value, &other.value) {
        (XmlValue::Text(some), XmlValue::Text(more)) => {
            some.iter().all(|kind| more.contains(kind)) && more.iter().all(|kind| some.contains(kind))
        }
        (XmlValue::List(some), XmlValue::List(more)) => is_alike(some, more),
        (some, more) => std::mem::discriminant(some) == std::mem::discriminant(more),
    };
    one.name == other.name && one.kind == other.kind && is_same
}

fn texts(types: TypeSet) -> Vec<XmlText> {
    let text = |ty| match ty {
        JsonType::Null => Some(XmlText::Null),
        JsonType::Boolean => Some(XmlText::Boolean),
        JsonType::Integer => Some(XmlText::Integer),
        JsonType::Number => Some(XmlText::Number),
        JsonType::String => Some(XmlText::String),
        JsonType::Array | JsonType::Object => None,
    };
    types.iter().filter_map(text).collect()
}

fn text_of(value: &Tree) -> Option<XmlText> {
    match value {
        Tree::Null => Some(XmlText::Null),
        Tree::Bool(_) => Some(XmlText::Boolean),
        Tree::Number(_) => Some(XmlText::Number),
        Tree::String(_) => Some(XmlText::String),
        Tree::List(_) | Tree::Map(_) => None,
    }
}
