//! Every document, overlay and configuration of the guide is read, and gives the code that the guide says it gives.

use std::fs;
use std::path::Path;

use clientsmith::diag::{Colour, Repeats, Severity, listing};
use clientsmith::name::Pins;
use clientsmith::source::{Parts, Source, Sources};
use clientsmith::{Config, Generation, generate};

use crate::chapters::{Block, Chapter, chapters, read};

/// What the last overlay of a chapter gave.
struct Given {
    sources: Sources,
    generation: Generation,
}

#[test]
fn every_overlay_gives_what_is_said_below_it() {
    let (mut overlays, mut excerpts, mut missing) = (0, 0, Vec::new());
    for chapter in chapters() {
        let mut given = None;
        for block in chapter.blocks() {
            match (block.language.as_str(), &given) {
                ("yaml", _) => {
                    given =
                        Some(if block.value("file").is_some() { joined(&chapter) } else { compiled(&block) });
                    overlays += 1;
                }
                ("rs", Some(given)) if block.is("rs", "generated") => {
                    missing.extend(not_generated(&block, given));
                    excerpts += 1;
                }
                ("text", Some(given)) if block.is("text", "diagnostics") => {
                    assert_eq!(block.text.trim_end(), shown(given).trim_end(), "{}", block.place);
                }
                _ => {}
            }
        }
    }
    assert!(missing.is_empty(), "nothing generated is\n{}", missing.join("\n"));
    assert!(overlays > 20 && excerpts > 20, "the guide has {overlays} overlays and {excerpts} excerpts");
}

#[test]
fn all_overlays_of_an_api_go_together() {
    for api in ["shop", "journal"] {
        let overlays: Vec<Source> = chapters()
            .iter()
            .flat_map(|chapter| {
                let blocks = chapter.blocks().into_iter();
                blocks.filter(|block| of(block) == Some(api) && block.value("error").is_none())
            })
            .map(|block| overlay(&block, &block.text))
            .collect();
        let sources = Sources { overlays, ..document(api).into() };
        let generation = generate(&sources, &Config::default(), &Pins::default()).unwrap();
        assert!(generation.files.is_some(), "{api}: {}", shown(&Given { sources, generation }));
    }
}

#[test]
fn the_overlay_of_the_readme_gives_what_it_says() {
    let text = fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join("README.md")).unwrap();
    let readme = Chapter { path: "README.md".to_owned(), text };
    let blocks: Vec<Block> = readme.blocks().into_iter().filter(|block| block.language == "yaml").collect();
    assert!(!blocks.is_empty(), "README.md shows no overlay");
    for given in blocks.iter().map(compiled) {
        let files = given.generation.files.unwrap();
        let has = |path: &str, code: &str| {
            files.iter().any(|file| file.path == path && file.contents.contains(code))
        };
        assert!(has("src/audit_log.rs", "pub fn list(") && has("src/audit_log.rs", "pub fn stream("));
        assert!(has("src/client.rs", "pub fn auth("));
    }
}

#[test]
fn every_configuration_is_one() {
    for block in chapters().iter().flat_map(Chapter::blocks).filter(|block| block.is("toml", "config")) {
        let config = Config::from_toml(&block.text, "clientsmith.toml", Path::new("spec"));
        assert!(config.is_ok(), "{}: {}", block.place, config.unwrap_err());
    }
}

/// The API that a block of YAML is about.
fn of(block: &Block) -> Option<&str> {
    ["actions", "always", "overlay"].iter().find_map(|key| block.value(key))
}

fn document(api: &str) -> Source {
    let name = format!("{api}.yaml");
    Source::from_text(name.clone(), read(&format!("src/generator/{name}")))
}

/// The overlay that a block is, or is the actions of.
fn overlay(block: &Block, text: &str) -> Source {
    let text = match block.value("overlay") {
        Some(_) => text.to_owned(),
        None => format!("overlay: 1.1.0\ninfo: {{title: Guide, version: 1.0.0}}\nactions:\n{text}"),
    };
    Source::from_text("overlay.yaml", text)
}

/// What a block of YAML gives, after the actions that the guide says always go before.
fn compiled(block: &Block) -> Given {
    let Some(api) = of(block) else { panic!("{}: say which API this is about", block.place) };
    let before = if block.value("actions").is_some() { always(api) } else { String::new() };
    let overlays = vec![overlay(block, &(before + &block.text))];
    let sources = Sources { overlays, ..document(api).into() };
    let generation = generate(&sources, &Config::default(), &Pins::default()).unwrap();
    let given = Given { sources, generation };
    let worst = given.generation.diagnostics.iter().max_by_key(|found| found.severity);
    let worst = worst.filter(|found| found.severity > Severity::Note).map(|found| found.code.name());
    assert_eq!(worst, block.value("error"), "{}:\n{}", block.place, shown(&given));
    given
}

/// What the files of a chapter give, the first of which is the document.
fn joined(chapter: &Chapter) -> Given {
    let blocks = chapter.blocks().into_iter();
    let file = |block: Block| Some(Source::from_text(block.value("file")?, block.text.clone()));
    let mut files = blocks.filter_map(file);
    let document = files.next().unwrap();
    let sources = Sources { parts: Parts::of(files), ..document.into() };
    let generation = generate(&sources, &Config::default(), &Pins::default()).unwrap();
    Given { sources, generation }
}

/// What every overlay of an API takes for granted.
fn always(api: &str) -> String {
    let blocks = chapters().into_iter().flat_map(|chapter| chapter.blocks());
    blocks.filter(|block| block.value("always") == Some(api)).map(|block| block.text).collect()
}

/// Warnings and errors as the program lists them.
fn shown(given: &Given) -> String {
    let mut list = given.generation.diagnostics.clone();
    list.retain(|found| found.severity > Severity::Note);
    listing(&list, &given.sources.all(), Colour::Never, Repeats::Grouped)
}

/// The lines of the block that are nowhere in the generated code, whose documentation, attributes and line breaks do not count.
fn not_generated(block: &Block, given: &Given) -> Vec<String> {
    let files = given.generation.files.as_deref().unwrap_or_default();
    let own = files.iter().filter(|file| file.path.starts_with("src/") && !file.path.contains("/runtime/"));
    let lines = own.flat_map(|file| file.contents.lines().map(str::trim));
    let code: Vec<&str> =
        lines.filter(|line| !["//", "#["].iter().any(|sign| line.starts_with(sign))).collect();
    let code = without_breaks(&code.concat());
    let missing = block.text.lines().filter(|line| !code.contains(&without_breaks(line)));
    missing.map(|line| format!("{}: {line}", block.place)).collect()
}

/// The same without white space, and without the commas that a line break brings along.
fn without_breaks(code: &str) -> String {
    let code: String = code.chars().filter(|sign| !sign.is_whitespace()).collect();
    [",)", ",}", ",>"].iter().fold(code, |code, ending| code.replace(ending, &ending[1..]))
}
