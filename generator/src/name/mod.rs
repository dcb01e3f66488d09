//! Spelling: gives every item of the client its name.
//!
//! Only this stage makes names, and `emit` can only look them up. What was named before keeps its name (see [`Pins`]), what
//! the configuration names gets that name, and everything else gets one by rule: components, then operations, then inline
//! types, then members, each in document order.

mod body;
mod case;
mod command;
mod constants;
mod group;
mod ident;
mod member;
mod method;
mod path;
mod pins;
mod reserved;
mod scope;
mod script;
mod server;
mod types;

pub use command::CommandNames;
pub(crate) use group::reason;
pub use group::{Group, Grouping};
pub use ident::{ConstantName, FieldName, MethodName, ModuleName, TypeName, VariantName};
pub use path::RustPath;
pub use pins::Pins;
pub use server::ServerNames;

use std::collections::{BTreeMap, BTreeSet, HashMap};

use indexmap::IndexMap;

use crate::analyze::Facts;
use crate::diag::{Code, Diagnostics};
use crate::model::{Api, Foreign, ForeignId, OperationId, TypeId};
use crate::source::Pointer;

/// A package name made of the title of a document: `Kajabi API V1` is `kajabi-api-v1`.
pub fn package(title: &str) -> String {
    case::package(title)
}

/// Whether a package can be called `name` (The Cargo Book, The Manifest Format, `name`) and its crate be used by that name.
pub fn is_package(name: &str) -> bool {
    let is_plain = name.chars().all(|c| c.is_ascii_alphanumeric() || c == '-' || c == '_');
    let krate = name.replace('-', "_");
    is_plain && name.starts_with(|c: char| c.is_ascii_alphabetic()) && !reserved::is_crate(&krate)
}

/// Names that the configuration chooses.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Overrides {
    /// Type names, by component name or by the JSON pointer of an inline schema (`#/components/schemas/…`).
    pub types: IndexMap<String, String>,
    /// Method names, by `METHOD /path`.
    pub operations: IndexMap<String, String>,
    /// Module names of groups, by tag, or by the name the group would have.
    pub groups: IndexMap<String, String>,
    /// What groups are made by.
    pub grouping: Grouping,
    /// Where the document chooses a name, by key and by name; what is missing here is the configuration's.
    pub places: BTreeMap<String, Pointer>,
}

impl Overrides {
    fn unused(&self, diags: &mut Diagnostics, what: &str, key: &str) {
        let (who, place) = self.chooser(key);
        diags
            .error(Code::UnusedOverride, &place)
            .message(format!("{who} names the {what} `{key}`, and the document has none such"))
            .help("correct the key or remove the entry");
    }

    fn invalid(&self, diags: &mut Diagnostics, what: &str, name: &str) {
        let (who, place) = self.chooser(name);
        diags
            .error(Code::InvalidName, &place)
            .message(format!("{who} calls a {what} `{name}`, which is no identifier, a keyword, or taken"))
            .help("choose another name");
    }

    fn chooser(&self, text: &str) -> (&'static str, Pointer) {
        match self.places.get(text) {
            Some(place) => ("`x-client`", place.clone()),
            None => ("the configuration", Pointer::root()),
        }
    }
}

/// The name of everything in the client.
#[derive(Debug, Clone, PartialEq)]
pub struct Names {
    groups: Vec<Group>,
    operations: Vec<OperationNames>,
    commands: Vec<CommandNames>,
    group_commands: Vec<String>,
    types: Vec<TypeNames>,
    /// The groups whose operations use each type.
    users: Users,
    members: Vec<Vec<FieldName>>,
    patterns: Vec<Vec<FieldName>>,
    variants: Vec<Vec<VariantName>>,
    webhook: (TypeName, Vec<VariantName>),
    servers: ServerNames,
    callbacks: Vec<(TypeName, MethodName)>,
    links: Vec<MethodName>,
    scopes: Vec<ConstantName>,
    xml: Vec<ConstantName>,
    bracketed: BTreeMap<TypeId, ConstantName>,
    foreign: Vec<RustPath>,
    rules: Vec<ConstantName>,
}

/// The names of one operation.
#[derive(Debug, Clone, PartialEq)]
pub struct OperationNames {
    /// The position of its group in [`Names::groups`].
    pub group: usize,
    /// `list`.
    pub method: MethodName,
    /// The request builder, `List`.
    pub builder: TypeName,
    /// Its typed errors, `ListError`.
    pub error: TypeName,
    /// Its successes, where there are several kinds, `ListResponse`.
    pub success: TypeName,
    /// The headers of its answers, where the document declares some, `ListHeaders`.
    pub headers: TypeName,
    /// The headers, in the order of the model.
    pub header_fields: Vec<FieldName>,
    /// The parameters, in the order of the model.
    pub parameters: Vec<FieldName>,
    /// The parts of the body, in the order of the model; empty without.
    pub parts: Vec<FieldName>,
    /// The body, where it is offered in several media types, `CreateBody`.
    pub body: TypeName,
    /// The media types of the body, in the order of the model.
    pub media: Vec<MediaNames>,
    /// The variants of the error and of the success, by the position of the response in the model, for each
    /// [`Outcome`](crate::analyze::Outcome) of it.
    pub responses: Vec<Vec<VariantName>>,
    /// The answers of parts with names, by [`NamedParts::at`](crate::model::NamedParts).
    pub answers: Vec<PartsNames>,
}

