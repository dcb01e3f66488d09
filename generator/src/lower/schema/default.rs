//! `defaultMapping`: what values are whose tag is none of the others', or that have none (OAS 3.2.0, Discriminator Object).

use super::Lowering;
use crate::diag::Code;
use crate::model::{Shape, Type, Union, Variant};
use crate::resolve;
use crate::schema::Schema;

impl<'d> Lowering<'d> {
    /// The schema that a discriminator's `defaultMapping` names.
    pub(in crate::lower) fn default_of(&self, schema: &Schema) -> Option<&'d Schema> {
        let target = schema.discriminator.as_ref()?.default.as_deref()?;
        self.document.schemas.get(&resolve::mapped(target))
    }

    /// The variant for it: one that is there, if its values hold their tag, so that it is not lost.
    pub(super) fn default_variant(
        &mut self,
        schema: &'d Schema,
        member: &str,
        variants: &mut Vec<Variant>,
    ) -> Option<usize> {
        let target = self.default_of(schema)?;
        let ty = self.referred(schema, target).ty;
        let known = variants.iter().position(|variant| variant.ty == ty);
        if let Some(known) = known.filter(|_| self.declares(target, member, 0)) {
            return Some(known);
        }
        variants.push(Variant { hint: "default".to_owned(), tags: Vec::new(), ty });
        Some(variants.len() - 1)
    }

    /// Takes defaults back that are one of several themselves: what is neither would be looked for there without end.
    ///
    /// What a default is is known when all types are.
    pub(in crate::lower) fn settle_defaults(&mut self) {
        for at in 0..self.types.len() {
            let Shape::Union(union) = &self.types[at].shape else { continue };
            let Some(default) = union.default.filter(|at| self.is_choice(&union.variants[*at].ty)) else {
                continue;
            };
            if let Shape::Union(union) = &mut self.types[at].shape {
                union.default = None;
                if union.variants[default].tags.is_empty() {
                    union.variants.remove(default);
                }
            }
        }
    }

    /// Reports defaults of which no variant was made.
    pub(in crate::lower) fn report_lost_defaults(&mut self) {
        let mut open: Vec<&Schema> = self.document.schemas.iter().map(|(_, schema)| schema).collect();
        while let Some(schema) = open.pop() {
            open.extend(schema.children());
            if self.default_of(schema).is_some() && !self.has_default(schema) {
                let place = schema.pointer.child("discriminator").child("defaultMapping");
                self.diags
                    .warn(Code::NotGenerated, &place)
                    .message("this `defaultMapping` has no counterpart in the client")
                    .help("it needs alternatives that this member tells apart, and a type that is none of several itself");
            }
        }
    }

    /// Whether the type of a schema has a variant for what its discriminator does not know.
    pub(in crate::lower) fn has_default(&self, schema: &Schema) -> bool {
        let known = self.by_pointer.get(&schema.pointer).and_then(|id| self.types.get(id.index()));
        matches!(known.map(|known| &known.shape), Some(Shape::Union(Union { default: Some(_), .. })))
    }

    fn is_choice(&self, ty: &Type) -> bool {
        let known = self.behind_names(ty).named().and_then(|id| self.types.get(id.index()));
        matches!(known.map(|known| &known.shape), Some(Shape::Union(_)))
    }
}
