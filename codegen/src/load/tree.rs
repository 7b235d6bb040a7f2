//! The visitor that builds the raw tree, for both formats.
//!
//! It refuses what no OpenAPI document can mean: a YAML merge key (YAML 1.1; it is gone from 1.2), a
//! YAML tag, a number that JSON cannot hold. A key given twice, which JSON and YAML leave open, it
//! only takes note of: there is a tree of such a document too, and more to be said of it. And it counts what the tree costs while building it: a YAML alias is expanded through the
//! visitor, so the budget is also what stops a document whose aliases multiply.

use std::fmt;

use serde::de::{DeserializeSeed, Deserializer, EnumAccess, Error, MapAccess, SeqAccess, Visitor};
use serde_json::map::Entry;
use serde_json::{Map, Number, Value};

use super::allowance::{Allowance, NODE, REPEATED_NAMES, SHORTER_NAMES};
use crate::diagnostics::{Code, Diagnostic, Location};
use crate::pointer::Pointer;
use crate::source::{Format, Places};

/// How deep mappings and lists may nest. Both parsers stop at 128 by themselves, with errors of
/// no particular type.
pub(crate) const MAX_DEPTH: usize = 100;

/// What a list costs beside its elements: the space it makes for the first ones.
const LIST: usize = 128;

/// What a mapping costs beside its members, likewise.
const MAPPING: usize = 384;

/// How much of the way to an element of a list its index is, about.
const INDEX: usize = 4;

/// Why the document is refused.
#[derive(Clone, Debug)]
pub(super) struct Problem {
    code: Code,
    message: String,
    help: Option<&'static str>,
}

impl Problem {
    pub(super) fn new(code: Code, message: impl Into<String>) -> Self {
        Self { code, message: message.into(), help: None }
    }

    pub(super) fn syntax(message: String) -> Self {
        Self::new(Code::Syntax, message)
    }

    /// Nesting, of which the parser or the scan in front of it had enough.
    pub(super) fn depth() -> Self {
        let message = format!("mappings and lists nest deeper than {MAX_DEPTH} levels");
        Self::new(Code::TooDeep, message)
    }

    /// Aliases that multiply.
    pub(super) fn aliases() -> Self {
        Self::new(Code::TooLarge, "the aliases of the document expand beyond all bounds")
            .help("write the repeated parts as components and refer to them with `$ref`")
    }

    /// Names that everything below them repeats.
    pub(super) fn ways() -> Self {
        Self::new(Code::TooLarge, REPEATED_NAMES).help(SHORTER_NAMES)
    }

    /// The same with what the user can do, if anything is known.
    pub(super) fn advised(self, advice: Option<&'static str>) -> Self {
        Self { help: self.help.or(advice), ..self }
    }

    fn help(mut self, help: &'static str) -> Self {
        self.help = Some(help);
        self
    }

    pub(super) fn diagnostic(self, location: Location, pointer: &Pointer) -> Diagnostic {
        let Self { code, message, help } = self;
        let diagnostic = Diagnostic::error(code, message).at(pointer).located(location);
        Diagnostic { help: help.map(str::to_owned), ..diagnostic }
    }
}

/// What the visitors of one document share.
pub(super) struct State<'t> {
    format: Format,
    text: &'t str,
    allowance: &'t mut Allowance,
    depth: usize,
    /// How many bytes lead to where the visitor is.
    way: usize,
    problem: Option<Problem>,
    /// A mapping has a key twice.
    is_repeated: bool,
    /// The tokens from the place of an error up to the root; empty unless there was one.
    trail: Vec<String>,
    /// Where everything stands; JSON has a scanner for that.
    places: Option<Places>,
}

impl<'t> State<'t> {
    pub(super) fn new(format: Format, text: &'t str, allowance: &'t mut Allowance) -> Self {
        let places = (format == Format::Yaml).then(Places::default);
        let trail = Vec::new();
        let (depth, way, problem, is_repeated) = (0, 0, None, false);
        Self { format, text, allowance, depth, way, problem, is_repeated, trail, places }
    }

    /// Where everything stands, if the tree is complete.
    pub(super) fn into_places(self) -> Option<Places> {
        self.places.map(Places::finish)
    }

    /// The problem the visitor stopped at, if it was the visitor that stopped.
    pub(super) fn problem(&mut self) -> Option<Problem> {
        self.problem.take()
    }

    /// Whether a mapping has a key twice, as far as the text was read.
    pub(super) fn is_repeated(&self) -> bool {
        self.is_repeated
    }

    /// Where in the tree the error happened, whoever noticed it.
    pub(super) fn pointer(&self) -> Pointer {
        self.trail.iter().rev().fold(Pointer::root(), |pointer, token| pointer.push(token))
    }

