//! What values are held to, in words and as rules.

use crate::Show::{Item, Type};

crate::fixtures! { "validate":
    values_are_held_to_the_rules_of_their_schemas => [
        Type("Person"), Item("value_rules.rs", "static CALLS"), Item("value_rules.rs", "static CALL__PETS__CREATE"), Item("value_rules.rs", "static CALL__PETS__LIST"), Item("value_rules.rs", "static PET"),
    ],
    values_that_are_not_json_are_checked_too => [
        Item("value_rules.rs", "static CALL__PETS__CREATE"), Item("value_rules.rs", "static CALL__PETS__GET"),
        Item("value_rules.rs", "static CALL__PHOTOS__CREATE"), Item("value_rules.rs", "static FILTER"),
        Item("value_rules.rs", "static PET"), Item("value_rules.rs", "static SIZE"),
    ],
    what_is_sent_as_it_may_be_is_not_refused => [
        Item("value_rules.rs", "static CALL__PETS__CREATE"), Item("value_rules.rs", "static CALL__PETS__GET"),
        Item("value_rules.rs", "static CALL__NAMES__CREATE"), Item("value_rules.rs", "static CALLS2"),
        Item("value_rules.rs", "static A"),
    ],
}
