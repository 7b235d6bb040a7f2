//! The one tree that all files are, once it is known where everything leads.

mod cost;
mod unions;

use std::collections::{BTreeMap, BTreeSet};

use serde_json::{Map, Value};

use super::names::Names;
use super::reference::{Refusal, Unread};
use super::walk::{self, element, object};
use super::world::{Lead, Spot, World, is_merged};
use crate::diagnostics::{Code, Diagnostic, Diagnostics};
use crate::load::Allowance;
use crate::pointer::Pointer;
use crate::shape::{Object, Shape, Trail};

/// For so many references that are not followed the file is looked for that may be meant.
const NEAR: usize = 20;

/// The tree, and what is to be known of it.
pub(super) struct Built {
    pub(super) root: Value,
    /// Where the parts that come from elsewhere come from.
    pub(super) from: BTreeMap<Pointer, (usize, Pointer)>,
    /// The references that were not followed.
    pub(super) unread: BTreeMap<String, Unread>,
    pub(super) diagnostics: Diagnostics,
}

pub(super) fn build(world: &World<'_>, names: &Names) -> Built {
    let mut build = Build {
        world,
        names,
        files: names.files(),
        open: Vec::new(),
        allowance: Allowance::default(),
        is_over: false,
        built: Built {
            root: Value::Null,
            from: BTreeMap::new(),
            unread: BTreeMap::new(),
            diagnostics: Diagnostics::new(),
        },
    };
    build.allowance.read(world.library.bytes());
    build.document();
    build.built
}

struct Build<'w, 'f> {
    world: &'w World<'f>,
    names: &'w Names,
    /// The files that moved objects are in.
    files: BTreeSet<usize>,
    /// What is being written into the place of a reference.
    open: Vec<(Spot, Shape)>,
    allowance: Allowance,
    is_over: bool,
    built: Built,
}

/// Where a value is, and where it goes.
#[derive(Clone, Copy)]
struct Here<'t> {
    file: usize,
    from: &'t Trail<'t>,
    to: &'t Trail<'t>,
    depth: usize,
}

impl Here<'_> {
    fn spot(&self) -> Spot {
        Spot::new(self.file, self.from.pointer())
    }
}

impl Build<'_, '_> {
    fn document(&mut self) {
        let start = Pointer::root();
        let spot = Spot::new(0, start.clone());
        let trail = Trail::Start(&start);
        let here = Here { file: 0, from: &trail, to: &trail, depth: 0 };
        let Some(value) = self.world.value(&spot) else { return };
        self.built.root = self.value(value, Shape::One(Object::Document), here).unwrap_or_default();
        for (object, spot, name) in self.names.moved() {
            let Some(section) = self.world.dialect.section(object) else { continue };
            let (at, tokens) = (section.push(name), section.tokens().collect::<Vec<_>>());
            if at.lookup(&self.built.root).is_some() {
                continue;
            }
            let Some(value) = self.world.value(spot) else { continue };
            self.built.from.insert(at.clone(), (spot.file, spot.at.clone()));
            let (from, to) = (Trail::Start(&spot.at), Trail::Start(&at));
            let here = Here { file: spot.file, from: &from, to: &to, depth: tokens.len() + 1 };
            let value = self.value(value, Shape::One(object), here);
            if let (Some(value), Some(all)) = (value, section_mut(&mut self.built.root, &tokens)) {
                all.insert(name.to_owned(), value);
            }
        }
    }

    /// The value as it is in the one tree; nothing if it has to be left out.
    fn value(&mut self, value: &Value, shape: Shape, here: Here<'_>) -> Option<Value> {
        self.pay(value, here);
        if self.is_over {
            return None;
        }
        if let Some(text) = walk::reference(value, shape) {
            return self.reference(value, text, shape, here);
        }
        if let Some(object) = object(shape)
            && let Some(name) = self.moved(object, &here)
        {
            let mut reference = Map::new();
            reference.insert("$ref".to_owned(), self.shared(object, &name).into());
            return Some(Value::Object(reference));
        }
        Some(self.members(value, shape, here))
    }

    /// The name under which an object is shared that stands elsewhere.
    fn moved(&self, object: Object, here: &Here<'_>) -> Option<String> {
        if !self.files.contains(&here.file) {
            return None;
        }
        let name = self.names.get(object, &here.spot())?;
        let is_there = self.place(object, name) == Some(here.to.pointer());
        (!is_there).then(|| name.to_owned())
    }

