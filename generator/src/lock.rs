//! The lock file: names given before, as text.
//!
//! It is written beside the document and belongs into version control. Removing a line lets the generator choose anew.

use std::collections::BTreeMap;

use crate::name::Pins;

/// The lock file's text for `pins`, the same for the same pins.
pub fn to_text(pins: &Pins) -> String {
    let table = |(table, names): (&str, &BTreeMap<String, String>)| {
        // A key is on one line, which `toml` does not see to. JSON's strings are TOML's, but for one character.
        let quoted = |text: &str| serde_json::Value::from(text).to_string().replace('\u{7f}', "\\u007f");
        let lines = names.iter().map(|(key, name)| format!("{} = {}\n", quoted(key), quoted(name)));
        format!("\n[{table}]\n{}", lines.collect::<String>())
    };
    let tables = [("operations", &pins.operations), ("types", &pins.types), ("inputs", &pins.inputs)]
        .map(table)
        .concat();
    format!(
        "# Names that clientsmith has given, so that a later change of the document renames nothing.\n\
         # Written by `clientsmith generate`; remove a line to let it choose anew.\n{tables}"
    )
}

/// Reads a lock file's text.
///
/// # Errors
///
/// If it is not TOML or has anything but tables of strings; the message has line and column.
pub fn from_text(text: &str) -> Result<Pins, String> {
    let table: toml::Table = toml::from_str(text).map_err(|error: toml::de::Error| error.to_string())?;
    let mut pins = Pins::default();
    for (name, names) in &table {
        let target = match name.as_str() {
            "operations" => &mut pins.operations,
            "types" => &mut pins.types,
            "inputs" => &mut pins.inputs,
            other => return Err(format!("there is no table `{other}` in a lock file")),
        };
        let names = names.as_table().ok_or_else(|| format!("`{name}` is no table"))?;
        for (key, value) in names {
            let value = value.as_str().ok_or_else(|| format!("the name of `{key}` is no string"))?;
            target.insert(key.clone(), value.to_owned());
        }
    }
    Ok(pins)
}

#[cfg(test)]
mod tests {
    use super::{from_text, to_text};
    use crate::name::Pins;

    #[test]
    fn what_is_written_is_read_again() {
        let mut pins = Pins::default();
        pins.types.insert("#/components/schemas/a \"b\"\n\u{7f}\\".to_owned(), "A".to_owned());
        pins.inputs.insert("#/components/schemas/a".to_owned(), "AInput".to_owned());
        pins.operations.insert("GET /a".to_owned(), "a.get".to_owned());
        assert_eq!(from_text(&to_text(&pins)), Ok(pins));
    }

    #[test]
    fn anything_else_is_an_error() {
        assert!(from_text("[other]").is_err());
        assert!(from_text("[types]\na = 1").is_err());
        assert!(from_text("types = 1").is_err());
        assert!(from_text("[").is_err());
    }
}