    /// A member of `holder` begins.
    fn member(&mut self, holder: usize, key: &str, offset: Option<usize>) -> usize {
        let Some(places) = &mut self.places else { return 0 };
        if let Some(offset) = offset {
            places.met(holder, offset);
        }
        places.member(key, offset)
    }

    fn element(&mut self) -> usize {
        self.places.as_mut().map_or(0, Places::element)
    }

    fn close(&mut self, node: usize) {
        if let Some(places) = &mut self.places {
            places.close(node);
        }
    }

    fn take_back(&mut self, element: usize) {
        if let Some(places) = &mut self.places {
            places.take_back(element);
        }
    }

    fn refuse<E: Error>(&mut self, problem: Problem) -> E {
        let error = E::custom(&problem.message);
        self.problem = Some(problem);
        error
    }

    fn spend<E: Error>(&mut self, bytes: usize) -> Result<(), E> {
        if self.allowance.spend(bytes) {
            return Ok(());
        }
        Err(self.refuse(match self.format {
            Format::Json | Format::Text => {
                Problem::new(Code::TooLarge, "the document has too many members")
            }
            Format::Yaml => Problem::aliases(),
        }))
    }

    /// Goes on to what so many bytes more lead to.
    fn descend<E: Error>(&mut self, bytes: usize) -> Result<(), E> {
        self.way += bytes;
        if self.allowance.spend_way(self.way) { Ok(()) } else { Err(self.refuse(Problem::ways())) }
    }

    fn enter<E: Error>(&mut self, cost: usize) -> Result<(), E> {
        self.depth += 1;
        if self.depth > MAX_DEPTH {
            return Err(self.refuse(Problem::depth()));
        }
        self.spend(NODE + cost)
    }

    /// The offset of a scalar lent from the text.
    fn offset_of(&self, scalar: &str) -> Option<usize> {
        let offset = (scalar.as_ptr() as usize).checked_sub(self.text.as_ptr() as usize)?;
        (offset <= self.text.len()).then_some(offset)
    }

    /// The offset of a scalar lent from the text, its opening quotation mark included.
    fn start_of(&self, scalar: &str) -> Option<usize> {
        let offset = self.offset_of(scalar)?;
        Some(offset - usize::from(self.is_quoted(offset)))
    }

    /// Whether the character in front of `offset` opens a quoted scalar.
    fn is_quoted(&self, offset: usize) -> bool {
        offset.checked_sub(1).is_some_and(|at| matches!(self.text.as_bytes()[at], b'"' | b'\''))
    }
}

/// One node of the tree.
pub(super) struct Tree<'s, 't> {
    state: &'s mut State<'t>,
    /// Its number among the places.
    node: usize,
}

impl<'s, 't> Tree<'s, 't> {
    pub(super) fn root(state: &'s mut State<'t>) -> Self {
        let node = state.element();
        Self { state, node }
    }
}

impl<'de> DeserializeSeed<'de> for Tree<'_, '_> {
    type Value = Value;

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<Value, D::Error> {
        deserializer.deserialize_any(self)
    }
}

