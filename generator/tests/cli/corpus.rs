use std::path::Path;

use crate::{ODD_PETS, PETS, Project};

#[test]
fn every_document_is_a_line_and_what_is_none_is_not() {
    let project = Project::empty();
    project.write("all/pets.yaml", PETS);
    project
        .write("all/odd/pets.json", "{\"openapi\": \"3.0.3\", \"paths\": 1, \"info\": {\"title\": \"<b>\"}}");
    project.write("all/odd/pets.yml", ODD_PETS);
    project.write("all/part.yaml", "type: object");
    project.write("all/notes.txt", "openapi: 3.0.3");
    let outcome = project.check("corpus all --out out", 1);
    assert_eq!(
        outcome.out,
        "odd/pets.json: malformed-object: a mapping is wanted here, and this is a number\n\
         2 of 3 documents are good, 2 of 3 operations are emitted → out/results.html\n"
    );
    let table = project.read("out/results.tsv");
    let rows: Vec<Vec<&str>> = table.lines().map(|line| line.split('\t').collect()).collect();
    let names: Vec<&str> = rows.iter().map(|row| row[0]).collect();
    assert_eq!(names, ["document", "odd/pets.json", "odd/pets.yml", "pets.yaml"]);
    let codes = "1 duplicate-parameter, 1 unsupported-parameter, 1 untyped-value";
    assert_eq!(rows[2][2..9], ["2", "1", "0", "3", "1", "1 nothing is said about this value", codes]);
    assert_eq!(rows[3][2..9], ["1", "1", "2", "6", "0", "", ""]);
    assert!(Path::new(project.path()).join("out/client-pets/src/lib.rs").exists());
    let page = project.read("out/results.html");
    assert!(
        page.contains("a mapping is wanted here, and this is a number") && page.contains("<td>odd/pets.yml"),
        "{page}"
    );
}

#[test]
fn a_folder_without_documents_is_a_mistake() {
    let project = Project::empty();
    project.write("all/part.yaml", "type: object");
    let outcome = project.check("corpus all --out out", 2);
    assert!(outcome.err.contains("there is no OpenAPI document below all"), "{outcome:?}");
}
