//! What OpenAPI 3.1 and 3.2 add to the objects of 3.0, and what of theirs means something else.
//!
//! OpenAPI 3.1.1 section 4.8; for schemas JSON Schema 2020-12, core section 8 to 10 and validation
//! sections 6, 8 and 9; OpenAPI 3.2.0 section 4.

use super::Field;
use super::Object::{self, *};
use super::Shape::{self, *};

const fn added(key: &'static str, shape: Shape) -> Field {
    Field { key, shape, required: false }
}

/// The keys that 3.1 adds to an object or gives another kind of value.
pub(super) fn of_31(object: Object) -> &'static [Field] {
    of(ADDED_31, object)
}

/// The keys that 3.2 adds.
pub(super) fn of_32(object: Object) -> &'static [Field] {
    of(ADDED_32, object)
}

/// Objects with keys of their own.
pub(super) type Table = &'static [(Object, &'static [Field])];

/// What a table has for an object.
pub(super) fn of(table: Table, object: Object) -> &'static [Field] {
    table.iter().find(|(holder, _)| *holder == object).map_or(&[], |(_, fields)| fields)
}

const ADDED_31: Table = &[
    (Document, DOCUMENT),
    (Info, INFO),
    (License, LICENSE),
    (Components, COMPONENTS),
    (Schema, SCHEMA),
];

const ADDED_32: Table = &[
    (Document, DOCUMENT_32),
    (Server, SERVER_32),
    (Components, COMPONENTS_32),
    (PathItem, PATH_ITEM_32),
    (MediaType, MEDIA_TYPE_32),
    (Encoding, ENCODING_32),
    (Response, RESPONSE_32),
    (Example, EXAMPLE_32),
    (Tag, TAG_32),
    (Discriminator, DISCRIMINATOR_32),
    (Xml, XML_32),
    (SecurityScheme, SECURITY_SCHEME_32),
    (OAuthFlows, OAUTH_FLOWS_32),
    (OAuthFlow, OAUTH_FLOW_32),
];

const DOCUMENT: &[Field] = &[added("jsonSchemaDialect", Text)];

const INFO: &[Field] = &[added("summary", Text)];

const LICENSE: &[Field] = &[added("identifier", Text)];

const COMPONENTS: &[Field] = &[added("pathItems", Map(PathItem))];

const SCHEMA: &[Field] = &[
    added("$id", Text),
    added("$schema", Text),
    added("$ref", Text),
    added("$anchor", Text),
    added("$dynamicRef", Text),
    added("$dynamicAnchor", Text),
    added("$vocabulary", Anything),
    added("$comment", Text),
    added("$defs", Map(Schema)),
    // What `$defs` was called before 2019; the meta-schema of 2020-12 has it still.
    added("definitions", Map(Schema)),
    // A name or a list of names.
    added("type", Anything),
    added("const", Anything),
    // A bound or, as in 3.0, a flag.
    added("exclusiveMaximum", Anything),
    added("exclusiveMinimum", Anything),
    added("minContains", Count),
    added("maxContains", Count),
    added("dependentRequired", ValueMap),
    added("dependentSchemas", Map(Schema)),
    added("if", FlagOrSchema),
    added("then", FlagOrSchema),
    added("else", FlagOrSchema),
    added("prefixItems", List(Schema)),
    added("contains", FlagOrSchema),
    added("patternProperties", Map(Schema)),
    added("propertyNames", FlagOrSchema),
    added("unevaluatedItems", FlagOrSchema),
    added("unevaluatedProperties", FlagOrSchema),
    added("contentEncoding", Text),
    added("contentMediaType", Text),
    added("contentSchema", FlagOrSchema),
    added("examples", Values),
];

const DOCUMENT_32: &[Field] = &[added("$self", Text)];

const SERVER_32: &[Field] = &[added("name", Text)];

const COMPONENTS_32: &[Field] = &[added("mediaTypes", Map(MediaType))];

const PATH_ITEM_32: &[Field] =
    &[added("query", One(Operation)), added("additionalOperations", Map(Operation))];

const MEDIA_TYPE_32: &[Field] = &[
    added("itemSchema", One(Schema)),
    added("prefixEncoding", List(Encoding)),
    added("itemEncoding", One(Encoding)),
];

const ENCODING_32: &[Field] = &[
    added("encoding", Map(Encoding)),
    added("prefixEncoding", List(Encoding)),
    added("itemEncoding", One(Encoding)),
];

const RESPONSE_32: &[Field] = &[added("summary", Text)];

const EXAMPLE_32: &[Field] = &[added("dataValue", Anything), added("serializedValue", Text)];

const TAG_32: &[Field] = &[added("summary", Text), added("parent", Text), added("kind", Text)];

const DISCRIMINATOR_32: &[Field] = &[added("defaultMapping", Text)];

const XML_32: &[Field] = &[added("nodeType", Text)];

const SECURITY_SCHEME_32: &[Field] = &[added("oauth2MetadataUrl", Text), added("deprecated", Flag)];

const OAUTH_FLOWS_32: &[Field] = &[added("deviceAuthorization", One(OAuthFlow))];

const OAUTH_FLOW_32: &[Field] = &[added("deviceAuthorizationUrl", Text)];
