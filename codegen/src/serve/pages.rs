//! Lists in pages: each has two, so that a reader sees one lead to the other, and the end.
//!
//! Which page is asked for stands in the request, as the document's scheme has it, so that nothing is
//! kept between requests. What leads on and what ends a list is where `lower` has found it to be.

use http::{HeaderValue, Request, Response, header};
use serde_json::{Value, json};

use super::parameter::pairs;
use super::sample::Sampler;
use super::schema::Checks;
use super::steps::{Part, amend, is_of_last};
use super::tree::Place;
use crate::ir::{Paging, Step, Turn};

/// The parameter in links of this server: the page that they lead to.
const MARK: &str = "specwright-page";

/// A page that is asked for.
pub(super) struct Page<'p> {
    paging: &'p Paging,
    is_last: bool,
    /// Where the next one is.
    link: String,
}

impl<'p> Page<'p> {
    pub(super) fn of(paging: &'p Paging, request: &Request<Vec<u8>>) -> Self {
        let query = request.uri().query().unwrap_or_default();
        let sent = |wanted: &str| pairs(query).find(|(name, _)| name == wanted).map(|(_, it)| it);
        let is_last = match &paging.turn {
            Turn::Number(name, first) | Turn::Offset(name, first) => {
                sent(name).and_then(|text| text.parse::<i64>().ok()).is_some_and(|at| at > *first)
            }
            Turn::Cursor(name) => sent(name).is_some_and(|text| !text.is_empty()),
            Turn::Link | Turn::Header => sent(MARK).is_some(),
        };
        let host = request.headers().get(header::HOST).and_then(|host| host.to_str().ok());
        let server = host.map(|host| format!("http://{host}")).unwrap_or_default();
        let between = if query.is_empty() { "" } else { "&" };
        let link = format!("{server}{}?{query}{between}{MARK}=2", request.uri().path());
        Self { paging, is_last, link }
    }

    /// Whether an answer can say that it is the last, other than by having no items.
    fn has_sign(&self) -> bool {
        self.paging.more.is_some()
            || self.paging.turn == Turn::Header
            || self.paging.next.as_ref().is_some_and(|steps| !is_of_last(steps))
    }

    /// Makes an answer this page, as far as its schema allows.
    pub(super) fn write(&self, checks: &Checks, value: &mut Value, schema: &Place<'_>) {
        if let Some(steps) = &self.paging.more {
            let is_last = self.is_last;
            let flag =
                |value: &mut Value| lead(checks, Part::of(value, schema), steps, json!(!is_last));
            amend(checks, value, schema, [Box::new(flag) as Box<dyn FnOnce(&mut Value)>]);
        }
        match &self.paging.next {
            Some(steps) if self.is_last && !is_of_last(steps) => {
                let ends = [None, Some(Value::Null), Some(json!("")), Some(json!(false))];
                let end = |end| {
                    let change = move |value: &mut Value| cut(value, steps, end);
                    Box::new(change) as Box<dyn FnOnce(&mut Value)>
                };
                amend(checks, value, schema, ends.map(end));
            }
            Some(steps) if !self.is_last => {
                let link = (self.paging.turn == Turn::Link).then(|| json!(self.link));
                let next = |value: &mut Value| {
                    lead(checks, Part::of(value, schema), steps, link.unwrap_or_default());
                };
                amend(checks, value, schema, [Box::new(next) as Box<dyn FnOnce(&mut Value)>]);
            }
            Some(_) | None => {}
        }
        if self.is_last && !self.has_sign() {
            let empty = |value: &mut Value| {
                if let Some(part) = Part::of(value, schema).field(&self.paging.items) {
                    *part.value = json!([]);
                }
            };
            amend(checks, value, schema, [Box::new(empty) as Box<dyn FnOnce(&mut Value)>]);
        }
    }

    /// The header `Link` (RFC 8288), where that is what leads on.
    pub(super) fn head(&self, response: &mut Response<Vec<u8>>) {
        if self.paging.turn != Turn::Header {
            return;
        }
        response.headers_mut().remove(header::LINK);
        let next = format!("<{}>; rel=\"next\"", self.link);
        if let (false, Ok(next)) = (self.is_last, HeaderValue::from_str(&next)) {
            response.headers_mut().insert(header::LINK, next);
        }
    }
}

/// Puts a value where the steps lead; without one, what the schema has for it, unless there is
/// something.
fn lead(checks: &Checks, part: Part<'_, '_>, steps: &[Step], wanted: Value) {
    let Some((step, rest)) = steps.split_first() else {
        if !wanted.is_null() {
            *part.value = wanted;
        } else if says_nothing(part.value) {
            *part.value = match Sampler::new(part.root, checks).sample(&part.schema) {
                // Nothing is said of it, or of what it is made of.
                Value::Object(_) | Value::Null => json!("next"),
                sample => sample,
            };
        }
        return;
    };
    let (root, items) = (part.root, part.inner(&["items"]));
    let within = match step {
        Step::Name(name) => part.property(name),
        Step::Last => {
            let last = part.value.as_array_mut().and_then(|list| list.last_mut());
            last.map(|value| Part { value, schema: items, root })
        }
        Step::Where(name, text) => {
            let Some(list) = part.value.as_array_mut() else { return };
            if !list.iter().any(|item| item[name] == json!(text)) {
                let mut item = Sampler::new(root, checks).sample(&items);
                if let Some(map) = item.as_object_mut() {
                    map.insert(name.clone(), json!(text));
                }
                list.push(item);
            }
            let found = list.iter_mut().find(|item| item[&**name] == json!(text));
            found.map(|value| Part { value, schema: items, root })
        }
    };
    if let Some(within) = within {
        // A step behind an item that stands for the next page is not looked through: it is there.
        lead(checks, within, rest, wanted);
    }
}

/// Takes away what leads on, or leaves in its place what says that nothing does.
fn cut(value: &mut Value, steps: &[Step], end: Option<Value>) {
    match steps {
        [] | [Step::Last, ..] => {}
        [Step::Where(name, text), ..] => {
            if let Some(list) = value.as_array_mut() {
                list.retain(|item| item[name] != json!(text));
            }
        }
        [Step::Name(name)] => {
            let Some(map) = value.as_object_mut() else { return };
            match end {
                Some(end) => drop(map.insert(name.clone(), end)),
                None => drop(map.remove(name)),
            }
        }
        [Step::Name(name), rest @ ..] => {
            if let Some(inner) = value.get_mut(name) {
                cut(inner, rest, end);
            }
        }
    }
}

fn says_nothing(value: &Value) -> bool {
    matches!(value, Value::Null | Value::Bool(false)) || value.as_str() == Some("")
}
