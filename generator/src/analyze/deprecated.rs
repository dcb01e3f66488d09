//! Whether the document advises against anything that is marked so in the client.

use crate::model::{Api, FormPart, Object, Shape};

pub(super) fn is_anywhere(api: &Api) -> bool {
    let in_operations = api.operations.iter().any(|operation| {
        let parameters = operation.parameters.iter().map(|parameter| &parameter.docs);
        let headers = operation.headers.iter().map(|header| &header.docs);
        parameters.chain(headers).chain([&operation.docs]).any(|docs| docs.deprecated)
    });
    let in_types = api.types.iter().any(|definition| {
        definition.docs.deprecated || object(&definition.shape).is_some_and(has_deprecated_members)
    });
    in_operations || in_types || parts(api).any(has_deprecated_docs)
}

fn object(shape: &Shape) -> Option<&Object> {
    match shape {
        Shape::Object(object) => Some(object),
        Shape::Enumeration(_) | Shape::Union(_) | Shape::Alias(_) | Shape::Id(_) => None,
    }
}

fn has_deprecated_members(object: &Object) -> bool {
    object.members.iter().any(|member| member.docs.deprecated)
}

fn has_deprecated_docs(part: &FormPart) -> bool {
    part.docs.deprecated
        || part.headers.iter().any(|header| header.docs.deprecated)
        || part.inner().unwrap_or_default().iter().any(has_deprecated_docs)
}

/// The parts of all bodies and answers.
fn parts(api: &Api) -> impl Iterator<Item = &FormPart> {
    let bodies = api.operations.iter().filter_map(|operation| operation.body.as_ref());
    let sent = bodies
        .flat_map(|body| &body.media)
        .filter_map(|media| media.kind.multipart())
        .flat_map(|parts| parts.iter());
    let responses = api.operations.iter().flat_map(|operation| &operation.responses);
    let contents = responses.flat_map(|response| &response.contents);
    let read = contents.filter_map(|known| known.content.named_parts()).flat_map(|named| &named.parts);
    sent.chain(read)
}
