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

/// The files below a folder, as paths with `/`.
fn files(folder: &Path, prefix: &str) -> BTreeSet<String> {
    let mut found = BTreeSet::new();
    for entry in folder.read_dir().unwrap().map(Result::unwrap) {
        let name = format!("{prefix}{}", entry.file_name().into_string().unwrap());
        if entry.file_type().unwrap().is_dir() {
            found.extend(files(&entry.path(), &format!("{name}/")));
        } else {
            found.insert(name);
        }
    }
    found
}

#[test]
fn dependencies_and_features_are_those_of_the_manifest() {
    let read = |path: &str| -> toml::Table {
        let path = Path::new(env!("CARGO_MANIFEST_DIR")).join(path);
        toml::from_str(&std::fs::read_to_string(path).unwrap()).unwrap()
    };
    let (own, workspace) = (read("Cargo.toml"), read("../Cargo.toml"));
    let text: toml::Table = toml::from_str(DEPENDENCIES).unwrap();
    let names = |table: &toml::Table| table.keys().cloned().collect::<BTreeSet<_>>();
    assert_eq!(names(&text), names(own["dependencies"].as_table().unwrap()));
    for (name, dependency) in &text {
        let mut expected = own["dependencies"][name].clone();
        if expected.get("workspace").is_some() {
            expected = workspace["workspace"]["dependencies"][name].clone();
        }
        let part = |value: &toml::Value, key: &str| match value {
            toml::Value::String(version) if key == "version" => Some(toml::Value::from(version.clone())),
            other => other.get(key).cloned(),
        };
        for key in ["version", "default-features", "features"] {
            assert_eq!(part(dependency, key), part(&expected, key), "{name}.{key}");
        }
    }
    let features: toml::Table = toml::from_str(FEATURES).unwrap();
    for (name, enables) in &features {
        let mut expected: Vec<_> = own["features"][name].as_array().unwrap().clone();
        expected.retain(|feature| feature.as_str() != Some("client"));
        assert_eq!(enables.as_array(), Some(&expected), "{name}");
    }
}
