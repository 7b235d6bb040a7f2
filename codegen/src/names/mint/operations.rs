//! Calls: methods, what they take, what they give, how they fail.

use super::{Claim, Minter, PRELUDE, media};
use crate::analyze::Facts;
use crate::ir::{self, Api, Operation, Outcome, Parameter, Payload, Status};
use crate::names::case::{self, Case};
use crate::names::scope::Scope;
use crate::names::status;
use crate::names::table::{EnumNames, OperationNames, PageNames, Side, WayNames};
use crate::pointer::Pointer;

/// Methods of the client that are not operations.
pub(super) const CLIENT_METHODS: &[&str] = &["builder", "clone", "with_options"];
/// Methods of a call that are not parameters, and names its code uses.
const CALL_METHODS: &[&str] =
    &["body", "call", "clone", "core", "new", "send", "send_stream", "send_with_metadata"];
/// The methods that send a call in one of its ways.
const SENDS: usize = 3;
/// Traits that the module of the calls writes without a path, besides.
pub(super) const CALL_TRAITS: &[&str] = &["AsRef", "IntoIterator"];

impl Minter<'_> {
    pub(super) fn operations(&mut self, api: &Api, facts: &Facts) {
        let list = &api.operations;
        let flat = self.flat_methods(list);
        let methods: Vec<&str> = flat.iter().map(|own| own.ident.as_str()).collect();
        // Calls and errors share a module. The client's method has told of a collision already;
        // what the two add here is named after the method, which is unique.
        let mut claims: Vec<Claim> = Vec::with_capacity(list.len() * 2);
        for (operation, method) in list.iter().zip(&methods) {
            let plain = method.trim_start_matches("r#").to_owned();
            let at = place(operation);
            claims.push(Claim::invented(format!("{plain} error"), at.push("error")));
            if has_several_bodies(operation) {
                claims.push(Claim::invented(format!("{plain} body"), at.push("body")));
            }
            for (index, successes) in operation.ways().enumerate() {
                if ir::differ(api, successes) {
                    let words = answer_words(operation, index);
                    let at = at.push(&words);
                    claims.push(Claim::invented(format!("{plain} {words}"), at));
                }
            }
            claims.push(Claim { wire: plain, hint: None, at: at.push("call") });
        }
        let items = Scope::new(Case::Pascal).reserve(PRELUDE).reserve(CALL_TRAITS);
        let items = items.reserved_suffix("Call");
        let mut items = self.assign(&items, claims, "operation").into_iter();
        let mut statics = statics(&methods).into_iter();
        let methods = self.methods(api, facts, &flat);
        let mut all_waits = Vec::with_capacity(list.len());
        for ((index, operation), method) in list.iter().enumerate().zip(methods) {
            let Some(error) = items.next() else { return };
            let body = has_several_bodies(operation).then(|| items.next()).flatten();
            let differs = operation.ways().map(|successes| ir::differ(api, successes));
            let answers: Vec<_> =
                differs.map(|differs| differs.then(|| items.next()).flatten()).collect();
            let (Some(call), Some(metadata)) = (items.next(), statics.next()) else { return };
            let statuses = |outcomes: &[Outcome]| -> Vec<String> {
                outcomes.iter().map(|outcome| status::variant(outcome.status)).collect()
            };
            let mut parameters = self.setters(operation, Self::waits(api, index));
            let mut parts = parameters.split_off(operation.parameters.len());
            let mut sends = parts.split_off(operation.parts().len());
            let mut pages = sends.split_off(operation.representations.len() * SENDS);
            all_waits.push(pages.split_off(page_claims(operation).len()));
            let answers = operation.ways().zip(answers).map(|(successes, name)| {
                name.map(|name| EnumNames { name, variants: statuses(successes) })
            });
            let ways = WayNames::of(sends, answers.collect());
            let group = facts.tags().of_operation(index).filter(|_| self.grouped);
            let names = OperationNames {
                group,
                method,
                call,
                metadata,
                error,
                parameters,
                errors: statuses(&operation.errors),
                parts,
                body: body.map(|name| EnumNames { name, variants: self.bodies(operation) }),
                ways,
                pages: page_names(pages),
            };
            self.table.operations.push(names);
        }
        self.waiters(api, all_waits);
    }

    /// An error enum of one operation has that operation's name; a shared one is named after what
    /// it says, so that it does not move when an operation joins or leaves.
    pub(super) fn shared_errors(&mut self, api: &Api, facts: &Facts) {
        for signature in facts.signatures() {
            let name = match signature.operations.as_slice() {
                [only] => self.table.operations[*only].error.clone(),
                [first, ..] => self.spelled_errors(api, &api.operations[*first]),
                [] => continue,
            };
            self.table.errors.push(name);
        }
    }

    fn spelled_errors(&self, api: &Api, operation: &Operation) -> String {
        let mut bodies: Vec<&str> = Vec::new();
        let mut statuses = Vec::new();
        for outcome in &operation.errors {
            statuses.push(match outcome.status {
                Status::Exact(code) => code.to_string(),
                Status::Range(digit) => format!("{digit}00s"),
                Status::Default => "Any".to_owned(),
            });
            let body = match &outcome.payload {
                Payload::Json { schema, .. } => {
                    self.table.type_name(api.resolve(*schema), Side::Plain).unwrap_or("Json")
                }
                // Errors are read whole.
                Payload::Text { .. } | Payload::Stream { .. } => "Text",
                Payload::Bytes { .. } => "Bytes",
                Payload::Empty => "Nothing",
            };
            if !bodies.contains(&body) {
                bodies.push(body);
            }
        }
        let wanted = spelled(&bodies, &statuses);
        let taken = |name: &String| {
            let same = |names: &OperationNames| names.call == *name || names.error == *name;
            self.table.errors.contains(name) || self.table.operations.iter().any(same)
        };
        let numbered = (2..).map(|number| format!("{wanted}_{number}"));
        std::iter::once(wanted.clone()).chain(numbered).find(|name| !taken(name)).unwrap_or(wanted)
    }

    /// The methods of a call, which share a scope: parameters, parts of the body, then for each
    /// further media type of the answer the ways to send, then what reads pages, then what waits.
    fn setters(&mut self, operation: &Operation, waits: Vec<Claim>) -> Vec<String> {
        let places: Vec<Pointer> =
            operation.parameters.iter().map(|one| self.place_of_parameter(one)).collect();
        let wires = operation.parameters.iter().map(|one| &one.wire);
        let parameters = wires.zip(&places);
        let parts = operation.parts().iter().map(|one| (&one.wire, &one.at));
        let mut claims: Vec<Claim> = parameters
            .chain(parts)
            .map(|(wire, at)| Claim { wire: wire.clone(), hint: None, at: at.clone() })
            .collect();
        for (index, other) in operation.representations.iter().enumerate() {
            let way = media::way(operation, index);
            let sends: [_; SENDS] =
                ["", " with metadata", " stream"].map(|end| format!("{way}{end}"));
            claims.extend(sends.map(|hint| Claim::invented(hint.clone(), other.at.push(&hint))));
        }
        claims.extend(page_claims(operation));
        claims.extend(waits);
        let scope = Scope::new(Case::Snake).reserve(CALL_METHODS).reserved_suffix("parameter");
        self.assign(&scope, claims, "parameter")
    }

    /// What the user may name a parameter by: where it is written, which is for all that refer to it, or
    /// the reference of this one operation or path.
    fn place_of_parameter(&mut self, parameter: &Parameter) -> Pointer {
        let site = self.origins.of(&parameter.site);
        let is_renamed_here = self.renames.contains_key(site.as_str());
        self.places.insert(site);
        if !is_renamed_here {
            return parameter.at.clone();
        }
        // The name that it has elsewhere leads somewhere too.
        self.renamed(&parameter.at);
        parameter.site.clone()
    }
}

