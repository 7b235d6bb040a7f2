//! Types of the document, and what they are made of: fields and variants.

use super::{Claim, Minter, PRELUDE};
use crate::analyze::{Direction, Facts};
use crate::ir::{Api, EnumValue, Kind, Object, Origin, Property, SchemaId};
use crate::names::case::Case;
use crate::names::scope::Scope;
use crate::names::table::Side;
use crate::pointer::Pointer;

/// The variant that keeps what the document does not list.
pub(crate) const UNKNOWN_VARIANT: &str = "UnknownValue";
/// The field that keeps undeclared properties.
const ADDITIONAL: &str = "additional_properties";
/// Methods of every generated struct.
const STRUCT_METHODS: &[&str] = &["new"];

impl Minter<'_> {
    /// Types: component schemas under their own name, anonymous ones under the path to them.
    pub(super) fn types(&mut self, api: &Api, facts: &Facts) {
        let mut keys = Vec::new();
        let mut claims = Vec::new();
        for id in (0..api.schemas.len()).map(SchemaId) {
            let schema = api.schema(id);
            let named = matches!(schema.origin, Origin::Component(_));
            let shaped = matches!(
                schema.kind,
                Kind::Enum(_) | Kind::IntegerEnum(_) | Kind::Object(_) | Kind::Union(_)
            );
            let travels = facts.direction(id) != Direction::default();
            if !travels || (!named && !shaped) {
                continue;
            }
            let at = type_place(api, id);
            let claim = match &schema.origin {
                Origin::Component(name) => Claim { wire: name.clone(), hint: None, at },
                Origin::Inline(path) => Claim::invented(self.spelled(path, &schema.at), at),
            };
            if facts.is_split(id) {
                keys.push((id, Side::Input));
                let name = claim.hint.as_ref().unwrap_or(&claim.wire);
                let name = self.renamed(&claim.at).unwrap_or(name);
                claims.push(Claim::invented(format!("{name} input"), schema.at.push("input")));
            }
            keys.push((id, Side::Plain));
            claims.push(claim);
        }
        let scope = Scope::new(Case::Pascal).reserve(PRELUDE).reserved_suffix("Schema");
        let names = self.assign(&scope, claims, "schema");
        self.table.types = keys.into_iter().zip(names).collect();
    }

    /// The names on the way to an anonymous schema, the first of them as the user has it: what
    /// belongs to a renamed schema or operation is named after its new name.
    fn spelled(&mut self, path: &[String], at: &Pointer) -> String {
        let tokens: Vec<String> = at.tokens().take(3).collect();
        let root = tokens.iter().fold(Pointer::root(), |root, token| root.push(token));
        match (path.split_first(), self.renamed(&root)) {
            (Some((_, rest)), Some(name)) => {
                let words = std::iter::once(name).chain(rest.iter().map(String::as_str));
                words.collect::<Vec<_>>().join(" ")
            }
            _ => path.join(" "),
        }
    }

    /// Fields of an object, variants of an enum or union.
    pub(super) fn members(&mut self, api: &Api, id: SchemaId) {
        let schema = api.schema(id);
        match &schema.kind {
            Kind::Object(object) => {
                let claim = |property: &Property| Claim {
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
                self.defaults(api, id, object, &names);
                self.table.fields.insert(id, names);
            }
            Kind::Enum(values) => self.values(id, values, &schema.at),
            Kind::IntegerEnum(numbers) => self.values(id, &numbers.values, &schema.at),
            Kind::Union(union) => {
                let claims = union.variants.iter().map(|variant| Claim {
                    wire: variant.name.clone(),
                    hint: None,
                    at: variant.at.clone(),
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
            | Kind::Tuple(_)
            | Kind::Map(_)
            | Kind::Foreign(_) => {}
        }
    }

    /// A constant for each field that has a default, named after the field.
    fn defaults(&mut self, api: &Api, id: SchemaId, object: &Object, fields: &[String]) {
        let properties = || object.properties.iter().zip(fields);
        let has = |property: &Property| api.default(property.schema).is_some();
        let claims = properties().filter(|(property, _)| has(property)).map(|(property, field)| {
            let field = field.trim_start_matches("r#");
            Claim::invented(format!("default {field}"), property.at.push("default"))
        });
        let scope = Scope::new(Case::ScreamingSnake).reserved_suffix("field");
        let mut names = self.assign(&scope, claims.collect(), "default").into_iter();
        let each = properties().map(|(property, _)| has(property).then(|| names.next()).flatten());
        self.table.defaults.insert(id, each.collect());
    }

    /// One variant a value, under the name that the document gives it, if it does.
    fn values(&mut self, id: SchemaId, values: &[EnumValue], at: &Pointer) {
        let claims = values.iter().map(|value| Claim {
            wire: value.wire.clone(),
            hint: value.name.clone(),
            at: value.at.clone().unwrap_or_else(|| at.push("enum").index(value.index)),
        });
        self.variants(id, claims.collect());
    }

    fn variants(&mut self, id: SchemaId, claims: Vec<Claim>) {
        let scope =
            Scope::new(Case::Pascal).reserve(&[UNKNOWN_VARIANT, "Self"]).reserved_suffix("Value");
        let names = self.assign(&scope, claims, "value");
        self.table.variants.insert(id, names);
    }
}

/// The base of a union stands at the union's own place; its name hangs below it.
pub(crate) fn type_place(api: &Api, id: SchemaId) -> Pointer {
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
