//! APIs that follow JSON:API: resources, the documents they come in, and the bodies that make and change them.

use crate::Show::{Call, File, Item, Outline, Type};

crate::fixtures! { "json_api":
    resources_are_listed_created_and_changed => [Item("articles.rs", "impl<'a> Articles<'a>"), Outline],
    a_relationship_is_read_and_changed_by_ids => [Item("articles.rs", "impl<'a> Articles<'a>"), Call("articles", "add_tags")],
    included_resources_are_of_any_type => [Call("articles", "get"), Type("Article"), Type("Anything")],
    without_a_schema_for_any_resource_there_is_one => [Outline],
    what_is_only_read_is_no_part_of_a_body => [Call("articles", "create"), Type("ArticleAttributes"), Type("ArticleField")],
    attributes_may_be_emptied => [Call("articles", "update"), Type("ArticleAttributes")],
    a_resource_may_have_no_relationships => [Type("Article"), Type("ArticleAttributes")],
    relationships_of_all_places_are_one_type => [Type("ArticleRelationships"), Outline],
    documents_may_stand_anywhere => [Outline, Type("Batch"), Type("BatchInput"), File("types/mod.rs")],
    data_may_be_of_several_types => [Outline],
    resources_may_contain_each_other => [
        Type("Folder"), Type("FolderAttributes"), Type("FolderRelationships"), Item("folders.rs", "impl<'a> Folders<'a>"),
    ],
    the_profile_alone_changes_nothing => [Outline],
    a_path_parameter_is_the_id_in_the_body => [Item("pets.rs", "impl<'a> Pets<'a>")],
    documents_and_resources_may_stand_in_other_objects => [Outline],
    resources_and_enumerations_may_be_empty => [Outline],
}
