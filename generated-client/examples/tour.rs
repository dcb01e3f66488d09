use futures_util::TryStreamExt;
use kajabi::{contacts, AnyResource, Client, ClientCredentials, Contact, ContactTagId, Error, HookEvent};
use kajabi::{OfferId, Patch, SiteId, WebhookEvent};

#[tokio::main]
async fn main() -> Result<(), Box<dyn std::error::Error>> {
    // Token fetched on first use, kept, renewed 60 s early or once after a 401, by one task at a time.
    let kajabi = Client::builder()
        .auth(ClientCredentials::from_env("KAJABI_CLIENT_ID", "KAJABI_CLIENT_SECRET")?)
        .max_retries(3)
        .build()?;
    let site: SiteId = kajabi.sites().list().await?.data.remove(0).id;

    // Every matching contact, page after page, as one stream.
    let mut contacts = kajabi.contacts().list()
        .filter_site_id(&site).filter_created_in_last(30).filter_subscribed(true)
        .fields([contacts::Field::Name, contacts::Field::Email])
        .sort(contacts::Sort::CreatedAt.desc()).page_size(100).stream();
    while let Some(Contact { id, attributes, .. }) = contacts.try_next().await? {
        println!("{id} {}", attributes.email.as_deref().unwrap_or("(not asked for)"));
    }

    // Create; a 422 is a typed value.
    let created = kajabi.contacts().create(&site)
        .name("Ada Lovelace").email("ada@example.com").custom(7, "Analytical Engine")
        .await;
    let ada: Contact = match created {
        Ok(document) => document.data,
        Err(Error::Api(contacts::CreateError::UnprocessableEntity(problem), _)) => {
            for e in &problem.errors {
                let at = e.source.as_ref().and_then(|s| s.pointer.as_deref()).unwrap_or("/data");
                eprintln!("{at}: {}", e.detail.as_deref().unwrap_or("invalid"));
            }
            return Ok(());
        }
        Err(other) => return Err(other.into()),
    };

    // Tag it, grant an offer without the welcome mail, empty one custom field and set the phone.
    kajabi.contacts().add_tags(&ada.id, [ContactTagId::from("456")]).await?;
    let offers = kajabi.contacts().grant_offers(&ada.id, [OfferId::from("123")])
        .send_customer_welcome_email(false).await?;
    println!("{} offers", offers.data.len());
    let ada = kajabi.contacts().update(&ada.id).custom(7, Patch::Null).phone_number("12134567890").await?.data;
    assert_eq!(ada.attributes.custom(7), None);

    // Register a webhook and read what it will send.
    let hook = kajabi.webhooks().create(&site, HookEvent::TagAdded, "https://example.com/hook").resource_id("456").await?;
    println!("hook {}", hook.data.id);
    let event = WebhookEvent::parse(br#"{"id":"h1","event":"tag_added","payload":[{"id":"0","type":"contact_tags"}]}"#)?;
    for resource in event.payload {
        match resource {
            AnyResource::Contact(c) => println!("contact {:?}", c.attributes.email),
            AnyResource::ContactTag(t) => println!("tag {:?}", t.attributes.name),
            other => println!("{other:?}"),
        }
    }
    Ok(())
}
