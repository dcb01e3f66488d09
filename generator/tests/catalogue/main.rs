//! The catalogue of keywords is true: each keyword is put into a document and taken out of it, and what becomes of it has to be what its
//! row says; and the guide's page is made of it.
//!
//! `three.yaml` and `two.yaml` are the documents, `three.samples.yaml` and `two.samples.yaml` a value for each keyword: where it is put
//! (`at` of its object, or its own), and what has to be `beside` it, or elsewhere (`also`, by pointers), for it to mean anything;
//! `later` is a value for 3.1 and 3.2, where these spell it otherwise.

// What a test does outside of its function is a test too.
#![allow(clippy::unwrap_used, clippy::panic)]

mod outcome;

use std::path::Path;
use std::thread;

use clientsmith::catalogue::{Fate, Object, Row, VERSIONS, Versions, page};
use serde_json::Value;

use outcome::{Cache, Outcome};

/// A keyword with a value for it, in a version.
struct Case {
    version: &'static str,
    object: Object,
    row: &'static Row,
    base: Value,
    sample: Value,
}

#[test]
fn every_keyword_of_every_version_does_what_the_catalogue_says() {
    let cases: Vec<Case> = VERSIONS.iter().flat_map(|(version, _)| cases(version)).collect();
    assert!(cases.len() > 500, "there are only {} cases", cases.len());
    let cache = Cache::default();
    let threads = thread::available_parallelism().map_or(1, Into::into);
    let wrong = |cases: &[Case]| cases.iter().filter_map(|case| complaint(case, &cache)).collect::<Vec<_>>();
    let wrong: Vec<String> = thread::scope(|scope| {
        let parts = cases.chunks(cases.len().div_ceil(threads));
        let running: Vec<_> = parts.map(|part| scope.spawn(|| wrong(part))).collect();
        running.into_iter().flat_map(|thread| thread.join().unwrap()).collect()
    });
    assert!(wrong.is_empty(), "{} of {} rows are not true:\n{}", wrong.len(), cases.len(), wrong.join("\n"));
}

/// What is wrong about the row of a case.
fn complaint(case: &Case, cache: &Cache) -> Option<String> {
    let Case { version, object, row, base, sample } = case;
    let said = format!("{version} {object:?}.{}", row.keyword);
    let Some(at) = sample["at"].as_str() else { return Some(format!("{said} has no sample")) };
    let key = sample["as"].as_str().unwrap_or(row.keyword);
    let (mut with, mut without) = (base.clone(), base.clone());
    for (name, value) in sample["beside"].as_object().into_iter().flatten() {
        set(&mut with, at, name, value.clone());
        set(&mut without, at, name, value.clone());
    }
    for (place, value) in sample["also"].as_object().into_iter().flatten() {
        *slot(&mut with, place) = value.clone();
        *slot(&mut without, place) = value.clone();
    }
    set(&mut with, at, key, sample["value"].clone());
    if let Some(Value::Object(around)) = without.pointer_mut(at) {
        around.remove(key);
    }
    let (with, without) = (cache.outcome(&with), cache.outcome(&without));
    let Outcome { code, docs, diagnostics } = &*with;
    if code.is_none() {
        return Some(format!("{said}: the document with it is refused: {diagnostics:#?}"));
    }
    let changes = [*code != without.code, *docs != without.docs, *diagnostics != without.diagnostics];
    let is_true = match (row.fate, changes) {
        (Fate::Used, [code, _, _]) => code,
        (Fate::Documented, [code, docs, _]) => docs && !code,
        (Fate::Reported | Fate::PassedOver, [_, _, diagnostics]) => diagnostics,
    };
    let [code, docs, diagnostics] = changes;
    (!is_true).then(|| {
        format!("{said} is {}: code {code}, docs {docs}, diagnostics {diagnostics}", row.fate.name())
    })
}

/// Puts a member into the object at `at`.
fn set(document: &mut Value, at: &str, key: &str, value: Value) {
    slot(document, at)[key] = value;
}

/// The value at `at`, which is made if it is not there.
fn slot<'v>(document: &'v mut Value, at: &str) -> &'v mut Value {
    let mut place = document;
    for token in at.split('/').skip(1) {
        let token = token.replace("~1", "/").replace("~0", "~");
        if place.is_null() && token == "0" {
            *place = Value::Array(Vec::new());
        }
        place = match place {
            Value::Array(items) => {
                let index: usize = token.parse().unwrap();
                if index == items.len() {
                    items.push(Value::Null);
                }
                &mut items[index]
            }
            map => &mut map[token],
        };
    }
    place
}

/// Every row of a version with its sample.
fn cases(version: &'static str) -> Vec<Case> {
    let edition = if version == "2.0" { "two" } else { "three" };
    let mut base = read(&format!("{edition}.yaml"));
    if version != "2.0" {
        base["openapi"] = Value::String(format!("{version}.0"));
    }
    let samples = read(&format!("{edition}.samples.yaml"));
    let (_, own) = VERSIONS.iter().find(|(name, _)| *name == version).unwrap();
    let rows = Object::ALL.iter().flat_map(|object| object.rows().iter().map(move |row| (*object, row)));
    rows.filter(|(_, row)| row.versions.meet(*own))
        .map(|(object, row)| {
            let of = &samples[format!("{object:?}")];
            let mut sample = of[row.keyword].clone();
            if sample.is_object() && sample["at"].is_null() {
                sample["at"] = of["at"].clone();
            }
            if row.versions.meet(Versions::LATER) && own.meet(Versions::LATER) && !sample["later"].is_null() {
                sample["value"] = sample["later"].take();
            }
            Case { version, object, row, base: base.clone(), sample }
        })
        .collect()
}

fn read(name: &str) -> Value {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/catalogue").join(name);
    serde_yaml::from_str(&std::fs::read_to_string(path).unwrap())
        .unwrap_or_else(|error| panic!("{name}: {error}"))
}

#[test]
fn the_guides_page_is_the_catalogue() {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../docs/src/generator/keywords.md");
    let written = std::fs::read_to_string(&path).unwrap_or_default();
    assert_eq!(written, page(), "`clientsmith keywords > docs/src/generator/keywords.md` writes it");
}
