//! A first look at the client, which needs no account: `cargo run -p kajabi --example quickstart`.
//!
//! A small server in this process answers in place of Kajabi. With `KAJABI_CLIENT_ID` and `KAJABI_CLIENT_SECRET` in the
//! environment Kajabi itself answers; then sites and contacts are listed and nothing is changed.

mod server;

use futures_util::TryStreamExt as _;
use kajabi::{Client, ClientCredentials, Contact, ContactId, Error, Patch, SiteId, contacts};

type Result<T> = std::result::Result<T, Box<dyn std::error::Error>>;

#[tokio::main]
async fn main() -> Result<()> {
    if let Ok(credentials) = ClientCredentials::from_env("KAJABI_CLIENT_ID", "KAJABI_CLIENT_SECRET") {
        let client = Client::builder().auth(credentials).build()?;
        read(&client).await?;
        return Ok(());
    }
    println!("KAJABI_CLIENT_ID and KAJABI_CLIENT_SECRET are not set: a server in this process answers.");
    let credentials = ClientCredentials::new("any id", "any secret");
    let client = Client::builder().base_url(server::start().await?).auth(credentials).build()?;
    let site = read(&client).await?;
    let grace = create(&client, &site).await?;
    update(&client, &grace).await
}

/// The first call gets a token by itself. Filters, order and fields are setters of the call; a stream walks through all pages.
async fn read(client: &Client) -> Result<SiteId> {
    heading("List sites, and all contacts of the first one, two a page");
    let sites = client.sites().list().await?.data;
    for site in &sites {
        println!("  site {}: {}", site.id, or_dash(site.attributes.title.as_deref()));
    }
    let site = sites.into_iter().next().ok_or("there is no site")?.id;
    let list = client.contacts().list().filter_site_id(&site).sort(contacts::Sort::Name).page_size(2);
    let mut contacts = list.stream();
    while let Some(contact) = contacts.try_next().await? {
        print(&contact);
    }
    Ok(site)
}

/// What has to be sent are arguments, the rest are setters. A refusal is a value with a type: here the second attempt, with the
/// same address.
async fn create(client: &Client, site: &SiteId) -> Result<ContactId> {
    heading("Create a contact, and once more");
    let grace = || {
        let create = client.contacts().create(site).name("Grace Hopper").email("grace@example.com");
        create.phone_number("555-0100").address_city("Arlington").custom(7, "COBOL")
    };
    let created = grace().await?.data;
    print(&created);
    match grace().await {
        Err(Error::Api(contacts::CreateError::UnprocessableEntity(refusal), meta)) => {
            for error in refusal.errors {
                let at = error.source.and_then(|source| source.pointer);
                let detail = or_dash(error.detail.as_deref());
                println!("  {} at {}: {detail}", meta.status(), or_dash(at.as_deref()));
            }
        }
        Err(other) => return Err(other.into()),
        Ok(_) => println!("  it was created twice"),
    }
    Ok(created.id)
}

/// What is null is emptied, and what is not mentioned stays.
async fn update(client: &Client, id: &ContactId) -> Result<()> {
    heading("Empty the phone number, and leave the rest alone");
    print(&client.contacts().update(id).phone_number(Patch::Null).await?.data);
    Ok(())
}

fn heading(text: &str) {
    println!("\n{text}");
}

fn print(Contact { id, attributes, .. }: &Contact) {
    let [name, email, phone, city] =
        [&attributes.name, &attributes.email, &attributes.phone_number, &attributes.address_city]
            .map(|attribute| or_dash(attribute.as_deref()));
    let field = or_dash(attributes.custom(7));
    println!("  contact {id}: {name} <{email}>, phone {phone}, city {city}, field {field}");
}

fn or_dash(text: Option<&str>) -> &str {
    text.unwrap_or("-")
}
