//! `x-webhooks`, `x-webhook-signature`: what the API sends by itself, and how to know that it did.

use std::collections::BTreeSet;

use indexmap::IndexMap;

use super::scope::Scope;
use super::value::{Members, Value};
use super::{Template, effect};
use crate::diag::Diagnostics;
use crate::model::HttpMethod;
use crate::source::{Pointer, Tree};

/// What the API sends by itself.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Webhooks {
    /// `x-webhooks`, by name of the event, in document order.
    pub events: IndexMap<String, Event>,
    /// `x-webhook-signature`.
    pub signature: Option<Signature>,
}

/// A member of `x-webhooks`: a path item as OpenAPI 3.1's `webhooks` have it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Event {
    /// The place of the path item.
    pub pointer: Pointer,
    /// The place of the schema of the request's JSON body, if one is declared.
    pub schema: Option<Pointer>,
    /// The places of what the body may be besides.
    pub others: Vec<Pointer>,
    /// `x-payload`: the resource types that are carried; empty if not said.
    pub payload: Vec<String>,
}

/// `x-webhook-signature`.
#[derive(Debug, Clone, PartialEq)]
pub struct Signature {
    /// `header`: the header that carries the signature.
    pub header: String,
    /// `algorithm`.
    pub algorithm: Algorithm,
    /// `encoding`: how the signature is written.
    pub encoding: SignatureEncoding,
    /// `prefix`: what stands in front of it (`sha256=`); may be empty.
    pub prefix: String,
    /// `signed`: what is signed, with the slots `{timestamp}` and `{body}`; `{timestamp}.{body}` if not said, without a
    /// timestamp `{body}`. There is `{timestamp}` in it exactly if there is a timestamp.
    pub signed: Template,
    /// `timestamp`, if the time of sending is said.
    pub timestamp: Option<Timestamp>,
}

/// How a signature is made.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Algorithm {
    /// `hmac-sha256`: HMAC (RFC 2104) with SHA-256.
    HmacSha256,
}

/// How the bytes of a signature are written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum SignatureEncoding {
    /// `hex`.
    Hex,
    /// `base64`.
    Base64,
}

/// The time of sending, in seconds since 1970.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Timestamp {
    /// Where it is said.
    pub place: TimestampPlace,
    /// `tolerance_s`: how many seconds it may be away from now; 300 if not said.
    pub tolerance_s: u64,
}

/// Where the time of sending is said.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum TimestampPlace {
    /// `header`: in a header of its own.
    Header(String),
    /// `part`: in a part of the signature's header, as in `t=…,v1=…`.
    Part(String),
}

/// Reads `webhooks`, `x-webhooks` and `x-webhook-signature`.
pub(super) fn read(scope: &Scope, diags: &mut Diagnostics) -> Webhooks {
    let root = Pointer::root();
    let mut events = IndexMap::new();
    for key in ["webhooks", "x-webhooks"] {
        let word = Value::member(scope.tree, &root, key);
        for (name, item) in word.map(|word| word.entries(diags)).into_iter().flatten() {
            events.extend(of_item(name, &item, scope, diags));
        }
    }
    let signature = Value::member(scope.tree, &root, "x-webhook-signature");
    let signature = signature.and_then(|word| {
        if events.is_empty() {
            effect::report(&word.place, "the API sends nothing by itself that could be signed", diags);
        }
        signature_of(&word, diags)
    });
    Webhooks { events, signature }
}

/// The events of one path item: that of the first method is called `name`, those of others by their methods too.
fn of_item<'t>(
    name: &str,
    item: &Value<'t>,
    scope: &Scope<'t>,
    diags: &mut Diagnostics,
) -> Vec<(String, Event)> {
    if item.tree.as_map().is_none() {
        item.mistyped("a path item with a `post`", diags);
        return Vec::new();
    }
    let payload = Value::member(item.tree, &item.place, "x-payload");
    let payload = payload.map(|payload| scope.resource_types(&payload, diags)).unwrap_or_default();
    let event =
        |(schema, others)| Event { pointer: item.place.clone(), schema, others, payload: payload.clone() };
    let sent = requests(item);
    if sent.is_empty() {
        return vec![(name.to_owned(), event((None, Vec::new())))];
    }
    let named = sent.into_iter().enumerate().map(|(at, (method, request))| {
        let name = if at == 0 { name.to_owned() } else { format!("{method} {name}") };
        (name, event(body(&request, scope).unwrap_or_default()))
    });
    named.collect()
}

