//! Where every reference of the document leads, through all of its files.

use std::collections::{BTreeMap, BTreeSet};
use std::path::PathBuf;

use serde_json::Value;

use super::anchors::Named;
use super::library::Library;
use super::reference::{LINKS, Refusal, Written, read};
use super::walk::{self, Found};
use crate::pointer::Pointer;
use crate::shape::{Dialect, Object, Shape, holds_schemas, is_no_schema};

/// A place in a file.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Spot {
    pub(super) file: usize,
    pub(super) at: Pointer,
}

impl Spot {
    pub(super) fn new(file: usize, at: Pointer) -> Self {
        Self { file, at }
    }
}

/// What becomes of a reference.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Lead {
    /// The root document keeps it as it is.
    Stay,
    /// It is to a place that the root document keeps.
    Kept(Pointer),
    /// It is to an object that moves to the shared ones of its kind.
    Moved(Spot),
    /// Its place is taken by what it leads to.
    Inline(Spot),
    Refused(Refusal),
}

/// What there is to say of a reference that stops nobody.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Note {
    /// It means the root document and does not say so.
    MeantRoot,
    /// It is in an example, and the file it leads to is no tree.
    OddExample,
    /// It is a schema's, and leads to a value or to a whole mapping of schemas.
    NoSchema,
}

/// The files and the references between them.
pub(super) struct World<'f> {
    pub(super) dialect: Dialect,
    pub(super) library: Library<'f>,
    /// Where a reference leads, by its file and text.
    known: BTreeMap<(usize, String), Result<Spot, Refusal>>,
    named: Named,
    /// Objects that have to become shared ones.
    pub(super) moved: BTreeSet<(Object, Spot)>,
    /// Whether anything is to be done.
    pub(super) is_changed: bool,
    /// Files that a reference needs and that cannot be read.
    pub(super) broken: BTreeSet<PathBuf>,
    /// What is to be said of references all the same.
    pub(super) notes: Vec<(Spot, Note)>,
}

impl<'f> World<'f> {
    pub(super) fn new(dialect: Dialect, library: Library<'f>) -> Self {
        Self {
            dialect,
            library,
            known: BTreeMap::new(),
            named: Named::default(),
            moved: BTreeSet::new(),
            is_changed: false,
            broken: BTreeSet::new(),
            notes: Vec::new(),
        }
    }

    pub(super) fn value(&self, spot: &Spot) -> Option<&Value> {
        spot.at.lookup(self.library.root(spot.file))
    }

    /// Reads every file that references lead to, and finds out what has to move.
    pub(super) fn discover(&mut self) {
        let mut open = vec![(Spot::new(0, Pointer::root()), Shape::One(Object::Document))];
        let mut seen: Vec<(Spot, Shape)> = Vec::new();
        let mut known: BTreeSet<(Spot, Shape)> = BTreeSet::new();
        while let Some((spot, shape)) = open.pop() {
            if !known.insert((spot.clone(), shape)) {
                continue;
            }
            let Some(value) = self.value(&spot) else { continue };
            let file = self.library.root(spot.file);
            let found = walk::references(self.dialect, file, value, shape, &spot.at);
            seen.clear();
            for found in found {
                seen.extend(self.follow(spot.file, found));
            }
            // The first reference is looked at first, so that files are read in document order.
            open.extend(seen.drain(..).rev());
        }
    }

    /// What has to be looked at because of a reference.
    fn follow(&mut self, file: usize, found: Found) -> Option<(Spot, Shape)> {
        self.resolve(file, &found);
        let holder = found.at.lookup(self.library.root(file));
        match self.lead(file, &found.text, found.shape, holder) {
            Lead::Stay => None,
            Lead::Kept(_) => {
                self.is_changed = true;
                None
            }
            Lead::Moved(spot) => {
                self.is_changed = true;
                let object = walk::object(found.shape)?;
                self.moved.insert((object, spot.clone()));
                Some((spot, Shape::One(object)))
            }
            Lead::Inline(spot) => {
                self.is_changed = true;
                Some((spot, found.shape))
            }
            Lead::Refused(refusal) => {
                self.is_changed |= file != 0 || !found.text.starts_with('#');
                if refusal == Refusal::Unreadable && !is_example(found.shape) {
                    self.broken.extend(self.path(file, &found.text));
                }
                None
            }
        }
    }

    /// The path that a reference leads to, if it leads to a file.
    pub(super) fn path(&self, file: usize, text: &str) -> Option<PathBuf> {
        match read(text) {
            Written::File(path, _) => Some(self.library.path(file, &path)),
            Written::Here(_) | Written::Url => None,
        }
    }

