//! A declaration as it is written, and what it becomes.

use serde_json::{Map, Value};

use super::super::problem::Problem;
use super::super::{field, steps};
use crate::diagnostics::{Code, Diagnostic, Diagnostics};
use crate::ir::{
    Api, FieldPath, Kind, Operation, Paging, Parameter, Place, SchemaId, Step, StringFormat,
    StyleForm, Turn,
};
use crate::nearest::{did_you_mean, nearest};
use crate::pointer::Pointer;

const KEYS: [&str; 7] = ["style", "parameter", "first", "size", "items", "next", "more"];
const STYLES: [(&str, Style); 5] = [
    ("page-number", Style::Number),
    ("offset", Style::Offset),
    ("cursor", Style::Cursor),
    ("next-link", Style::Link),
    ("link-header", Style::Header),
];

/// A declaration and the operation that it stands on.
pub(super) struct Declared<'a> {
    api: &'a Api,
    operation: &'a Operation,
    value: &'a Value,
    at: Pointer,
}

/// Which style it is.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Style {
    Number,
    Offset,
    Cursor,
    Link,
    Header,
}

impl<'a> Declared<'a> {
    pub(super) fn new(
        api: &'a Api,
        operation: &'a Operation,
        value: &'a Value,
        at: Pointer,
    ) -> Self {
        Self { api, operation, value, at }
    }

    /// What it becomes; nothing where it says that there are no pages.
    pub(super) fn read(&self, diagnostics: &mut Diagnostics) -> Result<Option<Paging>, Problem> {
        let map = match self.value {
            Value::Bool(false) => return Ok(None),
            Value::Object(map) => map,
            _ => {
                let help = "write `style` and what belongs to it, or `false` for no pages";
                return Err(Problem::new("pagination has to be a mapping", &self.at, help));
            }
        };
        let style = self.style(map)?;
        self.tell_of_others(map, style, diagnostics);
        let answer = self.answer()?;
        let turn = self.turn(map, style)?;
        let items = self.items(map, answer)?;
        let next = self.next(map, style, answer)?;
        let more = self.more(map, answer)?;
        let size = map.get("size").map(|_| self.parameter(map, "size", counts)).transpose()?;
        let size = size.map(|parameter| parameter.wire.clone());
        Ok(Some(Paging { at: self.at.clone(), is_inferred: false, turn, size, items, next, more }))
    }

    fn style(&self, map: &Map<String, Value>) -> Result<Style, Problem> {
        let names = STYLES.map(|(name, _)| name);
        let listed = names.join(", ");
        let text = self.text(map, "style", &format!("one of {listed}"))?;
        if let Some((_, style)) = STYLES.into_iter().find(|(name, _)| *name == text) {
            return Ok(style);
        }
        let help =
            did_you_mean(text, names.into_iter()).unwrap_or_else(|| format!("known are {listed}"));
        let message = format!("`{text}` is no style of pagination");
        Err(Problem::new(message, &self.at.push("style"), help))
    }

    /// Keys that nobody knows, or that mean nothing in this style.
    fn tell_of_others(
        &self,
        map: &Map<String, Value>,
        style: Style,
        diagnostics: &mut Diagnostics,
    ) {
        let counts = matches!(style, Style::Number | Style::Offset);
        let used = |key: &str| match key {
            "first" => counts,
            "parameter" => counts || style == Style::Cursor,
            "next" => style != Style::Header,
            _ => true,
        };
        for key in map.keys() {
            let known = KEYS.contains(&key.as_str());
            if known && used(key) {
                continue;
            }
            let help = match nearest(key, KEYS.into_iter(), 1).first() {
                _ if known => "take it out, or name another style".to_owned(),
                Some(nearest) => format!("did you mean `{nearest}`?"),
                None => format!("known are {}", KEYS.join(", ")),
            };
            let message = match known {
                true => {
                    format!("`{key}` means nothing in this style of pagination: it is left out")
                }
                false => format!("pagination has no key `{key}`: it is left out"),
            };
            let told = Diagnostic::warning(Code::Pagination, message);
            diagnostics.push(told.at(&self.at.push(key)).help(help));
        }
    }

