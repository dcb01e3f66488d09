//! What schemas and other objects of other files are called in the one document.

use crate::source::Pointer;

/// Steps that lead to objects and do not name them.
const CONTAINERS: [&str; 12] = [
    "components",
    "schemas",
    "definitions",
    "$defs",
    "parameters",
    "responses",
    "requestBodies",
    "headers",
    "callbacks",
    "securitySchemes",
    "securityDefinitions",
    "schema",
];
/// Steps after which an object is part of another, so that its own name says too little.
const PARTS: [&str; 8] = [
    "properties",
    "patternProperties",
    "items",
    "additionalProperties",
    "allOf",
    "oneOf",
    "anyOf",
    "content",
];

/// Names for what `pointer` points to in the file at `address`, the best first; after them come numbers.
///
/// That is the way to it without the steps that only lead there, or the file's name if it is the whole file.
pub(super) fn names(address: &str, pointer: &Pointer) -> Vec<String> {
    let tokens: Vec<String> = pointer.tokens().map(std::borrow::Cow::into_owned).collect();
    let is_part = tokens.iter().any(|token| PARTS.contains(&token.as_str()));
    let own: Vec<&str> = tokens
        .iter()
        .map(String::as_str)
        .filter(|token| !CONTAINERS.contains(token) && !PARTS.contains(token))
        .filter(|token| !token.is_empty() && !token.starts_with("x-"))
        .collect();
    let mut around = steps(address);
    let mut name = own.join("_");
    if name.is_empty() || is_part {
        name = joined(around.pop(), &name);
    }
    let mut names = vec![name.clone()];
    while let Some(step) = around.pop() {
        name = joined(Some(step), &name);
        names.push(name.clone());
    }
    names
}

fn joined(first: Option<&str>, rest: &str) -> String {
    match first {
        Some(first) if rest.is_empty() => first.to_owned(),
        Some(first) => format!("{first}_{rest}"),
        None => rest.to_owned(),
    }
}

/// The folders and the name of a file, without what says nothing.
fn steps(address: &str) -> Vec<&str> {
    let path = address.split(['?', '#']).next().unwrap_or_default();
    let path =
        path.split_once("://").map_or(path, |(_, rest)| rest.split_once('/').map_or("", |(_, path)| path));
    let mut steps: Vec<&str> = path.split('/').filter(|step| !matches!(*step, "" | "." | "..")).collect();
    if let Some(last) = steps.last_mut() {
        *last = ["yaml", "yml", "json"]
            .iter()
            .find_map(|end| last.strip_suffix(end)?.strip_suffix('.'))
            .unwrap_or(last);
    }
    if steps.len() > 1 && matches!(steps.last(), Some(&"index" | &"_index")) {
        steps.pop();
    }
    steps
}

#[cfg(test)]
mod tests {
    use super::names;
    use crate::source::Pointer;

    #[track_caller]
    fn check(address: &str, fragment: &str, expected: &[&str]) {
        let pointer = Pointer::from_reference(&format!("#{fragment}")).unwrap();
        assert_eq!(names(address, &pointer), expected, "{address}#{fragment}");
    }

    #[test]
    fn names_are_those_of_pointers_and_of_files() {
        check("schemas/pet.yaml", "", &["pet", "schemas_pet"]);
        check("schemas/pet/index.yaml", "", &["pet", "schemas_pet"]);
        check("https://x.test/schemas/pet.v2.json", "", &["pet.v2", "schemas_pet.v2"]);
        check("types.yaml", "/components/schemas/Pet", &["Pet", "types_Pet"]);
        check("a/b.yaml", "/Altair/State", &["Altair_State", "b_Altair_State", "a_b_Altair_State"]);
        check("a/pet.yaml", "/properties/name", &["pet_name", "a_pet_name"]);
        check("a.yaml", "/components/parameters/Id/schema", &["Id", "a_Id"]);
    }
}
