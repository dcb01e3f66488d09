//! What of the runtime a client needs: each folder of the runtime is a capability, and one that nothing uses is left out.

use std::collections::BTreeSet;

use super::{Layout, Plan, token};
use crate::model::{BodyKind, Content, DateTimeLibrary, MembersBy, Origin, Scalar, Shape, Special};

/// The folders of the runtime that the client of `plan` needs.
pub(super) fn needed(plan: &Plan<'_>) -> BTreeSet<&'static str> {
    let api = plan.api;
    let has_resources = api.types.iter().any(|known| matches!(known.origin, Origin::Resource { .. }));
    let kinds = || {
        let bodies = api.operations.iter().filter_map(|operation| operation.body.as_ref());
        bodies.flat_map(|body| &body.media).map(|media| &media.kind)
    };
    let reads = |wanted: fn(&Content) -> bool| {
        let responses = api.operations.iter().flat_map(|operation| &operation.responses);
        responses
            .filter(|known| known.status.is_success())
            .flat_map(|known| &known.contents)
            .any(|known| wanted(&known.content))
    };
    let reads_anywhere = |wanted: fn(&Content) -> bool| {
        let responses = api.operations.iter().flat_map(|operation| &operation.responses);
        responses.flat_map(|known| &known.contents).any(|known| wanted(&known.content))
    };
    let scalars = plan.facts.scalars();
    let special = |wanted| scalars.contains(&Scalar::Special(wanted));
    let dates = [Scalar::DateTime, Scalar::Date].iter().any(|date| scalars.contains(date));
    let library = api.libraries.date_time;
    let has_parts = reads(|content| matches!(content, Content::Parts(_) | Content::NamedParts(_)));
    let needs = [
        ("chrono", dates && library == DateTimeLibrary::Chrono),
        ("cli", plan.package.layout == Layout::Package),
        ("content", kinds().any(|kind| matches!(kind, BodyKind::Range))),
        ("dates", dates && matches!(library, DateTimeLibrary::Chrono | DateTimeLibrary::Time)),
        ("decimals", special(Special::DecimalText) || special(Special::DecimalNumber)),
        ("durations", special(Special::Duration)),
        ("events", reads(|content| matches!(content, Content::Events(_)))),
        ("headers", api.operations.iter().any(|operation| !operation.headers.is_empty())),
        ("json_api", has_resources),
        ("lines", kinds().any(|kind| matches!(kind, BodyKind::Lines(_)))),
        ("mock", plan.package.layout == Layout::Package),
        ("multipart", kinds().any(|kind| kind.multipart().is_some())),
        ("pairs", reads_anywhere(|content| matches!(content, Content::Form(_))) || has_parts),
        ("parts", has_parts),
        ("paging", api.operations.iter().any(|operation| operation.paging.is_some())),
        ("parameter", super::spec::is_needed(plan)),
        ("records", reads(|content| matches!(content, Content::Items(..)))),
        ("code", token::has_code(plan)),
        ("device", token::has_device(plan)),
        ("openid", token::has_provider(plan)),
        ("time", dates && library == DateTimeLibrary::Time),
        ("token", !token::sources(plan).is_empty()),
        ("tuples", has_tuples(plan)),
        ("uuids", special(Special::Uuid)),
        ("validate", super::rules::are_needed(plan)),
        ("xml", !api.xml.is_empty()),
        ("webhook", !api.webhooks.is_empty() && plan.words.webhooks.signature.is_some()),
    ];
    needs.into_iter().filter(|(_, needed)| *needed).map(|(name, _)| name).collect()
}

/// Whether something in the client is a list whose items have types of their own.
fn has_tuples(plan: &Plan<'_>) -> bool {
    let mut used =
        plan.api.type_ids().filter(|id| plan.facts.canonical(*id) == *id && plan.facts.is_used(*id));
    used.any(|id| {
        matches!(&plan.api.type_def(id).shape, Shape::Object(object) if object.by == MembersBy::Position)
    })
}

/// The files of the runtime, without those of capabilities that are not needed.
///
/// A module has no features of its own: what is checked behind one in a package is checked there if it was asked for.
pub(super) fn files(needed: &BTreeSet<&str>, layout: Layout) -> Vec<(&'static str, String)> {
    let mut left_out: Vec<String> = Vec::new();
    for (path, text) in clientsmith_runtime::FILES.iter().filter(|(path, _)| path.ends_with("/mod.rs")) {
        let folder = path.trim_end_matches("mod.rs");
        let modules = text.lines().filter_map(only).filter(|(_, capability)| !needed.contains(capability));
        left_out.extend(modules.map(|(module, _)| format!("{folder}{module}.rs")));
    }
    let is_needed = |path: &str| {
        let of_capability = path.split_once('/').is_none_or(|(capability, _)| needed.contains(capability));
        of_capability && left_out.iter().all(|known| known != path)
    };
    clientsmith_runtime::FILES
        .iter()
        .filter(|(path, _)| is_needed(path))
        .map(|(path, text)| {
            let is_list = path.ends_with("mod.rs");
            let text = if is_list { declarations(text, needed) } else { (*text).to_owned() };
            (*path, if layout == Layout::Module { text.replace(VALIDATE, "") } else { text })
        })
        .collect()
}

/// What stands before the module that checks.
const VALIDATE: &str = "#[cfg(feature = \"validate\")]\n";

/// The module and the capability of `mod stand_in; // only: mock`, which is in a folder with another capability.
fn only(line: &str) -> Option<(&str, &str)> {
    line.strip_prefix("pub ").unwrap_or(line).strip_prefix("mod ")?.split_once("; // only: ")
}

/// `mod.rs` without the declarations of what is not needed, and without the attribute before each.
fn declarations(text: &str, needed: &BTreeSet<&str>) -> String {
    let mut lines: Vec<String> = Vec::new();
    for line in text.lines() {
        if let Some((module, capability)) = only(line) {
            let visible = if line.starts_with("pub ") { "pub " } else { "" };
            lines.extend(needed.contains(capability).then(|| format!("{visible}mod {module};")));
            continue;
        }
        let declared = line
            .strip_prefix("pub mod ")
            .and_then(|rest| rest.strip_suffix(';'))
            .filter(|name| is_folder(name));
        if declared.is_none_or(|capability| needed.contains(capability)) {
            lines.push(line.to_owned());
        } else if lines.last().is_some_and(|before| before.starts_with("#[cfg(")) {
            lines.pop();
        }
    }
    lines.join("\n") + "\n"
}

/// Whether a module of the runtime is a folder, which makes it a capability.
fn is_folder(module: &str) -> bool {
    let within = |path: &str| path.strip_prefix(module).is_some_and(|rest| rest.starts_with('/'));
    clientsmith_runtime::FILES.iter().any(|(path, _)| within(path))
}

/// The lines of a manifest, without those that follow `# only: <capability>` for one, or several, of which none is needed.
pub(super) fn manifest_lines(text: &str, needed: &BTreeSet<&str>) -> String {
    let mut lines = Vec::new();
    let mut skip = false;
    for line in text.trim().lines() {
        if let Some(capabilities) = line.strip_prefix("# only: ") {
            skip = !capabilities.split(',').any(|capability| needed.contains(capability.trim()));
            continue;
        }
        if !std::mem::take(&mut skip) {
            lines.push(line);
        }
    }
    lines.join("\n")
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::{Layout, declarations, files, manifest_lines};

    #[test]
    fn what_nothing_needs_is_neither_declared_nor_there() {
        let text = "mod client;\npub mod json_api;\n#[cfg(feature = \"mock\")]\npub mod mock;\nmod tls;\n";
        assert_eq!(declarations(text, &BTreeSet::new()), "mod client;\nmod tls;\n");
        let needed = BTreeSet::from(["json_api"]);
        assert_eq!(declarations(text, &needed), "mod client;\npub mod json_api;\nmod tls;\n");
        let stands_in = |needed: &[&'static str]| {
            let files = files(&needed.iter().copied().collect(), Layout::Module);
            files.iter().any(|(path, _)| *path == "token/stand_in.rs")
        };
        assert!(stands_in(&["token", "mock"]) && !stands_in(&["token"]));
        let files = |layout| files(&needed, layout);
        assert!(
            files(Layout::Module)
                .iter()
                .all(|(path, _)| !path.contains('/') || path.starts_with("json_api/"))
        );
    }

    #[test]
    fn dependencies_of_what_is_not_needed_are_left_out() {
        let text = "a = 1\n# only: webhook\nb = 2\nc = 3";
        assert_eq!(manifest_lines(text, &BTreeSet::new()), "a = 1\nc = 3");
        assert_eq!(manifest_lines(text, &BTreeSet::from(["webhook"])), "a = 1\nb = 2\nc = 3");
    }
}