    /// The schema of the answer of an operation that can be called as often as there are pages.
    fn answer(&self) -> Result<SchemaId, Problem> {
        let Operation { id, method, .. } = self.operation;
        if method != "GET" {
            let message = format!("`{id}` is a {method}, and turning pages must change nothing");
            return Err(Problem::new(message, &self.at, "take it out"));
        }
        self.operation.answer(self.api).ok_or_else(|| {
            let message = format!("the answer of `{id}` is not always a JSON value");
            Problem::new(message, &self.at, "take it out, or describe one answer")
        })
    }

    fn turn(&self, map: &Map<String, Value>, style: Style) -> Result<Turn, Problem> {
        let first = |usual: i64| match map.get("first") {
            None => Ok(usual),
            Some(value) => value.as_i64().ok_or_else(|| {
                let help = "write the number of the first page, or of the first item";
                Problem::new("this is no whole number", &self.at.push("first"), help)
            }),
        };
        Ok(match style {
            Style::Number => {
                let parameter = self.parameter(map, "parameter", counts)?;
                let usual = self.api.default(parameter.schema).and_then(Value::as_i64);
                Turn::Number(parameter.wire.clone(), first(usual.unwrap_or(1))?)
            }
            Style::Offset => {
                let parameter = self.parameter(map, "parameter", counts)?;
                let usual = self.api.default(parameter.schema).and_then(Value::as_i64);
                Turn::Offset(parameter.wire.clone(), first(usual.unwrap_or(0))?)
            }
            Style::Cursor => Turn::Cursor(self.parameter(map, "parameter", is_word)?.wire.clone()),
            Style::Link => Turn::Link,
            Style::Header => Turn::Header,
        })
    }

