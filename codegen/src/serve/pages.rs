//! Lists in pages: so many each, two unless somebody says otherwise, so that a reader sees one lead to
//! the other, and the end.
//!
//! Which page is asked for stands in the request, as the document's scheme has it, so that nothing is
//! kept between requests. What leads on and what ends a list is where `lower` has found it to be.

use http::{HeaderValue, Request, Response, header};
use serde_json::{Value, json};

use super::parameter::pairs;
use super::sample::{Sampler, kinds};
use super::schema::{Checks, Fault};
use super::steps::{Change, Part, amend, amend_but, change_to, follow, is_of_last};
use super::tree::Place;
use super::vary::{WAYS, varied};
use crate::ir::{Paging, Step, Turn};

/// The parameter in links of this server: the page that they lead to.
const MARK: &str = "specwright-page";

/// A page that is asked for.
pub(super) struct Page<'p> {
    paging: &'p Paging,
    asked: Asked,
    /// How many pages the list has.
    count: u32,
    /// The cursor that is no page's but stands for the first.
    first: Option<String>,
    /// Where this one is, without the mark of a page.
    here: String,
}

/// How a request says which page it wants.
enum Asked {
    /// By its number, from 1.
    Number(u32),
    /// By how many items there are before.
    Items(u64),
    /// By what the page before has given.
    Cursor(String),
}

impl<'p> Page<'p> {
    pub(super) fn of(
        paging: &'p Paging,
        first: Option<String>,
        request: &Request<Vec<u8>>,
        count: u32,
    ) -> Self {
        let query = request.uri().query().unwrap_or_default();
        let sent = |wanted: &str| pairs(query).find(|(name, _)| name == wanted).map(|(_, it)| it);
        let beyond = |name: &str, first: i64| {
            let at = sent(name).and_then(|text| text.parse::<i64>().ok()).unwrap_or(first);
            u64::try_from(at.saturating_sub(first)).unwrap_or(0)
        };
        let asked = match &paging.turn {
            Turn::Number(name, first) => {
                let number = u32::try_from(beyond(name, *first)).unwrap_or(u32::MAX);
                Asked::Number(number.saturating_add(1))
            }
            Turn::Offset(name, first) => Asked::Items(beyond(name, *first)),
            Turn::Cursor(name) => match sent(name) {
                Some(cursor) if !cursor.is_empty() && first.as_ref() != Some(&cursor) => {
                    Asked::Cursor(cursor)
                }
                Some(_) | None => Asked::Number(1),
            },
            // A mark that is none of ours leads to the end.
            Turn::Link | Turn::Header => {
                Asked::Number(sent(MARK).map_or(1, |text| text.parse().unwrap_or(count)))
            }
        };
        let host = request.headers().get(header::HOST).and_then(|host| host.to_str().ok());
        let server = host.map(|host| format!("http://{host}")).unwrap_or_default();
        let is_other = |part: &&str| part.split('=').next() != Some(MARK) && !part.is_empty();
        let kept: String =
            query.split('&').filter(is_other).map(|part| format!("{part}&")).collect();
        let here = format!("{server}{}?{kept}", request.uri().path());
        Self { paging, asked, count, first, here }
    }

    /// Makes an answer this page, as far as its schema allows.
    pub(super) fn write(&self, checks: &Checks, value: &mut Value, schema: &Place<'_>) {
        let number = match &self.asked {
            Asked::Number(number) => *number,
            Asked::Items(before) => {
                let all = Part::of(value, schema).field(&self.paging.items);
                let length = all.and_then(|list| list.value.as_array().map(Vec::len)).unwrap_or(0);
                let pages = before.div_ceil(u64::try_from(length.max(1)).unwrap_or(1));
                u32::try_from(pages).unwrap_or(u32::MAX).saturating_add(1)
            }
            Asked::Cursor(cursor) => self.behind(checks, value, schema, cursor),
        };
        self.write_number(checks, value, schema, number);
    }

    /// The page behind a cursor: the last, if it is none of ours.
    fn behind(&self, checks: &Checks, value: &Value, schema: &Place<'_>, cursor: &str) -> u32 {
        let gives = |number: &u32| {
            let mut page = value.clone();
            self.write_number(checks, &mut page, schema, *number);
            self.cursor(&mut page).is_some_and(|given| text_of(&given) == cursor)
        };
        (1..self.count.saturating_sub(1)).find(gives).map_or(self.count, |before| before + 1)
    }

    /// What a page gives for a cursor.
    fn cursor(&self, page: &mut Value) -> Option<Value> {
        follow(page, self.paging.next.as_ref()?).cloned()
    }

    fn write_number(&self, checks: &Checks, value: &mut Value, schema: &Place<'_>, number: u32) {
        let mut page = value.clone();
        self.differ(checks, &mut page, schema, number);
        let is_last = number >= self.count;
        self.write_signs(checks, &mut page, schema, number, is_last);
        // A cursor that comes again would lead nowhere, so that is the end of the list.
        let comes_again =
            number > 1 && !is_last && matches!(self.paging.turn, Turn::Cursor(_)) && {
                let mut first = value.clone();
                self.write_signs(checks, &mut first, schema, 1, false);
                self.cursor(&mut first) == self.cursor(&mut page)
            };
        if comes_again {
            self.write_signs(checks, &mut page, schema, number, true);
        }
        *value = page;
    }

