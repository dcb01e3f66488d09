//! Parameters in every place and style.

use crate::Show::Call;

crate::fixtures! { "parameters":
    an_empty_value_is_sent_as_such => [Call("pets", "list")],
    paths_have_labels_and_matrices => [Call("paths", "simple"), Call("paths", "label"), Call("paths", "matrix")],
    queries_take_objects_in_every_style => [Call("colors", "list")],
    queries_take_maps_and_any_json => [Call("colors", "list")],
    headers_and_cookies_take_objects_and_lists => [Call("things", "list")],
    content_gives_a_parameter_a_media_type => [Call("search", "search")],
    content_may_be_xml_or_lines => [Call("search", "search")],
    content_may_be_a_form => [Call("search", "search"), Call("search", "whole")],
    a_querystring_is_the_whole_query => [Call("whole", "form"), Call("whole", "json"), Call("whole", "path")],
    unions_are_written_as_what_they_are => [Call("things", "get")],
    required_constants_are_sent_by_themselves_everywhere => [Call("things", "get")],
}
