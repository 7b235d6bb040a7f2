//! Parameters that callers are not asked for: those that are never sent, and those that always have
//! the same value.
//!
//! In: an `Api` with every parameter of the document. Out: the same, where what the user leaves out is
//! among `dropped` and `fixed` of its operation. A call without a required parameter makes no sense, so
//! that it can only be fixed.

use std::collections::BTreeSet;

use http::HeaderValue;
use serde_json::Value;

use super::Asked;
use super::parameter::is_of_caller;
use crate::config::FixedValue;
use crate::diagnostics::{Code, Diagnostic, Diagnostics};
use crate::entries::Written;
use crate::ir::{Api, EnumValue, FixedParameter, Kind, Operation, Parameter, Place, StyleForm};
use crate::nearest::did_you_mean;
use crate::pointer::Pointer;
use crate::selectors::nowhere;

/// The keys of the configuration that are meant here.
const DROP: &str = "drop-parameters";
const FIX: &str = "fixed-parameters";

/// Leaves the parameters out.
pub(super) fn lower(api: &mut Api, asked: &Asked<'_>) -> Diagnostics {
    let mut diagnostics = Diagnostics::default();
    if asked.drop.is_empty() && asked.fixed.is_empty() {
        return diagnostics;
    }
    let mut known = BTreeSet::new();
    let mut operations = std::mem::take(&mut api.operations);
    for operation in &mut operations {
        for parameter in std::mem::take(&mut operation.parameters) {
            let places =
                [&parameter.site, &parameter.at].map(|at| asked.origins.of(at).to_string());
            let dropped = places.iter().find(|place| asked.drop.contains(place)).cloned();
            let fixed = places.iter().find_map(|place| asked.fixed.get_key_value(place));
            known.extend(places);
            let left_out = LeftOut { api, operation, parameter: &parameter };
            // One that is refused stays, so that nothing else is said of a call without it.
            match (dropped, fixed) {
                (None, None) => operation.parameters.push(parameter),
                (Some(entry), None) => match left_out.dropped(&entry) {
                    Ok(()) => {
                        let is_it = |wire: &str| wire == parameter.wire;
                        operation.envelope.take_if(|known| is_it(&known.parameter));
                        operation.dropped.push(parameter.wire);
                    }
                    Err(error) => {
                        tell(&mut diagnostics, *error);
                        operation.parameters.push(parameter);
                    }
                },
                (None, Some((entry, value))) => {
                    match left_out.fixed(entry, value, &mut diagnostics) {
                        Ok(value) => operation.fixed.push(FixedParameter { parameter, value }),
                        Err(error) => {
                            tell(&mut diagnostics, *error);
                            operation.parameters.push(parameter);
                        }
                    }
                }
                (Some(_), Some((entry, _))) => {
                    let message = format!("`{DROP}` and `{FIX}` both name `{}`", parameter.wire);
                    let error =
                        left_out.refused((FIX, entry), message, "remove one of the two entries");
                    // Whatever the document says.
                    tell(&mut diagnostics, Diagnostic { is_stale: false, ..*error });
                    operation.parameters.push(parameter);
                }
            }
        }
    }
    api.operations = operations;
    let entries = asked.drop.iter().map(|pointer| (DROP, pointer));
    let entries = entries.chain(asked.fixed.keys().map(|pointer| (FIX, pointer)));
    for (key, pointer) in entries.filter(|(_, pointer)| !known.contains(*pointer)) {
        diagnostics.push(match unoffered(asked.written, pointer) {
            Some(name) => {
                let message =
                    format!("`{key}` names the header `{name}`, which no caller says anyway");
                let error = Diagnostic::error(Code::Config, message).about(key, Some(pointer));
                error
                    .stale()
                    .help("remove the entry: the client and its transport write this header")
            }
            None => nowhere(key, pointer, "parameter", known.iter(), asked.written),
        });
    }
    diagnostics
}

/// The header at this place of the document, if it is one that is never offered as a parameter.
fn unoffered(written: Written<'_>, pointer: &str) -> Option<String> {
    let place = written.origins.destination(&Pointer::parse(pointer)?, written.root)?;
    let parameter = place.lookup(written.root)?;
    let text = |key: &str| parameter.get(key).and_then(Value::as_str);
    let name = text("name").filter(|_| text("in") == Some("header"))?;
    (!is_of_caller(&name.to_ascii_lowercase())).then(|| name.to_owned())
}

/// Adds what is said of an entry, unless something was: a parameter that operations share is one.
fn tell(all: &mut Diagnostics, one: Diagnostic) {
    if !all.iter().any(|known| known.setting == one.setting) {
        all.push(one);
    }
}

/// A parameter that the user leaves out.
struct LeftOut<'a> {
    api: &'a Api,
    operation: &'a Operation,
    parameter: &'a Parameter,
}

