//! The names by which servers are chosen, and the setters of their variables.

use std::collections::HashSet;

use indexmap::IndexMap;

use super::case;
use super::ident::{ConstantName, MethodName};
use super::scope::Scope;
use crate::model::{Api, Server};

/// What a server has besides the constants of the known ones and the setters of their variables.
const TAKEN: &[&str] = &["clone", "clone_from", "fmt", "from", "into", "named", "of", "to_owned", "variable"];

/// The longest description that makes a name, in words.
const WORDS: usize = 4;

/// The names of all servers and their variables.
#[derive(Debug, Clone, PartialEq)]
pub struct ServerNames {
    /// What each server of the API is called at run time, and its constant.
    servers: Vec<(String, ConstantName)>,
    /// What each server of an operation is called at run time, by operation.
    own: Vec<Vec<String>>,
    variables: IndexMap<String, MethodName>,
}

pub(super) fn name(api: &Api) -> ServerNames {
    let mut scope = Scope::new(TAKEN);
    let variables = api.servers.iter().flat_map(|server| &server.variables);
    let names: Vec<&str> = variables.map(|variable| variable.name.as_str()).collect();
    let mut setters = IndexMap::new();
    for name in names {
        let given = || MethodName::new(scope.give([case::snake(name, "variable").as_str()]));
        setters.entry(name.to_owned()).or_insert_with(given);
    }
    let constant = |label: &String| {
        let text = case::snake(label, "server");
        // A script without capitals gives what is no name of a constant, but a name.
        ConstantName::new(scope.give([text.as_str()]).to_uppercase())
    };
    let labelled = labels(&api.servers);
    let constants: Vec<ConstantName> = labelled.iter().map(constant).collect();
    ServerNames {
        servers: labelled.into_iter().zip(constants).collect(),
        own: api.operations.iter().map(|operation| labels(&operation.servers)).collect(),
        variables: setters,
    }
}

/// What each is chosen by: what the document calls it, else its description if that is short, else its address.
fn labels(servers: &[Server]) -> Vec<String> {
    let mut taken = HashSet::new();
    let mut labels = Vec::new();
    for server in servers {
        let label = label(server);
        let numbered = (2..).map(|number| format!("{label}-{number}"));
        let free = std::iter::once(label.clone()).chain(numbered).find(|label| taken.insert(label.clone()));
        labels.extend(free);
    }
    labels
}

fn label(server: &Server) -> String {
    if let Some(name) = &server.name {
        return name.clone();
    }
    let described = server.description.as_deref().map(str::trim).filter(|text| !text.contains('\n'));
    let short = described.filter(|text| (1..=WORDS).contains(&text.split_whitespace().count()));
    let text =
        short.unwrap_or_else(|| server.url.split_once("://").map_or(server.url.as_str(), |(_, rest)| rest));
    let label = case::snake(text, "server").replace('_', "-");
    label.trim_matches('-').to_owned()
}

impl ServerNames {
    /// What each server of the API is called at run time, and its constant.
    pub fn servers(&self) -> &[(String, ConstantName)] {
        &self.servers
    }

    /// What each server of the operation at `position` is called at run time.
    pub fn own(&self, position: usize) -> &[String] {
        &self.own[position]
    }

    /// The setter of each variable of the API's servers, by its name.
    pub fn variables(&self) -> &IndexMap<String, MethodName> {
        &self.variables
    }
}