    /// What becomes of a reference that was resolved; `holder` is the mapping it stands in.
    pub(super) fn lead(
        &self,
        file: usize,
        text: &str,
        shape: Shape,
        holder: Option<&Value>,
    ) -> Lead {
        let object = walk::object(shape).filter(|object| self.dialect.shares(*object));
        let is_local = file == 0 && text.starts_with('#');
        let is_read_later = |object| self.is_read_later(object) && !self.says_more(object, holder);
        if is_local && walk::object(shape).is_some_and(is_read_later) {
            return Lead::Stay;
        }
        if is_local && is_of_all(text, shape) {
            return Lead::Stay;
        }
        let spot = match self.known.get(&(file, text.to_owned())) {
            Some(Ok(spot)) => spot,
            Some(Err(_)) if is_local || is_example(shape) => return Lead::Stay,
            Some(Err(refusal)) => return Lead::Refused(*refusal),
            None => return Lead::Stay,
        };
        match object {
            Some(object)
                if self.keeps(object, spot)
                    && is_local
                    && Pointer::from_reference(text).as_ref() == Some(&spot.at) =>
            {
                Lead::Stay
            }
            Some(object) if self.keeps(object, spot) => Lead::Kept(spot.at.clone()),
            Some(_) => Lead::Moved(spot.clone()),
            None => Lead::Inline(spot.clone()),
        }
    }

    /// Whether references within the root document are left to a later stage: path items are
    /// written out when operations are chosen, and schemas of 3.1 have more names than pointers.
    fn is_read_later(&self, object: Object) -> bool {
        object == Object::PathItem || (object == Object::Schema && self.dialect == Dialect::V31)
    }

    /// Whether a path item has keys of its own beside its reference, so that it is neither what is
    /// written there nor what the reference leads to, but both.
    fn says_more(&self, object: Object, holder: Option<&Value>) -> bool {
        let keys = holder.and_then(Value::as_object).into_iter().flatten();
        object == Object::PathItem
            && keys.map(|(key, _)| key).any(|key| is_merged(self.dialect, key))
    }

    /// Whether an object stays where it is, because references may lead there.
    fn keeps(&self, object: Object, spot: &Spot) -> bool {
        spot.file == 0 && (self.dialect.is_shared(&spot.at) || self.is_read_later(object))
    }

    fn resolve(&mut self, file: usize, found: &Found) {
        let key = (file, found.text.clone());
        if self.known.contains_key(&key) {
            return;
        }
        let mut links = LINKS;
        let led = self.chain(file, &found.text, &mut links);
        let led = led.or_else(|refusal| self.meant_root(file, found, refusal));
        if led == Err(Refusal::Unreadable) && is_example(found.shape) {
            self.notes.push((Spot::new(file, found.at.clone()), Note::OddExample));
        }
        // What is read later is told of there.
        let is_told_later = self.is_read_later(Object::Schema)
            || (file == 0 && is_of_all(&found.text, found.shape));
        let is_schema = is_schema(found.shape) && !is_told_later;
        if led.as_ref().is_ok_and(|spot| is_schema && spot.file == 0 && is_no_schema(&spot.at)) {
            self.notes.push((Spot::new(file, found.at.clone()), Note::NoSchema));
        }
        self.known.insert(key, led);
    }

    /// A file that is written for one document often speaks of its components as if they were its
    /// own.
    fn meant_root(&mut self, file: usize, found: &Found, no: Refusal) -> Result<Spot, Refusal> {
        let at = Pointer::from_reference(&found.text).ok_or(no)?;
        if no != Refusal::NoPlace || file == 0 || !self.dialect.is_shared(&at) {
            return Err(no);
        }
        let spot = self.place(0, &at, &mut LINKS.clone()).map_err(|_| no)?;
        let is_there = self.value(&spot).is_some();
        if !is_there {
            return Err(no);
        }
        self.notes.push((Spot::new(file, found.at.clone()), Note::MeantRoot));
        Ok(if self.dialect.is_shared(&at) { Spot::new(0, at) } else { spot })
    }

    /// The end of a chain of references.
    fn chain(&mut self, file: usize, text: &str, links: &mut usize) -> Result<Spot, Refusal> {
        let mut spot = self.link(file, text, links)?;
        loop {
            // The root document's own names stay, even for what is elsewhere.
            if spot.file == 0 && self.dialect.is_shared(&spot.at) {
                return Ok(spot);
            }
            let Some(text) = self.value(&spot).and_then(alone) else { return Ok(spot) };
            let text = text.to_owned();
            spot = self.link(spot.file, &text, links)?;
        }
    }

    /// Where a reference of a file leads, if it is not to be followed further.
    fn link(&mut self, file: usize, text: &str, links: &mut usize) -> Result<Spot, Refusal> {
        *links = links.checked_sub(1).ok_or(Refusal::Circle)?;
        match read(text) {
            Written::Here(fragment) => self.fragment(file, fragment, links),
            Written::Url => self.by_id(text, links).ok_or(Refusal::of_url(text)),
            Written::File(path, fragment) => {
                if let Some(spot) = self.by_id(text, links) {
                    return Ok(spot);
                }
                let path = self.library.path(file, &path);
                let is_spaced = text.trim() != text;
                let file = self.library.open(&path).map_err(|refusal| match refusal {
                    Refusal::Absent if is_spaced => Refusal::Spaced,
                    refusal => refusal,
                })?;
                self.fragment(file, fragment, links)
            }
        }
    }

