//! The objects of Swagger 2.0, as far as `upgrade` reads them otherwise than those of OpenAPI 3.0.

use super::Field;
use super::Object::{self, *};
use super::Shape::{self, *};
use super::later::{Table, of};

const fn has(key: &'static str, shape: Shape) -> Field {
    Field { key, shape, required: false }
}

/// The keys that 2.0 has and 3.0 has not, or not with such a value. Objects that `upgrade` takes
/// apart have all of theirs.
pub(super) fn own(object: Object) -> &'static [Field] {
    of(OWN, object)
}

const OWN: Table = &[
    (Document, DOCUMENT),
    (Operation, OPERATION),
    (Parameter, PARAMETER),
    (Items, ITEMS),
    (Response, RESPONSE),
    (Header, HEADER),
    (Schema, SCHEMA),
    (SecurityScheme, SECURITY_SCHEME),
];

/// Whether a key of 3.0 keeps its meaning in such an object: what `upgrade` does not understand it
/// copies, unless it makes something else of the object.
pub(super) fn keeps(object: Object) -> bool {
    !matches!(object, Parameter | Items | Response | Header)
}

/// Whether the object describes its value with the keywords of a schema.
pub(super) fn is_typed(object: Object) -> bool {
    matches!(object, Parameter | Items | Header)
}

const DOCUMENT: &[Field] = &[
    has("swagger", Text),
    has("host", Text),
    has("basePath", Text),
    has("schemes", Texts),
    has("consumes", Texts),
    has("produces", Texts),
    has("definitions", Map(Schema)),
    has("parameters", Map(Parameter)),
    has("responses", Map(Response)),
    has("securityDefinitions", Map(SecurityScheme)),
];

const OPERATION: &[Field] =
    &[has("consumes", Texts), has("produces", Texts), has("schemes", Texts)];

const PARAMETER: &[Field] = &[
    has("name", Text),
    has("in", Text),
    has("description", Text),
    has("required", Flag),
    has("schema", One(Schema)),
    has("allowEmptyValue", Flag),
    has("deprecated", Flag),
    has("items", One(Items)),
    has("collectionFormat", Text),
];

const ITEMS: &[Field] = &[has("items", One(Items)), has("collectionFormat", Text)];

const RESPONSE: &[Field] = &[
    has("description", Text),
    has("schema", One(Schema)),
    has("headers", Map(Header)),
    has("examples", ValueMap),
];

const HEADER: &[Field] =
    &[has("description", Text), has("items", One(Items)), has("collectionFormat", Text)];

const SCHEMA: &[Field] = &[
    // Of several types where a document speaks JSON Schema.
    has("type", Anything),
    has("discriminator", Anything),
];

const SECURITY_SCHEME: &[Field] = &[
    has("flow", Text),
    has("authorizationUrl", Text),
    has("tokenUrl", Text),
    has("scopes", TextMap),
];
