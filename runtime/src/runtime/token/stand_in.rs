//! Tokens of the stand-in server.
#![cfg(feature = "mock")]

use reqwest::Url;

use super::super::mock::Server;
use super::super::{Json, JsonObject};
use super::source::{ORIGIN, TokenSource};

const ACCESS_TOKEN: &str = "token-of-the-stand-in-server";
const VALID_SECONDS: u64 = 7200;

impl Server {
    /// Gives out a token, valid for two hours, where and as `source` says, to every request that no expectation answers; nothing if
    /// [`answers_tokens`](Self::answers_tokens) or [`answers_tokens_with`](Self::answers_tokens_with) has set another answer.
    pub fn answers_token_source(&self, source: &TokenSource) {
        let endpoints = source.others.iter().chain(source.renewals).map(|(_, endpoint)| *endpoint);
        let first = source.discovery.map_or(source.endpoint, |discovery| discovery.url);
        for endpoint in endpoints.chain([first]) {
            let url = Url::parse(endpoint);
            let endpoint = endpoint.strip_prefix(ORIGIN).unwrap_or(endpoint);
            self.answers_tokens_unless_set(url.as_ref().map_or(endpoint, Url::path), answer(source));
        }
    }
}

fn answer(source: &TokenSource) -> Json {
    let members = source.answer;
    let mut answer = Json::Object(JsonObject::new());
    put(&mut answer, members.access_token, ACCESS_TOKEN.into());
    let beside =
        members.access_token.rsplit_once('/').map_or(String::new(), |(parent, _)| format!("{parent}/"));
    put(&mut answer, &format!("{beside}token_type"), "Bearer".into());
    put(&mut answer, members.expires_in, VALID_SECONDS.into());
    answer
}

/// Sets the value of a member, or of a pointer, which starts with `/`; objects on the way are made.
fn put(json: &mut Json, place: &str, value: Json) {
    let Some(pointer) = place.strip_prefix('/') else {
        return set(json, &[place], value);
    };
    let names: Vec<String> =
        pointer.split('/').map(|name| name.replace("~1", "/").replace("~0", "~")).collect();
    let names: Vec<&str> = names.iter().map(String::as_str).collect();
    set(json, &names, value);
}

fn set(json: &mut Json, path: &[&str], value: Json) {
    let mut place = json;
    for name in path {
        if !place.is_object() {
            *place = Json::Object(JsonObject::new());
        }
        place = &mut place[*name];
    }
    *place = value;
}
