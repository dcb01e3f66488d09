//! Which tags contacts shall have.

use std::collections::{BTreeMap, BTreeSet};
use std::io::Read;

/// Addresses, each with the names of the tags that the contact shall have.
#[derive(Default)]
pub(crate) struct Wishes(BTreeMap<String, BTreeSet<String>>);

impl Wishes {
    /// One contact's.
    pub(crate) fn of(email: &str, tags: &[String]) -> Self {
        Self(BTreeMap::from([(email.to_owned(), tags.iter().cloned().collect())]))
    }

    /// Reads CSV with the columns `email` and `tag`, among any others.
    pub(crate) fn read(csv: impl Read) -> super::Result<Self> {
        let mut reader = csv::ReaderBuilder::new().trim(csv::Trim::All).from_reader(csv);
        let headers = reader.headers()?.clone();
        let column = |name: &str| {
            let found = headers.iter().position(|header| header == name);
            found.ok_or_else(|| format!("the CSV has no column {name:?}"))
        };
        let (email, tag) = (column("email")?, column("tag")?);
        let mut wishes = Self::default();
        for row in reader.records() {
            let row = row?;
            let tags = wishes.0.entry(row[email].to_lowercase()).or_default();
            tags.extend(Some(&row[tag]).filter(|tag| !tag.is_empty()).map(ToString::to_string));
        }
        Ok(wishes)
    }

    /// Each address with its tags.
    pub(crate) fn iter(&self) -> impl Iterator<Item = (&str, &BTreeSet<String>)> {
        self.0.iter().map(|(email, tags)| (email.as_str(), tags))
    }

    /// All tags that somebody shall have.
    pub(crate) fn tags(&self) -> impl Iterator<Item = &str> {
        let tags: BTreeSet<&str> = self.0.values().flatten().map(String::as_str).collect();
        tags.into_iter()
    }
}
