//! Orders of lists.

use clientsmith_runtime::runtime::{Ordered, SortBy, SortSyntax};

#[derive(Clone, Copy)]
enum Field {
    Name,
    CreatedAt,
}

/// As emitted for every enumeration of fields.
impl Field {
    const fn asc(self) -> Ordered<Self> {
        Ordered::ascending(self)
    }

    const fn desc(self) -> Ordered<Self> {
        Ordered::descending(self)
    }
}

impl AsRef<str> for Field {
    fn as_ref(&self) -> &str {
        match self {
            Self::Name => "name",
            Self::CreatedAt => "created_at",
        }
    }
}

impl From<Field> for SortBy<Field> {
    fn from(field: Field) -> Self {
        field.asc().into()
    }
}

const WORDS: SortSyntax = SortSyntax { ascending: "{field}:asc", descending: "{field}:desc", separator: ";" };

fn check(by: impl Into<SortBy<Field>>, syntax: &SortSyntax, text: &str) {
    assert_eq!(by.into().text(syntax), text);
}

#[test]
fn a_field_alone_is_ascending() {
    check(Field::Name, &SortSyntax::MINUS, "name");
}

#[test]
fn fields_have_directions() {
    check(Field::CreatedAt.desc(), &SortSyntax::MINUS, "-created_at");
    check([Field::CreatedAt.desc(), Field::Name.asc()], &SortSyntax::MINUS, "-created_at,name");
    check(vec![Field::Name.desc()], &SortSyntax::MINUS, "-name");
}

#[test]
fn the_syntax_is_the_apis() {
    check([Field::CreatedAt.desc(), Field::Name.asc()], &WORDS, "created_at:desc;name:asc");
}

#[test]
fn free_text_stays_as_it_is() {
    check("-updated_at", &WORDS, "-updated_at");
}

#[test]
fn nothing_to_sort_by_is_empty() {
    check([], &SortSyntax::MINUS, "");
}
