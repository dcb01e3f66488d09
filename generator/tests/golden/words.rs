//! What documents say in our words, on APIs of no profile.

use crate::Show::{Call, Description, File, Impls, Item, Outline, Type};

crate::fixtures! { "words":
    filters_have_the_types_of_their_values => [Outline],
    a_grammar_makes_filters => [Outline],
    an_order_may_be_written_with_a_word_behind => [Call("posts", "list"), Type("PostSort")],
    what_comes_along_is_chosen_by_name => [Call("posts", "get"), Item("posts.rs", "pub use")],
    a_token_may_come_from_elsewhere => [Item("client.rs", "static TOKENS"), Item("client.rs", "impl ClientBuilder")],
    two_schemes_may_have_tokens => [Item("client.rs", "static TOKENS:"), Item("client.rs", "static TOKENS_2"), Outline],
    the_document_says_when_calls_are_repeated => [
        Item("client.rs", "impl Client {"), Call("jobs", "list"), Description("jobs", "create"),
    ],
    ids_are_not_taken_for_each_other => [File("types/pets.rs"), Call("pets", "get")],
    an_enumeration_may_be_extended => [Type("Pet"), Type("PetKind"), Type("PetMood"), Type("PetLegs")],
    values_may_come_as_other_types => [Item("types/shared/impls.rs", "impl<'de> runtime::Object<'de> for Reading")],
    members_may_follow_a_pattern => [Type("Contact"), Impls("Contact")],
    names_can_be_chosen => [Outline],
    equal_components_are_one_type => [File("types/pets.rs"), Item("client.rs", "impl<E: runtime::ApiError>")],
}
