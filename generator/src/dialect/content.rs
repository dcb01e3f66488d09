//! Media types of bodies, answers and parameters, and what is said of the parts and fields of such.

use serde_json::Value;

use super::json::plain;
use super::shell::Reader;
use super::words;
use crate::diag::Code;
use crate::source::{Pointer, Tree};

impl Reader<'_> {
    /// `content`, each schema being a `$ref` to its own place.
    pub(super) fn content(&mut self, tree: &Tree, place: &Pointer) -> Value {
        let Some(map) = self.mapping(tree, place) else { return Value::Object(serde_json::Map::new()) };
        let mut content = serde_json::Map::new();
        for (media_type, media) in map {
            let place = place.child(media_type);
            let essence = media_type.to_ascii_lowercase();
            let mut value = serde_json::Map::new();
            if media.get("schema").is_some() {
                value.insert("schema".to_owned(), self.schema_at(&place.child("schema")));
            }
            if media.get("itemSchema").is_some() {
                self.schema_at(&place.child("itemSchema"));
            }
            let has_names = essence.starts_with("multipart/") || essence.contains("x-www-form-urlencoded");
            match media.get("encoding") {
                Some(said) if has_names => _ = value.insert(words::ENCODING.to_owned(), plain(said)),
                Some(_) => self.without_meaning("encoding", &format!("`{media_type}`"), &place),
                None => {}
            }
            self.positional(media, &place, &mut value);
            content.insert(media_type.to_string(), Value::Object(value));
        }
        Value::Object(content)
    }

    /// What is said of parts by their position.
    fn positional(&mut self, media: &Tree, place: &Pointer, value: &mut serde_json::Map<String, Value>) {
        let media_type = place.tokens().last().unwrap_or_default().into_owned();
        let has_parts = media_type.to_ascii_lowercase().starts_with("multipart/");
        for (key, word) in
            [("prefixEncoding", words::PREFIX_ENCODING), ("itemEncoding", words::ITEM_ENCODING)]
        {
            match media.get(key) {
                Some(said) if has_parts => _ = value.insert(word.to_owned(), plain(said)),
                Some(_) => self.without_meaning(key, &format!("`{media_type}`"), place),
                None => {}
            }
        }
    }

    pub(super) fn without_meaning(&mut self, key: &str, what: &str, place: &Pointer) {
        self.diags
            .warn(Code::UnsupportedEncoding, &place.child(key))
            .message(format!("`{key}` has no meaning for {what}"))
            .help("it is ignored; it is for `multipart` and `application/x-www-form-urlencoded`");
    }
}