    fn place(&self, object: Object, name: &str) -> Option<Pointer> {
        self.world.dialect.section(object).map(|section| section.push(name))
    }

    fn shared(&self, object: Object, name: &str) -> String {
        self.place(object, name).unwrap_or_default().to_reference()
    }

    fn members(&mut self, value: &Value, shape: Shape, here: Here<'_>) -> Value {
        match (value, object(shape), element(shape)) {
            (Value::Object(map), Some(object), _) => {
                let mut made = Map::new();
                for (key, value) in map {
                    let member = match self.world.dialect.shape(object, key) {
                        Some(Shape::TextMap) if object == Object::Discriminator => {
                            Some(self.mapping(value, here.file))
                        }
                        shape => self.member(value, shape, key, here),
                    };
                    made.extend(member.map(|value| (key.clone(), value)));
                }
                if object == Object::Schema {
                    self.alternatives(map, &mut made, here.file);
                }
                Value::Object(made)
            }
            (Value::Object(map), None, Some(shape)) => {
                let members = map.iter().filter_map(|(key, value)| {
                    Some((key.clone(), self.member(value, Some(shape), key, here)?))
                });
                Value::Object(members.collect())
            }
            (Value::Array(list), _, Some(shape)) => {
                let elements = list.iter().enumerate().filter_map(|(index, value)| {
                    let from = Trail::Index(here.from, index);
                    let to = Trail::Index(here.to, index);
                    let here = Here { from: &from, to: &to, depth: here.depth + 1, ..here };
                    self.value(value, shape, here)
                });
                Value::Array(elements.collect())
            }
            _ => value.clone(),
        }
    }

    /// What the grammar does not know stays as it is.
    fn member(
        &mut self,
        value: &Value,
        shape: Option<Shape>,
        key: &str,
        here: Here<'_>,
    ) -> Option<Value> {
        let (from, to) = (Trail::Key(here.from, key), Trail::Key(here.to, key));
        let here = Here { from: &from, to: &to, depth: here.depth + 1, ..here };
        let Some(shape) = shape else {
            self.pay_all(value, here);
            return (!self.is_over).then(|| value.clone());
        };
        self.value(value, shape, here)
    }

    fn reference(
        &mut self,
        value: &Value,
        text: &str,
        shape: Shape,
        here: Here<'_>,
    ) -> Option<Value> {
        let object = object(shape);
        match self.world.lead(here.file, text, shape, Some(value)) {
            Lead::Stay => Some(self.beside(value, shape, here, text.to_owned())),
            Lead::Kept(at) => Some(self.beside(value, shape, here, at.to_reference())),
            Lead::Inline(spot) => self.inline(value, &spot, shape, here),
            Lead::Moved(spot) => {
                let Some((object, name)) =
                    object.and_then(|object| Some((object, self.names.get(object, &spot)?)))
                else {
                    return Some(value.clone());
                };
                if self.place(object, name) == Some(here.to.pointer()) {
                    return self.inline(value, &spot, shape, here);
                }
                let text = self.shared(object, name);
                Some(self.beside(value, shape, here, text))
            }
            Lead::Refused(refusal) => self.refused(value, text, refusal, shape, here),
        }
    }

    /// The reference with another text, and with what stands beside it.
    fn beside(&mut self, value: &Value, shape: Shape, here: Here<'_>, text: String) -> Value {
        let mut made = self.members(value, shape, here);
        if let Value::Object(map) = &mut made {
            map.insert("$ref".to_owned(), Value::String(text));
        }
        made
    }

    /// What a reference leads to, in its place. What stands beside the reference wins.
    fn inline(
        &mut self,
        holder: &Value,
        spot: &Spot,
        shape: Shape,
        here: Here<'_>,
    ) -> Option<Value> {
        let key = (spot.clone(), shape);
        if self.open.contains(&key) {
            let text = holder.get("$ref").and_then(Value::as_str).unwrap_or_default();
            return self.refused(holder, text, Refusal::Circle, shape, here);
        }
        let value = self.world.value(spot)?;
        let to = here.to.pointer();
        self.copies(&to);
        self.built.from.insert(to.clone(), (spot.file, spot.at.clone()));
        self.open.push(key);
        let there = Here { file: spot.file, from: &Trail::Start(&spot.at), ..here };
        let made = match walk::reference(value, shape) {
            Some(_) => self.value(value, shape, there),
            None => Some(self.members(value, shape, there)),
        };
        self.open.pop();
        match (holder.as_object().filter(|map| map.len() > 1), made) {
            (Some(beside), Some(Value::Object(made))) => {
                Some(Value::Object(self.merge(made, beside, shape, here)))
            }
            (_, made) => made,
        }
    }

