//! Forms that are answers, as the API's description has their fields.

use clientsmith_runtime::runtime::pairs::{Fields, Separator, Shape};
use clientsmith_runtime::runtime::{Json, Kind, form_text};
use serde_json::json;

const RGB: Fields = Fields { known: &[("R", Shape::Value), ("name", Shape::Text)], others: None };
const OPEN: Fields = Fields { known: &[], others: Some(Shape::Value) };
const TEXTS: Shape = Shape::List(&Shape::Text);
const DEEP: Fields = Fields {
    known: &[("tags", TEXTS), ("rgb", Shape::Object(&RGB)), ("all", Shape::List(&Shape::Object(&RGB)))],
    others: Some(Shape::Value),
};

/// Checks what the form is read as whose field `f` is of that shape.
fn check(shape: &'static Shape, form: &str, expected: &Json) {
    let known: &'static [(&str, Shape)] = vec![("f", *shape), ("own", Shape::Text)].leak();
    let fields = Fields { known, others: Some(Shape::Text) };
    assert_eq!(&fields.read(form.as_bytes()).unwrap(), expected, "{form}");
}

#[test]
fn fields_are_read_by_the_types_of_their_values() {
    check(&Shape::Text, "f=1&more=2", &json!({ "f": "1", "more": "2" }));
    check(&Shape::Value, "f=1&f=+2%20", &json!({ "f": 2 }));
    check(&Shape::Value, "f=1.0", &json!({ "f": 1 }));
    check(&Shape::Value, "f=x%26y", &json!({ "f": "x&y" }));
    let number_or_text = &Shape::TextOr(&[Kind::Integer]);
    check(number_or_text, "f=1", &json!({ "f": 1 }));
    for (form, text) in [("f=1.50", "1.50"), ("f=1e5", "1e5"), ("f=true", "true"), ("f=null", "null")] {
        check(number_or_text, form, &json!({ "f": text }));
    }
    check(&TEXTS, "f=1&f=b+c", &json!({ "f": ["1", "b c"] }));
    check(&Shape::Object(&RGB), "f=%7B%22R%22%3A1%7D", &json!({ "f": { "R": 1 } }));
}

#[test]
fn members_of_an_object_may_be_fields_by_their_own_names() {
    let shape = &Shape::Object(&RGB);
    check(
        shape,
        "R=1&own=o&name=2&more=3",
        &json!({ "f": { "R": 1, "name": "2" }, "own": "o", "more": "3" }),
    );
    check(&Shape::Object(&OPEN), "R=1&own=o", &json!({ "f": { "R": 1 }, "own": "o" }));
}

#[test]
fn one_field_may_have_all_items_or_members() {
    let numbers = &Shape::List(&Shape::Value);
    for (separator, list, second, object) in [
        (Separator::Comma, "f=1,b%2C+c", "b, c", "f=R,1,name,2,odd"),
        (Separator::Space, "f=1%20b%2C%63", "b,c", "f=R+1+name+2%20odd"),
        (Separator::Pipe, "f=1%7cb%2Cc", "b,c", "f=R|1%7Cname|2|odd"),
    ] {
        let split: &'static Shape = Box::leak(Box::new(Shape::Split(separator, numbers)));
        check(split, list, &json!({ "f": [1, second] }));
        check(split, "f=", &json!({ "f": [] }));
        let split = Box::leak(Box::new(Shape::Split(separator, &Shape::Object(&RGB))));
        check(split, object, &json!({ "f": { "R": 1, "name": "2", "odd": "" } }));
    }
}