    /// A parameter that the declaration names, and that can be set from page to page.
    fn parameter(
        &self,
        map: &Map<String, Value>,
        key: &str,
        fits: fn(&Kind) -> bool,
    ) -> Result<&'a Parameter, Problem> {
        let name = self.text(map, key, "the name of a parameter")?;
        let at = self.at.push(key);
        let all = &self.operation.parameters;
        let queries = || all.iter().filter(|parameter| parameter.place == Place::Query);
        let Some(parameter) = queries().find(|parameter| parameter.wire == name) else {
            let help = match nearest(name, queries().map(|one| one.wire.as_str()), 1).first() {
                Some(known) => format!("did you mean `{known}`?"),
                None => "name a parameter of the operation's query".to_owned(),
            };
            let id = &self.operation.id;
            let message = format!("the query of `{id}` has no parameter `{name}`");
            return Err(Problem::new(message, &at, help));
        };
        let plain = parameter.style.form == StyleForm::Form && !parameter.style.reserved;
        if plain && fits(&self.api.resolved(parameter.schema).kind) {
            return Ok(parameter);
        }
        let message = format!("`{name}` does not take the values that turn pages");
        Err(Problem::new(message, &at, "a counter is a whole number, a cursor a single value"))
    }

    /// The list of a page's items.
    fn items(&self, map: &Map<String, Value>, answer: SchemaId) -> Result<FieldPath, Problem> {
        let at = if map.contains_key("items") { self.at.push("items") } else { self.at.clone() };
        let path = match map.get("items") {
            None => "$",
            Some(_) => self.text(map, "items", "a path such as `$.results`")?,
        };
        let found = match path {
            "$" => FieldPath { steps: Vec::new(), leaf: answer },
            path => field::follow(self.api, answer, path, &at)?,
        };
        let is_choice = |(holder, _): &(SchemaId, String)| {
            matches!(self.api.schema(*holder).kind, Kind::Union(_))
        };
        if found.steps.iter().any(is_choice) {
            let help = "name a list that is reached through objects alone";
            return Err(Problem::new(format!("`{path}` leads through a choice"), &at, help));
        }
        if !matches!(self.api.resolved(found.leaf).kind, Kind::Array(_)) {
            let help = "write the path of the list under `items`: `$.results`";
            return Err(Problem::new(format!("`{path}` is no list of items"), &at, help));
        }
        Ok(found)
    }

    fn next(
        &self,
        map: &Map<String, Value>,
        style: Style,
        answer: SchemaId,
    ) -> Result<Option<Vec<Step>>, Problem> {
        let fits: fn(&Kind) -> bool = match style {
            Style::Header => return Ok(None),
            Style::Number | Style::Offset if !map.contains_key("next") => return Ok(None),
            Style::Number | Style::Offset => |_| true,
            Style::Cursor => is_word,
            Style::Link => |kind| matches!(kind, Kind::String(StringFormat::Plain)),
        };
        self.part(map, "next", answer, fits).map(Some)
    }

    fn more(
        &self,
        map: &Map<String, Value>,
        answer: SchemaId,
    ) -> Result<Option<Vec<Step>>, Problem> {
        if !map.contains_key("more") {
            return Ok(None);
        }
        self.part(map, "more", answer, |kind| matches!(kind, Kind::Boolean)).map(Some)
    }

    /// The way to a part of the answer that leads on. Where the document allows anything, nobody can
    /// say that it is not there.
    fn part(
        &self,
        map: &Map<String, Value>,
        key: &str,
        answer: SchemaId,
        fits: fn(&Kind) -> bool,
    ) -> Result<Vec<Step>, Problem> {
        let path = self.text(map, key, "a path such as `$.next`")?;
        let at = self.at.push(key);
        let Some(steps) = steps::parse(path).filter(|steps| !steps.is_empty()) else {
            let message = format!("`{path}` is no path to a part of the answer");
            let help = "write `$.next`, `$.data[-1].id` or `$.links[?@.rel=='next'].href`";
            return Err(Problem::new(message, &at, help));
        };
        let mut here = answer;
        for step in &steps {
            here = self.api.resolve(here);
            here = match (&self.api.schema(here).kind, step) {
                (Kind::Any(_), _) => return Ok(steps),
                (Kind::Array(items), Step::Last) => *items,
                (Kind::Array(items), Step::Where(name, _)) => {
                    let is_any = matches!(self.api.resolved(*items).kind, Kind::Any(_));
                    if !is_any {
                        field::step(self.api, self.api.resolve(*items), name, &at)?;
                    }
                    *items
                }
                (Kind::Map(values), Step::Name(_)) => *values,
                (_, Step::Name(name)) => field::step(self.api, here, name, &at)?,
                (_, Step::Last | Step::Where(..)) => {
                    let message = format!("`{path}` takes something for a list that is none");
                    return Err(Problem::new(message, &at, "brackets are for lists alone"));
                }
            };
        }
        let kind = &self.api.resolved(here).kind;
        if fits(kind) || matches!(kind, Kind::Any(_)) {
            return Ok(steps);
        }
        let message = format!("`{path}` is not what leads to the next page in this style");
        let help = "a cursor is a single value, a link is a text, `more` is `true` or `false`";
        Err(Problem::new(message, &at, help))
    }

    /// A text that has to be there.
    fn text(&self, map: &'a Map<String, Value>, key: &str, what: &str) -> Result<&'a str, Problem> {
        let Some(value) = map.get(key) else {
            let help = format!("add `{key}`: {what}");
            return Err(Problem::new(format!("pagination has no `{key}`"), &self.at, help));
        };
        let text = value.as_str().filter(|text| !text.trim().is_empty());
        let message = format!("`{key}` of pagination is a text");
        text.ok_or_else(|| Problem::new(message, &self.at.push(key), format!("write {what}")))
    }
}

/// Whether a parameter of this kind can count.
fn counts(kind: &Kind) -> bool {
    matches!(kind, Kind::Integer(_) | Kind::Number(_) | Kind::String(StringFormat::Plain))
}

/// Whether a value of this kind is one word, which everybody may see.
fn is_word(kind: &Kind) -> bool {
    let hidden = matches!(kind, Kind::String(StringFormat::Secret | StringFormat::Base64));
    kind.is_single() && !hidden && !matches!(kind, Kind::Boolean)
}