/// The names of what has parts: a multipart body, an answer of several parts, or a part of such.
#[derive(Debug, Clone, PartialEq)]
pub struct PartsNames {
    /// The type, `CreateMultipart` or `GetParts`.
    pub name: TypeName,
    /// The parts, in the order of the model.
    pub parts: Vec<PartNames>,
}

/// The names of a part.
#[derive(Debug, Clone, PartialEq)]
pub struct PartNames {
    /// Its own.
    pub name: FieldName,
    /// Those of its headers, if it is sent.
    pub headers: Vec<FieldName>,
    /// Those of the parts in it.
    pub inner: Option<PartsNames>,
}

/// The names of one media type of a body.
#[derive(Debug, Clone, PartialEq)]
pub struct MediaNames {
    /// The variant of the body, where there are several media types: `Json`.
    pub variant: VariantName,
    /// Those of a multipart body.
    pub multipart: Option<PartsNames>,
}

#[derive(Debug, Clone, PartialEq)]
struct TypeNames {
    read: TypeName,
    write: Option<TypeName>,
}

/// Names everything in `api`.
///
/// `pins` are the names given before. An override that names nothing or cannot hold is an error in `diags`.
pub fn name(api: &Api, facts: &Facts, overrides: &Overrides, pins: &Pins, diags: &mut Diagnostics) -> Names {
    let mut allocator = types::Allocator::new(api, facts, overrides, pins, diags);
    allocator.pinned();
    allocator.wanted();
    allocator.standing();
    allocator.components();
    let (groups, operations) = group::name(api, facts, overrides, pins, allocator.diags());
    allocator.inline(&operations, &groups);
    let webhook = allocator.webhook();
    let types = allocator.finish();
    let bracketed = constants::bracketed(facts, |id| &types[id.index()].read);
    let members: Vec<Vec<FieldName>> =
        api.types.iter().map(|definition| member::fields(&definition.shape)).collect();
    let patterns = api.types.iter().zip(&members);
    let patterns = patterns.map(|(definition, fields)| member::patterns(&definition.shape, fields)).collect();
    let variants = api.types.iter().map(|definition| member::variants(&definition.shape)).collect();
    let commands = command::names(api, operations.iter().map(|names| &names.method));
    let links = links(api, &groups, &operations);
    let users = users(api, facts, &operations);
    let group_commands = command::groups(&groups);
    Names {
        groups,
        operations,
        commands,
        group_commands,
        types,
        users,
        members,
        patterns,
        variants,
        webhook,
        servers: server::name(api),
        callbacks: callbacks(api),
        links,
        scopes: constants::scopes(api),
        xml: constants::xml(api),
        bracketed,
        foreign: foreign(api, diags),
        rules: constants::rules(api),
    }
}

/// The groups by which types are used, each set once.
#[derive(Debug, Clone, PartialEq)]
struct Users {
    sets: Vec<BTreeSet<usize>>,
    /// The set of each type.
    set_of: Vec<usize>,
}

/// None use a type that is there whatever operations are.
fn users(api: &Api, facts: &Facts, operations: &[OperationNames]) -> Users {
    let mut known = HashMap::new();
    let mut users = Users { sets: vec![BTreeSet::new()], set_of: vec![0; api.types.len()] };
    for id in api.type_ids().filter(|id| !facts.is_independent(*id)) {
        users.set_of[id.index()] = *known.entry(facts.circle(id)).or_insert_with(|| {
            let groups = facts.users(id).iter().map(|operation| operations[operation.index()].group);
            users.sets.push(groups.collect());
            users.sets.len() - 1
        });
    }
    users
}

/// Beside the methods of the group whose operation is answered: `create_then_get_user`.
fn links(api: &Api, groups: &[Group], operations: &[OperationNames]) -> Vec<MethodName> {
    let scope = |group: &Group| {
        let methods = group.operations.iter().map(|id| operations[id.index()].method.as_str());
        scope::Scope::new(&methods.chain(["new"]).collect::<Vec<_>>())
    };
    let mut scopes: Vec<scope::Scope> = groups.iter().map(scope).collect();
    let mut names = Vec::new();
    for link in &api.links {
        let from = &operations[link.from.index()];
        let (method, link_name) = (from.method.as_str(), case::snake(&link.name, "link"));
        let status = case::snake(&group::status_name(link.status), "status");
        let candidates =
            [format!("{method}_then_{link_name}"), format!("{method}_{status}_then_{link_name}")];
        let candidates = candidates.each_ref().map(|name| case::snake(name, "then"));
        names.push(MethodName::new(scopes[from.group].give(candidates.each_ref().map(String::as_str))));
    }
    names
}

