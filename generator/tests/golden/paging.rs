//! Lists that are walked page by page, in every style.

use crate::Show::{Call, Item};

crate::fixtures! { "paging":
    an_offset_counts_items => [Item("books.rs", "pub(super) static LIST_PAGING"), Call("books", "list")],
    a_cursor_is_in_the_body => [Item("events.rs", "pub(super) static LIST_PAGING"), Call("events", "list")],
    a_link_header_names_the_next_page => [Item("repos.rs", "pub(super) static LIST_PAGING"), Call("repos", "list")],
    the_last_item_is_the_cursor => [Item("charges.rs", "pub(super) static LIST_PAGING"), Call("charges", "list")],
    items_may_be_nested_and_missing => [Item("nodes.rs", "pub(super) static LIST_PAGING"), Call("nodes", "list")],
    the_way_to_the_items_may_be_boxed_or_null => [Call("pets", "list")],
}
