//! The command, run as its users run it: what it prints, what it writes, how it exits.

// Outside of tests too: in what they share.
#![allow(clippy::unwrap_used)]

mod check;
mod corpus;
mod failures;
mod generate;
mod inspect;
mod overlay;
mod references;
mod tone;
mod vendor;

use std::fs;
use std::path::Path;
use std::process::{Command, Stdio};

use tempfile::TempDir;

/// A document without anything to report.
const PETS: &str = "\
openapi: 3.0.3
info: {title: Pets, version: 1.0.0}
servers: [{url: 'https://pets.example/v1'}]
paths:
  /pets/{id}:
    get:
      operationId: getPet
      tags: [pets]
      parameters: [{name: id, in: path, required: true, schema: {type: string}}]
      responses:
        '200':
          description: A pet.
          content: {application/json: {schema: {$ref: '#/components/schemas/Pet'}}}
components:
  schemas:
    Pet:
      type: object
      required: [name]
      properties:
        name: {type: string}
        owner: {type: object, properties: {name: {type: string}}}
";

/// A document with two warnings (a parameter that stands twice, and one that cannot be sent, so that its
/// operation is left out) and a note (a value of which nothing is said).
const ODD_PETS: &str = "\
openapi: 3.0.3
info: {title: Odd pets, version: 1.0.0}
servers: [{url: 'https://pets.example/v1'}]
paths:
  /pets:
    get:
      operationId: getPets
      tags: [pets]
      parameters:
        - {name: tag, in: query, schema: {type: string}}
        - {name: tag, in: query, schema: {type: string}}
      responses: {'200': {description: Anything., content: {application/json: {schema: {}}}}}
    delete:
      operationId: deletePets
      tags: [pets]
      parameters:
        - {name: ids, in: query, required: true, content: {}}
      responses: {'204': {description: Done.}}
";

const CONFIG: &str = "\
spec = 'api.yaml'
out = '../client'
lock = 'clientsmith.lock'
[package]
name = 'pets'
";

/// A directory with a configuration in its usual place.
struct Project(TempDir);

/// What came of a command.
#[derive(Debug)]
struct Outcome {
    code: Option<i32>,
    out: String,
    err: String,
}

impl Project {
    /// With this document.
    fn new(document: impl AsRef<[u8]>) -> Self {
        let project = Self::empty();
        project.write("spec/api.yaml", document);
        project.write("spec/clientsmith.toml", CONFIG);
        project
    }

    /// With nothing.
    fn empty() -> Self {
        Self(tempfile::tempdir().unwrap())
    }

    fn path(&self) -> &Path {
        self.0.path()
    }

    fn write(&self, path: &str, contents: impl AsRef<[u8]>) {
        let path = self.path().join(path);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, contents).unwrap();
    }

    fn read(&self, path: &str) -> String {
        fs::read_to_string(self.path().join(path)).unwrap()
    }

    fn exists(&self, path: &str) -> bool {
        self.path().join(path).exists()
    }

    fn json(&self, path: &str) -> serde_json::Value {
        serde_json::from_str(&self.read(path)).unwrap()
    }

    /// The command with these words, separated by blanks, in this directory.
    fn command(&self, words: &str) -> Command {
        let mut command = Command::new(env!("CARGO_BIN_EXE_clientsmith"));
        command.args(words.split_whitespace()).current_dir(self.path()).stdin(Stdio::null());
        command
    }

    /// Runs the command, which has to exit with `code` and without a trace of panic or colours.
    #[track_caller]
    fn check(&self, words: &str, code: i32) -> Outcome {
        let output = self.command(words).output().unwrap();
        let text = |bytes: Vec<u8>| String::from_utf8(bytes).unwrap();
        let outcome =
            Outcome { code: output.status.code(), out: text(output.stdout), err: text(output.stderr) };
        assert_eq!(outcome.code, Some(code), "{outcome:#?}");
        for text in [&outcome.out, &outcome.err] {
            let odd = text.chars().find(|character| *character != '\n' && character.is_control());
            assert_eq!(odd, None, "{outcome:#?}");
            assert!(!text.contains("panicked"), "{outcome:#?}");
        }
        outcome
    }
}
