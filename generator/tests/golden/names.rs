//! Names that Rust, its prelude or the client itself has other plans for.

use crate::Show::{Call, Impls, Outline, Type};

crate::fixtures! { "names":
    keywords_get_an_underscore => [Type("Pet"), Type("Words"), Call("match_api", "match_")],
    components_called_like_the_prelude_do_not_hide_it => [Outline, Type("ResultSchema")],
    components_called_like_our_imports_do_not_hide_them => [Outline],
    names_that_differ_by_case_are_told_apart => [Outline, Type("Pet")],
    other_scripts_and_signs_stay_readable => [Type("Größe"), Type("Type"), Type("Sort")],
    names_in_two_scripts_may_look_alike => [Type("Page"), Call("pages", "list")],
    names_may_begin_with_digits_or_be_empty => [Outline, Type("Type2fa"), Type("Codes")],
    parameters_called_like_our_locals_are_no_trouble => [Call("pets", "create")],
    members_called_like_our_locals_are_no_trouble => [Impls("PetInput")],
    setters_called_like_operators_are_no_trouble => [Outline],
    methods_called_like_ours_are_no_trouble => [Outline],
    groups_stay_within_their_folder => [Outline],
    tags_that_differ_by_case_are_one_group => [Outline],
    modules_by_path_and_not_by_tag => [Outline],
    an_inline_type_yields_to_a_component => [Outline],
    statuses_name_the_variants => [Call("x", "get")],
    components_may_be_called_by_one_letter => [Outline, Impls("B")],
    methods_called_like_traits_are_no_trouble => [Outline],
    a_form_to_send_does_not_take_a_components_name => [Outline],
}
