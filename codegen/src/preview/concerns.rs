//! Which operations a problem is about: the one it stands in, or all that reach the component it stands
//! in.

use std::collections::{BTreeMap, BTreeSet};
use std::path::PathBuf;

use serde_json::Value;

use crate::diagnostics::{Diagnostic, Location};
use crate::pointer::Pointer;
use crate::shape::{Object, Trail, for_each_child, reference};
use crate::source::Source;

/// The parts of a document that refer to one another: operations first, then path items, which have
/// what their operations share, then components.
pub(super) struct Concerns {
    parts: Vec<Pointer>,
    /// How many of them are operations.
    operations: usize,
    /// Of each part, the parts that refer to it.
    users: Vec<BTreeSet<usize>>,
}

/// The same, by where the parts are written.
pub(super) struct Located {
    concerns: Concerns,
    written: BTreeMap<(PathBuf, Pointer), usize>,
}

impl Concerns {
    /// What of a document refers to what; `operations` are those that are listed.
    pub(super) fn of(root: &Value, operations: &[Pointer]) -> Self {
        let mut parts = operations.to_vec();
        let items: BTreeSet<Pointer> = operations.iter().filter_map(Pointer::parent).collect();
        parts.extend(items);
        let components = Pointer::root().push("components");
        for (section, members) in
            root.get("components").and_then(Value::as_object).into_iter().flatten()
        {
            let section = components.push(section);
            let names = members.as_object().into_iter().flatten().map(|(name, _)| name);
            parts.extend(names.map(|name| section.push(name)));
        }
        let known: BTreeMap<&Pointer, usize> =
            parts.iter().enumerate().map(|(index, part)| (part, index)).collect();
        let mut users = vec![BTreeSet::new(); parts.len()];
        for (index, part) in parts.iter().enumerate() {
            for target in references(root, part) {
                if let Some(target) = part_of(&target, &known) {
                    users[target].insert(index);
                }
            }
        }
        Self { operations: operations.len(), users, parts }
    }

    /// The parts, to be located; the operations come first.
    pub(super) fn pointers(&self) -> Vec<&Pointer> {
        self.parts.iter().collect()
    }

    /// Knows where the parts are written; `places` are those of [`Self::pointers`].
    pub(super) fn located(self, source: &Source, places: &[Location]) -> Located {
        let written = self
            .parts
            .iter()
            .zip(places)
            .enumerate()
            .map(|(index, (part, place))| ((place.file.clone(), source.written(part)), index));
        // Of parts that are written at one place the first is as good as any.
        let written = written.rev().collect();
        Located { concerns: self, written }
    }
}

impl Located {
    /// The operations that a problem concerns, in order.
    pub(super) fn operations(&self, diagnostic: &Diagnostic) -> Vec<usize> {
        let (Some(pointer), Some(location)) = (&diagnostic.pointer, &diagnostic.location) else {
            return Vec::new();
        };
        let mut at = Some(pointer.clone());
        while let Some(pointer) = at {
            if let Some(part) = self.written.get(&(location.file.clone(), pointer.clone())) {
                return self.concerns.reaching(*part);
            }
            at = pointer.parent();
        }
        Vec::new()
    }
}

impl Concerns {
    fn reaching(&self, part: usize) -> Vec<usize> {
        let mut reached = BTreeSet::from([part]);
        let mut open = vec![part];
        while let Some(part) = open.pop() {
            open.extend(self.users[part].iter().filter(|user| reached.insert(**user)));
        }
        reached.into_iter().take_while(|part| *part < self.operations).collect()
    }
}

/// The part that a reference leads into.
fn part_of(target: &Pointer, known: &BTreeMap<&Pointer, usize>) -> Option<usize> {
    let mut at = Some(target.clone());
    while let Some(pointer) = at {
        if let Some(index) = known.get(&pointer) {
            return Some(*index);
        }
        at = pointer.parent();
    }
    None
}

/// What a part refers to.
fn references(root: &Value, part: &Pointer) -> Vec<Pointer> {
    let mut walk = Walk { root, found: Vec::new() };
    let mut tokens = part.tokens();
    match (tokens.next().as_deref(), tokens.next(), tokens.next()) {
        (Some("paths"), Some(_), Some(_)) => {
            // What the operations of a path share is theirs.
            walk.found.extend(part.parent());
            if let Some(value) = part.lookup(root) {
                walk.visit(value, Object::Operation, &Trail::Start(part));
            }
        }
        (Some("paths"), Some(_), None) => walk.shared(part),
        (Some(_), Some(section), Some(_)) => {
            if let (Some(object), Some(value)) = (Object::of_section(&section), part.lookup(root)) {
                walk.visit(value, object, &Trail::Start(part));
            }
        }
        _ => {}
    }
    walk.found
}

struct Walk<'v> {
    root: &'v Value,
    found: Vec<Pointer>,
}

impl Walk<'_> {
    /// What a path item has beside its operations.
    fn shared(&mut self, item: &Pointer) {
        let Some(value) = item.lookup(self.root) else { return };
        if let Some(reference) = reference(value, Object::PathItem) {
            self.found.extend(Pointer::from_reference(reference));
            return;
        }
        for_each_child(
            value,
            Object::PathItem,
            &Trail::Start(item),
            &mut |value, object, trail| {
                if object != Object::Operation {
                    self.visit(value, object, trail);
                }
            },
        );
    }

    fn visit(&mut self, value: &Value, object: Object, trail: &Trail<'_>) {
        if let Some(reference) = reference(value, object) {
            self.found.extend(Pointer::from_reference(reference));
            return;
        }
        if object == Object::Operation && value.get("security").is_none() {
            let all = self.root.get("security").and_then(Value::as_array);
            all.into_iter().flatten().for_each(|one| self.requirement(one));
        }
        if object == Object::SecurityRequirement {
            self.requirement(value);
        }
        for_each_child(value, object, trail, &mut |value, object, trail| {
            self.visit(value, object, trail);
        });
    }

    fn requirement(&mut self, requirement: &Value) {
        let schemes = Pointer::root().push("components").push("securitySchemes");
        let names = requirement.as_object().into_iter().flatten().map(|(name, _)| name);
        self.found.extend(names.map(|name| schemes.push(name)));
    }
}
