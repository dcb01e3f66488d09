//! Operations to methods, request builders and answers.

use clientsmith::emit::Layout;

use crate::Show::{Call, Description, File, Impls, Item, Outline, Type};
use crate::support::Fixture;

crate::fixtures! { "operations":
    methods_are_named_after_path_and_http_method => [Outline],
    a_page_parameter_makes_a_get_a_list => [Outline],
    relationships_are_listed_added_removed_and_replaced => [Outline],
    an_operation_id_names_the_method => [Outline],
    an_x_name_goes_before_the_operation_id => [Outline],
    equal_operation_ids_get_different_names => [Outline],
    without_a_tag_the_path_gives_the_group => [Outline],
    tags_are_parts_of_others => [Outline],
    parameters_of_the_path_hold_for_all_operations => [Call("pets", "get")],
    a_parameter_declared_twice_is_one => [Call("pets", "list")],
    header_parameters_are_sent_as_headers => [Call("pets", "list")],
    query_lists_are_written_in_their_style => [Call("pets", "list")],
    scalar_parameters_have_the_type_of_their_schema => [Call("pets", "get")],
    enumerations_are_parameters => [Call("pets", "list")],
    required_parameters_are_arguments => [Call("pets", "list")],
    a_required_constant_parameter_is_sent_by_itself => [Call("pets", "list")],
    a_form_body_is_sent_as_a_form => [Call("auth", "token"), Type("AuthTokenRequest"), Impls("AuthTokenRequest")],
    a_text_body_is_sent_as_it_is => [Call("notes", "create")],
    a_binary_body_is_bytes => [Call("pictures", "put")],
    an_optional_body_is_a_setter => [Call("pets", "create")],
    a_delete_sends_its_body => [Call("pets", "delete")],
    media_types_of_an_answer_are_variants => [Call("pets", "list"), Description("pets", "list")],
    headers_of_answers_are_typed => [Call("pets", "list")],
    a_header_of_an_answer_may_be_one_of_several_types => [Item("limits.rs", "impl From<&runtime::Meta> for GetHeaders")],
    cookies_of_answers_are_not_divided_at_commas => [
        Item("cookies.rs", "impl From<&runtime::Meta> for TextHeaders"), Item("cookies.rs", "impl From<&runtime::Meta> for ListHeaders"),
        Item("cookies.rs", "impl From<&runtime::Meta> for EachHeaders"),
    ],
    a_header_that_is_nowhere_is_text => [Item("pets.rs", "pub struct ListHeaders")],
    media_types_of_one_type_are_one => [Call("pets", "get")],
    an_event_stream_is_read_event_by_event => [Call("completions", "complete")],
    events_may_hold_json_or_text => [Call("rooms", "watch")],
    an_item_schema_describes_the_event => [
        Item("events.rs", "impl<'a> IntoFuture for Texts"), Item("events.rs", "impl<'a> IntoFuture for Parts"), Item("events.rs", "impl<'a> IntoFuture for Signals"), Item("events.rs", "impl<'a> IntoFuture for Data"), Item("events.rs", "impl<'a> IntoFuture for Before"),
    ],
    the_data_of_an_event_is_text_unless_it_has_content => [
        Call("events", "ended"), Call("events", "either"), Item("events.rs", "impl<'a> IntoFuture for Anything"), Item("events.rs", "impl<'a> IntoFuture for Listed"), Item("events.rs", "impl<'a> IntoFuture for Silent"), Item("events.rs", "impl<'a> IntoFuture for Number"),
    ],
    item_schemas_describe_what_streams_hold => [Call("streams", "events"), Call("streams", "lines")],
    a_key_makes_a_call_repeatable => [Item("pets.rs", "impl<'a> Create<'a> {"), Call("pets", "order")],
    the_name_of_an_event_says_what_it_tells => [
        Call("changes", "answers"), Type("ChangesWatchEvent"),
        Item("types/changes/impls.rs", "impl runtime::events::ByName for ChangesWatchEvent"),
        Item("types/changes/impls.rs", "impl runtime::events::ByName for ChangesAnswersEvent"),
    ],
    forms_that_come_back_are_typed => [Call("tokens", "token"), Call("tokens", "counts")],
    bytes_of_an_answer_can_come_piece_by_piece => [Call("files", "get")],
    a_binary_answer_is_bytes_however_it_is_spelt => [Outline],
    successes_with_different_bodies_are_variants => [Call("jobs", "start")],
    successes_with_equal_bodies_are_one => [Call("pets", "create")],
    a_response_without_content_is_nothing => [Call("pets", "delete"), Description("pets", "delete")],
    a_get_without_content_gives_the_raw_response => [Call("pets", "list")],
    an_operation_without_responses_gives_the_raw_response => [Call("pets", "create")],
    ranges_and_default_are_errors_for_the_rest => [Call("pets", "list"), Description("pets", "list")],
    a_default_response_alone_is_the_success => [Call("pets", "list")],
    security_has_alternatives_and_combinations => [
        Item("client.rs", "impl Client {"), Item("client.rs", "impl ClientBuilder"), Description("x", "inherited"),
        Description("x", "either"), Description("x", "open"), Description("x", "optional"), Description("x", "all"),
    ],
    requirements_may_name_schemes_by_their_pointer => [
        Item("client.rs", "impl Client {"), Description("x", "pointer"), Description("x", "itself"), Description("x", "name"),
        Description("x", "nowhere"), Description("x", "both"), Description("x", "elsewhere"),
    ],
    a_parameter_may_be_a_key_too => [Call("pets", "list")],
    a_client_certificate_is_a_credential => [
        Item("client.rs", "impl Client {"), Description("x", "alone"), Description("x", "both"),
    ],
    token_addresses_are_seen_from_the_server => [Item("client.rs", "static TOKENS:")],
    token_addresses_move_with_the_server => [Item("client.rs", "static TOKENS:")],
    oauth_flows_give_tokens => [File("client.rs"), Call("pets", "create"), Item("mod.rs", "pub mod scopes {")],
    an_openid_provider_says_where_tokens_are_had => [File("client.rs")],
    a_servers_variables_have_their_defaults => [File("client.rs")],
    a_path_may_have_a_query_of_its_own => [Description("responses", "preview"), Call("responses", "preview"), Call("responses", "list")],
    a_server_may_be_the_root_of_a_host => [File("client.rs")],
    servers_are_chosen_by_name => [File("client.rs")],
    operations_may_have_servers_of_their_own => [
        File("client.rs"), Description("pets", "list"), Description("files", "list"), Description("files", "upload"),
    ],
    without_an_absolute_server_there_is_no_default => [File("client.rs")],
    deprecated_operations_and_parameters_are_marked => [Call("pets", "list")],
    references_to_components_are_followed => [Call("pets", "create"), Type("PetsCreateRequest")],
    a_type_of_several_groups_is_shared => [Outline],
    slots_within_a_segment_are_filled => [Call("pets", "get"), Description("pets", "get")],
    every_http_method_can_be_called => [Outline],
    an_overlay_may_refer_to_any_place => [Outline, Call("pets", "copy_pet")],
    any_method_can_be_called => [Call("files", "search"), Description("files", "copy")],
}

#[test]
fn a_group_says_of_which_other_it_is_a_part() {
    let generation = Fixture::of("operations", "tags_are_parts_of_others").generation_as(Layout::Package);
    let files = generation.files.unwrap();
    let file = |path: &str| &files.iter().find(|file| file.path == path).unwrap().contents;
    let docs = |path: &str| {
        let docs = file(path).lines().filter_map(|line| line.strip_prefix("//!"));
        docs.map(str::trim).collect::<Vec<_>>().join("\n")
    };
    assert_eq!(docs("src/cats.rs"), "Cats \\[and] kittens.\n\nPart of [pets](super::pets).");
    assert_eq!(docs("src/pets.rs"), "pets\n\nAll that is kept.\n\nPart of Animals.");
    assert!(file("src/cli/cats.rs").contains(r#"about: "Cats [and] kittens""#));
}