/// The methods that read the pages of an answer. A parameter of such a name is no rare thing, and
/// keeps it.
fn page_claims(operation: &Operation) -> Vec<Claim> {
    let parameters = operation.parameters.iter().map(|one| &one.wire);
    let parts = operation.parts().iter().map(|one| &one.wire);
    let wires: Vec<&String> = parameters.chain(parts).collect();
    let is_taken = |name: &str| wires.iter().any(|wire| case::ident(wire, Case::Snake) == name);
    let claim = |name: &str| {
        let words = if is_taken(name) { format!("{name} stream") } else { name.to_owned() };
        Claim::invented(words, place(operation).push(name))
    };
    operation.paging.iter().flat_map(|_| ["items", "pages"].map(claim)).collect()
}

/// Their names, in the order of the claims.
fn page_names(names: Vec<String>) -> Option<PageNames> {
    let [items, pages] = <[String; 2]>::try_from(names).ok()?;
    Some(PageNames { items, pages })
}

/// Where an operation stands; its versions, which stand in the same place, are told apart.
pub(super) fn place(operation: &Operation) -> Pointer {
    match &operation.version {
        Some(version) => operation.at.push(version),
        None => operation.at.clone(),
    }
}

/// What the answer of one way to send is called behind its operation: `response`, `csv response`.
fn answer_words(operation: &Operation, way: usize) -> String {
    let other = way.checked_sub(1).and_then(|index| operation.representations.get(index));
    match other {
        Some(other) => format!("{} response", media::representation_word(&other.media_type)),
        None => "response".to_owned(),
    }
}

