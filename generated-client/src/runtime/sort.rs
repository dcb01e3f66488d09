//! The order of a list, as its operation's sort parameter says it.

/// What a list is sorted by: fields in their order, the first decides most, or text as the API takes it.
///
/// ```text
/// list.sort(Sort::CreatedAt.desc())
/// list.sort([Sort::Name.asc(), Sort::CreatedAt.desc()])
/// list.sort("-created_at,name")
/// ```
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct SortBy<F>(By<F>);

#[derive(Clone, Debug, PartialEq, Eq, Hash)]
enum By<F> {
    Fields(Vec<Ordered<F>>),
    Text(String),
}

/// A field to sort by, and which way.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Ordered<F> {
    field: F,
    direction: Direction,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
enum Direction {
    Ascending,
    Descending,
}

/// How an API writes an order; JSON:API's way is [`SortSyntax::MINUS`].
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct SortSyntax {
    /// A field from its least value on, such as `{field}`.
    pub ascending: &'static str,
    /// A field from its greatest value on, such as `-{field}`.
    pub descending: &'static str,
    /// What stands between two fields.
    pub separator: &'static str,
}

impl SortSyntax {
    /// `name,-created_at` (JSON:API 1.1, section "Sorting").
    pub const MINUS: Self = Self { ascending: "{field}", descending: "-{field}", separator: "," };

    fn template(&self, direction: Direction) -> &'static str {
        match direction {
            Direction::Ascending => self.ascending,
            Direction::Descending => self.descending,
        }
    }
}

impl<F> Ordered<F> {
    /// From the least value on.
    pub const fn ascending(field: F) -> Self {
        Self { field, direction: Direction::Ascending }
    }

    /// From the greatest value on.
    pub const fn descending(field: F) -> Self {
        Self { field, direction: Direction::Descending }
    }
}

impl<F: AsRef<str>> SortBy<F> {
    /// The parameter's value; empty if there is nothing to sort by.
    pub fn text(&self, syntax: &SortSyntax) -> String {
        match &self.0 {
            By::Text(text) => text.clone(),
            By::Fields(fields) => {
                let written = |ordered: &Ordered<F>| {
                    syntax.template(ordered.direction).replace("{field}", ordered.field.as_ref())
                };
                fields.iter().map(written).collect::<Vec<_>>().join(syntax.separator)
            }
        }
    }
}

impl<F> From<Ordered<F>> for SortBy<F> {
    fn from(field: Ordered<F>) -> Self {
        Self(By::Fields(vec![field]))
    }
}

impl<F, const N: usize> From<[Ordered<F>; N]> for SortBy<F> {
    fn from(fields: [Ordered<F>; N]) -> Self {
        Self(By::Fields(fields.into()))
    }
}

impl<F> From<Vec<Ordered<F>>> for SortBy<F> {
    fn from(fields: Vec<Ordered<F>>) -> Self {
        Self(By::Fields(fields))
    }
}

/// Text as the API takes it, for orders that its description does not name.
impl<F> From<&str> for SortBy<F> {
    fn from(text: &str) -> Self {
        Self(By::Text(text.to_owned()))
    }
}

/// Text as the API takes it, for orders that its description does not name.
impl<F> From<String> for SortBy<F> {
    fn from(text: String) -> Self {
        Self(By::Text(text))
    }
}