    /// What stands beside a reference, laid over what it leads to. A path item may have both, if no
    /// key is in both (OpenAPI 3.0 section 4.7.9: of one that is, nobody can say which is meant).
    fn merge(
        &mut self,
        mut made: Map<String, Value>,
        beside: &Map<String, Value>,
        shape: Shape,
        here: Here<'_>,
    ) -> Map<String, Value> {
        let (from, to) = (here.from.pointer(), here.to.pointer());
        // What leads to a reference that is not followed is told of as that.
        let is_whole_item = object(shape) == Some(Object::PathItem) && !made.contains_key("$ref");
        for (key, value) in beside.iter().filter(|(key, _)| *key != "$ref") {
            if is_whole_item && made.contains_key(key) && is_merged(self.world.dialect, key) {
                self.is_in_both(key, &to);
            }
            let shape = match object(shape) {
                Some(object) => self.world.dialect.shape(object, key),
                None => element(shape),
            };
            self.built.from.insert(to.push(key), (here.file, from.push(key)));
            if let Some(value) = self.member(value, shape, key, here) {
                made.insert(key.clone(), value);
            }
        }
        made
    }

    fn is_in_both(&mut self, key: &str, at: &Pointer) {
        let message =
            format!("`{key}` stands beside `$ref`, and in the path item that it leads to as well");
        let help = "the one beside `$ref` is taken: leave one of them out";
        let warning = Diagnostic::warning(Code::MisplacedKey, message).at(&at.push(key));
        self.built.diagnostics.push(warning.help(help));
    }

    /// A reference that is not followed. Where an object is due it stays, so that nobody hears of
    /// it who does not choose what needs it.
    fn refused(
        &mut self,
        value: &Value,
        text: &str,
        refusal: Refusal,
        shape: Shape,
        here: Here<'_>,
    ) -> Option<Value> {
        let named = self.seen_from_root(here.file, text);
        if object(shape).is_some() {
            self.unread(&named, here.file, text, refusal);
            return Some(self.beside(value, shape, here, named));
        }
        if refusal == Refusal::Unreadable {
            // Nothing is made of the document, and the file itself says why.
            return None;
        }
        let message = format!("{}: what it stands for is left out", refusal.message(&named));
        let diagnostic = Diagnostic::warning(refusal.code(), message).at(&here.to.pointer());
        self.built.diagnostics.push(diagnostic.help(refusal.help()));
        None
    }

    /// Takes note of a reference that is not followed.
    pub(super) fn unread(&mut self, named: &str, file: usize, text: &str, why: Refusal) {
        if self.built.unread.contains_key(named) {
            return;
        }
        let near = (why == Refusal::Absent && self.built.unread.len() < NEAR)
            .then(|| self.world.library.near(&self.world.path(file, text)?))
            .flatten();
        let near = near.map(|path| {
            let fragment = text.split_once('#').map(|(_, fragment)| format!("#{fragment}"));
            format!("{}{}", self.world.library.name(&path), fragment.unwrap_or_default())
        });
        self.built.unread.insert(named.to_owned(), Unread { why, near });
    }

    /// The text of a reference that is not followed, with its file as seen from the root document.
    pub(super) fn seen_from_root(&self, file: usize, text: &str) -> String {
        match self.world.path(file, text) {
            Some(path) if !text.starts_with('/') => {
                let fragment = text.split_once('#').map(|(_, fragment)| format!("#{fragment}"));
                let name = self.world.library.name(&path);
                format!("{name}{}", fragment.unwrap_or_default())
            }
            _ if text.starts_with('#') => {
                let own = &self.world.library.part(file).path;
                format!("{}{text}", self.world.library.name(own))
            }
            _ => text.to_owned(),
        }
    }
}

/// The mapping of the shared objects of a kind, made if it is not there.
fn section_mut<'v>(root: &'v mut Value, tokens: &[String]) -> Option<&'v mut Map<String, Value>> {
    tokens.iter().try_fold(root.as_object_mut()?, |map, token| {
        map.entry(token.as_str()).or_insert_with(|| Map::new().into()).as_object_mut()
    })
}