    /// Makes the items of a later page others than those of the first: the items themselves, or of
    /// objects one field, that which leads on or else the first that can be another.
    fn differ(&self, checks: &Checks, value: &mut Value, schema: &Place<'_>, number: u32) {
        if number <= 1 {
            return;
        }
        let mut before = value.clone();
        let list = Part::of(&mut before, schema).field(&self.paging.items);
        let Some(items) = list.and_then(|list| list.value.as_array().cloned()) else { return };
        let before = value.clone();
        let first = items.iter().find_map(Value::as_object).into_iter();
        let names = self.leading().into_iter().chain(first.flat_map(|map| map.keys()));
        let parts = std::iter::once(None).chain(names.map(Some));
        let ways = parts.flat_map(|name| WAYS.map(|way| (name, way)));
        let changes = ways.filter_map(|(name, way)| {
            change_to(&before, |value: &mut Value| {
                let list = Part::of(value, schema).field(&self.paging.items);
                let list = list.and_then(|list| list.value.as_array_mut());
                for item in list.into_iter().flatten() {
                    let part = match name {
                        Some(name) => item.get_mut(name),
                        None => Some(item),
                    };
                    if let Some(part) = part
                        && let Some(other) = varied(part, number, items.len(), way)
                    {
                        *part = other;
                    }
                }
            })
        });
        amend(checks, value, schema, changes);
    }

    /// The field of an item that leads on.
    fn leading(&self) -> Option<&String> {
        match self.paging.next.as_deref() {
            Some([.., Step::Last, Step::Name(name)]) => Some(name),
            Some(_) | None => None,
        }
    }

    /// Whether an answer can say that it is the last, other than by having no items.
    fn has_sign(&self) -> bool {
        self.paging.more.is_some()
            || self.paging.turn == Turn::Header
            || self.paging.next.as_ref().is_some_and(|steps| !is_of_last(steps))
    }

    /// Writes what leads on, or what says that nothing does.
    fn write_signs(
        &self,
        checks: &Checks,
        value: &mut Value,
        schema: &Place<'_>,
        number: u32,
        is_last: bool,
    ) {
        if let Some(steps) = &self.paging.more {
            let flag =
                |value: &mut Value| lead(checks, Part::of(value, schema), steps, json!(!is_last));
            amend(checks, value, schema, [Box::new(flag) as Change<'_>]);
        }
        match &self.paging.next {
            Some(steps) if is_last && !is_of_last(steps) => {
                let ends = [None, Some(Value::Null), Some(json!("")), Some(json!(false))];
                let end = |end| {
                    let change = move |value: &mut Value| cut(value, steps, end);
                    Box::new(change) as Change<'_>
                };
                amend(checks, value, schema, ends.map(end));
            }
            Some(steps) if !is_last => {
                let link = self.paging.turn == Turn::Link;
                let link = link.then(|| json!(self.link(number + 1)));
                let next = |value: &mut Value| {
                    lead(checks, Part::of(value, schema), steps, link.unwrap_or_default());
                };
                amend(checks, value, schema, [Box::new(next) as Change<'_>]);
                if matches!(self.paging.turn, Turn::Cursor(_)) && !is_of_last(steps) {
                    let mut before = value.clone();
                    // What the plainest value says already is one further.
                    let given = follow(&mut before, steps).map(|cursor| text_of(cursor));
                    let is_first = given.is_some() && given == self.first;
                    let further = number.saturating_add(u32::from(is_first));
                    let others = WAYS.into_iter().filter_map(|way| {
                        change_to(&before, |value: &mut Value| {
                            if let Some(cursor) = follow(value, steps)
                                && let Some(other) = varied(cursor, further, 1, way)
                            {
                                *cursor = other;
                            }
                        })
                    });
                    amend(checks, value, schema, others);
                }
            }
            Some(_) | None => {}
        }
        if is_last && number > 1 && !self.has_sign() {
            let empty = |value: &mut Value| {
                if let Some(part) = Part::of(value, schema).field(&self.paging.items) {
                    *part.value = json!([]);
                }
            };
            // A list that nothing but an empty page ends cannot have a `minItems` on that.
            let is_of_length = |fault: &Fault| {
                fault.rule.as_ref().is_some_and(|rule| rule.last().as_deref() == Some("minItems"))
            };
            amend_but(checks, value, schema, [Box::new(empty) as Change<'_>], &is_of_length);
        }
    }

    /// Where a page is.
    fn link(&self, number: u32) -> String {
        format!("{}{MARK}={number}", self.here)
    }

    /// The header `Link` (RFC 8288), where that is what leads on.
    pub(super) fn head(&self, response: &mut Response<Vec<u8>>) {
        if self.paging.turn != Turn::Header {
            return;
        }
        response.headers_mut().remove(header::LINK);
        let Asked::Number(number) = self.asked else { return };
        let next = format!("<{}>; rel=\"next\"", self.link(number.saturating_add(1)));
        if let (true, Ok(next)) = (number < self.count, HeaderValue::from_str(&next)) {
            response.headers_mut().insert(header::LINK, next);
        }
    }
}

/// The cursor that stands for the first page: what its parameter is by default. Where that is not said a
/// whole number counts from its least value, or from 1.
pub(super) fn first(paging: &Paging, parameters: &[Place<'_>]) -> Option<String> {
    let Turn::Cursor(name) = &paging.turn else { return None };
    let is_it =
        |one: &&Place<'_>| one.text("in") == Some("query") && one.text("name") == Some(name);
    let schema = parameters.iter().find(is_it)?.get("schema")?;
    let is_number = kinds(schema.root, schema.value) == ["integer"];
    let said = schema.value.get("default");
    let said = said.or_else(|| schema.value.get("minimum").filter(|_| is_number));
    match said {
        Some(value) => Some(text_of(value)),
        None => is_number.then(|| "1".to_owned()),
    }
}

/// A cursor as it stands in a query.
fn text_of(cursor: &Value) -> String {
    cursor.as_str().map_or_else(|| cursor.to_string(), str::to_owned)
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
