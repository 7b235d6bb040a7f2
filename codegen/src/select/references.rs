//! Every `$ref` of the document leads, within the document, to a value.
//!
//! One that does not stops the run where a call needs what it stands for. Where a schema is due
//! the value stays JSON, and what a client does without is left out.

mod broken;
mod meant;

use std::collections::{BTreeMap, BTreeSet};

use serde_json::Value;

use self::broken::{Broken, Place, Why};
use crate::assemble::{Refusal, Unread};
use crate::diagnostics::{Code, Diagnostic, Diagnostics};
use crate::pointer::Pointer;
use crate::shape::{Object, Trail, for_each_child, is_no_schema, reference};
use crate::source::{Origins, Source};

/// Tells what is wrong with the references of `chosen`, and takes out of it the broken ones that
/// need not stop the run. References lead into the `whole` document, but for those into other files
/// that were not followed.
pub(super) fn check(chosen: &mut Value, whole: &Source) -> Diagnostics {
    let (mut diagnostics, broken) = find(chosen, whole);
    broken.report(whole, &mut diagnostics);
    broken.mend(chosen, whole.origins());
    diagnostics
}

fn find<'v>(chosen: &'v Value, whole: &'v Source) -> (Diagnostics, Broken) {
    let mut checker = Checker {
        root: &whole.root,
        unread: whole.unread(),
        origins: whole.origins(),
        circles: BTreeSet::new(),
        diagnostics: Diagnostics::new(),
        settled: BTreeSet::new(),
        broken: Broken::default(),
        outside: Vec::new(),
    };
    checker.visit(chosen, Object::Document, &Trail::Start(&Pointer::root()));
    let mut walked = BTreeSet::new();
    while let Some((pointer, object)) = checker.outside.pop() {
        if let (true, Some(value)) =
            (walked.insert((pointer.clone(), object)), pointer.lookup(&whole.root))
        {
            checker.visit(value, object, &Trail::Start(&pointer));
        }
    }
    (checker.diagnostics, checker.broken)
}

struct Checker<'v> {
    root: &'v Value,
    /// References into other files that were not followed.
    unread: &'v BTreeMap<String, Unread>,
    /// What the document calls the places of the tree.
    origins: &'v Origins,
    /// References of circles that were reported: whoever meets one need not go round it again.
    circles: BTreeSet<&'v str>,
    diagnostics: Diagnostics,
    /// References that are known to end well.
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
        // No other object may be a reference, unless it was brought in from another file.
        if let Some(text) = value.get("$ref").and_then(Value::as_str)
            && let Some(Unread { why, .. }) = self.unread.get(text)
        {
            let at = Trail::Key(trail, "$ref").pointer();
            self.broken.add(text, Why::Refused(*why), Place::of(object), at);
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
            self.broken.known(reference).or_else(|| self.follow(reference, object, place, trail))
        {
            self.broken.add(reference, why, place, trail.pointer());
        }
    }

    /// Follows a chain of references to its end, and says why the first link is broken, if it is.
    /// One that is broken further on is reported where it stands.
    fn follow(
        &mut self,
        first: &'v str,
        object: Object,
        place: Place,
        trail: &Trail<'_>,
    ) -> Option<Why> {
        let mut chain: Vec<&str> = Vec::new();
        let mut links = BTreeSet::new();
        let mut next = first;
        loop {
            if self.circles.contains(next) {
                self.settled.extend(&chain);
                return chain.is_empty().then_some(Why::Circle);
            }
            if !links.insert(next) {
                let start = chain.iter().position(|link| *link == next).unwrap_or_default();
                self.circle(&chain[start..], place, trail);
                self.settled.extend(&chain[..start]);
                return (start == 0).then_some(Why::Circle);
            }
            chain.push(next);
            let Some(pointer) = Pointer::from_reference(next) else {
                if chain.len() == 1 {
                    let refusal = self.unread.get(next).map(|unread| unread.why);
                    return Some(Why::Refused(refusal.unwrap_or(Refusal::NoPointer)));
                }
                break;
            };
            let Some(target) = pointer.lookup(self.root) else {
                if chain.len() == 1 && !self.was_a_value(&pointer) {
                    return Some(Why::Nothing);
                }
                break;
            };
            if pointer == Pointer::root() {
                return (chain.len() == 1).then_some(Why::Refused(Refusal::Whole));
            }
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

    /// Whether a value stood there that has moved since, as that of `const` has: that it is no schema is
    /// told where schemas are read.
    fn was_a_value(&self, pointer: &Pointer) -> bool {
        is_no_schema(pointer) && self.origins.destination(pointer, self.root).is_some()
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

    /// Tells of a circle, once.
    fn circle(&mut self, chain: &[&'v str], place: Place, trail: &Trail<'_>) {
        let Some(first) = chain.first() else { return };
        self.circles.extend(chain);
        let written = |link: &&str| format!("`{}`", self.origins.reference(link));
        let mut links: Vec<String> = chain.iter().map(written).collect();
        if links.len() > 6 {
            links.splice(3..links.len() - 2, ["…".to_owned()]);
        }
        let path = links.join(" → ");
        let message = format!(
            "the reference goes in a circle and never reaches a value: {path} → {}{}",
            written(first),
            place.consequence()
        );
        let diagnostic = Diagnostic::new(Code::ReferenceCycle, place.severity(), message);
        let help = "let one of them say what it is, rather than refer to another";
        self.diagnostics.push(diagnostic.at(&trail.pointer()).help(help));
    }
}
