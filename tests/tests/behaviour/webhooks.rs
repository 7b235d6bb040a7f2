//! What the API sends of its own accord, read from the bytes that a server receives.

use crate::clients::webhooks::types::WebhookEvent;
use crate::clients::webhooks::webhooks::{parse, parse_customer_deleted, parse_invoice_paid};

const PAID: &[u8] = br#"{"data": {"id": "i1"}, "event": "invoice.paid"}"#;

#[test]
fn one_webhook_is_read_by_its_own_function() {
    assert_eq!(parse_invoice_paid(PAID).unwrap().data.id, "i1");
}

#[test]
fn any_webhook_is_told_by_its_event() {
    let WebhookEvent::InvoicePaid(paid) = parse(PAID).unwrap() else { panic!() };
    assert_eq!(paid.data.id, "i1");
    let deleted = br#"{"event": "customer.deleted", "customer": "c1"}"#;
    let WebhookEvent::CustomerDeleted(deleted) = parse(deleted).unwrap() else { panic!() };
    assert_eq!(deleted.customer, "c1");
}

#[test]
fn an_event_that_is_new_is_kept() {
    let WebhookEvent::UnknownValue(value) = parse(br#"{"event": "new", "more": 1}"#).unwrap()
    else {
        panic!()
    };
    assert_eq!(value["more"], 1);
}

#[test]
fn what_does_not_fit_is_located_and_not_quoted() {
    let refused = parse_customer_deleted(br#"{"event": "customer.deleted", "customer": 4711}"#);
    let text = refused.unwrap_err().to_string();
    assert!(text.contains(".customer: expected a string, found an integer"), "{text}");
    assert!(!text.contains("4711"), "{text}");
    for body in [&b""[..], b"{", br#"{"error": "no"}"#] {
        assert!(parse_customer_deleted(body).is_err());
    }
}