/// The requests of a path item by their methods: `POST` first, which is what webhooks mostly are, and what OAS 3.2 adds last.
fn requests<'t>(item: &Value<'t>) -> Vec<(String, Value<'t>)> {
    let known = HttpMethod::ALL.into_iter().map(|method| method.as_str().to_owned());
    let mut methods: Vec<String> =
        ["POST".to_owned()].into_iter().chain(known).chain(["QUERY".to_owned()]).collect();
    let mut seen = BTreeSet::new();
    methods.retain(|method| seen.insert(method.clone()));
    let member = |method: &String| Value::member(item.tree, &item.place, &method.to_ascii_lowercase());
    let mut found: Vec<_> =
        methods.iter().filter_map(|method| Some((method.clone(), member(method)?))).collect();
    let more = Value::member(item.tree, &item.place, "additionalOperations");
    let more = more.iter().flat_map(|more| {
        let entries = more.tree.as_map().into_iter().flatten();
        entries.map(|(method, tree)| (method.to_string(), Value { tree, place: more.place.child(method) }))
    });
    found.extend(more);
    found
}

/// The place of the schema of what is sent as JSON, and the places of other media types, but for JSON of the same schema.
fn body<'t>(request: &Value<'t>, scope: &Scope<'t>) -> Option<(Option<Pointer>, Vec<Pointer>)> {
    let body = scope.followed(Value::member(request.tree, &request.place, "requestBody")?)?;
    let content = Value::member(body.tree, &body.place, "content")?;
    let offered = content.tree.as_map()?;
    let read = offered.iter().find_map(|(name, media)| media.get("schema").filter(|_| is_json(name)));
    let is_read = |name: &str, media: &Tree| is_json(name) && read.is_some() && media.get("schema") == read;
    let place = |name: &str| content.place.child(name);
    let chosen = offered.iter().find(|(name, media)| is_read(name, media));
    let others = offered.iter().filter(|(name, media)| !is_read(name, media) && !name.starts_with("x-"));
    let schema = chosen.map(|(name, _)| place(name).child("schema"));
    Some((schema, others.map(|(name, _)| place(name)).collect()))
}

/// RFC 6839, section 3.1: `application/json` and what ends in `+json`, whatever parameters follow.
fn is_json(media_type: &str) -> bool {
    let essence = media_type.split(';').next().unwrap_or_default().trim().to_ascii_lowercase();
    essence == "application/json" || essence.ends_with("+json")
}

fn signature_of(word: &Value, diags: &mut Diagnostics) -> Option<Signature> {
    const MEMBERS: [&str; 7] =
        ["header", "algorithm", "encoding", "prefix", "signed", "timestamp", "tolerance_s"];
    let members = word.members(&MEMBERS, diags)?;
    let header = members.wanted("header", diags).and_then(|header| header.header(diags));
    let algorithms = [("hmac-sha256", Algorithm::HmacSha256)];
    let algorithm = members.wanted("algorithm", diags).and_then(|value| value.choice(&algorithms, diags));
    let encodings = [("hex", SignatureEncoding::Hex), ("base64", SignatureEncoding::Base64)];
    let encoding = members.wanted("encoding", diags).and_then(|value| value.choice(&encodings, diags));
    let prefix = members.get("prefix").and_then(|prefix| prefix.text(diags)).unwrap_or_default();
    let timestamp = timestamp(&members, diags);
    let signed = match members.get("signed") {
        Some(signed) => signed_template(&signed, timestamp.is_some(), diags),
        None if members.get("timestamp").is_some() => {
            Template::parse("{timestamp}.{body}", &["body"], &["timestamp"]).ok()
        }
        None => Template::parse("{body}", &["body"], &[]).ok(),
    };
    Some(Signature {
        header: header?,
        algorithm: algorithm?,
        encoding: encoding?,
        prefix: prefix.to_owned(),
        signed: signed?,
        timestamp,
    })
}

/// What is signed. A time of sending that is not signed proves nothing: anyone could send an old body with a new time.
fn signed_template(signed: &Value, has_timestamp: bool, diags: &mut Diagnostics) -> Option<Template> {
    let template = signed.template(&["body"], &["timestamp"], diags)?;
    if template.has("timestamp") && !has_timestamp {
        signed.invalid("nothing says where the timestamp is", "add `timestamp`; nothing is generated", diags);
    }
    if has_timestamp && !template.has("timestamp") {
        let help = "write `{timestamp}.{body}`, or remove `timestamp`; nothing is generated";
        signed.invalid("the timestamp is not signed, so it proves nothing", help, diags);
    }
    Some(template)
}

fn timestamp(signature: &Members, diags: &mut Diagnostics) -> Option<Timestamp> {
    let tolerance = signature.get("tolerance_s");
    let Some(value) = signature.get("timestamp") else {
        if let Some(tolerance) = tolerance {
            tolerance.invalid("there is no timestamp to tolerate a difference of", "add `timestamp`", diags);
        }
        return None;
    };
    let tolerance_s = tolerance.and_then(|value| value.whole(0..=366 * 24 * 60 * 60, diags)).unwrap_or(300);
    let members = value.members(&["header", "part"], diags)?;
    let place = match (members.get("header"), members.get("part")) {
        (Some(header), None) => TimestampPlace::Header(header.header(diags)?),
        (None, Some(part)) => TimestampPlace::Part(part.name(diags)?.to_owned()),
        (Some(_), Some(_)) | (None, None) => {
            value.invalid("a timestamp is in a `header` or in a `part`", "write one of the two", diags);
            return None;
        }
    };
    Some(Timestamp { place, tolerance_s })
}