/// Boxed, because it is the rare case.
type Refused = Box<Diagnostic>;

impl LeftOut<'_> {
    /// What is wrong with an entry in this document: another version of it may say otherwise of the
    /// parameter.
    fn refused(&self, (key, entry): (&'static str, &str), message: String, help: &str) -> Refused {
        let error = Diagnostic::error(Code::Config, message).at(&self.parameter.at);
        Box::new(error.about(key, Some(entry)).help(help).stale())
    }

    fn dropped(&self, entry: &str) -> Result<(), Refused> {
        if !self.parameter.required {
            return Ok(());
        }
        let (wire, id) = (&self.parameter.wire, &self.operation.id);
        let message = format!("`{DROP}` names `{wire}`, which `{id}` requires");
        Err(self.refused((DROP, entry), message, "say in `fixed-parameters` what is sent"))
    }

    /// The value, as it stands on the wire before it is encoded.
    fn fixed(
        &self,
        entry: &str,
        value: &FixedValue,
        warnings: &mut Diagnostics,
    ) -> Result<String, Refused> {
        let at = (FIX, entry);
        let wire = &self.parameter.wire;
        let envelope = self.operation.envelope.as_ref();
        if envelope.is_some_and(|known| known.parameter == *wire) {
            let message = format!("`{FIX}` names `{wire}`, which asks for the envelope");
            return Err(self.refused(
                at,
                message,
                "whether answers are wrapped is for each call to say",
            ));
        }
        if self.parameter.style.form == StyleForm::Json {
            let message = format!("`{FIX}` names `{wire}`, which is sent as JSON");
            return Err(self.refused(
                at,
                message,
                "only a value that is sent as it is can be fixed",
            ));
        }
        let text = value.to_string();
        let expected = match (&self.api.resolved(self.parameter.schema).kind, value) {
            (Kind::Enum(listed), FixedValue::Text(_)) => {
                if let Some(told) = self.unlisted(at, listed, &text) {
                    tell(warnings, told);
                }
                None
            }
            (Kind::IntegerEnum(listed), FixedValue::Integer(_)) => {
                if let Some(told) = self.unlisted(at, &listed.values, &text) {
                    tell(warnings, told);
                }
                None
            }
            (Kind::String(_), FixedValue::Text(_))
            | (Kind::Integer(_), FixedValue::Integer(_))
            | (Kind::Number(_), FixedValue::Integer(_) | FixedValue::Float(_))
            | (Kind::Boolean, FixedValue::Flag(_))
            | (Kind::Any(_), _) => None,
            (Kind::Enum(_) | Kind::String(_), _) => Some("a text"),
            (Kind::Integer(_) | Kind::IntegerEnum(_), _) => Some("a whole number"),
            (Kind::Number(_), _) => Some("a number"),
            (Kind::Boolean, _) => Some("`true` or `false`"),
            (
                Kind::Alias(_)
                | Kind::Array(_)
                | Kind::Tuple(_)
                | Kind::Map(_)
                | Kind::Object(_)
                | Kind::Union(_)
                | Kind::Foreign(_),
                _,
            ) => Some("more than one value"),
        };
        if let Some(expected) = expected {
            let message = format!("`{FIX}` makes `{wire}` `{text}`, and it is {expected}");
            return Err(self.refused(
                at,
                message,
                "only single values can be fixed, as what they are",
            ));
        }
        if !fits(self.parameter.place, &text) {
            let message = format!("`{FIX}` makes `{wire}` `{}`", text.escape_debug());
            return Err(self.refused(
                at,
                message + ", which no call can send there",
                "choose another value",
            ));
        }
        Ok(text)
    }

    /// Enums are open, and yet a value that is not listed may be misspelt.
    fn unlisted(
        &self,
        (key, entry): (&'static str, &str),
        listed: &[EnumValue],
        text: &str,
    ) -> Option<Diagnostic> {
        let wires = || listed.iter().map(|one| one.wire.as_str());
        if wires().any(|wire| wire == text) {
            return None;
        }
        let wire = &self.parameter.wire;
        let message = format!("`{FIX}` makes `{wire}` `{text}`, which the document does not list");
        let help =
            did_you_mean(text, wires()).unwrap_or_else(|| "it is sent all the same".to_owned());
        let warning = Diagnostic::warning(Code::Config, message).at(&self.parameter.at);
        Some(warning.about(key, Some(entry)).help(help))
    }
}

/// Whether the runtime would send this text in this place.
fn fits(place: Place, text: &str) -> bool {
    match place {
        Place::Path => !matches!(text, "" | "." | "..") && !text.chars().any(char::is_control),
        Place::Header => HeaderValue::from_str(text).is_ok(),
        Place::Query | Place::Cookie => true,
    }
}
