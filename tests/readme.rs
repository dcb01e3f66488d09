//! What the README says is so: excerpts are excerpts, commands and packages exist, links lead somewhere.
//!
//! Its Rust programs are documentation tests of this package, see the end of `src/lib.rs`.

use std::fs;
use std::path::{Path, PathBuf};

/// The packages and programs that a command of the documents may name.
const PACKAGES: [&str; 5] =
    ["clientsmith", "clientsmith-runtime", "embedded-kajabi", "kajabi", "cargo-insta"];
/// The subcommands of the program.
const SUBCOMMANDS: [&str; 8] =
    ["generate", "check", "inspect", "overlay", "dump", "explain", "keywords", "words"];
const DOCUMENTS: [&str; 7] = [
    "README.md",
    "ARCHITECTURE.md",
    "docs/src/SUMMARY.md",
    "CONTRIBUTING.md",
    "CHANGELOG.md",
    "generator/README.md",
    "runtime/README.md",
];

/// A fenced block: what stands behind its fence, its text, and the nearest line of text before it.
struct Block {
    info: String,
    text: String,
    before: String,
}

fn root() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR"))
}

fn read(path: &str) -> String {
    fs::read_to_string(root().join(path))
        .unwrap_or_else(|error| panic!("{path}: {error}"))
        .replace("\r\n", "\n")
}

fn blocks(markdown: &str) -> Vec<Block> {
    let mut blocks = Vec::new();
    let mut before = String::new();
    let mut lines = markdown.lines();
    while let Some(line) = lines.next() {
        if let Some(info) = line.strip_prefix("```") {
            let text: Vec<&str> = lines.by_ref().take_while(|line| !line.starts_with("```")).collect();
            blocks.push(Block { info: info.to_owned(), text: text.join("\n"), before: before.clone() });
        } else if !line.trim().is_empty() {
            line.clone_into(&mut before);
        }
    }
    blocks
}

/// `<!-- excerpt: path -->`.
fn excerpt_of(block: &Block) -> Option<&str> {
    block.before.strip_prefix("<!-- excerpt: ")?.strip_suffix(" -->")
}

#[test]
fn excerpts_occur_in_the_files_they_name() {
    let mut seen = 0;
    for block in blocks(&read("README.md")) {
        let Some(path) = excerpt_of(&block) else { continue };
        seen += 1;
        assert!(
            read(path).contains(&block.text),
            "README.md shows this as an excerpt of {path}, where it does not occur:\n{}",
            block.text
        );
    }
    assert!(seen > 0, "README.md has no excerpt of generated code");
}

#[test]
fn every_rust_block_is_compiled_or_an_excerpt() {
    // rustdoc compiles what is fenced as `rust`, and leaves `rs` alone.
    for block in blocks(&read("README.md")).iter().filter(|block| block.info.starts_with('r')) {
        let expected = if excerpt_of(block).is_some() { "rs" } else { "rust,no_run" };
        assert_eq!(block.info, expected, "README.md: {}", block.text);
    }
    assert!(
        read("src/lib.rs").contains("include_str!(\"../README.md\")"),
        "src/lib.rs no longer compiles the README's programs"
    );
}

#[test]
fn commands_name_what_exists() {
    for document in DOCUMENTS {
        for block in blocks(&read(document)).iter().filter(|block| block.info == "sh") {
            for line in block.text.lines() {
                check_command(document, line.split(" #").next().unwrap_or_default().trim());
            }
        }
    }
}

fn check_command(document: &str, command: &str) {
    let words: Vec<&str> = command.split_whitespace().skip_while(|word| word.contains('=')).collect();
    match words.first().copied() {
        None => {}
        Some("clientsmith") => check_subcommand(document, command, words.get(1)),
        Some("cargo") => {
            for pair in words.windows(2).filter(|pair| pair[0] == "-p") {
                assert!(
                    PACKAGES.contains(&pair[1]),
                    "{document}: `{command}` names no package of this workspace"
                );
            }
            if words.get(1) == Some(&"run") {
                let at = words.iter().position(|word| *word == "--").unwrap_or(words.len());
                check_subcommand(document, command, words.get(at + 1));
            }
        }
        Some(path) => {
            assert!(root().join(path).is_file(), "{document}: `{command}` runs nothing of this repository");
        }
    }
}

fn check_subcommand(document: &str, command: &str, subcommand: Option<&&str>) {
    let known = subcommand.is_some_and(|subcommand| SUBCOMMANDS.contains(subcommand));
    assert!(known, "{document}: `{command}` is no command of clientsmith");
}

#[test]
fn the_two_commands_are_the_ones_that_ci_runs() {
    let commands = ["cargo run -p clientsmith -- generate", "cargo test --workspace"];
    let ci = read(".ci/run");
    let readme = read("README.md");
    for command in commands {
        assert!(
            readme.lines().any(|line| line == command),
            "README.md does not give the command `{command}`"
        );
        assert!(ci.contains(command), ".ci/run does not run `{command}`");
    }
}

#[test]
fn relative_links_lead_to_files() {
    for document in DOCUMENTS {
        let text = read(document);
        let folder = Path::new(document).parent().unwrap_or(Path::new(""));
        for link in text.split("](").skip(1).filter_map(|rest| rest.split(')').next()) {
            let path = link.split('#').next().unwrap_or_default();
            if !path.is_empty() && !path.contains("://") {
                assert!(
                    root().join(folder).join(path).exists(),
                    "{document} links to `{link}`, which does not exist"
                );
            }
        }
    }
}

#[test]
fn tests_and_rooms_that_the_architecture_names_exist() {
    let text = read("ARCHITECTURE.md");
    let is_path = |word: &&str| {
        ["generator/", "runtime/", "tests/", "docs/"].iter().any(|folder| word.starts_with(folder))
            && !word.contains(['*', ' ', '<', ':'])
    };
    for path in text.split('`').skip(1).step_by(2).filter(is_path) {
        assert!(root().join(path).exists(), "ARCHITECTURE.md names `{path}`, which does not exist");
    }
}

#[test]
fn the_versions_of_rust_are_those_of_the_manifests() {
    let readme = read("README.md");
    let version = |path: &str| {
        let manifest = read(path);
        let line = manifest.lines().find(|line| line.starts_with("rust-version = "));
        line.and_then(|line| line.split('"').nth(1)).unwrap_or_default().to_owned()
    };
    let (tool, client) = (version("Cargo.toml"), version("generated-client/Cargo.toml"));
    assert!(
        readme.contains(&format!("Rust {tool}")),
        "README.md does not name Rust {tool}, which the compiler needs"
    );
    assert!(
        readme.contains(&format!("needs Rust {client}")),
        "README.md does not name Rust {client}, which a client needs"
    );
}

#[test]
fn the_manifest_for_embedding_names_what_the_runtime_needs() {
    let readme = read("README.md");
    let dependencies = read("runtime/src/dependencies.toml");
    // What a part of the runtime needs that not every client has stands below the part's name.
    let mut is_of_a_part = false;
    for line in dependencies.lines() {
        if line.contains(" = ") && !is_of_a_part {
            assert!(readme.contains(line), "README.md lacks the dependency `{line}` of an embedded client");
        }
        is_of_a_part = line.starts_with("# only: ");
    }
}
