//! A first look at the client, which needs no account: `cargo run -p kajabi --example quickstart`.
//!
//! A small server in this process answers in place of Kajabi. With `KAJABI_CLIENT_ID` and `KAJABI_CLIENT_SECRET` in the
//! environment Kajabi itself answers; then sites and contacts are listed and nothing is changed.

mod server;

use std::env;

use kajabi::types::{
    AuthenticationTokenRequest, Contact, ContactsAttributesInput, ContactsCreateData,
    ContactsCreateRelationships, ContactsCreateRelationshipsSite, ContactsCreateRelationshipsSiteData,
    ContactsCreateRequest, ContactsUpdateData, ContactsUpdateRequest,
};
use kajabi::{Client, Error, Patch, contacts};

type Result<T> = std::result::Result<T, Box<dyn std::error::Error>>;

#[tokio::main]
async fn main() -> Result<()> {
    if let (Ok(id), Ok(secret)) = (env::var("KAJABI_CLIENT_ID"), env::var("KAJABI_CLIENT_SECRET")) {
        let client = sign_in("https://api.kajabi.com", &id, &secret).await?;
        read(&client).await?;
        return Ok(());
    }
    println!("KAJABI_CLIENT_ID and KAJABI_CLIENT_SECRET are not set: a server in this process answers.");
    let client = sign_in(&server::start().await?, "any id", "any secret").await?;
    let site = read(&client).await?;
    let grace = create(&client, &site).await?;
    update(&client, &grace).await
}

/// The first call needs no token: it gets one.
async fn sign_in(url: &str, id: &str, secret: &str) -> Result<Client> {
    heading("Get a token");
    let anonymous = Client::builder().base_url(url).build()?;
    let form = AuthenticationTokenRequest::new()
        .grant_type("client_credentials")
        .client_id(id)
        .client_secret(secret);
    let token = anonymous.authentication().token(&form).await?;
    println!("  good for {} seconds", token.expires_in.unwrap_or_default());
    Ok(Client::builder().base_url(url).bearer_token(token.access_token.unwrap_or_default()).build()?)
}

/// Filters and pages are setters of the call; `.await` sends it.
async fn read(client: &Client) -> Result<String> {
    heading("List sites, and the contacts of the first one");
    let sites = client.sites().list().await?.data.unwrap_or_default();
    for site in &sites {
        let title = site.attributes.as_ref().and_then(|attributes| attributes.title.as_deref());
        println!("  site {}: {}", or_dash(site.id.as_deref()), or_dash(title));
    }
    let site = sites.into_iter().find_map(|site| site.id).unwrap_or_default();
    let page =
        client.contacts().list().filter_site_id(&site).sort("name").page_number(1).page_size(2).await?;
    page.data.unwrap_or_default().iter().for_each(print);
    Ok(site)
}

/// A refusal is a value with a type: here the second attempt, with the same address.
async fn create(client: &Client, site: &str) -> Result<String> {
    heading("Create a contact, and once more");
    let site = ContactsCreateRelationshipsSiteData::new(site, "sites");
    let site = ContactsCreateRelationships::new().site(ContactsCreateRelationshipsSite::new().data(site));
    let grace = ContactsAttributesInput::new().name("Grace Hopper").email("grace@example.com");
    let grace = grace.phone_number("555-0100").address_city("Arlington");
    let request = ContactsCreateRequest::new(ContactsCreateData::new("contacts", grace, site));

    let created = client.contacts().create(&request).await?.data.unwrap_or_default();
    print(&created);
    match client.contacts().create(&request).await {
        Err(Error::Api(contacts::CreateError::UnprocessableEntity(refusal), meta)) => {
            for error in refusal.errors.unwrap_or_default() {
                let at = error.source.and_then(|source| source.pointer);
                println!(
                    "  {} at {}: {}",
                    meta.status(),
                    or_dash(at.as_deref()),
                    or_dash(error.detail.as_deref())
                );
            }
        }
        Err(other) => return Err(other.into()),
        Ok(_) => println!("  it was created twice"),
    }
    Ok(created.id.unwrap_or_default())
}

/// What is null is emptied, and what is not mentioned stays.
async fn update(client: &Client, id: &str) -> Result<()> {
    heading("Empty the phone number, and leave the rest alone");
    let attributes = ContactsAttributesInput::new().phone_number(Patch::Null);
    let request = ContactsUpdateRequest::new(ContactsUpdateData::new(id, "contacts", attributes));
    let updated = client.contacts().update(id, &request).await?;
    updated.data.iter().for_each(print);
    Ok(())
}

fn heading(text: &str) {
    println!("\n{text}");
}

fn print(contact: &Contact) {
    let attributes = contact.attributes.clone().unwrap_or_default();
    let [name, email, phone, city] =
        [attributes.name, attributes.email, attributes.phone_number, attributes.address_city];
    println!(
        "  contact {}: {} <{}>, phone {}, city {}",
        or_dash(contact.id.as_deref()),
        or_dash(name.as_deref()),
        or_dash(email.as_deref()),
        or_dash(phone.as_deref()),
        or_dash(city.as_deref()),
    );
}

fn or_dash(text: Option<&str>) -> &str {
    text.unwrap_or("-")
}
