//! Where the answers of a paged operation hold their items (`x-pagination`).

use super::Lowering;
use super::media::Of;
use crate::diag::Code;
use crate::model::{Content, JsonApi, Paging, Response, Shape, Type};

impl Lowering<'_> {
    /// The way to the items in what the operation gives on success, if its pages can be walked.
    ///
    /// A style that names a place where the answer has no list is an error.
    pub(super) fn paging(&mut self, responses: &[Response], of: &Of<'_>) -> Option<Paging> {
        let all = self.words;
        let pagination = all.operations.get(of.place)?.pagination.as_ref()?;
        let steps: Vec<String> = pagination.items.tokens().collect();
        let mut successes = responses.iter().filter(|response| response.status.is_success());
        let item = match (successes.next().and_then(Response::only), successes.next()) {
            (Some(Content::Json(ty)), None) => self.item(ty, &steps),
            (Some(_) | None, _) => None,
        };
        if item.is_none() {
            self.diags
                .error(Code::DanglingWord, of.place)
                .message(format!("a page of this operation has no list at `{}`", pagination.items))
                .help("correct `items` of the pagination style, or write `x-pagination: false` at the operation");
        }
        item.map(|item| Paging { steps, item })
    }

    /// The type of the items of the list that `steps` lead to from a value of `ty`.
    fn item(&self, ty: &Type, steps: &[String]) -> Option<Type> {
        match (self.behind_names(ty), steps) {
            (Type::List(item), []) => Some((**item).clone()),
            (Type::JsonApi(JsonApi::Page { item, .. }), [only]) if only == "data" => Some((**item).clone()),
            (Type::Named(id), [next, rest @ ..]) => {
                let Shape::Object(object) = &self.types.get(id.index())?.shape else { return None };
                let member = object.members.iter().find(|member| member.name == *next)?;
                self.item(&member.ty, rest)
            }
            _ => None,
        }
    }
}
