//! XML: how the values of types stand in it.

/// The position of an [`XmlNode`] in [`Api::xml`](super::Api::xml).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct XmlId(usize);

impl XmlId {
    /// The id of what stands at `position`.
    pub fn at(position: usize) -> Self {
        Self(position)
    }

    /// The position.
    pub fn index(self) -> usize {
        self.0
    }
}

/// How a value stands in XML.
#[derive(Debug, Clone, PartialEq)]
pub struct XmlNode {
    /// What it is called.
    pub name: XmlName,
    /// What it is.
    pub kind: XmlKind,
    /// What it holds.
    pub value: XmlValue,
}

/// What an element or an attribute is called; what it does not have is empty.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct XmlName {
    /// The name alone; empty if it is called as the member or the list that it is of.
    pub local: String,
    /// What stands before it and a colon.
    pub prefix: String,
    /// The namespace it is in.
    pub namespace: String,
}

/// What a value is in XML.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum XmlKind {
    /// An element.
    Element,
    /// An attribute of the element around it.
    Attribute,
    /// The text of the element around it.
    Text,
    /// The same in a `CDATA` section.
    Cdata,
    /// Nothing of its own: what it holds stands in the element around it.
    Bare,
}

/// What a value holds.
#[derive(Debug, Clone, PartialEq)]
pub enum XmlValue {
    /// Text, and the JSON types it can be; any if there are none.
    Text(Vec<XmlText>),
    /// Members, and what any other is.
    Object(Vec<XmlMember>, Option<Box<XmlNode>>),
    /// Items.
    List(Box<XmlNode>),
    /// Items in this order, and those that follow.
    Tuple(Vec<XmlNode>, Option<Box<XmlNode>>),
    /// What that one holds.
    Like(XmlId),
    /// Nothing is known of it.
    Any,
}

/// A member of an object.
#[derive(Debug, Clone, PartialEq)]
pub struct XmlMember {
    /// Its name in JSON.
    pub property: String,
    /// Whether it is always there.
    pub required: bool,
    /// How it stands in XML.
    pub node: XmlNode,
}

/// The JSON types that text can be.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum XmlText {
    /// `null`
    Null,
    /// `true` or `false`
    Boolean,
    /// A number without a fraction.
    Integer,
    /// A number.
    Number,
    /// Text.
    String,
}
