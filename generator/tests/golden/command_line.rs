//! The command line of a package.

use clientsmith::emit::Layout;

use super::support::Fixture;
use super::{check_snapshot, excerpt};

#[test]
fn every_operation_is_a_command() {
    let generation = Fixture::of("cli", "every_operation_is_a_command").generation_as(Layout::Package);
    let files = generation.files.unwrap();
    let functions = ["fn get_pet_by_id", "fn replace"];
    let functions = functions.map(|start| excerpt::item(&files, "src/cli/pets.rs", start));
    let sent = excerpt::file(&files, "src/types/pets/sent.rs");
    check_snapshot("cli", "every_operation_is_a_command", &(functions.join("\n\n") + "\n\n" + &sent));
    let pets = files.iter().find(|file| file.path == "src/cli/pets.rs").unwrap();
    for option in ["path-id", "query-id", "header-help", "tags"] {
        assert!(pets.contents.contains(&format!("name: \"{option}\"")), "{}", pets.contents);
    }
    let call = files.iter().find(|file| file.path == "src/cli/call.rs").unwrap();
    // `call` is the command for operations by their own names, of which this one's was taken.
    assert!(call.contents.contains(r#"name: "call-2""#), "{}", call.contents);
    assert!(call.contents.contains(r#"operation: "get-pet-by-id-2""#), "{}", call.contents);
}

#[test]
fn a_module_has_no_command_line() {
    let generation = Fixture::of("cli", "every_operation_is_a_command").generation();
    let files = generation.files.unwrap();
    assert!(files.iter().all(|file| !file.path.contains("cli/") && !file.path.contains("sent.rs")));
}
