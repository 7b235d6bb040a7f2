//! Filling the table, scope by scope.

use std::collections::{BTreeMap, BTreeSet};

use super::case::Case;
use super::scope::{Assigned, Collision, Scope, Wish};
use super::status;
use super::table::{CredentialNames, EnumNames, NameTable, OperationNames, Side};
use crate::analyze::{Direction, Facts};
use crate::diagnostics::{Code, Diagnostic, Diagnostics};
use crate::ir::{
    Api, ContentKind, Kind, Operation, Origin, Outcome, Payload, SchemaId, SchemeKind,
    SecurityScheme, Status,
};
use crate::pointer::Pointer;

/// Types that emitted code writes without a path, so that it reads as a person would write it.
const PRELUDE: &[&str] = &[
    "Box",
    "Clone",
    "Debug",
    "Decode",
    "Default",
    "Encode",
    "Err",
    "From",
    "Into",
    "None",
    "Ok",
    "Option",
    "PartialEq",
    "Result",
    "Self",
    "Some",
    "String",
    "StringEnum",
    "ToString",
    "Vec",
];
/// What the crate root declares beside the credentials.
const ROOT: &[&str] = &["Client", "Error"];
/// The variant that keeps what the document does not list.
pub(crate) const UNKNOWN_VARIANT: &str = "UnknownValue";
/// The field that keeps undeclared properties.
const ADDITIONAL: &str = "additional_properties";
/// Methods of the client that are not operations.
const CLIENT_METHODS: &[&str] = &["builder", "clone"];
/// Methods of a call that are not parameters, and names its code uses.
const CALL_METHODS: &[&str] =
    &["body", "call", "clone", "core", "new", "send", "send_with_metadata"];
/// Traits that the module of the calls writes without a path, besides.
const CALL_TRAITS: &[&str] = &["AsRef", "IntoIterator"];
/// Methods of every generated struct.
const STRUCT_METHODS: &[&str] = &["new"];

/// Mints every name. `renames` holds the user's own choices by JSON pointer; an entry that
/// matches nothing is an error.
pub(crate) fn mint(
    api: &Api,
    facts: &Facts,
    renames: &BTreeMap<String, String>,
) -> (NameTable, Diagnostics) {
    let mut minter = Minter {
        renames,
        used: BTreeSet::new(),
        table: NameTable::default(),
        diagnostics: Diagnostics::default(),
    };
    minter.types(api, facts);
    for id in (0..api.schemas.len()).map(SchemaId) {
        minter.members(api, id);
    }
    minter.operations(api);
    minter.shared_errors(api, facts);
    minter.credentials(&api.schemes);
    minter.report_stale();
    (minter.table, minter.diagnostics)
}

struct Minter<'a> {
    renames: &'a BTreeMap<String, String>,
    used: BTreeSet<&'a str>,
    table: NameTable,
    diagnostics: Diagnostics,
}

/// Something that wants a name.
struct Claim {
    /// The text it goes by in the document.
    wire: String,
    /// The text the name is made of, where that is another.
    hint: Option<String>,
    at: Pointer,
}

impl Claim {
    /// A name of our making: the document's own names go first where both want the same.
    fn invented(hint: String, at: Pointer) -> Self {
        Self { wire: at.to_string(), hint: Some(hint), at }
    }
}

impl<'a> Minter<'a> {
    /// Names for all claims of one scope, with a warning for each collision.
    fn assign(&mut self, scope: &Scope, claims: Vec<Claim>, what: &str) -> Vec<String> {
        let chosen: Vec<Option<&'a str>> =
            claims.iter().map(|claim| self.renamed(&claim.at)).collect();
        let wishes: Vec<Wish<'_>> = claims
            .iter()
            .zip(&chosen)
            .map(|(claim, chosen)| match chosen {
                Some(name) => Wish { wire: name, hint: None },
                None => Wish { wire: &claim.wire, hint: claim.hint.as_deref() },
            })
            .collect();
        let assigned = scope.assign(&wishes);
        for (claim, assigned) in claims.iter().zip(&assigned) {
            self.report(claim, assigned, what);
        }
        assigned.into_iter().map(|assigned| assigned.ident).collect()
    }

