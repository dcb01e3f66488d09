//! The command line of a package: a description of every operation, and a function that makes the typed call.
//!
//! What an operation does not have to say for itself is the runtime's (`runtime/src/runtime/cli/`).

mod answer;
mod body;
mod kinds;
mod option;
mod parts;

use std::collections::BTreeSet;
use std::iter;

use proc_macro2::{Ident, TokenStream};
use quote::{format_ident, quote};

use super::{Plan, builder, doc, paging, parts as pieces, token};
use crate::model::{Body, Operation, OperationId, Presence};
use crate::name::{Group, OperationNames};

/// The program's file.
pub(super) fn program(plan: &Plan<'_>) -> TokenStream {
    let docs = format!(" The command line of {}.", doc::plain_line(&plan.api.info.title));
    let krate = format_ident!("{}", plan.package.name.replace('-', "_"));
    quote! {
        #![doc = #docs]
        use std::process::ExitCode;

        fn main() -> ExitCode { #krate::cli::main() }
    }
}

/// ```text
/// static PROGRAM: cli::Program = cli::Program { name: "kajabi", groups: &[&contacts::GROUP, …], … };
/// pub fn main() -> ExitCode { cli::main(&PROGRAM) }
/// ```
pub(super) fn items(plan: &Plan<'_>) -> TokenStream {
    let groups = plan.names.groups().iter().enumerate();
    let modules = groups.clone().map(|(at, group)| {
        let (cfg, module) = (plan.cfg(&BTreeSet::from([at])), &group.module);
        let place = super::module::place(module.as_str(), &format!("{module}.rs"));
        quote!(#cfg #place mod #module;)
    });
    let listed = groups.map(|(at, group)| {
        let (cfg, module) = (plan.cfg(&BTreeSet::from([at])), &group.module);
        quote!(#cfg &#module::GROUP)
    });
    let tokens = token::logins(plan);
    let package = plan.package;
    let (name, version) = (&package.name, &package.version);
    let fallback = || format!("The command line of {}", plan.api.info.title);
    let about = doc::plain_line(&package.description.clone().unwrap_or_else(fallback));
    let environment = name.to_uppercase().replace('-', "_");
    quote! {
        #![doc = " The command line of the API: the program of this package, with the feature `cli`."]
        #(#modules)*
        use std::process::ExitCode;
        use super::runtime::{Client, cli};

        static PROGRAM: cli::Program = cli::Program {
            name: #name,
            version: #version,
            about: #about,
            environment: #environment,
            groups: &[#(#listed),*],
            client: Client::builder,
            tokens: &[#(#tokens),*],
        };

        #[doc = " Does what the arguments of this process say; with `--help` it says what they can be."]
        pub fn main() -> ExitCode { cli::main(&PROGRAM) }
    }
}

/// ```text
/// pub(super) static GROUP: cli::Group = cli::Group { name: "contacts", commands: &[&COMMAND__LIST], … };
/// static COMMAND__LIST: cli::Command = cli::Command { name: "list", run: list, … };
/// fn list<'a>(client: &'a Client, given: &mut cli::Given) -> cli::Prepared<'a> { … }
/// ```
pub(super) fn group<'p>(plan: &'p Plan<'_>, at: usize) -> impl Iterator<Item = TokenStream> + 'p {
    let group = &plan.names.groups()[at];
    let commands = group.operations.iter().enumerate().flat_map(move |(at, id)| {
        let description = iter::once_with(move || command(plan, at, *id));
        description.chain(iter::once_with(move || function(plan, *id)))
    });
    iter::once(head(plan, group, at)).chain(commands)
}

fn head(plan: &Plan<'_>, group: &Group, at: usize) -> TokenStream {
    let name = plan.names.group_command(at);
    let tag = group.tag.as_deref().unwrap_or(group.module.as_str());
    let described = super::tag(plan, group);
    let said = described.into_iter().flat_map(|known| [&known.summary, &known.description]).flatten();
    let words = said.map(String::as_str).find(|text| !text.trim().is_empty()).unwrap_or(tag);
    let about = doc::plain_line(words.trim().lines().next().unwrap_or(tag));
    let commands = group.operations.iter().enumerate().map(|(at, id)| command_name(plan, at, *id));
    let docs = doc::own(&format!("The commands of the group {}.", doc::one_line(tag)));
    let allow = plan.allow_deprecated();
    quote! {
        #allow
        use super::super::runtime::{Call as _, Client, cli};
        #[allow(unused_imports)]
        use super::super::{runtime, types};

        #docs
        pub(super) static GROUP: cli::Group =
            cli::Group { name: #name, about: #about, commands: &[#(&#commands),*] };
    }
}

fn command_name(plan: &Plan<'_>, at: usize, id: OperationId) -> Ident {
    super::static_name("COMMAND", plan.names.operation(id).method.as_str(), at)
}

/// A variant of the runtime's `Needed`.
fn needed(is_needed: bool) -> Ident {
    format_ident!("{}", if is_needed { "Required" } else { "Optional" })
}

/// A variant of the runtime's `Repeats`.
fn repeats(is_list: bool) -> Ident {
    format_ident!("{}", if is_list { "Each" } else { "Never" })
}

fn command(plan: &Plan<'_>, at: usize, id: OperationId) -> TokenStream {
    let ident = command_name(plan, at, id);
    let (operation, names) = (plan.api.operation(id), plan.names.command(id));
    let (name, own_name, run) = (&names.method, &names.operation, &plan.names.operation(id).method);
    let route = format!("{} {}", operation.method.as_str(), doc::plain_line(&operation.path));
    let summary = operation.docs.summary.as_deref().map(doc::plain_line).unwrap_or_default();
    let description = operation.docs.description.as_deref().map(doc::plain).unwrap_or_default();
    let parameters = operation.parameters.iter().zip(&names.parameters);
    let parameters = parameters.map(|(parameter, option)| option::description(plan, parameter, option));
    let body = super::option(operation.body.as_ref().map(|known| body::description(plan, known)));
    let pages = super::option(paging::place(plan, operation).map(|place| quote!(#place)));
    quote! {
        static #ident: cli::Command = cli::Command {
            name: #name,
            operation: #own_name,
            route: #route,
            summary: #summary,
            description: #description,
            parameters: &[#(#parameters),*],
            body: #body,
            pages: #pages,
            run: #run,
        };
    }
}

/// ```text
/// fn list<'a>(client: &'a Client, given: &mut cli::Given) -> cli::Prepared<'a> {
///     let mut call = client.contacts().list();
///     if let Some(value) = given.optional::<i64>("page-size")? { call = call.page_size(value); }
///     given.prepare(call.request_mut())?;
///     Ok(cli::send(call.into_request(), super::super::contacts::List::decode, cli::json))
/// }
/// ```
fn function(plan: &Plan<'_>, id: OperationId) -> TokenStream {
    let (operation, names) = (plan.api.operation(id), plan.names.operation(id));
    let module = &plan.names.groups()[names.group].module;
    let method = &names.method;
    let options = &plan.names.command(id).parameters;
    let (taken, passed) = arguments(plan, operation, names, options);
    let setters = setters(plan, operation, names, options);
    let pages = answer::pages(plan, operation, names);
    let sending = answer::sending(plan, operation, names, module);
    let finish = is_in_parts(operation).then(|| quote!(pieces.finish()?;));
    quote! {
        fn #method<'a>(client: &'a Client, given: &mut cli::Given) -> cli::Prepared<'a> {
            #(#taken)*
            let mut call = client.#module().#method(#(#passed),*);
            #(#setters)*
            #finish
            given.prepare(call.request_mut())?;
            #pages
            Ok(#sending)
        }
    }
}

fn is_in_parts(operation: &Operation) -> bool {
    operation.body.as_ref().is_some_and(Body::is_in_parts)
}

/// The statements that take what the method has to be passed, and what is passed to it.
fn arguments(
    plan: &Plan<'_>,
    operation: &Operation,
    names: &OperationNames,
    options: &[String],
) -> (Vec<TokenStream>, Vec<TokenStream>) {
    let mut taken = Vec::new();
    let mut passed = Vec::new();
    let is_argument = |name: &crate::name::FieldName| {
        builder::arguments(operation, names).iter().any(|(_, known)| *known == name)
    };
    for ((parameter, name), option) in operation.parameters.iter().zip(&names.parameters).zip(options) {
        if is_argument(name) {
            let local = format_ident!("argument_{}", passed.len());
            let value = option::held(plan, parameter).taken(&quote!(required), option);
            taken.push(quote!(let #local = #value?;));
            passed.push(option::held(plan, parameter).passed(&quote!(#local)));
        } else if let (Some(constant), Presence::Required) = (&parameter.constant, parameter.presence) {
            taken.push(quote!(given.constant(#option, #constant)?;));
        }
    }
    if is_in_parts(operation) {
        taken.push(quote!(let mut pieces = given.pieces()?;));
        taken.extend(body::fixed(operation, options));
        for (part, _) in pieces::arguments(operation, names) {
            let local = format_ident!("argument_{}", passed.len());
            let (value, argument) = body::required_piece(plan, part, &local);
            taken.push(value);
            passed.push(argument);
        }
    } else if let Some(known) = operation.body.as_ref().filter(|body| body.presence == Presence::Required) {
        let (value, argument) = body::required(plan, known, names);
        taken.push(value);
        passed.push(argument);
    }
    (taken, passed)
}

/// The statements that pass on what need not be given.
fn setters(
    plan: &Plan<'_>,
    operation: &Operation,
    names: &OperationNames,
    options: &[String],
) -> Vec<TokenStream> {
    let mut setters = Vec::new();
    let parameters = operation.parameters.iter().zip(&names.parameters).zip(options);
    for ((parameter, name), option) in
        parameters.filter(|((known, _), _)| known.presence == Presence::Optional)
    {
        let held = option::held(plan, parameter);
        let (value, passed) = (held.taken(&quote!(optional), option), held.passed(&quote!(value)));
        setters.push(quote!(if let Some(value) = #value? { call = call.#name(#passed); }));
    }
    match &operation.body {
        Some(known) if is_in_parts(operation) => setters.extend(body::optional_pieces(plan, known, names)),
        Some(known) if known.presence != Presence::Required => {
            setters.push(body::optional(plan, known, names));
        }
        Some(_) | None => {}
    }
    setters
}
