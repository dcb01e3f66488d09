//! Calls through the generated client.

use kajabi::{Client, ContactId, SiteId};

use super::{Call, Outcome};

pub(super) fn client(url: &str) -> Outcome<Client> {
    Ok(Client::builder().base_url(url).bearer_token("a token").build()?)
}

pub(super) async fn make(url: &str, call: Call, times: usize) -> Outcome {
    let client = client(url)?;
    let (contact, site) = (ContactId::from("1"), SiteId::from("123"));
    for _ in 0..times {
        match call {
            Call::List => {
                let page = client.contacts().list().filter_site_id(&site).page_size(25).await?;
                assert_eq!(page.data.len(), 25);
            }
            Call::Get => assert_eq!(client.contacts().get(&contact).await?.data.id, contact),
            Call::Create => {
                let new = client.contacts().create(&site).name("Ada Lovelace").email("ada@example.com");
                let new = new.phone_number("+1 555 0100").subscribed(true);
                let new = new.address_city("London").address_country("GB");
                assert_eq!(new.await?.data.id, contact);
            }
        }
    }
    Ok(())
}
