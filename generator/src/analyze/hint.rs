//! Inline types: what their names can be made of, from the way to them.

use crate::model::{Origin, Owner, Step, singular};

/// Words for an inline type.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Hint<'o> {
    /// What it belongs to.
    pub owner: &'o Owner,
    /// The owner's words, without those that say how it is used (`index`, `response`); empty for an operation, whose name is
    /// not known yet.
    pub stem: Vec<String>,
    /// The words of the way from there, lower case.
    pub words: Vec<String>,
}

/// Words that tell how a component is used, not what it is.
const USES: &[&str] = &["response", "index", "show", "list", "result", "results"];
/// Properties that only wrap what a response is about.
const WRAPPERS: &[&str] = &["data", "items", "results"];

impl<'o> Hint<'o> {
    /// The hint of an inline type; none for a component, which has a name.
    pub fn of(origin: &'o Origin) -> Option<Self> {
        let Origin::Inline { owner, steps } = origin else { return None };
        let (mut stem, is_response) = match owner {
            Owner::Component(name) => stem(name),
            Owner::Operation { .. } => (Vec::new(), true),
            Owner::Webhook(name) => (split(name), false),
        };
        let mut words: Vec<String> = Vec::new();
        let wraps = |step: Option<&Step>| matches!(step, Some(Step::Property(name)) if WRAPPERS.contains(&name.as_str()));
        let mut rest = steps.as_slice();
        if is_response && wraps(rest.first()) && !stem.is_empty() {
            // `contacts_index_response.data[]` and `contacts_show_response.data` are both a contact.
            rest = &rest[1..];
            singular_last(&mut stem);
        }
        for (at, step) in rest.iter().enumerate() {
            match step {
                Step::Property(_)
                    if wraps(Some(step)) && matches!(rest.get(at + 1), Some(Step::Property(_))) => {}
                Step::Property(name) | Step::Variant(_, Some(name)) => words.extend(split(name)),
                Step::Items | Step::Values => {
                    singular_last(if words.is_empty() { &mut stem } else { &mut words });
                }
                Step::Variant(index, None) => words.push(format!("variant{}", index + 1)),
            }
        }
        Some(Self { owner, stem, words })
    }

    /// The last word, by which twins are recognised as the same kind of thing.
    pub(super) fn key(&self) -> &str {
        self.words.last().or(self.stem.last()).map_or("", String::as_str)
    }

    /// All words.
    pub fn all(&self) -> impl DoubleEndedIterator<Item = &str> {
        self.stem.iter().chain(&self.words).map(String::as_str)
    }
}

/// The words of a component's name without the trailing ones that tell how it is used, and whether it is a response.
fn stem(name: &str) -> (Vec<String>, bool) {
    let mut words = split(name);
    let is_response = words.last().is_some_and(|word| USES.contains(&word.as_str()));
    while words.len() > 1 && words.last().is_some_and(|word| USES.contains(&word.as_str())) {
        words.pop();
    }
    if words.len() > 1 && words.last().is_some_and(|word| word == "request") {
        words.pop();
    }
    (words, is_response)
}

fn singular_last(words: &mut [String]) {
    if let Some(last) = words.last_mut() {
        *last = singular(last);
    }
}

/// The words of a name: split at what is no letter or digit and where a lower-case letter meets an upper-case one.
pub(super) fn split(name: &str) -> Vec<String> {
    let mut words = vec![String::new()];
    let mut before = ' ';
    for c in name.chars() {
        let starts_word = !c.is_alphanumeric() || before.is_lowercase() && c.is_uppercase();
        if starts_word {
            words.push(String::new());
        }
        if let Some(word) = words.last_mut()
            && c.is_alphanumeric()
        {
            word.extend(c.to_lowercase());
        }
        before = c;
    }
    words.retain(|word| !word.is_empty());
    words
}

#[cfg(test)]
mod tests {
    use super::{Hint, split};
    use crate::model::{Origin, Owner, Step};

    fn words(owner: &str, steps: Vec<Step>) -> String {
        let origin = Origin::Inline { owner: Owner::Component(owner.to_owned()), steps };
        Hint::of(&origin).map(|hint| hint.all().collect::<Vec<_>>().join(" ")).unwrap_or_default()
    }

    fn property(name: &str) -> Step {
        Step::Property(name.to_owned())
    }

    #[test]
    fn the_data_of_a_response_is_the_thing_itself() {
        assert_eq!(words("blog_posts_index_response", vec![property("data"), Step::Items]), "blog post");
        assert_eq!(words("blog_posts_show_response", vec![property("data")]), "blog post");
        let relationships = vec![property("data"), Step::Items, property("relationships")];
        assert_eq!(words("blog_posts_index_response", relationships), "blog post relationships");
    }

    #[test]
    fn the_data_of_a_request_is_its_data() {
        assert_eq!(words("notes_create_request", vec![property("data")]), "notes create data");
        assert_eq!(words("notes_create_request", vec![property("data"), property("x")]), "notes create x");
    }

    #[test]
    fn names_split_at_case_and_separators() {
        assert_eq!(split("createdAt_inLast[x]"), ["created", "at", "in", "last", "x"]);
    }
}
