//! What elements and attributes are called in XML, and in which namespace.

use super::Lowering;
use crate::diag::Code;
use crate::model::XmlName;
use crate::schema::{JsonType, Schema, Xml, is_xml_name};

impl<'d> Lowering<'d> {
    /// What the element of a value is called where it stands alone: as its schema or its component says, or as is `inferred`.
    pub(super) fn root_name(&mut self, schema: &'d Schema, inferred: Option<&str>) -> String {
        if let Some(own) = self.element_name(schema) {
            return own;
        }
        let local = inferred.unwrap_or("root");
        let alternatives = self.names_of_alternatives(schema);
        let names: Vec<String> =
            alternatives.iter().flatten().map(|name| format!("`{}`", name.local)).collect();
        if !names.is_empty() {
            self.diags
                .warn(Code::UnsupportedSchema, &schema.pointer)
                .message(format!("in XML, the alternatives are called {}", names.join(", ")))
                .help(format!(
                    "each is sent as `{local}`, and read by what is in it; give the whole an `xml.name`"
                ));
        } else if inferred.is_none() {
            self.diags
                .note(Code::UnsupportedSchema, &schema.pointer)
                .message("nothing says what the element of this body is called in XML")
                .help("it is called `root`; give it an `xml.name`");
        }
        local.to_owned()
    }

    /// What all alternatives of a schema are called that has no name itself.
    pub(super) fn shared_name(&mut self, schema: &'d Schema) -> Option<XmlName> {
        if self.element_name(schema).is_some() {
            return None;
        }
        let mut names = self.names_of_alternatives(schema).into_iter();
        names.next().flatten().filter(|first| names.all(|name| name.as_ref() == Some(first)))
    }

    /// What the element of a schema is called, by its `xml` or by the component that it is.
    pub(super) fn element_name(&self, schema: &'d Schema) -> Option<String> {
        self.chain(schema).find_map(|known| known.xml.name.clone().or_else(|| known.component()))
    }

    /// What each alternative but null is called, if it has a name.
    fn names_of_alternatives(&mut self, schema: &'d Schema) -> Vec<Option<XmlName>> {
        let end = self.end_of_chain(schema);
        let is_value = |known: &&Schema| known.types.single() != Some(JsonType::Null);
        let alternatives = end.one_of.iter().chain(&end.any_of).filter(is_value);
        alternatives.map(|known| Some(self.xml_name_of(known, self.element_name(known)?))).collect()
    }

    /// A name with the namespace that `schema` is in.
    pub(super) fn xml_name_of(&mut self, schema: &'d Schema, local: String) -> XmlName {
        let said = |of: fn(&Xml) -> Option<&String>| {
            self.chain(schema).find_map(|known| of(&known.xml).map(|said| (said.clone(), &known.pointer)))
        };
        let (prefix, namespace) = (said(|xml| xml.prefix.as_ref()), said(|xml| xml.namespace.as_ref()));
        let namespace = namespace.map(|(namespace, _)| namespace).unwrap_or_default();
        if let Some((prefix, place)) = &prefix {
            // `xml` is bound everywhere (Namespaces in XML 1.0, section 3).
            if namespace.is_empty() && prefix != "xml" {
                self.xml.unbound.insert(place.child("xml").child("prefix"), prefix.clone());
            } else {
                self.xml.bound.insert(prefix.clone());
            }
        }
        XmlName { local, prefix: prefix.map(|(prefix, _)| prefix).unwrap_or_default(), namespace }
    }

    /// Says of prefixes that nothing in the document gives a namespace for that they are not written.
    pub(super) fn report_prefixes(&mut self) {
        let nodes = &self.xml;
        for (place, prefix) in nodes.unbound.iter().filter(|(_, prefix)| !nodes.bound.contains(*prefix)) {
            self.diags
                .warn(Code::UnsupportedSchema, place)
                .message(format!("nothing says which namespace the prefix `{prefix}` stands for"))
                .help("names are written without it, or no parser would read them; give it a `namespace`");
        }
    }

    /// A name in XML that is `name`, or like it; none if there is none.
    pub(super) fn xml_name(&mut self, name: &str, schema: &Schema) -> String {
        if is_xml_name(name) || name.is_empty() {
            return name.to_owned();
        }
        let mut known: String = name
            .chars()
            .map(|character| if is_xml_name(&format!("_{character}")) { character } else { '_' })
            .collect();
        if !is_xml_name(&known) {
            known.insert(0, '_');
        }
        self.diags
            .warn(Code::UnsupportedSchema, &schema.pointer)
            .message("this is called by what is no name in XML")
            .help(format!("its element is called `{known}`; give it an `xml.name`"));
        known
    }
}