#[cfg(test)]
mod tests {
    use super::{Signature, SignatureEncoding, Timestamp, TimestampPlace};
    use crate::words::testing::{complaints, words};

    fn signature(text: &str) -> Signature {
        words(&format!("x-webhooks: {{sold: {{post: {{}}}}}}\nx-webhook-signature: {text}"))
            .webhooks
            .signature
            .unwrap()
    }

    #[test]
    fn an_event_has_the_schema_of_what_is_posted() {
        let webhooks = words(
            "x-client: {profile: json-api}\ncomponents: {requestBodies: {event: {content: {text/plain: {schema: {}}, application/json; \
             charset=utf-8: {schema: {}}}}}, schemas: {toy: {x-resource-type: toys}}}\n\
             x-webhooks: {sold: {post: {requestBody: {$ref: '#/components/requestBodies/event'}}, x-payload: [toys]}, \
             gone: {post: {}}}\n",
        )
        .webhooks;
        assert_eq!(webhooks.events.keys().collect::<Vec<_>>(), ["sold", "gone"]);
        let sold = &webhooks.events["sold"];
        assert_eq!(sold.pointer.as_str(), "/x-webhooks/sold");
        let schema = sold.schema.as_ref().unwrap().as_str();
        assert_eq!(schema, "/components/requestBodies/event/content/application~1json; charset=utf-8/schema");
        assert_eq!(sold.payload, ["toys"]);
        assert_eq!((&webhooks.events["gone"].schema, webhooks.signature), (&None, None));
    }

    #[test]
    fn a_body_may_be_signed_alone() {
        let signature = signature(
            "{header: X-Hub-Signature-256, algorithm: hmac-sha256, encoding: hex, prefix: sha256=}",
        );
        assert_eq!(
            (signature.header.as_str(), signature.prefix.as_str()),
            ("X-Hub-Signature-256", "sha256=")
        );
        assert_eq!((signature.signed.as_str(), signature.timestamp), ("{body}", None));
    }

    #[test]
    fn a_body_may_be_signed_with_the_time() {
        let part = signature(
            "{header: Signature, algorithm: hmac-sha256, encoding: base64, prefix: v1=, signed: '{timestamp}.{body}', \
             timestamp: {part: t}, tolerance_s: 60}",
        );
        assert_eq!(part.encoding, SignatureEncoding::Base64);
        let place = TimestampPlace::Part("t".to_owned());
        assert_eq!(part.timestamp, Some(Timestamp { place, tolerance_s: 60 }));
        let header = signature(
            "{header: Signature, algorithm: hmac-sha256, encoding: hex, signed: 'v0:{timestamp}:{body}', \
             timestamp: {header: X-Time}}",
        );
        let place = TimestampPlace::Header("X-Time".to_owned());
        assert_eq!(header.timestamp, Some(Timestamp { place, tolerance_s: 300 }));
    }

    #[test]
    fn a_time_of_sending_is_signed() {
        let said = "{header: Signature, algorithm: hmac-sha256, encoding: hex, timestamp: {part: t}}";
        assert_eq!(signature(said).signed.as_str(), "{timestamp}.{body}");
        let unsigned = said.replace("timestamp:", "signed: '{body}', timestamp:");
        let at = "#/x-webhook-signature/signed";
        assert_eq!(
            complaints(&format!("x-webhook-signature: {unsigned}")).last(),
            Some(&format!("invalid-word {at}: the timestamp is not signed, so it proves nothing"))
        );
    }

    #[test]
    fn what_is_wrong_is_reported_where_it_stands() {
        assert_eq!(
            complaints(
                "x-webhook-signature: {header: a b, algorithm: md5, signed: '{timestamp}.{body}', tolerance_s: 5}\n\
                 x-webhooks: {sold: [], gone: {}}\npaths: {/sample: {get: {x-sample-of: slod}}}\n",
            ),
            [
                "invalid-word #/x-webhooks/sold: a path item with a `post` is wanted here, and this is a sequence",
                "invalid-word #/x-webhook-signature/header: `a b` is no name of a header",
                "invalid-word #/x-webhook-signature/algorithm: `md5` is not understood here",
                "invalid-word #/x-webhook-signature: `x-webhook-signature` lacks the member `encoding`",
                "invalid-word #/x-webhook-signature/tolerance_s: there is no timestamp to tolerate a difference of",
                "invalid-word #/x-webhook-signature/signed: nothing says where the timestamp is",
                "dangling-word #/paths/~1sample/get/x-sample-of: there is no event `slod`",
            ]
        );
    }
}
