//! The runtime's own values: what came goes back the same.

use serde::Deserialize as _;
use specwright_runtime::codegen::v1::{Decode, Encode};
use specwright_runtime::{Base64, Decimal, InvalidDecimal, NotBase64, Secret};

use crate::{both_ways, refusal};

#[derive(Clone, Debug, PartialEq, Encode, Decode)]
struct Account {
    password: Secret,
    balance: Option<Decimal>,
    limits: Vec<Decimal>,
    picture: Option<Base64>,
}

#[test]
fn everything_goes_back_as_it_came() {
    let json = r#"{"password":"hunter2","balance":12345678901234567890.10,"limits":[0.10,-1E+3,7],"picture":"not base64!"}"#;
    let account: Account = serde_json::from_str(json).unwrap();
    both_ways(json, &account, json);
    assert_eq!(account.balance.unwrap().as_str(), "12345678901234567890.10");
    assert_eq!(account.picture.unwrap().decode(), Err(NotBase64));
}

#[test]
fn a_value_that_was_read_before_is_as_good() {
    let json =
        serde_json::json!({"password": "x", "balance": 0.5, "limits": [7], "picture": "eA=="});
    let account: Account = serde_json::from_value(json.clone()).unwrap();
    assert_eq!(account.balance.as_ref().map(Decimal::as_str), Some("0.5"));
    assert_eq!(Account::deserialize(&json).unwrap(), account);
    assert_eq!(serde_json::to_value(&account).unwrap(), json);
}

#[derive(Debug, PartialEq, Encode, Decode)]
struct Free {
    any: Option<specwright_runtime::serde_json::Value>,
    #[wire(nullable)]
    nullable: Option<specwright_runtime::serde_json::Value>,
    list: Option<Vec<specwright_runtime::serde_json::Value>>,
}

#[test]
fn null_is_one_of_any_values() {
    let free = |any| Free { any, nullable: None, list: None };
    both_ways(
        r#"{"any":null,"nullable":null,"list":null}"#,
        &free(Some(serde_json::Value::Null)),
        r#"{"any":null,"nullable":null}"#,
    );
    both_ways(r#"{"nullable":null}"#, &free(None), r#"{"nullable":null}"#);
}

#[test]
fn texts_of_headers() {
    assert_eq!("eA==".parse::<Base64>().map(|value| value.decode()), Ok(Ok(b"x".to_vec())));
    assert_eq!("x".parse::<Secret>(), Ok(Secret::from("x")));
}

#[test]
fn a_secret_does_not_show() {
    let account =
        Account { password: "hunter2".into(), balance: None, limits: Vec::new(), picture: None };
    assert!(!format!("{account:?}").contains("hunter2"));
    assert_eq!(account.password.expose(), "hunter2");
    assert_ne!(account.password, Secret::from("hunter3"));
}

#[test]
fn base64_is_taken_in_every_spelling() {
    let bytes: &[u8] = b"\xfb\xff\xfe?";
    assert_eq!(Base64::from(bytes).as_str(), "+//+Pw==");
    for text in ["+//+Pw==", "+//+Pw", "-__-Pw", "+//+\r\nPw=="] {
        assert_eq!(Base64::from_encoded(text).decode().as_deref(), Ok(bytes), "{text}");
    }
    assert_eq!(Base64::default().decode(), Ok(Vec::new()));
}

#[test]
fn decimals_are_numbers_of_json() {
    for text in ["0", "-0.0", "20.00", "1e400", "123456789012345678901234567890"] {
        let decimal: Decimal = text.parse().unwrap();
        both_ways(text, &decimal, text);
    }
    for text in ["", " 1", "1 ", "+1", ".5", "1.", "0x1", "NaN", "true", "\"1\"", "1,5", "[1]"] {
        assert_eq!(text.parse::<Decimal>(), Err(InvalidDecimal), "{text}");
    }
    assert_eq!(Decimal::from(7).as_str(), "7");
    assert_eq!(Decimal::try_from(0.1).unwrap().as_str(), "0.1");
    assert_eq!(Decimal::try_from(f64::NAN), Err(InvalidDecimal));
    assert_eq!(refusal::<Decimal>("\"1\""), "expected a number");
    assert_eq!(
        refusal::<Account>("{\"password\":1}"),
        "invalid type: integer `1`, expected a string"
    );
}