    /// A schema that calls itself by what the reference says (JSON Schema core, section 8.2.1).
    fn by_id(&mut self, text: &str, links: &mut usize) -> Option<Spot> {
        if self.dialect != Dialect::V31 {
            return None;
        }
        let (id, fragment) = text.split_once('#').unwrap_or((text, ""));
        self.named.update(&self.library);
        let (file, resource) = self.named.by_id(id)?;
        let below = Pointer::from_reference(&format!("#{fragment}"))?;
        self.place(file, &resource.join(below.as_str()), links).ok()
    }

    fn fragment(&mut self, file: usize, text: &str, links: &mut usize) -> Result<Spot, Refusal> {
        if let Some(pointer) = Pointer::from_reference(&format!("#{text}")) {
            let spot = self.place(file, &pointer, links)?;
            let is_whole = spot.at == Pointer::root() && self.value(&spot).is_some_and(is_document);
            return if is_whole { Err(Refusal::Whole) } else { Ok(spot) };
        }
        self.named.update(&self.library);
        let anchor = self.named.by_anchor(file, text).ok_or(Refusal::NoPointer)?;
        Ok(Spot::new(file, anchor))
    }

    /// The place a pointer leads to, through the references that stand on its way.
    fn place(&mut self, file: usize, at: &Pointer, links: &mut usize) -> Result<Spot, Refusal> {
        let mut spot = Spot::new(file, Pointer::root());
        // What the root document shares has its place, whichever file it is in.
        let is_shared = file == 0 && self.dialect.is_shared(at);
        for token in at.tokens() {
            let next = Spot::new(spot.file, spot.at.push(&token));
            if self.value(&next).is_some() {
                spot = next;
                continue;
            }
            let text = self.value(&spot).and_then(|value| value.get("$ref")?.as_str());
            let text = text.ok_or(Refusal::NoPlace)?.to_owned();
            let there = self.chain(spot.file, &text, links)?;
            spot = Spot::new(there.file, there.at.push(&token));
            if self.value(&spot).is_none() {
                return Err(Refusal::NoPlace);
            }
        }
        Ok(if is_shared { Spot::new(0, at.clone()) } else { spot })
    }

    /// The objects of a kind that the root document shares: name, place, and where a reference in
    /// that place leads.
    pub(super) fn shared(&mut self, object: Object) -> Vec<(String, Spot, Option<Spot>)> {
        let mut links = LINKS;
        let Some(section) = &self.dialect.section(object) else { return Vec::new() };
        let Ok(mut holder) = self.place(0, section, &mut links) else { return Vec::new() };
        while let Some(text) = self.value(&holder).and_then(alone).map(str::to_owned) {
            let Ok(next) = self.link(holder.file, &text, &mut links) else { return Vec::new() };
            holder = next;
        }
        let Some(Value::Object(members)) = self.value(&holder) else { return Vec::new() };
        let members: Vec<(String, Option<String>)> = members
            .iter()
            .map(|(name, value)| (name.clone(), says_no_more(value).map(str::to_owned)))
            .collect();
        members
            .into_iter()
            .map(|(name, text)| {
                let spot = Spot::new(holder.file, holder.at.push(&name));
                let end =
                    text.and_then(|text| self.chain(spot.file, &text, &mut LINKS.clone()).ok());
                (name, spot, end.filter(|end| !self.keeps(object, end)))
            })
            .collect()
    }
}

/// Whether a key beside the reference of a path item is merged with what that leads to. Words about
/// the path are not carried over.
pub(super) fn is_merged(dialect: Dialect, key: &str) -> bool {
    !["$ref", "summary", "description"].contains(&key)
        && dialect.shape(Object::PathItem, key).is_some()
}

/// Whether a value of this shape may be any value, one with `$ref` in it included.
pub(super) fn is_example(shape: Shape) -> bool {
    matches!(shape, Shape::Anything | Shape::ValueMap | Shape::TextMap)
}

/// Whether a file is an OpenAPI document of its own.
fn is_schema(shape: Shape) -> bool {
    matches!(shape, Shape::One(Object::Schema) | Shape::FlagOrSchema)
}

/// Whether a reference within a file stands for a schema and leads to several. Read as one, the name of
/// each would be a key that no schema has.
fn is_of_all(text: &str, shape: Shape) -> bool {
    is_schema(shape) && Pointer::from_reference(text).is_some_and(|at| holds_schemas(&at))
}

fn is_document(value: &Value) -> bool {
    ["openapi", "swagger"].iter().any(|key| value.get(key).is_some())
}

/// The reference that a value consists of.
fn alone(value: &Value) -> Option<&str> {
    let map = value.as_object().filter(|map| map.len() == 1)?;
    map.get("$ref")?.as_str()
}

/// The reference that a shared object consists of, beside words about the place.
fn says_no_more(value: &Value) -> Option<&str> {
    const WORDS: [&str; 4] = ["$ref", "title", "summary", "description"];
    let map = value.as_object()?;
    let is_word = |key: &String| WORDS.contains(&key.as_str()) || key.starts_with("x-");
    map.get("$ref")?.as_str().filter(|_| map.keys().all(is_word))
}
