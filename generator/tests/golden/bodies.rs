//! What can be sent: bodies of every media type.

use crate::Show::{Call, File, Item, Outline, Type};

crate::fixtures! { "bodies":
    a_caller_chooses_among_media_types => [
        Item("notes.rs", "pub enum CreateBody"), Item("notes.rs", "impl CreateBody"), Item("notes.rs", "impl<'b> From<&'b types::Note"),
        Call("notes", "replace"),
    ],
    parts_of_a_multipart_body_are_arguments_and_setters => [Item("pictures.rs", "impl UploadMultipart")],
    a_body_may_have_parts_that_are_all_optional => [Item("reports.rs", "impl SendMultipart"), Outline],
    fields_of_a_form_are_written_in_their_style => [Call("charges", "create")],
    a_field_of_a_form_may_be_another_format => [Call("orders", "create")],
    fields_of_an_answered_form_are_read_in_their_style => [Call("charges", "list")],
    values_in_brackets_may_hold_themselves => [Call("nodes", "get"), File("form_fields.rs")],
    what_is_styled_may_have_any_shape => [File("form_fields.rs"), Item("styles.rs", "pub struct PutParts")],
    parts_of_an_answer_are_read_in_their_style => [File("form_fields.rs"), Call("searches", "put")],
    json_values_are_written_line_by_line => [Call("events", "append"), Outline],
    a_range_takes_the_media_type_of_the_caller => [Call("pictures", "put"), Outline],
    members_of_a_merge_patch_can_be_removed => [Type("PetInput"), Type("OwnerInput"), Type("Toy")],
    alternatives_in_xml_have_one_name => [Item("xml_nodes.rs", "pub(crate) static PET")],
    xml_is_written_and_read_by_its_keywords => [Item("xml_nodes.rs", "pub(crate) static AUTHOR"), Call("books", "put")],
    xml_items_may_each_stand_as_they_are_described => [Item("xml_nodes.rs", "pub(crate) static REPORT"), Item("xml_nodes.rs", "pub(crate) static SCHEMA"), Outline],
    parts_of_an_answer_are_members_or_come_one_by_one => [Item("reports.rs", "pub struct GetParts"), Item("reports.rs", "impl<'a> Get<'a>")],
    positions_may_have_no_schema_of_their_own => [Item("feeds.rs", "impl AppendMultipart"), Item("feeds.rs", "impl ReplaceMultipart")],
    parts_may_be_told_apart_by_their_position => [Item("feeds.rs", "impl AppendMultipart"), Item("feeds.rs", "pub struct AppendParts")],
    a_part_may_have_parts_of_its_own => [Item("mails.rs", "impl SendBodyMultipart"), Call("mails", "send")],
    parts_and_fields_may_be_null => [Item("parts.rs", "pub struct SendParts"), Item("parts.rs", "pub struct PutParts"), Outline],
    parts_of_which_nothing_is_said_are_files => [Item("files.rs", "impl UploadMultipart")],
    text_may_be_written_as_json => [Call("texts", "form"), Call("texts", "parts")],
    texts_are_in_the_encoding_that_they_say => [Call("notes", "put")],
    parts_may_be_xml => [Item("pets.rs", "impl AddMultipart")],
    binary_is_binary_however_it_is_spelt => [Item("files.rs", "impl UploadMultipart"), Type("InJson"), Outline],
}