fn has_several_bodies(operation: &Operation) -> bool {
    operation.body.as_ref().is_some_and(|body| body.contents.len() > 1)
}

/// The statics of all methods. Two methods may be one in capitals (`straße`, `strasse`): then each
/// gets a digest of its own, for nobody sees these names.
fn statics(methods: &[&str]) -> Vec<String> {
    let names: Vec<String> = methods.iter().map(|method| metadata(method)).collect();
    let is_shared = |name: &String| names.iter().filter(|other| *other == name).count() > 1;
    let unique = |(name, method): (&String, &&str)| match is_shared(name) {
        true => format!("{name}_{}", case::digest(method).to_uppercase()),
        false => name.clone(),
    };
    names.iter().zip(methods).map(unique).collect()
}

/// The static of a method. In scripts without case it would have the name of the method itself.
fn metadata(method: &str) -> String {
    let method = method.trim_start_matches("r#");
    match case::ident(method, Case::ScreamingSnake) {
        same if same == method => format!("{same}_OPERATION"),
        other => other,
    }
}

/// A shared error longer than this says what it begins and ends with, and a digest of the rest.
const LONGEST: usize = 80;

/// What a shared error is called: `ApiErrorOrTextOn400_404`.
fn spelled(bodies: &[&str], statuses: &[String]) -> String {
    let whole = format!("{}On{}", bodies.join("Or"), joined(statuses));
    match (bodies, statuses) {
        ([body, others @ ..], [first, .., last]) if whole.len() > LONGEST => {
            let others = if others.is_empty() { "" } else { "OrOthers" };
            let digest = case::digest(&whole).replacen('x', "X", 1);
            format!("{body}{others}On{first}To{last}{digest}")
        }
        _ => whole,
    }
}

/// `400_404Or500s`: an underscore keeps digits apart, and is no Rust style anywhere else.
fn joined(statuses: &[String]) -> String {
    let mut text = String::new();
    for status in statuses {
        let digits = |c: Option<char>| c.is_some_and(|c| c.is_ascii_digit());
        match text.chars().last() {
            None => {}
            last if digits(last) && digits(status.chars().next()) => text.push('_'),
            _ => text.push_str("Or"),
        }
        text.push_str(status);
    }
    text
}

#[cfg(test)]
mod tests {
    use super::spelled;

    #[test]
    fn a_shared_error_says_what_it_is_as_far_as_that_is_short() {
        let check = |bodies: &[&str], statuses: &[&str], expected: &str| {
            let statuses: Vec<String> = statuses.iter().map(|&one| one.to_owned()).collect();
            let name = spelled(bodies, &statuses);
            let (start, digest) = name.split_at(expected.len().min(name.len()));
            assert_eq!(start, expected);
            assert_eq!(digest.len(), if expected.ends_with('X') { 8 } else { 0 }, "{name}");
        };
        check(&["ApiError"], &["400", "404", "500s"], "ApiErrorOn400_404_500s");
        check(&["ApiError", "Text"], &["400", "Any"], "ApiErrorOrTextOn400OrAny");
        let many = ["400", "401", "403", "404", "409", "422", "429", "500", "503", "Any"];
        let bodies = ["BadRequest", "Unauthorized", "NotFound", "Unprocessable", "ServerFailure"];
        check(&bodies, &many, "BadRequestOrOthersOn400ToAnyX");
        let long = "Long".repeat(15);
        check(&[&long], &many, &format!("{long}On400ToAnyX"));
        check(&bodies, &many[..9], "BadRequestOrOthersOn400To503X");
    }
}
