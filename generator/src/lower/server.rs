//! Servers: addresses that a client can use as they are.

use openapiv3::Server as Declared;

use crate::diag::{Code, Diagnostics};
use crate::model::Server;
use crate::source::Pointer;

/// The absolute addresses, their variables filled in with the defaults; none is worth a note.
pub(super) fn lower(servers: &[Declared], diags: &mut Diagnostics) -> Vec<Server> {
    let usable: Vec<Server> = servers
        .iter()
        .filter_map(|server| Some(Server { url: absolute(server)?, description: server.description.clone() }))
        .collect();
    if usable.is_empty() {
        diags
            .note(Code::NoServer, &Pointer::root().child("servers"))
            .message("the document has no server with an absolute address")
            .help("the user of the client sets one with `base_url`");
    }
    if usable.len() > 1 {
        diags
            .note(Code::NotGenerated, &Pointer::root().child("servers"))
            .message(format!("the client calls the first of {} servers unless told otherwise", usable.len()))
            .help("its user sets another with `base_url`");
    }
    usable
}

fn absolute(server: &Declared) -> Option<String> {
    let mut url = server.url.clone();
    for (name, variable) in server.variables.iter().flatten() {
        url = url.replace(&format!("{{{name}}}"), &variable.default);
    }
    let is_absolute = url.starts_with("https://") || url.starts_with("http://");
    let is_plain =
        !url.contains(['{', '}', '?', '#']) && !url.chars().any(|c| c.is_whitespace() || c.is_control());
    (is_absolute && is_plain).then(|| url.trim_end_matches('/').to_owned())
}
