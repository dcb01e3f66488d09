//! What one of several is called: documents name lists, and the client also names what is in them.

/// The singular of an English word in lower case, by its ending; a word that is no plural stays as it is.
pub fn singular(word: &str) -> String {
    let ends = |ending: &str| word.len() > ending.len() + 1 && word.ends_with(ending);
    let cut = |count: usize, with: &str| format!("{}{with}", &word[..word.len() - count]);
    if ends("ies") {
        cut(3, "y")
    } else if ["sses", "shes", "ches", "xes", "zes", "statuses", "aliases"].into_iter().any(ends) {
        cut(2, "")
    } else if ends("s") && !["ss", "us", "is", "news"].into_iter().any(ends) {
        cut(1, "")
    } else {
        word.to_owned()
    }
}

#[cfg(test)]
mod tests {
    use super::singular;

    #[test]
    fn plurals_become_singular() {
        let pairs =
            [("categories", "category"), ("boxes", "box"), ("status", "status"), ("addresses", "address")];
        for (plural, expected) in pairs {
            assert_eq!(singular(plural), expected);
        }
    }
}
