//! Operations: each is whole in the result, or left out with a diagnostic.

use super::Lowering;
use super::media::Of;
use super::parameter::Impossible;
use super::path_query;
use crate::diag::Code;
use crate::dialect::{Path, PathOperation, words};
use crate::model::{Docs, HttpMethod, LeftOut, Operation, Scheme, Segment, path_template};
use crate::source::Pointer;

impl<'d> Lowering<'d> {
    /// All operations, in document order.
    pub(super) fn operations(&mut self, schemes: &[Scheme]) -> Vec<Operation> {
        let mut operations = Vec::with_capacity(self.document.operations.len());
        for declared in &self.document.operations {
            let Some(path) = self.document.paths.get(declared.path) else { continue };
            let checkpoint = self.checkpoint();
            let method = method_of(declared);
            match self.operation(path, declared, method.clone(), schemes) {
                Ok(operation) => operations.push(operation),
                Err(Impossible(code)) => {
                    self.roll_back(&checkpoint);
                    let operation = format!("{} {}", method.as_str(), path.path);
                    self.left_out.push(LeftOut { operation, pointer: declared.pointer.clone(), code });
                }
            }
        }
        self.report_paths();
        self.report_nameless(&operations);
        self.report_keys(&operations, schemes);
        operations
    }

    fn operation(
        &mut self,
        item: &'d Path,
        declared: &'d PathOperation,
        method: HttpMethod,
        schemes: &[Scheme],
    ) -> Result<Operation, Impossible> {
        let (path, place, declared) = (item.path.as_str(), &declared.pointer, &declared.operation);
        let segments = segments(path_template(path));
        let of = Of { method: method.clone(), path, place };
        let item_place = Pointer::root().child("paths").child(path);
        let shared_place = item_place.child("parameters");
        let own_place = place.child("parameters");
        let parameters = self.parameters(
            (&item.parameters, &shared_place),
            (&declared.parameters, &own_place),
            &method,
            path,
            &segments,
        )?;
        let mut parameters = self.typed_parameters(parameters, &of, &segments);
        parameters.extend(path_query::query_parameters(path, &item_place, &parameters));
        let body = declared.request_body.as_ref().and_then(|body| self.body(body, &of, &segments));
        let servers = self.servers_of((&declared.servers, place), (&item.servers, &item_place));
        let (responses, headers) = self.responses(&declared.responses, &of);
        let paging = self.paging(&responses, &of);
        let words = self.words.operations.get(place);
        Ok(Operation {
            pointer: place.clone(),
            method,
            path: path.to_owned(),
            segments,
            tag: declared.tags.first().cloned(),
            operation_id: declared.operation_id.clone().filter(|id| !id.trim().is_empty()),
            wanted_name: declared
                .extensions
                .get(words::NAME)
                .and_then(|name| name.as_str())
                .map(str::to_owned),
            docs: Docs {
                summary: declared.summary.clone(),
                description: declared.description.clone(),
                deprecated: declared.deprecated,
                ..Docs::default()
            },
            parameters,
            body,
            responses,
            headers,
            paging,
            repeatable: words.and_then(|words| words.retry),
            servers,
            security: self.security(declared.security.as_ref(), place, schemes),
        })
    }

    fn report_nameless(&mut self, operations: &[Operation]) {
        for operation in operations.iter().filter(|operation| operation.operation_id.is_none()) {
            if operation.wanted_name.is_none() {
                self.diags
                    .note(Code::MissingOperationId, &operation.pointer)
                    .message("the operation has no `operationId`")
                    .help("its method is named after its path and HTTP method");
            }
        }
    }
}

fn method_of(declared: &PathOperation) -> HttpMethod {
    let known = HttpMethod::ALL.into_iter().find(|known| known.as_str() == declared.method);
    known.unwrap_or_else(|| HttpMethod::Other(declared.method.clone()))
}

/// The pieces of a path template between its slashes.
fn segments(path: &str) -> Vec<Segment> {
    let piece = |text: &str| {
        let inner = text.strip_prefix('{').and_then(|text| text.strip_suffix('}'));
        match inner {
            Some(name) if !name.contains(['{', '}']) => Segment::Slot(name.to_owned()),
            _ if slot_names(text).next().is_some() => Segment::Mixed(text.to_owned()),
            _ => Segment::Literal(text.to_owned()),
        }
    };
    path.split('/').filter(|text| !text.is_empty()).map(piece).collect()
}

/// The names between braces.
pub(super) fn slot_names(text: &str) -> impl Iterator<Item = &str> {
    text.split('{').skip(1).filter_map(|rest| rest.split_once('}').map(|(name, _)| name))
}
