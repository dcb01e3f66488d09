//! Tags, and of which others they are parts (OAS 3.2.0, Tag Object).

use std::collections::HashMap;
use std::iter::successors;

use openapiv3::Tag;

use crate::diag::{Code, Diagnostics};
use crate::dialect::words;
use crate::model::TagInfo;
use crate::source::Pointer;

/// How far up it is looked whether a tag is a part of itself.
const MOST_ABOVE: usize = 64;

pub(super) fn tags(declared: &[Tag], diags: &mut Diagnostics) -> Vec<TagInfo> {
    let said =
        |tag: &Tag, word: &str| tag.extensions.get(word).and_then(|said| said.as_str()).map(str::to_owned);
    let by_name: HashMap<&str, usize> =
        declared.iter().enumerate().rev().map(|(at, tag)| (tag.name.as_str(), at)).collect();
    let parents: Vec<Option<usize>> = declared
        .iter()
        .enumerate()
        .map(|(at, tag)| {
            let name = said(tag, words::TAG_PARENT)?;
            let parent = by_name.get(name.as_str()).copied();
            if parent.is_none() {
                let message = format!("`{name}` is no tag of this document");
                refuse(at, &message, "declare it beside this one, or correct the name", diags);
            }
            parent
        })
        .collect();
    let is_circular = |at: usize| {
        let mut above = successors(parents[at], |parent| parents[*parent]).take(MOST_ABOVE);
        above.any(|parent| parent == at)
    };
    let tag = |(at, tag): (usize, &Tag)| {
        let circular = is_circular(at);
        if circular {
            refuse(at, "the tag is a part of itself", "take one of the `parent`s out", diags);
        }
        TagInfo {
            name: tag.name.clone(),
            summary: said(tag, words::TAG_SUMMARY),
            description: tag.description.clone(),
            parent: parents[at].filter(|_| !circular),
        }
    };
    declared.iter().enumerate().map(tag).collect()
}

fn refuse(at: usize, message: &str, help: &str, diags: &mut Diagnostics) {
    let place = Pointer::root().child("tags").index(at).child("parent");
    diags.warn(Code::IgnoredValue, &place).message(message).help(help);
}
