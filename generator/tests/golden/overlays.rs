//! What overlays make of a document, and where it is said what is wrong with that.

use clientsmith::diag::{Colour, Diagnostics, Repeats, listing};
use clientsmith::name::Pins;
use clientsmith::source::to_yaml;
use clientsmith::{Config, generate, read};

use crate::support::Fixture;

/// The fixture's document after its overlay is as the snapshot has it.
fn check_overlaid(name: &str) {
    let mut diags = Diagnostics::default();
    let tree = read(&Fixture::of("overlays", name).sources(), &mut diags);
    assert_eq!(diags.list(), [], "{name}");
    crate::check_snapshot("overlays", name, &to_yaml(&tree.unwrap()));
}

/// What is said about the fixture's document is as the snapshot has it.
fn check_places(name: &str) {
    let sources = Fixture::of("overlays", name).sources();
    let generation = generate(&sources, &Config::default(), &Pins::default()).unwrap();
    let text = listing(&generation.diagnostics, &sources.all(), Colour::Never, Repeats::All);
    crate::check_snapshot("overlays", name, text.trim_end());
}

macro_rules! overlays {
    ($($check:ident [$($name:ident,)+])+) => {
        $($(
            #[test]
            fn $name() {
                $check(stringify!($name));
            }
        )+)+

        #[test]
        fn every_fixture_has_a_test() {
            crate::check_complete("overlays", &[$($(stringify!($name)),+),+]);
        }
    };
}

overlays! {
    check_overlaid [
        a_single_value_takes_the_place_of_another,
        a_value_can_be_copied_into_itself,
        an_action_sees_what_the_one_before_has_left,
        an_update_of_many_places_is_made_at_each,
        extensions_of_an_overlay_change_nothing,
        from_version_1_1_on_single_values_are_targets,
        inner_items_are_removed_before_outer_ones,
        mappings_are_merged_member_by_member,
        sequences_are_put_one_behind_the_other,
        what_is_copied_is_what_is_there_now,
        what_is_no_sequence_becomes_the_last_item,
        what_is_removed_leaves_no_gap,
    ]
    check_places [
        what_is_wrong_is_shown_where_it_was_written,
    ]
}
