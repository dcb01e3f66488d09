//! Which room may look into which, as the architecture says: each stage knows what comes before it and nothing after.

// What a test does outside of its function is a test too.
#![allow(clippy::unwrap_used, clippy::panic)]

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

/// Each room with the rooms it may use. What stands around the stages (`lib.rs`, `generator.rs`, the command line) may use all.
const ROOMS: &[(&str, &[&str])] = &[
    ("source", &["diag"]),
    ("diag", &["source"]),
    ("catalogue", &["source", "diag"]),
    ("join", &["source", "diag", "catalogue"]),
    ("overlay", &["source", "diag"]),
    ("schema", &["source", "diag", "catalogue"]),
    ("dialect", &["source", "diag", "catalogue", "schema"]),
    ("resolve", &["source", "diag", "schema", "dialect"]),
    ("model", &["source", "diag"]),
    ("words", &["source", "diag", "model"]),
    ("lower", &["source", "diag", "schema", "dialect", "resolve", "model", "words"]),
    ("analyze", &["model"]),
    ("name", &["source", "diag", "model", "analyze"]),
    ("write", &[]),
    ("emit", &["model", "analyze", "name", "words", "write"]),
    ("lock", &["name"]),
    ("select", &["source", "diag"]),
    ("types_config", &["model", "name"]),
    ("config", &["diag", "emit", "name", "select", "types_config"]),
    ("report", &["diag", "model", "analyze"]),
];

/// What only some rooms may use. Rooms are files or folders below `src`.
const RESERVED: &[(&[&str], &[&str])] = &[
    (&["quote::", "quote!", "syn::", "proc_macro2::"], &["name", "emit", "write"]),
    (&["heck::"], &["name"]),
    (&["regex::"], &["overlay", "words", "lower/pattern.rs"]),
    (&["regex_lite::"], &["lower/rule/mod.rs"]),
    (&["regex_syntax::"], &["lower/pattern.rs"]),
    (&["prettyplease::"], &["write"]),
    (&["granit_parser::", "serde_yaml::"], &["source", "cli"]),
    (&["openapiv3::"], &["dialect", "lower", "resolve", "cli"]),
    (&["std::fs", "fs::", "File::open"], &["source", "write", "cli"]),
    (&["println!(", "eprintln!(", "print!(", "eprint!(", "dbg!("], &["cli", "main.rs", "generator.rs"]),
    (&["std::env", "env::var", "SystemTime", "Instant::now"], &["cli", "main.rs", "generator.rs"]),
];

#[test]
fn every_room_uses_only_what_comes_before_it() {
    for (room, allowed) in ROOMS {
        for (place, code) in code_of(room) {
            for used in used_rooms(&code) {
                let is_room = ROOMS.iter().any(|(known, _)| *known == used);
                let is_allowed = used == *room || allowed.contains(&used.as_str()) || !is_room;
                assert!(is_allowed, "{place}: `{room}` may not use `{used}`");
            }
        }
    }
}

#[test]
fn every_folder_is_a_room() {
    let known: BTreeSet<&str> = ROOMS.iter().map(|(room, _)| *room).collect();
    for entry in fs::read_dir(source()).unwrap() {
        let path = entry.unwrap().path();
        let name = path.file_name().unwrap().to_string_lossy().into_owned();
        assert!(!path.is_dir() || name == "cli" || known.contains(name.as_str()), "`{name}` is in no layer");
    }
}

#[test]
fn what_is_reserved_stays_in_its_rooms() {
    for (words, rooms) in RESERVED {
        for (place, code) in code_of("") {
            let is_in = |room: &&str| place == *room || place.starts_with(&format!("{room}/"));
            let found = words.iter().find(|word| uses(&code, word)).filter(|_| !rooms.iter().any(is_in));
            assert!(found.is_none(), "{place}: `{}` is for {rooms:?}", found.unwrap());
        }
    }
}

#[test]
fn a_build_script_is_told_about_files_and_nothing_else_is_printed() {
    for (place, code) in code_of("generator.rs") {
        for line in code.lines().filter(|line| line.contains("print")) {
            assert!(line.contains("println!(\"cargo::rerun-if-changed="), "{place}: {}", line.trim());
        }
    }
}

fn source() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("src")
}

/// The files of a room with their code, without comments and unit tests.
fn code_of(room: &str) -> Vec<(String, String)> {
    let mut files = Vec::new();
    let module = source().join(format!("{room}.rs"));
    collect(if module.is_file() { module } else { source().join(room) }, &mut files);
    assert!(!files.is_empty(), "there is no room `{room}`");
    files.into_iter().map(|path| (place(&path), code(&path))).collect()
}

fn collect(path: PathBuf, files: &mut Vec<PathBuf>) {
    if path.is_dir() {
        let mut entries: Vec<PathBuf> =
            fs::read_dir(path).unwrap().map(|entry| entry.unwrap().path()).collect();
        entries.sort();
        for entry in entries {
            collect(entry, files);
        }
    } else {
        files.push(path);
    }
}

fn place(path: &Path) -> String {
    path.strip_prefix(source()).unwrap().to_string_lossy().replace('\\', "/")
}

fn code(path: &Path) -> String {
    let text = fs::read_to_string(path).unwrap();
    let code = text.split("#[cfg(test)]").next().unwrap_or_default();
    let lines = code.lines().map(|line| line.split("//").next().unwrap_or_default());
    lines.collect::<Vec<_>>().join("\n")
}

/// The rooms after `crate::`, also those in braces.
fn used_rooms(code: &str) -> Vec<String> {
    let mut rooms = Vec::new();
    for (at, _) in code.match_indices("crate::") {
        let rest = &code[at + "crate::".len()..];
        match rest.strip_prefix('{').and_then(|list| list.split_once("};")) {
            Some((list, _)) => rooms.extend(top_level(list)),
            None => rooms.push(word(rest)),
        }
    }
    rooms
}

fn top_level(list: &str) -> Vec<String> {
    let mut depth = 0;
    let mut items = vec![String::new()];
    for c in list.chars() {
        match c {
            '{' => depth += 1,
            '}' => depth -= 1,
            ',' if depth == 0 => items.push(String::new()),
            _ => items.last_mut().unwrap().push(c),
        }
    }
    items.iter().map(|item| word(item.trim())).collect()
}

fn word(text: &str) -> String {
    text.chars().take_while(|c| c.is_ascii_alphanumeric() || *c == '_').collect()
}

/// Whether the code has `word` where no other name ends in it, and outside of a string.
fn uses(code: &str, word: &str) -> bool {
    code.lines().any(|line| {
        line.match_indices(word).any(|(at, _)| {
            let before = &line[..at];
            let is_whole = !before.ends_with(|c: char| c.is_alphanumeric() || c == '_');
            is_whole && before.matches('"').count() % 2 == 0
        })
    })
}
