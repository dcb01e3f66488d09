//! Has events sent to a URL.

use futures_util::TryStreamExt as _;
use kajabi::{Client, Error, Hook, HookEvent, SiteId, webhooks};

const EVENTS: [HookEvent; 6] = [
    HookEvent::Purchase,
    HookEvent::FormSubmission,
    HookEvent::TagAdded,
    HookEvent::TagRemoved,
    HookEvent::PaymentSucceeded,
    HookEvent::OrderCreated,
];

/// Registers `url` for every event, except where it is registered already. What an API key may not see is passed over.
pub(crate) async fn all(kajabi: &Client, site: Option<SiteId>, url: &str) -> super::Result<()> {
    let site = match site {
        Some(site) => site,
        None => only_site(kajabi).await?,
    };
    let hooks: Vec<Hook> = kajabi.webhooks().list().stream().try_collect().await?;
    let is_there = |event: &HookEvent| {
        let found = hooks.iter().find(|hook| {
            hook.attributes.event.as_ref() == Some(event)
                && hook.attributes.target_url.as_deref() == Some(url)
        });
        found.map(|hook| &hook.id)
    };
    for event in EVENTS {
        if let Some(id) = is_there(&event) {
            println!("{event} is registered already, as hook {id}");
            continue;
        }
        match kajabi.webhooks().create(&site, event.clone(), url).await {
            Ok(hook) => println!("{event} is registered as hook {}", hook.data.id),
            Err(Error::Api(webhooks::CreateError::Forbidden(_), _)) => {
                println!("{event} is not registered: the API key has no permission to see it");
            }
            Err(other) => return Err(other.into()),
        }
    }
    Ok(())
}

/// The site of an account that has no other.
async fn only_site(kajabi: &Client) -> super::Result<SiteId> {
    let mut sites: Vec<SiteId> = kajabi.sites().list().stream().map_ok(|site| site.id).try_collect().await?;
    match (sites.pop(), sites.as_slice()) {
        (Some(site), []) => Ok(site),
        (None, _) => Err("the account has no site".into()),
        (Some(_), _) => Err("the account has several sites: choose one with --site".into()),
    }
}
