//! What the objects that move to the shared ones are called.
//!
//! One that the root document shares under a name keeps it. Any other is called after the last
//! name in the pointer to it, or after its file where the reference is to the whole of it; where
//! two of them meet, both get the file's name or the folder's in front. So a neighbour that does
//! not collide never moves a name, and the order of files never matters.

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Component, Path};

use super::grammar::SHARED;
use super::world::{Spot, World};
use crate::pointer::Pointer;
use crate::shape::{Dialect, Object, Shape, shape_of};

/// The names of all moved objects.
#[derive(Debug, Default)]
pub(super) struct Names(BTreeMap<(Object, Spot), String>);

impl Names {
    pub(super) fn get(&self, object: Object, spot: &Spot) -> Option<&str> {
        self.0.get(&(object, spot.clone())).map(String::as_str)
    }

    /// Everything that moved, by kind and name.
    pub(super) fn moved(&self) -> Vec<(Object, &Spot, &str)> {
        let mut all: Vec<_> =
            self.0.iter().map(|((object, spot), name)| (*object, spot, name.as_str())).collect();
        all.sort_by_key(|(object, _, name)| (*object, *name));
        all
    }

    /// The files that moved objects are in.
    pub(super) fn files(&self) -> BTreeSet<usize> {
        self.0.keys().map(|(_, spot)| spot.file).collect()
    }
}

/// Names everything that moves.
pub(super) fn assign(world: &mut World<'_>) -> Names {
    let mut names = Names::default();
    for object in SHARED {
        let mut taken = BTreeSet::new();
        for (name, spot, end) in world.shared(object) {
            for spot in std::iter::once(spot).chain(end) {
                if !(spot.file == 0 && world.dialect.is_shared(&spot.at)) {
                    names.0.entry((object, spot)).or_insert_with(|| name.clone());
                }
            }
            taken.insert(name);
        }
        let open: Vec<Spot> = world
            .moved
            .iter()
            .filter(|(kind, spot)| *kind == object && names.get(object, spot).is_none())
            .map(|(_, spot)| spot.clone())
            .collect();
        let said = open.iter().map(|spot| Said::of(world, spot)).collect();
        for (spot, name) in open.into_iter().zip(settle(said, &taken)) {
            names.0.insert((object, spot), name);
        }
    }
    names
}

/// What a reference to an object would call it, if that name were its own.
pub(super) fn natural(world: &World<'_>, spot: &Spot) -> String {
    Said::of(world, spot).name(0)
}

/// What an object within the document is called that moves to the shared ones and has no name of its own.
pub(crate) fn way_to(place: &Pointer) -> Option<String> {
    said(place).map(|own| sound(&own))
}

/// What is there to make a name of.
struct Said {
    own: String,
    /// What may go in front, the nearest first.
    more: Vec<String>,
}

impl Said {
    fn of(world: &World<'_>, spot: &Spot) -> Self {
        let path = world.library.name(&world.library.part(spot.file).path);
        let mut more = if spot.file == 0 { Vec::new() } else { ways(Path::new(&path)) };
        let own = match said(&spot.at) {
            // The file is the schema that this is a part of.
            Some(own) if begins_in_schema(&spot.at) && !more.is_empty() => {
                format!("{}_{own}", more.remove(0))
            }
            Some(own) => own,
            None if more.is_empty() => "document".to_owned(),
            None => more.remove(0),
        };
        Self { own, more }
    }

    /// The name with so many words in front.
    fn name(&self, words: usize) -> String {
        let front = self.more.iter().take(words).rev();
        let all: Vec<&str> = front.chain([&self.own]).map(String::as_str).collect();
        sound(&all.join("_"))
    }
}

/// The file's name and those of its folders, up from it. A file called `index` is its folder's.
fn ways(path: &Path) -> Vec<String> {
    let stem = path.file_stem().map(|stem| stem.to_string_lossy().into_owned());
    let folders = path.parent().into_iter().flat_map(Path::components).rev();
    let folders = folders.filter_map(|part| match part {
        Component::Normal(part) => Some(part.to_string_lossy().into_owned()),
        Component::Prefix(_) | Component::RootDir | Component::CurDir | Component::ParentDir => {
            None
        }
    });
    let mut ways: Vec<String> = stem.into_iter().chain(folders).collect();
    if ways.len() > 1 && matches!(ways[0].as_str(), "index" | "_index") {
        ways.remove(0);
    }
    ways
}

/// The name at the end of a pointer, with the names of the schemas it is in.
fn said(at: &Pointer) -> Option<String> {
    let tokens: Vec<String> = at.tokens().collect();
    if tokens.first().is_some_and(|token| token == "paths") {
        return Some(in_path(&tokens));
    }
    let mut words: Vec<&str> = Vec::new();
    let mut within = false;
    let mut keys = tokens.iter().map(String::as_str).peekable();
    while let Some(key) = keys.next() {
        let shape = Dialect::V31
            .shape(Object::Schema, key)
            .or_else(|| (key == "schema").then_some(Shape::One(Object::Schema)));
        match (key, shape) {
            ("$defs" | "definitions", _) => {
                words.clear();
                within = false;
            }
            (_, Some(Shape::Map(_) | Shape::List(_))) if !words.is_empty() => {
                words.extend(keys.next());
                within = true;
            }
            ("items", Some(_)) if !words.is_empty() => {
                words.push("item");
                within = true;
            }
            (_, Some(Shape::One(_) | Shape::FlagOrSchema)) if !words.is_empty() => within = true,
            _ => {
                if !within {
                    words.clear();
                }
                words.push(key);
            }
        }
    }
    (!words.is_empty()).then(|| words.join("_"))
}

