//! The runtime as text: it is complete, and says of its dependencies what this crate's own manifest says.
#![allow(clippy::unwrap_used, reason = "a failed test panics")]

use std::collections::BTreeSet;
use std::path::Path;

use clientsmith_runtime::{DEPENDENCIES, FEATURES, FILES};

#[test]
fn every_file_of_the_folder_is_embedded() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("src/runtime");
    let on_disk = files(&folder, "");
    let embedded: BTreeSet<String> = FILES.iter().map(|(name, _)| (*name).to_owned()).collect();
    assert_eq!(embedded, on_disk);
}

/// The files of `folder` and of the folders in it, as `prefix` and their name.
fn files(folder: &Path, prefix: &str) -> BTreeSet<String> {
    let mut files = BTreeSet::new();
    for entry in folder.read_dir().unwrap() {
        let entry = entry.unwrap();
        let name = format!("{prefix}{}", entry.file_name().to_str().unwrap());
        if entry.file_type().unwrap().is_dir() {
            files.extend(self::files(&entry.path(), &format!("{name}/")));
        } else {
            files.insert(name);
        }
    }
    files
}

#[test]
fn dependencies_and_features_are_those_of_the_manifest() {
    let read = |path: &str| -> toml::Table {
        let path = Path::new(env!("CARGO_MANIFEST_DIR")).join(path);
        toml::from_str(&std::fs::read_to_string(path).unwrap()).unwrap()
    };
    let (own, workspace) = (read("Cargo.toml"), read("../Cargo.toml"));
    let mut text: toml::Table = toml::from_str(DEPENDENCIES).unwrap();
    let targets = text.remove("target").unwrap();
    assert_same(&text, own["dependencies"].as_table().unwrap(), &workspace);
    let own_targets = own["target"].as_table().unwrap();
    assert_eq!(names(targets.as_table().unwrap()), names(own_targets));
    for (target, known) in own_targets {
        let dependencies = |table: &toml::Value| table["dependencies"].as_table().unwrap().clone();
        assert_same(&dependencies(&targets[target]), &dependencies(known), &workspace);
    }
    let features: toml::Table = toml::from_str(FEATURES).unwrap();
    for (name, enables) in &features {
        let mut expected: Vec<_> = own["features"][name].as_array().unwrap().clone();
        expected.retain(|feature| feature.as_str() != Some("client"));
        assert_eq!(enables.as_array(), Some(&expected), "{name}");
    }
}

fn names(table: &toml::Table) -> BTreeSet<String> {
    table.keys().cloned().collect()
}

fn assert_same(text: &toml::Table, own: &toml::Table, workspace: &toml::Table) {
    assert_eq!(names(text), names(own));
    for (name, dependency) in text {
        let mut expected = own[name].clone();
        if expected.get("workspace").is_some() {
            expected = workspace["workspace"]["dependencies"][name].clone();
            if let Some(more) = own[name].get("features") {
                assert!(expected.get("features").is_none(), "{name}");
                expected.as_table_mut().unwrap().insert("features".to_owned(), more.clone());
            }
        }
        let part = |value: &toml::Value, key: &str| match value {
            toml::Value::String(version) if key == "version" => Some(toml::Value::from(version.clone())),
            other => other.get(key).cloned(),
        };
        for key in ["version", "default-features", "features"] {
            assert_eq!(part(dependency, key), part(&expected, key), "{name}.{key}");
        }
    }
}

/// But for the command line and the stand-in server, which are in no browser, and for what only speaks of it.
#[test]
fn one_file_knows_the_time_and_waits() {
    let words =
        ["Instant::now", "SystemTime", "Timestamp::now", "thread::sleep", "tokio::time", "RandomState"];
    let others = |name: &str| ["cli/", "mock/"].iter().all(|folder| !name.starts_with(folder));
    let knowing: Vec<&str> = FILES
        .iter()
        .filter(|(name, _)| others(name))
        .filter(|(_, text)| {
            let mut code = text.lines().filter(|line| !line.trim_start().starts_with("//"));
            code.any(|line| words.iter().any(|word| line.contains(word)))
        })
        .map(|(name, _)| *name)
        .collect();
    assert_eq!(knowing, ["browser.rs", "chance.rs", "time.rs"]);
}
