//! Links to methods that make the call which follows.

use crate::Show::{File, Item, Outline};

crate::fixtures! { "links":
    an_answer_leads_to_the_next_call => [
        Item("users.rs", "impl<'a> Users<'a> {"), Item("orders.rs", "impl<'a> super::users::Users<'a> {"),
    ],
    a_link_is_followed_at_its_own_server => [Item("jobs.rs", "impl<'a> Jobs<'a> {"), Outline],
    what_is_read_can_be_sent => [Item("drafts.rs", "impl<'a> Drafts<'a> {")],
    a_value_is_made_what_the_parameter_takes => [Item("jobs.rs", "impl<'a> Jobs<'a> {"), Outline],
    answers_of_any_method_lead_on => [Item("found.rs", "impl<'a> Found<'a> {"), File("types/mod.rs")],
}
