//! Taking an answer out of its envelope: `{"status": 404, "content": {…}}` sent under a 200.

use std::fmt;

use bytes::Bytes;
use http::StatusCode;
use serde::de::{Error, IgnoredAny, MapAccess, Visitor};
use serde::{Deserialize, Deserializer};
use serde_json::value::RawValue;

use super::Answer;
use crate::codegen::EnvelopeFields;
use crate::decode::Wanted;
use crate::error::{Details, ErrorKind};

/// The answer inside: its status and its body, byte for byte.
///
/// A failing HTTP status stays what it is unless an envelope with a failure came under it: proxies
/// and gateways know no envelopes, and a failure never turns into a success.
///
/// # Errors
/// A success that holds no envelope is not what was asked for.
pub(super) fn unwrap(answer: Answer) -> Result<Answer, Box<Details>> {
    let Some(fields) = answer.operation.envelope_fields() else { return Ok(answer) };
    let outer = answer.status;
    match open(&answer.bytes, fields) {
        Ok((inner, _)) if !outer.is_success() && inner.is_success() => Ok(answer),
        // The head is the envelope's, and says nothing of what is in it.
        Ok((status, bytes)) => Ok(Answer { status, bytes, wanted: Wanted::default(), ..answer }),
        Err(_) if !outer.is_success() => Ok(answer),
        Err(reason) => {
            let reason = format!("the answer is no envelope: {reason}");
            let empty = answer.bytes.is_empty();
            let kind = if empty { ErrorKind::EmptyBody } else { ErrorKind::Decode };
            Err(Details::answered(kind, answer).because(reason))
        }
    }
}

fn open(bytes: &Bytes, fields: EnvelopeFields) -> Result<(StatusCode, Bytes), String> {
    let mut json = serde_json::Deserializer::from_slice(bytes);
    let found = json
        .deserialize_map(EnvelopeVisitor(fields))
        .and_then(|found| json.end().map(|()| found))
        .map_err(|error| crate::decode::explain(bytes, &error, ""))?;
    let status = found
        .status
        .and_then(|status| StatusCode::from_u16(status).ok())
        .filter(|status| (200..=599).contains(&status.as_u16()))
        .ok_or_else(|| format!("`{}` is no status", fields.status))?;
    let content = match found.content {
        Some(content) => bytes.slice_ref(content.get().as_bytes()),
        None if status == StatusCode::NO_CONTENT => Bytes::new(),
        None => return Err(format!("`{}` is missing", fields.content)),
    };
    Ok((status, content))
}

#[derive(Default)]
struct Found<'a> {
    status: Option<u16>,
    content: Option<&'a RawValue>,
}

struct EnvelopeVisitor(EnvelopeFields);

impl<'de> Visitor<'de> for EnvelopeVisitor {
    type Value = Found<'de>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "an object with `{}` and `{}`", self.0.status, self.0.content)
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Found<'de>, A::Error> {
        let mut found = Found::default();
        while let Some(key) = map.next_key::<String>()? {
            if key == self.0.status && found.status.is_none() {
                found.status = map.next_value::<Number>()?.0;
            } else if key == self.0.content && found.content.is_none() {
                found.content = Some(map.next_value()?);
            } else if key == self.0.status || key == self.0.content {
                return Err(A::Error::custom("a property is there twice"));
            } else {
                map.next_value::<IgnoredAny>()?;
            }
        }
        Ok(found)
    }
}

/// A number that may be a status; anything else is `None`, not a failure of the whole.
struct Number(Option<u16>);

impl<'de> Deserialize<'de> for Number {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let raw = <&RawValue>::deserialize(deserializer)?;
        Ok(Self(raw.get().parse().ok()))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const FIELDS: EnvelopeFields =
        EnvelopeFields { parameter: "envelope", status: "status", content: "content" };

    fn check(json: &'static str, expected: Result<(u16, &str), &str>) {
        let opened = open(&Bytes::from_static(json.as_bytes()), FIELDS);
        match (opened, expected) {
            (Ok((status, bytes)), Ok((code, content))) => {
                assert_eq!((status.as_u16(), &bytes[..]), (code, content.as_bytes()), "{json}");
            }
            (Err(reason), Err(part)) => assert!(reason.contains(part), "{json}: {reason}"),
            (got, _) => panic!("{json}: {got:?}"),
        }
    }

    #[test]
    fn envelopes_are_opened_byte_for_byte() {
        check(r#"{"status":200,"content":{"a": 1.50}}"#, Ok((200, r#"{"a": 1.50}"#)));
        check(r#" {"content" : [1, 2] , "x": {}, "status" : 404 } "#, Ok((404, "[1, 2]")));
        check(r#"{"status":204}"#, Ok((204, "")));
        check(r#"{"status":200,"content":null}"#, Ok((200, "null")));
    }

    #[test]
    fn everything_else_is_none() {
        check("", Err("empty"));
        check("[200,{}]", Err("expected an object with `status` and `content`, found a list"));
        check("{}", Err("`status` is no status"));
        check(r#"{"status":"queued","content":1}"#, Err("`status` is no status"));
        check(r#"{"status":"200","content":1}"#, Err("`status` is no status"));
        check(r#"{"status":99,"content":1}"#, Err("`status` is no status"));
        check(r#"{"status":101,"content":1}"#, Err("`status` is no status"));
        check(r#"{"status":-1,"content":1}"#, Err("`status` is no status"));
        check(r#"{"status":200}"#, Err("`content` is missing"));
        check(r#"{"status":200,"content":1,"status":404}"#, Err(""));
        check(r#"{"status":200,"content":1} x"#, Err("trailing"));
        check(r#"{"status":200,"content":{"a""#, Err("EOF"));
    }
}
