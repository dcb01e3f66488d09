//! The book is whole: every chapter is in it, every program is compiled, every link leads somewhere.

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;

use crate::chapters::{Chapter, chapters, docs};

/// What a fence of the guide may say: `rust` is rustdoc's, and one without anything behind it is looked at here; the rest is compiled in
/// `generated.rs`.
const FENCES: [&str; 14] = [
    "rust",
    "rust,no_run",
    "rs,generated",
    "yaml,actions",
    "yaml,always",
    "yaml,overlay",
    "yaml,file",
    "yaml,actions,error",
    "yaml,overlay,error",
    "text,diagnostics",
    "toml,config",
    "toml",
    "sh",
    "console",
];

/// The subcommands of the program.
const SUBCOMMANDS: &[&str] = &[
    "generate", "check", "inspect", "overlay", "vendor", "corpus", "explain", "schema", "keywords", "words",
];

#[test]
fn every_file_is_in_the_summary() {
    let listed: BTreeSet<String> = chapters().into_iter().map(|chapter| chapter.path).collect();
    let mut found = BTreeSet::new();
    collect(&docs().join("src"), &mut found);
    found.remove("SUMMARY.md");
    assert_eq!(listed, found);
}

fn collect(folder: &Path, found: &mut BTreeSet<String>) {
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            collect(&path, found);
        } else if path.extension().is_some_and(|extension| extension == "md") {
            let below = path.strip_prefix(docs().join("src")).unwrap();
            found.insert(below.to_string_lossy().replace('\\', "/"));
        }
    }
}

#[test]
fn every_program_is_a_documentation_test() {
    let library = fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join("src/lib.rs")).unwrap();
    for chapter in chapters() {
        let has_programs = chapter.blocks().iter().any(|block| block.language == "rust");
        let is_compiled = library.contains(&format!("include_str!(\"../docs/src/{}\")", chapter.path));
        assert_eq!(has_programs, is_compiled, "docs/src/{} and src/lib.rs", chapter.path);
    }
}

#[test]
fn every_block_is_of_a_kind_that_something_checks() {
    for block in chapters().iter().flat_map(Chapter::blocks) {
        let attributes = block.attributes.iter().map(|known| known.split('=').next().unwrap_or_default());
        let fence: Vec<&str> = std::iter::once(block.language.as_str()).chain(attributes).collect();
        let fence = fence.join(",");
        assert!(FENCES.contains(&fence.as_str()), "{}: nothing checks `{fence}`", block.place);
    }
}

#[test]
fn commands_are_commands_of_the_program() {
    for block in chapters().iter().flat_map(Chapter::blocks).filter(|block| block.language == "sh") {
        for line in block.text.lines() {
            let words: Vec<&str> = line.split_whitespace().collect();
            let is_known = match words.as_slice() {
                ["clientsmith", subcommand, ..] => SUBCOMMANDS.contains(subcommand),
                ["cargo", "install" | "package", ..] => true,
                _ => false,
            };
            assert!(is_known, "{}: `{line}`", block.place);
        }
    }
}

/// What a block of commands has the client's own program do.
#[test]
fn commands_of_the_client_are_in_its_command_line() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("generated-client/src/cli");
    for block in chapters().iter().flat_map(Chapter::blocks).filter(|block| block.language == "console") {
        for line in block.text.lines().filter_map(|line| line.split("kajabi ").nth(1)) {
            let words: Vec<&str> = line.split_whitespace().collect();
            let operation = words.windows(2).find_map(|pair| {
                let group = folder.join(format!("{}.rs", pair[0].replace('-', "_")));
                Some(fs::read_to_string(group).ok()?.contains(&format!("name: \"{}\"", pair[1])))
            });
            let is_other = ["--help", "--completions", "call"].contains(&words[0]);
            assert!(is_other || operation == Some(true), "{}: `{line}`", block.place);
        }
    }
}

#[test]
fn features_of_the_client_are_in_its_manifest() {
    let manifest = Path::new(env!("CARGO_MANIFEST_DIR")).join("generated-client/Cargo.toml");
    let manifest = fs::read_to_string(manifest).unwrap();
    for block in chapters().iter().flat_map(Chapter::blocks).filter(|block| block.language == "toml") {
        for line in block.text.lines().filter_map(|line| line.strip_prefix("kajabi = {")) {
            let features = line.split('[').nth(1).and_then(|rest| rest.split(']').next()).unwrap_or_default();
            for feature in features.split('"').skip(1).step_by(2) {
                let is_there = manifest.contains(&format!("\n{feature} = ["));
                assert!(is_there, "{}: the client has no feature `{feature}`", block.place);
            }
        }
    }
}

#[test]
fn links_lead_to_files_and_headings() {
    for chapter in chapters() {
        let folder = Path::new(&chapter.path).parent().unwrap().to_owned();
        for link in links(&chapter.text) {
            if link.contains("://") {
                continue;
            }
            let (path, anchor) = link.split_once('#').unwrap_or((link, ""));
            let file = docs().join("src").join(&folder).join(path);
            let file = if path.is_empty() { docs().join("src").join(&chapter.path) } else { file };
            let text = fs::read_to_string(&file);
            let text =
                text.unwrap_or_else(|_| panic!("{} links to `{link}`, which is not there", chapter.path));
            let is_there = anchor.is_empty() || headings(&text).contains(anchor);
            assert!(is_there, "{} links to `{link}`, where there is no such heading", chapter.path);
        }
    }
}

/// What `](…)` leads to, outside of fenced blocks.
fn links(text: &str) -> Vec<&str> {
    let mut is_fenced = false;
    let prose = text.lines().filter(|line| {
        is_fenced ^= line.starts_with("```");
        !is_fenced
    });
    prose.flat_map(|line| line.split("](").skip(1).filter_map(|rest| rest.split(')').next())).collect()
}

/// The anchors of a chapter's headings, as mdBook makes them.
fn headings(text: &str) -> BTreeSet<String> {
    let titles = text.lines().filter(|line| line.starts_with('#'));
    let anchor = |title: &str| {
        let title = title.trim_start_matches('#').trim().to_lowercase();
        let kept = title.chars().filter(|sign| sign.is_alphanumeric() || ['-', '_', ' '].contains(sign));
        kept.map(|sign| if sign == ' ' { '-' } else { sign }).collect()
    };
    titles.map(anchor).collect()
}