#[test]
fn brackets_say_where_a_value_stands() {
    let texts = &Shape::Deep(&TEXTS);
    check(texts, "f[1]=b&f%5B0%5D=1&f[10]=c", &json!({ "f": ["1", "b", "c"] }));
    check(texts, "f[]=a&f%5B%5D=b", &json!({ "f": ["a", "b"] }));
    check(texts, "f=a", &json!({ "f": ["a"] }));
    check(texts, "f[2]=x&f[]=y&f[]=z", &json!({ "f": ["x", "y", "z"] }));
    check(&Shape::Deep(&Shape::Object(&OPEN)), "f[]=1&f[a]=2", &json!({ "f": { "": 1, "a": 2 } }));
    check(&Shape::Deep(&Shape::Value), "f[]=1&f[]=b&g[]=", &json!({ "f": [1, "b"], "g[]": "" }));
    let deep = &Shape::Deep(&Shape::Object(&DEEP));
    check(
        deep,
        "f[tags][0]=1&f[rgb][R]=1&f[rgb][name]=2&f[all][0][R]=3&f[all][1][R]=4&f[all][0][name]=5",
        &json!({ "f": { "tags": ["1"], "rgb": { "R": 1, "name": "2" }, "all": [{ "R": 3, "name": "5" }, { "R": 4 }] } }),
    );
    check(deep, "f[x][0]=1&f[x][1]=b&f[y][k]=true", &json!({ "f": { "x": [1, "b"], "y": { "k": true } } }));
    check(deep, "g[x]=1&f=x&f[x]=1", &json!({ "g[x]": "1", "f": { "x": 1 } }));
}

#[test]
fn a_name_with_too_many_brackets_is_a_name() {
    let name = format!("f{}", "[a]".repeat(100_000));
    check(&Shape::Deep(&Shape::Value), &format!("{name}=1"), &json!({ (name): "1" }));
}

/// Far beyond any time limit if each piece were looked for to the end.
#[test]
fn a_field_may_have_very_many_items() {
    for (separator, between) in [(Separator::Comma, ","), (Separator::Space, "+"), (Separator::Pipe, "|")] {
        let split = Box::leak(Box::new(Shape::Split(separator, &TEXTS)));
        let known: &'static [(&str, Shape)] = vec![("f", *split), ("d", Shape::Deep(&TEXTS))].leak();
        let form = format!("f={}{}", between.repeat(1_000_000), "&d[]=x".repeat(100_000));
        let read = Fields { known, others: None }.read(form.as_bytes()).unwrap();
        let length = |name: &str| read[name].as_array().unwrap().len();
        assert_eq!((length("f"), length("d")), (1_000_001, 100_000));
    }
}

#[test]
fn what_was_written_in_a_style_is_read_back() {
    use clientsmith_runtime::runtime::{FormField, FormStyle, Reserved::Encoded};
    let list = json!({ "f": ["a,b", "c+d|e", "%2C"] });
    let object = json!({ "f": { "R": 1, "name": "a,[b]&c" } });
    let split = |separator| -> [&'static Shape; 2] {
        [TEXTS, Shape::Object(&RGB)].map(|inner| {
            let inner: &'static Shape = Box::leak(Box::new(inner));
            &*Box::leak(Box::new(Shape::Split(separator, inner)))
        })
    };
    for (style, shapes) in [
        (FormStyle::Exploded(Encoded), [&TEXTS, &Shape::Object(&RGB)]),
        (FormStyle::Comma(Encoded), split(Separator::Comma)),
        (FormStyle::Deep(Encoded), [&Shape::Deep(&TEXTS), &Shape::Deep(&Shape::Object(&RGB))]),
    ] {
        for (value, shape) in [(&list, shapes[0]), (&object, shapes[1])] {
            let form = form_text(value, &[FormField { name: "f", style }]).unwrap();
            check(shape, &form, value);
        }
    }
}

#[test]
fn what_is_not_as_described_is_an_error() {
    static FIELDS: Fields =
        Fields { known: &[("f", Shape::Other(|text| serde_json::from_slice(text)))], others: None };
    assert_eq!(FIELDS.read(b"f=[1]&g=2").unwrap(), json!({ "f": [1], "g": "2" }));
    assert!(FIELDS.read(b"f=x").is_err());
    assert_eq!(FIELDS.read(b"g=%FF").unwrap_err().to_string(), "the form is not UTF-8 text");
}
