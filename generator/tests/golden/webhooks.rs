//! What an API sends by itself: how it is read, and checked.

use crate::Show::{Call, File, Type};

crate::fixtures! { "webhooks":
    events_of_different_types_are_told_apart_by_name => [File("types/mod.rs"), File("types/shared.rs")],
    events_of_one_type_are_that_type => [File("types/mod.rs"), Call("samples", "opened")],
    a_body_that_is_a_list_is_no_type_of_its_own => [File("types/mod.rs")],
    callbacks_have_types_by_their_names => [File("types/mod.rs"), File("types/shared.rs")],
    requests_of_any_method_are_read => [File("types/mod.rs")],
    nothing_is_checked_without_a_signature => [File("types/mod.rs"), Type("PingEvent")],
}
