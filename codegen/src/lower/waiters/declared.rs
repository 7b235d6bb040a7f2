//! A declaration as it is written, be it in our words, in those of MongoDB's tools, or in both.

use indexmap::IndexMap;
use serde_json::Value;

use super::super::problem::Problem;
use super::LOST;
use crate::diagnostics::{Code, Diagnostic, Diagnostics};
use crate::nearest::did_you_mean;
use crate::pointer::Pointer;

/// Ours.
const WAITER: &str = "x-specwright-waiter";
/// Theirs: the declaration is its member `watcher`, beside much else.
const THEIRS: (&str, &str) = ("x-xgen-atlascli", "watcher");

/// The keys of a declaration, by the way to the mapping that holds them.
const KEYS: [(&[&str], &[&str]); 4] = [
    (&[], &["name", "get", "expect"]),
    (&["get"], &["version", "operation-id", "params"]),
    (&["expect"], &["match", "http-code"]),
    (&["expect", "match"], &["path", "values", "failure"]),
];

/// A declaration.
pub(super) struct Declared<'d> {
    /// First who is asked first.
    layers: Vec<(Pointer, &'d Value)>,
}

/// A value of a declaration.
pub(super) struct Found<'d> {
    pub(super) value: &'d Value,
    pub(super) at: Pointer,
}

impl<'d> Declared<'d> {
    /// The declaration of an operation, if it has one; what it has besides is told of.
    pub(super) fn of(
        extensions: &'d IndexMap<String, Value>,
        operation: &Pointer,
        diagnostics: &mut Diagnostics,
    ) -> Option<Self> {
        let (key, member) = THEIRS;
        let ours = extensions.get(WAITER).map(|value| (operation.push(WAITER), value));
        let theirs = extensions.get(key).and_then(|all| all.get(member));
        let theirs = theirs.map(|value| (operation.push(key).push(member), value));
        let layers: Vec<_> = ours.into_iter().chain(theirs).collect();
        let declared = Self { layers };
        if let Some((at, _)) = declared.layers.iter().find(|(_, layer)| !layer.is_object()) {
            let help = "it has `get` and `expect`, and may have a `name`";
            diagnostics.push(
                Problem::new("a waiter has to be a mapping", at, help).told(Code::Waiter, LOST),
            );
            return None;
        }
        for (way, known) in KEYS {
            declared.tell_of_others(way, known, diagnostics);
        }
        (!declared.layers.is_empty()).then_some(declared)
    }

    /// Where it is declared first.
    pub(super) fn at(&self) -> &Pointer {
        &self.layers[0].0
    }

    /// What is there, in the first layer that has it.
    pub(super) fn get(&self, way: &[&str]) -> Option<Found<'d>> {
        self.all(way).into_iter().next()
    }

    /// What has to be there.
    pub(super) fn need(&self, way: &[&str]) -> Result<Found<'d>, Problem> {
        self.get(way).ok_or_else(|| {
            let (holder, last) = way.split_at(way.len().saturating_sub(1));
            let name = last.first().copied().unwrap_or_default();
            let message = format!("`{}` has no `{name}`", holder.join("."));
            Problem::new(message, &self.place(holder), format!("add `{name}`"))
        })
    }

    /// The place of what is there, or of the declaration.
    pub(super) fn place(&self, way: &[&str]) -> Pointer {
        self.get(way).map_or_else(|| self.at().clone(), |found| found.at)
    }

    /// The keys of a mapping, of all layers.
    pub(super) fn names(&self, way: &[&str]) -> Vec<(String, Pointer)> {
        let mut names = Vec::new();
        for found in self.all(way) {
            let keys = found.value.as_object().into_iter().flat_map(|map| map.keys());
            names.extend(keys.map(|key| (key.clone(), found.at.push(key))));
        }
        names
    }

    fn all(&self, way: &[&str]) -> Vec<Found<'d>> {
        let follow = |(at, layer): &(Pointer, &'d Value)| {
            let mut found = Found { value: layer, at: at.clone() };
            for key in way {
                found = Found { value: found.value.get(key)?, at: found.at.push(key) };
            }
            Some(found)
        };
        self.layers.iter().filter_map(follow).collect()
    }

    fn tell_of_others(&self, way: &[&str], known: &[&str], diagnostics: &mut Diagnostics) {
        for found in self.all(way) {
            if !found.value.is_object() {
                let message = format!("`{}` of a waiter has to be a mapping", way.join("."));
                let help = format!("it has {}", known.join(", "));
                diagnostics
                    .push(Diagnostic::warning(Code::Waiter, message).at(&found.at).help(help));
            }
        }
        for (name, at) in self.names(way) {
            if known.contains(&name.as_str()) {
                continue;
            }
            let help = did_you_mean(&name, known.iter().copied())
                .unwrap_or_else(|| format!("known are {}", known.join(", ")));
            let message = format!("a waiter has no key `{name}` here: it is left out");
            diagnostics.push(Diagnostic::warning(Code::Waiter, message).at(&at).help(help));
        }
    }
}

impl Found<'_> {
    /// The text that it has to be.
    pub(super) fn text(&self, what: &str) -> Result<&str, Problem> {
        let text = self.value.as_str().filter(|text| !text.trim().is_empty());
        let help = format!("write {what}");
        text.ok_or_else(|| Problem::new("this is not the text that is due", &self.at, help))
    }

    /// The values of the list that it has to be.
    pub(super) fn list(&self) -> Result<Vec<(Value, Pointer)>, Problem> {
        let Value::Array(list) = self.value else {
            let help = "write a list of the values that the field may have";
            return Err(Problem::new("this is not the list that is due", &self.at, help));
        };
        let each = list.iter().enumerate();
        Ok(each.map(|(index, value)| (value.clone(), self.at.index(index))).collect())
    }
}
