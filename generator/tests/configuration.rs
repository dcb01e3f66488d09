//! The configuration: which operations it selects, and that its keys are those that its schema and the guide have.

// What a test does outside of its function is a test too.
#![allow(clippy::unwrap_used, clippy::panic)]

use std::path::Path;

use clientsmith::diag::Code;
use clientsmith::name::Pins;
use clientsmith::source::Source;
use clientsmith::{Config, Generation, generate};
use serde_json::Value;

const SHOP: &str = "
openapi: 3.0.3
info: {title: Shop, version: 1.0.0}
paths:
  /goods: {get: {tags: [goods], operationId: listGoods, responses: {'200': {$ref: '#/components/responses/Goods'}}}}
  /goods/{id}:
    delete:
      tags: [goods, admin]
      parameters: [{name: id, in: path, required: true, schema: {type: string}}]
      responses: {'204': {description: ''}}
  /orders: {get: {tags: [orders], operationId: listOrders, deprecated: true, responses: {'200': {$ref: '#/components/responses/Orders'}}}}
components:
  responses:
    Goods: {description: '', content: {application/json: {schema: {$ref: '#/components/schemas/Goods'}}}}
    Orders: {description: '', content: {application/json: {schema: {$ref: '#/components/schemas/Orders'}}}}
  schemas:
    Goods: {type: object, properties: {name: {type: string}, maker: {$ref: '#/components/schemas/Maker'}}}
    Maker: {type: object, properties: {name: {type: string}}}
    Orders: {type: object, properties: {count: {type: integer}}}
    Unused: {type: object, properties: {a: {type: string}}}
";

fn config(text: &str) -> Result<Config, String> {
    Config::from_toml(text, "clientsmith.toml", Path::new("")).map_err(|error| error.to_string())
}

fn generated(select: &str) -> Generation {
    let source = Source::from_text("shop.yaml", SHOP);
    generate(&source, &config(select).unwrap(), &Pins::default()).unwrap()
}

/// Checks which operations and which types there are.
fn check(select: &str, operations: &[&str], types: &[&str]) {
    let generation = generated(select);
    let files = generation.files.unwrap_or_else(|| panic!("{select}: {:?}", generation.diagnostics));
    let text = |part: &str| -> String {
        files.iter().filter(|file| file.path.contains(part)).map(|file| file.contents.as_str()).collect()
    };
    let (groups, definitions) = (text("src/"), text("src/types/"));
    for known in ["list_goods", "delete", "list_orders"] {
        let is_there = groups.contains(&format!("pub fn {known}("));
        assert_eq!(is_there, operations.contains(&known), "{select}: {known}");
    }
    for known in ["Goods", "Maker", "Orders", "Unused"] {
        let is_there = definitions.contains(&format!("pub struct {known} "));
        assert_eq!(is_there, types.contains(&known), "{select}: {known}");
    }
    let note = generation.diagnostics.iter().any(|found| found.code == Code::NotSelected);
    assert_eq!(note, operations.len() < 3, "{select}");
}

#[test]
fn a_client_has_the_operations_that_are_selected_and_the_types_they_need() {
    let all = ["list_goods", "delete", "list_orders"];
    check("", &all, &["Goods", "Maker", "Orders", "Unused"]);
    check("[select]\ntags = ['goods']", &all[..2], &["Goods", "Maker"]);
    check("[select]\noperations = ['listGoods', 'DELETE *']", &all[..2], &["Goods", "Maker"]);
    check("[select]\npaths = ['/orders']", &all[2..], &["Orders"]);
    check(
        "[select]\ntags = ['goods']\npaths = ['/orders']\nexcept = { tags = ['admin'] }",
        &["list_goods", "list_orders"],
        &["Goods", "Maker", "Orders"],
    );
    check("[select]\ndeprecated = false", &all[..2], &["Goods", "Maker"]);
}

#[test]
fn modules_are_made_by_tag_or_by_path() {
    let modules = |text: &str| {
        let files = generated(text).files.unwrap();
        let names = files.iter().filter_map(|file| file.path.strip_prefix("src/cli/")?.strip_suffix(".rs"));
        names.filter(|name| *name != "mod").map(str::to_owned).collect::<Vec<_>>()
    };
    let shop = SHOP.replace("/orders:", "/v2/sales/orders:");
    let source = Source::from_text("shop.yaml", shop);
    let by_path = config("[modules]\nby = 'path'").unwrap();
    let by_path = generate(&source, &by_path, &Pins::default()).unwrap().files.unwrap();
    assert_eq!(modules(""), modules("[modules]\nby = 'tag'"));
    assert_eq!(modules(""), ["goods", "orders"]);
    let paths: Vec<&str> = by_path.iter().map(|file| file.path.as_str()).collect();
    assert!(paths.contains(&"src/sales.rs") && !paths.contains(&"src/orders.rs"), "{paths:?}");
    let error = config("\n[modules]\nby = 'tags'").unwrap_err();
    assert!(error.contains("line 3") && error.contains("`tag` or `path`"), "{error}");
}

#[test]
fn what_is_not_selected_is_not_spoken_of_whatever_the_version() {
    let operation = "typo: a, responses: {'204': {description: ''}}";
    for version in ["swagger: '2.0'", "openapi: 3.1.0"] {
        let text = format!(
            "{{{version}, info: {{title: Shop, version: 1.0.0}}, paths: {{/a: {{get: {{{operation}}}}}, /b: {{get: {{{operation}}}}}}}}}"
        );
        let source = Source::from_text("shop.yaml", text);
        let config = config("[select]\npaths = ['/b']").unwrap();
        let found = generate(&source, &config, &Pins::default()).unwrap().diagnostics;
        let unknown = found.iter().filter(|found| found.code == Code::UnknownMember);
        let places: Vec<String> = unknown.map(|found| found.pointer.to_string()).collect();
        assert_eq!(places, ["#/paths/~1b/get/typo"], "{version}: {found:#?}");
    }
}