    fn renamed(&mut self, at: &Pointer) -> Option<&'a str> {
        let (key, name) = self.renames.get_key_value(at.as_str())?;
        self.used.insert(key);
        Some(name)
    }

    fn report(&mut self, claim: &Claim, assigned: &Assigned, what: &str) {
        let (wanted, reason) = match &assigned.collision {
            None => return,
            Some(Collision::Reserved { wanted }) => (wanted, "that name has a meaning".to_owned()),
            Some(Collision::Taken { wanted, with }) => {
                let with: Vec<String> = with.iter().map(|wire| format!("`{wire}`")).collect();
                (wanted, format!("so could {}", with.join(", ")))
            }
        };
        let message =
            format!("the {what} `{}` could be called `{wanted}`, but {reason}", claim.wire);
        let help = format!(
            "it is called `{}`; to choose the name yourself, write `rename = {{ {:?} = \"…\" }}` \
             in the client's table of specwright.toml",
            assigned.ident,
            claim.at.as_str(),
        );
        let code = Code::NameCollision;
        self.diagnostics.push(Diagnostic::warning(code, message).at(&claim.at).help(help));
    }

    fn report_stale(&mut self) {
        for pointer in self.renames.keys().filter(|key| !self.used.contains(key.as_str())) {
            self.diagnostics.push(
                Diagnostic::error(
                    Code::Config,
                    format!("`rename` names `{pointer}`, where nothing that has a name stands"),
                )
                .help("remove the entry, or correct the JSON pointer"),
            );
        }
    }

    /// Types: component schemas under their own name, anonymous ones under the path to them.
    fn types(&mut self, api: &Api, facts: &Facts) {
        let mut keys = Vec::new();
        let mut claims = Vec::new();
        for id in (0..api.schemas.len()).map(SchemaId) {
            let schema = api.schema(id);
            let named = matches!(schema.origin, Origin::Component(_));
            let shaped = matches!(schema.kind, Kind::Enum(_) | Kind::Object(_) | Kind::Union(_));
            let travels = facts.direction(id) != Direction::default();
            if !travels || (!named && !shaped) {
                continue;
            }
            let at = type_place(api, id);
            let claim = match &schema.origin {
                Origin::Component(name) => Claim { wire: name.clone(), hint: None, at },
                Origin::Inline(path) => Claim::invented(path.join(" "), at),
            };
            if facts.is_split(id) {
                keys.push((id, Side::Input));
                let name = claim.hint.as_ref().unwrap_or(&claim.wire);
                claims.push(Claim::invented(format!("{name} input"), schema.at.push("input")));
            }
            keys.push((id, Side::Plain));
            claims.push(claim);
        }
        let scope = Scope::new(Case::Pascal).reserve(PRELUDE).reserved_suffix("Schema");
        let names = self.assign(&scope, claims, "schema");
        self.table.types = keys.into_iter().zip(names).collect();
    }

    /// Fields of an object, variants of an enum or union.
    fn members(&mut self, api: &Api, id: SchemaId) {
        let schema = api.schema(id);
        match &schema.kind {
            Kind::Object(object) => {
                let claim = |property: &crate::ir::Property| Claim {
                    wire: property.wire.clone(),
                    hint: None,
                    at: property.at.clone(),
                };
                let claims = object.properties.iter().map(claim).collect();
                let mut scope =
                    Scope::new(Case::Snake).reserve(STRUCT_METHODS).reserved_suffix("field");
                if object.additional.is_some() {
                    scope = scope.reserve(&[ADDITIONAL]);
                    self.table.additional.insert(id, ADDITIONAL.to_owned());
                }
                let names = self.assign(&scope, claims, "property");
                self.table.fields.insert(id, names);
            }
            Kind::Enum(values) => {
                let claims = values.iter().map(|value| Claim {
                    wire: value.wire.clone(),
                    hint: None,
                    at: schema.at.push("enum").index(value.index),
                });
                self.variants(id, claims.collect());
            }
            Kind::Union(union) => {
                let at = schema.at.push("discriminator").push("mapping");
                let claims = union.variants.iter().map(|variant| Claim {
                    wire: variant.tag.clone(),
                    hint: None,
                    at: at.push(&variant.tag),
                });
                self.variants(id, claims.collect());
            }
            Kind::Any(_)
            | Kind::Alias(_)
            | Kind::Boolean
            | Kind::Integer(_)
            | Kind::Number(_)
            | Kind::String(_)
            | Kind::Array(_)
            | Kind::Map(_) => {}
        }
    }

    fn variants(&mut self, id: SchemaId, claims: Vec<Claim>) {
        let scope =
            Scope::new(Case::Pascal).reserve(&[UNKNOWN_VARIANT, "Self"]).reserved_suffix("Value");
        let names = self.assign(&scope, claims, "value");
        self.table.variants.insert(id, names);
    }

    fn operations(&mut self, api: &Api) {
        let list = &api.operations;
        let claim = |operation: &Operation| Claim {
            wire: operation.id.clone(),
            hint: None,
            at: operation.at.clone(),
        };
        let methods = Scope::new(Case::Snake).reserve(CLIENT_METHODS).reserved_suffix("call");
        let methods = self.assign(&methods, list.iter().map(claim).collect(), "operation");
        // Calls and errors share a module. The client's method has told of a collision already;
        // what the two add here is named after the method, which is unique.
        let mut claims: Vec<Claim> = Vec::with_capacity(list.len() * 2);
        for (operation, method) in list.iter().zip(&methods) {
            let plain = method.trim_start_matches("r#").to_owned();
            let at = operation.at.clone();
            claims.push(Claim::invented(format!("{plain} error"), at.push("error")));
            if has_several_bodies(operation) {
                claims.push(Claim::invented(format!("{plain} body"), at.push("body")));
            }
            if operation.has_several_answers(api) {
                claims.push(Claim::invented(format!("{plain} response"), at.push("response")));
            }
            claims.push(Claim { wire: plain, hint: None, at: at.push("call") });
        }
        let items = Scope::new(Case::Pascal).reserve(PRELUDE).reserve(CALL_TRAITS);
        let items = items.reserved_suffix("Call");
        let mut items = self.assign(&items, claims, "operation").into_iter();
        let mut statics = statics(&methods).into_iter();
        for (operation, method) in list.iter().zip(methods) {
            let Some(error) = items.next() else { return };
            let body = has_several_bodies(operation).then(|| items.next()).flatten();
            let answer = operation.has_several_answers(api).then(|| items.next()).flatten();
            let (Some(call), Some(metadata)) = (items.next(), statics.next()) else { return };
            let statuses = |outcomes: &[Outcome]| -> Vec<String> {
                outcomes.iter().map(|outcome| status::variant(outcome.status)).collect()
            };
            let mut parameters = self.parameters(operation);
            let parts = parameters.split_off(operation.parameters.len());
            let names = OperationNames {
                method,
                call,
                metadata,
                error,
                parameters,
                errors: statuses(&operation.errors),
                parts,
                body: body.map(|name| EnumNames { name, variants: self.bodies(operation) }),
                answer: answer
                    .map(|name| EnumNames { name, variants: statuses(&operation.successes) }),
            };
            self.table.operations.push(names);
        }
    }

    /// An error enum of one operation has that operation's name; a shared one is named after what
    /// it says, so that it does not move when an operation joins or leaves.
    fn shared_errors(&mut self, api: &Api, facts: &Facts) {
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
                Payload::Text { .. } => "Text",
                Payload::Bytes { .. } => "Bytes",
                Payload::Empty => "Nothing",
            };
            if !bodies.contains(&body) {
                bodies.push(body);
            }
        }
        let wanted = format!("{}On{}", bodies.join("Or"), joined(&statuses));
        let taken = |name: &String| {
            let same = |names: &OperationNames| names.call == *name || names.error == *name;
            self.table.errors.contains(name) || self.table.operations.iter().any(same)
        };
        let numbered = (2..).map(|number| format!("{wanted}_{number}"));
        std::iter::once(wanted.clone()).chain(numbered).find(|name| !taken(name)).unwrap_or(wanted)
    }

    fn parameters(&mut self, operation: &Operation) -> Vec<String> {
        let parameters = operation.parameters.iter().map(|one| (&one.wire, &one.at));
        let parts = operation.parts().iter().map(|one| (&one.wire, &one.at));
        let claims = parameters.chain(parts).map(|(wire, at)| Claim {
            wire: wire.clone(),
            hint: None,
            at: at.clone(),
        });
        let scope = Scope::new(Case::Snake).reserve(CALL_METHODS).reserved_suffix("parameter");
        self.assign(&scope, claims.collect(), "parameter")
    }

    /// Variants for the bodies of an operation that has several.
    fn bodies(&mut self, operation: &Operation) -> Vec<String> {
        let contents = operation.body.iter().flat_map(|body| &body.contents);
        let claims = contents.map(|content| Claim {
            wire: content.media_type.clone(),
            hint: Some(match &content.kind {
                ContentKind::Json(_) => "json".to_owned(),
                ContentKind::Form(..) => "form".to_owned(),
                ContentKind::Multipart(_) => "multipart".to_owned(),
                ContentKind::Text | ContentKind::Bytes => subtype(&content.media_type),
            }),
            at: content.at.clone(),
        });
        let scope = Scope::new(Case::Pascal).reserve(&["Self"]).reserved_suffix("Body");
        self.assign(&scope, claims.collect(), "media type")
    }

    fn credentials(&mut self, schemes: &[SecurityScheme]) {
        let claims = schemes.iter().map(|scheme| Claim {
            wire: scheme.type_name.clone().unwrap_or_else(|| scheme.name.clone()),
            hint: None,
            at: scheme.at.clone(),
        });
        let scope = Scope::new(Case::Pascal).reserve(PRELUDE).reserve(ROOT);
        let scope = scope.reserved_suffix("Credentials");
        let names = self.assign(&scope, claims.collect(), "security scheme");
        for (scheme, type_name) in schemes.iter().zip(names) {
            let usual = usual_arguments(&scheme.kind);
            let listed = (scheme.fields.len() == usual.len()).then_some(&scheme.fields);
            let claims = usual.iter().enumerate().map(|(index, usual)| Claim {
                wire: listed.map_or_else(|| (*usual).to_owned(), |fields| fields[index].clone()),
                hint: None,
                at: scheme.at.push("x-specwright-credentials").push("fields").index(index),
            });
            let scope = Scope::new(Case::Snake).reserved_suffix("value");
            let arguments = self.assign(&scope, claims.collect(), "credential");
            self.table.credentials.push(CredentialNames { type_name, arguments });
        }
    }
}

