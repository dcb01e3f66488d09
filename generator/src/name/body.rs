//! The names of what can be sent: a variant for each media type, a type for each multipart body.

use super::ident::{FieldName, TypeName, VariantName};
use super::scope::Scope;
use super::{MediaNames, PartNames, PartsNames, case, reserved};
use crate::model::{Body, BodyMedia, FormPart, Operation};

/// The name of the body of the operation with that `builder`, and those of its media types.
pub(super) fn names(body: Option<&Body>, builder: &str, types: &mut Scope) -> (TypeName, Vec<MediaNames>) {
    let Some(body) = body else { return (TypeName::new(String::new()), Vec::new()) };
    let own = match body.only() {
        Some(_) => String::new(),
        None => types.give([format!("{builder}Body").as_str()]),
    };
    let mut variants = Scope::new(reserved::VARIANTS);
    let media = body.media.iter().map(|media| {
        let (short, long) = media_words(&media.media_type);
        let names = [case::camel(&short, "Body"), case::camel(&long, "Body")];
        let variant = variants.give(names.iter().map(String::as_str));
        media_names(media, variant, builder, types)
    });
    let media = media.collect();
    (TypeName::new(own), media)
}

fn media_names(media: &BodyMedia, variant: String, builder: &str, types: &mut Scope) -> MediaNames {
    let multipart = media.kind.multipart().map(|parts| sent_parts(parts, builder, types));
    MediaNames { variant: VariantName::new(variant), multipart }
}

/// The names of parts that are sent; `owner` is the builder, or the builder and the parts that lead to these.
fn sent_parts(parts: &[FormPart], owner: &str, types: &mut Scope) -> PartsNames {
    let name = TypeName::new(types.give([format!("{owner}Multipart").as_str()]));
    let mut scope = Scope::new(reserved::MULTIPART);
    let mut named: Vec<PartNames> = parts
        .iter()
        .map(|part| PartNames { name: part_name(part, &mut scope), headers: Vec::new(), inner: None })
        .collect();
    for (part, named) in parts.iter().zip(&mut named) {
        let headers = part.headers.iter().map(|header| {
            let name = case::snake(&format!("{} {}", part.name, header.name), "header");
            FieldName::new(scope.give([name.as_str()]))
        });
        named.headers = headers.collect();
        named.inner = part.inner().map(|inner| sent_parts(inner, &within(owner, part), types));
    }
    PartsNames { name, parts: named }
}

fn part_name(part: &FormPart, scope: &mut Scope) -> FieldName {
    let name = case::snake(&part.name, "part");
    FieldName::new(scope.give([name.as_str(), format!("{name}_part").as_str()]))
}

/// What the type of the parts in a part is called by.
fn within(owner: &str, part: &FormPart) -> String {
    format!("{owner}{}", case::camel(&part.name, "Part"))
}

/// The names of answers of several parts.
pub(super) fn answers(operation: &Operation, builder: &str, types: &mut Scope) -> Vec<PartsNames> {
    operation.named_parts().into_iter().map(|known| read_parts(&known.parts, builder, types)).collect()
}

fn read_parts(parts: &[FormPart], owner: &str, types: &mut Scope) -> PartsNames {
    let name = TypeName::new(types.give([format!("{owner}Parts").as_str()]));
    let mut scope = Scope::new(reserved::ANSWER_PARTS);
    let parts = parts.iter().map(|part| PartNames {
        name: part_name(part, &mut scope),
        headers: Vec::new(),
        inner: part.inner().map(|inner| read_parts(inner, &within(owner, part), types)),
    });
    PartsNames { name, parts: parts.collect() }
}

/// What a media type is called: in short, and with its parameters where that is taken.
fn media_words(media_type: &str) -> (String, String) {
    let (essence, parameters) = media_type.split_once(';').unwrap_or((media_type, ""));
    let essence = essence.trim().to_ascii_lowercase();
    let short = match essence.split_once('/') {
        Some(("*", _)) => "any".to_owned(),
        Some((family, "*")) => family.to_owned(),
        Some(("application", "x-www-form-urlencoded")) => "form".to_owned(),
        Some(("multipart", "form-data")) => "multipart".to_owned(),
        Some(("text", "plain")) => "text".to_owned(),
        Some(("application", subtype)) => subtype.strip_prefix("x-").unwrap_or(subtype).to_owned(),
        Some((family, subtype)) => format!("{family} {subtype}"),
        None => essence.clone(),
    };
    let long = format!("{short} {parameters}");
    (short, long)
}

#[cfg(test)]
mod tests {
    use super::media_words;

    #[test]
    fn a_media_type_is_called_by_what_tells_it_from_others() {
        let expected = [
            ("application/json", "json"),
            ("application/merge-patch+json", "merge-patch+json"),
            ("application/x-www-form-urlencoded", "form"),
            ("multipart/form-data", "multipart"),
            ("multipart/mixed", "multipart mixed"),
            ("text/plain; charset=utf-8", "text"),
            ("text/csv", "text csv"),
            ("image/*", "image"),
            ("*/*", "any"),
        ];
        for (media_type, words) in expected {
            assert_eq!(media_words(media_type).0, words);
        }
    }
}
