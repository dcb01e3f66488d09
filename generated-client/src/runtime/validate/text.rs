//! The values of parameters, read back from the text that is sent.

use std::borrow::Cow;

use percent_encoding::percent_decode_str;

use super::super::{Json, Place, Request};
use super::{ParameterRules, TextForm};

/// The value of a parameter; none if it is not sent, or not what is expected.
pub(super) fn value<'r>(request: &'r Request<'_>, parameter: &ParameterRules) -> Option<Cow<'r, Json>> {
    let texts = texts(request, parameter);
    let decoded = |text: &String| match parameter.place {
        Place::Header => Some(text.clone()),
        Place::Path | Place::Query | Place::WholeQuery | Place::Cookie => {
            percent_decode_str(text).decode_utf8().ok().map(Cow::into_owned)
        }
    };
    let single = |text: &String| Some(scalar(decoded(text)?, parameter.is_number));
    let read = match parameter.form {
        TextForm::Single => single(texts.first()?),
        TextForm::Json => serde_json::from_str(&decoded(texts.first()?)?).ok(),
        TextForm::Repeated => list(&texts, single),
        TextForm::Separated(separator) => {
            let items: Vec<String> = texts.first()?.split(separator).map(str::to_owned).collect();
            list(&items, single)
        }
        TextForm::Passed => {
            return request.kept_parameter(parameter.place, parameter.name).map(Cow::Borrowed);
        }
    };
    read.map(Cow::Owned)
}

/// What an error calls a parameter.
pub(super) fn described(parameter: &ParameterRules) -> String {
    let place = match parameter.place {
        Place::Path => "path parameter",
        Place::Query | Place::WholeQuery => "query parameter",
        Place::Header => "header",
        Place::Cookie => "cookie",
    };
    format!("{place} {}", parameter.name)
}

/// What stands for the parameter, as it is sent.
fn texts(request: &Request<'_>, parameter: &ParameterRules) -> Vec<String> {
    let name = parameter.name;
    match parameter.place {
        Place::Path => request.slot(name).map(str::to_owned).into_iter().collect(),
        Place::Query | Place::WholeQuery => request.query_ref().encoded(name),
        Place::Header => {
            let values = request.headers().get_all(name).iter();
            values.filter_map(|value| value.to_str().ok().map(str::to_owned)).collect()
        }
        Place::Cookie => {
            let pairs = request.cookies().iter().filter_map(|cookie| cookie.split_once('='));
            let is_it =
                |known: &str| percent_decode_str(known).decode_utf8().is_ok_and(|known| known == name);
            pairs.filter(|(known, _)| is_it(known)).map(|(_, value)| value.to_owned()).collect()
        }
    }
}

/// An empty list is one empty text.
fn list(texts: &[String], single: impl Fn(&String) -> Option<Json>) -> Option<Json> {
    match texts {
        [] => None,
        [only] if only.is_empty() => Some(Json::Array(Vec::new())),
        several => several.iter().map(single).collect::<Option<Vec<_>>>().map(Json::Array),
    }
}

fn scalar(text: String, is_number: bool) -> Json {
    let number = if is_number { serde_json::from_str(&text).ok() } else { None };
    number.map_or(Json::String(text), Json::Number)
}
