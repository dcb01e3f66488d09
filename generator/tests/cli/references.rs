//! Documents in several files: which of them are read, and which never.

use crate::{CONFIG, Project};

const DOCUMENT: &str = "\
openapi: 3.1.0
info: {title: Pets, version: 1.0.0}
servers: [{url: 'https://example.com'}]
paths:
  /pets: {$ref: paths/pets.yaml}
";

const PATHS: &str = "\
get:
  operationId: listPets
  tags: [pets]
  responses:
    '200': {description: '', content: {application/json: {schema: {$ref: '../../shared/pet.yaml'}}}}
";

const PET: &str = "type: object\nproperties: {name: {type: string}, next: {$ref: ./pet.yaml}}\n";

/// A document whose path item is in a file beside it, and whose schema is in a directory beside its own.
fn project() -> Project {
    let project = Project::new(DOCUMENT);
    project.write("spec/paths/pets.yaml", PATHS);
    project.write("shared/pet.yaml", PET);
    project
}

#[test]
fn references_lead_out_of_the_documents_directory_only_if_that_is_said() {
    let project = project();
    let outcome = project.check("generate", 1);
    assert!(outcome.err.contains("paths/pets.yaml:5:"), "{outcome:?}");
    assert!(outcome.err.contains("it is outside the directory that references may lead into"), "{outcome:?}");
    assert!(!project.exists("client"));
    project.check("generate --root .", 0);
    assert!(project.read("client/src/types/pets.rs").contains("pub struct Pet {"));
    project.check("check --root .", 0);
    project.write("spec/clientsmith.toml", format!("{CONFIG}[references]\nroot = '..'\n"));
    project.check("check", 0);
    project.check("check --root spec", 1);
}

#[test]
fn a_document_may_be_anywhere_and_called_by_any_path() {
    let project = project();
    let path = project.path().join("spec/../spec/api.yaml");
    let words = format!("inspect --spec {} --root {}", path.display(), project.path().display());
    assert!(project.check(&words, 0).out.contains("1 operation in 1 group"));
    let absolute = project.path().canonicalize().unwrap().join("shared/pet.yaml");
    project.write(
        "spec/paths/pets.yaml",
        PATHS.replace("../../shared/pet.yaml", &absolute.display().to_string()),
    );
    assert!(project.check("inspect --root .", 0).out.contains("1 type: 1 component"));
}

#[cfg(unix)]
#[test]
fn a_link_does_not_lead_out() {
    let project = project();
    std::fs::create_dir(project.path().join("spec/shared")).unwrap();
    std::os::unix::fs::symlink("../../shared/pet.yaml", project.path().join("spec/shared/pet.yaml")).unwrap();
    project.write("spec/paths/pets.yaml", PATHS.replace("../../shared", "../shared"));
    assert!(project.check("generate", 1).err.contains("outside the directory"));
    project.check("generate --root .", 0);
}

#[test]
fn the_document_in_one_file_can_be_had() {
    let project = project();
    let joined = project.check("overlay --root .", 0).out;
    assert!(joined.contains("'#/components/schemas/pet'") && !joined.contains(".yaml"), "{joined}");
    project.write("one.yaml", &joined);
    project.check("generate --root .", 0);
    project.check("check --config spec/clientsmith.toml --spec one.yaml", 0);
}

#[test]
fn what_data_looks_like_is_not_read() {
    let project = Project::new(
        "openapi: 3.1.0\ninfo: {title: Pets, version: 1.0.0}\npaths: {}\ncomponents:\n  schemas:\n    Pet:\n      \
         type: object\n      example: {$ref: nothing.yaml}\n      default: {$ref: 'https://example.com/pet.yaml'}\n",
    );
    project.check("generate", 0);
}
