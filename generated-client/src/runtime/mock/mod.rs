//! A server of the API for tests, on the loopback address: [`Server`].
//!
//! What is expected is written as the very call that the code under test is going to make, and is answered with the values that
//! the operation gives. Nothing has to be said about paths, parameter names and JSON:
//!
//! ```text
//! use my_api::{mock, types, contacts::GetError};
//!
//! /// The code under test.
//! async fn greeting(api: &my_api::Client, id: &str) -> String {
//!     match api.contacts().get(id).await {
//!         Ok(contact) => format!("Hello {}", contact.name),
//!         Err(_) => "Hello stranger".to_owned(),
//!     }
//! }
//!
//! #[tokio::test]
//! async fn contacts_are_greeted_by_name() -> Result<(), Box<dyn std::error::Error>> {
//!     let mock = mock::Server::start().await?;
//!     let api = mock.client().build()?;
//!     mock.on(api.contacts().get("1")).respond(types::Contact::new("Ada"));
//!     mock.on(api.contacts().get("2")).fail(GetError::NotFound(types::Problem::default()));
//!     mock.on(api.contacts().get(mock::ANY)).optional().disconnect();
//!
//!     assert_eq!(greeting(&api, "1").await, "Hello Ada");
//!     assert_eq!(greeting(&api, "2").await, "Hello stranger");
//!
//!     assert_eq!(mock.requests()[0].path(), "/contacts/1");
//!     mock.verify()?;
//!     Ok(())
//! }
//! ```
//!
//! # What matches
//!
//! A request matches an expectation if it has
//!
//! * its method and its path, compared segment by segment without percent-encoding;
//! * all of its query parameters, those of the same name in the same order;
//! * all headers and cookies that were set for the call itself, so not what the client adds to every request;
//! * its body: a JSON body holds what the expected one holds (objects at least its members, lists the same items), a form has
//!   all of its pairs, any other body is the same. An expectation without a body takes any.
//!
//! [`ANY`] stands for any text, and for any JSON value. With [`Expectation::exactly`] a query, a form and a JSON body have
//! nothing else in them.
//!
//! # Which expectation answers
//!
//! Of those that match, the ones limited by [`Expectation::times`] go first, in the order in which they were written, each
//! until it is used up; that makes a sequence. Then goes the latest without a limit, so that a test can override what was set
//! up for all tests.
//!
//! A request that nothing matches is answered with status 501 and a text that names the expectation that came nearest and what
//! does not match. [`Server::verify`] tells of it, and of expectations that no request met. Such texts quote what came, so give
//! the client made-up credentials.
#![cfg(feature = "mock")]

mod boundary;
mod compare;
mod expectation;
mod ledger;
mod listener;
mod outline;
mod received;
mod response;
mod server;
mod verify;

pub use self::expectation::Expectation;
pub use self::received::Received;
pub use self::response::Response;
pub use self::server::Server;
pub use self::verify::Unmet;

/// In an expectation, any text: a whole segment of the path, the whole value of a query parameter, header, cookie or form
/// field, or in JSON any value but a missing one.
pub const ANY: &str = "<<any>>";