/// The types that are not the client's. What is no path has stopped the driver before.
fn foreign(api: &Api, diags: &mut Diagnostics) -> Vec<RustPath> {
    let mut path = |known: &Foreign| {
        let parsed = RustPath::parse(&known.path);
        parsed.map_err(|reason| {
            diags.error(Code::InvalidName, &known.place).message(reason).help("nothing is generated");
        })
    };
    api.foreign.iter().filter_map(|known| path(known).ok()).collect()
}

/// In a module of their own.
fn callbacks(api: &Api) -> Vec<(TypeName, MethodName)> {
    let (mut types, mut functions) = (scope::Scope::new(reserved::TYPES), scope::Scope::default());
    let mut names = Vec::new();
    for callback in &api.callbacks {
        let read = format!("read {}", callback.name);
        names.push((
            TypeName::new(types.give([case::camel(&callback.name, "Callback").as_str()])),
            MethodName::new(functions.give([case::snake(&read, "read").as_str()])),
        ));
    }
    names
}

impl Names {
    /// The groups of operations, in the order of their first operations.
    pub fn groups(&self) -> &[Group] {
        &self.groups
    }

    /// The names of `id`.
    pub fn operation(&self, id: OperationId) -> &OperationNames {
        &self.operations[id.index()]
    }

    /// What `id` is called on a command line.
    pub fn command(&self, id: OperationId) -> &CommandNames {
        &self.commands[id.index()]
    }

    /// What the group at `position` is called on a command line.
    pub fn group_command(&self, position: usize) -> &str {
        &self.group_commands[position]
    }

    /// The type to read `id` as.
    pub fn read_type(&self, id: TypeId) -> &TypeName {
        &self.types[id.index()].read
    }

    /// The type to send `id` as; the same as [`Names::read_type`] where there is but one form.
    pub fn write_type(&self, id: TypeId) -> &TypeName {
        let names = &self.types[id.index()];
        names.write.as_ref().unwrap_or(&names.read)
    }

    /// The groups whose operations use `id`; none if it is there without any.
    pub fn users(&self, id: TypeId) -> &BTreeSet<usize> {
        &self.users.sets[self.users.set_of[id.index()]]
    }

    /// The fields of an object, in the order of its members; of an id, the constructors of its special values.
    pub fn fields(&self, id: TypeId) -> &[FieldName] {
        &self.members[id.index()]
    }

    /// The accessors of the members of an object whose names follow a pattern, in its order.
    pub fn patterns(&self, id: TypeId) -> &[FieldName] {
        &self.patterns[id.index()]
    }

    /// The union of what the API sends by itself, and its variants in the order of the model.
    pub fn webhook(&self) -> (&TypeName, &[VariantName]) {
        (&self.webhook.0, &self.webhook.1)
    }

    /// The type of each callback's body and what reads it, in the order of the model.
    pub fn callbacks(&self) -> &[(TypeName, MethodName)] {
        &self.callbacks
    }

    /// The methods of links, in the order of the model.
    pub fn links(&self) -> &[MethodName] {
        &self.links
    }

    /// The constants of the scopes, in the order of the model.
    pub fn scopes(&self) -> &[ConstantName] {
        &self.scopes
    }

    /// The static of each node in XML, in the order of the model.
    pub fn xml(&self) -> &[ConstantName] {
        &self.xml
    }

    /// The static of the fields of an object that stands in brackets.
    pub fn bracketed(&self, id: TypeId) -> Option<&ConstantName> {
        self.bracketed.get(&id)
    }

    /// The path of a type that is not the client's.
    pub fn foreign(&self, id: ForeignId) -> &RustPath {
        &self.foreign[id.index()]
    }

    /// The static of the rules of each schema that others refer to, in the order of the model.
    pub fn rules(&self) -> &[ConstantName] {
        &self.rules
    }

    /// The names of the servers and their variables.
    pub fn servers(&self) -> &ServerNames {
        &self.servers
    }

    /// The variants of an enumeration or a union, in its order.
    pub fn variants(&self, id: TypeId) -> &[VariantName] {
        &self.variants[id.index()]
    }

    /// What has to be remembered so that these names are given again.
    pub fn pins(&self, api: &Api, facts: &Facts) -> Pins {
        Pins::of(self, api, facts)
    }
}
