//! References: into other files, by address and by name, and what is said where they lead nowhere.

use clientsmith::diag::{Colour, Repeats, listing};
use clientsmith::name::Pins;
use clientsmith::{Config, generate};

use crate::Show::{self, Call, Description, Item, Outline, Type};
use crate::support::Fixture;

const CLIENTS: &[(&str, &[Show])] = &[
    (
        "objects_of_other_files_become_components",
        &[Outline, Type("Pet"), Type("TheOwner"), Call("pets", "list")],
    ),
    ("path_items_are_taken_in_where_they_are_used", &[Outline, Call("pets", "pet")]),
    ("schemas_are_found_by_id_and_anchor", &[Type("Pet"), Type("Owner")]),
    ("a_document_is_found_by_its_own_address", &[Type("Pet"), Type("Owner")]),
    (
        "requirements_may_name_schemes_by_their_address",
        &[
            Item("client.rs", "impl Client {"),
            Description("pets", "list"),
            Description("pets", "file"),
            Description("pets", "ways"),
        ],
    ),
    ("names_of_files_that_clash_are_told_apart", &[Type("Zoo"), Type("Animal")]),
];

const LISTINGS: &[&str] = &[
    "what_is_wrong_is_shown_in_its_own_file",
    "references_that_lead_nowhere_are_errors",
    "addresses_of_schemes_that_lead_nowhere_are_told",
    "before_3_2_schemes_have_no_addresses",
];

#[test]
fn references_lead_into_the_client() {
    for (name, shown) in CLIENTS {
        crate::check_client("references", name, shown);
    }
}

#[test]
fn what_is_wrong_is_shown_where_it_stands() {
    for name in LISTINGS {
        let sources = Fixture::of("references", name).sources();
        let generation = generate(&sources, &Config::default(), &Pins::default()).unwrap();
        let text = listing(&generation.diagnostics, &sources.all(), Colour::Never, Repeats::All);
        crate::check_snapshot("references", name, text.trim_end());
    }
}

#[test]
fn every_fixture_has_a_test() {
    let tested: Vec<&str> = CLIENTS.iter().map(|(name, _)| *name).chain(LISTINGS.iter().copied()).collect();
    crate::check_complete("references", &tested);
}