/// Whether a pointer begins with the name of a part of a schema.
fn begins_in_schema(at: &Pointer) -> bool {
    let mut tokens = at.tokens();
    let shape = tokens.next().and_then(|key| shape_of(Object::Schema, &key));
    matches!(shape, Some(Shape::Map(_) | Shape::List(_))) && tokens.next().is_some()
}

/// Path, method and status say where in an operation something is.
fn in_path(tokens: &[String]) -> String {
    const GRAMMAR: [&str; 7] =
        ["paths", "responses", "content", "schema", "parameters", "headers", "properties"];
    let words = tokens.iter().map(String::as_str).filter(|token| !GRAMMAR.contains(token));
    words.collect::<Vec<_>>().join(" ")
}

/// The characters that a key of the components may have (OpenAPI 3.0.3 section 4.7.7).
fn sound(name: &str) -> String {
    let is_sound = |c: char| c.is_ascii_alphanumeric() || "-._".contains(c);
    let words = name.split(|c: char| !is_sound(c)).filter(|word| !word.is_empty());
    let name = words.collect::<Vec<_>>().join("_");
    let name = name.trim_matches('_');
    if name.is_empty() { "unnamed".to_owned() } else { name.to_owned() }
}

/// Puts words in front of all names that meet, until none do.
fn settle(said: Vec<Said>, taken: &BTreeSet<String>) -> Vec<String> {
    let mut words = vec![0; said.len()];
    loop {
        let mut groups: BTreeMap<String, Vec<usize>> = BTreeMap::new();
        for (index, one) in said.iter().enumerate() {
            groups.entry(one.name(words[index])).or_default().push(index);
        }
        let meet = |name: &String, all: &Vec<usize>| all.len() > 1 || taken.contains(name);
        let mut is_settled = true;
        for (_, all) in groups.iter().filter(|(name, all)| meet(name, all)) {
            for &index in all {
                if words[index] < said[index].more.len() {
                    words[index] += 1;
                    is_settled = false;
                }
            }
        }
        if is_settled {
            return number(&groups, taken, said.len());
        }
    }
}

/// The names, with numbers where nothing else tells them apart.
fn number(
    groups: &BTreeMap<String, Vec<usize>>,
    taken: &BTreeSet<String>,
    count: usize,
) -> Vec<String> {
    let mut names = vec![String::new(); count];
    let mut used: BTreeSet<String> = groups.keys().chain(taken).cloned().collect();
    for (name, all) in groups {
        let first_is_free = !taken.contains(name);
        for (place, index) in all.iter().enumerate() {
            names[*index] = if place == 0 && first_is_free {
                name.clone()
            } else {
                let mut numbers = (2..).map(|number: u32| format!("{name}_{number}"));
                let free = numbers.find(|name| !used.contains(name)).unwrap_or_default();
                used.insert(free.clone());
                free
            };
        }
    }
    names
}

#[cfg(test)]
mod tests {
    use super::*;

    fn one(own: &str, more: &[&str]) -> Said {
        Said { own: own.to_owned(), more: more.iter().map(|&word| word.to_owned()).collect() }
    }

    #[test]
    fn a_pointer_says_a_name() {
        let check = |pointer: &str, expected: Option<&str>| {
            let pointer = Pointer::parse(pointer).unwrap();
            assert_eq!(said(&pointer).as_deref(), expected, "{pointer}");
        };
        check("", None);
        check("/Widget", Some("Widget"));
        check("/components/schemas/Widget", Some("Widget"));
        check("/nested/data/models/Profile", Some("Profile"));
        check("/definitions/Widget/properties/size", Some("Widget_size"));
        check("/components/schemas/Widget/properties/items/items", Some("Widget_items_item"));
        check("/components/schemas/Order/$defs/Item", Some("Item"));
        check("/components/parameters/Page/schema", Some("Page"));
        check("/components/schemas/Pet/allOf/1", Some("Pet_1"));
        check("/paths/~1pets~1{id}/get/responses/200", Some("/pets/{id} get 200"));
    }

    #[test]
    fn names_that_meet_say_where_they_are() {
        let taken = BTreeSet::from(["Error".to_owned()]);
        let said = vec![
            one("Widget", &["a", "x"]),
            one("Widget", &["b", "x"]),
            one("Error", &["c"]),
            one("Alone", &["a"]),
            one("Same", &[]),
            one("Same", &[]),
        ];
        let names = settle(said, &taken);
        assert_eq!(names, ["a_Widget", "b_Widget", "c_Error", "Alone", "Same", "Same_2"]);
    }

    #[test]
    fn names_are_keys_of_components() {
        assert_eq!(sound("/pets/{id} get 200"), "pets_id_get_200");
        assert_eq!(sound("Größe"), "Gr_e");
        assert_eq!(sound("日本"), "unnamed");
    }
}
