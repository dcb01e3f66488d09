//! From the tags that a contact has to those that it shall have.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt;

use futures_util::TryStreamExt as _;
use kajabi::{Client, ContactId, ContactTagId, Error, ErrorDocument, Retry, SiteId, contact_tags, contacts};

use super::Mode;

/// When the changes are made again.
///
/// A client makes reading calls again after 429, 502, 503, 504 and after a connection that broke; a `POST` or `DELETE` only after
/// 429, because the server may have acted on it before it failed. Here that does no harm: to add a tag that is there, or to remove
/// one that is not, changes nothing.
const AGAIN: Retry = Retry::standard().methods(&["POST", "DELETE"]).always(&[429]).max(4);

/// The tags of a site.
pub(crate) struct Tags(BTreeMap<String, ContactTagId>);

impl Tags {
    /// Reads all of them: there are few, and the list is needed for every contact.
    pub(crate) async fn of(kajabi: &Client, site: &SiteId) -> Result<Self, Error<contact_tags::ListError>> {
        let mut tags = kajabi.contact_tags().list().filter_site_id(site).page_size(100).stream();
        let mut ids = BTreeMap::new();
        while let Some(tag) = tags.try_next().await? {
            if let Some(name) = tag.attributes.name {
                ids.insert(name, tag.id);
            }
        }
        Ok(Self(ids))
    }

    pub(crate) fn id(&self, name: &str) -> Option<&ContactTagId> {
        self.0.get(name)
    }

    fn name<'t>(&'t self, id: &'t ContactTagId) -> &'t str {
        let found = self.0.iter().find(|(_, other)| *other == id);
        found.map_or(id.as_str(), |(name, _)| name)
    }
}

/// What became of a contact.
pub(crate) enum Outcome {
    /// It has the tags already.
    AsWished,
    /// These tags were added and removed, or would be.
    Changed { added: Vec<String>, removed: Vec<String> },
    /// There is no such contact, or none any more.
    Missing,
    /// Kajabi did not accept a change, in its own words.
    Refused(String),
}

impl fmt::Display for Outcome {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::AsWished => f.write_str("as wished"),
            Self::Changed { added, removed } => {
                let added = added.iter().map(|tag| format!("+{tag}"));
                let changes: Vec<String> = added.chain(removed.iter().map(|tag| format!("-{tag}"))).collect();
                f.write_str(&changes.join(" "))
            }
            Self::Missing => f.write_str("there is no contact with this address"),
            Self::Refused(why) => write!(f, "refused: {why}"),
        }
    }
}

/// Brings one contact in line. Fails where it makes no sense to go on with the next one.
pub(crate) async fn contact(
    kajabi: &Client,
    site: &SiteId,
    tags: &Tags,
    email: &str,
    wished: &BTreeSet<String>,
    mode: Mode,
) -> super::Result<Outcome> {
    let Some(id) = find(kajabi, site, email).await? else { return Ok(Outcome::Missing) };
    let has: BTreeSet<ContactTagId> = match kajabi.contacts().list_tags(&id).await {
        Ok(linkage) => linkage.data.into_iter().collect(),
        Err(Error::Api(contacts::ListTagsError::NotFound(_), _)) => return Ok(Outcome::Missing),
        Err(other) => return Err(other.into()),
    };
    let wished: BTreeSet<ContactTagId> = wished.iter().filter_map(|name| tags.id(name).cloned()).collect();
    let add: Vec<ContactTagId> = wished.difference(&has).cloned().collect();
    let remove: Vec<ContactTagId> = has.difference(&wished).cloned().collect();
    if add.is_empty() && remove.is_empty() {
        return Ok(Outcome::AsWished);
    }
    let names = |ids: &[ContactTagId]| ids.iter().map(|id| tags.name(id).to_owned()).collect();
    let outcome = Outcome::Changed { added: names(&add), removed: names(&remove) };
    match mode {
        Mode::DryRun => Ok(outcome),
        Mode::Apply => match change(kajabi, &id, add, remove).await {
            Ok(()) => Ok(outcome),
            Err(Failure::Gone) => Ok(Outcome::Missing),
            Err(Failure::Refused(why)) => Ok(Outcome::Refused(why)),
            Err(Failure::Other(error)) => Err(error),
        },
    }
}

/// The contact with exactly this address.
///
/// A search finds parts of names and addresses, and what was added a moment ago only after a while.
async fn find(
    kajabi: &Client,
    site: &SiteId,
    email: &str,
) -> Result<Option<ContactId>, Error<contacts::ListError>> {
    let list = kajabi.contacts().list().filter_site_id(site).filter_search(email);
    let mut found = list.fields([contacts::Field::Email]).stream();
    while let Some(contact) = found.try_next().await? {
        if contact.attributes.email.is_some_and(|other| other.eq_ignore_ascii_case(email)) {
            return Ok(Some(contact.id));
        }
    }
    Ok(None)
}

/// Adds and removes instead of `replace_tags`, so that a tag that somebody else adds meanwhile stays.
async fn change(
    kajabi: &Client,
    id: &ContactId,
    add: Vec<ContactTagId>,
    remove: Vec<ContactTagId>,
) -> Result<(), Failure> {
    if !add.is_empty() {
        kajabi.contacts().add_tags(id, add).retry(AGAIN).await?;
    }
    if !remove.is_empty() {
        kajabi.contacts().remove_tags(id, remove).retry(AGAIN).await?;
    }
    Ok(())
}

/// Why a contact was not changed.
enum Failure {
    /// It was deleted meanwhile.
    Gone,
    /// There is something wrong with this one.
    Refused(String),
    /// There is something wrong with every one, such as the credentials or the network.
    Other(Box<dyn std::error::Error>),
}

/// Each operation has errors of its own, those that the API's description declares.
impl From<Error<contacts::AddTagsError>> for Failure {
    fn from(error: Error<contacts::AddTagsError>) -> Self {
        match error {
            Error::Api(contacts::AddTagsError::NotFound(_), _) => Self::Gone,
            Error::Api(contacts::AddTagsError::BadRequest(problem), _) => Self::Refused(words(&problem)),
            other => Self::Other(other.into()),
        }
    }
}

impl From<Error<contacts::RemoveTagsError>> for Failure {
    fn from(error: Error<contacts::RemoveTagsError>) -> Self {
        match error {
            Error::Api(contacts::RemoveTagsError::NotFound(_), _) => Self::Gone,
            Error::Api(contacts::RemoveTagsError::BadRequest(problem), _) => Self::Refused(words(&problem)),
            other => Self::Other(other.into()),
        }
    }
}

fn words(problem: &ErrorDocument) -> String {
    let details =
        problem.errors.iter().filter_map(|error| error.detail.as_deref().or(error.title.as_deref()));
    details.collect::<Vec<_>>().join("; ")
}