impl<'de> Visitor<'de> for Tree<'_, '_> {
    type Value = Value;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a mapping, a list or a scalar")
    }

    fn visit_map<A: MapAccess<'de>>(self, mut access: A) -> Result<Value, A::Error> {
        let Self { state, node: holder } = self;
        state.enter(MAPPING)?;
        let mut map = Map::new();
        while let Some((key, offset)) = access.next_key_seed(Key { state })? {
            state.is_repeated |= map.contains_key(&key);
            let step = 1 + key.len();
            state.descend(step)?;
            let node = state.member(holder, &key, offset);
            match access.next_value_seed(Tree { state, node }) {
                Ok(value) => {
                    state.way -= step;
                    add(&mut map, key, value);
                }
                Err(error) => {
                    state.trail.push(key);
                    return Err(error);
                }
            }
        }
        state.close(holder);
        state.depth -= 1;
        Ok(Value::Object(map))
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut access: A) -> Result<Value, A::Error> {
        let Self { state, node: holder } = self;
        state.enter(LIST)?;
        state.way += INDEX;
        let mut list = Vec::new();
        loop {
            let node = state.element();
            match access.next_element_seed(Tree { state, node }) {
                Ok(Some(value)) => {
                    state.descend(0)?;
                    list.push(value);
                }
                Ok(None) => {
                    state.take_back(node);
                    break;
                }
                Err(error) => {
                    state.trail.push(list.len().to_string());
                    return Err(error);
                }
            }
        }
        state.way -= INDEX;
        state.close(holder);
        state.depth -= 1;
        Ok(Value::Array(list))
    }

    fn visit_enum<A: EnumAccess<'de>>(self, access: A) -> Result<Value, A::Error> {
        let (tag, _) = access.variant::<String>()?;
        let message = format!("the YAML tag `!{tag}` means nothing in an OpenAPI document");
        Err(self.state.refuse(Problem::syntax(message)))
    }

    fn visit_borrowed_str<E: Error>(self, text: &'de str) -> Result<Value, E> {
        if let Some(offset) = self.state.start_of(text)
            && let Some(places) = &mut self.state.places
        {
            places.met(self.node, offset);
        }
        self.visit_string(text.to_owned())
    }

    fn visit_str<E: Error>(self, text: &str) -> Result<Value, E> {
        self.visit_string(text.to_owned())
    }

    fn visit_string<E: Error>(self, text: String) -> Result<Value, E> {
        self.state.close(self.node);
        self.state.spend(NODE + text.len())?;
        Ok(Value::String(text))
    }

    fn visit_f64<E: Error>(self, number: f64) -> Result<Value, E> {
        self.state.close(self.node);
        self.state.spend(NODE)?;
        Number::from_f64(number).map(Value::Number).ok_or_else(|| {
            let name = if number.is_nan() { "NaN" } else { "an infinity" };
            let message = format!("{name} is not a number that JSON can express");
            self.state.refuse(Problem::new(Code::NotANumber, message))
        })
    }

    fn visit_u64<E: Error>(self, number: u64) -> Result<Value, E> {
        self.leaf(number)
    }

    fn visit_i64<E: Error>(self, number: i64) -> Result<Value, E> {
        self.leaf(number)
    }

    /// Beyond 64 bits the tree has what any JSON reader would: the nearest double.
    fn visit_u128<E: Error>(self, number: u128) -> Result<Value, E> {
        self.visit_f64(number as f64)
    }

    fn visit_i128<E: Error>(self, number: i128) -> Result<Value, E> {
        self.visit_f64(number as f64)
    }

    fn visit_bool<E: Error>(self, flag: bool) -> Result<Value, E> {
        self.leaf(flag)
    }

    fn visit_unit<E: Error>(self) -> Result<Value, E> {
        self.leaf(Value::Null)
    }

    fn visit_none<E: Error>(self) -> Result<Value, E> {
        self.leaf(Value::Null)
    }
}

impl Tree<'_, '_> {
    fn leaf<E: Error>(self, value: impl Into<Value>) -> Result<Value, E> {
        self.state.close(self.node);
        self.state.spend(NODE)?;
        Ok(value.into())
    }
}

/// Adds a member to a mapping, which may have one of its key already.
fn add(map: &mut Map<String, Value>, key: String, value: Value) {
    match map.entry(key) {
        Entry::Vacant(place) => drop(place.insert(value)),
        Entry::Occupied(mut place) => unite(place.get_mut(), value),
    }
}

/// Of two values of one key the first is looked at, with what only the second has: a reference into
/// either of two `schemas` leads somewhere, and to say that it does not would be false.
fn unite(first: &mut Value, second: Value) {
    let (Value::Object(first), Value::Object(second)) = (first, second) else { return };
    for (key, value) in second {
        add(first, key, value);
    }
}

/// A key; YAML's integers and booleans are taken as written, since every key of an OpenAPI
/// document is text (`200:` under `responses` is the response for "200").
struct Key<'s, 't> {
    state: &'s mut State<'t>,
}

impl<'de> DeserializeSeed<'de> for Key<'_, '_> {
    /// With its offset, where it is lent from the text.
    type Value = (String, Option<usize>);

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<Self::Value, D::Error> {
        deserializer.deserialize_str(self)
    }
}

impl<'de> Visitor<'de> for Key<'_, '_> {
    type Value = (String, Option<usize>);

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a key that is text")
    }

    fn visit_borrowed_str<E: Error>(self, key: &'de str) -> Result<Self::Value, E> {
        let offset = self.state.offset_of(key);
        let quoted = offset.is_some_and(|offset| self.state.is_quoted(offset));
        if key == "<<" && !quoted && self.state.format == Format::Yaml {
            self.state.trail.push(key.to_owned());
            let problem = Problem::new(Code::MergeKey, "YAML merge keys (`<<`) are not read")
                .help("write the members out, or use `allOf` with a `$ref`");
            return Err(self.state.refuse(problem));
        }
        let start = offset.map(|offset| offset - usize::from(quoted));
        self.take(key, start)
    }

    fn visit_str<E: Error>(self, key: &str) -> Result<Self::Value, E> {
        self.take(key, None)
    }
}

impl Key<'_, '_> {
    fn take<E: Error>(
        self,
        key: &str,
        offset: Option<usize>,
    ) -> Result<(String, Option<usize>), E> {
        self.state.spend(NODE + key.len())?;
        Ok((key.to_owned(), offset))
    }
}
