//! The names of commands and options, which are the document's own in kebab-case.
//!
//! They are no identifiers: `type` and `async` are names like others.

use std::collections::BTreeSet;

use super::case;
use super::group::Group;
use super::ident::MethodName;
use crate::model::{Api, Location, Operation, Parameter};

/// The names of one operation on a command line.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CommandNames {
    /// Below its group: `list`.
    pub method: String,
    /// Below `call`: the document's own name, `get-pet-by-id`.
    pub operation: String,
    /// The options of the parameters, in the order of the model.
    pub parameters: Vec<String>,
}

/// Options that every operation can have.
const RESERVED: &[&str] = &["help", "version", "body", "part", "part-header", "content-type", "accept"];

/// The names of all operations.
pub(super) fn names<'n>(api: &Api, methods: impl Iterator<Item = &'n MethodName>) -> Vec<CommandNames> {
    let mut taken = BTreeSet::new();
    let operations = api.operations.iter().zip(methods);
    operations
        .map(|(operation, method)| CommandNames {
            method: case::kebab(method.as_str(), "call"),
            operation: free(&mut taken, own_name(operation)),
            parameters: options(&operation.parameters),
        })
        .collect()
}

/// The subcommands of the groups; `call` is the command for operations by their own names.
pub(super) fn groups(groups: &[Group]) -> Vec<String> {
    let mut taken = BTreeSet::from(["call".to_owned()]);
    groups.iter().map(|group| free(&mut taken, case::kebab(group.module.as_str(), "group"))).collect()
}

/// `operationId`, or the method with the path.
fn own_name(operation: &Operation) -> String {
    let route = || format!("{} {}", operation.method.as_str().to_ascii_lowercase(), operation.path);
    case::kebab(&operation.operation_id.clone().unwrap_or_else(route), "operation")
}

/// The parameters by their names, those of one name with their location in front.
fn options(parameters: &[Parameter]) -> Vec<String> {
    let shorts: Vec<String> = parameters.iter().map(|parameter| case::kebab(&parameter.name, "")).collect();
    let is_alone = |name: &String| {
        let count = shorts.iter().filter(|short| *short == name).count();
        count == 1 && !name.is_empty() && !RESERVED.contains(&name.as_str())
    };
    let mut taken: BTreeSet<String> = shorts.iter().filter(|name| is_alone(name)).cloned().collect();
    let name = |(parameter, short): (&Parameter, &String)| {
        if is_alone(short) {
            return short.clone();
        }
        free(&mut taken, case::kebab(&format!("{} {short}", location(parameter.location)), ""))
    };
    parameters.iter().zip(&shorts).map(name).collect()
}

fn location(location: Location) -> &'static str {
    match location {
        Location::Path => "path",
        Location::Query | Location::WholeQuery => "query",
        Location::Header => "header",
        Location::Cookie => "cookie",
    }
}

/// `name`, or with the first number behind it that makes it free.
fn free(taken: &mut BTreeSet<String>, name: String) -> String {
    let numbered = (2..).map(|number| format!("{name}-{number}"));
    let free = [name.clone()].into_iter().chain(numbered).find(|name| !taken.contains(name)).unwrap_or(name);
    taken.insert(free.clone());
    free
}

#[cfg(test)]
mod tests {
    use super::case::kebab;

    #[test]
    fn names_are_split_where_case_changes_and_nowhere_else() {
        for (name, expected) in [
            ("FormData_basic", "form-data-basic"),
            ("getPetById", "get-pet-by-id"),
            ("HTTP2Server", "http2-server"),
            ("$filter", "filter"),
            ("Explode_array_3", "explode-array-3"),
            ("get /pets/{id}", "get-pets-id"),
            ("type", "type"),
        ] {
            assert_eq!(kebab(name, "fallback"), expected);
        }
        assert_eq!(kebab("$", "fallback"), "fallback");
    }
}
