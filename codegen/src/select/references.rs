//! Every `$ref` of the document leads, within the document, to a value.
//!
//! One that does not stops the run where a call needs what it stands for. Where a schema is due
//! the value stays JSON, and what a client does without is left out.

mod broken;

use std::collections::BTreeSet;

use serde_json::Value;

use self::broken::{Broken, Place, Why};
use crate::diagnostics::{Code, Diagnostic, Diagnostics};
use crate::pointer::Pointer;
use crate::shape::{Object, Trail, for_each_child, reference};

/// Tells what is wrong with the references of `chosen`, and takes out of it the broken ones that
/// need not stop the run. References lead into the `whole` document.
pub(super) fn check(chosen: &mut Value, whole: &Value) -> Diagnostics {
    let (mut diagnostics, broken) = find(chosen, whole);
    broken.report(whole, &mut diagnostics);
    broken.mend(chosen);
    diagnostics
}

fn find(chosen: &Value, whole: &Value) -> (Diagnostics, Broken) {
    let mut checker = Checker {
        root: whole,
        diagnostics: Diagnostics::new(),
        settled: BTreeSet::new(),
        broken: Broken::default(),
        outside: Vec::new(),
    };
    checker.visit(chosen, Object::Document, &Trail::Start(&Pointer::root()));
    let mut walked = BTreeSet::new();
    while let Some((pointer, object)) = checker.outside.pop() {
        if let (true, Some(value)) =
            (walked.insert((pointer.clone(), object)), pointer.lookup(whole))
        {
            checker.visit(value, object, &Trail::Start(&pointer));
        }
    }
    (checker.diagnostics, checker.broken)
}

struct Checker<'v> {
    root: &'v Value,
    diagnostics: Diagnostics,
    /// References that are known to end well, or whose circle was reported.
    settled: BTreeSet<&'v str>,
    /// References that lead nowhere we can go.
    broken: Broken,
    /// What references lead to where the walk from the root does not look.
    outside: Vec<(Pointer, Object)>,
}

impl<'v> Checker<'v> {
    fn visit(&mut self, value: &'v Value, object: Object, trail: &Trail<'_>) {
        if let Some(reference) = reference(value, object) {
            self.reference(reference, object, Place::of(object), &Trail::Key(trail, "$ref"));
            return;
        }
        if object == Object::Discriminator {
            self.mapping(value, trail);
        }
        for_each_child(value, object, trail, &mut |value, object, trail| {
            self.visit(value, object, trail);
        });
    }

    fn reference(&mut self, reference: &'v str, object: Object, place: Place, trail: &Trail<'_>) {
        let leads_somewhere =
            || Pointer::from_reference(reference).is_some_and(|at| at.lookup(self.root).is_some());
        if let Some(why) = Why::of_misfit(reference, object).filter(|_| leads_somewhere()) {
            self.broken.add(reference, why, Place::of_misfit(object), trail.pointer());
        } else if self.settled.contains(reference) {
        } else if let Some(why) =
            self.broken.known(reference).or_else(|| self.follow(reference, object, trail))
        {
            self.broken.add(reference, why, place, trail.pointer());
        }
    }

    /// Follows a chain of references to its end, and says why the first link is broken, if it is.
    /// One that is broken further on is reported where it stands.
    fn follow(&mut self, first: &'v str, object: Object, trail: &Trail<'_>) -> Option<Why> {
        let mut chain: Vec<&str> = Vec::new();
        let mut links = BTreeSet::new();
        let mut next = first;
        loop {
            if !links.insert(next) {
                self.circle(&chain, next, trail);
                break;
            }
            chain.push(next);
            let Some(pointer) = Pointer::from_reference(next) else {
                if chain.len() == 1 {
                    return Some(Why::of_malformed(next));
                }
                break;
            };
            let Some(target) = pointer.lookup(self.root) else {
                if chain.len() == 1 {
                    return Some(Why::Nothing);
                }
                break;
            };
            if !["/components/", "/paths/"].iter().any(|part| pointer.as_str().starts_with(part)) {
                self.outside.push((pointer, object));
            }
            match reference(target, object) {
                Some(link) if !self.settled.contains(link) => next = link,
                _ => break,
            }
        }
        self.settled.extend(chain);
        None
    }

    /// A mapping value is a reference or the bare name of a schema (section 4.7.25).
    fn mapping(&mut self, discriminator: &'v Value, trail: &Trail<'_>) {
        let Some(Value::Object(mapping)) = discriminator.get("mapping") else { return };
        let schemas = self.root.pointer("/components/schemas");
        let trail = Trail::Key(trail, "mapping");
        for (key, target) in mapping {
            let Value::String(target) = target else { continue };
            let is_name = schemas.is_some_and(|schemas| schemas.get(target).is_some());
            let trail = Trail::Key(&trail, key);
            if is_name {
            } else if target.contains(['#', '/', '.']) {
                self.reference(target, Object::Schema, Place::Mapping, &trail);
            } else {
                self.broken.add(target, Why::NoSchema, Place::Mapping, trail.pointer());
            }
        }
    }

    fn circle(&mut self, chain: &[&str], back: &str, trail: &Trail<'_>) {
        let start = chain.iter().position(|link| *link == back).unwrap_or_default();
        let mut links: Vec<String> =
            chain[start..].iter().map(|link| format!("`{link}`")).collect();
        if links.len() > 6 {
            links.splice(3..links.len() - 2, ["…".to_owned()]);
        }
        let path = links.join(" → ");
        let message =
            format!("the reference goes in a circle and never reaches a value: {path} → `{back}`");
        self.diagnostics
            .push(Diagnostic::error(Code::ReferenceCycle, message).at(&trail.pointer()));
    }
}