#[test]
fn what_selects_nothing_is_a_mistake() {
    let generation = generated("[select]\ntags = ['goods', 'god']\nexcept = { paths = ['/x/*'] }");
    assert!(generation.files.is_none());
    let messages: Vec<&str> = generation.diagnostics.iter().map(|found| found.message.as_str()).collect();
    assert_eq!(
        messages[..2],
        [
            "the configuration selects by the tag `god`, and no operation has it",
            "the configuration selects by the path `/x/*`, and no operation has it"
        ]
    );
}

#[test]
fn a_library_that_is_not_known_is_an_error_with_its_line() {
    let error = config("[types]\nuuid = 'text'\ndate-time = 'moment'").unwrap_err();
    let expected = "expected one of `jiff`, `chrono`, `time`, `text`";
    assert!(error.contains("line 3") && error.contains("`moment`") && error.contains(expected), "{error}");
}

#[test]
fn types_of_listed_crates_stand_for_schemas() {
    let types =
        "[types]\nreplace = { Maker = 'money::Maker<u64>' }\n[types.crates]\nmoney = '1'\nunused-one = '2'";
    let files = generated(types).files.unwrap();
    let text = |path: &str| files.iter().find(|file| file.path.ends_with(path)).unwrap().contents.as_str();
    assert!(text("types/goods.rs").contains("pub type Maker = ::money::Maker<u64>;"));
    let manifest = text("Cargo.toml");
    assert!(manifest.contains("\nmoney = \"1\"\n") && !manifest.contains("unused-one"), "{manifest}");
}

#[test]
fn a_type_that_cannot_be_had_is_a_mistake() {
    for (types, expected) in [
        ("replace = { Maker = 'money::Maker' }", "does not list: `money`"),
        ("replace = { Maker = 'Vec<money::Maker>' }", "does not list: `money`"),
        ("\nreplace = { Maker = '{ evil() }' }", "line 3"),
        ("crates = { \"a\\n[lib]\" = '1' }", "is no dependency as Cargo writes it"),
        ("crates = { money = 1 }", "is no dependency as Cargo writes it"),
    ] {
        let error = config(&format!("[types]\n{types}")).unwrap_err();
        assert!(error.contains(expected), "{types}: {error}");
    }
    for (types, expected) in [
        ("replace = { Makers = 'u64' }", "the configuration replaces the type of `Makers`"),
        ("replace = { Maker = 'crate::Maker' }", "`crate::Maker` is of the crate that the client is in"),
    ] {
        let generation = generated(&format!("[types]\n{types}"));
        let messages: Vec<&str> = generation.diagnostics.iter().map(|found| found.message.as_str()).collect();
        assert!(generation.files.is_none() && messages[0].contains(expected), "{messages:?}");
    }
}

#[test]
fn a_document_alone_does_not_choose_what_a_client_depends_on() {
    let text =
        SHOP.replace("Maker: {type: object,", "Maker: {x-rust-type: {path: 'money::Maker'}, type: object,");
    let source = Source::from_text("shop.yaml", text);
    let of = |types: &str| generate(&source, &config(types).unwrap(), &Pins::default()).unwrap();
    let uses = |generation: &Generation| {
        generation.files.iter().flatten().any(|file| file.contents.contains("= ::money::Maker;"))
    };
    let alone = of("");
    assert!(!uses(&alone) && alone.diagnostics.iter().any(|found| found.code == Code::WordWithoutEffect));
    assert!(uses(&of("[types]\ncrates = { money = '1' }")));
}

/// The keys of the table at `path`, as the error about a key that is not one lists them.
fn keys(path: &str) -> Vec<String> {
    let header = if path.is_empty() { String::new() } else { format!("[{path}]\n") };
    let error = config(&format!("{header}no-such-key = 1")).unwrap_err();
    let list = error.split_once("expected one of ").or(error.split_once("expected ")).unwrap().1;
    let mut keys: Vec<String> =
        list.lines().next().unwrap().split('`').skip(1).step_by(2).map(str::to_owned).collect();
    keys.sort();
    keys
}

/// Checks a table of the schema, and calls itself for those in it.
fn check_table(schema: &Value, path: &str, guide: &str) {
    let properties = schema["properties"].as_object().unwrap();
    let mut names: Vec<&String> = properties.keys().collect();
    names.sort();
    assert_eq!(names.into_iter().cloned().collect::<Vec<_>>(), keys(path), "[{path}]");
    for (name, property) in properties {
        let inner = if path.is_empty() { name.clone() } else { format!("{path}.{name}") };
        assert!(
            guide.contains(&format!("`{name}`")) || guide.contains(&format!("`{inner}`")),
            "the guide has no `{inner}`"
        );
        if property["properties"].is_object() {
            check_table(property, &inner, guide);
            continue;
        }
        let example: toml::Value = serde_json::from_value(property["examples"][0].clone()).unwrap();
        let table = inner
            .rsplit('.')
            .fold(example, |value, key| toml::Table::from_iter([(key.to_owned(), value)]).into());
        config(&toml::to_string(&table).unwrap()).unwrap_or_else(|error| panic!("{error}"));
    }
}

#[test]
fn the_schema_and_the_guide_have_the_keys_that_are_read() {
    let schema: Value = serde_json::from_str(clientsmith::config::SCHEMA).unwrap();
    let guide = Path::new(env!("CARGO_MANIFEST_DIR")).join("../docs/src/generator/configuration.md");
    check_table(&schema, "", &std::fs::read_to_string(guide).unwrap());
}
