//! Types of the program's own in a client: amounts that add up to the cent, where the document has a text
//! with the format `decimal`, and labels in a set. `build.rs` says which, by `format_type` and
//! `schema_type`.
//!
//! `INVOICES_URL=http://127.0.0.1:4010 cargo run -p specwright-examples --bin own_types`, with
//! `specwright serve --spec examples/openapi/invoices.yaml` in another terminal.

use std::collections::BTreeSet;
use std::fmt;
use std::io::{self, Write as _};
use std::iter::Sum;
use std::str::FromStr;

use specwright_runtime::serde::de::{Deserialize, Deserializer, Error};
use specwright_runtime::serde::ser::{Serialize, Serializer};

/// What `build.rs` has made of the document.
#[allow(
    unreachable_pub,
    unused_imports,
    reason = "a client is made for whoever takes it in, and this is a program"
)]
mod api {
    specwright_runtime::include_client!("invoices");
}

/// An amount of money, in cents. The client needs the first three of its derives, and the two traits of
/// serde.
#[derive(Clone, Debug, PartialEq)]
struct Money(i64);

/// A text that is no amount.
#[derive(Debug)]
struct NoAmount;

impl FromStr for Money {
    type Err = NoAmount;

    fn from_str(text: &str) -> Result<Self, NoAmount> {
        let digits = text.strip_prefix('-').unwrap_or(text);
        let parts = digits.split_once('.').filter(|(_, cents)| cents.len() == 2);
        let (euros, cents) = parts.ok_or(NoAmount)?;
        let all = format!("{euros}{cents}");
        if !all.bytes().all(|one| one.is_ascii_digit()) {
            return Err(NoAmount);
        }
        let all: i64 = all.parse().map_err(|_| NoAmount)?;
        Ok(Self(if digits == text { all } else { -all }))
    }
}

impl fmt::Display for Money {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let sign = if self.0 < 0 { "-" } else { "" };
        let cents = self.0.unsigned_abs();
        write!(f, "{sign}{}.{:02}", cents / 100, cents % 100)
    }
}

impl Sum for Money {
    fn sum<I: Iterator<Item = Self>>(amounts: I) -> Self {
        Self(amounts.map(|amount| amount.0).sum())
    }
}

impl Serialize for Money {
    fn serialize<S: Serializer>(&self, to: S) -> Result<S::Ok, S::Error> {
        to.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for Money {
    fn deserialize<D: Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
        let text = String::deserialize(from)?;
        text.parse().map_err(|NoAmount| D::Error::custom("an amount has two digits of cents"))
    }
}

#[tokio::main(flavor = "current_thread")]
async fn main() -> Result<(), Box<dyn std::error::Error>> {
    let client = api::Client::builder().base_url(std::env::var("INVOICES_URL")?).build()?;
    let invoices = client.list_invoices().send().await?;

    let owed: Money = invoices.iter().map(|invoice| invoice.owed.clone()).sum();
    let labels: BTreeSet<String> = invoices.iter().flat_map(|one| one.labels.clone()).collect();
    let labels: Vec<String> = labels.into_iter().collect();
    writeln!(io::stdout(), "owed: {owed}, for {}", labels.join(" and "))?;

    for invoice in invoices {
        let left =
            client.pay(&invoice.number, api::types::PayRequest::new(invoice.owed)).send().await?;
        writeln!(io::stdout(), "{}: {left} is left", invoice.number)?;
    }
    Ok(())
}
