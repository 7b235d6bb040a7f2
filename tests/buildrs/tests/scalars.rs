//! Scalars of every kind, in every place, over HTTP.

#![allow(clippy::expect_used, clippy::panic, reason = "helpers of tests fail as tests do")]

use std::io::{BufRead as _, BufReader, Read as _, Write as _};
use std::net::{Ipv4Addr, TcpListener};
use std::thread::JoinHandle;

use specwright_buildrs_test::scalars::types::{Account, Gear, Name, SetAccountFilter};
use specwright_buildrs_test::scalars::{Client, Error};
use specwright_runtime::{Base64, ConstraintError, Decimal, Secret};

const BALANCE: &str = "12345678901234567890.10";

/// A request as it came.
struct Seen {
    head: String,
    body: String,
}

/// A server for one request, and a client of it.
fn serve(status: &str, body: &'static str) -> (Client, JoinHandle<Seen>) {
    let listener = TcpListener::bind("127.0.0.1:0").expect("loopback has a port");
    let address = listener.local_addr().expect("it is bound");
    let answer = format!(
        "HTTP/1.1 {status}\r\ncontent-type: application/json\r\ncontent-length: {}\r\n\
         connection: close\r\n\r\n{body}",
        body.len()
    );
    let server = std::thread::spawn(move || {
        let (stream, _) = listener.accept().expect("the client calls");
        let mut reader = BufReader::new(stream);
        let mut head = String::new();
        while !head.ends_with("\r\n\r\n") {
            reader.read_line(&mut head).expect("a request has a head");
        }
        let head = head.to_lowercase();
        let length = head.split("content-length: ").nth(1).and_then(|rest| rest.lines().next());
        let length = length.map_or(0, |length| length.parse().expect("it is a number"));
        let mut body = vec![0; length];
        reader.read_exact(&mut body).expect("the body is as long as it says");
        reader.get_mut().write_all(answer.as_bytes()).expect("the client listens");
        Seen { head, body: String::from_utf8(body).expect("it is text") }
    });
    let builder = Client::builder().base_url(format!("http://{address}"));
    (builder.build().expect("nothing is wrong with it"), server)
}

fn decimal(digits: &str) -> Decimal {
    digits.parse().expect("it is a number")
}

fn account() -> Account {
    Account::new(Name::try_from("alice").expect("it is short"), Gear::Reverse)
        .with_balance(decimal(BALANCE))
        .with_password("hunter 2")
        .with_picture(b"\xfb\xff".as_slice())
        .with_address(Ipv4Addr::new(10, 0, 0, 1))
        .with_size(u64::MAX)
}

#[tokio::test]
async fn in_parameters_bodies_and_answers() -> Result<(), Error> {
    let (client, server) = serve(
        "200 OK",
        r#"{"name":"Much Too Long","gear":7,"balance":0.10,"password":"x","picture":"?","size":18446744073709551615,"retries":7.0}"#,
    );
    let filter = SetAccountFilter::new()
        .with_gear(Gear::First)
        .with_least(decimal("0.10"))
        .with_key(Base64::from_encoded("a/b="));
    let name = Name::unchecked("Bob");
    let answer = client
        .set_account(name, Gear::Reverse, Ipv4Addr::LOCALHOST, account())
        .price(decimal(BALANCE))
        .size(u64::MAX)
        .gears([Gear::First, Gear::UnknownValue(9)])
        .prices([decimal("1.50"), decimal("2e3")])
        .filter(filter)
        .x_password("sesame")
        .x_gear(Gear::First)
        .send()
        .await?;

    // Nothing that a server sends is held against the rules.
    assert_eq!(answer.name.as_str(), "Much Too Long");
    assert!(answer.name.check().is_err());
    assert_eq!(answer.gear, Gear::UnknownValue(7));
    assert_eq!(answer.balance.as_ref().map(Decimal::as_str), Some("0.10"));
    assert_eq!(answer.password, Some(Secret::from("x")));
    assert_eq!((answer.size, answer.retries), (Some(u64::MAX), Some(7)));

    let seen = server.join().expect("the server got its request");
    let target = seen.head.split(' ').nth(1).expect("it has a target").to_owned();
    assert_eq!(
        target,
        "/accounts/bob/-1/127.0.0.1?price=12345678901234567890.10&size=18446744073709551615\
         &gears=1,9&prices=1.50%7c2e3&filter%5bgear%5d=1&filter%5bleast%5d=0.10\
         &filter%5bkey%5d=a%2fb%3d"
    );
    assert!(seen.head.contains("x-password: sesame\r\n") && seen.head.contains("x-gear: 1\r\n"));
    assert_eq!(
        seen.body,
        r#"{"name":"alice","gear":-1,"balance":12345678901234567890.10,"password":"hunter 2","picture":"+/8=","address":"10.0.0.1","size":18446744073709551615}"#
    );
    Ok(())
}

#[tokio::test]
async fn in_forms_and_parts() -> Result<(), Error> {
    let (client, server) = serve("204 No Content", "");
    client.send_form(account()).send().await?;
    assert_eq!(
        server.join().expect("the server got its request").body,
        "name=alice&gear=-1&balance=12345678901234567890.10&password=hunter%202&picture=%2B%2F8%3D\
         &address=10.0.0.1&size=18446744073709551615"
    );

    let (client, server) = serve("204 No Content", "");
    let picture = Base64::from(b"\xfb\xff");
    client.send_parts(Gear::Reverse, decimal(BALANCE), "sesame", picture).send().await?;
    let body = server.join().expect("the server got its request").body;
    for (name, value) in
        [("gear", "-1"), ("balance", BALANCE), ("password", "sesame"), ("picture", "+/8=")]
    {
        let part = body.split("name=").find(|part| part.starts_with(&format!("\"{name}\"")));
        let part = part.unwrap_or_else(|| panic!("{name} is missing in {body}"));
        let text = part.split("\r\n\r\n").nth(1).and_then(|rest| rest.split("\r\n").next());
        assert_eq!(text, Some(value), "{name}");
    }
    Ok(())
}

#[test]
fn what_is_made_is_checked() {
    let said = |made: Result<Name, ConstraintError>| made.expect_err("it is refused").to_string();
    assert_eq!(said(Name::try_from("Alice")), "the value must match ^[a-z]+$");
    assert_eq!(said("alexander".parse()), "the value must have at most 8 characters");
}

#[test]
fn defaults_are_there_and_not_sent() {
    assert_eq!(account().retries.unwrap_or(Account::DEFAULT_RETRIES), 3);
}

#[test]
fn a_secret_does_not_show() {
    assert!(!format!("{:?}", account()).contains("hunter"));
}
