//! Every `$ref` of the document leads, within the document, to a value.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::Value;

use super::nearest::nearest;
use crate::diagnostics::{Code, Diagnostic, Diagnostics};
use crate::pointer::Pointer;
use crate::shape::{Object, Trail, for_each_child, reference};

/// How many broken references get a suggestion; comparing names is the one slow thing here.
const SUGGESTIONS: usize = 20;

/// What is wrong with the references of the document, in its order.
pub(super) fn check(root: &Value) -> Diagnostics {
    let mut checker = Checker {
        root,
        diagnostics: Diagnostics::new(),
        settled: BTreeSet::new(),
        broken: BTreeMap::new(),
        outside: Vec::new(),
    };
    checker.visit(root, Object::Document, &Trail::Start(&Pointer::root()));
    let mut walked = BTreeSet::new();
    while let Some((pointer, object)) = checker.outside.pop() {
        if let (true, Some(value)) =
            (walked.insert((pointer.clone(), object)), pointer.lookup(root))
        {
            checker.visit(value, object, &Trail::Start(&pointer));
        }
    }
    checker.finish()
}

struct Checker<'v> {
    root: &'v Value,
    diagnostics: Diagnostics,
    /// References that are known to end well, or whose circle was reported.
    settled: BTreeSet<&'v str>,
    /// References to nothing: where the first one stands and how many follow.
    broken: BTreeMap<&'v str, (Pointer, usize)>,
    /// What references lead to where the walk from the root does not look.
    outside: Vec<(Pointer, Object)>,
}

impl<'v> Checker<'v> {
    fn visit(&mut self, value: &'v Value, object: Object, trail: &Trail<'_>) {
        if let Some(reference) = reference(value, object) {
            self.reference(reference, object, &Trail::Key(trail, "$ref"));
            return;
        }
        if object == Object::Discriminator {
            self.mapping(value, trail);
        }
        for_each_child(value, object, trail, &mut |value, object, trail| {
            self.visit(value, object, trail);
        });
    }

    fn reference(&mut self, reference: &'v str, object: Object, trail: &Trail<'_>) {
        if let Some((_, count)) = self.broken.get_mut(reference) {
            *count += 1;
        } else if !self.settled.contains(reference) {
            self.follow(reference, object, trail);
        }
    }

    /// Follows a chain of references to its end. A link that is broken further on is reported
    /// where it stands.
    fn follow(&mut self, first: &'v str, object: Object, trail: &Trail<'_>) {
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
                    self.leaves(next, trail);
                    return;
                }
                break;
            };
            let Some(target) = pointer.lookup(self.root) else {
                if chain.len() == 1 {
                    self.broken.insert(next, (trail.pointer(), 1));
                    return;
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
                self.reference(target, Object::Schema, &trail);
            } else {
                let diagnostic = Diagnostic::error(
                    Code::UnresolvedReference,
                    format!("the document has no schema `{target}`"),
                );
                let diagnostic = self.suggest(diagnostic, schemas, target);
                self.diagnostics.push(diagnostic.at(&trail.pointer()));
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

    fn leaves(&mut self, reference: &'v str, trail: &Trail<'_>) {
        let message = if reference.starts_with('#') {
            format!("`{reference}` is not a reference: after the `#` comes a JSON pointer, `/…`")
        } else {
            format!("the reference `{reference}` leaves the document")
        };
        self.diagnostics.push(
            Diagnostic::error(Code::UnsupportedReference, message)
                .at(&trail.pointer())
                .help("bring all files together into one document first"),
        );
        self.settled.insert(reference);
    }

    fn finish(mut self) -> Diagnostics {
        for (reference, (pointer, count)) in std::mem::take(&mut self.broken) {
            let message = format!("`{reference}` refers to nothing in the document");
            let diagnostic = Diagnostic::error(Code::UnresolvedReference, message).at(&pointer);
            let target = Pointer::from_reference(reference).unwrap_or_default();
            let holder = target.parent().and_then(|parent| parent.lookup(self.root));
            let name = target.last().unwrap_or_default();
            let mut diagnostic = self.suggest(diagnostic, holder, &name);
            if count > 1 {
                let more = format!("{count} references lead there");
                let help = diagnostic.help.take();
                diagnostic.help = Some(help.map_or(more.clone(), |help| format!("{help}; {more}")));
            }
            self.diagnostics.push(diagnostic);
        }
        self.diagnostics
    }

    fn suggest(&self, diagnostic: Diagnostic, holder: Option<&Value>, name: &str) -> Diagnostic {
        let names = holder.and_then(Value::as_object);
        let (Some(names), true) = (names, self.diagnostics.len() < SUGGESTIONS) else {
            return diagnostic;
        };
        match nearest(name, names.keys().map(String::as_str), 1).first() {
            Some(name) => diagnostic.help(format!("did you mean `{name}`?")),
            None => diagnostic,
        }
    }
}
