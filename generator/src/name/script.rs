//! Whether names are in ASCII. Of others rustc warns where letters of two scripts look alike, wherever in a crate they stand.

use super::{Group, MediaNames, Names, OperationNames, PartsNames, TypeNames};

impl Names {
    /// Whether there is a name that is not in ASCII.
    pub fn are_beyond_ascii(&self) -> bool {
        let is_beyond = |name: &str| !name.is_ascii();
        let of_type = |TypeNames { read, write }: &TypeNames| {
            is_beyond(read.as_str()) || write.as_ref().is_some_and(|write| is_beyond(write.as_str()))
        };
        self.types.iter().any(of_type)
            || self.members.iter().flatten().any(|name| is_beyond(name.as_str()))
            || self.variants.iter().flatten().any(|name| is_beyond(name.as_str()))
            || self.groups.iter().any(|Group { module, .. }| is_beyond(module.as_str()))
            || self.operations.iter().any(of_operation)
    }
}

fn of_operation(names: &OperationNames) -> bool {
    let fields = [&names.parameters, &names.header_fields, &names.parts];
    let bodies = names.media.iter().filter_map(|MediaNames { multipart, .. }| multipart.as_ref());
    !names.method.as_str().is_ascii()
        || fields.into_iter().flatten().any(|name| !name.as_str().is_ascii())
        || bodies.chain(&names.answers).any(of_parts)
}

fn of_parts(names: &PartsNames) -> bool {
    names.parts.iter().any(|part| {
        let all = part.headers.iter().chain([&part.name]);
        all.into_iter().any(|name| !name.as_str().is_ascii()) || part.inner.as_ref().is_some_and(of_parts)
    })
}
