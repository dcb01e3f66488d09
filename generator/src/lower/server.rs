//! Servers: the addresses that are called, with their variables (OAS 3.0.4, Server Object, Server Variable Object).

use indexmap::IndexMap;
use openapiv3::{Server as Declared, ServerVariable as DeclaredVariable};

use super::Lowering;
use crate::diag::{Code, Diagnostics};
use crate::dialect::{Link, words};
use crate::model::{Operation, Server, ServerVariable};
use crate::source::Pointer;

impl Lowering<'_> {
    /// The servers of the document, those with an absolute address first; without one that has, that is worth a note.
    pub(super) fn servers(&mut self, operations: &[Operation]) -> Vec<Server> {
        let declared = &self.document.shell.servers;
        let place = Pointer::root().child("servers");
        let mut servers = if declared.is_empty() {
            // OAS 3.0.4, OpenAPI Object: without servers, there is one at `/`.
            Vec::from_iter(
                self.document.address.as_deref().map(|address| Server::at(&resolved("/", Some(address)))),
            )
        } else {
            self.own_servers(declared, &place)
        };
        servers.sort_by_key(|server| !server.is_absolute());
        let has_default = servers.first().is_some_and(Server::is_absolute);
        if !has_default
            && (operations.is_empty() || operations.iter().any(|operation| operation.servers.is_empty()))
        {
            self.diags
                .note(Code::NoServer, &place)
                .message("the document has no server with an absolute address")
                .help("the user of the client sets one with `base_url`, or the configuration says where the document is from (`document-url`)");
        }
        servers
    }

    /// The servers of an operation that are other than the document's: its own, else those of its path.
    pub(super) fn servers_of(
        &mut self,
        (own, own_place): (&[Declared], &Pointer),
        (shared, shared_place): (&[Declared], &Pointer),
    ) -> Vec<Server> {
        let (declared, place) = if own.is_empty() { (shared, shared_place) } else { (own, own_place) };
        self.own_servers(declared, &place.child("servers"))
    }

    /// The server that a link is followed at, if it has one.
    pub(super) fn link_server(&mut self, link: &Link) -> Option<Server> {
        let address = self.document.address.as_deref();
        lower(link.server.as_ref()?, &link.pointer.child("server"), address, self.diags)
    }

    fn own_servers(&mut self, declared: &[Declared], place: &Pointer) -> Vec<Server> {
        let address = self.document.address.as_deref();
        let servers = declared.iter().enumerate();
        servers.filter_map(|(at, server)| lower(server, &place.index(at), address, self.diags)).collect()
    }
}

impl Server {
    fn at(url: &str) -> Self {
        Self { name: None, url: url.to_owned(), description: None, variables: Vec::new() }
    }
}

/// One that nothing can be called at is left out.
fn lower(
    server: &Declared,
    place: &Pointer,
    address: Option<&str>,
    diags: &mut Diagnostics,
) -> Option<Server> {
    let url = resolved(&server.url, address).trim_end_matches('/').to_owned();
    let empty = IndexMap::new();
    let declared = server.variables.as_ref().unwrap_or(&empty);
    let with_defaults = declared
        .iter()
        .fold(url.clone(), |url, (name, variable)| url.replace(&format!("{{{name}}}"), &variable.default));
    if let Some(reason) = unusable(&with_defaults) {
        diags
            .warn(Code::UnusableServer, place)
            .message(format!("nothing can be called at `{}`: {reason}", server.url))
            .help("the client does not have this server; correct its address");
        return None;
    }
    let used = declared.iter().filter(|(name, _)| url.contains(&format!("{{{name}}}")));
    let variables = used.map(|(name, variable)| lower_variable(name, variable, place, diags)).collect();
    let name = server.extensions.get(words::SERVER_NAME).and_then(|name| name.as_str());
    let name = name.map(str::trim).filter(|name| !name.is_empty()).map(str::to_owned);
    Some(Server { name, url, description: server.description.clone(), variables })
}

fn lower_variable(
    name: &str,
    variable: &DeclaredVariable,
    place: &Pointer,
    diags: &mut Diagnostics,
) -> ServerVariable {
    let allowed = &variable.enumeration;
    if !allowed.is_empty() && !allowed.contains(&variable.default) {
        diags
            .warn(Code::UnusableServer, &place.child("variables").child(name))
            .message(format!("the default `{}` is not among the values of its `enum`", variable.default))
            .help("the client takes it for one of them");
    }
    ServerVariable {
        name: name.to_owned(),
        default: variable.default.clone(),
        allowed: allowed.clone(),
        description: variable.description.clone(),
    }
}

/// Why nothing can be called at an address, the variables of which have values.
fn unusable(url: &str) -> Option<&'static str> {
    if url.contains(['{', '}']) {
        return Some("it has a variable without a default");
    }
    if url.contains(['?', '#']) {
        return Some("it has a query or a fragment");
    }
    if url.chars().any(|c| c.is_whitespace() || c.is_control()) {
        return Some("it has a space or a control character");
    }
    let scheme = url.split_once("://").map(|(scheme, _)| scheme);
    match scheme {
        Some(scheme) if !scheme.contains('/') && !matches!(scheme, "http" | "https") => {
            Some("its scheme is neither `http` nor `https`")
        }
        Some(_) | None => None,
    }
}

fn is_absolute(url: &str) -> bool {
    url.contains("://") || url.starts_with('{')
}

/// `url` as seen from a document at `address` (RFC 3986, section 5.2); as it is, if it is absolute or nobody knows the address.
///
/// Done on the text, because a URL parser would not keep variables.
pub(super) fn resolved(url: &str, address: Option<&str>) -> String {
    let Some((scheme, rest)) =
        address.filter(|_| !is_absolute(url)).and_then(|address| address.split_once("://"))
    else {
        return url.to_owned();
    };
    if let Some(host) = url.strip_prefix("//") {
        return format!("{scheme}://{host}");
    }
    let rest = rest.split(['?', '#']).next().unwrap_or_default();
    let (host, path) = rest.split_once('/').unwrap_or((rest, ""));
    let folder = path.rsplit_once('/').map_or("", |(folder, _)| folder);
    let from_root = url.starts_with('/');
    let mut segments: Vec<&str> = Vec::new();
    for segment in folder.split('/').filter(|_| !from_root).chain(url.split('/')) {
        match segment {
            "" | "." => {}
            ".." => _ = segments.pop(),
            more => segments.push(more),
        }
    }
    let whole: Vec<&str> = [host].into_iter().chain(segments).collect();
    format!("{scheme}://{}", whole.join("/"))
}

#[cfg(test)]
mod tests {
    use super::resolved;

    #[test]
    fn a_relative_address_is_seen_from_the_document() {
        let address = Some("https://x.test/docs/v2/openapi.yaml?raw=1");
        let cases = [
            ("/api", "https://x.test/api"),
            ("api/{version}", "https://x.test/docs/v2/api/{version}"),
            ("./api", "https://x.test/docs/v2/api"),
            ("../api", "https://x.test/docs/api"),
            ("../../../api", "https://x.test/api"),
            ("", "https://x.test/docs/v2"),
            ("/", "https://x.test"),
            ("//y.test/api", "https://y.test/api"),
            ("http://y.test", "http://y.test"),
            ("{server}/v1", "{server}/v1"),
        ];
        for (url, expected) in cases {
            assert_eq!(resolved(url, address), expected);
        }
        assert_eq!(resolved("/api", Some("https://x.test")), "https://x.test/api");
        assert_eq!(resolved("/api", None), "/api");
    }
}
