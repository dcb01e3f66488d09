//! A request body of each kind; the one place that spells out the types of what is sent.

use kajabi::types::{
    AuthenticationRevokeRequest, AuthenticationTokenRequest, ContactNoteBody, ContactNotesCreateData,
    ContactNotesCreateRelationships, ContactNotesCreateRelationshipsContact, ContactNotesCreateRequest,
    ContactNotesUpdateData, ContactNotesUpdateRequest, ContactsAddOffersMeta, ContactsAddOffersRequest,
    ContactsAttributesInput, ContactsCreateData, ContactsCreateRelationships,
    ContactsCreateRelationshipsSite, ContactsCreateRelationshipsSiteData, ContactsCreateRequest,
    ContactsUpdateData, ContactsUpdateRequest, FormSubmissionAttributesInput, FormsSubmitData,
    FormsSubmitRequest, HookEvent, HooksAttributesInput, LinkageRequest, OffersLinkageRequest,
    ResourceIdentifier, WebhooksCreateData, WebhooksCreateRelationships, WebhooksCreateRelationshipsSite,
    WebhooksCreateRequest,
};

pub(crate) fn token() -> AuthenticationTokenRequest {
    AuthenticationTokenRequest::new()
        .grant_type("client_credentials")
        .client_id("id & co")
        .client_secret("s=cret+ä")
}

pub(crate) fn revoke() -> AuthenticationRevokeRequest {
    AuthenticationRevokeRequest::new("to ken")
}

pub(crate) fn contact(attributes: ContactsAttributesInput) -> ContactsCreateRequest {
    let site = ContactsCreateRelationshipsSiteData::new("7", "sites");
    let site = ContactsCreateRelationshipsSite::new().data(site);
    let relationships = ContactsCreateRelationships::new().site(site);
    ContactsCreateRequest::new(ContactsCreateData::new("contacts", attributes, relationships))
}

pub(crate) fn contact_update(attributes: ContactsAttributesInput) -> ContactsUpdateRequest {
    ContactsUpdateRequest::new(ContactsUpdateData::new("1", "contacts", attributes))
}

/// Attributes of a contact, to be filled in.
pub(crate) fn attributes() -> ContactsAttributesInput {
    ContactsAttributesInput::new()
}

pub(crate) fn note() -> ContactNotesCreateRequest {
    let contact = ResourceIdentifier::new("1", "contacts");
    let contact = ContactNotesCreateRelationshipsContact::new(contact);
    let relationships = ContactNotesCreateRelationships::new(contact);
    ContactNotesCreateRequest::new(ContactNotesCreateData::new(ContactNoteBody::new("Hello"), relationships))
}

pub(crate) fn note_update() -> ContactNotesUpdateRequest {
    ContactNotesUpdateRequest::new(ContactNotesUpdateData::new("1", ContactNoteBody::new("Hello again")))
}

pub(crate) fn offers() -> LinkageRequest {
    LinkageRequest::new(vec![ResourceIdentifier::new("2", "offers")])
}

pub(crate) fn granted_offers() -> ContactsAddOffersRequest {
    ContactsAddOffersRequest::new(vec![ResourceIdentifier::new("2", "offers")])
        .meta(ContactsAddOffersMeta::new().send_customer_welcome_email(false))
}

pub(crate) fn customer_offers() -> OffersLinkageRequest {
    OffersLinkageRequest::new(vec![ResourceIdentifier::new("2", "offers")])
}

pub(crate) fn submission() -> FormsSubmitRequest {
    let attributes = FormSubmissionAttributesInput::new().name("Ada").email("ada@example.com");
    FormsSubmitRequest::new(FormsSubmitData::new("form_submissions", attributes))
}

pub(crate) fn hook(event: HookEvent) -> WebhooksCreateRequest {
    let site = WebhooksCreateRelationshipsSite::new().data(ResourceIdentifier::new("7", "sites"));
    let attributes = HooksAttributesInput::new(event, "https://example.com/hook");
    WebhooksCreateRequest::new(WebhooksCreateData::new(attributes, WebhooksCreateRelationships::new(site)))
}