fn has_several_bodies(operation: &Operation) -> bool {
    operation.body.as_ref().is_some_and(|body| body.contents.len() > 1)
}

/// `csv` of `text/csv; charset=utf-8`, `text` of `text/*`.
fn subtype(media_type: &str) -> String {
    let essence = media_type.split(';').next().unwrap_or_default().trim();
    match essence.split_once('/') {
        Some((kind, "*")) => kind.to_owned(),
        Some(("text", "plain")) => "text".to_owned(),
        Some((_, subtype)) => subtype.trim_start_matches("x-").to_owned(),
        None => essence.to_owned(),
    }
}

/// What the constructor of a scheme's credential type takes.
fn usual_arguments(kind: &SchemeKind) -> &'static [&'static str] {
    match kind {
        SchemeKind::ClientCredentials { .. } => &["client_id", "client_secret"],
        SchemeKind::Digest | SchemeKind::Basic => &["username", "password"],
        SchemeKind::Bearer => &["token"],
        SchemeKind::HeaderKey(_) | SchemeKind::QueryKey(_) | SchemeKind::CookieKey(_) => &["key"],
    }
}

/// The statics of all methods. Two methods may be one in capitals (`straße`, `strasse`): then each
/// gets a digest of its own, for nobody sees these names.
fn statics(methods: &[String]) -> Vec<String> {
    let names: Vec<String> = methods.iter().map(|method| metadata(method)).collect();
    let is_shared = |name: &String| names.iter().filter(|other| *other == name).count() > 1;
    let unique = |(name, method): (&String, &String)| match is_shared(name) {
        true => format!("{name}_{}", super::case::digest(method).to_uppercase()),
        false => name.clone(),
    };
    names.iter().zip(methods).map(unique).collect()
}

/// The static of a method. In scripts without case it would have the name of the method itself.
fn metadata(method: &str) -> String {
    let method = method.trim_start_matches("r#");
    match super::case::ident(method, Case::ScreamingSnake) {
        same if same == method => format!("{same}_OPERATION"),
        other => other,
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

/// The base of a union stands at the union's own place; its name hangs below it.
fn type_place(api: &Api, id: SchemaId) -> Pointer {
    let schema = api.schema(id);
    match (&schema.origin, schema.at.last()) {
        (Origin::Inline(path), last) if path.last().map(String::as_str) == Some("base") => {
            match last.as_deref() {
                Some("base") => schema.at.clone(),
                _ => schema.at.push("base"),
            }
        }
        _ => schema.at.clone(),
    }
}
