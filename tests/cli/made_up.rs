//! Calls of operations with made-up values, and what stands on the wire of them.

use std::path::Path;

use clientsmith::model::{
    Api, BodyKind, Content, FormPart, Location, MemberDirection, Operation, Parameter, PartContent, Status,
    Type,
};
use http_body_util::Full;
use percent_encoding::percent_decode_str;
use serde_json::Value;

use crate::corpus::run;
use crate::program::{Seen, Server};
use crate::sample::Sampler;

/// An operation that is called.
pub(crate) struct Call<'a> {
    pub(crate) api: &'a Api,
    pub(crate) operation: &'a Operation,
    /// The options of its parameters.
    pub(crate) options: &'a [String],
}

/// What is answered.
#[derive(Clone)]
struct Given {
    status: u16,
    media_type: String,
    body: String,
}

/// What stands in a request.
enum Sent {
    Nothing,
    /// A JSON value.
    Json(Value),
    /// Text with these pieces in it.
    Pieces(Vec<String>),
}

impl Call<'_> {
    /// Calls it in one `way`, with the media type at that position if there are several, and checks what is sent and printed.
    pub(crate) async fn check(&self, program: &Path, way: [&str; 2], at: usize) {
        let given = self.given();
        let answer = given.clone();
        let server = Server::start(move |_| {
            let builder = hyper::Response::builder().status(answer.status);
            let builder = builder.header("content-type", &answer.media_type);
            builder.body(Full::new(answer.body.clone().into())).unwrap()
        })
        .await;
        let (body, sent) = self.body(at);
        let parameters = self.operation.parameters.iter().zip(self.options);
        let parameters =
            parameters.filter_map(|(known, option)| Some(format!("--{option}={}", self.text(known)?)));
        let start = ["--base-url", &server.url, way[0], way[1]].map(str::to_owned);
        let arguments: Vec<String> = start.into_iter().chain(parameters).chain(body).collect();
        let ended = run(program, arguments.clone()).await;
        assert_eq!(ended.code, 0, "{arguments:?}: {ended:?}");
        let seen = server.only();
        self.check_target(&seen);
        check_body(&seen, &sent);
        match serde_json::from_str::<Value>(&given.body) {
            Ok(value) => assert_eq!(ended.json(), value, "{arguments:?}"),
            Err(_) => assert_eq!(ended.out, given.body, "{arguments:?}"),
        }
    }

    /// The first success that the document declares.
    fn given(&self) -> Given {
        let response = self.operation.responses.iter().find(|known| known.status.is_success()).unwrap();
        let content = response.contents.first().unwrap();
        let status = match response.status {
            Status::Code(code) => code,
            Status::Range(_) | Status::Default => 200,
        };
        let sampler = Sampler { api: self.api, without: MemberDirection::WriteOnly };
        let body = match &content.content {
            Content::Json(ty) | Content::Items(_, ty) => sampler.value(ty).to_string(),
            Content::Text | Content::Bytes => "some text".to_owned(),
            _ => String::new(),
        };
        Given { status, media_type: content.media_type.clone().unwrap_or_default(), body }
    }

    fn sampler(&self) -> Sampler<'_> {
        Sampler { api: self.api, without: MemberDirection::ReadOnly }
    }

    /// The text of a parameter; of a list, that of its one item.
    fn text(&self, parameter: &Parameter) -> Option<String> {
        let value = self.sampler().value(&parameter.ty);
        let single = value.as_array().map_or(&value, |items| &items[0]);
        if parameter.location == Location::WholeQuery {
            return None;
        }
        Some(parameter.constant.clone().unwrap_or_else(|| text(single)))
    }

    /// Method, path and query, headers and cookies.
    fn check_target(&self, seen: &Seen) {
        let operation = self.operation;
        let mut path = operation.path.clone();
        let (method, target) = seen.line.split_once(' ').unwrap();
        let (seen_path, query) = target.split_once('?').unwrap_or((target, ""));
        let pairs: Vec<String> =
            query.split('&').map(|pair| percent_decode_str(pair).decode_utf8_lossy().into_owned()).collect();
        for parameter in &operation.parameters {
            let (name, text) = (&parameter.name, self.text(parameter).unwrap_or_default());
            // Objects are written in as many ways as there are styles, each of which has tests of its own.
            let is_plain = !text.starts_with('{');
            match parameter.location {
                Location::Path => path = path.replace(&format!("{{{name}}}"), &text),
                Location::Query if is_plain => {
                    assert!(pairs.contains(&format!("{name}={text}")), "{name}={text}: {}", seen.line);
                }
                Location::Header if is_plain => assert_eq!(seen.header(name), Some(&*text), "{name}"),
                Location::Cookie if is_plain => {
                    assert!(seen.header("cookie").unwrap().contains(&format!("{name}=")), "{name}");
                }
                Location::Query | Location::Header | Location::Cookie | Location::WholeQuery => {}
            }
        }
        let seen_path = percent_decode_str(seen_path).decode_utf8_lossy().into_owned();
        assert_eq!((method, seen_path), (operation.method.as_str(), path));
    }

    /// The options for a body, and what is sent of it.
    fn body(&self, at: usize) -> (Vec<String>, Sent) {
        let Some(body) = &self.operation.body else { return (Vec::new(), Sent::Nothing) };
        let media = &body.media[at % body.media.len()];
        let whole =
            |text: String| vec![format!("--body={text}"), format!("--content-type={}", media.media_type)];
        let value = |ty: &Type| self.sampler().value(ty);
        match &media.kind {
            BodyKind::Json(ty) => (whole(value(ty).to_string()), Sent::Json(value(ty))),
            BodyKind::Form(form) => {
                let names =
                    value(&form.ty).as_object().into_iter().flatten().map(|(name, _)| name.clone()).collect();
                (whole(value(&form.ty).to_string()), Sent::Pieces(names))
            }
            BodyKind::Multipart(parts) => {
                let texts = self.parts(parts, "");
                let options =
                    texts.iter().flat_map(|(name, text)| ["--part".to_owned(), format!("{name}={text}")]);
                let pieces = texts.iter().flat_map(|(name, text)| {
                    let own =
                        name.rsplit('.').next().filter(|_| parts.iter().any(|part| part.inner().is_some()));
                    [format!("name=\"{}\"", own.unwrap_or(name)), text.clone()]
                });
                (options.collect(), Sent::Pieces(pieces.collect()))
            }
            _ => (whole("some bytes".to_owned()), Sent::Pieces(vec!["some bytes".to_owned()])),
        }
    }

    /// The names and the texts of parts, also of those in parts, for which the names of both stand.
    fn parts(&self, parts: &[FormPart], above: &str) -> Vec<(String, String)> {
        let of = |part: &FormPart| {
            let name = format!("{above}{}", part.name);
            match &part.content {
                PartContent::Value(ty) => {
                    let value = self.sampler().value(ty);
                    vec![(name, text(value.as_array().map_or(&value, |items| &items[0])))]
                }
                PartContent::File | PartContent::Files => vec![(name, "some bytes".to_owned())],
                PartContent::Multipart(inner) | PartContent::Multiparts(inner) => {
                    self.parts(inner, &format!("{name}."))
                }
            }
        };
        parts.iter().flat_map(of).collect()
    }
}

fn check_body(seen: &Seen, sent: &Sent) {
    match sent {
        Sent::Nothing => assert_eq!((&*seen.body, seen.header("content-type")), ("", None)),
        Sent::Json(value) => {
            assert_eq!(&serde_json::from_str::<Value>(&seen.body).unwrap(), value, "{}", seen.line)
        }
        Sent::Pieces(pieces) => {
            for piece in pieces {
                assert!(seen.body.contains(piece), "{piece}: {}: {}", seen.line, seen.body);
            }
        }
    }
}

/// A string as it is, anything else as JSON.
fn text(value: &Value) -> String {
    value.as_str().map_or_else(|| value.to_string(), str::to_owned)
}
